"""Orders of computing and registers, as loops over the nodes."""

from __future__ import annotations

from typing import Any, TypeAlias

import cython
import numpy as np

from edgewise.built import held

__all__ = ["assign_registers", "depth_first", "live_ranges", "register_needs"]

Int: TypeAlias = cython.typedef(cython.longlong)
Written: TypeAlias = cython.typedef(cython.longlong[::1])  # whole numbers, to be written
Column: TypeAlias = cython.typedef(cython.const[cython.longlong][::1])  # whole numbers, to be read


@cython.locals(place=Int, edge=Int)
def live_ranges(
    start: Column,
    args: Column,
    order: Column,
    is_result: cython.const[cython.uchar][::1],
    last: Written,
    alive: Written,
) -> int:
    """The most values held at once, in `order`. Fills in the place of each node's `last` reading (see `Schedule`).

    `alive[k]`, which comes as zeros, is how many values in between, results aside, are held before operation k. A value
    that is read last makes room for what is made.
    """
    count: Int = len(order)
    live: Int = 0
    results: Int = 0
    peak: Int = 0
    for place in range(count):
        node: Int = order[place]
        for edge in range(start[node], start[node + 1]):
            last[args[edge]] = place
    for node in range(len(is_result)):
        if is_result[node]:
            last[node] = count
    for place in range(count):
        alive[max(last[order[place]], place)] += 1  # how many end there, at first
    for place in range(count):
        live, alive[place] = live + 1 - alive[place], live - results
        results += is_result[order[place]]
        peak = max(peak, live)
    alive[count] = live - results
    return peak


@cython.locals(place=Int, edge=Int, before=Int)
def assign_registers(start: Column, args: Column, order: Column, last: Column, slot: Written) -> int:
    """How many registers there are. Linear scan: each value takes the one that was freed most recently, or a new one.

    `slot` comes as 0 for the nodes that want one, and as -1.
    """
    free: Written = held(np.zeros(len(order) + 1, dtype=np.int64))
    n_free: Int = 0
    fresh: Int = 0
    for place in range(len(order)):
        node: Int = order[place]
        for edge in range(start[node], start[node + 1]):
            if slot[args[edge]] >= 0 and last[args[edge]] == place:
                for before in range(start[node], edge):  # x*x frees x once
                    if args[before] == args[edge]:
                        break
                else:
                    free[n_free] = slot[args[edge]]
                    n_free += 1
        if slot[node] >= 0:
            if n_free > 0:
                n_free -= 1
                slot[node] = free[n_free]
            else:
                slot[node] = fresh
                fresh += 1
    return fresh


@cython.locals(edge=Int, place=Int, most=Int, ties=Int)
def register_needs(start: Column, args: Column, order: Column, need: Written) -> None:
    """The registers that the tree of each node needs (Sethi and Ullman)."""
    for place in range(len(order)):
        node: Int = order[place]
        most = ties = 0
        for edge in range(start[node], start[node + 1]):
            here: Int = need[args[edge]]
            if here > most:
                most, ties = here, 0
            elif here == most and here > 0:
                ties += 1
        need[node] = max(most + ties, 1)


@cython.cclass
class _Walk:
    """What is on the way: `state` is 0 for nodes to compute, 1 for those on the stack, 2 for all others."""

    start: Column
    args: Column
    need: Column
    state: cython.uchar[::1]
    stack: Written
    top: Int

    def __init__(self, start: Any, args: Any, need: Any, state: Any) -> None:
        self.start, self.args, self.need, self.state = start, args, need, state
        self.stack = held(np.zeros(len(args) + 1, dtype=np.int64))
        self.top = -1


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(edge=Int)
def _push_arguments(s: _Walk, node: Int) -> cython.void:
    """Put what the node needs first on the stack so that the greatest need ends on top; ties keep their order."""
    base: Int = s.top
    for edge in range(s.start[node], s.start[node + 1]):
        if s.state[s.args[edge]] == 0:
            place: Int = s.top
            while place > base and s.need[s.stack[place]] >= s.need[s.args[edge]]:
                s.stack[place + 1] = s.stack[place]
                place -= 1
            s.stack[place + 1] = s.args[edge]
            s.top += 1


@cython.locals(root=Int)
def depth_first(
    start: Column, args: Column, need: Column, state: cython.uchar[::1], roots: Column, order: Written
) -> None:
    """Fill in the order: what the roots need in postorder, arguments that need more registers first.

    `state` comes as 0 for the nodes to compute, else 2.
    """
    s = _Walk(start, args, need, state)
    found: Int = 0
    for root in range(len(roots)):
        s.top = 0
        s.stack[0] = roots[root]
        while s.top >= 0:
            node: Int = s.stack[s.top]
            if s.state[node] == 0:
                s.state[node] = 1
                _push_arguments(s, node)
                continue
            s.top -= 1
            if s.state[node] == 1:
                s.state[node] = 2
                order[found] = node
                found += 1
