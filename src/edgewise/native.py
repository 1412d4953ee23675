"""Loops over nodes that array operations cannot say: plain Python, run as native code where a graph is large.

A function marked `native` is written in the part of Python that Numba compiles: loops over integers and arrays. It is
compiled when it first meets a large array (Numba keeps the result on disk); on small graphs, where loading the compiler
would cost more than the loop, and where Numba is missing, the same source runs as it stands. Either way the results are
the same bits, so that nothing but time depends on it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, update_wrapper
from types import FunctionType
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

__all__ = ["LARGE", "native"]

LARGE = 2000
"""From this length of its longest array on, a native function is worth loading the compiler."""

P = ParamSpec("P")
R = TypeVar("R")


@cache
def _compiler() -> Callable[..., Any] | None:
    """Numba's decorator, or None where Numba is missing."""
    try:
        from numba import njit
    except ImportError:
        return None

    def decorate(function: Callable[..., Any]) -> Any:
        try:
            return njit(cache=True, nogil=True)(function)
        except RuntimeError:  # written at a prompt, or nowhere to keep the result
            return njit(nogil=True)(function)

    return decorate


class native(Generic[P, R]):
    """Mark a function of arrays and integers as worth compiling.

    It may call other native functions of the same file (a stored result is renewed when that file changes).
    Integer arithmetic must stay within 63 bits, where NumPy's scalars, Python's integers and machine integers agree.

    >>> import numpy as np
    >>> @native
    ... def total(column):
    ...     found = 0
    ...     for i in range(len(column)):
    ...         found += column[i]
    ...     return found
    >>> int(total(np.arange(10))), int(total(np.arange(10_000)))
    (45, 49995000)
    """

    def __init__(self, function: Callable[P, R]) -> None:
        self._function = function
        self._native: Callable[P, R] | None = None
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._native is not None:
            return self._native(*args, **kwargs)
        large = any(len(a) >= LARGE for a in args if isinstance(a, np.ndarray) and a.ndim)
        return (self._compiled() if large else self._function)(*args, **kwargs)

    def _compiled(self) -> Callable[P, R]:
        """The function as native code, with the native functions that it calls."""
        if self._native is None:
            decorate = _compiler()
            if decorate is None:
                return self._function
            function: Any = self._function
            called = {name: function.__globals__.get(name) for name in function.__code__.co_names}
            inner = {name: value._compiled() for name, value in called.items() if isinstance(value, native)}
            if inner:
                own = FunctionType(function.__code__, {**function.__globals__, **inner}, function.__name__)
                function = update_wrapper(own, function)
            self._native = decorate(function)
        return self._native
