"""NumPy's functions that put entries in order, on tensors: sorting, quantiles, places, interpolation."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError
from edgewise.graph.expr import Expr, apply
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import simplest

__all__ = ["ORDER", "argbest", "argsort", "partitioned", "searchsorted", "sort"]


def sort(a: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    """NumPy's sort."""
    return t.sort(*t.along(a, axis))


def argsort(a: Any, axis: Any = -1, kind: Any = None, order: Any = None, *, stable: Any = None) -> Any:
    """NumPy's argsort, stable."""
    return t.argsort(*t.along(a, axis))


def partitioned(function: Callable[..., Any]) -> Callable[..., Any]:
    """A partition is one of many orders; the sorted one is one of them."""
    return lambda a, kth, axis=-1, *_, **__: function(a, axis)


def argbest(largest: bool) -> Callable[..., Any]:
    """NumPy's argmax and argmin: the first place of a stable order."""

    def call(a: Any, axis: Any = None, out: Any = None, *, keepdims: Any = False) -> Any:
        a, k = t.along(a, axis)
        found = _at(t.argsort(-a if largest else a, k), 0, k)
        return t.expanded(found, (k,)) if keepdims is True else found

    return call


def _at(x: Any, place: Any, axis: int) -> Any:
    """One place of an axis counted from the end."""
    return t.index(x, [(place,), *((0, length, 1) for length in t.shape_of(x)[len(t.shape_of(x)) + axis + 1 :])])


def _kept(found: Any, a: Any, axis: Any, keepdims: Any) -> Any:
    """With axes of length 1 where a reduction took them out."""
    return t.expanded(found, t.axes_from_end(axis, len(t.shape_of(a)))) if keepdims is True else found


