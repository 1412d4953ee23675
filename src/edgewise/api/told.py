"""How a derivative is told: the explorer page, the algorithm's steps, kinks and domains, and the derivation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from edgewise import evaluate, lower
from edgewise.api.drawn import of_this_graph
from edgewise.errors import EdgewiseError, InputError
from edgewise.graph import Tape

if TYPE_CHECKING:
    from edgewise.accuracy import Rounding
    from edgewise.api.derivative_graph import DerivativeGraph
    from edgewise.api.graph import Graph, Node
    from edgewise.api.ledger_view import LedgerEntry
    from edgewise.api.written import Only
    from edgewise.differentiate import Derivative
    from edgewise.evaluate import Evaluation, SpecialPoint
    from edgewise.lower import Program
    from edgewise.simplify import Report
    from edgewise.view.explanations.algorithm_steps import Steps
    from edgewise.view.explanations.explanation import Explanation
    from edgewise.view.explanations.why import Why
    from edgewise.view.explorer.page import Explorer
    from edgewise.view.explorer.rewrites import Stage
    from edgewise.view.pictures.scene import Scene

__all__ = ["Told"]


class Told:
    """What a derivative graph shows of how it came about. Everything in `view` is imported when it is first needed."""

    __slots__ = ()

    if TYPE_CHECKING:
        tape: Tape
        derivative: Derivative
        base: Graph
        report: Report | None

        def __len__(self) -> int: ...

        def _bound(self, values: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[list[Any], Any]: ...

        def _scene(self) -> Scene: ...

        def _entries(self, node: int) -> list[LedgerEntry]: ...

        def node(self, key: Any) -> int: ...

        def cost(self) -> Any: ...

        def evaluate(self, values: Any = None, /, *args: Any, **named: Any) -> Evaluation: ...

        def program(self, only: Only = None) -> Program: ...

        def simplify(self) -> DerivativeGraph: ...

    def why(self, node: Node) -> Why:
        """The edges of 𝒢 that a node of ℬ serves: as their partial, product or sum, or on the way to one of these.

        A list of ledger entries that prints as sentences: which edges and rules made the node, what reads it, what
        simplification did. `.picture` shows it among its neighbours, as a notebook does.
        A node that only holds a value of 𝒢 serves no edge. After simplification one node may serve several.

        >>> import edgewise as ew
        >>> why = ew.parse("x*sin(x)").gradient().why("∂u1/∂x")
        >>> print(why)
        ∂u1/∂x = cos(x) is node 6.
        It is the local partial ∂u1/∂x, by the derivative of sin.
        It is read by u7.
        >>> [(entry.consumer, entry.parent) for entry in why]
        [(1, 0)]
        """
        from edgewise.view.explanations.why import Why

        place = self.node(node)
        return Why(self._entries(place), self._scene(), place, self.report)

    def explore(
        self,
        values: Mapping[str, Any] | None = None,
        /,
        *args: Any,
        rounding: Rounding | None = None,
        **named: Any,
    ) -> Explorer:
        """A page in which formulas, 𝒢, ℬ and the source are linked and the algorithm can be stepped through.

        In a notebook it is shown; `.save("page.html")` writes the one file, which needs nothing from the network. The
        sliders start at the given values, 1 by default. What does not fit is in groups that open: lines of source,
        functions, repetitions. Of a graph of more than 2,000 nodes the page holds those with which the sweep begins and
        the rest as groups, and has no sliders; nor have tensors, whose numbers are those of the given arrays, or else
        random ones, the same each time. The page of a graph as it was written shows its simplification too, rewrite by
        rewrite. With the map of `rounding()` boxes glow by their share of the error of a result, and a list says what
        loses how many bits and which repair there is. Raises InputError for values of more than one point, and for a
        map of another graph.

        >>> import edgewise as ew
        >>> page = ew.parse("exp(x*y) + sin(x)").gradient().explore(x=0.5, y=2.0)
        >>> page.html.startswith("<!DOCTYPE html>"), "http://" in page.html.replace("http://www.w3.org", "")
        (True, False)
        >>> page = ew.parse("sum(A @ x)", shapes="A: m,n; x: n").gradient("x").explore(A=[[1, 2], [3, 4]], x=[1, 1])
        >>> "[4., 6.]" in page.html
        True
        """
        from edgewise.view.explorer.page import Explorer

        given = values is not None or args or named
        flat, sizes = self._bound(values, args, named) if given else evaluate.usual_inputs(self.tape)
        for node, value in zip(self.tape.inputs, flat):
            if np.ndim(value) > len(self.tape.shape(node)):
                raise InputError("the page shows one point at a time", hint="give one number for each input")
        numbers = self._values(flat, sizes, bool(given))
        source = lower.python_source(self.program(), "f_and_derivative")
        if rounding is not None:
            of_this_graph(rounding, self.tape)
        return Explorer(
            self._scene(), source, self.cost().to_data(), numbers, self._rewriting, rounding, None if given else sizes
        )

    def _values(self, flat: Sequence[Any], sizes: Mapping[str, int], given: bool) -> tuple[Any, ...] | None:
        """The value of every node; None where what was not given, but chosen, does not fit the graph."""
        try:
            return evaluate.propagate(self.tape, flat, sizes).values
        except (EdgewiseError, IndexError, ValueError):  # the last two are NumPy's
            if given:
                raise
            return None

    def _rewriting(self) -> Iterable[Stage]:
        """What simplification makes of it step by step, for a page; nothing where it is simplified already."""
        from edgewise.view.explorer.page_data import WHOLE
        from edgewise.view.explorer.rewrites import stages

        if self.report is not None or len(self) > WHOLE:
            return ()
        after = self.simplify()
        assert after.report is not None
        return stages(self.derivative, after.derivative, after.report)

    def steps(self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any) -> Steps:
        """The algorithm's lines as they run on numbers: 6.1 upwards, then each sweep edge by edge; they print as such.

        Every number is read off the node that the ledger names, so the last line of each sweep is the answer. On
        tensors these are the lines of `build_grad` (algorithm 6.5): a step of an edge has its vector-Jacobian product.

        >>> import edgewise as ew
        >>> B = ew.parse("sum(A @ x)", shapes="A: n,n; x: n").gradient("x")
        >>> print(*str(B.steps(A=[[1, 2], [3, 4]], x=[1, 1])).splitlines()[-3:], sep="\\n")
          grad_table[out] ← 1
          grad_table[u2] ← bprop(out, u2) = ones((n,)) = [1., 1.]
          grad_table[x] ← bprop(u2, x) = A.T @ grad_table[u2] = [4., 6.]
        """
        from edgewise.view.explanations.algorithm_steps import Steps

        return Steps.of(self.derivative, evaluate.ledger_steps(self.derivative, *self._bound(values, args, named)))

    def special_points(
        self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any
    ) -> list[SpecialPoint]:
        """Every kink, jump and edge of a domain of 𝒢, with its ledger edges and the convention that holds there.

        With values, `.met` says of each whether they meet it.

        >>> import edgewise as ew
        >>> for point in ew.parse("abs(x)*log(y)").gradient().special_points(x=0.0, y=2.0):
        ...     print(point, point.met)
        u2: abs has a kink where x == 0: slope 0 at 0, the middle of [-1, 1] True
        u3: log leaves its domain where y <= 0: value NaN or infinite, the slope the quotient as written False
        """
        base, ledger = self.base, self.derivative.ledger
        rows: dict[int, list[int]] = {}
        for row, consumer in enumerate(ledger.consumer.tolist()):
            rows.setdefault(consumer, []).append(row)
        below: Any = base.derivative.results if self.derivative.indices is not None and isinstance(base, Told) else ()
        read = [
            *base.outputs,
            *(node for result in below for node in result.nodes),
        ]  # of every order, not the last alone
        live, varied = base.tape.live(read), base.tape.depends_on(self.derivative.wrt.nodes)
        given = values is not None or args or named
        numbers = base.evaluate(values, *args, **named).values if given else None
        unsought = set(self.derivative.unsought)
        if isinstance(base, Told):
            unsought |= {int(base.derivative.base_nodes[node]) for node in base.derivative.unsought}
        nodes = np.flatnonzero(live).tolist()
        return evaluate.special_points(base.tape, nodes, rows, numbers, varied.tolist(), unsought)

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
        ℬ, back-propagation (algorithm 6.2) from out down: one product for each edge
          grad_table[u1] collects the derivative of out in u1
          the sweep starts
            start               grad_table[out] = ∂out/∂out = 1
          u1 → out = x*u1
            product rule        ∂out/∂u1 = ∂(x*u1)/∂u1 = x
            chain rule          grad_table[u1] = grad_table[out] · ∂out/∂u1 = x
          x → out = x*u1
            product rule        ∂out/∂x at 0 = ∂(x*u1)/∂x at 0 = u1
            chain rule          grad_table[x] = grad_table[out] · ∂out/∂x at 0 = u1
          x → u1 = sin(x)
            derivative of sin   ∂u1/∂x = ∂(sin(x))/∂x = cos(x)
            chain rule          grad_table[x] += grad_table[u1] · ∂u1/∂x = x*cos(x)
            added up            grad_table[x] = u1 + x*cos(x)
        <BLANKLINE>
        The gradient, in the inputs
          ∂out/∂x = grad_table[x] = sin(x) + x*cos(x)
        """
        from edgewise.view.explanations.explanation import Explanation

        given = values is not None or args or named
        return Explanation(self.derivative, limit, self.evaluate(values, *args, **named).values if given else None)
