"""The formula language: the expressions in which the table's rows, user operations and plain text are written.

It is a subset of Python's expression grammar, read by Python's own parser and walked here with an explicit stack
against a whitelist. Text is never evaluated as Python code.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from inspect import cleandoc
from typing import Any, Final, Generic, Protocol, TypeVar

from edgewise.errors import OperationError, ParseError
from edgewise.ops.op import CONSTANTS, Number, Op, number_key, tidy_number
from edgewise.ops.table import OPS

__all__ = [
    "Algebra",
    "Ref",
    "Template",
    "fold_exact",
    "parse_expression",
    "parse_statements",
    "shorten",
    "template_of",
    "walk",
]

T = TypeVar("T")

BINARY: Final[dict[type[ast.AST], str]] = {
    ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.Div: "div", ast.Pow: "pow", ast.Mod: "mod",
    ast.FloorDiv: "div", ast.BitAnd: "and", ast.BitOr: "or",
}  # fmt: skip
COMPARE: Final[dict[type[ast.AST], str]] = {
    ast.Lt: "lt", ast.LtE: "le", ast.Gt: "gt", ast.GtE: "ge", ast.Eq: "eq", ast.NotEq: "ne",
}  # fmt: skip
BITS: Final = 10_000
"""Longer integers are refused: Python does not print them, and they are far outside double precision."""
UNARY: Final[dict[type[ast.AST], str]] = {ast.USub: "neg", ast.Not: "not", ast.Invert: "not"}


class Algebra(Protocol, Generic[T]):
    """What `walk` writes into: a template, a graph, anything with names, numbers and operations."""

    def name(self, name: str) -> T: ...
    def number(self, value: Number) -> T: ...
    def call(self, op: str, args: Sequence[T]) -> T: ...
    def entry(self, name: str, index: tuple[int, ...]) -> T: ...


def parse_expression(text: str, what: str = "expression") -> ast.expr:
    """Python's syntax tree of one expression, or a ParseError that points at the place."""
    tree = _parsed(text, "eval", what)
    assert isinstance(tree, ast.Expression)
    return tree.body


def parse_statements(text: str) -> tuple[list[tuple[str, ast.expr]], ast.expr]:
    """Assignments `name = expression`, and the expression at the end."""
    module = _parsed(text, "exec", "formula")
    assert isinstance(module, ast.Module)
    assignments: list[tuple[str, ast.expr]] = []
    for statement in module.body[:-1]:
        target = statement.targets[0] if isinstance(statement, ast.Assign) and len(statement.targets) == 1 else None
        if not isinstance(target, ast.Name) or not isinstance(statement, ast.Assign):
            raise ParseError(
                f"{_source(statement)!r} is not an assignment to one name",
                hint="write steps as name = expression; the last line is the result",
            )
        assignments.append((target.id, statement.value))
    last = module.body[-1] if module.body else None
    if not isinstance(last, ast.Expr):
        raise ParseError(f"the formula {shorten(text)!r} has no result", hint="end with an expression")
    return assignments, last.value


def _parsed(text: str, mode: str, what: str) -> ast.AST:
    try:
        return ast.parse(cleandoc(text).strip(), mode=mode)
    except SyntaxError as error:
        place = f" at character {error.offset}" if error.offset else ""
        hint = "write powers as **" if "^" in text else "write one Python-like expression, such as exp(x*y) + sin(x)"
        raise ParseError(f"{what} {shorten(text)!r} does not parse{place}: {error.msg}", hint=hint) from None
    except (RecursionError, MemoryError):
        raise ParseError(
            f"{what} of {len(text)} characters is nested too deeply for Python's parser",
            hint="write it in steps (s = …; s + …), build it with edgewise.symbols, or trace a function",
        ) from None
    except ValueError as error:  # a null byte, or an integer of too many digits
        raise ParseError(f"{what} does not parse: {error}", hint="remove the offending characters") from None


