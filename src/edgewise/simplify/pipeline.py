"""The road through simplification: settle, factor and share sums and products, settle again, renumber."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray, Tape
from edgewise.simplify.patterns import rulebook
from edgewise.simplify.rules import LEVELS
from edgewise.simplify.settle import settle
from edgewise.simplify.sheet import Sheet

__all__ = ["Report", "simplify"]


@dataclass(frozen=True, slots=True)
class Report:
    """What simplification did: how often each named rule fired, and the operations before and after."""

    level: str
    before: int
    after: int
    rules: Mapping[str, int]

    def __str__(self) -> str:
        lines = [f"{self.before} operations → {self.after} (level {self.level})"]
        lines += [f"  {count:6d} × {name}" for name, count in self.rules.items()]
        return "\n".join(lines)


def simplify(tape: Tape, roots: Iterable[int], keep: Iterable[int], level: str) -> tuple[Tape, IntArray, Report]:
    """A graph of the same values with fewer operations, the map old → new (-1 where dropped), and the report.

    `roots` are the nodes whose cost counts. `keep` are further nodes that must keep a node of their own value, such as
    each edge's partial and product: they survive even where no root needs them any more.
    """
    if level not in LEVELS:
        raise InputError(f"there is no simplification level {level!r}", hint=f"use one of {', '.join(LEVELS)}")
    book = rulebook(level)
    root = np.unique(np.array(list(roots), dtype=np.int64))
    kept = np.union1d(root, np.array(list(keep), dtype=np.int64))
    sheet = Sheet(tape, root, kept)
    before = sheet.operations()
    settle(sheet, book)
    sheet.compact()
    return _finished(sheet, before, level)


def _finished(sheet: Sheet, before: int, level: str) -> tuple[Tape, IntArray, Report]:
    """The compact sheet as a graph again."""
    tape, new = sheet.tape, sheet.origin
    has = sheet.args >= 0
    result = replace(
        tape,
        ops=sheet.ops,
        start=np.concatenate(([0], np.cumsum(has.sum(axis=1)))),
        args=sheet.args[has],
        **{**tape.moved(new), "attrs": {i: sheet.values[a] for i, a in enumerate(sheet.attr.tolist()) if a}},
    )
    rules = dict(sorted(sheet.counts.items(), key=lambda item: (-item[1], item[0])))
    return result, new, Report(level, before, sheet.operations(), rules)
