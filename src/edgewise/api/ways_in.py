"""Ways in: from expressions, functions and text to a Graph, and from a function straight to its derivatives."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from edgewise import algebra
from edgewise.api.graph import Graph
from edgewise.errors import EdgewiseError, InputError, OperationError, UnsupportedError
from edgewise.frontends.naming import is_sympy, listed
from edgewise.graph import MERGING, Expr, ExprArray, Pattern, TensorInput, function_of, shape_of
from edgewise.graph.arrays.outputs import collect
from edgewise.ops import OPS, Op

__all__ = ["graph", "op", "parse", "parse_latex", "plot_sparsity", "trace"]


def graph(value: Any, *, inputs: Sequence[Any] | None = None, functions: Mapping[str, Op] | None = None) -> Graph:
    """The graph of an expression of edgewise or SymPy, or of a list, tuple, dict or array of them, or of graphs.

    The graph has the inputs that the outputs depend on, or exactly `inputs`: names, expressions or SymPy symbols.
    `functions` gives the user's operations that SymPy's undefined functions stand for; any other, q(t), is an input,
    and so are its derivatives. SymPy's matrix and array symbols are tensors, and the symbols in their shapes named
    dimensions; a vector stays a matrix of one column, and a product of one entry a matrix of one entry.

    >>> import edgewise as ew
    >>> x, y = ew.symbols("x y")
    >>> len(ew.graph(x * y + ew.sin(x)))
    5
    >>> import sympy as sp
    >>> n, m = sp.symbols("n m")
    >>> A, X = sp.MatrixSymbol("A", n, n), sp.MatrixSymbol("X", n, m)
    >>> ew.graph(sp.log(sp.Determinant(A)) + sp.Trace(X.T * A * X))
    <graph of trace(X.T @ A @ X) + log(det(A)): 9 nodes, 10 edges>
    """
    if isinstance(value, (Mapping, list, tuple)):
        value = _lifted(value)
    if _is_sympy(value):
        from edgewise.frontends.sympy import from_sympy

        return Graph(from_sympy(value, inputs=inputs, functions=functions))
    with MERGING:
        builder, nodes, layout = collect(value)
        tape, new = builder.freeze(nodes, layout, listed(inputs))
    return Graph(tape, (builder, new))


def _lifted(value: Any) -> Any:
    """Nested containers with graphs as the expressions that they are of. The depth is that of the containers."""
    if isinstance(value, Graph):
        return algebra.lifted(value.tape)
    if isinstance(value, Mapping):
        return {key: _lifted(item) for key, item in value.items()}
    return type(value)(map(_lifted, value)) if type(value) in (list, tuple) else value


def _is_sympy(value: Any) -> bool:
    """Whether some part of a nested value is SymPy's, found without importing SymPy."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, (Expr, ExprArray)):
            return False
        if is_sympy(item):
            return True
        if isinstance(item, Mapping):
            todo.extend(item.values())
        elif isinstance(item, (list, tuple)):
            todo.extend(item)
        elif isinstance(item, np.ndarray) and item.dtype == object:
            todo.extend(item.ravel().tolist())
    return False


def trace(
    fn: Callable[..., Any], /, *names: str, share: bool = False, **groups: int | tuple[int, ...] | TensorInput
) -> Graph:
    """The graph of a plain Python or NumPy function of real scalars, by calling it once on symbols.

    `trace(fn, "x", "y")` calls fn with two scalars, `trace(fn, w=1000)` with an array of a thousand scalar inputs, and
    `trace(fn, X=edgewise.tensor("n", "d"))` with one tensor of named dimensions. With
    neither, the names are those of the function's parameters. `share` merges identical operations while tracing.

    Where the function does what arrays of scalars have no graph for (eigenvalues, sorting), it is called again, and
    each array is one tensor. Raises the typed error of the first call where that is refused too.

    >>> import edgewise as ew, numpy as np
    >>> ew.trace(lambda w: np.sum(np.exp(w)), w=3).gradient().evaluate(w=[0.0, 1.0, 2.0]).outputs[0]
    1.0
    >>> ew.trace(lambda w: np.sort(w)[-1], w=3)
    <graph of sort(w)[2]: 3 nodes, 2 edges>
    """
    from edgewise.frontends.trace import trace as trace_function

    try:
        return Graph(trace_function(fn, *names, share=share, **groups))
    except UnsupportedError:
        shapes = {name: shape_of(name, size) for name, size in groups.items() if not isinstance(size, TensorInput)}
        if not any(shapes.values()) or len(shapes) < len(groups):
            raise
        tensors = {name: TensorInput(shape, "real") for name, shape in shapes.items()}
        try:
            return Graph(trace_function(fn, *names, share=share, **tensors))
        except EdgewiseError:
            pass
        raise


