"""Vertex elimination: any order gives the Jacobian, and costs what the graph as written shows."""

from __future__ import annotations

import itertools
import json
import pickle
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
import oracles
from edgewise import differentiate as diff
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.api.graph import Graph
from edgewise.differentiate import (
    PathGraph,
    count_forward,
    count_order,
    count_reverse,
    markowitz,
    path_graph,
    resolve_wrt,
)
from edgewise.errors import DifferentiationError, InputError
from edgewise.evaluate import cost_of, local_partial
from edgewise.graph import Edge, Tape
from edgewise.ops import CODE, template_of
from strategies import EVERY, KINKED, SMOOTH, tapes, tapes_with_points


def linear_edges(tape: Tape) -> list[Edge]:
    """The edges whose partials are not zero everywhere: what is 0 times something, or 0 over it, is one as well."""
    zeros = {node for node, value in tape.constants().items() if value == 0}
    for node in range(len(tape)):
        args, name = tape.arguments(node), tape.op(node).name
        if (name == "mul" and not zeros.isdisjoint(args)) or (name in ("div", "neg") and args[0] in zeros):
            zeros.add(node)

    def times_zero(e: Edge) -> bool:
        args = tape.arguments(e.consumer)
        return tape.op(e.consumer).name in ("mul", "div")[: 1 + e.position] and args[1 - e.position] in zeros

    return [
        e for e in tape.edges()
        if template_of(tape.op(e.consumer), e.position, tape.attrs.get(e.consumer)) and not times_zero(e)
    ]  # fmt: skip


def edges_on_paths(tape: Tape) -> list[Edge]:
    """The edges on some path from an input to an output, by plain search."""
    edges, below, above = linear_edges(tape), set(tape.inputs), set(tape.outputs)
    for e in edges:
        if e.parent in below:
            below.add(e.consumer)
    for e in reversed(edges):
        if e.consumer in above:
            above.add(e.parent)
    return [e for e in edges if e.parent in below and e.consumer in above]


def inner_nodes(tape: Tape) -> list[int]:
    """The nodes with an edge in and an edge out."""
    on_path = edges_on_paths(tape)
    return sorted({e.parent for e in on_path} & {e.consumer for e in on_path})


@st.composite
def tapes_with_orders(draw: Any, **options: Any) -> tuple[Tape, list[float], list[int]]:
    tape, point = draw(tapes_with_points(**options))
    return tape, point, draw(st.permutations(inner_nodes(tape)))


class Reference:
    """Elimination on a dictionary of numbers: the definition, with neither graph nor record."""

    def __init__(self, tape: Tape, values: list[float]) -> None:
        self.edges: dict[tuple[int, int], float] = {}
        self.multiplications = self.additions = 0
        for e in edges_on_paths(tape):
            partial = float(local_partial(tape, e, values))
            self.additions += (e.parent, e.consumer) in self.edges
            self.edges[e.parent, e.consumer] = self.edges.get((e.parent, e.consumer), 0.0) + partial
        # An output that is read on, as an end of its own.
        self.outputs = {}
        for o in tape.outputs:
            self.outputs[o] = o if not any(p == o for p, _ in self.edges) else -1 - o
            if self.outputs[o] < 0 and o not in tape.inputs:
                self.edges[o, self.outputs[o]] = 1.0

    def eliminate(self, v: int) -> None:
        into = {p: x for (p, s), x in self.edges.items() if s == v}
        out = {s: x for (p, s), x in self.edges.items() if p == v}
        self.edges = {key: x for key, x in self.edges.items() if v not in key}
        for (p, x), (s, y) in itertools.product(into.items(), out.items()):
            self.multiplications += s != -1 - v
            self.additions += (p, s) in self.edges
            self.edges[p, s] = self.edges.get((p, s), 0.0) + x * y

    def jacobian(self, tape: Tape) -> list[float]:
        return [1.0 if o == i else self.edges.get((i, self.outputs[o]), 0.0) for o in tape.outputs for i in tape.inputs]