def _source(tree: ast.AST) -> str:
    """The text of a part of the tree, for messages. Python writes it recursively: a deep part is only named."""
    try:
        return shorten(ast.unparse(tree))
    except (RecursionError, ValueError):
        return f"a long {type(tree).__name__}"


def shorten(text: str, limit: int = 60) -> str:
    """A text cut to a limit, for messages."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def walk(tree: ast.expr, algebra: Algebra[T]) -> T:
    """Write a syntax tree into an algebra, arguments before their operation, left to right, without recursion."""
    done: list[T] = []
    todo: list[ast.expr | tuple[str, int]] = [tree]
    while todo:
        item = todo.pop()
        if isinstance(item, tuple):
            name, arity = item
            args = done[len(done) - arity :] if arity else []
            del done[len(done) - arity :]
            if name == "if":  # `a if c else b` is written, and read here, with its condition in the middle
                name, args = "where", [args[1], args[0], args[2]]
            done.append(algebra.call(name, args) if " " not in name else _chain(name.split(), args, algebra))
        elif isinstance(item, ast.Name):
            done.append(algebra.name(item.id))
        elif isinstance(item, ast.Constant):
            if not isinstance(item.value, (int, float)):
                raise ParseError(f"{_source(item)} is not a real number", hint="write a real number")
            if item.value == math.inf:
                raise ParseError("a number beyond the largest double, 1.8e308", hint="write inf for infinity")
            if isinstance(item.value, int) and item.value.bit_length() > BITS:
                raise ParseError(f"an integer of more than {BITS} bits", hint="write it as a power, or as a float")
            done.append(algebra.number(item.value))
        elif isinstance(item, ast.Subscript) and (index := _constant_index(item)) is not None:
            done.append(algebra.entry(*index))
        else:
            todo.extend(reversed(_expand(item)))
    return done[0]


def _chain(comparisons: Sequence[str], sides: Sequence[T], algebra: Algebra[T]) -> T:
    """`a < b <= c` as (a < b) and (b <= c); each side is written once."""
    result = algebra.call(comparisons[0], sides[:2])
    for k, name in enumerate(comparisons[1:], start=1):
        result = algebra.call("and", [result, algebra.call(name, sides[k : k + 2])])
    return result


def _constant_index(node: ast.Subscript) -> tuple[str, tuple[int, ...]] | None:
    """`w[3]` or `w[1, 2]` as (name, index)."""
    entries = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    index: list[int] = []
    for entry in entries:
        sign = 1
        if isinstance(entry, ast.UnaryOp) and isinstance(entry.op, ast.USub):
            sign, entry = -1, entry.operand
        if not isinstance(entry, ast.Constant) or type(entry.value) is not int:
            return None
        index.append(sign * entry.value)
    return (node.value.id, tuple(index)) if isinstance(node.value, ast.Name) else None


def _expand(node: ast.expr) -> list[ast.expr | tuple[str, int]]:
    """A composite node as the postfix sequence of its operands and operations."""
    if isinstance(node, ast.BinOp) and type(node.op) in BINARY:
        operations: list[tuple[str, int]] = [(BINARY[type(node.op)], 2)]
        return [node.left, node.right, *operations, *([("floor", 1)] if isinstance(node.op, ast.FloorDiv) else [])]
    if isinstance(node, ast.UnaryOp):
        if isinstance(node.op, ast.UAdd):
            return [node.operand]
        return [node.operand, (UNARY[type(node.op)], 1)]
    if isinstance(node, ast.BoolOp):
        name = "and" if isinstance(node.op, ast.And) else "or"
        postfix: list[ast.expr | tuple[str, int]] = [node.values[0]]
        for value in node.values[1:]:
            postfix += [value, (name, 2)]
        return postfix
    if isinstance(node, ast.Compare) and all(type(op) in COMPARE for op in node.ops):
        sides = [node.left, *node.comparators]
        return [*sides, (" ".join(COMPARE[type(op)] for op in node.ops), len(sides))]
    if isinstance(node, ast.IfExp):
        return [node.body, node.test, node.orelse, ("if", 3)]
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and not node.keywords:
        if any(isinstance(arg, ast.Starred) for arg in node.args):
            raise ParseError("a starred argument has no meaning in a formula", hint="write the arguments out")
        return [*node.args, (node.func.id, len(node.args))]
    hint = "use numbers, names, + - * / // ** %, comparisons, and/or/not, `a if c else b`, and the table's functions"
    if isinstance(getattr(node, "op", None), ast.BitXor):
        hint = "write powers as **"
    elif isinstance(node, ast.Subscript):
        hint = "only the entries of a declared group are read, by whole numbers: w[0], X[1, 2]"
    elif isinstance(node, (ast.List, ast.Tuple)):
        hint = "several outputs are listed once, at the end: x*y, x + y"
    raise ParseError(f"{type(node).__name__} is not part of the language: {_source(node)!r}", hint=hint)


# --- templates: the rows' partials as relative Wengert lists ----------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ref:
    """What a template node reads: "arg" k of the consumer, its result "out", a "const", or template node "node" t."""

    kind: str
    value: Any = 0


@dataclass(frozen=True, slots=True)
class Template:
    """A short Wengert list relative to one node: how to write a local partial in terms of it and its arguments."""

    nodes: tuple[tuple[Op, tuple[Ref, ...], Any], ...]
    result: Ref


EXACT: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: Fraction(a) / b if b else None,
}


def fold_exact(op: str, values: Sequence[Number]) -> Number | None:
    """The exact result of arithmetic on integers and fractions, None where there is none.

    >>> fold_exact("div", [1, 3]), fold_exact("pow", [2, -1]), fold_exact("add", [1, 0.5]) is None
    (Fraction(1, 3), Fraction(1, 2), True)
    """
    if not all(type(value) in (int, Fraction) for value in values):
        return None
    if op == "neg":
        return -values[0]  # type: ignore[operator]
    if op == "pow":
        base, exponent = values
        # A size limit keeps 10**10**10 from being computed: it is left to floating point.
        if type(exponent) is not int or abs(exponent) > 64 or (base == 0 and exponent <= 0):
            return None
        return tidy_number(Fraction(base) ** exponent)  # type: ignore[arg-type]
    if op in EXACT:
        result = EXACT[op](*values)
        return None if result is None else tidy_number(result)
    return None


class _TemplateAlgebra:
    """Writes a row's partial as a template, folding exact numbers and the units 0 and 1 as it goes."""

    def __init__(self, names: Mapping[str, Ref], ops: Mapping[str, Op]) -> None:
        self.names, self.ops = names, ops
        self.nodes: list[tuple[Op, tuple[Ref, ...], Any]] = []
        self.seen: dict[Any, Ref] = {}

    def name(self, name: str) -> Ref:
        if name in self.names:
            return self.names[name]
        if name in CONSTANTS:
            return Ref("const", CONSTANTS[name])
        raise OperationError(f"a partial uses the unknown name {name!r}", hint=f"it may use {sorted(self.names)}")

    def number(self, value: Number) -> Ref:
        return Ref("const", value)

    def call(self, op: str, args: Sequence[Ref]) -> Ref:
        constants = [ref.value for ref in args if ref.kind == "const"]
        if len(constants) == len(args) and (exact := fold_exact(op, constants)) is not None:
            return Ref("const", exact)
        if op == "sub" and len(constants) == 2 and type(constants[0]) is float and type(constants[1]) is int:
            return Ref("const", constants[0] - constants[1])  # the exponent of a slope, as any machine computes it
        first, last = args[0], args[-1]
        zero, one = number_key(0), number_key(1)
        keys = [number_key(ref.value) if ref.kind == "const" else None for ref in args]
        if op == "mul" and zero in keys:
            return Ref("const", 0)
        if op == "mul" and one in keys:
            return last if keys[0] == one else first
        if op == "mul" and number_key(-1) in keys:
            return self.call("neg", [last if keys[0] == number_key(-1) else first])
        if op == "sub" and keys[0] == zero:
            return self.call("neg", [last])
        if op == "div" and keys[1] == one:
            return first
        if op == "pow" and last.kind == "const" and last.value in (0, 1) and type(last.value) is int:
            return first if last.value else Ref("const", 1)
        if op == "pow" and last.kind == "const" and type(last.value) in (int, Fraction, float):
            return self.push(self.ops["power"], (first,), last.value)
        if op not in self.ops:
            raise OperationError(f"a partial uses the unknown operation {op!r}", hint="see edgewise.ops.TABLE")
        row = self.ops[op]
        parameter = None
        if row.parameter:
            order, *args = args
            if order.kind != "const":
                raise OperationError(f"the order of {op} in a partial must be a constant")
            parameter = order.value
        if len(args) != row.arity:
            raise OperationError(f"a partial calls {op} with {len(args)} arguments; it takes {row.arity}")
        return self.push(row, tuple(args), parameter)

    def entry(self, name: str, index: tuple[int, ...]) -> Ref:
        raise OperationError(f"a partial reads an entry of {name!r}", hint="partials are formulas of scalars")

    def push(self, op: Op, args: tuple[Ref, ...], parameter: Any) -> Ref:
        # `out*out` written twice in one partial is one node: the row says what to compute, not how often.
        key = (op.name, tuple((r.kind, number_key(r.value) if r.kind == "const" else r.value) for r in args), parameter)
        if key not in self.seen:
            self.nodes.append((op, args, parameter))
            self.seen[key] = Ref("node", len(self.nodes) - 1)
        return self.seen[key]


