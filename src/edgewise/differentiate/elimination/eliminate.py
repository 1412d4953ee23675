"""The Jacobian by elimination, written as a graph.

Griewank and Walther, *Evaluating Derivatives* (2008), chapter 9: see `orders` for what elimination is, and `edges` for
its steps. What each step makes is recorded, so that every node of ℬ can be led back to the edges of 𝒢 that it joins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from edgewise.differentiate.conditions import ALWAYS, Conditions
from edgewise.differentiate.derivative import Derivative, Elimination, finished, nest_rows
from edgewise.differentiate.elimination.edges import Edges, Join, Step
from edgewise.differentiate.ledger import Ledger, Seed, Table, Written
from edgewise.differentiate.orders import PathGraph
from edgewise.differentiate.taken import wild_edges
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import Returns, Tape
from edgewise.ops import CODE
from edgewise.records import dataclass

__all__ = ["eliminated_jacobian"]

MUL, ADD, WHERE = (CODE[name] for name in ("mul", "add", "where"))


def eliminated_jacobian(
    tape: Tape, wrt: Wrt, results: tuple[Returns, ...], graph: PathGraph, steps: Sequence[Step]
) -> Derivative:
    """Write the elimination of the inner vertices of `graph` by the given steps. Linear in the products.

    The ledger has one row for each edge of 𝒢 on a path. Its `product` is the first product that its partial is a factor
    of, alone or in a sum with parallel edges; an edge that leads straight from a wanted node to an output takes part in
    none, and its contribution is the partial itself. `total` is that contribution with what the joined edge had before.

    DifferentiationError where a step takes faces of an edge that is not there when its turn comes.
    """
    work = _Work(tape, graph)
    for step in steps:
        joins = list(work.edges.eliminate(step))
        if step.partial and not joins:
            raise _nothing_left(tape, graph, step)
        for join in joins:
            work.join(join)
    return work.finish(wrt, results, steps)


def _nothing_left(tape: Tape, graph: PathGraph, step: Step) -> DifferentiationError:
    (item,) = graph.items_of([step])
    v = int(graph.node[step.vertex])
    return DifferentiationError(
        f"the elimination order holds {item}, and {tape.describe(v)} has no such edges when its turn comes",
        hint="a part of a vertex is eliminated before the vertex, and while the edge from the one node or to the other"
        " is there; J.order of an earlier Jacobian is such an order",
        line=tape.line(v),
    )


@dataclass(slots=True)
class _Factor:
    """What stands on an edge: a node of ℬ, or -1 for a partial that is not yet written.

    `select` is the condition of an edge of slope 1: its product with x is where(condition, x, 0), which `must` be
    written so for an edge of `where`. `active` is the condition under which the value may be other than zero, ALWAYS
    where none is known, `strict` what of it is due to a `where`, and `against` the same with what vanishes at a point:
    it stands against what comes after it in 𝒢 (see `taken`). A value that is `wild` may be infinite or NaN for finite
    inputs, a `constant` never is. `record` is the row of the record that wrote it.
    """

    node: int
    record: int
    select: int = ALWAYS
    must: bool = False
    active: int = ALWAYS
    against: int = ALWAYS
    strict: int = ALWAYS
    constant: bool = False
    wild: bool = False


class _Work:
    """The edges that are left, what stands on them, and the nodes written so far."""

    def __init__(self, tape: Tape, graph: PathGraph) -> None:
        self.tape, self.graph, self.working, self.edges = tape, graph, WorkingGraph(tape), Edges(graph)
        lin = graph.lin
        lin.demand(graph.edge.tolist())
        self.conditions = Conditions(self.working, lin)
        self.wild = wild_edges(tape, lin.template, lin.templates) if lin.selecting.any() else lin.selecting
        n_edges = len(graph.edge)
        # The record: ledger rows first, then the products. `first[r]` is the first product that row r is a factor of.
        self.partial, self.total = [-1] * n_edges, [-1] * n_edges
        self.left, self.right, self.before = [-1] * n_edges, [-1] * n_edges, [-1] * n_edges
        self.first = [-1] * n_edges
        self.joined: list[tuple[int, int, int, int]] = []  # vertex, tail, head, node of each product
        slots: list[list[int]] = [[] for _ in range(int(graph.slot.max(initial=-1)) + 1)]
        for row, slot in enumerate(graph.slot.tolist()):
            slots[slot].append(row)
        # What the numbered values of the edges are, and what the products are before they are added to anything.
        self.values = {value: self._parallel(rows) for value, rows in enumerate(slots)}
        self.products: dict[int, _Factor] = {}

    # --- single edges of 𝒢 --------------------------------------------------------------------------------------

    def _parallel(self, rows: list[int]) -> _Factor:
        """The edge of one row, or the sum of several between the same two nodes."""
        factor = self._edge(rows[0])
        for row in rows[1:]:
            factor = self._sum(factor, self._edge(row), row)
        return factor

    def _edge(self, row: int) -> _Factor:
        lin, e = self.graph.lin, int(self.graph.edge[row])
        i, t = int(lin.consumer[e]), int(lin.template[e])
        selection, constant = lin.selections[t], lin.templates[t].result.kind == "const"
        if selection is None:
            return _Factor(-1, row, constant=constant, wild=bool(self.wild[e]))
        must = self.tape.op(i).selects
        taken = self.conditions.taken(t, i)
        return _Factor(
            -1, row, taken if selection.unit else ALWAYS, must, active=ALWAYS if selection.point else taken,
            against=taken, strict=taken if self.conditions.strict_at(i) else ALWAYS, constant=must or constant,
            wild=bool(self.wild[e]),
        )  # fmt: skip

    def _node(self, factor: _Factor) -> int:
        """The node of a factor; a partial is written when it is first asked for."""
        if factor.node < 0:
            row = factor.record
            lin, e = self.graph.lin, int(self.graph.edge[row])
            consumer = int(lin.consumer[e])
            template = lin.templates[int(lin.template[e])]
            factor.node = self.working.written(template, self.tape.arguments(consumer), consumer)
            self.partial[row] = self.total[row] = factor.node
        return factor.node

    # --- joining ------------------------------------------------------------------------------------------------

    def _sum(self, old: _Factor, new: _Factor, record: int) -> _Factor:
        """Two contributions to one edge."""
        self.before[record] = old.record
        node = self.working.add(ADD, (self._node(old), self._node(new)))
        self.total[record] = node
        either = self.conditions.either
        return _Factor(
            node, record, active=either(old.active, new.active), against=either(old.against, new.against),
            strict=either(old.strict, new.strict),
            constant=old.constant and new.constant, wild=old.wild or new.wild,
        )  # fmt: skip

    def _product(self, upper: _Factor, lower: _Factor) -> _Factor:
        """The product of two factors, as a selection where one of them is an edge of `where`.

        Where an edge is not taken the rest of its path may be NaN or infinite, and zero times that is no zero: what is
        not known to vanish with the other factor is selected by the other's condition.
        """
        both = self.conditions.both
        masks = []
        for one, other in ((lower, upper), (upper, lower)):
            mask = other.strict
            if one.wild:
                mask = other.active if one is lower else other.against
            if not one.constant and mask not in (ALWAYS, one.active, one.against):
                masks.append(mask)
        one, other = (upper, lower) if upper.must or (upper.select != ALWAYS and not lower.must) else (lower, upper)
        if one.must or (one.select != ALWAYS and masks):
            self._node(one)  # the ledger names it
            node = self._selected(one.select, self._node(other))
            masks = [mask for mask in masks if mask not in (one.active, one.against)]
        else:
            lower_node = self._node(lower)
            node = self.working.add(MUL, (self._node(upper), lower_node))
        if masks:
            node = self._selected(both(masks[0], masks[-1]), node)
        return _Factor(
            node, len(self.left), active=both(upper.active, lower.active), against=both(upper.against, lower.against),
            strict=both(upper.strict, lower.strict), constant=upper.constant and lower.constant,
            wild=upper.wild or lower.wild,
        )  # fmt: skip

    def _selected(self, condition: int, node: int) -> int:
        """A node where a condition holds, 0 elsewhere."""
        test, branch = self.conditions.write(condition)
        zero = self.working.constant(0)
        made: int = self.working.add(WHERE, (test, node, zero) if branch == 1 else (test, zero, node))
        return made

    def join(self, join: Join) -> None:
        """Write one product and its sum with what was there, unless they are written already."""
        if join.total in self.values:
            return
        upper, lower = self.values[join.upper], self.values[join.lower]
        if join.product not in self.products:
            self.products[join.product] = self._product(upper, lower)
        factor = replace(self.products[join.product], record=len(self.left))
        self._record(join.vertex, join.tail, join.head, upper.record, lower.record, factor.node)
        if join.before >= 0:
            factor = self._sum(self.values[join.before], factor, factor.record)
        self.values[join.total] = factor

    def _record(self, v: int, p: int, s: int, left: int, right: int, node: int) -> None:
        record = len(self.left)
        self.left.append(left)
        self.right.append(right)
        self.before.append(-1)
        self.total.append(node)
        self.joined.append((v, p, s, node))
        self.first.append(-1)
        for factor in (left, right):
            # All that was summed in a factor takes part in its first product.
            while factor >= 0 and self.first[factor] < 0:
                self.first[factor] = record
                factor = self.before[factor]

    # --- the end ------------------------------------------------------------------------------------------------

    def finish(self, wrt: Wrt, results: tuple[Returns, ...], steps: Sequence[Step]) -> Derivative:
        tape, graph, n_edges = self.tape, self.graph, len(self.graph.edge)
        keys: list[int] = []
        nodes: list[int] = []
        for k, output in enumerate(tape.outputs):
            for j in sorted(set(wrt.nodes), reverse=True):
                node = self.working.constant(1) if j == output else self._derivative(output, j)
                if node >= 0:
                    keys.append(k * len(tape) + len(tape) - 1 - j)
                    nodes.append(node)
        missing = len(keys) < len(tape.outputs) * len(set(wrt.nodes))
        table = Table(np.array(keys, dtype=np.int64), np.array(nodes, dtype=np.int64), len(tape), True)
        zero = self.working.constant(0) if missing else -1
        partial, total = np.array(self.partial, dtype=np.int64), np.array(self.total, dtype=np.int64)
        first = np.array(self.first[:n_edges], dtype=np.int64)
        made = np.array([node for *_, node in self.joined], dtype=np.int64)
        product = partial.copy()
        product[first >= 0] = made[first[first >= 0] - n_edges]
        lin, e = graph.lin, graph.edge
        ledger = Ledger(
            np.zeros(n_edges, dtype=np.int64), lin.consumer[e], lin.position[e], lin.parent[e], partial,
            product, np.where(first < 0, total[:n_edges], total[first]),
        )  # fmt: skip
        ends = graph.node[np.array([row[:3] for row in self.joined], dtype=np.int64).reshape(-1, 3)]
        left, right, before = (np.array(column, dtype=np.int64) for column in (self.left, self.right, self.before))
        elimination = Elimination(
            graph.items_of(steps),
            *self.edges.count,
            ends[:, 0],
            ends[:, 1],
            ends[:, 2],
            made,
            total,
            left,
            right,
            before,
        )
        seeds = tuple(Seed(k, output) for k, output in enumerate(tape.outputs))
        written = Written(self.working.columns(), ledger, table, zero, seeds)
        m, n = len(tape.outputs), len(wrt.nodes)
        flat = written.results(np.repeat(np.arange(m), n), np.tile(np.array(wrt.nodes, dtype=np.int64), m))
        flat, layout = nest_rows(tape.layout, wrt, flat)
        return replace(finished(tape, wrt, written, "jacobian", flat, layout, results), elimination=elimination)

    def _derivative(self, output: int, j: int) -> int:
        """The node on the edge that is left from a wanted node to an output, -1 where none is."""
        source, sink = self.graph.source.get(j, -1), self.graph.sink.get(output, -1)
        value = self.edges.out[source].get(sink, -1) if source >= 0 else -1
        return -1 if value < 0 else self._node(self.values[value])
