// The picture: what is seen is laid out and drawn anew whenever a group is opened or closed.
const frame = $("picture"), own = svg.id + "-";
const boxes = new Map();       // node of ℬ → the box that stands for it: its own, or that of a closed group
const numberTexts = new Map(); // node of ℬ → the texts in its box that hold numbers: value, gradient
const arrows = new Map();      // key of an edge → what is drawn of it
const drawnAnew = [];          // what is to be done after each drawing
const said = node => boxAt.get(node)?.said ?? nodes.get(node)?.input ?? nodes.get(node)?.name ?? "";
const keyOf = new Map(edges.filter(edge => edge.colour >= 0).map(edge => [edge.colour, edge.key]));
const keysOf = colours => colours.map(colour => keyOf.get(colour)).filter(key => key !== undefined);
const FEW_ACROSS = 5;
let scene = { items: [], links: [] }, width = 0, height = 0, middles = [0, 0];

// --- labels -------------------------------------------------------------------------------------------------------
const clip = (text, most) => text.length > most ? text.slice(0, most - 1) + "…" : text;
const html = text => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");
const inside = label => label.replace(/<[^>]+>/g, "").replace(/&(?:amp|lt|gt|quot|#x27);/g, name => ENTITIES[name]);
// The nodes of ℬ that hold what arrives at a box's node, and the room that numbers take: those of arrays stay as they are.
const arrivedAt = new Map();
for (const [, j, made] of data.table) arrivedAt.set(data.places[j], [...(arrivedAt.get(data.places[j]) ?? []), made]);
const longest = list => list.map(node => values.get(node)).filter(value => typeof value === "object" && value).map(value => short(value.text))
  .reduce((one, other) => other.length > one.length ? other : one, "-0.00000e-0");
function labelOf(item) {
  if (item.kind === "node") {
    const { box } = item, node = nodes.get(box.node), lines = [];
    (box.head ?? []).forEach(row => lines.push({ html: row, bold: true }));
    box.step.forEach(row => lines.push({ html: row }));
    if (box.note) lines.push({ html: html(box.note), soft: true });
    for (let k = 0; k < (node?.lines ?? 0); k++) {
      const text = longest(k ? arrivedAt.get(box.node) ?? [] : [box.node]);
      lines.push({ html: html(k ? `grad ${text}` : text), number: true });
    }
    return { role: box.role, lines, said: box.said, colours: box.colours };
  }
  const { group, count, side } = item, many = plural(count, "node");
  if (item.kind !== "group") {
    return { role: "cut", lines: [{ html: `${count.toLocaleString("en")} more`, soft: true }], said: item.kind === "fold" ? `${many}, folded` : `${many} that this page does not hold` };
  }
  const times = group.times ? ` × ${group.times}` : "", lines = [{ html: (side ? "∂ of " : "") + group.label + times, bold: true }];
  if (inside(group.label).length < 20) lines[0].also = ` · ${many}`;
  else lines.push({ html: many, soft: true });
  if (group.code && !side) lines.push({ html: html(group.code), soft: true });
  const opens = group.inside.length ? "; click opens" : "; this page does not hold them";
  return { role: "group", lines, said: `${side ? "derivatives of " : ""}${inside(group.label)}${times}${group.code ? `, ${group.code}` : ""}: ${many}${opens}` };
}
const short = text => clip(text, 26);
// A number as it stands in a box: of a small one its digits, not its zeros.
const boxed = x => short(typeof x === "number" && x !== 0 && Math.abs(x) < 1e-4 ? Number(x.toPrecision(6)).toExponential() : shown(x, 6));

// --- drawing ------------------------------------------------------------------------------------------------------
function laid() {
  const now = seen();
  now.links = lifted(now);
  for (const item of now.items) {
    Object.assign(item, labelOf(item));
    Object.assign(item, sized(item.role, item.lines));
  }
  return { ...now, ...lay(now.items, now.links, data.picture.upward) };
}
const TOP = 46, MARGIN = 8;     // room for 𝒢 and ℬ
const heads = [...document.querySelectorAll("#heads .ew-title")];
heads.forEach((head, side) => head.append(side ? "ℬ" : "𝒢", ...(data.picture.says[side] ? [element("small", {}, ` ${data.picture.says[side]}`)] : [])));
function draw(made, near) {
  scene = made;
  ({ width, height, middles } = made);
  const back = document.activeElement?.closest?.("#picture") ? document.activeElement.id : "";
  for (const map of [boxes, numberTexts, arrows]) map.clear();
  for (const name of ["boxes", "arrows of 𝒢", "arrows of ℬ"]) ungroup(name);
  lit.clear();
  const lines = drawn("g", {}), things = drawn("g", {});
  const across = new Map(), crossing = made.links.filter(link => link.side < 0);
  made.links.forEach(link => {
    const keys = keysOf(link.colours), tail = made.items[link.tail], head = made.items[link.head];
    const item = arrowElement(link, keys.length === 1 ? byKey.get(keys[0]).name : link.count > 1 ? plural(link.count, "arrow") : `${tail.said} → ${head.said}`);
    lines.append(item);
    if (link.side < 0) across.set(link.head, [...(across.get(link.head) ?? []), item]);
    for (const key of keys) arrows.set(key, [...(arrows.get(key) ?? []), item]);
    if (!keys.length) return;
    item.setAttribute("role", "img");
    item.setAttribute("aria-label", keys.length === 1 ? byKey.get(keys[0]).name : plural(keys.length, "edge"));
    linked(item, link.side === 0 ? "arrows of 𝒢" : "arrows of ℬ", () => keys.length === 1 ? lightEdge(keys[0]) : lightEdges(new Set(keys)));
  });
  made.items.forEach((item, k) => {
    const box = boxElement(item, own + (item.side && item.kind !== "node" ? "d" : "") + item.key), node = item.box?.node;
    things.append(box);
    item.element = box;
    for (const one of item.nodes) boxes.set(one, box);
    box.setAttribute("role", item.kind === "group" || item.kind === "fold" ? "button" : "img");
    box.setAttribute("aria-label", item.said);
    linked(box, "boxes", () => {
      if (item.kind === "node") lightNodes([node], across.get(k));
      else {
        lightUp(new Set(), new Set(), made.items.filter(other => other.group === item.group && other.key === item.key).map(other => other.element));
        $("detail").textContent = `${item.side ? "ℬ" : "𝒢"}   ${item.said}`;
      }
    });
    const texts = [...box.querySelectorAll("text.number")];
    if (texts.length) numberTexts.set(node, texts);
  });
  svg.replaceChildren(lines, things);
  svg.classList.toggle("many", crossing.length > FEW_ACROSS);
  resize();
  drawnAnew.forEach(act => act());
  if (back) ($(back) ?? boxes.get(near) ?? made.items[0]?.element)?.focus({ preventScroll: true });
}
function writeNumber(node, line, text) {
  const item = numberTexts.get(node)?.[line];
  if (item && item.textContent !== text) item.textContent = text;
}

// --- opening and closing ------------------------------------------------------------------------------------------
const MOST = 900;               // boxes that are drawn at once: a browser is slow with more
function change(act, near) {
  const before = near && boxes.get(near)?.getBoundingClientRect();
  const was = [...open];
  act();
  const made = laid();
  if (made.items.length > MOST) {
    open.clear();
    was.forEach(group => open.add(group));
    $("caption").textContent = `more than ${MOST} boxes: open a part`;
    return;
  }
  draw(made, near);
  if (size > READABLE) zoom(Math.max(READABLE, Math.min(size, wholeSize(made))), 0, 0);
  const after = near && boxes.get(near)?.getBoundingClientRect();
  if (before && after) {  // what was pointed at stays where it is
    frame.scrollLeft += after.left + after.width / 2 - before.left - before.width / 2;
    frame.scrollTop += after.top + after.height / 2 - before.top - before.height / 2;
  }
}
function openGroup(group) {
  change(() => open.add(group.number), between(group.first, group.last).find(box => !box.new)?.node ?? between(group.first, group.last)[0]?.node);
}
function closeGroup(group) {
  change(() => groupsOf.forEach(other => { if (other.first >= group.first && other.last <= group.last && other.number >= group.number) open.delete(other.number); }),
    between(group.first, group.last)[0]?.node);
}
function focusOn(list) {
  only = new Set(list.filter(node => boxAt.has(node)));
  if (!only.size) { only = null; return; }
  change(() => { open.clear(); only.forEach(node => parents(groupsOf[boxAt.get(node).group]).forEach(group => open.add(group.number))); }, list[0]);
  fit();
}
function unfold() {
  if (!only) return;
  only = null;
  start();
}
// A node with what it reads, what reads it, and the derivatives of its edges.
function around(node) {
  const found = new Set([node]);
  for (const [tail, head] of data.picture.arrows) {
    if (tail === node && head >= 0) found.add(head);
    if (head === node && tail >= 0) found.add(tail);
  }
  return [...found];
}
const itemOf = target => {
  const box = target.closest?.(".ew-node");
  return box && scene.items.find(item => item.element === box);
};
function act(item) {
  if (item.kind === "group" && item.group.inside.length) openGroup(item.group);
  else if (item.kind === "fold") unfold();
  else return false;
  return true;
}
svg.addEventListener("click", event => { const item = itemOf(event.target); if (item && !moved()) act(item); });
svg.addEventListener("dblclick", event => { const item = itemOf(event.target); if (item?.kind === "node") focusOn(around(item.box.node)); });
svg.addEventListener("keydown", event => {
  const item = itemOf(event.target);
  if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
  const inner = item.kind === "node" ? groupsOf[item.box.group] : outer(item.group), group = inner ?? root_;
  const acts = { Enter: () => act(item) || (item.kind === "node" && focusOn(around(item.box.node))), Backspace: () => { if (group !== root_) closeGroup(group); } };
  if (!acts[event.key]) return;
  event.preventDefault();
  event.stopPropagation();
  acts[event.key]();
});
$("openall").addEventListener("click", () => { only = null; change(() => groupsOf.forEach(group => { if (group.inside.length) open.add(group.number); })); });
$("closeall").addEventListener("click", () => { only = null; change(() => open.clear()); fit(); });

// --- what is open, outermost first: a press closes it -------------------------------------------------------------
const TRAIL = 8;
drawnAnew.push(() => {
  const chips = [...open].sort((a, b) => a - b).map(number => groupsOf[number]).slice(0, TRAIL).map(group => {
    const chip = element("button", { type: "button", class: "chip", "aria-label": `close ${inside(group.label)}` }, `${clip(inside(group.label), 30)}${group.times ? ` × ${group.times}` : ""} ×`);
    chip.addEventListener("click", () => closeGroup(group));
    return chip;
  });
  if (open.size > TRAIL) chips.push(`and ${plural(open.size - TRAIL, "more group")}`);
  if (only) {
    const all = element("button", { type: "button", class: "chip" }, "focus ×");
    all.addEventListener("click", unfold);
    chips.unshift(all);
  }
  $("trail").replaceChildren($("caption"), ...chips);
  $("openall").hidden = $("closeall").hidden = !groupsOf.length;
  const drawn_ = scene.items.filter(item => item.kind === "node").length, groups = new Set(scene.items.filter(item => item.kind === "group").map(item => item.group)).size;
  $("caption").textContent = drawn_ === data.picture.total ? plural(drawn_, "node")
    : `${drawn_.toLocaleString("en")} of ${plural(data.picture.total, "node")} drawn` + (groups ? `, the rest in ${plural(groups, "group")}` : "");
});

// --- the key: shapes as they are drawn ----------------------------------------------------------------------------
for (const [role, text, derivative] of data.roles) {
  if (role === "cut") continue;
  const item = element("span", { class: `role ${derivative ? "b" : "g"} ${role}` }), icon = drawn("svg", { width: 28, height: 16, viewBox: "-14 -8 28 16", "aria-hidden": "true" });
  icon.append(...shape(role, role === "group" ? 20 : 25, role === "group" ? 9 : 13));
  item.append(icon, text);
  $(derivative ? "keyB" : "keyG").append(item);
}
