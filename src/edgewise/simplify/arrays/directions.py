"""A length times the direction of x, as the derivative of a function of the norm has it."""

from __future__ import annotations

from typing import Any

from edgewise.ops import TENSOR_CODE
from edgewise.simplify.arrays.selections import Selections
from edgewise.simplify.arrays.terms import Factor, Letters, Term

__all__ = ["Directions"]

UNIT, RADIAL = TENSOR_CODE["unit"], TENSOR_CODE["radial"]
FURTHEST = 200
"""Nodes that are looked at for a norm that a length is made of."""


class Directions(Selections):
    """The rules for `radial`: the norm times the direction is x, and a length that does not depend on it a factor."""

    def directed(self, x: int, terms: list[Term], own: Letters, out: Letters, axes: tuple[int, ...]) -> list[Term]:
        """The terms of a length times the direction of a node x, whose indices are `own`.

        A length that is a function of the norm of x stays where it is: its derivative needs to see both.
        """
        around = tuple(k for n, k in enumerate(own) if n - len(own) not in axes)
        made: list[Term] = []
        rest: list[Term] = []
        for term in terms:
            norm = next((f for f in term.over if f.letters == around and self._norm_of(f.node) == (x, axes)), None)
            if norm is not None:
                over = list(term.over)
                over[over.index(norm)] = Factor(x, own)
                made.append(term._replace(over=tuple(over), out=out))
                self.emit.note("norm times direction")
            elif any(self._made_of_norm(f.node, x, axes) for f in (*term.over, *term.under)):
                rest.append(term)
            else:
                unit = Factor(self.emit.add(UNIT, (x,), axes), own)
                made.append(term._replace(over=(*term.over, unit), out=out))
        if rest:
            kept = (*out[: len(out) - len(own)], *around)
            common, node = self.emit.common([term._replace(out=kept) for term in rest], kept)
            whole = self.emit.add(RADIAL, (x, node), axes)
            made.append(Term(common, (Factor(whole, out),), (), (), out))
        return [self.reduced(term) for term in made]

    def _made_of_norm(self, node: int, x: int, axes: Any) -> bool:
        """Whether a factor is a function of the norm of x: of a power of it the derivative shows by itself."""
        nodes, seen, todo = self.emit.builder.nodes, {node}, [node]
        if self._norm_of(node) == (x, axes):
            return False
        while todo and len(seen) < FURTHEST:
            for j in nodes[todo.pop()][1:]:
                if self._norm_of(j) == (x, axes):
                    return True
                if j > x and j not in seen:
                    seen.add(j)
                    todo.append(j)
        return False
