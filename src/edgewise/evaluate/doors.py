"""The door of the room: which interpreter evaluates a graph, that of scalars or that of tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from edgewise.differentiate import Derivative, gradient, resolve_wrt, tangent
from edgewise.errors import InputError
from edgewise.evaluate import algorithms
from edgewise.evaluate.algorithms import Evaluation, Step, forward_propagation
from edgewise.evaluate.cost import Cost
from edgewise.evaluate.steps import recorded
from edgewise.evaluate.tensor_cost import TensorCost
from edgewise.evaluate.tensor_evaluation import bind_tensors, propagate_tensors
from edgewise.graph import SIGNS, Tape
from edgewise.ops import bound, named_dimensions

__all__ = ["back_propagate", "bind", "cost_of", "forward_accumulate", "ledger_steps", "propagate", "usual_inputs"]

Sizes = Mapping[str, int]


def bind(tape: Tape, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[list[Any], Sizes]:
    """The flat list of input values from arguments by position or by name, and the numbers of named dimensions.

    Raises InputError for a wrong count or name and for what are not real numbers, ShapeError for another shape.
    """
    if tape.has_tensors:
        return bind_tensors(tape, args, named)
    return algorithms.bind(tape.parameters, args, named), {}


SIZES: Final = (3, 2, 4)
"""What named dimensions are taken to be, in turn, where a graph is shown and no values are given: most differ."""


def usual_inputs(tape: Tape) -> tuple[list[Any], Sizes]:
    """The values at which a graph is shown when none are given, and the numbers of the named dimensions.

    1 for every scalar. Tensors have entries drawn at random, the same ones each time, of two decimals: of the sign that
    is promised; symmetric ones are positive definite, whole numbers 0 or 1.
    """
    if not tape.has_tensors:
        return [1.0] * len(tape.inputs), {}
    named = dict.fromkeys(name for p in tape.parameters for dim in p.shape for name in sorted(named_dimensions((dim,))))
    sizes = {name: SIZES[k % len(SIZES)] for k, name in enumerate(named)}
    rng, values = np.random.default_rng(0), list[Any]()
    for parameter in tape.parameters:
        shape = bound(parameter.shape, sizes)
        if parameter.kind == "integer":
            values.append(rng.integers(0, 2, size=shape))
            continue
        entries = np.round(rng.normal(size=shape), 2)
        entries = np.where(entries == 0, 1.0, entries)
        if parameter.kind == "symmetric":
            entries = np.round(entries @ np.swapaxes(entries, -1, -2) + np.eye(shape[-1]), 2)
        elif signs := SIGNS[parameter.sign].strip("0"):
            entries = entries if signs == "+-" else np.abs(entries) * (1 if signs == "+" else -1)
        values += [entries] if parameter.is_tensor or not shape else entries.ravel().tolist()
    return values, sizes


def propagate(tape: Tape, inputs: Sequence[Any], sizes: Sizes) -> Evaluation:
    """Algorithm 6.1: every value from its parents."""
    return propagate_tensors(tape, inputs, sizes) if tape.has_tensors else forward_propagation(tape, inputs)


def forward_accumulate(tape: Tape, inputs: Sequence[Any], sizes: Sizes, wrt: int) -> Evaluation:
    """Forward accumulation: `.table` has the tangents; on tensors by the graph of them."""
    if tape.has_tensors:
        return _swept(tangent(tape, resolve_wrt(tape, wrt), tape.returns()), inputs, sizes)
    return algorithms.forward_accumulation(tape, inputs, wrt)


def back_propagate(tape: Tape, inputs: Sequence[Any], sizes: Sizes) -> Evaluation:
    """Algorithm 6.2 from the one output, of tensors 6.5 by the graph of the gradient: `.table` is grad_table."""
    if len(tape.outputs) != 1:
        raise InputError(f"back-propagation starts from one output and the graph has {len(tape.outputs)}")
    if tape.has_tensors:
        return _swept(gradient(tape, resolve_wrt(tape, None), tape.returns()), inputs, sizes)
    return algorithms.back_propagation(tape, inputs, tape.outputs[0])


def ledger_steps(derivative: Derivative, inputs: Sequence[Any], sizes: Sizes) -> tuple[Step, ...]:
    """Algorithm 6.1, then what wrote the derivative, with the numbers of its own nodes."""
    return _swept(derivative, inputs, sizes).steps


def _swept(derivative: Derivative, inputs: Sequence[Any], sizes: Sizes) -> Evaluation:
    """The values of 𝒢's nodes, the table of derivatives of a single sweep, and all steps, read off ℬ's nodes."""
    run = propagate(derivative.tape, inputs, sizes).values
    base = derivative.base
    forward = propagate(base, [run[i] for i in derivative.tape.inputs[: len(base.inputs)]], sizes)
    _, nodes, made = (column.tolist() for column in derivative.table.entries())
    table = {node: run[place] for node, place in zip(nodes, made, strict=True) if place >= 0}
    return replace(forward, table=table, swept=tuple(recorded(derivative, run)))


def cost_of(tape: Tape, derivative: Derivative | None = None) -> Cost | TensorCost:
    """The cost of a graph, or of a derivative graph with the values it returns; of tensors as polynomials."""
    results = tape.returns() if derivative is None else derivative.results
    kind = TensorCost if tape.has_tensors else Cost
    return kind(tape, [node for result in results for node in result.nodes], derivative)
