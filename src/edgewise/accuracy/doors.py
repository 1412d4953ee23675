"""The door of the room: it measures graphs of scalars, and says so of tensors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from edgewise.accuracy import balls
from edgewise.accuracy.accurate import Like, Options, Repairing
from edgewise.errors import InputError
from edgewise.evaluate import Evaluation
from edgewise.graph import Tape

__all__ = ["evaluated", "repairing"]


def evaluated(
    tape: Tape, args: Sequence[Any], named: Mapping[str, Any], digits: int, *, balls_wanted: bool = False
) -> Evaluation:
    """Algorithm 6.1 in ball arithmetic, see `balls.evaluated`."""
    _scalars(tape, "digits= and balls are")
    return balls.evaluated(tape, args, named, digits, as_balls=balls_wanted)


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
