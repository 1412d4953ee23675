// Motion: as a step is taken, what it computes with runs along the arrows into the boxes that it makes. Parts come first,
// then the product forms where its factors arrive, then sums merge.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const LONGEST = 900, ALONG = 24, MANY = 400;  // among more arrows nothing can be followed
let moving = null;           // the step in motion

// What a step makes, in the order in which it can be made: lists of nodes, each of whose arguments are there before.
function madeBy(k) {
  const fresh = data.nodes.filter(node => node.args && k > 0 && firstStep.get(node.id) === k), depth = new Map(), phases = [];
  for (const node of fresh) {  // in the order of the graph
    const level = 1 + Math.max(-1, ...node.args.map(j => depth.get(j) ?? -1));
    depth.set(node.id, level);
    (phases[level] ??= []).push(node);
  }
  return phases;
}
// Where things are in the picture's own units, whatever its size on the screen is.
const toPicture = (item, ...points) => {
  const way = svg.getScreenCTM().inverse().multiply(item.getScreenCTM());
  return points.map(([x, y]) => new DOMPoint(x, y).matrixTransform(way));
};
function area(box) {
  const { x, y, width, height } = box.getBBox(), [a, b] = toPicture(box, [x, y], [x + width, y + height]);
  return { a, b, middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } };
}
const nearest = ({ a, b }, { x, y }) => ({ x: limited(a.x, x, b.x), y: limited(a.y, y, b.y) });
const away = (box, point) => Math.hypot(nearest(box, point).x - point.x, nearest(box, point).y - point.y);
const along = (path, shares) => toPicture(path, ...shares.map(share => path.getPointAtLength(share * path.getTotalLength())).map(({ x, y }) => [x, y]));
const endsOf = new WeakMap();  // an arrow → its path, and where that begins and ends
function arrowEnds(arrow) {
  if (!endsOf.has(arrow)) {
    const path = arrow.querySelector("path");
    endsOf.set(arrow, { path, ends: path ? along(path, [0, 1]) : [] });
  }
  return endsOf.get(arrow);
}
// The arrow between two boxes as points from one to the other; a straight line where none is drawn.
const NEAR = 16;
function road(tail, head) {
  const [begin, end] = [area(tail), area(head)];
  let best, least = NEAR;
  for (const arrow of svg.querySelectorAll(".ew-edge")) {
    const { path, ends } = arrowEnds(arrow);
    for (const turned of path ? [false, true] : []) {
      const [first, last] = turned ? [ends[1], ends[0]] : ends, far = Math.max(away(begin, first), away(end, last));
      if (far < least) [best, least] = [{ path, turned }, far];
    }
  }
  if (!best) return { points: [begin.middle, end.middle] };
  const points = along(best.path, Array.from({ length: ALONG + 1 }, (_, k) => k / ALONG));
  if (best.turned) points.reverse();
  return { points: [...points, nearest(end, points[ALONG])], ink: getComputedStyle(best.path).stroke };  // as far as its head's tip
}
function token(from, to, phase) {
  const { points, ink } = road(boxes.get(from), boxes.get(to)), item = drawing("g", { class: "token", "data-from": from, "data-to": to });
  item.append(drawing("circle", { r: 5 }), drawing("text", { y: -8, "text-anchor": "middle" }, short(shown(values.get(from), 4))));
  if (ink) item.firstChild.style.fill = ink;
  return { item, points, phase };
}
function still() {
  if (!moving) return;
  cancelAnimationFrame(moving.clock);
  moving.layer.remove();
  moving.boxes.forEach(box => box.classList.remove("coming", "formed"));
  moving = null;
}
// The picture at a time between 0, where the step begins, and 1.
function moveTo(time) {
  const now = time * moving.phases, phase = Math.min(Math.floor(now), moving.phases - 1), share = Math.min(1, 1.25 * (now - phase));
  for (const { item, points, phase: own } of moving.tokens) {
    item.style.display = own === phase && share < 1 ? "" : "none";
    if (own !== phase) continue;
    const eased = share * share * (3 - 2 * share), where = eased * (points.length - 1), k = Math.min(Math.floor(where), points.length - 2), rest = where - k;
    item.setAttribute("transform", `translate(${points[k].x + rest * (points[k + 1].x - points[k].x)} ${points[k].y + rest * (points[k + 1].y - points[k].y)})`);
  }
  moving.forming.forEach((list, own) => list.forEach(box => {
    box.classList.toggle("coming", own > phase || (own === phase && share < 1));
    box.classList.toggle("formed", own === phase && share >= 1);
  }));
}
function begin(k, long) {
  still();
  if (calm.matches || !$("motion").checked || long < 200 || svg.querySelectorAll(".ew-edge").length > MANY) return;
  // A box may stand for many nodes: within it nothing is seen to move.
  const seen = ({ id, args }) => boxes.has(id) ? [...new Set(args)].filter(j => boxes.has(j) && boxes.get(j) !== boxes.get(id)) : [];
  const phases = madeBy(k).map(list => list.filter(node => seen(node).length)).filter(list => list.length);
  const tokens = phases.flatMap((list, phase) => list.flatMap(node => seen(node).map(j => token(j, node.id, phase))));
  if (!tokens.length) return;
  const layer = drawing("g", { "aria-hidden": "true" }), forming = phases.map(list => list.map(node => boxes.get(node.id)));
  layer.append(...tokens.map(each => each.item));
  svg.append(layer);
  moving = { tokens, layer, forming, boxes: forming.flat(), phases: phases.length, from: performance.now(), long: Math.min(long, LONGEST), clock: 0 };
  moveTo(0);
  const tick = () => {
    const time = (performance.now() - moving.from) / moving.long;
    if (time >= 1) return still();
    moveTo(Math.max(0, time));
    moving.clock = requestAnimationFrame(tick);
  };
  moving.clock = requestAnimationFrame(tick);
}
$("motion").addEventListener("change", still);
drawnAnew.push(still);  // the arrows are others then
