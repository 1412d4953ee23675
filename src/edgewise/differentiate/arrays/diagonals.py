"""Sweeps that start from an identity: as long as operations work entry by entry, derivatives are diagonals.

What lies on them is carried on as a tensor of the node's own shape, and laid on the diagonal for each edge: the zeros
beside it are factors of nothing, so that an infinite derivative makes no NaN of them. Operations that only move entries,
as x[::-1] and x.T, move the diagonal with them; where they are undone again, as gradients do, it is one as before.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from edgewise.differentiate.arrays.bprop import Writer
from edgewise.graph import Tape
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import FIRST_TENSOR

__all__ = ["Diagonals"]

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
        self.along, self.back = (writer.bprop, writer.tangent) if down else (writer.tangent, writer.bprop)
        shapes = {node: tape.shape(node) for node in seeds}
        square = [node for node, shape in shapes.items() if shape and t.shape_of(seeds[node]) == (*shape, *shape)]
        self.known = {node: [_Diagonal(None, node, ())] for node in square}
        self.identities: dict[tuple[int, Edges], Any] = {(node, ()): seeds[node] for node in square}
        self.full: set[int] = set()

    def product(self, i: int, k: int, begin: int, end: int, mask: Any, *, wild: bool) -> tuple[bool, Any]:
        """Whether the k-th edge into node i carries diagonals on, and if so their product."""
        tape, moving = self.tape, self.tape.ops[i] >= FIRST_TENSOR
        if begin not in self.known or (moving and (mask is not None or not self.writer.moves(i))):
            return False, None
        if not moving and tape.shape(begin) != tape.shape(end):
            return False, None
        product = None
        for found in self.known[begin]:
            made = self._moved(found, (i, k)) if moving else self._multiplied(found, i, k, end, mask, wild)
            if made is not None:
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
        if made is not None and t.shape_of(made):  # the partial may be that of a row
            made = t.broadcast_to(made, self.tape.shape(end))
        return None if made is None else found._replace(value=made)

    def _moved(self, found: _Diagonal, edge: tuple[int, int]) -> _Diagonal | None:
        """A diagonal whose entries an edge moves, or moves back; None where none of them is left."""
        if self._number(found.value, t.shape_of(self.writer.expr(edge[0] if self.down else self._argument(edge)))):
            return found._replace(moves=(*found.moves, edge))
        value = self.along(*edge, found.value)
        last = found.moves[-1] if found.moves else edge
        for k in range(self._arguments(last[0]) if found.moves else 0):  # pieces lie behind each other
            if self.writer.same(value, self.back(last[0], k, found.value)):
                return found._replace(value=value, moves=found.moves[:-1]) if k == last[1] else None
        return found._replace(value=value, moves=(*found.moves, edge))

    def _argument(self, edge: tuple[int, int]) -> int:
        return int(self.tape.args[self.tape.start[edge[0]] + edge[1]])

    def _arguments(self, node: int) -> int:
        return int(self.tape.start[node + 1] - self.tape.start[node])

    @staticmethod
    def _number(value: Any, shape: Any) -> bool:
        """Whether it is one number for all entries of a shape."""
        return value is None or (bool(shape) and not t.shape_of(value))

    def _laid(self, made: _Diagonal, shape: Any) -> Any:
        """What is on a diagonal laid on it; a number times the identity."""
        if self._number(made.value, shape):
            identity = self._identity(made.seed, made.moves)
            return identity if made.value is None or self.writer.is_one(made.value) else made.value * identity
        laid = made.value
        for edge in reversed(made.moves):
            laid = self.back(*edge, laid)
        laid = self.writer.on_diagonal(laid)
        for edge in made.moves:
            laid = self.along(*edge, laid)
        return laid

    def _identity(self, seed: int, moves: Edges) -> Any:
        """The identity of a seed with its entries moved."""
        if (seed, moves) not in self.identities:
            self.identities[seed, moves] = self.along(*moves[-1], self._identity(seed, moves[:-1]))
        return self.identities[seed, moves]
