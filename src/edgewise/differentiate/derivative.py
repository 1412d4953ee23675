"""ℬ as data: the graph with derivative nodes, the ledger that ties them to 𝒢's edges, and grad_table."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from edgewise.built import held
from edgewise.differentiate.ledger import Ledger, Seed, Table, Written
from edgewise.differentiate.names import DerivativeNames
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import IntArray, Layout, Returns, Tape, reached
from edgewise.graph.renumbered import moved_nodes
from edgewise.shown import shown

if TYPE_CHECKING:
    from edgewise.differentiate.multi_index import Indices
    from edgewise.differentiate.orders import Item

__all__ = ["Derivative", "Elimination", "finished", "nest_rows"]


class Elimination(NamedTuple):
    """How elimination wrote a Jacobian.

    `order` are the nodes of 𝒢 in the order of elimination; where only a part of a node was eliminated, (parent, node,
    consumer) with the edge from the parent or to the consumer that took part, None standing for all. `multiplications`
    and `additions` are the different products and sums made. Product k joined the edges (tail, vertex) and (vertex,
    head), all nodes of 𝒢, in node `product` of ℬ. Every row of the ledger and, behind these, every product has a
    record: `total` is the node that it was summed in (its own where nothing was there before), `before` the record
    that was there, `left` and `right` those of its factors; -1 for none.
    """

    order: tuple[Item, ...]
    multiplications: int
    additions: int
    vertex: IntArray
    tail: IntArray
    head: IntArray
    product: IntArray
    total: IntArray
    left: IntArray
    right: IntArray
    before: IntArray

    def joins(self, names: str, which: Any = slice(None)) -> Iterator[Any]:
        """The columns of these names, product by product in the order in which they came; of `which` products."""
        count = len(self.product)
        columns = (column[len(column) - count :] for column in (getattr(self, name) for name in names.split()))
        return zip(*(column[which].tolist() for column in columns), strict=True)

    def rows_of(self, node: int) -> set[int]:
        """The ledger rows of the edges that a node joins: those whose partials are factors of it or of its terms."""
        own = set((np.flatnonzero(self.product == node) + len(self.total) - len(self.product)).tolist())
        summed = set(np.flatnonzero(self.total == node).tolist())
        # A product alone does not contain what it was summed with; a sum, and a factor that is one, does.
        return self.rows_below(own | summed, own - summed)

    def rows_below(self, records: Iterable[int], alone: Container[int] = ()) -> set[int]:
        """The ledger rows that some records are made of; of those `alone`, not what they were summed with."""

        def parts(k: int) -> list[int]:
            columns = (self.left, self.right) if k in alone else (self.left, self.right, self.before)
            return [part for part in (int(column[k]) for column in columns) if part >= 0]

        return {k for k in reached(records, parts) if k < len(self.total) - len(self.product)}


@shown
@dataclass(frozen=True, eq=False, repr=False)
class Derivative:
    """A derivative graph.

    `tape` is ℬ, `base` is 𝒢. `base_nodes[j]` is the node of ℬ that holds 𝒢's value u(j): j itself as first written,
    another node or -1 after simplification. `kind` is "gradient", "tangent", "jacobian", "hessian", "derivatives",
    "jvp", "vjp", "hvp" or "taylor", whose sweep m - 1 is that of degree m. `unsought` are lengths, nodes of 𝒢, that
    much is made of: as it is differentiated again, what is made of them has no limits where they are 0, but the
    derivative 0. `seeds` says where each sweep started: at an output in reverse, at an input in forward mode.
    `elimination` is there where a Jacobian was written by eliminating vertices: then `seeds` are the outputs, one for
    each row. `indices` are there where it is of any order. `below` is the derivative that was differentiated.
    """

    tape: Tape
    base: Tape
    kind: str
    reverse: bool
    wrt: Wrt
    ledger: Ledger
    table: Table
    base_nodes: IntArray
    seeds: tuple[Seed, ...]
    results: tuple[Returns, ...]
    elimination: Elimination | None = None
    unsought: tuple[int, ...] = ()
    indices: Indices | None = None
    below: Derivative | None = None

    @cached_property
    def names(self) -> DerivativeNames:
        """What the nodes are called."""
        return DerivativeNames(self, self.base.names if self.below is None else self.below.names)

    @property
    def order(self) -> str | tuple[Item, ...]:
        """How a Jacobian is written: "forward" or "reverse" sweeps, or the order of elimination."""
        if self.elimination is not None:
            return self.elimination.order
        return "reverse" if self.reverse else "forward"

    @property
    def degrees(self) -> int:
        """How many Taylor coefficients each output has; 0 where these are no such."""
        return len(self.results[-1].nodes) // max(len(self.base.outputs), 1) if self.kind == "taylor" else 0

    def held(self) -> IntArray:
        """For each node of ℬ, the first node of 𝒢 whose value it holds, -1 for none."""
        found, there = np.full(len(self.tape), -1, dtype=np.int64), np.flatnonzero(self.base_nodes >= 0)[::-1]
        found[self.base_nodes[there]] = there
        return found

    def starts(self) -> list[int]:
        """The nodes of ℬ at which sweeps start."""
        return [seed.value for seed in self.seeds if seed.value is not None]

    def renumbered(self, tape: Tape, new: IntArray) -> Derivative:
        """The same derivative over another graph, `new` being the map of ℬ's nodes into it."""
        way = np.empty(len(new) + 1, dtype=np.int64)
        way[: len(new)], way[len(new)] = new, -1  # the last is that of -1
        edges, table, steps, numbers = self.ledger, self.table, self.elimination, held(new)
        places = way[edges.partial], way[edges.product], way[edges.total]
        return Derivative(
            tape,
            self.base,
            self.kind,
            self.reverse,
            self.wrt,
            Ledger(edges.sweep, edges.consumer, edges.position, edges.parent, *places),
            Table(table.keys, way[table.nodes], table.n, table.reverse),
            way[self.base_nodes],
            tuple([s if s.value is None else Seed(s.sweep, s.node, int(new[s.value])) for s in self.seeds]),
            tuple([Returns(name, moved_nodes(nodes, numbers), layout) for name, nodes, layout in self.results]),
            steps and steps._replace(product=way[steps.product], total=way[steps.total]),
            self.unsought,
            self.indices,
            self.below,
        )

    def kept_nodes(self) -> IntArray:
        """The nodes that carry a meaning of their own: results, and every edge's partial and product."""
        named = [*(node for r in self.results for node in r.nodes), *self.starts()]
        keep = np.zeros(len(self.tape), dtype=bool)
        for column in (named, self.ledger.partial, self.ledger.product, self.table.nodes):
            keep[column] = True
        if self.elimination is not None:
            keep[self.elimination.product] = True
            keep[self.elimination.total] = True
        return np.flatnonzero(keep)


