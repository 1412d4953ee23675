"""SciPy's distributions and Bessel functions with an order in their names: values and slopes by mpmath."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import scipy.special as sp

import edgewise as ew
from edgewise.errors import DifferentiationError


def _binomial(k: Any, n: Any, p: Any) -> Any:
    return mp.fsum(mp.binomial(n, i) * p**i * (1 - p) ** (n - i) for i in range(int(k) + 1))


def _negative(k: Any, n: Any, p: Any) -> Any:
    return mp.fsum(mp.binomial(n + i - 1, i) * p**n * (1 - p) ** i for i in range(int(k) + 1))


def _poisson(k: Any, m: Any) -> Any:
    return mp.fsum(mp.exp(-m) * m**i / mp.factorial(i) for i in range(int(k) + 1))


def _gamma(a: Any, b: Any, x: Any) -> Any:
    return mp.quad(lambda t: a**b * t ** (b - 1) * mp.exp(-a * t) / mp.gamma(b), [0, x])


def _f(n: Any, d: Any, x: Any) -> Any:
    return mp.betainc(n / 2, d / 2, 0, n * x / (d + n * x), regularized=True)


CASES: dict[str, tuple[Callable[..., Any], Sequence[float]]] = {
    **{f"j{n}": (lambda x, n=n: mp.besselj(n, x), (1.7,)) for n in (0, 1)},
    **{f"y{n}": (lambda x, n=n: mp.bessely(n, x), (1.7,)) for n in (0, 1)},
    **{f"i{n}": (lambda x, n=n: mp.besseli(n, x), (1.7,)) for n in (0, 1)},
    **{f"k{n}": (lambda x, n=n: mp.besselk(n, x), (1.7,)) for n in (0, 1)},
    "bdtr": (_binomial, (2, 7, 0.3)),
    "bdtrc": (lambda k, n, p: 1 - _binomial(k, n, p), (2, 7, 0.3)),
    "nbdtr": (_negative, (3, 4, 0.6)),
    "nbdtrc": (lambda k, n, p: 1 - _negative(k, n, p), (3, 4, 0.6)),
    "pdtr": (_poisson, (3, 2.5)),
    "pdtrc": (lambda k, m: 1 - _poisson(k, m), (3, 2.5)),
    "chdtr": (lambda v, x: _gamma(mp.mpf(1) / 2, v / 2, x), (3.0, 0.7)),
    "chdtrc": (lambda v, x: 1 - _gamma(mp.mpf(1) / 2, v / 2, x), (3.0, 0.7)),
    "gdtr": (_gamma, (2.0, 3.0, 0.7)),
    "gdtrc": (lambda a, b, x: 1 - _gamma(a, b, x), (2.0, 3.0, 0.7)),
    "fdtr": (_f, (3.0, 4.0, 0.7)),
    "fdtrc": (lambda n, d, x: 1 - _f(n, d, x), (3.0, 4.0, 0.7)),
    "betaincc": (lambda a, b, x: 1 - mp.betainc(a, b, 0, x, regularized=True), (1.5, 2.5, 0.3)),
}


@pytest.mark.parametrize("name", CASES)
def test_value_and_slope(name: str) -> None:
    truth, (*before, x) = CASES[name]
    value, slope = ew.value_and_grad(lambda x: getattr(sp, name)(*before, x))(x)
    with mp.workdps(30):
        known = list(map(mp.mpf, before))
        np.testing.assert_allclose(value, float(truth(*known, mp.mpf(x))), rtol=1e-12)
        np.testing.assert_allclose(slope, float(mp.diff(lambda t: truth(*known, t), mp.mpf(x))), rtol=1e-12)
    text = ew.parse(f"{name}({', '.join(map(str, [*before, 'x']))})")
    np.testing.assert_allclose(text.gradient().compile("numpy")(x), (value, slope), rtol=1e-14)


def test_slopes_in_parameters_are_refused_by_name() -> None:
    with pytest.raises(DifferentiationError, match="gammainc"):
        ew.grad(lambda v: sp.chdtr(v, 0.7))(3.0)
    assert ew.grad(lambda a: sp.gdtr(a, 3.0, 0.7))(2.0) == pytest.approx(0.7 / 2 * 2**3 * 0.7**2 * np.exp(-1.4) / 2)
