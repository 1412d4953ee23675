"""The rows of a program as LLVM's text: functions of the array of numbers, and loops over points of small graphs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from edgewise.graph.columns import distinct
from edgewise.lower.llvm.llvm_code import Rows
from edgewise.lower.llvm.llvm_interpreter import OPCODES
from edgewise.lower.llvm.llvm_machine import machine
from edgewise.lower.llvm.llvm_rows import ALIGNED, Spelling
from edgewise.ops import OPS

__all__ = ["fused_text", "kernel_text", "made_from", "parts_text", "whole_text"]

AHEAD: Final = 2048
"""Bytes by which a column is fetched early."""

_NAMES: Final = {code: name for name, code in OPCODES.items()}
_DIRECT: Final = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}


def made_from(rows: Rows, width: int) -> Iterator[bytes | str]:
    """All on which the optimised code of a program depends, addresses of this process left out."""
    yield from machine().made_from()
    spelling = machine().spelling(width, rows.precision)
    codes = distinct(rows.code[:, 0]).tolist()
    names = [_NAMES[code] for code in codes]
    yield f"{rows.precision.name} {width} {codes} {names} {rows.borders}"
    yield f"{rows.first_input} {rows.first_result} {rows.size}"
    yield spelling.functions(name for name in names if name in OPS or name in ("square", "pointer"))
    initial = rows.initial.copy()
    initial[list(rows.addresses)] = 0.0
    yield from (initial.tobytes(), rows.code.tobytes(), rows.places.tobytes(), rows.kept.tobytes())


def parts_text(rows: Rows, parts: Iterable[int], spelling: Spelling) -> str:
    """Parts of a program as functions `@part.<k>` of the array of numbers, and the operations that they call.

    What a part computes stays in LLVM's values; what another part or the caller reads is stored where it is computed.
    """
    used: Counter[str] = Counter()
    lines: list[str] = []
    for part in parts:
        body = _Body(rows, spelling, used)
        body.write(rows.borders[part], rows.borders[part + 1])
        lines += [f"define void @part.{part}(ptr noalias %x) {spelling.attributes} {{", *body.lines, "ret void", "}"]
    return "\n".join([spelling.functions(used), *lines, ""])


class _Body:
    """Rows as instructions; what they read and leave behind stands in the array %x."""

    def __init__(self, rows: Rows, spelling: Spelling, used: Counter[str]) -> None:
        self.rows, self.spelling, self.used = rows, spelling, used
        self.kind, self.size = spelling.type, spelling.precision.size
        self.value: dict[int, str] = {}
        self.lines: list[str] = []

    def write(self, begin: int, end: int) -> None:
        """The instructions of the rows from `begin` to `end`."""
        kind, size, lines, value, read = self.kind, self.size, self.lines, self.value, self.read
        kept = self.rows.kept[begin:end].tolist()
        for r, (op, to, a, b, c) in enumerate(self.rows.code[begin:end].tolist()):
            name, made = _NAMES[op], f"%v{r}"
            if name in _DIRECT:
                lines.append(f"{made} = {_DIRECT[name]} {kind} {read(a)}, {read(b)}")
            elif name == "copy":
                made = read(a)
                if not kept[r]:  # an argument of a call, read from memory
                    self.store(to, made)
            elif name == "powi":
                made = _multiplied(read(a), b, made, kind, lines)
            elif name == "call":
                lines.append(f"%b{r} = load i64, ptr {self.place(a)}")
                lines.append(f"%f{r} = inttoptr i64 %b{r} to ptr")
                result = self.place(to)
                lines.append(f"call void %f{r}(ptr {self.place(b)}, ptr {result}, i64 {self.spelling.width})")
                lines.append(f"{made} = load {kind}, ptr {result}, align {size}")
            else:
                self.used[name] += 1
                args = [read(place) for place in (a, b, c)[: len(self.spelling.arguments(name))]]
                lines.append(f"{made} = call {kind} @op.{name}({', '.join(f'{kind} {arg}' for arg in args)})")
            value[to] = made
            if kept[r] and name != "call":
                self.store(to, made)

    def read(self, place: int) -> str:
        """The value at a place: a constant, what was computed or read before, or what is loaded now."""
        value = self.value.get(place)
        if value is None:
            rows = self.rows
            if place < rows.first_input and place not in rows.addresses:
                value = self.spelling.constant(float(rows.initial[place]))
            else:
                value = self.load(place)
            self.value[place] = value
        return value

    def load(self, place: int) -> str:
        """The value at a place of the array."""
        self.lines.append(f"%x{place} = load {self.kind}, ptr {self.place(place)}, align {self.size}")
        return f"%x{place}"

    def store(self, place: int, text: str) -> None:
        """Leave a value at a place of the array."""
        self.lines.append(f"store {self.kind} {text}, ptr {self.place(place)}, align {self.size}")

    def place(self, place: int) -> str:
        """The address of a place of the array."""
        name = f"%p{len(self.lines)}"
        self.lines.append(f"{name} = getelementptr {self.kind}, ptr %x, i64 {place}")
        return name


def _multiplied(x: str, exponent: int, name: str, kind: str, lines: list[str]) -> str:
    """A whole power by squaring: the products of the interpreter's `powi`, in its order."""
    power, base, k = "", x, 0
    while exponent:
        if exponent & 1:
            if power:
                lines.append(f"{name}.{k} = fmul {kind} {power}, {base}")
                power, k = f"{name}.{k}", k + 1
            else:
                power = base
        exponent >>= 1
        if exponent:
            lines.append(f"{name}.{k} = fmul {kind} {base}, {base}")
            base, k = f"{name}.{k}", k + 1
    return power


