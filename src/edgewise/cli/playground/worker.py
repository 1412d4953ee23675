"""A process that answers, within a time: one that takes too long is ended, and another one begun."""

from __future__ import annotations

import gc
import signal
import sys
import threading
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, Final

from edgewise.cli.playground.answers import answer, refusal
from edgewise.errors import InputError

__all__ = ["Worker"]

SECONDS: Final = 5.0
"""The longest that an answer about a formula may take."""
OF_FILE: Final = 60.0
"""The longest that one about the user's file may take, which may load libraries."""
START: Final = 60.0
"""The longest that a process may take to begin, or to be free."""
FIRST: Final = {"formula": "exp(x*y) + x"}
"""What a process answers before it is asked, so that everything is loaded."""


class Worker:
    """One process that answers one thing at a time; `place` is the file.py:function that it traces, if any."""

    def __init__(self, part: str, place: str = "", seconds: float = 0.0) -> None:
        self.part, self.place, self.seconds = part, place, seconds or (OF_FILE if place else SECONDS)
        self._lock = threading.Lock()
        self._begin()

    def _begin(self) -> None:
        context = get_context("spawn")
        self._pipe, other = context.Pipe()
        self._process: SpawnProcess = context.Process(
            target=_answering, args=(other, self.part, self.place), daemon=True
        )
        self._process.start()
        other.close()
        self._ready = False

    def ask(self, data: object) -> dict[str, Any]:
        """The answer to a state of the page, or the error that there is none in time."""
        if not self._lock.acquire(timeout=START):
            return _error("another page keeps the playground busy", "close it, or wait")
        try:
            if not self._ready:
                if not self._pipe.poll(START):
                    raise EOFError
                self._pipe.recv()
                self._ready = True
            self._pipe.send(data)
            if self._pipe.poll(self.seconds):
                made: dict[str, Any] = self._pipe.recv()
                return made
            what = f"the {self.part} takes more than {self.seconds:g} seconds"
        except (EOFError, OSError):
            what = f"the process that makes the {self.part} ended before it was done"
        finally:
            self._lock.release()
        self.end()
        self._begin()
        return _error(what, "take a part of it, or the command line, which waits")

    def end(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _error(what: str, hint: str) -> dict[str, Any]:
    said = refusal(InputError(what, hint=hint))
    return {"error": said, "undrawn": said}


def _answering(pipe: Connection, part: str, place: str) -> None:
    """What the process does until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this process
    sys.dont_write_bytecode = True  # a file saved twice in a second would be run as it was the first time
    with suppress(EOFError, OSError):  # the server is gone
        pipe.send(answer(part, FIRST))
        gc.freeze()  # what is loaded stays: looking through it again and again takes longer than an answer
        while True:
            pipe.send(answer(part, pipe.recv(), place))
