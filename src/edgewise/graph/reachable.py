"""Which nodes are reached along edges, down to the inputs or up to the outputs, and on how long ways."""

from __future__ import annotations

from typing import TypeAlias

import cython
import numpy as np

from edgewise.built import held

__all__ = ["depths", "mark_above", "mark_below"]

Int: TypeAlias = cython.typedef(cython.longlong)
Flags: TypeAlias = cython.typedef(cython.const[cython.uchar][::1])  # truth values, to be read
Column: TypeAlias = cython.typedef(cython.const[cython.longlong][::1])  # whole numbers, to be read


@cython.locals(node=Int, edge=Int)
def mark_below(start: Column, args: Column, edges: Flags, marked: cython.uchar[::1]) -> None:
    """Mark what marked nodes are made of; along the chosen edges, or all where none are said."""
    every: cython.bint = len(edges) == 0
    for node in range(len(marked) - 1, -1, -1):
        if marked[node]:
            for edge in range(start[node], start[node + 1]):
                if every or edges[edge]:
                    marked[args[edge]] = True


@cython.locals(node=Int, edge=Int)
def mark_above(start: Column, args: Column, edges: Flags, marked: cython.uchar[::1]) -> None:
    """Mark what is made of marked nodes; along the chosen edges, or all where none are said."""
    every: cython.bint = len(edges) == 0
    for node in range(len(marked)):
        for edge in range(start[node], start[node + 1]):
            if marked[args[edge]] and (every or edges[edge]):
                marked[node] = True
                break


@cython.locals(node=Int, edge=Int)
def depths(start: Column, args: Column, computes: Flags) -> np.ndarray:
    """For each node that computes the operations on its longest way from an input, 0 for the others."""
    found = np.zeros(len(computes), dtype=np.int64)
    depth: Int[::1] = held(found)
    for node in range(len(computes)):
        if computes[node]:
            longest: Int = 0
            for edge in range(start[node], start[node + 1]):
                longest = max(longest, depth[args[edge]])
            depth[node] = longest + 1
    return found
