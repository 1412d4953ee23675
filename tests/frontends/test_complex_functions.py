"""NumPy's functions of complex numbers, traced: values are NumPy's, slopes the complex derivative's."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew

POINTS = (1.2 + 0.4j, -0.7 + 1.3j, -1.6 - 0.2j, 0.3 - 2.1j, 2.5 + 1e-3j, 1e-9 + 1e-8j, -4.0 - 3.0j)
MPMATH = {
    "arcsin": mp.asin, "arccos": mp.acos, "arctan": mp.atan, "arcsinh": mp.asinh, "arccosh": mp.acosh,
    "arctanh": mp.atanh, "log1p": mp.log1p, "expm1": mp.expm1, "log2": lambda z: mp.log(z, 2), "log10": mp.log10,
    "exp2": lambda z: mp.mpf(2) ** z, "square": lambda z: z * z, "reciprocal": lambda z: 1 / z,
}  # fmt: skip


@pytest.mark.parametrize(
    "name", [*MPMATH, "tan", "tanh", "sin", "cos", "sinh", "cosh", "exp", "log", "sqrt"]
)  # fmt: skip
def test_elementary_functions_of_complex_numbers(name: str) -> None:
    numpys, exact = getattr(np, name), MPMATH.get(name) or getattr(mp, name)
    real, imag = (
        ew.value_and_grad(lambda x, y, k=k: getattr(numpys(x + 1j * y), k), argnums=(0, 1)) for k in ("real", "imag")
    )
    for z in POINTS:
        with mp.workdps(40):
            value, slope = complex(exact(mp.mpc(z))), complex(mp.diff(exact, mp.mpc(z)))
        for found, (own, across, down) in (
            (real(z.real, z.imag), (value.real, slope.real, -slope.imag)),
            (imag(z.real, z.imag), (value.imag, slope.imag, slope.real)),
        ):
            near = 1e-13 * max(abs(value), abs(slope))
            assert found[0] == pytest.approx(own, rel=1e-9, abs=near), (name, z)
            assert found[1] == pytest.approx((across, down), rel=1e-9, abs=near), (name, z)


def test_signs_and_tests_of_complex_numbers() -> None:
    assert ew.value_and_grad(lambda x: np.sign(x + 2j).real)(1.5)[0] == pytest.approx(np.real((1.5 + 2j) / 2.5))
    assert ew.trace(lambda x: np.sign(x + 0j * x).real, "x").evaluate(0.0).outputs == (0.0,)
    G = ew.trace(lambda x, y: [np.where(f(x * 1j + y), 1.0, 2.0) for f in (np.isfinite, np.isnan)], "x", "y")
    assert G.evaluate(1.0, 2.0).outputs == (1.0, 2.0)
    assert G.evaluate(1.0, np.inf).outputs == (2.0, 2.0) and G.evaluate(np.nan, 1.0).outputs == (2.0, 1.0)


def pair(x: Any) -> Any:
    return x + 1j * x[::-1]


def square(x: Any) -> Any:
    return np.array([[x[0] + 1j, x[1]], [x[2] * 1j, x[3] + 2j]])


def third(x: Any) -> Any:
    return np.array([[x[0] + 1j, x[1], 0.5j], [x[2] * 1j, x[3] + 2j, x[0] * x[1]], [1.0, x[2] * x[3], 1j * x[1] - 2]])


ARRAYS: dict[str, Callable[[Any], Any]] = {
    "prod": lambda x: np.prod(pair(x)), "prod axes": lambda x: np.prod(square(x), axis=(0, 1), keepdims=True),
    "prod axis": lambda x: pair(x).reshape(2, 2).prod(axis=1), "multiply.reduce": lambda x: np.multiply.reduce(pair(x)),
    "cumprod": lambda x: np.cumprod(pair(x)), "cumprod axis": lambda x: np.cumprod(square(x), axis=1),
    "einsum": lambda x: np.einsum("i,ij,j->j", pair(x)[:2], square(x), x[:2] - 1j),
    "var": lambda x: np.var(pair(x), ddof=1), "std": lambda x: np.std(square(x), axis=0),
    "average": lambda x: np.average(pair(x), weights=x**2), "average of all": lambda x: np.average(pair(x)),
    "average rows": lambda x: np.average(square(x), axis=1, weights=np.array([1.0, 3.0])),
    "polyval": lambda x: np.polyval(pair(x), 2.0 + 1j), "interp": lambda x: np.interp(0.5, np.arange(4.0), pair(x)),
    "trapezoid": lambda x: np.trapezoid(pair(x), dx=0.5), "contour": lambda x: np.trapezoid(1 / pair(x), pair(x) ** 2),
    "correlate": lambda x: np.correlate(pair(x), pair(x)[:2], "full"),
    "det of one": lambda x: np.linalg.det(square(x)[:1, :1]),
    "multi_dot": lambda x: np.linalg.multi_dot([square(x), square(x).T, pair(x)[:2]]),
    "det": lambda x: np.linalg.det(square(x)), "det of three": lambda x: np.linalg.det(third(x)),
    "solve": lambda x: np.linalg.solve(third(x), pair(x)[:3]),
    "solve matrix": lambda x: np.linalg.solve(square(x), square(x).T + 1),
    "solve real": lambda x: np.linalg.solve(np.diag(x**2), pair(x)), "inv": lambda x: np.linalg.inv(third(x)),
}  # fmt: skip


@pytest.mark.skipif(not hasattr(np, "trapezoid"), reason="NumPy 1 calls it trapz")
@pytest.mark.parametrize("name", ARRAYS)
def test_functions_of_complex_arrays(name: str) -> None:
    def real(x: Any) -> Any:
        found = ARRAYS[name](x)
        return np.sum(np.real(found) * 1.3) + np.sum(np.imag(found)) * 0.7

    at, direction = np.array([1.3, -0.4, 2.2, 0.7]), np.array([0.3, -1.0, 0.7, 0.5])
    value, slope = ew.value_and_grad(real)(at)
    assert value == pytest.approx(real(at), rel=1e-12)
    h = 1e-3
    wide, narrow = ((real(at + s * direction) - real(at - s * direction)) / (2 * s) for s in (h, h / 2))
    assert slope @ direction == pytest.approx((4 * narrow - wide) / 3, rel=1e-8)


def test_what_has_no_formula_for_complex_numbers_says_so() -> None:
    for f, said in (
        (lambda x: np.linalg.det(x * np.ones((5, 5)) + 1j).real, "5 rows"),
        (lambda x: np.linalg.eigvals(square(x * np.ones(4)))[0].real, "z.real and z.imag"),
        (lambda x: np.interp(x + 1j, [0.0, 1.0], [0.0, 1.0]).real, "interp"),
    ):
        with pytest.raises(ew.errors.UnsupportedError, match=said):
            ew.grad(f)(0.5)
