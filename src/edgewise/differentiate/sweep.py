"""The sweeps of forward accumulation and of back-propagation: which engine writes them."""

from __future__ import annotations

from collections.abc import Sequence

from edgewise.differentiate.columns import sweep_in_columns, used_edges
from edgewise.differentiate.ledger import Seed, Written
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.reverse import sweep_edge_by_edge
from edgewise.differentiate.task import Pairs, Task
from edgewise.graph import Tape

__all__ = ["count_products", "write_sweeps"]

FEW = 200
"""Nodes and edges, once for each sweep, up to which a loop over them is quicker than columns (measured)."""


def write_sweeps(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Pairs | None = None
) -> Written:
    """Add to `tape` the derivative nodes of all sweeps.

    `wanted` are the nodes whose derivatives are asked for: parents to arrive at in reverse, consumers in forward
    mode. Every sweep asks for all of them, or for those that `asked`, pairs (sweep, node) ascending in the sweep, says.
    Only edges on a path between a seed and a node that its sweep asks for are written. A local partial is written once,
    where a sweep first needs it. Time and memory are linear in the nodes written.
    """
    engine = sweep_edge_by_edge if (len(tape) + tape.n_edges) * len(seeds) <= FEW else sweep_in_columns
    return engine(Task(tape, linearize(tape), tuple(seeds), tuple(wanted), reverse, asked))


def count_products(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Pairs | None = None
) -> int:
    """How many products `write_sweeps` would write, without writing them."""
    return len(used_edges(Task(tape, linearize(tape), tuple(seeds), tuple(wanted), reverse, asked))[1])
