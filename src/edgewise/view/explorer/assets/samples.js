// A function and its slopes at other points than the sliders' own, computed by the page's own arithmetic.
const OPERATIONS = 150000;   // a drawing computes about so many, so that a slider never waits
const sliders = new Map();   // input → its slider, whose ends are those of an axis
const byRow = reverse || data.mode === "elimination";
const wantedAt = new Map(data.wrt.map((j, k) => [place(j), k]));

// What holds the derivative of output k in an input: a node of ℬ, or a number; undefined where it is not in this graph.
function slopeOf(k, input) {
  const a = wantedAt.get(input);
  if (a === undefined || !["gradient", "tangent", "jacobian", "hessian"].includes(data.kind)) return undefined;
  const made = byRow ? finalEntry(k, data.wrt[a]) : finalEntry(a, data.outputs[k].node);
  return made === undefined ? { number: 0 } : made < 0 ? { number: 1 } : { node: made };
}
const here = what => what.node === undefined ? what.number : values.get(what.node);

// The values of `targets` as a function of the `moved` inputs; `work` is how many operations a point takes.
function sampler(targets, moved) {
  const changed = new Set(moved), needed = new Set(targets.map(target => target.node));
  for (const node of data.nodes) if (node.args?.some(j => changed.has(j))) changed.add(node.id);
  for (const node of [...data.nodes].reverse()) if (needed.has(node.id)) node.args?.forEach(j => needed.add(j));
  const rows = data.nodes.filter(node => node.args && changed.has(node.id) && needed.has(node.id));
  const held = new Float64Array(data.nodes[data.nodes.length - 1].id + 1);
  values.forEach((value, node) => { held[node] = value; });
  const run = point => {
    moved.forEach((input, k) => { held[input] = point[k]; });
    for (const { id, function: f, args } of rows) {
      held[id] = args.length === 1 ? FUNCTIONS[f](held[args[0]]) : args.length === 2 ? FUNCTIONS[f](held[args[0]], held[args[1]])
        : FUNCTIONS[f](...args.map(j => held[j]));
    }
    return targets.map(target => target.node === undefined ? target.number : held[target.node]);
  };
  return { run, work: rows.length + 1 };
}
const evenly = (least, most, count) => Array.from({ length: count }, (_, k) => least + (most - least) * k / (count - 1));
const limited = (least, x, most) => Math.max(least, Math.min(most, x));

// Round numbers within a range, about `count` of them.
function ticks(least, most, count) {
  const rough = (most - least) / count, ten = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(m => m * ten).find(size => size >= rough) ?? 10 * ten, found = [];
  for (let k = Math.ceil(least / step); k * step <= most && found.length < 50; k++) found.push(k * step);
  return found;
}
// The range in which most of some numbers lie: a pole does not flatten the rest.
function rangeOf(numbers) {
  const sorted = numbers.filter(Number.isFinite).sort((a, b) => a - b), at = share => sorted[Math.round(share * (sorted.length - 1))];
  if (!sorted.length) return [-1, 1];
  let [least, most] = [at(0), at(1)];
  const [low, high] = [at(0.05), at(0.95)];
  if (most - least > 5 * (high - low) && high > low) [least, most] = [Math.max(least, low - (high - low)), Math.min(most, high + (high - low))];
  const room = most > least ? 0.06 * (most - least) : Math.max(1, Math.abs(most)) / 2;
  return [least - room, most + room];
}
// Where a grid of values, rows from below, crosses a level: segments [x, y, x, y] in steps of the grid (marching squares).
function crossings(grid, level) {
  const found = [], size = grid.length;
  for (let r = 0; r + 1 < size; r++) {
    for (let c = 0; c + 1 < size; c++) {
      const corners = [[c, r], [c + 1, r], [c + 1, r + 1], [c, r + 1]], high = corners.map(([x, y]) => grid[y][x]);
      if (!high.every(Number.isFinite)) continue;
      const cuts = [];
      corners.forEach(([x, y], k) => {
        const [x2, y2] = corners[(k + 1) % 4], a = high[k], b = high[(k + 1) % 4];
        if ((a < level) === (b < level)) return;
        const t = (level - a) / (b - a);
        cuts.push([x + t * (x2 - x), y + t * (y2 - y)]);
      });
      // A saddle has four cuts: the mean says which corners belong together.
      const turn = cuts.length === 4 && (high.reduce((sum, z) => sum + z, 0) / 4 < level) === (high[0] < level) ? 1 : 0;
      for (let k = 0; k + 1 < cuts.length; k += 2) found.push([...cuts[k + turn], ...cuts[(k + 1 + turn) % cuts.length]]);
    }
  }
  return found;
}
