"""Which nodes are reached along edges, down to the inputs or up to the outputs, and on how long ways."""

from __future__ import annotations

import cython
import numpy as np

from edgewise.built import held

__all__ = ["depths", "mark_above", "mark_below"]


@cython.locals(node=cython.longlong, edge=cython.longlong)
def mark_below(
    start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1],
    edges: cython.const[cython.uchar][::1],
    marked: cython.uchar[::1],
) -> None:
    """Mark what marked nodes are made of; along the chosen edges, or all where none are said."""
    every: cython.bint = len(edges) == 0
    for node in range(len(marked) - 1, -1, -1):
        if marked[node]:
            for edge in range(start[node], start[node + 1]):
                if every or edges[edge]:
                    marked[args[edge]] = True


@cython.locals(node=cython.longlong, edge=cython.longlong)
def mark_above(
    start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1],
    edges: cython.const[cython.uchar][::1],
    marked: cython.uchar[::1],
) -> None:
    """Mark what is made of marked nodes; along the chosen edges, or all where none are said."""
    every: cython.bint = len(edges) == 0
    for node in range(len(marked)):
        for edge in range(start[node], start[node + 1]):
            if marked[args[edge]] and (every or edges[edge]):
                marked[node] = True
                break


@cython.locals(node=cython.longlong, edge=cython.longlong)
def depths(
    start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1],
    computes: cython.const[cython.uchar][::1],
) -> np.ndarray:
    """For each node that computes the operations on its longest way from an input, 0 for the others."""
    found = np.zeros(len(computes), dtype=np.int64)
    depth: cython.longlong[::1] = held(found)
    for node in range(len(computes)):
        if computes[node]:
            longest: cython.longlong = 0
            for edge in range(start[node], start[node + 1]):
                longest = max(longest, depth[args[edge]])
            depth[node] = longest + 1
    return found
