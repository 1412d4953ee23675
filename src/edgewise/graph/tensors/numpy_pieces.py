"""NumPy's functions that take tensors apart, put them together, and turn them."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.arrays.alike import select
from edgewise.graph.arrays.array import in_type
from edgewise.graph.expr import Expr, apply
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import broadcast, simplest
from edgewise.ops.dims import whole

__all__ = ["PIECES", "expand_dims"]


def _rank(a: Any) -> int:
    return len(t.shape_of(a))


def _cut(a: Any, axis: int, key: slice) -> Any:
    """A range of one axis."""
    return t.getitem(a, (*(slice(None),) * (axis % _rank(a)), key))


def expand_dims(a: Any, axis: Any) -> Any:
    """NumPy's expand_dims."""
    axes = axis if isinstance(axis, (tuple, list)) else (axis,)
    rank = _rank(a) + len(axes)
    return t.expanded(a, [t.axis_from_end(k, rank) for k in axes])


# --- apart -----------------------------------------------------------------------------------------------------------


def _split(uneven: bool) -> Callable[..., Any]:
    def call(a: Any, indices_or_sections: Any, axis: int = 0) -> Any:
        k = t.axis_from_end(axis, _rank(a)) % _rank(a)
        length = t.shape_of(a)[k]
        if np.ndim(indices_or_sections) == 0:
            count = operator.index(indices_or_sections)
            length = t.number(length, f"np.split into {count} parts")
            if not uneven and length % count:
                raise refused(
                    f"np.split of an axis of length {length} into {count} equal parts",
                    "use np.array_split, or give the places",
                    kind=ShapeError,
                )
            sizes = [length // count + (part < length % count) for part in range(count)]
            ends = np.cumsum(sizes).tolist()[:-1]
        else:
            ends = list(indices_or_sections)
        return [_cut(a, k, slice(start, end)) for start, end in zip([0, *ends], [*ends, None], strict=True)]

    return call


def _split_along(axis: int) -> Callable[..., Any]:
    split = _split(False)
    return lambda ary, parts: split(ary, parts, 0 if axis == 1 and _rank(ary) == 1 else axis)


def _unstack(x: Any, /, *, axis: int = 0) -> Any:
    k = t.axis_from_end(axis, _rank(x)) % _rank(x)
    length = t.number(t.shape_of(x)[k], "np.unstack")
    return tuple(t.getitem(x, (*(slice(None),) * k, place)) for place in range(length))


def _delete(arr: Any, obj: Any, axis: Any = None) -> Any:
    arr, k = t.along(arr, axis)
    k %= _rank(arr)
    kept = np.delete(np.arange(t.number(t.shape_of(arr)[k], "np.delete")), obj)
    return t.taken(arr, kept, k)


def _insert(arr: Any, obj: Any, values: Any, axis: Any = None) -> Any:
    arr, k = t.along(arr, axis)
    k %= _rank(arr)
    place = operator.index(obj)
    shape = t.shape_of(arr)
    one = t.broadcast_to(t.beside(values, arr), (*shape[:k], *shape[k + 1 :]))
    return t.concatenate([_cut(arr, k, slice(None, place)), expand_dims(one, k), _cut(arr, k, slice(place, None))], k)


def _compress(condition: Any, a: Any, axis: Any = None, out: Any = None) -> Any:
    if isinstance(condition, Expr):
        return t.getitem(a, condition)
    return t.taken(a, np.flatnonzero(condition), axis)


def _extract(condition: Any, arr: Any) -> Any:
    return t.getitem(t.reshaped(arr, (-1,)), t.reshaped(condition, (-1,)) if isinstance(condition, Expr)
                     else np.ravel(condition).astype(bool))  # fmt: skip


# --- together --------------------------------------------------------------------------------------------------------


def _stacked(axis: int, rank: int) -> Callable[..., Any]:
    """vstack, hstack and dstack: pieces are given so many axes first, and stand behind each other along one."""

    def call(tup: Sequence[Any], *, dtype: Any = None, casting: str = "same_kind") -> Any:
        pieces = [_at_least(rank)(in_type("concatenate", piece, dtype)) for piece in tup]
        return t.concatenate(pieces, 0 if axis == 1 and all(_rank(piece) == 1 for piece in pieces) else axis)

    return call


def _at_least(rank: int) -> Callable[..., Any]:
    def one(a: Any) -> Any:
        own = _rank(a)
        if own >= rank:
            return a if isinstance(a, Expr) else np.asarray(a)
        if not isinstance(a, Expr):
            return (np.atleast_1d, np.atleast_2d, np.atleast_3d)[rank - 1](a)
        if rank == 3 and own > 0:  # NumPy puts a matrix's third axis behind it, and a vector's on both sides
            return t.expanded(a, (-3, -1) if own == 1 else (-1,))
        return t.expanded(a, range(-rank, -own))

    def call(*arrays: Any) -> Any:
        return one(arrays[0]) if len(arrays) == 1 else tuple(map(one, arrays))

    return call


def _column_stack(tup: Sequence[Any]) -> Any:
    return t.concatenate([p if _rank(p) > 1 else t.expanded(t.beside(_at_least(1)(p), *tup), (-1,)) for p in tup], 1)


def _block(arrays: Any) -> Any:
    depth, level = 0, arrays
    while isinstance(level, list):
        depth, level = depth + 1, level[0]
    leaves = [arrays]
    for _ in range(depth):
        leaves = [leaf for part in leaves for leaf in part]
    rank = max(depth, *map(_rank, leaves))

    def wide(leaf: Any) -> Any:
        missing = rank - _rank(leaf)
        value = t.beside(leaf if isinstance(leaf, Expr) else np.asarray(leaf), *leaves)
        return t.expanded(value, range(-rank, missing - rank)) if missing else value

    level, made = [arrays], list(map(wide, leaves))
    for axis in range(-1, -depth - 1, -1):  # from the innermost lists outwards
        groups = level
        for _ in range(depth + axis):
            groups = [part for group in groups for part in group]
        counts, parts = [len(group) for group in groups], iter(made)
        made = [t.concatenate([next(parts) for _ in range(count)], axis) for count in counts]
    return made[0]


def _append(arr: Any, values: Any, axis: Any = None) -> Any:
    pieces = [arr, values if isinstance(values, Expr) else np.asarray(values)]
    if axis is None:
        return t.concatenate([t.reshaped(t.beside(p, *pieces), (-1,)) for p in pieces], 0)
    return t.concatenate(pieces, axis)


def _concatenate(arrays: Any, axis: Any = 0, out: Any = None, *, dtype: Any = None, casting: str = "same_kind") -> Any:
    return t.concatenate([in_type("concatenate", array, dtype) for array in arrays], axis)


def _stack(arrays: Any, axis: int = 0, out: Any = None, *, dtype: Any = None, casting: str = "same_kind") -> Any:
    return t.stack([in_type("stack", array, dtype) for array in arrays], axis)


def _tile(A: Any, reps: Any) -> Any:
    counts = list(reps) if isinstance(reps, (tuple, list, np.ndarray)) else [reps]
    rank = max(len(counts), _rank(A))
    if rank > _rank(A):
        A = t.expanded(A, range(-rank, -_rank(A)))
    for axis, count in zip(range(-len(counts), 0), counts, strict=True):
        if hasattr(count, "free_symbols"):
            A = _many(A, axis + len(t.shape_of(A)), count, False)
            continue
        if not isinstance(count, (int, np.integer)) or count < 1:
            raise refused(f"np.tile with the number {count!r:.40}", "give whole numbers from 1 on")
        A = A if count == 1 else t.concatenate([A] * int(count), axis)
    return A


def _repeat(a: Any, repeats: Any, axis: Any = None) -> Any:
    a, k = t.along(a, axis)
    k %= _rank(a)
    shape = t.shape_of(a)
    if isinstance(repeats, Expr):
        raise refused("np.repeat by a tensor", "give whole numbers")
    if np.ndim(repeats) and np.size(repeats) > 1:
        length = t.number(shape[k], "np.repeat with a number for each entry")
        return t.taken(a, np.repeat(np.arange(length), repeats), k)
    count = repeats if np.ndim(repeats) == 0 else np.ravel(repeats)[0]
    count = count if hasattr(count, "free_symbols") else operator.index(count)
    if isinstance(count, int) and count < 1:
        raise refused(f"np.repeat {count} times", "give whole numbers from 1 on")
    return _many(a, k, count, True)


def _many(a: Any, k: int, count: Any, each: bool) -> Any:
    """An axis so many times: each of its entries, or all of them together."""
    shape = t.shape_of(a)
    lengths = (shape[k], count) if each else (count, shape[k])
    opened = t.expanded(a, (k - len(shape) - (0 if each else 1),))
    wide = t.broadcast_to(opened, (*shape[:k], *lengths, *shape[k + 1 :]))
    return t.reshape(wide, len(shape) + 1, [*shape[:k], simplest(shape[k] * count), *shape[k + 1 :]])


def _broadcast_arrays(*args: Any, subok: bool = False) -> Any:
    shape = broadcast([tuple(t.shape_of(a)) for a in args], "broadcast_arrays")
    return tuple(t.broadcast_to(t.beside(a, *args), shape) for a in args)


def _meshgrid(*xi: Any, indexing: str = "xy", sparse: bool = False, copy: bool = True) -> Any:
    count = len(xi)
    opened = []
    for k, x in enumerate(xi):
        place = 1 - k if indexing == "xy" and k < 2 and count > 1 else k
        flat = t.reshaped(t.beside(x, *xi), (-1,))
        others = [j - count for j in range(count) if j != place]
        opened.append(t.expanded(flat, others) if others else flat)
    return list(opened) if sparse else list(_broadcast_arrays(*opened))


# --- turned ----------------------------------------------------------------------------------------------------------


def _moveaxis(a: Any, source: Any, destination: Any) -> Any:
    rank = _rank(a)
    one, two = (list(k) if isinstance(k, (tuple, list)) else [k] for k in (source, destination))
    taken, given = ([t.axis_from_end(k, rank) % rank for k in axes] for axes in (one, two))
    if len(taken) != len(given):
        raise refused(f"np.moveaxis of {len(taken)} axes to {len(given)} places", "give as many", kind=ShapeError)
    order = [k for k in range(rank) if k not in taken]
    for place, axis in sorted(zip(given, taken, strict=True)):
        order.insert(place, axis)
    return t.permuted(a, order)


def _rollaxis(a: Any, axis: int, start: int = 0) -> Any:
    k = axis % _rank(a)
    to = start + _rank(a) if start < 0 else start
    return _moveaxis(a, k, to - 1 if k < to else to)


def _roll(a: Any, shift: Any, axis: Any = None) -> Any:
    if axis is None:
        return t.reshaped(_roll(t.reshaped(a, (-1,)), shift, 0), t.shape_of(a))
    shifts, axes = (list(v) if isinstance(v, (tuple, list)) else [v] for v in (shift, axis))
    if len(shifts) == 1 or len(axes) == 1:
        shifts, axes = shifts * len(axes), axes * len(shifts)
    for by, k in zip(shifts, axes, strict=True):
        length = t.shape_of(a)[k]
        by = whole(by) if hasattr(by, "free_symbols") else operator.index(by)
        if type(length) is int and isinstance(by, int):
            by = by % length if length else 0
        if by == 0:
            continue
        if type(length) is not int and by not in (1, -1):  # it may be farther than the axis is long
            counted, back = t.arange(length, a), isinstance(by, int) and by < 0
            moved = counted + -by if back else counted - t.count_of(a, [by])
            a = t.taken(a, moved % t.count_of(a, [length]), k)
            continue
        place = simplest(length - by) if hasattr(by, "free_symbols") or by > 0 else -by
        a = t.concatenate([_cut(a, k, slice(place, None)), _cut(a, k, slice(None, place))], k)
    return a


def _flip(m: Any, axis: Any = None) -> Any:
    rank = _rank(m)
    flipped = {k % rank for k in t.axes_from_end(axis, rank)} if rank else set()
    return t.getitem(m, tuple(slice(None, None, -1) if k in flipped else slice(None) for k in range(rank)))


def _rot90(m: Any, k: int = 1, axes: Sequence[int] = (0, 1)) -> Any:
    one, two = axes
    k %= 4
    if k == 0:
        return m
    if k == 2:
        return _flip(m, (one, two))
    return t.swapaxes(_flip(m, two), one, two) if k == 1 else _flip(t.swapaxes(m, one, two), two)


# --- chosen ----------------------------------------------------------------------------------------------------------


def _choose(a: Any, choices: Sequence[Any], out: Any = None, mode: str = "raise") -> Any:
    if mode != "raise":
        last = len(choices) - 1
        a = np.remainder(a, last + 1) if mode == "wrap" else np.clip(a, 0, last)
    return select([apply("eq", a, k) if isinstance(a, Expr) else np.equal(a, k) for k in range(len(choices))], choices)


def _diff(a: Any, n: int = 1, axis: int = -1, prepend: Any = None, append: Any = None) -> Any:
    k = t.axis_from_end(axis, _rank(a)) % _rank(a)
    if n < 0:
        raise refused(f"differences of the order {n}", "give 0 or more", ShapeError)
    edges = []
    for edge in (prepend, append):
        if edge is not None and edge is not np._NoValue:
            shape = (*t.shape_of(a)[:k], 1, *t.shape_of(a)[k + 1 :])
            edge = t.beside(edge, a)
            edges.append(t.broadcast_to(edge, shape) if not t.shape_of(edge) else edge)
        else:
            edges.append(None)
    pieces = [edges[0], a, edges[1]]
    a = t.concatenate([p for p in pieces if p is not None], k) if len([p for p in pieces if p is not None]) > 1 else a
    for _ in range(n):
        if t.shape_of(a)[k] == 0:
            break
        a = _cut(a, k, slice(1, None)) - _cut(a, k, slice(None, -1))
    return a


def _ediff1d(ary: Any, to_end: Any = None, to_begin: Any = None) -> Any:
    pieces = [to_begin, _diff(t.reshaped(ary, (-1,))), to_end]
    return t.concatenate([_at_least(1)(p) for p in pieces if p is not None], 0)


def _sliding_window_view(x: Any, window_shape: Any, axis: Any = None, **_: Any) -> Any:
    sizes = list(window_shape) if isinstance(window_shape, (tuple, list)) else [window_shape]
    rank = _rank(x)
    given = range(len(sizes)) if axis is None else axis if isinstance(axis, (tuple, list)) else [axis]
    axes = [t.axis_from_end(k, rank) % rank for k in given]
    if len(axes) != len(sizes) or len(set(axes)) != len(axes) or (axis is None and len(axes) != rank):
        raise refused(
            f"np.lib.stride_tricks.sliding_window_view of {len(sizes)} lengths along {len(axes)} of {rank} axes",
            "give one length for each axis of axis=, each of them once",
            ShapeError,
        )
    order = [*(k for k in range(rank) if k not in axes), *axes]
    windows = t.write("windows", (t.permuted(x, order),), tuple(operator.index(size) for size in sizes))
    return t.permuted(windows, [*(order.index(k) for k in range(rank)), *range(rank, rank + len(sizes))])


PIECES: Final[Mapping[str, Callable[..., Any]]] = {
    "split": _split(False), "array_split": _split(True), "vsplit": _split_along(0), "hsplit": _split_along(1),
    "dsplit": _split_along(2), "unstack": _unstack, "delete": _delete, "insert": _insert, "compress": _compress,
    "extract": _extract, "vstack": _stacked(0, 2), "row_stack": _stacked(0, 2), "hstack": _stacked(1, 1),
    "dstack": _stacked(2, 3), "column_stack": _column_stack, "block": _block, "append": _append,
    "concatenate": _concatenate, "stack": _stack, "tile": _tile,
    "repeat": _repeat, "broadcast_arrays": _broadcast_arrays, "meshgrid": _meshgrid, "atleast_1d": _at_least(1),
    "atleast_2d": _at_least(2), "atleast_3d": _at_least(3), "moveaxis": _moveaxis, "rollaxis": _rollaxis,
    "roll": _roll, "flip": _flip, "flipud": lambda m: _flip(m, 0), "fliplr": lambda m: _flip(m, 1), "rot90": _rot90,
    "expand_dims": expand_dims, "sliding_window_view": _sliding_window_view,
    "choose": _choose, "diff": _diff, "ediff1d": _ediff1d,
}  # fmt: skip
"""Name in NumPy → what it writes."""
