// Paths: how many there are, what each contributes, and where NaN or cancellation enters.
const inPart = data.nodes.length < data.total;  // then counts would be those of the part
const big = count => {
  const text = count.toString();
  return text.length > 15 ? `${text[0]}.${text.slice(1, 3)} · 10^${text.length - 1}` : count.toLocaleString("en");
};
const log10 = count => count < 1n ? 0 : Math.log10(Number(count.toString().slice(0, 15))) + Math.max(0, count.toString().length - 15);

// --- stored against multiplied out --------------------------------------------------------------------------------
// An edge is one product where results are stored. Multiplied out it is one for each path through it.
const sweepsOf = new Map();
edges.forEach((edge, row) => {
  if (!sweepsOf.has(edge.sweep)) sweepsOf.set(edge.sweep, []);
  sweepsOf.get(edge.sweep).push(row);
});
const through = new Array(edges.length).fill(0n);
for (const [sweep, rows] of inPart ? [] : sweepsOf) {
  const order = data.mode === "elimination" ? [...rows].sort((a, b) => edges[a].consumer - edges[b].consumer) : rows;
  const starts = data.mode === "elimination" ? data.wrt : data.seeds.filter(seed => seed.sweep === sweep).map(seed => seed.node);
  const ends = new Set(reverse ? data.wrt : data.outputs.map(o => o.node));
  const up = new Map(starts.map(node => [node, 1n])), down = new Map([...ends].map(node => [node, 1n]));
  for (const row of order) up.set(to(edges[row]), (up.get(to(edges[row])) ?? 0n) + (up.get(from(edges[row])) ?? 0n));
  for (const row of [...order].reverse()) down.set(from(edges[row]), (down.get(from(edges[row])) ?? 0n) + (down.get(to(edges[row])) ?? 0n));
  for (const row of rows) through[row] = (up.get(from(edges[row])) ?? 0n) * (down.get(to(edges[row])) ?? 0n);
}
const counted = [];         // for each step: products stored so far, and multiplied out so far
{
  let products = 0, out = 0n;
  const all = through.reduce((sum, count) => sum + count, 0n);
  for (const step of steps) {
    if (step.row !== undefined) { products += 1; out += through[step.row]; }
    if (step.join !== undefined) { products += 1; out = all; }
    counted.push({ products, out, here: step.row === undefined ? 0n : through[step.row] });
  }
}
function bar(id, share) { $(id).firstElementChild.style.width = `${Math.max(0, Math.min(100, 100 * share))}%`; }
function costs() {
  const now = counted[at], end = counted[steps.length - 1], out = $("paths").checked;
  $("pathbar").hidden = !out;
  if (inPart) { $("costsaid").textContent = "this page holds a part of the graph: Counts has the whole's"; return; }
  const most = log10(end.out > BigInt(end.products) ? end.out : BigInt(end.products)) || 1;
  bar("storedbar", log10(BigInt(now.products) + 1n) / most);
  bar("pathbar", log10(now.out + 1n) / most);
  const each = data.mode === "elimination" ? "" : ", one for each edge";
  $("costsaid").textContent = out
    ? `${big(now.out)} of ${big(end.out)} products; stored ${now.products} of ${end.products}` + (now.here ? `; ${plural(now.here, "path")} through this edge` : "")
    : `stored: ${now.products} of ${end.products} products so far${each}`;
}
$("paths").addEventListener("change", costs);

