"""The model of storing and recomputing: a run is a list of nodes to compute in order, some of them several times.

A reading takes the value that its node was given last. A value is therefore held from the step that computes it to
its last reading before its node is computed again; a result is held to the end. Every list in which each node stands
for the first time behind its arguments is a run, and its numbers are those of the graph, bit for bit: only its cost
differs.

The cost is counted as `evaluate.Cost` counts it. `operations` are the steps, together with the operations on constants
alone, which are computed once. `peak_live` is the most values held at once: inputs are counted, from the start to their
last reading; constants, and operations on them alone, are not. A value that a step reads for the last time makes room
for the step's own. So the run that computes every node once, in the graph's order, has the cost of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.graph import IntArray, Tape, computing
from edgewise.ops import CONST, INPUT
from edgewise.recompute.readings import mark_needed, readings

__all__ = ["Links", "Run", "Task", "link", "measure", "written"]

CONSTANT, MISSING = -1, -2


@dataclass(frozen=True, eq=False)
class Run:
    """Nodes to compute, in order, and what that costs; no step of it is computed in vain."""

    nodes: IntArray
    operations: int
    peak_live: int

    @property
    def cost(self) -> tuple[int, int]:
        return self.operations, self.peak_live


class Task:
    """What a graph must compute for its `roots`: the columns that every run of it shares."""

    def __init__(self, tape: Tape, roots: Iterable[int]) -> None:
        self.tape = tape
        self.roots = np.unique(np.fromiter(roots, dtype=np.int64))
        alive = tape.live(self.roots.tolist())
        self.work = computing(tape, self.roots.tolist())
        self.order: IntArray = np.flatnonzero(self.work)
        self.inputs: IntArray = np.flatnonzero(alive & (tape.ops == INPUT))
        self.settled = int((alive & ~self.work & (tape.ops != INPUT) & (tape.ops != CONST)).sum())
        self.is_root = np.zeros(len(tape), dtype=bool)
        self.is_root[self.roots] = True

    @cached_property
    def sources(self) -> IntArray:
        """The value that each node holds before the first step: the inputs' are numbered from 0."""
        latest = np.full(len(self.tape), CONSTANT)
        latest[self.work] = MISSING
        latest[self.inputs] = np.arange(len(self.inputs))
        return latest


@dataclass(frozen=True, eq=False)
class Links:
    """The values of a run: number k < inputs is the k-th input, the others are what the steps compute.

    `reads[offset[t]:offset[t + 1]]` are the values that step t reads, -1 for constants; `last[k]` is the step that
    reads value k last, the number of steps for a result; `live[t]` is how many values are held after step t.
    """

    nodes: IntArray
    reads: IntArray
    offset: IntArray
    last: IntArray
    live: IntArray
    latest: IntArray
    """The value that each node holds at the end."""


def link(task: Task, nodes: IntArray) -> Links:
    """Which step reads which value, steps in vain left out."""
    while True:
        offset = np.concatenate(([0], np.cumsum(np.diff(task.tape.start)[nodes])))
        latest = task.sources.copy()
        count = len(task.inputs) + len(nodes)
        reads = _readings(task.tape, nodes, latest, len(task.inputs))
        is_result = np.zeros(count, dtype=bool)
        ends = latest[task.roots]
        is_result[ends[ends >= 0]] = True
        needed = is_result.copy()
        mark_needed(held(reads), held(offset), held(needed.view(np.uint8)), len(task.inputs))
        steps = needed[len(task.inputs) :]
        if steps.all():
            break
        nodes = nodes[steps]
    last = np.full(count, -1)
    read = reads >= 0
    # Of several assignments to one value the last stands: its last reader.
    last[reads[read]] = np.repeat(np.arange(len(nodes)), np.diff(offset))[read]
    last[is_result] = len(nodes)
    return Links(nodes, reads, offset, last, _live(last, len(task.inputs), len(nodes)), latest)


def _live(last: IntArray, n_inputs: int, n_steps: int) -> IntArray:
    change = np.bincount(np.arange(len(last) - n_inputs), minlength=n_steps + 1)
    # An input that nothing reads is not part of the task; every other value has a last reading.
    change -= np.bincount(last, minlength=n_steps + 1)
    change[0] += n_inputs
    live: IntArray = np.cumsum(change)[:n_steps]
    return live


def measure(task: Task, nodes: npt.ArrayLike) -> Run:
    """The exact cost of a run, its steps in vain left out.

    >>> from edgewise import parse
    >>> task = Task(parse("s = sin(x); s*exp(s)").tape, [3])
    >>> measure(task, [1, 2, 3]).cost, measure(task, [1, 2, 1, 3]).cost
    ((3, 2), (4, 2))
    """
    return run_of(task, link(task, np.asarray(nodes, dtype=np.int64)))


def run_of(task: Task, links: Links) -> Run:
    """The run of its links."""
    peak = max(len(task.inputs), int(links.live.max(initial=0)))
    return Run(links.nodes, len(links.nodes) + task.settled, peak)


def written(task: Task, run: Run) -> tuple[Tape, IntArray]:
    """The run as a graph, and the map of the old nodes into it (-1 for those that are not computed).

    Inputs and constants come first, then one node for each step, so that every target, the interpreter and the counting
    work on it as on any graph. A value that is recomputed is a second node with the same operation and arguments; the
    old node is mapped to the last.
    """
    tape = task.tape
    head = np.flatnonzero(~task.work & (tape.live([*task.roots.tolist(), *tape.inputs])))
    source = np.concatenate((head, run.nodes))
    sizes = np.diff(tape.start)[source]
    start = np.concatenate(([0], np.cumsum(sizes)))
    latest = np.full(len(tape), -1)
    latest[head] = np.arange(len(head))
    args = np.concatenate((latest[tape.args[_edges(tape.start, head)]], _readings(tape, run.nodes, latest, len(head))))
    columns = tape.moved(latest)
    for name in ("attrs", "shapes", "lines"):
        column = getattr(tape, name)
        if column:
            columns[name] = {k: column[i] for k, i in enumerate(source.tolist()) if i in column}
    rest = {name: getattr(tape, name) for name in ("parameters", "layout", "custom")}
    return Tape(ops=tape.ops[source], start=start, args=args, **columns, **rest), latest


def _edges(start: IntArray, nodes: IntArray) -> IntArray:
    """The positions of the nodes' arguments."""
    if not len(nodes):
        return np.zeros(0, dtype=np.int64)
    return np.concatenate([np.arange(start[i], start[i + 1]) for i in nodes.tolist()])


def _readings(tape: Tape, nodes: IntArray, latest: IntArray, first: int) -> IntArray:
    """What each step reads, the values of the steps numbered from `first`; `latest` is left as it is at the end."""
    reads = np.zeros(int(np.diff(tape.start)[nodes].sum()), dtype=np.int64)
    readings(held(nodes), held(tape.start), held(tape.args), held(latest), held(reads), first)
    return reads
