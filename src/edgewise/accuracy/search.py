"""The search for forms that keep their digits: rewrite where digits are lost, measure, keep what is best where.

Panchekha, Sanchez-Stern, Wilcox and Tatlock, *Automatically Improving Accuracy for Floating Point Expressions*, PLDI
2015, do so for values. Here a derivative is found beside its value: what is shared is repaired once, and a derivative
may take the form that the derivative of the repaired value has.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.rational import cancelled, rational_forms
from edgewise.accuracy.repairs import rewritten
from edgewise.accuracy.samples import Floats, bits_of_error
from edgewise.accuracy.series import leading_terms, taylor_forms
from edgewise.ops import Op

__all__ = ["PRICE", "Found", "Search", "different", "priced"]

ROUNDS: Final = 6
BEAM: Final = 14
MOST_PLACES: Final = 30
"""How many places of an expression are rewritten in a round, those nearest to its top."""
MOST_FORMS: Final = 3000
PRICE: Final = 0.01
"""Bits of error, on average, that an operation less is worth."""
ENOUGH: Final = 0.6
"""Bits of error that nobody looks after: half a unit in the last place, and the rounding of a step or two."""


class Found(NamedTuple):
    """A form of an expression, the rewrites that led to it, and its error at each point in bits."""

    form: int
    names: tuple[str, ...]
    error: Floats
    operations: int

    @property
    def mean(self) -> float:
        return float(np.mean(self.error)) if len(self.error) else 0.0


class Search:
    """Forms of expressions of one arena, and what they lose at the points."""

    def __init__(self, arena: Arena, deadline: float) -> None:
        self.arena, self.deadline = arena, deadline
        self._moves: dict[int, list[tuple[str, int]]] = {}
        self._tidy: dict[int, int] = {}

    # --- one step -------------------------------------------------------------------------------------------------

    def moves(self, form: int) -> list[tuple[str, int]]:
        """What an expression may become at its top."""
        found = self._moves.get(form)
        if found is None:
            made: dict[int, str] = {}
            for name, other in rewritten(self.arena, form):
                made.setdefault(other, name)
                made.setdefault(self._tidied(other, form), name)
            op = self.arena.forms[form][0]
            if isinstance(op, Op) and op.name in ("add", "sub", "mul", "div", "neg"):
                for name, other in rational_forms(self.arena, form):
                    made.setdefault(other, name)
            made.pop(form, None)
            found = self._moves[form] = [(name, other) for other, name in made.items()]
        return found

    def _tidied(self, made: int, before: int) -> int:
        """A replacement with the sums and quotients in it cancelled that are new."""
        arena, old = self.arena, set(self.arena.below([before]))
        instead: dict[int, int] = {}
        for at in arena.below([made]):
            op = arena.forms[at][0]
            if at in old or not isinstance(op, Op) or op.name not in ("add", "sub", "div"):
                continue
            now = arena.replaced([at], instead)[0]
            best = self._cancelled(now)
            if best != at:
                instead[at] = best
        return arena.replaced([made], instead)[0]

    def _cancelled(self, form: int) -> int:
        if form not in self._tidy:
            self._tidy[form] = cancelled(self.arena, form)
        return self._tidy[form]

    def neighbours(self, form: int) -> Iterable[tuple[str, int]]:
        """The expression with one place in it rewritten."""
        for place in self._places(form):
            for name, other in self.moves(place):
                yield name, self.arena.replaced([form], {place: other})[0]

    def _places(self, form: int) -> list[int]:
        """What an expression is made of, from its top down."""
        found = {form: None}
        todo = [form]
        while todo and len(found) < MOST_PLACES:
            layer: list[int] = []
            for at in todo:
                for arg in self.arena.forms[at][1]:
                    if arg not in found:
                        found[arg] = None
                        layer.append(arg)
            todo = layer
        return list(found)[:MOST_PLACES]

    # --- many steps -------------------------------------------------------------------------------------------------

    def error(self, form: int, exact: Floats, where: Any) -> Floats:
        return bits_of_error(self.arena.values(form)[where], exact[where])

    def alternatives(self, form: int, exact: Floats, where: Any, more: Mapping[int, str]) -> list[Found]:
        """Forms of the same number, with what each loses where `where` says; the expression itself is the first."""
        found: dict[int, Found] = {}
        self.arena.by(self.deadline, lambda: self._collect(found, form, exact, where, more), None)
        return list(found.values())

    def _collect(self, found: dict[int, Found], form: int, exact: Floats, where: Any, more: Mapping[int, str]) -> None:
        def look(other: int, names: tuple[str, ...]) -> Found | None:
            if other in found:
                return None
            made = Found(other, names, self.error(other, exact, where), self.arena.operations([other]))
            found[other] = made
            return made

        frontier = [made for made in [look(form, ())] if made]
        for other, name in more.items():
            extra = look(other, (name,) if name else ())
            frontier += [extra] if extra else []
        for name, other in [*taylor_forms(self.arena, form), *leading_terms(self.arena, form)]:
            look(other, (name,))
        for _ in range(ROUNDS):
            made: list[Found] = []
            for parent in sorted(frontier, key=priced):
                for name, other in self.neighbours(parent.form):
                    child = look(other, (*parent.names, name))
                    if child:
                        made.append(child)
                    if time.monotonic() > self.deadline or len(found) > MOST_FORMS:
                        return
            frontier = self._best(made)
            if not frontier or min(one.mean for one in found.values()) < ENOUGH:
                break

    def _best(self, made: Sequence[Found]) -> list[Found]:
        """Those to go on from: the best on average, and the best at points where few are good."""
        made = different(made)
        if not made:
            return []
        errors = np.array([one.error for one in made])
        order = sorted(range(len(made)), key=lambda k: (made[k].mean, made[k].operations, k))
        kept = dict.fromkeys(order[: BEAM // 2])
        while len(kept) < min(BEAM, len(made)):
            covered = errors[list(kept)].min(axis=0)
            gain = np.maximum(covered - errors, 0).mean(axis=1)
            best = int(gain.argmax())
            if gain[best] < 0.05:
                break
            kept[best] = None
        return [made[k] for k in kept]


def priced(found: Found) -> tuple[float, int]:
    """How good a form is: its bits, and PRICE bits for each operation; of equal ones the shorter is better."""
    return found.mean + PRICE * found.operations, found.operations


def different(made: Sequence[Found]) -> list[Found]:
    """Of forms that lose the same at all points, as those of another order of terms do, the shortest."""
    found: dict[bytes, Found] = {}
    for one in made:
        key = np.round(one.error).tobytes()
        if key not in found or one.operations < found[key].operations:
            found[key] = one
    return list(found.values())
