// Going through the steps, forwards and backwards. A step stores something or takes it away: going is as long as the
// way from one step to the next, whatever the number of steps.
let at = 0;
const stored = new Map();   // entry of grad_table, or edge of an elimination → the step that stored it last
const tableRows = new Map();
const stepper = $("step");
stepper.max = steps.length - 1;
let chosenSweep = 0;        // whose derivatives the boxes show while no step is taken

// What is there from each step on. A group is there when the first of its nodes is.
const firstUse = new Map();
steps.forEach((step, k) => (step.keys || []).forEach(key => { if (!firstUse.has(key)) firstUse.set(key, k); }));
let boxesAt = [];
drawnAnew.push(() => {
  const since = new Map(), first = (item, k) => since.set(item, Math.min(k, since.get(item) ?? Infinity));
  boxes.forEach((box, node) => first(box, firstStep.get(node) ?? Infinity));
  arrows.forEach((list, key) => list.forEach(arrow => { if (arrow.classList.contains("ew-B")) first(arrow, firstUse.get(key) ?? 0); }));
  boxesAt = steps.map(() => []);
  since.forEach((k, item) => {
    const step = k === Infinity ? 0 : k;  // what no step makes is always there
    if (step > 0) boxesAt[step].push(item);
    item.classList.toggle("todo", step > at);
  });
  writeBoxes();
  markPicture(steps[at]);
});

// Rows stand in the order in which their entries came, the newest first.
{
  let order = new Map();
  steps.forEach((step, k) => {
    if (step.clears) order = new Map();
    if (step.entry && !order.has(step.entry)) order.set(step.entry, k);
    step.order = order.get(step.entry);
  });
}
const sweepCount = new Set(edges.map(edge => edge.sweep)).size;
function tableRow(step) {
  const row = element("tr", step.node === undefined ? {} : { "data-node": step.node });
  row.append(heading(step.label ?? step.entry), element("td", { class: "number" }), element("td", { class: "soft" }));
  row.order = step.order;
  $("gradtable").tBodies[0].insertBefore(row, [...$("gradtable").tBodies[0].rows].find(other => other.order < step.order) ?? null);
  tableRows.set(step.entry, row);
  return row;
}
function writeRow(entry) {
  const step = stored.get(entry), row = tableRows.get(entry) ?? tableRow(step), made = nodes.get(step.made);
  const value = held(step), told = value === undefined ? made?.name ?? "…" : shown(value);
  if (row.cells[1].textContent !== told) row.cells[1].textContent = told;
  row.cells[2].textContent = value === undefined || !made ? "" : made.name;
}
function store(entry, step) {
  if (step === undefined) {
    const old = stored.get(entry);
    stored.delete(entry);
    tableRows.get(entry)?.remove();
    tableRows.delete(entry);
    if (old?.node !== undefined) writeGradient(old.node, old.sweep);
    return;
  }
  stored.set(entry, step);
  writeRow(entry);
  if (step.node !== undefined) writeGradient(step.node, step.sweep);
}
function apply(step) {
  if (step.clears) {
    step.cleared = [...stored];
    step.cleared.forEach(([entry]) => store(entry));
  }
  if (step.entry) {
    step.before = stored.get(step.entry);
    store(step.entry, step);
  }
  if (step.leaves >= 0) {
    step.left = [...stored].filter(([, other]) => other.ends.includes(step.leaves) && !isWanted(other.ends, step.leaves));
    step.left.forEach(([entry]) => store(entry));
  }
}
function revert(step) {
  step.left?.forEach(([entry, other]) => store(entry, other));
  if (step.entry) store(step.entry, step.before);
  step.cleared?.forEach(([entry, other]) => store(entry, other));
  step.left = step.cleared = undefined;
}
// An edge that is a derivative already, from a wanted node to an output, stays though its end is taken away.
const wanted = new Set(data.wrt), outputs = new Set(data.outputs.map(o => o.node));
const isWanted = (ends, node) => (wanted.has(ends[0]) && outputs.has(ends[1])) || !ends.includes(node);

// --- numbers in the boxes of 𝒢 ------------------------------------------------------------------------------------
const finalEntry = (sweep, j) => finals.get(`${sweep} ${j}`);
function writeGradient(j, sweep = chosenSweep) {
  const node = place(j);
  if (!numberTexts.has(node) || numberTexts.get(node).length < 2) return;
  const stays = at === 0 || data.mode === "elimination", now = stays ? finalEntry(chosenSweep, j) : stored.get(entryName(j, sweep));
  const value = now === undefined ? undefined : stays ? (now < 0 ? 1 : values.get(now)) : held(now);
  const ready = data.mode !== "elimination" || at === 0 || at === steps.length - 1;
  writeNumber(node, 1, value === undefined || !ready ? "" : `${reverse || data.mode === "elimination" ? "grad" : series ? wordOf(stays ? chosenSweep : sweep) : "tangent"} ${boxed(value)}`);
}
function writeBoxes() {
  for (const node of numberTexts.keys()) writeNumber(node, 0, boxed(values.get(node)));
  for (const j of Object.keys(data.places)) writeGradient(Number(j));
}

