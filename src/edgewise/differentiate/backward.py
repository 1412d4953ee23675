"""Derivatives by back-propagation: the gradient, the Jacobian row by row, the vector-Jacobian product."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.derivative import Derivative, finished, nest_rows
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.sweep import write_sweeps
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import Returns, Tape, node_text

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
    return finished(tape, wrt, written, "gradient", nodes, wrt.layout, results)


def reverse_jacobian(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep for each output: the Jacobian row by row. The local partials are written once and shared."""
    seeds = [Seed(s, output) for s, output in enumerate(tape.outputs)]
    written = write_sweeps(tape, seeds, wrt.nodes, reverse=True)
    m, n = len(tape.outputs), len(wrt.nodes)
    nodes = written.results(np.repeat(np.arange(m), n), np.tile(np.array(wrt.nodes, dtype=np.int64), m))
    flat, layout = nest_rows(tape.layout, wrt, nodes)
    return finished(tape, wrt, written, "jacobian", flat, layout, results)


def vjp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], cotangents: Sequence[int]) -> Derivative:
    """One sweep seeded with symbolic cotangents, one for each output: the vector-Jacobian product."""
    seeds = [Seed(0, output, value) for output, value in zip(tape.outputs, cotangents, strict=True)]
    written = write_sweeps(tape, seeds, wrt.nodes, reverse=True)
    nodes = written.results(0, wrt.nodes)
    return finished(tape, wrt, written, "vjp", nodes, wrt.layout, results)
