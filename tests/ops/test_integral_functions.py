"""Sine, Fresnel and elliptic integrals, Dawson's function and scaled Bessel functions over their whole ranges."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from scipy import special

import edgewise as ew
import oracles
from edgewise.ops import OPS

EPS = 2.0**-52
RANGES = [(1e-12, 1e-3), (1e-3, 1), (1, 3.3), (3.3, 10), (10, 100), (100, 700)]
UNITS = {"sinint": 3, "cosint": 20, "sinhint": 12, "coshint": 12, "fresnels": 6, "fresnelc": 6, "dawsn": 8, "erfi": 10}


def drawn(low: float, high: float, count: int = 8) -> Any:
    return np.exp(np.random.default_rng(3).uniform(np.log(low), np.log(high), count))


@pytest.mark.parametrize("name", UNITS)
def test_values_are_a_few_units_from_mpmaths(name: str) -> None:
    for low, high in RANGES:
        x = drawn(low, high)
        with mp.workdps(40):
            for v, got in zip(x.tolist(), np.ravel(OPS[name].value(x)).tolist(), strict=True):
                exact = mp.re(oracles.MPMATH[name](mp.mpf(v)))
                if abs(exact) < 1e300:
                    assert abs(mp.mpf(got) - exact) <= UNITS[name] * EPS * abs(exact), (name, v)


@pytest.mark.parametrize("name", [name for name in UNITS if name not in ("cosint", "coshint")])
def test_they_are_odd_and_have_their_limits(name: str) -> None:
    ends = {"sinint": np.pi / 2, "fresnels": 0.5, "fresnelc": 0.5, "dawsn": 0.0}
    x = np.array([0.3, 2.0, 11.0, 45.0, np.inf])
    assert np.array_equal(OPS[name].value(-x), -OPS[name].value(x))
    assert OPS[name].value(np.inf) == ends.get(name, np.inf)
    assert np.isnan(OPS[name].value(np.nan))


@pytest.mark.parametrize(("name", "theirs"), [("besselie", mp.besseli), ("besselke", mp.besselk)])
@pytest.mark.parametrize("order", [0, 0.7])
def test_scaled_bessel_functions_far_out(name: str, theirs: Callable[..., Any], order: Any) -> None:
    """Their slopes are differences of nearly equal numbers there, and are not taken so."""
    B = ew.parse(f"{name}({order}, x)").gradient()
    sign = -1 if name == "besselie" else 1
    for x in (25.0, 1e4):
        with mp.workdps(50):
            exact = mp.diff(lambda t: theirs(mp.mpf(order), t) * mp.exp(sign * t), mp.mpf(x), h=mp.mpf(10) ** -20)
        assert B.evaluate(x).outputs[0] == pytest.approx(float(exact), rel=2e-14)
    assert B.evaluate(np.inf).outputs[0] == 0


POINTS = [
    (0.7, 0.4),
    (-1.2, 0.9),
    (0.4, 1.0),
    (1e-5, 0.3),
    (0.9, 1e-9),
    (7.0, 0.6),
    (2.0, -50.0),
    (0.3, 3.0),
    (1.1, 0.0),
]


@pytest.mark.parametrize(("name", "theirs"), [("ellipkinc", mp.ellipf), ("ellipeinc", mp.ellipe)])
@pytest.mark.parametrize("level", ["raw", "simplified"])
def test_incomplete_elliptic_integrals_to_second_order(name: str, theirs: Any, level: str) -> None:
    graph = ew.parse(f"{name}(phi, m)").hessian()
    run = (graph.simplify() if level == "simplified" else graph).compile("python")
    for phi, m in POINTS:
        value, gradient, hessian = run(phi, m)
        with mp.workdps(40):
            orders = [(0, 0), (1, 0), (0, 1), (2, 0), (1, 1), (0, 2)]
            exact = [mp.diff(theirs, (mp.mpf(phi), mp.mpf(m)), order) for order in orders]
        got = [value, *gradient, hessian[0][0], hessian[0][1], hessian[1][1]]
        for a, b in zip(got, exact, strict=True):
            assert abs(a - mp.re(b)) <= 3e-14 * abs(b), (phi, m)


def test_they_are_scipys() -> None:
    def f(x: Any, m: Any) -> list[Any]:
        y = [*special.sici(x), *special.shichi(x), *special.fresnel(x), special.dawsn(x), special.erfi(x)]
        y += [special.ellipkinc(x, m), special.ellipeinc(x, m), special.ive(1, x), special.kve(0.5, x)]
        return [*y, special.i0e(x), special.i1e(x), special.k0e(x), special.k1e(x)]

    G = ew.trace(f, "x", "m")
    for backend in ("numpy", "llvm"):
        assert np.allclose(G.compile(backend)(1.3, 0.4), f(1.3, 0.4), rtol=1e-13)


def test_they_are_sympys() -> None:
    x, m = sp.symbols("x m")
    for made in (
        sp.Si(x), sp.Ci(x), sp.Shi(x), sp.Chi(x), sp.fresnels(x), sp.fresnelc(x), sp.erfi(x), sp.elliptic_f(x, m),
        sp.elliptic_e(x, m), sp.exp(x) * sp.besselk(2, x),
    ):  # fmt: skip
        G = ew.graph(made)
        assert not G.tape.custom
        assert G.to_sympy() == made
        assert ew.parse(G.text(G.outputs[0]), inputs=G.inputs) == G
