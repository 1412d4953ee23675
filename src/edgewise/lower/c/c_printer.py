"""C99: one self-contained file and its header, readable, with no dependency but libm."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from edgewise.errors import LoweringError
from edgewise.graph import Layout
from edgewise.lower.c.c_rows import HELPERS, LIBM, RENAMED, RESERVED
from edgewise.lower.c_family import CFamily, one_operation
from edgewise.lower.described import entry_lines, formula_line, indented, returned
from edgewise.lower.names import counted
from edgewise.lower.program import Program
from edgewise.ops import Op, SymbolicConstant
from edgewise.ops.notation import ATOM, UNARY, Piece, at_least

__all__ = ["CSource", "c_operations", "c_source"]

SLOTS: Final = 500_000
"""The most values between parts: four megabytes of stack."""

LARGEST_FLOAT: Final = 3.4028234663852886e38

_TYPES: Final = {"double": "", "float": "f"}
"""Type of a number → suffix of libm's functions for it."""

_FMOD: Final = ("copysign", "fmod")
"""Functions of libm's that the helpers call."""

_CONSTANTS: Final = {"pi": "3.14159265358979323846", "e": "2.71828182845904523536"}


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


def c_operations(ops: Iterable[Op]) -> tuple[list[str], dict[str, str]]:
    """Functions, and an expression for the value of each operation in the numbers a, b and c, which calls them.

    Raises LoweringError for an operation that C lacks.

    >>> from edgewise.ops import OPS
    >>> c_operations([OPS["add"], OPS["lt"], OPS["sign"]])[1]
    {'add': 'a + b', 'lt': '(double)(a < b)', 'sign': 'ew_sign(a)'}
    """
    helpers, made, expressions = set[str](), dict[str, str](), {}
    for op in ops:
        printer = _Printer(one_operation(op, "abc"[: op.arity]), op.name, "double")
        printer.helpers, printer.made = helpers, made
        _, expressions[op.name] = printer.expression()
    return [*_brought(helpers, "double"), *made.values()], expressions


def _brought(helpers: Container[str], dtype: str) -> list[str]:
    """The functions that a source brings along."""
    suffixed = {name: name + _TYPES[dtype] for name in _FMOD}
    return [text.format(R=dtype, **suffixed) for name, text in HELPERS.items() if name in helpers]


