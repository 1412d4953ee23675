"""Calls with plain numbers and arrays, in compiled code from end to end: a small formula costs what a C function does."""

from __future__ import annotations

from typing import Any

import cython
import numpy as np

__all__ = ["QuickCall"]

_DOUBLE = np.dtype(np.float64)
_ARRAY = np.ndarray


@cython.cclass
class QuickCall:
    """A callable that puts its inputs into their places, runs a kernel, and takes the results out.

    What is not the usual case (names, batches, conversions, whatever is wrong) goes to `called`, which a subclass has;
    so does everything where nothing is compiled. One array of numbers serves all calls: Python's lock is held.
    """

    def bind(self, memory: Any, first: int, groups: list[Any], plan: Any) -> None:
        """Serve calls by these numbers: the first input's place, a view for each group of inputs (None for a scalar).

        `plan` says what is returned: the place of a number, a tuple of plans, or a function of no arguments.
        """
        self._memory, self._first, self._groups, self._plan = memory, first, groups, plan
        self._address = memory.ctypes.data

    def serve(self, kernel: int, code: int, left: int, quick: bool) -> None:
        """Run this kernel from now on, and ask for optimised code after `left` calls (never: a negative number)."""
        self._kernel, self._code, self._left, self._quick = kernel, code, left, quick and cython.compiled

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are.

        `out`: arrays to write into, nested as the results are; `threads`: how many threads share a batch.
        (An input of one of these names is given by position, or by name when it is an input.)
        """
        if self._quick and not named and self._filled(args):
            if self._left == 0:
                self.earned()
            self._left -= 1
            if cython.compiled:
                cython.cast(Kernel, self._kernel)(self._code, self._address)  # type: ignore[name-defined]  # noqa: F821
            return self._taken(self._plan)
        return self.called(args, named)

    def _filled(self, args: tuple[Any, ...]) -> bool:
        """Put inputs that need no conversion into their places; False where one does."""
        at: cython.Py_ssize_t = self._first
        k: cython.Py_ssize_t
        if len(args) != len(self._groups):
            return False
        for k in range(len(self._groups)):
            value = args[k]
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

    def _taken(self, plan: Any) -> Any:
        if type(plan) is int:
            at: cython.Py_ssize_t = plan
            return self._memory[at]
        if type(plan) is tuple:
            return tuple([self._taken(part) for part in plan])
        return plan()
