"""The road through simplification: rewrite, tidy and factor sums, share parts of sums and products, renumber."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray, Tape, count_operations
from edgewise.simplify.patterns import rulebook
from edgewise.simplify.rules import LEVELS
from edgewise.simplify.sheet import Sheet

__all__ = ["Report", "simplify"]

PASSES = 40
"""Passes of rewriting at a time. One settles nearly everything; the bound is for what moves one level at a time."""

ROUNDS = 12
"""How often sharing and rewriting may make new work for the other stages."""


@dataclass(frozen=True)
class Report:
    """What simplification did: how often each named rule fired, and the operations before and after."""

    level: str
    rules: Mapping[str, int]
    source: tuple[Tape, IntArray]
    result: tuple[Tape, IntArray]

    @cached_property
    def before(self) -> int:
        """Operations of the graph that was given."""
        return count_operations(*self.source)

    @cached_property
    def after(self) -> int:
        """Operations of the graph that was returned: never more."""
        return count_operations(*self.result)

    def __str__(self) -> str:
        lines = [f"{self.before} operations → {self.after} (level {self.level})"]
        lines += [f"  {count:6d} × {name}" for name, count in self.rules.items()]
        return "\n".join(lines)


def simplify(tape: Tape, roots: Iterable[int], keep: IntArray, level: str) -> tuple[Tape, IntArray, Report]:
    """A graph of the same values with fewer operations, the map old → new (-1 where dropped), and the report.

    `roots` are the nodes whose cost counts. `keep` are further nodes that must keep a node of their own value, such as
    each edge's partial and product: they survive even where no root needs them any more, at the end of the list.
    """
    if level not in LEVELS:
        raise InputError(f"there is no simplification level {level!r}", hint=f"use one of {', '.join(LEVELS)}")
    kept = np.zeros(len(tape), dtype=bool)
    kept[list(roots)] = True
    root = np.flatnonzero(kept)
    kept[keep] = True
    sheet = Sheet(tape, root, *rulebook(level))
    sheet.begin()
    for _ in range(ROUNDS):
        if level != LEVELS[0]:
            _repeat(sheet.tidy_sums)
            # Sharing comes last: what is shared can no longer be taken apart and factored.
            if sheet.share():
                continue
        if not _repeat(sheet.rewrite):
            break
    result, new = sheet.finish(kept)
    return result, new, Report(level, sheet.report(), (tape, root), (result, new[root]))


def _repeat(stage: Callable[[], bool]) -> bool:
    """Run a stage until it finds nothing more; whether it found anything."""
    for count in range(PASSES):
        if not stage():
            return count > 0
    return True
