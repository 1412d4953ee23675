"""Elimination of parts of vertices: any steps give the Jacobian, cost what was counted, and win where they must."""

from __future__ import annotations

import heapq
import json
import pickle
import random
import zlib
from collections.abc import Iterable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_eliminate import written

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.differentiate import (
    Count,
    PathGraph,
    Step,
    count_steps,
    path_graph,
    resolve_wrt,
    search_order,
    search_steps,
    whole,
)
from edgewise.differentiate.elimination import search, search_parts
from edgewise.differentiate.elimination.edges import Edges
from edgewise.errors import DifferentiationError
from edgewise.graph import Tape
from jacobians import JACOBIANS, layered
from strategies import KINKED, SMOOTH, tapes_with_points

Pair = tuple[Any, Any]


def drawn_steps(draw: Any, graph: PathGraph) -> list[Step]:
    """Steps that each take something: parts drawn from the edges that are left, and every inner vertex once."""
    edges, steps = Edges(graph), []
    order = draw(st.permutations(graph.inner.tolist()))
    for k, v in enumerate(order):
        for _ in range(draw(st.integers(0, 2))):
            w = draw(st.sampled_from(order[k:]))
            copies = edges.copies.get(w, [w])
            tails = sorted({edges.first[t] for c in copies for t in edges.into[c]})
            heads = sorted({edges.first[h] for c in copies for h in edges.out[c]})
            if not tails or not heads:
                continue
            kind = draw(st.integers(0, 2))
            p = draw(st.sampled_from(tails)) if kind != 1 else None
            s = draw(st.sampled_from(heads)) if kind != 0 else None
            if list(edges.eliminate(Step(p, w, s))):
                steps.append(Step(p, w, s))
        list(edges.eliminate(Step(None, v, None)))
        steps.append(Step(None, v, None))
    assert not any(edges.into[v] or edges.out[v] for c in graph.inner.tolist() for v in edges.copies.get(c, [c]))
    return steps


@st.composite
def cases(draw: Any, **options: Any) -> tuple[Tape, list[float], list[int], PathGraph, list[Step]]:
    tape, point = draw(tapes_with_points(**options))
    inputs = list(tape.inputs)
    wanted = draw(st.one_of(st.just(inputs), st.lists(st.integers(0, len(tape) - 1), min_size=1, max_size=4)))
    graph = path_graph(tape, resolve_wrt(tape, wanted).nodes)
    return tape, point, wanted, graph, drawn_steps(draw, graph)


@given(cases(max_outputs=3, max_ops=12))
@settings(deadline=None, max_examples=80)
def test_any_steps_give_the_jacobian_and_cost_what_was_counted(case: Any) -> None:
    tape, point, wanted, graph, steps = case
    G = Graph(tape)
    J = G.jacobian(wanted, order=graph.items_of(steps))
    rows = G.jacobian(wanted, order="reverse").evaluate(*point).outputs
    assert J.evaluate(*point).outputs == pytest.approx(rows, rel=1e-8, abs=1e-8)
    count = count_steps(graph, steps)
    cost = J.cost()
    assert (cost.elimination_multiplications, cost.elimination_additions) == count
    assert cost.products == count.multiplications
    assert written(J) == count
    assert J.simplify().cost().elimination_multiplications == count.multiplications
    for other in (G.jacobian(wanted, order=json.loads(json.dumps(J.order))), pickle.loads(pickle.dumps(J))):
        assert other.order == J.order
        assert other.to_json() == J.to_json()
        assert list(other.edges) == list(J.edges)
    reverse = G.jacobian(wanted, order="markowitz")
    assert [e[:3] for e in J.edges] == [e[:3] for e in reverse.edges]
    assert all(e in J.why(e.product) for e in J.edges)


@given(cases(operations=SMOOTH + KINKED, max_outputs=2, max_ops=12))
@settings(deadline=None, max_examples=60)
def test_branches_and_kinks(case: Any) -> None:
    tape, point, wanted, graph, steps = case
    J = Graph(tape).jacobian(wanted, order=graph.items_of(steps))
    rows = Graph(tape).jacobian(wanted, order="reverse").evaluate(*point).outputs
    assert J.evaluate(*point).outputs == pytest.approx(rows, rel=1e-8, abs=1e-8)
    assert J.simplify().evaluate(*point).outputs == pytest.approx(rows, rel=1e-7, abs=1e-7)


def played(graph: PathGraph, steps: list[Step]) -> int:
    """What the search would count for these steps; more than a million where it has no room for the copies."""
    order = list(dict.fromkeys(step.vertex for step in steps))
    player = search_parts.Player(Edges(graph), order, 1_000, 0)
    number = {v: k for k, v in enumerate(player.vertices)}
    return player.price([[-1 if v is None else number[v] for v in step] for step in steps])


