"""Whose turn it is to use LLVM."""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

__all__ = ["Gate", "gate"]


class Gate:
    """Whose turn it is to use LLVM, which one thread does at a time: the thread that makes optimised code goes last.

    A fork waits for its turn too, so that no child is born with LLVM's own locks held.
    """

    def __init__(self) -> None:
        self.closing: deque[Any] = deque()
        self.refresh()

    def refresh(self) -> None:
        """Locks anew, in a forked child."""
        self._lock, self._counting, self._waiting = threading.RLock(), threading.Lock(), 0

    @contextmanager
    def first(self) -> Iterator[None]:
        """The next turn: after what is being done, before all that the worker has still to do."""
        self.enter()
        try:
            yield
        finally:
            self.leave()

    def enter(self) -> None:
        """Wait for the next turn and take it."""
        with self._counting:
            self._waiting += 1
        try:
            self._lock.acquire()
        except BaseException:  # a user who interrupts: nobody waits any more
            with self._counting:
                self._waiting -= 1
            raise

    def leave(self) -> None:
        """End the turn that `enter` took."""
        self._lock.release()
        with self._counting:
            self._waiting -= 1

    @contextmanager
    def last(self) -> Iterator[None]:
        """A turn when nobody else wants one. A lock alone would not do: who lets go of it gets it again."""
        while self._waiting:
            time.sleep(0.0005)
        with self._lock:
            yield
            self.close()

    def close(self, *library: Any) -> None:
        """Take down a library and its linker: now or, where that would have to wait, at the end of the turn."""
        self.closing.extend(library)
        if self._lock.acquire(blocking=False):
            while self.closing:
                self.closing.popleft().close()
            self._lock.release()


gate: Final = Gate()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=gate.enter, after_in_parent=gate.leave, after_in_child=gate.refresh)
