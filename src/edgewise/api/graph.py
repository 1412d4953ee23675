"""`Graph`: 𝒢 as users hold it. Every method is a few lines over a function of one of the rooms."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NoReturn

import numpy as np

from edgewise import differentiate as diff
from edgewise.api.drawn import Drawn
from edgewise.api.written import Written
from edgewise.errors import GraphError, InputError, missing_attribute
from edgewise.evaluate import (
    Cost,
    Evaluation,
    back_propagation,
    bind,
    cost_of,
    forward_accumulation,
    forward_propagation,
    raise_for_nan,
)
from edgewise.frontends.naming import by_name, is_sympy, name_of
from edgewise.graph import (
    Builder,
    Expr,
    IntArray,
    Parameter,
    Pattern,
    Returns,
    Shape,
    Tape,
    node_text,
    resolve,
    whole_text,
)
from edgewise.graph.same import same_graphs
from edgewise.simplify import Report, simplify

if TYPE_CHECKING:
    from edgewise.api.derivative import DerivativeGraph

__all__ = ["Graph", "Node", "Wrt"]

Node = Any
"""A node: its number, its name or label, the expression it was written as, or SymPy's symbol of an input."""

Wrt = Any
"""What a derivative is taken in: one `Node` or a sequence of them; None stands for every input."""


ELSEWHERE: Final[Mapping[str, str]] = {
    **dict.fromkeys(
        ("diff", "differentiate", "derivative", "grad", "autograd", "backward"), "did you mean 'gradient'?"
    ),
    **dict.fromkeys(("jac", "jacfwd", "jacrev"), "did you mean 'jacobian'?"),
    **dict.fromkeys(("lambdify", "jit", "numpy", "function", "build"), "did you mean 'compile'?"),
    **dict.fromkeys(("eval", "evalf", "subs", "forward", "run", "call", "apply"), "did you mean 'evaluate'?"),
    **dict.fromkeys(("optimize", "optimise", "cse", "reduce", "simplified"), "did you mean 'simplify'?"),
    **dict.fromkeys(("draw", "plot", "render", "show", "svg"), "did you mean 'to_svg'?"),
    **dict.fromkeys(("source", "code", "python", "codegen"), "did you mean 'to_python'?"),
    **dict.fromkeys(("save", "dump", "dumps", "json"), "did you mean 'to_json'?"),
    "edges": "did you mean 'number_of_edges'? a derivative graph has the ledger in .edges",
    "nodes": "write len(G), and G.op(i), G.arguments(i), G.text(i) of node i",
    "latex": "did you mean 'to_latex'?",
    "sympy": "did you mean 'to_sympy'?",
}
"""What others call it → what to write."""


