// Where boxes and arrows stand: 𝒢 runs up on the left, ℬ down on the right, each derivative in the row of what it is
// the derivative of. Boxes in rows, rows ordered so that arrows cross little, then moved to where their arrows are
// straight (Sugiyama, Tagawa and Toda 1981; the last step is isotonic regression, exact for one row).
//
// An item has `side` (0 for 𝒢, 1 for ℬ), `w`, `h` and `pair`, the item that it faces, -1 for none; a link has `tail` and
// `head`, and `side`, which is that of both ends or -1 where it goes across.
const GAP = { row: 26, box: 14, side: 56, bend: 10 }, BENDS = 4000;

// The row of each item, counted from below; what is on a circle stays in the order in which it came.
function rowsOf(items, links, upward) {
  const root = items.map((item, k) => item.pair >= 0 ? item.pair : k);
  for (const { tail, head, side } of links) if (side >= 0 && root[tail] === root[head]) root[tail] = tail;  // of two, the last faces
  for (let trial = 0; ; trial++) {
    const above = items.map(() => []), waits = new Array(items.length).fill(0), row = new Array(items.length).fill(0);
    for (const { tail, head, side } of links) {
      if (side < 0) continue;
      const [low, high] = side === 0 || upward ? [root[tail], root[head]] : [root[head], root[tail]];
      if (low === high) continue;
      above[low].push(high);
      waits[high] += 1;
    }
    const order = [];
    items.forEach((_, k) => { if (root[k] === k && waits[k] === 0) order.push(k); });
    for (let next = 0; next < order.length; next++) {
      for (const high of above[order[next]]) {
        row[high] = Math.max(row[high], row[order[next]] + 1);
        if (--waits[high] === 0) order.push(high);
      }
    }
    const left = items.some((_, k) => root[k] === k && waits[k] > 0);
    if (left && trial < 2) {
      items.forEach((_, k) => { if (trial || waits[root[k]] > 0) root[k] = k; });
      continue;
    }
    // What is read by few stands just below its readers.
    for (const k of order.reverse()) {
      if (above[k].length) row[k] = Math.max(row[k], Math.min(...above[k].map(high => row[high])) - 1);
    }
    const used = [...new Set(items.map((_, k) => row[root[k]]))].sort((a, b) => a - b), number = new Map(used.map((r, k) => [r, k]));
    return items.map((_, k) => number.get(row[root[k]]));
  }
}

// The places nearest to the wanted ones at which neighbours keep their distance.
function spread(wanted, weight, least) {
  let offset = 0;
  const blocks = [];
  wanted.forEach((x, k) => {
    if (k) offset += least[k - 1];
    let block = { sum: (x - offset) * weight[k], weight: weight[k], count: 1 };
    while (blocks.length && blocks[blocks.length - 1].sum / blocks[blocks.length - 1].weight > block.sum / block.weight) {
      const before = blocks.pop();
      block = { sum: before.sum + block.sum, weight: before.weight + block.weight, count: before.count + block.count };
    }
    blocks.push(block);
  });
  const places = [];
  let shift = 0, k = 0;
  for (const block of blocks) {
    for (let n = 0; n < block.count; n++, k++) {
      if (k) shift += least[k - 1];
      places.push(block.sum / block.weight + shift);
    }
  }
  return places;
}

