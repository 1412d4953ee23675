"""Discrete Fourier transforms, whose complex numbers are pairs of a real and an imaginary part."""

from __future__ import annotations

from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.arrays.filled import settled_all
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.row_functions import ROW_FUNCTIONS
from edgewise.ops import simplest

__all__ = ["fft", "ifft", "irfft", "number", "rfft"]

_COS, _SIN = ROW_FUNCTIONS["cosine_sums"], ROW_FUNCTIONS["sine_sums"]


def fft(x: Any, axis: int = -1) -> tuple[Any, Any]:
    """The discrete Fourier transform along an axis of a real array, or of a pair (real, imaginary): again a pair.

    As `numpy.fft.fft`, of tensors, of arrays of expressions, and of arrays of numbers.

    >>> [part.round(12).tolist() for part in fft(np.array([1.0, 0.0, 2.0, 0.0]))]
    [[3.0, -1.0, 3.0, -1.0], [0.0, 0.0, 0.0, 0.0]]
    """
    real, imaginary = _parts(x)
    if imaginary is None:
        return _COS(real, axis), -_SIN(real, axis)
    return _COS(real, axis) + _SIN(imaginary, axis), _COS(imaginary, axis) - _SIN(real, axis)


def ifft(x: Any, axis: int = -1) -> tuple[Any, Any]:
    """The inverse of `fft`: a pair.

    >>> [part.round(12).tolist() for part in ifft(fft(np.array([1.0, 5.0, 2.0])))]
    [[1.0, 5.0, 2.0], [0.0, 0.0, 0.0]]
    """
    real, imaginary = _parts(x)
    length = _length(real, axis)
    if imaginary is None:
        return _COS(real, axis) / length, _SIN(real, axis) / length
    return (_COS(real, axis) - _SIN(imaginary, axis)) / length, (_COS(imaginary, axis) + _SIN(real, axis)) / length


def rfft(x: Any, axis: int = -1) -> tuple[Any, Any]:
    """The Fourier transform of real numbers without the half that follows by symmetry, as `numpy.fft.rfft`: a pair.

    >>> [part.round(12).tolist() for part in rfft(np.array([1.0, 0.0, 2.0, 0.0]))]
    [[3.0, -1.0, 3.0], [0.0, 0.0, 0.0]]
    """
    (real, other) = _parts(x)
    if other is not None:
        raise refused("rfft of a pair", "it is for real numbers: use fft", kind=ShapeError)
    half = simplest(_shape(real)[axis] // 2 + 1)
    kept, dropped = (_at_end(part(real, axis), axis)[..., :half] for part in (_COS, _SIN))
    return _back(kept, axis), -_back(dropped, axis)


def irfft(x: Any, n: int | None = None, axis: int = -1) -> Any:
    """The inverse of `rfft`, of a pair: n real numbers, by default an even number of them, as `numpy.fft.irfft`.

    >>> irfft(rfft(np.array([1.0, 5.0, 2.0])), 3).round(12).tolist()
    [1.0, 5.0, 2.0]
    """
    real, imaginary = _parts(x)
    half = _shape(real)[axis]
    length: Any = simplest(2 * half - 2) if n is None else n
    if length not in (simplest(2 * half - 2), simplest(2 * half - 1)):
        raise refused(
            f"irfft of {half} numbers to {length}", f"there are {2 * half - 2} or {2 * half - 1}", kind=ShapeError
        )
    behind = simplest(length - half + 1)

    def whole(part: Any, mirrored: Any) -> Any:
        own = _at_end(part, axis)
        return np.concatenate([own, mirrored(own[..., 1:behind][..., ::-1])], axis=-1)

    sums = _COS(whole(real, lambda x: x))
    if imaginary is not None:
        sums = sums - _SIN(whole(imaginary, lambda x: -x))
    return _back(sums / number(sums, length), axis)


def number(like: Any, length: Any) -> Any:
    """A length as a number, or as an expression where it is named."""
    return length if isinstance(length, int) else t.count_of(like, [length])


def _length(x: Any, axis: int) -> Any:
    return number(x, _shape(x)[axis])


def _shape(x: Any) -> Any:
    return t.shape_of(x) if hasattr(x, "shape") else np.shape(x)


def _parts(x: Any) -> tuple[Any, Any]:
    """The real and the imaginary part, None where there is none."""
    if isinstance(x, tuple) and len(x) == 2:
        real, imaginary = settled_all(x)
        return real, imaginary
    (x,) = settled_all((x,))
    if isinstance(x, (list, np.ndarray)) and np.iscomplexobj(x):
        return np.real(x), np.imag(x)
    return (np.asarray(x) if isinstance(x, list) else x), None


def _at_end(x: Any, axis: int) -> Any:
    return x if axis == -1 else np.moveaxis(x, axis, -1)


def _back(x: Any, axis: int) -> Any:
    return x if axis == -1 else np.moveaxis(x, -1, axis)
