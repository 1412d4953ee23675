"""Which step of a run reads which value, and what may be held or dropped, as loops over the steps.

Number k < `first` is an input's value, the others are what the steps compute (see `runs.Links`).
"""

from __future__ import annotations

from typing import Any, TypeAlias

import cython
import numpy as np

from edgewise.built import held

__all__ = ["Moment", "drop", "given_before", "hold", "mark_needed", "readings", "stages", "step_counts"]

Int: TypeAlias = cython.typedef(cython.longlong)
Marks: TypeAlias = cython.typedef(cython.uchar[::1])  # truth values, to be written
Written: TypeAlias = cython.typedef(cython.longlong[::1])  # whole numbers, to be written
Column: TypeAlias = cython.typedef(cython.const[cython.longlong][::1])  # whole numbers, to be read

CLOSURE = cython.declare(cython.longlong, 24)
"""At most so many steps are put in to have one value again."""


@cython.locals(step=Int, edge=Int)
def readings(nodes: Column, start: Column, args: Column, latest: Written, reads: Written, first: Int) -> None:
    """Fill in what each step reads, one after the other; `latest`, by node, is left as it is at the end."""
    place: Int = 0
    for step in range(len(nodes)):
        for edge in range(start[nodes[step]], start[nodes[step] + 1]):
            reads[place] = latest[args[edge]]
            place += 1
        latest[nodes[step]] = first + step


@cython.locals(step=Int, place=Int)
def mark_needed(reads: Column, offset: Column, needed: Marks, first: Int) -> None:
    """Mark what the marked values are made of."""
    for step in range(len(offset) - 2, -1, -1):
        if needed[first + step]:
            for place in range(offset[step], offset[step + 1]):
                if reads[place] >= 0:
                    needed[reads[place]] = True


@cython.locals(node=Int, edge=Int)
def stages(start: Column, args: Column, behind: cython.const[cython.uchar][::1], level: Written) -> None:
    """Lower each node's level to those of its arguments."""
    for node in range(len(behind)):
        if behind[node]:
            for edge in range(start[node], start[node + 1]):
                if behind[args[edge]]:
                    level[node] = min(level[node], level[args[edge]])


@cython.locals(step=Int)
def given_before(nodes: Column, latest: Written, before: Written, first: Int) -> None:
    """Fill in the value that each step's node was given before, -1 where it is computed for the first time.

    `latest`, by node, comes as -1.
    """
    for step in range(len(nodes)):
        before[step] = latest[nodes[step]]
        latest[nodes[step]] = first + step


@cython.locals(turn=Int, place=Int)
def hold(again: Column, before: Column, last: Written, live: Written, limit: Int) -> np.ndarray:
    """Which steps remain when values are held over the waits `again`, one after the other, while there is room."""
    kept = np.ones(len(before), dtype=bool)
    remains: Marks = held(kept.view(np.uint8))
    same: Written = held(np.arange(len(last)))
    first: Int = len(last) - len(before)
    for turn in range(len(again)):
        step: Int = again[turn]
        value: Int = before[step]
        while same[value] != value:
            value = same[value]
        most: Int = -1
        for place in range(last[value], step):
            most = max(most, live[place])
        if most >= limit:
            continue
        for place in range(last[value], step):
            live[place] += 1
        last[value] = last[first + step]
        same[first + step] = value
        remains[step] = False
    return kept


@cython.cclass
class Moment:
    """A run after step `at`, where `peak` values are held: what each node holds, and when each value is read.

    `coming` is the first step after `at` that reads a value, the number of steps where there is none; `seen` the last
    one up to it, -1 where there is none.
    """

    start: Column
    args: Column
    nodes: Column
    last: Column
    live: Column
    latest: Column
    coming: Written
    seen: Written
    found: Written
    first: Int
    at: Int
    peak: Int

    def __init__(self, tape: Any, links: Any, latest: Any, at: int, peak: int) -> None:
        self.start, self.args = held(tape.start), held(tape.args)
        self.nodes, self.last, self.live = held(links.nodes), held(links.last), held(links.live)
        self.latest, self.at, self.peak = held(latest), at, peak
        self.first = len(links.last) - len(links.nodes)
        self.coming, self.seen = held(np.full(len(links.last), len(links.nodes))), held(np.full(len(links.last), -1))
        self.found = held(np.zeros(CLOSURE, dtype=np.int64))
        _find_readings(self, held(links.reads), held(links.offset))

    def turns(self) -> tuple[Any, Any]:
        """`coming` and `seen` as arrays."""
        return np.asarray(self.coming), np.asarray(self.seen)


