// The picture: its boxes and arrows, the numbers in the boxes, its size, its key, and ways to keep it.
const own = svg.id + "-";
const boxes = new Map();       // node of ℬ → its box
const numberTexts = new Map(); // node of ℬ → the texts in its box that hold numbers: value, gradient
const arrows = new Map();      // key of an edge → what is drawn of it
svg.setAttribute("role", "group");
svg.setAttribute("aria-label", "𝒢 and ℬ: each box is a node, each coloured arrow an edge and its derivative");
for (const node of data.nodes) {
  const box = $(own + "n" + node.id);
  if (!box) continue;
  boxes.set(node.id, box);
  box.setAttribute("role", "img");
  box.setAttribute("aria-label", box.querySelector("title").textContent);
  placesOf.get(node.id).push(box);
  linked(box, "boxes", () => lightNodes([node.id]));
  if (node.lines) {
    const area = box.querySelector("path,polygon,ellipse").getBBox(), texts = [...box.querySelectorAll("text")].slice(-node.lines);
    texts.forEach(text => {
      text.setAttribute("x", area.x + area.width / 2);
      text.setAttribute("text-anchor", "middle");
      text.removeAttribute("textLength");
      text.classList.add("number");
    });
    numberTexts.set(node.id, texts);
  }
}
{
  const keyOf = new Map(edges.filter(edge => edge.colour >= 0).map(edge => [edge.colour, edge.key]));
  svg.querySelectorAll(".ew-edge").forEach(arrow => {
    const mark = [...arrow.classList].find(name => /^ew-c\d+$/.test(name)), key = mark && keyOf.get(Number(mark.slice(4)));
    if (key === undefined) return;
    byKey.get(key).places.push(arrow);
    if (!arrows.has(key)) arrows.set(key, []);
    arrows.get(key).push(arrow);
    arrow.setAttribute("role", "img");
    arrow.setAttribute("aria-label", byKey.get(key).name);
    linked(arrow, arrow.classList.contains("ew-B") ? "arrows of ℬ" : "arrows of 𝒢", () => lightEdge(key));
  });
}
function writeNumber(node, line, text) {
  const item = numberTexts.get(node)?.[line];
  if (item && item.textContent !== text) item.textContent = text;
}
const short = text => text.length > 26 ? text.slice(0, 25) + "…" : text;

// --- size and what is shown ---------------------------------------------------------------------------------------
const frame = $("picture"), width = Number(svg.getAttribute("width")), height = Number(svg.getAttribute("height"));
svg.style.maxWidth = "none";
function zoom(size) {
  $("zoom").value = size;
  svg.setAttribute("width", width * size);
  svg.setAttribute("height", height * size);
}
const wide = () => Math.min(1, (frame.clientWidth - 20) / width);
const whole = () => Math.min(wide(), (frame.clientHeight - 20) / height);
function show(node) {
  if (boxes.has(node)) bring(frame, boxes.get(node));
}
$("zoom").addEventListener("input", () => zoom(Number($("zoom").value)));
$("fit").addEventListener("click", () => zoom(whole()));
for (const [id, name] of [["both", ""], ["onlyG", "G"], ["onlyB", "B"]]) {
  $(id).addEventListener("click", () => {
    svg.classList.toggle("hide-B", name === "G");
    svg.classList.toggle("hide-G", name === "B");
    for (const other of ["both", "onlyG", "onlyB"]) $(other).setAttribute("aria-pressed", other === id);
  });
}
{
  let held = null;
  frame.addEventListener("pointerdown", event => { held = { x: event.clientX + frame.scrollLeft, y: event.clientY + frame.scrollTop }; });
  frame.addEventListener("pointermove", event => {
    if (!held || !event.buttons) return;
    frame.scrollLeft = held.x - event.clientX;
    frame.scrollTop = held.y - event.clientY;
  });
  addEventListener("pointerup", () => { held = null; });
}

// --- the key: shapes as Graphviz draws them -----------------------------------------------------------------------
const SHAPES = {
  input: '<ellipse cx="14" cy="8" rx="12" ry="6.5"/>', value: '<rect x="2" y="2" width="24" height="12" rx="4"/>',
  partial: '<polygon points="7,1.5 21,1.5 27,8 21,14.5 7,14.5 1,8"/>', product: '<rect x="2" y="2" width="24" height="12"/>',
  sum: '<polygon points="8,1.5 20,1.5 27,5.5 27,10.5 20,14.5 8,14.5 1,10.5 1,5.5"/>',
  seed: '<ellipse cx="14" cy="8" rx="13" ry="7.5"/><ellipse cx="14" cy="8" rx="10.5" ry="5.5"/>',
  helper: '<rect x="2" y="2" width="24" height="12" class="plain"/>', group: '<rect x="2" y="2" width="24" height="12"/>',
};
for (const [role, text, derivative] of data.roles) {
  if (!SHAPES[role]) continue;
  const item = element("span", { class: `role ${derivative ? "b" : "g"} ${role}` });
  item.innerHTML = `<svg width="28" height="16" aria-hidden="true">${SHAPES[role]}</svg>`;
  item.append(text);
  $(derivative ? "keyB" : "keyG").append(item);
}
$("caption").textContent = data.drawn[0] === data.drawn[1] ? plural(data.drawn[0], "node")
  : `${data.drawn[0].toLocaleString("en")} of ${plural(data.drawn[1], "node")} drawn`;

// --- ways to keep it ----------------------------------------------------------------------------------------------
function kept() {
  // The page's own rules for what is lit or not yet there go along, in the colours of the moment.
  const look = getComputedStyle(document.documentElement), copy = svg.cloneNode(true);
  const rules = [...document.styleSheets[0].cssRules].filter(rule => rule.selectorText?.includes("#picture svg"));
  const style = document.createElementNS(svg.namespaceURI, "style");
  style.textContent = rules.map(rule => rule.cssText.replaceAll("#picture svg", "#" + svg.id)
    .replace(/var\((--\w+)\)/g, (_, name) => look.getPropertyValue(name))).join("\n");
  copy.prepend(style);
  for (const side of ["width", "height"]) copy.setAttribute(side, side === "width" ? width : height);
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
    const canvas = element("canvas", { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob(blob => download(blob, "edgewise.png"));
  };
  image.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(kept());
});
