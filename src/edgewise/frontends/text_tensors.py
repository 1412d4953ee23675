"""Text in NumPy's notation with declared shapes: `norm(X @ w - y)**2`. Never evaluated as Python."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from functools import reduce
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError, InputError, ParseError, nearest
from edgewise.frontends.text import NAMED, NEVER, unknown_function
from edgewise.frontends.text_functions import TENSOR_FUNCTIONS, elementwise, entries, tensor_function
from edgewise.graph import Builder, Expr, Tape, Tensor, TensorInput, apply, function_of, handle, tensor
from edgewise.graph.arrays.outputs import collect
from edgewise.graph.special_functions import SPECIAL_FUNCTIONS
from edgewise.graph.tensors import tensor_functions as f
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import ALIASES, OPS, Op, dimension, fold_exact, named_dimensions, rows_of
from edgewise.ops.formula import floor_quotient, parse_statements
from edgewise.ops.polynomial_formulas import OF_ORDER
from edgewise.ops.postfix import Code, Expression
from edgewise.ops.tokens import shorten

__all__ = ["TENSOR_FUNCTIONS", "parse_shapes", "parse_tensors"]

_OPERATORS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": operator.add, "sub": operator.sub, "mul": operator.mul, "div": operator.truediv, "pow": operator.pow,
    "matmul": operator.matmul, "mod": operator.mod, "neg": operator.neg, "not": operator.invert, "lt": operator.lt,
    "le": operator.le, "gt": operator.gt, "ge": operator.ge, "and": operator.and_, "or": operator.or_,
    "eq": lambda a, b: f.scalar_function("eq", a, b), "ne": lambda a, b: f.scalar_function("ne", a, b),
}  # fmt: skip

MOST_AXES: Final = 64
"""How many axes NumPy's arrays have at most."""

_OF_PYTHON: Final = (TypeError, ValueError, AttributeError, IndexError, ArithmeticError, AssertionError, MemoryError)
_FORM: Final = "see NumPy's documentation for its form"
_COMPARED: Final = frozenset(("lt", "le", "gt", "ge", "eq", "ne"))
_METHODS: Final = frozenset(
    "sum mean var std prod max min cumsum dot trace diagonal take clip copy transpose swapaxes reshape ravel flatten "
    "squeeze astype".split()
)


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
        name, colon, given = item.partition("=" if "=" in item and ":" not in item else ":")
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
    for name, expression in statements:
        if name in names and name not in reader.assigned:
            raise ParseError(f"{name!r} is declared and assigned", hint="assign to another name")
        value = reader.read(expression)
        names[name] = value
        reader.assigned.add(name)
        if isinstance(value, Tensor):
            value.named(name)
    value = reader.read(result)
    if isinstance(value, (list, tuple)):
        value = type(value)(reader.expression(item) for item in value)
    else:
        value = reader.expression(value)
    _, nodes, layout = collect(value, builder)
    tape, _ = builder.freeze(nodes, layout, list(declared))
    return tape


def _check_depth(values: Sequence[Any]) -> None:
    """Refuse lists in lists without end: NumPy's functions recurse over them, and no array has that many axes."""
    inner: list[Any] = list(values)
    for _ in range(MOST_AXES):
        inner = [item for each in inner if isinstance(each, (list, tuple)) for item in each]
        if not inner:
            return
    raise ParseError(f"lists nested more than {MOST_AXES} deep", hint="an array has no more axes than that")


