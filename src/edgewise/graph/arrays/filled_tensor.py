"""`FilledTensor`: a tensor of named dimensions that is written into by slices, as an ndarray is.

`du = np.zeros(x.shape[0]); du[1:-1] = x[2:] - x[:-2]` has no number of entries yet. Each assignment makes a new node,
a concatenation of what was there before, the new block, and what was there behind; the handle moves on to it. A slice
of a FilledTensor is a view, as NumPy's is: it reads what its source holds at the time, and writes through.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.graph.arrays.assigned import part
from edgewise.graph.arrays.families import alone, join
from edgewise.graph.expr import resolve
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.tensor import Tensor

__all__ = ["FilledTensor"]


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
        if all(k is Ellipsis or isinstance(k, (int, np.integer, slice)) for k in keys):
            found = part(self, key)
            if not found.shape:
                return found
            return self._follow(lambda x: part(x, key), lambda x, made: x.__setitem__(key, made), _solid(keys))
        found = t.getitem(self, key)  # selected by a condition, or a tensor
        return self._view(found) if any(k is None for k in keys) and isinstance(found, Tensor) else found

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

    def transpose(self, *axes: Any) -> Any:
        """The axes in another order; it is written through, as are the other shapes."""
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
            lambda x: t.reshaped(x, wanted), lambda x, made: x.__setitem__(..., t.reshaped(made, x.shape)), True
        )

    def squeeze(self, axis: Any = None) -> Any:
        """Axes of length 1 left out."""
        return self._follow(
            lambda x: t.squeezed(x, axis), lambda x, made: x.__setitem__(..., t.reshaped(made, x.shape)), True
        )

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
