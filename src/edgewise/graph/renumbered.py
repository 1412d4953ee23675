"""The columns of some of a graph's nodes, under new numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import cython
import numpy as np

from edgewise.built import held

__all__ = ["moved_column", "renumbered"]


def renumbered(
    ops: cython.const[cython.ushort][::1],
    start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1],
    keep: cython.const[cython.uchar][::1],
    first: Sequence[int] = (),
    left_out: cython.longlong = -1,
) -> tuple[Any, Any, Any, Any]:
    """New number of each node (-1 for none), and codes, starts and arguments of those that are kept.

    `first` come first, the others in their order, without those of the code `left_out`. What is kept must hold its
    arguments.

    >>> graph = np.array([0, 7], dtype=np.uint16), np.array([0, 0, 2]), np.array([0, 0])
    >>> [column.tolist() for column in renumbered(*map(held, graph), bytearray([1, 1]))]
    [[0, 1], [0, 7], [0, 0, 2], [0, 0]]
    """
    node: cython.longlong
    count: cython.longlong = 0
    used: cython.longlong = 0
    n: cython.longlong = len(ops)
    numbers = np.empty(n, dtype=np.int64)
    new: cython.longlong[::1] = held(numbers)
    listed = np.empty(n, dtype=np.int64)
    order: cython.longlong[::1] = held(listed)
    for node in range(n):
        new[node] = -1
    for node in first:
        new[node], order[count] = count, node
        count += 1
        used += start[node + 1] - start[node]
    for node in range(n):
        if keep[node] and new[node] < 0 and ops[node] != left_out:
            new[node], order[count] = count, node
            count += 1
            used += start[node + 1] - start[node]
    codes = np.empty(count, dtype=np.uint16)
    starts = np.empty(count + 1, dtype=np.int64)
    arguments = np.empty(used, dtype=np.int64)
    _copy(ops, start, args, order, new, held(codes), held(starts), held(arguments))
    return numbers, codes, starts, arguments


@cython.cfunc
def _copy(
    ops: cython.const[cython.ushort][::1],
    start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1],
    order: cython.longlong[::1],
    new: cython.longlong[::1],
    codes: cython.ushort[::1],
    starts: cython.longlong[::1],
    arguments: cython.longlong[::1],
) -> cython.int:
    node: cython.longlong
    edge: cython.longlong
    k: cython.longlong
    at: cython.longlong = 0
    starts[0] = 0
    for k in range(len(codes)):
        node = order[k]
        codes[k] = ops[node]
        for edge in range(start[node], start[node + 1]):
            arguments[at] = new[args[edge]]
            at += 1
        starts[k + 1] = at
    return 0


def moved_column(column: Mapping[int, Any], new: cython.const[cython.longlong][::1]) -> dict[int, Any]:
    """What some nodes have, under their new numbers (-1: they are no more).

    >>> moved_column({0: "x", 1: 2.5}, held(np.array([-1, 0])))
    {0: 2.5}
    """
    node: cython.longlong
    moved: dict[int, Any] = {}
    # As it stands at one moment: another thread may be writing nodes behind these.
    for node, value in list(column.items()):
        if node < len(new) and new[node] >= 0:
            moved[new[node]] = value
    return moved
