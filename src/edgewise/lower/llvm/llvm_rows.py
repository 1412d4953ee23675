"""How each operation of the table is said to LLVM: rows, from which one function an operation is written.

An operation is a function `@op.<name>` of doubles, or of vectors of `LANES` doubles: the interpreter and the optimised
code are both made of these functions, so that both give the same bits. Truth is 0.0 or 1.0, as NumPy's is in
arithmetic; any number but zero is true, NaN too. No arithmetic is rearranged or contracted.
"""

from __future__ import annotations

import re
import struct
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.errors import LoweringError
from edgewise.ops import OPS, TABLE, Op, SymbolicConstant, computed_template
from edgewise.ops.formula import written

__all__ = [
    "ALIGNED", "CALLED", "DOUBLE", "LANES", "POINTERS", "SINGLE", "Precision", "Spelling", "VectorLibrary", "literal",
    "vector_library",
]  # fmt: skip


ALIGNED: Final = 64
"""Bytes of a cache line, which a vector fills."""


class Precision(NamedTuple):
    """Of which kind the numbers are: what LLVM, NumPy and the C library call it, its bytes, and the points computed
    side by side in a batch: one AVX-512 register, two of AVX2, four of SSE2 or NEON."""

    name: str
    size: int
    lanes: int
    suffix: str
    ending: str
    dtype: Any


DOUBLE: Final = Precision("double", 8, 8, "f64", "", np.dtype(np.float64))
SINGLE: Final = Precision("float", 4, 16, "f32", "f", np.dtype(np.float32))
LANES: Final = DOUBLE.lanes

_BINARY: Final = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv", "fmod": "frem"}
_COMPARED: Final = {"lt": "olt", "le": "ole", "gt": "ogt", "ge": "oge", "eq": "oeq", "ne": "une"}
_INTRINSIC: Final = {"sqrt": "sqrt", "abs": "fabs", "floor": "floor", "ceil": "ceil", "round": "rint"}
_LIBM: Final = frozenset(
    """exp expm1 exp2 log log1p log2 log10 sin cos tan asin acos atan atan2 hypot sinh cosh tanh asinh acosh atanh cbrt
    erf erfc lgamma pow""".split()
)

# Operations said in LLVM's own terms. All others that have neither a body nor a function of the platform's are written
# as their rows say (`computed`).
_FORMULAS: Final = {
    # x - y floor(x/y) with the sign of y: C's remainder has that of x. A remainder of zero is +-0 as y is.
    "mod": "r = fmod(x, y); where(r == 0, copysign(0, y), where((r < 0) != (y < 0), r + y, r))",
}

# {T} is the type of a value, {B} that of a truth, and %t a result that is one.
_BODIES: Final = {
    "neg": ["%r = fneg {T} %x"],
    "copysign": ["%r = call {T} @llvm.copysign.{suffix}({T} %x, {T} %y)"],
    "and": ["%a = fcmp une {T} %x, {zero}", "%b = fcmp une {T} %y, {zero}", "%t = and {B} %a, %b"],
    "or": ["%a = fcmp une {T} %x, {zero}", "%b = fcmp une {T} %y, {zero}", "%t = or {B} %a, %b"],
    "not": ["%t = fcmp oeq {T} %x, {zero}"],
    "where": ["%a = fcmp une {T} %c, {zero}", "%r = select {B} %a, {T} %x, {T} %y"],
    "square": ["%r = fmul {T} %x, %x"],
}
_ARGUMENTS: Final = {
    "fmod": ("x", "y"), "copysign": ("x", "y"), "square": ("x",), "pointer": ("x", "p"),
}  # fmt: skip
"""What is not of the table: C's remainder and copysign, x*x, and a compiled function by its address."""


POINTERS: Final = {"erfinv": "erfinv", "gamma": "gamma"}
"""Functions that the C library lacks, or has with other conventions at the poles → SciPy's compiled ones."""


def _is_native(op: Op) -> bool:
    return any(op.name in names for names in (_LIBM, _BINARY, _COMPARED, _INTRINSIC, _BODIES, POINTERS))


_READS_POINTER: Final = re.compile(rf"\b({'|'.join(POINTERS)})\(")
OFTEN: Final = 8
SHORT: Final = 100
"""Uses in a part, and instructions, beyond which an operation is a function that is called."""

