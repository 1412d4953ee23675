"""Sweeps that start from an identity: as long as operations work entry by entry, derivatives are diagonals.

What lies on them is carried on as a tensor of the node's own shape, and laid on the diagonal for each edge: the zeros
beside it are factors of nothing, so that an infinite derivative makes no NaN of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from edgewise.differentiate.arrays.bprop import Writer
from edgewise.graph import Tape
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import FIRST_TENSOR

__all__ = ["Diagonals"]


class Diagonals:
    """What lies on the diagonals of the derivatives that have arrived at nodes, of those that are diagonals."""

    def __init__(self, tape: Tape, writer: Writer, seeds: Mapping[int, Any]) -> None:
        self.tape, self.writer = tape, writer
        shapes = {node: tape.shape(node) for node in seeds}
        square = [node for node, shape in shapes.items() if shape and t.shape_of(seeds[node]) == (*shape, *shape)]
        self.known: dict[int, Any] = dict.fromkeys(square)  # None is 1
        self.identities: dict[Any, Any] = {shapes[node]: seeds[node] for node in square}
        self.full: set[int] = set()

    def product(self, i: int, k: int, begin: int, end: int, mask: Any, *, wild: bool, points: bool) -> tuple[bool, Any]:
        """Whether the k-th edge into node i carries a diagonal on, and if so its product."""
        tape = self.tape
        if begin not in self.known or tape.ops[i] >= FIRST_TENSOR or tape.shape(begin) != tape.shape(end):
            return False, None
        found = self.known[begin]
        one = self.writer.expr(self.writer.builder.constant(1))
        made = self.writer.entry_by_entry(i, k, one if found is None else found, mask, wild=wild, points=points)
        if made is None:
            return True, None
        if t.shape_of(made):  # the partial may be that of a row
            made = t.broadcast_to(made, tape.shape(end))
        if end in self.known:
            before = self.known[end]
            self.known[end] = (one if before is None else before) + made
        elif end not in self.full:
            self.known[end] = made
        return True, self._laid(made, tape.shape(end))

    def leave(self, node: int) -> None:
        """What has arrived at a node is no diagonal."""
        self.full.add(node)
        self.known.pop(node, None)

    def _laid(self, x: Any, shape: Any) -> Any:
        """A tensor laid on the diagonals of its shape twice; a number times the identity."""
        if shape not in self.identities:
            self.identities[shape] = self.writer.identity(shape)
        identity = self.identities[shape]
        if not t.shape_of(x):
            return identity if self.writer.is_one(x) else x * identity
        return self.writer.on_diagonal(x)
