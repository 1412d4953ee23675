"""Functions of complex numbers of expressions: what NumPy makes of them, written for the real and imaginary parts.

Branches are NumPy's. Inverse functions follow Kahan, *Branch cuts for complex elementary functions* (1987), which loses
no digits near the cuts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import product
from math import log
from typing import Any, Final

import numpy as np

from edgewise.graph.other_libraries import is_complex
from edgewise.graph.refused import refused

__all__ = ["ELEMENTARY", "OF_ARRAYS"]

Pair = tuple[Any, Any]
MOST = 4
"""Rows of a matrix whose determinant is written out."""


# --- entry by entry: of (real, imaginary), giving both --------------------------------------------------------------


def _root(a: Pair) -> Pair:
    size, half = np.sqrt(np.hypot(*a)), np.arctan2(a[1], a[0]) / 2
    return size * np.cos(half), size * np.sin(half)


def _ratio(x: Any, y: Any) -> Pair:
    """tanh(y) + i·sin(2x)/2·sech(y)², over what makes both parts of tan(x + i·y) of them."""
    slope = np.tanh(y)
    flat = (1 - slope) * (1 + slope)
    over = np.cos(x) ** 2 * flat + slope**2
    return slope / over, np.sin(x) * np.cos(x) * flat / over


def _arcsin(a: Pair) -> Pair:
    (p, q), (r, s) = _root((1 - a[0], -a[1])), _root((1 + a[0], a[1]))
    return np.arctan2(a[0], p * r - q * s), np.arcsinh(p * s - q * r)


def _arccos(a: Pair) -> Pair:
    (p, q), (r, s) = _root((1 - a[0], -a[1])), _root((1 + a[0], a[1]))
    return 2 * np.arctan2(p, r), np.arcsinh(r * q - s * p)


def _arccosh(a: Pair) -> Pair:
    (p, q), (r, s) = _root((a[0] - 1, a[1])), _root((a[0] + 1, a[1]))
    return np.arcsinh(p * r + q * s), 2 * np.arctan2(q, r)


def _arctan(x: Any, y: Any) -> Pair:
    return np.arctan2(2 * x, (1 - y) * (1 + y) - x * x) / 2, np.log1p(4 * y / (x * x + (1 - y) ** 2)) / 4


def _scaled(factor: float) -> Callable[[Pair], Pair]:
    return lambda a: (np.log(np.hypot(*a)) * factor, np.arctan2(a[1], a[0]) * factor)


def _sign(a: Pair) -> Pair:
    size = np.hypot(*a)
    size = np.where(size == 0, 1.0, size)
    return a[0] / size, a[1] / size


def _power_of_two(a: Pair) -> Pair:
    size, angle = np.exp2(a[0]), a[1] * log(2)
    return size * np.cos(angle), size * np.sin(angle)


ELEMENTARY: Final[Mapping[str, Callable[[Pair], Any]]] = {
    "tan": lambda a: _ratio(*a)[::-1], "tanh": lambda a: _ratio(a[1], a[0]),
    "arcsin": _arcsin, "arccos": _arccos, "arccosh": _arccosh,
    "arcsinh": lambda a: (lambda w: (w[1], -w[0]))(_arcsin((-a[1], a[0]))),
    "arctan": lambda a: _arctan(*a), "arctanh": lambda a: (lambda w: (w[1], w[0]))(_arctan(a[1], a[0])),
    "log1p": lambda a: (np.log1p(a[0] * (2 + a[0]) + a[1] * a[1]) / 2, np.arctan2(a[1], 1 + a[0])),
    "expm1": lambda a: (np.expm1(a[0]) * np.cos(a[1]) - 2 * np.sin(a[1] / 2) ** 2, np.exp(a[0]) * np.sin(a[1])),
    "log2": _scaled(1 / log(2)), "log10": _scaled(1 / log(10)), "exp2": _power_of_two, "sign": _sign,
}  # fmt: skip
"""NumPy's functions of one number → both parts of what they are."""


# --- of arrays ------------------------------------------------------------------------------------------------------


def _times(factors: Sequence[Any]) -> list[Any]:
    """The products of the first factors."""
    found: list[Any] = []
    for factor in factors:
        found.append(found[-1] * factor if found else factor)
    return found


def _flat(x: Any, axis: Any) -> tuple[Any, int]:
    return (np.ravel(x), 0) if axis is None else (x, axis)


def _prod(a: Any, axis: Any = None, keepdims: bool = False) -> Any:
    ndim = np.ndim(a)
    if isinstance(axis, tuple):
        for one in sorted((k % ndim for k in axis), reverse=True):
            a = _prod(a, one, keepdims)
        return a
    whole, one = _flat(a, axis)
    rows = list(np.moveaxis(whole, one, 0))
    made = _times(rows)[-1] if rows else np.ones(np.shape(whole)[:one] + np.shape(whole)[one + 1 :], complex)
    if not keepdims:
        return made
    return np.reshape(made, (1,) * ndim) if axis is None else np.expand_dims(made, axis)


def _cumprod(a: Any, axis: Any = None) -> Any:
    whole, one = _flat(a, axis)
    return np.moveaxis(np.stack(_times(list(np.moveaxis(whole, one, 0)))), 0, one)