class _Printer(CFamily):
    language = "C"
    reserved = RESERVED
    instead = "use the back end 'llvm' or 'numpy'"
    truths = ("0", "1")
    beside = ("_many",)

    def __init__(self, program: Program, name: str, dtype: str) -> None:
        super().__init__(program, name)
        self.dtype, self.suffix = dtype, _TYPES[dtype]
        own = {name: f"{RENAMED.get(name, name)}{self.suffix}" for name in LIBM}
        self.native = {**own, "mod": "ew_mod"}  # type: ignore[misc]
        self.results = tuple((self.namer.name(r.name, "result"), len(r.nodes)) for r in program.results)

    # --- words --------------------------------------------------------------------------------------------------

    def constant(self, value: SymbolicConstant) -> str:
        return f"{_CONSTANTS[value.name]}{self.suffix}"

    def number(self, value: float) -> str:
        if self.suffix and math.isfinite(value) and abs(value) > LARGEST_FLOAT:
            raise LoweringError(
                f"the graph has the constant {value!r}, beyond the largest float, 3.4e38", hint='use dtype="double"'
            )
        if not math.isfinite(value):
            return "NAN" if value != value else "INFINITY" if value > 0 else "-INFINITY"
        return repr(value) + self.suffix

    def counted(self, truth: Piece) -> Piece:
        return f"({self.dtype}){at_least(truth, ATOM)}", UNARY

    def raised(self, base: str, exponent: str) -> str:
        return f"pow{self.suffix}({base}, {exponent})"

    def declared(self, name: str, text: str) -> str:
        return f"const {self.dtype} {name} = {text};"

    def parameters(self) -> list[str]:
        return [
            f"const {self.dtype} {name}[{p.size}]" if p.shape else f"{self.dtype} {name}"
            for p, name in zip(self.program.parameters, self.naming.parameters, strict=True)
        ]

    def places(self, name: str, shape: Sequence[int]) -> list[str]:
        return [f"{name}[{k}]" for k in range(math.prod(shape))]

    def head(self, name: str, parameters: Sequence[str], value: bool) -> str:
        return f"static {self.dtype if value else 'void'} {name}({', '.join(parameters)}) {{"

    def slots(self, count: int) -> tuple[str, str]:
        if count > SLOTS:
            raise LoweringError(
                f"a graph of {self.program.operations} operations holds {count} values between its parts, "
                "too many for C's stack",
                hint="use the back end 'llvm'",
            )
        return f"{self.dtype} v[{max(count, 1)}];", f"{self.dtype} *v"

    def unread(self, names: Sequence[str], lines: Sequence[str]) -> list[str]:
        read = set(re.findall(r"[A-Za-z_]\w*", "\n".join(lines)))
        return [f"(void){name};" for name in names if name not in read]

    def fresh(self, program: Program, name: str) -> CFamily:
        return _Printer(program, name, self.dtype)

    # --- the file -------------------------------------------------------------------------------------------------

    def printed(self) -> CSource:
        program = self.program
        parts, body, final = self.body()
        for (name, _), result in zip(self.results, program.results, strict=True):
            body += [f"{name}[{k}] = {final[node]};" for k, node in enumerate(result.nodes)]
        named = [*self.naming.parameters, *(name for name, _ in self.results)]
        body = [*body, *self.unread(named, body)]
        function = "\n".join([f"void {self.name}({self.signature()}) {{", *indented(body), "}"])
        helpers = [*_brought(self.helpers, self.dtype), *self.made.values()]
        blocks = [self.comment(), "#include <stddef.h>\n#include <math.h>", *helpers, *parts, function, self.many()]
        return CSource(self.name, self.dtype, "\n\n".join(blocks) + "\n", self.header(), self.results)

    def signature(self) -> str:
        return ", ".join([*self.parameters(), *(f"{self.dtype} {name}[{max(size, 1)}]" for name, size in self.results)])

    def many_head(self) -> str:
        return f"void {self.name}_many(size_t n, const {self.dtype} *const *in, {self.dtype} *const *out)"

    def many(self) -> str:
        """The loop over points: groups are the same for all of them."""
        given = [f"in[{k}]" + ("" if p.shape else "[i]") for k, p in enumerate(self.program.parameters)]
        given += [f"out[{k}] + {f'{size}*i' if size != 1 else 'i'}" for k, (_, size) in enumerate(self.results)]
        call = f"for (i = 0; i < n; i++) {self.name}({', '.join(given)});"
        lines = ["size_t i;", call]
        return "\n".join([f"{self.many_head()} {{", *indented([*lines, *self.unread(["in", "out"], lines)]), "}"])

    def comment(self) -> str:
        """What the file computes and at what cost. User text is in it only where it cannot end the comment."""
        program = self.program
        lines = [f"{returned(name for name, _ in self.results)} in {counted(program.operations)}."]
        lines += formula_line(program, self.results[0][0], self.naming.names, _safe)
        shapes = [
            f"{name}: {p.size} numbers, an array of shape {p.shape}"
            for p, name in zip(program.parameters, self.naming.parameters, strict=True)
            if p.shape
        ]
        lines += ["", *shapes] if shapes else []
        named = [(name, result.layout) for (name, _), result in zip(self.results, program.results, strict=True)]
        lines += entry_lines(named, _safe)
        for name, layout in named:
            lines += _places(name, layout)
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


def _safe(text: str) -> bool:
    """Whether a text can stand in a comment."""
    return text.isascii() and not any(mark in text for mark in ("*/", "/*", "\\", "?"))
