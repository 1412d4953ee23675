"""Calls of small graphs, compiled from end to end: numbers go into their places, a kernel runs, results come out."""

from __future__ import annotations

from typing import Any

import cython
import numpy as np

__all__ = ["QuickCall"]

_ARRAY = np.ndarray
_DOUBLE = np.dtype(np.float64)


@cython.cclass
class QuickCall:
    """What calls a kernel where its inputs are floats and arrays of doubles, in their shapes.

    Everything else goes to `called`, which a subclass has: batches, conversions, what is wrong, and every call where
    nothing is compiled. One array of numbers serves all calls, as Python's lock is held; a call from within a call (a
    finaliser may run while results are made) goes the other way too.
    """

    def bind(self, memory: Any, first: int, groups: list[Any], names: tuple[str, ...], plan: Any) -> None:
        """Serve calls by these numbers, from the first input's place on; `groups` has the views of arrays, None for
        scalars. `plan` says what is returned: the place of a number, a tuple of plans, or a function that makes it.
        """
        if cython.compiled:
            self._memory, self._first, self._groups, self._names, self._plan = memory, first, groups, names, plan
            self._address = memory.ctypes.data

    def serve(self, kernel: int, code: int, left: int) -> None:
        """Run the kernel at this address from now on; after `left` calls say so to `earned` (negative: never)."""
        if cython.compiled:
            self._kernel, self._given, self._left = kernel, code, left
            self._serves, self._busy = True, False

    def __call__(self, /, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are.

        `out`: arrays to write into, nested as the results are; `threads`: how many threads share a batch.
        (An input of one of these names is given by position, or by name when it is an input.)
        """
        if cython.compiled and self._serves and not self._busy and self._filled(args, named):
            if self._left == 0:
                self.earned()
            self._left -= 1
            cython.cast(Kernel, self._kernel)(self._given, self._address)  # type: ignore[name-defined]  # noqa: F821
            self._busy = True
            try:
                return self._made_of(self._plan)
            finally:
                self._busy = False
        return self.called(args, named)

    def earned(self) -> None:
        """Said once, after the calls that `serve` was told of."""
        raise NotImplementedError

    def called(self, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """All other calls."""
        raise NotImplementedError

    def _filled(self, args: tuple[Any, ...], named: dict[str, Any]) -> bool:
        """Put inputs that need no conversion into their places, those that are named as in the graph behind the others;
        False where one is missing or does.
        """
        at: cython.Py_ssize_t = self._first
        first_named: cython.Py_ssize_t = len(args)
        k: cython.Py_ssize_t
        if first_named + len(named) != len(self._groups):
            return False
        for k in range(len(self._groups)):
            value = args[k] if k < first_named else named.get(self._names[k])
            place = self._groups[k]
            if place is None:
                if not isinstance(value, float):
                    return False
                self._memory[at] = value
                at += 1
            else:
                if type(value) is not _ARRAY or value.dtype is not _DOUBLE or value.shape != place.shape:
                    return False
                place[...] = value
                at += place.size
        return True

    def _made_of(self, plan: Any) -> Any:
        if type(plan) is int:
            at: cython.Py_ssize_t = plan
            return self._memory[at]
        if type(plan) is tuple:
            return tuple([self._made_of(part) for part in plan])
        return plan()