def _einsum(subscripts: str, *operands: Any, **options: Any) -> Any:
    """The sum over all choices of a real or imaginary part of each operand, with the power of i that it has."""
    parts = [(x.real, x.imag) if is_complex(x) else (x,) for x in operands]
    found: list[Any] = [0.0, 0.0]
    for chosen in product(*(range(len(each)) for each in parts)):
        term = np.einsum(subscripts, *(each[k] for each, k in zip(parts, chosen, strict=True)), **options)
        turns = sum(chosen)
        found[turns % 2] = found[turns % 2] + (term if turns % 4 < 2 else -term)
    return found[0] + 1j * found[1]


def _var(a: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    apart = np.abs(a - np.mean(a, axis=axis, keepdims=True)) ** 2
    shape = np.shape(a)
    axes = range(len(shape)) if axis is None else (axis,) if isinstance(axis, int) else axis
    count: Any = 1
    for k in axes:
        count = count * shape[k]
    return np.sum(apart, axis=axis, keepdims=keepdims) / (count - ddof)


def _average(a: Any, axis: Any = None, weights: Any = None) -> Any:
    if weights is None:
        return np.mean(a, axis=axis)
    if np.ndim(weights) != np.ndim(a):
        shape = [1] * np.ndim(a)
        shape[axis] = -1
        weights = np.reshape(weights, shape)
    return np.sum(a * weights, axis=axis) / np.sum(weights * np.ones(np.shape(a)), axis=axis)


def _polyval(p: Any, x: Any) -> Any:
    found: Any = 0.0
    for coefficient in p:
        found = found * x + coefficient
    return found


def _interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None) -> Any:
    if any(is_complex(value) for value in (x, xp, left, right)):
        raise refused("np.interp at complex numbers has no graph", "the values fp alone may be complex")
    return np.interp(x, xp, fp.real, left, right, period) + 1j * np.interp(x, xp, fp.imag, left, right, period)


def _trapezoid(y: Any, x: Any = None, dx: Any = 1.0, axis: int = -1) -> Any:
    y = np.moveaxis(y, axis, 0)
    if x is None:
        return np.sum((y[1:] + y[:-1]) * (dx / 2), axis=0)
    steps = np.diff(x) if np.ndim(x) == 1 else np.moveaxis(np.diff(x, axis=axis), axis, 0)
    if np.ndim(steps) < np.ndim(y):
        steps = np.reshape(steps, (-1,) + (1,) * (np.ndim(y) - 1))
    return np.sum((y[1:] + y[:-1]) * steps / 2, axis=0)


def _correlate(a: Any, v: Any, mode: Any = "valid") -> Any:
    return np.convolve(a, np.conj(np.flip(v)), mode)


def _multi_dot(arrays: Sequence[Any]) -> Any:
    return reduce(lambda x, y: x @ y, arrays)


def _as_real(a: Any) -> Any:
    """The real matrix that does to (real, imaginary) what a complex one does."""
    real, imag = (a.real, a.imag) if is_complex(a) else (a, a * 0.0)
    return np.concatenate([np.concatenate([real, -imag], -1), np.concatenate([imag, real], -1)], -2)


def _solve(a: Any, b: Any) -> Any:
    rows = np.shape(a)[-1]
    axis = -1 if np.ndim(b) == 1 else -2
    real, imag = (b.real, b.imag) if is_complex(b) else (b, b * 0.0)
    found = np.moveaxis(np.linalg.solve(_as_real(a), np.concatenate([real, imag], axis)), axis, 0)
    return np.moveaxis(found[:rows], 0, axis) + 1j * np.moveaxis(found[rows:], 0, axis)


def _inv(a: Any) -> Any:
    rows = np.shape(a)[-1]
    found = np.linalg.inv(_as_real(a))
    return found[..., :rows, :rows] + 1j * found[..., rows:, :rows]


def _det(a: Any) -> Any:
    rows = np.shape(a)[-1]
    if not isinstance(rows, int) or rows > MOST:
        raise refused(
            f"np.linalg.det of complex matrices of {rows} rows has no graph",
            f"up to {MOST} rows it is written out; abs(det)**2 is the determinant of [[re, -im], [im, re]]",
        )
    # Minors of the last rows, by their columns.
    minors: dict[tuple[int, ...], Any] = {(): 1.0}
    for k in range(rows - 1, -1, -1):
        wider: dict[tuple[int, ...], Any] = {}
        for columns, minor in minors.items():
            for j in range(rows):
                if j in columns:
                    continue
                added = tuple(sorted((*columns, j)))
                term = a[..., k, j] * minor
                term = term if added.index(j) % 2 == 0 else -term
                wider[added] = wider[added] + term if added in wider else term
        minors = wider
    return minors[tuple(range(rows))]


OF_ARRAYS: Final[Mapping[Any, Callable[..., Any]]] = {
    np.prod: _prod, np.cumprod: _cumprod, np.einsum: _einsum, np.var: _var,
    np.std: lambda a, *args, **options: np.sqrt(_var(a, *args, **options)), np.average: _average,
    np.polyval: _polyval, np.interp: _interp, np.correlate: _correlate,
    **{getattr(np, name): _trapezoid for name in ("trapezoid", "trapz") if hasattr(np, name)},  # NumPy 2 and 1
    np.linalg.multi_dot: _multi_dot, np.linalg.solve: _solve, np.linalg.inv: _inv, np.linalg.det: _det,
}  # fmt: skip
"""NumPy's functions of arrays → the same of arrays of pairs, by their operators."""
