"""Differences of neighbours, contrasts and their slopes: simplified, value and derivatives have their digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew

Point = tuple[float, ...]
LARGE: Sequence[Point] = ((1e10,), (3e15,), (1e100,), (1e-3,), (1e-200,), (0.7,))
PAIRS: Sequence[Point] = ((1e-12, -0.5), (0.3, -0.3000001), (1e-200, 2e150), (3.0, 1e-17), (0.25, 5.0))
FORMULAS: Sequence[tuple[str, Callable[..., Any], Sequence[Point]]] = (
    ("sqrt(x + 1) - sqrt(x)", lambda x: mp.sqrt(x + 1) - mp.sqrt(x), LARGE),
    ("sqrt(x) - sqrt(x + 3)", lambda x: mp.sqrt(x) - mp.sqrt(x + 3), LARGE),
    ("sqrt(x + 1) - sqrt(x - 2)", lambda x: mp.sqrt(x + 1) - mp.sqrt(x - 2), ((1e10,), (3e15,), (1e100,), (2.5,))),
    ("sqrt(x - 2) - sqrt(x)", lambda x: mp.sqrt(x - 2) - mp.sqrt(x), ((1e10,), (3e15,), (1e100,), (2.5,))),
    ("1/sqrt(x) - 1/sqrt(x + 1)", lambda x: 1 / mp.sqrt(x) - 1 / mp.sqrt(x + 1), LARGE),
    ("1/sqrt(x + 2) - 1/sqrt(x)", lambda x: 1 / mp.sqrt(x + 2) - 1 / mp.sqrt(x), LARGE),
    ("1/(x + 1) - 1/x", lambda x: 1 / (x + 1) - 1 / x, LARGE),
    ("2/x - 2/(x + 1)", lambda x: 2 / x - 2 / (x + 1), LARGE),
    ("1/(x - 1) - 1/x", lambda x: 1 / (x - 1) - 1 / x, ((1e10,), (3e15,), (1e100,), (0.75,))),
    ("(x*x - 1)/(x - 1)", lambda x: x + 1, ((1 + 2.0**-40,), (1.5,), (1e200,))),
    ("(x - 1)/(x*x - 1)", lambda x: 1 / (x + 1), ((1 + 2.0**-40,), (1.5,), (1e200,))),
    ("(1 - cos(x))/sin(x)", lambda x: mp.tan(x / 2), ((1e-9,), (1e-200,), (0.5,), (3.0,))),
    ("sin(x)/(1 + cos(x))", lambda x: mp.tan(x / 2), ((1e-9,), (1e-200,), (0.5,), (3.0,))),
    ("(exp(2*x) - 1)/(exp(x) - 1)", lambda x: mp.exp(x) + 1, ((1e-17,), (-50.0,), (1.0,), (400.0,))),
    ("(exp(x) - 1)/(exp(2*x) - 1)", lambda x: 1 / (mp.exp(x) + 1), ((1e-17,), (-50.0,), (1.0,), (400.0,))),
    ("sin(y)*(exp(-x) - exp(x))", lambda x, y: -2 * mp.sin(y) * mp.sinh(x), PAIRS[:2]),
    ("(x + y)/(x - y)", lambda x, y: (x + y) / (x - y), PAIRS),
    ("(x - y)/(x + y)", lambda x, y: (x - y) / (x + y), PAIRS),
)
NEARLY: Sequence[tuple[str, Callable[..., Any], Sequence[Point]]] = (
    ("log(x + 1) - log(x)", lambda x: mp.log(x + 1) - mp.log(x), LARGE),
    ("log(x) - log(x + 1)", lambda x: mp.log(x) - mp.log(x + 1), LARGE),
    ("(x + 1)*log(x + 1) - x*log(x) - 1", lambda x: (x + 1) * mp.log(x + 1) - x * mp.log(x) - 1, LARGE[:3]),
)


def checked(
    text: str, function: Callable[..., Any], points: Sequence[Point], rel: float, *, value: bool = True
) -> None:
    G = ew.parse(text, inputs=["x", "y"][: len(points[0])])
    S = G.gradient().simplify()
    for point in points:
        with mp.workdps(700):
            exact = [function(*map(mp.mpf, point))] if value else []
            for k in range(len(point)):
                orders = tuple(int(k == j) for j in range(len(point)))
                exact.append(mp.diff(function, point, orders, h=mp.mpf(10) ** -400, relative=True))
        values = S.evaluate(*point).values
        returned = [node for result in S.returns() for node in result.nodes]
        for node, wanted in zip(returned[-len(exact) :], exact, strict=True):
            if np.finfo(float).tiny < abs(wanted) < 1e308:
                assert float(values[node]) == pytest.approx(float(wanted), rel=rel), (point, node)


@pytest.mark.parametrize(
    ("text", "function", "points"), FORMULAS, ids=lambda value: value if type(value) is str else ""
)
def test_neighbours_have_their_digits(text: str, function: Callable[..., Any], points: Sequence[Point]) -> None:
    """A dozen units in the last place, where the difference as it is written has none."""
    checked(text, function, points, 12 * 2.0**-52)


@pytest.mark.parametrize(("text", "function", "points"), NEARLY, ids=lambda value: value if type(value) is str else "")
def test_logarithms_have_nearly_all(text: str, function: Callable[..., Any], points: Sequence[Point]) -> None:
    """exp(-log(x)) has an error of log(x) units: wherever log(x) is a number, so is the difference."""
    checked(text, function, points, 1e-13, value="- 1" not in text)


def test_logarithms_are_finite_where_the_reciprocal_is_not() -> None:
    S = ew.parse("log(x + 1) - log(x)").simplify()
    assert S.evaluate(1e-320).result == pytest.approx(736.8272408909739, rel=1e-15)
    assert S.evaluate(-0.0).result == np.inf
