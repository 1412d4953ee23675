"""The derivation of a derivative, step by step, read off the ledger.

Every formula is that of a node which the ledger names, tidied by named rules of simplification (`1*x` is written `x`).
There is no second engine, and the last equations are those of the derivative graph's own results.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

import numpy as np

from edgewise.differentiate import Derivative, Elimination, Seed, algorithm, result_places
from edgewise.ops import CONST, INPUT
from edgewise.view.explanations import equations as eq
from edgewise.view.explanations.node_formulas import WIDER, Formulas
from edgewise.view.spellings import plain

__all__ = ["Derivation"]

NAMED: Final = 12
"""The most ends of a sweep that are listed."""

AGAIN: Final = ("hessian", "hvp")
"""Derivatives of a gradient."""

PRODUCTS: Final = ("jvp", "vjp", "hvp", "taylor")
"""Derivatives whose sweep starts from new inputs, or from numbers."""

RESULTS: Final = {
    "jacobian": "Jacobian",
    "hessian": "Hessian",
    "jvp": "Jacobian times the tangents",
    "vjp": "cotangents times the Jacobian",
    "hvp": "Hessian times the tangents",
    "coefficients": "Taylor coefficients",
}


class Derivation(Formulas):
    """The parts of a derivation, none with more than `limit` steps, the sweeps together.

    `valued` says that each equation will end in its number: inputs are listed too.
    """

    def __init__(self, derivative: Derivative, limit: int | None, valued: bool) -> None:
        super().__init__(derivative)
        self.limit, self.valued = limit, valued
        sweeps = {seed.sweep for seed in derivative.seeds}
        self._one_sweep = len(sweeps) == 1 and derivative.elimination is None
        self._sweep = min(sweeps, default=0)
        self.degrees = derivative.degrees
        self.parts = tuple(self._parts())

    def _parts(self) -> Iterator[eq.Part]:
        yield self._function()
        if self.derivative.elimination is not None:
            yield from self._elimination(self.derivative.elimination)
        else:
            yield from self._sweeps()
        yield self._results()

    def colours(self) -> dict[tuple[int, int, int], int]:
        """The number of each edge that is shown, in the order of the ledger: its colour in the picture."""
        wanted = {step.edge for part in self.parts for step in part.steps if step.edge is not None}
        number: dict[tuple[int, int, int], int] = {}
        for row in self.derivative.ledger.rows("consumer position parent"):
            number.setdefault(row, len(number))
            wanted.discard(row)
            if not wanted:
                break
        return number

    # --- 𝒢 ------------------------------------------------------------------------------------------------------

    def _function(self) -> eq.Part:
        base = self.base
        spoken = base.live(base.outputs) & (base.ops != CONST)
        if not self.valued:
            spoken &= base.ops != INPUT
        nodes = np.flatnonzero(spoken)
        steps = []
        for i in nodes[: self.limit].tolist():
            sides = () if base.ops[i] == INPUT else (self.own(i),)
            title = plain(base.line(i))
            steps.append(
                eq.Step((title,), None, (eq.Equation("", eq.Value(i), sides, int(self.derivative.base_nodes[i])),))
            )
        what = "the gradient, to be differentiated again" if self.derivative.kind in AGAIN else "the function"
        if self.derivative.indices is not None and self.derivative.indices.order > 1:
            what = f"the derivatives up to order {self.derivative.indices.order - 1}, to be differentiated again"
        return eq.Part((f"𝒢, {what}: every value from its parents",), (), tuple(steps), len(nodes) - len(steps))

    # --- sweeps -------------------------------------------------------------------------------------------------

    def _sweeps(self) -> Iterator[eq.Part]:
        """The edges in the order of each sweep."""
        derivative, room, end = self.derivative, self.limit, 0
        for sweep, seeds in self._starts():
            if room is not None and room <= 0:
                break
            begin, end = np.searchsorted(derivative.ledger.sweep, [sweep, sweep + 1]).tolist()
            stop = end if room is None else min(end, begin + room)
            start = (self._start(seeds),) if seeds or not self.degrees else ()
            steps = (*start, *self._edges(seeds, sweep, begin, stop, end))
            yield eq.Part(self._title(seeds, sweep), self._note(seeds, sweep, begin, stop), steps, end - stop)
            if room is not None:
                room -= max(stop - begin, 1)
        if end < len(derivative.ledger):
            yield eq.Part(("ℬ, further sweeps",), (), (), len(derivative.ledger) - end)
        if not derivative.seeds and not self.degrees:
            # Arcs between pairs of nodes: Gower and Mello 2012.
            note = "the ledger is empty: the arcs that are pushed lie between pairs of nodes and belong to no edge"
            yield eq.Part(("ℬ, edge pushing",), (note,), ())

    def _starts(self) -> Iterator[tuple[int, list[Seed]]]:
        """The sweeps, and what each starts from: that of the first degree alone, where there are degrees."""
        for sweep, group in groupby(self.derivative.seeds, key=lambda seed: seed.sweep):
            yield sweep, list(group)
        yield from ((sweep, []) for sweep in range(1, self.degrees))

    def _arrived(self, node: int, sweep: int) -> eq.Arrived:
        return eq.Arrived(node, sweep + 1 if self.degrees else 0)

    def _title(self, seeds: Sequence[Seed], sweep: int) -> eq.Words:
        if sweep and self.degrees:
            return (f"ℬ, degree {sweep + 1}: what each edge adds, from coefficients of lower degrees",)
        ends: list[str | eq.Side] = []
        for seed in seeds[:NAMED]:
            ends += [", ", eq.Value(seed.node)]
        more = ", …" if len(seeds) > NAMED else ""
        reverse = f"back-propagation (algorithm {algorithm(self.derivative)})"
        way, along = (reverse, "down") if self.reverse else ("forward accumulation", "up")
        if self.degrees:
            way = "Taylor arithmetic"
        return (f"ℬ, {way} from ", *ends[1:], f"{more} {along}: one product for each edge")

    def _note(self, seeds: Sequence[Seed], sweep: int, begin: int, stop: int) -> eq.Words:
        """What the name of a derivative means, at the first edge."""
        if begin == stop:
            return ()
        ledger = self.derivative.ledger
        target = int((ledger.parent if self.reverse else ledger.consumer)[begin])
        name, value = self._arrived(target, sweep), eq.Value(target)
        if self.degrees:
            return name, f" is the coefficient of degree {sweep + 1} of ", value, ", as the inputs move along the curve"
        if self.derivative.kind == "vjp":
            return name, " collects the derivative in ", value, " of the outputs, weighted by the cotangents"
        if self.derivative.kind in ("jvp", "hvp"):
            return name, " collects the change of ", value, " when the inputs change along their tangents"
        above, below = (seeds[0].node, target) if self.reverse else (target, seeds[0].node)
        return name, " collects the derivative of ", eq.Value(above), " in ", eq.Value(below)

    def _start(self, seeds: Sequence[Seed]) -> eq.Step:
        """What a sweep starts from."""
        equations = []
        seen: set[int] = set()
        for seed in seeds[: self.limit]:
            if seed.value is None:
                continue  # no path
            itself = () if self.derivative.kind in PRODUCTS else (eq.Partial(seed.node, seed.node),)
            # An output that is given twice has two cotangents.
            sides = self.distinct(*itself, *self.formula(seed.value))
            name = self._arrived(seed.node, seed.sweep)
            equations.append(eq.Equation("start", name, sides, seed.value, seed.node in seen))
            seen.add(seed.node)
        return eq.Step(("the sweep starts",), None, tuple(equations))

    def _edges(self, seeds: Sequence[Seed], sweep: int, begin: int, stop: int, end: int) -> Iterator[eq.Step]:
        ledger, reverse = self.derivative.ledger, self.reverse
        source, target = (ledger.consumer, ledger.parent) if reverse else (ledger.parent, ledger.consumer)
        rows = slice(begin, stop)
        arrived = self.derivative.table.lookup(ledger.sweep[rows], source[rows])
        total = self.derivative.table.lookup(ledger.sweep[rows], target[rows])
        # The row in which the last product arrives at each target.
        _, back = np.unique(target[begin:end][::-1], return_index=True)
        last = np.zeros(end - begin, dtype=bool)
        last[end - begin - 1 - back] = True
        made = (arrived, total, last[: stop - begin])
        seen = {seed.node for seed in seeds}
        written = ledger.rows("consumer position parent partial product", rows)
        for (i, k, j, partial, product), at, whole, done in zip(written, *(column.tolist() for column in made)):
            own, near, far = self.own(i), *((i, j) if reverse else (j, i))
            name, arriving = self._arrived(near, sweep), self._arrived(far, sweep)
            if self.tape.ops[at] == CONST or self.holds[at] >= 0:
                at = -1  # a node that has a name of its own keeps it
            equations: list[eq.Equation] = []
            sides: tuple[eq.Side, ...]
            if sweep and self.degrees:
                sides = self.formula(product, wider=WIDER)
            elif partial >= 0:
                equations.append(self.partial(i, k, j, own, partial))
                side: eq.Side = eq.Times(name, equations[0].left)
                sides = (side, *(self.formula(product) or self.formula(product, at, name)))
            else:
                side = eq.Pull(eq.Value(i), eq.Value(j), self.position(i, k, j), name)
                sides = (side, *self.formula(product, at, name), *self.formula(product))
            rule = "chain rule" if equations else self.rule(i, k)
            equations.append(eq.Equation(rule, arriving, self.distinct(*sides), product, far in seen))
            if done and far in seen:
                sides = self.formula(whole) or self.formula(whole, at, name)
                if sides or self.valued:
                    equations.append(eq.Equation("added up", arriving, sides, whole))
            seen.add(far)
            if done and self.degrees and self.tape.ops[whole] not in (CONST, INPUT):
                self.coefficients.setdefault(whole, arriving)
            yield eq.Step((eq.Value(j), " → ", eq.Value(i), " = ", own), (i, k, j), tuple(equations))

    # --- elimination --------------------------------------------------------------------------------------------

    def _elimination(self, record: Elimination) -> Iterator[eq.Part]:
        """The partials on their edges, then the products in the order in which they were made."""
        ledger = self.derivative.ledger
        count, steps = len(ledger), []
        rows = ledger.rows("consumer position parent partial", slice(self.limit))
        for (i, k, j, partial), total, before in zip(rows, record.total.tolist(), record.before.tolist()):
            own = self.own(i)
            equations = [self.partial(i, k, j, own, partial)]
            if before >= 0:
                equations.append(eq.Equation("parallel edges", eq.Partial(i, j), self.formula(total), total))
            steps.append(eq.Step((eq.Value(j), " → ", eq.Value(i), " = ", own), (i, k, j), tuple(equations)))
        yield eq.Part(("The local partials, one on each edge",), (), tuple(steps), count - len(steps))
        title = "ℬ, vertex elimination: every edge into a vertex is joined with every edge out of it"
        note = "each ∂ is taken with what is left of the vertices between"
        joins = tuple(self._joins(record, count))
        yield eq.Part((title,), (note,), joins, len(record.product) - len(joins))

    def _joins(self, record: Elimination, count: int) -> Iterator[eq.Step]:
        ledger = self.derivative.ledger
        # The product that was last written to an edge between two nodes; before the first, what the ledger has there.
        latest: dict[tuple[int, int], int] = {}

        def stands(row: int, above: int, below: int) -> bool:
            """Whether a record is what stands on an edge now: parts of vertices may have edges of their own."""
            if row >= count:
                return latest.get((above, below)) == row
            own = int(ledger.consumer[row]), int(ledger.parent[row])
            return own == (above, below) and own not in latest

        def factor(row: int, above: int, below: int) -> tuple[eq.Name | eq.Formula, ...]:
            return (eq.Partial(above, below),) if stands(row, above, below) else self.formula(int(record.total[row]))

        columns = record.joins("vertex tail head product total left right before", slice(self.limit))
        for row, (v, tail, head, product, total, left, right, before) in enumerate(columns, count):
            name = eq.Partial(head, tail)
            factors = [*factor(left, head, v), *factor(right, v, tail)]
            sides: list[eq.Side] = [eq.Times(*factors)] if len(factors) == 2 else []
            added = before >= 0 and stands(before, head, tail)
            equations = []
            if before < 0 or added:
                sides = [*sides, *self.formula(product)]
                equations.append(eq.Equation("chain rule", name, self.distinct(*sides), product, added))
            if before >= 0 and ((sides := [*self.formula(total)]) or self.valued):
                equations.append(eq.Equation("added up", name, tuple(sides), total))
            latest[head, tail] = row
            yield eq.Step((eq.Value(tail), " → ", eq.Value(v), " → ", eq.Value(head)), None, tuple(equations))

    # --- results ------------------------------------------------------------------------------------------------

    def _results(self) -> eq.Part:
        """The derivatives in the inputs."""
        result = self.derivative.results[-1]
        rows, columns = result_places(self.derivative)
        steps = []
        places = zip(result.nodes[: self.limit], rows.tolist(), columns.tolist(), strict=False)
        for place, (node, row, column) in enumerate(places):
            name, end = self._result(row, column, place)
            known: tuple[eq.Side, ...] = ()
            if self._one_sweep and not isinstance(name, eq.Arrived):
                arrived = self.derivative.table.lookup(self._sweep, end) == node
                known = (eq.Arrived(end),) if arrived else ()
            sides = self.distinct(*known, *self.in_inputs(node))
            steps.append(eq.Step((), None, (eq.Equation("", name, sides, node),)))
        named = RESULTS.get(result.name, result.name)
        if self.derivative.indices is not None:
            named = f"derivatives of order {self.derivative.indices.order}"
        title = f"The {named}, in the inputs"
        return eq.Part((title,), (), tuple(steps), len(result.nodes) - len(steps))

    def _result(self, row: int, column: int, place: int) -> tuple[eq.Name, int]:
        """The name of a result, and the node at which its sweep arrives."""
        derivative = self.derivative
        output = self.base.outputs[row]
        if self.degrees:
            return self._arrived(output, place % self.degrees), output
        wanted = derivative.wrt.nodes[column]
        end = wanted if self.reverse else output
        if derivative.kind in PRODUCTS:
            return eq.Arrived(end), end
        first: tuple[int, ...] = (row,) if derivative.kind == "hessian" else ()
        place = 0
        if derivative.indices is not None:
            place, k = divmod(row, len(derivative.indices.base))
            first = derivative.indices.base[k]
        value = int(self.holds[derivative.results[0].nodes[place]]) if first else -1
        if value < 0:
            return eq.Partial(output, wanted), end
        below = [derivative.wrt.nodes[k] for k in first]
        below = sorted([*below, wanted])  # equal ones are one node, and have one name
        return eq.Higher(value, tuple(below)), end
