// The plot: an output and its slope against an input, the others as their sliders say; contours against two inputs.
const SPACE = { width: 640, height: 270 };
const inputName = node => nodes.get(node).input;

// Axes in a frame [x, y, width, height] of the drawing: how numbers become places, and what has been drawn.
function axes(frame, across, up, names) {
  const [left, top, wide, high] = frame, clip = `clip${left}`, group = drawing("g");
  const x = value => left + wide * (value - across[0]) / (across[1] - across[0]);
  const y = value => limited(-1e5, top + high - high * (value - up[0]) / (up[1] - up[0]), 1e5);
  const bounds = drawing("clipPath", { id: clip });
  bounds.append(drawing("rect", { x: left, y: top, width: wide, height: high }));
  group.append(bounds);
  for (const value of ticks(...across, Math.max(2, wide / 65))) {
    group.append(drawing("path", { class: "rule", d: `M${x(value)} ${top}v${high}` }),
      drawing("text", { class: "tick", x: x(value), y: top + high + 14, "text-anchor": "middle" }, shown(value, 5)));
  }
  for (const value of ticks(...up, 5)) {
    group.append(drawing("path", { class: "rule", d: `M${left} ${y(value)}h${wide}` }),
      drawing("text", { class: "tick", x: left - 4, y: y(value) + 4, "text-anchor": "end" }, shown(value, 5)));
  }
  group.append(drawing("rect", { class: "edge", x: left, y: top, width: wide, height: high }),
    drawing("text", { x: left + wide / 2, y: top + high + 30, "text-anchor": "middle" }, short(names[0])),
    drawing("text", { x: left, y: top - 6 }, short(names[1])));
  const add = (tag, facts, text) => group.append(drawing(tag, { "clip-path": `url(#${clip})`, ...facts }, text));
  return { x, y, add, group };
}
// A line through points: a gap where there is no number, and where it leaps over the whole range, as at a pole.
function course(at, xs, ys, [least, most]) {
  let text = "", before = NaN;
  xs.forEach((x, k) => {
    const y = ys[k], leaps = (before > most && y < least) || (before < least && y > most);
    if (Number.isFinite(y)) text += `${Number.isFinite(before) && !leaps ? "L" : "M"}${at.x(x).toFixed(1)} ${at.y(y).toFixed(1)}`;
    before = y;
  });
  return text;
}
const gaps = (name, list) => {
  const count = list.filter(y => !Number.isFinite(y)).length;
  return count ? ` ${name} is NaN or infinite at ${count} of ${list.length} points: gaps.` : "";
};
const ends = input => [Number(sliders.get(input).min), Number(sliders.get(input).max)];

function plotLine(k, input) {
  const output = { node: place(data.outputs[k].node) }, slope = slopeOf(k, input), across = ends(input);
  const { run, work } = sampler(slope ? [output, slope] : [output], [input]);
  const xs = evenly(...across, Math.round(limited(41, OPERATIONS / work, 201))), points = xs.map(x => run([x]));
  const own = data.outputs[k].name, name = inputName(input), x0 = given.get(input), y0 = here(output), told = [`${own} = ${shown(y0)}`];
  const one = points.map(point => point[0]), range = rangeOf([...one, y0]);
  const wide = slope ? 250 : 560, at = axes([55, 22, wide, 200], across, range, [name, own]);
  at.add("path", { class: "curve", d: course(at, xs, one, range) });
  let more = gaps(own, one);
  const groups = [at.group];
  if (slope) {
    const slopes = points.map(point => point[1]), limits = rangeOf([...slopes, here(slope)]), title = ratio(data.outputs[k].node, data.wrt[wantedAt.get(input)]);
    const beside = axes([375, 22, wide, 200], across, limits, [name, title]), s0 = here(slope);
    beside.add("path", { class: "curve slope", d: course(beside, xs, slopes, limits) });
    if (Number.isFinite(s0)) {
      beside.add("circle", { class: "point", cx: beside.x(x0), cy: beside.y(s0), r: 4.5 });
      if (Number.isFinite(y0)) at.add("path", { class: "tangent", d: `M${at.x(across[0])} ${at.y(y0 + s0 * (across[0] - x0))}L${at.x(across[1])} ${at.y(y0 + s0 * (across[1] - x0))}` });
    }
    told.push(`${title} = ${shown(s0)}, the slope of the tangent`);
    more += gaps(title, slopes);
    groups.push(beside.group);
  } else more += ` This graph does not hold the derivative in ${name}.`;
  if (Number.isFinite(y0)) at.add("circle", { class: "point", cx: at.x(x0), cy: at.y(y0), r: 4.5 });
  return [groups, `At ${name} = ${shown(x0)}: ${told.join("; ")}.${more}`];
}

