"""The road through simplification: rewrite, tidy and factor sums, merge what is equal, share parts, renumber."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray, Tape, count_operations
from edgewise.simplify.expand import BOUNDS, multiplied_out
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


def simplify(
    tape: Tape, roots: Iterable[int], keep: IntArray, level: str, *, expand: bool = False
) -> tuple[Tape, IntArray, Report]:
    """A graph of the same values with fewer operations, the map old → new (-1 where dropped), and the report.

    `roots` are the nodes whose cost counts. `keep` are further nodes that must keep a node of their own value, such as
    each edge's partial and product: they survive even where no root needs them any more, at the end of the list. With
    `expand` the result is multiplied out and simplified again, and what takes the fewest operations is returned.
    """
    if level not in LEVELS:
        raise InputError(f"there is no simplification level {level!r}", hint=f"use one of {', '.join(LEVELS)}")
    if expand and level == LEVELS[0]:
        raise InputError('multiplying out changes rounding, and level "exact" keeps it', hint='use level="real"')
    root, kept = np.unique(list(roots)).astype(np.int64), np.asarray(keep, dtype=np.int64)
    result, new, rules = _settled(tape, root, kept, level)
    best, fewest = (result, new, rules), count_operations(result, new[root])
    for bounds in BOUNDS if expand else ():
        wide, moved, count = multiplied_out(result, np.concatenate((new[root], new[kept])), *bounds)
        if not count:
            continue
        again, newest, more = _settled(wide, np.unique(moved[new[root]]), moved[new[kept]], level)
        operations = count_operations(again, newest[moved[new[root]]])
        if operations < fewest:
            way = np.full(len(tape), -1, dtype=np.int64)
            some = np.flatnonzero(new >= 0)
            some = some[moved[new[some]] >= 0]
            way[some] = newest[moved[new[some]]]
            best, fewest = (again, way, _added(rules, {"multiplied out": count}, more)), operations
    result, new, rules = best
    return result, new, Report(level, rules, (tape, root), (result, new[root]))


def _settled(tape: Tape, root: IntArray, keep: IntArray, level: str) -> tuple[Tape, IntArray, dict[str, int]]:
    """The graph when no stage finds anything more, the map, and how often each rule fired."""
    kept = np.zeros(len(tape), dtype=bool)
    kept[root] = kept[keep] = True
    sheet = Sheet(tape, root, *rulebook(level))
    given = sheet.operations
    sheet.begin()
    changed, merged, shared = True, False, False
    for _ in range(ROUNDS):
        if level != LEVELS[0]:
            tidied = _repeat(sheet.tidy_sums)
            if not (changed or tidied or merged):
                break
            merged = (not merged or tidied) and sheet.merge()
            if merged:
                continue
            # Sharing comes last: what is shared can no longer be taken apart and factored.
            shared = sheet.share()
        changed = _repeat(sheet.rewrite)
        if not (changed or shared):
            break
    if sheet.operations > given:
        # What is shared is chosen before it is known what else it would have met: very seldom that costs more.
        return _settled(tape, root, keep, LEVELS[0])
    return *sheet.finish(kept), sheet.report()


def _added(*counts: Mapping[str, int]) -> dict[str, int]:
    """Counts of rules put together, the most frequent first."""
    total: Counter[str] = Counter()
    for count in counts:
        total.update(count)
    return dict(sorted(total.items(), key=lambda item: (-item[1], item[0])))


def _repeat(stage: Callable[[], bool]) -> bool:
    """Run a stage until it finds nothing more; whether it found anything."""
    for count in range(PASSES):
        if not stage():
            return count > 0
    return True
