"""The search among steps of elimination that may take a part of a vertex: annealing, played out move by move.

What such a step costs depends on every step before it, so nothing can be judged by a walk around the graph (see
`elimination_cost`): each move is played out on a matrix of numbered values, until its products pass the limit. `play`
follows `Edges` step by step, with one number for equal products.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.elimination.edges import Edges, Step
from edgewise.differentiate.elimination.elimination_cost import draw, draw_distance
from edgewise.graph import IntArray
from edgewise.native import inlined, native

__all__ = ["Player", "copy", "number_of", "play", "reunite", "vary"]

COPIES = 12
"""Vertices may be copied so many times at once."""
SUM = 1 << 29
"""Added to the second number of a sum, where the number of a value is looked up by its two parts."""


@native
def copy(source: IntArray, begin: int, end: int, target: IntArray, at: int) -> None:
    """Copy a stretch of one array into another. (A slice would make an array, which is dear in native code.)"""
    for k in range(begin, end):
        target[at + k - begin] = source[k]


@native
def number_of(one: int, other: int, memo: IntArray, mark: int, fresh: int) -> int:
    """The number that the value of these two parts has under `mark`: a known one, or `fresh`."""
    size = len(memo) // 3
    key = one * 1073741824 + other
    at = (one * 40503 + other * 9973) % size
    while memo[3 * at] == mark:
        if memo[3 * at + 1] == key:
            return int(memo[3 * at + 2])
        at = (at + 1) % size
    memo[3 * at] = mark
    memo[3 * at + 1] = key
    memo[3 * at + 2] = fresh
    return fresh


@native
def reunite(c: int, d: int, used: int, width: int, value: IntArray) -> None:
    """Move the edges of copy d to c where they have the same on one side and different ones on the other."""
    for side in range(2):
        near, far = (width, 1) if side == 0 else (1, width)
        same, apart, some = 1, 1, 0
        for w in range(used):
            if value[c * near + w * far] != value[d * near + w * far]:
                same = 0
            if value[d * near + w * far] > 0:
                some = 1
            if value[c * far + w * near] > 0 and value[d * far + w * near] > 0:
                apart = 0
        if same == 1 and apart == 1 and some == 1:
            for w in range(used):
                if value[d * far + w * near] > 0:
                    value[c * far + w * near] = value[d * far + w * near]
                value[d * far + w * near] = 0
                value[d * near + w * far] = 0


@inlined
def neighbours(c: int, used: int, width: int, value: IntArray, tails: IntArray, heads: IntArray) -> tuple[int, int]:
    """Where the edges into a vertex come from, and where those out of it go: how many there are of either."""
    n_in = n_out = 0
    for w in range(used):
        if value[w * width + c] > 0:
            tails[n_in] = w
            n_in += 1
        if value[c * width + w] > 0:
            heads[n_out] = w
            n_out += 1
    return n_in, n_out


@inlined
def meant(wanted: int, ends: IntArray, count: int, first: IntArray) -> int:
    """The vertex at the end of the r-th edge, round and round, where -2 - r is wanted; others are what they are."""
    return wanted if wanted >= -1 else int(first[ends[(-2 - wanted) % count]])


@inlined
def to_front(ends: IntArray, count: int, wanted: int, first: IntArray) -> int:
    """Move the edges to the copies of one vertex to the front, all edges where it is -1: how many they are."""
    found = 0
    for i in range(count):
        w = ends[i]
        if wanted < 0 or first[w] == wanted:
            ends[i] = ends[found]
            ends[found] = w
            found += 1
    return found


@native
def multiply(
    c: int,
    m_in: int,
    m_out: int,
    limit: int,
    alone: bool,
    width: int,
    counts: IntArray,
    value: IntArray,
    tails: IntArray,
    heads: IntArray,
    memo: IntArray,
    mark: int,
) -> None:
    """Multiply so many edges into c by so many out of it, until the limit is passed.

    `counts` holds the number of products and the next new value. `alone`: no two products can be equal.
    """
    total, fresh = counts[0], counts[1]
    for i in range(m_in):
        for j in range(m_out):
            at = tails[i] * width + heads[j]
            if alone:
                value[at] = fresh
                fresh += 1
                total += 1
                continue
            lower, upper = value[tails[i] * width + c], value[c * width + heads[j]]
            made = number_of(upper, lower, memo, mark, fresh)
            if made == fresh:
                fresh += 1
                total += 1
            if value[at] > 0:
                made = number_of(value[at], made + SUM, memo, mark, fresh)
                if made == fresh:
                    fresh += 1
            value[at] = made
        if total > limit:
            break
    counts[0], counts[1] = total, fresh


@native
def take_away(
    c: int,
    m_in: int,
    n_in: int,
    m_out: int,
    n_out: int,
    width: int,
    value: IntArray,
    tails: IntArray,
    heads: IntArray,
) -> None:
    """Take away the edges of c that have been multiplied by all edges on the other side."""
    if m_out == n_out:
        for i in range(m_in):
            value[tails[i] * width + c] = 0
    if m_in == n_in:
        for j in range(m_out):
            value[c * width + heads[j]] = 0


@native
def split(
    c: int, d: int, m_in: int, m_out: int, n_out: int, width: int, value: IntArray, tails: IntArray, heads: IntArray
) -> None:
    """Make d a copy of c that has what is left of the edges into c, of which the first `m_in` have been taken."""
    for w in range(d + 1):
        value[d * width + w] = 0
        value[w * width + d] = 0
    for i in range(m_in):
        value[tails[i] * width + d] = value[tails[i] * width + c]
        value[tails[i] * width + c] = 0
    for j in range(m_out, n_out):
        value[d * width + heads[j]] = value[c * width + heads[j]]


@native
def play(
    steps: IntArray,
    count: int,
    limit: int,
    shape: IntArray,
    start: IntArray,
    value: IntArray,
    first: IntArray,
    tails: IntArray,
    heads: IntArray,
    counts: IntArray,
    memo: IntArray,
    mark: int,
) -> int:
    """The products that so many steps (tail, vertex, head) take; more than `limit` where they are more than that.

    -1 stands for all edges, and -2 - r for the r-th edge there is, round and round: this number is replaced by that of
    its vertex, so a step that keeps one took nothing.
    """
    n, width, shared = shape[0], shape[1], shape[2]
    copy(start, 0, len(start), value, 0)
    for k in range(n):
        first[k] = k
    used = n
    counts[0], counts[1] = 0, shape[3]
    for k in range(count):
        p, v, s = steps[3 * k], steps[3 * k + 1], steps[3 * k + 2]
        for d in range(n, used):
            for c in range(d):
                if first[c] == first[d]:
                    reunite(c, d, used, width, value)
        for c in range(v, used):
            if first[c] != v:
                continue
            n_in, n_out = neighbours(c, used, width, value, tails, heads)
            if n_in == 0 or n_out == 0:
                continue
            p, s = meant(p, tails, n_in, first), meant(s, heads, n_out, first)
            steps[3 * k], steps[3 * k + 2] = p, s
            m_in, m_out = to_front(tails, n_in, p, first), to_front(heads, n_out, s, first)
            alone = shared == 0 and used == n
            multiply(c, m_in, m_out, limit, alone, width, counts, value, tails, heads, memo, mark)
            if counts[0] > limit:
                return int(counts[0])
            if m_in == 0 or m_out == 0:
                continue
            take_away(c, m_in, n_in, m_out, n_out, width, value, tails, heads)
            if m_in == n_in or m_out == n_out:
                continue
            if used == width:
                return limit + 1
            first[used] = v
            split(c, used, m_in, m_out, n_out, width, value, tails, heads)
            used += 1
    return int(counts[0])


@native
def one_more(i: int, j: int, count: int, state: IntArray, steps: IntArray, trial: IntArray) -> None:
    """A new partial step at place i, at the vertex of step j; the edges that it takes are drawn."""
    copy(steps, 3 * i, 3 * count, trial, 3 * i + 3)
    what = draw(state) % 3
    tail, head = draw(state), draw(state)
    trial[3 * i] = -1 if what == 1 else -2 - tail % 1048576
    trial[3 * i + 1] = steps[3 * j + 1]
    trial[3 * i + 2] = -1 if what == 0 else -2 - head % 1048576


@native
def elsewhere(i: int, j: int, steps: IntArray, trial: IntArray) -> None:
    """Step i at place j."""
    if i < j:
        copy(steps, 3 * i + 3, 3 * j + 3, trial, 3 * i)
    else:
        copy(steps, 3 * j, 3 * i, trial, 3 * j + 3)
    copy(steps, 3 * i, 3 * i + 3, trial, 3 * j)


@native
def changed(state: IntArray, steps: IntArray, trial: IntArray) -> tuple[int, int]:
    """Write the steps with one change to `trial`: how many they are, and the place of a new one; -1 for none.

    No steps, 0, where the drawn change cannot be made.
    """
    count = state[1]
    kind = draw(state) % 4
    i = draw(state) % count
    j = i + draw_distance(state, count)
    other_way = draw(state) % 2 == 0
    if kind > 1 and other_way:
        j = 2 * i - j
    j = min(max(j, 0), count - 1)
    copy(steps, 0, 3 * count, trial, 0)
    if kind == 0:
        if 3 * count == len(steps):
            return 0, -1
        one_more(i, j, count, state, steps, trial)
        return count + 1, i
    if kind == 1:
        while i < count and steps[3 * i] < 0 and steps[3 * i + 2] < 0:
            i += 1
        if i == count:
            return 0, -1
        copy(steps, 3 * i + 3, 3 * count, trial, 3 * i)
        return count - 1, -1
    if i == j:
        return 0, -1
    elsewhere(i, j, steps, trial)
    return count, -1


@native
def vary(
    moves: int,
    state: IntArray,
    accept: IntArray,
    steps: IntArray,
    trial: IntArray,
    best: IntArray,
    shape: IntArray,
    start: IntArray,
    value: IntArray,
    first: IntArray,
    tails: IntArray,
    heads: IntArray,
    counts: IntArray,
    memo: IntArray,
) -> None:
    """Try so many moves: a new partial step, one less, or a step at another place.

    `state` holds the random number, the number of steps, their cost, the least cost, the number of steps of the best,
    and the last mark. A move that costs d more is made where a random number below 2³¹ is below `accept[d]`.
    """
    for _ in range(moves):
        m, new = changed(state, steps, trial)
        if m == 0:
            continue
        chance = draw(state)
        limit = state[2]
        while limit - state[2] + 1 < len(accept) and chance < accept[limit - state[2] + 1]:
            limit += 1
        state[5] += 1
        cost = play(trial, m, limit, shape, start, value, first, tails, heads, counts, memo, state[5])
        if cost > limit or (new >= 0 and (trial[3 * new] < -1 or trial[3 * new + 2] < -1)):
            continue
        state[2], state[1] = cost, m
        copy(trial, 0, 3 * m, steps, 0)
        if cost < state[3]:
            state[3], state[4] = cost, m
            copy(steps, 0, 3 * m, best, 0)


class Player:
    """The arrays that the native functions work on: the edges that are left, between the vertices that are left.

    `order` are the vertices to eliminate, at a cost of so many products in this order.
    """

    def __init__(self, edges: Edges, order: Sequence[int], cost: int, seed: int) -> None:
        self.vertices = [v for v in range(len(edges.out)) if edges.out[v] or edges.into[v]]
        number = {v: k for k, v in enumerate(self.vertices)}
        n, m = len(self.vertices), len(order)
        width = n + COPIES
        start = np.zeros((n, width), dtype=np.int64)
        for p, v in enumerate(self.vertices):
            for s, value in edges.out[v].items():
                start[p, number[s]] = value + 1
        self.steps = np.full(3 * (m + max(8, m // 2)), -1, dtype=np.int64)
        self.steps[1 : 3 * m : 3] = [number[v] for v in order]
        self.best, self.trial = self.steps.copy(), self.steps.copy()
        self.state = np.array([1 + (seed * 7919 + 12345) % 2147483646, m, cost, cost, m, 0], dtype=np.int64)
        shape = np.array([n, width, edges.shared, int(start.max(initial=0)) + 1], dtype=np.int64)
        sizes = width * width, width, width, width, 2, 3 * (8 * cost + 64)
        self.arrays = (shape, start.reshape(-1), *(np.zeros(size, dtype=np.int64) for size in sizes))

    def at_once(self) -> None:
        """Load or make the native code now."""
        for function in (vary, play, reunite, number_of, copy):
            function.at_once()

    def restart(self) -> None:
        """Go on from the best steps so far."""
        self.steps[:] = self.best
        self.state[1], self.state[2] = self.state[4], self.state[3]

    def run(self, moves: int, accept: IntArray) -> None:
        """Try so many moves."""
        vary(moves, self.state, accept, self.steps, self.trial, self.best, *self.arrays)

    def found(self) -> tuple[int, list[Step]]:
        """The least cost so far and the steps that have it."""

        def vertex(k: int) -> int | None:
            return self.vertices[k] if k >= 0 else None

        rows = self.best[: 3 * int(self.state[4])].reshape(-1, 3).tolist()
        return int(self.state[3]), [Step(vertex(p), self.vertices[v], vertex(s)) for p, v, s in rows]
