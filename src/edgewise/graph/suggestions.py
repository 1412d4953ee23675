"""What to write for the names that users of other libraries look for: of expressions, and of the package."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import import_module
from typing import Final

import numpy as np

from edgewise.errors import did_you_mean

__all__ = ["KEEPS_SHAPE", "instead", "of_expressions"]

_GRADIENT: Final = "make a graph of it and derive that, as in ew.graph(f).gradient()"
_NUMBERS: Final = "it is symbolic: make a graph of it and evaluate that, as in ew.graph(f).evaluate(x=1.0)"

_TABLE: Final = "a table or labelled array goes in as its numbers: write np.asarray(d), and count columns from 0"

_SYMPY: Final = "SymPy has it: sympy.sympify(f), and back with ew.graph"

_OF_EXPRESSIONS: Final[Mapping[str, str]] = {
    **dict.fromkeys(("derivative", "grad", "gradient", "backward", "jacobian", "hessian"), _GRADIENT),
    **dict.fromkeys(("evaluate", "eval", "numpy", "tolist", "detach", "cpu", "value"), _NUMBERS),
    **dict.fromkeys(("compile", "lambdify", "jit"), "make a graph of it, as in ew.graph(f).compile()"),
    **dict.fromkeys(("values", "to_numpy", "data", "iloc", "loc", "sel", "isel", "columns", "index"), _TABLE),
    **dict.fromkeys(("free_symbols", "inputs"), "a graph has it: ew.graph(f).free_symbols"),
    **dict.fromkeys(
        ("apart", "args", "as_coefficients_dict", "as_poly", "as_ordered_terms", "atoms", "cancel", "coeff", "func",
         "has", "match", "nsimplify", "radsimp", "ratsimp", "replace", "rewrite", "together", "trigsimp", "xreplace"),
        _SYMPY,
    ),
    "name": "did you mean 'named'?",
    "matmul": "write x @ y",
    "mm": "write x @ y",
    "t": "write x.T",
}  # fmt: skip


def of_expressions() -> Mapping[str, str]:
    """What to write for what an expression has not: names of other libraries, and those of graphs."""
    graph = import_module("edgewise.api.graph").Graph
    found = {name: f"a graph has it: ew.graph(f).{name}" for name in dir(graph) if name[0] != "_"}
    return {**found, **_OF_EXPRESSIONS}


KEEPS_SHAPE: Final = (
    "write np.where(condition, a, b), which keeps the shape; a mask or places that are known go in from a closure, or "
    'as a static argument, edgewise.jit(f, static="mask")'
)
"""What to write where an expression, or data that is an input, says which entries are meant."""

_OF_THE_PACKAGE: Final[Mapping[str, str]] = {
    **dict.fromkeys(("gradient", "differentiate", "derivative", "backward"), "did you mean 'grad'?"),
    "diff": "did you mean 'grad'? an expression or graph has f.diff(x)",
    **dict.fromkeys(("value_and_gradient", "valgrad"), "did you mean 'value_and_grad'?"),
    **dict.fromkeys(("jacfwd", "jacrev", "jac"), "did you mean 'jacobian'?"),
    **dict.fromkeys(("hess", "hessian_tensor"), "did you mean 'hessian'?"),
    **dict.fromkeys(("Symbol", "Variable", "var", "symbol", "variable"), "did you mean 'symbols'?"),
    **dict.fromkeys(("sympify", "from_sympy", "expression"), "did you mean 'graph'?"),
    **dict.fromkeys(("from_function", "function"), "edgewise.trace(f, x=3) is the graph of a function"),
    "make_jaxpr": "edgewise.jit(f).graph(x) is the graph of a function for such arguments, edgewise.grad(f).graph(x) ℬ",
    **dict.fromkeys(
        ("jvp", "vjp", "hvp", "linearize", "vector_jacobian_product", "jacobian_vector_product",
         "hessian_vector_product", "hessian_tensor_product"),
        "a graph has it: edgewise.trace(f, x=3).jvp(), .vjp() or .hvp()",
    ),
    **dict.fromkeys(("elementwise_grad", "egrad"), "write edgewise.vmap(edgewise.grad(f))"),
    **dict.fromkeys(("grad_and_aux",), "write edgewise.grad(f, has_aux=True)"),
    **dict.fromkeys(("pmap", "vectorize", "vectorise", "map"), "did you mean 'vmap'?"),
    **dict.fromkeys(("checkpoint", "remat"), "write G.gradient().schedule(memory) of a graph G"),
    **dict.fromkeys(("custom_jvp", "custom_vjp", "custom_gradient", "primitive", "defvjp"), "did you mean 'op'?"),
    **dict.fromkeys(("stop_gradient", "no_grad", "detach"), "what is no argument that argnums names is held constant"),
    **dict.fromkeys(("lax", "cond", "scan", "while_loop", "fori_loop"), "write np.where, or a loop of so many steps"),
    **dict.fromkeys(("numpy", "np", "jnp"), "write plain NumPy, import numpy as np: its functions take expressions"),
    **dict.fromkeys(
        ("Function", "dynamicsymbols"),
        'symbols("q", of="t") is a function of time, and edgewise.graph takes SymPy\'s',
    ),
    **{
        call.partition("(")[0]: f"an expression or graph f has it: f.{call}"
        for call in ("collect(x)", "evalf(30, x=1)", "expand()", "factor()", "integrate(x)", "limit(x, 0)",
                     "plot((x, -1, 1))", "series(x, 0, 5)", "solve(x)", "subs(x, 2)")
    },
    "nsolve": "SciPy's root finders take f.compile()",
    "Eq": "write left - right: f.solve(x) finds where f is 0",
    **dict.fromkeys(("Derivative", "Integral", "Limit"), "a formula f has f.diff(x), f.integrate(x), f.limit(x, 0)"),
    "latex": "a graph has it, edgewise.graph(f).to_latex(), and sympy.latex takes expressions and graphs",
    **dict.fromkeys(("pprint", "init_printing"), "a notebook sets formulas unasked; print(f) is their text"),
    "Piecewise": "write edgewise.where(x > 0, x, 0)",
    "Rational": "write fractions.Fraction(1, 2): numbers stay as exact as they are given",
    "Matrix": "write np.array([[x, y], [y, x]]), or a SymPy Matrix: edgewise.graph takes both",
    **dict.fromkeys(("lambdify", "compile", "function_of"), "write edgewise.graph(expression).compile()"),
}  # fmt: skip


def instead(name: str, names: Iterable[str]) -> str:
    """What to write for a name that the package has not, as a hint.

    >>> instead("jacfwd", []), instead("jacobain", ["jacobian"]), instead("einsum", ["sin"])
    ("did you mean 'jacobian'?", "did you mean 'jacobian'?", "NumPy's takes expressions: np.einsum")
    """
    own = did_you_mean(name.removeprefix("arc") if name.startswith("arc") else name, names).strip()
    numpys = f"NumPy's takes expressions: np.{name}" if callable(getattr(np, name, None)) else ""
    return _OF_THE_PACKAGE.get(name) or numpys or own
