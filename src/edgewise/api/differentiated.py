"""What is derived from a graph: gradients, Jacobians, second derivatives, and where they are not zero."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from edgewise import differentiate as diff
from edgewise import evaluate
from edgewise.api.directions import read_direction
from edgewise.errors import InputError
from edgewise.frontends.naming import is_sympy, name_of
from edgewise.graph import Expr, Pattern, Tape

if TYPE_CHECKING:
    from edgewise.api.derivative_graph import DerivativeGraph
    from edgewise.api.graph import Node, Wrt
    from edgewise.evaluate import Accumulation

__all__ = ["Differentiated"]


class Differentiated:
    """The derivatives of a graph, each a graph again."""

    __slots__ = ()

    _derived: ClassVar[type[DerivativeGraph]]
    """The class of what is derived, which is built on this one."""

    if TYPE_CHECKING:
        tape: Tape

        def node(self, key: Any) -> int: ...

        def _wrt(self, wrt: Wrt) -> diff.Wrt: ...

        def _input(self, key: Any) -> str: ...

        def _derivative(self, make: Callable[..., diff.Derivative], wrt: Wrt, *extra: Any) -> DerivativeGraph: ...

    def tangent(self, wrt: Node = None) -> DerivativeGraph:
        """Forward accumulation as a graph: the derivative of every output in one input or inner node, its axes last.

        Where there is one input alone it need not be named. InputError for several.
        """
        return self._derivative(diff.tangent, self._input(None) if wrt is None else wrt)

    def gradient(self, wrt: Wrt = None) -> DerivativeGraph:
        """Back-propagation (algorithm 6.2) as a graph: the derivative of the one scalar output in `wrt`.

        `wrt` names inputs, groups or inner nodes (by number or as expressions); all inputs by default. The graph is
        as the algorithm writes it, one partial and one product for each edge; call `.simplify()` to shrink it. Of
        tensors it is algorithm 6.5, with one vector-Jacobian product for each edge; the gradient has its input's shape.

        >>> import edgewise as ew
        >>> B = ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w")
        >>> B.simplify()
        <simplified gradient graph 2*(X.T @ (X @ w - y)): 13 nodes, 4 edges of 𝒢>
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
        column counts as the vector of its entries); groups and tensors stay apart, and one input alone comes bare. Of
        tensors the shape is (output's shape, input's shape), and the order "reverse", "forward" or "auto".

        `order` is "reverse" (one sweep for each output), "forward" (one for each input), "markowitz" (vertex
        elimination, always at a vertex of least in-degree × out-degree), "search" (an elimination order with few
        multiplications, found in `seconds`, 20 by default, or in so many `evaluations` of a move; the same for the same
        `seed`, which is 0, and evaluations), an explicit order of the inner nodes such as `.order` of an earlier
        Jacobian, or "auto": the cheapest of the first three by counting, and of small graphs that of which
        simplification leaves the fewest operations. A search shows a progress bar on terminals and in notebooks
        (`progress` says otherwise); Ctrl-C ends it with the best order so far.

        Before a node an order may hold a part of it, (parent, node, consumer): of the products that are made at the
        node those of the edge from the parent and of the edge to the consumer, None standing for every edge. (`~i` is
        node i as a wanted node or an output, where it is an inner node too.) A search takes such parts where they pay.

        With `sparse` the result is one matrix [flat output, flat input] of which only the structural nonzeros are
        computed, by sweeps or as entries of an elimination, as `order` says: "scipy" (or True) a
        `scipy.sparse.csr_array`, "coo" the arrays (rows, columns, values), "dense" an array with the zeros filled in.

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
        search = {name: value for name, value in options.items() if value is not None}
        if sparse is not False:
            for name in search:
                raise InputError(f"{name}= belongs to a search, and a sparse Jacobian has none", hint="leave it out")
            made = self._derivative(diff.sparse_jacobian, wrt, order, sparse)
            return self._shortest(made, diff.sparse_jacobian, wrt, sparse) if order == "auto" else made
        if not isinstance(order, str):
            order = [self._item(item) for item in order]
        made = self._derivative(diff.jacobian, wrt, order, search)
        return self._shortest(made, diff.jacobian, wrt, search) if order == "auto" else made

    def _shortest(
        self, made: DerivativeGraph, make: Callable[..., diff.Derivative], wrt: Wrt, *extra: Any
    ) -> DerivativeGraph:
        """Of a small Jacobian the order in which the fewest operations are left of it: products that are made are not
        all that matters."""
        orders = diff.orders_beside(made.derivative)
        return _with_least_left([made, *(self._derivative(make, wrt, order, *extra) for order in orders)])

    def _item(self, item: Any) -> Any:
        """An item of an elimination order with nodes as numbers; whether it fits is seen later."""
        if isinstance(item, (tuple, list)):
            return tuple(self._item(part) for part in item)
        return self.node(item) if isinstance(item, (str, Expr)) or is_sympy(item) else item

    def hessian(self, wrt: Wrt = None, *, sparse: str | bool = False, order: str = "auto") -> DerivativeGraph:
        """The second derivatives of the one scalar output: the Jacobian of the gradient, by the same code.

        One triangle is written and the other mirrors it: H[i][j] and H[j][i] are one node. `order` is "sweeps", over
        the gradient graph as a Jacobian does, or "auto": vertices are eliminated in Markowitz's order where that takes
        fewer operations. With `sparse` ("scipy", "coo" or "dense", as for `jacobian`) only its structural nonzeros are
        computed, and `order` may be "push", which pushes arcs between nodes down the graph, with few operations and
        an empty ledger, or "dense", which takes entries of the dense one; "auto" pushes where there are no branches,
        and takes those entries where that leaves fewer operations of a small one.
        """
        gradient = self._derivative(diff.smooth_gradient, wrt)
        if sparse is not False:
            made = self._derived(diff.sparse_hessian(gradient.derivative, sparse, order), gradient)
            if order != "auto" or not diff.may_be_dense(made.derivative):
                return made
            entries = diff.sparse_hessian(gradient.derivative, sparse, "dense")
            return _with_least_left([made, self._derived(entries, gradient)])
        if order not in ("auto", "sweeps"):
            raise InputError(
                f"there is no dense Hessian in the order {order!r:.60}",
                hint='use "auto" or "sweeps"; "push" is for sparse Hessians, sparse="dense" among them',
            )
        return self._derived(diff.hessian(gradient.derivative, order), gradient)

    def derivatives(
        self, order: int | None = None, wrt: Wrt = None, *, only: Iterable[Any] | None = None
    ) -> DerivativeGraph:
        """All derivatives up to an order, each once: mixed partials are equal, and one of them is written.

        The results are the value and, for each order, one array d1, d2, … of the derivatives of that order (for each
        entry of the outputs, behind its own axes), C(n + k - 1, k) of them in n inputs. They come as
        `itertools.combinations_with_replacement` of the inputs has them: of x and y to order 3 x, y; xx, xy, yy; xxx,
        xxy, xyy, yyy. `D["x", "x", "y"]`, or `D[2, 1]` by the number of times in each input, is the node of one.

        With `only`, a list of such keys, these and nothing else are results, and only what they need is written.
        Each order is a graph of its own with its ledger, the one below being its `base`; `D.ledger(k)` is that of order
        k in nodes of this graph. Raises InputError for an order below 1, for keys that name no derivative, and for
        more than a million derivatives.

        >>> import edgewise as ew
        >>> D = ew.parse("exp(x)*y**2").derivatives(3)
        >>> [part.tolist() for part in D.compile()(0.0, 3.0)[1:]]
        [[9.0, 6.0], [9.0, 6.0, 2.0], [9.0, 6.0, 2.0, 0.0]]
        >>> D["x", "y", "y"] == D[1, 2] == D["y", "x", "y"]
        True
        >>> S = ew.parse("exp(x)*y**2").derivatives(only=[("x", "y", "y"), "x"]).simplify()
        >>> S.text(S["x", "y", "y"])
        'exp(x)*2'
        """
        asked = self._wrt(wrt)
        if order is None and only is None:
            raise InputError("of which order?", hint="write derivatives(3), or derivatives(only=[('x', 'x', 'y'), …])")
        if order is not None and (isinstance(order, bool) or not isinstance(order, (int, np.integer)) or order < 1):
            raise InputError(f"there are no derivatives of order {order!r:.60}", hint="give a whole number from 1 on")
        if not asked.nodes:
            raise InputError("there is no input to differentiate in", hint="the graph is made of constants alone")
        if only is None:
            indices = diff.every(len(asked.nodes), int(order or 1))
        else:
            names = diff.names_of(self.tape, asked)
            indices = diff.chosen([diff.index_of(key, names) for key in map(_named, only)], order)
        plan = diff.plan(self.tape, asked.nodes, indices)
        graph = self._derivative(diff.first_order, wrt, plan)
        for _ in range(1, plan.order):
            graph = self._derived(diff.next_order(graph.derivative), graph)
        return graph

    def accumulation(self, wrt: Wrt = None) -> Accumulation:
        """The arithmetic of the Jacobian in forward and in reverse mode, and which is less from which size on.

        >>> import edgewise as ew
        >>> costs = ew.parse("exp(A @ x)", shapes="A: m,n; x: n").accumulation("x")
        >>> costs.cheaper(m=2, n=50), costs.cheaper(m=50, n=2)
        ('reverse', 'forward')
        """
        return evaluate.Accumulation(*(self.jacobian(wrt, order).cost().work for order in ("forward", "reverse")))

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
        """Jacobian times vector: adds an input `<name>_dot` of each wrt parameter's shape, and one forward sweep."""
        return self._derivative(diff.jvp, wrt)

    def taylor(self, order: int, direction: Any = None) -> DerivativeGraph:
        """Taylor coefficients along a curve: f(x + t·d) is value + c_1·t + … + c_order·t^order + O(t^(order + 1)).

        `direction` is d: an input, which alone moves, by 1; or a mapping from inputs or groups to numbers or arrays of
        numbers, what is not in it standing still. Without it d is new inputs `<name>_dot`, as for `jvp`, whose result
        is c_1. The compiled function returns (value, coefficients), for each output an array with the degrees 1 … order
        on its last axis. The ledger has an entry for each degree m (its sweep is m - 1) and each edge on a path, and
        `grad_table[m - 1, node]` is the coefficient of a node.

        The rules come from the rows' own partials, in O(order²) operations for each node (Griewank and Walther,
        *Evaluating Derivatives*, chapter 13). At a kink every degree follows the convention of the first derivative,
        but where abs(x) or a length such as hypot(x, y) is 0 the coefficients are the means of the series for t > 0 and
        t < 0, and ledger and `grad_table` those of t > 0. InputError for an order that is no
        whole number from 1 on, and for a direction that does not fit the inputs; UnsupportedError for tensors.

        >>> import edgewise as ew
        >>> value, coefficients = ew.parse("exp(x)*y").taylor(4, "x").simplify().compile()(0.0, 24.0)
        >>> value, coefficients.tolist()
        (24.0, [24.0, 12.0, 4.0, 1.0])
        """
        if isinstance(order, bool) or not isinstance(order, (int, np.integer)) or order < 1:
            raise InputError(f"a Taylor series has no order {order!r:.60}", hint="give a whole number from 1 on")
        if direction is None:
            return self._derivative(diff.taylor, None, int(order))
        wrt, numbers = read_direction(direction, self.tape, self._wrt)
        return self._derivative(diff.taylor, wrt, int(order), numbers)

    def vjp(self, wrt: Wrt = None) -> DerivativeGraph:
        """Vector times Jacobian: adds one input `out_bar`, an entry for each output, and one reverse sweep.

        On tensors it has the output's shape; of several outputs each has its own, `out0_bar`, `out1_bar`, …
        """
        return self._derivative(diff.vjp, wrt)

    def hvp(self, wrt: Wrt = None) -> DerivativeGraph:
        """Hessian times vector: a forward sweep over the gradient (forward over reverse)."""
        gradient = self._derivative(diff.smooth_gradient, wrt)
        return self._derived(diff.hvp(gradient.derivative), gradient)


def _with_least_left(ways: Sequence[DerivativeGraph]) -> DerivativeGraph:
    """The derivative of which simplification leaves the fewest operations, of equal ones the first."""
    if len(ways) == 1:
        return ways[0]
    left = [way.simplify().cost().operations for way in ways]
    return ways[left.index(min(left))]


def _named(key: Any) -> Any:
    """A key of a derivative with names for expressions and symbols."""
    return tuple(map(name_of, key)) if isinstance(key, (tuple, list)) else name_of(key)
