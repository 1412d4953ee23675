"""NumPy's functions that write into an array, as assignments to what stands for one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.graph.filled_parts import cell

__all__ = ["WRITERS", "at"]


def at(ufunc: np.ufunc, target: Any, places: Any, *values: Any) -> None:
    """`np.add.at`: an entry that is named twice is changed twice."""
    where = places if isinstance(places, tuple) else (places,)
    where = np.broadcast_arrays(*where)
    given = [value if np.ndim(value) else np.broadcast_to(cell(value), where[0].shape) for value in values]
    for k in np.ndindex(where[0].shape):
        place = tuple(int(index[k]) for index in where)
        target[place] = ufunc(target[place], *(value[k] for value in given))


def _fill_diagonal(a: Any, val: Any, wrap: bool = False) -> None:
    places = np.arange(min(a.shape))
    a[(places,) * a.ndim] = val


def _copyto(dst: Any, src: Any, casting: str = "same_kind", where: Any = True) -> None:
    dst[...] = src if where is True else np.where(where, src, dst)


def _put(a: Any, ind: Any, v: Any, mode: str = "raise") -> None:
    a.reshape(-1)[ind] = v


def _place(arr: Any, mask: Any, vals: Any) -> None:
    arr[np.asarray(mask)] = vals


WRITERS: Final[Mapping[Any, Callable[..., Any]]] = {
    np.fill_diagonal: _fill_diagonal, np.copyto: _copyto, np.put: _put, np.place: _place, np.putmask: _place,
}  # fmt: skip
"""Function of NumPy → the assignments that it is."""
