"""Chains: which states of n steps to keep, so that they are run backwards with the fewest steps forwards.

A step backwards needs the state before it. With s states kept at a time, the first among them, n steps can be reversed
so that none is run more than r times where n ≤ C(s + r, s), and the fewest steps forwards are r·n - C(s + r, r - 1) for
the least such r: Griewank and Walther, Algorithm 799: revolve, ACM Transactions on Mathematical Software 26 (2000).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import comb
from typing import NamedTuple

import numpy as np

from edgewise.graph import IntArray

__all__ = ["Action", "actions", "advances", "best_splits", "binomial_split"]


Split = Callable[[int, int, int], int]


class Action(NamedTuple):
    """Run the blocks start … stop - 1 forwards; or, with `reverse`, the one block `start` forwards and backwards."""

    start: int
    stop: int
    reverse: bool


def repetitions(n: int, s: int) -> int:
    """The least r with n ≤ C(s + r, s): how often a step is run at most."""
    r = 0
    while comb(s + r, s) < n:
        r += 1
    return r


def advances(n: int, s: int) -> int:
    """The fewest steps forwards that reverse n steps with s states kept at a time, the first among them.

    >>> [advances(10, s) for s in (1, 2, 3, 9, 10)]
    [45, 20, 15, 9, 9]
    """
    if n < 1 or s < 1:
        raise ValueError(f"{n} steps with {s} states kept")
    r = repetitions(n, s)
    return r * n - comb(s + r, r - 1) if r else 0


def binomial_split(n: int, s: int) -> int:
    """How far to run forwards before the next state is kept, n > 1 steps being left and s > 1 states."""
    r = repetitions(n, s)
    # The steps before the split are run again r - 1 times at most, those behind it r times with one state fewer.
    return max(1, comb(s + r - 2, s), n - comb(s + r - 1, s - 1))


def actions(n: int, room: int, split: Split | None = None, width: Sequence[int] | None = None) -> Iterator[Action]:
    """The course of reversing n blocks, the state before the first being held.

    `split(a, b, room)` says before which block between a and b to keep the next state, a where none is kept any more;
    the rest of the way then has `width` of that state less room. By default states are of equal size, `room` is their
    number with the first, and the split is binomial.

    >>> [(a.start, a.stop) if not a.reverse else a.start for a in actions(3, 2)]
    [(0, 1), (1, 2), 2, 1, 0]
    """
    choose = split or (lambda a, b, free: a if free == 1 else a + binomial_split(b - a, free))
    todo = [(0, n, room)]
    while todo:
        a, b, free = todo.pop()
        if b - a == 1:
            yield Action(a, b, True)
            continue
        middle = choose(a, b, free)
        if middle > a:
            yield Action(a, middle, False)
            todo += [(a, middle, free), (middle, b, free - (1 if width is None else width[middle]))]
            continue
        for last in range(b - 1, a, -1):
            yield Action(a, last, False)
            yield Action(last, last + 1, True)
        yield Action(a, a + 1, True)


def best_splits(cost: IntArray, width: IntArray, needs: IntArray, levels: int) -> tuple[IntArray, IntArray]:
    """Unequal blocks: the fewest operations, and where to keep the next state, for every room of 0 … levels - 1.

    Block k runs forwards in `cost[k]` operations from a state of `width[k]` values, and backwards in `needs[k]` room.
    Returns (operations, split) for blocks a … b - 1 with their first state held beside the room, at [a, b, room]; the
    split is -1 where there is no way, a where the state before each block is found anew from a.

    The dynamic programme over (first block, last block, room) of Beaumont, Eyraud-Dubois, Herrmann, Joly and Shilova,
    Optimal checkpointing for heterogeneous chains (2019), without storing what lies inside a block.
    """
    n, never = len(cost), 1 << 60
    total = np.concatenate(([0], np.cumsum(cost)))
    room = np.arange(levels)
    best = np.full((n + 1, n + 1, levels), never)
    split = np.full((n + 1, n + 1, levels), -1)
    for length in range(1, n + 1):
        for a in range(n - length + 1):
            b = a + length
            # Without another state, every block is reached from a.
            most = max(int(needs[a]), int((needs[a + 1 : b] + width[a + 1 : b]).max(initial=0)))
            best[a, b, most:] = (total[a + 1 : b + 1] - total[a]).sum()
            split[a, b, most:] = a
            for j in range(a + 1, b):
                free = levels - int(width[j])
                found = total[j] - total[a] + best[j, b, :free] + best[a, j, levels - free :]
                better = room[levels - free :][found < best[a, b, levels - free :]]
                best[a, b, better] = found[better - (levels - free)]
                split[a, b, better] = j
    return best, split
