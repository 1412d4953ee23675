"""The shape rule of each tensor operation: the shapes of the arguments and the parameter → the shape of the result.

A rule raises a ShapeError that names the shapes where they do not fit together.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from edgewise.errors import ShapeError
from edgewise.ops.dims import TensorShape, broadcast, product, shape_text, simplest, smaller

__all__ = [
    "adjugate_change", "concatenate", "extreme", "index", "overlap", "picked", "pinv", "places_in", "radial",
    "recurrence", "reduce", "reduce_one", "reshape", "same", "singular", "solve", "square", "square_values",
    "squares_batch", "take", "unindex", "unpicked", "untake", "windows",
]  # fmt: skip


def same(shapes: Any, p: Any) -> TensorShape:
    """The shape of the first argument."""
    return tuple(shapes[0])


def at_least(name: str, shape: TensorShape, least: int) -> None:
    """Refuse an argument of fewer axes."""
    if len(shape) < least:
        raise ShapeError(f"{name} of an argument of shape {shape_text(shape)}", hint=f"it needs at least {least} axes")


def matrices(name: str) -> Callable[..., TensorShape]:
    """Matrices, for the operation of a name that keeps their shape."""

    def check(shapes: Any, p: Any) -> TensorShape:
        at_least(name, shapes[0], 2)
        return tuple(shapes[0])

    return check


def square(name: str) -> Callable[..., TensorShape]:
    """Square matrices, for the operation of a name."""

    def check(shapes: Any, p: Any) -> TensorShape:
        shape = shapes[0]
        at_least(name, shape, 2)
        if shape[-1] != shape[-2]:
            raise ShapeError(
                f"{name} of a matrix of shape {shape_text(shape)}",
                hint="it is for square matrices; give both dimensions the same name",
            )
        return tuple(shape)

    return check


def squares_batch(name: str) -> Callable[..., TensorShape]:
    """One number for each square matrix."""
    check = square(name)
    return lambda shapes, p: check(shapes, p)[:-2]


def square_values(shapes: Any, p: Any) -> TensorShape:
    """As many eigenvalues as rows."""
    return square("eigvalsh")(shapes, p)[:-1]


def reduce(shapes: Any, axes: tuple[int, ...]) -> TensorShape:
    """Without some axes, counted from either end."""
    rank = len(shapes[0])
    gone = {axis % rank for axis in axes}
    return tuple(length for k, length in enumerate(shapes[0]) if k not in gone)


def extreme(shapes: Any, axes: tuple[int, ...]) -> TensorShape:
    """The same of what no number stands for where there are no entries."""
    shape, rank = reduce(shapes, axes), len(shapes[0])
    if 0 not in shape and any(shapes[0][axis % rank] == 0 for axis in axes):
        raise ShapeError(
            f"the largest or smallest of no entries: the shape is {shape_text(shapes[0])}",
            hint="give an axis that is not empty",
        )
    return shape


def reduce_one(shapes: Any, axis: int) -> TensorShape:
    """Without one axis."""
    return reduce(shapes, (axis,))


def reshape(shapes: Any, p: Any) -> TensorShape:
    """The last axes in another shape with as many entries."""
    rank, shape = p
    old = shapes[0]
    if product(old[len(old) - rank :]) != product(shape):
        raise ShapeError(
            f"reshape from {shape_text(old)} to {shape_text(shape)}: {product(old)} entries and {product(shape)}",
            hint="both shapes hold the same number of entries",
        )
    return (*old[: len(old) - rank], *shape)


def index(shapes: Any, spec: Any) -> TensorShape:
    """Ranges and single places of the last axes."""
    old = shapes[0]
    return (*old[: len(old) - len(spec)], *(entry[1] for entry in spec if len(entry) > 1))


def unindex(shapes: Any, p: Any) -> TensorShape:
    """The whole that ranges and places are of."""
    spec, shape = p
    kept = sum(len(entry) > 1 for entry in spec)
    return (*shapes[0][: len(shapes[0]) - kept], *shape)


def concatenate(shapes: Any, axis: int) -> TensorShape:
    """Pieces behind each other along an axis."""
    first = shapes[0]
    k = len(first) + axis
    for other in shapes[1:]:
        if len(other) != len(first) or other[:k] + other[k + 1 :] != first[:k] + first[k + 1 :]:
            raise ShapeError(
                f"concatenate of the shapes {shape_text(first)} and {shape_text(other)} along axis {k}",
                hint="all other dimensions are equal",
            )
    return (*first[:k], simplest(sum(shape[k] for shape in shapes)), *first[k + 1 :])


def take(shapes: Any, axis: int) -> TensorShape:
    """Places in the stead of an axis."""
    old, places = shapes
    k = len(old) + axis
    return (*old[:k], *places, *old[k + 1 :])


def untake(shapes: Any, p: Any) -> TensorShape:
    """An axis in the stead of places."""
    (axis, length), (x, places) = p, shapes
    first = len(x) + axis + 1 - len(places)
    return (*x[:first], length, *x[first + len(places) :])


def windows(shapes: Any, sizes: Any) -> TensorShape:
    """A place and an offset for each of the last axes."""
    old = shapes[0]
    m = len(sizes)
    places = tuple(simplest(n - k + 1) for n, k in zip(old[len(old) - m :], sizes, strict=True))
    return (*old[: len(old) - m], *places, *sizes)


def overlap(shapes: Any, sizes: Any) -> TensorShape:
    """What the windows are windows of."""
    old, m = shapes[0], len(sizes)
    whole = tuple(simplest(n + k - 1) for n, k in zip(old[len(old) - 2 * m : len(old) - m], sizes, strict=True))
    return (*old[: len(old) - 2 * m], *whole)


def pinv(shapes: Any, p: Any) -> TensorShape:
    """Rows and columns exchanged."""
    at_least("pinv", shapes[0], 2)
    return (*shapes[0][:-2], shapes[0][-1], shapes[0][-2])


def solve(name: str) -> Callable[..., TensorShape]:
    """The shape of the right-hand side, for the operation of a name."""
    matrix = square(name)

    def shape(shapes: Any, p: Any) -> TensorShape:
        rank = p if name == "solve" else p[1]
        a, b = matrix(shapes, p), shapes[1]
        if len(b) < rank or b[-rank] != a[-1]:
            raise ShapeError(
                f"{name} of the shapes {shape_text(a)} and {shape_text(b)}",
                hint="the right-hand side has as many rows as the matrix",
            )
        return (*broadcast([a[:-2], b[: len(b) - rank]], name), *b[len(b) - rank :])

    return shape


def picked(shapes: Any, count: int) -> TensorShape:
    """Places in the stead of the last axes."""
    old, *places = shapes
    if len(places) != count or len(old) < count:
        raise ShapeError(
            f"{len(places)} indices for an array of shape {shape_text(old)}", hint="give one for each axis"
        )
    return (*old[: len(old) - count], *broadcast(places, "indices"))


def unpicked(shapes: Any, p: Any) -> TensorShape:
    """Axes in the stead of places."""
    x, *places = shapes
    common = broadcast(places, "indices")
    if len(places) != len(p) or x[len(x) - len(common) :] != common:
        raise ShapeError(
            f"entries of shape {shape_text(x)} at indices of shape {shape_text(common)}",
            hint="there is one entry for each index",
        )
    return (*x[: len(x) - len(common)], *p)


def recurrence(shapes: Any, p: Any) -> TensorShape:
    """The common shape."""
    return broadcast(shapes, "recurrence")


def places_in(shapes: Any, p: Any) -> TensorShape:
    """A place for each value."""
    if len(shapes[0]) != 1:
        raise ShapeError(f"places in an array of shape {shape_text(shapes[0])}", hint="it has one axis, in order")
    return tuple(shapes[1])


def radial(shapes: Any, axes: Any) -> TensorShape:
    """The directions, with the axes in front that the lengths have."""
    x, scale = shapes
    kept = reduce((x,), axes)
    if scale[len(scale) - len(kept) :] != kept:
        raise ShapeError(
            f"directions of shape {shape_text(x)} times lengths of shape {shape_text(scale)}",
            hint="there is one length for each direction",
        )
    return (*scale[: len(scale) - len(kept)], *x)


def singular(vectors: str) -> Callable[..., TensorShape]:
    """Of the singular values, and of the vectors on the "left" or "right", as columns."""

    def shape(shapes: Any, p: Any) -> TensorShape:
        given = shapes[0]
        at_least("the singular values", given, 2)
        m, n = given[-2:]
        k = smaller(m, n)
        return (*given[:-2], *{"": (k,), "left": (m, k), "right": (n, k)}[vectors])

    return shape


def adjugate_change(shapes: Any, p: Any) -> TensorShape:
    """Square matrices, with the axes in front that the changes have."""
    a = square("adjugate")(shapes, p)
    return (*broadcast([a[:-2], shapes[1][:-2]], "adjugate"), *a[-2:])
