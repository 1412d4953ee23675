"""The numbers that nodes keep: a graph is renumbered when it is simplified, and what a node is called stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.graph.renumbered import kept_numbers

if TYPE_CHECKING:
    from edgewise.graph.variables import Variables

__all__ = ["AS_WRITTEN", "Numbering"]

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False, repr=False)
class Numbering:
    """Under which number each node was first written: a node keeps it while it stands for the same value.

    `column` has the numbers of the first nodes; those behind them have the numbers from `given` on, which is how many
    have been given so far. As it is written a graph has an empty column: a node's number is its place. `variables` are
    the names in traced code, and `function` is what it computes: "energy", or "gradient of energy".

    >>> numbers = AS_WRITTEN.moved(np.array([0, 2, -1, 2]), 4)  # the last two are one, and another one is new
    >>> [numbers.number(node) for node in range(4)]
    [0, 4, 1, 5]
    """

    column: IntArray
    given: int = 0
    variables: Variables | None = None
    function: str = ""

    def number(self, node: int) -> int:
        """The number of a node."""
        count = len(self.column)
        return int(self.column[node]) if node < count else self.given + node - count

    def place(self, number: int, nodes: int) -> int:
        """The node of a number, of so many nodes; -1 for none."""
        found = np.flatnonzero(self.column == number)
        behind = number - self.given + len(self.column)
        return int(found[0]) if len(found) else behind if len(self.column) <= behind < nodes else -1

    def moved(self, new: IntArray, nodes: int) -> Numbering:
        """The numbers in a graph that `new` leads to from this one of so many nodes; -1 stands for a node that is no
        more. Of several that are one the first gives its number, and what is new gets the next ones."""
        column, given = kept_numbers(held(self.column), self.given, nodes, held(new))
        return Numbering(column, given, self.variables, self.function)

    def named(self, variables: Any) -> Numbering:
        """The same, with the names in traced code."""
        return Numbering(self.column, self.given, variables, self.function)

    def of(self, function: str) -> Numbering:
        """The same of a graph that computes this function."""
        return Numbering(self.column, self.given, self.variables, function)

    def derived(self, kind: str) -> Numbering:
        """The same of a graph that computes a derivative of the function."""
        return self.of(f"{kind} of {self.function}" if self.function else "")


AS_WRITTEN: Final = Numbering(np.zeros(0, dtype=np.int64))