// --- the paths from an input to an output ------------------------------------------------------------------------
const LISTED = 40;
data.wrt.forEach((j, k) => $("from").append(element("option", { value: k }, u(j))));
data.outputs.forEach((o, k) => $("to").append(element("option", { value: k }, o.name)));
// A path goes through `where` only where its branch is taken, whatever the partials on it are.
function factor(edge) {
  const node = nodes.get(place(edge.consumer));
  if (node?.op === "where") return (values.get(node.args[0]) !== 0) === (edge.position === 1) ? 1 : 0;
  return values.get(edge.partial);
}
function listPaths() {
  const list = $("pathlist"), a = Number($("from").value), k = Number($("to").value);
  const begin = data.wrt[a], end = data.outputs[k]?.node;
  const sweep = data.mode === "elimination" || ["jvp", "vjp", "hvp", "taylor"].includes(data.kind) ? 0 : reverse ? k : a;
  const rows = (sweepsOf.get(sweep) || []).map(row => edges[row]).sort((x, y) => y.consumer - x.consumer);
  const count = new Map([[end, 1n]]), up = new Map();
  for (const edge of rows) {
    if (!count.has(edge.consumer)) continue;
    count.set(edge.parent, (count.get(edge.parent) ?? 0n) + count.get(edge.consumer));
    if (!up.has(edge.parent)) up.set(edge.parent, []);
    up.get(edge.parent).push(edge);
  }
  const all = begin === end ? 0n : count.get(begin) ?? 0n, found = [], todo = [[begin, []]];
  while (todo.length && found.length < LISTED && all) {
    const [node, road] = todo.pop();
    if (node === end && road.length) { found.push({ road }); continue; }
    for (const edge of up.get(node) || []) todo.push([edge.consumer, [...road, edge]]);
  }
  const seed = data.seeds.find(s => s.sweep === sweep && s.node === (reverse ? end : begin)), start = seed && seed.value >= 0 ? values.get(seed.value) : 1;
  for (const path of found) {
    const factors = path.road.map(factor);
    path.product = factors.includes(0) ? 0 : factors.reduce((product, x) => product * x, start);
  }
  const known = found.every(path => typeof path.product === "number" && values.size && !data.tensors && data.numbers);
  const sum = found.reduce((s, path) => s + path.product, 0), size = found.reduce((s, path) => s + Math.abs(path.product), 0);
  const complete = BigInt(found.length) === all;
  const derivative = complete ? sum : values.get(finalEntry(reverse || data.mode === "elimination" ? k : a, reverse || data.mode === "elimination" ? begin : end));
  if (known) found.sort((x, y) => Math.abs(y.product) - Math.abs(x.product));
  ungroup("paths");
  list.replaceChildren(...found.map(path => {
    const item = element("li", {}, [...path.road.map(edge => u(edge.parent)), u(end)].join(" → "));
    if (known) {
      const share = derivative ? ` (${shown(100 * path.product / derivative, 4)} %)` : "";
      item.append(element("span", { class: "number" }, ` ${shown(path.product)}${share}`));
      const bad = path.road.find(edge => broken(values.get(edge.partial)));
      if (bad) item.append(element("span", { class: "bad" }, ` ${bad.name} is ${shown(values.get(bad.partial))}`));
    }
    linked(item, "paths", () => {
      const keys = new Set(path.road.map(edge => edge.key)), wanted = nodesOf(keys);
      [...path.road.map(edge => edge.parent), end].forEach(j => wanted.add(place(j)));
      lightUp(wanted, keys);
      $("detail").textContent = path.road.map(edge => edge.name).reverse().join(" · ") + (known ? ` = ${shown(path.product)}` : "");
    });
    const alone = () => focusOn([...path.road.map(edge => place(edge.parent)), place(end)]);
    item.addEventListener("dblclick", alone);
    item.addEventListener("keydown", event => { if (event.key === "Enter") alone(); });
    return item;
  }));
  $("pathsum").textContent = `${complete ? "" : `${found.length} of `}${big(all)} path${all === 1n ? "" : "s"}`
    + (known && complete && found.length ? `, together ${shown(sum)}` : "")
    + (known && size > 1e6 * Math.abs(sum) && size > 0 && complete ? `: cancellation, the paths' sizes add up to ${shown(size)}` : "");
}
for (const id of ["from", "to"]) {
  $(id).addEventListener("change", () => {
    chosenSweep = reverse || data.mode === "elimination" ? Number($("to").value) : Number($("from").value);
    if (["jvp", "vjp", "hvp", "taylor"].includes(data.kind)) chosenSweep = 0;
    writeBoxes();
    listPaths();
  });
}

// --- where NaN enters, and which sum loses most digits ------------------------------------------------------------
const digits = value => Math.log10(Math.abs(value));
function pointer(line, node, text) {
  line.replaceChildren();
  ungroup(line.id);
  if (node === undefined) return;
  const item = element("span", { class: "pointer" }, text);
  linked(item, line.id, () => { lightNodes([node]); show(node); });
  line.append(item);
}
function findTrouble() {
  const first = !data.numbers ? undefined : data.live ? data.nodes.find(node => broken(values.get(node.id)))?.id : data.trouble >= 0 ? data.trouble : undefined;
  const node = nodes.get(first), args = (node?.args || []).filter(j => nodes.has(j)).map(j => `${nodes.get(j).input ?? nodes.get(j).name}${equals(j)}`);
  const what = first === undefined ? "" : typeof values.get(first) === "number" ? shown(values.get(first)) : "NaN or infinity";
  $("trouble").hidden = first === undefined;
  pointer($("trouble"), first, `${what} enters at ${node?.new ? "ℬ" : "𝒢"}'s ${title_(first)}${args.length ? `, where ${args.join(", ")}` : ""}${node?.line ? ` (${node.line})` : ""}`);
  let worst, lost = 3;
  for (const { id, op, args: terms } of data.nodes) {
    if ((op !== "add" && op !== "sub") || typeof values.get(id) !== "number" || broken(values.get(id))) continue;
    const size = Math.max(...terms.map(j => Math.abs(values.get(j))));
    const gone = values.get(id) === 0 ? (size > 0 ? 16 : 0) : digits(size) - digits(values.get(id));
    if (gone > lost) { worst = id; lost = gone; }
  }
  pointer($("cancel"), worst, worst === undefined ? "" : `Cancellation: ${title_(worst)} loses ${lost >= 16 ? "all" : lost.toFixed(1) + " of 16"} digits (${
    nodes.get(worst).args.map(j => shown(values.get(j))).join(nodes.get(worst).op === "add" ? " + " : " − ")}${equals(worst)})`);
}
const title_ = node => node === undefined ? "" : boxAt.get(node)?.said ?? nodes.get(node).name;
