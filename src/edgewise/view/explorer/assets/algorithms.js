// The algorithms line by line, numbered as the book numbers them, and the steps that they take on this graph.
const LINES = {
  "6.1": { title: "Algorithm 6.1, forward propagation", lines: ["for i = 1, …, n_{i} do", "  u^{(i)} ← x_{i}", "end for",
    "for i = n_{i} + 1, …, n do", "  A^{(i)} ← { u^{(j)} | j ∈ Pa(u^{(i)}) }", "  u^{(i)} ← f^{(i)}(A^{(i)})", "end for", "return u^{(n)}"] },
  "6.2": { title: "Algorithm 6.2, back-propagation", lines: ["run algorithm 6.1: all values u^{(i)}",
    "initialize grad_table: grad_table[u^{(i)}] will be ∂u^{(n)}/∂u^{(i)}", "grad_table[u^{(n)}] ← 1", "for j = n − 1 down to 1 do",
    "  by the chain rule, from what is stored:", "  grad_table[u^{(j)}] ← Σ over i with j ∈ Pa(u^{(i)}): grad_table[u^{(i)}] · ∂u^{(i)}/∂u^{(j)}",
    "end for", "return grad_table of the wanted nodes"] },
  "6.5": { title: "Algorithm 6.5, general back-propagation", lines: ["𝒢′ ← 𝒢 pruned to what lies between 𝕋 and z",
    "initialize grad_table", "grad_table[z] ← 1", "for V in 𝕋: build_grad(V, 𝒢, 𝒢′, grad_table)", "return grad_table of 𝕋"],
  inner: ["if V is in grad_table: return grad_table[V]", "i ← 1", "for C in consumers(V, 𝒢′) do", "  op ← operation of C",
    "  D ← build_grad(C, 𝒢, 𝒢′, grad_table)", "  G^{(i)} ← op.bprop(inputs(C, 𝒢′), V, D)", "  i ← i + 1", "end for", "G ← Σ_{i} G^{(i)}",
    "grad_table[V] ← G", "insert G and what made it into 𝒢", "return G"] },
  forward: { title: "Forward accumulation", lines: ["run algorithm 6.1: all values u^{(i)}", "all local partials ∂u^{(i)}/∂u^{(j)}",
    "tangent of the chosen input ← 1, of the others 0", "for i = n_{i} + 1, …, n do",
    "  tangent[u^{(i)}] ← Σ over j ∈ Pa(u^{(i)}): ∂u^{(i)}/∂u^{(j)} · tangent[u^{(j)}]", "end for", "return the tangents of the outputs"] },
  taylor: { title: "Taylor arithmetic", lines: ["run algorithm 6.1: all values u^{(i)}, which are c0[u^{(i)}]", "all local partials ∂u^{(i)}/∂u^{(j)} = φ^{(ij)}",
    "c1 of the inputs ← the direction", "for m = 1, …, order do", "  for i = n_{i} + 1, …, n do",
    "    cm[u^{(i)}] ← Σ over j ∈ Pa(u^{(i)}): Σ over k = 1, …, m: k/m · ck[u^{(j)}] · c(m−k)[φ^{(ij)}]", "  end for", "end for", "return the coefficients of the outputs"] },
  elimination: { title: "Vertex elimination", lines: ["run algorithm 6.1: all values u^{(i)}", "put ∂u^{(i)}/∂u^{(j)} on every edge from j to i",
    `for v = ${data.order.slice(0, 12).join(", ")}${data.order.length > 12 ? ", …" : ""} do`, "  for every edge from j to v and every edge from v to i do",
    "    ∂u^{(i)}/∂u^{(j)} ← what is there + ∂u^{(i)}/∂u^{(v)} · ∂u^{(v)}/∂u^{(j)}", "  take v away", "end for",
    "return the edges from inputs to outputs"] },
};
const series = data.kind === "taylor";   // its sweeps are degrees
const sweepAlgorithm = series ? "taylor" : data.mode === "elimination" ? "elimination" : data.mode === "forward" ? "forward" : data.tensors ? "6.5" : "6.2";
const lineOf = { forward: { seed: 3, edge: 5, end: 7 }, taylor: { seed: 3, edge: 6, end: 9 }, "6.2": { seed: 3, edge: 6, end: 8 }, "6.5": { seed: 3, edge: 11, end: 5 },
  elimination: { partial: 2, edge: 5, end: 8 } }[sweepAlgorithm];

const finals = new Map(data.table.map(([sweep, j, made]) => [`${sweep} ${j}`, made]));

// A step: the algorithm's line, the nodes of ℬ that it touches, the edges of 𝒢 that it uses, and what it stores:
// `entry` names the place, `made` the node of ℬ whose value is there then.
const steps = [{ algorithm: "6.1", line: 0, touched: [], said: () => "All values and derivatives. → starts the algorithm." }];
for (const [j, words, constant] of data.evaluated) {
  const made = place(j);
  steps.push({ algorithm: "6.1", line: words ? 6 : 2, touched: [made], entry: u(j), label: u(j), made, ends: [],
    said: () => `${u(j)} ← ${words || shown(values.get(made))}${words && !constant ? equals(made) : ""}` });
}
steps.push({ algorithm: "6.1", line: 8, touched: data.outputs.map(o => place(o.node)).filter(n => n !== undefined),
  said: () => "All values are stored." });
const wordOf = sweep => series ? `c${(sweep ?? 0) + 1}` : word;
const entryName = (j, sweep) => `${wordOf(sweep)}[${u(j)}]`;

