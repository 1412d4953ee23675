"""Text: formulas in a safe subset of Python's expressions, never evaluated as Python."""

from __future__ import annotations

import ast
import difflib
from collections.abc import Mapping, Sequence
from typing import Final

from edgewise.errors import OperationError, ParseError
from edgewise.graph import Builder, Layout, Shape, Tape, add_op
from edgewise.ops import CONST, OPS, PI, E, Number, Op
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

    Names become inputs in the order of their appearance, unless `inputs` lists them; `pi` and `e` are constants unless
    they are listed. `w[3]` reads an entry of a group declared in `groups`. An assigned name labels its node.

    >>> parse("s = x*y; s + sin(s)").labels
    {2: 's'}
    """
    if not isinstance(text, str):
        raise ParseError(f"a formula is text, not {type(text).__name__}", hint="use edgewise.graph for expressions")
    statements, result = parse_statements(text)
    algebra = _GraphAlgebra(Builder(share=share), inputs, functions or {}, groups or {})
    for name, tree in statements:
        node = walk(tree, algebra)
        algebra.assigned[name] = node
        algebra.builder.labels[node] = name
    if isinstance(result, (ast.Tuple, ast.List)):
        nodes = [walk(item, algebra) for item in result.elts]
        layout = Layout("tuple" if isinstance(result, ast.Tuple) else "list", (), (Layout(),) * len(nodes))
    else:
        nodes, layout = [walk(result, algebra)], Layout()
    parameters = None if inputs is None else list(inputs)
    tape, _ = algebra.builder.freeze(nodes, layout, parameters)
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
        self.builder, self.functions = builder, functions
        self.assigned: dict[str, int] = {}
        self.groups: dict[str, Shape] = {}
        for name, extent in groups.items():
            self.groups[name] = (extent,) if isinstance(extent, int) else tuple(extent)
            builder.group(name, self.groups[name])
        self.declared = None if inputs is None else [name for name in inputs if name not in self.groups]
        for name in self.declared or ():
            builder.input(name)

    def name(self, name: str) -> int:
        if name in self.assigned:
            return self.assigned[name]
        if name in self.groups:
            raise ParseError(f"{name!r} is a group", hint=f"read its entries, such as {name}[0]")
        if self.declared is not None and name in self.declared:
            return self.builder.input(name)
        if name in ("pi", "e"):
            return self.builder.constant(PI if name == "pi" else E)
        if name in OPS or name in ALIASES or name in self.functions:
            raise ParseError(f"the function {name} is used without arguments", hint=f"write {name}(…)")
        if self.declared is not None:
            raise ParseError(
                f"{name!r} is not an input", hint=f"the declared inputs are {', '.join(self.declared) or 'none'}"
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
        shape = self.groups[name]
        if len(index) != len(shape) or not all(-n <= k < n for k, n in zip(index, shape, strict=True)):
            raise ParseError(f"{name}{list(index)} is outside the shape {shape} of the group {name!r}")
        place = ",".join(str(k % n) for k, n in zip(index, shape, strict=True))
        return self.builder.input(f"{name}[{place}]")

    def call(self, op: str, args: Sequence[int]) -> int:
        name = ALIASES.get(op, op)
        row = self.functions.get(name) or OPS.get(name)
        if row is None or row.name in ("const", "input"):
            raise self._unknown(op)
        parameter = None
        if name == "log" and len(args) == 2:
            top, base = (self.call("log", [arg]) for arg in args)
            return self.call("div", [top, base])
        if name in _FOLDED and len(args) > 2:
            node = args[0]
            for arg in args[1:]:
                node = self.call(name, [node, arg])
            return node
        if row.parameter and name != "power":
            if not args or self.builder.nodes[args[0]][0] != CONST:
                raise ParseError(f"the first argument of {op} must be a constant", hint=f"write {op}(2, x)")
            parameter, args = self.builder.attrs[args[0]], args[1:]
        if len(args) != row.arity:
            needed = ", ".join(((row.parameter,) if row.parameter else ()) + row.args)
            raise ParseError(f"{op} got {len(args)} arguments", hint=f"write {op}({needed})")
        return add_op(self.builder, row, args, parameter)

    def _unknown(self, name: str) -> OperationError:
        known = [*OPS, *ALIASES, *self.functions]
        near = difflib.get_close_matches(name, known, 3)
        hint = f"did you mean {' or '.join(near)}?" if near else "define it with edgewise.op and pass functions={…}"
        return OperationError(f"there is no function {shorten(name)!r}", hint=hint)
