"""The search for elimination orders: optimal on small graphs, never worse than the simple orders, repeatable."""

from __future__ import annotations

import io
import itertools
import time
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.differentiate import PathGraph, count_forward, count_order, count_reverse, markowitz, path_graph
from edgewise.differentiate.elimination import elimination_cost, search
from edgewise.differentiate.elimination.search import EXACT, Budget, search_order
from edgewise.errors import DifferentiationError
from edgewise.graph import Tape
from jacobians import JACOBIANS, PUBLISHED, layered
from peers import where_loops_are_compiled
from strategies import tapes
from workloads import Workload


class Functions:
    def __getattr__(self, name: str) -> Any:
        return getattr(ew, name)


def graph_of(workload: Workload) -> Graph:
    return ew.graph(workload.build(Functions(), list(ew.symbols("x", shape=workload.size))))


def paths_of(workload: Workload) -> PathGraph:
    graph = graph_of(workload)
    return path_graph(graph.tape, graph.tape.inputs)


def simple_best(graph: PathGraph) -> int:
    found = markowitz(graph)
    assert found is not None
    return min(found[1], count_forward(graph), count_reverse(graph)).multiplications


@given(tapes(max_ops=7, max_outputs=3))
@settings(deadline=None, max_examples=60)
def test_optimal_on_tiny_graphs(tape: Tape) -> None:
    graph = path_graph(tape, tape.inputs)
    assume(len(graph.inner) <= 6)
    best = min(count_order(graph, order).multiplications for order in itertools.permutations(graph.inner.tolist()))
    order, count = search_order(graph, evaluations=0)
    assert sorted(order) == graph.inner.tolist()
    assert count == count_order(graph, order)
    assert count.multiplications == best


@given(tapes(max_ops=12, max_outputs=4))
@settings(deadline=None, max_examples=30, suppress_health_check=[HealthCheck.filter_too_much])
def test_annealing_finds_the_optimum_that_is_proved(tape: Tape) -> None:
    graph = path_graph(tape, tape.inputs)
    assume(6 <= len(graph.inner) <= 11)
    safe, before, behind = search._without_safe(graph)
    inner = np.setdiff1d(graph.inner, safe)
    assume(len(inner) > 1)
    exact = elimination_cost.cheapest_order(elimination_cost.Walk(before, behind, graph, inner, 3))
    walk = elimination_cost.Walk(before, behind, graph, inner, 3)
    annealed = search._annealed(walk, len(inner), Budget(None, 50_000), lambda *_: None)
    whole = [[*safe, *order] for order in (exact, annealed)]
    assert count_order(graph, whole[0]).multiplications == count_order(graph, whole[1]).multiplications


@given(tapes(max_ops=30, max_outputs=4), st.integers(0, 5), st.integers(0, 300))
@settings(deadline=None, max_examples=60)
def test_never_worse_than_the_simple_orders(tape: Tape, seed: int, evaluations: int) -> None:
    graph = path_graph(tape, tape.inputs)
    order, count = search_order(graph, seed=seed, evaluations=evaluations)
    assert sorted(order) == graph.inner.tolist()
    assert count == count_order(graph, order)
    assert count.multiplications <= simple_best(graph)


@given(tapes(max_ops=30, max_outputs=3), st.data())
@settings(deadline=None, max_examples=40)
def test_the_cost_of_a_move_is_the_cost_of_the_order(tape: Tape, data: Any) -> None:
    """What the walk around a vertex counts is what elimination makes, at every vertex of any order."""
    graph = path_graph(tape, data.draw(st.lists(st.integers(0, len(tape) - 1), min_size=1, max_size=4)))
    assume(len(graph.inner))
    order = data.draw(st.permutations(graph.inner.tolist()))
    walk = elimination_cost.Walk(*graph.neighbours(), graph, order, 0)
    assert elimination_cost.price(walk) == count_order(graph, order).multiplications


@given(tapes(max_ops=30, max_outputs=3))
@settings(deadline=None, max_examples=40)
def test_what_is_safe_to_eliminate_first_is(tape: Tape) -> None:
    graph = path_graph(tape, tape.inputs)
    safe, before, behind = search._without_safe(graph)
    left = [v for v in graph.inner.tolist() if v not in set(safe)]
    # Each costs one product, and any order of the others is no dearer behind them than around them.
    assert count_order(graph, safe).multiplications == len(safe)
    order = left[::-1]
    mixed = sorted(graph.inner.tolist(), reverse=True)
    assert count_order(graph, [*safe, *order]).multiplications <= count_order(graph, mixed).multiplications
    assert not any(before[v] or behind[v] for v in safe)


def test_the_same_seed_and_evaluations_give_the_same_order() -> None:
    graph = paths_of(JACOBIANS[0])
    assert len(graph.inner) > EXACT
    first = search_order(graph, seed=5, evaluations=20_000)
    assert search_order(graph, seed=5, evaluations=20_000) == first
    assert search_order(graph, seed=6, evaluations=20_000)[0] != first[0]


