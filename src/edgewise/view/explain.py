"""The algorithms' steps as lines of text, with the book's names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.evaluate import Step
from edgewise.graph import Tape
from edgewise.ops.notation import ATOM, infix, number_text

__all__ = ["explain_lines", "u"]

_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_TITLES = {
    "6.1": "Algorithm 6.1, forward propagation: every value from its parents",
    "6.2": "Algorithm 6.2, back-propagation: grad_table from the output down, one product for each edge",
    "forward": "Forward accumulation: tangents from the chosen input up, one product for each edge",
    "elimination": "Vertex elimination: every edge into a vertex is joined with every edge out of it",
}


def u(node: int) -> str:
    """The book's name of a node; it counts from 1.

    >>> u(0), u(11)
    ('u⁽¹⁾', 'u⁽¹²⁾')
    """
    return f"u⁽{str(node + 1).translate(_SUPERSCRIPT)}⁾"


def _number(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, (int, float)) else str(value)


def explain_lines(tape: Tape, steps: Sequence[Step]) -> list[str]:
    """One line for each step; a heading where an algorithm begins."""
    lines: list[str] = []
    current = ""
    arrived: set[int] = set()
    for step in steps:
        if step.algorithm != current:
            current, arrived = step.algorithm, set()
            lines += [*([""] if lines else []), _TITLES[current]]
        if step.action == "seed":
            arrived.add(step.node)
        lines.append("  " + _line(tape, step, step.node in arrived and step.action == "edge"))
        arrived.add(step.node)
    return lines


def _line(tape: Tape, step: Step, again: bool) -> str:
    node = step.node
    if step.action == "input":
        return f"{u(node)} ← {tape.attrs[node]} = {_number(step.value)}"
    if step.action == "constant":
        return f"{u(node)} ← {number_text(tape.attrs[node])[0]}"
    if step.action == "operation":
        text = infix(tape.op(node), [(u(j), ATOM) for j in tape.arguments(node)], tape.attrs.get(node))[0]
        return f"{u(node)} ← {text} = {_number(step.value)}"
    table = "tangent" if step.algorithm == "forward" else "grad_table"
    if step.action == "seed":
        return f"{table}[{u(node)}] ← {_number(step.value)}"
    assert step.edge is not None
    i, k, j = step.edge
    if step.action == "join":
        total = "" if step.value == step.product else f", so far {_number(step.value)}"
        factors = f"∂{u(i)}/∂{u(node)} · ∂{u(node)}/∂{u(j)}"
        return f"eliminate {u(node)}: ∂{u(i)}/∂{u(j)} gets {factors} = {_number(step.product)}{total}"
    if step.action == "partial":
        return (
            f"∂{u(i)}/∂{u(j)}"
            + (f" (position {k})" if tape.arguments(i).count(j) > 1 else "")
            + f" ← {_number(step.value)}"
        )
    source = j if step.algorithm == "forward" else i
    partial = f"∂{u(i)}/∂{u(j)}" + (f" (position {k})" if tape.arguments(i).count(j) > 1 else "")
    sign = "+=" if again else "←"
    factors = f"{table}[{u(source)}] · {partial}"
    total = f", so far {_number(step.value)}" if again else ""
    return (
        f"{table}[{u(node)}] {sign} {factors} = {_number(step.product)}   ({partial} = {_number(step.partial)}){total}"
    )
