"""The search for a cheap elimination order: exact on small graphs, simulated annealing on others.

What eliminating a vertex costs depends only on the *set* of vertices eliminated before it (see `orders`): its in-degree
then is the number of vertices from which a path leads to it through that set. Two things follow.

- The cheapest order is a shortest way through the sets, from none to all: dynamic programming over 2^n sets finds it.
- Moving one vertex to another place changes the costs of nothing outside the stretch between the two places, so a move
  is judged by walking the graph around the few vertices of that stretch. No edge is ever made.

Whether an order of at most a given cost exists is NP-complete with shared factors (Naumann, *Optimal Jacobian
accumulation is NP-complete*, Mathematical Programming 112 (2008)).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from edgewise.differentiate.orders import Count, PathGraph, best_simple_order, count_order
from edgewise.errors import DifferentiationError
from edgewise.graph import IntArray
from edgewise.native import LARGE, native

__all__ = ["EXACT", "search_order"]

EXACT = 14
"""Up to so many vertices (after the safe ones are gone) the cheapest order is found by looking at every set."""
STEPS = 40
"""Temperatures of one round of annealing."""
SECONDS = 20.0
HOT, COLD = 0.2, 0.2
"""A round cools from this share of a vertex's mean cost (from 1 at least) to so many products."""
ROUNDS = (1.0, 10.0, 1 / 3, 5.0)
"""Rounds start from the best order so far, warmer or colder by turns: nearby, and from further away."""
SLICE = 0.05
"""Seconds between two looks at the clock."""


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

    A move that costs d more is made where a random number below 2³¹ is below `accept[d]`. Distances are drawn by
    doubling: near places are tried often, far ones now and then. Integers only: the same bits wherever it runs.
    """
    n = len(order)
    random, mark, total, least = state[0], state[1], state[2], state[3]
    for _ in range(moves):
        # Lehmer's generator: Park and Miller, Communications of the ACM 31 (1988), with the multiplier of 1993.
        random = random * 48271 % 2147483647
        i = random % n
        reach = 1
        random = random * 48271 % 2147483647
        while reach < n and random % 3 > 0:
            reach *= 2
            random = random * 48271 % 2147483647
        random = random * 48271 % 2147483647
        j = i + 1 + random % reach
        random = random * 48271 % 2147483647
        if random % 2 == 0:
            j = 2 * i - j
        j = min(max(j, 0), n - 1)
        if i == j:
            continue
        step = 1 if j > i else -1
        v = order[i]
        k = i
        while k != j:
            u = order[k + step]
            order[k] = u
            place[u] = k
            k += step
        order[j] = v
        place[v] = j
        change = 0
        first, last = min(i, j), max(i, j)
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
        random = random * 48271 % 2147483647
        if change <= 0 or (change < len(accept) and random < accept[change]):
            for k in range(first, last + 1):
                cost[order[k]] = fresh[k]
            total += change
            if total < least:
                least = total
                for k in range(n):
                    best[k] = order[k]
        else:
            k = j
            while k != i:
                u = order[k - step]
                order[k] = u
                place[u] = k
                k -= step
            order[i] = v
            place[v] = i
    state[0], state[1], state[2], state[3] = random, mark, total, least


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


class _Walk:
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
        # A long array makes the functions run as native code from their first call on: where many calls will follow.
        self.stack = np.zeros(max(n + 1, LARGE if large else 0), dtype=np.int64)

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


def search_order(
    graph: PathGraph,
    *,
    seed: int = 0,
    seconds: float | None = None,
    evaluations: int | None = None,
    progress: bool | None = None,
) -> tuple[list[int], Count]:
    """The best order found in `seconds` (20 unless `evaluations` is given) or in so many tried moves.

    Never worse than forward, reverse and Markowitz; the optimum where at most EXACT vertices are in doubt, which takes
    no search. The result depends on nothing but the graph, the `seed` and the
    number of evaluations. An interrupt (Ctrl-C) ends the search with the best order so far. `progress` shows a bar;
    by default where the output is a terminal or a notebook.
    """
    if not isinstance(seed, (int, np.integer)):
        raise DifferentiationError(f"the seed {seed!r:.40} of a search", hint="give a whole number")
    if evaluations is not None and (isinstance(evaluations, bool) or evaluations < 0):
        raise DifferentiationError(
            f"a search of {evaluations!r} evaluations", hint="give a number of moves to try, 0 or more"
        )
    if seconds is not None and not seconds >= 0:
        raise DifferentiationError(f"a search of {seconds!r} seconds", hint="give a time of 0 seconds or more")
    if evaluations is None and seconds is None:
        seconds = SECONDS
    end = None if seconds is None else time.monotonic() + seconds
    order, count = best_simple_order(graph)
    safe, before, behind = _without_safe(graph)
    gone = set(safe)
    inner = np.array([v for v in order if v not in gone], dtype=np.int64)
    if len(inner) <= 1:
        found_order = inner.tolist()
    elif len(inner) <= EXACT:
        found_order = _Walk(before, behind, graph, large=len(inner) > 8).exact(inner)
    else:
        walk = _Walk(before, behind, graph, large=evaluations is None or evaluations * len(inner) > 100_000)
        with _Bar(progress, end, evaluations, len(safe)) as bar:
            found_order = _annealed(walk, inner, seed, end, evaluations, bar.update)
    candidate = [*safe, *found_order]
    tried = count_order(graph, candidate)
    return (candidate, tried) if tried < count else (order, count)


def _without_safe(graph: PathGraph) -> tuple[list[int], list[set[int]], list[set[int]]]:
    """Vertices that some cheapest order eliminates first, and the neighbours that the others have then.

    A vertex v with one edge in, (p, v), and one out, (v, s), costs one product, as little as any vertex costs at any
    time. Without it no other vertex has more neighbours than with it: where v was one, p or s takes its place. So
    moving it to the front makes no order dearer. (A vertex with an edge of the value 1 has another on that side.)
    """
    before, behind = graph.neighbours()
    inner = set(graph.inner.tolist())
    todo = sorted(inner, reverse=True)
    safe: list[int] = []
    while todo:
        v = todo.pop()
        if v not in inner or len(before[v]) != 1 or len(behind[v]) != 1:
            continue
        (p,), (s,) = before[v], behind[v]
        inner.remove(v)
        safe.append(v)
        before[v], behind[v] = set(), set()
        behind[p].discard(v)
        before[s].discard(v)
        behind[p].add(s)
        before[s].add(p)
        todo += [p, s]
    return safe, before, behind


def _annealed(
    walk: _Walk,
    inner: IntArray,
    seed: int,
    end: float | None,
    evaluations: int | None,
    report: Callable[[int, int], None],
) -> list[int]:
    """Rounds of annealing, each longer than the last, from the best order so far; ended by the clock or the count."""
    kept, best, order = inner.copy(), inner.copy(), inner.copy()
    fresh = np.zeros(len(inner), dtype=np.int64)
    random = 1 + (int(seed) * 7919 + 12345) % 2147483646
    state = np.array([random, 0, 0, np.iinfo(np.int64).max], dtype=np.int64)
    done, slice_moves, length, number = 0, 256, 4 * len(inner), 0
    common = (walk.shape, walk.graph)
    scratch = (walk.place, walk.cost, walk.seen, walk.stack)
    try:
        while not _over(end, done, evaluations):
            order[:] = best
            walk.seen[:] = 0
            total = price(order, *common, walk.place, walk.seen, walk.stack, walk.cost)
            state[1], state[2], state[3] = 2 * len(inner), total, min(int(state[3]), total)
            hottest = max(1.0, HOT * total / len(inner)) * ROUNDS[number % len(ROUNDS)]
            for step in range(STEPS):
                temperature = hottest * (COLD / hottest) ** (step / (STEPS - 1))
                accept = np.exp(-np.arange(int(22 * temperature) + 2) / temperature) * 2147483647
                left = length
                while left and not _over(end, done, evaluations):
                    moves = min(left, slice_moves)
                    if evaluations is not None:
                        moves = min(moves, evaluations - done)
                    began = time.monotonic()
                    anneal(moves, state, accept.astype(np.int64), *common, order, best, *scratch, fresh)
                    # How the moves are sliced changes nothing but how often the clock is read.
                    if time.monotonic() - began < SLICE / 2:
                        slice_moves *= 2
                    elif time.monotonic() - began > SLICE:
                        slice_moves = max(1, slice_moves // 2)
                    left -= moves
                    done += moves
                    kept = best.copy()  # an interrupt may come while `best` is being written
                    report(done, int(state[3]))
            length = length * 8 // 5
            number += 1
    except KeyboardInterrupt:
        pass
    found: list[int] = kept.tolist()
    return found


def _over(end: float | None, done: int, evaluations: int | None) -> bool:
    return (evaluations is not None and done >= evaluations) or (end is not None and time.monotonic() >= end)


class _Bar:
    """A progress bar: the time or the count, and the best so far (`aside` are products that no order changes).

    Nothing where nobody looks.
    """

    def __init__(self, show: bool | None, end: float | None, evaluations: int | None, aside: int) -> None:
        self.end, self.evaluations, self.aside = end, evaluations, aside
        self.bar: Any = None
        if show is False:
            return
        from rich.console import Console

        console = Console(stderr=True)
        if show or console.is_terminal or console.is_jupyter:
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            text = TextColumn("elimination order: {task.fields[best]} products"), BarColumn(), TimeElapsedColumn()
            self.bar = Progress(*text, console=console)

    def __enter__(self) -> _Bar:
        self.began = time.monotonic()
        if self.bar is not None:
            self.bar.start()
            whole = self.evaluations if self.end is None else self.end - self.began
            self.task = self.bar.add_task("", total=whole, best="…")
        return self

    def update(self, done: int, best: int) -> None:
        if self.bar is not None:
            completed = done if self.end is None else time.monotonic() - self.began
            self.bar.update(self.task, completed=completed, best=self.aside + best)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
