"""The linearised graph while a Jacobian is eliminated: vertex by vertex, or a part of a vertex at a time.

At a vertex v every edge into it meets every edge out of it: a *face* each. Eliminating v multiplies the two edges of
each of its faces. The faces may also be taken apart (Naumann, *Optimal accumulation of Jacobian matrices by elimination
methods on the dual computational graph*, Mathematical Programming 99 (2004)):

- *front elimination* of an edge (p, v) takes the faces of this edge with all edges out of v;
- *back elimination* of an edge (v, s) takes the faces of all edges into v with this edge;
- *face elimination* takes the one face of (p, v) with (v, s).

It pays where a product falls on an edge that is there already and would else be made once more for every vertex before
or behind it. What is left of v after a face is no longer "all with all": v is then two vertices that share the values
of their edges out. Equal products of equal values are made once, which is what keeps the copies free of charge.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

from edgewise.differentiate.orders import Count, PathGraph

__all__ = ["Edges", "Join", "Step", "count_steps", "whole"]


class Step(NamedTuple):
    """What is eliminated at `vertex`: the faces of the edges from `tail` and to `head`, of all where that is None."""

    tail: int | None
    vertex: int
    head: int | None

    @property
    def partial(self) -> bool:
        """Whether it takes only some of the vertex's faces."""
        return self.tail is not None or self.head is not None


class Join(NamedTuple):
    """One face: the product of the values `upper`, of (vertex, head), and `lower`, of (tail, vertex).

    It goes to the edge (tail, head), which has the value `before`, -1 where it is new, and has `total` then. Values are
    numbers; a product or a total with a known number is known already.
    """

    vertex: int
    tail: int
    head: int
    upper: int
    lower: int
    product: int
    before: int
    total: int


def whole(order: Iterable[int]) -> list[Step]:
    """The steps that eliminate vertices one after the other."""
    return [Step(None, v, None) for v in order]


class Edges:
    """The edges that are left: `into[v][p]` and `out[p][v]` are the number of the value on the edge (p, v).

    The values 0, 1, … are those of the distinct edges of the `PathGraph`. A second vertex has the edges of its first,
    with the same values. `multiplications` and `additions` count the products and the sums made so far.
    """

    def __init__(self, graph: PathGraph) -> None:
        n, own = len(graph), int(graph.slot.max(initial=-1)) + 1
        self.into: list[dict[int, int]] = [{} for _ in range(n)]
        self.out: list[dict[int, int]] = [{} for _ in range(n)]
        self.first = list(range(n))
        """Which vertex each vertex is a copy of: itself, at first."""
        self.copies: dict[int, list[int]] = {}
        self.known: dict[tuple[bool, int, int], int] = {}
        self.fresh = own
        self.multiplications, self.additions = 0, graph.merged
        ends = list(zip(graph.tail.tolist(), graph.head.tolist(), strict=True))
        for value, (p, s) in enumerate(ends[:own]):
            self._set(p, s, value)
        self.shared = len(ends) > own
        for p, s in sorted(ends[own:], reverse=True):  # the second vertices of wanted nodes, then those of outputs
            if p > s:
                for head, value in list(self.out[s].items()):
                    self._set(p, head, value)
            else:
                for tail, value in list(self.into[p].items()):
                    self._set(tail, s, value)

    def _set(self, p: int, s: int, value: int) -> None:
        self.out[p][s] = self.into[s][p] = value

    def _cut(self, p: int, s: int) -> None:
        del self.out[p][s], self.into[s][p]

    def eliminate(self, step: Step) -> Iterator[Join]:
        """Take the faces of a step, one Join for each; nothing where no such face is left."""
        p, v, s = step
        self._reunite()
        for c in tuple(self.copies.get(v, (v,))):
            tails = sorted(t for t in self.into[c] if p is None or self.first[t] == p)
            heads = sorted(h for h in self.out[c] if s is None or self.first[h] == s)
            for tail in tails:
                for head in heads:
                    yield self._join(c, tail, head)
            self._remove(c, tails, heads)

    def _join(self, c: int, tail: int, head: int) -> Join:
        upper, lower = self.out[c][head], self.into[c][tail]
        product = self._number(True, upper, lower)
        before = self.out[tail].get(head, -1)
        total = product if before < 0 else self._number(False, before, product)
        self._set(tail, head, total)
        return Join(self.first[c], self.first[tail], self.first[head], upper, lower, product, before, total)

    def _number(self, product: bool, one: int, other: int) -> int:
        """The number of a product or a sum; the same again for the same two values, where values are shared."""
        key = (product, one, other)
        if self.shared and key in self.known:
            return self.known[key]
        if self.shared:
            self.known[key] = self.fresh
        self.multiplications += product
        self.additions += not product
        self.fresh += 1
        return self.fresh - 1

    def _remove(self, c: int, tails: Sequence[int], heads: Sequence[int]) -> None:
        """Without the faces of these edges: edges that have no other go, a vertex that keeps some of each is copied."""
        if not tails or not heads:
            return
        every_tail, every_head = len(tails) == len(self.into[c]), len(heads) == len(self.out[c])
        if every_head:
            for t in tails:
                self._cut(t, c)
        if every_tail:
            for h in heads:
                self._cut(c, h)
        if every_head or every_tail:
            return
        # The tails keep their faces with the other heads, at a copy of the vertex.
        d = len(self.first)
        self.first.append(self.first[c])
        self.copies.setdefault(self.first[c], [self.first[c]]).append(d)
        self.into.append({})
        self.out.append({})
        self.shared = True
        for t in tails:
            self._set(t, d, self.into[c][t])
            self._cut(t, c)
        for h in self.out[c].keys() - set(heads):
            self._set(d, h, self.out[c][h])

    def _reunite(self) -> None:
        """Make one of two copies that have come to the same edges on one side, and to different ones on the other."""
        for copies in self.copies.values():
            for c, d in combinations(tuple(copies), 2):
                for near, far in ((self.into, self.out), (self.out, self.into)):
                    if far[d] and far[c] == far[d] and not near[c].keys() & near[d].keys():
                        for t, value in list(near[d].items()):
                            self._set(*((t, c) if near is self.into else (c, t)), value)
                        for t in list(self.into[d]):
                            self._cut(t, d)
                        for h in list(self.out[d]):
                            self._cut(d, h)

    @property
    def count(self) -> Count:
        return Count(self.multiplications, self.additions)


def count_steps(graph: PathGraph, steps: Iterable[Step]) -> Count:
    """What the steps cost. Time is in proportion to the products."""
    edges = Edges(graph)
    for step in steps:
        for _ in edges.eliminate(step):
            pass
    return edges.count