@given(tapes_with_orders(max_outputs=3))
@settings(deadline=None, max_examples=120)
def test_any_order_gives_the_jacobian_and_costs_what_was_counted(case: tuple[Tape, list[float], list[int]]) -> None:
    tape, point, order = case
    G = Graph(tape)
    J = G.jacobian(order=order)
    reference = Reference(tape, list(G.evaluate(*point).values))
    for v in order:
        reference.eliminate(v)
    rows = G.jacobian(order="reverse").evaluate(*point).outputs
    columns = G.jacobian(order="forward").evaluate(*point).outputs
    assert J.order == tuple(order)
    assert J.evaluate(*point).outputs == pytest.approx(rows, rel=1e-8, abs=1e-8)
    assert J.evaluate(*point).outputs == pytest.approx(columns, rel=1e-8, abs=1e-8)
    assert J.evaluate(*point).outputs == pytest.approx(reference.jacobian(tape), rel=1e-8, abs=1e-8)
    cost = J.cost()
    assert (cost.elimination_multiplications, cost.elimination_additions) == (
        reference.multiplications,
        reference.additions,
    )
    assert written(J) == (reference.multiplications, reference.additions)
    graph = path_graph(tape, tape.inputs)
    vertices = {int(graph.node[v]): int(v) for v in graph.inner}
    assert count_order(graph, [vertices[i] for i in order]) == (reference.multiplications, reference.additions)


def written(J: DerivativeGraph) -> tuple[int, int]:
    """Products and sums in the new nodes of a graph without branches, those of the partials aside."""
    n = len(J.base)
    partial: set[int] = set()
    todo = [entry.partial for entry in J.edges]
    while todo:
        node = todo.pop()
        if node >= n and node not in partial:
            partial.add(node)
            todo += J.arguments(node)
    own = [J.tape.ops[node] for node in range(n, len(J.tape)) if node not in partial]
    return sum(code == CODE["mul"] for code in own), sum(code == CODE["add"] for code in own)


@given(tapes(max_outputs=3))
@settings(deadline=None, max_examples=80)
def test_forward_and_reverse_are_counted_without_eliminating(tape: Tape) -> None:
    graph = path_graph(tape, tape.inputs)
    assert count_forward(graph) == count_order(graph, graph.inner.tolist())
    assert count_reverse(graph) == count_order(graph, graph.inner[::-1].tolist())


@given(tapes(max_outputs=3), st.data())
@settings(deadline=None, max_examples=80)
def test_inner_nodes_may_be_wanted(tape: Tape, data: Any) -> None:
    wanted = data.draw(st.lists(st.integers(0, len(tape) - 1), min_size=1, max_size=4))
    point = data.draw(st.just([0.3, -0.4, 0.7, 1.1][: len(tape.inputs)]))
    graph = path_graph(tape, resolve_wrt(tape, wanted).nodes)
    assert count_forward(graph) == count_order(graph, graph.inner.tolist())
    assert count_reverse(graph) == count_order(graph, graph.inner[::-1].tolist())
    order = data.draw(st.permutations(graph.node[graph.inner].tolist()))
    J = Graph(tape).jacobian(wanted, order=order)
    expected = Graph(tape).jacobian(wanted, order="reverse").evaluate(*point).outputs
    assert J.evaluate(*point).outputs == pytest.approx(expected, rel=1e-8, abs=1e-8)
    assert J.cost().elimination_multiplications == J.cost().products


@given(tapes_with_orders(max_ops=8, max_outputs=2))
@settings(deadline=None, max_examples=20)
def test_any_order_against_mpmath(case: tuple[Tape, list[float], list[int]]) -> None:
    tape, point, order = case
    got = Graph(tape).jacobian(order=order).evaluate(*point).outputs
    exact = [value for output in tape.outputs for value in oracles.mp_gradient(tape, point, output)]
    for value, truth in zip(got, exact, strict=True):
        assert oracles.close(value, mp.mpf(truth), 1e-7, 1e-8)


