"""The arithmetic of one operation: a number, or a polynomial in the named dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import prod
from typing import Any

from edgewise.graph.layout import Shape
from edgewise.graph.tape import Tape
from edgewise.graph.tensors.computed_rows import computed_tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, Contraction, Op, TensorOp, bound, is_view, product, simplest

__all__ = ["work_at", "work_of"]


def work_of(tape: Tape, node: int) -> Any:
    """The arithmetic operations of one node, as its row says: a number, or a polynomial in the named dimensions."""
    if tape.ops[node] in (INPUT, CONST):
        return 0
    shapes = [tape.shape(j) for j in tape.arguments(node)]
    return _work(tape.op(node), tape.attrs.get(node), shapes, tape.shape(node))


def work_at(tape: Tape, sizes: Mapping[str, int]) -> list[int]:
    """The arithmetic operations of every node for numbers of all named dimensions."""
    known: dict[Any, Any] = {}

    def numbers(value: Any) -> Any:
        if value not in known:
            known[value] = bound(value, sizes)
        return known[value]

    shapes = {node: numbers(shape) for node, shape in tape.shapes.items()}
    found = []
    for node, code, args in tape.rows():
        work = 0
        if code >= FIRST_TENSOR:
            op, attr = tape.op_of_code(code), tape.attrs.get(node)
            given = numbers(attr) if isinstance(attr, Contraction) else attr
            work = int(_work(op, given, [shapes.get(j, ()) for j in args], shapes.get(node, ())))
        elif code not in (INPUT, CONST):
            work = prod(shapes.get(node, ()))
        found.append(work)
    return found


def _work(op: Op, attr: Any, args: Sequence[Shape], shape: Shape) -> Any:
    if not isinstance(op, TensorOp):
        return product(shape)
    if not args or is_view(op, attr):
        return 0
    if op.work is not None:
        return op.work(args, shape, attr)
    return _work_of_formula(op, attr, args) if op.computed else product(shape)


def _work_of_formula(op: TensorOp, attr: Any, args: Sequence[Shape]) -> Any:
    key = "work", attr, tuple(args)
    if key not in op.cache:
        tape = computed_tape(op, attr, args)
        op.cache[key] = simplest(sum(work_of(tape, node) for node in range(len(tape))))
    return op.cache[key]
