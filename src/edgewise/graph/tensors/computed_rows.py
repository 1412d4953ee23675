"""Rows of tensors that are computed by other operations, written out in these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final

import numpy as np

from edgewise.graph.builder import Builder
from edgewise.graph.expr import handle
from edgewise.graph.layout import Layout
from edgewise.graph.tape import IntArray, Tape
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.written_anew import PRIVATE, rewritten
from edgewise.ops import FIRST_TENSOR, TENSOR_CODE, TENSORS, TensorOp, TensorShape

__all__ = ["computed_tape", "written_in_others"]

_COMPUTED: Final = [TENSOR_CODE[row.name] for row in TENSORS if row.computed]


def written_in_others(tape: Tape, wanted: Callable[[TensorOp, Tape, int], bool]) -> tuple[Tape, IntArray]:
    """The graph with the rows that are `wanted` as their `computed` says, and the map of its nodes. Linear.

    What they are computed by may be computed itself, and so on.
    """
    moved = np.arange(len(tape))
    while True:
        found = np.flatnonzero(np.isin(tape.ops, _COMPUTED)).tolist()
        nodes = [i for i in found if wanted(_row(tape, i), tape, i)]
        if not nodes:
            return tape, moved
        tape, new = rewritten(tape, {i: _writer(tape, i) for i in nodes})
        moved = new[moved]


def _row(tape: Tape, node: int) -> TensorOp:
    return TENSORS[int(tape.ops[node]) - FIRST_TENSOR]


def _writer(tape: Tape, node: int) -> Callable[[Builder, Sequence[int]], int]:
    op, args, parameter = _row(tape, node), tape.arguments(node), tape.attrs.get(node)

    def write(builder: Builder, new: Sequence[int]) -> int:
        return _written(op, builder, [new[j] for j in args], parameter)

    return write


def _written(op: TensorOp, builder: Builder, args: Sequence[int], parameter: Any) -> int:
    assert callable(op.computed)
    return t.node_of(builder, op.computed(t, [handle(builder, node) for node in args], parameter))


def computed_tape(op: TensorOp, parameter: Any, shapes: Sequence[TensorShape]) -> Tape:
    """The graph that computes a row with arguments of these shapes."""
    builder = Builder()
    inputs = [builder.tensor(chr(PRIVATE + k), tuple(shape), "real") for k, shape in enumerate(shapes)]
    node = _written(op, builder, inputs, parameter)
    return builder.whole([node], Layout("tensor", builder.shapes.get(node, ())))
