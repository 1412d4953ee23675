"""NumPy's functions that are written alike on scalars, on arrays of them and on tensors: in others of NumPy's."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import matmul, mul
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.arrays.array import as_expressions, in_type
from edgewise.graph.callers import asked_by_user
from edgewise.graph.composed import is_truth, real_types, type_of_entries
from edgewise.graph.expr import Expr, apply_op
from edgewise.graph.refused import refused
from edgewise.graph.suggestions import KEEPS_SHAPE
from edgewise.ops import OPS

__all__ = ["ALIKE", "select"]


def select(condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0) -> Any:
    """`np.select`: of the conditions that hold the first one counts."""
    if len(condlist) != len(choicelist) or not condlist:
        raise refused(
            f"np.select got {len(condlist)} conditions and {len(choicelist)} choices", "give one choice for each"
        )
    found = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist), strict=True):
        found = np.where(condition, choice, found)
    return found


def _piecewise(x: Any, condlist: Any, funclist: Sequence[Any], *args: Any, **kw: Any) -> Any:
    one = not isinstance(condlist, (list, tuple)) and np.ndim(condlist) == np.ndim(x)
    conditions = [condlist] if one else condlist
    values = [piece(x, *args, **kw) if callable(piece) else piece for piece in funclist]
    default = values.pop() if len(values) == len(conditions) + 1 else 0
    # Of NumPy's pieces the last one wins.
    return select(conditions[::-1], values[::-1], default)


def _isclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Any:
    a, b = _array(a), _array(b)
    near = np.logical_and(np.abs(a - b) <= atol + rtol * np.abs(b), np.isfinite(b))
    found = np.logical_or(near, np.equal(a, b))
    return np.logical_or(found, np.logical_and(np.not_equal(a, a), np.not_equal(b, b))) if equal_nan else found


def _array(values: Any) -> Any:
    """Nested lists as an array of their entries."""
    return values if isinstance(values, (Expr, np.ndarray)) or np.isscalar(values) else as_expressions(values)


def _multi_dot(arrays: Sequence[Any], *, out: Any = None) -> Any:
    return reduce(matmul, arrays)


def _gradient(f: Any, *varargs: Any, axis: Any = None, edge_order: int = 1) -> Any:
    f = _reals(f)
    axes = range(np.ndim(f)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    if edge_order not in (1, 2) or len(varargs) not in (0, 1, len(axes)):
        raise refused(
            f"np.gradient with {len(varargs)} spacings for {len(axes)} axes, and edge_order={edge_order}",
            "give one spacing for each axis, or one for all, and edge_order=1 or 2",
        )
    steps = [1.0] * len(axes) if not varargs else [varargs[k % len(varargs)] for k in range(len(axes))]
    found = [
        np.moveaxis(_slopes(np.moveaxis(f, k, 0), step, edge_order), 0, k) for k, step in zip(axes, steps, strict=True)
    ]
    return found[0] if len(found) == 1 else tuple(found)


def _reals(values: Any) -> Any:
    """Expressions as they are, numbers as an array of floats."""
    symbolic = isinstance(values, Expr) or getattr(values, "dtype", None) == np.dtype(object)
    return values if symbolic else np.asarray(values, dtype=float)


def _slopes(f: Any, step: Any, edge_order: int) -> Any:
    """Central differences along the first axis, of second order on uneven grids too; at the ends of order one or two.

    Source: NumPy's reference, gradient.
    """
    if np.ndim(step) == 0:
        rises, inner = (f[1:] - f[:-1]) / step, (f[2:] - f[:-2]) / (2 * step)
        first = last = 0.5
    else:
        step = _reals(step)
        gaps = (step[1:] - step[:-1])[(..., *(None,) * (np.ndim(f) - 1))]
        rises = (f[1:] - f[:-1]) / gaps
        inner = (gaps[1:] * rises[:-1] + gaps[:-1] * rises[1:]) / (gaps[1:] + gaps[:-1])
        first, last = gaps[:1] / (gaps[:1] + gaps[1:2]), gaps[-1:] / (gaps[-1:] + gaps[-2:-1])
    low, high = rises[:1], rises[-1:]
    if edge_order == 2:
        low, high = low + first * (low - rises[1:2]), high + last * (high - rises[-2:-1])
    return np.concatenate((low, inner, high))


def _without_nan(function: Callable[..., Any], neutral: float) -> Callable[..., Any]:
    """A function of the entries that are numbers: what stands for the others changes nothing."""

    def call(a: Any, *args: Any, **options: Any) -> Any:
        a = _array(a)
        return function(np.where(np.equal(a, a), a, neutral), *args, **options)

    return call


def _nanmean(
    a: Any, axis: Any = None, dtype: Any = None, out: Any = None, keepdims: Any = False, *, where: Any = True
) -> Any:
    a, keep = in_type("nanmean", _array(a), dtype), keepdims is True
    number = _numbers(a, where)
    return np.sum(np.where(number, a, 0), axis=axis, keepdims=keep) / np.sum(number * 1.0, axis=axis, keepdims=keep)


def _numbers(a: Any, where: Any) -> Any:
    """Which entries are numbers, of those that `where=` leaves."""
    number = np.equal(a, a)
    return number if where is True or where is np._NoValue else np.logical_and(number, where)


def _polyfit(x: Any, y: Any, deg: int, rcond: Any = None, full: bool = False, w: Any = None, cov: Any = False) -> Any:
    if full or cov:
        raise refused("np.polyfit with full= or cov=", "compute what they give of np.vander(x, deg + 1) and y")
    powers = np.vander(x, deg + 1)
    if w is not None:
        powers, y = powers * np.asarray(w)[:, None], y * np.asarray(w)
    return np.linalg.lstsq(powers, y)[0]


def _nanvar(
    a: Any, axis: Any = None, dtype: Any = None, out: Any = None, ddof: Any = 0, keepdims: Any = False, *,
    where: Any = True, mean: Any = None, correction: Any = None,
) -> Any:  # fmt: skip
    a, keep = in_type("nanvar", _array(a), dtype), keepdims is True
    ddof = ddof if correction is None or correction is np._NoValue else correction
    number = _numbers(a, where)
    middle = _nanmean(a, axis, keepdims=True, where=where) if mean is None or mean is np._NoValue else mean
    squares = np.where(number, (a - middle) ** 2, 0)
    return np.sum(squares, axis=axis, keepdims=keep) / (np.sum(number * 1.0, axis=axis, keepdims=keep) - ddof)


def _nanstd(a: Any, *args: Any, **options: Any) -> Any:
    return np.sqrt(_nanvar(a, *args, **options))


def _i0(x: Any) -> Any:
    if isinstance(x, np.ndarray):
        return np.frompyfunc(_i0, 1, 1)(x.view(np.ndarray)).view(type(x))
    return apply_op(OPS["besseli"], (x,), 0) if isinstance(x, Expr) else np.i0(x)


def _nan_to_num(x: Any, copy: bool = True, nan: Any = 0.0, posinf: Any = None, neginf: Any = None) -> Any:
    x, top = _array(x), np.finfo(float).max
    finite = np.clip(x, -top, top)
    if neginf is not None or posinf is not None:
        low = np.where(np.less(x, -top), -top if neginf is None else neginf, x)
        finite = np.where(np.greater(x, top), top if posinf is None else posinf, low)
    return np.where(np.not_equal(x, x), nan, finite)


def _count_nonzero(a: Any, axis: Any = None, *, keepdims: bool = False) -> Any:
    return np.sum(np.not_equal(_array(a), 0) * 1, axis=axis, keepdims=keepdims)


def _cov(
    m: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: int | None = None, fweights: Any = None,
    aweights: Any = None, *, dtype: Any = None,
) -> Any:  # fmt: skip
    given = [in_type("cov", _array(part), dtype) for part in ((m,) if y is None else (m, y))]
    rows = [np.atleast_2d(part if rowvar or np.ndim(part) == 1 else part.T) for part in given]
    x = rows[0] if len(rows) == 1 else np.concatenate(rows)
    lost: Any = int(not bias) if ddof is None else ddof
    weights = [_reals(w) for w in (fweights, aweights) if w is not None]
    if not weights:
        deviations = x - np.mean(x, axis=1, keepdims=True)
        return np.squeeze(deviations @ deviations.T / (x.shape[1] - lost))
    w = reduce(mul, weights)
    total = np.sum(w)
    deviations = x - np.sum(w * x, axis=1, keepdims=True) / total
    lost = lost if aweights is None else lost * np.sum(w * weights[-1]) / total
    return np.squeeze((w * deviations) @ deviations.T / (total - lost))


def _corrcoef(
    x: Any, y: Any = None, rowvar: bool = True, bias: Any = None, ddof: Any = None, *, dtype: Any = None
) -> Any:
    c = _cov(x, y, rowvar, dtype=dtype)  # bias and ddof have no effect, as in NumPy
    if not np.ndim(c):
        return c / c
    scale = np.sqrt(np.diagonal(c))
    return c / (scale[:, None] * scale[None, :])


def _of_types(name: str) -> Callable[..., Any]:
    """A function of types: for users' code an expression has that of the number or array it stands for."""
    function = getattr(np, name)

    def call(*args: Any, **options: Any) -> Any:
        users = asked_by_user(through_us=True)
        types = [_type(arg, users) for arg in args]
        return function(*(np.zeros(0, own) if name == "common_type" else own for own in types), **options)

    return call


