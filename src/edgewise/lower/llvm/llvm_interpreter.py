"""The interpreter of rows as LLVM's text: one loop and one switch, for numbers or for vectors of points."""

from __future__ import annotations

from typing import Final

from edgewise.lower.llvm.llvm_rows import DOUBLE, Spelling, builtin_names

__all__ = ["COLUMNS", "OPCODES", "interpreter_text"]

COLUMNS: Final = 5
"""A row of the interpreter: operation, destination, and three arguments, as 32-bit places in the array of numbers."""

_OWN: Final = ("end", "copy", "powi", "call", "square", "pointer")
OPCODES: Final = {name: k for k, name in enumerate((*_OWN, *builtin_names()))}
"""The interpreter's operations: the table's, and `powi` (a whole power), `call` (a call back), `pointer`, …"""


def interpreter_text(spelling: Spelling) -> str:
    """One loop and one switch; each case reads its arguments, calls its operation, and stores."""
    kind = spelling.type
    aside = ("end",) if spelling.precision is DOUBLE else ("end", "pointer")
    served = {name: code for name, code in OPCODES.items() if name not in aside}
    arities = {name: len(spelling.arguments(name)) for name in served if name not in ("copy", "powi", "call")}
    cases, bodies = [], []
    for name, code in served.items():
        cases.append(f"    i32 {code}, label %op.{code}")
        bodies += [f"op.{code}:  ; {name}", *_case(name, code, spelling, arities)]
        bodies += [f"  %next.{code} = getelementptr i32, ptr %row, i64 {COLUMNS}", "  br label %loop"]
    arrivals = ", ".join(
        f"[%next.{code}, %{'after.' if name == 'powi' else 'op.'}{code}]" for name, code in served.items()
    )
    return "\n".join(
        [
            spelling.functions(arities),
            f"define void @interpret.{spelling.number}.{spelling.width}(ptr noalias %code, ptr noalias %x)"
            f" {spelling.attributes} {{",
            "start:",
            "  br label %loop",
            "loop:",
            f"  %row = phi ptr [%code, %start], {arrivals}",
            "  %op = load i32, ptr %row",
            *(
                f"  %p{k} = getelementptr i32, ptr %row, i64 {k}\n  %i{k} = load i32, ptr %p{k}"
                for k in range(1, COLUMNS)
            ),
            *(f"  %a{k} = getelementptr {kind}, ptr %x, i32 %i{k}" for k in range(1, COLUMNS)),
            "  switch i32 %op, label %end [",
            *cases,
            "  ]",
            *bodies,
            "end:",
            "  ret void",
            "}",
            "",
        ]
    )


def _case(name: str, code: int, spelling: Spelling, arities: dict[str, int]) -> list[str]:
    kind, width, size = spelling.type, spelling.width, spelling.precision.size

    def read(k: int) -> str:
        return f"  %v{code}.{k} = load {kind}, ptr %a{k + 2}, align {size}"

    write = f"  store {kind} %r.{code}, ptr %a1, align {size}"
    if name == "copy":
        return [f"  %r.{code} = load {kind}, ptr %a2, align {size}", write]
    if name == "call":  # the address, the first of the arguments side by side, how many points
        bits = f"  %bits.{code} = load i64, ptr %a2"
        function = f"  %f.{code} = inttoptr i64 %bits.{code} to ptr"
        return [bits, function, f"  call void %f.{code}(ptr %a3, ptr %a1, i64 {width})"]
    if name == "powi":  # by squaring, from the lowest bit of the exponent, which stands in the row
        one = f"splat ({spelling.number} 1.0)" if width > 1 else "1.0"
        return [
            read(0),
            "  br label %turn",
            "turn:",
            f"  %left = phi i32 [%i3, %op.{code}], [%half, %turn]",
            f"  %base = phi {kind} [%v{code}.0, %op.{code}], [%squared, %turn]",
            f"  %power = phi {kind} [{one}, %op.{code}], [%longer, %turn]",
            "  %bit = trunc i32 %left to i1",
            f"  %product = fmul {kind} %power, %base",
            f"  %longer = select i1 %bit, {kind} %product, {kind} %power",
            f"  %squared = fmul {kind} %base, %base",
            "  %half = lshr i32 %left, 1",
            "  %more = icmp ne i32 %half, 0",
            f"  br i1 %more, label %turn, label %after.{code}",
            f"after.{code}:",
            f"  store {kind} %longer, ptr %a1, align {size}",
        ]
    given = ", ".join(f"{kind} %v{code}.{k}" for k in range(arities[name]))
    return [*map(read, range(arities[name])), f"  %r.{code} = call {kind} @op.{name}({given})", write]
