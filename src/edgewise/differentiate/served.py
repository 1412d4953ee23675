"""Which edges of 𝒢 a node of ℬ serves."""

from __future__ import annotations

import numpy as np

from edgewise.differentiate.derivative import Derivative
from edgewise.graph import IntArray, stable_argsort

__all__ = ["Served", "lines_served", "rows_served"]


def rows_served(derivative: Derivative) -> IntArray:
    """For each node that only ℬ has, a row of the ledger whose edge it serves, of several the last; -1 for none.

    The products of an elimination serve many edges, and have none.
    """
    steps = derivative.elimination
    return _carried(derivative, np.arange(len(derivative.ledger)), None if steps is None else 0 * steps.vertex - 1)


def lines_served(derivative: Derivative, line: IntArray) -> IntArray:
    """For each node that only ℬ has, the line of the edge that it serves, -1 for none; `line` has those of 𝒢's nodes.

    What an elimination writes belongs to the line of the vertex that goes.
    """
    steps = derivative.elimination
    return _carried(derivative, line[derivative.ledger.consumer], None if steps is None else line[steps.vertex])


def _carried(derivative: Derivative, rows: IntArray, joins: IntArray | None) -> IntArray:
    """For each node that only ℬ has, the number of the row of the ledger, or of the product, that it serves."""
    ledger, tape, steps = derivative.ledger, derivative.tape, derivative.elimination
    found = np.full(len(tape), -1)
    if steps is not None:
        found[steps.total[len(ledger) :]] = found[steps.product] = joins
    for column in (ledger.total, ledger.product, ledger.partial):
        there = column >= 0
        found[column[there]] = rows[there]
    held = derivative.held() >= 0
    # What a partial is made of belongs where it is read: down the numbers, from the reader to what it reads.
    lone = ~held & (found < 0)
    consumers, wanted = tape.edge_consumers(), lone[tape.args]
    for j, i in zip(tape.args[wanted][::-1].tolist(), consumers[wanted][::-1].tolist(), strict=True):
        if found[j] < 0:
            found[j] = found[i]
    found[held] = -1
    return found


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
