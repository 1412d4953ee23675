// The page: its state is text, which stands in the link; what follows from it comes from the server, part by part.

const DATA = JSON.parse(at("data").textContent);
const FIELDS = ["formula", "shapes", "wrt", "kind", "target"];
const SAID = { none: "as written" };
const TABS = ["formulas", "source", "cost", "edges"];
const WAIT = 60, SAVED = 250, LOOKED = 400;
let level = DATA.begin.level, tab = TABS[0], scale = 0;

// --- the state --------------------------------------------------------------------------------------------------------

function state() {
  const now = Object.fromEntries(FIELDS.map(name => [name, at(name).value]));
  if (DATA.place) delete now.formula;
  return { ...now, level };
}

function link() {
  const parts = Object.entries({ ...state(), tab }).filter(([name, text]) => text !== ({ ...DATA.usual, tab: TABS[0] })[name]);
  return `#${new URLSearchParams(parts)}`;
}

/** Take over a state; what it does not say is as usual. */
function enter(given) {
  for (const name of FIELDS) {
    if (name === "formula" && DATA.place) continue;
    const text = given[name] ?? DATA.usual[name], field = at(name);
    if (field.tagName !== "SELECT" || [...field.options].some(option => option.value === text)) field.value = text;
  }
  level = DATA.levels.includes(given.level) ? given.level : DATA.usual.level;
  show(TABS.includes(given.tab) ? given.tab : TABS[0]);
  choose();
  paint();
}

const linked = () => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
let saving = 0;
function save() {
  clearTimeout(saving);
  saving = setTimeout(() => {
    try { history.replaceState(null, "", link()); } catch { /* some browsers limit how often */ }
  }, SAVED);
}

// --- asking -----------------------------------------------------------------------------------------------------------

async function post(part, data) {
  try {
    const headers = { "Content-Type": "application/json", "X-Edgewise-Token": DATA.token };
    return await (await fetch(`/${part}`, { method: "POST", headers, body: JSON.stringify(data) })).json();
  } catch {
    return { gone: true, error: { kind: "Closed", what: "the playground is not running any more", hint: "start edgewise play again, and load the page", place: null } };
  }
}

/** Asks for one part: one question at a time, the newest next; an answer that a newer question overtook is dropped. */
class Asking {
  constructor(part, told) { Object.assign(this, { part, told, next: null, busy: false }); }
  async ask(data) {
    this.next = data;
    if (this.busy) return;
    this.busy = true;
    while (this.next) {
      const asked = this.next;
      this.next = null;
      const answer = await post(this.part, asked);
      if (!this.next) this.told(answer);
    }
    this.busy = false;
  }
}

const text = new Asking("text", tellText), picture = new Asking("picture", tellPicture);
let waiting = 0, begun = 0, stopped = 0;
function ask() {
  const asked = state();
  text.ask(asked);
  picture.ask(asked);
}
/** Asked at once, or, of keystrokes that follow each other, when they stop for a moment. */
function changed(keyed = false) {
  begun = performance.now();
  clearTimeout(waiting);
  if (keyed && begun - stopped < WAIT) waiting = setTimeout(ask, WAIT);
  else ask();
  stopped = begun;
  save();
}

// --- telling ----------------------------------------------------------------------------------------------------------

function element(name, content, kind = "") {
  const made = document.createElement(name);
  made.append(...[content].flat());
  if (kind) made.className = kind;
  return made;
}

function said(error) {
  const parts = [element("b", error.kind), ` ${error.what}`];
  return error.hint ? [...parts, " ", element("span", error.hint, "hint")] : parts;
}

function tellText(answer) {
  const { error } = answer;
  if (answer.file) take(answer.file);
  const place = error?.place ?? null;
  paint(place, Boolean(DATA.place));
  at("editor").classList.toggle("wrong", Boolean(place));
  box.setAttribute("aria-invalid", String(Boolean(place)));
  at("told").classList.toggle("stale", Boolean(error));
  at("trouble").replaceChildren(...(error ? said(error) : []));
  if (!error) {
    at("title").textContent = answer.title;
    at("nodesG").textContent = counted(answer.nodes[0], "node");
    at("nodesB").textContent = `${answer.title}: ${counted(answer.nodes[1], "node")}, ${counted(answer.edges, "edge")} of 𝒢`;
    for (const graph of "GB") {
      const made = answer.formulas[graph];
      if (made) at(`formula${graph}`).innerHTML = made; // the library escapes every name, and the page runs no other script
      else at(`formula${graph}`).replaceChildren(element("p", "too long to be set as one formula: see the text below", "soft"));
    }
    at("formulaText").textContent = answer.formulas.text;
    if (!answer.formulas.G || !answer.formulas.B) at("formulaText").closest("details").open = true;
    const { source } = answer;
    at("sourceText").replaceChildren(source.error ? element("p", said(source.error)) : painted(source.text));
    rows("counts", ["", "𝒢", "ℬ"], answer.cost);
    rows("kinds", ["operation", "𝒢", "ℬ"], answer.kinds);
    rows("rules", ["rule", "times"], answer.rules);
    at("ledger").innerHTML = answer.ledger;
    for (const button of at("levels").children) button.lastChild.textContent = `${answer.levels[button.dataset.level].toLocaleString("en")} operations`;
  }
  document.documentElement.dataset.text = String(Math.round(performance.now() - begun));
}