_LONG: Final = 2500
"""Characters of a formula beyond which it is called back: every process compiles the others first of all."""


def _is_called(op: Op) -> bool:
    if op.name == "power" or op.name in _FORMULAS or (_is_native(op) and not op.parameter):
        return False
    if op.parameter or not op.computed:
        return bool(op.args)
    text = str(op.computed)
    return len(text) > _LONG or bool(_READS_POINTER.search(text))


CALLED: Final = frozenset(op.name for op in TABLE if _is_called(op))
"""Operations whose own Python value is called back, as a user's is."""


def literal(value: float) -> str:
    """A double as LLVM writes it without loss.

    >>> literal(1.0)
    '0x3FF0000000000000'
    """
    return f"0x{struct.unpack('<Q', struct.pack('<d', value))[0]:016X}"


class VectorLibrary(NamedTuple):
    """Vector functions of the platform: `lanes` numbers at once, named `prefix` + one v an argument + _name."""

    prefix: str
    lanes: int
    names: frozenset[str]


def vector_library(features: Mapping[str, bool], library: Any, precision: Precision = DOUBLE) -> VectorLibrary | None:
    """glibc's libmvec (x86-64; functions accurate to 4 units in the last place) for this processor, if it is there."""
    for feature, letter, size in (("avx512f", "e", 64), ("avx2", "d", 32), ("sse4.1", "b", 16)):
        if features.get(feature):
            lanes, end = size // precision.size, precision.ending
            prefix = f"_ZGV{letter}N{lanes}"
            two = {"pow", "atan2", "hypot"}
            found = {name for name in _LIBM if hasattr(library, f"{prefix}{'vv' if name in two else 'v'}_{name}{end}")}
            return VectorLibrary(prefix, lanes, frozenset(found))
    return None


