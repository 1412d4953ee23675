"""Which sweeps use which edges, and which nodes they arrive at.

A sweep visits its cone: the nodes that its seeds reach along edges that lead to a wanted node. Sweeps are taken a word
at a time, one bit for each, so that those with a common cone cost as much as one, and a sweep with a small cone costs
that cone alone: time in proportion to the cones of the words, memory to what is found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import cython
import numpy as np

from edgewise.built import held
from edgewise.differentiate.ledger import Asked, Seed
from edgewise.graph import IntArray, Tape, distinct

__all__ = ["Flow"]

Int: TypeAlias = cython.typedef(cython.longlong)
Written: TypeAlias = cython.typedef(cython.longlong[::1])  # whole numbers, to be written
Column: TypeAlias = cython.typedef(cython.const[cython.longlong][::1])  # whole numbers, to be read

WORD = cython.declare(cython.longlong, 62)
"""Sweeps taken at a time: the bits of a machine integer, one of which marks the nodes of the cone."""
SEEN = cython.declare(cython.longlong, 1 << 62)
EVERY = cython.declare(cython.longlong, (1 << 62) - 1)


@cython.cclass
class Flow:
    """The edges along which derivatives flow, by their targets: `edge[offset[j]:offset[j+1]]` arrive at node j.

    They stand in the order of a sweep, `source` beside them: down the numbers (back-propagation) later consumers come
    first, each by its positions, and up the numbers (forward accumulation) a consumer's positions in order.
    `reached[i]` has a bit for each sweep of the word that reaches node i, `needed[i]` for each that needs it.
    """

    down: cython.bint
    n: Int
    offset: Written
    edge: Written
    source: Written
    ahead: Written
    target: Written
    reached: Written
    needed: Written
    seed: Written
    start: Column
    args: Column
    template: Column
    near: cython.const[cython.uchar][::1]

    def __init__(self, tape: Tape, template: IntArray, near: Any, down: bool) -> None:
        """The flow along the edges that carry a derivative, between the nodes of the mask `near`."""
        self.n, self.down = len(tape), down
        self.start, self.args = held(tape.start), held(tape.args)
        self.template, self.near = held(template), held(near.view(np.uint8))
        self.offset, self.edge, self.source = self._grouped(True)
        self.ahead = self.target = held(np.zeros(0, dtype=np.int64))
        self.reached = held(np.zeros(self.n, dtype=np.int64))
        self.needed = held(np.full(self.n, EVERY, dtype=np.int64))
        self.seed = held(np.zeros(0, dtype=np.int64))

    def _grouped(self, arriving: bool) -> tuple[Any, Any, Any]:
        """The edges by the node that they arrive at, or leave: where each node's begin, the edges, their other ends."""
        offset = held(np.zeros(self.n + 2, dtype=np.int64))
        count = _count(self, self.down == arriving, offset)
        edge, end = held(np.empty(count, dtype=np.int64)), held(np.empty(count, dtype=np.int64))
        _group(self, self.down == arriving, offset, edge, end)
        return offset, edge, end

    def items(self, seeds: Sequence[Seed], asked: Asked = None) -> tuple[IntArray, IntArray]:
        """Columns (sweep, edge) of all that arrives, sweep by sweep and target by target; -1 - k for seed k.

        With `asked` only what is on the way to a node that its sweep is asked for.
        """
        parts = [self._by_sweep(first, *found) for first, found in self._words(seeds, asked)]
        if len(parts) == 1:
            return parts[0]
        none = [np.zeros(0, dtype=np.int64)]
        return np.concatenate([part[0] for part in parts] or none), np.concatenate([part[1] for part in parts] or none)

    def count(self, seeds: Sequence[Seed], asked: Asked = None) -> int:
        """How many edges sweeps use: each sweep its own."""
        return sum(_bits(held(edge), held(word)) for _, (edge, word) in self._words(seeds, asked))

    def arrivals(self, seeds: Sequence[Seed], wanted: Sequence[int]) -> tuple[IntArray, IntArray]:
        """The (sweep, node) pairs of wanted nodes that sweeps arrive at."""
        nodes = distinct(np.array(wanted, dtype=np.int64))
        parts = []
        for first, _ in self._words(seeds, None):
            word = np.asarray(self.reached)[nodes]
            there = np.flatnonzero(word)
            parts.append(self._by_sweep(first, nodes[there], word[there]))
        none = [np.zeros(0, dtype=np.int64)]
        return np.concatenate([part[0] for part in parts] or none), np.concatenate([part[1] for part in parts] or none)

    def _by_sweep(self, first: int, owner: IntArray, word: IntArray) -> tuple[IntArray, IntArray]:
        """The (sweep, owner) pairs of words whose lowest bit is the sweep `first`, sweep by sweep."""
        if not len(word) or word.max() == 1:
            return np.full(len(owner), first, dtype=np.int64), owner
        at = np.zeros(WORD + 2, dtype=np.int64)
        _count_bits(held(word), held(at))
        np.cumsum(at, out=at)
        sweep = np.repeat(np.arange(first, first + WORD), np.diff(at[1:]))
        found = np.empty(at[WORD + 1], dtype=np.int64)
        _sort_bits(held(owner), held(word), held(at), held(found))
        return sweep, found

    def _words(self, seeds: Sequence[Seed], asked: Asked) -> Iterator[tuple[int, tuple[IntArray, IntArray]]]:
        """Word by word its first sweep, and what arrives anywhere with the sweeps in which it does."""
        near = self.near
        started: dict[int, list[int]] = {}
        for k in range(len(seeds)):
            if near[seeds[k].node]:
                started.setdefault(seeds[k].sweep // WORD, []).append(k)
        single = asked is None and all(seed.sweep == 0 for seed in seeds)
        if started:
            self.seed = held(np.zeros(self.n, dtype=np.int64))
        for number, own in sorted(started.items()):
            first = number * WORD
            places = [seeds[k].node for k in own]
            bits = [1 << seeds[k].sweep - first for k in own]
            cone = np.arange(self.n)[:: -1 if self.down else 1].copy() if single else self._cone(places)
            if asked is not None:
                one, last = np.searchsorted(asked[0], (first, first + WORD)).tolist()
                wanting = np.left_shift(1, asked[0][one:last] - first)
                _ask(self, held(cone), held(np.ascontiguousarray(asked[1][one:last])), held(wanting))
            yield first, self._arriving(cone, own, places, bits)
            _clear(self, held(cone))

    def _cone(self, places: list[int]) -> IntArray:
        """What is reached from some nodes, in the order of the sweep."""
        if not len(self.ahead):
            self.ahead, _, self.target = self._grouped(False)
        queue = np.empty(self.n, dtype=np.int64)
        found = np.sort(queue[: _mark(self, held(np.array(places, dtype=np.int64)), held(queue))])
        return found[::-1].copy() if self.down else found

    def _arriving(
        self, cone: IntArray, own: list[int], places: list[int], bits: list[int]
    ) -> tuple[IntArray, IntArray]:
        """What arrives at the nodes of a cone: seeds (as -1 - k), then edges, and the sweeps in which it does."""
        waiting, word_of = held(np.array(own, dtype=np.int64)), held(np.array(bits, dtype=np.int64))
        following = held(np.zeros(len(own), dtype=np.int64))
        for k in range(len(own) - 1, -1, -1):  # those that start at one node are linked, the first of them in front
            following[k] = self.seed[places[k]]
            self.seed[places[k]] = k + 1
        room = _room(self, held(cone)) + len(own)
        edge, word = np.empty(room, dtype=np.int64), np.empty(room, dtype=np.int64)
        count = _pull(self, held(cone), waiting, word_of, following, held(edge), held(word))
        for place in places:
            self.seed[place] = 0
        return edge[:count], word[:count]


# --- the loops ------------------------------------------------------------------------------------------------------


@cython.cfunc
@cython.exceptval(check=False)
def _carries(f: Flow, node: Int, edge: Int) -> cython.bint:
    """Whether an edge into a node carries a derivative to where it is wanted."""
    return f.template[edge] >= 0 and f.near[f.args[edge] if f.down else node] != 0


@cython.cfunc
@cython.locals(node=Int, edge=Int)
def _count(f: Flow, by_parent: cython.bint, offset: Written) -> Int:
    """Where the edges of each node would begin, one place further on; how many there are."""
    for node in range(f.n):
        for edge in range(f.start[node], f.start[node + 1]):
            if _carries(f, node, edge):
                offset[(f.args[edge] if by_parent else node) + 2] += 1
    for node in range(f.n):
        offset[node + 2] += offset[node + 1]
    return offset[f.n + 1]


@cython.cfunc
@cython.locals(edge=Int, k=Int)
def _group(f: Flow, by_parent: cython.bint, offset: Written, found: Written, end: Written) -> cython.void:
    """Put every edge with its node, consumers in the order of a sweep; `offset` is then where each node's begin."""
    for k in range(f.n):
        node: Int = f.n - 1 - k if f.down else k
        for edge in range(f.start[node], f.start[node + 1]):
            if _carries(f, node, edge):
                key: Int = (f.args[edge] if by_parent else node) + 1
                found[offset[key]] = edge
                end[offset[key]] = node if by_parent else f.args[edge]
                offset[key] += 1


@cython.locals(k=Int)
def _mark(f: Flow, places: Written, queue: Written) -> int:
    """Collect in `queue` what is reached from these nodes; how many they are."""
    size: Int = 0
    done: Int = 0
    for k in range(len(places)):
        if f.reached[places[k]] == 0:
            f.reached[places[k]] = SEEN
            queue[size] = places[k]
            size += 1
    while done < size:
        node: Int = queue[done]
        done += 1
        for k in range(f.ahead[node], f.ahead[node + 1]):
            if f.reached[f.target[k]] == 0:
                f.reached[f.target[k]] = SEEN
                queue[size] = f.target[k]
                size += 1
    return size


@cython.locals(k=Int, q=Int)
def _ask(f: Flow, cone: Column, wanted: Column, bits: Column) -> None:
    """Which sweeps need a node: those that ask for it, or for a node that its edges lead to."""
    for k in range(len(cone)):
        f.needed[cone[k]] = 0
    for k in range(len(wanted)):
        f.needed[wanted[k]] = 0
    for k in range(len(wanted)):
        f.needed[wanted[k]] |= bits[k]
    for k in range(len(cone) - 1, -1, -1):
        node: Int = cone[k]
        for q in range(f.offset[node], f.offset[node + 1]):
            f.needed[f.source[q]] |= f.needed[node]


@cython.locals(k=Int)
def _room(f: Flow, cone: Column) -> int:
    """How many edges arrive at the nodes of a cone."""
    count: Int = 0
    for k in range(len(cone)):
        count += f.offset[cone[k] + 1] - f.offset[cone[k]]
    return count


@cython.locals(k=Int)
def _pull(f: Flow, cone: Column, own: Column, bits: Column, following: Column, edges: Written, words: Written) -> int:
    """Each node of a cone takes what its edges hand on: write down what arrives; how much that is."""
    count: Int = 0
    for k in range(len(cone)):
        node: Int = cone[k]
        here: Int = 0
        q: Int = f.seed[node]
        while q > 0:
            here |= bits[q - 1]
            edges[count] = -1 - own[q - 1]
            words[count] = bits[q - 1]
            count += 1
            q = following[q - 1]
        for q in range(f.offset[node], f.offset[node + 1]):
            word: Int = f.reached[f.source[q]] & f.needed[node] & EVERY
            if word:
                here |= word
                edges[count] = f.edge[q]
                words[count] = word
                count += 1
        f.reached[node] = here
    return count


@cython.locals(k=Int)
def _clear(f: Flow, nodes: Column) -> None:
    """Nothing is reached any more."""
    for k in range(len(nodes)):
        f.reached[nodes[k]] = 0


@cython.locals(k=Int)
def _bits(edge: Column, word: Column) -> int:
    """How many bits the words of edges have, those of seeds aside."""
    count: Int = 0
    for k in range(len(word)):
        left: Int = word[k] if edge[k] >= 0 else 0
        while left:
            left &= left - 1
            count += 1
    return count


@cython.locals(k=Int)
def _count_bits(word: Column, at: Written) -> None:
    """Count how often each bit is set, two places further on."""
    for k in range(len(word)):
        left: Int = word[k]
        bit: Int = 2
        while left:
            if left & 1:
                at[bit] += 1
            left >>= 1
            bit += 1


@cython.locals(k=Int)
def _sort_bits(owner: Column, word: Column, at: Written, found: Written) -> None:
    """Put the owner of every word where each of its bits begins."""
    for k in range(len(word)):
        left: Int = word[k]
        bit: Int = 1
        while left:
            if left & 1:
                found[at[bit]] = owner[k]
                at[bit] += 1
            left >>= 1
            bit += 1
