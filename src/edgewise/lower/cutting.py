"""Long lists of assignments cut into parts, and what crosses the borders between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import cython
import numpy as np

from edgewise.built import held
from edgewise.lower.program import Program
from edgewise.lower.statements import Statements

__all__ = ["Cut", "Part", "cut"]


class Part(NamedTuple):
    """The assignments `first` … `last` - 1, with what is loaded before them and stored behind them: (node, slot)."""

    load: list[tuple[int, int]]
    first: int
    last: int
    store: list[tuple[int, int]]


class Cut(NamedTuple):
    """Assignments in parts. Values that cross a border live in `slots` numbered places.

    `inputs` are those that are stored before the first part, `final` the slots of what is read at the end.
    """

    parts: list[Part]
    slots: int
    inputs: list[tuple[int, int]]
    final: dict[int, int]


@cython.cclass
class _Borders:
    """In which part each node is assigned and read last, and the slot in which it crosses borders, -1 for none."""

    home: cython.longlong[::1]
    last: cython.longlong[::1]
    slot: cython.longlong[::1]
    slots: cython.longlong

    def __init__(self, count: int) -> None:
        self.home, self.last, self.slot = (held(np.full(count, value)) for value in (-2, -2, -1))
        self.slots = 0


@cython.locals(node=cython.longlong)
def cut(program: Program, lines: Statements, size: int, inputs: Sequence[int]) -> Cut:
    """The assignments in parts of `size`. `inputs` are those that parts cannot read by themselves."""
    borders = _Borders(len(program.tape))
    end = (len(lines) - 1) // size + 1
    _find_last(borders, lines, size, inputs)
    for node in program.result_nodes:
        if borders.home[node] > -2:
            borders.last[node] = end
    _give_slots(borders, [*inputs, *lines.nodes])
    parts = [_part(borders, lines, part, size) for part in range(end)]
    return Cut(
        parts, borders.slots, _crossing(borders, inputs, end), dict(_crossing(borders, program.result_nodes, end))
    )


@cython.cfunc
@cython.locals(place=cython.longlong, node=cython.longlong)
def _find_last(b: _Borders, lines: Statements, size: cython.longlong, inputs: Sequence[int]) -> cython.void:
    """Where each node is assigned, inputs before the first part, and where it is read last."""
    for node in inputs:
        b.home[node] = b.last[node] = -1
    for place in range(len(lines)):
        node = lines.nodes[place]
        b.home[node] = b.last[node] = place // size
    for place in range(len(lines)):
        for node in lines.reads(lines.nodes[place]):
            if b.home[node] > -2:
                b.last[node] = max(b.last[node], place // size)


@cython.cfunc
@cython.locals(node=cython.longlong)
def _give_slots(b: _Borders, nodes: list[int]) -> cython.void:
    """To what is read in a later part than its own, in the order of the parts.

    A part loads before it stores, so the slots of what it reads last are free for what it leaves.
    """
    free: list[int] = []
    ending: dict[int, list[int]] = {}
    part: cython.longlong = -2
    for node in nodes:
        if b.last[node] <= b.home[node]:
            continue
        while part < b.home[node]:
            part += 1
            free.extend(ending.pop(part, ()))
        if free:
            b.slot[node] = free.pop()
        else:
            b.slot[node] = b.slots
            b.slots += 1
        ending.setdefault(b.last[node], []).append(b.slot[node])


@cython.cfunc
def _part(b: _Borders, lines: Statements, part: cython.longlong, size: cython.longlong) -> Part:
    first, last = part * size, min(part * size + size, len(lines))
    mine = lines.nodes[first:last]
    read = dict.fromkeys([node for line in mine for node in lines.reads(line)])
    return Part(_crossing(b, read, part), first, last, _crossing(b, mine, len(lines)))


@cython.cfunc
@cython.locals(node=cython.longlong)
def _crossing(b: _Borders, nodes: Iterable[int], part: cython.longlong) -> list[tuple[int, int]]:
    """Those that cross a border and are not assigned in this part, with their slots."""
    found = []
    for node in nodes:
        if b.slot[node] >= 0 and b.home[node] != part:
            found.append((node, b.slot[node]))
    return found
