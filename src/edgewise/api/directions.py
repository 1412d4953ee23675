"""The direction of a Taylor series as users write it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

import numpy as np

from edgewise import differentiate as diff
from edgewise.errors import EdgewiseError, InputError, ShapeError
from edgewise.graph import Tape, exact_number
from edgewise.ops import Number

__all__ = ["read_direction"]


def read_direction(
    direction: Any, tape: Tape, resolve: Callable[[Any], diff.Wrt]
) -> tuple[list[str], tuple[Number, ...]]:
    """The inputs and groups that move, by name, and how far each of their entries does.

    `resolve` finds an input or group by whatever users hold it by.
    """
    names: list[str] = []
    numbers: list[Number] = []
    seen: set[int] = set()
    known = {parameter.name for parameter in tape.parameters}
    given = direction if isinstance(direction, Mapping) else {"": 1}
    for key, value in given.items():
        found = resolve(key if isinstance(direction, Mapping) else direction)
        name, moves = ", ".join(parameter.name for parameter in found.parameters), set(found.nodes)
        if len(found.parameters) == 1 and name not in known and moves <= set(tape.inputs):
            name = tape.attrs[found.nodes[0]]  # given by number, or an entry of a group
        elif len(found.parameters) != 1 or name not in known:
            raise InputError(
                f"a curve moves one input along a direction and {name or 'none'} was given",
                hint="give one input, or a mapping from inputs to numbers",
            )
        shape = found.parameters[0].shape
        if not isinstance(direction, Mapping) and shape:
            hint = f"give {{{name!r}: …}} with a number for each entry"
            raise InputError(f"the group {name!r} of shape {shape} has no direction", hint=hint)
        if seen & moves:
            raise InputError(f"the direction has {name!r} twice", hint="give each input once")
        seen |= moves
        names.append(name)
        numbers += _numbers(name, shape, value)
    return names, tuple(numbers)


def _numbers(name: str, shape: tuple[Any, ...], value: Any) -> list[Number]:
    """A number for each entry."""
    entries = np.asarray(value, dtype=object)
    if entries.shape != shape:
        raise ShapeError(
            f"the direction of {name!r} has shape {entries.shape}, and the input has {shape}",
            hint="give a number for each entry",
        )
    found = []
    for entry in entries.ravel().tolist():
        try:
            number = exact_number(entry)
        except EdgewiseError:
            number = np.inf
        if not isfinite(float(number)):
            raise InputError(f"{entry!r:.60} is no direction of {name!r}", hint="give finite real numbers")
        found.append(number)
    return found
