"""Observers of simplification: none, or a progress bar. Another, in `history`, writes every step down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from edgewise.progress import Bar
from edgewise.simplify.scalars.state import Plan

if TYPE_CHECKING:
    from edgewise.simplify.scalars.history import Rewrite
    from edgewise.simplify.scalars.working_graph import WorkingGraph

__all__ = ["LARGE", "OnBar", "Observer"]

LARGE: Final = 50_000
"""Nodes from which on a bar is shown, and an interrupt (Ctrl-C) keeps what has been reached."""

CHUNK: Final = 100_000
"""Nodes between two looks: machine code hears no interrupt, and these take it a tenth of a second at most."""


class Observer:
    """Observes nothing. `step` is how many nodes are written between two looks."""

    step = CHUNK

    @property
    def rewrites(self) -> list[Rewrite]:
        """The steps in their order, where they are written down."""
        return []

    def on_pass_start(self, working: WorkingGraph, plan: Plan) -> None:
        """A pass begins, or begins again with more room."""

    def on_progress(self, working: WorkingGraph, at: int) -> None:
        """The nodes below `at` are written."""

    def on_pass_end(self, working: WorkingGraph) -> None:
        """The pass is done; its `state.image` leads from the graph before it to the one that `working` holds now."""


class OnBar(Observer):
    """A progress bar: how many nodes of a pass are written, which pass it is, and the operations before it."""

    def __init__(self, bar: Bar) -> None:
        self.bar, self.passes, self.note = bar, 0, ""

    def on_pass_start(self, working: WorkingGraph, plan: Plan) -> None:
        self.note = f"pass {self.passes + 1}, {working.operations:,} operations"

    def on_progress(self, working: WorkingGraph, at: int) -> None:
        self.bar.update(at, self.note, working.sheet.count)

    def on_pass_end(self, working: WorkingGraph) -> None:
        self.passes += 1
