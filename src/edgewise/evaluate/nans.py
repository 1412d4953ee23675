"""Where a NaN comes from: the operation that made it, and the road on which it reached a result."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from edgewise.errors import NotANumberError
from edgewise.graph import Tape, readable_text
from edgewise.graph.names import Names
from edgewise.ops import INPUT

__all__ = ["raise_for_nan", "road_of_nan"]


def road_of_nan(tape: Tape, values: Sequence[Any], roots: Sequence[int]) -> list[int]:
    """From the operation that made a NaN up to the first of `roots` that it reaches; empty where none is NaN.

    An operation made it where none of its arguments is NaN. Of a `where` only what it selects counts: a NaN in the
    other branch harms nobody.
    """
    root = next((i for i in roots if np.isnan(values[i]).any()), None)
    if root is None:
        return []
    road = [root]
    while True:
        args = tape.arguments(road[-1])
        if tape.op(road[-1]).selects:
            chosen = np.asarray(values[args[0]], dtype=bool)
            sides = ((args[1], chosen), (args[2], ~chosen))
            source = next((j for j, on in sides if (np.isnan(values[j]) & on).any()), None)
        else:
            source = next((j for j in args if np.isnan(values[j]).any()), None)
        if source is None:
            return road[::-1]
        road.append(source)


def raise_for_nan(
    names: Names, values: Sequence[Any], roots: Sequence[int], serves: Callable[[int], str] = lambda node: ""
) -> None:
    """Raise NotANumberError where a result is NaN, naming the operation, its arguments and the user's line.

    `serves` says of a node that no line wrote what it is there for.
    """
    tape = names.tape
    road = road_of_nan(tape, values, roots)
    if not road:
        return
    node = road[0]
    if tape.ops[node] == INPUT:
        raise NotANumberError(f"the input {tape.attrs[node]!r} is NaN", hint="give a number")
    place = _first_nan(values[node])
    given = ", ".join(_shown(values[j], np.shape(values[node]), place) for j in tape.arguments(node))
    at = f" at entry {list(place)}" if place else ""
    reaches = f", and reaches {names.text(road[-1])}" if len(road) > 1 else ""
    purpose = serves(node)
    raise NotANumberError(
        f"{names.describe(node)}, {readable_text(tape, node, 80)}, is NaN{at} for the arguments {given}{reaches}"
        + (f"; {purpose}" if purpose else ""),
        hint="special_points() lists the edges of domains; keep the inputs inside them, or select with where",
    )


def _first_nan(value: Any) -> tuple[int, ...]:
    """The place of the first NaN of an array; () for a number."""
    if np.ndim(value) == 0:
        return ()
    return tuple(int(k) for k in np.argwhere(np.isnan(value))[0])


def _shown(value: Any, shape: tuple[int, ...], place: tuple[int, ...]) -> str:
    """An argument's value: at the place of the NaN where it has such a place."""
    if np.ndim(value) == 0:
        return f"{float(value):g}"
    if np.broadcast_shapes(np.shape(value), shape) == shape:
        return f"{float(np.broadcast_to(value, shape)[place]):g}"
    return f"array of shape {np.shape(value)}"