function counted(count, name) {
  return `${count.toLocaleString("en")} ${name}${count === 1 ? "" : "s"}`;
}

function rows(id, headings, lines) {
  const head = element("thead", element("tr", headings.map(name => element("th", name))));
  const body = element("tbody", lines.map(line => element("tr", line.map(cell => element("td", cell)))));
  at(id).replaceChildren(...(lines.length ? [head, body] : []));
}

function tellPicture(answer) {
  const { undrawn } = answer, frames = [...document.querySelectorAll(".picture")];
  const kept = Boolean(frames[0].querySelector("svg"));
  at("pictures").classList.toggle("stale", Boolean(answer.error) && kept);
  if (answer.drawn) {
    frames.forEach((frame, k) => {
      frame.innerHTML = answer.drawn[k];
      if (!frame.firstChild) frame.append(element("p", "nothing is computed: every derivative is a number"));
      else crop(frame.firstChild);
    });
    "GB".split("").forEach((graph, k) => { at(`said${graph}`).textContent = [answer.says[k], answer.left[k]].filter(Boolean).join(", "); });
    at("key").textContent = answer.key;
    at("pictures").classList.remove("focused");
    fit();
  } else if (undrawn && (!kept || !answer.error)) { // what is wrong with the formula is said beside it
    frames[0].replaceChildren(element("p", said(undrawn)));
    frames[1].replaceChildren();
    at("key").textContent = at("saidG").textContent = at("saidB").textContent = "";
  }
  document.documentElement.dataset.picture = String(Math.round(performance.now() - begun));
}

// --- the pictures -----------------------------------------------------------------------------------------------------

const LEAST = 1.12, MOST = 1.7; // a label's smallest letters are 9 points high

/** The headings stand above the pictures: what an SVG has of its own is taken out, and its room. */
function crop(svg) {
  for (const heading of svg.querySelectorAll(".ew-title")) heading.remove();
  const { a, d, e, f } = svg.querySelector("g").transform.baseVal.consolidate().matrix;
  const boxes = [...svg.querySelectorAll(".ew-node, .ew-edge")].map(thing => thing.getBBox());
  const left = Math.min(...boxes.map(box => box.x)), right = Math.max(...boxes.map(box => box.x + box.width));
  const top = Math.min(...boxes.map(box => box.y)), bottom = Math.max(...boxes.map(box => box.y + box.height));
  const view = [a * left + e - 3, d * top + f - 3, a * (right - left) + 6, d * (bottom - top) + 6];
  svg.setAttribute("viewBox", view.map(number => number.toFixed(1)).join(" "));
}

/** As large as the room is, where that can be read; `scale` is the reader's own size, 0 for this one. */
function fit() {
  const frames = [...document.querySelectorAll(".picture")], drawn = frames.map(frame => frame.querySelector("svg"));
  if (!drawn.some(Boolean)) return;
  const wide = drawn.map(svg => svg?.viewBox.baseVal.width ?? 0), tall = drawn.map(svg => svg?.viewBox.baseVal.height ?? 0);
  const share = Math.min(Math.max(wide[0] / (wide[0] + wide[1]), 0.3), 0.7);
  at("pictures").style.setProperty("--share", `${share}fr ${1 - share}fr`);
  const room = 22, whole = frames.map((frame, k) => Math.min((frame.clientWidth - room) / wide[k], (frame.clientHeight - room) / tall[k]));
  const size = scale || Math.min(Math.max(Math.min(...whole), LEAST), MOST);
  drawn.forEach((svg, k) => {
    if (!svg) return;
    svg.setAttribute("width", String(Math.round(wide[k] * size)));
    svg.setAttribute("height", String(Math.round(tall[k] * size)));
    const frame = frames[k];
    if (!frame.dataset.moved) frame.scrollLeft = (frame.scrollWidth - frame.clientWidth) / 2;
  });
  at("pictures").dataset.scale = String(size);
}
for (const frame of document.querySelectorAll(".picture")) {
  for (const kind of ["wheel", "pointerdown", "keydown"]) {
    frame.addEventListener(kind, () => { frame.dataset.moved = "yes"; }, { passive: true });
  }
  frame.addEventListener("wheel", event => { // with Ctrl, as a pinch is too, the size
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 0.9 : 1.1);
  }, { passive: false });
  frame.addEventListener("pointermove", event => { // held by the mouse it moves; fingers do so without help
    if (event.buttons !== 1 || event.pointerType !== "mouse") return;
    frame.scrollBy(-event.movementX, -event.movementY);
  });
}
function zoom(by) {
  scale = by && Math.min(Math.max(Number(at("pictures").dataset.scale || 1) * by, 0.2), 5);
  fit();
}
at("smaller").onclick = () => zoom(0.8);
at("larger").onclick = () => zoom(1.25);
at("fit").onclick = () => {
  for (const frame of document.querySelectorAll(".picture")) delete frame.dataset.moved;
  zoom(0);
};
window.addEventListener("resize", fit);

