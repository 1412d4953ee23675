"""C99: one self-contained file and its header, readable, with no dependency but libm."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from edgewise.errors import LoweringError
from edgewise.graph import Layout, Returns, node_text
from edgewise.lower.c_rows import HELPERS, LIBM, RENAMED, RESERVED, SPELLED
from edgewise.lower.formulas import formula_tape
from edgewise.lower.names import Namer, counted, identifier
from edgewise.lower.program import Program, lower, real
from edgewise.lower.statements import Statement, cut, statements
from edgewise.ops import Op, SymbolicConstant, computed_template
from edgewise.ops.notation import ATOM, COMPARISON, CONDITIONAL, PRODUCT, SUM, UNARY, Piece, at_least

__all__ = ["CSource", "c_source"]

PART: Final = 1000
"""The most assignments in one function: compilers take more than time in proportion beyond."""

SLOTS: Final = 500_000
"""The most values between parts: four megabytes of stack."""

LARGEST_FLOAT: Final = 3.4028234663852886e38

_TYPES: Final = {"double": "", "float": "f"}
"""Type of a number → suffix of libm's functions for it."""

_CONSTANTS: Final = {"pi": "3.14159265358979323846", "e": "2.71828182845904523536"}

# Operation: (symbol, own strength, least strength of the left operand, of the right operand), by C's grammar.
_LOGICAL = CONDITIONAL + 1
_INFIX: Final = {
    "add": (" + ", SUM, SUM, PRODUCT),
    "sub": (" - ", SUM, SUM, PRODUCT),
    "mul": ("*", PRODUCT, PRODUCT, UNARY),
    "div": ("/", PRODUCT, PRODUCT, UNARY),
    "lt": (" < ", COMPARISON, SUM, SUM),
    "le": (" <= ", COMPARISON, SUM, SUM),
    "gt": (" > ", COMPARISON, SUM, SUM),
    "ge": (" >= ", COMPARISON, SUM, SUM),
    "eq": (" == ", COMPARISON, SUM, SUM),
    "ne": (" != ", COMPARISON, SUM, SUM),
    # Both operands of && and || stand in parentheses unless they are comparisons: compilers ask for it.
    "and": (" && ", _LOGICAL, COMPARISON, COMPARISON),
    "or": (" || ", _LOGICAL, COMPARISON, COMPARISON),
}


@dataclass(frozen=True)
class CSource:
    """A C file and its header.

    `name` is the function that computes one point; `<name>_many` computes `n` points, each scalar input an array of
    `n` numbers. `results` are the names and sizes of the arrays that a point's results go to, in order.
    """

    name: str
    dtype: str
    source: str
    header: str
    results: tuple[tuple[str, int], ...]


def c_source(program: Program, name: str = "f", dtype: str = "double") -> CSource:
    """C99 for a program. Scalars come by value, groups as arrays; results go to arrays, flat, row by row.

    Raises LoweringError for an operation that C lacks, and for an unknown `dtype` ("double" or "float").
    """
    if dtype not in _TYPES:
        raise LoweringError(f"there is no C type {dtype!r} for numbers", hint=f"use one of {', '.join(_TYPES)}")
    return _Printer(program, name, dtype).printed()


class CNamer(Namer):
    """Names that are legal in C99: ASCII letters, digits and underscores, and none of the library's."""

    def __init__(self) -> None:
        super().__init__(RESERVED)

    def name(self, wish: str, default: str = "x") -> str:
        text = "".join(
            ch if ch.isascii() else f" {unicodedata.name(ch, 'x').split()[-1].lower()} " if ch.isalpha() else " "
            for ch in unicodedata.normalize("NFKC", wish[:80])
        )
        text = identifier(text, default)
        text = text if not re.match(r"_|ew_", text) else f"{default}_{text.lstrip('_')}"
        return super().name(f"{text}_" if text in RESERVED else text, default)


