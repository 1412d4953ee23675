"""Orders of vertex elimination: what is eliminated, and what each order costs.

Eliminating a vertex v of the linearised graph joins every edge into it with every edge out of it: an edge (p, s)
gets the product of (p, v) and (v, s), added to what it has. When only edges from wanted nodes to outputs are left,
these are the Jacobian. Any order of the inner vertices will do; the number of products, Σ in-degree × out-degree,
differs.
Griewank and Walther, *Evaluating Derivatives* (2008), chapter 9.

The edges that are there after a *set* of vertices has been eliminated do not depend on the order within the set: (p, s)
is an edge if some path leads from p to s through the set. All counting here and in `search` rests on that.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from edgewise.differentiate.linearize import Linearized, linearize
from edgewise.graph import IntArray, Tape, distinct

__all__ = [
    "Count", "Item", "PathGraph", "best_simple_order", "count_forward", "count_order", "count_reverse", "markowitz",
    "path_graph",
]  # fmt: skip


Item = int | tuple[int | None, int, int | None]
"""What an order holds: a node, or (parent, node, consumer) for a part of one; see `check_order`."""


class Count(NamedTuple):
    """What an elimination order costs, parallel edges merged first (an addition each)."""

    multiplications: int
    additions: int


@dataclass(frozen=True, eq=False)
class PathGraph:
    """The linearised edges on a path from a wanted node to an output, as elimination sees them.

    `node[v]` is the node of 𝒢 that vertex v stands for, in ascending order. A wanted node that has parents of its own
    on a path, and an output that is read on, are both ends and inner vertices: they have a second vertex behind the
    others, tied to the first by an edge with the value 1, whose products are free. `edge` are edges of 𝒢, `slot` says
    which of the distinct edges (`tail`, `head`) each of them lies on; `inner` are the vertices to eliminate,
    ascending; `unit_in[v]` and `unit_out[v]` are 1 where an edge of value 1 enters or leaves v. `source` and `sink`
    map wanted nodes and outputs to their vertices.
    """

    lin: Linearized
    node: IntArray
    edge: IntArray
    slot: IntArray
    tail: IntArray
    head: IntArray
    inner: IntArray
    unit_in: IntArray
    unit_out: IntArray
    source: dict[int, int]
    sink: dict[int, int]

    def __len__(self) -> int:
        return len(self.node)

    @property
    def merged(self) -> int:
        """The additions that merge parallel edges."""
        return len(self.edge) - (int(self.slot.max()) + 1 if len(self.slot) else 0)

    def neighbours(self) -> tuple[list[set[int]], list[set[int]]]:
        """The vertices before and behind each vertex."""
        before: list[set[int]] = [set() for _ in range(len(self))]
        behind: list[set[int]] = [set() for _ in range(len(self))]
        for p, s in zip(self.tail.tolist(), self.head.tolist(), strict=True):
            before[s].add(p)
            behind[p].add(s)
        return before, behind

    def items_of(self, steps: Iterable[tuple[int | None, int, int | None]]) -> tuple[Item, ...]:
        """Steps of elimination in nodes of 𝒢, as `check_order` reads them."""
        n = len(self) - _second(self)

        def end(v: int | None) -> int | None:
            return None if v is None else int(self.node[v]) if v < n else ~int(self.node[v])

        return tuple(
            int(self.node[v]) if p is None and s is None else (end(p), int(self.node[v]), end(s)) for p, v, s in steps
        )


def path_graph(tape: Tape, wanted: Sequence[int]) -> PathGraph:
    """The graph that elimination works on. Time and memory are linear in the edges."""
    lin = linearize(tape)
    present = lin.present
    on_path = present & tape.depends_on(wanted, present)[lin.parent] & tape.live(tape.outputs, present)[lin.consumer]
    edge = np.flatnonzero(on_path)
    node = distinct(np.concatenate((lin.parent[edge], lin.consumer[edge])))
    tail, head = np.searchsorted(node, lin.parent[edge]), np.searchsorted(node, lin.consumer[edge])
    n = len(node)
    pairs, slot = np.unique(tail * max(n, 1) + head, return_inverse=True)
    tail, head = np.divmod(pairs, max(n, 1))
    read, fed = np.bincount(tail, minlength=n), np.bincount(head, minlength=n)
    inner = np.flatnonzero((read > 0) & (fed > 0))
    is_inner = set(inner.tolist())
    number = dict(zip(node.tolist(), range(n), strict=True))
    unit_in, unit_out = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    ends: list[dict[int, int]] = []
    extra: list[int] = []
    new_tail, new_head = [], []
    for nodes, unit in ((wanted, unit_in), (tape.outputs, unit_out)):
        end: dict[int, int] = {}
        for i in dict.fromkeys(nodes):
            v = number.get(i)
            if v is not None and v in is_inner:
                end[i] = n + len(extra)
                unit[v] = 1
                new_tail.append(end[i] if unit is unit_in else v)
                new_head.append(v if unit is unit_in else end[i])
                extra.append(i)
            elif v is not None:
                end[i] = v
        ends.append(end)
    more = np.zeros(len(extra), dtype=np.int64)
    return PathGraph(
        lin,
        np.concatenate((node, np.array(extra, dtype=np.int64))),
        edge,
        slot.reshape(-1),
        np.concatenate((tail, np.array(new_tail, dtype=np.int64))),
        np.concatenate((head, np.array(new_head, dtype=np.int64))),
        inner,
        np.concatenate((unit_in, more)),
        np.concatenate((unit_out, more)),
        *ends,
    )


class _Edges:
    """The edges that are left, while vertices are eliminated and products are counted."""

    def __init__(self, graph: PathGraph) -> None:
        self.before, self.behind = graph.neighbours()
        self.unit_in: list[int] = graph.unit_in.tolist()
        self.unit_out: list[int] = graph.unit_out.tolist()
        self.multiplications, self.additions = 0, graph.merged

    def cost(self, v: int) -> int:
        """The products that eliminating v takes now."""
        return (len(self.before[v]) - self.unit_in[v]) * (len(self.behind[v]) - self.unit_out[v])

    def eliminate(self, v: int) -> None:
        before, behind = self.before[v], self.behind[v]
        self.multiplications += self.cost(v)
        for s in behind:
            self.before[s].discard(v)
        for p in before:
            row = self.behind[p]
            row.discard(v)
            self.additions += len(behind & row)
            row |= behind
        for s in behind:
            self.before[s] |= before
        self.before[v] = self.behind[v] = set()

    @property
    def count(self) -> Count:
        return Count(self.multiplications, self.additions)


def count_order(graph: PathGraph, order: Iterable[int]) -> Count:
    """What an order of vertices costs. Time is in proportion to the products."""
    edges = _Edges(graph)
    for v in order:
        edges.eliminate(v)
    return edges.count


def count_reverse(graph: PathGraph) -> Count:
    """What elimination from the last vertex to the first costs: one product for each edge and each output behind it.

    Nothing is eliminated: the outputs that each vertex reaches, as bit sets, say it all.
    """
    return _count_swept(graph, graph.tail, graph.head, graph.unit_in, graph.unit_out)


def count_forward(graph: PathGraph) -> Count:
    """What elimination from the first vertex to the last costs: one product for each edge and each input before it."""
    return _count_swept(graph, graph.head, graph.tail, graph.unit_out, graph.unit_in)


def _count_swept(graph: PathGraph, near: IntArray, far: IntArray, unit_near: IntArray, unit_far: IntArray) -> Count:
    """Elimination beginning at the far ends: when v's turn comes, its far neighbours are the ends that it reaches."""
    n = len(graph)
    inner = np.zeros(n, dtype=bool)
    inner[graph.inner] = True
    reached = [0] * n
    for k, v in enumerate(distinct(far[~inner[far]]).tolist()):
        reached[v] = 1 << k
    # The far ends first. A second vertex has the highest number whichever end it is: its node is what sorts it.
    order = np.argsort(graph.node[near], kind="stable")
    if near is graph.tail:
        order = order[::-1]
    # An edge from a second vertex comes after all edges that its first reaches, for these share its node.
    order = order[np.argsort(near[order] >= n - _second(graph), kind="stable")]
    for i, j in zip(near[order].tolist(), far[order].tolist(), strict=True):
        reached[i] |= reached[j]
    ends = np.array([bits.bit_count() for bits in reached], dtype=np.int64)
    degree = np.bincount(far, minlength=n)
    v = graph.inner
    products = (degree[v] - unit_near[v]) * (ends[v] - unit_far[v])
    direct = np.bincount(near[~inner[far]], minlength=n)
    begins = distinct(near)
    additions = (degree[v] * ends[v]).sum() - (ends[begins] - direct[begins]).sum() + graph.merged
    return Count(int(products.sum()), int(additions))