def test_any_order_against_sympy() -> None:
    import sympy as sp

    x, y = sp.symbols("x y")
    F = sp.Matrix([sp.sin(x * y) * sp.exp(x), sp.sin(x * y) / (1 + y**2)])
    G = ew.graph([*F])
    truth = F.jacobian([x, y]).subs({x: sp.Rational(1, 3), y: sp.Rational(-5, 4)}).evalf(30)
    inner = inner_nodes(G.tape)
    assert len(inner) >= 4
    for order in itertools.islice(itertools.permutations(inner), 0, 720, 31):
        got = G.jacobian(["x", "y"], order=order).evaluate(x=1 / 3, y=-1.25).outputs
        assert got == pytest.approx([float(v) for v in truth], rel=1e-13)


@given(tapes_with_orders(operations=SMOOTH + KINKED, max_outputs=2))
@settings(deadline=None, max_examples=80)
def test_branches_and_kinks(case: tuple[Tape, list[float], list[int]]) -> None:
    tape, point, order = case
    expected = Graph(tape).jacobian(order="reverse").evaluate(*point).outputs
    assert Graph(tape).jacobian(order=order).evaluate(*point).outputs == pytest.approx(expected, rel=1e-8, abs=1e-8)


@given(tapes(operations=EVERY, max_outputs=2, max_ops=12))
@settings(deadline=None, max_examples=60)
def test_every_operation_is_eliminated(tape: Tape) -> None:
    J = Graph(tape).jacobian(order="markowitz")
    assert sorted(J.order) == inner_nodes(tape)
    J.tape.check()


def test_a_branch_not_taken_stays_out() -> None:
    x = ew.symbols("x")
    G = ew.graph(ew.where(x > 0, ew.sqrt(x) * 3, x))
    inner = inner_nodes(G.tape)
    assert len(inner) == 2
    for choice in itertools.permutations(inner):
        for J in (G.jacobian(order=choice), G.jacobian(order=choice).simplify()):
            assert J.evaluate(x=-4.0).outputs == (1.0,)
            assert J.evaluate(x=0.0).outputs == (1.0,)
            assert J.evaluate(x=4.0).outputs == (0.75,)
    deep = ew.graph([ew.where(x > 0, ew.cos(ew.where(x > 1, ew.log(x - 1), x)), x) * x, x * x])
    expected = [deep.jacobian(order="reverse").evaluate(x=v).outputs for v in (-1.0, 0.5, 3.0)]
    for choice in itertools.permutations(inner_nodes(deep.tape)[-5:]):
        rest = [v for v in inner_nodes(deep.tape) if v not in choice]
        J = deep.jacobian(order=[*choice, *rest])
        for v, values in zip((-1.0, 0.5, 3.0), expected, strict=True):
            assert J.evaluate(x=v).outputs == pytest.approx(values, rel=1e-12)


def test_a_sum_matters_where_one_of_its_terms_does() -> None:
    x = ew.symbols("x")
    y = ew.sin(x)
    for terms in ((ew.where(x > 0, y * 2, x), y * y), (y * y, ew.where(x > 0, y * 2, x))):
        G = ew.graph(terms[0] + terms[1])
        for order in itertools.permutations(inner_nodes(G.tape)):
            J = G.jacobian(order=order)
            slope = 2 * np.sin(-1.0) * np.cos(-1.0)
            assert J.evaluate(x=-1.0).outputs[0] == pytest.approx(1 + slope, rel=1e-14)
            assert J.evaluate(x=1.0).outputs[0] == pytest.approx(2 * np.cos(1.0) - slope, rel=1e-14)


