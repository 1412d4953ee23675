"""Loops over nodes that array operations cannot say: plain Python, run as native code where it pays.

A function marked `native` is written in the part of Python that Numba compiles: loops over integers and arrays. It
runs as it stands until it has gone over `WARM` elements, then it is compiled, once for each installation, as Numba
keeps the result on disk: a small graph never waits for a compiler, a large one soon has machine code. Where Numba is
missing, the same source runs as it stands for good. Either way the results are the same bits, so nothing but time
depends on it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import cache, partial, update_wrapper
from pathlib import Path
from types import FunctionType
from typing import Any, Final, Generic, ParamSpec, TypeVar

import numpy as np

__all__ = ["WARM", "inlined", "native", "single"]

WARM = 20_000
"""Elements after which a native function is worth loading the compiler for."""

_MAKERS: Final = frozenset(
    ("arange", "argsort", "astype", "concatenate", "copy", "cumsum", "empty", "full", "ones", "sort", "zeros")
)

_log = logging.getLogger("edgewise")

P = ParamSpec("P")
R = TypeVar("R")


@cache
def _stamp(folder: Path) -> list[tuple[str, int, int]]:
    """When the source files of a folder changed last, and their sizes."""
    files = ((path.name, path.stat()) for path in sorted(folder.glob("*.py")))
    return [(name, stat.st_mtime_ns, stat.st_size) for name, stat in files]


@cache
def _compiler() -> Callable[..., Any] | None:
    """Numba's decorator, or None where Numba is missing."""
    try:
        from numba import njit
    except ImportError:
        return None

    def decorate(function: Callable[..., Any], inline: bool) -> Any:
        # Counting references to arrays, one atomic operation for each mention, takes longer than all the rest. It is
        # there for functions that make arrays of their own.
        makes = not _MAKERS.isdisjoint(function.__code__.co_names)
        options: Any = {"nogil": True, "_nrt": makes, "inline": "always" if inline else "never"}
        try:
            compiled: Any = njit(cache=True, **options)(function)
        except RuntimeError:  # written at a prompt, or nowhere to keep the result
            return njit(**options)(function)
        # Numba renews a stored result when the function's own file changes; what it calls may stand in another one.
        compiled._cache._cache_file._source_stamp = _stamp(Path(function.__code__.co_filename).parent)
        return compiled

    return decorate


def _size(args: tuple[Any, ...]) -> int:
    """The length of the first array among arguments and named tuples of arrays."""
    arrays = (a for arg in args for a in (arg if isinstance(arg, tuple) else (arg,)) if isinstance(a, np.ndarray))
    return len(next(arrays, ()))


class native(Generic[P, R]):
    """Mark a function of arrays and integers as worth compiling.

    It may call other native functions of its folder (a stored result is renewed when a file there changes).
    Integer arithmetic must stay within 63 bits, where NumPy's scalars, Python's integers and machine integers agree.

    >>> import numpy as np
    >>> @native
    ... def total(column):
    ...     found = 0
    ...     for i in range(len(column)):
    ...         found += column[i]
    ...     return found
    >>> int(total(np.arange(10))), int(total(np.arange(100_000)))
    (45, 4999950000)
    """

    def __init__(self, function: Callable[P, R], *, inline: bool = False, elements: int | None = None) -> None:
        self._function, self._inline, self._each = function, inline, elements
        self._elements = 0
        self._python: Callable[P, R] | None = None
        self._native: Callable[P, R] | None = None
        update_wrapper(self, function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self._native is not None:
            return self._native(*args, **kwargs)
        self._elements += _size(args) if self._each is None else self._each
        if self._elements < WARM:
            return self.interpreted()(*args, **kwargs)
        function = self._compiled()
        stored = getattr(getattr(function, "_cache", None), "cache_path", None)
        if stored and not any(Path(stored).glob(f"*{self._function.__name__}-*.nbi")):
            _log.warning("compiling %s for large graphs, once for this installation", self._function.__name__)
        return function(*args, **kwargs)

    def at_once(self) -> None:
        """Load or make the native code now, for loops that are long whatever the length of their arrays."""
        self._compiled()

    def _linked(self, link: Callable[[native[Any, Any]], Any]) -> Any:
        """The function with the native functions that it calls replaced."""
        function: Any = self._function
        called = {name: function.__globals__.get(name) for name in function.__code__.co_names}
        inner = {name: link(value) for name, value in called.items() if isinstance(value, native)}
        if not inner:
            return function
        own = FunctionType(
            function.__code__, {**function.__globals__, **inner}, function.__name__, function.__defaults__
        )
        return update_wrapper(own, function)

    def interpreted(self) -> Callable[P, R]:
        """The function as plain Python, all the way down: for a caller that has one element."""
        if self._python is None:
            self._python = self._linked(lambda inner: inner.interpreted())
        return self._python

    def _compiled(self) -> Callable[P, R]:
        """The function as native code, with the native functions that it calls."""
        if self._native is None:
            decorate = _compiler()
            if decorate is None:
                return self.interpreted()
            self._native = decorate(self._linked(lambda inner: inner._compiled()), self._inline)
        return self._native


inlined = partial(native, inline=True)
"""The same for a small function that is written into those that call it: a call costs more than it does."""

single = partial(native, elements=1)
"""The same for a function that looks up one element, however long its arrays are."""
