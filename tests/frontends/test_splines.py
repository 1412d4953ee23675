"""SciPy's splines and tables: at traced places, and through traced values."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import interpolate

import edgewise as ew

KNOTS, VALUES = np.array([0.0, 1, 2, 3, 4.5]), np.array([0.0, 0.8, 0.9, 0.1, -0.7])
T, PAIRS, PLACES = np.array([0, 0, 0, 0, 2, 4, 4, 4, 4.0]), np.c_[VALUES, VALUES**2], np.linspace(0.1, 3.9, 7)
INSIDE, OUTSIDE = np.array([0.3, 1.7, 2.2, 3.9]), np.array([-0.5, 1.2, 4.1, 5.2])
SPACE: dict[str, Any] = {
    "np": np, "interpolate": interpolate, "KNOTS": KNOTS, "T": T, "PLACES": PLACES,
    "cubic": interpolate.CubicSpline(KNOTS, VALUES),
    "periodic": interpolate.CubicSpline(KNOTS, np.r_[VALUES[:-1], 0], bc_type="periodic"),
    "pairs": interpolate.CubicSpline(KNOTS, PAIRS, bc_type="natural"),
    "pchip": interpolate.PchipInterpolator(KNOTS, VALUES), "akima": interpolate.Akima1DInterpolator(KNOTS, VALUES),
    "basis": interpolate.BSpline(T, VALUES, 3), "quadratic": interpolate.make_interp_spline(KNOTS, PAIRS, k=2),
    "bernstein": interpolate.BPoly(np.array([[1.0, 2], [3, 4], [0, 5]]), np.array([0, 2, 5.0])),
    "line": interpolate.interp1d(KNOTS, VALUES), "table": interpolate.interp1d(KNOTS, VALUES, kind="cubic"),
    "beyond": interpolate.interp1d(KNOTS, VALUES, kind="quadratic", fill_value="extrapolate"),
    "ends": interpolate.interp1d(KNOTS, VALUES, bounds_error=False, fill_value=(5.0, 6.0)),
    "columns": interpolate.interp1d(KNOTS, PAIRS, axis=0), "rows": interpolate.interp1d(KNOTS, PAIRS.T),
    "smooth": interpolate.UnivariateSpline(KNOTS, VALUES, s=0.01),
    "held": interpolate.InterpolatedUnivariateSpline(KNOTS, VALUES, ext=3), "tck": interpolate.splrep(KNOTS, VALUES),
    "grid": interpolate.RegularGridInterpolator((KNOTS, [0, 1, 3.0]), np.outer(VALUES, [1, 2, 4.0])),
    "cube": interpolate.RegularGridInterpolator(
        (KNOTS, [0, 1, 3.0], [0, 1.0]), np.cos(np.arange(30.0)).reshape(5, 3, 2), bounds_error=False, fill_value=None),
}  # fmt: skip
ROWS: list[tuple[str, Any]] = [
    *((text, INSIDE) for text in (
        "cubic(a)", "cubic(a, 1)", "cubic.derivative()(a)", "cubic(a[0])", "pairs(a)", "pchip(a)", "akima(a)",
        "basis(a)", "basis(a, 2)", "quadratic(a)", "bernstein(a)", "line(a)", "table(a)", "columns(a)", "rows(a)",
        "smooth(a)", "interpolate.splev(a, tck)",
        "interpolate.PPoly(np.array([[1.0, 2], [3, 4]]), np.array([0, 1, 2.0]))(a)")),
    *((text, OUTSIDE) for text in (
        "cubic(a)", "cubic(a, extrapolate='periodic')", "periodic(a)", "quadratic(a)", "bernstein(a)", "beyond(a)",
        "ends(a)", "held(a)", "interpolate.splev(a, tck, der=1, ext=1)")),
    ("grid(a)", np.array([[0.3, 0.4], [1.7, 2.9], [4.4, 0.1]])), ("grid((a[0], a[1]))", np.array([0.3, 1.4])),
    ("cube(a)", np.array([[0.3, 0.4, 0.2], [1.7, 2.9, 1.5]])),
    *((text, VALUES) for text in (
        "interpolate.CubicSpline(KNOTS, a)(PLACES)", "interpolate.CubicSpline(KNOTS, a, bc_type='natural')(PLACES, 1)",
        "interpolate.CubicSpline(KNOTS, a)(a[:4])", "interpolate.CubicSpline(KNOTS, a).integrate(0, a[1] + 1)",
        "interpolate.CubicSpline(KNOTS, a).integrate(0, 3)", "interpolate.CubicSpline(KNOTS, a).derivative()(PLACES)",
        "interpolate.BSpline(T, a, 3)(PLACES)", "interpolate.BSpline(T, a, 3)(a[1:3] + 1)",
        "interpolate.make_interp_spline(KNOTS, a, k=3)(a[1])", "interpolate.interp1d(KNOTS, a)(PLACES)",
        "interpolate.interp1d(KNOTS, a, kind='cubic')(PLACES)", "interpolate.splev(PLACES, (T, a, 3))")),
    ("interpolate.CubicSpline(KNOTS, a)(PLACES)", PAIRS),
]  # fmt: skip


@pytest.mark.parametrize(("text", "given"), ROWS)
def test_values_are_scipys_and_slopes_are_those_of_differences(text: str, given: Any) -> None:
    loss = eval(f"lambda a: np.sum(np.sin(1 + {text}))", SPACE)
    change = 1e-4 * np.cos(np.arange(given.size)).reshape(given.shape)
    ends = [loss(given + h * change) for h in (-2, -1, 1, 2)]
    along = (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / 12
    for declared in (ew.tensor(*given.shape), given.shape):
        value, slopes = ew.trace(loss, a=declared).gradient().simplify().compile()(given)
        assert value == pytest.approx(loss(given), rel=1e-13, abs=1e-13)
        assert np.sum(slopes * change) == pytest.approx(along, rel=1e-8, abs=1e-13)


def test_second_derivatives_and_places_outside() -> None:
    cubic, line = SPACE["cubic"], SPACE["line"]
    assert ew.grad(ew.grad(lambda a: cubic(a)))(1.3) == pytest.approx(float(cubic(1.3, 2)), rel=1e-13)
    assert np.isnan(ew.value_and_grad(lambda a: line(a))(7.0)).all()


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda a: interpolate.PchipInterpolator(KNOTS, a)(PLACES), "CubicSpline"),
        (lambda a: interpolate.CubicSpline(a, VALUES)(PLACES), "knots be numbers"),
        (lambda a: interpolate.interp1d(KNOTS, a, kind="nearest")(PLACES), "'linear' or 'cubic'"),
        (lambda a: SPACE["grid"](a[:2], method="nearest"), "method='linear'"),
    ],
)
def test_what_is_refused_says_what_to_write(function: Any, said: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=said) as caught:
        ew.grad(lambda a: np.sum(function(a)))(KNOTS)
    assert "test_splines.py:" in str(caught.value)
