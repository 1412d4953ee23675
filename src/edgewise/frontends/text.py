"""Text: formulas in the notation of Python's expressions, never evaluated as Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import isfinite
from typing import Final
from unicodedata import normalize

from edgewise.errors import InputError, OperationError, ParseError, nearest
from edgewise.frontends.text_functions import FOLDED, TENSOR_FUNCTIONS
from edgewise.graph import Builder, Layout, Shape, Tape, add_op, shape_of
from edgewise.ops import ALIASES, CONST, CONSTANTS, INPUT, OPS, PI, Number, Op, fold_exact, rows_of
from edgewise.ops.composed_formulas import SPECIAL
from edgewise.ops.formula import parse_statements, walk, walk_all, written
from edgewise.ops.polynomial_formulas import OF_ORDER
from edgewise.ops.tokens import shorten

__all__ = ["INSTEAD", "NAMED", "NEVER", "parse", "unknown_function"]

NAMED: Final[Mapping[str, Number]] = {**CONSTANTS, "π": PI}
INSTEAD: Final[Mapping[str, str]] = {
    "lg": "write log10(x) or log2(x)",
    "ld": "write log2(x)",
    "sec": "write 1/cos(x)",
    "csc": "write 1/sin(x)",
    **dict.fromkeys(("cot", "ctg"), "write 1/tan(x)"),
    "acot": "write atan(1/x)",
    "sqr": "write x**2, or sqrt(x) for the root",
    "square": "write x**2",
    "cube": "write x**3",
    "reciprocal": "write 1/x",
    "fact": "write gamma(x + 1)",
    "binomial": "write gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))",
    "float": "write x itself",
    "int": "write floor(x), or -floor(-x) below 0",
    "trunc": "write where(x < 0, ceil(x), floor(x))",
    **dict.fromkeys(("iif", "select", "ifelse", "If", "Piecewise"), "write where(c, x, y)"),
    "diff": "write the function, and ask for its gradient()",
}
"""What to write for functions that the table does not have."""

NEVER: Final[Mapping[str, str]] = {
    **dict.fromkeys(("nan", "NaN"), "leave it away: NaN comes in as the value of an input"),
    "true": "write True",
    "false": "write False",
}
"""Names that are no inputs, and what to do."""

LETTERS: Final = frozenset((
    "alpha beta gamma delta epsilon zeta eta theta iota kappa mu nu xi omicron rho sigma tau upsilon phi chi psi omega "
    "Gamma Delta Theta Lambda Xi Sigma Upsilon Phi Chi Psi Omega"
).split())  # fmt: skip
"""Names of letters, some of which are functions too: without arguments they are inputs."""


def parse(
    text: str,
    *,
    inputs: Sequence[str] | None = None,
    functions: Mapping[str, Op] | None = None,
    groups: Mapping[str, int | Shape] | None = None,
    share: bool = False,
) -> Tape:
    """The graph of a formula, of several `[a, b]`, or of assignments that end in one: `s = x*y; s + sin(s)`.

    Names become inputs in the order of their appearance, unless `inputs` lists them; `pi` and `e` are constants unless
    they are listed. `w[3]` reads an entry of a group declared in `groups`. An assigned name labels its node.
    `functions` gives the user's own operations by name.

    >>> parse("s = x*y; s + sin(s)").labels
    {2: 's'}
    >>> parse("w[0]*x + w[-1]", groups={"w": 2}).input_names()
    ('w[0]', 'w[1]', 'x')
    """
    if not isinstance(text, str):
        raise ParseError(f"a formula is text, not {type(text).__name__}", hint="use edgewise.graph for expressions")
    if isinstance(inputs, str):
        raise InputError(f"inputs={inputs!r} is one text", hint='list the names: inputs=["x", "y"]')
    statements, result = parse_statements(text)
    algebra = _GraphAlgebra(Builder(share=share), inputs, rows_of(functions), groups or {})
    for name, tree in statements:
        algebra.assign(name, walk(tree, algebra))
    nest = result.code.kinds[result.stop - 1]
    if nest in ("tuple", "list"):
        nodes = walk_all(result._replace(stop=result.stop - 1), algebra)
        layout = Layout(nest, (), (Layout(),) * len(nodes))
    else:
        nodes, layout = [walk(result, algebra)], Layout()
    # What was declared or appears in the text is an input, also where the result does not depend on it.
    tape, _ = algebra.builder.freeze(nodes, layout, algebra.parameters())
    return tape


class _GraphAlgebra:
    """Writes a syntax tree into a graph."""

    def __init__(
        self,
        builder: Builder,
        inputs: Sequence[str] | None,
        functions: Mapping[str, Op],
        groups: Mapping[str, int | Shape],
    ) -> None:
        self.builder, self.functions, self.inputs = builder, functions, inputs
        self.assigned: dict[str, int] = {}
        # Python reads identifiers in Unicode's compatibility form: a declared name is found by that form.
        self.groups: dict[str, tuple[str, Shape]] = {}
        for name, extent in groups.items():
            shape = shape_of(name, extent)
            builder.group(name, shape)
            self.groups[normalize("NFKC", name)] = (name, shape)
        self.declared: dict[str, str] = {}
        for name in inputs or ():
            form = normalize("NFKC", name) if isinstance(name, str) else name
            if form in self.declared:
                raise InputError(f"the input {name!r} is declared twice", hint="give each input its own name")
            if form not in self.groups:
                builder.input(name)
            self.declared[form] = name

    def parameters(self) -> list[str]:
        """The inputs and groups of the finished graph, in order."""
        return list(dict.fromkeys([*(self.inputs or ()), *self.builder.parameters]))

    def assign(self, name: str, node: int) -> None:
        """`name = …`: the name reads this node from here on, and labels it where it has no name of its own."""
        if name in self.declared or name in self.groups:
            raise ParseError(f"{name!r} is declared as an input and assigned", hint="assign to another name")
        labels = self.builder.labels
        before = self.assigned.get(name)
        if before is not None and labels.get(before) == name:
            del labels[before]
        self.assigned[name] = node
        if self.builder.nodes[node][0] not in (CONST, INPUT) and name not in self.builder.inputs:
            labels[node] = name

    def name(self, name: str) -> int:
        if name in self.assigned:
            return self.assigned[name]
        if name in self.groups:
            raise ParseError(f"{name!r} is a group", hint=f"read its entries, such as {name}[0]")
        if name in self.declared:
            return self.builder.input(self.declared[name])
        if name in NAMED:
            return self.builder.constant(NAMED[name])
        if name in NEVER:
            raise ParseError(f"{name} is not a number of a formula", hint=NEVER[name])
        if name not in LETTERS and (name in OPS or name in ALIASES or name in self.functions):
            raise ParseError(f"the function {name} is used without arguments", hint=f"write {name}(…)")
        if self.inputs is not None:
            raise ParseError(
                f"{shorten(name)!r} is not an input", hint=f"the declared inputs are {', '.join(self.inputs) or 'none'}"
            )
        return self.builder.input(name)

    def number(self, value: Number) -> int:
        return self.builder.constant(value)

    def entry(self, name: str, index: tuple[int, ...]) -> int:
        if name not in self.groups:
            raise ParseError(
                f"{name}[{','.join(map(str, index))}] reads an entry of {name!r}, which is not declared as a group",
                hint=f"declare it with groups={{{name!r}: length}}",
            )
        group, shape = self.groups[name]
        if len(index) != len(shape) or not all(-n <= k < n for k, n in zip(index, shape, strict=True)):
            raise ParseError(
                f"{name}{list(index)} is outside the group {name!r} of shape {shape}",
                hint="count from 0, or from the end with negative numbers, and give one number for each dimension",
            )
        place = ",".join(str(k % n) for k, n in zip(index, shape, strict=True))
        return self.builder.input(f"{group}[{place}]")

    def call(self, op: str, args: Sequence[int]) -> int:
        if op == "div" and (exact := self._fraction(args)) is not None:
            return self.builder.constant(exact)
        name = op if op in self.functions else ALIASES.get(op, op)
        row = self.functions.get(name) or OPS.get(name)
        if row is None and (name in SPECIAL or name in OF_ORDER):
            return self._special(name, args)
        if row is None or row.name in ("const", "input"):
            if op in TENSOR_FUNCTIONS:
                raise OperationError(
                    f"there is no function {op!r} of numbers",
                    hint=f'{op} is for tensors: declare their shapes, shapes="X: n,d; w: d" (or --shape)',
                )
            raise unknown_function(op, self.functions, op in self.assigned or op in self.builder.inputs)
        if name == "log" and len(args) == 2:
            top, base = (self.call("log", [arg]) for arg in args)
            return self.call("div", [top, base])
        if name in FOLDED and len(args) > 2:
            node = args[0]
            for arg in args[1:]:
                node = self.call(name, [node, arg])
            return node
        parameter = None
        if row.parameter and args:
            parameter, args = self._order(op, row, args[0]), args[1:]
        if len(args) != row.arity:
            needed = ", ".join(((row.parameter,) if row.parameter else ()) + row.args)
            raise ParseError(
                f"{op} does not take {self._count(len(args))}",
                hint=f"write {op}({needed})" + (f" or {op}(x, base)" if name == "log" else ""),
            )
        return add_op(self.builder, row, args, parameter)

    def _special(self, name: str, args: Sequence[int]) -> int:
        """A function that is a formula of the table's operations."""
        names, text = SPECIAL.get(name) or (f"n {OF_ORDER[name][0]}", "")
        if len(args) != len(names.split()):
            raise ParseError(
                f"{name} does not take {self._count(len(args))}", hint=f"write {name}({', '.join(names.split())})"
            )
        text = text or OF_ORDER[name][1](self._degree(name, args[0]))
        return written(text, dict(zip(names.split(), args, strict=True)), self.number, self.call)

    def _degree(self, name: str, node: int) -> int:
        degree = self.builder.attrs.get(node) if self.builder.nodes[node][0] == CONST else None
        if type(degree) is int and 0 <= degree <= 1000:
            return degree
        raise ParseError(f"the first argument of {name} is a whole number up to 1000", hint=f"write {name}(2, …)")

    def _fraction(self, args: Sequence[int]) -> Number | None:
        """1/3 is a number: it may be an exponent."""
        nodes, attrs = self.builder.nodes, self.builder.attrs
        constant = all(nodes[arg][0] == CONST for arg in args)
        return fold_exact("div", [attrs[arg] for arg in args]) if constant and len(args) == 2 else None

    @staticmethod
    def _count(n: int) -> str:
        return f"{n} argument" + ("" if n == 1 else "s")

    def _order(self, op: str, row: Op, node: int) -> Number:
        """The order n of a parametric function, which comes first: polygamma(2, x)."""
        order = self.builder.attrs.get(node) if self.builder.nodes[node][0] == CONST else None
        if row.real_parameter:
            if isinstance(order, (int, float, Fraction)) and isfinite(order):
                return int(order) if order == int(order) else order
            raise ParseError(f"the first argument of {op} is its order, a constant number", hint=f"write {op}(1/3, x)")
        if type(order) is not int or order < 0:
            raise ParseError(
                f"the first argument of {op} is its order, a constant whole number that is not negative",
                hint=f"write {op}(2, x)",
            )
        return order


def unknown_function(name: str, names: Iterable[str], product: bool) -> OperationError:
    """The error for a function that does not exist among `names` and the table's; `product` if it may be a factor."""
    known = sorted({*(row for row in OPS if row not in ("const", "input")), *ALIASES, *SPECIAL, *OF_ORDER, *names})
    near = nearest(name[:40], known, 3)
    hint = f"did you mean {' or '.join(near)}?" if near else "define it with edgewise.op and pass functions={…}"
    if name in INSTEAD:
        hint = INSTEAD[name]
    elif product or (not near and len(name) == 1):
        hint = f"write {name}*(…) for a product"
    return OperationError(f"there is no function {shorten(name)!r}", hint=hint)