// One side: its cells in rows. A cell is an item, or a bend of an arrow that passes a row.
function placeSide(items, links, rows, count, side) {
  const cells = [], cellOf = new Map(), table = Array.from({ length: count }, () => []);
  const add = (row, w, item) => {
    cells.push({ row, w, item, below: [], above: [], x: 0, at: 0 });
    table[row].push(cells.length - 1);
    return cells.length - 1;
  };
  items.forEach((item, k) => { if (item.side === side) cellOf.set(k, add(rows[k], item.w, k)); });
  const own = links.filter(link => link.side === side && rows[link.tail] !== rows[link.head]);
  const bends = own.reduce((sum, link) => sum + Math.abs(rows[link.tail] - rows[link.head]) - 1, 0) <= BENDS;
  const roads = new Map(), shared = new Map(), out = new Map(), into = new Map();
  for (const { tail, head } of own) {
    out.set(tail, (out.get(tail) ?? 0) + 1);
    into.set(head, (into.get(head) ?? 0) + 1);
  }
  for (const link of own) {
    const up = rows[link.tail] < rows[link.head], [low, high] = up ? [link.tail, link.head] : [link.head, link.tail];
    const road = [cellOf.get(low)];
    for (let row = rows[low] + 1; bends && row < rows[high]; row++) {  // arrows from one place, or to one, share their way
      const key = out.get(link.tail) >= into.get(link.head) ? `from ${link.tail} ${row} ${up}` : `to ${link.head} ${row} ${up}`;
      if (!shared.has(key)) shared.set(key, add(row, GAP.bend, -1));
      road.push(shared.get(key));
    }
    road.push(cellOf.get(high));
    for (let k = 1; k < road.length; k++) {
      if (cells[road[k - 1]].above.includes(road[k])) continue;
      cells[road[k - 1]].above.push(road[k]);
      cells[road[k]].below.push(road[k - 1]);
    }
    roads.set(link, up ? road : road.reverse());
  }
  const number = row => row.forEach((cell, k) => { cells[cell].at = k; });
  table.forEach(number);
  const mean = (list, of) => list.reduce((sum, cell) => sum + of(cells[cell]), 0) / list.length;
  for (let round = 0; round < 8; round++) {
    const up = round % 2 === 0;
    for (let k = 0; k < count; k++) {
      const row = table[up ? k : count - 1 - k], near = up ? "below" : "above";
      const key = new Map(row.map(cell => [cell, cells[cell][near].length ? mean(cells[cell][near], other => (other.at + 0.5) / table[other.row].length) : (cells[cell].at + 0.5) / row.length]));
      row.sort((a, b) => key.get(a) - key.get(b) || cells[a].at - cells[b].at);
      number(row);
    }
  }
  // A box stands under boxes, and a bend under bends of its arrow: else a chain beside a long arrow would lean.
  const drawnTo = (cell, near) => {
    let sum = 0, all = 0;
    for (const other of near) {
      const weight = cell.item < 0 === cells[other].item < 0 ? 1 : cell.item < 0 ? 0.3 : 0.05;
      sum += weight * cells[other].x;
      all += weight;
    }
    return sum / all;
  };
  const least = table.map(row => row.slice(1).map((cell, k) => (cells[row[k]].w + cells[cell].w) / 2 + GAP.box));
  for (let round = 0; round < 12; round++) {
    for (let k = 0; k < count; k++) {
      const place = round % 2 === 0 ? k : count - 1 - k, row = table[place];
      const wanted = row.map(cell => {
        const near = round === 0 ? cells[cell].below : [...cells[cell].below, ...cells[cell].above];
        return near.length ? drawnTo(cells[cell], near) : cells[cell].x;
      });
      spread(wanted, row.map(cell => cells[cell].item < 0 ? 4 : 1), least[place]).forEach((x, n) => { cells[row[n]].x = x; });
    }
  }
  let low = Infinity, high = -Infinity;
  for (const cell of cells) { low = Math.min(low, cell.x - cell.w / 2); high = Math.max(high, cell.x + cell.w / 2); }
  return { cells, cellOf, roads, low: cells.length ? low : 0, width: cells.length ? high - low : 0 };
}

// Each item gets `x`, `y` of its middle, each link its `points` from the tail to the head; also the size of it all.
function lay(items, links, upward) {
  const rows = rowsOf(items, links, upward), count = Math.max(0, ...rows) + 1;
  const sides = [0, 1].map(side => placeSide(items, links, rows, count, side));
  const tall = new Array(count).fill(0), middle = [];
  items.forEach((item, k) => { tall[rows[k]] = Math.max(tall[rows[k]], item.h); });
  let height = 0;
  for (let row = count - 1; row >= 0; row--) {
    middle[row] = height + tall[row] / 2;
    height += tall[row] + GAP.row;
  }
  const start = [-sides[0].low, sides[0].width + (sides[0].width && sides[1].width ? GAP.side : 0) - sides[1].low];
  items.forEach((item, k) => {
    item.x = sides[item.side].cells[sides[item.side].cellOf.get(k)].x + start[item.side];
    item.y = middle[rows[k]];
  });
  for (const link of links) {
    const tail = items[link.tail], head = items[link.head], road = link.side >= 0 && sides[link.side].roads.get(link);
    if (!road) {  // across, or within a row: from side to side
      const right = tail.x < head.x ? 1 : -1;
      link.points = [[tail.x + right * tail.w / 2, tail.y], [head.x - right * head.w / 2, head.y]];
      link.flat = true;
      continue;
    }
    const up = tail.y > head.y ? 1 : -1, { cells } = sides[link.side];
    link.points = [[tail.x, tail.y - up * tail.h / 2],
      ...road.slice(1, -1).flatMap(cell => [1, -1].map(half => [cells[cell].x + start[link.side], middle[cells[cell].row] + up * half * tall[cells[cell].row] / 2])),
      [head.x, head.y + up * head.h / 2]];
  }
  return { width: start[1] + sides[1].low + sides[1].width, height: height - GAP.row, middles: [sides[0].width / 2, start[1] + sides[1].low + sides[1].width / 2] };
}
