"""`DerivativeGraph`: ℬ with its ledger, as users hold it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise import differentiate as diff
from edgewise import evaluate, simplify
from edgewise.api.accurate import accurate_derivative, options_of
from edgewise.api.graph import Graph, Node, Wrt
from edgewise.api.ledger_view import GradTable, LedgerEntry, LedgerView
from edgewise.api.recompute import Pareto, Schedule
from edgewise.api.told import Told
from edgewise.errors import InputError
from edgewise.frontends.naming import name_of
from edgewise.graph import Returns, Tape, distinct
from edgewise.graph.names import Names

if TYPE_CHECKING:
    from edgewise.differentiate import Derivative, Item, Served
    from edgewise.evaluate import Cost, Evaluation, TensorCost
    from edgewise.simplify import Report
    from edgewise.view.pictures.scene import Scene

__all__ = ["DerivativeGraph", "smooth"]


class DerivativeGraph(Told, Graph):
    """ℬ: 𝒢 with its derivative nodes, and the ledger that says which of them belongs to which edge of 𝒢.

    It is a Graph: its outputs are the derivatives, and it can be evaluated, drawn, printed and differentiated again.
    On tensors a ledger entry has no partial (-1): what belongs to the edge is its `product`.

    >>> import edgewise as ew
    >>> B = ew.parse("x*y").gradient()
    >>> [(e.consumer, e.parent, e.partial, e.product) for e in B.edges]
    [(2, 1, 0, 4), (2, 0, 1, 5)]
    """

    __slots__ = ("__dict__", "base", "derivative")

    def __init__(self, derivative: Derivative, base: Graph, report: Report | None = None) -> None:
        super().__init__(derivative.tape, None, report)
        if isinstance(base, DerivativeGraph) and derivative.below is not base.derivative:
            derivative = replace(derivative, below=base.derivative)  # whose names are those of its base
        self.derivative, self.base = derivative, base
        self._pareto: Pareto | None = None

    def __repr__(self) -> str:
        state = "simplified " if self.report is not None else ""
        kind, title = self.derivative.kind, diff.title(self.derivative)
        return f"<{state}{kind} graph {title}: {len(self):,} nodes, {len(self.edges):,} edges of 𝒢>"

    def __reduce__(self) -> tuple[Any, ...]:
        return DerivativeGraph, (self.derivative, self.base, self.report)

    @property
    def names(self) -> Names:
        """What the nodes are called: values as in 𝒢, and the others by the derivative that they hold."""
        return self.derivative.names

    def _called(self, name: str) -> int | None:
        found = super()._called(name)
        if found is None:
            found = next((node for node, role in self._roles().items() if role == name), None)
        return found

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

    def __getitem__(self, key: Any) -> Any:
        """The node of a name or formula: `B["u4"]`, `B["∂out/∂x"]`, also by its name in source, `B["d_out_d_x"]`.

        Of `derivatives` the node of a derivative of any order, by names of inputs or by how often in each input; of
        several outputs it is a tuple of nodes, one for each entry. Raises InputError for what is not there.

        >>> import edgewise as ew
        >>> B = ew.parse("c = x*y; c + exp(c)").gradient()
        >>> B["c"], B["∂out/∂c"], B["d_out_d_c"], B.name(B["d_out_d_x"])
        (2, 9, 9, '∂out/∂x')
        """
        indices = self.derivative.indices
        if indices is None:
            return self.node(key)
        if isinstance(key, str) and key not in self.base.inputs:
            return self.node(key)
        names = diff.names_of(self.derivative.base, self.derivative.wrt)
        index = diff.index_of(tuple(map(name_of, key)) if isinstance(key, tuple) else name_of(key), names)
        for result, held in zip(self.derivative.results, (((),), *indices.of_results), strict=True):
            if index in held:
                found = result.nodes[held.index(index) :: len(held)]
                return found[0] if len(found) == 1 else found
        raise InputError(
            f"the derivative in {', '.join(names[k] for k in index)} is not among these",
            hint="ask for it, as in derivatives(only=[…]), or for a higher order",
        )

    def ledger(self, order: int) -> LedgerView:
        """The ledger of an order of `derivatives`: the edges of the graph of the order below, in nodes of this graph.

        That graph is `base` for the highest order, `base.base` for the one below, and so on. A node that simplification
        has dropped is -1. Raises InputError where there is no such order.
        """
        found = self._of_orders()
        if order not in found:
            raise InputError(f"there is no ledger of order {order!r:.60}", hint=f"there are those of {sorted(found)}")
        return LedgerView(found[order])

    def _of_orders(self) -> dict[int, Derivative]:
        """The derivatives of each order, their nodes numbered as here; of other kinds there is order 1 alone."""
        indices = self.derivative.indices
        found = {1 if indices is None else indices.order: self.derivative}
        below, way = self.base, self.derivative.base_nodes
        while min(found) > 1 and isinstance(below, DerivativeGraph):
            found[min(found) - 1] = below.derivative.renumbered(self.tape, way)
            nodes = below.derivative.base_nodes
            below, way = below.base, np.where(nodes < 0, -1, way[nodes])
        return found

    @cached_property
    def grad_table(self) -> GradTable:
        """The derivative node of every node of 𝒢 that a sweep reached."""
        return GradTable(self)

    def of(self, consumer: Node, parent: Node, position: int | None = None) -> Any:
        """The ledger entry of the edge between two nodes of 𝒢, a tuple of them where there are several.

        They are given by number, name or formula, in either order: an edge runs from the one that the other reads.
        `x*x` has two edges to x, and a Jacobian has one entry for each sweep; `position` picks one edge.
        Raises InputError where there is no such edge on a path.

        >>> import edgewise as ew
        >>> B = ew.parse("x*y + exp(x*y)", share=True).gradient()
        >>> B.of("x*y", "exp(x*y)") == B.of("u3", "u2") == B.of(3, 2)
        True
        """
        j, i = sorted((self.base.node(consumer), self.base.node(parent)))
        ledger = self.derivative.ledger
        match = (ledger.consumer == i) & (ledger.parent == j)
        if position is not None:
            match &= ledger.position == position
        found = tuple(self.edges[int(row)] for row in np.flatnonzero(match))
        if not found:
            raise InputError(
                f"there is no edge from {self.base.name(j)} to {self.base.name(i)} on a path from a wanted input to the"
                " output",
                hint="edges run from an argument (parent) to the operation that reads it (consumer); see B.edges",
            )
        return found[0] if len(found) == 1 else found

    # --- numbers ------------------------------------------------------------------------------------------------

    def _checked(self, found: Evaluation) -> Evaluation:
        roots = [node for result in self.returns() for node in result.nodes]
        evaluate.raise_for_nan(self.names, found.values, roots, self._purpose)
        return found

    @cached_property
    def _served(self) -> Served:
        return diff.Served(self.derivative)

    def _entries(self, node: int) -> list[LedgerEntry]:
        return [self.edges[row] for row in self._served.rows(node)]

    def _purpose(self, node: int) -> str:
        """Which edge of 𝒢 a node of ℬ serves, in words; empty for a value of 𝒢."""
        served = [] if node in self.derivative.base_nodes else self._entries(node)
        if not served:
            return ""
        edge, base = served[0], self.base.names
        more = f" and {len(served) - 1} more" if len(served) > 1 else ""
        return f"it serves the edge of 𝒢 from {base.text(edge.parent)} to {base.describe(edge.consumer)}{more}"

    def cost(self) -> Cost | TensorCost:
        """Exact counts for the values and derivatives together."""
        return evaluate.cost_of(self.tape, self.derivative)

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

    def simplify(
        self,
        level: str = "real",
        *,
        expand: bool = False,
        sizes: Mapping[str, int] | None = None,
        progress: bool | None = None,
        **accurate: Any,
    ) -> DerivativeGraph:
        """The same derivative with fewer operations; the ledger is kept, and `.report` says what was done.

        `level` is "exact" (every result keeps its IEEE value), "real" (equal for finite reals) or "domain" (also
        rules that need a proved guard, such as x/x → 1 for x ≠ 0). Never more operations than before, but for
        the signs of a few stable forms: log(sigmoid(x)) is -softplus(-x).

        With `expand` products of sums are also multiplied out, so that terms cancel and are factored anew, products,
        quotients, powers and roots are planned anew from their factors, and the shortest result is kept. It takes a
        hundred times as long, and (x - 1)*(x + 1) written as x*x - 1 loses digits near 1. Planned anew, a result is as
        accurate as before; a product of very large and very small numbers may leave the range of doubles elsewhere.

        The rules hold for every shape: log(1 + exp(X)) is softplus(X). Of tensors, sums of products go into index
        notation (not at the level "exact"), where identities vanish and transposes meet, and come back as few matrix
        products. `sizes` are typical numbers of the named dimensions, by which the order of products is chosen. For
        second derivatives the gradient is simplified first and differentiated again: `base` is then that gradient.
        Logarithms of shares and probabilities are brought into their stable forms before they are differentiated, long
        graphs that say the same thousands of times are shortened, and so is what `derivatives` takes to order 2 or
        more: `base` is then 𝒢 in that form, and the ledger is of its edges.

        The level "accurate", of scalars, goes on where digits are lost: value and derivatives are measured at `points`
        (256) doubles within `ranges` (a pair for each input or group; all doubles by default), drawn by `seed`, against
        ball arithmetic, and take other forms where these lose fewer bits: terms cancelled, roots brought below, named
        rewrites, Taylor polynomials at removable singularities, selections by thresholds that are measured. It takes at
        most about `seconds` (10). `.report` lists each repair with bits and operations, `.report.pareto()` is the curve
        of accuracy against cost. What loses no digits stays as it is.

        Of a large graph a bar shows the progress on terminals and in notebooks (`progress` says otherwise), and Ctrl-C
        ends it with what has been reached, which `.report` says.

        >>> import edgewise as ew
        >>> B = ew.parse("sqrt(x + 1) - sqrt(x)").gradient()
        >>> B.evaluate(x=1e15).outputs, B.simplify("accurate", ranges={"x": (0, 1e20)}).evaluate(x=1e15).outputs
        ((-6.617444900424222e-24,), (-7.905694150420942e-24,))
        >>> B = ew.parse("(x + y)*(x + z) - x*(y + z)").gradient()
        >>> B.simplify().cost().operations, B.simplify(expand=True).cost().operations
        (8, 4)
        """
        asked = options_of(level, accurate, progress)
        if asked is not None:
            return accurate_derivative(self, asked)
        options: dict[str, Any] = {"level": level, "expand": expand, "sizes": sizes, "progress": progress}
        try:
            first = self._instead(options)
        except simplify.Interrupted:  # nothing has been reached yet
            as_given = self.tape, np.array(self._wanted(), dtype=np.int64)
            report = simplify.Report(level, {}, as_given, as_given, expand, interrupted=True)
            return DerivativeGraph(self.derivative, self.base, report)
        return (self if first is None else first)._as_it_is(options)

    def _as_it_is(self, options: Mapping[str, Any]) -> DerivativeGraph:
        """Simplified, of the base that it has."""
        base, again = self.base, diff.from_gradient(self.derivative)
        if again is None or not isinstance(base, DerivativeGraph):
            made = self._simplified(self.derivative, base, options)
            swept = self._by_sweeps(base) if options["expand"] else None
            if swept is None:
                return made
            # What is planned anew may be shorter from sweeps, though as written they were longer.
            return min(made, self._simplified(swept, base, options), key=lambda graph: graph.cost().operations)
        if base.report is None:
            base = base.simplify(**options)
        made = self._simplified(again(base.derivative), base, options)
        if simplify.is_more_work((made.tape, made._wanted()), (self.tape, self._wanted()), options["sizes"]):
            straight = self._simplified(self.derivative, self.base, options)
            if not simplify.is_more_work(
                (straight.tape, straight._wanted()), (made.tape, made._wanted()), options["sizes"]
            ):
                return straight
        return made

    def _by_sweeps(self, base: Graph) -> Derivative | None:
        """The same second derivatives by sweeps; None where they are, or are of another kind."""
        again = {"hessian": diff.hessian, "derivatives": diff.next_order}.get(self.derivative.kind)
        if again is None or self.derivative.elimination is None or not isinstance(base, DerivativeGraph):
            return None
        return again(base.derivative, order="sweeps")

    def _instead(self, options: Mapping[str, Any]) -> DerivativeGraph | None:
        """The same derivative of what is differentiated instead, see `simplify.comes_first`; None if it is of that."""
        first: DerivativeGraph = self
        while isinstance(first.base, DerivativeGraph):
            first = first.base
        given: dict[str, Any] = {name: options[name] for name in ("level", "sizes", "expand")}
        indices = first.derivative.indices
        often = indices is not None and indices.plan.order > 1
        value = first.base
        given |= {"again": often, "twice": first is not self}
        tape = None if value.report is not None else simplify.comes_first(value.tape, **given)
        return None if tape is None else self._of(tape)

    def _of(self, tape: Tape) -> DerivativeGraph | None:
        """The same derivative of another graph of the same values; None of one in inner nodes."""
        base = self.base
        if not isinstance(base, DerivativeGraph):
            value = Graph(tape)
            made = diff.anew(self.derivative, tape, value.returns()[-1:])
            return None if made is None else DerivativeGraph(made, value)
        again = base._of(tape)
        if again is None:
            return None
        again = smooth(again)
        made = diff.anew(self.derivative, again.tape, again.returns()[-1:], again.derivative)
        return None if made is None else DerivativeGraph(made, again)

    def _wanted(self) -> list[int]:
        """The nodes of the results."""
        return [node for result in self.derivative.results for node in result.nodes]

    def _simplified(self, derivative: Derivative, base: Graph, options: Mapping[str, Any]) -> DerivativeGraph:
        roots = [node for result in derivative.results for node in result.nodes]
        keep = derivative.kept_nodes()
        if derivative.indices is not None:
            lower = DerivativeGraph(derivative, base)._of_orders().values()
            keep = distinct(np.concatenate([made.kept_nodes() for made in lower]))
            keep = keep[keep >= 0]
        tape, new, report = simplify.simplify(derivative.tape, roots, keep, **options)
        return DerivativeGraph(derivative.renumbered(tape, new), base, report)

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
        return diff.roles_of(self.derivative)

    def _first(self) -> Tape:
        """The tape of 𝒢: what was differentiated, however often."""
        return self.base._first()


Graph._derived = DerivativeGraph


def smooth(graph: DerivativeGraph) -> DerivativeGraph:
    """A gradient or Jacobian as it is differentiated again: see `removable.py` and `smooth.py` in `differentiate/`."""
    made = diff.once_more(graph.derivative, graph.base.returns()[-1:], graph.report is not None)
    return graph if made is graph.derivative else graph.base._with(made)
