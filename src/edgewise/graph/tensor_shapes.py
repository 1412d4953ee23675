"""Tensors in other shapes: reshaping, slices, places, pieces put together."""

from __future__ import annotations

import builtins
import operator
from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.errors import ShapeError, UnsupportedError
from edgewise.graph.builder import user_line
from edgewise.graph.contractions import axis_from_end, constant, contract, expanded, number, shape_of, write
from edgewise.graph.expr import Expr, resolve
from edgewise.ops import dimension, product, shape_text, simplest

__all__ = [
    "concatenate", "getitem", "index", "outer", "pad", "reshape", "reshaped", "stack", "take", "taken", "unindex",
    "untake",
]  # fmt: skip

# --- shape -----------------------------------------------------------------------------------------------------------


def reshape(x: Any, rank: int, shape: Sequence[Any]) -> Any:
    """The last `rank` axes in another shape."""
    old = shape_of(x)
    if old[len(old) - rank :] == tuple(shape):
        return x
    return write("reshape", (x,), (rank, tuple(shape)))


def reshaped(x: Any, shape: Any, order: str = "C") -> Any:
    """NumPy's reshape, row by row; one length may be -1."""
    if order != "C":
        raise UnsupportedError(f"reshape with order={order!r}", hint="transpose first", line=user_line())
    given = list(shape) if isinstance(shape, (tuple, list)) else [shape]
    old = shape_of(x)
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
    raise ShapeError(
        f"reshape from {shape_text(old)} to {tuple(given)}: {rest} does not divide {total}",
        hint="give every length",
        line=user_line(),
    )


def _whole(length: Any) -> tuple[Any, Any, int]:
    return 0, length, 1


def index(x: Any, spec: Sequence[tuple[Any, ...]]) -> Any:
    """Ranges (start, length, step) and single places (place,) of the last axes."""
    old = shape_of(x)
    if all(entry == _whole(length) for entry, length in zip(spec, old[len(old) - len(spec) :], strict=True)):
        return x
    return write("index", (x,), tuple(spec))


def unindex(x: Any, spec: Sequence[tuple[Any, ...]], shape: Sequence[Any]) -> Any:
    """Zeros of a shape with x at ranges and single places."""
    if all(entry == _whole(length) for entry, length in zip(spec, shape, strict=True)):
        return x
    return write("unindex", (x,), (tuple(spec), tuple(shape)))


def getitem(x: Any, key: Any) -> Any:
    """x[key] with numbers, slices, `...`, None, and arrays or tensors of whole numbers for one axis."""
    keys = list(key) if isinstance(key, tuple) else [key]
    shape = shape_of(x)
    if any(_is_mask(x, k) for k in keys):
        raise UnsupportedError(
            "a tensor is indexed by a condition: which entries those are, and how many, depends on the data",
            hint="write np.where(condition, a, b), which keeps the shape",
            line=user_line(),
        )
    used = builtins.sum(1 for k in keys if k is not None and k is not Ellipsis)
    if used > len(shape):
        raise ShapeError(f"{used} indices for an array of shape {shape_text(shape)}", line=user_line())
    place = next((n for n, k in enumerate(keys) if k is Ellipsis), len(keys))
    keys[place : place + 1] = [slice(None)] * (len(shape) - used)
    spec: list[tuple[Any, ...]] = []
    taking: list[tuple[int, Any]] = []  # axis of what is left, places
    new: list[int] = []
    kept = 0
    axis = 0
    for k in keys:
        if k is None:
            new.append(kept + len(new))
            continue
        length = shape[axis]
        axis += 1
        if isinstance(k, slice):
            spec.append(range_of(k, length))
            kept += 1
        elif isinstance(k, (int, np.integer)) and not isinstance(k, bool):
            spec.append((_place(int(k), length),))
        else:
            spec.append(_whole(length))
            taking.append((kept, k))
            kept += 1
    if len(taking) > 1:
        raise UnsupportedError(
            "a tensor is indexed by arrays along several axes", hint="reshape, and index one axis", line=user_line()
        )
    result = index(x, spec)
    for at, places in taking:
        result = taken(result, places, at)
    rank = len(shape_of(result)) + len(new)
    return expanded(result, [k - rank for k in new]) if new else result


def _is_mask(x: Any, key: Any) -> bool:
    if isinstance(key, Expr):
        builder, node = resolve(key)
        from edgewise.ops import op_of_code

        return op_of_code(builder.nodes[node][0], tuple(builder.custom)).boolean
    return isinstance(key, (bool, np.bool_)) or (isinstance(key, np.ndarray) and key.dtype == bool)