function plotContours(k, first, second) {
  const output = { node: place(data.outputs[k].node) }, slopes = [slopeOf(k, first), slopeOf(k, second)], inputs = [first, second];
  const { run, work } = sampler([output], inputs), size = Math.round(limited(13, Math.sqrt(OPERATIONS / work), 49));
  const [across, up] = inputs.map(ends), xs = evenly(...across, size), ys = evenly(...up, size);
  const grid = ys.map(y => xs.map(x => run([x, y])[0])), flat = grid.flat(), range = rangeOf(flat), levels = ticks(...range, 9);
  const own = data.outputs[k].name, [a, b] = inputs.map(inputName), spans = [across[1] - across[0], up[1] - up[0]];
  const wide = limited(200, 200 * spans[0] / spans[1], 480), at = axes([350 - wide / 2, 22, wide, 200], across, up, [a, b]);  // one scale, where that fits
  const toX = c => at.x(across[0] + (across[1] - across[0]) * c / (size - 1)), toY = r => at.y(up[0] + (up[1] - up[0]) * r / (size - 1));
  const labels = [];
  levels.forEach((level, n) => {
    const pieces = crossings(grid, level), share = Math.round(25 + 75 * n / Math.max(1, levels.length - 1));
    if (!pieces.length) return;
    const d = pieces.map(([x, y, x2, y2]) => `M${toX(x).toFixed(1)} ${toY(y).toFixed(1)}L${toX(x2).toFixed(1)} ${toY(y2).toFixed(1)}`).join("");
    at.add("path", { class: "curve", d, style: `stroke: color-mix(in srgb, var(--bar) ${share}%, var(--paper))` });
    const inside = pieces.filter(([x, y]) => x > 2 && x < size - 4 && y > 1 && y < size - 2), [x, y] = inside[Math.floor(inside.length / 2)] ?? [];
    if (x !== undefined) labels.push({ x: toX(x), y: toY(y) + 4, class: "tick level", "text-anchor": "middle", text: shown(level, 5) });
  });
  labels.forEach(({ text, ...facts }) => at.add("text", facts, text));
  const [x0, y0] = inputs.map(input => at[input === first ? "x" : "y"](given.get(input))), z0 = here(output);
  let more = gaps(own, flat);
  if (slopes.every(Boolean)) {
    const [gx, gy] = slopes.map(here), dx = gx * (at.x(1) - at.x(0)), dy = gy * (at.y(1) - at.y(0)), long = Math.hypot(dx, dy);
    if (long > 0 && Number.isFinite(long)) {
      const [ux, uy] = [dx / long, dy / long], [ex, ey] = [x0 + 46 * ux, y0 + 46 * uy];
      at.add("path", { class: "tangent", d: `M${x0} ${y0}L${ex} ${ey}` });
      at.add("path", { class: "point", d: `M${ex + 8 * ux} ${ey + 8 * uy}L${ex - 5 * uy} ${ey + 5 * ux}L${ex + 5 * uy} ${ey - 5 * ux}z` });
    }
    const alike = Math.abs(wide / spans[0] / (200 / spans[1]) - 1) < 0.01;
    more = ` The gradient (${shown(gx)}, ${shown(gy)}) has length ${shown(Math.hypot(gx, gy))}`
      + `${long > 0 && !alike ? "; the scales of the axes differ, so that it stands aslant" : ""}.${more}`;
  } else more += ` This graph does not hold the derivatives in ${slopes[0] ? b : a}.`;
  at.add("circle", { class: "point", cx: x0, cy: y0, r: 4.5 });
  return [[at.group], `At ${a} = ${shown(given.get(first))}, ${b} = ${shown(given.get(second))}: ${own} = ${shown(z0)}.${more}`];
}

function drawPlot() {
  if (!data.live || tabs.get("Plot").panel.hidden) return;
  const k = Number($("plotof").value), first = Number($("plotx").value), second = Number($("ploty").value);
  const both = second >= 0 && second !== first, [groups, told] = both ? plotContours(k, first, second) : plotLine(k, first);
  const what = both ? `Contours of ${data.outputs[k].name} against ${inputName(first)} and ${inputName(second)}` : `${data.outputs[k].name} against ${inputName(first)}`;
  const made = drawing("svg", { viewBox: `0 0 ${SPACE.width} ${SPACE.height}`, role: "img", "aria-label": `${what}. ${told}` });
  made.append(...groups);
  $("plot").replaceChildren(made);
  $("plotsaid").textContent = told;
}
data.outputs.forEach((o, k) => $("plotof").append(element("option", { value: k }, o.name)));
data.inputs.forEach(({ node }) => $("plotx").append(element("option", { value: node }, inputName(node))));
[[-1, "nothing else"], ...data.inputs.map(({ node }) => [node, inputName(node)])].forEach(([value, text]) =>
  $("ploty").append(element("option", { value }, text)));
for (const id of ["plotof", "plotx", "ploty"]) $(id).addEventListener("change", drawPlot);
tabs.get("Plot").tab.hidden = !data.live || !data.inputs.length || !data.outputs.length;
tabs.get("Plot").tab.addEventListener("click", drawPlot);
tabs.get("Plot").tab.addEventListener("focus", drawPlot);
