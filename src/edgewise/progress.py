"""The progress bar of long work: seen on terminals and in notebooks, and only where the work takes a while."""

from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import Any, Final

__all__ = ["Bar"]

PATIENCE: Final = 0.5
"""Seconds before a bar is shown: most work is done by then."""

PAUSE: Final = 0.1
"""Seconds between two states of a bar in a notebook."""


class Bar:
    """A bar for one piece of work: what it is, how much is done, and a note on how it stands.

    `show` is True, False, or None: where somebody looks, on a terminal (of the standard error output) or in a
    notebook, and gone at the end of the work.

    >>> with Bar("counting", show=False, total=3) as bar:
    ...     for k in range(3):
    ...         bar.update(k + 1, f"{k} is the last")
    """

    def __init__(self, what: str, show: bool | None = None, total: float | None = None) -> None:
        self.what, self.show, self.total = what, show, total
        self._bar: Any = None

    def __enter__(self) -> Bar:
        self._began = time.monotonic()
        return self

    def update(self, done: float, note: str = "", total: float | None = None) -> None:
        """So much of `total` (the one before where none is given) is done."""
        if self.show is False or (self.show is None and time.monotonic() - self._began < PATIENCE):
            return
        if self._bar is None:
            self._bar = self._started()
            if self._bar is None:
                self.show = False
                return
        self._bar.update(self._task, completed=done, total=self.total if total is None else total, note=note)

    def _started(self) -> Any:
        """The bar on the screen, None where nobody looks."""
        if getattr(sys.stderr, "closed", True):  # closed, or none at all
            return None
        from rich.console import Console

        console = Console(stderr=True)
        self._task: Any = None
        if console.is_jupyter:
            return _Cell(self.what, keep=bool(self.show))
        if not (self.show or console.is_terminal):
            return None
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        text = TextColumn("{task.description}: {task.fields[note]}", markup=False)
        bar = Progress(text, BarColumn(), TimeElapsedColumn(), console=console, transient=not self.show)
        bar.start()
        self._task = bar.add_task(self.what, total=self.total, note="")
        return bar

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()


class _Cell:
    """The bar below a notebook's cell: one output that is written anew, in any notebook and without widgets.

    Rich's own bar there is a widget; it leaves empty outputs behind, and is a broken link in a stored notebook.
    """

    def __init__(self, what: str, keep: bool) -> None:
        display: Any = import_module("IPython.display").display  # it has no types
        self._what, self._keep, self._began, self._next = what, keep, time.monotonic(), 0.0
        self._handle: Any = display(_bundle("", ""), raw=True, display_id=True)

    def update(self, _: Any, completed: float, total: float | None, note: str) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + PAUSE
        from html import escape

        text = f"{self._what}: {note} ({now - self._began:.0f} s)"
        share = f' value="{completed:g}" max="{total:g}"' if total else ""
        self._handle.update(_bundle(f"<progress{share}></progress> {escape(text)}", text), raw=True)

    def stop(self) -> None:
        if not self._keep:
            self._handle.update(_bundle("", ""), raw=True)


def _bundle(html: str, text: str) -> dict[str, str]:
    return {"text/html": html, "text/plain": text}
