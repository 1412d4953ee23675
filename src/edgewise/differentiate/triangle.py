"""Sweeps for some entries of a matrix of derivatives: of a symmetric one either triangle, the other mirrors it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from edgewise.differentiate.derivative import Derivative, finished, nest_rows
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.sweep import count_products, write_sweeps
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import IntArray, Layout, Pattern, Returns, Tape, count_operations, distinct, stable_argsort

__all__ = [
    "Eliminate",
    "Way",
    "cheapest",
    "grid_of",
    "is_symmetric",
    "operations_left",
    "symmetric_jacobian",
]

Nodes = tuple[int, ...]

Eliminate = Callable[[Tape, Wrt, tuple[Returns, ...], int], Derivative | None]
"""Makes a Jacobian by elimination, if that takes at most so many products."""


def is_symmetric(first: Derivative) -> bool:
    """Whether the Jacobian of a gradient is symmetric: in a node with arguments a partial may be written with its
    value, as that of exp, and is no derivative of the gradient in it."""
    return set(first.wrt.nodes) <= set(first.tape.inputs)


def symmetric_jacobian(
    tape: Tape, wrt: Wrt, results: tuple[Returns, ...], eliminate: Eliminate | None = None
) -> Derivative:
    """The Jacobian of a gradient in inputs, of which one triangle is written: both places of a pair read one node.

    Two sweeps would write the two derivatives of a pair in different orders: near the ends of the range of numbers one
    of them overflows where the other does not, and simplified, where they are one, it could not be both. Where what
    `eliminate` makes takes fewer operations than sweeps it is that.
    """
    n = len(wrt.nodes)
    rows, columns = np.divmod(np.arange(n * n), n)
    pattern = Pattern(rows, columns, (n, n))
    way = cheapest(Way(tape, wrt, pattern, rows <= columns, down) for down in (True, False))
    swept = way.derivative(lambda nodes: nest_rows(tape.layout, wrt, nodes), results)
    made = None if eliminate is None else eliminate(tape, wrt, results, way.products())
    return swept if made is None else min(swept, _mirrored(made), key=operations_left)


def _mirrored(made: Derivative) -> Derivative:
    """A Jacobian that has both triangles with one of them, that which takes fewer operations, in the other's place."""
    grid = grid_of(made)
    lower = np.tri(len(grid), dtype=bool)
    both = [np.where(half, grid, grid.T) for half in (lower, lower.T)]
    grid = min(both, key=lambda half: count_operations(made.tape, half.ravel().tolist()))
    flat, layout = nest_rows(made.base.layout, made.wrt, tuple(grid.ravel().tolist()))
    column = {node: k for k, node in reversed([*enumerate(made.wrt.nodes)])}
    sweep, node, _ = made.table.entries()
    table = made.table._replace(nodes=grid[sweep, [column[j] for j in node.tolist()]])
    results = (*made.results[:-1], Returns(made.results[-1].name, flat, layout))
    return replace(made, tape=replace(made.tape, outputs=flat), table=table, results=results)


def grid_of(made: Derivative) -> IntArray:
    """The nodes of a Jacobian, a row for each output and a column for each wanted node, however they are nested."""
    grid = np.empty(len(made.results[-1].nodes), dtype=np.int64)
    order, _ = nest_rows(made.base.layout, made.wrt, tuple(range(len(grid))))
    grid[list(order)] = made.results[-1].nodes
    return grid.reshape(len(made.base.outputs), len(made.wrt.nodes))


def operations_left(made: Derivative) -> int:
    """The operations of its results, but for products by the 1 that a sweep starts from."""
    by_one = np.count_nonzero(np.isin(made.tape.args, made.starts()))
    return count_operations(made.tape, made.results[-1].nodes) - int(by_one)


def cheapest(ways: Iterable[Way]) -> Way:
    """The way that writes the fewest products, of equal ones the first."""
    return min(ways, key=Way.products)


class Way:
    """Sweeps by rows (down) or by columns that compute those entries of a pattern that `half` marks."""

    def __init__(self, tape: Tape, wrt: Wrt, pattern: Pattern, half: npt.NDArray[np.bool_], down: bool) -> None:
        self.tape, self.wrt, self.pattern, self.half, self.down = tape, wrt, pattern, half, down
        outputs, inputs = (np.array(nodes, dtype=np.int64) for nodes in (tape.outputs, wrt.nodes))
        starts, ends = (outputs, inputs) if down else (inputs, outputs)
        sweep, end = (pattern.rows, pattern.columns) if down else (pattern.columns, pattern.rows)
        self.sweep, self.node = sweep, ends[end]
        asked = np.flatnonzero(half)
        asked = asked[stable_argsort(sweep[asked])]
        self.asked = self.sweep[asked], self.node[asked]
        self.wanted = distinct(self.asked[1]).tolist()
        self.seeds = [Seed(s, int(starts[s])) for s in distinct(self.asked[0]).tolist()]

    def products(self) -> int:
        """How many products the sweeps write."""
        return count_products(self.tape, self.seeds, self.wanted, reverse=self.down, asked=self.asked)

    def derivative(self, arranged: Callable[[Nodes], tuple[Nodes, Layout]], results: tuple[Returns, ...]) -> Derivative:
        """The derivative graph. An entry that `half` leaves out is its mirror image's node."""
        written = write_sweeps(self.tape, self.seeds, self.wanted, reverse=self.down, asked=self.asked)
        nodes = np.array(written.results(self.sweep, self.node), dtype=np.int64)
        if not self.half.all():
            mirrored = self.pattern.places(self.pattern.columns, self.pattern.rows)
            nodes = np.where(self.half, nodes, nodes[mirrored])
        flat, layout = arranged(tuple(nodes.tolist()))
        return finished(self.tape, self.wrt, written, "jacobian", flat, layout, results, reverse=self.down)
