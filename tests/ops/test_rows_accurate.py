"""Every row of the operation table over all doubles of its domain, in units in the last place of the exact number.

The exact number is a difference of values in ball arithmetic (tests/balls.py), which knows nothing of the rows'
partials.
"""

from __future__ import annotations

import math
import re
import sys
import zlib
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
import pytest

import edgewise as ew
from balls import BALLS, derivative_in_balls
from edgewise.differentiate import gradient, jacobian, resolve_wrt
from edgewise.evaluate import forward_propagation
from edgewise.ops import OPS, Op, Refusal
from peers import available
from rows import CASES, holds, row_tape

LEAST, LARGEST = sys.float_info.min, sys.float_info.max
SPECIAL = np.array([0.25, 0.5, 1.0, 1.5, 2.0, 3.0, math.exp(-1), math.pi / 2, math.pi, 1.4616321449683622, 8.0, 40.0])
"""What zeros, kinks, poles and ends of domains lie at, and where formulas change."""


def all_floats(rng: Any, count: int) -> Any:
    """Finite doubles by their bits: one of four from all of them, two of a moderate size, one beside special points."""
    anything = rng.integers(0, 2**64, count, dtype=np.uint64).view(np.float64)
    moderate = rng.choice([-1.0, 1.0], count) * 2.0 ** rng.uniform(-30, 11, count)
    beside = rng.choice(SPECIAL, count) * (1 + rng.choice([-1.0, 0.0, 1.0], count) * 2.0 ** rng.uniform(-52, -1, count))
    drawn = np.choose(
        rng.integers(0, 4, count), [anything, moderate, moderate, rng.choice([-1.0, 1.0], count) * beside]
    )
    return drawn[np.isfinite(drawn)]


def points_of(op: Op, parameter: Any, count: int, seed: int = 0) -> list[tuple[float, ...]]:
    """Points in the row's domain and not at its kinks; of two arguments some are near each other."""
    rng = np.random.default_rng([seed, zlib.crc32(f"{op.name} {parameter}".encode())])
    found: list[tuple[float, ...]] = []
    for _ in range(200):
        columns = [all_floats(rng, 4 * count) for _ in op.args]
        rows = min(map(len, columns))
        columns = [c[:rows] for c in columns]
        for k in range(1, op.arity):
            close = columns[0] * (1 + rng.choice([-1.0, 1.0], rows) * 2.0 ** rng.uniform(-52, 3, rows))
            columns[k] = np.where((rng.integers(0, 3, rows) == 0) & np.isfinite(close), close, columns[k])
        points = list(zip(*(c.tolist() for c in columns), strict=True))
        kept = inside(op, parameter, points)
        found += [point for point, keep in zip(points, kept.tolist(), strict=True) if keep]
        if len(found) >= count:
            break
    return found[:count]


def inside(op: Op, parameter: Any, points: list[tuple[float, ...]]) -> Any:
    with np.errstate(all="ignore"):
        if op.domain == "power":
            whole = isinstance(parameter, int) or parameter == int(parameter)
            return np.array([x > 0 or (whole and x != 0) for (x,) in points])
        domain = re.sub(rf"\b{op.parameter}\b", f"({parameter})", op.domain) if op.parameter else op.domain
        kept = holds(domain, op, points) if domain else np.ones(len(points), dtype=bool)
        return kept & ~holds(op.kinks, op, points) if op.kinks else kept


class Error(NamedTuple):
    units: float
    point: tuple[float, ...]
    got: float
    exact: float


