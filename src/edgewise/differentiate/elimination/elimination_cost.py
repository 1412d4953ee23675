"""What vertex elimination costs, by walking around the graph; annealing and dynamic programming over orders.

What eliminating a vertex costs depends only on the *set* of vertices eliminated before it (see `orders`): its in-degree
then is the number of vertices from which a path leads to it through that set. Two things follow.

- The cheapest order is a shortest way through the sets, from none to all: dynamic programming over 2^n sets finds it.
- Moving one vertex to another place changes the costs of nothing outside the stretch between the two places, so a move
  is judged by walking the graph around the few vertices of that stretch. No edge is ever made.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.elimination.orders import PathGraph
from edgewise.graph import IntArray
from edgewise.native import inlined, native

__all__ = ["Walk", "anneal", "cheapest", "draw", "draw_distance", "price", "products", "reach"]


@native
def reach(
    v: int, limit: int, start: IntArray, adjacent: IntArray, place: IntArray, seen: IntArray, stack: IntArray, mark: int
) -> int:
    """How many edges v has in one direction when every vertex with a place below `limit` has been eliminated.

    Leaves `mark` in `seen` at these neighbours and at the eliminated vertices between them and v.
    """
    count = 0
    top = 1
    stack[0] = v
    while top > 0:
        top -= 1
        w = stack[top]
        for e in range(start[w], start[w + 1]):
            u = adjacent[e]
            if seen[u] != mark:
                seen[u] = mark
                if place[u] < limit:
                    stack[top] = u
                    top += 1
                else:
                    count += 1
    return count


@native
def products(
    v: int, limit: int, shape: IntArray, graph: IntArray, place: IntArray, seen: IntArray, stack: IntArray, mark: int
) -> int:
    """What eliminating v costs behind all vertices with a place below `limit`. `mark` and `mark` + 1 must be new."""
    n, n_edges = shape[0], shape[1]
    behind = graph[: n + 1]
    heads = graph[n + 1 : n + 1 + n_edges]
    before = graph[n + 1 + n_edges : 2 * n + 2 + n_edges]
    tails = graph[2 * n + 2 + n_edges : 2 * n + 2 + 2 * n_edges]
    unit = graph[2 * n + 2 + 2 * n_edges :]
    out: int = reach(v, limit, behind, heads, place, seen, stack, mark) - unit[n + v]
    into: int = reach(v, limit, before, tails, place, seen, stack, mark + 1) - unit[v]
    return into * out


@native
def price(
    order: IntArray, shape: IntArray, graph: IntArray, place: IntArray, seen: IntArray, stack: IntArray, cost: IntArray
) -> int:
    """Fill in the places and the costs of an order; the sum of these."""
    total = 0
    for k in range(len(order)):
        place[order[k]] = k
    for k in range(len(order)):
        cost[order[k]] = products(order[k], k, shape, graph, place, seen, stack, 2 * k + 1)
        total += cost[order[k]]
    return total


@inlined
def draw(state: IntArray) -> int:
    """The next random number, below 2³¹, which is kept in `state[0]`.

    Lehmer's generator: Park and Miller, Communications of the ACM 31 (1988), with the multiplier of 1993.
    """
    state[0] = state[0] * 48271 % 2147483647
    return int(state[0])


@inlined
def draw_distance(state: IntArray, n: int) -> int:
    """How far a move goes among n places, by doubling: near places are tried often, far ones now and then."""
    far, chance = 1, draw(state)
    while far < n and chance % 3 > 0:
        far *= 2
        chance = draw(state)
    return 1 + draw(state) % far


@inlined
def shift(i: int, j: int, order: IntArray, place: IntArray) -> None:
    """Move what stands at place i of an order to place j."""
    v = order[i]
    step = 1 if j > i else -1
    k = i
    while k != j:
        u = order[k + step]
        order[k] = u
        place[u] = k
        k += step
    order[j] = v
    place[v] = j


@native
def change_of(
    v: int,
    first: int,
    last: int,
    state: IntArray,
    shape: IntArray,
    graph: IntArray,
    order: IntArray,
    place: IntArray,
    cost: IntArray,
    seen: IntArray,
    stack: IntArray,
    fresh: IntArray,
) -> int:
    """What a move of v, from one end of this stretch to the other, has changed; the new costs are in `fresh`."""
    mark, change = state[1], 0
    # Only what v can reach past vertices eliminated by then has v for a neighbour, now or before the move.
    products(v, last + 1, shape, graph, place, seen, stack, mark + 1)
    for k in range(first, last + 1):
        u = order[k]
        fresh[k] = -1 if u == v or seen[u] == mark + 1 or seen[u] == mark + 2 else cost[u]
    mark += 2
    for k in range(first, last + 1):
        if fresh[k] < 0:
            u = order[k]
            fresh[k] = products(u, k, shape, graph, place, seen, stack, mark + 1)
            mark += 2
            change += fresh[k] - cost[u]
    state[1] = mark
    return int(change)


@native
def anneal(
    moves: int,
    state: IntArray,
    accept: IntArray,
    shape: IntArray,
    graph: IntArray,
    order: IntArray,
    best: IntArray,
    place: IntArray,
    cost: IntArray,
    seen: IntArray,
    stack: IntArray,
    fresh: IntArray,
) -> None:
    """Try so many moves of one vertex each. `state` holds the random number, the last mark, the sum and the best sum.

    A move that costs d more is made where a random number below 2³¹ is below `accept[d]`. Integers only: the same bits
    wherever it runs.
    """
    n = len(order)
    for _ in range(moves):
        i = draw(state) % n
        j = i + draw_distance(state, n)
        if draw(state) % 2 == 0:
            j = 2 * i - j
        j = min(max(j, 0), n - 1)
        if i == j:
            continue
        v, first, last = order[i], min(i, j), max(i, j)
        shift(i, j, order, place)
        change = change_of(v, first, last, state, shape, graph, order, place, cost, seen, stack, fresh)
        chance = draw(state)
        if change > 0 and (change >= len(accept) or chance >= accept[change]):
            shift(j, i, order, place)
            continue
        for k in range(first, last + 1):
            cost[order[k]] = fresh[k]
        state[2] += change
        if state[2] < state[3]:
            state[3] = state[2]
            for k in range(n):
                best[k] = order[k]


@native
def cheapest(
    inner: IntArray,
    shape: IntArray,
    graph: IntArray,
    place: IntArray,
    seen: IntArray,
    stack: IntArray,
    least: IntArray,
    last: IntArray,
) -> None:
    """The least cost of eliminating each set of inner vertices, and the vertex that is then best eliminated last."""
    n = len(inner)
    mark = 0
    for chosen in range(1, len(least)):
        least[chosen] = -1
        for k in range(n):
            place[inner[k]] = 1 - (chosen >> k & 1)
        for k in range(n):
            if chosen >> k & 1 == 1:
                # Eliminated after the others of the set (place 0) and before all else.
                value = least[chosen - (1 << k)] + products(inner[k], 1, shape, graph, place, seen, stack, mark + 1)
                mark += 2
                if least[chosen] < 0 or value < least[chosen]:
                    least[chosen] = value
                    last[chosen] = k


class Walk:
    """The arrays that the native functions work on: the graph that is left once some vertices are eliminated."""

    def __init__(
        self, before: Sequence[set[int]], behind: Sequence[set[int]], graph: PathGraph, *, large: bool
    ) -> None:
        n = len(graph)
        n_edges = sum(map(len, behind))
        columns = []
        for sets in (behind, before):
            columns.append(np.concatenate(([0], np.cumsum([len(row) for row in sets], dtype=np.int64))))
            columns.append(np.array([v for row in sets for v in sorted(row)], dtype=np.int64))
        self.shape = np.array([n, n_edges], dtype=np.int64)
        self.graph = np.concatenate((*columns, graph.unit_in, graph.unit_out)).astype(np.int64)
        self.place = np.full(n, np.iinfo(np.int64).max, dtype=np.int64)
        self.seen, self.cost = np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
        self.stack = np.zeros(n + 1, dtype=np.int64)
        if large:
            for function in (anneal, cheapest, products):
                function.at_once()

    def exact(self, inner: IntArray) -> list[int]:
        """The cheapest order of all."""
        least, last = np.zeros(1 << len(inner), dtype=np.int64), np.zeros(1 << len(inner), dtype=np.int64)
        cheapest(inner, self.shape, self.graph, self.place, self.seen, self.stack, least, last)
        order: list[int] = []
        chosen = len(least) - 1
        while chosen:
            order.append(int(last[chosen]))
            chosen -= 1 << order[-1]
        found: list[int] = inner[order[::-1]].tolist()
        return found
