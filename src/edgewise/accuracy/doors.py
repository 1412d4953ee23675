"""The door of the room: it measures graphs of scalars, and says so of tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from edgewise import lower, simplify
from edgewise.accuracy import balls
from edgewise.accuracy.accurate import Like, Repairing
from edgewise.accuracy.repaired import Options
from edgewise.accuracy.rounding import Rounding, rounding
from edgewise.accuracy.samples import Floats, computed, exact_values, sampled
from edgewise.evaluate import Evaluation
from edgewise.graph import Returns, Tape, for_scalars
from edgewise.graph.names import Names

__all__ = ["errors_at", "evaluated", "exact_results", "repairing", "rounding_of"]


def evaluated(
    tape: Tape, args: Sequence[Any], named: Mapping[str, Any], digits: int, *, balls_wanted: bool = False
) -> Evaluation:
    """Algorithm 6.1 in ball arithmetic, see `balls.evaluated`."""
    for_scalars(tape, "evaluate(digits=…, arithmetic=…)")
    return balls.evaluated(tape, args, named, digits, as_balls=balls_wanted)


def exact_results(tape: Tape, results: Sequence[Returns], points: Sequence[Sequence[float]]) -> list[Floats] | None:
    """The numbers of some results at points, flat and rounded to doubles; NaN where one is not known.

    None where an operation has no value of many digits, and for arrays too large to be taken entry by entry.
    """
    if tape.has_tensors and not lower.better_in_scalars(tape, len(points)):
        return None
    scalars, found = simplify.in_scalars(tape, results, {}) if tape.has_tensors else (tape, results)
    known, nodes = balls.Balls(scalars), [node for result in found for node in result.nodes]
    return None if known.without else [exact_values(known, point, nodes)[nodes] for point in points]


def repairing(tape: Tape, roots: Sequence[int], options: Options, more: Sequence[Like] = ()) -> Repairing:
    """The repairs of some nodes; `more` are other graphs of the same inputs with nodes that are equal to them."""
    for_scalars(tape, 'simplify(level="accurate")')
    return Repairing(tape, roots, options, more)


def rounding_of(
    tape: Tape, results: Sequence[int], names: Names, options: Options, given: Sequence[Any] | None = None
) -> Rounding:
    """The map of rounding of some results, at a point that is `given` or at points within ranges."""
    for_scalars(tape, "rounding()")
    if given is not None:
        sample = sampled(tape, results, {}, 1, 0, given=[np.array([float(value)]) for value in given])
    else:
        sample = sampled(tape, results, options.ranges, options.points, options.seed, options.condition)
    return rounding(tape, results, sample, names)


def errors_at(
    tape: Tape, others: Sequence[tuple[Tape, int]], node: int, options: Options
) -> tuple[Sequence[Floats], list[Floats]]:
    """Points at which a node has a normal value, and the bits that it and its like in other graphs lose there."""
    for_scalars(tape, "plot_error()")
    sample = sampled(tape, [node], options.ranges, options.points, options.seed, options.condition)
    where = sample.normal(node)
    found = []
    for graph, place in [(tape, node), *others]:
        (value,) = computed(graph, [place], sample.inputs, sample.points)
        found.append(sample.error(node, value)[where])
    return [column[where] for column in sample.inputs], found
