"""In which order to compute, which value lives how long, which register holds it, and where to cut.

A program for a machine is more than a list of nodes: values are held in registers that are used again after the last
reading, and what a compiler would choke on is cut into parts. Every pass is one loop over the nodes.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.graph import IntArray, Tape
from edgewise.graph.columns import stable_argsort
from edgewise.native import native

__all__ = ["PART", "Part", "Schedule", "schedule"]

PART: Final = 400
"""Operations in a part, about: up to such a length, LLVM takes time in proportion, and a longer one runs no faster."""

Mask = npt.NDArray[np.bool_]


class Part(NamedTuple):
    """Operations `order[start:stop]`, the computed nodes that they read from earlier parts, and those handed over."""

    start: int
    stop: int
    reads: IntArray
    hands_over: IntArray


@dataclass(frozen=True, eq=False)
class Schedule:
    """An order of computing with live ranges, registers and parts.

    `order`: the nodes to compute. `last[node]`: the place in `order` of the last operation that reads the node;
    `len(order)` for a result, which is held to the end; -1 for a node that nothing reads. `slot[node]`: the register of
    a value in between, -1 for inputs, constants and results, which have places of their own. `slots`: how many
    registers there are. `peak_live`: the most computed values held at once, results included.
    """

    order: IntArray
    last: IntArray
    slot: IntArray
    slots: int
    peak_live: int
    alive: IntArray
    """How many values in between are held across the border before each operation."""

    def cuts(self, size: int = PART) -> IntArray:
        """The borders of parts of about `size` operations, where few values are held: [0, …, len(order)]."""
        n, cuts = len(self.order), [0]
        while n - cuts[-1] > size + size // 2:
            low, high = cuts[-1] + size - size // 4, cuts[-1] + size + size // 4 + 1
            cuts.append(low + int(np.argmin(self.alive[low:high])))
        return np.array([*cuts, n], dtype=np.int64)

    def parts(self, tape: Tape, size: int = PART) -> tuple[Part, ...]:
        """The parts between `cuts(size)`, with what each reads of the others.

        >>> from edgewise import parse
        >>> program = parse("sin(x)*y + exp(sin(x))").program()
        >>> for part in program.schedule.parts(program.tape, 2):
        ...     print(part.start, part.stop, part.reads, part.hands_over)
        0 2 [] [3]
        2 5 [3] []
        """
        cuts = self.cuts(size)
        part = np.full(len(tape), -1)
        part[self.order] = np.repeat(np.arange(len(cuts) - 1), np.diff(cuts))
        consumer = tape.edge_consumers()
        crossing = (part[consumer] > part[tape.args]) & (part[tape.args] >= 0)
        reader, node = part[consumer[crossing]], tape.args[crossing]
        read = np.unique(reader * len(tape) + node)
        given = np.unique(node)
        given = given[np.argsort(part[given], kind="stable")]
        places = np.arange(len(cuts))
        reads, gives = np.searchsorted(read, places * len(tape)), np.searchsorted(part[given], places)
        return tuple(
            Part(a, b, read[reads[k] : reads[k + 1]] % len(tape), given[gives[k] : gives[k + 1]])
            for k, (a, b) in enumerate(itertools.pairwise(cuts.tolist()))
        )


def schedule(tape: Tape, order: npt.ArrayLike, results: Sequence[int]) -> Schedule:
    """The given order, or the first of two others that holds fewer values at once.

    Depth first: what each result needs, the argument that needs more registers before the other (Sethi and Ullman, The
    generation of optimal code for arithmetic expressions, J. ACM 17, 1970, exact for trees). Breadth first: by distance
    from the inputs, which runs the two sweeps of a gradient side by side where they do not wait for each other, and a
    processor overlaps them.
    """
    given = np.asarray(order, dtype=np.int64)
    held = np.zeros(len(tape), dtype=bool)
    held[list(results)] = True
    roots = np.fromiter(dict.fromkeys(results), dtype=np.int64)
    work = np.zeros(len(tape), dtype=bool)
    work[given] = True
    levels, need = _levels(tape.start, tape.args, work)
    orders = [
        given,
        given[stable_argsort(levels[given])],
        _depth_first(tape.start, tape.args, work, need, roots, len(given)),
    ]
    peaks = [_peak(tape, found, held) for found in orders]
    return _scheduled(tape, orders[int(np.argmin(peaks))], held)


def _ranges(tape: Tape, order: IntArray, held: Mask) -> tuple[IntArray, IntArray]:
    """The place of each node in the order, and the place of its last reader."""
    place = np.full(len(tape), -1)
    place[order] = np.arange(len(order))
    last = np.full(len(tape), -1)
    np.maximum.at(last, tape.args, place[tape.edge_consumers()])
    last[held] = len(order)
    return place, last


def _peak(tape: Tape, order: IntArray, held: Mask) -> int:
    place, last = _ranges(tape, order, held)
    return int(_held(place[order], last[order], len(order)).max(initial=0))


def _scheduled(tape: Tape, order: IntArray, held: Mask) -> Schedule:
    place, last = _ranges(tape, order, held)
    peak = int(_held(place[order], last[order], len(order)).max(initial=0))
    between = (place >= 0) & ~held
    nodes = order[between[order]]
    alive = _held(place[nodes], last[nodes], len(order))
    slot, slots = _registered(order, tape.start, tape.args, last, between)
    return Schedule(order, last, slot, int(slots), peak, alive)


def _held(begin: IntArray, end: IntArray, count: int) -> IntArray:
    """How many of the ranges (begin, end] hold each border; a value that is read last makes room for what is made."""
    change = np.zeros(count + 2, dtype=np.int64)
    change += np.bincount(begin + 1, minlength=count + 2)
    change -= np.bincount(end + 1, minlength=count + 2)[: count + 2]
    return np.cumsum(change)[: count + 1]


@native
def _registered(order: Any, start: Any, args: Any, last: Any, between: Any) -> Any:
    """Linear scan: each value takes the register that was freed most recently, or a new one."""
    slot = np.full(len(between), -1, dtype=np.int64)
    free = np.zeros(len(order) + 1, dtype=np.int64)
    n_free, fresh = 0, 0
    for place in range(len(order)):
        i = order[place]
        for e in range(start[i], start[i + 1]):
            j = args[e]
            if between[j] and last[j] == place:
                seen = False  # x*x frees x once
                for before in range(start[i], e):
                    if args[before] == j:
                        seen = True
                if not seen:
                    free[n_free] = slot[j]
                    n_free += 1
        if between[i]:
            if n_free > 0:
                n_free -= 1
                slot[i] = free[n_free]
            else:
                slot[i] = fresh
                fresh += 1
    return slot, fresh


@native
def _levels(start: Any, args: Any, work: Any) -> Any:
    """Of each node: the operations on its longest way from the inputs, and the registers that its tree needs."""
    level = np.zeros(len(work), dtype=np.int64)
    need = np.zeros(len(work), dtype=np.int64)
    for i in range(len(work)):
        if work[i]:
            most, ties, deepest = 0, 0, 0
            for e in range(start[i], start[i + 1]):
                here = need[args[e]]
                deepest = max(deepest, level[args[e]])
                if here > most:
                    most, ties = here, 0
                elif here == most and here > 0:
                    ties += 1
            level[i] = deepest + 1
            need[i] = max(most + ties, 1)
    return level, need


@native
def _depth_first(start: Any, args: Any, work: Any, need: Any, roots: Any, count: int) -> Any:
    """What the roots need in postorder: arguments that need more registers first, each node once."""
    order = np.zeros(count, dtype=np.int64)
    done = np.zeros(len(work), dtype=np.int64)
    stack = np.zeros(len(args) + len(roots) + 1, dtype=np.int64)
    found = 0
    for root in roots:
        top = 0
        stack[0] = root
        while top >= 0:
            i = stack[top]
            if not work[i] or done[i] == 2:
                top -= 1
            elif done[i] == 1:
                done[i] = 2
                order[found] = i
                found += 1
                top -= 1
            else:
                done[i] = 1
                base = top
                for e in range(start[i], start[i + 1]):
                    j = args[e]
                    if work[j] and done[j] == 0:
                        # Insert so that the greatest need ends on top of the stack; ties keep their order.
                        k = top
                        while k > base and need[stack[k]] >= need[j]:
                            stack[k + 1] = stack[k]
                            k -= 1
                        stack[k + 1] = j
                        top += 1
    return order
