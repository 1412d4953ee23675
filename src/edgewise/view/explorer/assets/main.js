// The inputs, the keys, and the first drawing of everything.
$("title").textContent = $("title").title = data.title;
$("note").textContent = data.note;
$("note").hidden = !data.note;
$("sliders").hidden = !data.live;
$("inputs").hidden = !data.live && !data.note;

function refresh() {
  evaluate();
  writeBoxes();
  writeLists();
  stored.forEach((_, entry) => writeRow(entry));
  tell();
  listPaths();
  findTrouble();
  drawPlot();
}
if (data.live) {
  for (const item of data.inputs) {
    const start = real(item.value), reach = Math.max(2, 2 * Math.abs(start)), name = nodes.get(item.node).input;
    const number = (label, value) => element("input", { type: "number", step: "any", value, "aria-label": label });
    const low = number(`least ${name}`, start - reach), high = number(`most ${name}`, start + reach), value = number(name, start);
    const slider = element("input", { type: "range", step: "any", min: start - reach, max: start + reach, value: start, "aria-label": `${name}, slider` });
    slider.step = 2 * reach / 400;
    sliders.set(item.node, slider);
    const set = text => {
      if (text === "" || Number.isNaN(Number(text))) return;
      given.set(item.node, Number(text));
      refresh();
    };
    slider.addEventListener("input", () => { value.value = slider.value; set(slider.value); });
    value.addEventListener("input", () => { slider.value = value.value; set(value.value); });
    for (const end of [low, high]) {
      end.addEventListener("input", () => {
        const [least, most] = [Number(low.value), Number(high.value)];
        if (low.value === "" || high.value === "" || !(least < most)) return;
        Object.assign(slider, { min: least, max: most, step: (most - least) / 400 });
        slider.value = value.value;
        drawPlot();
      });
    }
    const line = element("div", { class: "inputrow" });
    line.append(element("span", { class: "name" }, name), value, low, slider, high);
    $("sliders").append(line);
  }
}

$("search").addEventListener("input", () => {
  const text = $("search").value.trim().toLowerCase();
  const hits = !text ? [] : data.nodes.filter(node =>
    [node.name, node.input, node.op, node.line, boxAt.get(node.id)?.said]
      .some(told => told && told.toLowerCase().includes(text))).map(node => node.id);
  $("found").textContent = text ? plural(hits.length, "node") : "";
  lightUp(new Set(hits), new Set());
  if (hits.length) show(hits[0]);
});
document.addEventListener("keydown", event => {
  const target = event.target, typing = target.tagName === "SELECT" || (target.tagName === "INPUT" && target.type !== "checkbox");
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    $("search").value = $("found").textContent = "";
    clear();
    unfold();
    document.activeElement.blur();
    return;
  }
  if (typing) return;
  if (viewKey(event)) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by && groupOf.has(target) && moveFocus(target, by)) { event.preventDefault(); return; }
  if (event.key === " " && ["BUTTON", "INPUT"].includes(target.tagName)) return;
  const [move, here, end, plays] = filming() ? [frameTo, frame_, frames.length - 1, "ruleplay"] : [go, at, steps.length - 1, "play"];
  const moves = { ArrowRight: () => move(here + 1), ArrowLeft: () => move(here - 1), Home: () => move(0), End: () => move(end),
    " ": () => $(plays).click(), "/": () => $("search").focus() };
  if (moves[event.key]) { event.preventDefault(); moves[event.key](); }
});

refresh();
clear();
foldFormulas();
start();
go(0);
if (embedded) new ResizeObserver(fitFrame).observe(document.body);
document.documentElement.dataset.ready = "yes";
