"""The properties that algorithms.md states, on random graphs with sharing and on the workloads."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
import oracles
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.api.graph import Graph
from edgewise.evaluate import back_propagation, forward_accumulation, forward_propagation, local_partial
from edgewise.graph import Edge, Tape
from edgewise.ops import CODE
from strategies import KINKED, SMOOTH, tapes, tapes_with_points
from workloads import WORKLOADS, chain, esin


class Functions:
    """The namespace that the workloads compute with."""

    def __getattr__(self, name: str) -> object:
        return getattr(ew, name)


def workload_graph(workload: object) -> Graph:
    x = ew.symbols("x", shape=workload.size)
    return ew.graph(workload.build(Functions(), list(x)))


def edges_on_paths(tape: Tape) -> set[Edge]:
    """The linearised edges between an input and the output, found by networkx."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(tape)))
    point = [0.5] * len(tape.inputs)
    values = forward_propagation(tape, point).values
    for edge in tape.edges():
        if local_partial(tape, edge, values) is not None:
            graph.add_edge(edge.parent, edge.consumer, edge.position)
    below = set(tape.inputs).union(*(nx.descendants(graph, i) for i in tape.inputs))
    above = {tape.outputs[0]} | nx.ancestors(graph, tape.outputs[0])
    return {Edge(i, k, j) for j, i, k in graph.edges(keys=True) if j in below and i in above}


def additions_by_law(B: DerivativeGraph) -> int:
    received = {entry.parent for entry in B.edges}
    return len(B.edges) - len(received)


@given(tapes(operations=SMOOTH + KINKED))
@settings(deadline=None, max_examples=80)
def test_one_ledger_entry_for_each_edge_on_a_path(tape: Tape) -> None:
    B = Graph(tape).gradient()
    entries = [Edge(e.consumer, e.position, e.parent) for e in B.edges]
    assert len(entries) == len(set(entries))
    assert set(entries) == edges_on_paths(tape)


@given(tapes())
@settings(deadline=None, max_examples=60)
def test_the_cost_law_exactly(tape: Tape) -> None:
    B = Graph(tape).gradient()
    size = len(B.base.tape)
    partial_nodes = {node for e in B.edges for node in nodes_below(B.tape, e.partial, size)}
    own = [node for node in range(size, len(B.tape)) if node not in partial_nodes]
    # (sqrt(x))**2 is differentiated as a selection, and what is selected is not multiplied.
    multiplied = [e for e in B.edges if not B.tape.op(e.consumer).selects]
    assert sum(B.tape.ops[node] == CODE["mul"] for node in own) == len(multiplied)
    assert sum(B.tape.ops[node] == CODE["add"] for node in own) == additions_by_law(B)
    assert B.cost().products <= len(B.edges)


def nodes_below(tape: Tape, node: int, floor: int) -> set[int]:
    found, todo = set(), [node]
    while todo:
        i = todo.pop()
        if i >= floor and i not in found:
            found.add(i)
            todo.extend(tape.arguments(i))
    return found


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda w: w.name)
def test_the_cost_law_on_workloads(workload: object) -> None:
    B = workload_graph(workload).gradient()
    cost = B.cost()
    assert cost.products == cost.edges == len(B.edges)
    assert cost.additions == additions_by_law(B)


