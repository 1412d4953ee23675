"""The door of the room: it measures graphs of scalars, and says so of tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edgewise import lower, simplify
from edgewise.accuracy import balls
from edgewise.accuracy.accurate import Like, Options, Repairing
from edgewise.accuracy.samples import Floats, exact_values
from edgewise.errors import InputError
from edgewise.evaluate import Evaluation
from edgewise.graph import Returns, Tape

__all__ = ["evaluated", "exact_results", "repairing"]


def evaluated(
    tape: Tape, args: Sequence[Any], named: Mapping[str, Any], digits: int, *, balls_wanted: bool = False
) -> Evaluation:
    """Algorithm 6.1 in ball arithmetic, see `balls.evaluated`."""
    _scalars(tape, "digits= and balls are")
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
    _scalars(tape, 'the level "accurate" is')
    return Repairing(tape, roots, options, more)


def _scalars(tape: Tape, what: str) -> None:
    if tape.has_tensors:
        raise InputError(
            f"{what} for graphs of scalars",
            hint="call scalarize() first, with small numbers for the named dimensions",
        )