class _Reader:
    """Runs a program on tensors."""

    def __init__(self, builder: Builder, names: dict[str, Any], functions: Mapping[str, Callable[..., Any]]) -> None:
        self.builder, self.names, self.functions = builder, names, functions
        self.assigned: set[str] = set()

    def expression(self, value: Any) -> Any:
        """A result as an expression: a dimension alone is its number."""
        if isinstance(value, Expr):
            return value
        try:
            if isinstance(value, (list, tuple)):
                return self._function("array")(value)
            return handle(self.builder, t.node_of(self.builder, value))
        except ValueError as error:  # of NumPy
            if isinstance(error, EdgewiseError):
                raise
            raise InputError(
                "lists of different lengths, or nested too deeply, stand where an array is wanted",
                hint="give rows of equal length",
            ) from None

    def read(self, expression: Expression) -> Any:
        code, first, stop = expression
        counts = code.counts
        done: list[Any] = []
        for k in range(first, stop):
            args = done[len(done) - counts[k] :] if counts[k] else []
            del done[len(done) - counts[k] :]
            try:
                done.append(self._value(code, k, args))
            except EdgewiseError as error:
                # The line that runs is ours: the part of the text is the place.
                raise type(error)(error.what, hint=error.hint, line=_where(code, k)) from None
            except _OF_PYTHON as error:
                said = " ".join(str(error).split()) or type(error).__name__
                said = re.sub(r"^[\w.<>]+\(\)", code.source(k).partition("(")[0], said)
                raise ParseError(shorten(said, 200), hint=_FORM, line=_where(code, k)) from None
        return done[0]

    def _value(self, code: Code, k: int, args: list[Any]) -> Any:
        value = code.values[k]
        match code.kinds[k]:
            case "number" | "text" | "ellipsis":
                return value
            case "name":
                return self._name(value)
            case "entry":
                return entries(self._name(value[0]), value[1])
            case "op":
                return self._operation(value, args)
            case "compare":
                found = [self._operation(name, args[j : j + 2]) for j, name in enumerate(value.split())]
                return reduce(operator.and_, found)
            case "if":
                return np.where(args[1], args[0], args[2])
            case "tuple" | "list" as kind:
                _check_depth(args)
                return tuple(args) if kind == "tuple" else args
            case "slice":
                given = iter(args)
                return slice(*(next(given) if there else None for there in value))
            case "index":
                number = isinstance(args[0], (int, float, Fraction)) or hasattr(args[0], "free_symbols")
                return entries(self.expression(args[0]) if number else args[0], args[1])
            case "attribute" if value in ("T", "mT", "shape", "size", "ndim"):
                return getattr(args[0], value)
            case "call":
                return self._function(value)(*args)
            case "keyword_call" | "method":
                name, keywords = value
                named = dict(zip(keywords, args[len(args) - len(keywords) :], strict=True))
                args = args[: len(args) - len(keywords)]
                if code.kinds[k] == "keyword_call":
                    return self._function(name)(*args, **named)
                if name not in _METHODS or not isinstance(args[0], Tensor):
                    raise ParseError(f"there is no method {shorten(name)!r}", hint="write it as a function")
                return getattr(args[0], name)(*args[1:], **named)
        raise ParseError(
            f"there is no attribute {shorten(str(value))!r}", hint="there are .T, .mT, .shape, .size, .ndim"
        )

    def _operation(self, name: str, args: list[Any]) -> Any:
        for arg in args:
            if isinstance(arg, (list, tuple, str)) or arg is None or arg is ...:
                raise ParseError(f"an operator on {shorten(repr(arg), 30)}", hint="write numbers as array([1, 2])")
        whole = all(isinstance(arg, (int, Fraction)) or hasattr(arg, "free_symbols") for arg in args)
        if not whole or name in ("not", "and", "or") or name in _COMPARED:
            args = [self.expression(arg) if hasattr(arg, "free_symbols") else arg for arg in args]
            if name == "floordiv":
                return floor_quotient(lambda op, of: apply(op, *of), self.expression(args[0]), args[1], args[1])
            alone = not any(isinstance(arg, Expr) for arg in args)  # a node, and not a rounded number
            # Python turns a comparison of a number around.
            if name != "neg" and (alone or (name in _COMPARED and not isinstance(args[0], Expr))):
                args = [self.expression(args[0]), *args[1:]]
            return _OPERATORS[name](*args)
        # Whole numbers and dimensions, exactly, as long as Python does not make very long ones of them.
        if any(hasattr(arg, "free_symbols") for arg in args) and all(map(_short, args)):
            if name != "pow" or (type(args[1]) is int and 0 <= args[1] <= 64):
                return args[0] // args[1] if name == "floordiv" else _OPERATORS[name](*args)
        elif name in ("floordiv", "mod") and args[1] and all(map(_short, args)):
            return args[0] // args[1] if name == "floordiv" else args[0] % args[1]
        exact = fold_exact(name, args)
        return exact if exact is not None else self._operation(name, list(map(self.expression, args)))

    def _name(self, name: str) -> Any:
        if name in self.names:
            return self.names[name]
        if name in NAMED:
            value = NAMED[name]
            return value if type(value) is float else self.expression(value)
        if name in ("s_", "nan"):  # NaN stands in arrays of numbers only
            return np.s_ if name == "s_" else np.nan
        if name in ("np", "numpy", "math", "jnp", "torch", "scipy", "sp", "sympy"):
            raise ParseError(f"{name!r} is a module", hint="write functions alone: sin(x), inv(A)")
        if name in NEVER:
            raise ParseError(f"{name} is not a number of a formula", hint=NEVER[name])
        if self._known(name) is not None:
            raise ParseError(f"the function {name} is used without arguments", hint=f"write {name}(…)")
        near = nearest(name[:40], self.names)
        add = f'add it: --shape "{shorten(name)}: n,d", or shapes="{shorten(name)}:" for a number'
        raise ParseError(f"{shorten(name)!r} has no declared shape", hint=f"did you mean {near[0]}?" if near else add)

    def _function(self, name: str) -> Callable[..., Any]:
        found = self._known(name)
        if found is None:
            raise unknown_function(name, [*TENSOR_FUNCTIONS, *self.functions], name in self.names)
        return found

    def _known(self, name: str) -> Callable[..., Any] | None:
        if name in self.functions:
            return self.functions[name]
        found = tensor_function(name, self.expression)
        row = OPS.get(ALIASES.get(name, name))
        if found is None and row is None and name in SPECIAL_FUNCTIONS:
            ordered = int(name in OF_ORDER)
            return lambda *args: SPECIAL_FUNCTIONS[name](*args[:ordered], *map(self.expression, args[ordered:]))
        if found is not None or row is None or not row.args:
            return found
        return elementwise(row, self.expression)


def _short(value: Any) -> bool:
    """Whether arithmetic on a whole number or an expression of dimensions stays short."""
    if isinstance(value, (int, Fraction)):
        return max(abs(value.numerator), value.denominator) < 1 << 64
    return value.count_ops() <= 64 and all(abs(k.p) < 1 << 64 and k.q < 1 << 64 for k in value.atoms() if k.is_Rational)


def _where(code: Code, k: int) -> str:
    source = code.source(k)
    return code.place(k) + ("" if source == code.text.strip() else f", in {source!r}")
