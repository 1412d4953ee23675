// Which groups are open, and what is seen then: boxes of nodes, of closed groups, and of what focus has folded.
const shownBoxes = [...data.picture.boxes].sort((a, b) => a.place - b.place);
const groupsOf = data.picture.groups.map((group, number) => ({ ...group, number, inside: [], rest: [0, 0] }));
const root_ = { number: -1, first: 0, last: data.picture.total, inside: [], rest: [0, 0], label: "" };
const boxAt = new Map(shownBoxes.map(box => [box.node, box]));
// Of many nodes the page has no MathML: the labels of their boxes say the same.
for (const node of data.nodes) node.math ??= boxAt.get(node.id)?.step.join("") ?? "";
const open = new Set();
let only = null;                 // nodes that a focus is on; the rest is folded
const outer = group => groupsOf[group.parent] ?? root_;
{
  for (const group of groupsOf) outer(group).inside.push(group);
  const innermost = new Int32Array(data.picture.total).fill(-1);
  for (const group of groupsOf) innermost.fill(group.number, group.first, group.last);
  for (const box of shownBoxes) {
    box.group = innermost[box.place];
    (groupsOf[box.group] ?? root_).inside.push(box);
  }
  const start = item => item.node === undefined ? item.first : item.place;
  for (const group of [root_, ...groupsOf]) {
    group.inside.sort((a, b) => start(a) - start(b));
    group.boxes = [];
  }
  for (const group of [root_, ...groupsOf]) {  // nodes without a box in the page
    if (group === root_) group.rest = [data.picture.left[0], data.picture.left[1]];
    else if (group.left) group.rest = group.left;
  }
}
// The boxes in a range of places: they are sorted.
function between(first, last) {
  const find = place => {
    let low = 0, high = shownBoxes.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (shownBoxes[middle].place < place) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return shownBoxes.slice(find(first), find(last));
}
const isOpen = group => group === root_ || open.has(group.number);
const parents = group => {
  const found = [];
  for (; group && group !== root_; group = outer(group)) found.push(group);
  return found;
};
const wantedIn = (first, last) => between(first, last).some(box => only.has(box.node));

// What is seen: items in their order, and for each node and each group the number of the item that stands for it.
function seen() {
  const items = [], ofNode = new Map(), ofGroup = new Map();
  const two = (facts, counts, group, first, last) => {
    const numbers = [-1, -1];
    [0, 1].forEach(side => {
      if (!counts[side]) return;
      numbers[side] = items.length;
      items.push({ ...facts, side, count: counts[side], group, nodes: between(first, last).filter(box => Boolean(box.new) === Boolean(side)).map(box => box.node), pair: side && numbers[0] >= 0 ? numbers[0] : -1 });
    });
    return numbers;
  };
  const told = (numbers, first, last) => between(first, last).forEach(box => ofNode.set(box.node, numbers[box.new ? 1 : 0]));
  const whole = group => {
    const numbers = two({ kind: "group", key: `g${group.number}` }, [group.own, group.new], group, group.first, group.last);
    told(numbers, group.first, group.last);
    for (let k = group.number; k < groupsOf.length && groupsOf[k].first < group.last; k++) if (groupsOf[k].last <= group.last) ofGroup.set(k, numbers);
  };
  // What a focus leaves out, as far as the next node that it shows: one box on each side.
  let run = [];
  const endRun = () => {
    if (!run.length) return;
    const last = run[run.length - 1], from = run[0].first ?? run[0].place, to = last.last ?? last.place + 1, counts = [0, 0];
    for (const item of run) {
      if (item.node !== undefined) counts[item.new ? 1 : 0] += 1;
      else { counts[0] += item.own; counts[1] += item.new; }
    }
    const numbers = two({ kind: "fold", key: `f${from}` }, counts, root_, from, to);
    told(numbers, from, to);
    for (const { number, restOf } of run) {
      for (let k = number ?? groupsOf.length; k < groupsOf.length && groupsOf[k].first < to; k++) ofGroup.set(k, numbers);
      if (restOf !== undefined) ofGroup.set(restOf, numbers);
    }
    run = [];
  };
  // Inside an open group its items come in its place.
  const walk = [{ group: root_, at: 0 }];
  while (walk.length) {
    const { group } = walk[walk.length - 1], item = group.inside[walk[walk.length - 1].at++];
    if (item === undefined) {
      const [left, right] = group.rest;
      if (left + right && only) run.push({ first: group.last, last: group.last, own: left, new: right, restOf: group.number });
      else if (left + right) ofGroup.set(group.number, two({ kind: "rest", key: `r${group.number}` }, group.rest, group, 0, 0));
      walk.pop();
    } else if (only && !(item.node === undefined ? wantedIn(item.first, item.last) : only.has(item.node))) {
      run.push(item);
    } else if (item.node !== undefined) {
      endRun();
      ofNode.set(item.node, items.length);
      items.push({ kind: "node", key: `n${item.node}`, side: item.new ? 1 : 0, box: item, nodes: [item.node], pair: -1 });
    } else if (isOpen(item)) {
      walk.push({ group: item, at: 0 });
    } else {
      endRun();
      whole(item);
    }
  }
  endRun();
  const holder = new Map();
  items.forEach((item, k) => { if (item.kind === "node" && !item.side && item.box.beside !== undefined) holder.set(item.box.beside, k); });
  for (const item of items) if (item.kind === "node" && item.side && holder.has(item.box.beside)) item.pair = holder.get(item.box.beside);
  return { items, ofNode, ofGroup };
}
// The arrows between what is seen, each once, with all colours that it has.
function lifted({ items, ofNode, ofGroup }) {
  const found = new Map();
  for (const [tail, head, colour, position, sides] of data.picture.arrows) {
    const end = (atom, side) => atom >= 0 ? ofNode.get(atom) : (ofGroup.get(-1 - atom === groupsOf.length ? -1 : -1 - atom) ?? [])[side];
    const a = end(tail, sides >> 1), b = end(head, sides & 1);
    if (a === undefined || b === undefined || a < 0 || b < 0 || a === b) continue;
    const single = items[a].kind === "node" && items[b].kind === "node", key = `${a} ${b} ${single ? position : -1}`;
    if (!found.has(key)) {
      found.set(key, { tail: a, head: b, side: items[a].side === items[b].side ? items[a].side : -1, colours: [], count: 0, label: single && position >= 0 && !items[b].side ? String(position) : "" });
    }
    const link = found.get(key);
    link.count += 1;
    if (colour >= 0 && !link.colours.includes(colour)) link.colours.push(colour);
  }
  return [...found.values()];
}
