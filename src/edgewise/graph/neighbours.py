"""What expressions meet: NumPy's names of their operations, and values that are certainly no numbers."""

from __future__ import annotations

from collections.abc import Mapping, Set
from types import BuiltinFunctionType, EllipsisType, FunctionType, NoneType
from typing import Any, Final

from edgewise.ops import CODE, Op

__all__ = ["METHODS", "NO_NUMBERS", "ON_ARRAYS", "UFUNC_CODES", "quick_code"]

METHODS: Final[dict[str, Any]] = {}
"""What NumPy's object loops call on each entry, by the name of the ufunc."""

UFUNC_CODES: Final[dict[Any, int]] = {}
"""NumPy's and SciPy's ufuncs that are operations of the table."""

ON_ARRAYS: Final = {
    "add": "add", "sub": "subtract", "mul": "multiply", "div": "divide", "pow": "power", "mod": "remainder",
    "lt": "less", "le": "less_equal", "gt": "greater", "ge": "greater_equal", "eq": "equal", "ne": "not_equal",
    "and": "logical_and", "or": "logical_or",
}  # fmt: skip
"""The ufunc of an operator."""

NO_NUMBERS: Final = (NoneType, str, bytes, EllipsisType, type, FunctionType, BuiltinFunctionType, Mapping, Set)


def quick_code(op: Op) -> int:
    """The code by which `direct` writes an operation; -1 where it has to be looked at more closely."""
    return CODE[op.name] if not (op.custom or op.parameter) and op.arity in (1, 2) and op.name != "pow" else -1
