"""The nodes of 𝒢 and ℬ as formulas of a derivation, bounded in length."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from edgewise.differentiate import Derivative
from edgewise.graph.written_anew import PRIVATE, excerpt
from edgewise.ops import CONST
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
    """Writes nodes in the names of 𝒢's values."""

    def __init__(self, derivative: Derivative) -> None:
        self.derivative = derivative
        self.tape, self.base, self.reverse = derivative.tape, derivative.base, derivative.reverse
        self.holds = derivative.held()
        self.holds[self.tape.ops == CONST] = -1
        self.coefficients: dict[int, Arrived] = {}  # of which has been spoken

    def read(self, node: int) -> Name:
        """The name of a node of ℬ that a formula ends in: of a value of 𝒢, a coefficient, or an input of ℬ alone."""
        if node in self.coefficients:
            return self.coefficients[node]
        held = int(self.holds[node])
        if held >= 0:
            return Value(held)
        return Value(~node)

    def own(self, node: int) -> Formula:
        """A node of 𝒢 as one operation on its parents, as it is written."""
        base = self.base
        found = excerpt(base, node, lambda j: j != node and base.ops[j] != CONST, len(base.arguments(node)) + 1)
        assert found is not None  # one operation and its arguments
        return Formula(found[0], tuple(map(Value, found[1])), written=True)

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
        return Text(self.derivative.names, self.reverse).write(side)

    def rule(self, node: int, position: int) -> str:
        return self.base.op(node).rule_in(position, len(self.base.arguments(node)))

    def position(self, i: int, k: int, j: int) -> int:
        """The position of an edge where its ends alone do not say which it is, else -1."""
        if self.derivative.elimination is not None:  # where products are added to what is on the edge
            return k if self.base.arguments(i).count(j) > 1 else -1
        return self.derivative.names.partial(i, k, j).at

    def partial(self, i: int, k: int, j: int, own: Formula, node: int) -> Equation:
        """The local partial of an edge: what is differentiated, and what comes out."""
        position = self.position(i, k, j)
        before = Change(own, Value(j), position)
        # A partial that is the consumer's own value, as that of exp, is written out first.
        out = self.formula(node, written_out=int(self.derivative.base_nodes[i])), self.formula(node)
        return Equation(self.rule(i, k), Partial(i, j, position), self.distinct(before, *out[0], *out[1]), node)

    def distinct(self, *sides: Side) -> tuple[Side, ...]:
        """The sides of an equation without those that read as the one before."""
        texts = list(map(self.text, sides))
        return tuple(side for k, side in enumerate(sides) if k == 0 or texts[k] != texts[k - 1])
