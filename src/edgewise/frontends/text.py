"""Text: formulas in a safe subset of Python's expressions, never evaluated as Python."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping, Sequence
from typing import Final
from unicodedata import normalize

from edgewise.errors import InputError, OperationError, ParseError
from edgewise.graph import Builder, Layout, Shape, Tape, add_op, shape_of
from edgewise.ops import CONST, CONSTANTS, INPUT, OPS, Number, Op, rows_of
from edgewise.ops.formula import parse_statements, shorten, walk

__all__ = ["ALIASES", "parse"]

ALIASES: Final[Mapping[str, str]] = {
    "ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan", "arctan2": "atan2", "arcsinh": "asinh",
    "arccosh": "acosh", "arctanh": "atanh", "Abs": "abs", "fabs": "abs", "absolute": "abs", "Min": "min",
    "minimum": "min", "Max": "max", "maximum": "max", "sgn": "sign", "ceiling": "ceil", "rint": "round",
    "loggamma": "lgamma", "gammaln": "lgamma", "psi": "digamma", "Heaviside": "heaviside", "expit": "sigmoid",
    "logistic": "sigmoid", "Mod": "mod", "power": "pow",
}  # fmt: skip
"""Other usual names of our operations."""

_FOLDED: Final = frozenset({"min", "max", "hypot", "logaddexp"})


def parse(
    text: str,
    *,
    inputs: Sequence[str] | None = None,
    functions: Mapping[str, Op] | None = None,
    groups: Mapping[str, int | Shape] | None = None,
    share: bool = False,
) -> Tape:
    """The graph of a formula, of several `[a, b]`, or of assignments that end in one: `s = x*y; s + sin(s)`.

    Names become inputs in the order of their appearance, unless `inputs` lists them; `pi`, `e` and `inf` are constants
    unless they are listed. `w[3]` reads an entry of a group declared in `groups`. An assigned name labels its node.
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
    if isinstance(result, (ast.Tuple, ast.List)):
        nodes = [walk(item, algebra) for item in result.elts]
        layout = Layout("tuple" if isinstance(result, ast.Tuple) else "list", (), (Layout(),) * len(nodes))
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
        if name in CONSTANTS:
            return self.builder.constant(CONSTANTS[name])
        if name in OPS or name in ALIASES or name in self.functions:
            raise ParseError(f"the function {name} is used without arguments", hint=f"write {name}(…)")
        if self.inputs is not None:
            raise ParseError(
                f"{name!r} is not an input", hint=f"the declared inputs are {', '.join(self.inputs) or 'none'}"
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
        name = op if op in self.functions else ALIASES.get(op, op)
        row = self.functions.get(name) or OPS.get(name)
        if row is None or row.name in ("const", "input"):
            raise self._unknown(op)
        if name == "log" and len(args) == 2:
            top, base = (self.call("log", [arg]) for arg in args)
            return self.call("div", [top, base])
        if name in _FOLDED and len(args) > 2:
            node = args[0]
            for arg in args[1:]:
                node = self.call(name, [node, arg])
            return node
        parameter = None
        if row.parameter and args:
            parameter, args = self._order(op, args[0]), args[1:]
        if len(args) != row.arity:
            needed = ", ".join(((row.parameter,) if row.parameter else ()) + row.args)
            raise ParseError(
                f"{op} does not take {self._count(len(args))}",
                hint=f"write {op}({needed})" + (f" or {op}(x, base)" if name == "log" else ""),
            )
        return add_op(self.builder, row, args, parameter)

    @staticmethod
    def _count(n: int) -> str:
        return f"{n} argument" + ("" if n == 1 else "s")

    def _order(self, op: str, node: int) -> Number:
        """The order n of a parametric function, which comes first: polygamma(2, x)."""
        order = self.builder.attrs.get(node) if self.builder.nodes[node][0] == CONST else None
        if type(order) is not int or order < 0:
            raise ParseError(
                f"the first argument of {op} is its order, a constant whole number that is not negative",
                hint=f"write {op}(2, x)",
            )
        return order

    def _unknown(self, name: str) -> OperationError:
        known = [*(row for row in OPS if row not in ("const", "input")), *ALIASES, *self.functions]
        near = difflib.get_close_matches(name, known, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "define it with edgewise.op and pass functions={…}"
        from edgewise.frontends.text_tensors import TENSOR_FUNCTIONS  # which reads this module's names

        if name in TENSOR_FUNCTIONS:
            hint = f'{name} is for tensors: declare their shapes, shapes="X: n,d; w: d" (--shape on the command line)'
        return OperationError(f"there is no function {shorten(name)!r}", hint=hint)
