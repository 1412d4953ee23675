"""Sweeps that start from an identity: as long as operations work entry by entry, derivatives are diagonals.

What lies on them is carried on as a tensor of the node's own shape, and laid on the diagonal for each edge: the zeros
beside it are factors of nothing, so that an infinite derivative makes no NaN of them. Operations that only move
entries, as x[::-1] and x.T, move the diagonal with them; where they are undone again, as gradients do, it is one as
before. So it is with what is spread along further axes, and summed over these again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, NamedTuple

from edgewise.differentiate.arrays.bprop import Writer
from edgewise.graph import Tape
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import FIRST_TENSOR, TENSOR_CODE

__all__ = ["Diagonals"]

CONCATENATE: Final = TENSOR_CODE["concatenate"]

MOST: Final = 4
"""Diagonals that are carried on side by side: of x[1:] and x[:-1], of the pieces of a concatenation."""

Edges = tuple[tuple[int, int], ...]


class _Diagonal(NamedTuple):
    """What lies on a diagonal, None for 1: on that of the identity of a seed, its entries moved along some edges."""

    value: Any
    seed: int
    moves: Edges


class Diagonals:
    """The derivatives that have arrived at nodes, of those that are sums of a few diagonals.

    `down` says which way the sweep goes.
    """

    def __init__(self, tape: Tape, writer: Writer, seeds: Mapping[int, Any], *, down: bool) -> None:
        self.tape, self.writer, self.down = tape, writer, down
        self.along: Callable[[int, int, Any], Any] = writer.bprop if down else writer.tangent
        self.back: Callable[[int, int, Any], Any] = writer.tangent if down else writer.bprop
        shapes = {node: tape.shape(node) for node in seeds}
        square = [node for node, shape in shapes.items() if shape and t.shape_of(seeds[node]) == (*shape, *shape)]
        self.known = {node: [_Diagonal(None, node, ())] for node in square}
        self.identities: dict[tuple[int, Edges], Any] = {(node, ()): seeds[node] for node in square}
        self.full: set[int] = set()

    def product(self, i: int, k: int, begin: int, end: int, mask: Any, *, wild: bool) -> tuple[bool, Any]:
        """Whether the k-th edge into node i carries diagonals on, and if so their product."""
        tape, moving = self.tape, self.tape.ops[i] >= FIRST_TENSOR
        if begin not in self.known or (moving and mask is not None):
            return False, None
        spreads = not self.writer.moves(i) if moving else tape.shape(begin) != tape.shape(end)
        if (moving or spreads) and not all(self._carries(found, (i, k), spreads) for found in self.known[begin]):
            return False, None
        product = None
        for found in self.known[begin]:
            if not moving:
                made = self._multiplied(found, i, k, end, mask, wild)
            else:
                made = self._contracted(found, (i, k)) if spreads else self._moved(found, (i, k))
            if made is not None:
                if spreads:
                    made = made._replace(moves=(*found.moves, (i, k)))
                if self._axes(made) == tuple(range(len(tape.shape(end)))) and tape.shape(end) == tape.shape(made.seed):
                    made = made._replace(moves=())
                self._arrive(end, made)
                laid = self._laid(made, tape.shape(end))
                product = laid if product is None else product + laid
        return True, product

    def leave(self, node: int) -> None:
        """What has arrived at a node is no diagonal."""
        self.full.add(node)
        self.known.pop(node, None)

    def plain(self) -> set[int]:
        """The nodes whose derivatives are diagonals as the identity is, which their transposes are too."""
        return {node for node, found in self.known.items() if not any(each.moves for each in found)}

    def _arrive(self, end: int, made: _Diagonal) -> None:
        """Add a diagonal to what has arrived at a node."""
        if end in self.full:
            return
        found = self.known.setdefault(end, [])
        for at, before in enumerate(found):
            if before[1:] == made[1:]:
                one = self.writer.expr(self.writer.builder.constant(1))
                first, second = (one if each.value is None else each.value for each in (before, made))
                found[at] = made._replace(value=first + second)
                return
        found.append(made)
        if len(found) > MOST:
            self.leave(end)

    def _multiplied(self, found: _Diagonal, i: int, k: int, end: int, mask: Any, wild: bool) -> _Diagonal | None:
        """A diagonal times the partial of an edge, entry by entry; None where no derivative flows."""
        one = self.writer.expr(self.writer.builder.constant(1))
        value = one if found.value is None else found.value
        made = self.writer.entry_by_entry(i, k, value, mask, wild=wild, points=self.down)
        spreads = self.tape.shape(i) != self.tape.shape(self._argument((i, k)))
        if made is not None and (spreads or t.shape_of(made)):  # the partial may be that of a row
            made = t.broadcast_to(made, self.tape.shape(end))
        return None if made is None else found._replace(value=made)

    def _moved(self, found: _Diagonal, edge: tuple[int, int]) -> _Diagonal | None:
        """A diagonal whose entries an edge moves, or moves back; None where none of them is left."""
        if self._number(found.value, t.shape_of(self.writer.expr(edge[0] if self.down else self._argument(edge)))):
            return found._replace(moves=(*found.moves, edge))
        value = self.along(*edge, found.value)
        node, own = found.moves[-1] if found.moves else edge
        for k in range(self._pieces(node) if found.moves else 0):
            if self.writer.same(value, self.back(node, k, found.value)):
                return found._replace(value=value, moves=found.moves[:-1]) if k == own else None
        return found._replace(value=value, moves=(*found.moves, edge))

    def _carries(self, found: _Diagonal, edge: tuple[int, int], spreads: bool) -> bool:
        """Whether an edge that moves entries, or spreads or sums them, leaves a diagonal: of entries that were spread
        the axes must be known.
        """
        if self._axes(found._replace(moves=(*found.moves, edge))) is not None:
            return True
        return not spreads and all(
            self.tape.ops[node] >= FIRST_TENSOR and self.writer.moves(node) for node, _ in found.moves
        )

    def _contracted(self, found: _Diagonal, edge: tuple[int, int]) -> _Diagonal:
        """A diagonal of a factor in a product of tensors."""
        shape = self.tape.shape(self._argument(edge))
        one = self.writer.expr(self.writer.builder.constant(1))
        value = t.broadcast_to(one if found.value is None else found.value, shape)
        return found._replace(value=self.along(*edge, value))

    def _axes(self, made: _Diagonal) -> tuple[int, ...] | None:
        """Where the axes of the seed are in the node that its entries have been moved to, if they still are axes."""
        if self.down and made.moves:
            return None
        axes: tuple[int, ...] | None = tuple(range(len(self.tape.shape(made.seed))))
        for edge in made.moves:
            node, k = edge
            if axes is None:
                return None
            if self.tape.ops[node] < FIRST_TENSOR:
                shape, given = self.tape.shape(node), self.tape.shape(self._argument(edge))
                further = len(shape) - len(given)
                if any(shape[axis + further] != given[axis] for axis in axes):
                    return None
                axes = tuple(axis + further for axis in axes)
            else:
                axes = self.writer.kept_axes(node, k, axes)
        return axes

    def _argument(self, edge: tuple[int, int]) -> int:
        return int(self.tape.args[self.tape.start[edge[0]] + edge[1]])

    def _pieces(self, node: int) -> int:
        """How many arguments of a moving operation lie behind each other in it."""
        count = int(self.tape.start[node + 1] - self.tape.start[node])
        return count if self.tape.ops[node] == CONCATENATE else 1

    @staticmethod
    def _number(value: Any, shape: Any) -> bool:
        """Whether it is one number for all entries of a shape."""
        return value is None or (bool(shape) and not t.shape_of(value))

    def _laid(self, made: _Diagonal, shape: Any) -> Any:
        """What is on a diagonal laid on it; a number times the identity."""
        if self._number(made.value, shape):
            identity = self._identity(made.seed, made.moves)
            return identity if made.value is None or self.writer.is_one(made.value) else made.value * identity
        laid, axes = made.value, self._axes(made)
        if axes is not None:
            return self.writer.on_diagonal(laid, axes)
        for edge in reversed(made.moves):
            laid = self.back(*edge, laid)
        laid = self.writer.on_diagonal(laid, range(len(self.tape.shape(made.seed))))
        for edge in made.moves:
            laid = self.along(*edge, laid)
        return laid

    def _identity(self, seed: int, moves: Edges) -> Any:
        """The identity of a seed with its entries moved."""
        if (seed, moves) not in self.identities:
            self.identities[seed, moves] = self.along(*moves[-1], self._identity(seed, moves[:-1]))
        return self.identities[seed, moves]
