"""Text in NumPy's notation with declared shapes: `norm(X @ w - y)**2`. Never evaluated as Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError, InputError, ParseError
from edgewise.frontends.text import ALIASES
from edgewise.graph import Builder, Expr, Tape, Tensor, TensorInput, function_of, handle, tensor
from edgewise.graph import tensor_functions as f
from edgewise.graph import tensors as t
from edgewise.graph.outputs import collect
from edgewise.ops import CONSTANTS, OPS, Op, dimension, named_dimensions, rows_of
from edgewise.ops.formula import parse_statements, shorten

__all__ = ["TENSOR_FUNCTIONS", "parse_shapes", "parse_tensors"]

_OPERATORS: Final[Mapping[type[ast.AST], Callable[..., Any]]] = {
    ast.Add: lambda a, b: a + b, ast.Sub: lambda a, b: a - b, ast.Mult: lambda a, b: a * b,
    ast.Div: lambda a, b: a / b, ast.Pow: lambda a, b: a**b, ast.MatMult: lambda a, b: a @ b,
    ast.Mod: lambda a, b: a % b, ast.USub: lambda a: -a, ast.UAdd: lambda a: a, ast.Not: lambda a: ~a,
    ast.Lt: lambda a, b: a < b, ast.LtE: lambda a, b: a <= b, ast.Gt: lambda a, b: a > b, ast.GtE: lambda a, b: a >= b,
    ast.Eq: lambda a, b: f.scalar_function("eq", a, b), ast.NotEq: lambda a, b: f.scalar_function("ne", a, b),
    ast.BitAnd: lambda a, b: a & b, ast.BitOr: lambda a, b: a | b,
}  # fmt: skip

_NUMPY: Final[Mapping[str, Any]] = {
    "sum": np.sum, "mean": np.mean, "prod": np.prod, "var": np.var, "std": np.std, "cumsum": np.cumsum,
    "norm": np.linalg.norm, "dot": np.dot, "vdot": np.vdot, "inner": np.inner, "outer": np.outer, "kron": np.kron,
    "einsum": np.einsum, "tensordot": np.tensordot, "trace": np.trace, "diag": np.diag, "diagonal": np.diagonal,
    "transpose": np.transpose, "swapaxes": np.swapaxes, "moveaxis": np.moveaxis, "reshape": np.reshape,
    "ravel": np.ravel, "squeeze": np.squeeze, "expand_dims": np.expand_dims, "broadcast_to": np.broadcast_to,
    "concatenate": np.concatenate, "stack": np.stack, "vstack": np.vstack, "hstack": np.hstack, "block": np.block,
    "pad": np.pad, "take": np.take, "tril": np.tril, "triu": np.triu, "flip": np.flip, "roll": np.roll,
    "diff": np.diff, "where": np.where, "inv": np.linalg.inv, "det": np.linalg.det, "solve": np.linalg.solve,
    "cholesky": np.linalg.cholesky, "pinv": np.linalg.pinv, "eigvalsh": np.linalg.eigvalsh,
    "matrix_power": np.linalg.matrix_power, "convolve": np.convolve, "zeros_like": np.zeros_like,
    "ones_like": np.ones_like, "amax": np.max, "amin": np.min,
}  # fmt: skip

_OURS: Final[Mapping[str, Callable[..., Any]]] = {
    **{name: getattr(f, name) for name in f.__all__ if name != "scalar_function"},
    "conv1d": lambda x, k: f.conv(x, k, 1), "conv2d": lambda x, k: f.conv(x, k, 2),
}  # fmt: skip


TENSOR_FUNCTIONS: Final = frozenset((*_NUMPY, *_OURS))
"""The functions that only formulas of tensors have."""


def parse_shapes(shapes: str | Mapping[str, Any]) -> dict[str, TensorInput]:
    """The declared inputs: names with their dimensions, none for a scalar, and perhaps `symmetric` or `integer`.

    >>> parse_shapes("X: n,d; w: d; c:; S: n,n symmetric")
    {'X': tensor(n, d), 'w': tensor(d,), 'c': tensor(), 'S': tensor(n, n) symmetric}
    """
    declared: dict[str, TensorInput] = {}
    if not isinstance(shapes, str):
        for name, shape in shapes.items():
            lengths = (shape,) if isinstance(shape, (str, int)) else shape
            declared[name] = shape if isinstance(shape, TensorInput) else tensor(*lengths)
        return declared
    for item in filter(None, (part.strip() for part in shapes.split(";"))):
        name, colon, given = item.partition(":")
        name = name.strip()
        if not colon or not name.isidentifier():
            raise InputError(f"shapes have {item!r}", hint='write "X: n,d; w: d", a name, a colon, and its dimensions')
        if name in declared:
            raise InputError(f"the input {name!r} is declared twice", hint="declare each input once")
        symmetric, integer = (re.search(rf"\b{word}\s*$", given) is not None for word in ("symmetric", "integer"))
        given = re.sub(r"\b(symmetric|integer)\s*$", "", given)
        lengths = [part.strip() for part in given.strip(" ()").split(",") if part.strip()]
        declared[name] = tensor(*lengths, symmetric=symmetric, dtype=int if integer else float)
    return declared


def parse_tensors(
    text: str, shapes: str | Mapping[str, Any], *, functions: Mapping[str, Op] | None = None, share: bool = False
) -> Tape:
    """The graph of a formula on tensors, of several `[a, b]`, or of assignments that end in one.

    Names of inputs are those declared; a name of a dimension is its length. `functions` gives the user's operations.

    >>> parse_tensors("r = X @ w - y; r @ r / n", "X: n,d; w: d; y: n").shapes[4]
    (n,)
    """
    declared = parse_shapes(shapes)
    builder = Builder(share=share)
    builder.tensors, builder.fast = True, False
    names: dict[str, Any] = {
        name: Tensor(builder, builder.tensor(name, given.shape, given.kind)) for name, given in declared.items()
    }
    for given in declared.values():
        for name in sorted(named_dimensions(given.shape)):
            names.setdefault(name, dimension(name))
    reader = _Reader(builder, names, {name: function_of(op) for name, op in rows_of(functions).items()})
    statements, result = parse_statements(text)
    for name, tree in statements:
        if name in names and name not in reader.assigned:
            raise ParseError(f"{name!r} is declared and assigned", hint="assign to another name")
        value = reader.read(tree)
        names[name] = value
        reader.assigned.add(name)
        if isinstance(value, Tensor):
            value.named(name)
    outputs = [reader.read(item) for item in result.elts] if isinstance(result, (ast.List, ast.Tuple)) else None
    value = reader.read(result) if outputs is None else outputs if isinstance(result, ast.List) else tuple(outputs)
    if not isinstance(value, (list, tuple)):
        value = reader.expression(value)
    else:
        value = type(value)(reader.expression(item) for item in value)
    _, nodes, layout = collect(value, builder)
    tape, _ = builder.freeze(nodes, layout, list(declared))
    return tape


class _Reader:
    """Evaluates a syntax tree on tensors, arguments before their operation, without recursion."""

    def __init__(self, builder: Builder, names: dict[str, Any], functions: Mapping[str, Callable[..., Any]]) -> None:
        self.builder, self.names, self.functions = builder, names, functions
        self.assigned: set[str] = set()

    def expression(self, value: Any) -> Any:
        """A result as an expression: a dimension alone is its number."""
        return value if isinstance(value, Expr) else handle(self.builder, t.node_of(self.builder, value))

    def read(self, tree: ast.expr) -> Any:
        done: list[Any] = []
        todo: list[tuple[ast.AST, bool]] = [(tree, False)]
        while todo:
            item, ready = todo.pop()
            children = _children(item)
            if not ready and children:
                todo.append((item, True))
                todo.extend((child, False) for child in reversed(children))
                continue
            args = done[len(done) - len(children) :] if children else []
            del done[len(done) - len(children) :]
            try:
                done.append(self._value(item, args))
            except EdgewiseError as error:
                # The line that runs is ours: the part of the text is the place.
                place = "" if isinstance(error, ParseError) else f", in {_source(item)!r}"
                raise type(error)(error.what + place, hint=error.hint) from None
            except (TypeError, ValueError, AttributeError, IndexError) as error:
                raise ParseError(f"{_source(item)!r}: {error}", hint="see NumPy's documentation for its form") from None
        return done[0]

    def _value(self, item: ast.AST, args: list[Any]) -> Any:
        match item:
            case ast.Constant(value=value) if isinstance(value, (int, float, str)) or value is None or value is ...:
                return value
            case ast.Name(id=name):
                return self._name(name)
            case ast.BinOp(op=op) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](*args)
            case ast.UnaryOp(op=op) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](*args)
            case ast.Compare(ops=[op]) if type(op) in _OPERATORS:
                return _OPERATORS[type(op)](*args)
            case ast.IfExp():
                return np.where(*args)
            case ast.Tuple():
                return tuple(args)
            case ast.List():
                return list(args)
            case ast.Slice():
                values = iter(args)
                return slice(*(None if part is None else next(values) for part in (item.lower, item.upper, item.step)))
            case ast.Subscript():
                return args[0][args[1]]
            case ast.Attribute(attr="T" | "mT" | "shape" as name):
                return getattr(args[0], name)
            case ast.Call(func=func):
                return self._call(item, func, args)
        raise ParseError(
            f"{_source(item)!r} has no meaning in a formula of tensors",
            hint="use names, numbers, operators, slices, .T, and functions such as sum, exp, inv",
        )

    def _name(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS:
            return self.expression(CONSTANTS[name])
        if self._function(name) is not None:
            raise ParseError(f"the function {name} is used without arguments", hint=f"write {name}(…)")
        raise ParseError(
            f"{name!r} has no declared shape", hint=f'add it: --shape "{name}: n,d", or shapes="{name}:" for a number'
        )

    def _function(self, name: str) -> Callable[..., Any] | None:
        if name in self.functions:
            return self.functions[name]
        if name in ("max", "min"):
            return _extreme(name)
        if name in _OURS:
            return _OURS[name]
        if name in _NUMPY:
            known: Callable[..., Any] = _NUMPY[name]
            return known
        row = OPS.get(ALIASES.get(name, name))
        return self._elementwise(row) if row is not None and row.args else None

    def _elementwise(self, row: Op) -> Callable[..., Any]:
        """An operation of the scalar table; a dimension stands for its number."""
        function = function_of(row)
        return lambda *args: function(*(self.expression(a) if hasattr(a, "free_symbols") else a for a in args))

    def _call(self, item: ast.Call, func: ast.expr, args: list[Any]) -> Any:
        method = isinstance(func, ast.Attribute)
        receiver, args = (args[0], args[1:]) if method else (None, args)
        positional = args[: len(item.args)]
        keywords = {str(k.arg): value for k, value in zip(item.keywords, args[len(item.args) :], strict=True)}
        if method:
            name = func.attr  # type: ignore[attr-defined]
            if name.startswith("_") or not isinstance(receiver, Tensor) or not callable(getattr(receiver, name, None)):
                raise ParseError(f"{_source(item)!r}: there is no method {name}", hint="write it as a function")
            return getattr(receiver, name)(*positional, **keywords)
        name = func.id if isinstance(func, ast.Name) else ""
        function = self._function(name)
        if function is None:
            import difflib

            known = [*_NUMPY, *_OURS, *OPS]
            close = difflib.get_close_matches(name, known, 1)
            raise ParseError(
                f"{shorten(name or _source(func))!r} is not a function",
                hint=f"did you mean {close[0]}?" if close else "see the table of operations",
            )
        return function(*positional, **keywords)


def _extreme(name: str) -> Callable[..., Any]:
    """`max(x)` reduces, `max(x, y)` takes the larger entries."""

    def call(x: Any, *others: Any, **keywords: Any) -> Any:
        if others and not isinstance(others[0], (int, tuple)):
            return f.scalar_function(name, x, *others)
        return (np.max if name == "max" else np.min)(x, *others, **keywords)

    return call


def _children(item: ast.AST) -> list[ast.AST]:
    """The parts whose values an expression needs, in order."""
    match item:
        case ast.BinOp(left=left, right=right):
            return [left, right]
        case ast.UnaryOp(operand=operand):
            return [operand]
        case ast.Compare(left=left, comparators=[right]):
            return [left, right]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return [test, body, orelse]
        case ast.Tuple(elts=elts) | ast.List(elts=elts):
            return list(elts)
        case ast.Slice(lower=lower, upper=upper, step=step):
            return [part for part in (lower, upper, step) if part is not None]
        case ast.Subscript(value=value, slice=index):
            return [value, index]
        case ast.Attribute(value=value):
            return [value]
        case ast.Call(func=func, args=args, keywords=keywords):
            receiver = [func.value] if isinstance(func, ast.Attribute) else []
            return [*receiver, *args, *(k.value for k in keywords)]
    return []


def _source(item: ast.AST) -> str:
    try:
        return shorten(ast.unparse(item))
    except (RecursionError, ValueError):
        return f"a long {type(item).__name__}"