# Rows that are held to other bounds, in units of value, partials and second partials; "as moved" counts in what half a
# last digit of an argument makes of the exact number, where that is more than a unit.
USUAL = (8.0, 4.0, 64.0)
AS_MOVED = {
    # The value is a sum or difference that is 0 where no simple number is.
    **dict.fromkeys(
        ("gamma", "lgamma", "digamma", "polygamma", "spherical_jn", "cosint", "coshint", "expi"), (9.0, 8.0)
    ),
    # Half a last digit of x - y, or of x*y, is as much as that of the arguments; it stands in an exponent.
    **dict.fromkeys(("logaddexp", "expsq", "pow"), (8.0, 4.0)),
    "dawsn": (24.0, 256.0),
    "gammapdf": (400.0, 400.0),  # exponents of some hundreds, rounded; slopes are 0 at the mode
    "erfinv": (8.0, 4.0),  # the value, rounded, stands in an exponent
    "erfc": (8.0, 4.0),  # SciPy's, as if its argument were rounded
    **dict.fromkeys(("fresnels", "fresnelc"), (8.0, 4.0)),  # the angle pi*x**2/2
}
HELD = {
    # SciPy's, which are accurate to so many digits; slopes are half sums and differences of two.
    **dict.fromkeys(("expint",), (16.0, 16.0)),
    **dict.fromkeys(("ellipk", "ellipe", "ellipd", "ellipkinc", "ellipeinc"), (24.0, 64.0)),
    "sinhint": (16.0, 4.0),  # a sum of 56 terms
    "lambertwm1": (8.0, 8.0),  # x + exp(W) where the branch point is not yet near
    **dict.fromkeys(("erfcx", "inerfcx", "dawsn"), (400.0, 400.0)),  # recurrences beside their limits
    "log_ndtr": (8.0, 8.0),  # sqrt(2/pi) over erfcx, and their four roundings
}
OUTSIDE = {
    # Not judged: angles of more digits than a double has, or SciPy's functions alone, with errors of hundreds of units.
    **dict.fromkeys(("airyai", "airyaiprime", "airybi", "airybiprime"), "beyond 1e20 the phase has no digits left"),
    **dict.fromkeys(("besselj", "bessely", "besseli", "besselk", "besselie", "besselke"), "SciPy's"),
    **dict.fromkeys(("gammainc", "gammaincc", "betainc"), "SciPy's"),
    # A partial that never loses a digit would double the operations of second derivatives.
    "gammapdf": "a density whose logarithm cancels",
    "atan2": "squares leave the range beyond 1e154",
    "pow": "the exponent less one is rounded",
    "betapdf": "a density of three arguments whose logarithm cancels",
    "hurwitz_zeta": "sums that balls are slow at; test_special_functions_far_out has them",
}
BEYOND = {
    **dict.fromkeys(("fresnels", "fresnelc"), "abs(x) > 1e6"),
    "gammapdf": "a < 1e-100 or x < 1e-100",  # where the value underflows and its slope does not
    **dict.fromkeys(("ellipkinc", "ellipeinc"), "abs(phi) > 1e6"),
}
JUDGED = [
    (op, c)
    for op, c in CASES
    if op.name in BALLS and op.name not in OUTSIDE and any(partial is not None for partial in op.partials)
    and not (op.name == "power" and isinstance(c, Fraction) and c.denominator & (c.denominator - 1))
]  # fmt: skip
"""An exponent that is no double is rounded once, which x to that power amplifies by its logarithm."""

SECOND = {
    "hypot": "1 - (x/out)**2 cancels beside an axis",
    "atan2": "the mixed one is 0 where |x| is |y|",
    "asin acos atanh": "as written; simplified the cancelling pair is 2*x",
    "sigmoid softplus logaddexp": "as written the third of softplus; simplified the pair is tanh(x/2)",
    "atan asinh": "their squares underflow beyond 1e77",
    "pow power": "exponents of some hundreds, rounded; beyond 1e-150 parts overflow",
    "expsq expi dawsn log_ndtr logit spherical_jn": "zeros that no simple number is",
    "gamma lgamma digamma": "zeros between the poles",
    "fresnels fresnelc": "the angle pi*x**2/2",
    "lambertw lambertwm1": "a third power of the slope beside the branch point",
    "ellipk ellipe ellipd ellipkinc ellipeinc": "quotients of differences beside 0 and 1",
    "gammapdf erfcx inerfcx expint erfinv": "as their slopes",
}
"""Rows whose second partials, of the table's own rows as written, may be off by more than 64 units, and why."""
FREE = frozenset(name for names in SECOND for name in names.split())


def units(op: Op, parameter: Any, order: tuple[int, ...], point: tuple[float, ...], got: float) -> Error | None:
    """How far a double is from the exact number; None where that is no normal double."""
    exact = derivative_in_balls(op.name, point, order, parameter)
    if exact is None or not LEAST <= abs(float(exact)) <= LARGEST:
        return None
    if not math.isfinite(got):
        return Error(math.inf, point, got, float(exact))
    unit = math.ulp(float(exact))
    error = float(abs(exact - got))
    if op.name in AS_MOVED and error > 4 * unit and sum(order) < 2:
        for k, x in enumerate(point):
            slope = derivative_in_balls(op.name, point, [o + (j == k) for j, o in enumerate(order)], parameter)
            unit += abs(float(slope) * x) * 2.0**-53 if slope is not None else 0.0
    return Error(error / unit, point, got, float(exact))


def most(op: Op, order: tuple[int, ...]) -> float:
    bounds = HELD.get(op.name) or AS_MOVED.get(op.name) or USUAL
    return bounds[sum(order)] if sum(order) < 2 else USUAL[2]


