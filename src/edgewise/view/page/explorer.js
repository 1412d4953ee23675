(() => {
  const $ = id => document.getElementById(id);
  const data = JSON.parse($("ew-data").textContent);
  const { nodes, edges, base, table } = data;
  const svg = document.querySelector("#picture svg");
  const own = svg.id + "-";
  const word = data.algorithm === "forward" ? "tangent" : "grad_table";
  const element = (tag, facts = {}, text = "") => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(facts)) made.setAttribute(name, value);
    if (text) made.textContent = text;
    return made;
  };
  const shown = x => x === undefined ? "" : typeof x === "number"
    ? (Number.isInteger(x) && Math.abs(x) < 1e15 ? String(x) : Number(x.toPrecision(7)).toString()) : String(x);
  const real = x => typeof x === "string" ? Number(x.replace("inf", "Infinity")) : Number(x);
  const u = j => nodes[base[j]] ? nodes[base[j]].input || nodes[base[j]].name : "u" + (j + 1);

  // --- numbers ---------------------------------------------------------------------------------------------------
  const given = new Map(data.inputs.map(item => [item.node, real(item.value)]));
  let values = [];
  function evaluate() {
    if (!data.live) return;
    values = [];
    nodes.forEach((node, i) => {
      if (node.input !== undefined) values[i] = given.get(i);
      else if (node.value !== undefined) values[i] = real(node.value);
      else {
        const args = node.args.map(j => values[j]);
        if (node.parameter !== undefined) args.push(real(node.parameter));
        values[i] = VALUES[node.op](...args);
      }
    });
  }

  // --- what belongs together -------------------------------------------------------------------------------------
  // A colour is an edge of 𝒢. `served` says which edges a node of ℬ serves, `needed` which nodes an edge has there.
  const colours = new Map();
  const served = nodes.map(() => new Set());
  edges.forEach((edge, row) => {
    if (!colours.has(edge.colour)) colours.set(edge.colour, { rows: [], nodes: new Set() });
    const entry = colours.get(edge.colour);
    entry.rows.push(row);
    for (const node of [edge.partial, edge.product]) {
      if (node < 0) continue;
      entry.nodes.add(node);
      if (nodes[node].new) served[node].add(edge.colour);
    }
  });
  const places = nodes.map(() => []);
  const rowsOf = new Map();
  function place(node, where) { places[node].push(where); }
  function lightUp(wantedNodes, wantedColours) {
    clear();
    if (!wantedNodes.size && !wantedColours.size) return;
    svg.classList.add("lighting");
    for (const node of wantedNodes) places[node].forEach(item => item.classList.add("lit"));
    for (const colour of wantedColours) {
      svg.querySelectorAll(".ew-c" + colour).forEach(item => item.classList.add("lit"));
      (rowsOf.get(colour) || []).forEach(item => item.classList.add("lit"));
    }
  }
  function clear() {
    svg.classList.remove("lighting");
    document.querySelectorAll(".lit").forEach(item => item.classList.remove("lit"));
  }
  function lightNode(node) { lightNodes([node]); }
  function lightNodes(list) {
    const wanted = new Set(list), edgesToo = new Set();
    for (const node of list) served[node].forEach(colour => edgesToo.add(colour));
    for (const colour of edgesToo) colours.get(colour).nodes.forEach(node => wanted.add(node));
    lightUp(wanted, edgesToo);
  }
  function lightEdge(colour) {
    lightUp(new Set(colours.has(colour) ? colours.get(colour).nodes : []), new Set([colour]));
  }
  function linked(item, light, label) {
    item.setAttribute("tabindex", "0");
    if (label) item.setAttribute("aria-label", label);
    item.addEventListener("mouseenter", light);
    item.addEventListener("mouseleave", clear);
    item.addEventListener("focus", light);
    item.addEventListener("blur", clear);
  }

  // --- the picture -----------------------------------------------------------------------------------------------
  const boxes = new Map();
  nodes.forEach((node, i) => {
    const box = document.getElementById(own + "n" + i);
    if (!box) return;
    boxes.set(i, box);
    box.setAttribute("role", "img");
    place(i, box);
    linked(box, () => lightNode(i), box.querySelector("title").textContent);
    const area = box.getBBox();
    const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
    text.setAttribute("x", area.x + area.width / 2);
    text.setAttribute("y", area.y + area.height + 9);
    text.setAttribute("text-anchor", "middle");
    text.setAttribute("class", "value");
    text.style.fill = "var(--now)";  // the picture's own style speaks of every text
    box.append(text);
  });
  svg.querySelectorAll(".ew-edge").forEach(arrow => {
    const mark = [...arrow.classList].find(name => /^ew-c\d+$/.test(name));
    if (mark) linked(arrow, () => lightEdge(Number(mark.slice(4))), arrow.querySelector("title").textContent);
  });
  const frame = $("picture"), width = Number(svg.getAttribute("width")), height = Number(svg.getAttribute("height"));
  function zoom(size) {
    $("zoom").value = size;
    svg.setAttribute("width", width * size);
    svg.setAttribute("height", height * size);
  }
  const whole = () => Math.min(1, (frame.clientWidth - 20) / width, (frame.clientHeight - 40) / height);
  function show(node) {
    const box = boxes.get(node);
    if (box) box.scrollIntoView({ block: "nearest", inline: "nearest" });
  }
  $("zoom").addEventListener("input", () => zoom(Number($("zoom").value)));
  $("fit").addEventListener("click", () => zoom(whole()));
  // A large graph begins at a size that can be read, at the node where the sweep begins.
  zoom(Math.max(Math.min(1, (frame.clientWidth - 20) / width), 0.6));
  if (data.seeds.length) boxes.get(base[data.seeds[0][0]])?.scrollIntoView({ block: "center", inline: "center" });
  $("caption").textContent = data.caption;
  $("title").textContent = data.title;
  $("intro").textContent = data.intro;

  // --- lists -----------------------------------------------------------------------------------------------------
  const valueCells = [];
  nodes.forEach((node, i) => {
    const row = element("tr");
    row.append(element("th", { scope: "row" }, node.name));
    const formula = element("td");
    formula.innerHTML = node.math;  // MathML and escaped text, made from symbols and numbers
    const number = element("td", { class: "number" });
    row.append(formula, number);
    valueCells.push(number);
    place(i, row);
    linked(row, () => lightNode(i));
    $("formulas").tBodies[0].append(row);
  });
  edges.forEach((edge, k) => {
    const row = element("tr", { "data-row": k });
    const cell = node => element("td", {}, node < 0 ? "—" : nodes[node].new ? nodes[node].name
      : nodes[node].input || (nodes[node].value !== undefined ? shown(real(nodes[node].value)) : nodes[node].name));
    row.append(element("th", { scope: "row" }, edge.name), cell(edge.partial), cell(edge.product));
    if (!rowsOf.has(edge.colour)) rowsOf.set(edge.colour, []);
    rowsOf.get(edge.colour).push(row);
    linked(row, () => lightEdge(edge.colour));
    $("ledger").tBodies[0].append(row);
  });
  data.source.forEach(line => {
    const item = element("span", { class: "line" }, line.text);
    if (line.nodes.length) {
      line.nodes.forEach(node => place(node, item));
      linked(item, () => lightNodes(line.nodes));
    }
    $("source").append(item);
  });
  for (const [name, count] of Object.entries(data.counts)) {
    const row = element("tr");
    row.append(element("th", { scope: "row" }, name), element("td", {}, count));
    $("counts").tBodies[0].append(row);
  }

  // --- inputs ----------------------------------------------------------------------------------------------------
  if (!data.live) $("inputs").hidden = true;
  else data.inputs.forEach(item => {
    const value = real(item.value), reach = Math.max(2, 2 * Math.abs(value));
    const label = element("label", {}, nodes[item.node].input);
    const slider = element("input", { type: "range", min: value - reach, max: value + reach, step: reach / 200, value });
    const number = element("input", { type: "number", step: "any", value, "aria-label": nodes[item.node].input });
    const set = source => () => {
      given.set(item.node, Number(source.value));
      (source === slider ? number : slider).value = source.value;
      refresh();
    };
    slider.addEventListener("input", set(slider));
    number.addEventListener("input", set(number));
    label.append(slider, number);
    $("sliders").append(label);
  });

  // --- the algorithm ---------------------------------------------------------------------------------------------
  // The lines have the numbers that the book gives them.
  const LINES = {
    "6.1": ["for i = 1, …, n_i", "  u(i) ← x_i", "end for", "for i = n_i + 1, …, n", "  collect the parents' values A(i)",
      "  u(i) ← f(i)(A(i))", "end for", "return u(n)"],
    "6.2": ["run algorithm 6.1", "make grad_table, a place for every derivative", "grad_table[u(n)] ← 1",
      "for j = n − 1 down to 1", "  (one product and one sum for each edge from j)",
      "  grad_table[u(j)] ← Σ over i with j ∈ Pa(i) of grad_table[u(i)] · ∂u(i)/∂u(j)", "end for",
      "return grad_table of the wanted nodes"],
    "6.5": ["if V is in grad_table, return it", "i ← 1", "for each C that has V as a parent", "  op ← the operation of C",
      "  D ← build_grad(C, 𝒢, 𝒢′, grad_table)", "  G(i) ← op.bprop(inputs of C, V, D)", "  i ← i + 1", "end for",
      "G ← Σ G(i)", "grad_table[V] ← G", "put G and what made it into 𝒢′", "return G"],
    forward: ["values of all nodes, by algorithm 6.1", "local partials of all edges", "tangent of the chosen input ← 1, of others 0",
      "for i = n_i + 1, …, n", "  tangent[u(i)] ← Σ over parents j of ∂u(i)/∂u(j) · tangent[u(j)]", "end for"],
  };
  const tensors = !data.live && edges.every(edge => edge.partial < 0);
  const sweep = data.algorithm === "forward" ? "forward" : tensors ? "6.5" : "6.2";
  const edgeLine = { forward: 5, "6.2": 6, "6.5": 6 }[sweep], seedLine = { forward: 3, "6.2": 3, "6.5": 1 }[sweep];
  const steps = [{ algorithm: "6.1", line: 1, touched: [] }];
  base.forEach(i => {
    if (i < 0) return;
    const node = nodes[i];
    if (node.value !== undefined) return;
    steps.push({ algorithm: "6.1", line: node.input !== undefined ? 2 : 6, node: i, touched: [i] });
  });
  steps.push({ algorithm: "6.1", line: 8, touched: [] });
  let current = -1;
  edges.forEach((edge, row) => {
    if (edge.sweep !== current) {
      current = edge.sweep;
      const seed = data.seeds[current];
      if (seed) steps.push({ algorithm: sweep, line: seedLine, seed, touched: seed[1] < 0 ? [] : [seed[1]], begins: current });
    }
    steps.push({ algorithm: sweep, line: edgeLine, row, touched: [edge.partial, edge.product, edge.total].filter(n => n >= 0) });
  });
  steps.push({ algorithm: sweep, line: LINES[sweep].length, touched: data.results.flatMap(r => r.nodes), ends: true });

  const source = edge => data.algorithm === "forward" ? edge.parent : edge.consumer;
  const target = edge => data.algorithm === "forward" ? edge.consumer : edge.parent;
  function number(node) { return node < 0 ? "" : data.live ? " = " + shown(values[node]) : ""; }
  function say(step) {
    if (step.seed) return `${word}[${u(step.seed[0])}] ← 1`;
    if (step.row !== undefined) {
      const edge = edges[step.row], from = `${word}[${u(source(edge))}]`;
      const again = step.again ? `, so far${number(edge.total)}` : "";
      return `${word}[${u(target(edge))}] ${step.again ? "+=" : "←"} ${from} · ${edge.name}${number(edge.product)}${again}`;
    }
    if (step.node !== undefined) return `${nodes[step.node].name} ← ${nodes[step.node].input || nodes[step.node].op}${number(step.node)}`;
    return step.ends ? `done: ${data.results[data.results.length - 1].name}` : step.line === 1 ? "algorithm 6.1 begins" : "all values are there";
  }
  // The table after each step: node of 𝒢 → node of ℬ that holds what has arrived.
  const seen = new Set();
  let sweepNow = -1;
  steps.forEach(step => {
    if (step.begins !== undefined) { seen.clear(); sweepNow = step.begins; if (step.seed) seen.add(step.seed[0]); }
    if (step.row !== undefined) {
      step.again = seen.has(target(edges[step.row]));
      seen.add(target(edges[step.row]));
    }
    step.sweep = sweepNow;
  });
  let at = 0;
  const stepper = $("step");
  stepper.max = steps.length - 1;
  function tableAt(k) {
    const found = new Map();
    for (let s = 0; s <= k; s++) {
      const step = steps[s];
      if (step.begins !== undefined) { found.clear(); found.set(step.seed[0], step.seed[1]); }
      if (step.row !== undefined) found.set(target(edges[step.row]), edges[step.row].total);
    }
    return found;
  }
  function go(k) {
    at = Math.max(0, Math.min(steps.length - 1, k));
    stepper.value = at;
    const step = steps[at];
    $("count").textContent = `${at + 1} of ${steps.length}`;
    $("said").textContent = say(step);
    const list = $("algorithm");
    if (list.dataset.name !== step.algorithm) {
      list.dataset.name = step.algorithm;
      list.setAttribute("aria-label", step.algorithm === "forward" ? "Forward accumulation" : "Algorithm " + step.algorithm);
      list.replaceChildren(...LINES[step.algorithm].map(text => element("li", {}, text)));
    }
    [...list.children].forEach((item, line) => item.classList.toggle("now", line === step.line - 1));
    const touched = new Set();
    for (let s = 0; s <= at; s++) steps[s].touched.forEach(node => touched.add(node));
    boxes.forEach((box, node) => {
      box.classList.toggle("todo", at > 0 && at < steps.length - 1 && !touched.has(node));
      box.classList.toggle("now", step.touched.includes(node));
    });
    const body = $("gradtable").tBodies[0];
    $("tablename").textContent = step.algorithm === "6.1" ? "" : word;
    body.replaceChildren(...[...tableAt(at)].reverse().map(([node, made]) => {
      const row = element("tr", { "data-node": node });
      row.append(element("th", { scope: "row" }, `${word}[${u(node)}]`), element("td", { class: "number" },
        made < 0 ? "1" : data.live ? shown(values[made]) : nodes[made].name));
      if (step.row !== undefined && target(edges[step.row]) === node) row.classList.add("lit");
      return row;
    }));
    if (at > 0 && step.touched.length) show(step.touched[Math.min(1, step.touched.length - 1)]);
    costs();
  }
  $("first").onclick = () => go(0);
  $("back").onclick = () => go(at - 1);
  $("forth").onclick = () => go(at + 1);
  $("last").onclick = () => go(steps.length - 1);
  stepper.addEventListener("input", () => go(Number(stepper.value)));

  // --- stored, or multiplied out path by path --------------------------------------------------------------------
  // Paths are those of the first sweep; whole numbers of any size, for there may be very many.
  const first = edges.filter(edge => edge.sweep === (edges[0] || {}).sweep);
  function multipliedOut(rows) {
    const count = new Map(), steps_ = new Map();
    let total = 0n;
    for (const edge of rows) {
      const from = source(edge), to = target(edge);
      const here = count.get(from) ?? 1n, length = steps_.get(from) ?? 0n;
      count.set(to, (count.get(to) ?? 0n) + here);
      steps_.set(to, (steps_.get(to) ?? 0n) + length + here);
      total = 0n;
    }
    const ends = new Set(data.inputs.map(item => item.node));
    for (const [node, length] of steps_) if (nodes[base[node]] && ends.has(base[node])) total += length;
    return total;
  }
  function costs() {
    const done = steps.slice(0, at + 1).filter(step => step.row !== undefined && edges[step.row].sweep === first[0]?.sweep);
    const all = multipliedOut(first);
    $("cost").textContent = $("paths").checked
      ? `multiplied out: ${all.toLocaleString("en")} products for all paths, against ${first.length} stored`
      : `stored: ${done.length} of ${first.length} products so far, one for each edge`;
  }
  $("paths").addEventListener("change", costs);

  // --- paths -----------------------------------------------------------------------------------------------------
  const LISTED = 40;
  const roots = data.inputs.filter(item => first.some(edge => base[edge.parent] === item.node));
  roots.forEach(item => $("from").append(element("option", { value: item.node }, nodes[item.node].input)));
  function listPaths() {
    const list = $("pathlist");
    list.replaceChildren();
    if (!roots.length) { $("pathsum").textContent = "no path"; return; }
    const begin = base.indexOf(Number($("from").value)), up = new Map();
    first.forEach(edge => { if (!up.has(edge.parent)) up.set(edge.parent, []); up.get(edge.parent).push(edge); });
    const outputs = new Set(data.seeds.map(seed => seed[0]));
    const found = [], todo = [{ node: begin, product: 1, road: [] }];
    let more = false;
    while (todo.length) {
      const { node, product, road } = todo.pop();
      if (outputs.has(node) && road.length) {
        if (found.length === LISTED) { more = true; break; }
        found.push({ product, road });
      }
      for (const edge of up.get(node) || []) {
        todo.push({ node: edge.consumer, product: product * (data.live ? values[edge.partial] : 1), road: [...road, edge] });
      }
    }
    const sum = found.reduce((s, path) => s + path.product, 0), size = found.reduce((s, path) => s + Math.abs(path.product), 0);
    found.sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
    for (const path of found) {
      const item = element("li", {}, path.road.map(edge => u(edge.parent)).join(" → ") + " → " + u(path.road[path.road.length - 1].consumer));
      if (data.live) {
        const share = sum !== 0 ? ` (${shown(100 * path.product / sum)} %)` : "";
        item.append(element("span", { class: "number" }, ` ${shown(path.product)}${share}`));
        const broken = path.road.find(edge => !Number.isFinite(values[edge.partial]));
        if (broken) item.append(element("span", { class: "bad" }, ` ${broken.name} is ${shown(values[broken.partial])}`));
      }
      linked(item, () => {
        const wanted = new Set();
        path.road.forEach(edge => { wanted.add(base[edge.parent]); wanted.add(base[edge.consumer]); });
        lightUp(wanted, new Set(path.road.map(edge => edge.colour)));
      });
      list.append(item);
    }
    $("pathsum").textContent = `${found.length}${more ? " of many" : ""} path${found.length === 1 ? "" : "s"}`
      + (data.live && !more ? `, together ${shown(sum)}` : "")
      + (data.live && size > 1e6 * Math.abs(sum) && size > 0 ? `: cancellation, the paths' sizes add up to ${shown(size)}` : "");
  }
  $("from").addEventListener("change", listPaths);

  // --- all of it -------------------------------------------------------------------------------------------------
  function refresh() {
    evaluate();
    if (data.live) {
      valueCells.forEach((cell, i) => {
        cell.textContent = shown(values[i]);
        cell.classList.toggle("bad", Number.isNaN(values[i]));
      });
      boxes.forEach((box, i) => { box.querySelector("text.value").textContent = shown(values[i]); });
    }
    go(at);
    listPaths();
  }
  $("search").addEventListener("input", () => {
    const wanted = $("search").value.trim().toLowerCase();
    const hits = wanted ? nodes.map((node, i) => i).filter(i => {
      const node = nodes[i], box = boxes.get(i);
      return [node.name, node.input, node.op, node.line, box && box.querySelector("title").textContent]
        .some(text => text && text.toLowerCase().includes(wanted));
    }) : [];
    $("found").textContent = wanted ? `${hits.length} node${hits.length === 1 ? "" : "s"}` : "";
    lightUp(new Set(hits), new Set());
    if (hits.length) show(hits[0]);
  });
  $("export").addEventListener("click", () => {
    const link = element("a", { download: "edgewise.svg" });
    link.href = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }));
    link.click();
    URL.revokeObjectURL(link.href);
  });
  document.addEventListener("keydown", event => {
    if (event.key === "Escape") { $("search").value = ""; $("found").textContent = ""; clear(); document.activeElement.blur(); return; }
    if (["INPUT", "SELECT"].includes(event.target.tagName)) return;
    const moves = { ArrowRight: () => go(at + 1), ArrowLeft: () => go(at - 1), Home: () => go(0), End: () => go(steps.length - 1),
      "/": () => $("search").focus() };
    if (moves[event.key]) { event.preventDefault(); moves[event.key](); }
  });
  refresh();
  document.documentElement.dataset.ready = "yes";
})();
