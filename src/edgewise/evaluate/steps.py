"""The record of a derivative graph: the algorithm's lines, read off the ledger itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from edgewise.differentiate import Derivative, Elimination
from edgewise.evaluate.algorithms import Step, forward_propagation
from edgewise.graph import Edge

__all__ = ["ledger_steps"]


def ledger_steps(derivative: Derivative, inputs: Sequence[Any]) -> tuple[Step, ...]:
    """Algorithm 6.1, then each sweep edge by edge or each elimination product by product.

    The numbers are those that the derivative graph's own nodes hold. There is no second engine: a step's `partial` and
    `product` are the values of the nodes that the ledger names.
    """
    run = forward_propagation(derivative.tape, inputs)
    base, ledger = derivative.base, derivative.ledger
    forward = forward_propagation(base, [run.values[i] for i in derivative.tape.inputs[: len(base.inputs)]])
    steps = list(forward.steps)
    if derivative.elimination is not None:
        return (*steps, *_elimination_steps(derivative, derivative.elimination, run.values))
    algorithm = "6.2" if derivative.reverse else "forward"
    columns = (ledger.sweep, ledger.consumer, ledger.position, ledger.parent, ledger.partial, ledger.product)
    total: dict[int, Any] = {}
    current = -1
    for sweep, i, k, j, partial, product in zip(*(column.tolist() for column in columns), strict=True):
        if sweep != current:
            current, total = sweep, {}
            for seed in derivative.seeds:
                if seed.sweep == sweep:
                    total[seed.node] = 1.0 if seed.value is None else run.values[seed.value]
                    steps.append(Step(algorithm, "seed", seed.node, total[seed.node]))
        target = j if derivative.reverse else i
        total[target] = total[target] + run.values[product] if target in total else run.values[product]
        edge = Edge(i, k, j)
        steps.append(Step(algorithm, "edge", target, total[target], edge, run.values[partial], run.values[product]))
    return tuple(steps)


def _elimination_steps(derivative: Derivative, record: Elimination, values: Sequence[Any]) -> Iterator[Step]:
    """The partials on their edges, then the products in the order in which they were made."""
    ledger = derivative.ledger
    columns = (ledger.consumer, ledger.position, ledger.parent, ledger.partial)
    for i, k, j, partial in zip(*(column.tolist() for column in columns), strict=True):
        yield Step("elimination", "partial", i, values[partial], Edge(i, k, j), values[partial])
    n_edges = len(ledger)
    joined = (record.vertex, record.tail, record.head, record.product, record.total[n_edges:], record.right[n_edges:])
    for v, tail, head, product, total, lower in zip(*(column.tolist() for column in joined), strict=True):
        factor = values[record.total[lower]]
        yield Step("elimination", "join", v, values[total], Edge(head, 0, tail), factor, values[product])