def _place(k: int, length: Any) -> Any:
    if type(length) is int and not -length <= k < length:
        raise ShapeError(
            f"index {k} of an axis of length {length}",
            hint="count from 0, or from the end with negative numbers",
            line=user_line(),
        )
    return k if k >= 0 else simplest(length + k)


def range_of(key: slice, length: Any) -> tuple[Any, Any, int]:
    step = 1 if key.step is None else operator.index(key.step)
    if type(length) is int and all(
        part is None or isinstance(part, (int, np.integer)) for part in (key.start, key.stop)
    ):
        start, stop, step = slice(key.start, key.stop, step).indices(length)
        return start, len(range(start, stop, step)), step
    if abs(step) != 1:
        raise UnsupportedError(
            f"every {step}th entry of the named dimension {length}",
            hint="reshape the axis into two, or declare its length as a number",
            line=user_line(),
        )

    def bound(part: Any, otherwise: Any) -> Any:
        if part is None:
            return otherwise
        part = part if hasattr(part, "free_symbols") else operator.index(part)
        return simplest(length + part) if isinstance(part, int) and part < 0 else part

    if step < 0:
        if key.start is not None or key.stop is not None:
            raise UnsupportedError(
                f"a range of the named dimension {length} in reverse", hint="slice first, then write [::-1]"
            )
        return simplest(length - 1), length, -1
    start, stop = bound(key.start, 0), bound(key.stop, length)
    return start, simplest(stop - start), 1


def take(x: Any, where: Any, axis: int) -> Any:
    """The entries at places `where` of an axis counted from the end."""
    return write("take", (x, where), axis)


def untake(x: Any, where: Any, axis: int, length: Any) -> Any:
    """The transpose of `take`."""
    return write("untake", (x, where), (axis, length))


def taken(x: Any, where: Any, axis: Any = None) -> Any:
    """NumPy's take."""
    if not isinstance(where, Expr):
        where = np.asarray(where)
        if where.dtype.kind not in "iu":
            raise UnsupportedError(f"an index of type {where.dtype}", hint="use whole numbers", line=user_line())
    if axis is None:
        x, axis = reshaped(x, (-1,)), 0
    k = axis_from_end(axis, len(shape_of(x)))
    length = shape_of(x)[k]
    if not isinstance(where, Expr):
        if type(length) is int and where.size and (where.min() < -length or where.max() >= length):
            raise ShapeError(f"an index of an axis of length {length} is outside it", line=user_line())
        if where.size and where.min() < 0:
            where = np.where(where < 0, where + number(length, "a negative place"), where)
    return take(x, where, k)


def concatenate(pieces: Sequence[Any], axis: Any = 0) -> Any:
    """Arrays behind each other along an axis."""
    listed = list(pieces)
    if axis is None:
        listed, axis = [reshaped(piece, (-1,)) for piece in listed], 0
    if len(listed) == 1:
        return listed[0]
    if not any(isinstance(piece, Expr) for piece in listed):
        return np.concatenate(listed, axis)
    return write("concatenate", listed, axis_from_end(axis, len(shape_of(listed[0]))))


def stack(pieces: Sequence[Any], axis: int = 0) -> Any:
    """Arrays beside each other along a new axis."""
    listed = list(pieces)
    shapes = {tuple(shape_of(piece)) for piece in listed}
    if len(shapes) != 1:
        raise ShapeError(
            f"stack of the shapes {' and '.join(map(shape_text, sorted(shapes, key=str)))}",
            hint="all are equal",
            line=user_line(),
        )
    rank = len(shapes.pop()) + 1
    home = next(piece for piece in listed if isinstance(piece, Expr))
    k = axis_from_end(axis, rank)
    return concatenate([expanded(p if isinstance(p, Expr) else constant(home, p), (k,)) for p in listed], k)


def pad(x: Any, width: Any, mode: str = "constant", constant_values: Any = 0) -> Any:
    """NumPy's pad with a constant."""
    if mode != "constant":
        raise UnsupportedError(f"pad with mode={mode!r}", hint="concatenate what is to stand there", line=user_line())
    shape = shape_of(x)
    pairs = [tuple(int(v) for v in pair) for pair in np.broadcast_to(np.asarray(width), (len(shape), 2))]
    spec = [(before, length, 1) for (before, _), length in zip(pairs, shape, strict=True)]
    whole = [simplest(length + before + after) for (before, after), length in zip(pairs, shape, strict=True)]
    if isinstance(constant_values, (int, float)) and constant_values == 0:
        return unindex(x, spec, whole)
    return unindex(x - constant_values, spec, whole) + constant_values


def outer(a: Any, b: Any) -> Any:
    """All products of the entries of two arrays, each taken as one vector."""
    a, b = (value if len(shape_of(value)) == 1 else reshaped(value, (-1,)) for value in (a, b))
    return contract(["i", "j"], "ij", [a, b])
