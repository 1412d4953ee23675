"""What a tensor is after `x[key] = value`: blocks put together anew, or a choice between old and new entries."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.arrays.filled import nested, settled
from edgewise.graph.expr import Expr, apply, resolve
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.selected import Selected
from edgewise.graph.tensors.tensor import Tensor
from edgewise.graph.tensors.tensor_indices import range_of
from edgewise.ops import TENSOR_CODE, op_of_code, shape_text, simplest

__all__ = ["assigned", "part"]

_CONCATENATE, _CONTRACT = TENSOR_CODE["concatenate"], TENSOR_CODE["contract"]


def assigned(x: Tensor, key: Any, value: Any) -> Any:
    """What a tensor is after `x[key] = value`."""
    value = nested(value)
    if isinstance(key, Expr):
        return _where(x, key, value)
    keys = [_known(k) for k in (key if isinstance(key, tuple) else (key,))]
    if not any(isinstance(k, np.ndarray) or k is None for k in keys):
        return _replaced(x, _regions(x, keys), value)
    if all(type(length) is int for length in x.shape):
        return _at_places(x, tuple(keys), value)
    return _one_by_one(x, keys, value)


def _known(k: Any) -> Any:
    """An index of numbers: a list as an array, and a mask."""
    k = settled(k)
    return np.asarray(k) if isinstance(k, (list, range)) else k


def _where(x: Tensor, mask: Any, value: Any) -> Any:
    """`x[x > 1] = 0`: one value at all places of a condition, or what was computed of the entries there."""
    if isinstance(value, Selected):
        value = value.over(mask)
    elif t.shape_of(value):
        value = None
    if value is None or not op_of_code(resolve(mask)[0].nodes[resolve(mask)[1]][0], ()).boolean:
        raise refused("an assignment to entries that depend on the data", "write np.where(condition, value, x)")
    behind = range(len(t.shape_of(mask)) - len(x.shape), 0)
    return apply("where", t.expanded(mask, behind) if behind else mask, value, Tensor(*resolve(x)))


def _at_places(x: Tensor, keys: tuple[Any, ...], value: Any) -> Any:
    """Entries at known places: of those that are named twice the last one counts, as in NumPy."""
    shape = x.shape
    try:
        places = np.arange(math.prod(shape)).reshape(shape)[keys]
    except IndexError as error:
        raise refused(f"an assignment to x[{_said(list(keys))}] of shape {shape}: {error}", kind=ShapeError) from None
    if not places.size:
        return Tensor(*resolve(x))
    reached, source = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=int)
    reached.reshape(-1)[places.ravel()] = True
    if t.shape_of(value):
        source.reshape(-1)[places.ravel()] = np.arange(places.size)
        block = t.broadcast_to(t.beside(value, x), places.shape)
        value = t.take(t.reshaped(block, (-1,)), source, -1)
    return value if reached.all() and t.shape_of(value) else apply("where", reached, value, Tensor(*resolve(x)))


def _one_by_one(x: Tensor, keys: list[Any], value: Any) -> Any:
    """`x[:, [0, 2]] = value` and `x[[0, 3], [1, 2]] = value` where dimensions are named: one place after the other."""
    slices = [isinstance(k, slice) for k in keys]
    arrays = [k for k in keys if isinstance(k, np.ndarray)]
    if any(k.ndim != 1 for k in arrays) or (sum(slices) != len(keys) - 1 and (any(slices) or len(keys) != x.ndim)):
        raise refused(
            f"an assignment to the places {_said(keys)} of an array of shape {shape_text(x.shape)}",
            "index one axis by a list of places beside slices, or declare the dimensions as numbers",
        )
    at = slices.index(False)
    keys = [np.flatnonzero(k) if isinstance(k, np.ndarray) and k.dtype == bool else k for k in keys]
    known = [k for k, whole in zip(keys, slices, strict=True) if not whole]
    rows = t.shape_of(t.getitem(x, tuple(k if whole else 0 for k, whole in zip(keys, slices, strict=True))))
    places = np.stack(np.broadcast_arrays(*known), axis=-1).tolist()
    block = t.broadcast_to(t.beside(value, x), (*rows[:at], len(places), *rows[at:]))
    for n, place in enumerate(places):
        left = iter(place)
        single = tuple(k if whole else next(left) for k, whole in zip(keys, slices, strict=True))
        x = assigned(x, single, block[(*(slice(None),) * at, n)])
    return x


def _said(keys: list[Any]) -> str:
    """Indices in one line."""
    return ", ".join(str(k.tolist() if isinstance(k, np.ndarray) else k) for k in keys)[:80]


class _Region(NamedTuple):
    """What is assigned to of an axis: from where on, how long, every how manieth, and whether it is an axis itself."""

    start: Any
    length: Any
    step: int
    own: bool

    @property
    def count(self) -> Any:
        """How many entries it has."""
        return simplest((self.length + abs(self.step) - 1) // abs(self.step)) if self.own else 1


def _regions(x: Tensor, keys: list[Any]) -> list[_Region]:
    shape, regions = x.shape, []
    place = next((n for n, k in enumerate(keys) if k is Ellipsis), len(keys))
    keys[place : place + 1] = [slice(None)] * (len(shape) - len([k for k in keys if k is not Ellipsis]))
    for k, length in zip(keys, shape, strict=False):
        single = isinstance(k, (int, np.integer)) or hasattr(k, "free_symbols")
        if len(keys) != len(shape) or not (single or isinstance(k, slice)):
            raise refused(
                f"an assignment to x[{_said(keys)}] of shape {shape}",
                "assign to slices and single places, or put pieces together with np.concatenate or np.stack",
            )
        if single:
            place = k if hasattr(k, "free_symbols") else int(k)
            regions.append(
                _Region(simplest(length + place) if isinstance(place, int) and place < 0 else place, 1, 1, False)
            )
            continue
        start, count, step = range_of(k, length)
        if step > 1 and type(count) is not int:  # all of the range, of which the last entries may not be reached
            start, count, _ = range_of(slice(k.start, k.stop), length)
        elif step != 1:
            start, count = start if step > 0 else simplest(start + (count - 1) * step), (count - 1) * abs(step) + 1
        regions.append(_Region(start, simplest(count), step, True))
    return regions


def _replaced(x: Tensor, regions: Sequence[_Region], value: Any) -> Any:
    old = Tensor(*resolve(x))
    if any(type(region.length) is int and region.length <= 0 for region in regions):
        return old
    block = t.broadcast_to(t.beside(value, old), [region.count for region in regions if region.own])
    rank = len(regions)
    single = [k - rank for k, region in enumerate(regions) if not region.own]
    block = t.expanded(block, single) if single else block
    if any(region.step != 1 for region in regions):
        block = _between(old, regions, block)
    return _placed(old, regions, block, 0)


def _between(old: Any, regions: Sequence[_Region], block: Any) -> Any:
    """The whole regions, where new entries stand among old ones: every second one, or in reverse."""
    rank, reached = len(regions), None
    for axis, region in enumerate(regions):
        if region.step == 1:
            continue
        if region.step < 0:
            block = t.getitem(block, (*(slice(None),) * axis, slice(None, None, -1)))
        step = abs(region.step)
        if step == 1:
            continue
        at: Any = np.arange(region.length) if type(region.length) is int else t.arange(region.length, old)
        named = isinstance(at, Expr)
        block = t.take(block, apply("floor", at / step) if named else at // step, axis - rank)
        here = t.expanded(apply("eq", at % step, 0), range(axis + 1 - rank, 0)) if named else (
            (at % step == 0).reshape(-1, *(1,) * (rank - axis - 1)))  # fmt: skip
        reached = here if reached is None else np.logical_and(reached, here)
    if reached is None:
        return block
    for axis, region in enumerate(regions):
        old = _cut(old, axis, region.start, simplest(region.start + region.length))
    return apply("where", reached, block, old)


def _placed(old: Any, regions: Sequence[_Region], block: Any, axis: int) -> Any:
    """The block in its region, from this axis on: what is before it, it, what is behind. As deep as there are axes."""
    if axis == len(regions):
        return block
    start, length = regions[axis].start, t.shape_of(old)[axis]
    stop = simplest(start + regions[axis].length)
    if start == 0 and stop == length:
        return _placed(old, regions, block, axis + 1)
    last = axis == len(regions) - 1
    inner = block if last else _placed(_cut(old, axis, start, stop), regions, block, axis + 1)
    pieces = [_cut(old, axis, 0, start), inner, _cut(old, axis, stop, length)]
    return _joined([piece for piece in pieces if t.shape_of(piece)[axis] != 0], axis)


def part(x: Any, key: Any) -> Any:
    """x[key] for numbers and ranges; of pieces that were put together, only of those that it reaches.

    So an array that is filled row after row, and read, is not read as a whole each time.
    """
    shape, keys = t.shape_of(x), list(key) if isinstance(key, tuple) else [key]
    builder, node = resolve(x)
    axis = builder.attrs[node] + len(shape) if builder.nodes[node][0] == _CONCATENATE else len(keys)
    if axis >= len(keys) or Ellipsis in keys[: axis + 1] or not isinstance(keys[axis], (int, np.integer, slice)):
        return t.getitem(x, key)
    length, place = shape[axis], keys[axis]
    if type(length) is not int or (not isinstance(place, slice) and not -length <= place < length):
        return t.getitem(x, key)
    first = place if isinstance(place, slice) else slice(place % length, place % length + 1)
    start, count, step = range_of(first, length)
    if step != 1 or count == 0:
        return t.getitem(x, key)
    keys[axis] = slice(None) if isinstance(place, slice) else 0
    return t.getitem(_cut(x, axis, start, start + count), tuple(keys))


def _joined(pieces: list[Any], axis: int) -> Any:
    return t.concatenate([part for piece in pieces for part in _pieces(piece, axis)], axis)


def _pieces(x: Any, axis: int) -> list[Any]:
    """What was put together along an axis, so that assignment after assignment gives one concatenation."""
    builder, node = resolve(x)
    code, *args = builder.nodes[node]
    if code != _CONCATENATE or builder.attrs[node] != axis - len(t.shape_of(x)):
        return [x]
    return [Tensor(builder, arg) for arg in args]


def _cut(x: Any, axis: int, start: Any, stop: Any) -> Any:
    """A slice along an axis; of pieces that were put together, the pieces, and of a repeated value, less of it."""
    if start == stop:
        shape = t.shape_of(x)
        return t.full((*shape[:axis], 0, *shape[axis + 1 :]), 0, x)
    at: Any = 0
    found = []
    for piece in _pieces(x, axis):
        behind = simplest(at + t.shape_of(piece)[axis])
        low, high = _larger(at, start), _smaller(behind, stop)
        if _below(low, high):
            found.append(_slice(piece, axis, simplest(low - at), simplest(high - at)))
        at = behind
    return _joined(found, axis)


def _slice(x: Any, axis: int, start: Any, stop: Any) -> Any:
    shape = t.shape_of(x)
    builder, node = resolve(x)
    code, *args = builder.nodes[node]
    if code == _CONTRACT and len(args) == 1 and not builder.shapes.get(args[0]):
        lengths = (*shape[:axis], simplest(stop - start), *shape[axis + 1 :])
        return t.broadcast_to(Tensor(builder, args[0]), lengths)
    return t.getitem(x, (*(slice(None),) * axis, slice(start, stop)))


def _below(a: Any, b: Any) -> bool:
    """Whether a < b for lengths that are large: what NumPy does at the ends of short arrays is not known here."""
    gap = simplest(b - a)
    if type(gap) is int:
        return gap > 0
    sizes = {s: 10**6 + 1000 * k for k, s in enumerate(sorted(gap.free_symbols, key=str))}
    return bool(gap.subs(sizes) > 0)


def _larger(a: Any, b: Any) -> Any:
    return b if _below(a, b) else a


def _smaller(a: Any, b: Any) -> Any:
    return a if _below(a, b) else b
