// What belongs together. A key numbers an edge of 𝒢; every place that shows a node, an edge or a term says so here.
const byKey = new Map();                                  // key → its rows, nodes of ℬ, and places: rows, arrows, terms
const servedBy = new Map();                               // node of ℬ → keys of the edges that it serves
const placesOf = new Map(data.nodes.map(node => [node.id, []]));
function serve(node, key) {
  if (node < 0 || !nodes.get(node)?.new) return;
  if (!servedBy.has(node)) servedBy.set(node, new Set());
  servedBy.get(node).add(key);
}
edges.forEach((edge, row) => {
  if (!byKey.has(edge.key)) byKey.set(edge.key, { name: edge.name, rows: [], nodes: new Set(), places: [], terms: [] });
  const entry = byKey.get(edge.key);
  entry.rows.push(row);
  for (const node of [edge.partial, edge.product]) {
    if (node >= 0) entry.nodes.add(node);
    serve(node, edge.key);
  }
});
{
  // A sum serves the edges whose products have arrived in it.
  const arrived = new Map();
  for (const edge of edges) {
    const where = `${edge.sweep} ${to(edge)}`;
    if (!arrived.has(where)) arrived.set(where, []);
    arrived.get(where).push(edge.key);
    if (edge.total !== edge.product) arrived.get(where).forEach(key => serve(edge.total, key));
  }
}
const svg = document.querySelector("#picture svg");
const lit = new Set();
function clear() {
  svg.classList.remove("lighting");
  lit.forEach(item => item.classList.remove("lit"));
  lit.clear();
  $("detail").textContent = "One colour is one edge of 𝒢, its partial and its product in ℬ. Point at an edge, a box, a term or a line: what belongs together lights up.";
}
function light(item) {
  item.classList.add("lit");
  lit.add(item);
}
function lightUp(nodeIds, keys, more = []) {
  clear();
  if (nodeIds.size || keys.size || more.length) svg.classList.add("lighting");
  for (const node of nodeIds) {
    placesOf.get(node)?.forEach(light);
    if (boxes.has(node)) light(boxes.get(node));
  }
  for (const key of keys) {
    byKey.get(key)?.places.forEach(light);
    arrows.get(key)?.forEach(light);
  }
  more.forEach(light);
}
function nodesOf(keys) {
  const found = new Set();
  for (const key of keys) byKey.get(key).nodes.forEach(node => found.add(node));
  return found;
}
const termsOf = keys => [...keys].flatMap(key => byKey.get(key).terms);
function lightNodes(list, more = []) {
  const keys = new Set(list.flatMap(node => [...(servedBy.get(node) || [])]));
  const wanted = nodesOf(keys);
  list.forEach(node => wanted.add(node));
  lightUp(wanted, keys, [...termsOf(keys), ...more]);
  if (list.length === 1) tellNode(list[0]);
}
function lightEdges(keys) {
  lightUp(nodesOf(keys), keys, termsOf(keys));
  $("detail").textContent = `${plural(keys.size, "edge")} of 𝒢: ${[...keys].slice(0, 6).map(key => byKey.get(key).name).join(", ")}${keys.size > 6 ? ", …" : ""}`;
}
function lightEdge(key) {
  lightEdges(new Set([key]));
  tellEdge(key);
}
function lightTerm(term, item) {
  const keys = new Set(term.keys), wanted = nodesOf(keys);
  wanted.add(term.node);
  lightUp(wanted, keys, [item]);
  $("detail").textContent = `${term.text}, through ${plural(keys.size, "edge")} of 𝒢`;
}
const equals = node => values.get(node) === undefined ? "" : ` = ${shown(values.get(node))}`;
const title = node => said(node) + equals(node);
function tellNode(node) {
  if (!nodes.has(node)) return;
  $("detail").textContent = `${nodes.get(node).new ? "ℬ" : "𝒢"}   ${title(node)}`;
}
function tellEdge(key) {
  const { name, rows } = byKey.get(key), edge = edges[rows[0]];
  const also = rows.length > 1 ? `, and in ${plural(rows.length - 1, "more sweep")}` : "";
  const partial = edge.partial < 0 ? "" : ` partial ${nodes.get(edge.partial).name}${equals(edge.partial)},`;
  $("detail").textContent = `edge ${name} of 𝒢:${partial} product ${title(edge.product)}${also}`;
}

// --- what can be pointed at: one stop for Tab in each group, ↑ and ↓ within it -----------------------------------
const groups = new Map();
const groupOf = new WeakMap();
function linked(item, group, start) {
  if (!groups.has(group)) groups.set(group, []);
  const members = groups.get(group);
  item.setAttribute("tabindex", members.length ? "-1" : "0");
  members.push(item);
  groupOf.set(item, group);
  item.addEventListener("mouseenter", start);
  item.addEventListener("mouseleave", clear);
  item.addEventListener("blur", clear);
  item.addEventListener("focus", () => {
    members.forEach(other => { if (other.tabIndex === 0) other.setAttribute("tabindex", "-1"); });
    item.setAttribute("tabindex", "0");
    start();
  });
}
function ungroup(group) { groups.delete(group); }
function moveFocus(item, by) {
  const members = groups.get(groupOf.get(item));
  if (!members) return false;
  members[Math.max(0, Math.min(members.length - 1, members.indexOf(item) + by))].focus();
  return true;
}