def _second(graph: PathGraph) -> int:
    """How many second vertices the graph has."""
    return int(graph.unit_in.sum() + graph.unit_out.sum())


def markowitz(graph: PathGraph, limit: int | None = None, *, last: bool = False) -> tuple[list[int], Count] | None:
    """The order that always takes a vertex of least in-degree × out-degree, the first of them (or the `last`).

    Markowitz (1957); Griewank and Walther, section 9.2. None as soon as more than `limit` products are made.
    """
    edges = _Edges(graph)
    sign = -1 if last else 1
    heap = [(edges.cost(v), sign * v) for v in graph.inner.tolist()]
    heapq.heapify(heap)
    left = set(graph.inner.tolist())
    order: list[int] = []
    while heap:
        cost, key = heapq.heappop(heap)
        v = sign * key
        if v not in left or cost != edges.cost(v):
            continue  # its degrees have changed since: it stands in the heap again
        touched = (edges.before[v] | edges.behind[v]) & left
        left.remove(v)
        order.append(v)
        edges.eliminate(v)
        if limit is not None and edges.multiplications > limit:
            return None
        for w in touched:
            heapq.heappush(heap, (edges.cost(w), sign * w))
    return order, edges.count


def best_simple_order(graph: PathGraph) -> tuple[list[int], Count]:
    """The cheapest of forward, reverse and Markowitz elimination (ties broken both ways), by counting."""
    forward, reverse = count_forward(graph), count_reverse(graph)
    order, count = graph.inner.tolist(), forward
    if reverse < forward:
        order, count = order[::-1], reverse
    for last in (False, True):
        found = markowitz(graph, count.multiplications, last=last)
        if found is not None and found[1] < count:
            order, count = found
    return order, count
