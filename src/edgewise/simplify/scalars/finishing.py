"""The steps after all passes: what the ledger still names is given nodes, and what is needed is numbered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cython
import numpy as np

from edgewise.built import held

if not cython.compiled:
    from edgewise.simplify.scalars.arithmetic import value_of
    from edgewise.simplify.scalars.hash_consing import constant, find, looked_up, plain
    from edgewise.simplify.scalars.passes import cramped, specify
    from edgewise.simplify.scalars.state import Sheet, State, Values
    from edgewise.simplify.scalars.work_columns import CONST, INPUT


@cython.locals(i=cython.longlong, k=cython.longlong)
def widen(s: State, old: Sheet) -> None:
    """Copy a graph to the empty sheet in hand. `s.image` holds each node's own number."""
    s.count = old.count
    with cython.nogil:
        for i in range(old.count):
            s.op[i], s.attr[i], s.uses[i] = old.op[i], old.attr[i], old.uses[i]
            s.cls[i], s.sign[i], s.place[i] = old.cls[i], old.sign[i], old.place[i]
            for k in range(s.width):
                s.args[i, k] = old.args[i, k]
            if old.op[i] == CONST:
                s.values.node[old.attr[i]] = i
            elif old.op[i] != INPUT:
                specify(s, old, i)
                if find(s) < 0:
                    s.table[s.slot] = i


@cython.locals(i=cython.longlong, k=cython.longlong)
def unplaced(first: Sheet, image: cython.const[cython.longlong][::1], wanted: cython.uchar[::1]) -> cython.longlong:
    """Complete the wanted nodes of the first graph by those that they are made of; how many have no image yet."""
    total: cython.longlong = 0
    with cython.nogil:
        for i in range(first.count - 1, -1, -1):
            if wanted[i] and image[i] < 0:
                total += 1
                for k in range(first.width):
                    if first.args[i, k] >= 0:
                        wanted[first.args[i, k]] = 1
    return total


def adopted(s: State, first: Sheet, i: cython.longlong) -> cython.bint:
    """Give a node of the first graph a node of its value in the last; False where that must wait."""
    if cramped(s):
        return False
    if first.op[i] == CONST:
        s.image[i] = constant(s, first.attr[i])
        return True
    specify(s, first, i)
    node: cython.longlong = plain(s, looked_up(s))
    if node >= 0:
        s.image[i] = node
    return node >= 0


def adopt(s: State, first: Sheet, wanted: cython.const[cython.uchar][::1], at: cython.longlong) -> cython.longlong:
    """Give every wanted node of the first graph, from `at` on, a node in the last: what no root needs any more.

    `s.image` leads from the one to the other. Where it stops before the end, `s.stopped` says why.
    """
    with cython.nogil:
        while at < first.count and (not wanted[at] or s.image[at] >= 0 or adopted(s, first, at)):
            at += 1
    return at


@cython.locals(i=cython.longlong, k=cython.longlong)
def number_nodes(
    s: State, kept: cython.const[cython.uchar][::1], image: cython.longlong[::1], inputs: cython.longlong
) -> tuple[Any, Any]:
    """Number what is needed in order of place: the nodes so listed, and the number of each (-1: not needed).

    Needed are the images of what is kept of the first graph, which become their numbers, and the inputs, which are the
    first nodes.
    """
    n: cython.longlong = s.count
    last: cython.longlong = 0
    numbers = np.full(n, -1, dtype=np.int64)
    number: cython.longlong[::1] = held(numbers)
    needed: cython.int[::1] = s.memory.ints(n, 0)
    for i in range(inputs):
        needed[i] = 1
    for i in range(image.shape[0]):
        if kept[i]:
            needed[image[i]] = 1
    for i in range(n):
        last = max(last, s.place[i])
    begin: cython.longlong[::1] = s.memory.longs(last + 2, 0)
    with cython.nogil:
        for i in range(n - 1, -1, -1):
            if needed[i]:
                begin[s.place[i] + 1] += 1
                for k in range(s.width):
                    if s.args[i, k] >= 0:
                        needed[s.args[i, k]] = 1
        for k in range(1, begin.shape[0]):
            begin[k] += begin[k - 1]
    ordered = np.empty(begin[last + 1], dtype=np.int64)
    order: cython.longlong[::1] = held(ordered)
    for i in range(n):
        if needed[i]:
            number[i] = begin[s.place[i]]
            begin[s.place[i]] += 1
            order[number[i]] = i
    for i in range(image.shape[0]):
        if image[i] >= 0:
            image[i] = number[image[i]]
    return ordered, numbers


@cython.locals(i=cython.longlong, k=cython.longlong)
def flatten(
    values: Values, others: Sequence[Any], rows: cython.const[cython.int][:, :],
    order: cython.const[cython.longlong][::1], number: cython.const[cython.longlong][::1], attrs: dict[int, Any],
) -> tuple[Any, Any, Any]:  # fmt: skip
    """The numbered rows of a sheet as the columns of a tape; their attributes are entered in `attrs`."""
    total: cython.longlong = 0
    n: cython.longlong = order.shape[0]
    columns = np.empty(n, np.uint16), np.empty(n + 1, np.int64), np.empty(n * (rows.shape[1] - 6), np.int64)
    ops: cython.ushort[::1] = held(columns[0])
    start: cython.longlong[::1] = held(columns[1])
    args: cython.longlong[::1] = held(columns[2])
    for i in range(n):
        ops[i], start[i] = rows[order[i], 0], total
        if rows[order[i], 1]:
            attrs[i] = value_of(values, others, rows[order[i], 1])
        for k in range(6, rows.shape[1]):
            if rows[order[i], k] >= 0:
                args[total] = number[rows[order[i], k]]
                total += 1
    start[n] = total
    return columns[0], columns[1], columns[2][:total].copy()
