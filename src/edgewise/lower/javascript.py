"""JavaScript: a function without dependencies, for Node and for pages."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Container, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from edgewise.errors import LoweringError
from edgewise.graph import Layout, Pattern
from edgewise.lower.c_family import CFamily, one_operation
from edgewise.lower.described import entry_lines, formula_line, indented, summary, wrapped
from edgewise.lower.program import Program
from edgewise.ops import Op, SymbolicConstant
from edgewise.ops.notation import ATOM, Piece

__all__ = ["js_operations", "js_source"]

_RESERVED: Final = frozenset(
    """abstract arguments async await boolean break byte case catch char class const continue debugger default delete do
    double else enum eval export extends false final finally float for function goto if implements import in instanceof
    int interface let long native new null of package private protected public return short static super switch
    synchronized this throw throws transient true try typeof undefined var void volatile while with yield
    Array Float64Array Infinity Math NaN Number Object globalThis v""".split()
)
"""Words of the language and names that its functions read."""

_NATIVE: Final = {
    **{
        name: f"Math.{name}"
        for name in """abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh exp expm1 floor hypot log log10
        log1p log2 sin sinh sqrt tan tanh""".split()
    },
    "exp2": "ew_exp2", "mod": "ew_mod", "pow": "ew_pow", "round": "ew_round",
}  # fmt: skip
_HELPERS: Final = {
    "ew_square": "function ew_square(x) { return x*x; }",
    "ew_cube": "function ew_cube(x) { return x*x*x; }",
    "ew_exp2": "function ew_exp2(x) { return Math.pow(2, x); }",
    "ew_mod": """/* x - y*floor(x/y): the sign of y, where % has that of x. */
function ew_mod(x, y) {
    const r = x % y;
    return r === 0 ? (Object.is(y, -0) || y < 0 ? -0 : 0) : (r < 0) !== (y < 0) ? r + y : r;
}""",
    "ew_pow": """/* IEEE 754 has 1 where Math.pow has NaN. */
function ew_pow(x, y) { return x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : Math.pow(x, y); }""",
    "ew_round": """/* Halves to even, where Math.round takes them up. */
function ew_round(x) {
    const r = Math.round(x);
    return r - x === 0.5 && r % 2 !== 0 ? r - 1 : r;
}""",
    "ew_filled": """/* A matrix of its nonzero entries. */
