"""Whether two graphs have the same value: proved by rules where these do, or tried at points with many digits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from edgewise import simplify
from edgewise.algebra.expansion import expanded
from edgewise.algebra.joined import side_by_side
from edgewise.algebra.known_values import with_known_values
from edgewise.algebra.sample_points import COUNT, precise, sampled
from edgewise.errors import UnsupportedError
from edgewise.graph import Builder, Layout, Tape
from edgewise.graph.arrays.same import first_alike
from edgewise.ops import CODE, CONST
from edgewise.shown import shown

__all__ = ["Equality", "equality", "equality_of"]

SUB: Final = CODE["sub"]

CLOSELY: Final = 6
"""Points at which values are compared with many digits."""

LARGE: Final = 20_000
"""Nodes of a graph that is only compared in doubles."""

ROUGH, ROUGHEST = 1e-6, 1e-9
"""Doubles differ by more than rounding where they differ by so much of their own size and of the largest part's."""

EXACT, INEXACT = 1e-30, 1e-12
"""The same for many digits: where all constants are exact, and where some are doubles, which were rounded."""

SMALLEST: Final = 1e-60
"""What is smaller may be 0."""


@shown
@dataclass(frozen=True)
class Equality:
    """Whether two graphs have the same value, and how that is known: true or false as it stands.

    `proved` says that rules of algebra made one of the other; otherwise they are equal at points, or differ at `point`,
    where their first outputs that differ have the two `values`. `how` says it in words. Where both are defined is what
    counts; `undefined` is a point, if one was met, where only one of the two is a number.
    """

    equal: bool
    how: str
    proved: bool = False
    point: Mapping[str, Any] | None = None
    values: tuple[float, float] | None = None
    undefined: Mapping[str, Any] | None = None

    def __bool__(self) -> bool:
        return self.equal

    def __str__(self) -> str:
        return f"{'equal' if self.equal else 'not equal'}: {self.how}"

    def __repr__(self) -> str:
        return f"<{self}>"


def equality(one: Tape, two: Tape) -> Equality:
    """Whether two graphs have the same outputs as functions of their inputs, by name; how they are nested is no matter.

    >>> from edgewise import parse
    >>> equality(parse("(x + y)**2").tape, parse("x**2 + 2*x*y + y**2").tape).proved
    True
    >>> equality(parse("sin(2*x)").tape, parse("2*sin(x)*cos(x)").tape)
    <equal: to 30 digits at 6 points, not proved>
    >>> equality(parse("sqrt(x**2)").tape, parse("x").tape).values
    (0.61328125, -0.61328125)
    """
    return equality_of(side_by_side(one, two)[0], len(one.outputs))


def equality_of(joint: Tape, first: int) -> Equality:
    """The same of two graphs that stand side by side in one, whose `first` outputs are those of the one."""
    outputs = joint.outputs[:first], joint.outputs[first:]
    if len(outputs[0]) != len(outputs[1]):
        return Equality(False, f"one has {len(outputs[0])} outputs and the other {len(outputs[1])}")
    pairs = list(zip(*outputs, strict=True))
    for a, b in pairs:
        if joint.shape(a) != joint.shape(b):
            return Equality(False, f"an output of the shape {joint.shape(a)} is one of {joint.shape(b)} in the other")
    alike = first_alike(joint, joint.outputs)
    left = [pair for pair in pairs if alike[pair[0]] != alike[pair[1]]]
    if not left:
        return Equality(True, "the same formula", proved=True)
    left, how = _by_rules(joint, left)
    if not left:
        return Equality(True, how, proved=True)
    return _at_points(joint, left)


def _by_rules(joint: Tape, pairs: Sequence[tuple[int, int]]) -> tuple[list[tuple[int, int]], str]:
    """The pairs that rules do not make one, and what made one of the others."""
    made, new, report = simplify.simplify(joint, joint.outputs)
    rules = ", ".join(list(report.rules)[:4]) + (", …" if len(report.rules) > 4 else "")
    left = [(a, b) for a, b in pairs if new[a] != new[b]]
    how = f"by rules of simplification ({rules})"
    if not left:
        return left, how
    # Two formulas may be short in different ways: their difference is 0 all the same.
    differences = _differences(joint, left)
    left = _not_zero(left, simplify.simplify(differences, differences.outputs)[0])
    if not left:
        return left, how
    try:
        differences = expanded(_differences(made, [(int(new[a]), int(new[b])) for a, b in left]))
    except UnsupportedError:  # of tensors
        return left, ""
    return _not_zero(left, differences), "multiplied out"


def _differences(tape: Tape, pairs: Sequence[tuple[int, int]]) -> Tape:
    """A graph of the differences of pairs of nodes."""
    builder = Builder.of(tape)
    outputs = [builder.add(SUB, pair) for pair in pairs]
    return with_known_values(builder.whole(outputs, Layout("tuple", (), (Layout(),) * len(outputs))))


def _not_zero(pairs: Sequence[tuple[int, int]], differences: Tape) -> list[tuple[int, int]]:
    """The pairs whose difference is not the number 0."""
    zero = [differences.ops[node] == CONST and differences.attrs[node] == 0 for node in differences.outputs]
    return [pair for pair, is_zero in zip(pairs, zero, strict=True) if not is_zero]