class Graph(Drawn, Written):
    """An expression graph 𝒢: an immutable numbered list of nodes u(1) … u(n), arguments before their consumers.

    Nodes are numbered from 0, inputs first. `tape` holds the columns. Made by `edgewise.graph`, `trace`, `parse`,
    `Graph.from_networkx` or `Graph.from_json`.

    >>> import edgewise as ew
    >>> G = ew.parse("exp(x*y) + sin(x)")
    >>> G.inputs, len(G), G.number_of_edges()
    (('x', 'y'), 6, 6)
    >>> G.gradient().evaluate(x=0.0, y=2.0).outputs
    (3.0, 0.0)
    """

    __slots__ = ("_origin", "tape")

    def __init__(self, tape: Tape, origin: tuple[Builder, IntArray] | None = None) -> None:
        self.tape = tape
        # Which expressions the nodes were written as, for as long as the user holds on to them.
        self._origin = None if origin is None else (weakref.ref(origin[0]), origin[1])

    def __reduce__(self) -> tuple[Any, ...]:
        return Graph, (self.tape,)

    def __getattr__(self, name: str) -> NoReturn:
        raise missing_attribute(self, name, ELSEWHERE)

    # --- structure ----------------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self.tape)

    def __repr__(self) -> str:
        shown = ", ".join(node_text(self.tape, node, 60) for node in self.outputs[:3])
        more = ", …" if len(self.outputs) > 3 else ""
        return f"<graph of {shown}{more}: {len(self):,} nodes, {self.number_of_edges():,} edges>"

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

    def node(self, key: Node) -> int:
        """The number of a node given by number, by input name, by label, or as the expression it was written as.

        A SymPy symbol, an entry such as b[0], a function of time q(t) and its derivatives stand for their inputs.
        """
        if isinstance(key, Expr):
            return self._node_of(key)
        if isinstance(key := name_of(key), str):
            for node, name in zip(self.tape.inputs, self.inputs, strict=True):
                if name == key:
                    return node
            for node, label in self.tape.labels.items():
                if label == key:
                    return node
            raise InputError(f"{key!r} names no node", hint=f"the inputs are {', '.join(self.inputs[:20]) or 'none'}")
        self._check_node(key)
        return int(key)

    def _check_node(self, node: int) -> None:
        if not 0 <= node < len(self.tape):
            raise InputError(f"there is no node {node}: the graph has {len(self.tape)} nodes")

    def equals(self, other: Graph) -> bool:
        """Whether another graph has the same inputs, and the same results nested alike, as formulas.

        The numbering of inner nodes and nodes that no result needs make no difference, nor does how much is shared;
        constants are compared by type and value. Nothing is simplified. See `edgewise.same` for expressions.

        >>> import edgewise as ew
        >>> ew.parse("s = x*y; s + s").equals(ew.parse("x*y + x*y"))
        True
        """
        if not isinstance(other, Graph):
            raise InputError(f"a graph is compared with a {type(other).__name__}", hint="compare two graphs")
        return same_graphs((self.tape, self.returns()), (other.tape, other.returns()))

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

    def _wrt(self, wrt: Wrt) -> diff.Wrt:
        names = dict(zip(self.tape.inputs, self.inputs, strict=True))

        def plain(item: Node) -> str | int:
            if isinstance(item, Expr):
                node = self._node_of(item)
                return names.get(node, node)
            return name_of(item)  # type: ignore[no-any-return]

        if wrt is None:
            return diff.resolve_wrt(self.tape, None)
        if isinstance(wrt, (str, int, np.integer, Expr)) or (is_sympy(wrt) and not hasattr(wrt, "__len__")):
            return diff.resolve_wrt(self.tape, plain(wrt))
        return diff.resolve_wrt(self.tape, [plain(item) for item in wrt])

    # --- numbers ------------------------------------------------------------------------------------------------

    def returns(self) -> tuple[Returns, ...]:
        """What the compiled function returns."""
        return self.tape.returns()

    def evaluate(
        self, values: Mapping[str, Any] | None = None, /, *args: Any, check_nans: bool = False, **named: Any
    ) -> Evaluation:
        """Algorithm 6.1 on numbers: `.outputs`, `.values` of every node, `.result` nested as the outputs were given.

        Values are given as a mapping (by name, or by the inputs' expressions or SymPy symbols), by position in input
        order, or by name. They are floats, arrays that broadcast,
        or one array for a group. NaN and infinities flow as IEEE arithmetic says, without warnings; with `check_nans` a
        NaN that reaches a result raises NotANumberError, which names the operation that made it.

        >>> import edgewise as ew
        >>> ew.parse("1 + log(x)*x").evaluate(x=-2.0, check_nans=True)  # doctest: +ELLIPSIS
        Traceback (most recent call last):
        ...
        edgewise.errors.NotANumberError: log at node 2, log(x), is NaN for the arguments -2, and reaches node 4; ...
        """
        found = forward_propagation(self.tape, self._bound(values, args, named))
        return self._checked(found) if check_nans else found

    def _checked(self, found: Evaluation) -> Evaluation:
        raise_for_nan(self.tape, found.values, [node for result in self.returns() for node in result.nodes])
        return found

    def _bound(self, values: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> list[Any]:
        if isinstance(values, Mapping):
            return bind(self.tape.parameters, args, by_name(values, named))
        return bind(self.tape.parameters, args if values is None else (values, *args), named)

    def forward_accumulate(self, wrt: Node, values: Mapping[str, Any]) -> Evaluation:
        """Forward accumulation on numbers: `.table` has the tangent of every node that depends on `wrt`."""
        return forward_accumulation(self.tape, self._bound(values, (), {}), self.node(wrt))

    def back_propagate(self, values: Mapping[str, Any]) -> Evaluation:
        """Algorithm 6.2 on numbers: `.table` is grad_table, for the one output."""
        if len(self.outputs) != 1:
            raise InputError(f"back-propagation starts from one output and the graph has {len(self.outputs)}")
        return back_propagation(self.tape, self._bound(values, (), {}), self.outputs[0])

    def cost(self) -> Cost:
        """Exact counts: operations, depth, values held at once, paths."""
        return cost_of(self.tape)

    # --- derivatives --------------------------------------------------------------------------------------------

    def _derivative(self, make: Callable[..., diff.Derivative], wrt: Wrt, *extra: Any) -> DerivativeGraph:
        from edgewise.api.derivative import DerivativeGraph

        return DerivativeGraph(make(self.tape, self._wrt(wrt), self.returns()[-1:], *extra), self)

    def _smooth_gradient(self, wrt: Wrt) -> DerivativeGraph:
        """The gradient as it is differentiated again: see `removable.py` and `smooth.py` in `differentiate/`."""
        from edgewise.api.derivative import DerivativeGraph

        first = diff.gradient(*diff.without_removable(self.tape, self._wrt(wrt), self.returns()[-1:]))
        base = self if first.base is self.tape else Graph(first.base)
        return DerivativeGraph(diff.smooth_at_zero(first), base)

    def tangent(self, wrt: Node) -> DerivativeGraph:
        """Forward accumulation as a graph: the derivative of every output in one input or inner node."""
        return self._derivative(diff.tangent, wrt)

    def gradient(self, wrt: Wrt = None) -> DerivativeGraph:
        """Back-propagation (algorithm 6.2) as a graph: the derivative of the one scalar output in `wrt`.

        `wrt` names inputs, groups or inner nodes (by number or as expressions); all inputs by default. The graph is
        as the algorithm writes it, one partial and one product for each edge; call `.simplify()` to shrink it.
        """
        return self._derivative(diff.gradient, wrt)

    def jacobian(
        self,
        wrt: Wrt = None,
        order: str | Sequence[Any] = "auto",
        *,
        sparse: str | bool = False,
        seed: int | None = None,
        seconds: float | None = None,
        evaluations: int | None = None,
        progress: bool | None = None,
    ) -> DerivativeGraph:
        """The derivative of every output in every input, nested [output][input] whatever container they came in.

        An array in several scalar inputs gives one array with the inputs on its last axis (a matrix of one row or
        column counts as the vector of its entries); groups and tensors stay apart, and one input alone comes bare.

        `order` is "reverse" (one sweep for each output), "forward" (one for each input), "markowitz" (vertex
        elimination, always at a vertex of least in-degree × out-degree), "search" (an elimination order with few
        multiplications, found in `seconds`, 20 by default, or in so many `evaluations` of a move; the same for the same
        `seed`, which is 0, and evaluations), an explicit order of the inner nodes such as `.order` of an earlier
        Jacobian, or "auto": the cheapest of the first three by counting. A search shows a progress bar on terminals
        and in notebooks (`progress` says otherwise); Ctrl-C ends it with the best order so far.

        Before a node an order may hold a part of it, (parent, node, consumer): of the products that are made at the
        node those of the edge from the parent and of the edge to the consumer, None standing for every edge. (`~i` is
        node i as a wanted node or an output, where it is an inner node too.) A search takes such parts where they pay.

        With `sparse` the result is one matrix [flat output, flat input] of which only the structural nonzeros are
        computed, by sweeps ("forward", "reverse" or "auto"): "scipy" (or True) a `scipy.sparse.csr_array`, "coo" the
        arrays (rows, columns, values), "dense" an array with the zeros filled in.

        >>> import edgewise as ew, numpy as np
        >>> ew.trace(lambda x, y: np.array([x*y, x**2, y**3]), "x", "y").jacobian().compile()(2.0, 3.0)[1].tolist()
        [[3.0, 2.0], [4.0, 0.0], [0.0, 27.0]]
        >>> G = ew.parse("[sin(x*y)*x, cos(x*y)*y]")
        >>> J = G.jacobian(order="search")
        >>> J.order, J.cost().elimination_multiplications
        ((6, 5, 3, 2), 6)
        >>> len(G.jacobian(order=J.order)) == len(J)
        True
        >>> f = ew.parse("[x*y, z**2]").jacobian(sparse="coo").compile()
        >>> [column.tolist() for column in f(2.0, 3.0, 4.0)[1]]
        [[0, 0, 1], [0, 1, 2], [3.0, 2.0, 8.0]]
        """
        options = {"seed": seed, "seconds": seconds, "evaluations": evaluations, "progress": progress}
        if sparse is not False:
            given = next((name for name, value in options.items() if value is not None), None)
            if given is not None:
                raise InputError(f"{given}= belongs to a search, and a sparse Jacobian has none", hint="leave it out")
            return self._derivative(diff.sparse_jacobian, wrt, order, sparse)
        if not isinstance(order, str):
            order = [self._item(item) for item in order]
        return self._derivative(
            diff.jacobian, wrt, order, {name: value for name, value in options.items() if value is not None}
        )

    def _item(self, item: Any) -> Any:
        """An item of an elimination order with nodes as numbers; whether it fits is seen later."""
        if isinstance(item, (tuple, list)):
            return tuple(self._item(part) for part in item)
        return self.node(item) if isinstance(item, (str, Expr)) or is_sympy(item) else item

    def hessian(self, wrt: Wrt = None, *, sparse: str | bool = False, order: str = "auto") -> DerivativeGraph:
        """The second derivatives of the one scalar output: the Jacobian of the gradient, by the same code.

        With `sparse` ("scipy", "coo" or "dense", as for `jacobian`) only the structural nonzeros of one triangle are
        computed, and the other triangle mirrors them. `order` is for these: "push" pushes arcs between nodes down the
        graph, with the fewest operations and an empty ledger; "sweeps" runs over the gradient graph as a Jacobian does
        and keeps the ledger; "auto" pushes where there are no branches.
        """
        from edgewise.api.derivative import DerivativeGraph

        gradient = self._smooth_gradient(wrt)
        if sparse is not False:
            return DerivativeGraph(diff.sparse_hessian(gradient.derivative, sparse, order), gradient)
        if order != "auto":
            raise InputError(f"order={order!r} is for sparse Hessians", hint='give sparse="dense" too')
        return DerivativeGraph(diff.hessian(gradient.derivative), gradient)

    def sparsity(self, wrt: Wrt = None) -> Pattern:
        """The structural nonzeros of the Jacobian [flat output, flat input]: `.rows`, `.columns`, `.shape`, `.nnz`.

        >>> import edgewise as ew
        >>> ew.parse("[x*y, z**2]").sparsity().to_dense().astype(int).tolist()
        [[1, 1, 0], [0, 0, 1]]
        """
        return diff.jacobian_sparsity(self.tape, self._wrt(wrt))

    def hessian_sparsity(self, wrt: Wrt = None) -> Pattern:
        """The structural nonzeros of the Hessian of the one scalar output: the inputs that interact nonlinearly."""
        return diff.hessian_sparsity(self.tape, self._wrt(wrt))

    def jvp(self, wrt: Wrt = None) -> DerivativeGraph:
        """Jacobian times vector: adds one input `<name>_dot` for each wrt parameter, and one forward sweep."""
        return self._derivative(diff.jvp, wrt)

    def vjp(self, wrt: Wrt = None) -> DerivativeGraph:
        """Vector times Jacobian: adds one input `out_bar` of the outputs' number, and one reverse sweep."""
        return self._derivative(diff.vjp, wrt)

    def hvp(self, wrt: Wrt = None) -> DerivativeGraph:
        """Hessian times vector: a forward sweep over the gradient (forward over reverse)."""
        from edgewise.api.derivative import DerivativeGraph

        gradient = self._smooth_gradient(wrt)
        return DerivativeGraph(diff.hvp(gradient.derivative), gradient)

    # --- simplification -----------------------------------------------------------------------------------------

    def simplify(self, level: str = "real", *, expand: bool = False, progress: bool | None = None) -> Graph:
        """The same outputs with fewer operations. See `DerivativeGraph.simplify`."""
        keep = np.zeros(0, dtype=np.int64)
        tape, _, report = simplify(self.tape, self.outputs, keep, level, expand=expand, progress=progress)
        return SimplifiedGraph(tape, report)


class SimplifiedGraph(Graph):
    """A simplified graph, with the report of what was merged and rewritten."""

    __slots__ = ("report",)

    def __init__(self, tape: Tape, report: Report) -> None:
        super().__init__(tape)
        self.report = report

    def __reduce__(self) -> tuple[Any, ...]:
        return SimplifiedGraph, (self.tape, self.report)
