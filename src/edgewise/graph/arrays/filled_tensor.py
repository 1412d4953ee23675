"""`FilledTensor`: a tensor of named dimensions that is written into by slices, as an ndarray is.

`du = np.zeros(x.shape[0]); du[1:-1] = x[2:] - x[:-2]` has no number of entries yet. Each assignment makes a new node,
a concatenation of what was there before, the new block, and what was there behind; the handle moves on to it. A slice
of a FilledTensor is a view, as NumPy's is: it reads what its source holds at the time, and writes through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.graph.arrays.families import alone, join
from edgewise.graph.arrays.filled import settled
from edgewise.graph.builder import user_line
from edgewise.graph.expr import Expr, apply, resolve
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.selected import Selected
from edgewise.graph.tensors.tensor import Tensor
from edgewise.graph.tensors.tensor_indices import range_of
from edgewise.ops import TENSOR_CODE, op_of_code, simplest

__all__ = ["FilledTensor", "assigned"]

_CONCATENATE, _CONTRACT = TENSOR_CODE["concatenate"], TENSOR_CODE["contract"]


class FilledTensor(Tensor):
    """A tensor whose handle moves on to a new node at each assignment.

    >>> from edgewise.graph.tensors.tensor import tensor
    >>> x = tensor("n", name="x")
    >>> du = FilledTensor(0 * x)
    >>> du[1:] = x[:-1]
    >>> du
    concatenate([(0*x)[:1], x[:n - 1]], axis=0)
    """

    __slots__ = ("_read", "_seen", "_solid", "_source", "_version", "_write")

    def __init__(
        self, value: Any, source: FilledTensor | None = None, read: Any = None, write: Any = None, solid: bool = True
    ) -> None:
        # A view reads itself from its source, and writes back what became of it. A solid one has its entries row by
        # row in memory, so that in another shape it is a view too.
        self._source, self._read, self._write, self._solid = source, read, write, solid
        self._version: int = 0 if source is None else source._version
        self._seen = self._version
        self._family = self._of = None
        self._builder, self._node = resolve(value)

    def _renew(self) -> None:
        # `resolve` calls this first: a view whose source has moved on reads it again.
        source = self._source
        if source is not None:
            source._renew()
            if source._version != self._seen:
                self._seen = source._version
                self._version += 1
                self._builder, self._node = resolve(self._read(source))

    def __getitem__(self, key: Any) -> Any:
        keys = key if isinstance(key, tuple) else (key,)
        part = t.getitem(self, key)
        if part.shape and all(k is Ellipsis or isinstance(k, (int, np.integer, slice)) for k in keys):
            return self._follow(lambda x: t.getitem(x, key), lambda x, made: x.__setitem__(key, made), _solid(keys))
        return self._view(part) if any(k is None for k in keys) and isinstance(part, Tensor) else part

    def _move(self, made: Any) -> None:
        if self._source is not None:
            self._write(self._source, made)
            return
        alone(self)
        self._builder, self._node = resolve(made)
        self._version += 1

    # --- views ------------------------------------------------------------------------------------------------------

    def _follow(self, read: Any, write: Any, solid: bool) -> FilledTensor:
        return FilledTensor(read(self), self, read, write, solid and self._solid)

    def _view(self, view: Any) -> Any:
        """A view that is not followed, of the family of the array that is written into."""
        root = self
        while root._source is not None:
            root = root._source
        return join(view._own() if isinstance(view, FilledTensor) else view, root) if view.shape else view

    @property
    def T(self) -> Any:
        """The axes in reverse; it is written through, as are the other orders and shapes."""
        return self.transpose()

    @property
    def mT(self) -> Any:
        """The last two axes exchanged."""
        return self.swapaxes(-1, -2)

    def transpose(self, *axes: Any) -> Any:
        """The axes in another order."""
        given = axes[0] if len(axes) == 1 and isinstance(axes[0], (tuple, list)) else axes
        listed = list(range(self.ndim))[::-1] if not given or given[0] is None else [int(k) % self.ndim for k in given]
        return self._follow(
            lambda x: t.transpose(x, listed),
            lambda x, made: x.__setitem__(..., t.permuted(made, np.argsort(listed).tolist())),
            listed == sorted(listed),
        )

    def swapaxes(self, first: int, second: int) -> Any:
        """Two axes exchanged."""
        order = list(range(self.ndim))
        order[first], order[second] = order[second], order[first]
        return self.transpose(order)

    def reshape(self, *shape: Any, order: str = "C") -> Any:
        """The same entries in another shape; what is a copy in NumPy, or may be one, is not written into."""
        wanted = shape[0] if len(shape) == 1 and isinstance(shape[0], (tuple, list)) else shape
        if order != "C" or not (self._solid or self.ndim == 1):
            return super().reshape(wanted, order=order)
        return self._follow(
            lambda x: t.reshaped(x, wanted),
            lambda x, made: x.__setitem__(..., t.reshaped(made, x.shape)),
            True,
        )

    def squeeze(self, axis: Any = None) -> Any:
        """Axes of length 1 left out."""
        return self._follow(
            lambda x: t.squeezed(x, axis), lambda x, made: x.__setitem__(..., t.reshaped(made, x.shape)), True
        )

    @property
    def flat(self) -> Any:
        """All entries along one axis."""
        return self.reshape(-1)

    def astype(self, dtype: Any, *args: Any, **options: Any) -> Any:
        """A copy of its own, as a tensor's."""
        return super().astype(dtype, *args, **options).copy()

    def fill(self, value: Any) -> None:
        """Every entry replaced by one value."""
        self[...] = value


