"""Cutting a derivative graph into blocks: each is run forwards, and later backwards, from the state at its border.

Between two of 𝒢's nodes, in their order, lies a *border*. The values made before it that are read behind it are the
state there: all that is needed to go on. At a vertex through which every path leads (a cut vertex of 𝒢) the state is
that one value, and the inputs. Back-propagation passes the borders the other way, so that a graph with narrow borders
is reversed as a chain of blocks is (Chen, Xu, Zhang and Guestrin, Training deep nets with sublinear memory cost, 2016).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from edgewise.built import held
from edgewise.graph import IntArray, stable_argsort
from edgewise.recompute.chain import Action
from edgewise.recompute.readings import stages
from edgewise.recompute.runs import Task

__all__ = ["Blocks", "Sides", "sides"]


@dataclass(frozen=True, eq=False)
class Sides:
    """𝒢's nodes and the others, each in order, and the width of the state at every border between 𝒢's.

    `level[q]`: the furthest border whose state, and what follows it, has everything that `backward[: q + 1]` read of 𝒢.
    `width[c]`: how many values before border c are read behind it; inputs and results are held in any case.
    """

    task: Task
    forward: IntArray
    backward: IntArray
    level: IntArray
    width: IntArray

    def borders(self) -> list[IntArray]:
        """Choices of borders, from the narrowest states on: each a list 0 < … < len(forward)."""
        width, n = self.width, len(self.forward)
        inner = np.arange(1, n)
        low = inner[(width[inner] <= width[inner - 1]) | (inner == 1)]
        low = low[(width[low] <= width[np.minimum(low + 1, n)]) | (low == n - 1)]
        if not len(low):
            return []
        limits = np.unique(np.quantile(width[low], [0.0, 0.1, 0.3, 0.6, 1.0], method="lower"))
        choices = [low[width[low] <= limit] for limit in limits.tolist()]
        return [choice for k, choice in enumerate(choices) if k == 0 or len(choice) > len(choices[k - 1])]

    def blocks(self, borders: IntArray) -> Blocks:
        """The blocks between the borders, with what each part of them costs and holds."""
        edges = np.concatenate(([0], borders, [len(self.forward)]))
        turns = np.searchsorted(-self.level, -edges, side="right")
        turns[0] = len(self.backward)
        return Blocks(self, edges, turns)


@dataclass(frozen=True, eq=False)
class Blocks:
    """Block k is `forward[edges[k]:edges[k + 1]]`, and `backward[turns[k + 1]:turns[k]]` on the way back."""

    sides: Sides
    edges: IntArray
    turns: IntArray

    def __len__(self) -> int:
        return len(self.edges) - 1

    @property
    def cost(self) -> IntArray:
        """The operations of each block forwards."""
        return np.diff(self.edges)

    @property
    def width(self) -> IntArray:
        """The size of the state before each block."""
        found: IntArray = self.sides.width[self.edges[:-1]]
        return found

    def merged(self, count: int) -> Blocks:
        """At most `count` blocks of about equal cost, between the narrowest of the borders at hand."""
        if len(self) <= count:
            return self
        inner = self.edges[1:-1]
        part = np.minimum(inner * count // self.edges[-1], count - 1)
        order = np.lexsort((inner, self.sides.width[inner], part))
        first = np.ones(len(order), dtype=bool)
        first[1:] = part[order][1:] != part[order][:-1]
        return self.sides.blocks(np.sort(inner[order[first]]))

    def saved(self) -> IntArray:
        """How many of its own values each block reads on the way back."""
        tape = self.sides.task.tape
        place = np.full(len(tape), -1)
        place[self.sides.forward] = np.repeat(np.arange(len(self)), np.diff(self.edges))
        back = np.zeros(len(tape), dtype=bool)
        back[self.sides.backward] = True
        read = np.unique(tape.args[back[tape.edge_consumers()]])
        found = place[read]
        return np.bincount(found[found >= 0], minlength=len(self))

    def course(self, actions: Iterable[Action]) -> IntArray:
        """The nodes to compute, in order; a result is computed once."""
        forward, backward, edges, turns = self.sides.forward, self.sides.backward, self.edges, self.turns
        once = self.sides.task.is_root[forward]
        reached = 0
        pieces = []
        for action in actions:
            first, last = int(edges[action.start]), int(edges[action.stop])
            again = forward[first : min(last, reached)]
            pieces += [again[~once[first : min(last, reached)]], forward[max(first, reached) : last]]
            reached = max(reached, last)
            if action.reverse:
                pieces.append(backward[turns[action.stop] : turns[action.start]])
        return np.concatenate(pieces)


def sides(task: Task, marked: IntArray, *, eager: bool) -> Sides:
    """𝒢's side (what the `marked` nodes are made of) and the other.

    The other side is in the graph's order or, `eager`, in the order in which what it reads of 𝒢 is at hand on the way
    back: then a derivative that is a sum over many consumers is summed while they are passed.
    """
    tape, n = task.tape, len(task.tape)
    ahead = tape.live(marked.tolist()) & task.work if len(marked) else np.zeros(n, dtype=bool)
    behind = task.work & ~ahead
    forward, backward = np.flatnonzero(ahead), np.flatnonzero(behind)
    index = np.full(n, -1)
    index[forward] = np.arange(len(forward))
    source = ahead.copy()
    source[task.inputs] = True
    consumer = tape.edge_consumers()
    upward = source[tape.args] & ahead[consumer]
    end = index.copy()
    np.maximum.at(end, tape.args[upward], index[consumer[upward]])
    # A value can be had from every border up to its last reader in 𝒢: it is made later, or part of the state.
    downward = source[tape.args] & behind[consumer]
    level = np.full(n, len(forward))
    np.minimum.at(level, consumer[downward], np.maximum(end, 0)[tape.args[downward]])
    if eager:
        stages(held(tape.start), held(tape.args), held(behind.view(np.uint8)), held(level))
        backward = backward[stable_argsort(-level[backward])]
    level[backward] = np.minimum.accumulate(level[backward])
    np.maximum.at(end, tape.args[downward], level[consumer[downward]])
    state = ahead & ~task.is_root & (end > index)
    change = np.bincount(index[state] + 1, minlength=len(forward) + 2)
    change -= np.bincount(end[state] + 1, minlength=len(forward) + 2)[: len(forward) + 2]
    return Sides(task, forward, backward, level[backward], np.cumsum(change)[: len(forward) + 1])
