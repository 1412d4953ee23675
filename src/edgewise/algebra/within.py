"""A limit of time for what may never end."""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from edgewise.errors import InputError, UnsupportedError

__all__ = ["within"]

T = TypeVar("T")


class _TimeIsUp(BaseException):
    """Raised in the thread that takes too long; no Exception, so that nothing on the way takes it for its own."""


def within(seconds: float, what: str, function: Callable[..., T], *args: Any, **named: Any) -> T:
    """The value of a function of Python code; UnsupportedError where `what` it does takes longer than so many seconds.

    The function runs in the calling thread, whichever that is, and is stopped between two of its steps: nothing goes on
    in the background, and nothing has to be sent to another process.

    >>> within(1.0, "a sum", sum, [1, 2])
    3
    """
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) or not seconds > 0:
        raise InputError(f"seconds={seconds!r:.60} is no time", hint="give a number of seconds, as in seconds=60")
    thread, lock, done = threading.get_ident(), threading.Lock(), False

    def stop() -> None:
        with lock:
            if not done:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(_TimeIsUp))

    timer = threading.Timer(min(seconds, threading.TIMEOUT_MAX), stop)
    timer.daemon = True
    timer.start()
    try:
        try:
            return function(*args, **named)
        finally:
            with lock:
                done = True
            timer.cancel()
    except _TimeIsUp:
        raise UnsupportedError(
            f"{what} takes SymPy longer than {seconds:g} seconds", hint="say how long to wait, as in seconds=300"
        ) from None
