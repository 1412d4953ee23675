"""The curve of operations against values held: many ways to make runs, an exact count of each, the best ones kept.

No one method is best on every graph, and every run is valid whatever made it. So the curve is searched with all of
them: the binomial course and the unequal-block programme over chains of blocks, minimum cuts between the two sides, and
changes step by step. Choosing what to recompute on a general graph is NP-complete (Naumann, DAG reversal is
NP-complete, Journal of Discrete Algorithms 7, 2009): the points are what was found, not proved to be the least; each
point's two numbers are exact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from itertools import pairwise
from typing import Final

import numpy as np

from edgewise.graph import IntArray
from edgewise.progress import Bar
from edgewise.recompute.blocks import Blocks, Sides, sides
from edgewise.recompute.chain import actions, advances, best_splits
from edgewise.recompute.improve import dropping, holding
from edgewise.recompute.keep import course_keeping, kept_values
from edgewise.recompute.runs import Run, Task, measure

__all__ = ["fitting", "front", "search"]

EVERY: Final = 48
"""Chains of at most so many blocks are reversed with every number of states, longer ones with some of them."""

TRIED: Final = 100_000
"""Large graphs are reversed with fewer numbers of states: so many steps in all, for one choice of borders."""

MERGED: Final = 40
"""Blocks of unequal size are merged to at most so many before the programme over them."""

STEPS: Final = 400_000
"""Runs of more steps than this are not tried, unless they have fewer than thirty times the graph's own."""

WORK: Final = 20_000_000
"""Steps that may be looked at while values are dropped one by one; a count, so that a result depends on no clock."""

PRICES: Final = ((2_500, (1, 20, 50, 100, 200, 400, 700)), (8_000, (20, 100)))
"""The prices of an operation that minimum cuts are made for, where 𝒢 has at most so many nodes."""


def search(task: Task, marked: IntArray, progress: bool | None = None) -> tuple[Run, ...]:
    """Runs along the curve: the graph's own first, then ever fewer values held, none of them beaten by another.

    `marked` are the nodes of ℬ that hold 𝒢's values. An interrupt (Ctrl-C) ends the search with what it has found;
    `progress` shows a bar, by default on terminals and in notebooks.
    """
    found = [measure(task, task.order)]
    fewest = found[0].peak_live
    with suppress(KeyboardInterrupt), Bar("store or recompute", progress) as bar:
        for run in _tried(task, marked, found):
            found.append(run)
            fewest = min(fewest, run.peak_live)
            bar.update(0, f"{len(found):,} runs, at least {fewest:,} values held")
    return (found[0], *(run for run in front(found) if run.peak_live < found[0].peak_live))


def _tried(task: Task, marked: IntArray, found: list[Run]) -> Iterator[Run]:
    """Runs made as a whole, then the best of what was `found` changed."""
    yield from _made(task, marked)
    yield from _changed(task, front(found))


def front(runs: Iterable[Run]) -> list[Run]:
    """The runs that no other beats: operations rise and values held fall along them."""
    best: list[Run] = []
    for run in sorted(runs, key=lambda run: run.cost):
        if not best or run.peak_live < best[-1].peak_live:
            best.append(run)
    return best


def fitting(task: Task, marked: IntArray, curve: Iterable[Run], memory: int) -> Run | None:
    """The run of fewest operations found that holds at most `memory` values, None where there is none."""
    inside = [run for run in curve if run.peak_live <= memory]
    with suppress(KeyboardInterrupt), Bar("store or recompute") as bar:
        for each in _sides(task, marked):
            for borders in each.borders():
                blocks = each.blocks(borders)
                run = _within(task, blocks, memory)
                inside += [run] if run is not None else []
                bar.update(0, f"{len(inside):,} runs with at most {memory:,} values")
    return min((holding(task, run, memory) for run in front(inside)), key=lambda run: run.cost, default=None)


def _sides(task: Task, marked: IntArray) -> list[Sides]:
    return [sides(task, marked, eager=True), sides(task, marked, eager=False)]


