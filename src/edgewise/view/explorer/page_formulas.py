"""The formulas of the explorer page, as MathML. Names come in after SymPy has written them, escaped."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any, Final

import sympy as sp

from edgewise.errors import UnsupportedError
from edgewise.graph import node_text
from edgewise.graph.names import Spelled
from edgewise.graph.written_anew import PRIVATE
from edgewise.ops import CONST, INPUT
from edgewise.view.explanations.marked_mathml import marked_mathml, space_mathml
from edgewise.view.explanations.mathml import name_mathml, printed
from edgewise.view.pictures.label_formulas import named
from edgewise.view.pictures.scene import Scene
from edgewise.write.sympy import nodes_to_sympy, step_to_sympy

__all__ = ["Formulas", "code"]

TREE: Final = 60
"""Operations and names of the largest formula that is written out."""


def code(text: str) -> str:
    """Text as an element of a page."""
    return f"<code>{escape(text)}</code>"


class Formulas:
    """The formulas of a scene's nodes as HTML. Operations of one kind are set by SymPy once."""

    def __init__(self, scene: Scene) -> None:
        self.scene, self.tape = scene, scene.tape
        self._known: dict[Any, str] = {}

    def step(self, node: int) -> str:
        """One operation on its arguments' names; of tensors with the space that the result lies in."""
        tape, scene = self.tape, self.scene
        kind = tape.ops[node]
        if self.scene.tensors:
            return f"<math>{marked_mathml(scene.marked(node))}{space_mathml(tape.shape(node))}</math>"
        if kind == INPUT:
            return f"<math>{name_mathml(scene.names.symbol(node))}</math>"
        if kind == CONST:
            return code(scene.name(node))
        if tape.op(node).custom or tape.op(node).selects:
            return code(scene.step(node))
        # The names of the arguments do not matter to SymPy: it gets marks in the order in which they are met.
        marks = {j: "" for j in tape.arguments(node) if tape.ops[j] != CONST}
        marks = {j: chr(PRIVATE + k) for k, j in enumerate(marks)}
        pattern = tuple(marks.get(j) or repr(tape.attrs[j]) for j in tape.arguments(node))
        key = int(kind), pattern, repr(tape.attrs.get(node))
        if key not in self._known:
            try:
                self._known[key] = printed(step_to_sympy(tape, node, marks))
            except UnsupportedError:
                return code(scene.step(node))
        return f"<math>{_named(self._known[key], {mark: scene.names.symbol(j) for j, mark in marks.items()})}</math>"

    def whole(self, node: int) -> tuple[bool, str] | None:
        """A node as a formula in the inputs: whether a minus sign stands before it, and the rest of it.

        None where it has more than TREE parts.
        """
        below, tape = self._below(node), self.tape
        if below is None:
            return None
        if self.scene.tensors:
            names = {i: named(self.scene.names.symbol(i)) for i in below if tape.ops[i] == INPUT}
            return False, f"<math>{marked_mathml(node_text(tape, node, names=names))}</math>"
        if any(tape.op(i).custom for i in below):
            return False, code(node_text(tape, node))
        marks = {chr(PRIVATE + k): str(tape.attrs[j]) for k, j in enumerate(below) if tape.ops[j] == INPUT}
        try:
            (formula,) = nodes_to_sympy(tape, [node], bounded=True)
        except UnsupportedError:  # constants that SymPy would evaluate without end
            return False, code(node_text(tape, node))
        formula = formula.xreplace({sp.Symbol(name): sp.Symbol(mark) for mark, name in marks.items()})
        minus = bool(isinstance(formula, sp.Expr) and formula.could_extract_minus_sign() and not formula.is_Add)
        return minus, f"<math>{_named(printed(-formula if minus else formula), marks)}</math>"

    def _below(self, node: int) -> list[int] | None:
        """A node and those below it, None where its tree is too large: it can be so of a small graph."""
        found, todo, visited = set[int](), [node], 0
        while todo:
            i = todo.pop()
            visited += 1
            if visited > TREE:
                return None
            found.add(i)
            todo.extend(self.tape.arguments(i))
        return sorted(found)


def _named(made: str, names: Mapping[str, Spelled]) -> str:
    for mark, name in names.items():
        made = made.replace(f"<mi>&#{ord(mark)};</mi>", name_mathml(name))
    return made