@given(cases(max_outputs=3, max_ops=16))
@settings(deadline=None, max_examples=100)
def test_what_the_search_plays_is_what_elimination_makes(case: Any) -> None:
    *_, graph, steps = case
    assume(steps)
    copies = sum(len(row) - 1 for row in _after(graph, steps).copies.values())
    expected = count_steps(graph, steps).multiplications if copies <= search_parts.COPIES else 1_000_001
    assert played(graph, steps) == expected


def _after(graph: PathGraph, steps: Iterable[Step]) -> Edges:
    edges = Edges(graph)
    for step in steps:
        list(edges.eliminate(step))
    return edges


# --- graphs given by their edges ------------------------------------------------------------------------------------


def linear(pairs: Iterable[Pair]) -> PathGraph:
    """A linearised graph of which nothing is known but its edges (tail, head), tails before heads in this order."""
    pairs = list(pairs)
    place: dict[Any, int] = {}
    left = sorted({v for pair in pairs for v in pair}, key=str)
    while left:
        ready = next(v for v in left if all(p in place for p, s in pairs if s == v))
        place[ready] = len(place)
        left.remove(ready)
    ends = sorted((place[p], place[s]) for p, s in pairs)
    tail, head = (np.array(column, dtype=np.int64) for column in zip(*ends, strict=True))
    n, number = len(place), np.arange(len(ends))
    none = np.zeros(n, dtype=np.int64)
    inner = np.intersect1d(tail, head)
    return PathGraph(None, np.arange(n), number, number, tail, head, inner, none, none, {}, {})  # type: ignore[arg-type]


def least_by_edges(graph: PathGraph, *, vertices: bool = False) -> int:
    """The fewest products by any sequence of edge eliminations (or of vertices), by uniform-cost search over graphs."""
    inner = set(graph.inner.tolist())
    start = frozenset(zip(graph.tail.tolist(), graph.head.tolist(), strict=True))
    least, heap, ticket = {start: 0}, [(0, 0, start)], 0
    while True:
        cost, _, edges = heapq.heappop(heap)
        if cost > least[edges]:
            continue
        if not any(v in inner for edge in edges for v in edge):
            return cost
        steps: list[tuple[set[Pair], set[Pair]]] = []
        for v in inner:
            into, out = {e for e in edges if e[1] == v}, {e for e in edges if e[0] == v}
            if into and out:
                steps += [(into, out)] if vertices else [({e}, out) for e in into] + [(into, {e}) for e in out]
        for into, out in steps:
            v = next(iter(into))[1]
            gone = (into if out == {e for e in edges if e[0] == v} else set()) | (
                out if into == {e for e in edges if e[1] == v} else set()
            )
            after = frozenset((edges - gone) | {(p, s) for p, _ in into for _, s in out})
            if cost + len(into) * len(out) < least.get(after, 1 << 60):
                least[after] = cost + len(into) * len(out)
                ticket += 1
                heapq.heappush(heap, (least[after], ticket, after))


LION = [("a", 1), ("b", 1), (1, 2), (2, "c"), (2, "d"), (2, "e"), (2, "f"), (1, "f")]
"""Naumann's lion graph: the smallest on which some edge elimination beats every order of vertices."""


@pytest.mark.slow
def test_the_lion_graph() -> None:
    graph = linear(LION)
    assert least_by_edges(graph, vertices=True) == search_order(graph)[1].multiplications == 12
    assert least_by_edges(graph) == 11
    steps, count = search_steps(graph)
    assert count == count_steps(graph, steps) == Count(11, 1)


def test_the_lion_graph_as_a_function() -> None:
    a, b = ew.symbols("a b")
    u = a * b
    w = ew.sin(u)
    G = ew.graph([ew.exp(w), ew.cos(w), ew.tanh(w), w * u])
    J = G.jacobian(order="search")
    assert J.order == ((None, G.node(w), G.outputs[3]), G.node(u), G.node(w))
    cost = J.cost()
    assert cost.elimination_multiplications == cost.products == 11
    assert {count.multiplications for count in cost.eliminations.values()} == {12}
    rows = G.jacobian(order="reverse").evaluate(a=0.3, b=-0.8).outputs
    assert J.evaluate(a=0.3, b=-0.8).outputs == pytest.approx(rows, rel=1e-14)
    assert G.jacobian(order=[(None, w, G.outputs[3]), u, w]).to_json() == J.to_json()
    joins = [step for step in J.steps(a=0.3, b=-0.8) if step.action == "join"]
    assert [step.node for step in joins] == [G.node(w)] + [G.node(u)] * 4 + [G.node(w)] * 6