function ew_filled(values, rows, columns, m, n) {
    const matrix = Array.from({length: m}, () => new Array(n).fill(0));
    values.forEach((value, k) => { matrix[rows[k]][columns[k]] = value; });
    return matrix;
}""",
}


def js_source(program: Program, name: str = "f", *, module: bool = True) -> str:
    """JavaScript for a program: an ES module that exports a function, or with `module=False` a script that declares it.

    Numbers come and go as numbers, groups as arrays nested by their shape; several results come as an array of them.
    Raises LoweringError for what JavaScript lacks.

    >>> from edgewise import parse
    >>> print(js_source(parse("x % 3").program(), "rest", module=False).splitlines()[0])
    const rest = (() => {
    """
    return _Printer(program, name).printed(module)


def js_operations(rows: Sequence[tuple[Op, Any]]) -> str:
    """An expression for the array of functions that compute the operations, each with its parameter.

    Raises LoweringError for what JavaScript lacks.

    >>> from edgewise.ops import OPS
    >>> print(js_operations([(OPS["add"], None), (OPS["power"], 2), (OPS["lt"], None)]))
    [
        (x, y) => x + y,
        (x) => x*x,
        (x, y) => Number(x < y),
    ]
    """
    helpers, made, arrows = set[str](), dict[str, str](), []
    for op, parameter in rows:
        printer = _Printer(one_operation(op, op.args, parameter), op.name)
        printer.helpers, printer.made = helpers, made
        named, value = printer.expression()
        if named:  # the user's, by a formula
            value = " ".join(["{", *named, f"return {value};", "}"])
        arrows.append(f"({', '.join(printer.parameters())}) => {value},")
    return _enclosed(_brought(helpers, made), "\n".join(["[", *indented(arrows), "]"]))


class _Printer(CFamily):
    language = "JavaScript"
    reserved = _RESERVED
    exact = "="
    native = _NATIVE
    instead = "use another target, or write it as a formula of others"
    truths = ("false", "true")

    # --- words --------------------------------------------------------------------------------------------------

    def constant(self, value: SymbolicConstant) -> str:
        return {"pi": "Math.PI", "e": "Math.E"}[value.name]

    def number(self, value: float) -> str:
        if not math.isfinite(value):
            return "NaN" if value != value else "Infinity" if value > 0 else "-Infinity"
        return repr(value).removesuffix(".0")

    def counted(self, truth: Piece) -> Piece:
        return f"Number({truth[0]})", ATOM

    def raised(self, base: str, exponent: str) -> str:
        if exponent.lstrip("-") not in ("Infinity", "NaN"):
            return f"Math.pow({base}, {exponent})"
        self.helpers.add("ew_pow")
        return f"ew_pow({base}, {exponent})"

    def declared(self, name: str, text: str) -> str:
        return f"const {name} = {text};"

    def parameters(self) -> list[str]:
        return list(self.naming.parameters)

    def places(self, name: str, shape: Sequence[int]) -> list[str]:
        return [name + "".join(f"[{k}]" for k in index) for index in itertools.product(*map(range, shape))]

    def head(self, name: str, parameters: Sequence[str], value: bool) -> str:
        return f"function {name}({', '.join(parameters)}) {{"

    def slots(self, count: int) -> tuple[str, str]:
        return f"const v = new Float64Array({count});", "v"

    def fresh(self, program: Program, name: str) -> CFamily:
        return _Printer(program, name)

    # --- the source -----------------------------------------------------------------------------------------------

    def printed(self, module: bool) -> str:
        parts, body, texts = self.body()
        results = [self.nest((texts[node] for node in r.nodes), r.layout) for r in self.program.results]
        long = len(results) > 1 and sum(map(len, results)) > 100
        returned = results[0] if len(results) == 1 else f"[{', '.join(results)}]"
        if long:
            returned = ",\n        ".join(["[\n        " + results[0], *results[1:]]) + ",\n    ]"
        head = self.head(self.name, self.parameters(), True)
        function = "\n".join([self.comment(), head, *indented([*body, f"return {returned};"]), "}"])
        blocks = [*_brought(self.helpers, self.made), *parts]
        if module:
            return "\n\n".join([*blocks, function.replace(f"\n{head}", f"\nexport {head}", 1)]) + "\n"
        if not blocks:
            return function + "\n"
        # Of two scripts in one page, neither meets the functions that the other brings along.
        return f"const {self.name} = {_enclosed([*blocks, function], self.name)};\n"

    def nest(self, texts: Iterator[str], layout: Layout) -> str:
        """A result as an expression, nested by its layout; takes as many of `texts` as that holds."""
        if layout.kind == "array":
            return _array(list(islice(texts, layout.size)), layout.shape)
        parts = [self.nest(texts, child) for child in layout.children]
        if layout.pattern is not None:
            return self.matrix(layout.kind, layout.pattern, parts[0])
        if layout.kind != "dict":
            return f"[{', '.join(parts)}]"
        # In brackets `__proto__` is a key like any other; without them it is the object's prototype.
        keys = [f"[{_quoted(key)}]" if key == "__proto__" else _quoted(key) for key in layout.keys]
        return "{" + ", ".join(f"{key}: {part}" for key, part in zip(keys, parts, strict=True)) + "}"

    def matrix(self, kind: str, pattern: Pattern, values: str) -> str:
        """A sparse matrix as rows, columns and values, or with the zeros filled in."""
        if kind == "scipy":
            raise LoweringError(
                "a sparse matrix of the kind 'scipy' cannot be written for JavaScript", hint='ask for sparse="coo"'
            )
        places = [f"[{wrapped(column.tolist())}]" for column in (pattern.rows, pattern.columns)]
        if kind == "coo":
            return f"[{', '.join([*places, values])}]"
        self.helpers.add("ew_filled")
        return f"ew_filled({', '.join([values, *places, *map(str, pattern.shape)])})"

    def comment(self) -> str:
        """What the function computes, at what cost. User text is in it only where it cannot end the comment."""
        program = self.program
        lines = [summary(program), *formula_line(program, program.results[0].name, self.naming.names, _safe), ""]
        for parameter, name in zip(program.parameters, self.naming.parameters, strict=True):
            shape = f" array of shape {parameter.shape}" if parameter.shape else ""
            lines.append(f"@param {{number{'[]' * len(parameter.shape)}}} {name}{shape}")
        names = ", ".join(result.name for result in program.results)
        lines.append(f"@returns {names if len(program.results) == 1 else f'[{names}]'}")
        lines += entry_lines([(result.name, result.layout) for result in program.results], _safe)
        return "\n".join(["/**", *(f" * {line}".rstrip() for line in lines), " */"])


def _array(entries: list[str], shape: Sequence[int]) -> str:
    """Entries as arrays of arrays."""
    if not shape:
        return entries[0]
    if len(shape) == 1:
        return f"[{wrapped(entries)}]"
    size = math.prod(shape[1:])
    rows = [_array(entries[k * size : (k + 1) * size], shape[1:]) for k in range(shape[0])]
    return f"[{wrapped(rows)}]"


def _brought(helpers: Container[str], made: Mapping[str, str]) -> list[str]:
    """The functions that a source brings along."""
    return [text for name, text in _HELPERS.items() if name in helpers] + [*made.values()]


def _enclosed(blocks: Sequence[str], expression: str) -> str:
    """An expression in which the names of some functions mean something."""
    if not blocks:
        return expression
    lines = "\n\n".join([*blocks, f"return {expression};"]).splitlines()
    return "\n".join(["(() => {", *indented(lines), "})()"])


def _quoted(text: str) -> str:
    """A string that cannot end the element of a page either."""
    return json.dumps(text).replace("<", "\\u003c")


def _safe(text: str) -> bool:
    """Whether a text can stand in a comment, of a script in a page too."""
    return not any(mark in text for mark in ("*/", "</", "<!"))
