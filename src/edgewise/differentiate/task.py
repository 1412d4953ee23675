"""What sweeps are asked for, and what is written before them."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.linearize import Linearized
from edgewise.differentiate.masks import Item, Masks, write_masks
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import IntArray, Tape

__all__ = ["Pairs", "Task", "begin"]

Pairs = tuple[IntArray, IntArray]
"""Columns (sweep, node)."""


class Task(NamedTuple):
    """Sweeps from their seeds, down the numbers (`reverse`) or up.

    `wanted` are the nodes whose derivatives are asked for. Every sweep asks for all of them, or for those that `asked`,
    pairs ascending in the sweep, says.
    """

    tape: Tape
    lin: Linearized
    seeds: tuple[Seed, ...]
    wanted: tuple[int, ...]
    reverse: bool
    asked: Pairs | None

    def ends(self) -> tuple[IntArray, IntArray]:
        """The source and the target of each edge: derivatives flow from consumer to parent in reverse."""
        lin = self.lin
        return (lin.consumer, lin.parent) if self.reverse else (lin.parent, lin.consumer)

    def leads_to(self, nodes: Iterable[int]) -> npt.NDArray[np.bool_]:
        """From which nodes derivatives can flow to one of these."""
        tape = self.tape
        return (tape.depends_on if self.reverse else tape.live)(nodes, self.lin.present)


def begin(
    task: Task,
    working: WorkingGraph,
    items: Iterable[Item],
    templates: list[int],
    reached: Container[int],
    missing: bool,
) -> tuple[tuple[Seed, ...], Masks]:
    """Write a 0 where one is `missing`, then the seeds, the constants of the partials, and the conditions of edges."""
    if not task.lin.refused.isdisjoint(templates):
        task.lin.demand(task.tape, (edge for _, edge, *_ in items))
    if missing:
        working.constant(0)
    seeds = working.seeded(task.seeds, reached)
    working.constants_of(task.lin, templates)
    if all(task.lin.selections[t] is None for t in templates):
        return seeds, Masks({}, {})
    masks = write_masks(working, task.lin, items, task.reverse)
    if masks.test or masks.mask:
        working.constant(0)
    return seeds, masks