def template_of(op: Op, position: int, parameter: Any = None, *, of_squares: bool = False) -> Template | None:
    """The local partial of `op` in one argument as a template; None where it is identically zero.

    With `of_squares` that of a root whose argument is a sum of squares.

    >>> [node[0].name for node in template_of(OPS["tanh"], 0).nodes]
    ['mul', 'sub']
    >>> template_of(OPS["power"], 0, 2).nodes[0][1]
    (Ref(kind='const', value=2), Ref(kind='arg', value=0))
    """
    # number_key keeps x**2 apart from x**2.0, which are equal as dictionary keys but not as exponents.
    key = (-1 if of_squares else position, None if parameter is None else number_key(parameter))
    if key not in op.cache:
        if len(op.cache) > 1000:  # exponents without end must not become a leak
            op.cache.clear()
        op.cache[key] = _template(op, op.of_squares if of_squares else op.partials[position], position, parameter)
    found: Template | None = op.cache[key]
    return found


def _template(op: Op, partial: Any, position: int, parameter: Any) -> Template | None:
    if callable(partial):  # found when it is first asked for: it may name operations without end
        partial = partial()
    if partial is None or isinstance(partial, Template):
        return partial
    names = {arg: Ref("arg", k) for k, arg in enumerate(op.args)} | {"out": Ref("out")}
    if op.parameter:
        names[op.parameter] = Ref("const", parameter)
    algebra = _TemplateAlgebra(names, OPS if not op.custom else {**OPS, op.name: op})
    result = walk(parse_expression(str(partial), f"partial {position} of {op.name}"), algebra)
    if result.kind == "const" and number_key(result.value) == number_key(0):
        return None
    return _pruned(algebra.nodes, result)


def _pruned(nodes: Sequence[tuple[Op, tuple[Ref, ...], Any]], result: Ref) -> Template:
    """Without the nodes that folding left unused (as in `0*f(x)`)."""
    used = {result}
    for t in range(len(nodes) - 1, -1, -1):
        if Ref("node", t) in used:
            used.update(nodes[t][1])
    number = {t: k for k, t in enumerate(t for t in range(len(nodes)) if Ref("node", t) in used)}

    def moved(ref: Ref) -> Ref:
        return Ref("node", number[ref.value]) if ref.kind == "node" else ref

    kept = ((op, tuple(map(moved, args)), parameter) for op, args, parameter in (nodes[t] for t in number))
    return Template(tuple(kept), moved(result))
