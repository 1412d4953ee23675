"""`Graph`: 𝒢 as users hold it. Every method is a few lines over a function of one of the rooms."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from edgewise import differentiate as diff
from edgewise import evaluate, simplify
from edgewise.api.accurate import accurate_graph, exact_evaluation, options_of, rounding_map
from edgewise.api.algebra import Algebra
from edgewise.api.complex_numbers import any_complex, complex_evaluation
from edgewise.api.drawn import Drawn
from edgewise.api.elsewhere import ELSEWHERE
from edgewise.api.written import Written
from edgewise.errors import GraphError, InputError, missing_attribute
from edgewise.frontends.naming import by_name, is_sympy, name_of
from edgewise.graph import (
    Builder,
    Expr,
    IntArray,
    Parameter,
    Returns,
    Shape,
    Tape,
    node_text,
    resolve,
    titled,
    whole_text,
)
from edgewise.graph.names import Names, Quotient
from edgewise.graph.tensors.scalarize import scalarize
from edgewise.shown import shown

if TYPE_CHECKING:
    from edgewise.accuracy import Rounding
    from edgewise.api.derivative_graph import DerivativeGraph
    from edgewise.evaluate import Cost, Evaluation, TensorCost
    from edgewise.simplify import Report

__all__ = ["Graph", "Node", "Wrt"]

Node = Any
"""A node: its number, its name or label, the expression it was written as, or SymPy's symbol of an input."""

Wrt = Any
"""What a derivative is taken in: one `Node` or a sequence of them; None stands for every input."""


