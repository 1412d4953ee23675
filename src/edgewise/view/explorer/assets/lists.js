// The lists: formulas above the picture, and source, ledger, nodes and counts as tabs.
const liveNumbers = [];  // [element, node]: what shows a node's value
function follow(item, node) {
  if (data.numbers && node >= 0) liveNumbers.push([item, node]);
  return item;
}

// --- the function and its derivatives, term by term --------------------------------------------------------------
function formula(line, terms) {
  const item = element("div", { class: "formula" }), left = element("span", { class: "left" });
  left.innerHTML = line.left;  // MathML and escaped text, made from names and numbers
  placesOf.get(line.node)?.push(left);
  linked(left, "terms", () => lightNodes(line.node >= 0 ? [line.node] : []));
  left.setAttribute("aria-label", left.textContent);
  item.append(left, " = ");
  if (!terms.length) item.append("0");
  terms.forEach((term, k) => {
    if (k || term.minus) item.append(element("span", { class: "sign" }, term.minus ? (k ? " − " : "−") : " + "));
    const made = element("span", { class: "term" });
    made.innerHTML = term.html;
    if (term.keys) {
      made.setAttribute("aria-label", term.text);
      term.keys.forEach(key => byKey.get(key).terms.push(made));
      linked(made, "terms", () => lightTerm(term, made));
    }
    item.append(made);
  });
  if (line.left_out) item.append(` + ${plural(line.left_out, "more term")}`);
  if (line.node >= 0) item.append(" ", follow(element("span", { class: "number equal" }), line.node));
  $("expression").append(item);
}
{
  const shownOf = data.expression;
  shownOf.functions.forEach(line => formula(line, line.terms));
  if (shownOf.functions_left_out) $("expression").append(element("p", {}, `and ${plural(shownOf.functions_left_out, "more output")}`));
  shownOf.derivatives.forEach(line => formula(line, line.terms));
  if (shownOf.derivatives_left_out) $("expression").append(element("p", {}, `and ${plural(shownOf.derivatives_left_out, "more derivative")}`));
}

// What does not fit into two lines is one press away: nothing is cut through.
const bar_ = $("expression"), formulas_ = [...bar_.children], moreFormulas = element("button", { type: "button", class: "chip" });
bar_.append(moreFormulas);
function foldFormulas() {
  const all = bar_.classList.contains("all"), high = () => bar_.scrollHeight > bar_.clientHeight + 2;
  formulas_.forEach(item => { item.hidden = false; });
  moreFormulas.hidden = true;
  if (!all && !high()) return;
  moreFormulas.hidden = false;
  moreFormulas.textContent = "fewer formulas";
  for (let k = formulas_.length - 1, folded = 1; !all && k > 0 && (folded === 1 || high()); k--, folded++) {
    formulas_[k].hidden = true;
    moreFormulas.textContent = plural(folded, "more formula");
  }
}
moreFormulas.addEventListener("click", () => { bar_.classList.toggle("all"); foldFormulas(); });
addEventListener("resize", foldFormulas);

// --- nodes, ledger, source, counts -------------------------------------------------------------------------------
// A long list is made in parts, each when it is about to be seen: `make` makes the element of an item.
const PART = 100, ROOM = 22;    // items of a part, and how high one is about
function inParts(box, tag, items, make) {
  const parts = [];
  let made = 0;
  const until = part => {      // in order, so that ↑ and ↓ know what is next
    for (; made <= part; made++) {
      parts[made].style.height = "";
      parts[made].append(...items.slice(made * PART, (made + 1) * PART).map((item, k) => make(item, made * PART + k)));
      watch.unobserve(parts[made]);
    }
  };
  const watch = new IntersectionObserver(entries => {
    const last = Math.max(-1, ...entries.filter(entry => entry.isIntersecting).map(entry => parts.indexOf(entry.target)));
    if (last < made) return;
    until(last);
    writeLists();
  }, { root: box.closest(".tab"), rootMargin: "600px" });
  for (let k = 0; k < items.length; k += PART) {
    const part = element(tag);
    part.style.height = `${Math.min(PART, items.length - k) * ROOM}px`;
    parts.push(part);
  }
  box.append(...parts);
  parts.forEach(part => watch.observe(part));
  if (parts.length) until(0);
  return index => { if (index !== undefined) until(Math.floor(index / PART)); };
}
inParts($("formulas"), "tbody", data.nodes, node => {
  const row = element("tr", { "data-node": node.id }), math = element("td");
  math.innerHTML = node.math;  // MathML or tags, and escaped text
  row.append(heading(node.name), math, follow(element("td", { class: "number" }), node.id));
  placesOf.get(node.id).push(row);
  linked(row, "nodes", () => lightNodes([node.id]));
  return row;
});
inParts($("ledger"), "tbody", edges, (edge, k) => {
  const row = element("tr", { "data-row": k });
  const cell = id => {
    const node = nodes.get(id), made = element("td");
    if (!node) made.textContent = "—";
    else made.append(node.new ? node.name : node.input || (node.value !== undefined ? shown(real(node.value)) : node.name),
      " ", follow(element("span", { class: "number" }), id));
    return made;
  };
  row.append(heading(edge.name), cell(edge.partial), cell(edge.product));
  byKey.get(edge.key).places.push(row);
  linked(row, "ledger", () => lightEdge(edge.key));
  return row;
});
const lineAt = new Map(data.source.flatMap((line, k) => line.nodes.map(node => [node, k])));
const sourceUntil = inParts($("source"), "div", data.source, line => {
  const item = element("span", { class: "line" }, line.text);
  if (line.nodes.length) {
    line.nodes.forEach(node => placesOf.get(node)?.push(item));
    linked(item, "source", () => lightNodes(line.nodes));
  }
  return item;
});
for (const [name, count] of Object.entries(data.counts)) {
  const row = element("tr");
  row.append(heading(name), element("td", {}, count));
  $("counts").tBodies[0].append(row);
}

// --- tabs --------------------------------------------------------------------------------------------------------
const tabs = new Map();
function choose(name) {
  for (const [other, { tab, panel }] of tabs) {
    tab.setAttribute("aria-selected", other === name);
    tab.setAttribute("tabindex", other === name ? "0" : "-1");
    panel.hidden = other !== name;
  }
  $("left").classList.toggle("film", name === "Simplification");
}
document.querySelectorAll(".tab").forEach((panel, k) => {
  const name = panel.dataset.tab;
  panel.id ||= "panel" + k;
  const tab = element("button", { type: "button", role: "tab", id: "tab" + name, "aria-controls": panel.id }, name);
  panel.setAttribute("role", "tabpanel");
  panel.setAttribute("aria-labelledby", tab.id);
  panel.setAttribute("tabindex", "0");
  tab.addEventListener("click", () => choose(name));
  tab.addEventListener("keydown", event => {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!by) return;
    event.stopPropagation();
    event.preventDefault();
    const names = [...tabs.keys()].filter(other => !tabs.get(other).tab.hidden);
    const next = names[(names.indexOf(name) + by + names.length) % names.length];
    choose(next);
    tabs.get(next).tab.focus();
  });
  tabs.set(name, { tab, panel });
  $("tabs").append(tab);
});
choose("Source");
function writeLists() {
  for (const [item, node] of liveNumbers) {
    const value = values.get(node), text = (item.classList.contains("equal") ? "= " : "") + shown(value);
    if (item.dataset.text === text) continue;
    item.dataset.text = item.textContent = text;
    const rows = matrixOf(value);
    if (rows) item.innerHTML = (item.classList.contains("equal") ? "= " : "") + matrix(rows);
    item.classList.toggle("bad", broken(value));
  }
}
