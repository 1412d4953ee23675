"""Logarithms of multiples of an exponential: right where the exponential has left the range."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew

FORMULAS = {
    "log(2*exp(u))": lambda u: mp.log(2) + u,
    "log(exp(u) + exp(u))": lambda u: mp.log(2) + u,
    "log(exp(u) + exp(u) + exp(2*u))": lambda u: mp.log(2 * mp.exp(u) + mp.exp(2 * u)),
    "log(exp(u)/3)": lambda u: u - mp.log(3),
    "log(3/exp(u))": lambda u: mp.log(3) - u,
    "log(3*exp(-u))": lambda u: mp.log(3) - u,
    "log(exp(u) + 3)": lambda u: mp.log(mp.exp(u) + 3),
    "log(1 + 3*exp(u))": lambda u: mp.log(1 + 3 * mp.exp(u)),
    "log(1 + exp(u)/3)": lambda u: mp.log(1 + mp.exp(u) / 3),
    "log1p(3/exp(u))": lambda u: mp.log(1 + 3 * mp.exp(-u)),
}
POINTS = np.array([-1e4, -800.0, -3.0, 0.0, 2.0, 800.0, 1e4])


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("tensors", [False, True], ids=["scalars", "tensors"])
def test_value_and_slope_far_out(formula: str, tensors: bool) -> None:
    with mp.workdps(400):
        right = np.array([float(FORMULAS[formula](mp.mpf(u))) for u in POINTS])
        slopes = np.array([float(mp.diff(FORMULAS[formula], mp.mpf(u), h=mp.mpf("1e-20"))) for u in POINTS])
    inner: Any = {"u": ew.tensor("n")} if tensors else {}
    simplified = (ew.trace(_function(formula), **inner) if tensors else ew.parse(formula)).simplify()
    np.testing.assert_allclose(np.asarray(simplified.evaluate(u=POINTS).outputs[0]), right, rtol=1e-13, atol=1e-300)
    if not tensors:
        slope = simplified.gradient().simplify().evaluate(u=POINTS).outputs[0]
        np.testing.assert_allclose(np.broadcast_to(slope, POINTS.shape), slopes, rtol=1e-13, atol=1e-300)


def _function(formula: str) -> Any:
    names = {"exp": np.exp, "log": np.log, "log1p": np.log1p}
    return lambda u: eval(formula, {**names, "u": u})


@pytest.mark.parametrize("formula", ["log(-2*exp(u))", "log(exp(u)/-3)", "log1p(-3*exp(u))", "log(exp(u) + -3)"])
def test_not_of_a_negative_multiple(formula: str) -> None:
    simplified = ew.parse(formula).simplify()
    with np.errstate(all="ignore"):
        np.testing.assert_allclose(
            simplified.evaluate(u=POINTS[1:6]).outputs[0], ew.parse(formula).evaluate(u=POINTS[1:6]).outputs[0]
        )