/** Point at an edge, or at what belongs to one: everything of that edge stays, in 𝒢 and ℬ, the rest steps back. */
at("pictures").addEventListener("mouseover", event => {
  const all = at("pictures"), group = event.target.closest?.(".ew-node, .ew-edge");
  const colours = group ? [...group.classList].filter(name => /^ew-c\d+$/.test(name)) : [];
  for (const thing of all.querySelectorAll(".lit")) thing.classList.remove("lit");
  all.classList.toggle("focused", colours.length > 0);
  if (colours.length) for (const thing of all.querySelectorAll(colours.map(name => `.${name}`).join())) thing.classList.add("lit");
});
at("pictures").addEventListener("mouseleave", () => at("pictures").classList.remove("focused"));

// --- the controls -----------------------------------------------------------------------------------------------------

/** A row of buttons of which one is chosen, by the mouse or the arrow keys. */
function choice(into, names, role, chosen, make) {
  for (const name of names) {
    const button = make(name);
    button.type = "button";
    button.setAttribute("role", role);
    button.onclick = () => chosen(name);
    button.onkeydown = event => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const to = (names.indexOf(name) + step + names.length) % names.length;
      chosen(names[to]);
      into.children[to].focus();
    };
    into.append(button);
  }
}
function mark(into, attribute, chosen) {
  for (const button of into.children) {
    button.setAttribute(attribute, String(button === chosen));
    button.tabIndex = button === chosen ? 0 : -1;
  }
}
function choose() {
  mark(at("levels"), "aria-checked", [...at("levels").children].find(button => button.dataset.level === level));
}
function show(name) {
  tab = name;
  for (const each of TABS) at(each).hidden = each !== name;
  mark(at("tabs"), "aria-selected", at(`tab-${name}`));
}

choice(at("levels"), DATA.levels, "radio", name => { level = name; choose(); changed(); }, name => {
  const button = element("button", [SAID[name] ?? name, element("span", "…")]);
  button.dataset.level = name;
  return button;
});
choice(at("tabs"), TABS, "tab", name => { show(name); save(); }, name => {
  const button = element("button", name[0].toUpperCase() + name.slice(1));
  button.id = `tab-${name}`;
  button.setAttribute("aria-controls", name);
  return button;
});

for (const name of ["formula", "wrt", "shapes"]) at(name).addEventListener("input", () => {
  if (name === "formula") paint();
  changed(true);
});
for (const name of ["kind", "target"]) at(name).addEventListener("change", () => changed());

async function copied(button, content) {
  const before = button.textContent;
  try {
    await navigator.clipboard.writeText(content);
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser refuses";
  }
  setTimeout(() => { button.textContent = before; }, 1200);
}
at("copy").onclick = () => copied(at("copy"), location.href.split("#")[0] + link());
at("copysource").onclick = () => copied(at("copysource"), at("sourceText").textContent);

DATA.examples.forEach(([name], k) => at("examples").append(new Option(name, String(k))));
at("begin").hidden = !DATA.examples.length;
at("examples").onchange = () => {
  const found = DATA.examples[Number(at("examples").value)];
  at("examples").value = "";
  if (found) enter({ ...found[1], tab });
  changed();
};

// --- the user's file --------------------------------------------------------------------------------------------------

let stamp = "";
function take(file) {
  stamp = file.stamp;
  if (box.value !== file.text) box.value = file.text;
}
async function look() {
  if (!document.hidden) {
    const found = await post("stamp", {});
    if (found.gone) return tellText(found);
    if (found.stamp !== undefined && found.stamp !== stamp) changed();
  }
  setTimeout(look, LOOKED);
}
if (DATA.place) {
  box.readOnly = true;
  document.title = `edgewise: ${DATA.place}`;
  setTimeout(look, LOOKED);
}

window.addEventListener("hashchange", () => { enter(linked()); changed(); });
enter(location.hash.length > 1 ? linked() : DATA.begin);
changed();
box.focus();
