"""The search among steps of elimination that may take a part of a vertex: annealing, played out move by move.

What such a step costs depends on every step before it, so nothing can be judged by a walk around the graph (see
`elimination_cost`): each move is played out on a matrix of numbered values, until its products pass the limit. `play`
follows `Edges` step by step, with one number for equal products.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.elimination.edges import Edges, Step
from edgewise.graph import IntArray
from edgewise.native import native

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
    memo: IntArray,
    mark: int,
) -> int:
    """The products that so many steps (tail, vertex, head) take; more than `limit` where they are more than that.

    -1 stands for all edges, and -2 - r for the r-th edge there is, round and round: this number is replaced by that of
    its vertex, so a step that keeps one took nothing.
    """
    n, width, shared, fresh = shape[0], shape[1], shape[2], shape[3]
    copy(start, 0, len(start), value, 0)
    for k in range(n):
        first[k] = k
    used, total = n, 0
    for k in range(count):
        p, v, s = steps[3 * k], steps[3 * k + 1], steps[3 * k + 2]
        for d in range(n, used):
            for c in range(d):
                if first[c] == first[d]:
                    reunite(c, d, used, width, value)
        for c in range(v, used):
            if first[c] != v:
                continue
            n_in = n_out = m_in = m_out = 0
            for w in range(used):
                if value[w * width + c] > 0:
                    tails[n_in] = w
                    n_in += 1
                if value[c * width + w] > 0:
                    heads[n_out] = w
                    n_out += 1
            if n_in == 0 or n_out == 0:
                continue
            if p < -1:
                p = first[tails[(-2 - p) % n_in]]
                steps[3 * k] = p
            if s < -1:
                s = first[heads[(-2 - s) % n_out]]
                steps[3 * k + 2] = s
            # The edges that take part are moved to the front.
            for i in range(n_in):
                w = tails[i]
                if p < 0 or first[w] == p:
                    tails[i] = tails[m_in]
                    tails[m_in] = w
                    m_in += 1
            for j in range(n_out):
                w = heads[j]
                if s < 0 or first[w] == s:
                    heads[j] = heads[m_out]
                    heads[m_out] = w
                    m_out += 1
            for i in range(m_in):
                for j in range(m_out):
                    at = tails[i] * width + heads[j]
                    if shared == 0 and used == n:
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
                    return total
            if m_in == 0 or m_out == 0:
                continue
            if m_out == n_out:
                for i in range(m_in):
                    value[tails[i] * width + c] = 0
            if m_in == n_in:
                for j in range(m_out):
                    value[c * width + heads[j]] = 0
            if m_in == n_in or m_out == n_out:
                continue
            if used == width:
                return limit + 1
            d = used
            used += 1
            first[d] = v
            for w in range(used):
                value[d * width + w] = 0
                value[w * width + d] = 0
            for i in range(m_in):
                value[tails[i] * width + d] = value[tails[i] * width + c]
                value[tails[i] * width + c] = 0
            for j in range(m_out, n_out):
                value[d * width + heads[j]] = value[c * width + heads[j]]
    return total


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
    memo: IntArray,
) -> None:
    """Try so many moves: a new partial step, one less, or a step at another place.

    `state` holds the random number, the number of steps, their cost, the least cost, the number of steps of the best,
    and the last mark. A move that costs d more is made where a random number below 2³¹ is below `accept[d]`.
    """
    random, count, total, least, n_best, mark = state[0], state[1], state[2], state[3], state[4], state[5]
    for _ in range(moves):
        # Lehmer's generator, as in `elimination_cost`.
        random = random * 48271 % 2147483647
        kind = random % 4
        random = random * 48271 % 2147483647
        i = random % count
        far = 1
        random = random * 48271 % 2147483647
        while far < count and random % 3 > 0:
            far *= 2
            random = random * 48271 % 2147483647
        random = random * 48271 % 2147483647
        j = i + 1 + random % far
        random = random * 48271 % 2147483647
        if kind > 1 and random % 2 == 0:
            j = 2 * i - j
        j = min(max(j, 0), count - 1)
        m = count
        copy(steps, 0, 3 * m, trial, 0)
        if kind == 0:
            if 3 * m == len(steps):
                continue
            copy(steps, 3 * i, 3 * m, trial, 3 * i + 3)
            random = random * 48271 % 2147483647
            what = random % 3
            random = random * 48271 % 2147483647
            trial[3 * i] = -1 if what == 1 else -2 - random % 1048576
            random = random * 48271 % 2147483647
            trial[3 * i + 1] = steps[3 * j + 1]
            trial[3 * i + 2] = -1 if what == 0 else -2 - random % 1048576
            m += 1
        elif kind == 1:
            while i < m and steps[3 * i] < 0 and steps[3 * i + 2] < 0:
                i += 1
            if i == m:
                continue
            copy(steps, 3 * i + 3, 3 * m, trial, 3 * i)
            m -= 1
        elif i < j:
            copy(steps, 3 * i + 3, 3 * j + 3, trial, 3 * i)
            copy(steps, 3 * i, 3 * i + 3, trial, 3 * j)
        elif j < i:
            copy(steps, 3 * j, 3 * i, trial, 3 * j + 3)
            copy(steps, 3 * i, 3 * i + 3, trial, 3 * j)
        else:
            continue
        random = random * 48271 % 2147483647
        limit = total
        while limit - total + 1 < len(accept) and random < accept[limit - total + 1]:
            limit += 1
        mark += 1
        cost = play(trial, m, limit, shape, start, value, first, tails, heads, memo, mark)
        if cost > limit or (kind == 0 and (trial[3 * i] < -1 or trial[3 * i + 2] < -1)):
            continue
        total, count = cost, m
        copy(trial, 0, 3 * m, steps, 0)
        if total < least:
            least, n_best = total, m
            copy(steps, 0, 3 * m, best, 0)
    state[0], state[1], state[2], state[3], state[4], state[5] = random, count, total, least, n_best, mark


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
        sizes = width * width, width, width, width, 3 * (8 * cost + 64)
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
