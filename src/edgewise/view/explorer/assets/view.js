// How much of the picture is seen: its size, moving it by mouse, touch and keys, the map of all of it, ways to keep it.
const READABLE = 10 / SIZE;     // the size at which the smallest label is 10 pixels high
let size = 1;
function resize() {
  svg.setAttribute("viewBox", `${-MARGIN} 0 ${width + 2 * MARGIN} ${height + TOP + MARGIN}`);
  [...svg.children].forEach(part => part.setAttribute("transform", `translate(0 ${TOP})`));
  svg.setAttribute("width", Math.ceil((width + 2 * MARGIN) * size));
  svg.setAttribute("height", Math.ceil((height + TOP + MARGIN) * size));
  settle();
}
// 𝒢 and ℬ stay in view above their halves, side by side where one of these is out of view.
function settle() {
  const origin = $("heads").getBoundingClientRect().left, start = svg.getBoundingClientRect().left - origin;
  const most = frame.clientWidth - (origin - frame.getBoundingClientRect().left), half = heads.map(head => head.offsetWidth / 2 + 4);
  const [left, right] = middles.map(x => start + (x + MARGIN) * size), first = Math.max(half[0], Math.min(left, most - half[0] - 2 * half[1]));
  heads[0].style.left = `${first}px`;
  heads[1].style.left = `${Math.min(most - half[1], Math.max(right, first + half[0] + half[1]))}px`;
  drawMap();
}
const room = () => [frame.clientWidth - 12, frame.clientHeight - 12];
const wholeSize = made => Math.min(room()[0] / (made.width + 2 * MARGIN), room()[1] / (made.height + TOP + MARGIN));
const LEAST = 0.1, LARGEST = 3;
// The point at (x, y) of the frame stays where it is.
function zoom(wanted, x = frame.clientWidth / 2, y = frame.clientHeight / 2) {
  const now = Math.max(LEAST, Math.min(LARGEST, wanted)), by = now / size, left = (frame.scrollLeft + x) * by - x, top = (frame.scrollTop + y) * by - y;
  size = now;
  $("zoom").value = size;
  resize();
  frame.scrollLeft = left;
  frame.scrollTop = top;
  settle();
}
const fit = () => zoom(Math.min(1.2, wholeSize(scene)), 0, 0);
function show(node) {
  if (boxes.has(node)) bring(frame, boxes.get(node));
}

// The picture opens with all that can be read: everything, or as many groups as fit, the largest first.
function start() {
  const fits = made => wholeSize(made) >= READABLE;
  open.clear();
  const closed = laid();
  let made = closed;
  draw(closed);  // how much room there is is known when everything beside the picture is there
  if (shownBoxes.length === data.picture.total && shownBoxes.length < 80) {
    groupsOf.forEach(group => open.add(group.number));
    made = laid();
  }
  if (!fits(made) || made === closed) {
    open.clear();
    made = closed;
    const inner = group => group.inside.filter(item => item.node === undefined && item.inside.length), todo = inner(root_);
    for (let misses = 0; todo.length && misses < 4;) {
      const next = todo.sort((a, b) => a.last - a.first - b.last + b.first || a.first - b.first).pop();
      open.add(next.number);
      const trial = laid();
      if (fits(trial)) {
        made = trial;
        if (!next.times) todo.push(...inner(next));  // of what repeats each is like the others
      } else {
        open.delete(next.number);
        misses += 1;
      }
    }
  }
  draw(made);
  zoom(Math.min(1.2, Math.max(READABLE, wholeSize(made))), 0, 0);
}

$("zoom").addEventListener("input", () => zoom(Number($("zoom").value)));
$("fit").addEventListener("click", fit);
for (const [id, name] of [["both", ""], ["onlyG", "G"], ["onlyB", "B"]]) {
  $(id).addEventListener("click", () => {
    svg.classList.toggle("hide-B", name === "G");
    svg.classList.toggle("hide-G", name === "B");
    for (const other of ["both", "onlyG", "onlyB"]) $(other).setAttribute("aria-pressed", other === id);
  });
}

