"""Functions of the lengths of single entries of tensors: second derivatives where the length is 0, by hand (mpmath's
Taylor series of f(r) = f(0) + f''(0)·r²/2 + …)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

import edgewise as ew

SMOOTH: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "cos": (np.cos, mpmath.cos),
    "square": (lambda r: r * r, lambda r: r * r),
    "matern": (lambda r: (1 + r) * np.exp(-r), lambda r: (1 + r) * mpmath.exp(-r)),
    "logarithm": (lambda r: r - np.log(1 + r), lambda r: r - mpmath.log(1 + r)),
}
LENGTHS: dict[str, tuple[Callable[[Any, Any], Any], float]] = {
    "abs": (lambda x, y: np.abs(x), 1.0),
    "root": (lambda x, y: np.sqrt(x**2), 1.0),
    "hypot": (np.hypot, 1.0),
    "hypot of three": (lambda x, y: np.hypot(np.hypot(x, y), 2 * x), 5.0),
    "root of squares": (lambda x, y: np.sqrt(4 * x**2 + y * y), 4.0),
    "factors apart": (lambda x, y: np.sqrt(x * 4 * x + (-y) * (-y)), 4.0),
    "complex": (lambda x, y: np.abs(x + 1j * y), 1.0),
}


@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("function", SMOOTH)
def test_smooth_functions(function: str, length: str) -> None:
    (f, judge), (r, scale) = SMOOTH[function], LENGTHS[length]
    expected = 2 * scale * float(mpmath.taylor(judge, 0, 2)[2]) * np.eye(2)
    G = ew.trace(lambda x, y: np.sum(f(r(x, y))), x=ew.tensor("n"), y=ew.tensor("n"))
    zero = np.zeros(2)
    found = [
        G.hessian("x").compile()(zero, zero)[2],
        G.hessian("x").simplify().compile()(zero, zero)[2],
        G.gradient("x").jacobian("x").compile()(zero, zero)[-1],
        G.gradient("x").simplify().jacobian("x").compile()(zero, zero)[-1],
        ew.hessian(lambda x, y: np.sum(f(r(x, y))))(zero, zero),
        ew.jacobian(ew.grad(lambda x, y: np.sum(f(r(x, y)))))(zero, zero),
        ew.hessian(lambda x: f(r(x[0], x[1])))(zero)[:1, :1] * np.eye(2),
    ]
    for hessian in found:
        np.testing.assert_allclose(hessian, expected, rtol=1e-12, atol=1e-12)


def test_others_stay() -> None:
    """An infinite second derivative leaves the convention, and lengths that are only summed stay as they are."""
    for function in (lambda x: np.sum(np.sqrt(np.abs(x))), lambda x: np.sum(np.abs(x) ** 1.5)):
        hessian = ew.trace(function, x=ew.tensor("n")).hessian().compile()(np.zeros(2))[2]
        np.testing.assert_array_equal(hessian, np.zeros((2, 2)))
    assert "norm" not in ew.trace(lambda x: np.sum(np.abs(x) * x), x=ew.tensor("n")).hessian().text()


def test_shared_terms_and_factors_are_counted() -> None:
    """Forty doublings are forty nodes, not 2**40 terms; a square of so many factors is none that is looked for."""

    def length(x: Any, times: Callable[[Any], Any]) -> Any:
        y = x * x
        for _ in range(40):
            y = times(y)
        return np.sum(np.cos(np.sqrt(y)))

    doubled = ew.trace(lambda x: length(x, lambda y: y + y), x=ew.tensor("n")).hessian()
    np.testing.assert_allclose(doubled.compile()(np.zeros(2))[2], -(2.0**40) * np.eye(2), rtol=1e-12)
    squared = ew.trace(lambda x: length(x, lambda y: y * y), x=ew.tensor("n")).hessian()
    np.testing.assert_array_equal(squared.compile()(np.zeros(2))[2], np.zeros((2, 2)))
