"""The road through simplification: settle, factor and share sums and products, settle again, renumber."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray, Tape, count_operations
from edgewise.simplify.patterns import rulebook
from edgewise.simplify.rules import LEVELS
from edgewise.simplify.settle import settle
from edgewise.simplify.sheet import Sheet

__all__ = ["Report", "simplify"]


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
    each edge's partial and product: they survive even where no root needs them any more.
    """
    if level not in LEVELS:
        raise InputError(f"there is no simplification level {level!r}", hint=f"use one of {', '.join(LEVELS)}")
    book = rulebook(level)
    kept = np.zeros(len(tape), dtype=bool)
    kept[list(roots)] = True
    root = np.flatnonzero(kept)
    kept[keep] = True
    sheet = Sheet(tape, root, np.flatnonzero(kept))
    settle(sheet, book, level)
    sheet.compact()
    return _finished(sheet, root, level)


def _finished(sheet: Sheet, root: IntArray, level: str) -> tuple[Tape, IntArray, Report]:
    """The compact sheet as a graph again."""
    tape, new = sheet.tape, sheet.origin
    has = (sheet.args >= 0).T
    result = replace(
        tape,
        ops=sheet.ops.astype(np.uint16),
        start=np.concatenate(([0], np.cumsum(has.sum(axis=1)))),
        args=sheet.args.T[has],
        **{**tape.moved(new), "attrs": _attrs(sheet)},
    )
    rules = dict(sorted(sheet.counts.items(), key=lambda item: (-item[1], item[0])))
    return result, new, Report(level, rules, (tape, root), (result, new[root]))


def _attrs(sheet: Sheet) -> dict[int, object]:
    names = {int(i): sheet.tape.attrs[j] for i, j in zip(sheet.inputs, sheet.tape.inputs, strict=True)}
    rows = np.flatnonzero(sheet.attr)
    return names | {i: sheet.values[a] for i, a in zip(rows.tolist(), sheet.attr[rows].tolist(), strict=True)}
