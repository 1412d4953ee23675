"""A reader of formulas of our own for the tests, which needs no part of edgewise: from text to NumPy or JAX.

The text is Python's expression grammar, walked by hand: names, numbers, operators, `.T`, and calls of the functions
in the table. Dimensions such as n in `eye(n)` are numbers of the environment.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
from identity import Identity
from scipy import special

__all__ = ["declared", "derivative", "draw", "read"]

PLAIN: Final = (
    "trace", "sum", "mean", "prod", "dot", "outer", "diag", "exp", "log", "sin", "cos", "tanh", "sqrt", "abs", "sign",
    "eye", "tril", "einsum", "cumsum", "kron",
)  # fmt: skip
LINALG: Final = ("inv", "det", "norm", "solve", "pinv", "eigvalsh")


def _functions(library: Any, others: Mapping[str, Callable[..., Any]]) -> dict[str, Callable[..., Any]]:
    return {
        **{name: getattr(library, name) for name in PLAIN},
        **{name: getattr(library.linalg, name) for name in LINALG},
        "logdet": lambda a: library.linalg.slogdet(a)[1],
        "ones": lambda *shape: library.ones(shape),
        **others,
    }


NUMPY: Final = _functions(
    np,
    {"sigmoid": special.expit, "softplus": lambda x: np.logaddexp(x, 0.0), "softmax": special.softmax,
     "logsumexp": special.logsumexp},
)  # fmt: skip
"""What the names of functions mean; eye takes one dimension, ones any number of them."""
OPERATORS: Final[Mapping[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow, ast.MatMult: operator.matmul, ast.USub: operator.neg,
}  # fmt: skip


def read(text: str, values: Mapping[str, Any], functions: Mapping[str, Callable[..., Any]] = NUMPY) -> Any:
    """The value of a formula where its names have these values.

    >>> float(read("trace(2 * A.T) + x @ x", {"A": np.eye(3), "x": np.ones(2)}))
    8.0
    """

    def walk(tree: ast.expr) -> Any:
        match tree:
            case ast.Constant(value=value):
                return value
            case ast.Name(id=name):
                return values[name]
            case ast.Attribute(value=base, attr="T"):
                return walk(base).T
            case ast.UnaryOp(op=op, operand=operand):
                return OPERATORS[type(op)](walk(operand))
            case ast.BinOp(left=left, op=op, right=right):
                return OPERATORS[type(op)](walk(left), walk(right))
            case ast.Call(func=ast.Name(id=name), args=args, keywords=keywords):
                named = {str(word.arg): walk(word.value) for word in keywords}
                return functions[name](*(walk(arg) for arg in args), **named)
        raise ValueError(f"{ast.unparse(tree)} is not read here")

    return walk(ast.parse(text, mode="eval").body)


def declared(shapes: str) -> dict[str, tuple[str, ...]]:
    """The shape of each input by name.

    >>> declared("x: n; A: n,n; s:")
    {'x': ('n',), 'A': ('n', 'n'), 's': ()}
    """
    parts = (part.split(":") for part in shapes.split(";"))
    return {name.strip(): tuple(dims.replace(" ", "").split(",")) if dims.strip() else () for name, dims in parts}


def draw(row: Identity, seed: int) -> tuple[dict[str, int], dict[str, np.ndarray[Any, Any]]]:
    """Dimensions and inputs at random, as the row assumes them to be: no two dimensions are equal.

    Entries are normal. `assume` says of inputs by name: "symmetric", "positive definite", "regular" (far from
    singular, of positive determinant), "tall" and "wide" (no fewer rows than columns, and the reverse), "positive"
    (from 1/2 to 3/2) and "small".
    """
    rng = np.random.default_rng([seed, *row.name.encode()])
    shapes = declared(row.shapes)
    true: dict[str, list[str]] = {name: [] for name in shapes}
    for clause in filter(None, row.assume.split("; ")):
        words = clause.replace(",", "").split()
        kind = "positive definite" if "definite" in words else words[0]
        for name in words[len(kind.split()) :]:
            true[name].append(kind)
    names = sorted({d for shape in shapes.values() for d in shape})
    while True:
        extents = dict(zip(names, (2 + rng.permutation(5)[: len(names)]).tolist(), strict=True))
        sizes = {name: tuple(extents[d] for d in shape) for name, shape in shapes.items()}
        if all(
            ("tall" not in true[name] or size[0] >= size[1]) and ("wide" not in true[name] or size[0] <= size[1])
            for name, size in sizes.items()
        ):
            break
    values = {}
    for name, size in sizes.items():
        value = rng.standard_normal(size)
        for kind in true[name]:
            value = _made(kind, value, rng)
        values[name] = np.asarray(value)
    return extents, values


def _made(kind: str, value: Any, rng: np.random.Generator) -> Any:
    match kind:
        case "symmetric":
            return value + value.T
        case "positive definite":
            return value @ value.T + np.eye(len(value))
        case "regular":
            return value / np.linalg.norm(value) + np.eye(len(value)) * 1.5
        case "positive":
            return rng.uniform(0.5, 1.5, np.shape(value))
        case "small":
            return value / 10
        case "tall" | "wide":
            return value
    raise ValueError(f"nothing is known of {kind!r}")


def derivative(row: Identity, extents: Mapping[str, int], values: Mapping[str, Any]) -> np.ndarray[Any, Any]:
    """The derivative of the row's function by JAX, in double precision."""
    import jax

    jax.config.update("jax_enable_x64", True)
    names = ("sigmoid", "softplus", "softmax", "logsumexp")
    functions = _functions(jax.numpy, {name: getattr(jax.nn, name) for name in names})
    transform = {"gradient": jax.grad, "jacobian": jax.jacobian, "hessian": jax.hessian}[row.kind]

    def function(moved: Any, others: Any) -> Any:
        return read(row.text, {**extents, **others, row.wrt: moved}, functions)

    return np.asarray(jax.jit(transform(function))(values[row.wrt], dict(values)))
