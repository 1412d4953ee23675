"""SciPy's special functions that are formulas of the table: values and derivatives over the domain, by mpmath."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import scipy.special as sp

import edgewise as ew
from edgewise.errors import EdgewiseError
from edgewise.ops.composed_formulas import SPECIAL

psi, trigamma = mp.digamma, lambda z: mp.polygamma(1, z)


def _beta_logs(x: Any, y: Any) -> tuple[Any, ...]:
    """First and second derivatives of log B in x, x x and y, y y."""
    s = x + y
    return psi(x) - psi(s), trigamma(x) - trigamma(s), psi(y) - psi(s), trigamma(y) - trigamma(s)


def _beta(x: Any, y: Any) -> list[Any]:
    value = mp.beta(x, y)
    a, aa, b, bb = _beta_logs(x, y)
    return [value, value * a, value * b, value * (a * a + aa), value * (b * b + bb)]


def _betaln(x: Any, y: Any) -> list[Any]:
    a, aa, b, bb = _beta_logs(x, y)
    return [mp.loggamma(x) + mp.loggamma(y) - mp.loggamma(x + y), a, b, aa, bb]


def _binom(n: Any, k: Any) -> list[Any]:
    value = mp.gamma(n + 1) / (mp.gamma(k + 1) * mp.gamma(n - k + 1))
    a, b = psi(n + 1) - psi(n - k + 1), psi(n - k + 1) - psi(k + 1)
    aa, bb = trigamma(n + 1) - trigamma(n - k + 1), -trigamma(n - k + 1) - trigamma(k + 1)
    return [value, value * a, value * b, value * (a * a + aa), value * (b * b + bb)]


def _poch(x: Any, k: Any) -> list[Any]:
    value = mp.gamma(x + k) / mp.gamma(x)
    a, b = psi(x + k) - psi(x), psi(x + k)
    aa, bb = trigamma(x + k) - trigamma(x), trigamma(x + k)
    return [value, value * a, value * b, value * (a * a + aa), value * (b * b + bb)]


TRUE: dict[str, Callable[[Any, Any], list[Any]]] = {"beta": _beta, "betaln": _betaln, "binom": _binom, "poch": _poch}
GRID = (1e-12, 1e-8, 1e-3, 0.03, 0.5, 2.5, 7.3, 9.99, 10.5, 45.0, 59.5, 120.3, 1e3, 1e6)


@pytest.mark.parametrize("name", TRUE)
def test_of_gamma(name: str) -> None:
    """Value and derivatives keep their digits at arguments near 0, at large ones, and where one is far larger."""
    function = getattr(sp, name)
    graph = ew.trace(lambda x, y: function(x, y), "x", "y")
    run = graph.hessian().simplify().compile("python")
    seen = 0
    for x, y in itertools.product(GRID, GRID):
        first = x + y if name == "binom" else x  # not a binomial beyond its n
        with mp.workdps(50):
            right = TRUE[name](mp.mpf(first), mp.mpf(y))
        if any(abs(v) > 1e300 or abs(v) < 1e-290 for v in right):
            continue
        if name == "binom" and abs(right[2]) < 1e-6 * right[0]:  # the middle of the row
            continue
        value, gradient, hessian = run(first, y)
        found = [value, *gradient, hessian[0][0], hessian[1][1]]
        for got, want in zip(found, right, strict=True):
            assert float(abs(mp.mpf(float(got)) - want) / abs(want)) < 1e-12, (first, y, found, right)
        seen += 1
    assert seen > 80


@pytest.mark.parametrize(
    ("f", "x", "value", "slope"),
    [
        (lambda x: sp.beta(x, 90.0), 120.0, None, None),
        (lambda x: sp.beta(x, 0.7), -0.4, None, None),
        (lambda x: sp.beta(x, 0.7), -0.7, 0.0, None),  # a root, where the gamma function of the sum has a pole
        (lambda x: sp.beta(-2.5, x), 1.5, 0.0, None),
        (lambda x: sp.binom(3.0, x), 5.0, 0.0, None),
        (lambda x: sp.poch(x, 1.5), -2.0, 0.0, None),
        (lambda x: sp.binom(x, 3), -2.5, None, None),
        (lambda x: sp.binom(x, 0), 2.5, 1.0, 0.0),
        (lambda x: sp.poch(x, 4), -2.0, 0.0, 2.0),
        (lambda x: sp.poch(1e-300, x), 0.5, None, None),
        (lambda x: sp.comb(x, 2.5), 7.0, None, None),
        (lambda x: sp.perm(x, 2.5), 7.0, None, None),
    ],
)
def test_single_points(f: Any, x: float, value: float | None, slope: float | None) -> None:
    value = float(f(x)) if value is None else value
    if slope is None:
        slope = (8 * (f(x + 1e-4) - f(x - 1e-4)) - f(x + 2e-4) + f(x - 2e-4)) / 12e-4
    found, gradient = ew.trace(f, "x").gradient().simplify().compile()(x)
    assert found == pytest.approx(value, rel=1e-12)
    assert gradient == pytest.approx(slope, rel=1e-8, abs=1e-300)


def _erfcinv(x: float) -> Any:
    start = sp.erfcinv(x)
    return mp.findroot(lambda t: mp.log(mp.erfc(t)) - mp.log(mp.mpf(x)), mp.mpf(start))


@pytest.mark.parametrize("p", [1e-120, 1e-20, 1e-9, 0.02, 0.24, 0.26, 0.5 - 1e-9, 0.7, 0.99, 1 - 1e-12])
def test_quantiles(p: float) -> None:
    """The inverse of erfc and of the normal distribution, in the tails too."""
    with mp.workdps(40):
        z = -mp.sqrt(2) * _erfcinv(2 * p)
        density = mp.exp(-z * z / 2) / mp.sqrt(2 * mp.pi)
        right = [z, 1 / density, z / density**2]
        run = ew.trace(lambda p: sp.ndtri(p), "p").hessian().simplify().compile("python")
        value, gradient, hessian = run(p)
        for got, want in zip((value, gradient, hessian), right, strict=True):
            assert abs(mp.mpf(float(np.squeeze(got))) - want) <= 2e-12 * abs(want), (p, got, want)
        assert ew.grad(lambda x: sp.erfcinv(x))(2 * p) == pytest.approx(float(-right[1] / mp.sqrt(8)), rel=1e-12)


ARGUMENTS: dict[str, tuple[float, ...]] = {
    "beta": (2.5, 0.7), "betaln": (12.5, 33.0), "binom": (5.5, 2.2), "poch": (2.3, 1.7), "erfcinv": (0.3,),
    "ndtri": (0.3,), "cosdg": (400.0,), "sindg": (7200030.0,), "tandg": (40.0,), "cotdg": (400.0,),
    "radian": (3.0, 4.0, 5.0), "gammasgn": (-1.5,),
    "factorial": (3.5,),
}  # fmt: skip


@pytest.mark.parametrize("name", ARGUMENTS)
def test_every_front_end_writes_the_same(name: str) -> None:
    args, names = ARGUMENTS[name], "abc"[: len(ARGUMENTS[name])]
    right = float(getattr(sp, name)(*args))
    function = getattr(sp, name)
    formula = f"{name}({', '.join(names)})"
    point = dict(zip(names, args, strict=True))
    pairs = {key: np.array([value, value]) for key, value in point.items()}
    scalars = [ew.trace(lambda *a: function(*a), *names), ew.parse(formula)]
    tensors = [
        ew.trace(lambda **given: function(*given.values()), **{key: ew.tensor("n") for key in names}),
        ew.parse(formula, shapes="; ".join(f"{key}: n" for key in names)),
    ]
    for graph in scalars:
        assert graph.evaluate(point).outputs[0] == pytest.approx(right, rel=1e-14)
    for graph in tensors:
        assert graph.evaluate(pairs).outputs[0] == pytest.approx([right, right], rel=1e-14)


@pytest.mark.parametrize("name", SPECIAL)
def test_formulas_of_text_say_their_arguments(name: str) -> None:
    arguments = SPECIAL[name][0].split()
    assert ew.parse(f"{name}({', '.join(arguments)})").inputs
    with pytest.raises(EdgewiseError, match=rf"{name} does not take 4 arguments.*{', '.join(arguments)}"):
        ew.parse(f"{name}(1, 2, 3, x)")


def test_a_whole_number_of_factors_is_a_polynomial() -> None:
    assert len(ew.trace(lambda x: sp.poch(x, 3), "x")) < 10
    G = ew.trace(lambda x: np.sum(sp.binom(x, 2)), x=ew.tensor("n"))
    assert G.gradient().compile()(np.array([3.0, -1.0]))[1] == pytest.approx([2.5, -1.5])


def test_what_has_no_formula_says_so() -> None:
    with pytest.raises(EdgewiseError, match=r"scipy\.special\.ndtri_exp has no operation.*ndtri of the exponential"):
        ew.trace(lambda x: sp.ndtri_exp(x), "x")
