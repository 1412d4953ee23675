"""Points to measure at: doubles within ranges, each as likely as its neighbours, and the exact values there.

What is uniform is the number of a double in the order of all, as in Panchekha, Sanchez-Stern, Wilcox and Tatlock,
*Automatically Improving Accuracy for Floating Point Expressions*, PLDI 2015, section 4.1: a sample of all doubles has
as many below 1 as above it, and each power of two as often as the next.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.accuracy.balls import Balls
from edgewise.errors import InputError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Tape

__all__ = [
    "ALL_BITS",
    "Floats",
    "Sample",
    "between",
    "bits_of_error",
    "doubles",
    "doubles_between",
    "ordinals",
    "sampled",
]

Floats = npt.NDArray[np.float64]
Ranges = Mapping[str, tuple[float, float]]

ALL_BITS: Final = 64.0
"""The error of a NaN where there is a value."""

ENOUGH: Final = 62
"""Bits to which the exact values are known: those of a double and some more, so that they round as they should."""

FEWEST: Final = 8
"""Points that are drawn although time is over."""

TRIES: Final = 16
"""How many points are looked at for each that is asked for: of many formulas most doubles lie outside the domain."""

ORDINARY: Final = 1e6
"""The longest range whose numbers are all ordinary ones."""

_SMALLEST: Final = np.int64(-(2**63))


def ordinals(x: Floats) -> npt.NDArray[np.int64]:
    """The numbers of doubles in their order; both zeros have 0.

    >>> ordinals(np.array([0.0, -0.0, 5e-324, -5e-324])).tolist()
    [0, 0, 1, -1]
    """
    bits = np.ascontiguousarray(x, dtype=np.float64).view(np.int64)
    return np.where(bits < 0, _SMALLEST - bits, bits)


def doubles(numbers: npt.NDArray[np.int64]) -> Floats:
    """The doubles of some numbers in the order of all: the inverse of `ordinals`.

    >>> doubles(np.array([0, 1, -1])).tolist()
    [0.0, 5e-324, -5e-324]
    """
    return np.where(numbers < 0, _SMALLEST - numbers, numbers).view(np.float64)


def doubles_between(low: float, high: float, count: int, random: np.random.Generator) -> Floats:
    """Doubles from `low` to `high`, each as likely as any other."""
    first, last = ordinals(np.array([low, high])).tolist()
    found = random.integers(first, last, size=count, endpoint=True, dtype=np.int64)
    return doubles(found)


def between(low: float, high: float) -> float:
    """The double in the middle of all from one to another.

    >>> between(1.0, 4.0), between(0.0, 1.0) < 1e-100
    (2.0, True)
    """
    first, last = ordinals(np.array([low, high])).tolist()
    return float(doubles(np.array([(first + last) // 2], dtype=np.int64))[0])


def bits_of_error(values: Floats, exact: Floats) -> Floats:
    """log₂ of one more than the doubles between a value and the exact one; 64 where it is NaN. NaN where nothing is
    exact.

    >>> bits_of_error(np.array([1.0, 1 + 2**-50, np.nan]), np.array([1.0, 1.0, 1.0])).round(2).tolist()
    [0.0, 2.32, 64.0]
    """
    one, other = ordinals(values), ordinals(exact)
    apart = np.where(
        one > other, one.view(np.uint64) - other.view(np.uint64), other.view(np.uint64) - one.view(np.uint64)
    )
    bits = np.log2(apart.astype(np.float64) + 1)
    return np.where(np.isnan(exact), np.nan, np.where(np.isnan(values), ALL_BITS, bits))


@dataclass(frozen=True, eq=False)
class Sample:
    """Points at which a graph is measured: `inputs[k]` are the values of input k, `exact[i]` those of node i.

    An exact value is NaN where there is none, or where it is not known; it is rounded to a double, infinite where it is
    beyond them.
    """

    inputs: tuple[Floats, ...]
    exact: Floats

    @property
    def points(self) -> int:
        return int(self.exact.shape[1])

    def normal(self, node: int) -> npt.NDArray[np.bool_]:
        """Where the exact value of a node is a number that doubles have with all digits, or 0."""
        size = np.abs(self.exact[node])
        normal: npt.NDArray[np.bool_] = (size == 0) | ((size >= np.finfo(np.float64).tiny) & np.isfinite(size))
        return normal

    def error(self, node: int, values: Floats) -> Floats:
        """The bits lost by the values of a node at each point; NaN where its exact value is not a normal number."""
        return np.where(self.normal(node), bits_of_error(values, self.exact[node]), np.nan)


def sampled(
    tape: Tape,
    results: Sequence[int],
    ranges: Ranges,
    points: int,
    seed: int,
    condition: Tape | None = None,
    given: Sequence[Floats] | None = None,
    until: float = math.inf,
) -> Sample:
    """Points within the ranges at which some result has a value, and what each node is there.

    `ranges` are by input, group or entry, such as w[0]; what has none ranges over all doubles. `condition` is a graph
    in some of the inputs that is not 0 at the points. Every other point is one of ordinary numbers: of all doubles
    nearly none lies between 1 and 1000. When the clock (`time.monotonic`) has come to `until` there are fewer
    points, but FEWEST. `given` are points to take instead, one array for each input. Raises InputError
    where a range is empty, where no point meets the condition, and where no result has a value at any point.
    """
    balls = Balls(tape)
    if given is not None:
        columns = [np.asarray(values, dtype=np.float64) for values in given]
        exact = [exact_values(balls, point, results) for point in zip(*(c.tolist() for c in columns), strict=True)]
        return Sample(tuple(columns), np.array(exact).T.reshape(len(tape), -1))
    kept: list[list[float]] = []
    exact = []
    for drawn in _drawn(tape, bounds_of(tape, ranges), points, seed, condition):
        for point in drawn.T.tolist():
            values = exact_values(balls, point, results)
            if np.isfinite(values[list(results)]).any():
                kept.append(point)
                exact.append(values)
            if len(kept) == points or (len(kept) >= FEWEST and time.monotonic() > until):
                break
        if len(kept) >= points or (len(kept) >= FEWEST and time.monotonic() > until):
            break
    if not kept and balls.without:
        return Sample(tuple(np.zeros(0) for _ in tape.inputs), np.zeros((len(tape), 0)))
    if not kept:
        raise InputError(
            "no result has a value at any of the points that were tried",
            hint="give ranges=… in which the function is defined",
        )
    inputs = np.array(kept).T.reshape(-1, len(kept))
    return Sample(tuple(inputs), np.array(exact).T)


def _drawn(
    tape: Tape, bounds: Sequence[tuple[float, float]], points: int, seed: int, condition: Tape | None
) -> Iterator[Floats]:
    """Batches of points that meet the condition, a row for each input: all doubles and ordinary numbers in turn."""
    random = np.random.default_rng(seed)
    batch = points if condition is None else 16 * points
    found = 0
    for k in range(TRIES if condition is None else 8 * TRIES):
        rows = np.array(
            [
                [doubles_between(*pair, batch, random), _ordinary(*pair, batch, random, spread=k % 4 == 3)]
                for pair in bounds
            ]
        )
        drawn = rows.reshape(len(bounds), 2, batch).transpose(0, 2, 1).reshape(len(bounds), 2 * batch)
        if condition is not None:
            names = tape.input_names()
            given = [drawn[names.index(name)] for name in condition.input_names()]
            met = forward_propagation(condition, given).values[condition.outputs[0]]
            drawn = drawn[:, np.broadcast_to(np.asarray(met) != 0, drawn.shape[1:])]
        found += drawn.shape[1]
        yield drawn
        if found >= TRIES * points:
            break
    if not found:
        raise InputError("no point within the ranges meets the condition", hint="give ranges=… that hold such points")


def _ordinary(low: float, high: float, count: int, random: np.random.Generator, *, spread: bool) -> Floats:
    """Numbers as people use them: uniform within a range of some length, of sizes between 1e-9 and 1e9 in others."""
    if high - low <= ORDINARY:
        return np.asarray(random.uniform(low, high, count))
    size = 2.0 ** random.uniform(-30.0, 30.0, count) if not spread else random.uniform(0.0, 10.0, count)
    return np.clip(np.where(random.integers(0, 2, count) == 1, size, -size) if low < 0 else low + size, low, high)


def bounds_of(tape: Tape, ranges: Ranges) -> list[tuple[float, float]]:
    """The range of each input, in their order; all doubles where none is given."""
    largest = float(np.finfo(np.float64).max)
    names = [str(tape.attrs[i]) for i in tape.inputs]
    known = [p.name for p in tape.parameters]
    for name, (low, high) in ranges.items():
        if str(name) not in known and str(name) not in names:
            raise InputError(f"{name!r} is not an input of the graph", hint=f"the inputs are {', '.join(known)}")
        if not low <= high or (math.isinf(low) and low == high):
            raise InputError(
                f"the range of {name!r}, ({low!r}, {high!r}), is empty", hint="give (smallest, largest), both numbers"
            )
    by_name = {
        str(name): (max(float(low), -largest), min(float(high), largest)) for name, (low, high) in ranges.items()
    }
    return [by_name.get(entry, by_name.get(entry.split("[")[0], (-largest, largest))) for entry in names]


def exact_values(balls: Balls, point: Sequence[float], results: Sequence[int]) -> Floats:
    """The exact value of each node at a point, rounded to a double; NaN where it is not known to one."""
    values = balls.known(point, results, ENOUGH)
    return np.array([rounded(ball) for ball in values])


def rounded(ball: Any) -> float:
    """A ball as a double; NaN where it is too wide for one."""
    if ball.is_nan():
        return math.nan
    if ball.is_exact() or ball.rel_accuracy_bits() >= ENOUGH - 4:
        return float(ball.mid())
    if ball.is_finite() and ball.abs_upper() < 2.0**-1076:
        return 0.0
    return math.nan


def computed(tape: Tape, nodes: Iterable[int], inputs: Sequence[Floats], points: int) -> list[Floats]:
    """What doubles make of some nodes at so many points, of which `inputs` are the coordinates."""
    values = forward_propagation(tape, list(inputs)).values
    return [np.broadcast_to(np.asarray(values[node], dtype=np.float64), (points,)) for node in nodes]
