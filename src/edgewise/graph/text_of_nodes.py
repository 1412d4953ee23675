"""A node as a formula, bounded in size for people and error messages, or whole as a text that parses back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from keyword import iskeyword
from typing import Any

import numpy as np

from edgewise.graph.builder import Builder
from edgewise.graph.names import strength
from edgewise.graph.tape import Tape
from edgewise.ops import CONST, INPUT, TABLE, Op, SymbolicConstant, TensorOp, op_of_code
from edgewise.ops.notation import ATOM, UNARY, Piece, at_least, infix, number_text
from edgewise.ops.tensors.spelling import outer_text
from edgewise.ops.tensors.tensor_notation import TEXT_STYLE, tensor_text

__all__ = ["builder_text", "node_text", "readable_text", "titled", "whole_text"]

LIMIT = 200
WIDE = 100
"""In a whole text, a formula of more characters gets a name."""


def node_text(tape: Tape, node: int, limit: int = LIMIT, names: Mapping[int, str] | None = None) -> str:
    """The formula of a node in terms of the inputs, or of `names` where given; deep parts become "…".

    >>> from edgewise import parse
    >>> node_text(parse("exp(x*y) + sin(x)").tape, 5)
    'exp(x*y) + sin(x)'
    """

    def look(i: int) -> tuple[Op, Sequence[int], Any]:
        return tape.op(i), tape.arguments(i), tape.attrs.get(i)

    return _text(look, node, limit, names or {}, tape.shapes)


def readable_text(tape: Tape, node: int, limit: int) -> str:
    """The formula of a node in the inputs where it is whole in so many characters, else in what the user gave names,
    and else in its arguments.

    >>> from edgewise import parse
    >>> tape = parse("height = 1 + x + 2*x**2 + 3*x**3 + x**4; log(height - 1)").tape
    >>> readable_text(tape, tape.outputs[0], 20)
    'log(height - 1)'
    """
    names = tape.names
    found = node_text(tape, node, limit)
    if "…" in found:
        found = node_text(tape, node, limit, {i: name for i, name in names.own.items() if i != node})
    return found if "…" not in found else node_text(tape, node, limit, {i: names.text(i) for i in tape.arguments(node)})


def titled(tape: Tape, limit: int) -> str:
    """What a graph is called: its function with its inputs, and the formulas of its outputs; of a traced function these
    only where they are whole.

    >>> from edgewise import parse, trace
    >>> def energy(m, v):
    ...     return m * v**2 / 2
    >>> titled(trace(energy).tape, 60), titled(parse("m*v**2/2").tape, 60)
    ('energy(m, v) = m*v**2/2', 'm*v**2/2')
    """
    shown = ", ".join(node_text(tape, node, limit) for node in tape.outputs[:3]) + ", …" * (len(tape.outputs) > 3)
    function = tape.numbering.function
    if not function:
        return shown
    names = [parameter.name for parameter in tape.parameters]
    call = f"{function}({', '.join(names[:6])}{', …' if len(names) > 6 else ''})"
    return call if "…" in shown else f"{call} = {shown}"


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
            given = [shapes.get(arg, ()) for arg in args]
            if isinstance(op, TensorOp):
                done.append(tensor_text(op, pieces, attr, given, shapes.get(node, ()), TEXT_STYLE))
            else:
                product = op.name == "mul" and outer_text(pieces, given, TEXT_STYLE)
                done.append(product or infix(op, pieces, attr))
            continue
        visited += 1
        if node in names:
            done.append((names[node], strength(names[node])))
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


def whole_text(tape: Tape, nodes: Sequence[int], nest: str = "") -> str:
    """All of the formulas of some nodes, in size linear in the graph: what is read twice, or is long, gets a name.

    `edgewise.parse` makes the same graph of it, where the inputs' names are names. `nest` is "list" or "tuple" for
    several results.

    >>> from edgewise import parse
    >>> print(whole_text((tape := parse("s = x*y; s + sin(s)").tape), tape.outputs))
    s = x*y
    s + sin(s)
    """
    needed = tape.live(nodes)
    counts = np.bincount(tape.args[needed[tape.edge_consumers()]], minlength=len(tape))
    np.add.at(counts, list(nodes), 1)
    reads = counts.tolist()
    names = _names(tape)
    lines: list[str] = []
    pieces: list[Piece | None] = [None] * len(tape)
    alive = needed.tolist()
    result = nodes[0] if len(nodes) == 1 else -1
    for i, code, args in tape.rows():
        if not alive[i]:
            continue
        attr: Any = tape.attrs.get(i)
        if code == INPUT:
            pieces[i] = (attr, ATOM)
            continue
        if code == CONST:
            pieces[i] = number_text(attr)
            continue
        written: list[Piece] = []
        for j in args:
            piece = pieces[j]
            assert piece is not None
            written.append(piece)
            reads[j] -= 1
            if not reads[j]:
                pieces[j] = None
        op = tape.op_of_code(code)
        piece = _operation(tape, i, op, args, written)
        if op.name == "size":
            pieces[i] = piece
            continue
        if reads[i] > 1 or (len(piece[0]) > WIDE and i != result) or i in tape.labels:
            name = names.get(i) or f"{names[-1]}{tape.numbering.number(i)}"
            lines.append(f"{name} = {piece[0]}")
            piece = (name, ATOM)
        pieces[i] = piece
    shown = [piece[0] for node in nodes if (piece := pieces[node]) is not None]
    nested = {"list": "[{}]", "tuple": "({},)" if len(shown) == 1 else "({})"}.get(nest, "{}")
    return "\n".join([*lines, nested.format(", ".join(shown) if nest else shown[0])])


def _operation(tape: Tape, node: int, op: Op, args: Sequence[int], written: Sequence[Piece]) -> Piece:
    """The text of an operation on nodes that are written so, as `edgewise.parse` reads it."""
    if op.name == "neg":  # -x*y is (-x)*y, and -2 a number
        number = tape.ops[args[0]] == CONST and not isinstance(tape.attrs[args[0]], SymbolicConstant)
        return f"-({written[0][0]})" if number else f"-{at_least(written[0], UNARY)}", UNARY
    attr = tape.attrs.get(node)
    if isinstance(op, TensorOp):
        given = [tape.shapes.get(j, ()) for j in args]
        return tensor_text(op, written, attr, given, tape.shapes.get(node, ()), TEXT_STYLE)
    piece = infix(op, written, attr)
    if op.name in ("max", "min") and node in tape.shapes:  # which reduce in formulas of tensors
        return f"{op.name}imum{piece[0].removeprefix(op.name)}", ATOM
    return piece


def _names(tape: Tape) -> dict[int, str]:
    """The names that lines may give to nodes, and under -1 how numbered ones begin: as no other name does."""
    taken = {name.partition("[")[0] for name in tape.input_names()} | {"pi", "π", "e", "inf", "nan", "NaN", "s_"}
    taken |= {
        str(name) for shape in tape.shapes.values() for length in shape for name in getattr(length, "free_symbols", ())
    }
    names: dict[int, str] = {}
    for node, name in tape.names.own.items():
        if name.isidentifier() and name.isascii() and not iskeyword(name) and name not in taken:
            taken.add(name)
            names[node] = name
    start = tape.names.letter
    while any(name.startswith(start) and name.removeprefix(start).isdigit() for name in taken):
        start += "u"
    names[-1] = start
    return names
