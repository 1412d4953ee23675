"""One tensor out of an array whose entries are numbers, tensors of one entry, and entries of larger tensors.

`du[1:-1] = x[2:] - x[:-2]` puts into each entry of du a `Part`: which tensor, which entry of it. When du is used as a
whole, blocks of neighbouring parts become slices again, and the graph gets one concatenation, not n nodes.
"""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.expr import resolve
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.tensors.contractions import number
from edgewise.graph.tensors.tensor import Tensor
from edgewise.ops import shape_text

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
    return np.fromiter((value,), dtype=object).reshape(())


def parts(source: Tensor) -> np.ndarray[Any, Any]:
    """The entries of a tensor of numbered dimensions, without a node for any of them."""
    shape = tuple(number(length, "an assignment by parts") for length in source.shape)
    source, count = Tensor(*resolve(source)), math.prod(shape)  # the entries as they are now
    return np.fromiter((Part(source, place) for place in range(count)), dtype=object, count=count).reshape(shape)


def assembled(array: np.ndarray[Any, Any]) -> Tensor:
    """The tensor of an array of numbers, tensors of one entry, and parts."""
    flat = array.ravel().tolist()
    sources: dict[int, int] = {}
    known: list[Tensor] = []
    kinds, places = np.zeros(len(flat), dtype=np.int64), np.zeros(len(flat), dtype=np.int64)
    for k, entry in enumerate(flat):
        if isinstance(entry, Part):
            tensor, places[k] = entry.source, entry.place
        elif isinstance(entry, Tensor):
            if entry.shape:
                raise refused(
                    f"an array of shape {shape_text(entry.shape)} as one entry of an array",
                    "give rows of equal shape, np.stack, or assign to a slice",
                    kind=ShapeError,
                )
            tensor = entry
        else:
            continue
        kinds[k] = sources.setdefault(id(tensor), len(known) + 1)
        if kinds[k] > len(known):
            known.append(tensor)
    if any(tensor.shape for tensor in known):
        block = _Block(array, kinds.reshape(array.shape), places.reshape(array.shape), known)
        return block.tensor()  # type: ignore[no-any-return]
    # Single entries need no blocks: row by row they are one concatenation.
    return _Block(array.reshape(-1), kinds, places, known).tensor().reshape(array.shape)  # type: ignore[no-any-return]


def _range(first: int, last: int) -> slice:
    return slice(first, last + 1) if first < last else slice(first, last - 1 if last else None, -1)


_MANY = 64
"""From so many blocks on, entries are gathered instead, if there are fewer tensors than blocks."""


class _Block:
    def __init__(self, entries: Any, kinds: Any, places: Any, known: list[Tensor]) -> None:
        self.entries, self.kinds, self.places, self.known = entries, kinds, places, known

    def tensor(self) -> Any:
        """Cut where neighbours do not go on, along one axis after the other; what is left is one piece."""
        # The depth of the recursion is the number of axes.
        for axis in range(self.kinds.ndim):
            cuts = self._cuts(axis)
            if len(cuts) > max(_MANY, 2 * len(self.known)):
                return self._gathered()
            if len(cuts):
                edges = [0, *cuts, self.kinds.shape[axis]]
                rows = [self._part(axis, slice(a, b)) for a, b in pairwise(edges)]
                return t.concatenate([row.tensor() for row in rows], axis)
        return self._piece()

    def _gathered(self) -> Any:
        """Entries that alternate between few tensors: taken by their places from all of these, one behind the other."""
        pieces = [t.reshaped(source, (-1,)) for source in self.known]
        starts = np.cumsum([0, *(piece.shape[0] for piece in pieces)])
        places = self.places + np.concatenate((starts[-1:], starts))[self.kinds]
        plain = self.kinds == 0
        if plain.any():
            numbers, order = np.unique(self.entries[plain].astype(float), return_inverse=True)
            places[plain] = starts[-1] + order
            pieces.append(t.constant(pieces[0], numbers))
        return t.take(pieces[0] if len(pieces) == 1 else t.concatenate(pieces, 0), places, -1)

    def _part(self, axis: int, where: slice) -> _Block:
        key = (slice(None),) * axis + (where,)
        return _Block(self.entries[key], self.kinds[key], self.places[key], self.known)

    def _cuts(self, axis: int) -> list[int]:
        """The places of an axis before which a new piece begins."""
        if not self.kinds.size or self.kinds.shape[axis] == 1:
            return []
        kinds, places = (np.moveaxis(a, axis, 0).reshape(a.shape[axis], -1) for a in (self.kinds, self.places))
        steps, parts = np.diff(places, axis=0), kinds[:-1] > 0
        # All parts of a plane go on by one step: along an axis of their sources.
        least = np.where(parts, steps, np.iinfo(np.int64).max).min(axis=1)
        step = np.where(parts, steps, np.iinfo(np.int64).min).max(axis=1)
        some = np.any(parts, axis=1)
        going = np.all(kinds[1:] == kinds[:-1], axis=1) & (~some | (step == least))
        for kind, tensor in enumerate(self.known, 1):
            of_kind = kinds[:-1] == kind
            going &= np.all(~of_kind | self._inside(tensor, steps, places[:-1]), axis=1)
        turns = np.zeros(len(going), dtype=bool)
        turns[1:] = going[1:] & going[:-1] & some[1:] & some[:-1] & (step[1:] != step[:-1])
        cuts: list[int] = (np.flatnonzero(~going | turns) + 1).tolist()
        return cuts

    @staticmethod
    def _inside(tensor: Tensor, steps: Any, places: Any) -> Any:
        """Where a step from a place leads to the next entry along an axis of a tensor."""
        if not tensor.shape:
            return steps == 0
        found = np.zeros(steps.shape, dtype=bool)
        for axis, length in enumerate(tensor.shape):
            stride = math.prod(tensor.shape[axis + 1 :])
            place = places // stride % length
            found |= ((steps == stride) & (place + 1 < length)) | ((steps == -stride) & (place > 0))
        return found

    def _piece(self) -> Any:
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
            _range(int(a), int(b)) if k in follows else int(a) for k, (a, b) in enumerate(zip(first, last, strict=True))
        )
        piece = source[key]
        piece = t.permuted(piece, [sorted(follows).index(k) for k in follows])
        rank = len(shape)
        short = [k - rank for k, length in enumerate(shape) if length == 1]
        return t.expanded(piece, short) if short else piece
