"""The thread that makes optimised code: one in a process, one part of a graph at a time.

It holds functions by weak references and lets go of work for one that is gone. It stops between two parts when the
process ends, and a fork waits for the end of a part, so that no child is born with LLVM's locks held.
"""

from __future__ import annotations

import atexit
import os
import threading
import weakref
from collections import deque
from collections.abc import Callable, Iterator
from typing import Protocol

from edgewise.lower.llvm.llvm_machine import Code, machine

__all__ = ["Job", "Queue", "queue"]


class Receiver(Protocol):
    """What optimised code is made for."""

    def swap(self, width: int, code: Code | None, error: Exception | None = None) -> None:
        """Take the code of this width into use, or the reason why there is none."""


class Job:
    """Optimised code of one width for one function: its `total` object images, made one by one, and then loaded."""

    def __init__(self, receiver: Receiver, width: int, images: Iterator[bytes], total: int) -> None:
        self.receiver, self.width, self.images = weakref.ref(receiver), width, images
        self.total = total
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
            receiver.swap(self.width, machine().load(self.made))
        except Exception as error:  # LLVM's, of any kind: the interpreter goes on
            receiver.swap(self.width, None, error)
        return False


class Queue:
    """Jobs in the order of their arrival, and the thread that does them."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._stopped = False
        self.refresh()

    def refresh(self) -> None:
        """Locks and thread anew: in a forked child the thread is not there, its jobs still are."""
        self.step_lock = threading.Lock()
        self._some = threading.Condition()
        self._thread: threading.Thread | None = None

    def add(self, receiver: Receiver, width: int, images: Iterator[bytes], total: int) -> Job:
        """A new job at the end."""
        job = Job(receiver, width, images, total)
        with self._some:
            self._jobs.append(job)
            self._some.notify()
        self.ensure()
        return job

    def wait(self, job: Job, looks: Callable[[], None]) -> None:
        """Wait until a job is done or given up; `looks` is called while it goes on."""
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
                job = self._jobs[0]
            with self.step_lock:
                more = job.step()
            if not more:
                with self._some:
                    self._jobs.popleft()
                job.done.set()
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
    os.register_at_fork(
        before=lambda: _queue.step_lock.acquire(),
        after_in_parent=lambda: _queue.step_lock.release(),
        after_in_child=lambda: _queue.refresh(),
    )


def queue() -> Queue:
    """The queue of this process."""
    return _queue