class Spelling:
    """The operations as LLVM functions of one width, with all that they call.

    >>> Spelling(1).functions(["neg"])
    'define internal double @op.neg(double %x) alwaysinline nounwind {\\n  %r = fneg double %x\\n  ret double %r\\n}\\n'
    """

    def __init__(
        self,
        width: int = 1,
        library: VectorLibrary | None = None,
        precision: Precision = DOUBLE,
        wide_library: VectorLibrary | None = None,
    ) -> None:
        self.width, self.library, self.precision, self.wide_library = width, library, precision, wide_library
        self.number = precision.name
        self.type = self.number if width == 1 else f"<{width} x {self.number}>"
        self.truth = "i1" if width == 1 else f"<{width} x i1>"
        self.suffix = precision.suffix if width == 1 else f"v{width}{precision.suffix}"
        # Platforms align stacks to 16 bytes: vectors set aside there would lie across two cache lines each.
        self.attributes = "nounwind" if width == 1 else f"nounwind alignstack({ALIGNED})"

    def constant(self, value: float) -> str:
        """A number as a value of this width."""
        with np.errstate(over="ignore"):
            text = literal(float(self.precision.dtype.type(value)))
        return text if self.width == 1 else f"splat ({self.number} {text})"

    def functions(self, names: Iterable[str]) -> str:
        """The definitions of these operations and of all that they call, each once.

        What is long and used often is called: as often written out, it would take LLVM seconds.
        """
        defined: dict[str, str] = {}
        declared: dict[str, None] = {}
        uses = Counter(names)
        todo = list(uses)
        wide: dict[str, None] = {}
        while todo:
            name = todo.pop()
            if name not in defined:
                if self.is_wide(name):
                    wide[name] = None
                    lines = self.widened(name)
                    called: list[str] = []
                else:
                    lines, called = self.body(name, declared)
                args = ", ".join(f"{self.type} %{arg}" for arg in self.arguments(name))
                often = uses[name] > OFTEN and self.length(name) > SHORT
                how = f"noinline {self.attributes}" if often else "alwaysinline nounwind"
                head = f"define internal {self.type} @op.{name}({args}) {how} {{"
                lines = [f"  {self.filled(line)}" for line in (*lines, "ret {T} %r")]
                defined[name] = "\n".join([head, *lines, "}"])
                todo.extend(called)
        texts = [*map(self.filled, declared), *defined.values()]
        if wide:
            texts.append(Spelling(self.width, self.wide_library).functions(list(wide)).replace("@op.", "@wide."))
        return "".join(f"{text}\n" for text in texts)

    def is_wide(self, name: str) -> bool:
        """Whether an operation on single precision is computed in double: by a formula whose bounds are for doubles."""
        if self.precision is DOUBLE or not self.is_formula(name):
            return False
        todo, length = [name], 0
        while todo:
            item = todo.pop()
            if item in _LIBM:
                return True
            lines, called = self.body(item, {})
            length += len(lines)
            todo.extend(called)
        return length > SHORT // 2

    def widened(self, name: str) -> list[str]:
        """An operation of single precision by that of double."""
        double = "double" if self.width == 1 else f"<{self.width} x double>"
        args = self.arguments(name)
        given = ", ".join(f"{double} %{arg}.wide" for arg in args)
        return [
            *(f"%{arg}.wide = fpext {{T}} %{arg} to {double}" for arg in args),
            f"%wide = call {double} @wide.{name}({given})",
            f"%r = fptrunc {double} %wide to {{T}}",
        ]

    def length(self, name: str) -> int:
        """Instructions of an operation, those that it calls included."""
        total, todo = 0, [name]
        while todo:
            lines, called = self.body(todo.pop(), {})
            total += len(lines)
            todo.extend(called)
        return total

    def filled(self, line: str) -> str:
        """A line of a body at this width."""
        return line.format(T=self.type, B=self.truth, suffix=self.suffix, zero=self.constant(0.0))

    @staticmethod
    def arguments(name: str) -> tuple[str, ...]:
        """The names of an operation's arguments."""
        return _ARGUMENTS.get(name) or OPS[name].args

    @staticmethod
    def is_formula(name: str) -> bool:
        """Whether an operation is written out as its row says."""
        return name in _FORMULAS or (name in OPS and not _is_native(OPS[name]) and bool(OPS[name].computed))

    def body(self, name: str, declared: dict[str, None]) -> tuple[list[str], list[str]]:
        """The instructions that leave an operation's value in %r, and the operations they call."""
        if self.is_formula(name):
            return self.formula(name)
        args = [f"%{arg}" for arg in self.arguments(name)]
        if name in _LIBM:
            return self.library_call(name, args, declared), []
        if name == "pointer":
            return self.pointer_call(), []
        if name in _BINARY:
            lines = [f"%r = {_BINARY[name]} {{T}} {', '.join(args)}"]
        elif name in _COMPARED:
            lines = [f"%t = fcmp {_COMPARED[name]} {{T}} {', '.join(args)}"]
        elif name in _INTRINSIC:
            lines = [f"%r = call {{T}} @llvm.{_INTRINSIC[name]}.{{suffix}}({{T}} %x)"]
        else:
            lines = _BODIES[name]
        if lines[-1].startswith("%t = "):
            lines = [*lines, "%r = uitofp {B} %t to {T}"]
        if "@llvm" in lines[-1]:
            declared[lines[-1].replace("%r = call", "declare").replace(" %x", "").replace(" %y", "")] = None
        return lines, []

    def formula(self, name: str) -> tuple[list[str], list[str]]:
        writer = _Writer(self)
        names = {arg: f"%{arg}" for arg in OPS[name].args}
        if name in _FORMULAS:
            last = written(_FORMULAS[name], names, writer.number, writer.call)
        else:
            template = computed_template(OPS[name])
            assert template is not None
            last = template.write(list(names.values()), writer.number, writer.row)
        # The result of a formula is always its last instruction.
        return [line.replace(f"{last} =", "%r =") for line in writer.lines], writer.called

    def library_call(self, name: str, args: Sequence[str], declared: dict[str, None]) -> list[str]:
        """A function of the C library, or of its vector companion; `nobuiltin` keeps LLVM from rewriting it."""
        attributes = "nounwind willreturn memory(none) nobuiltin"
        number, symbol = self.number, f"@{name}{self.precision.ending}"
        if self.width == 1:
            declared[f"declare {number} {symbol}({', '.join([number] * len(args))}) {attributes}"] = None
            return [f"%r = call {number} {symbol}({', '.join(f'{number} {arg}' for arg in args)}) nobuiltin"]
        library = self.library
        if library is None or name not in library.names:
            declared[f"declare {number} {symbol}({', '.join([number] * len(args))}) {attributes}"] = None
            return self.by_lane(symbol, args)
        symbol, lanes = f"@{library.prefix}{'v' * len(args)}_{name}{self.precision.ending}", library.lanes
        part = f"<{lanes} x {number}>"
        declared[f"declare {part} {symbol}({', '.join([part] * len(args))}) {attributes}"] = None
        if lanes == self.width:
            return [f"%r = call {part} {symbol}({', '.join(f'{part} {arg}' for arg in args)}) nobuiltin"]
        lines, parts = [], []
        for k in range(0, self.width, lanes):
            indices = ", ".join(f"i32 {lane}" for lane in range(k, k + lanes))
            pieces = []
            for arg in args:
                pieces.append(f"{arg}.{k}")
                lines.append(
                    f"{arg}.{k} = shufflevector {self.type} {arg}, {self.type} poison, <{lanes} x i32> <{indices}>"
                )
            parts.append(f"%part.{k}")
            lines.append(f"%part.{k} = call {part} {symbol}({', '.join(f'{part} {p}' for p in pieces)}) nobuiltin")
        while len(parts) > 1:
            joined = []
            for left, right in zip(parts[::2], parts[1::2], strict=True):
                mask = f"<{2 * lanes} x i32> <{', '.join(f'i32 {lane}' for lane in range(2 * lanes))}>"
                piece = f"<{lanes} x {number}>"
                result = "%r" if len(parts) == 2 else f"{left}.{lanes}"
                lines.append(f"{result} = shufflevector {piece} {left}, {piece} {right}, {mask}")
                joined.append(result)
            parts, lanes = joined, 2 * lanes
        return lines

    def pointer_call(self) -> list[str]:
        """A compiled function of SciPy's by its address, the bits of a double; its last argument is Cython's own."""
        first = "%p" if self.width == 1 else "%p0"
        lines = [] if self.width == 1 else ["%p0 = extractelement {T} %p, i64 0"]
        lines += [f"%bits = bitcast double {first} to i64", "%function = inttoptr i64 %bits to ptr"]
        if self.width == 1:
            return [*lines, "%r = call double %function(double %x, i32 0)"]
        return lines + self.by_lane("%function", ["%x"], ", i32 0")

    def by_lane(self, function: str, args: Sequence[str], more: str = "") -> list[str]:
        """A function of numbers on each lane of vectors."""
        lines, whole = [], "poison"
        for k in range(self.width):
            lines += [f"{arg}.{k} = extractelement {self.type} {arg}, i64 {k}" for arg in args]
            given = ", ".join(f"{self.number} {arg}.{k}" for arg in args)
            lines.append(f"%value.{k} = call {self.number} {function}({given}{more}) nobuiltin")
            result = "%r" if k == self.width - 1 else f"%whole.{k}"
            lines.append(f"{result} = insertelement {self.type} {whole}, {self.number} %value.{k}, i64 {k}")
            whole = result
        return lines


