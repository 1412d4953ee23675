"""The arithmetic of one operation: a number, or a polynomial in the named dimensions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edgewise.graph.layout import Shape
from edgewise.graph.tape import Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, Op, bound, is_view, product, simplest, smaller

__all__ = ["work_at", "work_of"]


def work_of(tape: Tape, node: int) -> Any:
    """The arithmetic operations of one node: a number, or a polynomial in the named dimensions.

    A contraction of k tensors takes k - 1 products, and one sum, for each combination of its indices. Factorisations
    count their leading term (Golub and Van Loan, *Matrix Computations*): 2n³/3 for solving, 2n³ for inverting.
    """
    if tape.ops[node] in (INPUT, CONST):
        return 0
    shapes = [tape.shape(j) for j in tape.arguments(node)]
    return _work(tape.op(node), tape.ops[node] >= FIRST_TENSOR, tape.attrs.get(node), shapes, tape.shape(node))


def work_at(tape: Tape, nodes: Sequence[int], sizes: Mapping[str, int]) -> list[int]:
    """The arithmetic operations of nodes for numbers of all named dimensions."""
    known: dict[Shape, Shape] = {}

    def numbers(node: int) -> Shape:
        shape = tape.shape(node)
        if shape not in known:
            known[shape] = bound(shape, sizes)
        return known[shape]

    found = []
    for node in nodes:
        op, attr, work = tape.op(node), tape.attrs.get(node), 0
        if tape.ops[node] not in (INPUT, CONST):
            given = bound(attr, sizes) if op.name == "contract" else attr
            shapes = [numbers(j) for j in tape.arguments(node)]
            work = _work(op, bool(tape.ops[node] >= FIRST_TENSOR), given, shapes, numbers(node))
        found.append(int(work))
    return found


def _work(op: Op, tensor: bool, attr: Any, args: Sequence[Shape], shape: Shape) -> Any:
    if tensor and (not args or is_view(op, attr)):
        return 0
    out = product(shape)
    if op.name == "contract":
        return _contraction(attr, list(args))
    first = args[0] if args else ()
    entries = product(first)
    match op.name:
        case "inv" | "pinv" | "adjugate" | "adjugate_change":
            return simplest(2 * entries * first[-1])
        case "det" | "logdet" | "solve":
            columns = 0 if op.name != "solve" else product(args[1])
            return _fraction(2, 3, entries * first[-1]) + 2 * columns * first[-1]
        case "solve_triangular":
            return simplest(product(args[1]) * first[-1])
        case "cholesky":
            return _fraction(1, 3, entries * first[-1])
        case "eigvalsh" | "eigenvectors":
            return _fraction(4, 3, entries * first[-1]) if op.name == "eigvalsh" else simplest(9 * entries * first[-1])
        case "singular_values" | "left_vectors" | "right_vectors":
            return simplest(4 * entries * smaller(first[-1], first[-2]))
        case "unindex" | "take" | "pick" | "concatenate" | "windows" | "tril" | "triu":
            return 0
        case "softmax" | "logsumexp" | "unit" | "radial":
            return simplest(3 * entries)
        case "norm" | "recurrence" | "sort" | "argsort" | "running_argmax" | "searchsorted":
            return simplest(2 * entries)
        case "others":
            return simplest(3 * entries)
        case "amax" | "amin" | "prod" | "cumprod" | "cumsum" | "overlap" | "untake" | "unpick":
            return entries
    return out


def _fraction(top: int, bottom: int, value: Any) -> Any:
    if type(value) is int:
        return top * value // bottom
    import sympy as sp

    return sp.Rational(top, bottom) * value.expand()


def _contraction(p: Any, shapes: list[Any]) -> Any:
    lengths = p.lengths(shapes)
    inner = product(length for letter, length in lengths.items() if letter not in p.repeated)
    return simplest(inner * (len(p.inputs) - 1 + bool(p.summed)))
