"""Points at which a program is tried, with the exact results there and how far off each may be.

The exact results are those of ball arithmetic, rounded to doubles. What a result may be off by is its running bound at
the point (see `bounds`), rounded up to a power of two so that it is the same on every machine.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from edgewise.accuracy.balls import Balls
from edgewise.accuracy.bounds import with_bounds
from edgewise.accuracy.samples import Ranges, bounds_of, exact_values, sampled
from edgewise.errors import InputError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Returns, Tape

__all__ = ["Reference", "points_for", "references"]

MOST: Final = 8
"""Points of each of the two kinds, special and drawn, where that makes no more than NUMBERS in all."""
NUMBERS: Final = 4000
SPECIAL: Final = (0.0, 1.0, -1.0, 0.5, 2.0, 1e-8, -1e-8, 1e8, 1e-160, 1e160, 700.0, -700.0)
"""Values that all inputs take at once: where much cancels, or is about to leave the doubles."""

_TINY: Final = 2.0**-1022
_NO_DIGIT: Final = 2.0**900
"""Units from which on a point is left out: products with them leave the doubles."""


@dataclass(frozen=True)
class Reference:
    """One point: the inputs, flat, the exact results as the nearest doubles, flat, and how many units each may be off.

    A unit is 2**-52 of the exact result, or of the smallest normal number where that is smaller.
    """

    inputs: tuple[float, ...]
    exact: tuple[float, ...]
    units: tuple[float, ...]


def points_for(
    tape: Tape, results: Sequence[Returns], ranges: Ranges, condition: Tape | None
) -> list[tuple[float, ...]]:
    """Points of whose results all are known: special ones and the ends of the ranges first, then some that are drawn.

    Raises InputError for an operation without a value of many digits, and where there is no such point.
    """
    balls = Balls(tape)
    if balls.without:
        raise InputError(
            f"certify=True: the operation {balls.without[0]!r} has no value of more digits than a double's",
            hint="give ew.op its value as a formula: a function of Python computes with doubles",
        )
    roots = [node for result in results for node in result.nodes]
    special = list(_special(tape, ranges, condition))
    most = min(MOST, max(1, NUMBERS // (2 * (len(tape.inputs) + len(roots)))))
    known = [each.inputs for each in itertools.islice(references(tape, results, special), most)]
    if tape.inputs:
        drawn = sampled(tape, roots, ranges, 4 * most, 0, condition).inputs
        found = references(tape, results, list(zip(*(column.tolist() for column in drawn), strict=True)))
        known += [each.inputs for each in itertools.islice(found, most)]
    if not known:
        raise InputError(
            "certify=True: at none of the points that were tried all results are known to a digit",
            hint='choose results with only=, or give ranges to simplify(level="accurate", ranges=…)',
        )
    return list(dict.fromkeys(known))


def _special(tape: Tape, ranges: Ranges, condition: Tape | None) -> Iterator[tuple[float, ...]]:
    if not tape.inputs:
        yield ()
        return
    bounds = bounds_of(tape, ranges)
    points = [(value,) * len(bounds) for value in SPECIAL]
    points = [point for point in points if all(low <= x <= high for x, (low, high) in zip(point, bounds, strict=True))]
    largest = float(np.finfo(np.float64).max)
    if all(abs(end) < largest for pair in bounds for end in pair):
        points = [*zip(*bounds, strict=True), *points]
    names = tape.input_names()
    for point in dict.fromkeys(points):
        given = [] if condition is None else [point[names.index(name)] for name in condition.input_names()]
        if condition is None or forward_propagation(condition, given).values[condition.outputs[0]]:
            yield point


def references(tape: Tape, results: Sequence[Returns], points: Iterable[Sequence[float]]) -> Iterator[Reference]:
    """What is exact at some points; those are left out at which some result is not a number, or has no bound."""
    balls, (made, returned, _) = Balls(tape), with_bounds(tape, results, {})
    flat = [node for result in returned for node in result.nodes]
    roots = [node for result in results for node in result.nodes]
    for point in points:
        exact = exact_values(balls, point, roots)[roots]
        found = forward_propagation(made, list(point)).values
        numbers = np.array([float(found[node]) for node in flat])
        values, errors = numbers[: len(roots)], numbers[len(roots) :]
        if np.isfinite(exact).all() and np.isfinite(values).all() and np.isfinite(errors).all():
            units = tuple(map(_units, exact.tolist(), errors.tolist()))
            if max(units, default=0.0) < _NO_DIGIT:
                yield Reference(tuple(point), tuple(exact.tolist()), units)


def _units(exact: float, error: float) -> float:
    """A bound in units of 2**-52 of the result, with one for rounding the exact one, up to a power of two."""
    units = error / max(abs(exact), _TINY) * 2.0**52 + 1.0
    return 2.0 ** math.ceil(math.log2(units)) if units < _NO_DIGIT else _NO_DIGIT
