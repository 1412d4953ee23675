"""Passes over large graphs without Python's search for unreachable circles of objects."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

__all__ = ["uncollected"]


@contextmanager
def uncollected() -> Iterator[None]:
    """Work that makes many small objects, and no circles among them: counting references frees them all.

    The search for circles would go through every object of the process again and again, for nothing: up to a third of
    such a pass. It waits until the pass ends.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    """
    waits = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if waits:
            gc.enable()
