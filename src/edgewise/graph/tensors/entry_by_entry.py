"""NumPy's functions that call a function of the user's for each entry or row of a tensor."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.graph.arrays.filled import nested
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import broadcast

__all__ = ["ROW_BY_ROW", "each_entry", "folded"]


def _numbers(shape: Sequence[Any], what: str, hint: str) -> tuple[int, ...]:
    if any(type(length) is not int for length in shape):
        raise refused(
            f"{what} of a named dimension calls a function for each entry, and how many there are is not known",
            f"declare the dimensions as numbers, or {hint}",
        )
    return tuple(shape)


def each_entry(function: Callable[..., Any], name: str, *args: Any) -> Any:
    """A function of numbers, of each entry of arrays that broadcast."""
    shape = broadcast([tuple(t.shape_of(a)) for a in args], name)
    count = math.prod(_numbers(shape, name, "call the function on the whole array, with np.where for its branches"))
    wide = [t.reshaped(t.broadcast_to(t.beside(a, *args), shape), (-1,)) for a in args]
    found = [function(*(a[k] for a in wide)) for k in range(count)]
    if found and isinstance(found[0], tuple):
        return tuple(t.reshaped(nested(list(part)), shape) for part in zip(*found, strict=True))
    return t.reshaped(nested(found), shape)


def _apply_along_axis(func1d: Callable[..., Any], axis: int, arr: Any, *args: Any, **options: Any) -> Any:
    rank = len(t.shape_of(arr))
    k = t.axis_from_end(axis, rank) % rank
    rows = t.permuted(arr, [*(n for n in range(rank) if n != k), k])
    lead = _numbers(t.shape_of(rows)[:-1], "np.apply_along_axis", "write whole-array functions with axis=")
    found = nested([func1d(rows[place] if place else rows, *args, **options) for place in np.ndindex(*lead)])
    own = t.shape_of(found)[1:]
    found = t.reshaped(found, (*lead, *own))
    # What the function returns stands where the axis was.
    places = list(range(len(lead)))
    return t.permuted(found, [*places[:k], *range(len(lead), len(lead) + len(own)), *places[k:]])


def folded(ufunc: np.ufunc, method: str, x: Any, axis: Any, keepdims: bool) -> Any:
    """`np.logaddexp.accumulate`, `np.hypot.reduce`: one entry of an axis after the other."""
    rank = len(t.shape_of(x))
    k = t.axis_from_end(0 if axis is None and rank == 1 else axis, rank) % rank
    what = f"np.{ufunc.__name__}.{method}"
    (length,) = _numbers(t.shape_of(x)[k : k + 1], what, "write it with whole-array functions")
    front = (slice(None),) * k
    made = [x[(*front, 0)]]
    for place in range(1, length):
        made.append(ufunc(made[-1], x[(*front, place)]))
    if method == "accumulate":
        return t.stack(made, k)
    return t.expanded(made[-1], (k - rank,)) if keepdims else made[-1]


ROW_BY_ROW: Final[Mapping[str, Callable[..., Any]]] = {"apply_along_axis": _apply_along_axis}
"""Name in NumPy → what it writes."""
