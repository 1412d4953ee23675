"""Methods of NumPy's own classes that turn what they are given into numbers, and take tensors during a trace; what
decides whether lengths are equal.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Set
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import converted, expressions, is_symbolic
from edgewise.frontends.tracing_numpy import tracing
from edgewise.graph import Tensor, refused
from edgewise.graph.callers import is_users
from edgewise.graph.tensors.entry_by_entry import each_entry

__all__ = ["methods_on_arrays"]


def methods_on_arrays(names: Set[str], named: bool) -> list[tuple[type, str, Callable[..., Any]]]:
    """Class, name, and what the method is during a trace of code that uses these names.

    SymPy's `==` is replaced only where dimensions are `named`: its classes are so many that this takes a millisecond.
    """
    rows: list[tuple[type, str, Callable[..., Any]]] = [(np.vectorize, "__call__", _vectorized)]
    if _POLYBASE in sys.modules or not names.isdisjoint(_POLYNOMIALS):  # NumPy loads it when it is asked for
        rows.append((importlib.import_module(_POLYBASE).ABCPolyBase, "__call__", _polynomial))
    lengths = sys.modules.get("edgewise.ops.dim_symbol") if named else None
    kinds = [] if lengths is None else [lengths.NamedDimension, lengths.sympy.Basic]
    return rows + [(kind, "__eq__", _decided) for kind in kinds]


def _decided(original: Callable[..., Any], length: Any, other: Any) -> Any:
    """`==` of a named length: the user's `if x.shape[0] == 3:` holds, or does not, for every length."""
    lengths = sys.modules["edgewise.ops.dim_symbol"]
    alike = length is other or not isinstance(other, (int, np.integer, lengths.sympy.Expr))
    if alike or tracing() is None or not is_users(sys._getframe(2).f_globals.get("__name__")):
        return original(length, other)
    equal = lengths.sympy.Eq(length, other)
    if equal in (True, False):
        return bool(equal)
    if all(isinstance(n, lengths.NamedDimension) for n in equal.free_symbols):
        raise TypeError(f"cannot determine truth value of Relational: {length} == {other}")
    return original(length, other)


_POLYBASE: Final = "numpy.polynomial._polybase"
_POLYNOMIALS: Final = frozenset(
    ("polynomial", "Polynomial", "Chebyshev", "Legendre", "Laguerre", "Hermite", "HermiteE")
)


def _of_tensors(ours: Callable[..., Any]) -> Callable[..., Any]:
    """A method that is ours where an argument is a tensor."""

    def call(original: Callable[..., Any], self: Any, *args: Any, **options: Any) -> Any:
        args = tuple(expressions(a) if isinstance(a, (list, tuple)) and is_symbolic(a) else a for a in args)
        if any(isinstance(a, Tensor) for a in (*args, *options.values())):
            return ours(self, *args, **options)
        return original(self, *args, **options)

    return call


@_of_tensors
def _vectorized(self: Any, *args: Any, **options: Any) -> Any:
    if self.signature is not None or self.excluded or options:
        raise refused(
            "np.vectorize with a signature, excluded or named arguments, of a tensor",
            "give the arrays by position, or call the function on whole arrays",
        )
    found = each_entry(self.pyfunc, "np.vectorize", *args)
    if self.otypes is None:
        return found
    several = isinstance(found, tuple)
    made = tuple(map(converted, found if several else (found,), self.otypes))
    return made if several else made[0]


@_of_tensors
def _polynomial(self: Any, arg: Any) -> Any:
    """The value of a polynomial of NumPy's classes, whose argument is moved from its domain to the window."""
    offset, scale = self.mapparms()
    return self._val(arg if (offset, scale) == (0.0, 1.0) else offset + scale * arg, self.coef)
