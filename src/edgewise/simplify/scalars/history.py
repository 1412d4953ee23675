"""Every rewrite in its order, with the graph before and after it: what simplification did, step by step.

A pass writes a graph anew from its leaves to its roots. Wherever it stands, the nodes written so far and the old ones
above them are one graph: the old ones read what took the place of what they read. It stands between two rewrites.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, NamedTuple

import numpy as np

from edgewise.graph import IntArray, Tape, count_operations
from edgewise.ops import INPUT
from edgewise.simplify.scalars.observer import Observer
from edgewise.simplify.scalars.state import Plan
from edgewise.simplify.scalars.work_columns import ARGS, OP, PLACE, Ints
from edgewise.simplify.scalars.working_graph import PLANNED, WorkingGraph

__all__ = ["Frame", "History", "Rewrite"]


@dataclass(frozen=True, eq=False, repr=False)
class Frame:
    """A graph on the way: `new` leads to it from the graph that was given, -1 where a node is not needed any more.

    `node` is the one that is about to be rewritten, or has been; -1 where nobody reads it any more.
    """

    tape: Tape
    new: IntArray
    node: int
    roots: IntArray

    @cached_property
    def operations(self) -> int:
        """How many operations the results need."""
        return count_operations(self.tape, self.roots)


class _Pass(NamedTuple):
    """A pass: the graph before and after it, the way between them, and the way to the former from the first graph."""

    old: Ints
    nodes: Ints
    image: Ints
    way: Ints


class _Event(NamedTuple):
    """What happened at a node of a pass; `begin` and `end` are how many nodes were written before and after it."""

    number: int
    node: int
    begin: int
    end: int
    rules: tuple[str, ...]


class Rewrite:
    """One step: the names of the rules that fired at one node, and the graph before and after it.

    The graphs are made by `frame` when they are asked for.
    """

    def __init__(self, rules: tuple[str, ...], frame: Callable[[bool], Frame]) -> None:
        self.rules, self._frame = rules, frame

    @cached_property
    def before(self) -> Frame:
        """The graph as it was."""
        return self._frame(False)

    @cached_property
    def after(self) -> Frame:
        """The graph as it is then."""
        return self._frame(True)

    def __reduce__(self) -> Any:
        # The pass that the graphs come from does not travel: they do.
        frames = self.before, self.after
        return Rewrite, (self.rules, frames.__getitem__)

    def __repr__(self) -> str:
        return f"<{', '.join(self.rules)}: {self.before.operations} → {self.after.operations} operations>"


class History(Observer):
    """Looks after every node. The graphs between two steps are made when they are asked for.

    `roots` are the results of the graph that was given; `way` leads from it to the graph that is simplified
    (itself, unless it was multiplied out before).
    """

    step = 1

    def __init__(self, roots: IntArray, way: IntArray) -> None:
        self.roots, self.way = roots, way
        self.working: Any = None
        self.passes: list[_Pass] = []
        self.events: list[_Event] = []

    @property
    def rewrites(self) -> list[Rewrite]:
        """The steps in their order."""
        return [Rewrite(event.rules, partial(self.frame, event)) for event in self.events]

    # --- looking on ---------------------------------------------------------------------------------------------

    def on_pass_start(self, working: WorkingGraph, plan: Plan) -> None:
        if working is not self.working:  # simplified once more, from the beginning
            self.working, self.passes, self.events = working, [], []
        self._kinds = np.array(plan.kind)
        self.events = [event for event in self.events if event.number < len(self.passes)]
        self._old, self._way = working.nodes.copy(), working.image.copy()
        self._fired, self._count = working.state.counts.copy(), int(working.state.count)

    def on_progress(self, working: WorkingGraph, at: int) -> None:
        node, fired, count = at - 1, working.state.counts, int(working.state.count)
        rules = [working.state.rules.names[k] for k in np.flatnonzero(fired != self._fired).tolist()]
        if node < len(self._kinds) and self._kinds[node] >= 0:  # no plan has none
            rules.insert(0, PLANNED[int(self._kinds[node])])
        if rules:
            event = _Event(len(self.passes), node, self._count, count, tuple(dict.fromkeys(rules)))
            self.events.append(event)
            self._fired = fired.copy()
        self._count = count

    def on_pass_end(self, working: WorkingGraph) -> None:
        image = np.array(working.state.image)
        self.passes.append(_Pass(self._old, working.nodes.copy(), image, self._way))

    # --- the graph between two steps ----------------------------------------------------------------------------

    def frame(self, event: _Event, done: bool) -> Frame:
        """The graph before or after a step: what is written, and the old nodes that are not."""
        old, nodes, image, way = self.passes[event.number]
        count, first = (event.end, event.node + 1) if done else (event.begin, event.node)
        place = np.where((np.arange(len(old)) < first) | (old[:, OP] == INPUT), image, -1)
        left = np.flatnonzero(place < 0)
        place[left] = count + np.arange(len(left))
        rows = np.concatenate((nodes[:count], old[left]))
        args = rows[count:, ARGS:]
        args[:] = np.where(args >= 0, place[args], -1)
        return self._numbered(rows, np.where(way >= 0, place[way], -1), int(place[event.node]))

    def _numbered(self, rows: Ints, here: IntArray, node: int) -> Frame:
        """The needed rows in order of place; `here` leads to them from the graph that is simplified."""
        roots = here[self.way[self.roots]]
        needed = np.zeros(len(rows), dtype=bool)
        needed[roots] = needed[here[list(self.working.tape.inputs)]] = True
        place, args = rows[:, PLACE].tolist(), [[j for j in row if j >= 0] for row in rows[:, ARGS:].tolist()]
        for i in range(len(rows) - 1, -1, -1):
            if needed[i]:
                needed[args[i]] = True
        for i, read in enumerate(args):
            place[i] = max([place[i], *(place[j] for j in read)])
        order = np.array(sorted(np.flatnonzero(needed).tolist(), key=place.__getitem__), dtype=np.int64)
        number = np.full(len(rows) + 1, -1, dtype=np.int64)  # the last is that of -1
        number[order] = np.arange(len(order))
        tape = self.working.tape_of(rows, order, number, number[here])
        return Frame(tape, np.where(self.way >= 0, number[here][self.way], -1), int(number[node]), number[roots])
