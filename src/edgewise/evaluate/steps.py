"""The record of a derivative graph: the algorithm's lines, read off the ledger itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from edgewise.differentiate import Derivative, Elimination
from edgewise.evaluate.algorithms import Evaluation, Step, forward_propagation
from edgewise.evaluate.tensors import propagate_tensors
from edgewise.graph import Edge, Tape

__all__ = ["ledger_steps", "swept"]


def ledger_steps(
    derivative: Derivative, inputs: Sequence[Any], sizes: Mapping[str, int] | None = None
) -> tuple[Step, ...]:
    """Algorithm 6.1, then each sweep edge by edge or each elimination product by product.

    The numbers are those that the derivative graph's own nodes hold. There is no second engine: a step's `partial` and
    `product` are the values of the nodes that the ledger names. `sizes` are the numbers of the named dimensions where
    the nodes hold tensors; an edge is then the vector-Jacobian product of algorithm 6.5, or that with a tangent.
    """
    return _recorded(derivative, inputs, sizes)[0].steps


def swept(derivative: Derivative, inputs: Sequence[Any], sizes: Mapping[str, int]) -> Evaluation:
    """The values of 𝒢's nodes, the one sweep's table of derivatives, and its steps, all read off ℬ's nodes."""
    forward, run = _recorded(derivative, inputs, sizes)
    _, nodes, made = (column.tolist() for column in derivative.table.entries())
    table = {node: run.values[place] for node, place in zip(nodes, made, strict=True)}
    return replace(forward, table=table)


def _recorded(
    derivative: Derivative, inputs: Sequence[Any], sizes: Mapping[str, int] | None
) -> tuple[Evaluation, Evaluation]:
    """The evaluation of 𝒢, with the whole record as its steps, and that of ℬ."""

    def propagated(tape: Tape, values: Sequence[Any]) -> Evaluation:
        return forward_propagation(tape, values) if sizes is None else propagate_tensors(tape, values, sizes)

    run = propagated(derivative.tape, inputs)
    base = derivative.base
    forward = propagated(base, [run.values[i] for i in derivative.tape.inputs[: len(base.inputs)]])
    if derivative.elimination is not None:
        more = _elimination_steps(derivative, derivative.elimination, run.values)
    else:
        reverse = "6.2" if sizes is None else "6.5"
        more = _sweep_steps(derivative, reverse if derivative.reverse else "forward", run.values)
    return replace(forward, steps=(*forward.steps, *more)), run


def _sweep_steps(derivative: Derivative, algorithm: str, values: Sequence[Any]) -> Iterator[Step]:
    """Each sweep from its seeds, edge by edge."""
    ledger = derivative.ledger
    columns = (ledger.sweep, ledger.consumer, ledger.position, ledger.parent, ledger.partial, ledger.product)
    total: dict[int, Any] = {}
    current = -1
    for sweep, i, k, j, partial, product in zip(*(column.tolist() for column in columns), strict=True):
        if sweep != current:
            current, total = sweep, {}
            for seed in derivative.seeds:
                if seed.sweep == sweep:
                    total[seed.node] = 1.0 if seed.value is None else values[seed.value]
                    yield Step(algorithm, "seed", seed.node, total[seed.node])
        target = j if derivative.reverse else i
        total[target] = total[target] + values[product] if target in total else values[product]
        factor = values[partial] if partial >= 0 else None
        yield Step(algorithm, "edge", target, total[target], Edge(i, k, j), factor, values[product])


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