function sweepSteps() {
  const starts = new Map(), lastTo = new Map(edges.map((edge, row) => [`${edge.sweep} ${to(edge)}`, row]));
  for (const seed of data.seeds) {
    if (!starts.has(seed.sweep)) starts.set(seed.sweep, []);
    starts.get(seed.sweep).push(seed);
  }
  let current = -1, seen = new Map();  // node of 𝒢 → the step that stored something there last
  edges.forEach((edge, row) => {
    if (edge.sweep !== current) {
      current = edge.sweep;
      seen = new Map();
      (starts.get(current) || []).forEach((seed, k) => {
        const made = seed.value >= 0 ? seed.value : finals.get(`${current} ${seed.node}`) ?? -1;
        steps.push({ seed, algorithm: sweepAlgorithm, line: lineOf.seed, touched: made < 0 ? [] : [made], sweep: edge.sweep, clears: k === 0,
          entry: entryName(seed.node), node: seed.node, made, said: () => `${entryName(seed.node)} ← ${shown(held(seen.get(seed.node) ?? { seed, made })) || 1}` });
        seen.set(seed.node, steps[steps.length - 1]);
      });
    }
    const again = seen.get(to(edge)), begin = entryName(from(edge), current), where = `${edge.sweep} ${to(edge)}`;
    // What has arrived is a node of ℬ, unless simplification took the sum apart: the last sum is that of the table.
    const made = edge.total >= 0 ? edge.total : lastTo.get(where) === row ? finals.get(where) ?? -1 : -1;
    steps.push({ algorithm: sweepAlgorithm, line: lineOf.edge, touched: [edge.partial, edge.product, made].filter(n => n >= 0),
      keys: [edge.key], row, sweep: edge.sweep, entry: entryName(to(edge), edge.sweep), node: to(edge), made, product: edge.product, again,
      said: () => `${entryName(to(edge), edge.sweep)} ${again ? "+=" : "←"} ${productOf(edge, begin)}${again ? sumOf(step) : ""}` });
    const step = steps[steps.length - 1];
    seen.set(to(edge), step);
  });
  const last = data.results[data.results.length - 1];
  steps.push({ algorithm: sweepAlgorithm, line: lineOf.end, touched: last.nodes, said: () => `Done: the ${last.name}.` });
}
// What a step has stored: the value of a node, or the sum of the products that have arrived.
function held(step) {
  let sum = 0;
  for (let now = step; now; now = now.again) {
    const here = now.made >= 0 ? values.get(now.made) : now.seed ? 1 : values.get(now.product);
    if (now === step && now.made >= 0) return here;
    if (typeof here !== "number") return undefined;
    sum += here;
    if (now.made >= 0) break;
  }
  return sum;
}
const sumOf = step => held(step) === undefined ? "" : `, so far ${shown(held(step))}`;
// The product of an edge: of one table entry and the partial, and behind it the partial; otherwise as a formula.
function productOf(edge, begin) {
  const product = shown(values.get(edge.product)), words = [data.tensors ? edge.rule : ""];
  if (!data.tensors && !(series && edge.sweep)) {
    const partial = values.get(edge.partial);
    return `${begin} · ${edge.name}${equals(edge.product)}${partial === undefined ? "" : `   (${edge.name} = ${shown(partial)})`}`;
  }
  if (edge.formula !== product) words.push(edge.formula);
  return [...words, product].filter(Boolean).join(" = ");
}

function eliminationSteps() {
  const record = [];
  const soFar = (here, stands) => values.get(here) === values.get(stands) ? "" : `, so far${equals(stands).slice(2)}`;
  edges.forEach((edge, row) => {
    // Parallel edges are one: their partials are summed.
    const entry = record[edge.before]?.entry ?? `e${row}`, name = ratio(edge.consumer, edge.parent);
    const clears = row === 0;
    record.push({ node: edge.stands, keys: [...(record[edge.before]?.keys || []), edge.key], entry });
    steps.push({ algorithm: "elimination", line: lineOf.partial, touched: [edge.partial, edge.stands].filter(n => n >= 0), keys: [edge.key],
      entry, label: name, made: edge.stands, ends: [edge.parent, edge.consumer], clears,
      said: () => `${name}${edge.which} ←${equals(edge.partial).slice(2)}${soFar(edge.partial, edge.stands)}` });
  });
  const lastJoin = new Map(data.joins.map((join, k) => [join.vertex, k]));
  data.joins.forEach((join, k) => {
    const left = record[join.left], right = record[join.right], before = record[join.before];
    const entry = before ? before.entry : `j${k}`, name = ratio(join.head, join.tail), v = u(join.vertex);
    record.push({ node: join.total, keys: [], entry });
    const leaves = lastJoin.get(join.vertex) === k ? join.vertex : -1;
    steps.push({ algorithm: "elimination", line: lineOf.edge, touched: [left?.node, right?.node, join.product, join.total].filter(n => n >= 0),
      keys: [...(left?.keys || []), ...(right?.keys || [])], join: k, entry, label: name, made: join.total, ends: [join.tail, join.head], leaves,
      said: () => `eliminate ${v}: ${name} gets ${ratio(join.head, join.vertex)} · ${ratio(join.vertex, join.tail)}${
        equals(join.product)}${soFar(join.product, join.total)}` });
  });
  const last = data.results[data.results.length - 1];
  steps.push({ algorithm: "elimination", line: lineOf.end, touched: last.nodes, said: () => `Done: the ${last.name}.` });
}
if (data.mode === "elimination") eliminationSteps();
else sweepSteps();

// The step at which each node is there: a part of a partial when the partial is.
const firstStep = new Map();
steps.forEach((step, k) => step.touched.forEach(node => { if (!firstStep.has(node)) firstStep.set(node, k); }));
for (const node of [...data.nodes].reverse()) {
  const when = firstStep.get(node.id);
  for (const j of node.args || []) {
    if (when !== undefined && nodes.get(j)?.new && !(firstStep.get(j) <= when)) firstStep.set(j, when);
  }
}
