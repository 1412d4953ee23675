"""The road through simplification: rewrite, tidy and factor sums, merge what is equal, share parts, renumber."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import IntArray, Tape, count_operations, distinct
from edgewise.progress import Bar
from edgewise.shown import shown
from edgewise.simplify.infinities import computes_with_infinity
from edgewise.simplify.rulebook import rulebook
from edgewise.simplify.rules import LEVELS, added
from edgewise.simplify.scalars.expand import BOUNDS, multiplied_out
from edgewise.simplify.scalars.history import Frame, History, Rewrite
from edgewise.simplify.scalars.observer import LARGE, Observer, OnBar
from edgewise.simplify.scalars.paired_terms import PairedTerms

__all__ = ["Report", "check_level", "simplify"]

PASSES = 40
"""Passes of rewriting at a time. One settles nearly everything; the bound is for what moves one level at a time."""

ROUNDS = 24
"""How often sharing and rewriting may make new work for the other stages."""

MULTIPLIED = "multiplied out"
"""The name of what `expand` does to a whole graph."""


@shown
@dataclass(frozen=True, eq=False, repr=False)
class Report:
    """What simplification did: how often each named rule fired, and the operations before and after.

    `interrupted` says that Ctrl-C ended it early: the graph has the same values, and may become simpler still.
    """

    level: str
    rules: Mapping[str, int]
    source: tuple[Tape, IntArray]
    result: tuple[Tape, IntArray]
    expand: bool = False
    interrupted: bool = False
    stepwise: bool = True
    """Whether it was done rewrite by rewrite; a graph of tensors is written anew as a whole."""

    def __getstate__(self) -> dict[str, Any]:
        # The steps can be found again.
        return {name: value for name, value in self.__dict__.items() if name != "rewrites"}

    @cached_property
    def before(self) -> int:
        """Operations of the graph that was given."""
        return count_operations(*self.source)

    @cached_property
    def after(self) -> int:
        """Operations of the graph that was returned: more only for signs of stable forms, or to save work."""
        return count_operations(*self.result)

    @cached_property
    def rewrites(self) -> list[Rewrite]:
        """Every step in its order: `.rules` by name, and the graphs `.before` and `.after` it.

        The graph is simplified once more for this, with somebody looking on: it takes the same steps. A tensor graph is
        written anew as a whole, in no steps.

        >>> from edgewise import parse
        >>> for step in parse("1*x + sin(y)**2 + sin(y)**2").simplify().report.rewrites:
        ...     print(step)
        <multiply by one: 7 → 6 operations>
        <common subexpression: 6 → 5 operations>
        <common subexpression: 5 → 4 operations>
        <signs gathered or like terms in a sum, constant folding: 4 → 4 operations>
        """
        if not self.stepwise:
            return []
        tape, root = self.source
        return _simplified(tape, root, root[:0], self.level, self.expand, lambda way: History(root, way)).rewrites

    def __repr__(self) -> str:
        early = ", interrupted" if self.interrupted else ""
        lines = [f"{self.before} operations → {self.after} (level {self.level}{early})"]
        lines += [f"  {count:6d} × {name}" for name, count in self.rules.items()]
        return "\n".join(lines)


def simplify(
    tape: Tape,
    roots: Iterable[int],
    keep: IntArray,
    level: str,
    *,
    expand: bool = False,
    progress: bool | None = None,
) -> tuple[Tape, IntArray, Report]:
    """A graph of the same values with fewer operations, the map old → new (-1 where dropped), and the report.

    `roots` are the nodes whose cost counts. `keep` are further nodes that must keep a node of their own value, such as
    each edge's partial and product: they survive even where no root needs them any more, at the end of the list. With
    `expand` the result is multiplied out, its products are planned anew, and what takes the fewest operations is
    returned.

    Where an infinite constant takes part in arithmetic only exact rules apply. A large graph shows a progress bar (see
    `Bar` for `progress`), and an interrupt keeps what has been reached.
    """
    check_level(level)
    if expand and level == LEVELS[0]:
        raise InputError('multiplying out changes rounding, and level "exact" keeps it', hint='use level="real"')
    if computes_with_infinity(tape):
        level, expand = LEVELS[0], False
    large = len(tape) >= LARGE
    try:
        root = np.array(sorted(set(roots)), dtype=np.int64)
        with Bar("simplification", progress if large or progress else False) as bar:
            observing = lambda _: OnBar(bar) if large or progress else Observer()
            made = _simplified(tape, root, np.asarray(keep, dtype=np.int64), level, expand, observing)
    except KeyboardInterrupt:  # before the first pass, or while the result is written down
        if not large:
            raise
        root, made = np.array(sorted(set(roots)), dtype=np.int64), _Made(tape, np.arange(len(tape)), {}, [], True)
    report = Report(level, made.rules, (tape, root), (made.tape, made.new[root]), expand, made.interrupted)
    return made.tape, made.new, report


def check_level(level: str) -> None:
    """An InputError where there is no such level."""
    if level not in LEVELS:
        raise InputError(f"there is no simplification level {level!r}", hint=f"use one of {', '.join(LEVELS)}")


class _Made(NamedTuple):
    """A simplified graph, the way to it, and how it came about."""

    tape: Tape
    new: IntArray
    rules: dict[str, int]
    rewrites: list[Rewrite]
    interrupted: bool


def _simplified(
    tape: Tape, root: IntArray, keep: IntArray, level: str, expand: bool, observing: Callable[[IntArray], Observer]
) -> _Made:
    """The shortest graph found. `observing` gives the observer, for the way from `tape` to what is simplified."""
    best = settled = _settled(tape, root, keep, level, observing(np.arange(len(tape))))
    if not expand:
        return settled
    interrupted = settled.interrupted

    def settle(made: _Made, rule: str, count: int, wide: Tape, moved: IntArray) -> _Made:
        """What becomes of a graph that was made and then written in another way."""
        way = np.where(made.new >= 0, moved[made.new], -1)
        more = _settled(wide, distinct(way[root]), way[keep], level, observing(way), near=True)
        steps = [*made.rewrites, _step(rule, (made.tape, made.new), (wide, way), root), *more.rewrites]
        new = np.where(way >= 0, more.new[way], -1)
        return _Made(more.tape, new, _added(made.rules, {rule: count}, more.rules), steps, more.interrupted)

    def shorter(made: _Made) -> bool:
        return count_operations(made.tape, made.new[root]) < count_operations(best.tape, best.new[root])

    try:
        if not interrupted:
            made = _settled(tape, root, keep, level, observing(np.arange(len(tape))), near=True)
            interrupted, settled = made.interrupted, made if shorter(made) else settled
            best = settled
        for bounds in BOUNDS if not interrupted else ():
            wide, moved, count = multiplied_out(
                settled.tape, np.concatenate((settled.new[root], settled.new[keep])), *bounds
            )
            if count:
                made = settle(settled, MULTIPLIED, count, wide, moved)
                interrupted, best = made.interrupted, made if shorter(made) else best
            if interrupted:
                break
    except KeyboardInterrupt:
        if len(tape) < LARGE:
            raise
        interrupted = True
    return best._replace(interrupted=interrupted)


def _step(rule: str, before: tuple[Tape, IntArray], after: tuple[Tape, IntArray], root: IntArray) -> Rewrite:
    """A rewriting of the whole graph."""
    frames = [Frame(tape, new, -1, distinct(new[root])) for tape, new in (before, after)]
    return Rewrite((rule,), lambda done: frames[done])


def _settled(
    tape: Tape, root: IntArray, keep: IntArray, level: str, observer: Observer, *, near: bool = False
) -> _Made:
    """The graph when no stage finds anything more; `near` is what `plan_anew` is told."""
    kept = np.zeros(len(tape), dtype=bool)
    kept[root] = kept[keep] = True
    working = PairedTerms(tape, root, rulebook(level), observer)
    given, interrupted = working.operations, False
    try:
        _staged(working, level, near)
    except KeyboardInterrupt:
        if len(tape) < LARGE:
            raise
        interrupted = True
    rules = working.report()
    if working.operations > given + added(rules):
        # What is shared is chosen before it is known what else it would have met: very seldom that costs more.
        if interrupted:
            return _Made(tape, np.arange(len(tape)), {}, [], True)
        return _settled(tape, root, keep, LEVELS[0], observer)
    return _Made(*working.finish(kept), rules, observer.rewrites, interrupted)


def _staged(working: PairedTerms, level: str, near: bool) -> None:
    """All stages, until none finds anything more, and products planned anew take no fewer operations."""
    working.begin()
    for _ in range(ROUNDS):
        _rounds(working, level)
        if level == LEVELS[0] or not working.plan_anew(level == LEVELS[2], near=near):
            break


def _rounds(working: PairedTerms, level: str) -> None:
    """All other stages, until none finds anything more."""
    changed, merged, shared = True, False, False
    for _ in range(ROUNDS):
        changed = working.select() or changed
        if level != LEVELS[0]:
            tidied = _repeat(lambda: working.tidy_sums() or working.unmask())
            if not (changed or tidied or merged or shared):
                break
            merged = working.merge()
            if merged:
                continue
            if _repeat(working.match):
                changed = True
                continue
            # Sharing comes last: what is shared can no longer be taken apart and factored. What it took from where it
            # was read twice may fit a rule afterwards, so there is another round.
            shared = working.share()
        changed = _repeat(working.rewrite)
        if not (changed or shared):
            break


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