def test_what_is_finite_is_not_masked() -> None:
    x = ew.symbols("x")
    for inner, masks in (((x + 1) + 2, 0), (ew.sqrt(x), 1)):
        G = ew.graph(ew.where(x > 0, ew.exp(inner), 3 * x + 1))
        order = sorted(inner_nodes(G.tape), reverse=True)
        J = G.jacobian(order=order)
        selected = sum(e.consumer == G.outputs[0] for e in J.edges)
        before = [J.op(i) for i in range(len(G))].count("where")
        partials = len({e.partial for e in J.edges if J.op(e.partial) == "where"})
        written = [J.op(i) for i in range(len(J))].count("where") - before - partials - selected
        assert written == masks + 1  # exp is not known to be finite


@given(tapes_with_orders(operations=SMOOTH + KINKED, max_outputs=3))
@settings(deadline=None, max_examples=60)
def test_the_ledger(case: tuple[Tape, list[float], list[int]]) -> None:
    tape, point, order = case
    J = Graph(tape).jacobian(order=order)
    assert sorted((e.consumer, e.position, e.parent) for e in J.edges) == edges_on_paths(tape)
    numbers = J.evaluate(*point).values
    for e in J.edges:
        partial = float(local_partial(tape, Edge(e.consumer, e.position, e.parent), numbers[: len(tape)]))
        assert numbers[e.partial] == pytest.approx(partial, rel=1e-12, abs=1e-12)
        assert e in J.why(e.product)
    simplified = J.simplify()
    small = simplified.evaluate(*point)
    assert small.outputs == pytest.approx(J.evaluate(*point).outputs, rel=1e-7, abs=1e-7)
    if simplified.base.tape is not tape:  # brought into a stable form first: the ledger is of that form's edges
        tape = simplified.base.tape
        assert sorted((e.consumer, e.position, e.parent) for e in simplified.edges) == edges_on_paths(tape)
        return
    assert [e[:3] for e in simplified.edges] == [e[:3] for e in J.edges]
    assert simplified.order == J.order
    for before, after in zip(J.edges, simplified.edges, strict=True):
        assert small.values[after.product] == pytest.approx(numbers[before.product], rel=1e-7, abs=1e-7)


def test_why_names_the_edges_that_a_product_joins() -> None:
    G = ew.parse("[sin(cos(x))*x]")  # x 0, cos 1, sin 2, mul 3
    J = G.jacobian(order=[2, 1])
    joined = [{(e.consumer, e.parent) for e in J.why(int(node))} for node in J.derivative.elimination.product]
    assert joined == [{(3, 2), (2, 1)}, {(3, 2), (2, 1), (1, 0)}]
    assert {(e.consumer, e.parent) for e in J.why(J.outputs[0])} == {(3, 2), (2, 1), (1, 0), (3, 0)}


def test_two_edges_to_one_parent_are_merged_first() -> None:
    x = ew.symbols("x")
    y = ew.sin(x)
    G = ew.graph(ew.exp(y * y))
    J = G.jacobian(order=[2, 1])
    assert (J.cost().elimination_multiplications, J.cost().elimination_additions) == (2, 1)
    first, second = (e for e in J.edges if e.consumer == 2)
    assert first.product == second.product
    assert J.evaluate(x=0.3).outputs[0] == pytest.approx(
        np.exp(np.sin(0.3) ** 2) * 2 * np.sin(0.3) * np.cos(0.3), rel=1e-14
    )


@given(tapes(max_outputs=3), st.booleans())
@settings(deadline=None, max_examples=60)
def test_markowitz_takes_the_cheapest_vertex_each_time(tape: Tape, last: bool) -> None:
    graph = path_graph(tape, tape.inputs)
    found = markowitz(graph, last=last)
    assert found is not None
    order, count = found
    edges: set[tuple[int, int]] = set()

    def price(w: int) -> int:
        into = sum(s == w for _, s in edges) - int(graph.unit_in[w])
        return into * (sum(p == w for p, _ in edges) - int(graph.unit_out[w]))

    edges |= set(zip(graph.tail.tolist(), graph.head.tolist(), strict=True))
    left = set(graph.inner.tolist())
    for v in order:
        assert v == min(left, key=lambda w: (price(w), -w if last else w))
        left.remove(v)
        joined = {(p, s) for p, a in edges if a == v for b, s in edges if b == v}
        edges -= {e for e in edges if v in e}
        edges |= joined
    assert not left
    assert count == count_order(graph, order)
    assert markowitz(graph, count.multiplications, last=last) == found
    assert count.multiplications == 0 or markowitz(graph, count.multiplications - 1, last=last) is None


