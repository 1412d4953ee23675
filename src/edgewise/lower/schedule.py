"""In which order to compute, which value lives how long, which register holds it, and where to cut.

A program for a machine is more than a list of nodes: values are held in registers that are used again after the last
reading, and what a compiler would choke on is cut into parts. Every pass is one loop over the nodes (see `registers`).
"""

from __future__ import annotations

from collections.abc import Sequence
from operator import itemgetter
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.graph import IntArray, Tape, depths, stable_argsort
from edgewise.lower.registers import assign_registers, depth_first, live_ranges, register_needs

__all__ = ["PART", "Schedule", "schedule"]

PART: Final = 400
"""Operations in a part, about: up to such a length, LLVM takes time in proportion, and a longer one runs no faster."""

Mask = npt.NDArray[np.bool_]


class Schedule(NamedTuple):
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


def schedule(tape: Tape, order: npt.ArrayLike, results: Sequence[int]) -> Schedule:
    """The given order, or the first of two others that holds fewer values at once.

    Depth first: what each result needs, the argument that needs more registers before the other (Sethi and Ullman, The
    generation of optimal code for arithmetic expressions, J. ACM 17, 1970, exact for trees). Breadth first: by distance
    from the inputs, which runs the two sweeps of a gradient side by side where they do not wait for each other, and a
    processor overlaps them.
    """
    given = np.asarray(order, dtype=np.int64)
    is_result = np.zeros(len(tape), dtype=bool)
    is_result[list(results)] = True
    work = np.zeros(len(tape), dtype=bool)
    work[given] = True
    levels = depths(held(tape.start), held(tape.args), held(work.view(np.uint8)))
    candidates = [given, given[stable_argsort(levels[given])], _depth_first(tape, given, work, results)]
    peak, found, last, alive = min((_ranges(tape, found, is_result) for found in candidates), key=itemgetter(0))
    slot = np.where(work & ~is_result, 0, -1)
    slots = assign_registers(held(tape.start), held(tape.args), held(found), held(last), held(slot))
    return Schedule(found, last, slot, slots, peak, alive)


def _ranges(tape: Tape, order: IntArray, is_result: Mask) -> tuple[int, IntArray, IntArray, IntArray]:
    """The most values held at once, and the order with the place of each node's last reading and what is held."""
    last, alive = np.full(len(tape), -1), np.zeros(len(order) + 1, dtype=np.int64)
    columns = (tape.start, tape.args, order, is_result.view(np.uint8), last, alive)
    return live_ranges(*map(held, columns)), order, last, alive


def _depth_first(tape: Tape, given: IntArray, work: Mask, results: Sequence[int]) -> IntArray:
    start, args, need = held(tape.start), held(tape.args), np.zeros(len(tape), dtype=np.int64)
    register_needs(start, args, held(given), held(need))
    order = np.zeros(len(given), dtype=np.int64)
    state = np.where(work, 0, 2).astype(np.uint8)
    roots = np.fromiter(dict.fromkeys(results), dtype=np.int64)
    depth_first(start, args, held(need), held(state), held(roots), held(order))
    return order
