"""Entries at places: of what was placed, put together or computed entry by entry, they are those of its parts.

So slices meet what they were cut from.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any, Final

import numpy as np

from edgewise.ops import FIRST_TENSOR, TENSOR_CODE, Contraction, lettered
from edgewise.ops.dims import simplest
from edgewise.ops.tensor_values import spans
from edgewise.simplify.rewrite_nodes import CONTRACT, INDEX, RESHAPE, UNINDEX
from edgewise.simplify.rewrite_views import EYE, Views

__all__ = ["Item", "Places", "on_all_axes"]

CONCATENATE, ARRAY = (TENSOR_CODE[name] for name in ("concatenate", "array"))
_OF_PLACES: Final = frozenset((INDEX, UNINDEX, CONCATENATE, RESHAPE, ARRAY))

DEPTH: Final = 8
"""Operations that entries are taken through, one below the other."""
PIECES: Final = 64
"""Pieces of named lengths that are looked through for one place."""

Item = tuple[Any, ...]
"""Of an axis (place,) or (first, count, step)."""


class Places:
    """What entries of a node are."""

    def __init__(self, nodes: Views) -> None:
        self.nodes = nodes
        self._bounds: dict[int, list[Any]] = {}  # where the pieces of a node begin, and its end
        self.sliced: dict[int, int] = {}  # how often a node is read by slices

    # --- entries --------------------------------------------------------------------------------------------------

    def read(self, node: int, spec: Sequence[Item], depth: int = 0) -> tuple[int, int]:
        """The node of the entries of another, and how many slices of something are left in it."""
        nodes = self.nodes
        while True:
            shape = nodes.shapes[node]
            spec = on_all_axes(spec, shape)
            if all(map(_whole, spec, shape)):
                return node, 0
            code, *args = nodes.nodes[node]
            found: Any = None
            if code == INDEX:
                found = args[0], _composed(on_all_axes(nodes.attrs[node], nodes.shapes[args[0]]), spec)
            elif code == CONCATENATE:
                found = self._of_pieces(node, args, spec)
            elif code == UNINDEX:
                placed = self._of_placed(node, args[0], spec)
                if isinstance(placed, int):
                    return placed, 0
                if placed is not None and placed[2]:
                    inner, left = self.read(placed[0], placed[1], depth)
                    return self.nodes.with_axes(inner, placed[2]), left
                found = placed and placed[:2]
            elif code == RESHAPE:
                found = self._of_reshaped(node, args[0], spec)
            elif code == ARRAY and all(type(k) is int for item in spec for k in item):
                return nodes.number(nodes.attrs[node].values[spans(spec)]), 0
            if found is None:
                break
            node, spec = found
        alone = nodes.uses[node] <= 1
        if depth < DEPTH and (alone or nodes.uses[node] <= self.sliced.get(node, 0)):
            pushed, left = self._through(node, spec, depth) or (-1, 0)
            if pushed >= 0 and (alone or not left):
                return pushed, left
        return nodes.add(INDEX, (node,), spec), 1

    def without_ones(self, node: int, p: Contraction) -> tuple[int, Contraction | None] | None:
        """Entries at places where a view drops axes of length 1, and the view that remains; None where it drops none.

        None too where the entries are no simpler than before.
        """
        if not p.summed or self.nodes.nodes[node][0] not in _OF_PLACES or self.nodes.sums(node, p):
            return None
        letters, shape = p.inputs[0], self.nodes.shapes[node]
        read, left = self.read(
            node, [(0,) if k in p.summed else (0, n, 1) for k, n in zip(letters, shape, strict=True)]
        )
        if left and self.nodes.nodes[read][:2] == (INDEX, node):
            return None
        kept = "".join(k for k in letters if k not in p.summed)
        return read, None if kept == p.output else lettered([kept], p.output, dict(p.sizes))

    def summed(self, node: int, p: Contraction) -> tuple[int, Contraction] | None:
        """What a sum over the zeros around something is the sum of, and how; None where no zeros are summed."""
        code, *args = self.nodes.nodes[node]
        if code != UNINDEX or len(set(p.inputs[0])) < len(p.inputs[0]):
            return None
        own, _ = self.nodes.attrs[node]
        letters = p.inputs[0]
        batch, rest = letters[: len(letters) - len(own)], letters[len(letters) - len(own) :]
        around = [item != (0, n, 1) for item, n in zip(own, self.nodes.shapes[node][len(batch) :], strict=True)]
        if not all(k in p.summed for k, zeros in zip(rest, around, strict=True) if zeros):
            return None
        kept = batch + "".join(k for k, item in zip(rest, own, strict=True) if len(item) > 1)
        return args[0], lettered([kept], p.output, dict(p.sizes))

    def _of_pieces(self, node: int, pieces: list[int], spec: tuple[Item, ...]) -> tuple[int, tuple[Item, ...]] | None:
        """The piece, or the pieces, in which all entries lie."""
        shapes, axis = self.nodes.shapes, len(spec) + self.nodes.attrs[node]
        item, before, after = spec[axis], spec[:axis], spec[axis + 1 :]
        bounds = self._bounds.get(node)
        if bounds is None:
            bounds = [0, *accumulate((shapes[j][axis] for j in pieces), lambda a, b: simplest(a + b))]
            self._bounds[node] = bounds
        if type(bounds[-1]) is int and type(item[0]) is int:
            nearby = [min(max(bisect_right(bounds, item[0]) - 1, 0), len(pieces) - 1)]
        else:
            nearby = list(range(min(len(pieces), PIECES)))
        for k in nearby:
            inside = _within(item, (bounds[k], shapes[pieces[k]][axis], 1))
            if inside is not None and inside != ():
                return pieces[k], (*before, inside, *after)
        if len(item) == 1 or item[2] != 1 or len(pieces) > PIECES:
            return None
        last = simplest(item[0] + item[1])
        if item[0] not in bounds or last not in bounds:
            return None
        some = pieces[bounds.index(item[0]) : bounds.index(last)]
        if not 0 < len(some) < len(pieces):
            return None
        joined = self.nodes.add(CONCATENATE, some, self.nodes.attrs[node])
        return joined, (*before, (0, item[1], 1), *after)

    def _of_placed(self, node: int, inner: int, spec: tuple[Item, ...]) -> Any:
        """Entries of what is zero elsewhere: zeros, or those of what was placed and the axes to put in."""
        own, _ = self.nodes.attrs[node]
        batch, read, added = len(spec) - len(own), list[Item](), list[int]()
        read += spec[:batch]
        axes = [item for item in spec[:batch] if len(item) > 1]
        for item, held in zip(spec[batch:], own, strict=True):
            inside = _within(item, held)
            if inside is None:
                return None
            if inside == ():
                return self.nodes.spread(self.nodes.number(0), tuple(k[1] for k in spec if len(k) > 1))
            if len(held) > 1:
                read.append(inside)
            elif len(item) > 1:
                added.append(len(axes))
            axes += [item] * (len(item) > 1)
        return inner, tuple(read), tuple(k - len(axes) for k in added)

    def _of_reshaped(self, node: int, inner: int, spec: tuple[Item, ...]) -> tuple[int, tuple[Item, ...]] | None:
        """A single place of another arrangement of the same entries."""
        rank, shape = self.nodes.attrs[node]
        old = self.nodes.shapes[inner]
        old, lead = old[len(old) - rank :], spec[: len(spec) - len(shape)]
        places = spec[len(lead) :]
        if any(type(n) is not int for n in (*old, *shape)) or any(len(k) > 1 or type(k[0]) is not int for k in places):
            return None
        flat = int(np.ravel_multi_index([k[0] for k in places], shape)) if shape else 0
        return inner, (*lead, *((int(k),) for k in np.unravel_index(flat, old)))

    def _through(self, node: int, spec: tuple[Item, ...], depth: int) -> tuple[int, int] | None:
        """Entries of an operation that nobody else reads, as the operation on entries; None where more is read so."""
        code, *args = self.nodes.nodes[node]
        if code == CONTRACT:
            return self._through_products(node, args, spec, depth)
        if code >= FIRST_TENSOR or not args:
            return None
        shapes, shape, made, left = self.nodes.shapes, self.nodes.shapes[node], list[int](), 0
        for j in args:
            own = shapes[j]
            axes = zip(own, shape[len(shape) - len(own) :], spec[len(shape) - len(own) :], strict=True)
            read, more = self.read(j, [k if n == whole else _first(k) for n, whole, k in axes], depth + 1)
            made.append(read)
            left += more
        return (self.nodes.add(code, made, self.nodes.attrs.get(node)), left) if left <= 1 else None

    def _through_products(
        self, node: int, args: list[int], spec: tuple[Item, ...], depth: int
    ) -> tuple[int, int] | None:
        p: Contraction = self.nodes.attrs[node]
        # Of what several read no sum is done again; exactly, sums of other lengths may be added up in another order.
        if p.summed and (self.nodes.exact or self.nodes.uses[node] > 1):
            return None
        factors = zip(args, p.inputs, strict=True)
        if any(self.nodes.nodes[j][0] == EYE and set(part) <= set(p.output) for j, part in factors):
            return None  # what lies on a diagonal is no factor of the zeros beside it
        shapes, given = self.nodes.shapes, dict(zip(p.output, spec, strict=True))
        made, parts, left = list[int](), list[str](), 0
        for j, part in zip(args, p.inputs, strict=True):
            read, more = self.read(
                j, [given.get(k, (0, n, 1)) for k, n in zip(part, shapes[j], strict=True)], depth + 1
            )
            made.append(read)
            parts.append("".join(k for k in part if len(given.get(k, "all")) > 1))
            left += more
        if left > 1:
            return None
        out = [k for k in p.output if len(given[k]) > 1]
        sizes = {k: given[k][1] for k in p.repeated if len(given[k]) > 1}
        if len(made) == 1 and parts[0] == "".join(out) and not sizes:
            return made[0], left
        return self.nodes.add(CONTRACT, made, lettered(parts, out, sizes)), left


def on_all_axes(spec: Sequence[Item], shape: Sequence[Any]) -> tuple[Item, ...]:
    """Places on the last axes, with those in front read as they are."""
    return tuple((0, n, 1) for n in shape[: len(shape) - len(spec)]) + tuple(spec)


def _whole(item: Item, length: Any) -> bool:
    return item == (0, length, 1)


def _first(item: Item) -> Item:
    """The same places of an axis that only repeats."""
    return (0,) if len(item) == 1 else (0, 1, 1)


def _composed(inner: Sequence[Item], outer: Sequence[Item]) -> tuple[Item, ...]:
    """The places of places."""
    rest = iter(outer)
    found: list[Item] = []
    for item in inner:
        if len(item) == 1:
            found.append(item)
            continue
        first, _, step = item
        (place, *more) = next(rest)
        found.append((simplest(first + place * step), *((more[0], step * more[1]) if more else ())))
    return tuple(found)


def _within(item: Item, held: Item) -> Item | None:
    """Places counted inside other ones: () where none is inside, None where some are, or nobody knows.

    >>> _within((3, 2, 1), (2, 4, 1)), _within((0, 2, 1), (2, 4, 1)), _within((1, 2, 1), (2, 4, 1)), _within((5,), (5,))
    ((1, 2, 1), (), None, (0,))
    """
    if item == held:
        return (0,) if len(item) == 1 else (0, item[1], 1)
    first, count, step = item if len(item) > 1 else (*item, 1, 1)
    start, length, stride = held if len(held) > 1 else (*held, 1, 1)
    numbers = (first, count, start, length)
    if step == stride == 1:
        before, behind = simplest(first - start), simplest(start + length - first - count)
        if type(before) is int and type(behind) is int and before >= 0 and behind >= 0:
            return (before, count, 1) if len(item) > 1 else (before,)
        apart = simplest(first - start - length), simplest(start - first - count)
        return () if any(type(gap) is int and gap >= 0 for gap in apart) else None
    if any(type(number) is not int for number in numbers) or not count or not length:
        return None
    one, other = range(first, first + count * step, step), range(start, start + length * stride, stride)
    inside = [k for k in one if k in other]
    if len(inside) < len(one):
        return None if inside else ()
    at = other.index(first)
    return (at,) if len(item) == 1 else (at, count, step // stride if count > 1 else 1)