def best_of_three(graph: PathGraph) -> int:
    found = markowitz(graph)
    assert found is not None
    return min(count_forward(graph), count_reverse(graph), found[1]).multiplications


@given(tapes(max_outputs=4))
@settings(deadline=None, max_examples=40)
def test_auto_takes_the_least_by_counting_and_of_small_graphs_by_what_is_left(tape: Tape) -> None:
    made = diff.jacobian(tape, diff.resolve_wrt(tape, None), tape.returns())
    cost = cost_of(made.tape, made)
    assert cost.elimination_multiplications == best_of_three(path_graph(tape, tape.inputs))
    assert set(cost.eliminations) == {"forward", "reverse", "markowitz"}
    left = Graph(tape).jacobian().simplify().cost().operations
    if len(tape.outputs) > 1 and len(tape.inputs) > 1:
        ways = [Graph(tape).jacobian(order=order) for order in ("forward", "reverse", "markowitz")]
        assert left == min(way.simplify().cost().operations for way in ways)


def test_only_a_jacobian_has_an_order() -> None:
    B = ew.parse("x*y").gradient()
    assert B.cost().elimination_multiplications is None
    assert B.cost().elimination_additions is None
    assert not B.cost().eliminations
    assert "elimination" not in B.cost().to_data()
    with pytest.raises(InputError, match="a gradient has no order"):
        B.order
    J = ew.parse("[x*y, sin(x*y)*x]").jacobian(order="forward")
    assert J.order == "forward"
    assert J.cost().to_data()["elimination"] == J.cost().to_data()["elimination forward"]


@given(tapes_with_orders(max_outputs=2))
@settings(deadline=None, max_examples=30)
def test_an_order_can_be_saved_and_replayed(case: tuple[Tape, list[float], list[int]]) -> None:
    tape, _, order = case
    J = Graph(tape).jacobian(order=order)
    again = Graph(tape).jacobian(order=json.loads(json.dumps(J.order)))
    copy = pickle.loads(pickle.dumps(J))
    for other in (again, copy):
        assert other.order == J.order
        assert other.to_json() == J.to_json()
        assert list(other.edges) == list(J.edges)


def test_replay_of_markowitz_and_of_names() -> None:
    x, y = ew.symbols("x y")
    a = ew.sin(x * y)
    G = ew.graph([a * x, a * y])
    J = G.jacobian(order="markowitz")
    assert G.jacobian(order=J.order).to_json() == J.to_json()
    assert G.jacobian(order=np.array(J.order)).to_json() == J.to_json()
    assert G.jacobian(order=[a, G.arguments(a)[0]]).order == (G.node(a), G.arguments(a)[0])


@pytest.mark.parametrize(
    ("order", "says"),
    [
        ([], r"lacks 2 nodes, the first of them mul at u2"),
        ([2], r"lacks 1 nodes, the first of them sin at u3"),
        ([2, 3, 3], "names sin at u3 twice"),
        ([2, 3, 0], "names the input x, which is not between"),
        ([2, 3, 4], "names mul at out0, which is not between"),
        ([2, 3, 99], "names node 99 and the graph has the nodes 0 to 6"),
        ([2, 3, -1], "names node -1"),
        ([2, 2.5], "holds 2.5, which is not a node number"),
        ([True, 2], "holds True, which is not a node number"),
        ("sideways", "no Jacobian order 'sideways'; use 'auto', 'forward'"),
    ],
)
def test_orders_that_do_not_fit(order: Any, says: str) -> None:
    x, y = ew.symbols("x y")
    a = ew.sin(x * y)
    G = ew.graph([a * x, a + 1])
    with pytest.raises(DifferentiationError, match=says):
        G.jacobian(order=order)


