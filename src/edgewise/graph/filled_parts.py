"""One tensor out of an array whose entries are numbers, tensors of one entry, and entries of larger tensors.

`du[1:-1] = x[2:] - x[:-2]` puts into each entry of du a `Part`: which tensor, which entry of it. When du is used as a
whole, blocks of neighbouring parts become slices again, and the graph gets one concatenation, not n nodes.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from edgewise.graph.expr import resolve
from edgewise.graph.tensor import Tensor

__all__ = ["Part", "assembled", "cell", "parts"]


class Part:
    """An entry of a tensor, which becomes a node when it is asked for alone."""

    __slots__ = ("place", "source")

    def __init__(self, source: Tensor, place: int) -> None:
        self.source, self.place = source, place

    def entry(self) -> Any:
        """The entry as a node."""
        return self.source[tuple(int(k) for k in np.unravel_index(self.place, self.source.shape))]


def cell(value: Any) -> Any:
    """An array of no axes around one object, which NumPy then does not take apart."""
    around = np.empty(1, dtype=object)
    around[0] = value
    return around.reshape(())


def parts(source: Tensor) -> np.ndarray[Any, Any]:
    """The entries of a tensor of numbered dimensions, without a node for any of them."""
    from edgewise.graph.contractions import number

    shape = tuple(number(length, "an assignment by parts") for length in source.shape)
    made = np.empty(math.prod(shape), dtype=object)
    for place in range(len(made)):
        made[place] = Part(source, place)
    return made.reshape(shape)


def assembled(array: np.ndarray[Any, Any]) -> Tensor:
    """The tensor of an array of numbers, tensors of one entry, and parts."""
    flat = array.ravel().tolist()
    sources: dict[Any, int] = {}
    kinds, places = np.zeros(len(flat), dtype=np.int64), np.zeros(len(flat), dtype=np.int64)
    known: list[Tensor] = []
    for k, entry in enumerate(flat):
        if isinstance(entry, (Part, Tensor)):
            tensor = entry.source if isinstance(entry, Part) else entry
            kinds[k] = sources.setdefault(resolve(tensor), len(sources) + 1)
            if kinds[k] > len(known):
                known.append(tensor)
            places[k] = entry.place if isinstance(entry, Part) else 0
    if any(tensor.shape for tensor in known):
        block = _Block(array, kinds.reshape(array.shape), places.reshape(array.shape), known)
        return block.tensor()  # type: ignore[no-any-return]
    # Single entries need no blocks: row by row they are one concatenation.
    return _Block(array.reshape(-1), kinds, places, known).tensor().reshape(array.shape)  # type: ignore[no-any-return]


class _Block:
    def __init__(self, entries: Any, kinds: Any, places: Any, known: list[Tensor]) -> None:
        self.entries, self.kinds, self.places, self.known = entries, kinds, places, known

    def tensor(self) -> Any:
        """Cut where neighbours do not go on, along one axis after the other; what is left is one piece."""
        from edgewise.graph import tensors as t

        # The depth of the recursion is the number of axes.
        for axis in range(self.kinds.ndim):
            cuts = self._cuts(axis)
            if len(cuts):
                edges = [0, *cuts, self.kinds.shape[axis]]
                rows = [self._part(axis, slice(a, b)) for a, b in pairwise(edges)]
                return t.concatenate([row.tensor() for row in rows], axis)
        return self._piece()

    def _part(self, axis: int, where: slice) -> _Block:
        key = (slice(None),) * axis + (where,)
        return _Block(self.entries[key], self.kinds[key], self.places[key], self.known)

    def _cuts(self, axis: int) -> list[int]:
        """The places of an axis before which a new piece begins."""
        if not self.kinds.size:
            return []
        kinds, places = (np.moveaxis(a, axis, 0).reshape(a.shape[axis], -1) for a in (self.kinds, self.places))
        steps = np.diff(places, axis=0)
        going = np.all(kinds[1:] == kinds[:-1], axis=1)
        # All parts of a plane go on by the same step: along an axis of their sources.
        cuts: list[int] = []
        current = None
        for k in range(len(going)):
            of_parts = steps[k][kinds[k] > 0]
            step = int(of_parts[0]) if len(of_parts) else 0
            goes = bool(going[k]) and bool(np.all(of_parts == step)) and (current is None or step == current)
            goes = goes and all(self._is_step(kind, step, kinds[k], places[k]) for kind in set(kinds[k].tolist()))
            if goes:
                current = step
            else:
                cuts.append(k + 1)
                current = None
        return cuts

    def _is_step(self, kind: int, step: int, kinds: Any, places: Any) -> bool:
        if kind == 0:
            return True
        shape = self.known[kind - 1].shape
        if not shape:
            return step == 0
        strides = [math.prod(shape[k + 1 :]) for k in range(len(shape))]
        if step not in strides:
            return False
        axis = max((k for k, stride in enumerate(strides) if stride == step), key=shape.__getitem__)
        inside = np.unravel_index(places[kinds == kind], shape)[axis]
        return bool(np.all(inside + 1 < shape[axis]))

    def _piece(self) -> Any:
        from edgewise.graph import tensors as t

        shape, beside = self.kinds.shape, self.known[0]
        kind = int(self.kinds.flat[0]) if self.kinds.size else 0
        if kind == 0:
            numbers = self.entries.astype(float)
            if numbers.size and np.all(numbers == numbers.flat[0]):
                return t.full(shape, numbers.flat[0].item(), beside)
            return t.constant(beside, numbers)
        source = self.known[kind - 1]
        if not source.shape:
            return t.broadcast_to(source, shape)
        first = np.unravel_index(int(self.places.flat[0]), source.shape)
        last = np.unravel_index(int(self.places.flat[-1]), source.shape)
        # Which axis of the source each axis of the piece follows.
        follows: list[int] = []
        for axis, length in enumerate(shape):
            if length > 1:
                place = np.zeros(len(shape), dtype=int)
                place[axis] = 1
                other = np.unravel_index(int(self.places[tuple(place)]), source.shape)
                follows.append(next(k for k, (a, b) in enumerate(zip(first, other, strict=True)) if a != b))
        key = tuple(
            slice(int(a), int(b) + 1) if k in follows else int(a)
            for k, (a, b) in enumerate(zip(first, last, strict=True))
        )
        piece = source[key]
        piece = t.permuted(piece, [sorted(follows).index(k) for k in follows])
        rank = len(shape)
        short = [k - rank for k, length in enumerate(shape) if length == 1]
        return t.expanded(piece, short) if short else piece
