"""SciPy's filters, transforms and quadratures on expressions: those that are linear in their data, by their matrix.

The matrix is what SciPy itself makes of the unit vectors; what SciPy makes of zeros is added, such as the value that
padding puts outside. Every other argument is a number, so the matrix is one of constants.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from inspect import signature
from types import ModuleType
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import expressions, is_symbolic
from edgewise.frontends.stand_ins_convolutions import CONVOLUTIONS, RULES
from edgewise.graph import Tensor, as_expressions, refused
from edgewise.graph.other_libraries import is_complex
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["MENTIONED", "TABLES", "by_matrix", "times"]

_LARGEST: Final = 2048
"""Of more entries the matrix is no longer what one wants to keep."""


def times(matrix: Any, vectors: Any) -> Any:
    """A matrix of numbers times what stands along the first axis of an array of expressions or a tensor."""
    if isinstance(vectors, Tensor):
        return np.tensordot(matrix, vectors, 1)
    zero: Any = np.zeros(vectors.shape[1:], dtype=object) if vectors.ndim > 1 else 0
    return as_expressions([sum((vectors[k] * row[k] for k in np.flatnonzero(row)), start=zero) for row in matrix])


def by_matrix(function: Callable[[Any], Any], data: Any, axis: int | None, what: str) -> Any:
    """A function that is linear in its data but for a constant: along an axis of theirs, or of all entries (None)."""
    shape = t.shape_of(data)
    k = None if axis is None else t.axis_from_end(axis, len(shape)) % len(shape)
    length = math.prod(t.number(n, what) for n in (shape if k is None else shape[k : k + 1]))
    if length > _LARGEST:
        raise refused(f"{what} of {length} entries", f"up to {_LARGEST} are written as a matrix; take fewer at once")
    units = np.eye(length)
    if k is None:
        zero = np.asarray(function(np.zeros(shape)))
        made = np.stack([np.asarray(function(unit.reshape(shape))) - zero for unit in units], axis=-1)
        found = times(made.reshape(-1, length), np.reshape(data, (length,)))
        return np.reshape(found, zero.shape) + zero
    zero = np.asarray(function(np.zeros((length, 1))))[..., 0]
    made = np.asarray(function(units)) - zero[..., None]
    found = times(made.reshape(-1, length), np.moveaxis(data, k, 0))
    if not zero.shape:
        return found[0] + zero
    rest = [1] * (len(shape) - 1)
    return np.moveaxis(found + zero.reshape(-1, *rest) if zero.any() else found, 0, k)


def _linear(name: str, argument: str, axis: int | None) -> Callable[..., Any]:
    """SciPy's function of this name, linear in one argument, along the axis= it is given, or else along that one."""

    def call(original: Any, *args: Any, **options: Any) -> Any:
        if not is_symbolic([*args, *options.values()]):
            return original(*args, **options)
        given = signature(original).bind(*args, **options).arguments
        data = expressions(given.pop(argument))
        along = None if axis is None else given.pop("axis", axis)
        if is_symbolic(list(given.values())):
            raise refused(
                f"scipy's {name} with expressions beside its data",
                f"let all but {argument} be numbers, or write a loop",
            )
        set_axis = {} if axis is None else {"axis": 0}
        return by_matrix(lambda values: original(**{argument: values}, **given, **set_axis), data, along, name)

    return call


_Rows = Mapping[str, tuple[str, int | None]]
_SIGNAL: Final[_Rows] = {
    "lfilter": ("x", -1), "filtfilt": ("x", -1), "sosfilt": ("x", -1), "sosfiltfilt": ("x", -1),
    "savgol_filter": ("x", -1), "detrend": ("data", -1), "resample": ("x", 0), "resample_poly": ("x", 0),
    "decimate": ("x", -1), "upfirdn": ("x", -1),
}  # fmt: skip
_FFT: Final[_Rows] = {
    **dict.fromkeys(("dct", "idct", "dst", "idst"), ("x", -1)),
    **dict.fromkeys(("dctn", "idctn", "dstn", "idstn"), ("x", None)),
}  # fmt: skip
_INTEGRATE: Final[_Rows] = {"romb": ("y", -1), "cumulative_simpson": ("y", -1)}
_NDIMAGE: Final[_Rows] = dict.fromkeys((
    "gaussian_filter", "gaussian_filter1d", "uniform_filter", "uniform_filter1d", "convolve", "convolve1d",
    "correlate", "correlate1d", "laplace", "gaussian_laplace", "sobel", "prewitt", "shift", "zoom", "rotate",
    "map_coordinates", "affine_transform",
), ("input", None))  # fmt: skip
"""Name → the argument in which it is linear, and the axis along which it is so unless another is given."""


def _numpys(name: str) -> Callable[..., Any]:
    """A transform of `scipy.fft` that `np.fft` has too."""

    def call(original: Any, x: Any, *args: Any, **options: Any) -> Any:
        if not is_symbolic(x) and not is_complex(x):
            return original(x, *args, **options)
        how = ("workers", "overwrite_x")
        return getattr(np.fft, name)(x, *args, **{key: value for key, value in options.items() if key not in how})

    return call


_OF_NUMPY: Final = tuple(
    f"{inverse}{kind}{axes}" for kind in ("fft", "rfft") for inverse in ("", "i") for axes in ("", "2", "n")
)


def _rows(module: ModuleType, known: _Rows, others: Mapping[str, Callable[..., Any]]) -> dict[str, Any]:
    rows = {name: _linear(f"{module.__name__}.{name}", *row) for name, row in known.items()} | dict(others)
    return {name: row for name, row in rows.items() if hasattr(module, name)}


_PARTS: Final[Mapping[str, tuple[_Rows, Mapping[str, Callable[..., Any]]]]] = {
    "scipy.ndimage": (_NDIMAGE, {}), "scipy.signal": (_SIGNAL, CONVOLUTIONS), "scipy.integrate": (_INTEGRATE, RULES),
    "scipy.fft": (_FFT, {name: _numpys(name) for name in (*_OF_NUMPY, "fftshift", "ifftshift")}),
}  # fmt: skip
"""Module → its linear functions, and others."""
TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = {
    name: partial(_rows, known=known, others=others) for name, (known, others) in _PARTS.items()
}
"""Module → what its names do while a function is traced."""
MENTIONED: Final[Mapping[str, frozenset[str]]] = {
    name: frozenset((*known, *others)) for name, (known, others) in _PARTS.items()
}
"""They are left alone unless the code uses one of these names."""
