"""What vertex elimination costs, by walking around the graph; annealing and dynamic programming over orders.

What eliminating a vertex costs depends only on the *set* of vertices eliminated before it (see `orders`): its in-degree
then is the number of vertices from which a path leads to it through that set. Two things follow.

- The cheapest order is a shortest way through the sets, from none to all: dynamic programming over 2^n sets finds it.
- Moving one vertex to another place changes the costs of nothing outside the stretch between the two places, so a move
  is judged by walking the graph around the few vertices of that stretch. No edge is ever made.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cython
import numpy as np

from edgewise.built import held
from edgewise.differentiate.elimination.lehmer import Lehmer
from edgewise.differentiate.orders import PathGraph

__all__ = ["Walk", "anneal", "cheapest_order", "price"]

FAR = cython.declare(cython.longlong, (1 << 63) - 1)
"""The place of a vertex that is never eliminated."""


@cython.cclass
class Walk:
    """The graph that is left once some vertices are eliminated, and an order of its inner vertices.

    `ahead` are the heads of the edges out of v at `begin[v]`, `back` the tails of those into v at `end[v]`. `place[v]`
    is where v stands in `order`, `cost[v]` what its elimination costs there; `total` is the sum of
    these, `least` that of the `best` order. A look around leaves its mark in `seen`.
    """

    begin: cython.const[cython.longlong][::1]
    ahead: cython.const[cython.longlong][::1]
    end: cython.const[cython.longlong][::1]
    back: cython.const[cython.longlong][::1]
    unit_in: cython.const[cython.longlong][::1]
    unit_out: cython.const[cython.longlong][::1]
    order: cython.longlong[::1]
    best: cython.longlong[::1]
    place: cython.longlong[::1]
    cost: cython.longlong[::1]
    fresh: cython.longlong[::1]
    seen: cython.longlong[::1]
    stack: cython.longlong[::1]
    mark: cython.longlong
    total: cython.longlong
    random: Lehmer
    least = cython.declare(cython.longlong, visibility="readonly")

    def __init__(
        self, before: Sequence[set[int]], behind: Sequence[set[int]], graph: PathGraph, order: Sequence[int], seed: int
    ) -> None:
        self.begin, self.ahead = _columns(behind)
        self.end, self.back = _columns(before)
        self.unit_in, self.unit_out = held(graph.unit_in), held(graph.unit_out)
        n = len(graph)
        self.place = held(np.full(n, FAR, dtype=np.int64))
        self.cost, self.seen = held(np.zeros(n, dtype=np.int64)), held(np.zeros(n, dtype=np.int64))
        self.stack = held(np.zeros(n + 1, dtype=np.int64))
        self.order, self.best = held(np.array(order, dtype=np.int64)), held(np.array(order, dtype=np.int64))
        self.fresh = held(np.zeros(len(order), dtype=np.int64))
        self.mark, self.total, self.least, self.random = 0, 0, FAR, Lehmer(seed)

    def best_order(self) -> list[int]:
        """The best order so far."""
        return list(self.best)

    def restart(self) -> int:
        """Go on from the best order so far; what it costs."""
        self.order[:] = self.best
        self.total = price(self)
        self.least = min(self.least, self.total)
        return self.total


def _columns(sets: Sequence[set[int]]) -> tuple[Any, Any]:
    """Sets of vertices as two columns: where each begins, and what is in it."""
    begin = np.concatenate(([0], np.cumsum([len(row) for row in sets], dtype=np.int64))).astype(np.int64)
    return held(begin), held(np.array([v for row in sets for v in sorted(row)], dtype=np.int64))


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(e=cython.longlong)
def _reach(w: Walk, v: cython.longlong, limit: cython.longlong, ahead: cython.bint) -> cython.longlong:
    """How many edges v has in one direction when every vertex with a place below `limit` has been eliminated.

    Leaves a new mark in `seen` at these neighbours and at the eliminated vertices between them and v.
    """
    count: cython.longlong = 0
    top: cython.longlong = 1
    w.mark += 1
    w.stack[0] = v
    while top > 0:
        top -= 1
        u: cython.longlong = w.stack[top]
        first: cython.longlong = w.begin[u] if ahead else w.end[u]
        last: cython.longlong = w.begin[u + 1] if ahead else w.end[u + 1]
        for e in range(first, last):
            u = w.ahead[e] if ahead else w.back[e]
            if w.seen[u] != w.mark:
                w.seen[u] = w.mark
                if w.place[u] < limit:
                    w.stack[top] = u
                    top += 1
                else:
                    count += 1
    return count


@cython.cfunc
@cython.exceptval(check=False)
def _products(w: Walk, v: cython.longlong, limit: cython.longlong) -> cython.longlong:
    """What eliminating v costs behind all vertices with a place below `limit`."""
    out: cython.longlong = _reach(w, v, limit, True) - w.unit_out[v]
    return out * (_reach(w, v, limit, False) - w.unit_in[v])


@cython.locals(k=cython.longlong)
def price(w: Walk) -> int:
    """Fill in the places and the costs of the order; the sum of these."""
    total: cython.longlong = 0
    for k in range(len(w.order)):
        w.place[w.order[k]] = k
    for k in range(len(w.order)):
        w.cost[w.order[k]] = _products(w, w.order[k], k)
        total += w.cost[w.order[k]]
    return total


@cython.cfunc
@cython.exceptval(check=False)
def _shift(w: Walk, i: cython.longlong, j: cython.longlong) -> cython.void:
    """Move what stands at place i of the order to place j."""
    v: cython.longlong = w.order[i]
    step: cython.longlong = 1 if j > i else -1
    k: cython.longlong = i
    while k != j:
        w.order[k] = w.order[k + step]
        w.place[w.order[k]] = k
        k += step
    w.order[j] = v
    w.place[v] = j


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(k=cython.longlong)
def _change_of(w: Walk, v: cython.longlong, first: cython.longlong, last: cython.longlong) -> cython.longlong:
    """What a move of v, from one end of this stretch to the other, has changed; the new costs are in `fresh`."""
    change: cython.longlong = 0
    # Only what v can reach past vertices eliminated by then has v for a neighbour, now or before the move.
    _products(w, v, last + 1)
    for k in range(first, last + 1):
        u: cython.longlong = w.order[k]
        w.fresh[k] = -1 if u == v or w.seen[u] >= w.mark - 1 else w.cost[u]
    for k in range(first, last + 1):
        if w.fresh[k] < 0:
            u = w.order[k]
            w.fresh[k] = _products(w, u, k)
            change += w.fresh[k] - w.cost[u]
    return change


@cython.locals(k=cython.longlong, first=cython.longlong, last=cython.longlong, _=cython.longlong)
def anneal(w: Walk, moves: cython.longlong, accept: cython.const[cython.longlong][::1]) -> None:
    """Try so many moves of one vertex each.

    A move that costs d more is made where a random number below 2³¹ is below `accept[d]`. Integers only: the same bits
    wherever it runs.
    """
    n: cython.longlong = len(w.order)
    for _ in range(moves):
        i: cython.longlong = w.random.draw() % n
        j: cython.longlong = i + w.random.distance(n)
        if w.random.draw() % 2 == 0:
            j = 2 * i - j
        j = min(max(j, 0), n - 1)
        if i == j:
            continue
        first, last = min(i, j), max(i, j)
        _shift(w, i, j)
        change: cython.longlong = _change_of(w, w.order[j], first, last)
        chance: cython.longlong = w.random.draw()
        if change > 0 and (change >= len(accept) or chance >= accept[change]):
            _shift(w, j, i)
            continue
        for k in range(first, last + 1):
            w.cost[w.order[k]] = w.fresh[k]
        w.total += change
        if w.total < w.least:
            w.least = w.total
            for k in range(n):
                w.best[k] = w.order[k]


def cheapest_order(w: Walk) -> list[int]:
    """The cheapest order of all, from the least cost of eliminating each set of vertices."""
    inner = np.array(w.best, dtype=np.int64)
    least, last = np.zeros(1 << len(inner), dtype=np.int64), np.zeros(1 << len(inner), dtype=np.int64)
    _cheapest(w, held(least), held(last))
    order: list[int] = []
    chosen = len(least) - 1
    while chosen:
        order.insert(0, int(last[chosen]))
        chosen -= 1 << order[0]
    found: list[int] = inner[order].tolist()
    return found


@cython.locals(chosen=cython.longlong, k=cython.longlong)
def _cheapest(w: Walk, least: cython.longlong[::1], last: cython.longlong[::1]) -> None:
    """The least cost of eliminating each set of vertices, and which of them is then best eliminated last."""
    n: cython.longlong = len(w.order)
    one: cython.longlong = 1
    for chosen in range(1, len(least)):
        least[chosen] = -1
        for k in range(n):
            w.place[w.order[k]] = 1 - (chosen >> k & 1)
        for k in range(n):
            if chosen >> k & 1:
                # Eliminated after the others of the set (place 0) and before all else.
                value: cython.longlong = least[chosen - (one << k)] + _products(w, w.order[k], 1)
                if least[chosen] < 0 or value < least[chosen]:
                    least[chosen] = value
                    last[chosen] = k
