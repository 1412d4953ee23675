"""The record of a derivative graph: the algorithm's lines, read off the ledger itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from edgewise.differentiate import Derivative, Elimination, algorithm
from edgewise.evaluate.algorithms import Step
from edgewise.graph import Edge

__all__ = ["recorded"]


def recorded(derivative: Derivative, values: Sequence[Any]) -> Iterator[Step]:
    """Each sweep edge by edge, or each elimination product by product.

    The numbers are the `values` of the derivative graph's own nodes. There is no second engine: a step's `partial` and
    `product` are those of the nodes that the ledger names. On tensors an edge is the vector-Jacobian product of
    algorithm 6.5, or that with a tangent.
    """
    if derivative.elimination is not None:
        return _elimination_steps(derivative, derivative.elimination, values)
    return _sweep_steps(derivative, algorithm(derivative), values)


def _sweep_steps(derivative: Derivative, algorithm: str, values: Sequence[Any]) -> Iterator[Step]:
    """Each sweep from its seeds, edge by edge."""
    ledger = derivative.ledger
    total: dict[int, Any] = {}
    current = -1
    for sweep, i, k, j, partial, product in ledger.rows("sweep consumer position parent partial product"):
        if sweep != current:
            current, total = sweep, {}
            for seed in derivative.seeds:
                if seed.sweep == sweep:
                    total[seed.node] = 1.0 if seed.value is None else values[seed.value]
                    yield Step(algorithm, "seed", seed.node, total[seed.node])
        target = j if derivative.reverse else i
        total[target] = total[target] + values[product] if target in total else values[product]
        factor = values[partial] if partial >= 0 else None
        degree = sweep + 1 if algorithm == "taylor" else 1
        yield Step(algorithm, "edge", target, total[target], Edge(i, k, j), factor, values[product], degree)


def _elimination_steps(derivative: Derivative, record: Elimination, values: Sequence[Any]) -> Iterator[Step]:
    """The partials on their edges, then the products in the order in which they were made."""
    for row, (i, k, j, partial) in enumerate(derivative.ledger.rows("consumer position parent partial")):
        yield Step("elimination", "partial", i, values[record.total[row]], Edge(i, k, j), values[partial])
    for v, tail, head, product, total, lower in record.joins("vertex tail head product total right"):
        factor = values[record.total[lower]]
        yield Step("elimination", "join", v, values[total], Edge(head, 0, tail), factor, values[product])