@cython.cfunc
@cython.locals(step=Int, place=Int)
def _find_readings(s: Moment, reads: Column, offset: Column) -> cython.void:
    for step in range(len(offset) - 2, -1, -1):
        for place in range(offset[step], offset[step + 1]):
            if reads[place] >= 0:
                if step > s.at:
                    s.coming[reads[place]] = step
                elif s.seen[reads[place]] < 0:
                    s.seen[reads[place]] = step


@cython.cfunc
@cython.locals(edge=Int)
def _closure(s: Moment, value: Int) -> Int:
    """The nodes to compute to have a value again where it is read next, into `found`; how many, 0 where it cannot be.

    They are made of values held after step `at`, which may have to wait longer.
    """
    reader: Int = s.coming[value]
    size: Int = 1
    done: Int = 0
    longer: Int = 0
    s.found[0] = s.nodes[value - s.first]
    while done < size:
        for edge in range(s.start[s.found[done]], s.start[s.found[done] + 1]):
            have: Int = s.latest[s.args[edge]]
            if have == -1:
                continue
            if have >= 0 and s.last[have] > s.at:
                longer += s.last[have] < reader
            elif have < s.first:
                return 0
            elif not _among(s, s.args[edge], size):
                if size == CLOSURE:
                    return 0
                s.found[size] = s.args[edge]
                size += 1
        done += 1
    return size if _has_room(s, reader, size, longer) else 0


@cython.cfunc
@cython.exceptval(check=False)
def _among(s: Moment, node: Int, size: Int) -> cython.bint:
    place: Int = 0
    while place < size and s.found[place] != node:
        place += 1
    return place < size


@cython.cfunc
@cython.exceptval(check=False)
@cython.locals(step=Int)
def _has_room(s: Moment, reader: Int, size: Int, longer: Int) -> cython.bint:
    """Whether fewer than `peak` values are held when so many are put in before the reader, and so many wait longer."""
    if s.live[reader - 1] + size - 1 >= s.peak:
        return False
    if longer > 1:
        for step in range(s.at + 1, reader):
            if s.live[step] + longer - 1 >= s.peak:
                return False
    return True


@cython.locals(place=Int)
def step_counts(s: Moment, values: Column, sizes: Written) -> None:
    """Fill in how many steps would bring each value back, 0 where none can."""
    for place in range(len(values)):
        sizes[place] = _closure(s, values[place])


@cython.locals(turn=Int)
def drop(s: Moment, values: Column, most: Int) -> tuple[list[int], list[int]]:
    """The steps that bring back the first `most` of the values that do not stand in each other's way.

    Returns before which steps they are put in, and their nodes.
    """
    used: Marks = held(np.zeros(len(s.last), dtype=np.uint8))  # values that others are made of
    gone: Marks = held(np.zeros(len(s.last), dtype=np.uint8))
    places: list[int] = []
    steps: list[int] = []
    dropped: Int = 0
    for turn in range(len(values)):
        if dropped == most:
            break
        if used[values[turn]]:
            continue
        size: Int = _closure(s, values[turn])
        if size == 0 or not _apart(s, size, gone):
            continue
        _mark_read(s, size, used)
        gone[values[turn]] = True
        places.extend([s.coming[values[turn]]] * size)
        steps.extend(sorted(np.asarray(s.found)[:size].tolist()))
        dropped += 1
    return places, steps


@cython.cfunc
@cython.locals(place=Int, edge=Int)
def _apart(s: Moment, size: Int, gone: Marks) -> cython.bint:
    """Whether what is put in reads no value that is dropped."""
    for place in range(size):
        for edge in range(s.start[s.found[place]], s.start[s.found[place] + 1]):
            have: Int = s.latest[s.args[edge]]
            if have >= 0 and gone[have]:
                return False
    return True


@cython.cfunc
@cython.locals(place=Int, edge=Int)
def _mark_read(s: Moment, size: Int, used: Marks) -> cython.void:
    for place in range(size):
        for edge in range(s.start[s.found[place]], s.start[s.found[place] + 1]):
            have: Int = s.latest[s.args[edge]]
            if have >= 0:
                used[have] = True
