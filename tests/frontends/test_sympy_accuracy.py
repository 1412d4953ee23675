"""SymPy's functions over the whole range: value, slope, second derivative, judged by mpmath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise.errors import UnsupportedError
from quickly import one_in

x, y = sp.symbols("x y")
VALUE, SLOPE, SECOND = 1e-13, 1e-12, 1e-10
NORMAL, LARGEST = 2.3e-308, 1.7e308

SIZES = [1e-100, 1e-20, 1e-8, 1e-3, 0.2, 0.49999, 0.5, 0.8814, 0.9999, 1.0, 1.0001, 1.9, 2.0, 2.1, 5.0, 20.0, 37.0]
SIZES += [50.0, 200.0, 340.0, 360.0, 600.0, 700.0, 705.0, 720.0, 1e3, 1e6, 1e10, 1e100, 1e154, 1e160, 1e200, 1e300]
EVERY = [*SIZES, *(-size for size in SIZES)]
BEYOND_ONE = [s * v for v in (1 + 1e-15, 1 + 1e-10, 1.0001, 1.9, 2.1, 5.0, 1e6, 1e100, 1e160, 1e300) for s in (1, -1)]
BOUNDED = [v for v in EVERY if abs(v) < 1e5]


def _inverse_erfc(t: Any) -> Any:
    if t > 1:
        return -_inverse_erfc(2 - t)
    if t > 0.01:
        return mp.erfinv(1 - t)
    start = mp.sqrt(-mp.log(t))
    return mp.findroot(lambda v: mp.log(mp.erfc(v)) - mp.log(t), (0.9 * start, start))


_WORDS = [
    {"erfcinv": _inverse_erfc, "polygamma": lambda n, z: mp.psi(int(n), z), "digamma": lambda z: mp.psi(0, z)},
    "mpmath",
]

# The function, where it is looked at, and, where SymPy or mpmath has no derivative of it, the same otherwise.
OF_ONE: dict[str, tuple[Any, Sequence[float], Any]] = {
    "coth": (sp.coth(x), EVERY, None),
    "sech": (sp.sech(x), EVERY, None),
    "csch": (sp.csch(x), EVERY, None),
    "cot": (sp.cot(x), [*BOUNDED, 1.5707963, 3.1415926, 3.141592653589793], None),
    "sec": (sp.sec(x), [*BOUNDED, 1.5707963, 1.5707963267948966], None),
    "csc": (sp.csc(x), [*BOUNDED, 3.1415926, 3.141592653589793], None),
    "acot": (sp.acot(x), EVERY, None),
    "asec": (sp.asec(x), BEYOND_ONE, None),
    "acsc": (sp.acsc(x), BEYOND_ONE, None),
    "acoth": (sp.acoth(x), [v for v in BEYOND_ONE if abs(v) < 1e110], None),
    "asech": (sp.asech(x), [*(v for v in SIZES if v < 1), 1 - 1e-15, 1 - 1e-10], None),
    "acsch": (sp.acsch(x), [v for v in SIZES if v < 1e110], None),
    "factorial": (sp.factorial(x), [1e-10, 0.5, 3.0, 50.0, 169.0, -0.5, -2.5, -20.5], sp.gamma(x + 1)),
    "harmonic": (sp.harmonic(x), [v for v in EVERY if -0.9 < v < 1e100], sp.digamma(x + 1) + sp.EulerGamma),
    "erfcinv": (sp.erfcinv(x), [1e-150, 1e-100, 1e-12, 1e-5, 0.1, 0.4999, 0.5001, 0.9, 1.4, 1.6, 2 - 1e-12], None),
    "chosen": (sp.binomial(x, 7), [180.0, 2.5, -4.25, 1e6, 1e40], sp.ff(x, 7) / 5040),
}
_G = sp.gamma
OF_TWO: dict[str, tuple[Any, Sequence[tuple[float, float]], Any]] = {
    "beta": (
        sp.beta(x, y),
        [(2.0, 3.0), (0.5, 0.5), (1.5, 70.0), (120.0, 90.0), (60.0, 120.0), (3.0, 200.0), (200.0, 3.0), (0.25, 500.0),
         (9.9, 300.0), (10.0, 300.0), (150.5, 150.5), (500.0, 490.0), (1e3, 2.0), (1e6, 3.0), (1e10, 5.0), (30.0, 1e5),
         (-0.5, 3.0), (-2.5, 1.25), (30.0, 30.0), (30.1, 30.0), (59.9, 0.5), (1e5, 0.5)],
        _G(x) * _G(y) / _G(x + y),
    ),
    "binomial": (
        sp.binomial(x, y),
        [(180.0, 3.0), (5.0, 2.0), (5.5, 2.25), (100.0, 50.0), (1000.0, 500.0), (1e6, 5.5), (300.0, 299.0),
         (1e4, 20.0), (-0.5, 3.0), (400.0, 7.25), (160.0, 0.5), (40.0, 38.5), (59.0, 30.0)],
        _G(x + 1) / _G(y + 1) / _G(x - y + 1),
    ),
    "rf": (
        sp.rf(x, y),
        [(2.0, 3.0), (200.0, 3.0), (0.5, 2.5), (1e6, 2.0), (1e10, 0.5), (160.0, 20.5), (1e3, -100.5), (150.0, -120.0),
         (150.0, -145.0), (1e100, 2.0), (1e5, 1e-5), (3.0, 100.0), (-2.5, 3.25)],
        _G(x + y) / _G(x),
    ),
    "ff": (
        sp.ff(x, y),
        [(2.0, 1.5), (200.0, 3.0), (1e6, 2.0), (1e10, 0.5), (160.0, 20.5), (100.0, 60.0), (1e3, -2.0), (150.0, 145.5)],
        _G(x + 1) / _G(x - y + 1),
    ),
    "erf2": (
        sp.erf2(x, y),
        [(6.0, 6.5), (-6.5, -6.0), (0.0, 1.0), (-1.0, 2.0), (0.1, 0.1 + 1e-10), (5.0, 5.0 + 1e-8), (20.0, 20.01),
         (20.0, 21.0), (-20.01, -20.0), (2.0, 1.0), (3.0, 8.0), (-8.0, 3.0), (-1e-5, 1e-5), (0.9, 1.4)],
        sp.erf(y) - sp.erf(x),
    ),
}  # fmt: skip
CASES = {**OF_ONE, **OF_TWO}


def truths(expression: Any, names: Sequence[Any]) -> list[Any]:
    """Functions of the point for the value, the slopes and the second derivatives."""
    slopes = [expression.diff(name) for name in names]
    seconds = [slope.diff(name) for slope in slopes for name in names]
    return [sp.lambdify(names, part, _WORDS) for part in (expression, *slopes, *seconds)]


def agrees(got: float, want: Any, tolerance: float, scale: Any = 0) -> bool:
    if abs(want) > LARGEST:
        return not np.isnan(got)
    if max(abs(want), scale) < NORMAL:
        return bool(abs(got) < 1e-300)
    return bool(abs(mp.mpf(float(got)) - want) <= tolerance * (abs(want) or scale))


@pytest.mark.parametrize("name", one_in(2, CASES))
def test_functions_keep_their_digits_over_the_whole_range(name: str) -> None:
    expression, points, other = CASES[name]
    names = [x, y][: 2 if name in OF_TWO else 1]
    n = len(names)
    H = ew.graph(expression, inputs=names).hessian()
    exact = truths(other or expression, names)
    runs = [graph.compile("python") for graph in (H, H.simplify())]
    native = H.compile()
    at = np.array(points, dtype=float).reshape(len(points), n)
    batch = native(*at.T)
    with mp.workdps(250):
        for k, point in enumerate(at.tolist()):
            want = [mp.re(part(*map(mp.mpf, point))) for part in exact]
            # An entry of a gradient or Hessian that is 0 by cancellation is judged by the others.
            parts = want[1 : 1 + n], want[1 + n :]
            steepest, largest = (max(map(abs, part)) * 1e-3 if n > 1 else 0 for part in parts)
            found = [np.hstack([np.ravel(np.asarray(part, dtype=float)) for part in run(*point)]) for run in runs]
            found.append(np.hstack([np.ravel([np.asarray(e)[k] for e in _entries(part)]) for part in batch]))
            for row in found:
                assert agrees(row[0], want[0], VALUE), (point, row[0], want[0])
                for got, wanted in zip(row[1 : 1 + n], want[1 : 1 + n], strict=True):
                    assert agrees(got, wanted, SLOPE, steepest), (point, got, wanted)
                for got, wanted in zip(row[1 + n :], want[1 + n :], strict=True):
                    assert agrees(got, wanted, SECOND, largest), (point, got, wanted)


def _entries(part: Any) -> list[Any]:
    return [leaf for item in part for leaf in _entries(item)] if isinstance(part, tuple) else [part]


LISTED = [
    (sp.beta(x, y), (120.0, 90.0), 1.8255739186e-63), (sp.binomial(x, y), (180.0, 3.0), 955860.0),
    (sp.binomial(x, 3), (180.0,), 955860.0), (sp.erf2(x, y), (6.0, 6.5), 2.15197367124989e-17 - 3.8421483271206e-20),
    (sp.binomial(x, 0), (2.5,), 1.0), (sp.arg(x), (-2.0,), np.pi), (sp.arg(x), (2.0,), 0.0),
    (sp.exp_polar(x), (1.0,), np.e), (sp.real_root(x, 3), (-8.0,), -2.0), (sp.acot(x), (0.0,), np.pi / 2),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "at", "want"), LISTED, ids=str)
def test_the_listed_values(expression: Any, at: tuple[float, ...], want: float) -> None:
    names = [x, y][: len(at)]
    assert ew.graph(expression, inputs=names).compile("python")(*at) == pytest.approx(want, rel=1e-10)


def test_the_slope_of_acot_at_0_and_of_products_is_exact() -> None:
    assert ew.graph(sp.acot(x)).gradient().compile("python")(0.0) == (np.pi / 2, -1.0)
    assert ew.graph(sp.binomial(x, 2)).gradient().evaluate(3.0).outputs == (2.5,)
    assert ew.graph(sp.real_root(x, 3)).gradient().evaluate(-8.0).outputs[0] == pytest.approx(1 / 12)


@pytest.mark.parametrize(
    "expression",
    [sp.erf2inv(x, y), sp.dirichlet_eta(x), sp.Ynm(2, 1, x, y), sp.hyper((1, x), (2,), y), sp.mathieuc(x, y, 1)],
    ids=str,
)
def test_functions_without_an_operation_say_what_to_write(expression: Any) -> None:
    with pytest.raises(UnsupportedError, match=r"(has no operation in edgewise|be part of a graph); .*edgewise\.op"):
        ew.graph(expression)


def test_conditions_that_cover_the_line_need_no_last_pair() -> None:
    r = sp.Symbol("r", real=True)
    covered = sp.Piecewise((r, r < 0), (r**2, (r >= 0) & (r < 1)), (3, (r >= 1) & (r <= 5)), (4, r > 5))
    for pieces in (covered, sp.Piecewise((-x, x < 0), (x, x >= 0))):
        assert ew.graph(pieces).evaluate(-2.0).outputs[0] in (-2.0, 2.0)
    inside = sp.Piecewise((x, sp.Contains(x, sp.Union(sp.Interval.open(0, 1), sp.FiniteSet(3)))), (7, True))
    assert [ew.graph(inside).evaluate(v).outputs[0] for v in (0.0, 0.5, 1.0, 3.0)] == [7.0, 0.5, 7.0, 3.0]


@pytest.mark.parametrize(
    "pieces",
    [
        sp.Piecewise((x, x < 0), (1, x > 0)), sp.Piecewise((x * y, x > y), (2, y > 3)), sp.Piecewise((1, x > 0)),
        sp.Piecewise((sp.log(x), (x > 0) & (y < 1))), sp.Piecewise((sp.nan, x < 0), (x**2, True)),
        sp.Piecewise((x, sp.Contains(x, sp.Interval(0, 1)))),
        sp.Piecewise((x, sp.Contains(x, sp.ConditionSet(y, y > 2)))), sp.Piecewise((x**3, x > 0)).diff(x),
        sp.Piecewise((sp.nan, x < 0), (x * y, x < 1)) * y + x,
    ],
    ids=str,
)  # fmt: skip
def test_where_no_condition_holds_value_and_derivatives_are_nan(pieces: Any) -> None:
    G = ew.graph(pieces, inputs=["x", "y"])
    slopes = [sp.diff(pieces, symbol) for symbol in (x, y)]
    for at in ((-1.0, 0.0), (2.0, 0.5), (0.0, 4.0), (0.5, -3.0)):
        exact = {x: sp.Rational(at[0]), y: sp.Rational(at[1])}
        value = pieces.subs(exact)
        for graph in (G, G.simplify()):
            np.testing.assert_allclose(graph.evaluate(*at).outputs[0], float(value))
        for B in (G.gradient(), G.gradient().simplify()):
            for symbol, slope, found in zip((x, y), slopes, B.evaluate(*at).outputs, strict=True):
                if symbol in pieces.free_symbols:
                    np.testing.assert_allclose(found, float("nan") if value is sp.nan else float(slope.subs(exact)))
        if value is sp.nan:
            assert any(np.isnan(G.hessian().evaluate(*at).outputs))


def test_numbers_beyond_floating_point_are_said_to_be() -> None:
    with pytest.raises(UnsupportedError, match="beyond the range"):
        ew.graph(sp.Float("1e400") * x)
