"""The search among steps of elimination that may take a part of a vertex: annealing, played out move by move.

What such a step costs depends on every step before it, so nothing can be judged by a walk around the graph (see
`elimination_cost`): each move is played out on a matrix of numbered values, until its products pass the limit. `play`
follows `Edges` step by step, with one number for equal products.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import cython
import numpy as np

from edgewise.built import held
from edgewise.differentiate.elimination.edges import Edges, Step
from edgewise.differentiate.elimination.lehmer import Lehmer

__all__ = ["COPIES", "Player", "play", "vary"]

Int: TypeAlias = cython.typedef(cython.longlong)
Written: TypeAlias = cython.typedef(cython.longlong[::1])  # whole numbers, to be written

COPIES = 12
"""Vertices may be copied so many times at once."""
SUM = cython.declare(cython.longlong, 1 << 29)
"""Added to the second number of a sum, where the number of a value is looked up by its two parts."""
ALL = cython.declare(cython.longlong, -1)
"""Of a step, every edge into its vertex, or out of it. -2 - r is the r-th edge there is, round and round."""


@cython.cclass
class Player:
    """The edges that are left between the vertices that are left, and steps of elimination on trial.

    `value[t * width + h]` is the number of the value on the edge (t, h), 0 where there is none, as in `start`; copy c
    of a vertex stands behind the vertices, and `first[c]` says of which it is one. `tails` and `heads` are the ends of
    the edges at the vertex in hand: `n_in` and `n_out`, of which the first `m_in` and `m_out` take part. Equal products
    have one number where values are `shared`: `memo` knows those of this `mark`. Steps are (tail, vertex, head).
    """

    vertices = cython.declare(list, visibility="readonly")
    n: Int
    width: Int
    shared: cython.bint
    own: Int
    start: Written
    value: Written
    first: Written
    used: Int
    tails: Written
    heads: Written
    n_in: Int
    n_out: Int
    m_in: Int
    m_out: Int
    total: Int
    fresh: Int
    memo: Written
    mark: Int
    steps: Written
    trial: Written
    best: Written
    count: Int
    best_count: Int
    cost: Int
    least = cython.declare(cython.longlong, visibility="readonly")
    random: Lehmer

    def __init__(self, edges: Edges, order: Sequence[int], cost: int, seed: int) -> None:
        """`order` are the vertices to eliminate, at a cost of so many products in this order."""
        self.vertices = [v for v in range(len(edges.out)) if edges.out[v] or edges.into[v]]
        number = {v: k for k, v in enumerate(self.vertices)}
        n, m = len(self.vertices), len(order)
        width = n + COPIES
        start = np.zeros((n, width), dtype=np.int64)
        for p, v in enumerate(self.vertices):
            for s, value in edges.out[v].items():
                start[p, number[s]] = value + 1
        steps = np.full(3 * (m + max(8, m // 2)), ALL, dtype=np.int64)
        steps[1 : 3 * m : 3] = [number[v] for v in order]
        self.steps, self.best, self.trial = held(steps), held(steps.copy()), held(steps.copy())
        self.n, self.width, self.shared = n, width, edges.shared
        self.own, self.start = int(start.max(initial=0)) + 1, held(start.reshape(n * width))
        self.value = held(np.zeros(width * width, dtype=np.int64))
        self.first, self.tails, self.heads = [held(np.zeros(width, dtype=np.int64)) for _ in range(3)]
        self.memo = held(np.zeros(3 * (8 * cost + 64), dtype=np.int64))
        self.mark, self.count, self.best_count, self.cost, self.least = 0, m, m, cost, cost
        self.random = Lehmer(seed)

    def restart(self) -> None:
        """Go on from the best steps so far."""
        self.steps[:] = self.best
        self.count, self.cost = self.best_count, self.least

    def found(self) -> tuple[int, list[Step]]:
        """The least cost so far and the steps that have it."""
        rows = np.array(self.best)[: 3 * self.best_count].reshape(self.best_count, 3).tolist()
        ends = [[self.vertices[k] if k >= 0 else None for k in (p, s)] for p, _, s in rows]
        return self.least, [Step(p, self.vertices[v], s) for (p, s), (_, v, _) in zip(ends, rows, strict=True)]

    def price(self, steps: Any) -> int:
        """The products that steps take, rows (tail, vertex, head); more than a million where there is no room."""
        self.trial = held(np.array(steps, dtype=np.int64).reshape(3 * len(steps)))
        return play(self, len(steps), 1_000_000)


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(k=Int)
def _copy(source: Written, begin: Int, end: Int, target: Written, at: Int) -> cython.void:
    """Copy a stretch of one column into another."""
    for k in range(begin, end):
        target[at + k - begin] = source[k]


@cython.cfunc
@cython.exceptval(check=False)
def _number(s: Player, one: Int, other: Int) -> Int:
    """The number of the value of these two parts: a known one, or a new one."""
    size: Int = len(s.memo) // 3
    key: Int = one * 1073741824 + other
    at: Int = (one * 40503 + other * 9973) % size
    while s.memo[3 * at] == s.mark:
        if s.memo[3 * at + 1] == key:
            return s.memo[3 * at + 2]
        at = (at + 1) % size
    s.memo[3 * at] = s.mark
    s.memo[3 * at + 1] = key
    s.memo[3 * at + 2] = s.fresh
    s.fresh += 1
    return s.fresh - 1


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(side=Int, w=Int, same=cython.bint, apart=cython.bint, some=cython.bint)
def _reunite(s: Player, c: Int, d: Int) -> cython.void:
    """Move the edges of copy d to c where they have the same on one side and different ones on the other."""
    for side in range(2):
        near: Int = s.width if side == 0 else 1
        far: Int = 1 if side == 0 else s.width
        same, apart, some = True, True, False
        for w in range(s.used):
            if s.value[c * near + w * far] != s.value[d * near + w * far]:
                same = False
            if s.value[d * near + w * far] > 0:
                some = True
            if s.value[c * far + w * near] > 0 and s.value[d * far + w * near] > 0:
                apart = False
        if same and apart and some:
            for w in range(s.used):
                if s.value[d * far + w * near] > 0:
                    s.value[c * far + w * near] = s.value[d * far + w * near]
                s.value[d * far + w * near] = 0
                s.value[d * near + w * far] = 0


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(w=Int)
def _look_around(s: Player, c: Int) -> cython.bint:
    """Where the edges into a vertex come from, and where those out of it go; whether there are any of either."""
    s.n_in = s.n_out = 0
    for w in range(s.used):
        if s.value[w * s.width + c] > 0:
            s.tails[s.n_in] = w
            s.n_in += 1
        if s.value[c * s.width + w] > 0:
            s.heads[s.n_out] = w
            s.n_out += 1
    return s.n_in > 0 and s.n_out > 0


@cython.cfunc
@cython.exceptval(check=False)
def _meant(s: Player, wanted: Int, ends: Written, count: Int) -> Int:
    """The vertex at the end of the r-th edge, round and round, where -2 - r is wanted; others are what they are."""
    return wanted if wanted >= ALL else s.first[ends[(-2 - wanted) % count]]


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(i=Int)
def _to_front(s: Player, ends: Written, count: Int, wanted: Int) -> Int:
    """Move the edges to the copies of one vertex to the front, or take all edges: how many they are."""
    found: Int = 0
    for i in range(count):
        w: Int = ends[i]
        if wanted == ALL or s.first[w] == wanted:
            ends[i] = ends[found]
            ends[found] = w
            found += 1
    return found


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(i=Int, j=Int)
def _multiply(s: Player, c: Int, limit: Int) -> cython.void:
    """Multiply the edges into c that take part by those out of it, until the limit is passed."""
    alone: cython.bint = not s.shared and s.used == s.n  # no two products can be equal
    made: Int = 0
    for i in range(s.m_in):
        for j in range(s.m_out):
            at: Int = s.tails[i] * s.width + s.heads[j]
            before: Int = s.fresh
            if alone:
                s.value[at] = s.fresh
                s.fresh += 1
            else:
                made = _number(s, s.value[c * s.width + s.heads[j]], s.value[s.tails[i] * s.width + c])
            s.total += s.fresh - before
            if not alone:
                s.value[at] = _number(s, s.value[at], made + SUM) if s.value[at] > 0 else made
        if s.total > limit:
            break


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(k=Int)
def _take_away(s: Player, c: Int) -> cython.void:
    """Take away the edges of c that have been multiplied by all edges on the other side."""
    if s.m_out == s.n_out:
        for k in range(s.m_in):
            s.value[s.tails[k] * s.width + c] = 0
    if s.m_in == s.n_in:
        for k in range(s.m_out):
            s.value[c * s.width + s.heads[k]] = 0


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(k=Int)
def _split(s: Player, c: Int) -> cython.void:
    """Make a copy of c that has what is left of the edges into c that took part."""
    d: Int = s.used
    s.first[d] = s.first[c]
    for k in range(d + 1):
        s.value[d * s.width + k] = 0
        s.value[k * s.width + d] = 0
    for k in range(s.m_in):
        s.value[s.tails[k] * s.width + d] = s.value[s.tails[k] * s.width + c]
        s.value[s.tails[k] * s.width + c] = 0
    for k in range(s.m_out, s.n_out):
        s.value[d * s.width + s.heads[k]] = s.value[c * s.width + s.heads[k]]
    s.used += 1


@cython.ccall
@cython.locals(k=Int, c=Int, d=Int)
def play(s: Player, count: Int, limit: Int) -> Int:
    """The products that so many steps of the trial take; more than `limit` where they are more than that.

    A step for the r-th edge is made one for the vertex at its end, so a step that stays what it is took nothing.
    """
    _copy(s.start, 0, len(s.start), s.value, 0)
    for k in range(s.n):
        s.first[k] = k
    s.used, s.total, s.fresh = s.n, 0, s.own
    s.mark += 1
    for k in range(count):
        v: Int = s.trial[3 * k + 1]
        for d in range(s.n, s.used):
            for c in range(d):
                if s.first[c] == s.first[d]:
                    _reunite(s, c, d)
        for c in range(v, s.used):  # those that there are before the step
            if s.first[c] == v and _look_around(s, c) and not _step(s, c, k, limit):
                return s.total if s.total > limit else limit + 1
    return s.total


@cython.cfunc
@cython.exceptval(check=False)
def _step(s: Player, c: Int, k: Int, limit: Int) -> cython.bint:
    """Take step k at one copy of its vertex; whether the limit is kept and there is room for another copy."""
    tail: Int = _meant(s, s.trial[3 * k], s.tails, s.n_in)
    head: Int = _meant(s, s.trial[3 * k + 2], s.heads, s.n_out)
    s.trial[3 * k], s.trial[3 * k + 2] = tail, head
    s.m_in, s.m_out = _to_front(s, s.tails, s.n_in, tail), _to_front(s, s.heads, s.n_out, head)
    _multiply(s, c, limit)
    if s.total > limit:
        return False
    if s.m_in == 0 or s.m_out == 0:
        return True
    _take_away(s, c)
    if s.m_in < s.n_in and s.m_out < s.n_out:
        if s.used == s.width:
            return False
        _split(s, c)
    return True


@cython.cfunc
@cython.exceptval(check=False)
def _one_more(s: Player, i: Int, j: Int) -> cython.void:
    """A new partial step at place i, at the vertex of step j; the edges that it takes are drawn."""
    _copy(s.steps, 3 * i, 3 * s.count, s.trial, 3 * i + 3)
    what: Int = s.random.draw() % 3
    tail: Int = s.random.draw()
    head: Int = s.random.draw()
    s.trial[3 * i] = ALL if what == 1 else -2 - tail % 1048576
    s.trial[3 * i + 1] = s.steps[3 * j + 1]
    s.trial[3 * i + 2] = ALL if what == 0 else -2 - head % 1048576


@cython.cfunc
@cython.exceptval(check=False)
def _elsewhere(s: Player, i: Int, j: Int) -> cython.void:
    """Step i at place j."""
    if i < j:
        _copy(s.steps, 3 * i + 3, 3 * j + 3, s.trial, 3 * i)
    else:
        _copy(s.steps, 3 * j, 3 * i, s.trial, 3 * j + 3)
    _copy(s.steps, 3 * i, 3 * i + 3, s.trial, 3 * j)


@cython.cfunc
@cython.exceptval(check=False)
def _changed(s: Player) -> tuple[Int, Int]:
    """Write the steps with one change to `trial`: how many they are, and the place of a new one; -1 for none.

    No steps, 0, where the drawn change cannot be made.
    """
    kind: Int = s.random.draw() % 4
    i: Int = s.random.draw() % s.count
    j: Int = i + s.random.distance(s.count)
    other_way: cython.bint = s.random.draw() % 2 == 0
    if kind > 1 and other_way:
        j = 2 * i - j
    j = min(max(j, 0), s.count - 1)
    _copy(s.steps, 0, 3 * s.count, s.trial, 0)
    if kind == 0:
        if 3 * s.count == len(s.steps):
            return 0, -1
        _one_more(s, i, j)
        return s.count + 1, i
    if kind == 1:
        while i < s.count and s.steps[3 * i] < 0 and s.steps[3 * i + 2] < 0:
            i += 1
        if i == s.count:
            return 0, -1
        _copy(s.steps, 3 * i + 3, 3 * s.count, s.trial, 3 * i)
        return s.count - 1, -1
    if i == j:
        return 0, -1
    _elsewhere(s, i, j)
    return s.count, -1


@cython.locals(_=Int, count=Int, new=Int)
def vary(s: Player, moves: Int, accept: cython.const[Int][::1]) -> None:
    """Try so many moves: a new partial step, one less, or a step at another place.

    A move that costs d more is made where a random number below 2³¹ is below `accept[d]`.
    """
    for _ in range(moves):
        count, new = _changed(s)
        if count == 0:
            continue
        chance: Int = s.random.draw()
        limit: Int = s.cost
        while limit - s.cost + 1 < len(accept) and chance < accept[limit - s.cost + 1]:
            limit += 1
        cost: Int = play(s, count, limit)
        if cost > limit or (new >= 0 and (s.trial[3 * new] < ALL or s.trial[3 * new + 2] < ALL)):
            continue
        s.cost, s.count = cost, count
        _copy(s.trial, 0, 3 * count, s.steps, 0)
        if cost < s.least:
            s.least, s.best_count = cost, count
            _copy(s.trial, 0, 3 * count, s.best, 0)
