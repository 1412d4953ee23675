"""SciPy's functions that are formulas: traced, in texts of numbers and of tensors, values and slopes."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import numpy as np
import pytest
from scipy import special

import edgewise as ew

UNARY = {
    "cosm1": (lambda x: mp.cos(x) - 1, (1e-9, 0.4, -3.0)),
    "exprel": (lambda x: mp.expm1(x) / x, (1e-9, -0.3, 4.0)),
    "rgamma": (mp.rgamma, (0.3, 4.2, -2.3)),
    "spence": (lambda z: mp.re(mp.polylog(2, 1 - z)), (1e-9, 0.3, 0.51, 0.9999, 1.7, 30.0)),
    "ellipkm1": (lambda p: mp.ellipk(1 - p), (1e-30, 0.2, 0.999, 3.0)),
    "log_expit": (lambda x: -mp.log1p(mp.exp(-x)), (-3.0, 0.0, 5.0)),
    "softsign": (lambda x: x / (1 + abs(x)), (-3.0, 0.7)),
    "log1pmx": (lambda x: mp.log1p(x) - x, (1e-9, -0.3, 0.6, 3.0)),
    "exp1": (lambda x: mp.expint(1, x), (0.3, 4.0)),
}
BINARY = {
    "agm": (mp.agm, ((1.3, 0.2), (1e-9, 4.0), (2.0, 2.0))),
    "boxcox": (lambda x, p: (x**p - 1) / p, ((1.7, 0.4), (3.0, -2.0))),
    "huber": (lambda d, r: r * r / 2 if abs(r) <= d else d * (abs(r) - d / 2), ((1.0, 0.4), (1.0, -3.0))),
    "kl_div": (lambda x, y: x * mp.log(x / y) - x + y, ((0.4, 0.5), (0.4, 0.40001), (3.0, 0.1))),
    "rel_entr": (lambda x, y: x * mp.log(x / y), ((0.4, 0.5), (3.0, 0.1))),
}


@pytest.mark.parametrize("name", [*UNARY, *BINARY])
def test_texts_have_values_and_slopes(name: str) -> None:
    function, points = {**UNARY, **BINARY}[name]
    B = ew.parse(f"{name}({'x' if name in UNARY else 'x, y'})").gradient()
    for point in points:
        given = point if isinstance(point, tuple) else (point,)
        value, *slopes = np.ravel(np.concatenate([np.ravel(part) for part in B.compile("numpy")(*given)]))
        with mp.workdps(40):
            at = tuple(map(mp.mpf, given))
            assert value == pytest.approx(float(function(*at)), rel=1e-13)
            for k, slope in enumerate(slopes):
                order = tuple(int(k == j) for j in range(len(at)))
                h = mp.mpf(10) ** -15 * min(map(abs, at), default=1) or mp.mpf(10) ** -15
                exact = mp.diff(function, at if len(at) > 1 else at[0], order if len(at) > 1 else 1, h=h)
                assert slope == pytest.approx(float(exact), rel=1e-9, abs=1e-12), (point, k)


@pytest.mark.parametrize("t", [-40.0, -1.2, 0.0, 0.3, 7.0])
def test_students_distribution(t: float) -> None:
    B = ew.trace(lambda v, t: special.stdtr(v, t), "v", "t").gradient("t")
    value, slope = B.compile("numpy")(3.5, t)
    v = 3.5
    density = special.gamma((v + 1) / 2) / special.gamma(v / 2) / np.sqrt(v * np.pi) * (1 + t * t / v) ** (-(v + 1) / 2)
    assert value == pytest.approx(special.stdtr(v, t), rel=1e-12)
    assert slope == pytest.approx(density, rel=1e-12)


@pytest.mark.parametrize("n", [0, 1, 3])
@pytest.mark.parametrize("v", [0, 2, 0.5])
def test_derivatives_of_bessel_functions(v: float, n: int) -> None:
    z = np.array([0.7, 2.3])
    for of_order in (
        lambda z, n: special.jvp(v, z, n), lambda z, n: special.yvp(v, z, n),
        lambda z, n: special.ivp(v, z, n), lambda z, n: special.kvp(v, z, n),
    ):  # fmt: skip
        for declared in (ew.tensor(2), 2):
            graph = ew.trace(lambda z, f=of_order: np.sum(f(z, n)), z=declared).gradient()
            value, slopes = graph.compile("numpy")(z)
            assert value == pytest.approx(np.sum(of_order(z, n)), rel=1e-12, abs=1e-13)
            assert np.allclose(slopes, of_order(z, n + 1), rtol=1e-11, atol=1e-13)


@pytest.mark.parametrize(
    "function", [special.zeta, lambda x: special.comb(x + 5, x), lambda x: special.spherical_yn(1, x)]
)
def test_of_arrays_of_scalars_they_are_those_of_tensors(function: Any) -> None:
    at = np.array([1.5, 2.2, 3.0])
    one, other = (ew.trace(lambda x: np.sum(function(x)), x=declared).gradient() for declared in (3, ew.tensor(3)))
    assert np.allclose(one.compile("numpy")(at)[1], other.compile("numpy")(at)[1], rtol=1e-13)
    mixed = ew.trace(lambda x: np.sum(function(np.array([x[0], 3.0]))), x=1).evaluate(np.array([1.5]))
    assert mixed.outputs[0] == pytest.approx(np.sum(function(np.array([1.5, 3.0]))), rel=1e-13)


OF_DEGREE = {
    "eval_legendre(5, x)": special.eval_legendre(5, 0.3), "eval_chebyt(0, x)": 1.0,
    "eval_hermite(4, x)": special.eval_hermite(4, 0.3), "eval_laguerre(3, x)": special.eval_laguerre(3, 0.3),
    "eval_genlaguerre(3, 1/2, x)": special.eval_genlaguerre(3, 0.5, 0.3),
    "eval_gegenbauer(3, 1/2, x)": special.eval_gegenbauer(3, 0.5, 0.3),
    "eval_jacobi(4, 1/2, 2, x)": special.eval_jacobi(4, 0.5, 2, 0.3),
    "spherical_yn(3, x)": special.spherical_yn(3, 0.3), "spherical_kn(3, x)": special.spherical_kn(3, 0.3),
}  # fmt: skip


@pytest.mark.parametrize("text", OF_DEGREE)
def test_functions_of_constant_degree_in_texts(text: str) -> None:
    assert ew.parse(text, inputs=["x"]).evaluate(0.3).result == pytest.approx(OF_DEGREE[text], rel=1e-14)
    of_tensors = ew.parse(f"sum({text.replace('x)', 'v)')})", shapes="v: 3")
    assert of_tensors.evaluate(v=np.full(3, 0.3)).result == pytest.approx(3 * OF_DEGREE[text], rel=1e-14)


@pytest.mark.parametrize("text", ["eval_legendre(x, 2)", "eval_legendre(2)", "spherical_yn()", "eval_chebyt(1/2, x)"])
def test_what_is_no_degree_is_told(text: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=r"eval_|spherical_yn"):
        ew.parse(text)


def test_traced_with_known_parameters_they_choose_at_once() -> None:
    assert len(ew.trace(lambda r: special.huber(1.5, r), "r")) < 12
    G: Any = ew.trace(lambda x: special.spherical_kn(2, x) + special.spherical_yn(1, x), "x")
    assert G.evaluate(0.7).result == pytest.approx(special.spherical_kn(2, 0.7) + special.spherical_yn(1, 0.7))