def random_pairs(seed: int) -> list[Pair]:
    """A small graph with 2 or 3 inner vertices, each with edges on both sides."""
    rng = random.Random(seed)
    inner = list(range(rng.randint(2, 3)))
    while True:
        pairs = {(v, w) for v in inner for w in inner if v < w and rng.random() < 0.7}
        pairs |= {(f"a{k}", v) for k in range(3) for v in inner if rng.random() < 0.4}
        pairs |= {(v, f"z{k}") for k in range(3) for v in inner if rng.random() < 0.4}
        if len(pairs) <= 11 and all({0, 1} <= {e.index(v) for e in pairs if v in e} for v in inner):
            return sorted(pairs, key=str)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_as_good_as_every_sequence_of_edges(seed: int) -> None:
    graph = linear(random_pairs(seed))
    _, count = search_steps(graph, evaluations=300_000)
    assert count.multiplications <= least_by_edges(graph) <= least_by_edges(graph, vertices=True)


def two_lions() -> PathGraph:
    """As in Naumann's bat graph: 1 → 2 → 3 beside 1 → 3, where 2 has more neighbours of its own than 1 and 3."""
    pairs = [("a", 1), ("b", 1), (1, 2), (2, 3), (1, 3), (3, "y"), (3, "z")]
    return linear(pairs + [(f"p{k}", 2) for k in range(3)] + [(2, f"s{k}") for k in range(3)])


def test_a_face_that_two_lions_share() -> None:
    graph = two_lions()
    assert least_by_edges(graph, vertices=True) == search_order(graph)[1].multiplications == 34
    steps, count = search_steps(graph, seed=1)
    assert count.multiplications == 32
    assert any(step.tail is not None and step.head is not None for step in steps)
    # The one face costs a product, and takes one edge from 1, from 3 and from what 1 and 3 are joined with.
    one, two, three = graph.inner.tolist()
    by_hand = [Step(one, two, three), *whole([one, three, two])]
    assert count_steps(graph, by_hand).multiplications == 32
    assert count_steps(graph, by_hand[1:]).multiplications == 35


@pytest.mark.slow
@pytest.mark.parametrize(("name", "merged", "most"), [("Black–Scholes", False, 70), ("Black–Scholes", True, 64)])
def test_parts_win_on_a_function(name: str, merged: bool, most: int) -> None:
    (workload,) = (w for w in JACOBIANS if w.name == name)
    G = ew.graph(workload.build(ew, list(ew.symbols("x", shape=workload.size))))
    G = G.simplify("exact") if merged else G
    graph = path_graph(G.tape, G.tape.inputs)
    J = G.jacobian(order="search", evaluations=3_000_000)
    assert J.cost().elimination_multiplications == J.cost().products == most
    assert search_order(graph, evaluations=1_000_000)[1].multiplications == most + 1
    point = np.linspace(0.4, 1.3, workload.size)
    reverse = G.jacobian(order="reverse").evaluate(point).outputs
    assert J.evaluate(point).outputs == pytest.approx(reverse, rel=1e-9, abs=1e-9)


def layered_paths() -> PathGraph:
    workload = layered(5, 5, 1)
    G = ew.graph(workload.build(ew, list(ew.symbols("x", shape=workload.size))))
    return path_graph(G.tape, G.tape.inputs)


def test_the_same_seed_and_evaluations_give_the_same_steps() -> None:
    graph = two_lions()
    first = search_steps(graph, seed=3, evaluations=100_000)
    assert search_steps(graph, seed=3, evaluations=100_000) == first
    assert any(step.partial for step in first[0])


def test_the_search_is_the_same_in_every_build() -> None:
    steps, count = search_steps(two_lions(), seed=3, evaluations=100_000)
    assert (count, zlib.crc32(repr([tuple(step) for step in steps]).encode())) == ((32, 1), 1066195430)


