"""Tensors in other shapes: reshaping, slices, places, pieces put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.expr import Expr
from edgewise.graph.refused import refused
from edgewise.graph.tensors import contractions as ct
from edgewise.ops import dimension, product, shape_text, simplest

__all__ = [
    "along", "beside", "concatenate", "index", "outer", "pad", "reshape", "reshaped", "stack", "unindex", "whole_range",
]  # fmt: skip


def beside(value: Any, *others: Any) -> Any:
    """A value as an expression beside the first of several others that is one; an expression as it is."""
    return value if isinstance(value, Expr) else ct.constant(next(v for v in others if isinstance(v, Expr)), value)


# --- shape -----------------------------------------------------------------------------------------------------------


def reshape(x: Any, rank: int, shape: Sequence[Any]) -> Any:
    """The last `rank` axes in another shape. Axes of length 1 are put in and left out as by `x[:, None]`."""
    old = ct.shape_of(x)
    lead = len(old) - rank
    if old[lead:] == tuple(shape):
        return x
    if [length for length in old[lead:] if length != 1] != [length for length in shape if length != 1]:
        return ct.write("reshape", (x,), (rank, tuple(shape)))
    kept = iter([k for k in range(lead, len(old)) if old[k] != 1])
    result = [*range(lead), *(("new", k) if length == 1 else next(kept) for k, length in enumerate(shape))]
    return ct.contract([range(len(old))], result, [x], {k: 1 for k in result if isinstance(k, tuple)})


def reshaped(x: Any, shape: Any, order: str = "C") -> Any:
    """NumPy's reshape, row by row; one length may be -1."""
    if order in ("A", "K") and len(ct.shape_of(x)) > 1:
        raise refused(f"order={order!r} asks how entries lie in memory", 'write order="C" or order="F"')
    if order == "F":  # column by column: what row by row is of the transposes
        lengths = shape if isinstance(shape, (tuple, list)) else (shape,)
        return ct.transpose(reshaped(ct.transpose(x), tuple(lengths)[::-1]))
    given = list(shape) if isinstance(shape, (tuple, list)) else [shape]
    old = ct.shape_of(x)
    unknown = [k for k, length in enumerate(given) if isinstance(length, (int, np.integer)) and length == -1]
    lengths = [1 if k in unknown else dimension(length) for k, length in enumerate(given)]
    if len(unknown) == 1:
        lengths[unknown[0]] = _quotient(product(old), product(lengths), old, given)
    return reshape(x, len(old), lengths)


def _quotient(total: Any, rest: Any, old: Any, given: Any) -> Any:
    if type(total) is int and type(rest) is int:
        if rest and total % rest == 0:
            return total // rest
    else:
        import sympy as sp

        found = sp.cancel(total / rest)
        if sp.denom(found) == 1:
            return simplest(found)
    raise refused(
        f"reshape from {shape_text(old)} to {tuple(given)}: {rest} does not divide {total}",
        "give every length",
        kind=ShapeError,
    )


def whole_range(length: Any) -> tuple[Any, Any, int]:
    """All of an axis."""
    return 0, length, 1


def along(x: Any, axis: Any) -> tuple[Any, int]:
    """An array whose entries lie along one axis, counted from the end: those of several, or all, behind each other."""
    shape = ct.shape_of(x)
    if axis is None:
        return reshaped(x, (-1,)), -1
    axes = ct.axes_from_end(axis, len(shape))
    if len(axes) == 1:
        return x, axes[0]
    kept = [k for k in range(len(shape)) if k - len(shape) not in axes]
    turned = ct.permuted(x, [*kept, *(k + len(shape) for k in axes)])
    return reshaped(turned, (*(shape[k] for k in kept), product(shape[k] for k in axes))), -1


def index(x: Any, spec: Sequence[tuple[Any, ...]]) -> Any:
    """Ranges (start, length, step) and single places (place,) of the last axes."""
    old = ct.shape_of(x)
    if all(entry == whole_range(length) for entry, length in zip(spec, old[len(old) - len(spec) :], strict=True)):
        return x
    return ct.write("index", (x,), tuple(spec))


def unindex(x: Any, spec: Sequence[tuple[Any, ...]], shape: Sequence[Any]) -> Any:
    """Zeros of a shape with x at ranges and single places."""
    if all(entry == whole_range(length) for entry, length in zip(spec, shape, strict=True)):
        return x
    return ct.write("unindex", (x,), (tuple(spec), tuple(shape)))


def concatenate(pieces: Sequence[Any], axis: Any = 0) -> Any:
    """Arrays behind each other along an axis."""
    listed = list(pieces)
    if axis is None:
        listed, axis = [reshaped(piece, (-1,)) for piece in listed], 0
    if len(listed) == 1:
        return listed[0]
    if not any(isinstance(piece, Expr) for piece in listed):
        return np.concatenate(listed, axis)
    return ct.write("concatenate", listed, ct.axis_from_end(axis, len(ct.shape_of(listed[0]))))


def stack(pieces: Sequence[Any], axis: int = 0) -> Any:
    """Arrays beside each other along a new axis."""
    listed = list(pieces)
    shapes = {tuple(ct.shape_of(piece)) for piece in listed}
    if len(shapes) != 1:
        raise refused(
            f"stack of the shapes {' and '.join(map(shape_text, sorted(shapes, key=str)))}",
            "all are equal",
            kind=ShapeError,
        )
    rank = len(shapes.pop()) + 1
    k = ct.axis_from_end(axis, rank)
    return concatenate([ct.expanded(beside(p, *listed), (k,)) for p in listed], k)


def pad(x: Any, pairs: Sequence[tuple[int, int]]) -> Any:
    """Zeros before and behind each axis."""
    shape = ct.shape_of(x)
    spec = [(before, length, 1) for (before, _), length in zip(pairs, shape, strict=True)]
    return unindex(x, spec, [simplest(length + sum(pair)) for pair, length in zip(pairs, shape, strict=True)])


def outer(a: Any, b: Any) -> Any:
    """All products of the entries of two arrays, each taken as one vector."""
    a, b = (value if len(ct.shape_of(value)) == 1 else reshaped(value, (-1,)) for value in (a, b))
    return ct.contract(["i", "j"], "ij", [a, b])