def _solid(keys: Sequence[Any]) -> bool:
    """Whether these indices of rows that stand row by row give entries that do: places, then one range."""
    ranges = [k for k in keys if not isinstance(k, (int, np.integer))]
    return ranges == list(keys[len(keys) - len(ranges) :]) and (
        len(ranges) < 2 and all(k is Ellipsis or k.step in (None, 1) for k in ranges)
    )


def assigned(x: Tensor, key: Any, value: Any) -> Any:
    """What a tensor is after `x[key] = value`."""
    value = settled(value)
    if isinstance(key, Expr):
        return _where(x, key, value)
    places = _places(x, key)
    return _replaced(x, _regions(x, key), value) if places is None else _scattered(x, places, value)


def _where(x: Tensor, mask: Any, value: Any) -> Any:
    """`x[x > 1] = 0`: one value at all places of a condition, or what was computed of the entries there."""
    if isinstance(value, Selected):
        value = value.over(mask)
    elif t.shape_of(value):
        value = None
    if value is None or not op_of_code(resolve(mask)[0].nodes[resolve(mask)[1]][0], ()).boolean:
        raise UnsupportedError(
            "an assignment to entries that depend on the data",
            hint="write np.where(condition, value, x)",
            line=user_line(),
        )
    behind = range(len(t.shape_of(mask)) - len(x.shape), 0)
    return apply("where", t.expanded(mask, behind) if behind else mask, value, Tensor(*resolve(x)))


def _places(x: Tensor, key: Any) -> Any:
    """The one array of places along the first axis, or the condition on numbers, that is assigned to; None else."""
    if isinstance(key, list) or (isinstance(key, np.ndarray) and key.ndim):
        key = np.asarray(key)
        if key.ndim == 1 and key.dtype.kind in "iub":
            return np.flatnonzero(key) if key.dtype.kind == "b" else key
    return None


def _scattered(x: Tensor, places: Any, value: Any) -> Any:
    """`x[[0, 2]] = value`: one row after the other."""
    rows = x.shape[1:]
    value = value if isinstance(value, Expr) else t.constant(x, value)
    value = t.broadcast_to(value, (len(places), *rows))
    made = FilledTensor(Tensor(*resolve(x)))
    for k, place in enumerate(places.tolist()):
        made[place] = value[k]
    return made


def _regions(x: Tensor, key: Any) -> list[tuple[Any, Any, bool]]:
    """Of each axis: where the assigned region starts, its length, and whether the axis is one of its own."""
    keys = list(key) if isinstance(key, tuple) else [key]
    shape = x.shape
    place = next((n for n, k in enumerate(keys) if k is Ellipsis), len(keys))
    keys[place : place + 1] = [slice(None)] * (len(shape) - len([k for k in keys if k is not Ellipsis]))
    regions: list[tuple[Any, Any, bool]] = []
    for k, length in zip(keys, shape, strict=False):
        single = isinstance(k, int) or hasattr(k, "free_symbols")
        if len(keys) != len(shape) or not (single or isinstance(k, slice)):
            raise UnsupportedError(
                f"an assignment to x[{key!r:.60}] of shape {shape}",
                hint="assign to slices and single places, or put pieces together with np.concatenate or np.stack",
                line=user_line(),
            )
        if single:
            regions.append((simplest(length + k) if isinstance(k, int) and k < 0 else k, 1, False))
            continue
        start, count, step = range_of(k, length)
        if step != 1:
            raise UnsupportedError(
                f"an assignment to every {step}th entry of an axis of length {length}",
                hint="reshape the axis into two, or stack the pieces",
                line=user_line(),
            )
        regions.append((start, count, True))
    return regions


def _replaced(x: Tensor, regions: Sequence[tuple[Any, Any, bool]], value: Any) -> Any:
    old = Tensor(*resolve(x))
    value = value if isinstance(value, Expr) else t.constant(old, value)
    block = t.broadcast_to(value, [count for _, count, own in regions if own])
    rank = len(regions)
    single = [k - rank for k, (_, _, own) in enumerate(regions) if not own]
    return _placed(old, regions, t.expanded(block, single) if single else block, 0)


def _placed(old: Any, regions: Sequence[tuple[Any, Any, bool]], block: Any, axis: int) -> Any:
    """The block in its region, from this axis on: what is before it, it, what is behind. As deep as there are axes."""
    if axis == len(regions):
        return block
    start, count, _ = regions[axis]
    length = t.shape_of(old)[axis]
    stop = simplest(start + count)
    if start == 0 and stop == length:
        return _placed(old, regions, block, axis + 1)
    last = axis == len(regions) - 1
    inner = block if last else _placed(_cut(old, axis, start, stop), regions, block, axis + 1)
    pieces = [_cut(old, axis, 0, start), inner, _cut(old, axis, stop, length)]
    return _joined([piece for piece in pieces if t.shape_of(piece)[axis] != 0], axis)


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