@given(tapes_with_points())
@settings(deadline=None, max_examples=60)
def test_forward_reverse_and_differences_agree(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    graph = Graph(tape)
    exact = oracles.mp_gradient(tape, point, tape.outputs[0])
    reverse = graph.gradient().evaluate(*point).outputs
    numeric = back_propagation(tape, point, tape.outputs[0]).table
    for k, node in enumerate(tape.inputs):
        tangent = graph.tangent(node).evaluate(*point).outputs[0]
        tangents = forward_accumulation(tape, point, node).table
        for value in (reverse[k], tangent, numeric.get(node, 0.0), tangents.get(tape.outputs[0], 0.0)):
            assert oracles.close(value, exact[k], 1e-7, 1e-8)


@given(tapes_with_points(operations=SMOOTH + KINKED, max_outputs=3))
@settings(deadline=None, max_examples=60)
def test_jacobian_by_rows_and_by_columns_agree(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    rows = Graph(tape).jacobian(order="reverse").evaluate(*point).outputs
    columns = Graph(tape).jacobian(order="forward").evaluate(*point).outputs
    assert rows == pytest.approx(columns, rel=1e-8, abs=1e-8)


@given(tapes_with_points(max_ops=10))
@settings(deadline=None, max_examples=40)
def test_second_derivatives_are_symmetric_in_every_order_of_modes(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    n = len(tape.inputs)
    gradient = Graph(tape).gradient()
    over = {
        "hessian": Graph(tape).hessian(),
        "reverse over reverse": gradient.jacobian(order="reverse"),
        "forward over reverse": gradient.jacobian(order="forward"),
        "reverse over forward": Graph(tape).jacobian(order="forward").jacobian(order="reverse"),
    }
    matrices = [np.reshape(H.evaluate(*point).outputs, (n, n)) for H in over.values()]
    for matrix in matrices:
        assert matrix == pytest.approx(matrix.T, rel=1e-7, abs=1e-7)
        assert matrix == pytest.approx(matrices[0], rel=1e-7, abs=1e-7)


@given(tapes_with_points(max_outputs=3))
@settings(deadline=None, max_examples=40)
def test_jvp_and_vjp_are_adjoint(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    n, m = len(tape.inputs), len(tape.outputs)
    v = [0.3 + k for k in range(n)]
    w = [1.5 - 0.7 * k for k in range(m)]
    forward = Graph(tape).jvp().evaluate(*point, *v).outputs
    given = w[0] if tape.layout.shape == () and m == 1 else w
    backward = Graph(tape).vjp().evaluate(*point, given).outputs
    assert np.dot(w, forward) == pytest.approx(np.dot(backward, v), rel=1e-7, abs=1e-7)


@given(tapes_with_points(max_ops=10))
@settings(deadline=None, max_examples=30)
def test_hvp_is_the_hessian_times_the_vector(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    n = len(tape.inputs)
    v = [1.0 - 0.4 * k for k in range(n)]
    product = Graph(tape).hvp().evaluate(*point, *v).outputs
    matrix = np.reshape(Graph(tape).hessian().evaluate(*point).outputs, (n, n))
    assert product == pytest.approx(matrix @ v, rel=1e-7, abs=1e-7)


def test_third_derivatives() -> None:
    G = ew.parse("sin(x)*x")
    third = G.gradient().gradient().gradient()
    x = 0.8
    assert third.evaluate(x=x).outputs[0] == pytest.approx(-3 * np.sin(x) - x * np.cos(x), rel=1e-12)


def test_size_is_linear_in_the_edges_whatever_the_paths() -> None:
    for depth in (1, 10, 60):
        G = workload_graph(esin(depth))
        B = G.gradient()
        assert len(B) <= 8 * len(G)
        assert B.cost().paths == 2**depth
        assert len(B) - len(G) <= 4 * G.number_of_edges() + 2


def test_a_deep_graph_touches_no_recursion_limit() -> None:
    G = workload_graph(chain(20_000))
    B = G.gradient()
    S = B.simplify()
    assert len(B.edges) == 20_000
    assert S.cost().operations <= B.cost().operations
    run = S.evaluate([0.5])
    assert run.outputs[0] == pytest.approx(B.evaluate([0.5]).outputs[0], rel=1e-12)
    assert np.isfinite(run.outputs[0])


def test_wrt_names_groups_and_inner_nodes() -> None:
    x, y = ew.symbols("x y")
    h = x * y
    G = ew.graph(ew.sin(h) + h)
    B = G.gradient([h, "y", 0])
    at = {"x": 0.3, "y": 0.7}
    inner = np.cos(0.21) + 1
    assert B.evaluate(at).outputs == pytest.approx((inner, 0.3 * inner, 0.7 * inner))
    assert B.evaluate(at).values[B.grad_table[G.node(h)]] == pytest.approx(inner)
    w = ew.symbols("w", shape=3)
    assert ew.graph(w @ w).gradient("w").compile("python")([1.0, 2.0, 3.0])[1].tolist() == [2.0, 4.0, 6.0]


def test_multi_edges_have_entries_of_their_own() -> None:
    x = ew.symbols("x")
    B = ew.graph(x * x).gradient()
    assert [(e.consumer, e.position, e.parent) for e in B.edges] == [(1, 0, 0), (1, 1, 0)]
    assert len(B.of(1, 0)) == 2
    assert B.of(1, "x", position=1).position == 1
    assert B.evaluate(x=3.0).outputs == (6.0,)


def test_outputs_that_are_inputs_or_constants() -> None:
    x, y = ew.symbols("x y")
    J = ew.graph([x, 2, x * y, x], inputs=["x", "y"]).jacobian()
    assert J.evaluate(x=3.0, y=5.0).outputs == (1.0, 0.0, 0.0, 0.0, 5.0, 3.0, 1.0, 0.0)
    assert ew.graph(x, inputs=["x", "y"]).gradient().evaluate(x=1.0, y=2.0).outputs == (1.0, 0.0)


def test_gradient_of_several_outputs_is_refused() -> None:
    with pytest.raises(ew.EdgewiseError, match=r"one scalar output.*jacobian"):
        ew.parse("[x, x*x]").gradient()


def test_steps_agree_with_the_graph() -> None:
    B = ew.parse("exp(x*y) + sin(x)*x").gradient()
    at = {"x": 0.4, "y": -1.1}
    steps = B.steps(at)
    last = {step.node: step.value for step in steps if step.algorithm == "6.2"}
    assert [last[node] for node in B.base.tape.inputs] == pytest.approx(B.evaluate(at).outputs)
    assert sum(step.action == "edge" for step in steps) == len(B.edges)
    numeric = B.base.back_propagate(at)
    assert [s.value for s in numeric.steps if s.action == "edge"] == pytest.approx(
        [s.value for s in steps if s.action == "edge"]
    )


def test_why_names_the_edges_a_node_serves() -> None:
    B = ew.parse("exp(x*y)*x").gradient()
    for e in B.edges:
        assert e in B.why(e.product)
    S = B.simplify()
    assert len(S.edges) == len(B.edges)
    for e in S.edges:
        assert e in S.why(e.product)
