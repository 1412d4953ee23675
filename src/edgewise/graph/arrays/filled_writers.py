"""NumPy's functions that write into an array, as assignments to what stands for one."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.graph.arrays.filled_parts import cell
from edgewise.graph.expr import Expr, apply, resolve
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.tensor_indices import checked

__all__ = ["TENSOR_WRITERS", "WRITERS", "at", "at_tensors"]


def at(ufunc: np.ufunc, target: Any, places: Any, *values: Any) -> None:
    """`np.add.at`: an entry that is named twice is changed twice."""
    flat = target.reshape(-1)
    reached = np.arange(target.size).reshape(target.shape)[places]
    given = [np.broadcast_to(value if np.ndim(value) else cell(value), reached.shape) for value in values]
    for k in np.ndindex(reached.shape):
        place = int(reached[k])
        flat[place] = ufunc(flat[place], *(value[k] for value in given))


def _fill_diagonal(a: Any, val: Any, wrap: bool = False) -> None:
    places = np.arange(min(a.shape))
    a[(places,) * a.ndim] = val


def _copyto(dst: Any, src: Any, casting: str = "same_kind", where: Any = True) -> None:
    dst[...] = src if where is True else np.where(where, src, dst)


def _put(a: Any, ind: Any, v: Any, mode: str = "raise") -> None:
    a.reshape(-1)[ind] = v


def _place(arr: Any, mask: Any, vals: Any) -> None:
    arr[np.asarray(mask)] = vals


def _putmask(a: Any, mask: Any, values: Any) -> None:
    a[...] = np.where(mask, values, a)


WRITERS: Final[Mapping[Any, Callable[..., Any]]] = {
    np.fill_diagonal: _fill_diagonal, np.copyto: _copyto, np.put: _put, np.place: _place, np.putmask: _place,
}  # fmt: skip
"""Function of NumPy → the assignments that it is."""


# --- tensors ---------------------------------------------------------------------------------------------------------


def at_tensors(ufunc: np.ufunc, target: Any, places: Any, *values: Any) -> None:
    """`np.add.at` and `np.subtract.at` of a tensor: what goes to one place is added up; others go one by one."""
    shape, where = t.shape_of(target), places if isinstance(places, tuple) else (places,)
    known = all(type(length) is int for length in shape) and not any(isinstance(w, Expr) for w in where)
    if known and ufunc not in (np.add, np.subtract):
        at(ufunc, target, places, *values)
        return
    if ufunc not in (np.add, np.subtract) or len(values) != 1:
        raise refused(
            f"np.{ufunc.__name__}.at of a tensor",
            "np.add.at and np.subtract.at have an operation; write the others with np.where",
        )
    # Of the entries that the places name: so NumPy's own broadcasting says what fits.
    named = t.getitem(target, places)
    value = t.broadcast_to(t.beside(values[0], named), t.shape_of(named))
    if len(where) == 1 and len(t.shape_of(where[0])) == 1:
        added = t.untake(value, checked(target, _listed(where[0]), shape[0]), -len(shape), shape[0])
    elif known:
        size = math.prod(shape)
        reached = np.arange(size).reshape(shape)[places]
        added = t.reshaped(t.untake(t.reshaped(value, (-1,)), reached.ravel(), -1, size), shape)
    elif len(where) == len(shape) and all(t.shape_of(w) for w in where):
        listed = [checked(target, _listed(w), length) for w, length in zip(where, shape, strict=True)]
        added = t.unpick(value, listed, shape)
    else:
        raise refused(
            f"np.{ufunc.__name__}.at of a tensor of shape {shape} at {' '.join(repr(places).split()):.60}",
            "give an array of places along the first axis, or one array for each axis",
        )
    target[...] = ufunc(target, added)


def _listed(places: Any) -> Any:
    return places if isinstance(places, Expr) else np.asarray(places)


def _diagonal_of_tensor(a: Any, val: Any, wrap: bool = False) -> None:
    rows, columns = t.shape_of(a)
    if rows != columns:
        raise refused(
            f"np.fill_diagonal of a tensor of shape {(rows, columns)}", "write np.where(np.eye(n, m) > 0, value, x)"
        )
    a[...] = apply("where", t.eye(rows, resolve(a)[0]) > 0, val, a)


def _put_into_tensor(a: Any, ind: Any, v: Any, mode: str = "raise") -> None:
    flat = t.reshaped(a, (-1,)).copy()
    flat[ind] = v
    a[...] = t.reshaped(flat, t.shape_of(a))


TENSOR_WRITERS: Final[Mapping[Any, Callable[..., Any]]] = {
    np.fill_diagonal: _diagonal_of_tensor, np.copyto: _copyto, np.put: _put_into_tensor, np.putmask: _putmask,
}  # fmt: skip
"""The same where it is a tensor."""
