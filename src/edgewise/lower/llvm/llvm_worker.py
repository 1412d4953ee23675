"""The thread that makes optimised code: one in a process, one part of a graph at a time, what is soonest done first.

It holds functions by weak references and lets go of work for one that is gone. Whoever else needs LLVM goes first
(`llvm_gate`), a part takes some hundredths of a second, and the thread stops between two parts when the process
ends or forks: nothing waits for more than a part.
"""

from __future__ import annotations

import atexit
import heapq
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from itertools import count
from typing import TYPE_CHECKING, Protocol

from edgewise.lower.llvm.llvm_gate import gate

if TYPE_CHECKING:
    from edgewise.lower.llvm.llvm_machine import Code

__all__ = ["Counting", "Job", "Queue", "queue"]


class Receiver(Protocol):
    """What optimised code is made for."""

    def swap(self, width: int, code: Code | None, error: Exception | None = None) -> None:
        """Take the code of this width into use, or the reason why there is none."""

    def start(self, width: int) -> None:
        """Have the code of this width made."""


class Counting:
    """The interpreter for a function that has not yet earned optimised code, for which it asks when it has."""

    __slots__ = ("function", "kernel", "left")

    def __init__(self, function: Receiver, kernel: Callable[[int, int], None], left: int) -> None:
        self.function, self.kernel, self.left = weakref.ref(function), kernel, left

    def __call__(self, code: int, numbers: int) -> None:
        self.left -= 1
        if self.left < 0:
            function = self.function()
            if function is not None:
                function.start(1)
        self.kernel(code, numbers)


class Job:
    """Optimised code of one width for one function: its `total` object images, made one by one, and then loaded."""

    def __init__(
        self, receiver: Receiver, width: int, images: Iterator[bytes], total: int, names: tuple[str, ...]
    ) -> None:
        self.receiver, self.width, self.images = weakref.ref(receiver), width, images
        self.total, self.names = total, names
        self.made: list[bytes] = []
        self.done = threading.Event()

    def step(self) -> bool:
        """Make one image, or load them all; False at the end, which a receiver that is gone brings at once."""
        receiver = self.receiver()
        if receiver is None:
            return False
        try:
            image = next(self.images, None)
            if image is not None:
                self.made.append(image)
                return True
            from edgewise.lower.llvm.llvm_machine import machine

            receiver.swap(self.width, machine().load(self.made, *self.names))
        except Exception as error:  # LLVM's, of any kind: the interpreter goes on
            receiver.swap(self.width, None, error)
        return False


class Queue:
    """Jobs, those first that somebody waits for and then those of which least is left, and the thread that does them.

    A job of one part is done within two parts of whatever else there is to do.
    """

    def __init__(self) -> None:
        self._jobs: list[tuple[int, int, Job]] = []
        self._current: tuple[int, int, Job] | None = None
        self._order = count()
        self._stopped = False
        self.refresh()

    def refresh(self) -> None:
        """Lock and thread anew: in a forked child the thread is not there, its jobs still are."""
        self._some = threading.Condition()
        self._thread: threading.Thread | None = None
        if self._current is not None:
            heapq.heappush(self._jobs, self._current)
            self._current = None

    def add(self, receiver: Receiver, width: int, images: Iterator[bytes], total: int, names: tuple[str, ...]) -> Job:
        """A new job: code with functions of these names."""
        job = Job(receiver, width, images, total, names)
        self._push(job, total)
        self.ensure()
        return job

    def _push(self, job: Job, left: int) -> None:
        with self._some:
            heapq.heappush(self._jobs, (left, next(self._order), job))
            self._some.notify()

    def wait(self, job: Job, looks: Callable[[], None]) -> None:
        """Wait until a job is done or given up, before all others; `looks` is called while it goes on."""
        if not job.done.is_set():
            self._push(job, -1)
        self.ensure()
        while not job.done.wait(0.1) and not self._stopped:
            self.ensure()
            looks()

    def ensure(self) -> None:
        """Start the thread where there is work and no thread."""
        with self._some:
            if self._jobs and not self._stopped and (self._thread is None or not self._thread.is_alive()):
                self._thread = threading.Thread(target=self._work, name="edgewise-llvm", daemon=True)
                self._thread.start()

    def _work(self) -> None:
        while True:
            with self._some:
                while not self._jobs and not self._stopped:
                    self._some.wait()
                if self._stopped:
                    return
                self._current = self._jobs[0]
                left, _, job = heapq.heappop(self._jobs)
            with gate.last():
                more = not job.done.is_set() and job.step()
            if more:
                self._push(job, left if left < 0 else job.total - len(job.made))
            else:
                job.done.set()
            self._current = None
            del job  # nothing of the last job is held while waiting for the next

    def stop(self) -> None:
        """End the thread after the part it is at: code must not be made while the process is taken down."""
        with self._some:
            self._stopped = True
            self._some.notify_all()
        if self._thread is not None:
            self._thread.join()


_queue = Queue()
atexit.register(_queue.stop)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_queue.refresh)


def queue() -> Queue:
    """The queue of this process."""
    return _queue
