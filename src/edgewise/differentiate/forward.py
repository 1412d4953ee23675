"""Forward accumulation as a graph."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from edgewise.differentiate.derivative import Derivative, finished, nest_rows
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.sweep import write_sweeps
from edgewise.differentiate.wrt import Wrt
from edgewise.errors import DifferentiationError
from edgewise.graph import Returns, Tape

__all__ = ["forward_jacobian", "jvp", "tangent"]


def tangent(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep up the numbers: the derivative of every node in one input, whose own tangent is 1.

    Griewank and Walther, *Evaluating Derivatives*, section 3.1 (forward mode).
    """
    if len(wrt.nodes) != 1:
        raise DifferentiationError(
            f"a tangent is taken in one input and {len(wrt.nodes)} were given",
            hint="use jacobian() for all of them, or jvp() for a direction",
        )
    seeds = [Seed(0, wrt.nodes[0])]
    written = write_sweeps(tape, seeds, tape.outputs, reverse=False)
    nodes = written.results(0, tape.outputs)
    return finished(tape, wrt, written, "tangent", nodes, tape.layout, results, reverse=False)


def forward_jacobian(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """One sweep for each input: the Jacobian column by column. The local partials are written once and shared."""
    seeds = [Seed(s, node) for s, node in enumerate(wrt.nodes)]
    written = write_sweeps(tape, seeds, tape.outputs, reverse=False)
    m, n = len(tape.outputs), len(wrt.nodes)
    nodes = written.results(np.tile(np.arange(n), m), np.repeat(np.array(tape.outputs, dtype=np.int64), n))
    flat, layout = nest_rows(tape.layout, wrt, nodes)
    return finished(tape, wrt, written, "jacobian", flat, layout, results, reverse=False)


def jvp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], tangents: Sequence[int]) -> Derivative:
    """One sweep seeded with symbolic tangents, one for each input: the Jacobian-vector product."""
    seeds = [Seed(0, node, value) for node, value in zip(wrt.nodes, tangents, strict=True)]
    written = write_sweeps(tape, seeds, tape.outputs, reverse=False)
    nodes = written.results(0, tape.outputs)
    return finished(tape, wrt, written, "jvp", nodes, tape.layout, results, reverse=False)
