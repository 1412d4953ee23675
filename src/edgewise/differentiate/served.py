"""Which edges of 𝒢 a node of ℬ serves."""

from __future__ import annotations

import numpy as np

from edgewise.differentiate.derivative import Derivative
from edgewise.graph import IntArray, stable_argsort

__all__ = ["Served"]


class Served:
    """The rows of the ledger that nodes serve: as their partial, product or sum, or on the way to one of these."""

    def __init__(self, derivative: Derivative) -> None:
        self.derivative = derivative
        ledger = derivative.ledger
        target = ledger.parent if derivative.reverse else ledger.consumer
        total = derivative.table.lookup(ledger.sweep, target)
        if derivative.elimination is not None:
            total = ledger.total  # the table holds the results, in which many edges meet
        node = np.concatenate((ledger.partial, ledger.product, ledger.total, total))
        order = stable_argsort(node)
        self._node: IntArray = node[order]
        self._row: IntArray = np.tile(np.arange(len(ledger)), 4)[order]

    def rows(self, node: int) -> list[int]:
        """Those of a node; none of a node that only holds a value of 𝒢."""
        derivative, steps = self.derivative, self.derivative.elimination
        joined = steps.rows_of(node) if steps is not None else set()
        if joined:
            return sorted(joined)
        args, consumer = derivative.tape.readers
        values = set(derivative.base_nodes.tolist())
        found: set[int] = set()
        seen, todo = {node}, [node]
        while todo:
            i = todo.pop()
            first, last = np.searchsorted(self._node, [i, i + 1])
            found.update(self._row[first:last].tolist())
            if last > first or i in values:
                continue
            a, b = np.searchsorted(args, [i, i + 1])
            for reader in consumer[a:b].tolist():
                if reader not in seen:
                    seen.add(reader)
                    todo.append(reader)
        return sorted(found)
