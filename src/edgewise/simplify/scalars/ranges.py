"""Equal values computed another way: where one overflows or underflows that did not as it was written.

x*(p*x) is 0 where p is and x is huge, (x*x)*p is inf*0 there. The operations alone do not tell which of them are in
danger, so the graph is computed at numbers of all sizes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.ops import CONST, N_BUILTIN, TABLE, Op, computed_template
from edgewise.simplify.scalars.probed_products import spoilt_roots
from edgewise.simplify.scalars.probing import compute_nodes, compute_planned, count_inputs
from edgewise.simplify.scalars.state import LARGEST, Memory, Plan, State
from edgewise.simplify.scalars.term_lists import Listing

__all__ = [
    "BOUNDED", "COMBINED", "MOST", "NEAR", "POSITIVE", "computed_by_row", "out_of_range", "points_of", "probed",
    "probed_at_ends", "probed_in_parts",
]  # fmt: skip

MOST: Final = 20_000
"""Larger graphs are not computed: it takes some microseconds for each node."""

_SIZES: Final = np.array([
    1e-320, 1e-300, 1e-160, 1e-103, 1e-16, 1e-9, 0.5, 3.0, 30.0, 360.0, 800.0, 1e16, 1e103, 1e154, 1e300, 1e308,
])  # fmt: skip

_HELD_BACK: Final = 2 * len(_SIZES)

NEAR: Final = 2 * _HELD_BACK
"""The first points: products reach the ends of the range and do not pass them. Where each number is of a size of its
own, no order of a product of three is better than another."""

_SCATTERED: Final = 48
"""Points at which each input is of a size of its own, and as many more at which it is one of the sizes."""

_ENDS: Final = np.array([1e-320, 1e155, 1e308, 1e200, 0.5, 1.0, 3.0, 30.0, 360.0])
"""Numbers at the ends of the range, and about as many that functions as exp take there."""

_BETWEEN: Final = np.array(
    [0.0, 1.0, 2.0, 10.0, 100.0, 200.0, 400.0, 500.0, 700.0, 1e-154, 1e-200, 1e-308, 1e77, 1e200, 1e306]
)
"""Further numbers at which plans are tried: 0, and where functions of functions overflow between the sizes."""

_DECADES: Final = 300
"""Scattered numbers are between 10**-300 and 10**300, their logarithms evenly."""

BOUNDED: Final = np.array([op.bounded or op.boolean or op.name == "const" for op in TABLE] + [False], dtype=np.uint8)
"""Of each operation whether its results have a bound; the last is any of the user's."""
POSITIVE: Final = np.array([op.range == "positive" for op in TABLE] + [False], dtype=np.uint8)
"""Of each operation whether its results are positive; the last is any of the user's."""
COMBINED: Final = np.array([op.name in ("add", "sub", "mul", "neg") for op in TABLE] + [False], dtype=np.uint8)
"""Of each operation whether its results have a bound where its arguments do."""

Floats = npt.NDArray[np.float64]


def probed(s: State, constant: Callable[[int], Any], *, few: bool = False) -> Floats:
    """The nodes that are wanted, a row each, at the sizes; users' own operations are NaN. Other rows say nothing.

    The more inputs there are, the nearer to 1 they are: their products are to reach the ends of the range, not pass
    them. Several inputs are of one size first, then of mixed ones; these, and the last points, are all where `few` are
    asked for. At the last points up to three inputs are of every size: what a function has tamed is in range whatever
    its argument, as atan(1e300) is.
    """
    points = points_of(count_inputs(s))
    if few and points.shape[1] > 3 * _HELD_BACK:
        points = points[:, [*range(2 * _HELD_BACK), *range(-_HELD_BACK, 0)]]
    return _computed(s, constant, points)


def probed_at_ends(s: State, constant: Callable[[int], Any], *, near: bool) -> tuple[Floats, int]:
    """The same with the nodes of the plan behind them, and at points where an input is 0 or infinite: what is 0 there
    must not meet what has overflowed. Where they are to be `near`, at those alone. And how many are near."""
    points, count = _with_ends(count_inputs(s))
    found = _computed(s, constant, points[:, :NEAR] if near else points, s.plan.count)
    with np.errstate(all="ignore"):
        compute_planned(s, held(found))
    return found, NEAR if near else count


def probed_in_parts(s: State, constant: Callable[[int], Any]) -> Iterator[Floats]:
    """The same, of large graphs at some of the sizes after the other: what is near the processor."""
    points = points_of(count_inputs(s))
    step = points.shape[1] if s.count * points.shape[1] <= LARGEST else 2 * _HELD_BACK
    for first in range(0, points.shape[1], step):
        yield _computed(s, constant, points[:, first : first + step])


