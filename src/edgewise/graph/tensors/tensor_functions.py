"""Functions that NumPy lacks, on tensors and on plain arrays alike: `edgewise.softmax`, `edgewise.logdet`, …"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.arrays import exponential_sums
from edgewise.graph.arrays.array import ExprArray
from edgewise.graph.arrays.filled import settled_all
from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, apply
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.tensor import Tensor
from edgewise.ops import dimension, shape_text
from edgewise.ops import tensor_values as values

__all__ = [
    "conv", "eye", "log_softmax", "logsumexp", "one_hot", "ones", "scalar_function", "softmax", "solve_triangular",
    "zeros",
]  # fmt: skip


def _symbolic(*args: Any) -> bool:
    return any(isinstance(arg, Expr) for arg in args)


def _of_what_is_held(function: Callable[..., Any]) -> Callable[..., Any]:
    """Arrays that were filled while a function is traced go in as what they hold."""

    @functools.wraps(function)
    def call(*args: Any, **options: Any) -> Any:
        return function(*settled_all(args), **settled_all(options))

    return call


def scalar_function(name: str, *args: Any) -> Any:
    """An elementwise operation of the table by name."""
    return apply(name, *args)


@_of_what_is_held
def softmax(x: Any, axis: int = -1) -> Any:
    """exp(x) over its sum along an axis; its derivative is taken as a whole, without overflow.

    >>> softmax(np.array([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    if isinstance(x, ExprArray):
        return exponential_sums.softmax(x, axis)
    if not _symbolic(x):
        return values.softmax(np.asarray(x, dtype=float), axis)
    return t.softmax(x, _axis(x, axis))


@_of_what_is_held
def log_softmax(x: Any, axis: int = -1) -> Any:
    """x - logsumexp(x) along an axis."""
    if isinstance(x, ExprArray):
        return exponential_sums.log_softmax(x, axis)
    return x - logsumexp(x, axis, keepdims=True)


@_of_what_is_held
def logsumexp(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """log Σ exp(x) over axes, without overflow.

    >>> float(logsumexp(np.array([1000.0, 1000.0])))
    1000.6931471805599
    """
    if isinstance(x, ExprArray):
        return exponential_sums.logsumexp(x, axis, keepdims)
    if not _symbolic(x):
        x = np.asarray(x, dtype=float)
        axes = tuple(range(x.ndim)) if axis is None else axis if isinstance(axis, tuple) else (axis,)
        found = values.logsumexp(x, axes)
        return np.expand_dims(found, axes) if keepdims else found
    return t.over(t.logsumexp, x, axis, keepdims)


def _axis(x: Any, axis: int) -> int:
    rank = len(t.shape_of(x))
    if not -rank <= axis < rank:
        raise refused(f"axis {axis} of an array of shape {shape_text(t.shape_of(x))}", kind=ShapeError)
    return axis % rank - rank


@_of_what_is_held
def solve_triangular(a: Any, b: Any, lower: bool = False) -> Any:
    """inv(a) @ b for a triangular matrix, as `scipy.linalg.solve_triangular`."""
    if not _symbolic(a, b):
        return values.solve_triangular(a, b, (lower, min(np.ndim(b), 2)))
    return t.solve_triangular(a, b, lower)


@_of_what_is_held
def one_hot(where: Any, length: Any) -> Any:
    """Rows with a 1 at the given places and 0 elsewhere.

    >>> one_hot([1, 0], 2).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    if not _symbolic(where):
        places = np.asarray(where)
        hot = np.zeros((places.size, length))
        hot[np.arange(places.size), places.ravel()] = 1.0
        return hot.reshape(*places.shape, length)
    return t.one_hot(where, length)


@_of_what_is_held
def conv(x: Any, kernel: Any, axes: int = 1) -> Any:
    """The convolution over the last one or two axes where the kernel lies inside ("valid"), as a contraction.

    >>> conv(np.array([1.0, 2.0, 4.0]), np.array([1.0, -1.0])).tolist()
    [1.0, 2.0]
    """
    if _symbolic(x, kernel):
        return t.conv(x, kernel, axes)
    flipped = np.flip(kernel)
    return np.tensordot(values.windows(np.asarray(x, dtype=float), flipped.shape), flipped, axes)


def _home() -> Builder:
    builder = Builder()
    builder.tensors, builder.fast = True, False
    return builder


def eye(length: Any) -> Any:
    """The identity matrix of a named or numbered dimension.

    >>> eye("n").shape
    (n, n)
    """
    return t.eye(length, _home())


def zeros(*shape: Any) -> Any:
    """A tensor of zeros."""
    return _filled(0, shape)


def ones(*shape: Any) -> Any:
    """A tensor of ones."""
    return _filled(1, shape)


def _filled(value: int, shape: tuple[Any, ...]) -> Any:
    builder = _home()
    lengths = shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape
    return t.broadcast_to(Tensor(builder, builder.constant(value)), [dimension(length) for length in lengths])