def test_an_interrupt_keeps_the_best_so_far(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = layered_paths()
    vary = search.vary

    def interrupted(*args: Any) -> None:
        vary(*args)
        raise KeyboardInterrupt

    monkeypatch.setattr(search, "vary", interrupted)
    order, count = search_order(graph, evaluations=20_000)
    steps, found = search_steps(graph, evaluations=20_000)
    assert found == count_steps(graph, steps)
    assert found <= count
    assert {step.vertex for step in steps} == set(order)


def test_no_time_means_no_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = layered_paths()
    monkeypatch.setattr(search, "_parted", None)
    for options in ({"seconds": 0.0}, {"evaluations": 9}):
        steps, count = search_steps(graph, **options)  # type: ignore[arg-type]
        assert not any(step.partial for step in steps)
        assert count == count_steps(graph, steps)


@given(cases(max_outputs=3, max_ops=14), st.integers(0, 5))
@settings(deadline=None, max_examples=40)
def test_never_worse_than_whole_vertices(case: Any, seed: int) -> None:
    tape, _, wanted, graph, _ = case
    steps, count = search_steps(graph, seed=seed, evaluations=500)
    assert count == count_steps(graph, steps)
    assert count <= search_order(graph, seed=seed, evaluations=500)[1]
    J = Graph(tape).jacobian(wanted, order="search", seed=seed, evaluations=500)
    assert J.order == graph.items_of(steps)


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ([(0, 2), 2, 3], r"holds \(0, 2\), which is not \(parent, node, consumer\)"),
        ([(None, 2, None), 2, 3], r"holds \(None, 2, None\), which is not"),
        ([(0, 0, None), 2, 3], "names the input x, which is not between inputs and outputs"),
        ([(0, 2.5, None), 2, 3], "holds 2.5, which is not a node number"),
        ([(0, 2, True), 2, 3], "holds True, which is not a node number"),
        ([(99, 2, None), 2, 3], "names node 99 and the graph has the nodes 0 to"),
        ([2, (0, 2, None), 3], "names mul at u2 twice"),
        ([(~0, 2, None), 2, 3], "names the input x as the end of an edge, and it has no such edge"),
        ([(4, 2, None), 2, 3], r"holds \(4, 2, None\), and mul at u2 has no such edges when its turn comes"),
        ([3, (None, 2, 3), 2], r"holds \(None, 2, 3\), and mul at u2 has no such edges"),
        ([(0, 2, None)], "lacks 2 nodes"),
    ],
)
def test_parts_that_do_not_fit(order: Any, says: str) -> None:
    x, y = ew.symbols("x y")
    a = ew.sin(x * y)
    G = ew.graph([a * x, a + 1])
    with pytest.raises(DifferentiationError, match=says):
        G.jacobian(order=order)


def test_an_output_that_is_read_on_is_named_as_an_end() -> None:
    x, y = ew.symbols("x y")
    u = x * y
    w = ew.sin(u)
    G = ew.graph([w, w * u, ew.exp(w)])
    i, j = G.node(u), G.node(w)
    rows = G.jacobian(order="reverse").evaluate(x=0.3, y=0.7).outputs
    for order in ([(None, i, ~j), i, j], [(0, i, ~j), j, i], [(0, i, j), j, i]):
        J = G.jacobian(order=order)
        assert J.order == tuple(order)
        assert J.evaluate(x=0.3, y=0.7).outputs == pytest.approx(rows, rel=1e-14)


def test_faces_taken_one_by_one_are_an_edge_taken_at_once() -> None:
    """What is left of the vertex are two copies with the same edge out: one again, before anything is made twice."""
    graph = linear([(p, v) for p in "st" for v in (1, 2)] + [(1, 3), (2, 3), (3, "y"), (3, "z")])
    one, two, three = graph.inner.tolist()
    (y,) = (head for head in graph.head.tolist() if head == three + 1)
    rest = whole([one, two, three])
    assert count_steps(graph, [Step(None, three, y), *rest]) == Count(12, 4)
    one_by_one = [Step(one, three, y), Step(two, three, y), *rest]
    assert count_steps(graph, one_by_one) == Count(12, 4)
    assert played(graph, one_by_one) == 12


def test_what_copies_lead_to_is_made_once() -> None:
    graph = linear([("a", 1), ("b", 1), (1, 2), (1, "x"), (2, "y"), (2, "z")])
    one, two = graph.inner.tolist()
    a, x = int(graph.tail[0]), int(graph.head[graph.tail == one].max())
    steps = [Step(a, one, x), *whole([two, one])]
    # A face, two products for both copies of 1, and the five other faces that are left of 1.
    assert count_steps(graph, steps).multiplications == played(graph, steps) == 8


def test_a_step_takes_the_edges_of_all_copies() -> None:
    graph = linear([("a", 1), ("b", 1), (1, 2), (1, "x"), (2, "y"), (2, "z"), ("c", 2)])
    one, two = graph.inner.tolist()
    a, x = int(graph.tail[graph.head == one].min()), max(set(graph.head[graph.tail == one].tolist()) - {two})
    edges = _after(graph, [Step(a, one, x), Step(one, two, None)])
    assert len(edges.copies[one]) == 2
    assert one not in {edges.first[t] for t in edges.into[two]}


def test_a_sum_that_two_ends_share_is_written_once() -> None:
    x = ew.symbols("x")
    u = ew.sin(x)
    w = ew.exp(u)
    G = ew.graph(w * u)
    rows = G.jacobian(["x", u], order="reverse").evaluate(x=0.4).outputs
    for order in ([w, u], [(u, w, None), w, u]):
        J = G.jacobian(["x", u], order=order)
        assert written(J) == J.cost().eliminations["markowitz"] == (2, 1)
        assert J.evaluate(x=0.4).outputs == pytest.approx(rows, rel=1e-14)
