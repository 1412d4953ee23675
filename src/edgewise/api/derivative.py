"""`DerivativeGraph`: ℬ with its ledger, as users hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise import differentiate as diff
from edgewise.api.graph import Graph, Node, Wrt
from edgewise.api.ledger_view import GradTable, LedgerEntry, LedgerView
from edgewise.api.recompute import Pareto, Schedule
from edgewise.differentiate import Derivative, Item
from edgewise.errors import InputError
from edgewise.evaluate import (
    Cost,
    Evaluation,
    SpecialPoint,
    cost_of,
    forward_propagation,
    ledger_steps,
    raise_for_nan,
    special_points,
)
from edgewise.graph import IntArray, Returns, node_text
from edgewise.graph.columns import stable_argsort
from edgewise.lower import Source, python_source
from edgewise.simplify import Report, simplify
from edgewise.view.explanations.steps import Steps

if TYPE_CHECKING:
    from edgewise.view.explanations.explanation import Explanation
    from edgewise.view.explorer.page import Explorer
    from edgewise.view.explorer.rewrites import Stage
    from edgewise.view.pictures.scene import Scene

__all__ = ["DerivativeGraph", "smooth"]


class DerivativeGraph(Graph):
    """ℬ: 𝒢 with its derivative nodes, and the ledger that says which of them belongs to which edge of 𝒢.

    It is a Graph: its outputs are the derivatives, and it can be evaluated, drawn, printed and differentiated again.

    >>> import edgewise as ew
    >>> B = ew.parse("x*y").gradient()
    >>> [(e.consumer, e.parent, e.partial, e.product) for e in B.edges]
    [(2, 1, 0, 4), (2, 0, 1, 5)]
    """

    __slots__ = ("__dict__", "base", "derivative", "report")

    derivative: Derivative
    base: Graph
    report: Report | None

    def __init__(self, derivative: Derivative, base: Graph, report: Report | None = None) -> None:
        super().__init__(derivative.tape)
        self.derivative, self.base, self.report = derivative, base, report
        self._pareto: Pareto | None = None

    def __repr__(self) -> str:
        state = "simplified " if self.report is not None else ""
        names = ", ".join(p.name for p in self.derivative.wrt.parameters[:6])
        return f"<{state}{self.derivative.kind} graph in {names}: {len(self):,} nodes, {len(self.edges):,} edges of 𝒢>"

    def __reduce__(self) -> tuple[Any, ...]:
        return DerivativeGraph, (self.derivative, self.base, self.report)

    def _scene(self) -> Scene:
        from edgewise.view.pictures.scene import Scene

        return Scene(self.tape, self.derivative, repr(self))

    def returns(self) -> tuple[Returns, ...]:
        """What the compiled function returns: the value, then the derivatives."""
        return self.derivative.results

    @property
    def order(self) -> str | tuple[Item, ...]:
        """How a Jacobian is written: "forward", "reverse", or the nodes of 𝒢 in the order of their elimination.

        A part of a node is (parent, node, consumer): see `Graph.jacobian`.
        Handed to `G.jacobian(order=…)` it gives the same graph again. Raises InputError for other derivatives.
        """
        if self.derivative.kind != "jacobian":
            raise InputError(f"a {self.derivative.kind} has no order of elimination", hint="ask a Jacobian for it")
        return self.derivative.order

    def _derivative(self, make: Callable[..., diff.Derivative], wrt: Wrt, *extra: Any) -> DerivativeGraph:
        inputs = set(self._wrt(wrt).nodes) <= set(self.tape.inputs)
        return super(DerivativeGraph, smooth(self) if inputs else self)._derivative(make, wrt, *extra)

    # --- the ledger ---------------------------------------------------------------------------------------------

    @cached_property
    def edges(self) -> LedgerView:
        """One entry for each edge of 𝒢 on a path from a wanted node to an output, in the order of the sweep."""
        return LedgerView(self.derivative)

    @cached_property
    def grad_table(self) -> GradTable:
        """The derivative node of every node of 𝒢 that a sweep reached."""
        return GradTable(self)

    def of(self, consumer: Node, parent: Node, position: int | None = None) -> Any:
        """The ledger entry of the edge from `parent` to `consumer`, a tuple of them where there are several.

        `x*x` has two edges to x, and a Jacobian has one entry for each sweep; `position` picks one edge.
        Raises InputError where there is no such edge on a path.
        """
        i, j = self.base.node(consumer), self.base.node(parent)
        ledger = self.derivative.ledger
        match = (ledger.consumer == i) & (ledger.parent == j)
        if position is not None:
            match &= ledger.position == position
        found = tuple(self.edges[int(row)] for row in np.flatnonzero(match))
        if not found:
            raise InputError(
                f"there is no edge from node {j} to node {i} on a path from a wanted input to the output",
                hint="edges run from an argument (parent) to the operation that reads it (consumer); see B.edges",
            )
        return found[0] if len(found) == 1 else found

    @cached_property
    def _served(self) -> tuple[IntArray, IntArray]:
        """(node of ℬ, ledger row) pairs: a row's partial, its product, and what was summed at its target."""
        ledger = self.derivative.ledger
        target = ledger.parent if self.derivative.reverse else ledger.consumer
        total = self.derivative.table.lookup(ledger.sweep, target)
        if self.derivative.elimination is not None:
            total = ledger.total  # the table holds the results, in which many edges meet
        node = np.concatenate((ledger.partial, ledger.product, ledger.total, total))
        row = np.tile(np.arange(len(ledger)), 4)
        order = stable_argsort(node)
        return node[order], row[order]

    @cached_property
    def _readers(self) -> tuple[IntArray, IntArray]:
        """Edges of ℬ sorted by what they read: (argument, consumer)."""
        order = stable_argsort(self.tape.args)
        return self.tape.args[order], self.tape.edge_consumers()[order]

    def why(self, node: int) -> list[LedgerEntry]:
        """The edges of 𝒢 that a node of ℬ serves: as their partial, product or sum, or on the way to one of these.

        A node that only holds a value of 𝒢 serves no edge. After simplification one node may serve several.
        """
        self._check_node(node)
        steps = self.derivative.elimination
        joined = steps.rows_of(node) if steps is not None else set()
        if joined:
            return [self.edges[k] for k in sorted(joined)]
        key, row = self._served
        args, consumer = self._readers
        values = set(self.derivative.base_nodes.tolist())
        rows: set[int] = set()
        seen, todo = {node}, [node]
        while todo:
            i = todo.pop()
            first, last = np.searchsorted(key, [i, i + 1])
            rows.update(row[first:last].tolist())
            if last > first or i in values:
                continue
            a, b = np.searchsorted(args, [i, i + 1])
            for reader in consumer[a:b].tolist():
                if reader not in seen:
                    seen.add(reader)
                    todo.append(reader)
        return [self.edges[k] for k in sorted(rows)]

    # --- numbers ------------------------------------------------------------------------------------------------

    def _checked(self, found: Evaluation) -> Evaluation:
        roots = [node for result in self.returns() for node in result.nodes]
        raise_for_nan(self.tape, found.values, roots, self._purpose)
        return found

    def _purpose(self, node: int) -> str:
        """Which edge of 𝒢 a node of ℬ serves, in words; empty for a value of 𝒢."""
        served = [] if node in self.derivative.base_nodes else self.why(node)
        if not served:
            return ""
        edge, base = served[0], self.base.tape
        more = f" and {len(served) - 1} more" if len(served) > 1 else ""
        return (
            f"it serves the edge of 𝒢 from {node_text(base, edge.parent, 60)} to {base.describe(edge.consumer)}{more}"
        )

    def explore(self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any) -> Explorer:
        """A page in which formulas, 𝒢, ℬ and the source are linked and the algorithm can be stepped through.

        In a notebook it is shown; `.save("page.html")` writes the one file, which needs nothing from the network. The
        sliders start at the given values, 1 by default. Of a graph of more than 2,000 nodes the page holds those
        with which the sweep begins, and has no sliders. The page of a graph as it was written shows its simplification
        too, rewrite by rewrite. Raises InputError for values that are not one number an input.

        >>> import edgewise as ew
        >>> page = ew.parse("exp(x*y) + sin(x)").gradient().explore(x=0.5, y=2.0)
        >>> page.html.startswith("<!DOCTYPE html>"), "http://" in page.html.replace("http://www.w3.org", "")
        (True, False)
        """
        from edgewise.view.explorer.page import Explorer

        given = values is not None or args or named
        flat = self._bound(values, args, named) if given else [1.0] * len(self.tape.inputs)
        if any(np.ndim(value) for value in flat):
            raise InputError("the page shows one point at a time", hint="give one number for each input")
        numbers = forward_propagation(self.tape, flat).values
        return Explorer(self._scene(), self._source(), self.cost().to_data(), numbers, self._rewriting)

    def _rewriting(self) -> Iterable[Stage]:
        """What simplification makes of it step by step, for a page; nothing where it is simplified already."""
        from edgewise.view.explorer.page_data import WHOLE
        from edgewise.view.explorer.rewrites import stages

        report = self.simplify().report if self.report is None and len(self) <= WHOLE else None
        return stages(self.derivative, report.rewrites) if report is not None else ()

    def _source(self) -> Source:
        return python_source(self.program(), "f_and_derivative", "math")

    def steps(self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any) -> Steps:
        """The algorithm's lines as they run on numbers: 6.1 upwards, then each sweep edge by edge; they print as such.

        Every number is read off the node that the ledger names, so the last line of each sweep is the answer.
        """
        return Steps.of(self.derivative, ledger_steps(self.derivative, self._bound(values, args, named)))

    def special_points(
        self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any
    ) -> list[SpecialPoint]:
        """Every kink, jump and edge of a domain of 𝒢, with its ledger edges and the convention that holds there.

        With values, `.met` says of each whether they meet it.

        >>> import edgewise as ew
        >>> for point in ew.parse("abs(x)*log(x + y)").gradient().special_points(x=0.0, y=2.0):
        ...     print(point, point.met)
        node 2: abs has a kink where x == 0: slope 0 at 0, the middle of [-1, 1] True
        node 4: log leaves its domain where x + y <= 0: value and derivative are NaN or infinite False
        """
        base, ledger = self.base, self.derivative.ledger
        rows: dict[int, list[int]] = {}
        for row, consumer in enumerate(ledger.consumer.tolist()):
            rows.setdefault(consumer, []).append(row)
        depends = base.tape.depends_on(self.derivative.wrt.nodes) & base.tape.live(base.outputs)
        given = values is not None or args or named
        numbers = base.evaluate(values, *args, **named).values if given else None
        return special_points(base.tape, np.flatnonzero(depends).tolist(), rows, numbers)

    def explain(
        self, values: Mapping[str, Any] | None = None, /, *args: Any, limit: int | None = 60, **named: Any
    ) -> Explanation:
        """The derivation, step by step, as a teacher writes it: each edge's rule, what it makes, and the sums.

        Every equation is about a node that the ledger names. It prints as text; `.latex` (for amsmath) and `.html` (a
        page whose parts fold) are the same in other notations, `.sections` is the same as data, and a notebook shows
        it. With values every equation ends in its number. `limit` is the most steps of each part, None for all; an
        input that is called "limit" gets its value in the mapping.

        >>> import edgewise as ew
        >>> print(ew.parse("x*sin(x)").gradient().explain().text.split("\\n\\n", 1)[1])
        ℬ, back-propagation (algorithm 6.2) from u⁽³⁾ down: one product for each edge
          grad_table[u⁽²⁾] collects the derivative of u⁽³⁾ in u⁽²⁾
          the sweep starts
            start               grad_table[u⁽³⁾] = ∂u⁽³⁾/∂u⁽³⁾ = 1
          u⁽²⁾ → u⁽³⁾ = x*u⁽²⁾
            product rule        ∂u⁽³⁾/∂u⁽²⁾ = ∂(x*u⁽²⁾)/∂u⁽²⁾ = x
            chain rule          grad_table[u⁽²⁾] = grad_table[u⁽³⁾] · ∂u⁽³⁾/∂u⁽²⁾ = x
          x → u⁽³⁾ = x*u⁽²⁾
            product rule        ∂u⁽³⁾/∂x = ∂(x*u⁽²⁾)/∂x = u⁽²⁾
            chain rule          grad_table[x] = grad_table[u⁽³⁾] · ∂u⁽³⁾/∂x = u⁽²⁾
          x → u⁽²⁾ = sin(x)
            derivative of sin   ∂u⁽²⁾/∂x = ∂(sin(x))/∂x = cos(x)
            chain rule          grad_table[x] += grad_table[u⁽²⁾] · ∂u⁽²⁾/∂x = x*cos(x)
            added up            grad_table[x] = u⁽²⁾ + x*cos(x)
        <BLANKLINE>
        The gradient, in the inputs
          ∂u⁽³⁾/∂x = grad_table[x] = sin(x) + x*cos(x)
        """
        from edgewise.view.explanations.explanation import Explanation

        given = values is not None or args or named
        return Explanation(self.derivative, limit, self.evaluate(values, *args, **named).values if given else None)

    def cost(self) -> Cost:
        """Exact counts for the values and derivatives together."""
        return cost_of(self.tape, self.derivative)

    def _stages(self) -> list[tuple[str, Mapping[str, int]]]:
        own = self.cost()
        written = own if self.report is None else type(own)(self.report.source[0], self.report.source[1].tolist())
        simplified = own if self.report is not None else self.simplify().cost()
        return [
            (r"$\mathcal{G}$", self.base.cost().by_kind),
            (r"$\mathcal{B}$ as written", written.by_kind),
            (r"$\mathcal{B}$ simplified", simplified.by_kind),
        ]

    def _split(self) -> int | None:
        """Where ℬ's nodes begin, if they stand behind all of 𝒢's."""
        n = len(self.base)
        return n if np.array_equal(self.derivative.base_nodes, np.arange(n)) else None

    # --- again --------------------------------------------------------------------------------------------------

    def simplify(self, level: str = "real", *, expand: bool = False, progress: bool | None = None) -> DerivativeGraph:
        """The same derivative with fewer operations; the ledger is kept, and `.report` says what was done.

        `level` is "exact" (every result keeps its IEEE value), "real" (equal for finite reals) or "domain" (also
        rules that need a proved guard, such as x/x → 1 for x ≠ 0). Never more operations than before, but for
        the signs of a few stable forms: log(sigmoid(x)) is -softplus(-x).

        With `expand` products of sums are also multiplied out, so that terms cancel and are factored anew, and the
        shorter result is kept. It takes a hundred times as long, and (x - 1)*(x + 1) written as x*x - 1 loses digits
        near 1.

        Of a large graph a bar shows the progress on terminals and in notebooks (`progress` says otherwise), and Ctrl-C
        ends it with what has been reached, which `.report` says.

        >>> import edgewise as ew
        >>> B = ew.parse("(x + y)*(x + z) - x*(y + z)").gradient()
        >>> B.simplify().cost().operations, B.simplify(expand=True).cost().operations
        (8, 4)
        """
        roots = [node for result in self.returns() for node in result.nodes]
        tape, new, report = simplify(
            self.tape, roots, self.derivative.kept_nodes(), level, expand=expand, progress=progress
        )
        return DerivativeGraph(self.derivative.renumbered(tape, new), self.base, report)

    # --- store or recompute -------------------------------------------------------------------------------------

    def pareto(self, progress: bool | None = None) -> Pareto:
        """The curve of operations against values held at once, from storing everything to recomputing a great deal.

        A sequence, each a `Schedule`: the first is this graph as it stands, and along it `.operations` rise while
        `.peak_live` falls. The points are the best that several methods find (see `edgewise.recompute`), their two
        numbers are exact. A search of more than a moment shows a bar on terminals and in notebooks (`progress` says
        otherwise); Ctrl-C ends it and keeps what it has found. `.plot()` draws the curve.

        >>> import edgewise as ew
        >>> x = y = ew.symbols("x")
        >>> for _ in range(12):
        ...     y = ew.sin(y)
        >>> [(point.operations, point.peak_live) for point in ew.graph(y).gradient().pareto()][-4:]
        [(44, 6), (50, 5), (62, 4), (101, 3)]
        """
        if self._pareto is None:
            self._pareto = Pareto(self, progress)
        return self._pareto

    def schedule(self, memory: int) -> Schedule:
        """The fewest operations found that hold at most `memory` values at once; `.graph` computes so.

        Values are counted as in `cost().peak_live`: inputs are, constants are not. Raises ScheduleError, which names
        the fewest values that were reached, where no way is found to hold so few.
        """
        return self.pareto().schedule(memory)

    def _roles(self) -> dict[int, str]:
        """𝒢's named nodes and their derivatives: d_loss_d_w, …"""
        derivative, base = self.derivative, self.base.tape
        named = dict(zip(base.inputs, self.base.inputs, strict=True)) | dict(base.labels)
        results = derivative.results[-1].nodes
        outputs = {
            node: named.get(node, "out" if len(base.outputs) == 1 else f"out{k}") for k, node in enumerate(base.outputs)
        }
        roles: dict[int, str] = {}
        if derivative.kind == "hvp":
            roles.update(
                (node, f"hvp_{base.attrs.get(j, j)}") for node, j in zip(results, derivative.wrt.nodes, strict=True)
            )
        elif derivative.kind == "jvp":
            roles.update((node, f"{outputs[j]}_dot") for node, j in zip(results, base.outputs, strict=True))
        else:
            pattern = "{1}_bar" if derivative.kind == "vjp" else "d_{0}_d_{1}"
            # A sweep up starts at an input and is named where it ends, a sweep down the other way round.
            ends = named if derivative.reverse else outputs
            for seed in derivative.seeds[:100]:
                begin = outputs.get(seed.node) if derivative.reverse else named.get(seed.node, f"u{seed.node}")
                found = derivative.table.lookup(seed.sweep, np.array(list(ends), dtype=np.int64))
                for (node, name), made in zip(ends.items(), found.tolist(), strict=True):
                    top, bottom = (begin, name) if derivative.reverse else (name, begin)
                    if made >= 0 and node != seed.node:
                        roles.setdefault(made, pattern.format(top, bottom))
        return roles


def smooth(graph: DerivativeGraph) -> DerivativeGraph:
    """A gradient or Jacobian of scalars as it is differentiated again: see `differentiate/smooth.py`.

    Functions of a length are known in a derivative as it was written in reverse: if need be it is written again.
    """
    first = graph.derivative
    if first.kind not in ("gradient", "jacobian") or type(graph) is not DerivativeGraph:
        return graph
    again = diff.gradient if first.kind == "gradient" else diff.reverse_jacobian
    tape, wrt, results = diff.without_removable(first.base, first.wrt, graph.base.returns()[-1:])
    if tape is not first.base or graph.report is not None or not first.reverse or first.elimination is not None:
        first = again(tape, wrt, results)
    made = diff.smooth_at_zero(first)
    if made is graph.derivative:
        return graph
    return DerivativeGraph(made, graph.base if made.base is graph.base.tape else Graph(made.base))
