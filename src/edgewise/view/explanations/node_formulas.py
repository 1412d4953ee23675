"""The nodes of 𝒢 and ℬ as formulas of a derivation, bounded in length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from edgewise.differentiate import Derivative
from edgewise.graph.written_anew import PRIVATE, excerpt
from edgewise.ops import CONST, INPUT
from edgewise.simplify import tidied
from edgewise.view.explanations.equation_notation import Text
from edgewise.view.explanations.equations import Arrived, Change, Equation, Formula, Name, Partial, Side, Value

__all__ = ["WIDER", "Formulas"]

NODES: Final = 48
"""The most nodes of a formula: more are not looked at."""

WIDTH: Final = 72
"""The most characters of a formula; in a longer one the derivative that it starts from keeps its name."""

WIDER: Final = 5
"""How often as long a result may be, and what an edge adds to a coefficient."""


class Formulas:
    """Writes nodes in the names of 𝒢's values. `inputs` are the names of the inputs that have been spoken of."""

    def __init__(self, derivative: Derivative) -> None:
        self.derivative = derivative
        self.tape, self.base, self.reverse = derivative.tape, derivative.base, derivative.reverse
        self.inputs: dict[int, str] = {}
        self.holds = derivative.held()
        self.holds[self.tape.ops == CONST] = -1
        self.coefficients: dict[int, Arrived] = {}  # of which has been spoken

    def value(self, node: int) -> Value:
        """The name of a value of 𝒢."""
        if self.base.ops[node] == INPUT:
            self.inputs[node] = str(self.base.attrs[node])
        return Value(node)

    def read(self, node: int) -> Name:
        """The name of a node of ℬ that a formula ends in: of a value of 𝒢, a coefficient, or an input of ℬ alone."""
        if node in self.coefficients:
            return self.coefficients[node]
        held = int(self.holds[node])
        if held >= 0:
            return self.value(held)
        self.inputs[~node] = str(self.tape.attrs[node])
        return Value(~node)

    def own(self, node: int) -> Formula:
        """A node of 𝒢 as one operation on its parents, as it is written."""
        base = self.base
        found = excerpt(base, node, lambda j: j != node and base.ops[j] != CONST, len(base.arguments(node)) + 1)
        assert found is not None  # one operation and its arguments
        return Formula(found[0], tuple(map(self.value, found[1])), written=True)

    def formula(
        self, node: int, at: int = -1, name: Name | None = None, written_out: int = -1, wider: int = 1
    ) -> tuple[Formula, ...]:
        """A node of ℬ in 𝒢's values and coefficients, or nothing where that is long.

        Node `at` is called by a name, and node `written_out` is not, although it holds a value of 𝒢.
        """

        def ends(i: int) -> bool:
            known = bool(self.holds[i] >= 0) and i != written_out
            return i == at or known or (i != node and i in self.coefficients)

        return self._formula(node, ends, at, name, wider)

    def in_inputs(self, node: int) -> tuple[Formula, ...]:
        """A node of ℬ in the inputs; where that is long in 𝒢's values, and nothing where that is long too."""
        return self._formula(node, lambda i: False, wider=WIDER) or self.formula(node)

    def _formula(
        self, node: int, ends: Callable[[int], bool], at: int = -1, name: Name | None = None, wider: int = 1
    ) -> tuple[Formula, ...]:
        found = excerpt(self.tape, node, ends, wider * NODES) if node >= 0 else None
        if found is None:
            return ()
        tape, read = tidied(found[0]), found[1]
        kept = [read[ord(str(tape.attrs[i])) - PRIVATE] for i in tape.inputs]
        made = Formula(tape, tuple(name if name is not None and i == at else self.read(i) for i in kept))
        return (made,) if len(self.text(made)) <= wider * WIDTH else ()

    def text(self, side: Side) -> str:
        """A side as text: what reads the same is the same."""
        return Text(self.inputs, self.reverse).write(side)

    def rule(self, node: int, position: int) -> str:
        return self.base.op(node).rule_in(position, len(self.base.arguments(node)))

    def position(self, i: int, k: int, j: int) -> int:
        """The position of an edge that has another one beside it, else -1."""
        return k if self.base.arguments(i).count(j) > 1 else -1

    def partial(self, i: int, k: int, j: int, own: Formula, node: int) -> Equation:
        """The local partial of an edge: what is differentiated, and what comes out."""
        position = self.position(i, k, j)
        before = Change(own, self.value(j), position)
        # A partial that is the consumer's own value, as that of exp, is written out first.
        out = self.formula(node, written_out=int(self.derivative.base_nodes[i])), self.formula(node)
        self.value(i)
        return Equation(self.rule(i, k), Partial(i, j, position), self.distinct(before, *out[0], *out[1]), node)

    def distinct(self, *sides: Side) -> tuple[Side, ...]:
        """The sides of an equation without those that read as the one before."""
        texts = list(map(self.text, sides))
        return tuple(side for k, side in enumerate(sides) if k == 0 or texts[k] != texts[k - 1])
