// The error layer: boxes glow by their share of the error of a result, and a list says bits, condition and repair.
const errorMap = data.rounding;
const heatOf = share => Math.min(errorMap.glow.length, 1 + Math.floor(share * errorMap.glow.length));
// A box may stand for several nodes: their shares are one.
function glowPicture() {
  const shares = new Map();
  for (const [node, share] of errorMap ? Object.entries(errorMap.shares) : []) {
    const box = boxes.get(Number(node));
    if (box) shares.set(box, (shares.get(box) ?? 0) + share);
  }
  const wanted = $("showerrors").checked;
  for (const [box, share] of shares) box.style.setProperty("--heat", wanted ? errorMap.glow[heatOf(share) - 1] : "");
  for (const box of shares.keys()) box.classList.toggle("hot", wanted);
  $("heatkey").hidden = !errorMap || !wanted;
}
const growth = x => Math.abs(real(x)) >= 1e5 && Number.isFinite(real(x)) ? real(x).toExponential(1) : shown(real(x), 3);
const percent = share => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
function errorRow(row) {
  const item = element("tr", { "data-node": row.node }), node = nodes.get(row.node), math = element("td");
  math.innerHTML = node.math;
  const events = Object.entries(row.events).map(([name, count]) => errorMap.points > 1 ? `${name} at ${plural(count, "point")}` : name);
  const told = [...events, ...row.repairs.map(name => `repair: ${name}`), row.line].filter(Boolean).join("; ");
  item.append(heading(node.name), math, ...[errorMap.results[row.result][0], percent(row.share), shown(real(row.bits), 3), growth(row.condition), told]
    .map((text, k) => element("td", k && k < 4 ? { class: "number" } : {}, text)));
  placesOf.get(row.node).push(item);
  linked(item, "errors", () => { lightNodes([row.node]); show(row.node); });
  return item;
}
if (errorMap) {
  const many = errorMap.points > 1 ? `over ${plural(errorMap.points, "point")}` : "at one point";
  $("errorsaid").textContent = errorMap.results.slice(0, 8).map(([name, bits, condition]) =>
    `${name}: ${shown(real(bits), 3)} bits of error, condition ${growth(condition)}`).join("; ")
    + `${errorMap.results.length > 8 ? "; …" : ""} (${many})` + (errorMap.rows.length ? "" : ": nothing here loses digits.");
  $("errors").tBodies[0].append(...errorMap.rows.map(errorRow));
  $("errors").hidden = !errorMap.rows.length;
  if (errorMap.left_out) $("errorsaid").append(`; ${plural(errorMap.left_out, "more row")}`);
  $("heatkey").append("share of a result's error: ", ...errorMap.glow.map((ink, k) => {
    const item = element("span", { class: "heat" }, `${Math.round(100 * k / errorMap.glow.length)} to ${Math.round(100 * (k + 1) / errorMap.glow.length)} %`);
    item.style.background = ink;
    return item;
  }));
  $("showerrors").addEventListener("change", glowPicture);
  choose("Rounding");
}
tabs.get("Rounding").tab.hidden = !errorMap;
drawnAnew.push(glowPicture);