// --- moving it ----------------------------------------------------------------------------------------------------
const fingers = new Map();
let grip = null, pinch = 0, travelled = 0;
const moved = () => travelled > 5;
const apart = () => { const [a, b] = [...fingers.values()]; return Math.hypot(a.x - b.x, a.y - b.y); };
frame.addEventListener("pointerdown", event => {
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  grip = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop };
  travelled = 0;
  if (fingers.size === 2) pinch = apart() / size;
});
frame.addEventListener("pointermove", event => {
  const finger = fingers.get(event.pointerId);
  if (!finger) return;
  travelled += Math.hypot(event.clientX - finger.x, event.clientY - finger.y);
  fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
  if (fingers.size === 2) {
    const [a, b] = [...fingers.values()], area = frame.getBoundingClientRect();
    zoom(apart() / pinch, (a.x + b.x) / 2 - area.left, (a.y + b.y) / 2 - area.top);
  } else if (grip && event.buttons && event.pointerType !== "touch" && moved()) {
    frame.scrollLeft = grip.x - event.clientX;
    frame.scrollTop = grip.y - event.clientY;
  }
});
for (const name of ["pointerup", "pointercancel"]) addEventListener(name, event => { fingers.delete(event.pointerId); grip = null; });
// Over a closed group zooming in opens it, where it is large already; zooming out closes what was opened last.
const DEEP = 1.4;
frame.addEventListener("wheel", event => {
  if (!event.ctrlKey && !event.metaKey) return;
  event.preventDefault();
  const area = frame.getBoundingClientRect(), item = itemOf(event.target);
  if (event.deltaY < 0 && size >= DEEP && item && item.kind === "group" && act(item)) return zoom(READABLE * 1.2, event.clientX - area.left, event.clientY - area.top);
  if (event.deltaY > 0 && size < Math.min(READABLE, wholeSize(scene)) && open.size) return closeGroup(groupsOf[[...open].pop()]);
  zoom(size * Math.exp(-event.deltaY / 400), event.clientX - area.left, event.clientY - area.top);
}, { passive: false });
const VIEWS = { "+": () => zoom(size * 1.2), "=": () => zoom(size * 1.2), "-": () => zoom(size / 1.2), "0": fit };
const SHIFTED = { ArrowLeft: [-80, 0], ArrowRight: [80, 0], ArrowUp: [0, -80], ArrowDown: [0, 80] };
function viewKey(event) {
  if (event.shiftKey && SHIFTED[event.key]) frame.scrollBy(...SHIFTED[event.key]);
  else if (VIEWS[event.key]) VIEWS[event.key]();
  else return false;
  event.preventDefault();
  return true;
}

// --- the map: all of it, and the part that is seen ----------------------------------------------------------------
const chart = $("map"), WIDE = 150, TALL = 110;
let charted = null;
function drawMap() {
  const full = [width + 2 * MARGIN, height + TOP + MARGIN], [w, h] = full.map(length => length * size);
  const needless = w <= frame.clientWidth + 4 && h <= frame.clientHeight + 4;
  chart.toggleAttribute("hidden", needless);
  if (needless) return;
  if (charted !== scene) {
    const by = Math.min(WIDE / full[0], TALL / full[1]);
    chart.setAttribute("viewBox", `${-MARGIN} 0 ${full[0]} ${full[1]}`);
    chart.setAttribute("width", full[0] * by);
    chart.setAttribute("height", full[1] * by);
    chart.replaceChildren(...scene.items.map(item => drawn("rect", { x: item.x - item.w / 2, y: item.y - item.h / 2 + TOP, width: item.w, height: item.h, class: item.side ? "b" : "g" })), drawn("rect", { class: "seen" }));
    charted = scene;
  }
  const part = chart.lastChild;
  for (const [name, value] of [["x", frame.scrollLeft / size - MARGIN], ["y", frame.scrollTop / size], ["width", Math.min(full[0], frame.clientWidth / size)], ["height", Math.min(full[1], frame.clientHeight / size)]]) part.setAttribute(name, value);
}
function toPlace(event) {
  if (event.type === "pointermove" && !event.buttons) return;
  const area = chart.getBoundingClientRect();
  frame.scrollLeft = (event.clientX - area.left) / area.width * (width + 2 * MARGIN) * size - frame.clientWidth / 2;
  frame.scrollTop = (event.clientY - area.top) / area.height * (height + TOP + MARGIN) * size - frame.clientHeight / 2;
}
for (const name of ["pointerdown", "pointermove"]) chart.addEventListener(name, toPlace);
frame.addEventListener("scroll", settle, { passive: true });
new ResizeObserver(settle).observe(frame);

// --- ways to keep it: with the looks of the moment, of which other programs read no style sheet --------------------
const LOOKS = ["fill", "stroke", "stroke-width", "stroke-dasharray", "fill-opacity", "stroke-opacity", "display", "visibility", "font-weight"];
function kept() {
  const copy = svg.cloneNode(true), there = svg.querySelectorAll("*"), here = copy.querySelectorAll("*");
  there.forEach((item, k) => {
    if (["title", "g"].includes(item.tagName)) return;
    const look = getComputedStyle(item);
    for (const name of LOOKS) here[k].setAttribute(name, look.getPropertyValue(name));
  });
  const paper = drawn("rect", { x: -MARGIN, y: 0, width: "100%", height: "100%", fill: getComputedStyle(document.body).backgroundColor });
  copy.prepend(paper);
  copy.setAttribute("font-family", FONT);
  copy.setAttribute("font-size", SIZE);
  copy.setAttribute("width", width + 2 * MARGIN);
  copy.setAttribute("height", height + TOP + MARGIN);
  heads.forEach((head, side) => copy.append(drawn("text", { x: middles[side], y: 20, "text-anchor": "middle", "font-size": 20, fill: getComputedStyle(head).color }, head.textContent)));
  return new XMLSerializer().serializeToString(copy);
}
function download(blob, name) {
  const link = element("a", { download: name });
  link.href = URL.createObjectURL(blob);
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
$("savesvg").addEventListener("click", () => download(new Blob([kept()], { type: "image/svg+xml" }), "edgewise.svg"));
$("savepng").addEventListener("click", () => {
  const image = new Image(), scale = Math.min(2, 8000 / Math.max(width, height));
  image.onload = () => {
    const canvas = element("canvas", { width: Math.round(image.width * scale), height: Math.round(image.height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => download(blob, "edgewise.png"));
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(kept());
});
