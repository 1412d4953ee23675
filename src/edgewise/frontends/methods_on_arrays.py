"""Methods of NumPy's own classes that turn what they are given into numbers, and take tensors during a trace; what
decides whether lengths are equal.
"""

from __future__ import annotations

import functools
import importlib
import sys
from collections.abc import Callable, Set
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import expressions, is_symbolic
from edgewise.frontends.tracing_numpy import tracing
from edgewise.graph import Tensor, refused
from edgewise.graph.callers import is_users
from edgewise.graph.tensors.entry_by_entry import each_entry

__all__ = ["methods_on_arrays"]


def methods_on_arrays(names: Set[str]) -> list[tuple[type, str, Callable[..., Any]]]:
    """Class, name, and what the method is during a trace of code that uses these names."""
    rows: list[tuple[type, Callable[..., Any]]] = [(np.vectorize, _vectorized)]
    if _POLYBASE in sys.modules or not names.isdisjoint(_POLYNOMIALS):  # NumPy loads it when it is asked for
        rows.append((importlib.import_module(_POLYBASE).ABCPolyBase, _polynomial))
    held = ((kind, vars(kind)["__call__"], ours) for kind, ours in rows)
    found = [(kind, "__call__", _replaced(getattr(method, "original", method), ours)) for kind, method, ours in held]
    return found + [(kind, "__eq__", _decided(kind)) for kind in _kinds_of_lengths()]


def _kinds_of_lengths() -> list[type]:
    """The classes of named lengths and of arithmetic with them, where there are any."""
    lengths = sys.modules.get("edgewise.ops.dim_symbol")
    return [] if lengths is None else [lengths.NamedDimension, lengths.sympy.Basic]


@functools.cache
def _decided(kind: Any) -> Callable[[Any, Any], Any]:
    """`==` of a named length: the user's `if x.shape[0] == 3:` holds, or does not, for every length."""
    original: Any = vars(kind)["__eq__"]
    lengths = sys.modules["edgewise.ops.dim_symbol"]

    def call(self: Any, other: Any) -> Any:
        alike = self is other or not isinstance(other, (int, np.integer, lengths.sympy.Expr))
        if alike or tracing() is None or not is_users(sys._getframe(1).f_globals.get("__name__")):
            return original(self, other)
        equal = lengths.sympy.Eq(self, other)
        if equal not in (True, False) and all(isinstance(n, lengths.NamedDimension) for n in equal.free_symbols):
            raise TypeError(f"cannot determine truth value of Relational: {self} == {other}")
        return original(self, other) if equal not in (True, False) else bool(equal)

    return call


_POLYBASE: Final = "numpy.polynomial._polybase"
_POLYNOMIALS: Final = frozenset(
    ("polynomial", "Polynomial", "Chebyshev", "Legendre", "Laguerre", "Hermite", "HermiteE")
)


@functools.cache
def _replaced(original: Callable[..., Any], ours: Callable[..., Any]) -> Callable[..., Any]:
    """A method that is ours where an argument is a tensor."""

    @functools.wraps(original)
    def call(self: Any, *args: Any, **options: Any) -> Any:
        args = tuple(expressions(a) if isinstance(a, (list, tuple)) and is_symbolic(a) else a for a in args)
        if any(isinstance(a, Tensor) for a in (*args, *options.values())):
            return ours(self, *args, **options)
        return original(self, *args, **options)

    call.original = original  # type: ignore[attr-defined]
    return call


def _vectorized(self: Any, *args: Any, **options: Any) -> Any:
    if self.signature is not None or self.excluded or options:
        raise refused(
            "np.vectorize with a signature, excluded or named arguments, of a tensor",
            "give the arrays by position, or call the function on whole arrays",
        )
    return each_entry(self.pyfunc, "np.vectorize", *args)


def _polynomial(self: Any, arg: Any) -> Any:
    """The value of a polynomial of NumPy's classes, whose argument is moved from its domain to the window."""
    offset, scale = self.mapparms()
    return self._val(arg if (offset, scale) == (0.0, 1.0) else offset + scale * arg, self.coef)
