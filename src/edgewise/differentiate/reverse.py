"""Back-propagation (algorithm 6.2) as a graph."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.derivative import Derivative, finished
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.sweep import write_sweeps
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import Layout, Returns, Tape, node_text

__all__ = ["gradient", "reverse_jacobian", "vjp"]


def gradient(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep down the numbers: the derivative of the one output in every node.

    Goodfellow, Bengio and Courville, *Deep Learning*, algorithm 6.2. Adds, for each of the E edges on a path from
    `wrt` to the output, the nodes of its local partial, one product, and one addition unless it is the first to
    arrive at its parent. Raises DifferentiationError where the graph has more than one output.
    """
    if len(tape.outputs) != 1:
        raise DifferentiationError(
            f"a gradient needs one scalar output and the graph has {len(tape.outputs)}",
            hint="use jacobian() for all of them, vjp() for one weighted sum, or build the graph of one output",
        )
    output = tape.outputs[0]
    if tape.op(output).boolean:
        raise DifferentiationError(
            f"the output {node_text(tape, output, 60)}, {tape.describe(output)}, is true or false",
            hint="differentiate a real-valued output",
        )
    seeds = [Seed(0, output)]
    written = write_sweeps(tape, seeds, wrt.nodes, reverse=True)
    nodes = written.results(0, wrt.nodes)
    return finished(tape, wrt, written, "gradient", nodes, wrt.layout, seeds, results)


def reverse_jacobian(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep for each output: the Jacobian row by row. The local partials are written once and shared."""
    seeds = [Seed(s, output) for s, output in enumerate(tape.outputs)]
    written = write_sweeps(tape, seeds, wrt.nodes, reverse=True)
    m, n = len(tape.outputs), len(wrt.nodes)
    nodes = written.results(np.repeat(np.arange(m), n), np.tile(np.array(wrt.nodes, dtype=np.int64), m))
    flat, layout = nest_rows(tape.layout, wrt, nodes)
    return finished(tape, wrt, written, "jacobian", flat, layout, seeds, results)


def vjp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], cotangents: Sequence[int]) -> Derivative:
    """One sweep seeded with symbolic cotangents, one for each output: the vector-Jacobian product."""
    seeds = [Seed(0, output, value) for output, value in zip(tape.outputs, cotangents, strict=True)]
    written = write_sweeps(tape, seeds, wrt.nodes, reverse=True)
    nodes = written.results(0, wrt.nodes)
    return finished(tape, wrt, written, "vjp", nodes, wrt.layout, seeds, results)


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
