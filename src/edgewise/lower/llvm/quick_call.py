"""Calls of small graphs, compiled from end to end: numbers go into their places, a kernel runs, results come out."""

from __future__ import annotations

from typing import Any

import cython
import numpy as np

__all__ = ["BoundCall", "QuickCall"]

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

    def run_on(self, kernel: int, code: int, short: bool) -> None:
        """Let bound calls run the kernel at this address from now on, holding Python's lock where it is `short`; none
        at 0."""
        if cython.compiled:
            self._bound_kernel, self._bound_code, self._short = kernel, code, short

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


@cython.cclass
class BoundCall:
    """What runs the kernel of a graph on numbers of its own; a subclass has `run` for where none is known by address,
    and `finish` for what comes after it.
    """

    def bind(self, function: QuickCall, numbers: Any, places: Any, results: Any, finishes: bool) -> None:
        """Run on these numbers of `function`, and put those at some places into `results`, where there are any."""
        if cython.compiled:
            self._function, self._address, self._finishes = function, numbers.ctypes.data, finishes
            self._gathers = len(places) > 0
            if self._gathers:
                self._numbers, self._places, self._results = numbers, places, results

    def __call__(self) -> None:
        """Compute the results from the inputs."""
        if not cython.compiled or self._function._bound_kernel == 0:
            self.run()
            return
        k: cython.Py_ssize_t
        kernel: cython.size_t = self._function._bound_kernel
        code: cython.size_t = self._function._bound_code
        address: cython.size_t = self._address
        if self._function._short:
            cython.cast(Kernel, kernel)(code, address)  # type: ignore[name-defined]  # noqa: F821
        else:
            with cython.nogil:
                cython.cast(Kernel, kernel)(code, address)  # type: ignore[name-defined]  # noqa: F821
        if self._gathers:
            for k in range(self._places.shape[0]):
                self._results[k] = self._numbers[self._places[k]]
        if self._finishes:
            self.finish()

    def run(self) -> None:
        """All of a call."""
        raise NotImplementedError

    def finish(self) -> None:
        """What comes after a kernel."""
        raise NotImplementedError
