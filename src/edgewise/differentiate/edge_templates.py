"""Which template the partial of each edge has: by the operation of its consumer, and by its parameter. And which of
these may be infinite or NaN."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import cython

__all__ = ["look_up", "look_up_parameters", "mark_wild"]


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


@cython.locals(node=cython.longlong, edge=cython.longlong, k=cython.longlong)
def mark_wild(
    ops: cython.const[cython.ushort][::1],
    start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1],
    template: cython.const[cython.longlong][::1],
    reads: cython.const[cython.longlong][::1],
    first_tensor: cython.longlong,
    steep: cython.const[cython.uchar][::1],
    wild: cython.const[cython.uchar][::1],
    found: cython.uchar[::1],
) -> None:
    """Mark the edges of steep nodes, and those whose partial reads a wild node; `reads` are bits, the last for none.

    Of an operation on tensors the derivative is finite where it is linear, or a product of what is finite.
    """
    none: cython.longlong = len(reads) - 1
    for node in range(len(ops)):
        first: cython.longlong = start[node]
        end: cython.longlong = start[node + 1]
        for edge in range(first, end):
            read: cython.longlong = reads[template[edge] if template[edge] >= 0 else none]
            may_leave: cython.bint = steep[node] != 0
            if read & 1 == 0:
                may_leave = ops[node] >= first_tensor and (may_leave or (wild[node] != 0 and end - first != 1))
            elif not may_leave:
                may_leave = (read >> 1) & 1 == 1 and wild[node] != 0
                for k in range(first, end):
                    may_leave = may_leave or ((read >> (k - first + 2)) & 1 == 1 and wild[args[k]] != 0)
            found[edge] = may_leave