def _type(value: Any, users: bool) -> Any:
    if isinstance(value, Expr):
        if not users:
            return np.dtype(object)
        return getattr(value, "dtype", None) or (np.dtype(bool) if is_truth(value) else real_types(value)[-1])
    if isinstance(value, np.ndarray):
        return type_of_entries(value) if users else value.dtype
    return value


def _unwrap(p: Any, discont: Any = None, axis: int = -1, *, period: float = 2 * np.pi) -> Any:
    """Jumps of more than half a period are taken out, which moves values and no slopes. Source: NumPy's unwrap."""
    p = np.moveaxis(_reals(p), axis, -1)
    jumps, half = p[..., 1:] - p[..., :-1], period / 2
    least = np.remainder(jumps + half, period) - half
    least = np.where(np.logical_and(np.equal(least, -half), np.greater(jumps, 0)), half, least)
    wanted = np.where(np.abs(jumps) < half if discont is None else np.abs(jumps) < max(discont, half), 0, least - jumps)
    moved = np.concatenate((p[..., :1], p[..., 1:] + np.cumsum(wanted, axis=-1)), axis=-1)
    return np.moveaxis(moved, -1, axis)


def _compress(condition: Any, a: Any, axis: Any = None, out: Any = None) -> Any:
    if isinstance(condition, Expr) or np.asarray(condition).dtype == object:
        raise refused("np.compress by a condition on expressions: how many hold depends on the data", KEEPS_SHAPE)
    return np.take(a, np.flatnonzero(condition), axis)


