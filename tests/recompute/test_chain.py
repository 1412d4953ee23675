"""Chains: the published optimum, an independent dynamic programme, and exhaustive search."""

from __future__ import annotations

from functools import cache
from math import comb
from typing import Any

import numpy as np
import pytest
from least import least_operations

import edgewise as ew
from edgewise.recompute import Task, measure
from edgewise.recompute.chain import actions, advances, best_splits
from workload_graphs import workload_graph
from workloads import chain, esin


@cache
def fewest(n: int, s: int) -> int:
    """Bellman's equation of Griewank and Walther (2000): run j steps ahead, keep that state, reverse both parts."""
    if n == 1:
        return 0
    if s == 1:
        return n * (n - 1) // 2
    return min(j + fewest(n - j, s - 1) + fewest(j, s) for j in range(1, n))


def test_the_closed_form_is_the_dynamic_programme() -> None:
    for n in range(1, 41):
        for s in range(1, n + 3):
            assert advances(n, s) == fewest(n, s)


@pytest.mark.parametrize("s", range(1, 12))
def test_the_course_takes_the_fewest_steps_and_states(s: int) -> None:
    for n in (*range(1, 61), 200, 997):
        at, held, forwards, reversed_blocks = None, {0}, 0, []
        most = 1
        course = list(actions(n, s))
        for k, action in enumerate(course):
            # A part starts from a state that is kept, or goes on from where the last one stopped.
            assert action.start in held or action.start == at
            if action.start != at or k == 0 or course[k - 1].reverse:
                assert action.start in held
            if action.reverse:
                reversed_blocks.append(action.start)
                held = {state for state in held if state < action.start} | {0}
                at = None
            else:
                held.add(action.start)
                forwards += action.stop - action.start
                at = action.stop
            most = max(most, len(held))
        assert reversed_blocks == list(range(n - 1, -1, -1))
        assert forwards == advances(n, s)
        assert most <= s


def test_the_bound_of_the_repetitions() -> None:
    # The longest chain that s states reverse with every step run r times at most.
    for s in range(1, 8):
        for r in range(1, 6):
            n = comb(s + r, s)
            again = np.zeros(n, dtype=int)
            for action in actions(n, s):
                again[action.start : action.stop] += not action.reverse
            assert again.max() == r
            more = np.zeros(n + 1, dtype=int)
            for action in actions(n + 1, s):
                more[action.start : action.stop] += not action.reverse
            assert more.max() == r + 1


def test_no_steps_or_no_states_is_an_error() -> None:
    with pytest.raises(ValueError, match="0 steps"):
        advances(0, 1)
    with pytest.raises(ValueError, match="0 states"):
        advances(1, 0)


def test_blocks_of_equal_size_are_reversed_as_the_formula_says() -> None:
    n, ones = 12, np.ones(12, dtype=np.int64)
    best, _ = best_splits(ones, ones, np.zeros(12, dtype=np.int64), n + 1)
    for room in range(1, n):
        # The first state is held beside the room, the one being made in it. Each block runs once more on its way back.
        assert best[0, n, room] == advances(n, room) + n


def test_blocks_of_unequal_size() -> None:
    rng = np.random.default_rng(0)
    for _ in range(20):
        n = int(rng.integers(3, 8))
        cost, width, needs = (rng.integers(low, 6, n) for low in (1, 1, 0))
        levels = int(width.sum() + needs.max()) + 1
        best, split = best_splits(cost, width, needs, levels)

        @cache
        def least(a: int, b: int, room: int, data: tuple[tuple[int, ...], ...]) -> float:
            cost, width, needs = data
            if b - a == 1:
                return cost[a] if needs[a] <= room else np.inf
            ways = [
                sum(cost[a:j]) + least(j, b, room - width[j], data) + least(a, j, room, data)
                for j in range(a + 1, b)
                if width[j] <= room
            ]
            # The state before the last block as working memory, not kept.
            return min(ways, default=np.inf)

        data = tuple(tuple(column.tolist()) for column in (cost, width, needs))
        for room in range(levels):
            found, expected = best[0, n, room], least(0, n, room, data)
            assert (found >= 1 << 60) == (expected == np.inf)
            assert found >= 1 << 60 or found == expected
            if found < 1 << 60:
                course = list(actions(n, room, lambda a, b, free, split=split: int(split[a, b, free]), width.tolist()))
                assert sum(cost[a.start : a.stop].sum() for a in course) == found


@pytest.mark.parametrize("n", [2, 3, 5, 8, 13, 21, 30])
@pytest.mark.parametrize("workload", [chain, esin])
def test_graphs_that_are_chains_reach_the_bound(n: int, workload: Any) -> None:
    B = workload_graph(workload(n)).gradient()
    size = len(B.base) // n  # operations of one step; all but the last are read on its way back
    backwards = B.cost().operations - size * n
    beside = {1: 3, 2: 5}[size]  # what is held beside the states: the result, the derivative, and what is being made
    for s in range(1, n):
        point = B.schedule(s + beside)
        assert point.peak_live <= s + beside
        assert point.operations <= backwards + size * advances(n, s) + (size - 1) * n + 1


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_short_chains_have_the_least_of_all_ways(n: int) -> None:
    B = workload_graph(chain(n)).gradient()
    roots = [node for result in B.returns() for node in result.nodes]
    for memory in range(3 if n < 5 else 4, B.cost().peak_live + 1):
        assert B.schedule(memory).operations == least_operations(B.tape, roots, memory)
    with pytest.raises(ew.EdgewiseError):
        B.schedule(2)
    assert least_operations(B.tape, roots, 2) is None


@pytest.mark.slow
def test_a_long_chain() -> None:
    B = workload_graph(chain(700)).gradient()
    point = B.schedule(60)
    assert point.peak_live <= 60
    assert point.operations <= 1400 + advances(700, 57) + 1
    task = Task(B.tape, [node for result in B.returns() for node in result.nodes])
    assert measure(task, point.nodes).cost == (point.operations, point.peak_live)
