"""ℬ as data: the graph with derivative nodes, the ledger that ties them to 𝒢's edges, and grad_table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from edgewise.differentiate.ledger import Ledger, Seed, Table, Written
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import IntArray, Layout, Returns, Tape

__all__ = ["Derivative", "finished"]


@dataclass(frozen=True, eq=False)
class Derivative:
    """A derivative graph.

    `tape` is ℬ, `base` is 𝒢. `base_nodes[j]` is the node of ℬ that holds 𝒢's value u(j): j itself as first written,
    another node or -1 after simplification. `kind` is "gradient", "tangent", "jacobian", "hessian", "jvp", "vjp" or
    "hvp". `seeds` says where each sweep started: at an output in reverse, at an input in forward mode.
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

    def renumbered(self, tape: Tape, new: IntArray) -> Derivative:
        """The same derivative over another graph, `new` being the map of ℬ's nodes into it."""

        def moved(column: IntArray) -> IntArray:
            return np.where(column >= 0, new[column], -1)

        ledger = self.ledger
        return replace(
            self,
            tape=tape,
            ledger=replace(
                ledger,
                partial=moved(ledger.partial),
                product=moved(ledger.product),
                total=moved(ledger.total),
            ),
            table=replace(self.table, nodes=moved(self.table.nodes)),
            base_nodes=moved(self.base_nodes),
            seeds=tuple(
                seed if seed.value is None else replace(seed, value=int(new[seed.value])) for seed in self.seeds
            ),
            results=tuple(
                r._replace(nodes=tuple(new[np.array(r.nodes, dtype=np.int64)].tolist())) for r in self.results
            ),
        )

    def kept_nodes(self) -> IntArray:
        """The nodes that carry a meaning of their own: results, and every edge's partial and product."""
        results = np.array([node for r in self.results for node in r.nodes], dtype=np.int64)
        seeds = np.array([seed.value for seed in self.seeds if seed.value is not None], dtype=np.int64)
        keep = np.zeros(len(self.tape), dtype=bool)
        for column in (results, seeds, self.ledger.partial, self.ledger.product, self.table.nodes):
            keep[column] = True
        return np.flatnonzero(keep)


def finished(
    tape: Tape,
    wrt: Wrt,
    written: Written,
    kind: str,
    nodes: tuple[int, ...],
    layout: Layout,
    seeds: Sequence[Seed],
    results: tuple[Returns, ...],
    *,
    reverse: bool = True,
) -> Derivative:
    """The derivative that a sweep has written, its results behind those of 𝒢."""
    columns: dict[str, Any] = {
        **{name: getattr(tape, name) for name in ("inputs", "parameters", "shapes", "lines", "labels")},
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
        seeds=tuple(seeds),
        results=(*results, Returns(kind, nodes, layout)),
    )
