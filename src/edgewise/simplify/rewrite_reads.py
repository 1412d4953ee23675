"""Who reads what in a graph that is about to be written anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from edgewise.graph import IntArray, Tape
from edgewise.ops import CODE
from edgewise.simplify.pattern_trees import FAMILIES
from edgewise.simplify.rewrite_nodes import INDEX

__all__ = ["Reads", "reads_of"]

SUB = CODE["sub"]


class Reads(NamedTuple):
    """Of each node how often it is read, how often by slices, whether it is the root of a sum or product, and whether
    a result needs it.
    """

    all: list[int]
    slices: list[int]
    tops: list[bool]
    needed: list[bool]


def reads_of(tape: Tape, roots: Sequence[int]) -> Reads:
    """The reads of what some nodes need, and of themselves."""
    live, consumers = tape.live(roots), tape.edge_consumers()
    reads = np.bincount(tape.args[live[consumers]], minlength=len(tape))
    np.add.at(reads, np.asarray(roots, dtype=np.int64), 1)
    kind = np.zeros(1 << 16, dtype=np.int64)
    for code, family in FAMILIES.items():
        kind[code] = family.plus
    own, inner = kind[tape.ops], np.zeros(len(tape), dtype=bool)
    same = live[consumers] & (own[consumers] == own[tape.args]) & (reads[tape.args] == 1)
    inner[tape.args[same]] = True
    _gathered(tape, reads)
    slices = np.bincount(tape.args[live[consumers] & (tape.ops[consumers] == INDEX)], minlength=len(tape))
    return Reads(reads.tolist(), slices.tolist(), ((own > 0) & ~inner).tolist(), live.tolist())


def _gathered(tape: Tape, reads: IntArray) -> None:
    """Give the first of equal differences the reads of all: rules ask who else reads one before the others are met.

    -(x - m) does not become m - x where x - m is written a second time.
    """
    first, name = dict[Any, int](), list(range(len(tape)))
    for i, code, args in tape.rows():
        if args:
            at = name[i] = first.setdefault((code, *[name[j] for j in args], tape.attrs.get(i)), i)
            if at != i and code == SUB:
                reads[at] += reads[i]
                reads[i] = 0