def _polyval(p: Sequence[Any], x: Any) -> Any:
    """By Horner's rule."""
    total: Any = 0
    for coefficient in p:
        total = total * x + coefficient
    return total


def _tensorsolve(a: Any, b: Any, axes: Any = None) -> Any:
    a, right = _reals(a), np.ravel(b)
    if axes is not None:
        a = np.moveaxis(a, axes, range(np.ndim(a) - len(axes), np.ndim(a)))
    return np.reshape(np.linalg.solve(np.reshape(a, (right.shape[0], -1)), right), a.shape[np.ndim(b) :])


def _tensorinv(a: Any, ind: int = 2) -> Any:
    rows, columns = math.prod(a.shape[:ind]), math.prod(a.shape[ind:])
    if rows != columns:
        raise refused(
            f"np.linalg.tensorinv with ind={ind} of the shape {tuple(a.shape)}",
            "give one of as many entries in the first axes as in the others",
            ShapeError,
        )
    return np.reshape(np.linalg.inv(np.reshape(a, (rows, -1))), (*a.shape[ind:], *a.shape[:ind]))


def _triangle(places: Callable[..., Any]) -> Callable[..., Any]:
    return lambda arr, k=0: places(len(arr), k, arr.shape[1])


def _resize(a: Any, new_shape: Any) -> Any:
    """The entries row by row, again from the first where they are too few."""
    shape = new_shape if isinstance(new_shape, (tuple, list)) else (new_shape,)
    flat = np.ravel(a)
    places = np.arange(math.prod(shape)) % len(flat)
    return np.reshape(np.take(flat, places), shape)


ALIKE: Final[Mapping[str, Callable[..., Any]]] = {
    "select": select, "piecewise": _piecewise, "isclose": _isclose, "multi_dot": _multi_dot,
    "gradient": _gradient, "polyfit": _polyfit, "nanmean": _nanmean, "nanvar": _nanvar, "nanstd": _nanstd, "i0": _i0,
    "nan_to_num": _nan_to_num, "count_nonzero": _count_nonzero, "cov": _cov, "corrcoef": _corrcoef, "polyval": _polyval,
    "compress": _compress, "unwrap": _unwrap,
    **{name: _of_types(name) for name in ("can_cast", "common_type", "result_type")},
    "diag_indices_from": lambda arr: np.diag_indices(len(arr), np.ndim(arr)),
    **{f"{name}_indices_from": _triangle(getattr(np, f"{name}_indices")) for name in ("tril", "triu")},
    "resize": _resize, "tensorsolve": _tensorsolve, "tensorinv": _tensorinv,
    **{"nan" + name: _without_nan(getattr(np, name), neutral) for name, neutral in (
        ("sum", 0), ("prod", 1), ("cumsum", 0), ("cumprod", 1), ("max", -np.inf), ("min", np.inf))},
}  # fmt: skip
"""Name in NumPy or its linalg → what it writes."""
