"""The formula language: the expressions in which the table's rows, user operations and plain text are written.

It is a subset of Python's expressions (see `grammar`), whose programs are walked here. Text is never evaluated as
Python code.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, Final, Generic, NamedTuple, Protocol, TypeVar

from edgewise.errors import EdgewiseError, OperationError, ParseError
from edgewise.ops.grammar import read_statements
from edgewise.ops.op import CONSTANTS, Number, Op, Refusal, number_key
from edgewise.ops.postfix import Expression, not_scalar
from edgewise.ops.table import OPS
from edgewise.ops.tokens import BITS, shorten

__all__ = [
    "Algebra", "Ref", "Template", "computed_template", "floor_quotient", "fold_exact", "parse_expression",
    "parse_statements", "pruned", "template_of", "walk", "walk_all", "written",
]  # fmt: skip

T = TypeVar("T")


class Algebra(Protocol, Generic[T]):
    """What `walk` writes into: a template, a graph, anything with names, numbers and operations; few have entries."""

    def name(self, name: str) -> T: ...
    def number(self, value: Number) -> T: ...
    def call(self, op: str, args: Sequence[T]) -> T: ...

    def entry(self, name: str, index: tuple[int, ...]) -> T:
        """An entry of a group."""
        raise OperationError(f"a row reads an entry of {name!r}", hint="rows and rules are formulas of scalars")


def parse_expression(text: str, what: str = "formula") -> Expression:
    """One expression as a program, or a ParseError that points at the place."""
    statements = read_statements(text, what)
    if len(statements) != 1 or statements[0].target is not None:
        raise ParseError(f"{what} {shorten(text)!r} is not one expression", hint="write one, such as exp(x*y) + sin(x)")
    return statements[0].expression


def parse_statements(text: str) -> tuple[list[tuple[str, Expression]], Expression]:
    """Assignments `name = expression`, and the expression at the end."""
    statements = read_statements(text)
    if not statements or statements[-1].target is not None:
        hint = f"end with an expression, such as {statements[-1].target}" if statements else "write an expression"
        raise ParseError(f"the formula {shorten(text)!r} has no result", hint=hint)
    steps: list[tuple[str, Expression]] = []
    for target, expression in statements[:-1]:
        if target is None:
            last = expression.stop - 1
            raise ParseError(
                f"{expression.code.source(last)!r} is not an assignment to one name",
                hint="write steps as name = expression; the last line is the result",
                line=expression.code.place(last),
            )
        steps.append((target, expression))
    return steps, statements[-1].expression


def walk(expression: Expression, algebra: Algebra[T]) -> T:
    """Write an expression into an algebra: arguments before their operation, left to right."""
    return walk_all(expression, algebra)[0]


def walk_all(expression: Expression, algebra: Algebra[T]) -> list[T]:
    """The values that a program leaves. An error of the algebra is told the place in the text."""
    code, first, stop = expression
    kinds, values, counts = code.kinds, code.values, code.counts
    done: list[T] = []
    k = first
    try:
        for k in range(first, stop):
            kind, value, count = kinds[k], values[k], counts[k]
            if kind == "op" or kind == "call":
                if value == "matmul":
                    raise not_scalar(code, k)
                args = done[len(done) - count :] if count else []
                del done[len(done) - count :]
                if value == "floordiv":
                    by = values[k - 1] if kinds[k - 1] == "number" else None
                    done.append(floor_quotient(algebra.call, args[0], args[1], by))
                else:
                    done.append(algebra.call(value, args))
            elif kind == "name":
                done.append(algebra.name(value))
            elif kind == "number" and value is not None:
                done.append(algebra.number(value))
            elif kind == "entry":
                name, index = value
                done.append(algebra.entry(name, index if isinstance(index, tuple) else (index,)))
            elif kind == "compare":
                sides = done[len(done) - count :]
                del done[len(done) - count :]
                done.append(_chain(value.split(), sides, algebra))
            elif kind == "if":  # `a if c else b` stands with its condition in the middle
                a, c, b = done[-3:]
                done[-3:] = [algebra.call("where", [c, a, b])]
            else:
                raise not_scalar(code, k)
    except EdgewiseError as error:
        raise type(error)(error.what, hint=error.hint, line=error.line or code.place(k)) from None
    return done


def written(
    text: str, names: Mapping[str, T], number: Callable[[Number], T], call: Callable[[str, Sequence[T]], T]
) -> T:
    """What a formula is on these arguments; its steps are written in their order."""
    steps, result = parse_statements(text)
    algebra = _Written(dict(names), number, call)
    for name, step in steps:
        algebra.names[name] = walk(step, algebra)
    return walk(result, algebra)


class _Written(Algebra[T]):
    """The names of a formula stand for what it is written on."""

    def __init__(
        self, names: dict[str, T], number: Callable[[Number], T], call: Callable[[str, Sequence[T]], T]
    ) -> None:
        self.names, self._number, self._call = names, number, call

    def name(self, name: str) -> T:
        return self.names[name] if name in self.names else self._number(CONSTANTS[name])

    def number(self, value: Number) -> T:
        return self._number(value)

    def call(self, op: str, args: Sequence[T]) -> T:
        return self._call(op, args)


def floor_quotient(call: Callable[[str, Sequence[T]], T], x: T, y: T, number: Any) -> T:
    """x // y as NumPy and Python have it, from what is left of x: 1 // 0.1 is 9, though 1/0.1 is rounded up to 10.

    Where y is a `number` by which division is exact, 2 or 4 or a half, it is floor(x/y).
    """
    if isinstance(number, (int, float)) and number and abs(math.frexp(number)[0]) == 0.5:
        return call("floor", [call("div", [x, y])])
    return call("round", [call("div", [call("sub", [x, call("mod", [x, y])]), y])])


def _chain(comparisons: Sequence[str], sides: Sequence[T], algebra: Algebra[T]) -> T:
    """`a < b <= c` as (a < b) and (b <= c); each side is written once."""
    result = algebra.call(comparisons[0], sides[:2])
    for k, name in enumerate(comparisons[1:], start=1):
        result = algebra.call("and", [result, algebra.call(name, sides[k : k + 2])])
    return result


# --- templates: the rows' partials as relative Wengert lists ----------------------------------------------------


class Ref(NamedTuple):
    """What a template node reads: "arg" k of the consumer, its result "out", a "const", or template node "node" t."""

    kind: str
    value: Any = 0


class Template(NamedTuple):
    """A short Wengert list relative to one node: how to write a local partial in terms of it and its arguments."""

    nodes: tuple[tuple[Op, tuple[Ref, ...], Any], ...]
    result: Ref
    refusal: str = ""
    """Why there is no such formula, where a row has none: it must not be written then."""

    def write(
        self, args: Sequence[T], number: Callable[[Any], T], call: Callable[[Op, Sequence[T], Any], T], out: Any = None
    ) -> T:
        """The value of the result in anything with numbers and operations, for these arguments and this result `out`.

        `call` is given the row, the arguments and the parameter. What the result does not need is written too.

        >>> template_of(OPS["tan"], 0).write(["x"], str, lambda op, args, _: f"{op.name}({', '.join(args)})", "out")
        'add(1, mul(out, out))'
        """
        made: list[T] = []

        def value(ref: Ref) -> T:
            if ref.kind == "const":
                return number(ref.value)
            return out if ref.kind == "out" else (args if ref.kind == "arg" else made)[ref.value]  # type: ignore[no-any-return]

        for op, refs, parameter in self.nodes:
            made.append(call(op, [value(ref) for ref in refs], parameter))
        return value(self.result)


EXACT: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: Fraction(a) / b if b else None,
}


def fold_exact(op: str, values: Sequence[Number]) -> Number | None:
    """The exact result of arithmetic on integers and fractions, None where there is none; -inf is the number it says.

    >>> fold_exact("div", [1, 3]), fold_exact("pow", [2, -1]), fold_exact("add", [1, 0.5]) is None
    (Fraction(1, 3), Fraction(1, 2), True)
    """
    if op == "neg" and values[0] == math.inf:
        return -math.inf
    if not all(type(value) in (int, Fraction) for value in values):
        return None
    result = _exact(op, values)
    # What no double is as large as stays an operation, which overflows where it is computed.
    short = result is None or max(abs(result.numerator), result.denominator) >> (BITS - 1) == 0
    return result if short else None


def _exact(op: str, values: Sequence[Any]) -> int | Fraction | None:
    if op == "neg":
        return -values[0]  # type: ignore[no-any-return]
    if op == "pow":
        base, exponent = values
        # A size limit keeps 10**10**10 from being computed: it is left to floating point.
        if type(exponent) is not int or abs(exponent) > 64 or (base == 0 and exponent <= 0):
            return None
        if (max(abs(base.numerator), base.denominator).bit_length() - 1) * abs(exponent) > BITS:
            return None
        result = Fraction(base) ** exponent
    elif op in EXACT:
        result = EXACT[op](*values)
    else:
        return None
    return None if result is None else result.numerator if result.denominator == 1 else Fraction(result)


class _TemplateAlgebra(Algebra[Ref]):
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
        if op in ("add", "sub") and len(constants) == 2 and [type(value) for value in constants] == [float, int]:
            # The exponent of a slope, or the next order, as any machine computes it.
            return Ref("const", constants[0] + constants[1] if op == "add" else constants[0] - constants[1])
        first, last = args[0], args[-1]
        zero, one = number_key(0), number_key(1)
        keys = [number_key(ref.value) if ref.kind == "const" else None for ref in args]
        # A row with a parameter chooses by it.
        if op == "eq" and all(type(value) in (int, Fraction, float) for value in constants) and len(constants) == 2:
            return Ref("const", constants[0] == constants[1])
        if op == "where" and first.kind == "const" and type(first.value) is bool:
            return args[1] if first.value else args[2]
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
    ['sech', 'mul']
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


def computed_template(op: Op, parameter: Any = None) -> Template | None:
    """What a row says of how its value is computed from other operations; None where it says nothing.

    >>> [node[0].name for node in computed_template(OPS["softplus"]).nodes]
    ['max', 'abs', 'neg', 'exp', 'log1p', 'add']
    """
    if op.formula is not None or not op.computed:
        return op.formula  # type: ignore[no-any-return]
    key = "computed", parameter
    if key not in op.cache:
        names = {arg: Ref("arg", k) for k, arg in enumerate(op.args)}
        text = op.computed(parameter) if callable(op.computed) else op.computed
        op.cache[key] = _template_in(names, OPS, text, f"formula of {op.name}") if text else None
    found: Template | None = op.cache[key]
    return found


def _template(op: Op, partial: Any, position: int, parameter: Any) -> Template | None:
    if callable(partial):  # found when it is first asked for: it may name operations without end
        partial = partial(parameter) if op.parameter else partial()
    if partial is None or isinstance(partial, Template):
        return partial
    if isinstance(partial, Refusal):
        return Template((), Ref("const", math.nan), str(partial))
    names = {arg: Ref("arg", k) for k, arg in enumerate(op.args)} | {"out": Ref("out")}
    if op.parameter:
        names[op.parameter] = Ref("const", parameter)
    ops = OPS if not op.custom else {**OPS, op.name: op}
    return _template_in(names, ops, str(partial), f"partial {position} of {op.name}")


def _template_in(names: dict[str, Ref], ops: Mapping[str, Op], text: str, what: str) -> Template | None:
    """What a text, an expression or steps that end in one, is in these names; None where it is nothing but 0."""
    algebra = _TemplateAlgebra(names, ops)
    steps, expression = parse_statements(text) if "\n" in text or ";" in text else ([], parse_expression(text, what))
    for name, step in steps:
        names[name] = walk(step, algebra)
    result = walk(expression, algebra)
    if result.kind == "const" and number_key(result.value) == number_key(0):
        return None
    return pruned(algebra.nodes, result)


def pruned(nodes: Sequence[tuple[Op, tuple[Ref, ...], Any]], result: Ref) -> Template:
    """The template of a result, without the nodes that it does not need: what folding left unused, as in `0*f(x)`."""
    used = {result}
    for t in range(len(nodes) - 1, -1, -1):
        if Ref("node", t) in used:
            used.update(nodes[t][1])
    number = {t: k for k, t in enumerate(t for t in range(len(nodes)) if Ref("node", t) in used)}

    def moved(ref: Ref) -> Ref:
        return Ref("node", number[ref.value]) if ref.kind == "node" else ref

    kept = ((op, tuple(map(moved, args)), parameter) for op, args, parameter in (nodes[t] for t in number))
    return Template(tuple(kept), moved(result))
