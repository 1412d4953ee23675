"""Which template the partial of each edge has: by the operation of its consumer, and by its parameter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import cython

__all__ = ["look_up", "look_up_parameters"]


@cython.locals(node=cython.longlong, edge=cython.longlong)
def look_up(
    ops: cython.const[cython.ushort][::1],
    start: cython.const[cython.longlong][::1],
    row: cython.const[cython.longlong][::1],
    of_position: cython.const[cython.longlong][:, ::1],
    template: cython.longlong[::1],
) -> None:
    """Edge k of a node of operation c has the template `of_position[row[c], k]`, where there is such a row, or none."""
    width: cython.longlong = of_position.shape[1]
    for node in range(len(ops)):
        place: cython.longlong = row[ops[node]]
        for edge in range(start[node], start[node + 1]):
            if place < 0 or edge - start[node] >= width:
                template[edge] = -1
            else:
                template[edge] = of_position[place, edge - start[node]]


@cython.locals(node=cython.longlong, number=cython.longlong)
def look_up_parameters(
    nodes: Sequence[int],
    start: cython.const[cython.longlong][::1],
    attrs: Mapping[int, Any],
    numbers: Callable[[Any], Sequence[int]],
    template: cython.longlong[::1],
) -> None:
    """The same for nodes of one operation with a parameter, whose templates `numbers(parameter)` says."""
    known: dict[int, Sequence[int]] = {}  # by identity: most exponents are one and the same object
    for node in nodes:
        parameter = attrs[node]
        found = known.get(id(parameter))
        if found is None:
            found = known[id(parameter)] = numbers(parameter)
        edge: cython.longlong = start[node]
        for number in found:
            template[edge] = number
            edge += 1
