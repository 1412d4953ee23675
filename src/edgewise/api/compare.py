"""Two graphs compared: whether they have the same value, and what each has that the other has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from edgewise import algebra
from edgewise.algebra import Equality
from edgewise.api.graph import Graph
from edgewise.api.parts import tape_of
from edgewise.api.ways_in import graph, trace
from edgewise.errors import InputError
from edgewise.graph import Expr, ExprArray
from edgewise.shown import shown

if TYPE_CHECKING:
    from edgewise.view.pictures.picture import Picture

__all__ = ["Comparison", "compare"]


@shown
@dataclass(frozen=True)
class Comparison:
    """Two graphs side by side: true or false as it stands, by whether they have the same value.

    `equality` says how that is known, or where they differ. `common` are the pairs of operations that stand for the
    same value, however they are written, `only` those that each graph has alone, by node, and `in_order` says whether
    what is common is computed in the same order. It prints as a table of counts with the formulas of what is not
    common; `show()` draws both.
    """

    graphs: tuple[Graph, Graph]
    names: tuple[str, str]
    equality: Equality
    common: tuple[tuple[int, int], ...]
    only: tuple[tuple[int, ...], tuple[int, ...]]
    in_order: bool

    def __bool__(self) -> bool:
        return bool(self.equality)

    @property
    def operations(self) -> tuple[int, int]:
        """How many nodes of each are operations that its outputs need."""
        first, second = (len(own) for own in self.only)
        return len(self.common) + first, len({other for _, other in self.common}) + second

    def __str__(self) -> str:
        from edgewise.view.notebooks.comparisons import comparison_text

        return comparison_text(self)

    def __repr__(self) -> str:
        return f"<{self.names[0]} and {self.names[1]} are {self.equality}>"

    def to_data(self) -> dict[str, Any]:
        """The comparison as plain data, for JSON."""
        told = self.equality
        return {
            "equal": told.equal, "proved": told.proved, "how": told.how, "point": told.point, "values": told.values,
            "operations": dict(zip(self.names, (dict(graph.cost().by_kind) for graph in self.graphs), strict=True)),
            "common": len(self.common), "in_order": self.in_order,
            "only": {
                name: [graph.text(node) for node in only]
                for name, graph, only in zip(self.names, self.graphs, self.only, strict=True)
            },
        }  # fmt: skip

    def show(self) -> Picture:
        """Both graphs in one picture, what only one of them has with heavy lines."""
        from edgewise.view.pictures.side_by_side import side_by_side

        return side_by_side([graph.tape for graph in self.graphs], self.names, self.only)


def compare(one: Any, two: Any, /, names: tuple[str, str] = ("A", "B")) -> Comparison:
    """Compare two graphs, or what is made into graphs: expressions, formulas as text, SymPy's, functions of scalars.

    Whether they have the same value, as functions of their inputs by name, is proved by rules where rules suffice, else
    tried at points with many digits: see `Graph.equals`. Of a gradient by hand and ours, of a graph before and after
    simplification, of two versions of a model. Derivative graphs are compared by their derivatives.

    >>> import edgewise as ew
    >>> G = ew.parse("x**2*exp(x)")
    >>> print(ew.compare("[(x + 2)*exp(x)]", G.gradient().simplify(), names=("by hand", "ours")))
    value: not equal: at x=0.509765625 they are 4.178511143 and 2.130061345
                         by hand  ours
    operations                 3     4
    depth                      2     3
    values held at once        2     3
      add                      1     1
      exp                      1     1
      mul                      1     2
    operations with a value that the other has too: 2 of 3 in by hand and 2 of 4 in ours, computed in the same order
    only by hand has
      out = (x + 2)*exp(x)
    only ours has
      u13 = x*exp(x)
      out = (x + 2)*(x*exp(x))
    """
    graphs = _graph(one), _graph(two)
    found = algebra.aligned(graphs[0].tape, graphs[1].tape)
    return Comparison(graphs, names, found.equality, found.pairs, found.only, found.in_order)


def _graph(value: Any) -> Graph:
    if isinstance(value, Graph):
        return value._plain()
    if isinstance(value, (Expr, ExprArray, list, tuple, dict)):
        return graph(value)
    if callable(value):
        return trace(value)
    tape = tape_of(value)
    if tape is None:
        raise InputError(
            f"a {type(value).__name__} is no graph to compare", hint="give graphs, expressions, formulas or functions"
        )
    return Graph(tape)