// --- where we are -------------------------------------------------------------------------------------------------
const marked = new Set();
function mark(item) {
  item.classList.add("now");
  marked.add(item);
}
function markPicture(step) {
  step.touched.forEach(node => { if (boxes.has(node)) mark(boxes.get(node)); });
  (step.keys || []).forEach(key => (arrows.get(key) || []).forEach(mark));
}
const listed = { name: "" };
function listAlgorithm(name) {
  if (listed.name === name) return;
  listed.name = name;
  const lines = LINES[name].lines.map((text, k) => typeset("li", { value: k + 1 }, text));
  const inner = name === "6.5" ? LINES[name].inner.map((text, k) => typeset("li", { value: k + 1, class: k ? "" : "begins" }, text)) : [];
  $("algorithm").replaceChildren(...lines, ...inner);
  $("algorithm").setAttribute("aria-label", LINES[name].title);
  $("algorithmname").textContent = LINES[name].title;
}
function go(k) {
  const before = at;
  at = Math.max(0, Math.min(steps.length - 1, k));
  const byHand = Math.abs(at - before) <= 1;
  for (let s = before; s < at; s++) {
    apply(steps[s + 1]);
    boxesAt[s + 1].forEach(item => item.classList.remove("todo"));
  }
  for (let s = before; s > at; s--) {
    revert(steps[s]);
    boxesAt[s].forEach(item => item.classList.add("todo"));
  }
  const step = steps[at], seen = [];
  svg.classList.toggle("running", at > 0);
  if (at === 0 || before === 0 || at === steps.length - 1 || before === steps.length - 1) writeBoxes();
  stepper.value = at;
  stepper.setAttribute("aria-valuetext", `step ${at} of ${steps.length - 1}`);
  $("count").textContent = `${at} of ${steps.length - 1}`;
  listAlgorithm(step.algorithm);
  marked.forEach(item => item.classList.remove("now"));
  marked.clear();
  if (step.line) {
    const line = $("algorithm").children[step.line - 1];
    mark(line);
    seen.push([$("algorithm"), line]);
  }
  markPicture(step);
  sourceUntil(lineAt.get(step.touched[step.touched.length - 1]));
  if (step.touched.length) placesOf.get(step.touched[step.touched.length - 1])?.forEach(item => {
    if (!item.classList.contains("line")) return;
    mark(item);
    seen.push([tabs.get("Source").panel, item]);
  });
  if (step.entry && tableRows.has(step.entry)) {
    mark(tableRows.get(step.entry));
    seen.push([$("tablebox"), tableRows.get(step.entry)]);
  }
  tell();
  seen.forEach(([box, item]) => bring(box, item));  // at last: where things are is known when nothing moves any more
  if (at > 0 && step.touched.length && byHand) show(step.touched[Math.min(1, step.touched.length - 1)]);
  if (at === before + 1) begin(at, Number($("speed").value));
  else still();
}
function tell() {
  const step = steps[at];
  $("said").textContent = step.said();
  const of = sweepCount > 1 && step.sweep !== undefined ? `, sweep ${step.sweep + 1} from ${u((data.seeds.find(s => s.sweep === step.sweep) || {}).node)}` : "";
  $("tablename").textContent = stored.size ? (step.algorithm === "6.1" ? "values" : data.mode === "elimination" ? "on the edges" : word) + of : "nothing stored yet";
  costs();
}
$("first").onclick = () => go(0);
$("back").onclick = () => go(at - 1);
$("forth").onclick = () => go(at + 1);
$("last").onclick = () => go(steps.length - 1);
stepper.addEventListener("input", () => go(Number(stepper.value)));

// --- playing ------------------------------------------------------------------------------------------------------
// `next` goes on and says whether there is more; a second press ends it.
function player(button, pause, next) {
  let clock = 0;
  const end = () => {
    clearTimeout(clock);
    clock = 0;
    button.textContent = "Play";
    button.setAttribute("aria-pressed", "false");
  };
  const tick = () => { clock = next() ? setTimeout(tick, pause()) : 0; if (!clock) end(); };
  button.addEventListener("click", () => {
    if (clock) return end();
    button.textContent = "Pause";
    button.setAttribute("aria-pressed", "true");
    tick();
  });
}
player($("play"), () => Number($("speed").value), () => {
  go(at < steps.length - 1 ? at + 1 : 0);
  return at < steps.length - 1;
});