def _made(task: Task, marked: IntArray) -> Iterator[Run]:
    """Runs made as a whole."""
    for each in _sides(task, marked):
        if not len(each.forward) or not len(each.backward):
            continue
        yield measure(task, np.concatenate((each.forward, each.backward)))
        # Computing 𝒢's results last holds all inputs to the end.
        few_inputs = 2 * len(task.inputs) <= len(each.forward)
        for borders in each.borders():
            blocks = each.blocks(borders)
            for states in _counts(len(blocks), len(task.order)):
                if _steps(blocks, states) <= max(STEPS, 30 * len(task.order)):
                    for late in (False, True) if few_inputs else (False,):
                        run = _reversed(task, blocks, states, late=late)
                        yield holding(task, run, run.peak_live)
            for run in _unequal(task, blocks.merged(MERGED)):
                yield holding(task, run, run.peak_live)
        yield from _kept(task, each)


def _counts(n: int, size: int) -> list[int]:
    """How many states to try for n blocks of a graph of `size` operations."""
    most = max(8, min(EVERY, TRIED // size))
    if n <= most:
        return list(range(1, n + 1))
    return sorted({round(n ** (2 * k / most)) for k in range(most // 2 + 1)})


def _steps(blocks: Blocks, states: int) -> int:
    """About how many steps the binomial course has."""
    each = len(blocks.sides.forward) / len(blocks)
    return int(each * advances(len(blocks), states)) + len(blocks.sides.task.order)


def _reversed(task: Task, blocks: Blocks, states: int, *, late: bool = False) -> Run:
    """The binomial course; `late`, 𝒢's own results are computed at the end instead of being held to it."""
    course = blocks.course(actions(len(blocks), states))
    return measure(task, np.concatenate((course, blocks.sides.forward)) if late else course)


def _within(task: Task, blocks: Blocks, memory: int) -> Run | None:
    """The binomial course with the most states that holds at most `memory` values, found by bisection."""
    low, high, best = 1, len(blocks), None
    while low <= high:
        states = (low + high) // 2
        run = None
        if _steps(blocks, states) <= max(STEPS, 30 * len(task.order)):
            run = _reversed(task, blocks, states)
        if run is not None and run.peak_live > memory:
            high = states - 1
        else:
            best, low = run or best, states + 1
    return best


def _unequal(task: Task, blocks: Blocks) -> Iterator[Run]:
    """Runs of the programme over blocks of unequal size, for rooms between the least and what holds every state."""
    if len(blocks) < 3:
        return
    width, needs = blocks.width, blocks.saved()
    scale = -(-int(width.sum() + needs.max() + 1) // 256)
    width, needs = -(-width // scale), -(-needs // scale)
    levels = int(width.sum() + needs.max()) + 1
    best, split = best_splits(blocks.cost, width, needs, levels)
    whole = best[0, len(blocks)]
    rooms = [room for room in range(levels) if whole[room] < (whole[room - 1] if room else 1 << 60)]
    for room in rooms[:: max(1, len(rooms) // 16)]:
        course = actions(len(blocks), room, lambda a, b, free: int(split[a, b, free]), width.tolist())
        yield measure(task, blocks.course(course))


def _kept(task: Task, each: Sides) -> Iterator[Run]:
    """Runs that keep what a minimum cut says."""
    prices = next((prices for size, prices in PRICES if len(each.forward) <= size), ())
    if not prices:
        return
    for price in prices:
        run = measure(task, course_keeping(each, kept_values(each, price)))
        yield holding(task, run, run.peak_live)


def _changed(task: Task, curve: list[Run]) -> Iterator[Run]:
    """Runs changed step by step: values dropped, from some points of the curve on; then held where there is room."""
    chosen = curve[:: max(1, len(curve) // 12)]
    found = list(curve)
    for run in chosen:
        attempts = WORK // (len(chosen) * len(run.nodes) + 1)
        for changed in _some(dropping(task, run, min(attempts, 2 * run.peak_live)), run.peak_live):
            better = holding(task, changed, changed.peak_live)
            found.append(better)
            yield better
    # From the fewest values held upwards: what the room up to the next point is worth.
    last = None
    for here, above in pairwise(reversed(front(found))):
        last = here if last is None or here.operations < last.operations else last
        rooms = sorted({here.peak_live + k * (above.peak_live - here.peak_live) // 4 for k in (1, 2, 3, 4)})
        for room in rooms:
            last = holding(task, last, room)
            yield last


def _some(runs: Iterator[Run], peak: int) -> Iterator[Run]:
    """Those runs of a descent that make a visible difference, and the last."""
    shown, waiting = peak, None
    for run in runs:
        waiting = run
        if shown - run.peak_live >= max(1, peak // 50):
            shown, waiting = run.peak_live, None
            yield run
    if waiting is not None:
        yield waiting
