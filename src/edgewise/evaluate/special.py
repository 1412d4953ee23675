"""Special points: where an operation has a kink or a jump or leaves its domain, and which convention holds there."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.graph import Tape, node_text, readable_text
from edgewise.ops import CONST, FIRST_TENSOR, INPUT, Op, op_named
from edgewise.ops.formula import written
from edgewise.ops.notation import ATOM, Piece, infix, number_text
from edgewise.shown import shown

__all__ = ["SpecialPoint", "SpecialPoints", "special_points"]


class SpecialPoint(NamedTuple):
    """A place where an operation of 𝒢 is not smooth, or not defined.

    `kind` is "kink" (the derivative jumps, or is infinite), "jump" (the value jumps), "domain" (the value is NaN or
    infinite) or "limit" (of a second derivative: so much is made of this length that nobody looked for the limit of it
    where the length is 0); it is met where `condition` is true. `convention` says what derivative is used there; it is
    empty where the author of an operation did not say. `edges` are the positions in the ledger of the edges into the
    node, `line` is the user's own line where it was traced. `met` says whether given values meet it, None where none
    were given or nobody can tell. `name` is what the node is called.
    """

    node: int
    operation: str
    kind: str
    condition: str
    convention: str
    edges: tuple[int, ...]
    line: str
    met: bool | None = None
    name: str = ""

    def __str__(self) -> str:
        place = f" ({self.line})" if self.line else ""
        said = f": {self.convention}" if self.convention else ""
        return f"{self.name}: {self.operation} {WHAT[self.kind]} where {self.condition}{said}{place}"


WHAT: Final = {
    "kink": "has a kink",
    "jump": "jumps",
    "domain": "leaves its domain",
    "limit": "has a limit that is not looked for",
}


@shown
class SpecialPoints(list[SpecialPoint]):
    """A list of special points in the order of their nodes.

    It shows those that given values meet with their conventions, where a domain is left first, and then the others. Of
    several of a kind that one of the user's lines has it says how many. A notebook shows them in this order as a table.
    """

    def in_order(self) -> list[SpecialPoint]:
        """Those that are met first, where a domain is left before all; what nobody can tell before what is not met."""
        return sorted(self, key=lambda point: ({True: 0, None: 1, False: 2}[point.met], point.kind != "domain"))

    def __repr__(self) -> str:
        lines: list[str] = []
        alike: dict[tuple[Any, ...], list[SpecialPoint]] = {}
        for point in self.in_order():
            said = point.convention if point.met else ""
            alike.setdefault((point.met, point.operation, point.kind, point.line, said), []).append(point)
        for (met, operation, kind, line, said), points in alike.items():
            where = {True: "met", None: "possible", False: "not met"}[met]
            if len(points) == 1:
                lines.append(f"{where}: {points[0]}")
                continue
            names = ", ".join(point.name for point in points[:3]) + (", …" if len(points) > 3 else "")
            convention, place = f"; {said}" * bool(said), f" ({line})" * bool(line)
            lines.append(f"{where}: {operation} {WHAT[kind]}, {len(points)} times: {names}{convention}{place}")
        return "\n".join(lines) or "no special points"

    __str__ = __repr__


UNSOUGHT: Final = "the derivative of what is made of it is taken as 0 there"
"""What holds where a length is 0 of which too much is made."""
NAMED: Final = 24
"""From so many letters on a formula that has a name is called by it."""
DOMAIN: Final = "value and derivative are NaN or infinite"
"""What holds outside the domain of an operation of the table, where its row says nothing else."""


def special_points(
    tape: Tape,
    nodes: Iterable[int],
    rows: Mapping[int, Sequence[int]],
    values: Sequence[Any] | None,
    varied: Sequence[bool],
    unsought: Container[int] = (),
) -> SpecialPoints:
    """The special points of some nodes. `rows` are the ledger rows into each node, `values` those of all nodes.

    A node that is not `varied` has edges of its domain alone, where values are NaN, and one that is made of constants
    has them only where it is beyond. `unsought` are lengths without a limit where they are 0.
    """
    found, given = SpecialPoints(), tape.depends_on(tape.inputs)
    for node in nodes:
        if tape.ops[node] in (CONST, INPUT):
            continue
        op = tape.op(node)
        edges = tuple(rows.get(node, ()))
        exponent = _exponent(tape, node)
        jump = not edges and not any(op.partials)
        for kind, text, convention in (
            ("jump" if jump else "kink", _kinks(op, exponent), op.convention),
            ("domain", _outside(op, exponent, tape.attrs.get(node)), _beyond(op)),
            ("limit", _kinks(op, exponent) if node in unsought else "", UNSOUGHT),
        ):
            if not text or not (varied[node] or kind == "domain"):
                continue
            condition, met = _condition(tape, node, text, values)
            # Of numbers alone, as the 7 in x/7, is known what they are.
            about = [j for name, j in zip(op.args, tape.arguments(node)) if re.search(rf"\b{name}\b", text)]
            if not (met or (given[about].any() if about else given[node])):
                continue
            line, name = tape.line(node), tape.names.text(node)
            found.append(SpecialPoint(node, op.name, kind, condition, convention, edges, line, met, name))
    return found


def _beyond(op: Op) -> str:
    """What holds outside the domain. Of a user's operation only its author knows, where they said so."""
    if not op.custom:
        return op.beyond or DOMAIN
    return op.convention if not op.kinks else ""


