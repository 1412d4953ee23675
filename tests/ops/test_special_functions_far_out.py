"""Rows of special functions and the zeta function over the whole range, in units of mpmath's values."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from scipy import special

import edgewise as ew
import oracles
from edgewise.errors import EdgewiseError
from edgewise.ops import OPS

EPS = 2.0**-52


def drawn(low: float, high: float, count: int = 25) -> Any:
    """Numbers of all sizes between two of one sign, the same at each run."""
    sign = -1.0 if low < 0 else 1.0
    return sign * np.exp(np.random.default_rng(11).uniform(*sorted(np.log(np.abs([low, high]))), count))


# From, to, error in units of the value, or of the amplitude where the function oscillates.
AIRY = [(-1e10, -9.5, 4), (-9.5, -1e-3, 30), (1e-9, 1, 8), (1, 9.5, 250), (9.5, 103, 6)]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["airyai", "airyaiprime", "airybi", "airybiprime"])
def test_airy_functions_keep_their_phase_and_their_size(name: str) -> None:
    for low, high, units in AIRY:
        x = drawn(low, high)
        with mp.workdps(60):
            for v, got in zip(x.tolist(), OPS[name].value(x).tolist(), strict=True):
                exact = oracles.MPMATH[name](mp.mpf(v))
                amplitude = abs(v) ** (0.25 if "prime" in name else -0.25) if v < -1 else 0.0
                assert abs(got - exact) <= units * EPS * max(abs(exact), amplitude), (name, v)


def test_airy_functions_are_scipys() -> None:
    G = ew.trace(lambda x: list(special.airy(x)), "x")
    assert G.to_sympy() == [f(sp.Symbol("x")) for f in (sp.airyai, sp.airyaiprime, sp.airybi, sp.airybiprime)]
    assert np.allclose(G.evaluate(-2.5).result, special.airy(-2.5), rtol=1e-14)
    assert np.allclose(G.jacobian().evaluate(-2.5).result, slopes_of_airy(-2.5), rtol=1e-13)


def slopes_of_airy(x: float) -> list[float]:
    a, da, b, db = special.airy(x)
    return [da, x * a, db, x * b]


RNG = np.random.default_rng(5)


def gamma_arguments() -> tuple[float, float]:
    a = 10 ** RNG.uniform(-2, 7)
    return a, abs(a + 3 * np.sqrt(a) * RNG.normal())


def beta_arguments() -> tuple[float, float, float]:
    a, b = 10 ** RNG.uniform(-1, 3, 2)
    return a, b, float(RNG.beta(a, b))


@pytest.mark.parametrize(
    ("name", "draw", "units"),
    [
        ("gammapdf", gamma_arguments, 60),
        ("betapdf", beta_arguments, 200),
        ("hurwitz_zeta", lambda: (1 + 10 ** RNG.uniform(-6, 3), 10 ** RNG.uniform(-3, 4)), 4),
        ("gammapdf", lambda: (10 ** RNG.uniform(-3, 1), 10 ** RNG.uniform(-9, 1)), 8),
    ],
)
def test_functions_of_several_arguments(name: str, draw: Callable[[], tuple[float, ...]], units: float) -> None:
    with mp.workdps(150):
        for _ in range(25):
            point = tuple(map(float, draw()))
            exact = oracles.mp_value(name, [mp.mpf(v) for v in point])
            if mp.mpf(10) ** -290 < exact < mp.mpf(10) ** 300 and (name != "betapdf" or 0 < point[-1] < 1):
                assert abs(float(OPS[name].value(*point)) - exact) <= units * EPS * exact, (name, point)


@pytest.mark.slow
@pytest.mark.parametrize(("low", "high", "relative"), [
    (-250, -10, 3e-13), (-10, -0.2, 1e-13), (-0.2, -1e-9, 1e-14), (1e-9, 0.99, 1e-14), (1.01, 40, 2e-13)])  # fmt: skip
def test_zeta_and_its_first_two_derivatives(low: float, high: float, relative: float) -> None:
    x = drawn(low, high, 8)
    G = ew.parse("zeta(s)")
    B = G.gradient().simplify()
    got = [G.evaluate(x).result, B.evaluate(x).outputs[0], B.jacobian().simplify().evaluate(x).outputs[0]]
    with mp.workdps(40):
        for k, values in enumerate(got):
            for v, value in zip(x.tolist(), np.ravel(values).tolist(), strict=True):
                exact = mp.diff(mp.zeta, mp.mpf(v), k) if k else mp.zeta(mp.mpf(v))
                assert abs(value - exact) <= relative * abs(exact), (k, v)


def test_zeta_is_scipys_and_sympys() -> None:
    G = ew.trace(lambda s, q: special.zeta(s) + special.zeta(s + 1, q), "s", "q")
    assert G.evaluate(2.5, 1.5).result == pytest.approx(special.zeta(2.5) + special.zeta(3.5, 1.5), rel=1e-14)
    slope = -3.5 * special.zeta(4.5, 1.5)
    for backend in ("python", "numpy", "llvm"):
        assert G.gradient("q").simplify().compile(backend)(2.5, 1.5)[1] == pytest.approx(slope, rel=1e-14)
    s, q = sp.symbols("s q")
    assert ew.graph(sp.zeta(s, q)).to_sympy() == sp.zeta(s, q)
    assert ew.graph(sp.zeta(s)).evaluate(3.0).result == pytest.approx(float(sp.zeta(3)), rel=1e-15)
    assert [ew.parse("zeta(s)").evaluate(v).result for v in (1.0, -2.0, 0.0, np.inf)] == [np.inf, 0.0, -0.5, 1.0]


@pytest.mark.parametrize("order", [Fraction(1, 3), 0.7, -0.5, 2.0, -3])
def test_bessel_functions_of_real_order_go_every_way(order: Any) -> None:
    for name, theirs in (
        ("besselj", special.jv),
        ("bessely", special.yv),
        ("besseli", special.iv),
        ("besselk", special.kv),
    ):
        G = ew.trace(lambda x, f=theirs: f(float(order), x), "x")
        assert (ew.parse(G.text(G.outputs[0])) == G) and (ew.Graph.from_json(G.to_json()) == G)
        assert ew.parse(f"{name}({order}, x)").evaluate(1.3).result == pytest.approx(
            theirs(float(order), 1.3), rel=1e-14
        )
        with mp.workdps(30):
            exact = mp.diff(lambda t, n=name: oracles.MPMATH[n](t, mp.mpf(float(order))), 1.3)
        for backend in ("numpy", "llvm"):
            assert G.gradient().compile(backend)(1.3)[1] == pytest.approx(float(mp.re(exact)), rel=1e-13)


def test_orders_are_constants() -> None:
    with pytest.raises(EdgewiseError, match="order"):
        ew.parse("besselj(n, x)")
    with pytest.raises(EdgewiseError, match=r"jv of the order.*test_special_functions_far_out\.py:\d+"):
        ew.trace(lambda n, x: special.jv(n, x), "n", "x")
    with pytest.raises(EdgewiseError, match="not a number"):
        ew.graph(sp.besselj(sp.Symbol("n"), sp.Symbol("x")))


def test_lambertw_is_scipys_and_sympys_on_both_branches() -> None:
    G = ew.trace(lambda x: special.lambertw(x).real + special.lambertw(x, -1).real, "x")
    x, z = -0.2, sp.Symbol("x")
    assert G.to_sympy() == sp.LambertW(z) + sp.LambertW(z, -1)
    assert ew.graph(G.to_sympy()).evaluate(x).result == pytest.approx(G.evaluate(x).result, rel=1e-14)
    assert G.evaluate(x).result == pytest.approx(
        float(np.real(special.lambertw(x) + special.lambertw(x, -1))), rel=1e-14
    )
    with pytest.raises(EdgewiseError, match="branch 1 is complex"):
        ew.trace(lambda x: special.lambertw(x, 1), "x")
    ends = [-0.36787944117144233, 0.0, np.inf, -0.5]
    assert np.allclose(OPS["lambertw"].value(np.array(ends)), [-1, 0, np.inf, np.nan], equal_nan=True)
    assert np.allclose(OPS["lambertwm1"].value(np.array(ends)), [-1, -np.inf, np.nan, np.nan], equal_nan=True)


def test_incomplete_functions_of_sympy() -> None:
    a, b, x = sp.symbols("a b x")
    at = {a: 2, b: 3, x: 0.4}
    for made in (
        sp.lowergamma(a, x),
        sp.uppergamma(a, x),
        sp.betainc(a, b, 0, x),
        sp.betainc_regularized(a, b, 0.1, x),
    ):
        G = ew.graph(made, inputs=["a", "b", "x"])
        assert G.evaluate(2.0, 3.0, 0.4).result == pytest.approx(float(made.subs(at).evalf()), rel=1e-13)
