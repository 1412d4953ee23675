"""Changing a run step by step: holding a value again where there is room, and dropping one where there is none.

Both keep the numbers whatever they do, for every reading takes the value given last; both look at the count of values
held after each step; their loops over the steps are in `readings`.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from edgewise.built import held
from edgewise.graph import IntArray
from edgewise.recompute.readings import Moment, drop, given_before, hold, step_counts
from edgewise.recompute.runs import Links, Run, Task, link, run_of

__all__ = ["dropping", "holding"]


def holding(task: Task, run: Run, limit: int) -> Run:
    """The run with fewer steps: where `limit` leaves room for a value until it is computed again, it is held instead.

    Short waits come first: they take the least room for the same saving. Never more values held than `limit`, or than
    before where that is more.
    """
    first = len(task.inputs)
    while len(run.nodes) > len(task.order):
        links = link(task, run.nodes)
        before = np.zeros(len(run.nodes), dtype=np.int64)
        given_before(held(run.nodes), held(np.full(len(task.tape), -1)), held(before), first)
        again = np.flatnonzero(before >= 0)
        waits = again - links.last[before[again]]
        again = again[np.argsort(waits, kind="stable")]
        kept = hold(held(again), held(before), held(links.last.copy()), held(links.live.copy()), limit)
        if kept.all():
            break
        run = run_of(task, link(task, run.nodes[kept]))
    return run


def dropping(task: Task, run: Run, steps: int) -> Iterator[Run]:
    """Runs with ever fewer values held, from this one down to where no way is found, or `steps` attempts are used up.

    At the step where the most values are held, those are dropped that wait for a long time, while much is held, for
    their next reading, and can be had again by few operations from what is held in any case: the rule by which
    registers are spilled, with rematerialisation (Briggs, Cooper and Torczon, PLDI 1992) in place of a spill.
    """
    least = run.peak_live
    for _ in range(steps):
        links = link(task, run.nodes)
        peak = int(links.live.max(initial=0))
        if peak <= len(task.inputs):
            return
        at = int(np.argmax(links.live))
        places, nodes = _insertions(task, links, at, peak, max(1, peak // 64))
        if not len(places):
            return
        run = run_of(task, link(task, np.insert(run.nodes, places, nodes)))
        if run.peak_live < least:
            least = run.peak_live
            yield run


def _insertions(task: Task, links: Links, at: int, peak: int, most: int) -> tuple[IntArray, IntArray]:
    """Steps to put in, and before which steps, so that fewer values are held after step `at`."""
    first = len(task.inputs)
    crowd = np.concatenate(([0], np.cumsum(links.live * 8 >= peak * 7)))
    latest = task.sources.copy()
    latest[links.nodes[: at + 1]] = first + np.arange(at + 1)
    moment = Moment(task.tape, links, latest, at, peak)
    coming, seen = moment.turns()
    waiting = np.flatnonzero(links.last > at)
    waiting = waiting[(waiting >= first) & (waiting <= first + at)]
    result = task.is_root[links.nodes[waiting - first]]
    # Results are put off only where nothing else helps: what they are made of waits in their place.
    for some in (waiting[~result], waiting[result]):
        spread = crowd[coming[some]] - crowd[np.maximum(seen[some], some - first)]
        sizes = np.zeros(len(some), dtype=np.int64)
        step_counts(moment, held(some), held(sizes))
        # A value that has not been read yet is not computed twice: it is computed later.
        effort = np.maximum(sizes - (seen[some] < 0), 0)
        good = np.flatnonzero(sizes > 0)
        if len(good):
            order = good[np.lexsort((some[good], -spread[good] / (effort[good] + 0.01)))]
            places, nodes = drop(moment, held(some[order]), most)
            return np.array(places, dtype=np.int64), np.array(nodes, dtype=np.int64)
    none = np.zeros(0, dtype=np.int64)
    return none, none
