"""Who looks on while a graph is simplified: nobody, or a progress bar. Another, in `record`, writes it all down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from edgewise.progress import Bar
from edgewise.simplify.columns import Ints, Plan

if TYPE_CHECKING:
    from edgewise.simplify.record import Rewrite
    from edgewise.simplify.sheet import Sheet

__all__ = ["LARGE", "OnBar", "Watch"]

LARGE: Final = 50_000
"""Nodes from which on a bar is shown, and an interrupt (Ctrl-C) keeps what has been reached."""

CHUNK: Final = 100_000
"""Nodes between two looks: machine code hears no interrupt, and these take it a tenth of a second at most."""


class Watch:
    """Nobody looks on. `step` is how many nodes are written between two looks."""

    step = CHUNK

    @property
    def rewrites(self) -> list[Rewrite]:
        """The steps in their order, where they are written down."""
        return []

    def begins(self, sheet: Sheet, plan: Plan, kinds: Ints | None) -> None:
        """A pass begins, or begins again with more room; `kinds` says which stage planned what for a node, -1: none."""

    def looks(self, sheet: Sheet, at: int) -> None:
        """The nodes below `at` are written."""

    def ends(self, sheet: Sheet, image: Ints) -> None:
        """The pass is done; `image` leads from the graph before it to the one that `sheet` holds now."""


class OnBar(Watch):
    """A progress bar: how many nodes of a pass are written, which pass it is, and the operations before it."""

    def __init__(self, bar: Bar) -> None:
        self.bar, self.passes, self.note = bar, 0, ""

    def begins(self, sheet: Sheet, plan: Plan, kinds: Ints | None) -> None:
        self.note = f"pass {self.passes + 1}, {sheet.operations:,} operations"

    def looks(self, sheet: Sheet, at: int) -> None:
        self.bar.update(at, self.note, len(sheet.nodes))

    def ends(self, sheet: Sheet, image: Ints) -> None:
        self.passes += 1
