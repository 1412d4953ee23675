"""Methods by which an array changes its own entries, said by NumPy's functions and by assignment."""

from __future__ import annotations

from typing import Any

import numpy as np

__all__ = ["InPlace"]


class InPlace:
    """What is common to the handles that are written into.

    >>> from edgewise import tensor, trace
    >>> def largest(x):
    ...     x.sort()
    ...     return x[-1]
    >>> float(trace(largest, x=tensor(3)).evaluate(x=[1.0, 3.0, 2.0]).outputs[0])
    3.0
    """

    __slots__ = ()

    def sort(self: Any, *args: Any, **options: Any) -> None:
        """The entries in ascending order along an axis, in place."""
        self[...] = np.sort(self, *args, **options)

    def partition(self: Any, *args: Any, **options: Any) -> None:
        """The same, as far as a place needs it."""
        self[...] = np.partition(self, *args, **options)

    def put(self: Any, *args: Any, **options: Any) -> None:
        """Entries by their places along one axis, in place."""
        np.put(self, *args, **options)