def _median(a: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False, keepdims: Any = False) -> Any:
    x, k = t.along(a, axis)
    ordered, n = t.sort(x, k), t.shape_of(x)[k]
    low, high = simplest((n - 1) // 2), simplest(n // 2)
    middle = _at(ordered, low, k) if low == high else (_at(ordered, low, k) + _at(ordered, high, k)) / 2
    return _kept(middle, a, axis, keepdims)


def _quantile(scale: int) -> Callable[..., Any]:
    def call(
        a: Any, q: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False, method: str = "linear",
        keepdims: Any = False, *, weights: Any = None, interpolation: Any = None,
    ) -> Any:  # fmt: skip
        if weights is not None:
            raise refused("np.quantile with weights=", "interpolate the cumulated weights: np.interp")
        method = interpolation or method
        if isinstance(q, Expr) or method not in _METHODS:
            what = "a symbolic probability" if isinstance(q, Expr) else f"method={method!r}"
            raise refused(f"np.quantile with {what}", f"give a number, and one of the methods {', '.join(_METHODS)}")
        x, k = t.along(a, axis)
        ordered = t.sort(x, k)
        if np.ndim(q) == 0:
            return _kept(_between(ordered, Fraction(repr(float(q))) / scale, k, method), a, axis, keepdims)
        found = [_between(ordered, Fraction(repr(float(one))) / scale, k, method) for one in np.ravel(q)]
        stacked = t.stack([_kept(one, a, axis, keepdims) for one in found], 0)
        return t.reshaped(stacked, (*np.shape(q), *t.shape_of(stacked)[1:]))

    return call


def _between(ordered: Any, q: Fraction, axis: int, method: str) -> Any:
    """The quantile of entries in ascending order: between the two that stand on its sides."""
    place = (t.shape_of(ordered)[axis] - 1) * q
    if not isinstance(place, Fraction):
        import sympy as sp

        place = (t.shape_of(ordered)[axis] - 1) * sp.Rational(q.numerator, q.denominator)
    low, high = simplest(operator.floordiv(place, 1)), simplest(-operator.floordiv(-place, 1))
    if method == "nearest":
        if not isinstance(place, Fraction):
            raise refused("np.quantile with method='nearest' along a named dimension", "use 'linear'")
        method = (
            "lower" if place - low < Fraction(1, 2) or (place - low == Fraction(1, 2) and low % 2 == 0) else "higher"
        )
    if low == high or method == "lower":
        return _at(ordered, low, axis)
    if method == "higher":
        return _at(ordered, high, axis)
    part = place - low if method == "linear" else Fraction(1, 2)
    weight = part if isinstance(part, Fraction) else t.count_of(ordered, [part])
    below, above = _at(ordered, low, axis), _at(ordered, high, axis)
    return below + (above - below) * weight


def _nanquantile(scale: int) -> Callable[..., Any]:
    def call(
        a: Any, q: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False, method: str = "linear",
        keepdims: Any = False, *, weights: Any = None, interpolation: Any = None,
    ) -> Any:  # fmt: skip
        if weights is not None or isinstance(q, Expr) or (interpolation or method) != "linear":
            raise refused(
                "np.nanquantile with weights=, method= or a symbolic probability", "give a number, and leave them away"
            )
        x, k = t.along(a, axis)
        places = t.reshaped(t.arange(t.shape_of(x)[k], x), (-1, *(1,) * (-1 - k)))
        count = np.sum(np.equal(x, x) * 1.0, axis=k, keepdims=True)
        ordered = t.sort(x, k)  # what is no number stands last

        def between(probability: float) -> Any:
            share = np.maximum(1 - np.abs(places - probability * (np.maximum(count, 1) - 1)), 0)
            return _kept(np.sum(np.where(share > 0, share * ordered, 0), axis=k), a, axis, keepdims)

        if np.ndim(q) == 0:
            return between(float(q) / scale)
        return t.stack([between(float(one) / scale) for one in np.ravel(q)], 0)

    return call


def _nanmedian(
    a: Any, axis: Any = None, out: Any = None, overwrite_input: bool = False, keepdims: Any = False
) -> Any:  # fmt: skip
    return _nanquantile(1)(a, 0.5, axis, keepdims=keepdims)


_METHODS: Final = ("linear", "lower", "higher", "midpoint", "nearest")


def searchsorted(a: Any, v: Any, side: str = "left", sorter: Any = None) -> Any:
    """NumPy's searchsorted."""
    if not isinstance(side, str) or side not in ("left", "right"):
        raise refused(f"searchsorted with side={side!r:.40}", "it is 'left' or 'right'", InputError)
    return t.searchsorted(a if sorter is None else t.taken(a, sorter, 0), v, side)


def _digitize(x: Any, bins: Any, right: bool = False) -> Any:
    if isinstance(bins, Expr) or np.any(np.diff(bins) < 0):
        raise refused("np.digitize with bins that do not ascend", "use np.searchsorted")
    return t.searchsorted(np.asarray(bins), x, "left" if right else "right")


def _interp(x: Any, xp: Any, fp: Any, left: Any = None, right: Any = None, period: Any = None) -> Any:
    if period is not None:
        raise refused("np.interp with period=", "take the remainder of x first")
    xp, fp = (v if isinstance(v, Expr) else np.asarray(v, dtype=float) for v in (xp, fp))
    x = np.asarray(x, dtype=float) if not isinstance(x, Expr) else x
    last = simplest(t.shape_of(xp)[0] - 1)
    if not isinstance(x, Expr) and not isinstance(xp, Expr):
        above: Any = np.clip(np.searchsorted(xp, x, "right"), 1, last)
        below: Any = above - 1
    else:
        like = x if isinstance(x, Expr) else xp
        above = apply("clip", t.searchsorted(xp, x, "right"), 1, t.count_of(like, [last]))
        below = above - 1

    def entry(values: Any, places: Any) -> Any:
        plain = not isinstance(values, Expr) and not isinstance(places, Expr)
        return values[places] if plain else t.taken(values, places, 0)

    x0, x1, y0, y1 = entry(xp, below), entry(xp, above), entry(fp, below), entry(fp, above)
    inside = y0 + (x - x0) / (x1 - x0) * (y1 - y0)
    low = np.less(x, xp[0]) if not isinstance(x, Expr) and not isinstance(xp, Expr) else apply("lt", x, xp[0])
    high = np.greater(x, xp[-1]) if not isinstance(low, Expr) else apply("gt", x, xp[-1])
    first, end = fp[0] if left is None else left, fp[-1] if right is None else right
    return apply("where", low, first, apply("where", high, end, inside))


ORDER: Final[Mapping[str, Callable[..., Any]]] = {
    "sort": sort, "argsort": argsort, "partition": partitioned(sort), "argpartition": partitioned(argsort),
    "argmax": argbest(True), "argmin": argbest(False), "median": _median,
    "nanmedian": _nanmedian, "nanquantile": _nanquantile(1), "nanpercentile": _nanquantile(100),
    "quantile": _quantile(1), "percentile": _quantile(100), "searchsorted": searchsorted, "digitize": _digitize,
    "interp": _interp, "take_along_axis": lambda arr, indices, axis=-1: t.taken_along(
        arr, indices, axis), "ix_": t.ix_,
}  # fmt: skip
"""Name in NumPy → what it writes."""