class Derivative(NamedTuple):
    order: tuple[int, ...]
    tape: Any
    output: int


def derivatives(op: Op, parameter: Any, second: bool = False) -> list[Derivative]:
    """The value, the partials and with `second` their partials as graphs made of the row alone."""
    tape = row_tape(op, parameter)
    kept = [k for k, partial in enumerate(op.partials) if not (isinstance(partial, Refusal) or op.selects)]
    wrt = resolve_wrt(tape, [op.args[k] for k in kept])
    first = gradient(tape, wrt, ()).tape
    single = [tuple(int(a == k) for a in range(op.arity)) for k in kept]
    found = [Derivative((0,) * op.arity, tape, 0), *(Derivative(o, first, k) for k, o in enumerate(single))]
    if second:
        twice = jacobian(first, wrt, ()).tape
        orders = [tuple(p + q for p, q in zip(s, t, strict=True)) for s in single for t in single]
        found += [Derivative(o, twice, k) for k, o in enumerate(orders)]
    return found


def interpreted(tape: Any, columns: Sequence[Any]) -> list[Any]:
    with np.errstate(all="ignore"):
        return list(forward_propagation(tape, list(columns)).outputs)


def wrong(op: Op, parameter: Any, count: int, second: bool = False, run: Any = interpreted, seed: int = 0) -> list[str]:
    """What a back end's numbers are off by more than the bound."""
    points = points_of(op, parameter, count, seed)
    if op.name in BEYOND:
        points = [p for p, out in zip(points, holds(BEYOND[op.name], op, points).tolist(), strict=True) if not out]
    columns, ran, found = [np.array(c) for c in zip(*points, strict=True)], {}, []
    for order, tape, output in derivatives(op, parameter, second):
        if id(tape) not in ran:
            ran[id(tape)] = run(tape, columns)
        values = np.broadcast_to(np.asarray(ran[id(tape)][output], dtype=float), len(points)).tolist()
        errors = [units(op, parameter, order, point, got) for point, got in zip(points, values, strict=True)]
        worst = max((e for e in errors if e is not None), default=None)
        if worst is not None and worst.units > most(op, order):
            found.append(f"{op.name}({parameter}) {order}: {worst}")
    return found


NAMES = [f"{op.name}({c})" for op, c in JUDGED]


@pytest.mark.parametrize(("op", "parameter"), JUDGED, ids=NAMES)
def test_values_and_partials(op: Op, parameter: Any) -> None:
    assert wrong(op, parameter, 25) == []


@pytest.mark.slow
@pytest.mark.parametrize(("op", "parameter"), JUDGED, ids=NAMES)
def test_many_values_and_partials_and_second_partials(op: Op, parameter: Any) -> None:
    assert wrong(op, parameter, 250, second=op.name not in FREE, seed=1) == []


def compiled(backend: str) -> Any:
    def run(tape: Any, columns: Sequence[Any]) -> list[Any]:
        with np.errstate(all="ignore"):
            found = ew.Graph(tape).compile(backend=backend)(*columns)
        return list(found) if isinstance(found, tuple) else [found]

    return run


ELEMENTARY = [
    (op, c) for op, c in JUDGED if op.name in
    """tanh sigmoid softplus asinh acosh atanh asin acos atan atan2 pow erf erfi expsq sinc exprel logcosh log1mexp
    logit sech csch coth log1p expm1 log_ndtr""".split()
]  # fmt: skip


@pytest.mark.parametrize("backend", ["llvm", "numpy", pytest.param("c", marks=pytest.mark.slow), "python"])
def test_every_back_end_has_the_partials(backend: str) -> None:
    available(backend)
    assert [line for op, c in ELEMENTARY for line in wrong(op, c, 12, run=compiled(backend))] == []


@pytest.mark.parametrize(
    "formula", ["asin(x)", "acos(x)", "atanh(x)", "sigmoid(x)", "softplus(x)", "tanh(x)", "logcosh(x)"]
)
def test_second_derivatives_simplified(formula: str) -> None:
    B = ew.parse(formula).hessian().simplify()
    name = formula.split("(")[0]
    op = OPS[name]
    points = points_of(op, None, 40)
    with np.errstate(all="ignore"):
        values = B.evaluate(np.array([x for (x,) in points])).outputs[0]
    errors = [
        units(op, None, (2,), p, v) for p, v in zip(points, np.broadcast_to(values, len(points)).tolist(), strict=True)
    ]
    assert max(e for e in errors if e is not None).units < USUAL[2]
