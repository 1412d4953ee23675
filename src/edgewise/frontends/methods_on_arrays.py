"""Methods of NumPy's own classes that turn what they are given into numbers, and take tensors during a trace."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Set
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import expressions, is_symbolic
from edgewise.graph import Tensor, refused
from edgewise.graph.tensors.entry_by_entry import each_entry

__all__ = ["methods_on_arrays"]


def methods_on_arrays(names: Set[str]) -> list[tuple[type, str, Callable[..., Any]]]:
    """Class, name, and what the method is during a trace of code that uses these names."""
    rows: list[tuple[type, str, Callable[..., Any]]] = [(np.vectorize, "__call__", _vectorized)]
    if _POLYBASE in sys.modules or not names.isdisjoint(_POLYNOMIALS):  # NumPy loads it when it is asked for
        rows.append((importlib.import_module(_POLYBASE).ABCPolyBase, "__call__", _polynomial))
    return rows


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
    return each_entry(self.pyfunc, "np.vectorize", *args)


@_of_tensors
def _polynomial(self: Any, arg: Any) -> Any:
    """The value of a polynomial of NumPy's classes, whose argument is moved from its domain to the window."""
    offset, scale = self.mapparms()
    return self._val(arg if (offset, scale) == (0.0, 1.0) else offset + scale * arg, self.coef)
