"""`TensorGraph` and `TensorDerivative`: graphs whose nodes hold tensors, as users hold them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NoReturn

import numpy as np

from edgewise.api.derivative import DerivativeGraph
from edgewise.api.graph import Graph, Wrt
from edgewise.differentiate import Derivative, without_removable
from edgewise.differentiate import tensors as diff
from edgewise.errors import InputError, UnsupportedError
from edgewise.evaluate import Evaluation, ledger_steps, swept
from edgewise.evaluate.tensor_cost import Accumulation, TensorCost
from edgewise.evaluate.tensors import bind_tensors, propagate_tensors
from edgewise.frontends.latex_tensors import tensors_to_latex
from edgewise.frontends.naming import by_name
from edgewise.graph import Builder, IntArray, Tape
from edgewise.graph.scalarize import scalarize
from edgewise.lower import (
    BACKENDS,
    TARGETS,
    Compiled,
    Program,
    c_source,
    compile_program,
    js_source,
    lower,
    python_source,
)
from edgewise.lower.compiled_tensors import compile_tensors
from edgewise.lower.tensor_source import STYLES, TensorProgram, lower_tensors, tensor_source
from edgewise.simplify import Report, simplify
from edgewise.simplify.tensor_pipeline import simplify_tensors
from edgewise.view.explanations.steps import Steps

if TYPE_CHECKING:
    from edgewise.view.explorer.page import Explorer
    from edgewise.view.explorer.rewrites import Stage

TITLE = 40
"""The most characters of a formula in a title."""

LATEX_NODES = 400
"""The largest graph that a notebook shows as LaTeX unasked."""

__all__ = ["TensorDerivative", "TensorGraph", "graph_of"]


def graph_of(tape: Tape, origin: tuple[Builder, IntArray] | None = None) -> Graph:
    """The graph of a tape: of tensors where some node holds one."""
    tensors = tape.has_tensors or any(parameter.is_tensor for parameter in tape.parameters)
    return TensorGraph(tape, origin) if tensors else Graph(tape, origin)


class _OnTensors(Graph):
    """What differs between graphs of tensors and graphs of scalars."""

    __slots__ = ()

    def _repr_latex_(self) -> str | None:
        return f"$\\displaystyle {self.to_latex()}$" if len(self.tape) <= LATEX_NODES else None

    def to_latex(self) -> str:
        r"""The outputs in matrix notation; of more than two axes by their entries, [A_{ik} B_{lj}]_{ijkl}.

        >>> import edgewise as ew
        >>> ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w").simplify().to_latex()
        '2\\,X^\\top (X w - y)'
        """
        return tensors_to_latex(self.tape)

    def to_sympy(self) -> NoReturn:
        """SymPy's expressions are of scalars."""
        self._scalars("to_sympy()")

    # --- numbers ------------------------------------------------------------------------------------------------

    def evaluate(
        self, values: Mapping[str, Any] | None = None, /, *args: Any, check_nans: bool = False, **named: Any
    ) -> Evaluation:
        """Algorithm 6.1 on arrays: `.outputs`, `.values` of every node, `.result` nested as the outputs were given.

        The numbers of the named dimensions are read off the arrays; ShapeError where they do not fit together.
        """
        found = propagate_tensors(self.tape, *self._arrays(values, args, named))
        return self._checked(found) if check_nans else found

    def _arrays(self, values: Any, args: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[list[Any], dict[str, int]]:
        """The value of each input, and the numbers of the named dimensions."""
        if isinstance(values, Mapping):
            return bind_tensors(self.tape, args, by_name(values, named))
        return bind_tensors(self.tape, args if values is None else (values, *args), named)

    def forward_accumulate(self, wrt: Any, values: Mapping[str, Any]) -> Evaluation:
        """Forward accumulation on arrays, by the graph of the tangents: `.table` has that of every node on the way.

        A tangent has the axes of `wrt` in front of the node's own.

        >>> import edgewise as ew
        >>> G = ew.parse("sum(A @ x)", shapes="A: m,n; x: n")
        >>> G.forward_accumulate("x", {"A": [[1, 2], [3, 4]], "x": [1, 1]}).table[G.outputs[0]]
        array([4., 6.])
        """
        return swept(self.tangent(wrt).derivative, *self._arrays(values, (), {}))

    def back_propagate(self, values: Mapping[str, Any]) -> Evaluation:
        """Algorithm 6.5 on arrays, by the graph of the gradient: `.table` is grad_table, for the one scalar output.

        >>> import edgewise as ew
        >>> G = ew.parse("sum(A @ x)", shapes="A: m,n; x: n")
        >>> G.back_propagate({"A": [[1, 2], [3, 4]], "x": [1, 1]}).table[G.node("x")]
        array([4., 6.])
        """
        return swept(self.gradient().derivative, *self._arrays(values, (), {}))

    def cost(self) -> Any:
        """Exact counts, and polynomials in the named dimensions: `.operations`, `.work`, `.memory`, `.at(n=…)`."""
        return TensorCost(self.tape, [node for result in self.returns() for node in result.nodes])

    # --- derivatives --------------------------------------------------------------------------------------------

    def _made(self, derivative: Derivative, base: Graph | None = None) -> TensorDerivative:
        return TensorDerivative(derivative, self if base is None else base)

    def tangent(self, wrt: Any) -> TensorDerivative:
        """Forward accumulation: the derivative of every output in one input, the input's axes last."""
        return self._made(diff.tangent(self.tape, self._wrt(wrt), self.returns()[-1:]))

    def gradient(self, wrt: Wrt = None) -> TensorDerivative:
        """Algorithm 6.5: one vector-Jacobian product for each edge, in `.edges`; the gradient has its input's shape.

        >>> import edgewise as ew
        >>> B = ew.parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n").gradient("w")
        >>> B.simplify()
        <simplified gradient graph 2*(X.T @ (X @ w - y)): 13 nodes, 4 edges of 𝒢>
        """
        return self._made(diff.gradient(self.tape, self._wrt(wrt), self.returns()[-1:]))

    def jacobian(self, wrt: Wrt = None, order: Any = "auto", **options: Any) -> TensorDerivative:
        """The derivative of every output in every input, of shape (output's shape, input's shape).

        `order` is "reverse", "forward" or "auto". Simplified, it is in closed form: identities have vanished.
        """
        if options:
            raise InputError(
                f"{next(iter(options))}= is for graphs of scalars", hint="scalarize the graph first: G.scalarize(n=…)"
            )
        return self._made(diff.jacobian(self.tape, self._wrt(wrt), self.returns()[-1:], order))

    def accumulation(self, wrt: Wrt = None) -> Accumulation:
        """The arithmetic of the Jacobian in forward and in reverse mode, and which is less from which size on.

        >>> import edgewise as ew
        >>> costs = ew.parse("exp(A @ x)", shapes="A: m,n; x: n").accumulation("x")
        >>> costs.cheaper(m=2, n=50), costs.cheaper(m=50, n=2)
        ('reverse', 'forward')
        """
        return Accumulation(*(self.jacobian(wrt, order).cost().work for order in ("forward", "reverse")))

    def _smooth_gradient(self, wrt: Wrt) -> TensorDerivative:
        first = diff.gradient(*without_removable(self.tape, self._wrt(wrt), self.returns()[-1:]))
        return TensorDerivative(first, self if first.base is self.tape else TensorGraph(first.base))

    def hessian(self, wrt: Wrt = None, **options: Any) -> TensorDerivative:
        """The second derivatives of the one scalar output: forward accumulation over the gradient."""
        if options:
            raise InputError(
                f"{next(iter(options))}= is for graphs of scalars", hint="scalarize the graph first: G.scalarize(n=…)"
            )
        gradient = self._smooth_gradient(wrt)
        return self._made(diff.hessian(gradient.derivative), gradient)

    def jvp(self, wrt: Wrt = None) -> TensorDerivative:
        """Jacobian times vector: a new input `<name>_dot` of each wrt input's shape, and one forward sweep."""
        return self._made(diff.jvp(self.tape, self._wrt(wrt), self.returns()[-1:]))

    def vjp(self, wrt: Wrt = None) -> TensorDerivative:
        """Vector times Jacobian: a new input `out_bar` of the output's shape, and one reverse sweep."""
        return self._made(diff.vjp(self.tape, self._wrt(wrt), self.returns()[-1:]))

    def hvp(self, wrt: Wrt = None) -> TensorDerivative:
        """Hessian times vector: forward over reverse."""
        gradient = self._smooth_gradient(wrt)
        return self._made(diff.hvp(gradient.derivative), gradient)

    # --- simplification -----------------------------------------------------------------------------------------

    def simplify(
        self,
        level: str = "real",
        *,
        expand: bool = False,
        progress: bool | None = None,
        sizes: Mapping[str, int] | None = None,
    ) -> Graph:
        """The same outputs with fewer operations, in stable forms. See `TensorDerivative.simplify`.

        >>> import edgewise as ew
        >>> ew.parse("sum(log(1 + exp(X @ w)))", shapes="X: n,d; w: d").simplify()
        <graph of sum(softplus(X @ w)): 5 nodes, 4 edges>
        """
        keep = np.zeros(0, dtype=np.int64)
        tape, _, report = simplify_tensors(
            self.tape, self.tape.outputs, keep, level, expand=expand, sizes=sizes, progress=progress
        )
        return SimplifiedTensorGraph(tape, report)

    def scalarize(self, **sizes: int) -> Graph:
        """The graph of scalars, one node for each entry and operation, with numbers for the named dimensions.

        Inputs become groups. The graph takes every back end, elimination order and sparsity method; it is for small
        shapes. Matrices are factored without exchanging rows.

        >>> import edgewise as ew
        >>> ew.parse("X @ w", shapes="X: n,d; w: d").scalarize(n=2, d=2)
        <graph of X[0,0]*w[0] + X[0,1]*w[1], X[1,0]*w[0] + X[1,1]*w[1]: 12 nodes, 12 edges>
        """
        return Graph(scalarize(self.tape, sizes, self.returns()[-1:])[0])

    # --- ways out -----------------------------------------------------------------------------------------------

    def program(self) -> TensorProgram:
        """The named form that every target prints from."""
        return lower_tensors(self.tape, self.returns(), roles=self._roles(), base=self._first())

    def _first(self) -> Tape:
        """The tape of 𝒢: what was differentiated, however often."""
        graph: Graph = self
        while isinstance(graph, DerivativeGraph):
            graph = graph.base
        return graph.tape

    def to_python(self, name: str = "f", target: str = "numpy", *, free: bool = False, **sizes: int) -> str:
        """Readable source of a function `name` for values and derivatives: "numpy", "jax" or "torch".

        "math" is for small shapes: the graph of scalars with numbers for the named dimensions.
        """
        if free:
            raise UnsupportedError("free=True is for graphs of scalars", hint="leave it out")
        if target in TARGETS and target not in STYLES:
            return python_source(self._scalar_program(sizes), name, target).text
        self._any_size(target, sizes)
        return tensor_source(self.program(), name, target).text

    def compile(self, backend: str = "numpy", name: str = "f", **sizes: int) -> Compiled:
        """A callable on arrays: "numpy", "jax" (jitted) or "torch". `.source` is the text that runs.

        "llvm", "c" and "python" are for small shapes: named dimensions get numbers, and the graph of scalars is
        simplified and compiled.

        >>> import edgewise as ew
        >>> f = ew.parse("x @ A @ x", shapes="x: n; A: n,n").gradient("x").compile("llvm", n=2)
        >>> f([1.0, 2.0], [[1.0, 0.0], [0.0, 3.0]])
        (13.0, array([ 2., 12.]))
        """
        if backend in BACKENDS and backend not in STYLES:
            return compile_program(self._scalar_program(sizes), backend, name)
        self._any_size(backend, sizes)
        return compile_tensors(self.program(), backend, name)

    @staticmethod
    def _any_size(target: str, sizes: Mapping[str, int]) -> None:
        if sizes:
            raise InputError(
                f"{next(iter(sizes))}= fixes a dimension, and {target!r} takes any size", hint="leave it out"
            )

    def _scalar_program(self, sizes: Mapping[str, int]) -> Program:
        """The values and derivatives on scalars, simplified."""
        tape, results = scalarize(self.tape, sizes, self.returns())
        roots = [node for result in results for node in result.nodes]
        tape, new, _ = simplify(tape, roots, np.zeros(0, dtype=np.int64), "real")
        return lower(tape, [result._replace(nodes=tuple(new[list(result.nodes)].tolist())) for result in results])

    def _scalars(self, what: str) -> NoReturn:
        raise UnsupportedError(
            f"{what} is for graphs of scalars, and this one holds tensors",
            hint="give every named dimension a number: G.scalarize(n=…)",
        )

    def to_c(self, name: str = "f", dtype: str = "double", *, header: bool = False, **sizes: int) -> str:
        """C99 for small shapes: the graph of scalars with numbers for the named dimensions. See `Graph.to_c`.

        >>> import edgewise as ew
        >>> header = ew.parse("x @ x", shapes="x: n").gradient().to_c(header=True, n=3)
        >>> print(*(line for line in header.splitlines() if "value[1]" in line))
        void f(const double x[3], double value[1], double gradient[3]);
        """
        source = c_source(self._scalar_program(sizes), name, dtype)
        return source.header if header else source.source

    def to_js(self, name: str = "f", *, module: bool = True, **sizes: int) -> str:
        """JavaScript for small shapes: the graph of scalars with numbers for named dimensions. See `Graph.to_js`."""
        return js_source(self._scalar_program(sizes), name, module=module)

    def sparsity(self, wrt: Wrt = None) -> NoReturn:
        """Sparsity is found on graphs of scalars."""
        self._scalars("sparsity()")

    def hessian_sparsity(self, wrt: Wrt = None) -> NoReturn:
        """Sparsity is found on graphs of scalars."""
        self._scalars("hessian_sparsity()")

    def plot_live(self, axes: Any = None, label: str | None = None) -> NoReturn:
        """Values are counted on graphs of scalars."""
        self._scalars("plot_live()")


class TensorGraph(_OnTensors):
    """An expression graph 𝒢 whose nodes hold tensors of numbers and named dimensions.

    >>> import edgewise as ew
    >>> G = ew.trace(lambda X, w: X @ w, X=ew.tensor("n", "d"), w=ew.tensor("d"))
    >>> G, G.shape(2)
    (<graph of X @ w: 3 nodes, 2 edges>, (n,))
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return TensorGraph, (self.tape,)


class SimplifiedTensorGraph(TensorGraph):
    """A simplified tensor graph, with the report of what was done."""

    __slots__ = ("report",)

    def __init__(self, tape: Tape, report: Report) -> None:
        super().__init__(tape)
        self.report = report

    def __reduce__(self) -> tuple[Any, ...]:
        return SimplifiedTensorGraph, (self.tape, self.report)


class TensorDerivative(_OnTensors, DerivativeGraph):
    """ℬ on tensors: 𝒢 with one vector-Jacobian product for each edge, and the ledger that says which is which.

    A ledger entry has no partial (-1): what belongs to the edge is its `product`.
    """

    def __repr__(self) -> str:
        from edgewise.graph import node_text

        state = "simplified " if self.report is not None else ""
        shown = ", ".join(node_text(self.tape, node, 60) for node in self.outputs[:3])
        if len(shown) > TITLE or len(self.outputs) > 3:
            shown = "in " + ", ".join(p.name for p in self.derivative.wrt.parameters[:6])
        return f"<{state}{self.derivative.kind} graph {shown}: {len(self):,} nodes, {len(self.edges):,} edges of 𝒢>"

    def __reduce__(self) -> tuple[Any, ...]:
        return TensorDerivative, (self.derivative, self.base, self.report)

    def _roles(self) -> dict[int, str]:
        """A result that is one tensor is named after itself, one of several after the input it belongs to."""
        roles: dict[int, str] = {}
        names = [p.name for p in self.derivative.wrt.parameters]
        for result in self.derivative.results:
            if len(result.nodes) == 1:
                roles.setdefault(result.nodes[0], result.name)
            elif result.name == "gradient":
                roles.update(zip(result.nodes, (f"d_{name}" for name in names), strict=True))
        return roles

    def cost(self) -> Any:
        """Exact counts and polynomials for the values and derivatives together."""
        return TensorCost(self.tape, [node for r in self.returns() for node in r.nodes], self.derivative)

    def simplify(
        self,
        level: str = "real",
        *,
        expand: bool = False,
        progress: bool | None = None,
        sizes: Mapping[str, int] | None = None,
    ) -> TensorDerivative:
        """The same derivative with fewer operations, in closed form; the ledger is kept.

        The rules of scalars hold for every shape, with their `level`: log(1 + exp(X)) is softplus(X); and there are
        rules for sums of exponentials along axes. Sums of products go into index notation (not at the level "exact"),
        where identities vanish and transposes meet, and come back as few matrix products. `sizes` are typical numbers
        of the named dimensions, by which the order of products is chosen.
        Of second derivatives the gradient is simplified first, and differentiated again: `base` is then that gradient.
        A large graph shows its `progress`; Ctrl-C leaves what is left as it was written, and `.report` says so.
        """
        written = self
        if self.derivative.kind in ("hessian", "hvp") and isinstance(self.base, TensorDerivative):
            base = self.base
            if base.report is None:
                base = base.simplify(level, expand=expand, progress=progress, sizes=sizes)
            again = diff.hessian if self.derivative.kind == "hessian" else diff.hvp
            written = TensorDerivative(again(base.derivative), base)
        roots = [node for result in written.returns() for node in result.nodes]
        kept = written.derivative.kept_nodes()
        tape, new, report = simplify_tensors(
            written.tape, roots, kept, level, expand=expand, sizes=sizes, progress=progress
        )
        return TensorDerivative(written.derivative.renumbered(tape, new), written.base, report)

    def explore(self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any) -> Explorer:
        """The explorer page, with the NumPy source. With arrays for the inputs every node shows its value.

        The numbers are those of the moment the page is made: arrays have no sliders.

        >>> import edgewise as ew
        >>> page = ew.parse("sum(A @ x)", shapes="A: m,n; x: n").gradient("x").explore(A=[[1, 2], [3, 4]], x=[1, 1])
        >>> "[4., 6.]" in page.html
        True
        """
        from edgewise.view.explorer.page import Explorer

        numbers = None
        if values is not None or args or named:
            numbers = propagate_tensors(self.tape, *self._arrays(values, args, named)).values
        source = tensor_source(self.program(), "f_and_derivative", "numpy")
        return Explorer(self._scene(), source, self.cost().to_data(), numbers, self._rewriting)

    def _rewriting(self) -> Iterable[Stage]:
        """Before and after simplification: tensor graphs are written anew as a whole."""
        from edgewise.view.explorer.page_data import WHOLE
        from edgewise.view.explorer.rewrites import Stage

        if self.report is not None or len(self) > WHOLE:
            return ()
        after = self.simplify()
        assert after.report is not None
        rules = ", ".join(after.report.rules) or "nothing to simplify"
        return (
            Stage("as written", after.report.before, self._scene()),
            Stage(rules, after.report.after, after._scene()),
        )

    def steps(self, values: Mapping[str, Any] | None = None, /, *args: Any, **named: Any) -> Steps:
        """The algorithm's lines as they run on arrays: 6.1 upwards, then `build_grad` of 6.5 edge by edge.

        A step of an edge has its vector-Jacobian product (in forward mode, its product with the tangent), the value of
        the node that the ledger names.

        >>> import edgewise as ew
        >>> B = ew.parse("sum(A @ x)", shapes="A: n,n; x: n").gradient("x")
        >>> print(*str(B.steps(A=[[1, 2], [3, 4]], x=[1, 1])).splitlines()[-3:], sep="\\n")
          grad_table[u⁽⁴⁾] ← 1
          grad_table[u⁽³⁾] ← bprop(u⁽⁴⁾, u⁽³⁾) = ones((n,)) = [1., 1.]
          grad_table[u⁽²⁾] ← bprop(u⁽³⁾, u⁽²⁾) = u⁽¹⁾.T @ grad_table[u⁽³⁾] = [4., 6.]
        """
        given, sizes = self._arrays(values, args, named)
        return Steps.of(self.derivative, ledger_steps(self.derivative, given, sizes))

    def pareto(self, progress: bool | None = None) -> NoReturn:
        """Store or recompute is for graphs of scalars."""
        self._scalars("pareto()")

    def schedule(self, memory: int) -> NoReturn:
        """Store or recompute is for graphs of scalars."""
        self._scalars("schedule()")
