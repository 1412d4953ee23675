"""Taylor arithmetic: the coefficients of every node along a curve, written as a graph.

Griewank and Walther, *Evaluating Derivatives*, chapter 13. Along x(t) = x + d·t node j is u_0 + u_1·t + u_2·t² + …,
u_0 being its value. Of w = φ(u, v, …) the chain rule w' = Σ_e φ_e·u_e', with the local partials φ_e that the
operation's row has anyway, says

    m·w_m = Σ_e Σ_{j=1..m} j·u_{e,j}·(φ_e)_{m-j}

so that no second table of rules is needed. Products and quotients have rules of their own, and lengths that may be 0:
these, and what is made of them, have another series for t < 0 than for t > 0, see `taylor_lengths.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from edgewise.differentiate.conditions import ALWAYS, Conditions
from edgewise.differentiate.derivative import Derivative, finished
from edgewise.differentiate.ledger import Ledger, Seed, Table, Written
from edgewise.differentiate.taken import wild_edges
from edgewise.differentiate.taylor_lengths import NONE, LengthSeries
from edgewise.differentiate.taylor_partials import DIV, MUL, WithPartials, with_partials
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.differentiate.wrt import Wrt, with_inputs
from edgewise.graph import Layout, Parameter, Returns, Tape, distinct
from edgewise.ops import CODE, CONST, INPUT, Number

__all__ = ["direction_of", "taylor"]

ADD, NEG, WHERE = (CODE[name] for name in ("add", "neg", "where"))


def taylor(
    tape: Tape, wrt: Wrt, results: tuple[Returns, ...], order: int, direction: Sequence[Number] | None = None
) -> Derivative:
    """The coefficients c_1 … c_order of f(x + d·t), for each output a last axis.

    `direction` has a number for each wanted input, zeros leave it where it is; without it d is new inputs
    `<name>_dot` shaped like the wanted ones. The ledger has a row for each degree m (sweep m - 1) and each edge on a
    path: its product is what it adds to the coefficient of its consumer. Of a product u·v, Σ u_i·v_{m-i}, all terms
    with a coefficient of u belong to its edge and u_0·v_m to that of v; of u·u, where each term but u_{m/2}² stands
    twice, one of them to either edge and the square to the first. Of a quotient w = u/v these are u_m/v_0 and
    -(Σ_{j=1..m} v_j·w_{m-j})/v_0. What is 0 by its form is not written.

    Where lengths may be 0 the ledger and its table are those of t > 0, and the coefficients the means of both sides.

    O(order²) operations for each product and each node of a partial, of which a power x**c has one for each degree.
    """
    extended = tape
    values: tuple[int, ...] = ()
    if direction is None:
        extended, values = with_inputs(tape, [Parameter(p.name + "_dot", p.shape) for p in wrt.parameters])
        moving = list(wrt.nodes)
    else:
        moving = [node for node, number in zip(wrt.nodes, direction, strict=True) if number != 0]
    found = with_partials(extended, moving, order)
    working = WorkingGraph(found.lin.tape)
    if direction is not None:
        # Like the 1 that a sweep starts from, they are nodes of their own, and no constants of 𝒢.
        made = {number: _constant(working, number) for number in dict.fromkeys(n for n in direction if n != 0)}
        values = tuple(made[number] for number in direction if number != 0)
    seeds = [Seed(0, node, value) for node, value in zip(moving, values, strict=True)]
    series = _Series(found, working, seeds, len(extended), order)
    left = _Series(found, working, seeds, len(extended), order, series)
    for m in range(1, order + 1):
        series.write(m)
        left.write(m)
    nodes = tuple(left.mean(node, m) for node in tape.outputs for m in range(1, order + 1))
    written = series.written()
    layout = tape.layout.outer(Layout(shape=(order,)))
    derivative = finished(extended, wrt, written, "taylor", nodes, layout, results, reverse=False)
    named = derivative.results[-1]._replace(name="coefficients")
    return replace(derivative, base=tape, base_nodes=np.arange(len(tape)), results=(*results, named))


def direction_of(derivative: Derivative) -> tuple[int, tuple[Number, ...] | None]:
    """The order of a derivative that `taylor` has written, and its direction."""
    order, tape = derivative.degrees, derivative.tape
    values = {seed.node: seed.value for seed in derivative.seeds if seed.value is not None}
    if any(tape.ops[value] == INPUT for value in values.values()):
        return order, None
    return order, tuple(tape.attrs[values[node]] if node in values else 0 for node in derivative.wrt.nodes)


def _constant(working: WorkingGraph, number: Number) -> int:
    node = int(working.add(CONST, ()))
    working.attrs[node] = number
    return node


class _Edge(NamedTuple):
    """An edge that carries coefficients, by the position at which its consumer reads its parent.

    `partial` is the node of its partial, `constant` its value where that is a number. By the condition `test` what
    arrives is selected, by `mask` a product, by `beside` the terms of a product in which coefficients of both factors
    stand.
    """

    position: int
    parent: int
    partial: int
    constant: Any
    test: int
    mask: int
    beside: int


class _Series:
    """The coefficients of all nodes while they are written, degree by degree.

    `known[i]` are those of node i from degree 0 on, itself; node i without a series is constant along the curve. Those
    for t < 0 stand beside the others, for the nodes that have two sides.
    """

    def __init__(
        self,
        found: WithPartials,
        working: WorkingGraph,
        seeds: Sequence[Seed],
        n: int,
        order: int,
        right: _Series | None = None,
    ) -> None:
        self.found, self.tape, self.working, self.n, self.right = found, found.lin.tape, working, n, right
        self.seeds = {seed.node: seed.value for seed in seeds if seed.value is not None}
        nodes = found.degree > 0
        if right is not None:
            nodes &= found.lin.tape.depends_on(found.lengths.sided, found.carries)
        self.nodes = np.flatnonzero(nodes).tolist()
        self.on_path = found.degree[:n] == order
        if right is None:
            self.conditions = Conditions(working, found.lin)
            self.edges = _edges(found, self.conditions, np.flatnonzero(nodes).tolist(), self.seeds)
        else:
            self.conditions, self.edges = right.conditions, right.edges
        self.known = {i: [i] for i in self.nodes}
        self.lengths: dict[int, LengthSeries] = {}
        self.times: dict[tuple[int, int], int] = {}
        self.half = NONE
        self.rows: list[tuple[int, ...]] = []
        self.table: list[tuple[int, int]] = []

    def write(self, m: int) -> None:
        """The coefficients of degree m, up the numbers: partials stand behind, but theirs are of lower degree."""
        degree = self.found.degree
        for i in self.nodes:
            if degree[i] < m:
                continue
            total = self.seeds.get(i, NONE) if m == 1 else NONE
            rows = []
            for edge in self.edges[i]:
                product = self._product(i, edge, m)
                total = self.sum(total, product)
                rows.append((edge, product, total))
            self.known[i].append(total)
            if self.right is None and i < self.n and self.on_path[i]:
                self._note(m - 1, i, total, rows)

    def _note(self, sweep: int, i: int, total: int, rows: Sequence[tuple[_Edge, int, int]]) -> None:
        """The rows of the ledger and the entry of the table for a node of 𝒢."""
        for edge, product, so_far in rows:
            row = edge.partial, self._node(product), self._node(so_far)
            self.rows.append((sweep, i, edge.position, edge.parent, *row))
        if rows or total != NONE:
            self.table.append((sweep * self.n + i, self._node(total)))

    def written(self) -> Written:
        """The columns of ℬ, its ledger and its table."""
        ledger = np.array(self.rows, dtype=np.int64).reshape(-1, 7).T
        keys, nodes = np.array(self.table, dtype=np.int64).reshape(-1, 2).T
        zero, seeds = self._node(NONE), tuple(Seed(0, node, value) for node, value in self.seeds.items())
        return Written(self.working.columns(), Ledger(*ledger), Table(keys, nodes, self.n, False), zero, seeds)

    # --- coefficients -------------------------------------------------------------------------------------------

    def at(self, i: int, m: int) -> int:
        """A coefficient, NONE where it is 0 by its form."""
        if m == 0:
            return i
        series = self.known.get(i)
        if series is None:
            return NONE if self.right is None else self.right.at(i, m)
        return series[m] if m < len(series) else NONE

    def mean(self, i: int, m: int) -> int:
        """The node of a coefficient, of that with two sides their mean."""
        assert self.right is not None
        one, other = self.right.at(i, m), self.at(i, m)
        if one == other:
            return self._node(one)
        half = self.working.constant(Fraction(1, 2))
        return self._node(self.sum(*(NONE if c == NONE else self.add(MUL, half, c) for c in (one, other))))

    def _node(self, coefficient: int) -> int:
        return int(self.working.constant(0)) if coefficient == NONE else coefficient

    def _times(self, i: int, j: int) -> int:
        """j·u_j of a coefficient that is there."""
        if j == 1:
            return self.at(i, 1)
        if (i, j) not in self.times:
            self.times[i, j] = self.add(MUL, self.working.constant(j), self.at(i, j))
        return self.times[i, j]

    # --- rules --------------------------------------------------------------------------------------------------

    def _product(self, i: int, edge: _Edge, m: int) -> int:
        """What an edge adds to the coefficient of degree m of its consumer."""
        if edge.test != ALWAYS:
            return self._selected(edge.test, self.at(edge.parent, m))
        code = int(self.tape.ops[i])
        if i in self.found.lengths.sided or i in self.found.lengths.mean:
            return self._selected(edge.mask, self._of_length(i, edge, m))
        if code == MUL:
            return self._of_factor(i, edge, m)
        made = self._of_quotient(i, edge, m) if code == DIV else self._by_partial(i, edge, m)
        return self._selected(edge.mask, made)

    def _of_factor(self, i: int, edge: _Edge, m: int) -> int:
        """Of u·v in the first place: u_m·v_0 + … + u_1·v_{m-1}, in the second: u_0·v_m."""
        u, v = self.tape.arguments(i)
        if u == v:
            return self._of_square(u, edge, m)
        if edge.position == 1:
            return self._selected(edge.mask, self._of_two(v, m, u, 0))
        last, between = self._of_two(u, m, v, 0), [self._of_two(u, m - j, v, j) for j in range(1, m)]
        if edge.mask == edge.beside:
            return self._selected(edge.mask, self.sum(last, *between))
        return self.sum(self._selected(edge.mask, last), self._selected(edge.beside, self.sum(*between)))

    def _of_square(self, u: int, edge: _Edge, m: int) -> int:
        """Of u·u to either edge one of each pair of terms: u_m·u_0 + u_{m-1}·u_1 + …; the first has the middle, too.

        Only the value u_0 may be what an exact zero must not meet.
        """
        if edge.position == 1:  # as for the first, which has just been written
            return self.half
        pairs = [self._of_two(u, m - j, u, j) for j in range(1, (m + 1) // 2)]
        self.half = self.sum(self._selected(edge.mask, self._of_two(u, m, u, 0)), *pairs)
        return self.sum(self.half, self._of_two(u, m // 2, u, m // 2) if m % 2 == 0 else NONE)

    def _of_quotient(self, i: int, edge: _Edge, m: int) -> int:
        """Of w = u/v from u = v·w: u_m/v_0, and -(v_1·w_{m-1} + … + v_m·w_0)/v_0."""
        v = self.tape.arguments(i)[1]
        if edge.position == 0:
            above = self.at(edge.parent, m)
            return above if above == NONE else self.add(DIV, above, v)
        above = self.sum(*(self._of_two(v, j, i, m - j) for j in range(1, m + 1)))
        return above if above == NONE else self.add(NEG, self.add(DIV, above, v))

    def _of_length(self, i: int, edge: _Edge, m: int) -> int:
        """All that a length has where it is 0 belongs to its first edge; elsewhere v_0·v_m/w_0 to its second."""
        own = self.right is None or any(j in self.known for j in self.tape.arguments(i))
        owner = self if own or self.right is None else self.right
        if i not in owner.lengths:
            owner.lengths[i] = LengthSeries(owner, self.tape.arguments(i), i)
        length = owner.lengths[i]
        if edge is not self.edges[i][0]:
            return length.of_second(m)
        turn = 0 if i in self.found.lengths.mean else 1 if self.right is None else -1
        return length.of_first(m, turn, beside=len(self.edges[i]) > 1)

    def _by_partial(self, i: int, edge: _Edge, m: int) -> int:
        """(Σ j·u_j·φ_{m-j})/m, φ being the partial."""
        u, phi = edge.parent, edge.partial
        if edge.constant is not None:
            last = self.at(u, m)
            if last == NONE or edge.constant == 1:
                return last
            return self.add(NEG, last) if edge.constant == -1 else self.add(MUL, last, phi)
        there = [j for j in range(1, m + 1) if self.at(u, j) != NONE and self.at(phi, m - j) != NONE]
        if there == [m]:
            return self._of_two(u, m, phi, 0)
        if not there:
            return NONE
        total = self.sum(*(self.add(MUL, self._times(u, j), self.at(phi, m - j)) for j in there))
        if len(self.edges[i]) == 1 and edge.mask == ALWAYS and self.right is None:  # whose quotients the ledger has
            self.times[i, m] = total
        return self.add(DIV, total, self.working.constant(m))

    # --- nodes --------------------------------------------------------------------------------------------------

    def add(self, code: int, *args: int) -> int:
        return int(self.working.add(code, args))

    def _of_two(self, u: int, j: int, v: int, k: int) -> int:
        """u_j·v_k."""
        a, b = self.at(u, j), self.at(v, k)
        return NONE if NONE in (a, b) else self.add(MUL, a, b)

    def sum(self, *terms: int) -> int:
        total = NONE
        for term in terms:
            total = term if total == NONE else total if term == NONE else self.add(ADD, total, term)
        return total

    def _selected(self, condition: int, made: int) -> int:
        """What is selected by a condition, and 0 where it does not hold."""
        if condition == ALWAYS or made == NONE:
            return made
        node, branch = self.conditions.write(condition)
        sides = (made, self._node(NONE)) if branch == 1 else (self._node(NONE), made)
        return self.add(WHERE, node, *sides)


# --- what is not taken ----------------------------------------------------------------------------------------------


def _edges(
    found: WithPartials, conditions: Conditions, nodes: Sequence[int], seeds: dict[int, int]
) -> dict[int, list[_Edge]]:
    """The edges into each node that carry coefficients, with what they are selected by: see `taken.py` and `masks.py`.

    Behind an edge that is not taken all coefficients are exact zeros.
    """
    lin, tape = found.lin, found.lin.tape
    wild = wild_edges(tape, lin.template, lin.templates)
    arrives = tape.depends_on(distinct(lin.consumer[wild]).tolist(), lin.present)
    active = dict.fromkeys(seeds, ALWAYS)
    edges: dict[int, list[_Edge]] = {}
    for i in nodes:
        edges[i] = []
        first, args = int(tape.start[i]), tape.arguments(i)
        there = [k for k in range(len(args)) if found.carries[first + k]]
        beside = ALWAYS
        for k in there:
            beside = conditions.both(beside, active[args[k]]) if wild[first + k] else beside
        for k in there:
            e, j = first + k, args[k]
            t = int(lin.template[e])
            result = lin.templates[t].result
            selection = None if i in found.lengths.sided or i in found.lengths.mean else lin.selections[t]
            constant = result.value if result.kind == "const" else None
            condition, test = active[j], ALWAYS
            mask = condition if wild[e] else ALWAYS
            if selection is not None:
                taken = conditions.taken(t, i)
                if selection.unit:
                    mask, test = ALWAYS, taken
                elif arrives[j] and not selection.point:
                    mask = conditions.both(mask, taken)
                condition = conditions.both(condition, taken)
            edges[i].append(_Edge(k, j, found.partial.get(e, -1), constant, test, mask, beside))
            active[i] = condition if len(edges[i]) == 1 else conditions.either(active[i], condition)
    return edges