@shown
class Graph(Algebra, Drawn):
    """An expression graph 𝒢: an immutable numbered list of nodes u(1) … u(n), arguments before their consumers.

    Nodes are numbered from 0, inputs first. `tape` holds the columns, `report` what simplification did, None as
    written. Made by `edgewise.graph`, `trace`, `parse`, `Graph.from_networkx` or `Graph.from_json`.

    Nodes hold scalars, or tensors of numbers and named dimensions. What there is for graphs of scalars alone (C and
    native code apart, which take small shapes) raises an UnsupportedError that says so; `scalarize` gives such a graph.

    >>> import edgewise as ew
    >>> G = ew.parse("exp(x*y) + sin(x)")
    >>> G.inputs, len(G), G.number_of_edges()
    (('x', 'y'), 6, 6)
    >>> G.gradient().evaluate(x=0.0, y=2.0).outputs
    (3.0, 0.0)
    >>> G = ew.trace(lambda X, w: X @ w, X=ew.tensor("n", "d"), w=ew.tensor("d"))
    >>> G, G.shape(2)
    (<graph of X @ w: 3 nodes, 2 edges>, (n,))
    """

    __slots__ = ("_origin", "report", "tape")

    def __init__(
        self, tape: Tape, origin: tuple[Builder, IntArray] | None = None, report: Report | None = None
    ) -> None:
        self.tape, self.report = tape, report
        # Which expressions the nodes were written as, for as long as the user holds on to them.
        self._origin = None if origin is None else (weakref.ref(origin[0]), origin[1])

    def __reduce__(self) -> tuple[Any, ...]:
        return Graph, (self.tape, None, self.report)

    def __getattr__(self, name: str) -> NoReturn:
        raise missing_attribute(self, name, ELSEWHERE)

    # --- structure ----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.tape)

    def __repr__(self) -> str:
        return f"<graph of {titled(self.tape, 60)}: {len(self):,} nodes, {self.number_of_edges():,} edges>"

    @property
    def inputs(self) -> tuple[str, ...]:
        """The names of the scalar inputs in order; the entries of a group are `w[0]`, `w[1]`, …"""
        return self.tape.input_names()

    @property
    def outputs(self) -> tuple[int, ...]:
        """The node numbers of the outputs, flat."""
        return self.tape.outputs

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The arguments of the graph as a function: scalars, and groups that are handed over as one array."""
        return self.tape.parameters

    def number_of_edges(self) -> int:
        """The number of (consumer, position, parent) edges; `x*x` has two."""
        return self.tape.n_edges

    def op(self, node: Node) -> str:
        """The operation of a node by name."""
        return self.tape.op(self.node(node)).name

    def arguments(self, node: Node) -> tuple[int, ...]:
        """The parents of a node in position order."""
        return self.tape.arguments(self.node(node))

    def shape(self, node: Node) -> Shape:
        """The shape of a node's value; a scalar's is ()."""
        return self.tape.shape(self.node(node))

    def text(self, node: Node = None, limit: int | None = 200) -> str:
        """The formula of a node, at most `limit` characters.

        Without a node, and with `limit=None`, all of it: what is read twice gets a name in a line of its own, and
        `edgewise.parse` makes the same graph of the text.
        """
        if node is None:
            layout = self.tape.layout.kind
            nest = layout if layout in ("list", "tuple") else "" if len(self.outputs) == 1 else "list"
            return whole_text(self.tape, self.outputs, nest)
        place = self.node(node)
        return whole_text(self.tape, [place]) if limit is None else node_text(self.tape, place, limit)

    @property
    def names(self) -> Names:
        """What the nodes are called, everywhere: `G.names.text(4)`."""
        return self.tape.names

    def name(self, node: Node) -> str:
        """What a node is called: an input by its name, a value as the user's code calls it, any other one u4.

        4 is the number under which it was first written: a node keeps its name when the graph is simplified.

        >>> import edgewise as ew
        >>> G = ew.parse("c = x*y; c*exp(c)")
        >>> [G.name(node) for node in range(len(G))]
        ['x', 'y', 'c', 'u3', 'out']
        """
        return str(self.names.symbol(self.node(node)))

    def __getitem__(self, key: Node) -> int:
        """The number of a node by its name, by the formula that it was written as, or as `node` takes it.

        >>> import edgewise as ew
        >>> G = ew.parse("c = x*y; exp(c) + sin(x)")
        >>> G["c"], G["u3"], G["sin(x)"]
        (2, 3, 4)
        """
        return self.node(key)

    __iter__ = None
    """Nodes are counted by `len` and named by numbers; a graph is no sequence of them."""

    def node(self, key: Node) -> int:
        """The number of a node given by number, by name or formula, or as the expression it was written as.

        A SymPy symbol, an entry such as b[0], a function of time q(t) and its derivatives stand for their inputs.
        """
        if isinstance(key, Expr):
            return self._node_of(key)
        if isinstance(key := name_of(key), str):
            found = self._called(key)
            if found is None:
                others = ", ".join(list(self.names.own.values())[:20])
                named = f", other names {others}, and u{len(self) - 1} is a node by its number" if others else ""
                made = next((name for name in map(self.names.symbol, self.outputs) if isinstance(name, Quotient)), "")
                named += f", and a derivative is called {made}" if made else ""
                hint = f"the inputs are {', '.join(self.inputs[:20]) or 'none'}{named}"
                raise InputError(f"{key!r} names no node", hint=hint)
            return found
        if not isinstance(key, (int, np.integer)):
            raise InputError(f"{key!r:.60} of type {type(key).__name__} is no node", hint="give its number or name")
        if not 0 <= key < len(self.tape):
            raise InputError(f"there is no node {key}: the graph has {len(self.tape)} nodes")
        return int(key)

    def _called(self, name: str) -> int | None:
        """The node of a name or a formula."""
        from edgewise.api.by_text import node_of_text

        found = self.names.find(name)
        return node_of_text(self.names, name) if found is None else found

    def _node_of(self, expr: Expr) -> int:
        builder, number = resolve(expr)
        if self._origin is not None and self._origin[0]() is builder and number < len(self._origin[1]):
            node = int(self._origin[1][number])
            if node >= 0:
                return node
        # An input of another graph is the one of the same name.
        name = builder.attrs.get(number) if number in builder.inputs.values() else None
        if name in self.inputs:
            return self.tape.inputs[self.inputs.index(name)]
        raise GraphError(
            f"the expression {expr!r} is not a node of this graph", hint="use an expression that its outputs depend on"
        )

    # --- numbers ------------------------------------------------------------------------------------------------

    def returns(self) -> tuple[Returns, ...]:
        """What the compiled function returns."""
        return self.tape.returns()

    def evaluate(
        self,
        values: Mapping[str, Any] | None = None,
        /,
        *args: Any,
        check_nans: bool = False,
        digits: int | None = None,
        arithmetic: str = "double",
        **named: Any,
    ) -> Evaluation:
        """Algorithm 6.1 on numbers: `.outputs`, `.values` of every node, `.result` nested as the outputs were given.

        Values are given as a mapping (by name, or by the inputs' expressions or SymPy symbols), by position in input
        order, or by name. They are floats, arrays that broadcast, or one array for a group or a tensor, off which the
        named dimensions are read (ShapeError where they do not fit together). NaN and infinities flow as IEEE
        arithmetic says, without warnings; with `check_nans` a NaN that reaches a result raises NotANumberError, which
        names the operation that made it.

        With `digits` values are `decimal.Decimal`, right to so many digits: precision rises until they are there. With
        arithmetic="ball" they are `flint.arb` balls that are guaranteed to hold the exact value; inputs may be balls
        too. Both are for scalars, and for tensors by way of their entries; see `accuracy/balls.py`.
        Complex numbers are taken where the graph is holomorphic in them; see `evaluate/holomorphic.py`.

        >>> import edgewise as ew
        >>> ew.parse("1 + log(x)*x").evaluate(x=-2.0, check_nans=True)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        edgewise.errors.NotANumberError: log at u2, log(x), is NaN for the arguments -2, and reaches out; ...
        >>> ew.parse("(1 - cos(x))/x**2").evaluate(x=1e-9, digits=25).outputs
        (Decimal('0.4999999999999999999583333'),)
        """
        if digits is not None or arithmetic != "double":
            return exact_evaluation(self.tape, values, args, named, digits, arithmetic)
        if any_complex(values, args, named):
            found = complex_evaluation(self, values, args, named)
        else:
            found = evaluate.propagate(self.tape, *self._bound(values, args, named))
        return self._checked(found) if check_nans else found

    def rounding(
        self, values: Mapping[str, Any] | None = None, /, *args: Any, at: Mapping[str, Any] | None = None, **named: Any
    ) -> Rounding:
        """The map of rounding: which node's rounding costs which result its digits, and which rewrite keeps them.

        Without values it is over `points` (256) doubles within `ranges`, drawn by `seed`, where the condition `where`
        holds (see `simplify`, level "accurate"); with values (`at=`, by position or by name) at one point. Rows of
        `.nodes` have the node, its formula and line, its share of the result's error, the bits that it costs, and how
        its relative error grows (`condition`); `.edges` the same of edges; `.shares` is by node. It is of the program
        as it stands, a derivative's own nodes as well. For graphs of scalars.

        >>> import edgewise as ew
        >>> G = ew.parse("(1 - cos(x))/x**2")
        >>> row = G.rounding(x=1e-5).nodes[0]
        >>> row.text, round(row.bits), row.repairs
        ('cos(x)', 34, ('one minus a cosine',))
        """
        accurate: dict[str, Any] = {
            name: named.pop(name) for name in ("ranges", "points", "seed", "where") if name in named
        }
        values = values if at is None else at
        given = None if values is None and not args and not named else self._bound(values, args, named)[0]
        return rounding_map(self, given, accurate)

    def _checked(self, found: Evaluation) -> Evaluation:
        evaluate.raise_for_nan(self.names, found.values, [node for result in self.returns() for node in result.nodes])
        return found

    def _bound(self, values: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[list[Any], Any]:
        """The value of each input, and the numbers of the named dimensions."""
        if isinstance(values, Mapping):
            return evaluate.bind(self.tape, args, by_name(values, named))
        return evaluate.bind(self.tape, args if values is None else (values, *args), named)

    def forward_accumulate(self, wrt: Node, values: Mapping[str, Any]) -> Evaluation:
        """Forward accumulation on numbers: `.table` has the tangent of every node that depends on `wrt`.

        A tangent on tensors has the axes of `wrt` in front of the node's own.

        >>> import edgewise as ew
        >>> G = ew.parse("sum(A @ x)", shapes="A: m,n; x: n")
        >>> G.forward_accumulate("x", {"A": [[1, 2], [3, 4]], "x": [1, 1]}).table[G.outputs[0]]
        array([4., 6.])
        """
        return evaluate.forward_accumulate(self.tape, *self._bound(values, (), {}), self.node(wrt))

    def back_propagate(self, values: Mapping[str, Any]) -> Evaluation:
        """Algorithm 6.2 on numbers, of tensors 6.5: `.table` is grad_table, for the one scalar output.

        >>> import edgewise as ew
        >>> G = ew.parse("sum(A @ x)", shapes="A: m,n; x: n")
        >>> G.back_propagate({"A": [[1, 2], [3, 4]], "x": [1, 1]}).table[G.node("x")]
        array([4., 6.])
        """
        return evaluate.back_propagate(self.tape, *self._bound(values, (), {}))

    def cost(self) -> Cost | TensorCost:
        """Exact counts: operations, depth, values held at once, paths; of tensors, polynomials in the named dimensions.

        >>> import edgewise as ew
        >>> ew.parse("X @ w", shapes="X: n,d; w: d").cost().work
        2*d*n
        """
        return evaluate.cost_of(self.tape)

    # --- derivatives --------------------------------------------------------------------------------------------

    def _wrt(self, wrt: Wrt) -> diff.Wrt:
        if wrt is None:
            return diff.resolve_wrt(self.tape, None)
        names = dict(zip(self.tape.inputs, self.inputs, strict=True))

        def plain(item: Node) -> str | int:
            if isinstance(item, Expr):
                node = self._node_of(item)
                return names.get(node, node)
            return name_of(item)  # type: ignore[no-any-return]

        if isinstance(wrt, (str, int, np.integer, Expr)) or (is_sympy(wrt) and not hasattr(wrt, "__len__")):
            return diff.resolve_wrt(self.tape, plain(wrt))
        if not isinstance(wrt, Iterable):
            hint = f"give names of its inputs, {', '.join(self.inputs[:20])}, or numbers of nodes"
            raise InputError(f"nothing can be differentiated in {wrt!r:.60} of type {type(wrt).__name__}", hint=hint)
        return diff.resolve_wrt(self.tape, [plain(item) for item in wrt])

    def _derivative(self, make: Callable[..., diff.Derivative], wrt: Wrt, *extra: Any) -> DerivativeGraph:
        return self._with(make(self.tape, self._wrt(wrt), self.returns()[-1:], *extra))

    def _with(self, made: diff.Derivative) -> DerivativeGraph:
        """A derivative of this graph; its own graph is another where what is removable has been removed."""
        return self._derived(made, self if made.base is self.tape else Graph(made.base))

    # --- simplification -----------------------------------------------------------------------------------------

    def simplify(
        self,
        level: str = "real",
        *,
        expand: bool = False,
        sizes: Mapping[str, int] | None = None,
        progress: bool | None = None,
        **accurate: Any,
    ) -> Graph:
        """The same outputs with fewer operations, in stable forms; `.report` says how. See `DerivativeGraph.simplify`.

        The level "accurate" takes `ranges`, `points`, `seed` and `seconds` besides, and keeps digits.

        >>> import edgewise as ew
        >>> ew.parse("sum(log(1 + exp(X @ w)))", shapes="X: n,d; w: d").simplify()
        <graph of sum(softplus(X @ w)): 5 nodes, 4 edges>
        """
        asked = options_of(level, accurate, progress)
        if asked is not None:
            return accurate_graph(self, asked)
        tape, _, report = simplify.simplify(
            self.tape, self.outputs, level=level, expand=expand, sizes=sizes, progress=progress
        )
        return Graph(tape, None, report)

    def scalarize(self, **sizes: int) -> Graph:
        """The graph of scalars, one node for each entry and operation, with numbers for the named dimensions.

        Inputs become groups. The graph takes every back end, elimination order and sparsity method; it is for small
        shapes. Matrices are factored without exchanging rows.

        >>> import edgewise as ew
        >>> ew.parse("X @ w", shapes="X: n,d; w: d").scalarize(n=2, d=2)
        <graph of X[0,0]*w[0] + X[0,1]*w[1], X[1,0]*w[0] + X[1,1]*w[1]: 12 nodes, 12 edges>
        """
        return Graph(scalarize(self.tape, sizes, self.returns()[-1:])[0])


Written._graph = Graph
