"""A node as a formula, bounded in size: for people, error messages and docstrings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edgewise.graph.builder import Builder
from edgewise.graph.tape import Tape
from edgewise.ops import CONST, INPUT, TABLE, Op, TensorOp, op_of_code
from edgewise.ops.notation import ATOM, Piece, infix, number_text
from edgewise.ops.tensor_notation import TEXT_STYLE, outer_text, tensor_text

__all__ = ["builder_text", "node_text"]

LIMIT = 200


def node_text(tape: Tape, node: int, limit: int = LIMIT, names: Mapping[int, str] | None = None) -> str:
    """The formula of a node in terms of the inputs, or of `names` where given; deep parts become "…".

    >>> from edgewise import parse
    >>> node_text(parse("exp(x*y) + sin(x)").tape, 5)
    'exp(x*y) + sin(x)'
    """

    def look(i: int) -> tuple[Op, Sequence[int], Any]:
        return tape.op(i), tape.arguments(i), tape.attrs.get(i)

    return _text(look, node, limit, names or {}, tape.shapes)


def builder_text(builder: Builder, node: int, limit: int = LIMIT) -> str:
    """The formula of a node still under construction."""
    custom = list(builder.custom)

    def look(i: int) -> tuple[Op, Sequence[int], Any]:
        code, *args = builder.nodes[i]
        op = op_of_code(code, custom)
        return op, args, builder.attrs.get(i)

    return _text(look, node, limit, {}, builder.shapes)


def _text(look: Any, root: int, limit: int, names: Mapping[int, str], shapes: Mapping[int, Any]) -> str:
    """Write the tree below `root`, giving up on a branch once `limit` nodes have been written.

    The tree of a graph can be exponentially larger than the graph, so the bound is on what is visited.
    """
    done: list[Piece] = []
    todo: list[tuple[int, bool]] = [(root, False)]
    visited = 0
    while todo:
        node, ready = todo.pop()
        op, args, attr = look(node)
        if ready:
            pieces = done[len(done) - len(args) :]
            del done[len(done) - len(args) :]
            if isinstance(op, TensorOp):
                given = [shapes.get(arg, ()) for arg in args]
                done.append(tensor_text(op, pieces, attr, given, shapes.get(node, ()), TEXT_STYLE))
            else:
                product = op.name == "mul" and outer_text(pieces, [shapes.get(arg, ()) for arg in args], TEXT_STYLE)
                done.append(product or infix(op, pieces, attr))
            continue
        visited += 1
        if node in names:
            done.append((names[node], ATOM))
        elif op is TABLE[INPUT]:
            done.append((attr, ATOM))
        elif op is TABLE[CONST]:
            done.append(number_text(attr))
        elif visited > limit // 3:
            done.append(("…", ATOM))
        else:
            todo.append((node, True))
            todo.extend((arg, False) for arg in reversed(args))
    text = done[0][0]
    return text if len(text) <= limit else text[: limit - 1] + "…"
