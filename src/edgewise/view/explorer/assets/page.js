// What every part of the page uses: its data, its elements, how a number is written.
const data = JSON.parse(document.getElementById("ew-data").textContent);
const nodes = new Map(data.nodes.map(node => [node.id, node]));
const edges = data.edges;
const $ = id => document.getElementById(id);
function element(tag, facts = {}, text = "") {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}
function drawing(tag, facts = {}, text = "") {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
  if (text) made.textContent = text;
  return made;
}
// A line in which ^{…} is raised and _{…} lowered.
function typeset(tag, facts, text) {
  const made = element(tag, facts);
  for (const part of text.split(/([\^_]\{[^}]*\})/)) {
    made.append(/^[\^_]\{/.test(part) ? element(part[0] === "^" ? "sup" : "sub", {}, part.slice(2, -1)) : part);
  }
  return made;
}
function heading(text, scope = "row") { return element("th", { scope }, text); }
// Scroll a box until something in it is seen; the page itself stays where it is.
function bring(box, item) {
  const inside = item.getBoundingClientRect(), seen = box.getBoundingClientRect();
  if (!seen.height) return;
  const by = (low, high, least, most) => high - low > most - least || low < least ? low - least - 8 : high > most ? high - most + 8 : 0;
  box.scrollTop += by(inside.top, inside.bottom, seen.top, seen.bottom);
  box.scrollLeft += by(inside.left, inside.right, seen.left, seen.right);
}
const real = x => typeof x === "string" ? Number(x.replace("inf", "Infinity")) : Number(x);
function shown(x, digits = 7) {
  if (x === undefined || x === null) return "";
  if (typeof x === "object") return x.text;
  if (typeof x !== "number") return String(x);
  return Number.isInteger(x) && Math.abs(x) < 1e15 ? String(x) : Number(x.toPrecision(digits)).toString();
}
// A small array's entries, row by row, as they are written; and the matrix of them, which reads [1 2; 3 4] as text.
function matrixOf(value) {
  const axes = value?.shape?.split(",").filter(side => /\d/.test(side)).length;
  if (!(axes === 1 || axes === 2) || !value.text.startsWith("[") || value.text.includes("...")) return null;
  return value.text.replace(/^\[+|\]+$/g, "").split("], [").map(row => row.split(", ").map(entry => entry.trim().replace(/\.$/, "").replace(/^-/, "−")));
}
const unseen = text => `<mpadded width="0" height="0" depth="0"><mphantom><mtext>${text}</mtext></mphantom></mpadded>`;
const matrix = rows => `<math>${unseen("[")}<mtable class="ew-matrix">${rows.map((row, r) => `<mtr>${row.map((entry, c) =>
  `<mtd>${c ? unseen(" ") : r ? unseen("; ") : ""}<mn>${entry}</mn></mtd>`).join("")}</mtr>`).join("")}</mtable>${unseen("]")}</math>`;
const place = j => data.places[j];          // the node of ℬ that holds the value of 𝒢's node j
const u = j => data.names[j] ?? `u${j}`;  // 𝒢's node j by name
const inRatio = j => data.below[j] ?? u(j), ratio = (i, j) => `∂${inRatio(i)}/∂${inRatio(j)}`;
const reverse = data.mode === "reverse";
const from = edge => data.mode === "reverse" ? edge.consumer : edge.parent;   // where a sweep comes from along an edge
const to = edge => data.mode === "reverse" ? edge.parent : edge.consumer;
const word = data.mode === "reverse" ? "grad_table" : "tangent";
const plural = (count, noun) => `${count.toLocaleString("en")} ${noun}${count === 1 || count === 1n ? "" : "s"}`;

// --- numbers: computed here, or as they were when the page was written --------------------------------------------
const given = new Map(data.inputs.map(item => [item.node, real(item.value)]));
const values = new Map();
function evaluate() {
  for (const node of data.nodes) {
    let value;
    if (!data.live) value = node.number !== undefined ? node.number : node.value;
    else if (node.input !== undefined) value = given.get(node.id);
    else if (node.value !== undefined) value = node.value;
    else value = FUNCTIONS[node.function](...node.args.map(j => values.get(j)));
    values.set(node.id, value !== null && typeof value === "object" ? value : value === undefined ? undefined : real(value));
  }
}
const broken = x => typeof x === "number" ? !Number.isFinite(x) : x !== undefined && x !== null && x.ok === false;
