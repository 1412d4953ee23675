"""Functions of tensors: each writes one or a few nodes. Front ends and rules of differentiation are written in them.

Rows of the tables are functions by their names; here stand those that need no parameter said, or write several nodes.
"""

# ruff: noqa: F403, F405 – it gives out all that the three modules below it have, which mypy checks.

from __future__ import annotations

import operator
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.expr import apply as apply
from edgewise.graph.refused import refused
from edgewise.graph.tensors.contractions import *
from edgewise.graph.tensors.tensor_indices import *
from edgewise.graph.tensors.tensor_shapes import *
from edgewise.ops import OPS, TENSOR_CODE, product, shape_text, simplest, tensor_op

# --- reductions, matrices: names of the table ----------------------------------------------------------------------


def over(function: Callable[..., Any], x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """A reduction with NumPy's way of naming axes."""
    axes = axes_from_end(axis, len(shape_of(x)))
    if not axes and function is not norm:
        return x
    result = function(x, axes)
    return expanded(result, axes) if keepdims else result


def mean(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """The mean over axes."""
    axes = axes_from_end(axis, len(shape_of(x)))
    if not axes:
        return x
    total = _over_count(sum(x, axes), count_of(x, [shape_of(x)[k] for k in axes]))
    return expanded(total, axes) if keepdims else total


def _over_count(total: Any, count: Any) -> Any:
    """A sum over a count; over none NumPy's NaN, which is 0·inf too."""
    return total * np.inf if type(count) is int and count == 0 else total / count


def var(x: Any, axis: Any = None, ddof: int = 0, keepdims: bool = False) -> Any:
    """The variance over axes: the mean of the squared distances from the mean."""
    axes = axes_from_end(axis, len(shape_of(x)))
    squares = (x - mean(x, axes, True)) ** 2
    if not ddof:
        return mean(squares, axes, keepdims)
    count = count_of(x, [simplest(product(shape_of(x)[k] for k in axes) - ddof)])
    total = _over_count(sum(squares, axes), count)
    return expanded(total, axes) if keepdims else total


def running(x: Any, axis: Any = None) -> Any:
    """NumPy's cumsum."""
    return cumsum(*along(x, axis))


def cumsum(x: Any, axis: int, reverse: bool = False) -> Any:
    """Running sums along an axis, from its end where `reverse`."""
    return write("cumsum", (x,), (axis, reverse))


def prod(x: Any, axes: Any) -> Any:
    """The product over axes counted from the end, one axis after the other."""
    for k in sorted(axes if isinstance(axes, tuple) else (axes,)):
        # What stands before an axis counted from the end keeps its place when it goes.
        x = write("prod", (x,), k)
    return x


def _named(name: str) -> Callable[..., Any]:
    """A row as rules write it: the arguments, then the parameter."""
    row = tensor_op(name)

    def function(*args: Any) -> Any:
        given = len(row.args)
        return write(name, args[:given], args[given] if len(args) > given else None)

    function.__name__ = name
    function.__doc__ = row.doc[0].upper() + row.doc[1:] + "."
    return function


norm = _named("norm")  # whose value over no axes is another one than its argument


def tril(x: Any, k: int = 0) -> Any:
    """The lower triangle, up to the k-th diagonal."""
    return _triangle("tril", x, k)


def triu(x: Any, k: int = 0) -> Any:
    """The upper triangle, from the k-th diagonal on."""
    return _triangle("triu", x, k)


def _triangle(name: str, x: Any, k: Any) -> Any:
    try:
        return write(name, (x,), operator.index(k))
    except TypeError:
        raise refused(f"{name} with k={k!r:.40}", "k is a whole number", ShapeError) from None


def solve(a: Any, b: Any, rank: int | None = None) -> Any:
    """inv(a) @ b; b is a vector (rank 1) or a matrix."""
    return write("solve", (a, b), rank or min(len(shape_of(b)), 2))


def solve_triangular(a: Any, b: Any, lower: bool = True, rank: int | None = None) -> Any:
    """inv(a) @ b for a lower or upper triangular matrix."""
    return write("solve_triangular", (a, b), (bool(lower), rank or min(len(shape_of(b)), 2)))


def symmetric(x: Any) -> Any:
    """The symmetric part of matrices."""
    return (x + transposed(x)) / 2


def one_hot(where: Any, length: Any) -> Any:
    """Rows with a 1 at the given places, else 0."""
    places = expanded(where, (-1,))
    return apply("eq", places, arange(length, where)) * 1.0


def clip(x: Any, low: Any = None, high: Any = None) -> Any:
    """NumPy's clip."""
    if low is not None and high is not None:
        return apply("clip", x, low, high)
    return apply("max", x, low) if high is None else apply("min", x, high)


def conv(x: Any, kernel: Any, axes: int) -> Any:
    """The convolution of the last axes where the kernel lies inside: a contraction over windows, the kernel reversed.

    x may have axes in front, which are kept.
    """
    sizes = shape_of(kernel)
    if len(sizes) != axes or len(shape_of(x)) < axes:
        raise refused(
            f"conv{axes}d of the shapes {shape_text(shape_of(x))} and {shape_text(sizes)}",
            f"the kernel has {axes} axes, and the array at least as many",
            kind=ShapeError,
        )
    lead = list(range(len(shape_of(x)) - axes))
    places, offsets = [("at", k) for k in range(axes)], [("off", k) for k in range(axes)]
    flipped = index(kernel, [(simplest(length - 1), length, -1) for length in sizes])
    return contract(
        [[*lead, *places, *offsets], offsets], [*lead, *places], [write("windows", (x,), tuple(sizes)), flipped]
    )


def __getattr__(name: str) -> Any:
    """Every other row of the tables by its name: rules and `computed` write `t.softmax(x, axis)` and `t.exp(x)`."""
    if name in TENSOR_CODE:
        found = _named(name)
    elif name in OPS and not name.startswith("_"):
        found = partial(apply, name)
    else:
        raise AttributeError(f"there is no operation {name!r}")
    globals()[name] = found
    return found
