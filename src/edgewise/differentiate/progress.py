"""The progress bar of a search."""

from __future__ import annotations

import time
from typing import Any

__all__ = ["Bar"]


class Bar:
    """A progress bar: the time or the count, and the best so far (`aside` are products that no order changes).

    Nothing where nobody looks.
    """

    def __init__(self, show: bool | None, end: float | None, evaluations: int | None, aside: int) -> None:
        self.end, self.evaluations, self.aside = end, evaluations, aside
        self.bar: Any = None
        if show is False:
            return
        from rich.console import Console

        console = Console(stderr=True)
        if show or console.is_terminal or console.is_jupyter:
            from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

            text = TextColumn("elimination order: {task.fields[best]} products"), BarColumn(), TimeElapsedColumn()
            self.bar = Progress(*text, console=console)

    def __enter__(self) -> Bar:
        self.began = time.monotonic()
        if self.bar is not None:
            self.bar.start()
            whole = self.evaluations if self.end is None else self.end - self.began
            self.task = self.bar.add_task("", total=whole, best="…")
        return self

    def update(self, done: int, best: int) -> None:
        if self.bar is not None:
            completed = done if self.end is None else time.monotonic() - self.began
            self.bar.update(self.task, completed=completed, best=self.aside + best)

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.stop()
