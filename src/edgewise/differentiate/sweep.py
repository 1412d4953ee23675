"""The sweeps of forward accumulation and of back-propagation: what they use, what comes first, what they leave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from edgewise.differentiate.cones import Flow
from edgewise.differentiate.ledger import Asked, Seed, Written, sweep_key
from edgewise.differentiate.linearize import Linearized, linearize
from edgewise.differentiate.masks import Item, Masks, write_masks
from edgewise.differentiate.reverse import Sweeps
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import IntArray, Tape
from edgewise.ops import number_key

__all__ = ["count_products", "flow_to", "write_sweeps"]

NO_MASKS: Final = Masks({}, {})


def write_sweeps(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Asked = None
) -> Written:
    """Add to `tape` the derivative nodes of all sweeps.

    `wanted` are the nodes whose derivatives are asked for: parents to arrive at in reverse, consumers in forward
    mode. Every sweep asks for all of them, or for those that `asked`, pairs (sweep, node) ascending in the sweep, says.
    Only edges on a path between a seed and a node that its sweep asks for are written. A local partial is written once,
    where a sweep first needs it. Time and memory are linear in the nodes written.
    """
    lin, working = linearize(tape), WorkingGraph(tape)
    items = flow_to(lin, wanted, reverse).items(seeds, asked)
    sweeps = Sweeps(lin, seeds, items, reverse)
    if any(count and template.refusal for count, template in zip(sweeps.uses, lin.templates, strict=True)):
        lin.demand(items[1].tolist())
    keys, there = sweeps.ends(wanted)
    if asked is None:
        missing = there < len({seed.sweep for seed in seeds}) * len(set(wanted))
    else:
        missing = not np.isin(sweep_key(*asked, len(tape), reverse), keys).all()
    if missing:
        working.constant(0)
    seeds = working.seeded(seeds, items[1])
    sweeps.encode(working)
    masks = NO_MASKS
    if any(count and selection for count, selection in zip(sweeps.uses, lin.selections, strict=True)):
        masks = write_masks(working, lin, _rows(lin, seeds, items, reverse), reverse)
    columns, ledger, table = sweeps.write(working, seeds, masks, keys)
    return Written(columns, ledger, table, working.known.get(number_key(0), -1), seeds)


def count_products(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Asked = None
) -> int:
    """How many products `write_sweeps` would write, without writing them."""
    return flow_to(linearize(tape), wanted, reverse).count(seeds, asked)


def flow_to(lin: Linearized, wanted: Sequence[int], reverse: bool) -> Flow:
    """The flow of derivatives to what is wanted, down the numbers (`reverse`) or up."""
    leads_to = lin.tape.depends_on if reverse else lin.tape.live
    return Flow(lin.tape, lin.template, leads_to(wanted, lin.present), reverse)


def _rows(lin: Linearized, seeds: Sequence[Seed], items: tuple[IntArray, IntArray], reverse: bool) -> Iterator[Item]:
    """What arrives, one by one."""
    source, target = (lin.consumer, lin.parent) if reverse else (lin.parent, lin.consumer)
    for sweep, edge in zip(*(column.tolist() for column in items), strict=True):
        ends = (seeds[-1 - edge].node,) * 2 if edge < 0 else (int(source[edge]), int(target[edge]))
        yield sweep, edge, *ends
