"""The columns of some of a graph's nodes, under new numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cython
import numpy as np

from edgewise.built import held

__all__ = ["kept_numbers", "moved_column", "moved_nodes", "moved_places", "renumbered"]


@cython.locals(node=cython.longlong, edge=cython.longlong)
def renumbered(
    ops: cython.const[cython.ushort][::1],
    start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1],
    keep: cython.const[cython.uchar][::1],
    inputs: Sequence[int] = (),
    left_out: cython.longlong = -1,
) -> tuple[Any, Any, Any, Any]:
    """New number of each node (-1 for none), and codes, starts and arguments of those that are kept.

    Inputs, which have no arguments, come first, the others in their order, without those of the code `left_out`. Of
    what is kept, the arguments are kept.

    >>> graph = np.array([0, 7], dtype=np.uint16), np.array([0, 0, 2]), np.array([0, 0])
    >>> [column.tolist() for column in renumbered(*map(held, graph), bytearray([1, 1]))]
    [[0, 1], [0, 7], [0, 0, 2], [0, 0]]
    """
    count: cython.longlong = 0
    used: cython.longlong = 0
    n: cython.longlong = len(ops)
    columns = np.full(n, -1), np.empty(n, np.uint16), np.zeros(n + 1, np.int64), np.empty(len(args), np.int64)
    new: cython.longlong[::1] = held(columns[0])
    codes: cython.ushort[::1] = held(columns[1])
    starts: cython.longlong[::1] = held(columns[2])
    arguments: cython.longlong[::1] = held(columns[3])
    for node in inputs:
        new[node], codes[count] = count, ops[node]
        count += 1
    for node in range(n):
        if keep[node] and new[node] < 0 and ops[node] != left_out:
            new[node], codes[count] = count, ops[node]
            count += 1
            for edge in range(start[node], start[node + 1]):
                arguments[used] = new[args[edge]]
                used += 1
            starts[count] = used
    # Copies: a small graph does not keep the room of a large one.
    return columns[0], columns[1][:count].copy(), columns[2][: count + 1].copy(), columns[3][:used].copy()


@cython.locals(node=cython.longlong)
def moved_column(column: Mapping[int, Any], new: cython.const[cython.longlong][::1]) -> dict[int, Any]:
    """What some nodes have, under their new numbers (-1: they are no more).

    >>> moved_column({0: "x", 1: 2.5}, held(np.array([-1, 0])))
    {0: 2.5}
    """
    moved: dict[int, Any] = {}
    # As it stands at one moment: another thread may be writing nodes behind these.
    for node, value in dict(column).items():
        if node < len(new) and new[node] >= 0:
            moved[new[node]] = value
    return moved


def moved_nodes(nodes: Sequence[int], new: cython.const[cython.longlong][::1]) -> tuple[int, ...]:
    """Nodes under their new numbers.

    >>> moved_nodes((1, 0), held(np.array([-1, 0])))
    (0, -1)
    """
    node: cython.longlong
    moved: list[int] = []
    for node in nodes:
        moved.append(new[node])
    return tuple(moved)


@cython.locals(node=cython.longlong, last=cython.longlong)
def moved_places(places: cython.const[cython.longlong][::1], new: cython.const[cython.longlong][::1]) -> Any:
    """A column of what some nodes have (-1: nothing), under their new numbers (-1: they are no more).

    >>> moved_places(held(np.array([5, -1, 7])), held(np.array([1, 0, -1])))
    array([-1,  5])
    """
    last = -1
    for node in range(len(new)):
        last = max(last, new[node])
    column = np.full(last + 1, -1, dtype=np.int64)
    moved: cython.longlong[::1] = held(column)
    for node in range(min(len(new), len(places))):
        if new[node] >= 0 and places[node] >= 0:
            moved[new[node]] = places[node]
    return column


@cython.locals(node=cython.longlong, last=cython.longlong, given=cython.longlong, nodes=cython.longlong)
def kept_numbers(
    numbers: cython.const[cython.longlong][::1],
    given: cython.longlong,
    nodes: cython.longlong,
    new: cython.const[cython.longlong][::1],
) -> tuple[Any, int]:
    """The numbers of nodes under their new places (-1: they are no more), and how many have been given by then.

    Of so many nodes the first have these numbers, those behind them the next ones from `given` on. Of several that are
    one the first gives its number; a place where none of them goes gets a number of its own.

    >>> kept_numbers(held(np.array([7])), 8, 3, held(np.array([2, 0, 0])))
    (array([ 8, 10,  7]), 11)
    """
    first: cython.longlong = given - len(numbers)
    last = -1
    for node in range(len(new)):
        last = max(last, new[node])
    column = np.full(last + 1, -1, dtype=np.int64)
    kept: cython.longlong[::1] = held(column)
    for node in range(min(nodes, len(new))):
        if new[node] >= 0 and kept[new[node]] < 0:
            kept[new[node]] = numbers[node] if node < len(numbers) else first + node
    given += max(0, nodes - len(numbers))
    for node in range(last + 1):
        if kept[node] < 0:
            kept[node] = given
            given += 1
    return column, given