def test_an_error_names_the_traced_line() -> None:
    def f(x: Any) -> Any:
        a = ew.sin(x)
        return a * x

    G = ew.trace(f)
    with pytest.raises(DifferentiationError, match=r"test_eliminate\.py:\d+"):
        G.jacobian(order=[2])


def test_empty_and_trivial_graphs() -> None:
    x, y = ew.symbols("x y")
    for outputs, expected in (([x, y], (1, 0, 0, 1)), ([x + 0 * y], (1, 0)), ([x * 1, y], (1, 0, 0, 1))):
        G = ew.graph(outputs, inputs=["x", "y"])
        for order in ("markowitz", "search", []):
            if order == [] and inner_nodes(G.tape):
                continue
            assert G.jacobian(order=order).evaluate(x=2.0, y=3.0).outputs == pytest.approx(expected)
    constant = ew.graph([x - x + 3, ew.floor(x)], inputs=["x", "y"])
    assert constant.jacobian(order="markowitz").evaluate(x=2.5, y=3.0).outputs == (0.0, 0.0, 0.0, 0.0)


def test_the_same_output_twice_and_the_same_input_twice() -> None:
    x, y = ew.symbols("x y")
    a = ew.sin(x * y)
    G = ew.graph([a, a, a * x])
    J = G.jacobian(["x", "y", "x"], order="markowitz")
    expected = G.jacobian(["x", "y", "x"], order="reverse").evaluate(x=0.3, y=0.7).outputs
    assert J.evaluate(x=0.3, y=0.7).outputs == pytest.approx(expected, rel=1e-14)


@pytest.mark.slow
def test_long_chains() -> None:
    e = x = ew.symbols("x")
    for _ in range(100_000):
        e = ew.sin(e)
    G = ew.graph([e, e * x])
    J = G.jacobian(order="markowitz")
    assert J.cost().elimination_multiplications == 100_000
    assert J.evaluate(x=0.5).outputs == pytest.approx(G.jacobian(order="reverse").evaluate(x=0.5).outputs, rel=1e-9)


def test_an_eliminated_jacobian_is_a_graph_like_any_other() -> None:
    G = ew.parse("[sin(x*y)*x, cos(x*y)*y, sin(x*y)*cos(x*y)]", share=True)
    J = G.jacobian(order="markowitz")
    reverse = G.jacobian(order="reverse")
    values, jacobian = J.compile("python")(0.3, 0.7)
    assert values == pytest.approx(G.evaluate(0.3, 0.7).outputs)
    assert np.array(jacobian) == pytest.approx(np.array(reverse.compile("python")(0.3, 0.7)[1]))
    assert "d_out0_d_x" in J.simplify().to_python()
    assert np.array(J.simplify().compile("numpy")(0.3, 0.7)[1]) == pytest.approx(np.array(jacobian))
    second = J.jacobian().evaluate(0.3, 0.7).outputs
    assert second == pytest.approx(reverse.jacobian().evaluate(0.3, 0.7).outputs)
    assert J.grad_table[0, "x"] == J.outputs[0]
    assert "jacobian" in repr(J)
    numbers = J.evaluate(0.3, 0.7).values
    steps = [step for step in J.steps(x=0.3, y=0.7) if step.algorithm == "elimination"]
    joins = [step for step in steps if step.action == "join"]
    assert [step.value for step in steps[: len(J.edges)]] == [numbers[e.partial] for e in J.edges]
    assert len(steps) - len(J.edges) == len(joins) == J.cost().elimination_multiplications
    for step, node in zip(joins, J.derivative.elimination.product.tolist(), strict=True):
        assert step.product == numbers[node]
    lines = J.steps(x=0.3, y=0.7).lines()
    assert sum(line.startswith("  eliminate ") for line in lines) == len(joins)
