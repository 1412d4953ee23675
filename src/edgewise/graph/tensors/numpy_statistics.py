"""NumPy's functions of statistics and calculus on tensors, and why some functions have no graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.graph.arrays.array import in_type
from edgewise.graph.arrays.refused_functions import REFUSED, refusal_of
from edgewise.graph.expr import Expr, apply
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["REFUSALS", "STATISTICS"]


def _average(a: Any, axis: Any = None, weights: Any = None, returned: bool = False, *, keepdims: Any = False) -> Any:
    if returned:
        raise refused("np.average with returned=True", "sum the weights yourself")
    keep = keepdims is True
    if weights is None:
        return t.mean(a, axis, keep)
    if len(t.shape_of(weights)) == 1 and len(t.shape_of(a)) > 1 and isinstance(axis, int):
        rank = len(t.shape_of(a))
        weights = t.expanded(weights, [k for k in range(-rank, 0) if k != axis % rank - rank])
    total = t.over(t.sum, weights * (0 * a + 1), axis, keep)
    return t.over(t.sum, a * weights, axis, keep) / total


def _ptp(a: Any, axis: Any = None, out: Any = None, keepdims: Any = False) -> Any:
    keep = keepdims is True
    return t.over(t.amax, a, axis, keep) - t.over(t.amin, a, axis, keep)


def _trapezoid(y: Any, x: Any = None, dx: float = 1.0, axis: int = -1) -> Any:
    k = axis % len(t.shape_of(y))
    front = (slice(None),) * k
    later, earlier = (*front, slice(1, None)), (*front, slice(None, -1))
    step = dx
    if x is not None:
        gaps = t.getitem(x, (slice(1, None),)) - t.getitem(x, (slice(None, -1),)) if isinstance(x, Expr) else np.diff(x)
        behind = len(t.shape_of(y)) - 1 - k
        step = t.expanded(gaps, range(-behind, 0)) if behind else gaps
    return t.over(t.sum, step * (t.getitem(y, later) + t.getitem(y, earlier)), axis) / 2


def _vander(x: Any, N: Any = None, increasing: bool = False) -> Any:
    count = t.number(t.shape_of(x)[0], "np.vander without N") if N is None else N
    powers = range(count) if increasing else range(count - 1, -1, -1)
    return t.stack([x**k if k else t.full(t.shape_of(x), 1, x) for k in powers], 1)


def _running_extreme(largest: bool) -> Callable[..., Any]:
    def call(a: Any, axis: int = 0) -> Any:
        a, k = t.along(a, axis)
        return t.taken_along(a, t.running_argmax(a if largest else -a, k), k)

    return call


def _running_product(a: Any, axis: int = 0) -> Any:
    return t.cumprod(*t.along(a, axis))


def _cumulative(product: bool) -> Callable[..., Any]:
    def call(x: Any, /, *, axis: Any = None, dtype: Any = None, out: Any = None, include_initial: bool = False) -> Any:
        k, x = 0 if axis is None else axis, in_type("cumulative_prod" if product else "cumulative_sum", x, dtype)
        found = _running_product(x, k) if product else t.running(x, k)
        if not include_initial:
            return found
        shape = list(t.shape_of(x))
        shape[k] = 1
        return t.concatenate([t.full(shape, 1 if product else 0, x), found], k)

    return call


def _bincount(x: Any, weights: Any = None, minlength: int = 0) -> Any:
    if isinstance(x, Expr) or weights is None:
        raise refused(
            "np.bincount of places that are not known: how many entries there are depends on the data",
            "sum a one-hot matrix: edgewise.one_hot(places, k).T @ weights",
        )
    places = np.asarray(x)
    length = max(int(places.max(initial=-1)) + 1, int(minlength))
    return t.untake(weights, t.constant(weights, places), -1, length)


def _any_or_all(name: str) -> Callable[..., Any]:
    """Whether some, or all, entries hold: how many do is counted."""

    def call(a: Any, axis: Any = None, out: Any = None, keepdims: Any = False, *, where: Any = True) -> Any:
        if where is not True and where is not np._NoValue:
            left = where if isinstance(where, Expr) else np.asarray(where)
            a = apply("where", left, apply("ne", a, 0), name == "all")
        fails = apply("eq" if name == "all" else "ne", a, 0) * 1
        count = t.over(t.sum, fails, axis, keepdims is True)
        return apply("eq" if name == "all" else "gt", count, 0)

    return call


_NO_GRAPH: Final[Mapping[str, tuple[str, str]]] = {
    **REFUSED,
    "matrix_rank": ("it has no derivative, and jumps", "find it outside, and give the number"),
    "apply_over_axes": ("it calls a function for each axis", "write whole-array functions with axis="),
    "fromiter": ("it reads numbers one by one", "use np.stack"),
    "array2string": ("a symbol has no numbers yet", "evaluate the finished graph"),
}  # fmt: skip


STATISTICS: Final[Mapping[str, Callable[..., Any]]] = {
    "average": _average, "ptp": _ptp, "trapezoid": _trapezoid, "trapz": _trapezoid, "bincount": _bincount,
    "cumulative_sum": _cumulative(False), "cumulative_prod": _cumulative(True),
    "isposinf": lambda x: apply("eq", x, np.inf), "isneginf": lambda x: apply("eq", x, -np.inf),
    "vander": _vander, "any": _any_or_all("any"), "all": _any_or_all("all"),
}  # fmt: skip
"""Name in NumPy → what it writes."""
RUNNING: Final[Mapping[str, Callable[..., Any]]] = {
    "add": t.running, "multiply": _running_product, "maximum": _running_extreme(True),
    "minimum": _running_extreme(False),
}  # fmt: skip
"""Ufunc of NumPy → its running results along an axis."""
REFUSALS: Final[Mapping[str, Callable[..., Any]]] = {
    name: refusal_of(name if hasattr(np, name) else f"linalg.{name}", "a tensor", *why)
    for name, why in _NO_GRAPH.items()
}
"""Name in NumPy → what says why it has no graph, and what to write."""