class _Writer:
    """Writes a formula as calls of operations."""

    def __init__(self, spelling: Spelling) -> None:
        self.spelling = spelling
        self.lines: list[str] = []
        self.called: list[str] = []

    def number(self, value: int | Fraction | float | bool | SymbolicConstant) -> str:
        return self.spelling.constant(float(value))

    def call(self, op: str, args: Sequence[str]) -> str:
        kind = self.spelling.type
        self.called.append(op)
        self.lines.append(f"%t{len(self.lines)} = call {kind} @op.{op}({', '.join(f'{kind} {arg}' for arg in args)})")
        return f"%t{len(self.lines) - 1}"

    def row(self, op: Op, args: Sequence[str], parameter: Any) -> str:
        """A row of the table; of those with a parameter, powers alone."""
        if not op.parameter:
            return self.call(op.name, args)
        if op.name != "power":
            raise LoweringError(f"a row is computed by {op.name}", hint="rows are formulas of operations without order")
        return self.call("square", args) if parameter == 2 else self.call("pow", [*args, self.number(parameter)])


@cache
def builtin_names() -> tuple[str, ...]:
    """The operations that are functions of LLVM's: all but leaves, powers and those that are called back."""
    aside = {*CALLED, *POINTERS, "const", "input", "power"}
    return tuple(name for name in OPS if name not in aside)