def _exponent(tape: Tape, node: int) -> Any:
    """The exponent of a power that is a number, None for any other operation."""
    name, args = tape.op(node).name, tape.arguments(node)
    if name == "pow" and tape.ops[args[1]] == CONST:
        return float(tape.attrs[args[1]])
    return tape.attrs[node] if name == "power" else None


def _kinks(op: Op, exponent: Any) -> str:
    """The row's kinks; a root, which is a power too, has an infinite slope at 0."""
    if exponent is not None:
        return "x == 0" if 0 < exponent < 1 else ""
    return op.kinks


def _outside(op: Op, exponent: Any, parameter: Any) -> str:
    """The negation of the row's domain, as text of the formula language; that of a power depends on its exponent."""
    if exponent is not None:
        if exponent == int(exponent):
            return "x == 0" if exponent < 0 else ""
        return "x <= 0" if exponent < 0 else "x < 0"
    domain, _, whole = op.domain.partition(f" or {op.parameter} == floor({op.parameter})")
    if domain != op.domain and not whole and parameter == int(parameter):
        return ""  # a whole order, for which it holds everywhere
    return f"not ({domain})" if domain else ""


def _condition(tape: Tape, node: int, text: str, values: Sequence[Any] | None) -> tuple[str, bool | None]:
    """The condition in the graph's own terms, and whether the values meet it."""
    op, args = tape.op(node), tape.arguments(node)
    if tape.ops[node] >= FIRST_TENSOR or not any(sign in text for sign in ("==", "!=", "<", ">")):
        return text.replace("of c", f"of {node_text(tape, args[0], 60)}"), None  # said in words
    names = dict(zip(op.args, args, strict=True))
    said, pieces = _positive(text), {name: _piece(tape, j) for name, j in names.items()}
    shown = written(said, pieces, number_text, lambda op, args: infix(op_named(op), args))[0]
    if values is None:
        return shown, None
    given = {name: values[j] for name, j in names.items()}
    with np.errstate(all="ignore"):
        return shown, bool(np.any(written(said, given, float, lambda op, args: op_named(op).value(*args))))


def _positive(text: str) -> str:
    """`not (x > 0)` said with the opposite comparison; NaN meets neither."""
    opposite = {" > ": " <= ", " >= ": " < ", " < ": " >= ", " <= ": " > ", " != ": " == "}
    if not text.startswith("not (") or " and " in text or " or " in text:
        return text
    inner = text.removeprefix("not (").removesuffix(")")
    sign = next(sign for sign in opposite if sign in inner)
    return inner.replace(sign, opposite[sign])


def _piece(tape: Tape, node: int) -> Piece:
    """A node's formula and how strongly it binds. What the user gave a name is called so where its formula is long."""
    if tape.ops[node] in (CONST, INPUT):
        return node_text(tape, node, 60), ATOM
    if node in tape.names.own and len(node_text(tape, node, 60)) > NAMED:
        return tape.names.own[node], ATOM
    op = tape.op(node)
    strength = ATOM if tape.ops[node] >= FIRST_TENSOR else infix(op, [("a", ATOM)] * op.arity, tape.attrs.get(node))[1]
    return readable_text(tape, node, 60), strength