def _computed(s: State, constant: Callable[[int], Any], points: Floats, more: int = 0) -> Floats:
    """The table, with so many more rows, is the memory's: new memory costs small graphs more than the numbers."""
    memory, size = s.memory, (s.count + more) * points.shape[1]
    if memory.table.size < size:
        memory.table = np.empty(max(size, min(size + size // 4, LARGEST)))
    found: Floats = memory.table[:size].reshape(s.count + more, points.shape[1])

    def other(op: int, attr: int, given: list[Any]) -> Any:
        if op == CONST:
            return float(constant(attr))
        return computed_by_row(op, constant(attr) if op < N_BUILTIN and TABLE[op].parameter else None, given)

    with np.errstate(all="ignore"):
        compute_nodes(s, held(np.ascontiguousarray(points)), found, other)
    return found


def computed_by_row(op: int, parameter: Any, given: Sequence[Any]) -> Any:
    """The value of an operation, NaN of a user's. SciPy is not loaded."""
    if op >= N_BUILTIN:
        return np.nan
    row = TABLE[op]
    if row.parameter:
        return row.value(*given, parameter)
    formula = None if isinstance(row.value, np.ufunc) else computed_template(row)
    return row.value(*given) if formula is None else formula.write(given, float, _called)


def _called(op: Op, given: Sequence[Any], parameter: Any) -> Any:
    return op.value(*given, parameter) if op.parameter else op.value(*given)


@lru_cache(64)
def _with_ends(count: int) -> tuple[Floats, int]:
    """The numbers at which so many inputs are tried, and more where one of them is infinite; how many are near.

    Without those that have nothing to do with each other: there each way to multiply three of them is lost somewhere.
    """
    wide, between = (np.concatenate((sizes, -sizes)) for sizes in (_SIZES, _BETWEEN))
    order = np.arange(len(wide)) * (2 * np.arange(count)[:, None] + 1) + 7 * np.arange(count)[:, None]
    far = wide[order % len(wide)]
    for k in range(len(wide) if count else 0):
        far[k % count, k] = np.copysign(np.inf, far[k % count, k])
    between = np.sign(between) * np.abs(between) ** (1 / max(2 * count - 1, 1))
    points = points_of(count)
    parts = [points[:, :NEAR], np.tile(between, (count, 1)), points[:, NEAR + _SCATTERED :], far]
    near = sum(part.shape[1] for part in (parts if count == 1 else parts[:2]))
    return np.concatenate(parts, axis=1), near


@lru_cache(64)
def points_of(count: int) -> Floats:
    """The numbers at which so many inputs are tried."""
    wide = np.concatenate((_SIZES, -_SIZES))
    sizes = np.sign(wide) * np.abs(wide) ** (1 / max(2 * count - 1, 1))
    points = [np.tile(sizes, (count, 1))]
    if count > 1:  # an odd multiple is another order of 32 numbers
        order = np.arange(len(wide)) * (2 * np.arange(count)[:, None] + 1) + 7 * np.arange(count)[:, None]
        points += [sizes[order % len(wide)], *_scattered(count, wide)]
    return np.concatenate(points, axis=1)


def _scattered(count: int, wide: Floats) -> list[Floats]:
    """Points for inputs that have nothing to do with each other, the same in every run."""
    state = np.arange(1, 3 * _SCATTERED * count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):  # splitmix64
        state = (state ^ (state >> np.uint64(shift))) * np.uint64(factor)
    unit, sign, place = ((state >> np.uint64(11)) / 2.0**53).reshape(3, count, _SCATTERED)
    share = 1.0 if count < 4 else 1 / (2 * count - 1)
    sizes = np.sign(wide) * np.abs(wide) ** share
    signs = np.where(sign < 0.5, -1.0, 1.0)
    return [
        10.0 ** (_DECADES * share * (2.0 * unit - 1.0)) * signs,
        _ENDS[(place * len(_ENDS)).astype(np.int64)] ** share * signs,
        np.tile(sizes, (count, 1)),
    ]


def out_of_range(memory: Memory, values: Floats, plan: Plan, listing: Listing, *, rewritten: bool = False) -> list[int]:
    """The roots among the touched whose new product is wrong at a probe where the old one is right, or not finite where
    that is.

    The rows are the factors of products as (root, factor, side, place), divisors with a negative side; factors behind
    the nodes are pairs of the plan. They are multiplied in the order of their places, or, where that leaves the range,
    in the opposite one, and the places then become negative. With `rewritten` pairs are what rules compute, to a digit,
    of whatever constants, and numbers are held back.
    """
    return spoilt_roots(memory, held(values), values.shape[1], plan, listing, rewritten)
