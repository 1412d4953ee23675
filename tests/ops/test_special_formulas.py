"""The formulas of special functions in their rows, in units in the last place of mpmath's values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest

from edgewise.evaluate import forward_propagation
from edgewise.lower.formulas import formula_tape
from edgewise.ops import OPS, computed_template
from edgewise.ops.special_formulas import LARGEST, polygamma, spherical_jn


def value(name: str, x: Any, parameter: Any = None) -> Any:
    formula = computed_template(OPS[name], parameter)
    assert formula is not None
    with np.errstate(all="ignore"):
        return np.broadcast_to(forward_propagation(formula_tape(OPS[name], formula), [x]).outputs[0], x.shape)


def bessel(n: int, x: Any) -> Any:
    return mp.sqrt(mp.pi / 2 / x) * mp.besselj(n + mp.mpf(1) / 2, x) if x > 0 else (-1) ** n * bessel(n, -x)


# Name, parameter, exact value, [(from, to, units in the last place)]: beside a zero that no double is, the error is in
# units of the largest value in the range instead.
CASES: list[tuple[str, Any, Callable[[Any], Any], list[tuple[float, float, float]]]] = [
    ("erf", None, mp.erf, [(-6, 6, 4), (-0.47, 0.47, 4)]),
    ("erfc", None, mp.erfc, [(-6, 0, 3), (0, 0.5, 5), (0.46, 4.1, 9), (4, 26, 7)]),
    ("erfinv", None, mp.erfinv, [(-0.999, 0.999, 9), (0.99, 1, 3), (-0.01, 0.01, 5)]),
    ("gamma", None, mp.gamma, [(0, 2, 5), (2, 10, 5), (9, 171.6, 8), (-4.9, 0, 8), (-170.1, -5.1, 10)]),
    ("lgamma", None, lambda x: mp.log(abs(mp.gamma(x))), [
        (0, 0.5, 4), (0.5, 1.5, 9), (0.999, 1.001, 4), (1.5, 2.5, 4), (1.999, 2.001, 4), (2.5, 10, 4), (9, 1e6, 4)]),
    ("digamma", None, mp.digamma, [(0, 1, 4), (1, 2, 5), (1.46, 1.463, 4), (2, 10, 5), (9, 1000, 3)]),
    *(("polygamma", n, lambda x, n=n: mp.polygamma(n, x), [(0, 1, 4), (1, 10, 6), (10, 1e3, 12), (-170.51, -170.49, 9)])
      for n in (1, 2, 3, 6)),
    ("logit", None, lambda x: mp.log(x / (1 - x)), [(0, 0.25, 2), (0.25, 0.75, 2), (0.75, 1, 2)]),
    ("lambertw", None, lambda x: mp.re(mp.lambertw(x)), [
        (-0.3678, 0, 4), (-0.36787944, -0.36787, 4), (0, 9, 3), (9, 1e9, 3)]),
    ("lambertwm1", None, lambda x: mp.re(mp.lambertw(x, -1)), [
        (-0.3678, 0, 6), (-0.36787944, -0.36787, 4), (-1e-9, 0, 4)]),
    ("ellipk", None, mp.ellipk, [(-1e9, 0, 5), (-1, 1, 5), (0.9999, 1, 5)]),
    ("ellipe", None, mp.ellipe, [(-1e9, 0, 8), (-1, 1, 8), (0.9999, 1, 8)]),
    ("ellipd", None, lambda m: (mp.ellipk(m) - mp.ellipe(m)) / m, [(-1e9, 0, 14), (-1, 1, 6), (0.9999, 1, 14)]),
    ("spherical_jn", 0, lambda x: bessel(0, x), [(0, 1, 3)]),
    *(("spherical_jn", n, lambda x, n=n: bessel(n, x), [(-1, 1, 4), (1, n, 9)]) for n in (1, 2, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "parameter", "exact", "ranges"), CASES)
def test_a_few_units_in_the_last_place(name: str, parameter: Any, exact: Callable[[Any], Any], ranges: Any) -> None:
    rng = np.random.default_rng(7)
    with mp.workdps(40):
        for low, high, units in ranges:
            x = np.append(rng.uniform(low, high, 120), [low, high] if 0 not in (low, high) and high != 1 else [])
            wanted = [exact(mp.mpf(float(v))) for v in x]
            for v, got, true in zip(x, value(name, x, parameter), wanted, strict=True):
                error = abs(mp.mpf(float(got)) - true) / np.spacing(abs(float(true)))
                assert error <= units, f"{name}({parameter}) at {v}: {float(error)} units"


@pytest.mark.parametrize(
    ("name", "parameter", "exact", "low", "high", "most"),
    [
        ("lgamma", None, lambda x: mp.log(abs(mp.gamma(x))), -10, 0, 2e-14),
        ("digamma", None, mp.digamma, -4.99, -0.01, 1e-12),
        ("spherical_jn", 1, lambda x: bessel(1, x), 1, 30, 4e-16),
        ("spherical_jn", 4, lambda x: bessel(4, x), 1, 30, 4e-16),
        ("spherical_jn", 10, lambda x: bessel(10, x), 1, 30, 1e-15),
    ],
)
def test_beside_zeros_the_error_is_that_of_the_terms(
    name: str, parameter: Any, exact: Callable[[Any], Any], low: float, high: float, most: float
) -> None:
    x = np.random.default_rng(3).uniform(low, high, 200)
    with mp.workdps(40):
        for v, got in zip(x, value(name, x, parameter), strict=True):
            assert abs(mp.mpf(float(got)) - exact(mp.mpf(float(v)))) < most, v


def test_orders_beyond_the_largest_have_no_formula() -> None:
    for row in (polygamma, spherical_jn):
        assert row(LARGEST) and row(LARGEST + 1) == ""
    assert computed_template(OPS["polygamma"], 10**9) is None
    x = np.array([0.5, 3.0, 250.0])
    for n in (1, 20, LARGEST):
        assert value("polygamma", x, n) == pytest.approx([float(mp.polygamma(n, v)) for v in x], rel=1e-12)
        assert value("spherical_jn", x, n) == pytest.approx([float(bessel(n, mp.mpf(v))) for v in x], rel=1e-8)
