// One box or arrow as SVG: its shape, its lines, and how large they are.
const SIZE = 12, LINE = 15, FONT = "system-ui, sans-serif";
function drawn(tag, facts, ...children) {
  const made = drawing(tag, facts);
  made.append(...children);
  return made;
}
// A line of a label in the few tags that it has, as pieces: [text, italic, 1 raised or -1 lowered].
const ENTITIES = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'" };
function pieces(html) {
  const found = [];
  let italic = false, shift = 0;
  for (const [part] of html.matchAll(/<\/?(?:i|b|sup|sub)>|[^<]+/g)) {
    if (part[0] !== "<") found.push([part.replace(/&(?:amp|lt|gt|quot|#x27);/g, name => ENTITIES[name]), italic, shift]);
    else if (part.includes("i>")) italic = part[1] !== "/";
    else shift = part[1] === "/" ? 0 : part === "<sup>" ? 1 : -1;
  }
  return found;
}
const brush = document.createElement("canvas").getContext("2d"), widths = new Map();
function wide(text, bold, italic, size) {
  const font = `${italic ? "italic " : ""}${bold ? "bold " : ""}${size}px ${FONT}`, key = font + text;
  if (!widths.has(key)) {
    brush.font = font;
    widths.set(key, brush.measureText(text).width);
  }
  return widths.get(key);
}
const SMALL = 0.78;
// Numbers are bold by the style.
const lineWidth = ({ html, bold, number, also = "" }) => wide(also, false, false, SIZE) + pieces(html).reduce((sum, [text, italic, shift]) => sum + wide(text, bold || number, italic, shift ? SIZE * SMALL : SIZE), 0);
function textLine({ html, bold, number, soft, also }, y) {
  const text = drawn("text", { y, "text-anchor": "middle", ...(bold ? { "font-weight": "bold" } : {}), ...(number || soft ? { class: number ? "number" : "soft" } : {}) });
  let raised = 0;
  for (const [part, italic, shift] of pieces(html)) {
    const by = shift > 0 ? -4 : shift < 0 ? 3 : 0;
    text.append(drawn("tspan", { ...(by !== raised ? { dy: by - raised } : {}), ...(italic ? { "font-style": "italic" } : {}), ...(shift ? { "font-size": SIZE * SMALL } : {}) }, part));
    raised = by;
  }
  if (also) text.append(drawn("tspan", { "font-weight": "normal", class: "soft" }, also));
  return text;
}
// Room for a label of these lines in the shape of a role.
const ROUND = new Set(["input", "seed"]);
function sized(role, lines) {
  const w = Math.max(24, ...lines.map(lineWidth)), h = lines.length * LINE;
  if (ROUND.has(role)) return { w: 1.25 * w + 16, h: 1.2 * h + 8 };
  if (role === "partial") return { w: w + 0.5 * h + 14, h: h + 8 };
  return { w: w + (role === "sum" ? 22 : 14), h: h + 8 };
}
const corners = list => list.map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
function shape(role, w, h) {
  const x = w / 2, y = h / 2, cut = Math.min(8, y / 2), box = { x: -x, y: -y, width: w, height: h };
  if (ROUND.has(role)) {
    const ring = by => drawn("ellipse", { rx: x - by, ry: y - by });
    return role === "seed" ? [ring(0), ring(3)] : [ring(0)];
  }
  if (role === "partial") {
    const side = Math.min(0.3 * h, 14);
    return [drawn("polygon", { points: corners([[-x + side, -y], [x - side, -y], [x, 0], [x - side, y], [-x + side, y], [-x, 0]]) })];
  }
  if (role === "sum") {
    return [drawn("polygon", { points: corners([[-x + cut, -y], [x - cut, -y], [x, -y + cut], [x, y - cut], [x - cut, y], [-x + cut, y], [-x, y - cut], [-x, -y + cut]]) })];
  }
  if (role === "group") return [drawn("rect", { ...box, x: -x + 4, y: -y - 4, rx: 5, class: "behind" }), drawn("rect", { ...box, rx: 5 })];
  return [drawn("rect", { ...box, rx: role === "value" ? 6 : 0 })];
}
const inkClass = colours => colours.length === 1 ? ` ew-i${colours[0] % data.picture.inks}` : "";
function boxElement(item, id) {
  const { role, side, lines, said, colours = [], w, h, x, y } = item;
  const made = drawn("g", { id, class: `ew-node ew-${role} ew-${side ? "B" : "G"}${colours.map(c => ` ew-c${c}`).join("")}${inkClass(colours)}`,
    transform: `translate(${x.toFixed(1)} ${y.toFixed(1)})` }, drawn("title", {}, said), ...shape(role, w, h));
  lines.forEach((line, k) => made.append(textLine(line, (k - (lines.length - 1) / 2) * LINE + 4)));
  return made;
}
const DASHES = ["", "5 3", "1.5 3"];
function arrowElement({ points, flat, side, colours, head, tail, label }, said) {
  const at = ([x, y]) => `${x.toFixed(1)} ${y.toFixed(1)}`, last = points[points.length - 1], TIP = 7;
  const away = flat ? [Math.sign(points[0][0] - last[0]) || 1, 0] : [0, Math.sign(points[points.length - 2][1] - last[1]) || 1];
  const end = [last[0] + away[0] * TIP, last[1] + away[1] * TIP], way = [...points.slice(0, -1), end];
  let path = `M${at(way[0])}`;
  for (let k = 1; k < way.length; k++) {
    const [x0, y0] = way[k - 1], [x1, y1] = way[k];
    if (x0 === x1) path += `L${at(way[k])}`;
    else if (flat) path += `C${at([(x0 + x1) / 2, y0])} ${at([(x0 + x1) / 2, y1])} ${at(way[k])}`;
    else path += `C${at([x0, (y0 + y1) / 2])} ${at([x1, (y0 + y1) / 2])} ${at(way[k])}`;
  }
  const tip = [last, ...[1, -1].map(half => [end[0] + half * away[1] * 3.4, end[1] + half * away[0] * 3.4])];
  const dash = colours.length === 1 ? DASHES[Math.floor(colours[0] / data.picture.inks) % DASHES.length] : "";
  const made = drawn("g", { class: `ew-edge ew-${side === 0 ? "G" : "B"}${side < 0 ? " ew-across" : ""}${colours.map(c => ` ew-c${c}`).join("")}${inkClass(colours)}` },
    drawn("title", {}, said), drawn("path", { d: path, fill: "none", ...(dash ? { "stroke-dasharray": dash } : {}) }), drawn("polygon", { points: corners(tip) }));
  if (label) made.append(drawn("text", { x: last[0] + 8, y: last[1] + 14 }, label));
  return made;
}
