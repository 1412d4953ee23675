"""What meets expressions: arrays of other libraries (pandas, torch, JAX), as NumPy's from there on; complex numbers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.graph.callers import is_users

__all__ = ["ComplexPair", "has_answer", "is_complex", "is_sparse", "other_array"]

_REFLECTED: Final = {
    "add": "__radd__", "sub": "__rsub__", "mul": "__rmul__", "div": "__rtruediv__", "pow": "__rpow__",
    "mod": "__rmod__", "lt": "__gt__", "le": "__ge__", "gt": "__lt__", "ge": "__le__", "eq": "__eq__", "ne": "__ne__",
    "and": "__rand__", "or": "__ror__",
}  # fmt: skip


class ComplexPair(np.lib.mixins.NDArrayOperatorsMixin):
    """What complex numbers of expressions are known by (`tensors.complex_pair`)."""


def is_complex(value: Any) -> bool:
    """Whether it is a complex number, of expressions or of numbers, or an array of them."""
    return isinstance(value, (complex, ComplexPair, np.complexfloating)) or (
        isinstance(value, np.ndarray) and value.dtype.kind == "c"
    )


def is_sparse(value: Any) -> bool:
    """Whether it is a sparse matrix of SciPy's, which knows its products with what is traced."""
    return type(value).__module__.startswith("scipy.sparse") and hasattr(value, "tocoo")


def of_pairs(types: Iterable[type]) -> bool:
    """Whether a function of NumPy's of arguments of these types is for complex numbers to answer."""
    return any(issubclass(kind, ComplexPair) for kind in types)


def has_answer(name: str, value: Any) -> bool:
    """Whether the class of a value is the user's own and defines what an operator does with it on the right."""
    kind = type(value)
    own = getattr(kind, _REFLECTED[name], None)
    return own is not None and own is not getattr(object, _REFLECTED[name], None) and is_users(kind.__module__)


def other_array(value: Any) -> Any:
    """An array of another library as one of NumPy's, and complex numbers, which NumPy's functions take; else None.

    Raises UnsupportedError where it has no numbers to give: where that library traces or differentiates it.
    """
    if is_complex(value):
        return value
    kind = type(value)
    if not hasattr(kind, "__array__") or isinstance(value, (np.ndarray, np.generic)):
        return None
    library = kind.__module__.partition(".")[0]
    if library == __name__.partition(".")[0]:
        return None
    try:
        return np.asarray(value)
    except (TypeError, ValueError, RuntimeError):
        raise UnsupportedError(
            f"a {kind.__name__} that {library} differentiates or traces has no numbers for a graph",
            hint="give its numbers, as x.detach() of torch, or pass it in as an argument of the compiled graph",
        ) from None
