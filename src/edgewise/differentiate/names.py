"""What the nodes of a derivative graph are called: values as in 𝒢, and the others by the derivative that they hold.

What a sweep has summed at a node of 𝒢 is ∂out/∂c, the local partial of an edge ∂u3/∂c. Where both are of the same two
nodes the partial is said to be that in one argument: `∂out/∂c at 0`. What is neither has a number.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.graph import IntArray, stable_argsort
from edgewise.graph.names import Cell, Names, Quotient, Spelled
from edgewise.ops import CONST, INPUT

if TYPE_CHECKING:
    from edgewise.differentiate.derivative import Derivative

__all__ = ["DerivativeNames"]

CELLS: Final = {"vjp": "grad", "jvp": "tangent", "hvp": "tangent"}
"""What a sweep collects that starts from weights: it is the derivative of no one node in no one input."""


class DerivativeNames(Names):
    """The names of a derivative graph's nodes; `base` has those of what was differentiated.

    >>> import edgewise as ew
    >>> names = ew.parse("c = x*y; sin(c)*c").gradient().derivative.names
    >>> [names.text(node) for node in (2, 3, 4, 6, 12)], names.find("∂out/∂x")
    (['c', 'u3', 'out', '∂out/∂u3', '∂out/∂x'], 12)
    """

    def __init__(self, derivative: Derivative, base: Names) -> None:
        super().__init__(derivative.tape)
        self.derivative, self.base = derivative, base
        self.holds = derivative.held()
        self.begin = {seed.sweep: seed.node for seed in derivative.seeds}
        self.letter = base.letter

    def symbol(self, node: int) -> Spelled:
        held = int(self.holds[node])
        if held >= 0 and (self.base.tape.ops[held] != CONST or isinstance(self.base.symbol(held), Quotient)):
            return self.base.symbol(held)
        if self.tape.ops[node] == INPUT:
            return str(self.tape.attrs[node])
        return self._derived(node) or self.own.get(node) or self.numbered(node)

    @cached_property
    def own(self) -> dict[int, str]:
        """Names that the user's code gives to what simplification has made of values."""
        outputs = {node for result in self.derivative.results for node in result.nodes}
        return {node: name for node, name in super().own.items() if node not in outputs}

    def find(self, name: str) -> int | None:
        held = self.base.find(name)
        if held is not None and self.derivative.base_nodes[held] >= 0:
            return int(self.derivative.base_nodes[held])
        return super().find(name) if held is None and name not in self._derivatives else self._derivatives.get(name)

    # --- derivatives --------------------------------------------------------------------------------------------

    def total(self, sweep: int, node: int) -> Spelled:
        """What a sweep has collected at a node of 𝒢."""
        derivative = self.derivative
        if derivative.kind == "taylor":
            return Cell(f"c{sweep + 1}", self.base.symbol(node))
        begin = self.begin.get(sweep)
        if begin is None or derivative.kind in CELLS:
            return Cell(CELLS.get(derivative.kind, "grad"), self.base.symbol(node))
        return self.taken(begin, node) if derivative.reverse else self.taken(node, begin)

    def ratio(self, above: int, below: int) -> Quotient:
        """The derivative of one node of 𝒢 in another."""
        return Quotient(self.base.symbol(above), (self.base.symbol(below),))

    def taken(self, above: int, below: int) -> Quotient:
        """The same where all paths count: of a first derivative in inputs it is a second one, in their order."""
        made, inputs = self.ratio(above, below), self._inputs
        top = made.above
        if not isinstance(top, Quotient) or top.at >= 0 or not {*top.below, *made.below} <= inputs.keys():
            return made
        return Quotient(top.above, tuple(sorted((*top.below, *made.below), key=inputs.__getitem__)))

    def partial(self, consumer: int, position: int, parent: int) -> Quotient:
        """The local partial of an edge of 𝒢: at its position, where its ends alone would not say which it is."""
        base = self.derivative.base
        made = Quotient(self.base.symbol(consumer), (self.base.symbol(parent),))
        twice = base.arguments(consumer).count(parent) > 1
        return made._replace(at=position) if twice or self._like(consumer, parent, made)[0] > 1 else made

    def _like(self, i: int, j: int, made: Quotient) -> tuple[int, int]:
        """How many edges meet in what is collected under the same name as an edge's partial, and the node of that."""
        derivative = self.derivative
        if derivative.elimination is not None:
            return 2 * ((i, j) in self._joined), -1
        begin, end = (i, j) if derivative.reverse else (j, i)
        for sweep, node in self.begin.items():
            if node == begin and self.total(sweep, end) == made:
                rows = self._rows_to(end)
                arrived = int(np.count_nonzero(derivative.ledger.sweep[rows] == sweep))
                return arrived, int(derivative.table.lookup(sweep, end))
        return 0, -1

    def _rows_to(self, end: int) -> IntArray:
        """The rows of the ledger that arrive at a node of 𝒢."""
        order, ends = self._by_end
        first, last = np.searchsorted(ends, [end, end + 1])
        return order[first:last]

    @cached_property
    def _by_end(self) -> tuple[IntArray, IntArray]:
        ledger = self.derivative.ledger
        ends = ledger.parent if self.derivative.reverse else ledger.consumer
        order = stable_argsort(ends)
        return order, ends[order]

    @cached_property
    def _inputs(self) -> dict[Spelled, int]:
        return {name: k for k, name in enumerate(self.base.tape.input_names())}

    @cached_property
    def _joined(self) -> dict[tuple[int, int], int]:
        """For each two nodes of 𝒢 between which elimination made an edge, the node of ℬ that it stands on at last."""
        steps = self.derivative.elimination
        if steps is None:
            return {}
        total = steps.total[len(self.derivative.ledger) :].tolist()
        return dict(zip(zip(steps.head.tolist(), steps.tail.tolist(), strict=True), total, strict=True))

    # --- by node ------------------------------------------------------------------------------------------------

    def _derived(self, node: int) -> Spelled | None:
        """The name of the first derivative that a node of ℬ holds."""
        table, ledger = self.derivative.table, self.derivative.ledger
        if node in self._entry:
            return self._entry[node]
        found: Spelled | None = None
        place, row = _first(self._of_table, node), _first(self._of_partials, node)
        if place >= 0:
            sweep, j = divmod(int(table.keys[place]), table.n)
            found = self.total(sweep, table.n - 1 - j if table.reverse else j)
            found = None if found in self._entry.values() else found
        elif node in self._totals:
            found = self.ratio(*self._totals[node])
        elif row >= 0:
            i, k, j = (int(column[row]) for column in (ledger.consumer, ledger.position, ledger.parent))
            made = self.partial(i, k, j)
            found = None if self._like(i, j, made)[1] >= 0 else made  # the name is that of what is collected
        # A derivative's derivative has edges of 𝒢 once more: their partials are called so already.
        again = found is not None and self.derivative.below is not None and self.base.find(str(found)) is not None
        return None if again else found

    @cached_property
    def _entry(self) -> dict[int, Quotient]:
        """The one result of a matrix that no sweep has left as it is: a tensor whose axes were moved."""
        derivative = self.derivative
        nodes, outputs, wrt = derivative.results[-1].nodes, derivative.base.outputs, derivative.wrt.nodes
        single = len(nodes) == len(outputs) == len(wrt) == 1 and derivative.kind in ("jacobian", "hessian")
        if not single or (derivative.table.nodes == nodes[0]).any():
            return {}
        return {nodes[0]: self.taken(outputs[0], wrt[0])}

    @cached_property
    def _totals(self) -> dict[int, tuple[int, int]]:
        found: dict[int, tuple[int, int]] = {}
        for ends, node in self._joined.items():
            found.setdefault(node, ends)
        return found

    @cached_property
    def _of_table(self) -> tuple[IntArray, IntArray]:
        return _sorted(self.derivative.table.nodes)

    @cached_property
    def _of_partials(self) -> tuple[IntArray, IntArray]:
        return _sorted(self.derivative.ledger.partial)

    @cached_property
    def _derivatives(self) -> dict[str, int]:
        """The node of each derivative's name: of a local partial, a total, and what a sweep has collected."""
        found: dict[str, int] = {}
        ledger, table = self.derivative.ledger, self.derivative.table
        for i, k, j, node in ledger.rows("consumer position parent partial"):
            found[str(self.partial(i, k, j))] = node
        found.update((str(self.ratio(*ends)), node) for ends, node in self._joined.items())
        for sweep, j, node in zip(*(column.tolist() for column in table.entries()), strict=True):
            found[str(self.total(sweep, j))] = node
        found.update((str(name), node) for node, name in self._entry.items())
        return {name: node for name, node in found.items() if node >= 0}


def _sorted(column: Any) -> tuple[IntArray, IntArray]:
    """A column of nodes in their order, and where each stands."""
    order = stable_argsort(column)
    return column[order], order


def _first(column: tuple[IntArray, IntArray], node: int) -> int:
    """Where a node first stands in a column; -1 where it does not."""
    nodes, order = column
    place = int(np.searchsorted(nodes, node))
    return int(order[place]) if place < len(nodes) and nodes[place] == node else -1
