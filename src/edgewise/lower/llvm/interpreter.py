"""The interpreter of numbers, compiled with the library: a first call needs no LLVM.

`interpreter.pxd` has it in C, written from the rows by `interpreter_source`.
"""

from __future__ import annotations

from functools import cache
from zlib import crc32

import cython

from edgewise.lower.llvm.llvm_interpreter import OPCODES
from edgewise.ops import OPS

__all__ = ["compiled_interpreter", "rows_mark"]


def rows_mark() -> int:
    """What the interpreter depends on, as one number: the operations in their order, and their formulas."""
    return crc32(repr([(name, OPS[name].computed) for name in OPCODES if name in OPS]).encode())


@cache
def compiled_interpreter() -> int:
    """The address of the function of (code, numbers); 0 where nothing is compiled, or for other rows than there are."""
    if cython.compiled and rows_mark() == EW_ROWS_MARK:  # type: ignore[name-defined]  # noqa: F821
        return ew_interpreter()  # type: ignore[name-defined,no-any-return]  # noqa: F821
    return 0
