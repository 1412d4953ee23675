"""NumPy's functions that are written alike on scalars, on arrays of them and on tensors: in others of NumPy's."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from operator import matmul
from typing import Any, Final

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.graph.builder import user_line

__all__ = ["ALIKE", "select"]


def select(condlist: Sequence[Any], choicelist: Sequence[Any], default: Any = 0) -> Any:
    """`np.select`: of the conditions that hold the first one counts."""
    if len(condlist) != len(choicelist) or not condlist:
        raise UnsupportedError(
            f"np.select got {len(condlist)} conditions and {len(choicelist)} choices",
            hint="give one choice for each",
            line=user_line(),
        )
    found = default
    for condition, choice in zip(reversed(condlist), reversed(choicelist), strict=True):
        found = np.where(condition, choice, found)
    return found


def _piecewise(x: Any, condlist: Any, funclist: Sequence[Any], *args: Any, **kw: Any) -> Any:
    one = not isinstance(condlist, (list, tuple)) and np.ndim(condlist) == np.ndim(x)
    conditions = [condlist] if one else condlist
    values = [piece(x, *args, **kw) if callable(piece) else piece for piece in funclist]
    default = values.pop() if len(values) == len(conditions) + 1 else 0
    # Of NumPy's pieces the last one wins.
    return select(conditions[::-1], values[::-1], default)


def _isclose(a: Any, b: Any, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Any:
    a, b = (np.asarray(v) if isinstance(v, (list, tuple)) else v for v in (a, b))
    near = np.logical_and(np.abs(a - b) <= atol + rtol * np.abs(b), np.isfinite(b))
    found = np.logical_or(near, np.equal(a, b))
    return np.logical_or(found, np.logical_and(np.not_equal(a, a), np.not_equal(b, b))) if equal_nan else found


def _multi_dot(arrays: Sequence[Any], **_: Any) -> Any:
    return reduce(matmul, arrays)


ALIKE: Final[Mapping[str, Callable[..., Any]]] = {
    "select": select, "piecewise": _piecewise, "isclose": _isclose, "multi_dot": _multi_dot,
}  # fmt: skip
"""Name in NumPy or its linalg → what it writes."""
