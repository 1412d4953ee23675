"""How the product of an edge that is not always taken is written; see `taken`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np

from edgewise.differentiate.conditions import ALWAYS, Conditions
from edgewise.differentiate.linearize import Linearized
from edgewise.differentiate.taken import wild_edges
from edgewise.differentiate.working_graph import WorkingGraph

__all__ = ["Item", "Mask", "Masks", "write_masks"]

Item = tuple[int, int, int, int]
"""What arrives in a sweep: the sweep, the edge (-1 - k for seed k), and the nodes that it comes from and arrives at."""

Mask = tuple[int, int]
"""The node to select by, and the branch to select: 1 where it is true, 2 where it is false."""


class Masks(NamedTuple):
    """The items whose products select: `test` what has arrived, instead of a product, `mask` the product."""

    test: dict[int, Mask]
    mask: dict[int, Mask]


def write_masks(working: WorkingGraph, lin: Linearized, items: Iterable[Item], reverse: bool) -> Masks:
    """Write the conditions that the products of these items need, which are ordinary nodes.

    The product of a `where` is a selection. That of any other edge that is not always taken is one where what
    arrives may be infinite or NaN. Behind an edge that is not taken an exact zero arrives, and products with
    partials that may be infinite or NaN are masked. What a `where` does not select has been computed all the same:
    on the way down every product behind it is masked.
    """
    tape = working.tape
    wild = wild_edges(tape, lin.template, lin.templates)
    behind = np.unique((lin.parent if reverse else lin.consumer)[wild]).tolist()
    arrives = (tape.live if reverse else tape.depends_on)(behind, lin.present)
    conditions = Conditions(working, lin)
    tests: dict[int, int] = {}
    masks: dict[int, int] = {}
    # Under which condition a node may have a derivative, and which part of it is due to a `where`.
    active: dict[tuple[int, int], tuple[int, int]] = {}
    both, either = conditions.both, conditions.either
    for row, (sweep, edge, source, target) in enumerate(items):
        if edge < 0:
            active[sweep, target] = ALWAYS, ALWAYS
            continue
        condition, strict = active[sweep, source]
        t = int(lin.template[edge])
        selection, consumer = lin.selections[t], int(lin.consumer[edge])
        mask = condition if wild[edge] else strict
        if lin.templates[t].result.kind == "const":
            mask = ALWAYS
        if selection is not None:
            own = conditions.taken(t, consumer)
            arrival = arrives[source] and (reverse or not selection.point)
            if selection.unit and (tape.op(consumer).selects or mask != ALWAYS or arrival):
                tests[row], mask = own, ALWAYS
            elif arrival:
                mask = both(mask, own)
            if not selection.point or not reverse:  # what happens at a point hides nothing of what stands before
                condition = both(condition, own)
                if reverse and conditions.strict_at(consumer):
                    strict = both(strict, own)
        if mask != ALWAYS:
            masks[row] = mask
        if (sweep, target) in active:
            before = active[sweep, target]
            condition, strict = either(before[0], condition), either(before[1], strict)
        active[sweep, target] = condition, strict
    # A condition is ALWAYS only where nothing needs to be tested; tests are written before masks.
    return Masks(
        {row: conditions.write(condition) for row, condition in tests.items()},
        {row: conditions.write(condition) for row, condition in masks.items()},
    )
