"""The sweeps of forward accumulation and of back-propagation: which engine writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from edgewise.differentiate.ledger import Seed, Written
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.reverse import sweep_edge_by_edge
from edgewise.differentiate.reverse_columns import sweep_in_columns, used_edges
from edgewise.differentiate.task import Pairs, Task
from edgewise.graph import Tape

__all__ = ["count_products", "write_sweeps"]

FEW: Final = 280
"""Steps up to which the loop is quicker: one for each node and edge in each sweep, two more for an edge's partial.

Measured for whole gradients: of 6 edges by the loop in 0.11 ms and in columns in 0.23 ms, of 38 in 0.22 and 0.32, of 75
in 0.34 either way; from there on the loop takes 4 µs for each edge, columns 0.2. Sweeps share partials: 8 over 13 edges
take 0.28 and 0.40 ms.
"""


def write_sweeps(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Pairs | None = None
) -> Written:
    """Add to `tape` the derivative nodes of all sweeps.

    `wanted` are the nodes whose derivatives are asked for: parents to arrive at in reverse, consumers in forward
    mode. Every sweep asks for all of them, or for those that `asked`, pairs (sweep, node) ascending in the sweep, says.
    Only edges on a path between a seed and a node that its sweep asks for are written. A local partial is written once,
    where a sweep first needs it. Time and memory are linear in the nodes written.
    """
    steps = (len(tape) + tape.n_edges) * len(seeds) + 2 * tape.n_edges
    engine = sweep_edge_by_edge if steps <= FEW else sweep_in_columns
    return engine(Task(tape, linearize(tape), tuple(seeds), tuple(wanted), reverse, asked))


def count_products(
    tape: Tape, seeds: Sequence[Seed], wanted: Sequence[int], *, reverse: bool, asked: Pairs | None = None
) -> int:
    """How many products `write_sweeps` would write, without writing them."""
    return len(used_edges(Task(tape, linearize(tape), tuple(seeds), tuple(wanted), reverse, asked))[1])