def parse(
    text: str | Mapping[str, Any] | list[Any] | tuple[Any, ...],
    *,
    inputs: Sequence[Any] | None = None,
    functions: Mapping[str, Op] | None = None,
    groups: Mapping[str, int | tuple[int, ...]] | None = None,
    shapes: str | Mapping[str, Any] | None = None,
    share: bool = False,
) -> Graph:
    """The graph of a formula given as text, or of a list or dictionary of them. Text is never evaluated as Python.

    `pi` and `e` (Euler's number) are constants, unless `inputs`, `groups` or `shapes` list them or the text assigns
    them. With `shapes` ("X: n,d; w: d", or a mapping) the names are tensors, and the text is in NumPy's notation.

    >>> parse("[x*y, x + 1]")
    <graph of x*y, x + 1: 5 nodes, 4 edges>
    >>> parse({"kinetic": "m*v**2/2", "potential": "m*g*h"}).evaluate(m=2.0, v=3.0, g=10.0, h=1.0).result
    {'kinetic': 9.0, 'potential': 20.0}
    >>> parse("norm(X @ w - y)**2", shapes="X: n,d; w: d; y: n")
    <graph of norm(X @ w - y)**2: 7 nodes, 6 edges>
    """
    if isinstance(text, (Mapping, list, tuple)):
        each = partial(parse, inputs=inputs, functions=functions, groups=groups, shapes=shapes, share=share)
        return graph({k: each(v) for k, v in text.items()} if isinstance(text, Mapping) else [*map(each, text)])
    from edgewise.frontends.text import parse as parse_text
    from edgewise.frontends.text_tensors import parse_tensors

    if shapes is not None:
        if inputs is not None or groups is not None:
            raise InputError("shapes= declares every input", hint="leave inputs= and groups= out")
        return Graph(parse_tensors(text, shapes, functions=functions, share=share))
    return Graph(parse_text(text, inputs=listed(inputs), functions=functions, groups=groups, share=share))


def parse_latex(text: str, *, inputs: Sequence[Any] | None = None, functions: Mapping[str, Op] | None = None) -> Graph:
    r"""The graph of a formula in LaTeX, as SymPy's parser reads it: `pip install "edgewise[latex]"`.

    Letters are inputs, `\theta_1` and `\theta_{1}` the input theta_1; \pi and e are constants unless `inputs` lists
    them. An operation that LaTeX has no command for is \operatorname{erf}(x). What SymPy would take for a product of
    letters, as \dot{q}, is a ParseError that says what to write, and so is what is no formula.

    >>> import edgewise as ew
    >>> ew.parse_latex(r"\frac{1}{2} m v^2 - k \cos\theta_1")  # doctest: +SKIP
    <graph of m*v**2/2 - k*cos(theta_1): 12 nodes, 11 edges>
    """
    from edgewise.frontends.latex_text import parse_latex as read

    return Graph(read(text, inputs=inputs, functions=functions))


def op(
    name: str,
    args: str = "x",
    *,
    value: str | Callable[..., Any],
    partials: Sequence[str | Callable[..., Any] | None] | str | Callable[..., Any],
    doc: str = "",
    domain: str = "",
    kinks: str = "",
    convention: str = "",
) -> Any:
    """Define an operation with its value and local partials: one call, usable everywhere.

    `args` names the arguments. `value` is a formula, which every back end writes out, or a NumPy callable, which runs
    under "llvm", "numpy" and "python". `partials` has one formula (in the arguments
    and the result `out`), or one function of expressions, for each argument; None where it is identically zero, and
    an `edgewise.ops.Refusal` that says why where there is none.
    `domain` and `kinks` are conditions on the arguments, such as "x > 0" and "x == 0", and `convention` says what holds
    at a kink, or without kinks outside the domain: `special_points` tells them. A partial is believed: compare it with
    differences of the value.
    Returns a function of expressions, numbers and arrays, to pass on as `functions={name: f}` to `parse` and `graph`;
    its `.op` is the row.

    >>> import edgewise as ew
    >>> softsign = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    >>> ew.trace(lambda x: softsign(x), "x").gradient().evaluate(x=1.0).outputs
    (0.25,)
    """
    from edgewise.api.custom import FormulaValue, check_condition, template_of_partial, template_of_value

    names = tuple(args.replace(",", " ").split())
    if name in OPS:
        raise OperationError(f"{name!r} is already an operation of the table", hint="choose another name")
    if not name.isidentifier() or not all(arg.isidentifier() and arg != "out" for arg in names):
        raise OperationError(f"{name!r} and its arguments {names} must be identifiers, none of them `out`")
    check_condition(f"the domain of {name!r}", domain, names)
    check_condition(f"the kinks of {name!r}", kinks, names)
    formula = template_of_value(names, value, f"the value of {name!r}") if isinstance(value, str) else None
    listed = [partials] if isinstance(partials, str) or callable(partials) else list(partials)
    row = Op(
        name=name,
        args=names,
        value=FormulaValue(value, names) if isinstance(value, str) else value,
        partials=tuple(
            template_of_partial(names, partial, f"partial {k} of {name!r}") for k, partial in enumerate(listed)
        ),
        doc=doc or f"the user's {name}",
        definition=value if isinstance(value, str) else "",
        domain=domain,
        kinks=kinks,
        convention=convention,
        custom=True,
        formula=formula,
    )
    function: Any = function_of(row)
    function.op = row
    return function


def plot_sparsity(matrix: Graph | Pattern, axes: Any = None) -> Any:
    """A spy plot on matplotlib axes (new ones where none are given), which are returned.

    `matrix` is a pattern (`G.sparsity()`, `G.hessian_sparsity()`), a graph (its Jacobian is drawn), or a derivative
    graph made with `sparse=` (itself is drawn). Needs matplotlib: `pip install "edgewise[plot]"`.
    """
    from edgewise.view.plots.spy import spy

    if isinstance(matrix, Pattern):
        return spy(matrix, axes, rows="row", columns="column")
    if not isinstance(matrix, Graph):
        raise InputError(
            f"a {type(matrix).__name__} has no sparsity pattern", hint="give a graph, or what G.sparsity() returns"
        )
    own = matrix.tape.layout.pattern
    if own is not None:
        return spy(own, axes, rows="row", columns="column")
    return spy(matrix.sparsity(), axes)