class _Printer:
    def __init__(self, program: Program, name: str, dtype: str) -> None:
        self.program, self.dtype, self.suffix = program, dtype, _TYPES[dtype]
        namer = CNamer()
        self.name = namer.name(name, "f")
        namer.taken |= {f"{self.name}_many"}
        self.naming = program.naming(namer)
        self.namer = namer
        self.results = tuple((namer.name(r.name, "result"), len(r.nodes)) for r in program.results)
        self.helpers: set[str] = set()
        self.made: dict[str, str] = {}  # functions for operations that are computed as their rows say

    # --- values ---------------------------------------------------------------------------------------------------

    def literal(self, value: Any) -> Piece:
        """A constant as the machine's number: no integer division, and every digit that matters."""
        if isinstance(value, SymbolicConstant):
            return f"{_CONSTANTS[value.name]}{self.suffix}", ATOM
        if isinstance(value, bool):
            return str(int(value)), ATOM
        if isinstance(value, Fraction) and max(abs(value.numerator), value.denominator) <= 2**53:
            top, bottom = (self.literal(part)[0] for part in value.as_integer_ratio())
            return f"{top}/{bottom}", PRODUCT
        number = real(value)
        if self.suffix and abs(number) > LARGEST_FLOAT and abs(number) != float("inf"):
            raise LoweringError(
                f"the graph has the constant {number!r}, beyond the largest float, 3.4e38", hint='use dtype="double"'
            )
        if number != number:
            return "NAN", ATOM
        if number in (float("inf"), -float("inf")):
            return ("INFINITY", ATOM) if number > 0 else ("-INFINITY", UNARY)
        text = repr(number) + self.suffix
        return text, UNARY if text.startswith("-") else ATOM

    def call(self, node: int, args: Sequence[Piece]) -> Piece:
        """The text of an operation on its arguments' texts."""
        op, parameter = self.program.tape.op(node), self.program.tape.attrs.get(node)
        if op.custom:
            raise LoweringError(
                f"the user's operation {op.name!r} of node {node} is a NumPy function, which C cannot call",
                hint="give its value as a formula, or use the back end 'llvm' or 'numpy'",
                line=self.program.tape.line(node),
            )
        args = [
            self.operand(op, k, j, piece) for k, (j, piece) in enumerate(zip(self.program.tape.arguments(node), args))
        ]
        if op.name in _INFIX:
            symbol, own, left, right = _INFIX[op.name]
            return f"{at_least(args[0], left)}{symbol}{at_least(args[1], right)}", own
        if op.name == "neg":
            return f"-{at_least(args[0], ATOM)}", UNARY
        if op.name == "not":
            plain = self.truth(self.program.tape.arguments(node)[0])
            return (f"!{at_least(args[0], ATOM)}", UNARY) if plain else (f"{at_least(args[0], SUM)} == 0.0", COMPARISON)
        if op.name == "where":
            test, yes, no = (at_least(arg, _LOGICAL) for arg in args)
            return f"{test} ? {yes} : {no}", CONDITIONAL
        if op.name == "power":
            return self.power(args[0], parameter)
        return self.function(op, [text for text, _ in args], parameter), ATOM

    def truth(self, node: int) -> bool:
        """Whether a node's text is a truth, an integer in C."""
        return self.program.tape.op(node).boolean or isinstance(self.program.constants.get(node), bool)

    def operand(self, op: Op, position: int, node: int, piece: Piece) -> Piece:
        """An argument as its place needs it: numbers and truth are kept apart, and integers divide as integers."""
        tested = op.name in ("and", "or") or (op.name == "where" and position == 0)
        if tested and not self.truth(node):
            return f"{at_least(piece, SUM)} != 0.0", COMPARISON
        if tested or op.boolean or not self.truth(node):
            return piece
        return f"({self.dtype}){at_least(piece, ATOM)}", UNARY

    def function(self, op: Op, texts: list[str], parameter: Any) -> str:
        if op.name in LIBM:
            return f"{RENAMED.get(op.name, op.name)}{self.suffix}({', '.join(texts)})"
        spelled = SPELLED.get("digamma" if op.name == "polygamma" and parameter == 0 else op.name) or self.computed(op)
        self.helpers.update(re.findall(r"ew_\w+", spelled))
        return spelled.format(*texts, c=parameter)

    def computed(self, op: Op) -> str:
        """The call of a function of our own that computes an operation as its row says."""
        formula = computed_template(op)
        if formula is None:
            raise LoweringError(
                f"C has no function for the operation {op.name!r}", hint="use the back end 'llvm' or 'numpy'"
            )
        if op.name not in self.made:
            tape = formula_tape(op, formula)
            program = lower(tape, [Returns("value", tuple(tape.outputs), tape.layout)])
            inner = _Printer(program, op.name, self.dtype)
            inner.made = self.made
            made = inner.helper(f"ew_{op.name}", op.doc)
            self.made[op.name] = made  # behind those that it calls
            self.helpers |= inner.helpers
        return f"ew_{op.name}({', '.join(f'{{{k}}}' for k in range(op.arity))})"

    def helper(self, name: str, doc: str) -> str:
        """The program as a function of numbers that other functions call."""
        lines = statements(self.program, self.naming.names, self.namer, self.literal, self.call, inline=80)[0]
        body = [f"const {self.dtype} {line.name} = {line.text};" for line in lines[:-1]]
        head = f"static {self.dtype} {name}({', '.join(self.inputs())}) {{"
        return "\n".join([f"/* {doc} */", head, *_indented([*body, f"return {lines[-1].text};"]), "}"])

    def power(self, base: Piece, exponent: Any) -> Piece:
        if exponent == 0.5:
            return f"sqrt{self.suffix}({base[0]})", ATOM
        if exponent == -1:
            return f"1.0{self.suffix}/{at_least(base, UNARY)}", PRODUCT
        if exponent in (2, 3):
            if base[1] == ATOM and base[0].isidentifier():
                return "*".join([base[0]] * int(exponent)), PRODUCT
            helper = "ew_square" if exponent == 2 else "ew_cube"
            self.helpers.add(helper)
            return f"{helper}({base[0]})", ATOM
        return f"pow{self.suffix}({base[0]}, {self.literal(exponent)[0]})", ATOM

    # --- the file -------------------------------------------------------------------------------------------------

    def printed(self) -> CSource:
        program, naming = self.program, self.naming
        texts = dict(naming.names)
        first = 0
        for parameter, name in zip(program.parameters, naming.parameters, strict=True):
            if parameter.shape:  # entries are read where they stand
                entries = program.tape.inputs[first : first + parameter.size]
                texts.update((node, f"{name}[{k}]") for k, node in enumerate(entries))
            first += parameter.size
        lines, pieces = statements(program, texts, self.namer, self.literal, self.call)
        texts.update((line.node, line.name) for line in lines)
        if len(lines) <= PART:
            parts: list[str] = []
            body = [f"const {self.dtype} {line.name} = {line.text};" for line in lines]
            final = {node: piece[0] for node, piece in pieces.items()}
        else:
            parts, body, places = self.split(lines, texts)
            final = {node: places.get(node, piece[0]) for node, piece in pieces.items()}
        for (name, _), result in zip(self.results, program.results, strict=True):
            body += [f"{name}[{k}] = {final[node]};" for k, node in enumerate(result.nodes)]
        named = [*naming.parameters, *(name for name, _ in self.results)]
        body = [*body, *_ignored(named, body)]
        function = "\n".join([f"void {self.name}({self.signature()}) {{", *_indented(body), "}"])
        helpers = [
            text.format(R=self.dtype, **{name: name + self.suffix for name in _LIBM_OF_HELPERS})
            for name, text in HELPERS.items()
            if name in self.helpers
        ]
        helpers += self.made.values()
        blocks = [self.comment(), "#include <stddef.h>\n#include <math.h>", *helpers, *parts, function, self.many()]
        return CSource(self.name, self.dtype, "\n\n".join(blocks) + "\n", self.header(), self.results)

    def split(
        self, lines: Sequence[Statement], names: Mapping[int, str]
    ) -> tuple[list[str], list[str], dict[int, str]]:
        """The assignments as functions; values that cross a border live in the slots of the array v."""
        whole = cut(self.program, lines, PART, ())
        if whole.slots > SLOTS:
            raise LoweringError(
                f"a graph of {self.program.operations} operations holds {whole.slots} values between its parts, "
                "too many for C's stack",
                hint="use the back end 'llvm'",
            )
        inputs = ", ".join(self.naming.parameters)
        head = ", ".join([*self.inputs(), f"{self.dtype} *v"])
        parts = []
        for k, part in enumerate(whole.parts):
            text = [f"const {self.dtype} {names[node]} = v[{slot}];" for node, slot in part.load]
            text += [f"const {self.dtype} {line.name} = {line.text};" for line in part.lines]
            text += [f"v[{slot}] = {names[node]};" for node, slot in part.store]
            text += _ignored([*self.naming.parameters, "v"], text)
            parts.append("\n".join([f"static void ew_part_{k + 1}({head}) {{", *_indented(text), "}"]))
        call = f"{inputs}, v" if inputs else "v"
        body = [f"{self.dtype} v[{max(whole.slots, 1)}];"]
        body += [f"ew_part_{k + 1}({call});" for k in range(len(whole.parts))]
        return parts, body, {node: f"v[{slot}]" for node, slot in whole.final.items()}

    def inputs(self) -> list[str]:
        """The parameters' declarations."""
        return [
            f"const {self.dtype} {name}[{p.size}]" if p.shape else f"{self.dtype} {name}"
            for p, name in zip(self.program.parameters, self.naming.parameters, strict=True)
        ]

    def signature(self) -> str:
        return ", ".join([*self.inputs(), *(f"{self.dtype} {name}[{max(size, 1)}]" for name, size in self.results)])

    def many_head(self) -> str:
        return f"void {self.name}_many(size_t n, const {self.dtype} *const *in, {self.dtype} *const *out)"

    def many(self) -> str:
        """The loop over points: groups are the same for all of them."""
        given = [f"in[{k}]" + ("" if p.shape else "[i]") for k, p in enumerate(self.program.parameters)]
        given += [f"out[{k}] + {f'{size}*i' if size != 1 else 'i'}" for k, (_, size) in enumerate(self.results)]
        call = f"for (i = 0; i < n; i++) {self.name}({', '.join(given)});"
        lines = ["size_t i;", call]
        return "\n".join([f"{self.many_head()} {{", *_indented([*lines, *_ignored(["in", "out"], lines)]), "}"])

    def comment(self) -> str:
        """What the file computes and at what cost. User text is in it only where it cannot end the comment."""
        program = self.program
        lines = [f"{' and '.join(name for name, _ in self.results)} in {counted(program.operations)}."]
        first = program.results[0]
        names = {node: self.naming.names[node] for node in program.tape.inputs}
        if len(first.nodes) == 1 and len(text := node_text(program.tape, first.nodes[0], 90, names)) < 90:
            shown = text.isascii() and text.isprintable() and not any(mark in text for mark in ("*/", "/*", "\\", "?"))
            lines += ["", f"{self.results[0][0]} = {text}"] if shown else []
        shapes = [
            f"{name}: {p.size} numbers, an array of shape {p.shape}"
            for p, name in zip(program.parameters, self.naming.parameters, strict=True)
            if p.shape
        ]
        lines += ["", *shapes] if shapes else []
        for (name, _), result in zip(self.results, program.results, strict=True):
            lines += _places(name, result.layout)
        return "\n".join(["/*", *(f" * {line}".rstrip() for line in lines), " */"])

    def header(self) -> str:
        """The prototypes, for C and C++."""
        guard = f"EDGEWISE_{self.name.upper()}_H"
        return "\n".join(
            [
                self.comment(), f"#ifndef {guard}", f"#define {guard}", "", "#include <stddef.h>", "",
                "#ifdef __cplusplus", 'extern "C" {', "#endif", "", f"void {self.name}({self.signature()});", "",
                "/* n points: in[k] has n numbers for a scalar, a group is the same for all; out[k] has n rows. */",
                f"{self.many_head()};", "", "#ifdef __cplusplus", "}", "#endif", "", "#endif", "",
            ]
        )  # fmt: skip


def _places(name: str, layout: Layout) -> list[str]:
    """Of every sparse matrix among results, where its entries stand: they are handed over without the zeros."""
    lines: list[str] = []
    first = 0
    for part in layout.parts():
        if part.kind in ("array", "tensor"):
            first += part.size
        elif part.pattern is not None:
            rows, columns = part.pattern.shape
            lines += ["", f"{name}: the entries of a sparse {rows} by {columns} matrix, row by row, counted from 0;"]
            lines += [f"all others are 0. In the order of {name}[{first}] to {name}[{first + part.pattern.nnz - 1}]:"]
            entries = zip(part.pattern.rows.tolist(), part.pattern.columns.tolist(), strict=True)
            lines += textwrap.wrap(" ".join(f"({i},{j})" for i, j in entries), 90)
    return lines


def _ignored(names: Sequence[str], lines: Sequence[str]) -> list[str]:
    """Statements that tell a compiler which parameters are not read on purpose."""
    read = {word for line in lines for word in re.findall(r"[A-Za-z_]\w*", line)}
    return [f"(void){name};" for name in names if name not in read]


_LIBM_OF_HELPERS: Final = ("copysign", "exp", "fabs", "fmod", "log1p", "sin")


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"    {line}" for line in lines]
