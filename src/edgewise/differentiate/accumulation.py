"""Derivatives by sweeps: back-propagation from the outputs down, forward accumulation from the inputs up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.derivative import Derivative, finished, nest_rows
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.sweep import write_sweeps
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import Returns, Tape, node_text

__all__ = ["gradient", "jacobian_by_sweeps", "jvp", "tangent", "vjp"]


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
    return _by_one_sweep(tape, wrt, results, "gradient", [Seed(0, output)], True)


def tangent(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep up the numbers: the derivative of every node in one input, whose own tangent is 1.

    Griewank and Walther, *Evaluating Derivatives*, section 3.1 (forward mode).
    """
    return _by_one_sweep(tape, wrt, results, "tangent", [Seed(0, wrt.nodes[0])], False)


def vjp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], cotangents: Sequence[int]) -> Derivative:
    """One sweep seeded with symbolic cotangents, one for each output: the vector-Jacobian product."""
    return _by_one_sweep(tape, wrt, results, "vjp", _seeds(tape.outputs, cotangents), True)


def jvp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], tangents: Sequence[int]) -> Derivative:
    """One sweep seeded with symbolic tangents, one for each input: the Jacobian-vector product."""
    return _by_one_sweep(tape, wrt, results, "jvp", _seeds(wrt.nodes, tangents), False)


def _seeds(nodes: Sequence[int], values: Sequence[int]) -> list[Seed]:
    return [Seed(0, node, value) for node, value in zip(nodes, values, strict=True)]


def _by_one_sweep(
    tape: Tape, wrt: Wrt, results: tuple[Returns, ...], kind: str, seeds: list[Seed], reverse: bool
) -> Derivative:
    wanted, layout = (wrt.nodes, wrt.layout) if reverse else (tape.outputs, tape.layout)
    written = write_sweeps(tape, seeds, wanted, reverse=reverse)
    return finished(tape, wrt, written, kind, written.results(0, wanted), layout, results, reverse=reverse)


def jacobian_by_sweeps(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], reverse: bool = True) -> Derivative:
    """One sweep for each output, row by row, or for each input, column by column; local partials are written once."""
    starts, wanted = (tape.outputs, wrt.nodes) if reverse else (wrt.nodes, tape.outputs)
    written = write_sweeps(tape, [Seed(s, node) for s, node in enumerate(starts)], wanted, reverse=reverse)
    rows, columns = np.divmod(np.arange(len(tape.outputs) * len(wrt.nodes)), max(len(wrt.nodes), 1))
    sweeps, ends = (rows, columns) if reverse else (columns, rows)
    flat, layout = nest_rows(tape.layout, wrt, written.results(sweeps, np.array(wanted, dtype=np.int64)[ends]))
    return finished(tape, wrt, written, "jacobian", flat, layout, results, reverse=reverse)