def test_how_moves_are_sliced_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = paths_of(JACOBIANS[1])
    first = search_order(graph, evaluations=30_000)
    monkeypatch.setattr(search, "SLICE", 1e-9)
    assert search_order(graph, evaluations=30_000) == first


def test_the_search_is_the_same_in_every_build() -> None:
    order, count = search_order(paths_of(layered(5, 6, 1)), evaluations=5_000)
    assert (count, zlib.crc32(repr(order).encode())) == ((114, 38), 436922929)


# Multiplications: forward, reverse, Markowitz as published for the first two; what 300,000 evaluations reach.
FIGURES = {
    "Roe flux 1-D": (620, 364, 407, 295),
    "6-DOF arm": (397, 301, 288, 221),
    "human heart dipole": (240, 172, 194, 148),
    "propane combustion": (151, 90, 111, 88),
    "Black–Scholes": (161, 92, 78, 71),
    "Kerr–Sen metric": (43, 56, 41, 38),
}


@where_loops_are_compiled  # minutes in plain Python, and the search is the same
@pytest.mark.parametrize("workload", [w for w in JACOBIANS if w.name in FIGURES], ids=lambda w: w.name)
def test_figures(workload: Workload) -> None:
    G = graph_of(workload)
    J = G.jacobian(order="search", evaluations=300_000)
    cost = J.cost()
    simple = [cost.eliminations[name].multiplications for name in ("forward", "reverse", "markowitz")]
    *expected, reached = FIGURES[workload.name]
    assert simple == expected
    assert cost.elimination_multiplications == cost.products <= reached
    assert reached < PUBLISHED.get(workload.name, np.inf)
    # For Roe's flux two states whose speed of sound is real with this γ.
    point = [1.0, 2.0, 0.5, 1.2, 2.5, 0.6] if workload is JACOBIANS[0] else np.linspace(0.4, 1.3, workload.size)
    reverse = G.jacobian(order="reverse").evaluate(point).outputs
    assert J.evaluate(point).outputs == pytest.approx(reverse, rel=1e-9, abs=1e-7)


@pytest.mark.slow
@pytest.mark.parametrize(("workload", "most"), [(JACOBIANS[0], 272), (JACOBIANS[1], 189)], ids=["roe", "arm"])
def test_figures_with_common_subexpressions_merged(workload: Workload, most: int) -> None:
    J = graph_of(workload).simplify("exact").jacobian(order="search", evaluations=1_500_000)
    assert J.cost().elimination_multiplications <= most


@pytest.mark.parametrize("workload", [w for w in JACOBIANS if w.name not in FIGURES], ids=lambda w: w.name)
def test_tasks_that_nobody_tuned_for(workload: Workload) -> None:
    graph = paths_of(workload)
    _, count = search_order(graph, evaluations=100_000)
    assert count.multiplications < simple_best(graph)


def test_an_interrupt_keeps_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = paths_of(JACOBIANS[0])
    calls = itertools.count()
    run = search.anneal

    def interrupted(*args: Any) -> None:
        run(*args)
        if next(calls) == 60:
            raise KeyboardInterrupt

    monkeypatch.setattr(search, "anneal", interrupted)
    order, count = search_order(graph, evaluations=10**9)
    assert next(calls) == 61
    assert sorted(order) == graph.inner.tolist()
    assert count == count_order(graph, order)
    assert count.multiplications < simple_best(graph)


def test_the_clock_ends_the_search(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = paths_of(JACOBIANS[0])
    now = itertools.count()
    monkeypatch.setattr(time, "monotonic", lambda: float(next(now)))
    order, count = search_order(graph, seconds=200.0)
    assert sorted(order) == graph.inner.tolist()
    assert count.multiplications <= simple_best(graph)
    assert 200 < next(now) < 260
    none, count = search_order(graph, seconds=0)
    assert sorted(none) == graph.inner.tolist()
    assert count.multiplications <= simple_best(graph)


def test_the_bar_shows_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = paths_of(JACOBIANS[0])
    for show, expected in ((True, True), (None, False), (False, False)):
        out = io.StringIO()
        monkeypatch.setattr("sys.stderr", out)
        _, count = search_order(graph, evaluations=20_000, progress=show)
        assert (f"elimination order: {count.multiplications} products" in out.getvalue()) is expected


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"evaluations": -1}, "a search of -1 evaluations; give a number of moves"),
        ({"evaluations": True}, "a search of True evaluations"),
        ({"seconds": -0.5}, "a search of -0.5 seconds"),
        ({"seconds": float("nan")}, "a search of nan seconds"),
        ({"seed": "a"}, "the seed 'a'"),
    ],
)
def test_options_that_make_no_sense(options: dict[str, Any], says: str) -> None:
    with pytest.raises(DifferentiationError, match=says):
        ew.parse("[x*y, sin(x*y)]").jacobian(order="search", **options)


def test_options_of_a_search_belong_to_a_search() -> None:
    with pytest.raises(DifferentiationError, match="the options seed, evaluations belong to a search"):
        ew.parse("x*y").jacobian(order="markowitz", seed=1, evaluations=5)
