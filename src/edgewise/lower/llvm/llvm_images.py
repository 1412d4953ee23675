"""The optimised code of a program as object images, kept from before or made now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from edgewise.lower.llvm.llvm_cache import has, keep, kept, key_of
from edgewise.lower.llvm.llvm_code import Rows
from edgewise.lower.llvm.llvm_machine import machine
from edgewise.lower.llvm.llvm_text import fused_text, kernel_text, made_from, parts_text

__all__ = ["images", "is_kept"]

QUICK: Final = 50_000
"""Code of more operations than these is made without optimisation, at a tenth of the cost and four thirds of a call."""


def is_kept(rows: Rows) -> bool:
    """Whether the code for numbers is there from before."""
    return has(key_of(made_from(rows, 1)))


def images(rows: Rows, width: int) -> Iterator[bytes]:
    """The optimised code of a program, kept from before or made now."""
    key = key_of(made_from(rows, width))
    found = kept(key)
    if found is not None:
        yield from found
        return
    made = []
    for image in making(rows, width):
        made.append(image)
        yield image
    keep(key, made)


def making(rows: Rows, width: int) -> Iterator[bytes]:
    """The optimised code of a program, one object image at a time: between two of them, the work may be given up."""
    engine, parts = machine(), range(len(rows.borders) - 1)
    spelling = engine.spelling(width, rows.precision)
    if len(parts) == 1:  # GVN merges what the formulas of a few operations have in common
        passes: tuple[str, ...] = ("always_inliner", "instruction_combine", "new_gvn")
        yield engine.compile(f"{parts_text(rows, parts, spelling)}\n{kernel_text(parts, declared=False)}", passes)
        if width > 1 and rows.fusible:
            yield engine.compile(fused_text(rows, spelling, streamed=False), passes)
            yield engine.compile(fused_text(rows, spelling, streamed=True), passes)
        return
    passes, level = (("always_inliner", "instruction_combine"), 1) if len(rows) <= QUICK else (("always_inliner",), 0)
    for part in parts:
        yield engine.compile(parts_text(rows, [part], spelling), passes, level)
    yield engine.compile(kernel_text(parts))