def _at_points(joint: Tape, pairs: Sequence[tuple[int, int]]) -> Equality:
    """Whether pairs of nodes are equal at points: with many digits where that can be, else in doubles."""
    tried = _Tried(joint, pairs)
    if not tried.usable.any():
        return Equality(False, "at no point that was tried are both real numbers", undefined=tried.undefined)
    closely = tried.closely()
    return tried.in_doubles() if closely is None else closely


class _Tried:
    """Pairs of nodes in doubles at sample points.

    `usable` says at which points some pair has two real numbers, `suspects` are those where a pair is further apart
    than rounding explains, `undefined` is one where one node of a pair alone is NaN.
    """

    def __init__(self, joint: Tape, pairs: Sequence[tuple[int, int]]) -> None:
        self.joint, self.pairs, self.sample = joint, pairs, sampled(joint)
        self.nodes = [node for pair in pairs for node in pair]
        self.undefined: Mapping[str, Any] | None = None
        self.usable, self.suspects = np.zeros(COUNT, dtype=bool), list[int]()
        self.largest, self.finite = self._sizes()
        for a, b in pairs:
            x, y = self._flat(a), self._flat(b)
            both = (np.isfinite(x) & np.isfinite(y)).all(axis=1)
            only = np.flatnonzero((np.isnan(x) != np.isnan(y)).any(axis=1))
            if self.undefined is None and len(only):
                self.undefined = self.sample.point(int(only[0]))
            with np.errstate(all="ignore"):
                rounding = ROUGH * np.maximum(np.abs(x), np.abs(y)) + ROUGHEST * self.largest[:, None]
                far = np.abs(x - y) > rounding
            self.usable |= both
            self.suspects += np.flatnonzero(both & far.any(axis=1)).tolist()

    def _flat(self, node: int) -> Any:
        """The values of a node, points by entries."""
        return self.sample.value(node).reshape(COUNT, -1)

    def _sizes(self) -> tuple[Any, Any]:
        """At each point the size of the largest part of the formulas, and whether all of them are finite."""
        largest, finite = np.zeros(COUNT), np.ones(COUNT, dtype=bool)
        with np.errstate(all="ignore"):
            for node in np.flatnonzero(self.joint.live(self.nodes)).tolist():
                size = np.abs(self._flat(node))
                largest = np.fmax(largest, np.where(np.isfinite(size), size, 0.0).max(axis=1, initial=0.0))
                finite &= np.isfinite(size).all(axis=1)
        return largest, finite

    def closely(self) -> Equality | None:
        """With many digits, suspects first; None for a large graph, and where no point has that many."""
        if len(self.joint) > LARGE:
            return None
        inexact = any(type(value) is float and not value.is_integer() for value in self.joint.constants().values())
        # Where parts are huge there may be no end of digits.
        calm = [place for place in np.flatnonzero(self.finite).tolist() if self.largest[place] < 1e60]
        seen = 0
        for place in dict.fromkeys([place for place in self.suspects if place in calm] + calm):
            found = precise(self.sample, place, self.nodes)
            if found is None:
                continue
            values = list(zip(found[::2], found[1::2], strict=True))
            if (wrong := _differing(values, INEXACT if inexact else EXACT)) is not None:
                return self._differ(place, wrong)
            seen += 1
            if seen == CLOSELY:
                break
        return self._equal(f"to {12 if inexact else 30} digits at {seen} points") if seen else None

    def in_doubles(self) -> Equality:
        """By the doubles alone."""
        for a, b in self.pairs if self.suspects else ():
            x, y = (self._flat(node)[self.suspects[0]] for node in (a, b))
            gap = int(np.argmax(np.abs(x - y)))
            if x[gap] != y[gap]:
                return self._differ(self.suspects[0], (float(x[gap]), float(y[gap])))
        return self._equal(f"in doubles at {int(self.usable.sum())} points")

    def _equal(self, how: str) -> Equality:
        note = "" if self.undefined is None else f"; only one of them is defined at {_said(self.undefined)}"
        return Equality(True, f"{how}, not proved{note}", undefined=self.undefined)

    def _differ(self, place: int, values: tuple[float, float]) -> Equality:
        point = self.sample.point(place)
        shown = [f"{value:.10g}" for value in values]
        how = f"at {_said(point)} they are {shown[0]} and {shown[1] if shown[0] != shown[1] else 'nearly the same'}"
        return Equality(False, how, point=point, values=values, undefined=self.undefined)


def _differing(values: Sequence[tuple[Any, Any]], part: float) -> tuple[float, float] | None:
    """The first pair of values that certainly differ by more than rounding: a ball is all that a value may be."""
    for x, y in values:
        if abs(x - y) > part * (abs(x) + abs(y)) + SMALLEST:
            return float(x.mid()), float(y.mid())
    return None


def _said(point: Mapping[str, Any]) -> str:
    """A point in words; of many inputs the first."""
    return ", ".join(f"{name}={value}" for name, value in [*point.items()][:4]) + (", …" if len(point) > 4 else "")
