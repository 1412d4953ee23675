"""The formulas of a graph's outputs for a notebook: one below the other, as MathML."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from edgewise.graph import Tape
from edgewise.graph.written_anew import excerpt
from edgewise.view.explanations.derivation import Derivation
from edgewise.view.explanations.equation_notation import Text
from edgewise.view.explanations.equations import Arrived, Formula, Side, Value
from edgewise.view.explanations.marked_mathml import html_notation
from edgewise.view.pictures.scene import Scene

__all__ = ["NODES", "formulas_html"]

NODES: Final = 400
"""The largest graph whose formulas are written unasked."""

OUTPUTS: Final = 6
"""The most outputs that are written."""

WIDTH: Final = 200
"""The most characters of a formula."""


def formulas_html(scene: Scene) -> str:
    """The outputs as formulas in the inputs, empty for a large graph or where all of them are long.

    The MathML needs no script: sites without MathJax show it too.
    """
    tape, derivative = scene.tape, scene.derivative
    if len(tape) > NODES:
        return ""
    if derivative is None:
        notation, rows = html_notation(tape.names, True), list(_outputs(tape, Text(tape.names, True)))
        count = len(tape.outputs)
    else:
        derivation = Derivation(derivative, OUTPUTS, valued=False)
        notation, rows = html_notation(derivative.names, derivative.reverse), list(_derivatives(derivation))
        count = len(derivative.results[-1].nodes)
    lines = [" = ".join(map(notation.shown, row)) for row in rows]
    if lines and count > len(lines):
        lines.append(f"… {count - len(lines):,} more")
    return "".join(f"<p style='margin:.4em 0;font-size:1.1em;overflow-x:auto'>{line}</p>" for line in lines)


def _outputs(tape: Tape, text: Text) -> Iterator[tuple[Side, ...]]:
    """Each output of a graph; its name in front where there are several."""
    for node in tape.outputs[:OUTPUTS]:
        found = excerpt(tape, node, lambda i: False, NODES)
        if found is None:
            continue
        formula = Formula(found[0], tuple(map(Value, found[1])))
        if len(text.write(formula)) <= WIDTH:
            yield (formula,) if len(tape.outputs) == 1 else (Value(node), formula)


def _derivatives(derivation: Derivation) -> Iterator[tuple[Side, ...]]:
    """Each derivative: what it is, and its last formula."""
    for step in derivation.parts[-1].steps:
        for equation in step.equations:
            formulas = [side for side in equation.sides if not isinstance(side, Arrived)]
            if formulas:
                yield equation.left, formulas[-1]
