"""The progress bar of long work: seen on terminals and in notebooks, and only where the work takes a while."""

from __future__ import annotations

import time
from importlib.util import find_spec
from typing import Any, Final

__all__ = ["Bar"]

PATIENCE: Final = 0.5
"""Seconds before a bar is shown: most work is done by then."""


class Bar:
    """A bar for one piece of work: what it is, how much is done, and a note on how it stands.

    `show` is True, False, or None: where somebody looks, on a terminal or in a notebook (there ipywidgets draws it),
    and gone at the end of the work. The bar goes to the standard error output.

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
        from rich.console import Console

        console = Console(stderr=True)
        seen = find_spec("ipywidgets") if console.is_jupyter else self.show or console.is_terminal
        if not seen:
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
