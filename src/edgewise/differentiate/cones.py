"""Which sweeps use which edges, and which wanted nodes they arrive at.

A sweep visits its cone: the nodes that its seed reaches along edges that lead to a wanted node. Sweeps are taken a word
at a time, one bit for each, so that those with a common cone cost as much as one, and a sweep with a small cone costs
that cone alone: time in proportion to the cones of the words, memory to what is found.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from edgewise.differentiate.linearize import Linearized
from edgewise.graph import IntArray, Tape
from edgewise.graph.columns import stable_argsort
from edgewise.native import native

__all__ = ["Flow", "flow_of"]

WORD = 62
"""Sweeps taken at a time: the bits of a machine integer, one of which marks the nodes of the cone."""

SEEN = 1 << WORD

BLOCK = 1 << 16
"""Words that are taken apart at a time."""


@dataclass(frozen=True, eq=False)
class Flow:
    """The edges along which derivatives flow, by source: `target[offset[i]:offset[i+1]]` are those that leave node i.

    `edge` numbers them as the linearised graph does. `down` says that numbers descend along edges (back-propagation).
    """

    offset: IntArray
    target: IntArray
    edge: IntArray
    down: bool

    def items(
        self, nodes: IntArray, sweeps: IntArray, asked: tuple[IntArray, IntArray] | None = None
    ) -> tuple[IntArray, IntArray]:
        """The (sweep, edge) pairs of the sweeps that start at `nodes` (ascending in `sweeps`), sources in their order.

        `asked` are pairs (sweep, node), ascending in the sweep: only edges on the way to them are counted. Without it
        every edge of the cone is.
        """
        if asked is None and not sweeps.any():
            return np.zeros_like(edge := self._one(nodes)), edge
        found: list[tuple[IntArray, IntArray]] = []
        for first, cone, work in self._words(nodes, sweeps, asked):
            place, words = _edges(work.offset, work.target, cone, work.reached, work.needed)
            found.extend(_pairs(first, words, self.edge[place]))
        return _joined(found)

    def _one(self, nodes: IntArray) -> IntArray:
        """The edges of a single sweep, which needs no word and mostly visits every node: one look at each, in order."""
        source = np.repeat(np.arange(len(self.offset) - 1), np.diff(self.offset))
        reached = np.zeros(len(self.offset) - 1, dtype=bool)
        reached[nodes] = True
        _sweep(self.offset, self.target, reached, self.down)
        used = np.flatnonzero(reached[source])
        if self.down:
            used = used[stable_argsort(-source[used])]
        return self.edge[used]

    def arrivals(self, nodes: IntArray, sweeps: IntArray, wanted: IntArray) -> tuple[IntArray, IntArray]:
        """The (sweep, node) pairs of wanted nodes that sweeps arrive at. `wanted` is a mask over the nodes."""
        found: list[tuple[IntArray, IntArray]] = []
        for first, cone, work in self._words(nodes, sweeps, None):
            node, words = _arrivals(wanted, cone, work.reached)
            found.extend(_pairs(first, words, node))
        return _joined(found)

    def _words(
        self, nodes: IntArray, sweeps: IntArray, asked: tuple[IntArray, IntArray] | None
    ) -> Iterator[tuple[int, Any, _Work]]:
        """Word by word: its first sweep, its cone in the order of the flow, and what reaches every node there."""
        work = _Work(self)
        last = int(sweeps[-1]) + 1 if len(sweeps) else 0
        borders = range(0, last + WORD, WORD)
        at = np.searchsorted(sweeps, borders).tolist()
        ask = np.searchsorted(asked[0], borders).tolist() if asked is not None else []
        for k, first in enumerate(borders[:-1]):
            seeds = nodes[at[k] : at[k + 1]]
            if not len(seeds):
                continue
            bits = np.left_shift(1, sweeps[at[k] : at[k + 1]] - first)
            columns = work.offset, work.target
            size = _mark(*columns, seeds, bits, work.reached, work.queue)
            cone = np.sort(work.queue[:size])[:: -1 if self.down else 1].copy()
            _spread(*columns, cone, work.reached)
            if asked is not None:
                wanted, wanting = asked[1][ask[k] : ask[k + 1]], asked[0][ask[k] : ask[k + 1]] - first
                bits = np.left_shift(1, wanting)
                _ask(*columns, cone, wanted, bits, work.needed)
            yield first, cone, work
            _clear(work.reached, cone)


class _Work:
    """The columns of a flow and scratch columns over its nodes."""

    def __init__(self, flow: Flow) -> None:
        n = len(flow.offset) - 1
        self.offset, self.target = flow.offset, flow.target
        self.reached = np.zeros(n, dtype=np.int64)
        self.needed = np.full(n, SEEN - 1, dtype=np.int64)
        self.queue = np.zeros(n, dtype=np.int64)


def flow_of(tape: Tape, lin: Linearized, near: npt.NDArray[np.bool_], down: bool) -> Flow:
    """The flow along the edges that carry a derivative, between the nodes of the mask `near`."""
    source, target = (lin.consumer, lin.parent) if down else (lin.parent, lin.consumer)
    edge = np.flatnonzero(lin.present & near[target])
    if not down:
        edge = edge[stable_argsort(source[edge])]
    offset = np.concatenate(([0], np.cumsum(np.bincount(source[edge], minlength=len(tape)))))
    return Flow(offset, target[edge], edge, down)


def _pairs(first: int, words: IntArray, owner: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """The (sweep, owner) pairs of words whose lowest bit is the sweep `first`, a bounded number of words at a time."""
    for k in range(0, len(words), BLOCK):
        part, mine = words[k : k + BLOCK], owner[k : k + BLOCK]
        if part.max() == 1:
            yield np.full(len(part), first), mine
            continue
        bits = np.unpackbits(part.astype("<i8").view(np.uint8).reshape(-1, 8), axis=1, bitorder="little")
        which, bit = np.nonzero(bits)
        yield bit + first, mine[which]


def _joined(found: list[tuple[IntArray, IntArray]]) -> tuple[IntArray, IntArray]:
    if not found:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
    sweep, other = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return sweep, other


# --- the loops ------------------------------------------------------------------------------------------------------


@native
def _sweep(offset: Any, target: Any, reached: Any, down: bool) -> None:
    """Mark what one sweep reaches from what is marked."""
    n = len(reached)
    for k in range(n):
        i = n - 1 - k if down else k
        if reached[i]:
            for e in range(offset[i], offset[i + 1]):
                reached[target[e]] = True


@native
def _mark(offset: Any, target: Any, seeds: Any, bits: Any, reached: Any, queue: Any) -> int:
    """Seed the sweeps, and collect in `queue` the nodes that they reach; returns their number."""
    size = 0
    for k in range(len(seeds)):
        i = seeds[k]
        if reached[i] == 0:
            queue[size] = i
            size += 1
        reached[i] |= bits[k] | SEEN
    done = 0
    while done < size:
        i = queue[done]
        done += 1
        for e in range(offset[i], offset[i + 1]):
            t = target[e]
            if reached[t] == 0:
                reached[t] = SEEN
                queue[size] = t
                size += 1
    return size


@native
def _spread(offset: Any, target: Any, cone: Any, reached: Any) -> None:
    """Hand the sweeps of every node on to where its edges lead."""
    for k in range(len(cone)):
        i = cone[k]
        for e in range(offset[i], offset[i + 1]):
            reached[target[e]] |= reached[i]


@native
def _ask(offset: Any, target: Any, cone: Any, wanted: Any, bits: Any, needed: Any) -> None:
    """Which sweeps need a node: those that ask for it, or for a node that its edges lead to."""
    for k in range(len(cone)):
        needed[cone[k]] = 0
    for k in range(len(wanted)):
        needed[wanted[k]] = 0
    for k in range(len(wanted)):
        needed[wanted[k]] |= bits[k]
    for k in range(len(cone) - 1, -1, -1):
        i = cone[k]
        for e in range(offset[i], offset[i + 1]):
            needed[i] |= needed[target[e]]


@native
def _edges(offset: Any, target: Any, cone: Any, reached: Any, needed: Any) -> Any:
    """The edges of a cone and the sweeps that use each: those that reach its source and need its target."""
    count = 0
    for k in range(len(cone)):
        count += offset[cone[k] + 1] - offset[cone[k]]
    edges, words = np.empty(count, dtype=np.int64), np.empty(count, dtype=np.int64)
    count = 0
    for k in range(len(cone)):
        i = cone[k]
        word = reached[i] & (SEEN - 1)
        for e in range(offset[i], offset[i + 1]):
            if word & needed[target[e]]:
                edges[count] = e
                words[count] = word & needed[target[e]]
                count += 1
    return edges[:count], words[:count]


@native
def _arrivals(wanted: Any, cone: Any, reached: Any) -> Any:
    """The wanted nodes of a cone and the sweeps that reach each."""
    nodes, words = np.empty(len(cone), dtype=np.int64), np.empty(len(cone), dtype=np.int64)
    count = 0
    for k in range(len(cone)):
        if wanted[cone[k]]:
            nodes[count] = cone[k]
            words[count] = reached[cone[k]] & (SEEN - 1)
            count += 1
    return nodes[:count], words[:count]


@native
def _clear(column: Any, nodes: Any) -> None:
    """Set a scratch column back to 0 at these nodes."""
    for k in range(len(nodes)):
        column[nodes[k]] = 0