def finished(
    tape: Tape,
    wrt: Wrt,
    written: Written,
    kind: str,
    nodes: tuple[int, ...],
    layout: Layout,
    results: tuple[Returns, ...],
    *,
    reverse: bool = True,
) -> Derivative:
    """The derivative that a sweep has written, its results behind those of 𝒢."""
    columns: dict[str, Any] = {
        **{name: getattr(tape, name) for name in ("inputs", "parameters", "shapes", "lines", "labels")},
        "numbering": tape.numbering.derived(kind),
        **written.columns,
    }
    return Derivative(
        tape=Tape(outputs=nodes, layout=layout, **columns),
        base=tape,
        kind=kind,
        reverse=reverse,
        wrt=wrt,
        ledger=written.ledger,
        table=written.table,
        base_nodes=np.arange(len(tape)),
        seeds=written.seeds,
        results=(*results, Returns(kind, nodes, layout)),
    )


def nest_rows(outputs: Layout, wrt: Wrt, rows: tuple[int, ...]) -> tuple[tuple[int, ...], Layout]:
    """Row-major m x n entries regrouped so that what `Layout.outer` makes one array of lies together."""
    m, n = outputs.size, len(wrt.nodes)
    layout = outputs.outer(wrt.layout)
    if len(wrt.parameters) == 1 and outputs.kind == "array":
        return rows, layout
    table = np.array(rows, dtype=np.int64).reshape(m, n)
    columns = np.cumsum([0, *(parameter.size for parameter in wrt.parameters)])
    flat: list[int] = []
    first = 0
    for leaf in outputs.leaves():
        block = table[first : first + leaf.size]
        if leaf.joins(wrt.layout):
            flat += block.ravel().tolist()
        else:
            for k in range(len(wrt.parameters)):
                flat += block[:, columns[k] : columns[k + 1]].ravel().tolist()
        first += leaf.size
    return tuple(flat), layout
