"""Changing a run step by step: holding a value again where there is room, and dropping one where there is none.

Both keep the numbers whatever they do, for every reading takes the value given last; both look at the count of values
held after each step, and are loops over the steps.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from edgewise.graph import IntArray
from edgewise.native import native
from edgewise.recompute.runs import Run, Task, link, run_of

__all__ = ["dropping", "holding"]

CLOSURE: Final = 24
"""At most so many steps are put in to have one value again."""


def holding(task: Task, run: Run, limit: int) -> Run:
    """The run with fewer steps: where `limit` leaves room for a value until it is computed again, it is held instead.

    Short waits come first: they take the least room for the same saving. Never more values held than `limit`, or than
    before where that is more.
    """
    first = len(task.inputs)
    while len(run.nodes) > len(task.order):
        links = link(task, run.nodes)
        before = _before(run.nodes, np.full(len(task.tape), -1), first)
        again = np.flatnonzero(before >= 0)
        waits = again - links.last[before[again]]
        again = again[np.argsort(waits, kind="stable")]
        kept = _hold(again, before, links.last.copy(), links.live.copy(), first, limit)
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


def _insertions(task: Task, links: Any, at: int, peak: int, most: int) -> tuple[IntArray, IntArray]:
    """Steps to put in, and before which steps, so that fewer values are held after step `at`."""
    tape, first = task.tape, len(task.inputs)
    crowd = np.concatenate(([0], np.cumsum(links.live * 8 >= peak * 7)))
    latest = task.sources.copy()
    latest[links.nodes[: at + 1]] = first + np.arange(at + 1)
    coming, seen = _next_readings(links.reads, links.offset, len(links.last), at)
    coming[coming < 0] = len(links.nodes)  # a result is read by nobody, at the end
    held = np.flatnonzero(links.last > at)
    held = held[(held >= first) & (held <= first + at)]
    columns = (tape.start, tape.args, links.nodes, links.last, links.live, latest, first, at, peak)
    result = task.is_root[links.nodes[held - first]]
    # Results are put off only where nothing else helps: what they are made of waits in their place.
    for some in (held[~result], held[result]):
        spread = crowd[coming[some]] - crowd[np.maximum(seen[some], some - first)]
        sizes = _sizes(some, coming, *columns)
        # A value that has not been read yet is not computed twice: it is computed later.
        effort = np.maximum(sizes - (seen[some] < 0), 0)
        good = np.flatnonzero(sizes > 0)
        if len(good):
            order = good[np.lexsort((some[good], -spread[good] / (effort[good] + 0.01)))]
            places, nodes = _drop(some[order], coming, most, *columns)
            return places, nodes
    none = np.zeros(0, dtype=np.int64)
    return none, none


@native
def _before(nodes: Any, latest: Any, first: Any) -> Any:
    """The value that each step's node was given before, -1 where it is computed for the first time."""
    before = np.full(len(nodes), -1)
    for t in range(len(nodes)):
        before[t] = latest[nodes[t]]
        latest[nodes[t]] = first + t
    return before


@native
def _hold(again: Any, before: Any, last: Any, live: Any, first: Any, limit: Any) -> Any:
    """Which steps remain when values are held over the waits `again`, one after the other, while there is room."""
    kept = np.ones(len(before), dtype=np.bool_)
    same = np.arange(len(last))
    for t in again:
        value = before[t]
        while same[value] != value:
            value = same[value]
        wait = live[last[value] : t]
        if len(wait) == 0 or wait.max() < limit:
            wait += 1
            last[value] = last[first + t]
            same[first + t] = value
            kept[t] = False
    return kept


@native
def _next_readings(reads: Any, offset: Any, count: Any, at: Any) -> Any:
    """The first step after `at` that reads each value, and the last one up to it; -1 where there is none."""
    coming = np.full(count, -1)
    seen = np.full(count, -1)
    for t in range(len(offset) - 2, -1, -1):
        for o in range(offset[t], offset[t + 1]):
            value = reads[o]
            if value >= 0:
                if t > at:
                    coming[value] = t
                elif seen[value] < 0:
                    seen[value] = t
    return coming, seen


@native
def _closure(
    value: Any, reader: Any, found: Any, start: Any, args: Any, nodes: Any, last: Any, live: Any, latest: Any,
    first: Any, at: Any, peak: Any,
) -> Any:  # fmt: skip
    """The nodes to compute before step `reader` to have a value again, into `found`; how many, 0 where it cannot be.

    They are made of values held after step `at`, which may have to wait longer.
    """
    found[0] = nodes[value - first]
    size, done, longer = 1, 0, 0
    while done < size:
        i = found[done]
        done += 1
        for e in range(start[i], start[i + 1]):
            j = args[e]
            have = latest[j]
            if have == -1:
                continue
            if have >= 0 and last[have] > at:
                if last[have] < reader:
                    longer += 1
                continue
            if have < first:
                return 0
            new = True
            for k in range(size):
                if found[k] == j:
                    new = False
            if new:
                if size == len(found):
                    return 0
                found[size] = j
                size += 1
    if live[reader - 1] + size - 1 >= peak:
        return 0
    if longer > 1:
        for x in range(at + 1, reader):
            if live[x] + longer - 1 >= peak:
                return 0
    return size


@native
def _sizes(
    held: Any, coming: Any, start: Any, args: Any, nodes: Any, last: Any, live: Any, latest: Any, first: Any, at: Any,
    peak: Any,
) -> Any:  # fmt: skip
    """How many steps would bring each value back, 0 where none can."""
    sizes = np.zeros(len(held), dtype=np.int64)
    found = np.zeros(CLOSURE, dtype=np.int64)
    for k in range(len(held)):
        reader = coming[held[k]]
        sizes[k] = _closure(held[k], reader, found, start, args, nodes, last, live, latest, first, at, peak)
    return sizes


@native
def _drop(
    held: Any, coming: Any, most: Any, start: Any, args: Any, nodes: Any, last: Any, live: Any, latest: Any, first: Any,
    at: Any, peak: Any,
) -> Any:  # fmt: skip
    """The steps that bring back the first `most` of the values that do not stand in each other's way."""
    places = np.zeros(CLOSURE * most, dtype=np.int64)
    steps = np.zeros(CLOSURE * most, dtype=np.int64)
    found = np.zeros(CLOSURE, dtype=np.int64)
    used = np.zeros(len(last), dtype=np.bool_)  # values that others are made of
    gone = np.zeros(len(last), dtype=np.bool_)
    count, dropped = 0, 0
    for value in held:
        if dropped == most:
            break
        if used[value]:
            continue
        reader = coming[value]
        size = _closure(value, reader, found, start, args, nodes, last, live, latest, first, at, peak)
        free = size > 0
        for k in range(size):
            for e in range(start[found[k]], start[found[k] + 1]):
                have = latest[args[e]]
                if have >= 0 and gone[have]:
                    free = False
        if not free:
            continue
        for k in range(size):
            for e in range(start[found[k]], start[found[k] + 1]):
                have = latest[args[e]]
                if have >= 0:
                    used[have] = True
        gone[value] = True
        order = np.sort(found[:size])
        for k in range(size):
            places[count] = reader
            steps[count] = order[k]
            count += 1
        dropped += 1
    return places[:count], steps[:count]