def kernel_text(parts: Iterable[int], declared: bool = True) -> str:
    """@kernel, the function of (code, numbers) that runs the parts one behind the other."""
    numbers = list(parts)
    return "\n".join(
        [
            *(f"declare void @part.{k}(ptr)" for k in numbers if declared),
            "define void @kernel(ptr %code, ptr %x) nounwind {",
            *(f"call void @part.{k}(ptr %x)" for k in numbers),
            "ret void",
            "}",
            "",
        ]
    )


def whole_text(rows: Rows) -> str:
    """What the optimised code for numbers is made from, a module for each part."""
    spelling, parts = machine().spelling(1, rows.precision), range(len(rows.borders) - 1)
    return "\n\n".join([*(parts_text(rows, [k], spelling) for k in parts), kernel_text(parts)])


class _FusedBody(_Body):
    """Rows as instructions on points side by side in memory: inputs are read, results written where the caller has
    them, at the byte %at of each column."""

    def __init__(
        self, rows: Rows, spelling: Spelling, used: Counter[str], results: dict[int, list[int]], streamed: bool
    ) -> None:
        super().__init__(rows, spelling, used)
        self.results, self.streamed = results, streamed

    def load(self, place: int) -> str:
        k = place - self.rows.first_input
        if not 0 <= k < self.rows.first_result - self.rows.first_input:
            return super().load(place)
        self.lines += [
            f"%o{place} = and i64 %at, %mask{k}",
            f"%i{place} = getelementptr i8, ptr %in{k}, i64 %o{place}",
            f"%x{place} = load {self.kind}, ptr %i{place}, align {self.size}",
        ]
        if self.streamed:
            self.lines.append(f"%f{place} = getelementptr i8, ptr %i{place}, i64 {AHEAD}")
            self.lines.append(f"call void @llvm.prefetch.p0(ptr %f{place}, i32 0, i32 3, i32 1)")
        return f"%x{place}"

    def store(self, place: int, text: str) -> None:
        for k in self.results[place]:
            self.lines.append(f"%r{k} = getelementptr i8, ptr %out{k}, i64 %at")
            how = f"align {ALIGNED}, !nontemporal !0" if self.streamed else f"align {self.size}"
            self.lines.append(f"store {self.kind} {text}, ptr %r{k}, {how}")


def fused_text(rows: Rows, spelling: Spelling, streamed: bool) -> str:
    """A small graph as one loop over n points, whole vectors of them, side by side in each column: @fused.

    `table` holds of each input its address and a mask, -1, or 0 for one vector that all points share; then the address
    of each result. @streamed is for more than the caches hold: it fetches early, and writes past them what nobody reads
    soon, at addresses that are multiples of `ALIGNED`.
    """
    name, used = "streamed" if streamed else "fused", Counter[str]()
    results: dict[int, list[int]] = {}
    for k, place in enumerate(rows.places.tolist()):
        results.setdefault(place, []).append(k)
    body = _FusedBody(rows, spelling, used, results, streamed)
    body.write(0, len(rows))
    for place in results:  # what no row computes
        if place < rows.first_result:
            body.store(place, body.read(place))
        elif place not in body.value:
            body.store(place, spelling.constant(float(rows.initial[place])))
    inputs = rows.first_result - rows.first_input
    names = [f"{kind}{k}" for k in range(inputs) for kind in ("in", "mask")]
    names += [f"out{k}" for k in range(len(rows.places))]
    head = []
    for k, column in enumerate(names):
        head.append(f"%t.{column} = getelementptr i64, ptr %table, i64 {k}")
        head.append(f"%{column} = load {'i64' if column.startswith('mask') else 'ptr'}, ptr %t.{column}")
    return "\n".join(
        [
            spelling.functions(used),
            f"define void @{name}(ptr noalias %table, ptr noalias %x, i64 %n) {spelling.attributes} {{",
            "start:",
            *head,
            f"%end = mul i64 %n, {body.size}",
            "br label %loop",
            "loop:",
            "%at = phi i64 [0, %start], [%next, %loop]",
            *body.lines,
            f"%next = add i64 %at, {body.size * spelling.width}",
            "%more = icmp ult i64 %next, %end",
            "br i1 %more, label %loop, label %done",
            "done:",
            "ret void",
            "}",
            "declare void @llvm.prefetch.p0(ptr, i32, i32, i32)" if streamed else "",
            "!0 = !{i32 1}",
            "",
        ]
    )
