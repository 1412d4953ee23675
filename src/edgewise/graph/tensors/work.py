"""The arithmetic of one operation: a number, or a polynomial in the named dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from edgewise.graph.layout import Shape
from edgewise.graph.tape import Tape
from edgewise.graph.tensors.computed_rows import computed_tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, Op, TensorOp, bound, is_view, product, simplest

__all__ = ["work_at", "work_of"]


def work_of(tape: Tape, node: int) -> Any:
    """The arithmetic operations of one node, as its row says: a number, or a polynomial in the named dimensions."""
    if tape.ops[node] in (INPUT, CONST):
        return 0
    shapes = [tape.shape(j) for j in tape.arguments(node)]
    return _work(tape.op(node), tape.attrs.get(node), shapes, tape.shape(node))


def work_at(tape: Tape, sizes: Sequence[Mapping[str, int]]) -> list[tuple[int, ...]]:
    """The arithmetic operations of every node for numbers of all named dimensions, for several such numbers.

    What does the same to tensors of the same shapes takes the same work: it is counted once. A length such as 6 - n
    that is negative for such a number is one of nothing.
    """
    known: dict[Any, tuple[int, ...]] = {}

    @cache
    def number(value: Any, k: int) -> Any:
        return bound(value, sizes[k])

    shapes, attrs, nothing, found = tape.shapes, tape.attrs, (0,) * len(sizes), list[tuple[int, ...]]()
    for node, code, args in tape.rows():
        op = tape.op_of_code(code) if args else None
        if op is None or (code >= FIRST_TENSOR and is_view(op, attrs.get(node))):
            found.append(nothing)
            continue
        shape, attr = shapes.get(node, ()), attrs.get(node) if code >= FIRST_TENSOR else None
        key = (code, attr, shape) if code < FIRST_TENSOR else (code, attr, shape, *[shapes.get(j, ()) for j in args])
        work = known.get(key)
        if work is None:
            own = [shapes.get(j, ()) for j in args]
            work = known[key] = tuple(
                max(int(_work(op, number(attr, k), [number(shape, k) for shape in own], number(shape, k))), 0)
                for k in range(len(sizes))
            )
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
