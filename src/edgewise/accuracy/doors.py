"""The door of the room: it measures graphs of scalars, and says so of tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from edgewise.accuracy import balls
from edgewise.accuracy.accurate import Like, Options, Repairing
from edgewise.accuracy.rounding import Rounding, rounding
from edgewise.accuracy.samples import sampled
from edgewise.evaluate import Evaluation
from edgewise.graph import Tape, for_scalars

__all__ = ["evaluated", "repairing", "rounding_of"]


def evaluated(
    tape: Tape, args: Sequence[Any], named: Mapping[str, Any], digits: int, *, balls_wanted: bool = False
) -> Evaluation:
    """Algorithm 6.1 in ball arithmetic, see `balls.evaluated`."""
    for_scalars(tape, "evaluate(digits=…, arithmetic=…)")
    return balls.evaluated(tape, args, named, digits, as_balls=balls_wanted)


def repairing(tape: Tape, roots: Sequence[int], options: Options, more: Sequence[Like] = ()) -> Repairing:
    """The repairs of some nodes; `more` are other graphs of the same inputs with nodes that are equal to them."""
    for_scalars(tape, 'simplify(level="accurate")')
    return Repairing(tape, roots, options, more)


def rounding_of(
    tape: Tape, results: Sequence[tuple[str, int]], options: Options, given: Sequence[Any] | None = None
) -> Rounding:
    """The map of rounding of some results, at a point that is `given` or at points within ranges."""
    for_scalars(tape, "rounding()")
    nodes = [node for _, node in results]
    if given is not None:
        sample = sampled(tape, nodes, {}, 1, 0, given=[np.array([float(value)]) for value in given])
    else:
        sample = sampled(tape, nodes, options.ranges, options.points, options.seed, options.condition)
    return rounding(tape, results, sample)
