"""Logarithms of what leaves the range of doubles: powers, reciprocals, gamma, cosh, erfc. mpmath has the numbers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew

FAR = (-900.0, -3.0, 0.7, 2.0, 900.0)
RIGHT = (1e-200, 0.3, 2.0, 170.5, 400.0, 1e200)
FORMULAS: dict[str, tuple[Callable[[Any], Any], tuple[float, ...]]] = {
    "log(2**u)": (lambda u: u * mp.log(2), FAR),
    "log(10**u)": (lambda u: u * mp.log(10), FAR),
    "log(exp2(u)*exp(1))": (lambda u: u * mp.log(2) + 1, (-3.0, 0.7)),
    "log2(2**u)": (lambda u: u, FAR),
    "log2(exp(u))": (lambda u: u / mp.log(2), FAR),
    "log10(10**u)": (lambda u: u, FAR),
    "log10(exp(u))": (lambda u: u / mp.log(10), FAR),
    "log(exp(u)**3)": (lambda u: 3 * u, FAR),
    "log(exp(u)*cosh(u))": (lambda u: u + mp.log(mp.cosh(u)), FAR),
    "log(cosh(u))": (lambda u: mp.log(mp.cosh(u)), FAR),
    "log(expm1(exp(u)))": (lambda u: mp.log(mp.expm1(mp.exp(u))), (-40.0, -3.0, 0.7, 7.0)),
    "log(erfc(u))": (lambda u: mp.log(mp.erfc(u)), (-30.0, -1.0, 0.4, 3.0, 40.0)),
    "log(1 - erf(u))": (lambda u: mp.log(mp.erfc(u)), (-30.0, -1.0, 0.4, 3.0, 40.0)),
    "log(gamma(u))": (lambda u: mp.log(mp.gamma(u)), (1e-200, 0.3, 2.5, 170.5, 400.0, 1e5)),
    "log(gamma(u + 1))": (lambda u: mp.log(mp.gamma(u + 1)), (0.3, 2.5, 170.5, 400.0, 1e5)),
    "log(gamma(exp(u)))": (lambda u: mp.log(mp.gamma(mp.exp(u))), (-3.0, 0.7, 7.0)),
    "log(abs(gamma(u)))": (lambda u: mp.log(abs(mp.gamma(u))), (-2.5, -0.5, 0.3, 2.5, 400.0)),
    "log(u**3)": (lambda u: 3 * mp.log(u), RIGHT),
    "log(1/u)": (lambda u: -mp.log(u), (1e-308, *RIGHT)),
    "log(cosh(u)**2.5)": (lambda u: mp.log(mp.cosh(u)) * 5 / 2, FAR),
    "sinh(u)/cosh(u)": (mp.tanh, FAR),
}  # fmt: skip


@pytest.mark.parametrize("formula", FORMULAS)
@pytest.mark.parametrize("tensors", [False, True], ids=["scalars", "tensors"])
def test_value_and_slope(formula: str, tensors: bool) -> None:
    right, points = FORMULAS[formula]
    with mp.workdps(100):
        values = [float(right(mp.mpf(u))) for u in points]
        slopes = [float(mp.diff(right, mp.mpf(u), h=abs(u) * mp.mpf("1e-30"))) for u in points]
    graph = ew.parse(f"sum({formula})", shapes="u: n") if tensors else ew.parse(formula)
    derivatives = [graph.simplify().gradient().simplify()]
    if formula not in ("log(u**3)", "log(cosh(u)**2.5)", "sinh(u)/cosh(u)", "log(exp2(u)*exp(1))"):
        derivatives.append(graph.gradient().simplify())  # brought into the form first
    with np.errstate(all="ignore"):
        for u, value, slope in zip(points, values, slopes, strict=True):
            given = [u] if tensors else u
            assert float(graph.simplify().evaluate(u=given).outputs[0]) == pytest.approx(value, rel=1e-12, abs=1e-14)
            for derivative in derivatives:
                assert np.ravel(derivative.evaluate(u=given).outputs[0]) == pytest.approx(slope, rel=1e-12, abs=1e-14)


def test_a_negative_gamma_has_no_logarithm() -> None:
    graph = ew.parse("log(gamma(u))").simplify()
    with np.errstate(all="ignore"):
        assert np.isnan(graph.evaluate(u=-0.5).outputs[0])
        assert graph.evaluate(u=-1.5).outputs[0] == pytest.approx(float(mp.log(mp.gamma(-1.5))), rel=1e-14)


def test_what_is_promised_to_be_positive_needs_no_sign() -> None:
    u = ew.symbols("u", positive=True)
    assert ew.graph(ew.log(ew.gamma(u))).simplify().text() == "lgamma(u)"


@pytest.mark.parametrize("u", [-40.0, -3.0, 0.5, 1.0, 2.0, 12.0, 38.5, 60.0, 1e200])
def test_second_derivatives_of_log_ndtr_far_right(u: float) -> None:
    """Where the quotient by erfcx is 0/0."""
    with mp.workdps(60):
        x = mp.mpf(u)
        slope = mp.npdf(x) / (mp.erfc(-x / mp.sqrt(2)) / 2) if u < 1e100 else mp.mpf(0)
        second = float(-slope * (x + slope))
    H = ew.parse("log_ndtr(x)").hessian()
    for made in (H, H.simplify()):
        assert made.evaluate(u).outputs[0] == pytest.approx(second, rel=1e-9, abs=1e-300)
