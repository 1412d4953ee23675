"""What a derivative graph contains: which edges, which nodes, how many, for any choice of inputs and outputs."""

from __future__ import annotations

from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import edgewise as ew
import oracles
from edgewise.api.graph import Graph
from edgewise.differentiate import gradient, jacobian, resolve_wrt, tangent
from edgewise.evaluate import back_propagation, forward_accumulation, forward_propagation
from edgewise.graph import Builder, Edge, Layout, Tape
from edgewise.ops import CODE, template_of
from strategies import EVERY, SMOOTH, points, tapes, tapes_with_points
from workload_graphs import workload_graph
from workloads import WORKLOADS, esin


def linearised(tape: Tape) -> nx.MultiDiGraph:
    """The edges that carry a derivative, read off the table's rows, x**0, 0*x and 0/x alone."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(range(len(tape)))
    for edge in tape.edges():
        constant_power = tape.op(edge.consumer).name == "power" and tape.attrs[edge.consumer] == 0
        name, args = tape.op(edge.consumer).name, tape.arguments(edge.consumer)
        zeros = [tape.op(j).name == "const" and tape.attrs[j] == 0 for j in args]
        times_zero = (name == "mul" and zeros[1 - edge.position]) or (name == "div" and edge.position and zeros[0])
        if tape.op(edge.consumer).partials[edge.position] is not None and not (constant_power or times_zero):
            graph.add_edge(edge.parent, edge.consumer, edge.position)
    return graph


def between(graph: nx.MultiDiGraph, sources: Any, targets: Any) -> tuple[set[Edge], set[int]]:
    """The edges and nodes on the paths from any source to any target."""
    below = set(sources).union(*(nx.descendants(graph, i) for i in sources))
    above = set(targets).union(*(nx.ancestors(graph, i) for i in targets))
    return {Edge(i, k, j) for j, i, k in graph.edges(keys=True) if j in below and i in above}, below & above


def ledger_of(derivative: Any, sweep: int = 0) -> list[Edge]:
    ledger = derivative.ledger
    rows = zip(ledger.sweep, ledger.consumer, ledger.position, ledger.parent, strict=True)
    return [Edge(int(i), int(k), int(j)) for s, i, k, j in rows if s == sweep]


def in_order(*columns: Any) -> bool:
    keys = list(zip(*(column.tolist() for column in columns), strict=True))
    return keys == sorted(keys)


# --- property 1: the ledger -----------------------------------------------------------------------------------------


@given(tapes(operations=EVERY, max_ops=25), st.data())
@settings(deadline=None, max_examples=80)
def test_one_row_for_each_edge_between_any_wanted_nodes_and_the_output(tape: Tape, data: st.DataObject) -> None:
    wanted = data.draw(st.lists(st.integers(0, len(tape) - 1), min_size=1, max_size=3))
    derivative = gradient(tape, resolve_wrt(tape, wanted), ())
    rows, base = ledger_of(derivative), derivative.base  # roots and powers of one base are one power there
    edges, nodes = between(linearised(base), derivative.wrt.nodes, base.outputs)
    assert len(rows) == len(set(rows))
    assert set(rows) == edges
    found = derivative.table.lookup(0, np.arange(len(base)))
    assert set(np.flatnonzero(found >= 0).tolist()) == nodes


@given(tapes(operations=EVERY, max_ops=20, max_outputs=4))
@example(ew.parse("asinh(2 + (-sqrt(x))**2)").tape)
@settings(deadline=None, max_examples=60)
def test_one_row_for_each_edge_in_every_sweep_of_a_jacobian(tape: Tape) -> None:
    wrt = resolve_wrt(tape, None)
    rows, columns = jacobian(tape, wrt, (), "reverse"), jacobian(tape, wrt, (), "forward")
    tape = rows.base  # roots and powers of one base are one power there
    graph = linearised(tape)
    for s, output in enumerate(tape.outputs):
        assert set(ledger_of(rows, s)) == between(graph, tape.inputs, [output])[0]
        assert len(ledger_of(rows, s)) == len(set(ledger_of(rows, s)))
    for s, node in enumerate(tape.inputs):
        assert set(ledger_of(columns, s)) == between(graph, [node], tape.outputs)[0]
        assert len(ledger_of(columns, s)) == len(set(ledger_of(columns, s)))
    # What arrives at a node is summed in the algorithm's order: up the numbers by positions, down by later consumers.
    assert in_order(columns.ledger.sweep, columns.ledger.consumer, columns.ledger.position)
    assert in_order(rows.ledger.sweep, -rows.ledger.parent, -rows.ledger.consumer, rows.ledger.position)
    for derivative in (rows, columns):
        # A local partial belongs to its edge, whichever sweep uses it: it is written once.
        ledger = derivative.ledger
        edges = zip(ledger.consumer, ledger.position, ledger.parent, strict=True)
        partial_of = dict(zip(map(tuple, edges), ledger.partial.tolist(), strict=True))
        edges = zip(ledger.consumer, ledger.position, ledger.parent, strict=True)
        assert [partial_of[tuple(edge)] for edge in edges] == ledger.partial.tolist()


@pytest.mark.parametrize("workload", [*WORKLOADS, esin(60)], ids=lambda w: w.name)
def test_one_row_for_each_edge_of_the_workloads(workload: Any) -> None:
    tape = workload_graph(workload).tape
    rows = ledger_of(gradient(tape, resolve_wrt(tape, None), ()))
    edges, _ = between(linearised(tape), [n for n in tape.inputs if n < 3], tape.outputs)
    assert len(rows) == len(set(rows))
    assert edges <= set(rows)
    constant = tape.is_constant()
    assert all(not constant[edge.parent] for edge in rows)
    # Every operation of these has a partial in every argument, and everything leads to the output.
    assert len(rows) == int((~constant[tape.args]).sum())


# --- property 2: the cost law, counted in ℬ's columns ---------------------------------------------------------------


@given(tapes(operations=SMOOTH, max_ops=25, max_outputs=3))
@settings(deadline=None, max_examples=60)
def test_products_and_additions_are_those_of_the_cost_law_in_both_directions(tape: Tape) -> None:
    wrt = resolve_wrt(tape, None)
    for derivative, target in (
        (jacobian(tape, wrt, (), "reverse"), "parent"),
        (jacobian(tape, wrt, (), "forward"), "consumer"),
    ):
        ledger, ops = derivative.ledger, derivative.tape.ops
        pairs = list(zip(ledger.sweep.tolist(), getattr(ledger, target).tolist(), strict=True))
        seeded = {(seed.sweep, seed.node) for seed in derivative.seeds}
        additions = len(pairs) - len(set(pairs) - seeded)
        # One product for each edge, each a node of its own.
        assert len(set(ledger.product.tolist())) == len(ledger)
        assert (ops[ledger.product] == CODE["mul"]).all()
        sums = set(ledger.total[ledger.total != ledger.product].tolist())
        assert len(sums) == additions
        assert all(ops[node] == CODE["add"] for node in sums)
        # Nothing else is written but the nodes of the partials and constants.
        own = set(ledger.product.tolist()) | sums
        bodies = {n for p in ledger.partial.tolist() for n in needed(derivative.tape, p, len(tape))}
        new = set(range(len(tape), len(derivative.tape)))
        assert all(ops[n] == CODE["const"] for n in new - own - bodies)


def needed(tape: Tape, node: int, floor: int) -> set[int]:
    return {i for i in np.flatnonzero(tape.live([node])).tolist() if i >= floor}


# --- property 5: size -----------------------------------------------------------------------------------------------


def test_size_grows_by_the_same_number_of_nodes_at_every_level_while_paths_double() -> None:
    graphs = [workload_graph(esin(depth)) for depth in range(1, 61)]
    derivatives = [graph.gradient() for graph in graphs]
    new = [len(B) - len(G) for B, G in zip(derivatives, graphs, strict=True)]
    assert len(set(np.diff(new).tolist())) == 1
    assert all(size <= 3 * G.number_of_edges() + 2 for size, G in zip(new, graphs, strict=True))
    assert [B.cost().paths for B in derivatives] == [2**depth for depth in range(1, 61)]


@given(tapes(operations=EVERY, max_ops=25))
@settings(deadline=None, max_examples=60)
def test_size_is_at_most_a_constant_times_the_edges(tape: Tape) -> None:
    derivative = gradient(tape, resolve_wrt(tape, None), ())
    # Two nodes each for masks and their conditions, product and sum, and constants, beside the longest partial here.
    templates = [template_of(tape.op(i), k, tape.attrs.get(i)) for i, k, _ in tape.edges()]
    longest = max([14, *(len(template.nodes) for template in templates if template is not None)])
    assert len(derivative.tape) - len(tape) <= (longest + 6) * len(derivative.ledger) + longest + 4


# --- grad_table -----------------------------------------------------------------------------------------------------


@given(tapes_with_points(max_ops=10))
@settings(deadline=None, max_examples=30)
def test_grad_table_holds_the_derivative_in_every_node(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    every = list(range(len(tape)))
    B = Graph(tape).gradient(every)
    values = B.evaluate(*point)
    for node, got in zip(every, values.outputs, strict=True):
        exact = oracles.mp_derivative_in_node(tape, point, tape.outputs[0], node)
        assert oracles.close(got, exact, 1e-8, 1e-10), node
        if node in B.grad_table:
            assert values.values[B.grad_table[node]] == got
        else:
            assert exact == 0


@given(tapes(operations=EVERY, max_outputs=3))
@settings(deadline=None, max_examples=40)
def test_the_tables_lookup_is_the_dictionary_of_its_entries(tape: Tape) -> None:
    for derivative in (
        jacobian(tape, resolve_wrt(tape, None), (), "reverse"),
        jacobian(tape, resolve_wrt(tape, None), (), "forward"),
    ):
        columns = [column.tolist() for column in derivative.table.entries()]
        found = {(sweep, node): made for sweep, node, made in zip(*columns, strict=True)}
        assert len(found) == len(columns[0])
        sweeps, nodes = np.divmod(np.arange(len(derivative.seeds) * len(tape)), len(tape))
        looked = derivative.table.lookup(sweeps, nodes).tolist()
        assert looked == [found.get(pair, -1) for pair in zip(sweeps.tolist(), nodes.tolist(), strict=True)]


def test_lookup_in_a_table_with_no_entry() -> None:
    x, y = ew.symbols("x y")
    tape = ew.graph(ew.floor(x) + ew.sign(y)).tape
    derivative = gradient(tape, resolve_wrt(tape, None), ())
    assert len(derivative.ledger) == 0
    assert derivative.table.lookup(0, tape.inputs[0]) == -1
    assert derivative.table.lookup([0, 0], list(tape.inputs)).tolist() == [-1, -1]


# --- inputs and outputs of every kind -------------------------------------------------------------------------------


@given(tapes(max_outputs=4), st.data())
@settings(deadline=None, max_examples=50)
def test_any_wrt_in_any_order_and_number(tape: Tape, data: st.DataObject) -> None:
    point = data.draw(points(tape))
    chosen = data.draw(st.lists(st.integers(0, len(tape) - 1), min_size=1, max_size=4))
    by_rows = Graph(tape).jacobian(chosen, order="reverse").evaluate(*point).outputs
    by_columns = Graph(tape).jacobian(chosen, order="forward").evaluate(*point).outputs
    one_by_one = [Graph(tape).tangent(node).evaluate(*point).outputs for node in chosen]
    assert by_rows == pytest.approx(by_columns, rel=1e-9, abs=1e-9)
    expected = np.array(one_by_one).T.ravel()
    assert by_rows == pytest.approx(expected.tolist(), rel=1e-9, abs=1e-9)


def test_what_no_path_reaches_is_a_structural_zero() -> None:
    x, y, z = ew.symbols("x y z")
    G = ew.graph(ew.sin(x) + ew.floor(y), inputs=["x", "y", "z"])
    B = G.gradient()
    assert B.evaluate(x=0.5, y=1.5, z=2.5).outputs == (np.cos(0.5), 0.0, 0.0)
    assert {entry.parent for entry in B.edges} == {0, G.tape.arguments(G.outputs[0])[0]}
    assert "y" not in B.grad_table
    assert "z" not in B.grad_table
    assert z is not None
    # The zero is one constant that nothing reads, not a term of a sum.
    zero = B.outputs[1]
    assert B.outputs[2] == zero
    assert B.tape.attrs[zero] == 0
    assert zero not in B.tape.args


def test_the_same_node_several_times_among_the_outputs() -> None:
    x = ew.symbols("x")
    s = ew.sin(x)
    J = ew.graph([s, s, x, x]).jacobian(order="reverse")
    F = ew.graph([s, s, x, x]).jacobian(order="forward")
    assert J.evaluate(x=0.5).outputs == F.evaluate(x=0.5).outputs == (np.cos(0.5), np.cos(0.5), 1.0, 1.0)
    assert ew.graph([s, s]).vjp().evaluate(0.5, [2.0, 3.0]).outputs == pytest.approx((5 * np.cos(0.5),))


def test_an_output_that_is_an_inner_node_of_another() -> None:
    x = ew.symbols("x")
    s = ew.sin(x)
    G = ew.graph([s * s, s])
    for order in ("reverse", "forward"):
        J = G.jacobian(order=order)
        assert J.evaluate(x=0.5).outputs == pytest.approx((np.sin(1.0), np.cos(0.5)))
    assert G.vjp().evaluate(0.5, [1.0, 10.0]).outputs == pytest.approx((np.sin(1.0) + 10 * np.cos(0.5),))


@pytest.mark.parametrize("power", range(2, 9))
def test_an_operation_may_read_one_node_in_every_position(power: int) -> None:
    builder = Builder()
    node = x = builder.input("x")
    for _ in range(power - 1):
        node = builder.add(CODE["mul"], [node, x])
    tape, _ = builder.freeze([builder.add(CODE["clip"], [node, node, node])], Layout())
    B = Graph(tape).gradient()
    assert len(B.edges) == 2 * (power - 1) + 3
    assert B.evaluate(x=1.5).outputs == pytest.approx((power * 1.5 ** (power - 1),))


def test_a_constant_output() -> None:
    x = ew.symbols("x")
    G = ew.graph(x * 0 + 3, inputs=["x"])
    assert G.gradient().evaluate(x=2.0).outputs == (0.0,)
    lone = ew.graph(3, inputs=[])
    assert lone.gradient().evaluate().outputs == ()


def test_derivatives_in_the_output_and_in_a_constant() -> None:
    x = ew.symbols("x")
    G = ew.graph(ew.sin(x) * 3)
    constant = next(iter(G.tape.constants()))
    B = G.gradient([G.outputs[0], constant, "x"])
    assert B.evaluate(x=0.5).outputs == pytest.approx((1.0, np.sin(0.5), 3 * np.cos(0.5)))


def test_a_tangent_is_in_one_input() -> None:
    tape = ew.parse("x*y").tape
    with pytest.raises(ew.EdgewiseError, match="2 were given"):
        tangent(tape, resolve_wrt(tape, None), ())


@pytest.mark.parametrize("wrt", ["z", 99, -1, True, ["x", "q"], [1.5]])
def test_a_wrt_that_is_nothing_of_the_graph_is_refused(wrt: object) -> None:
    with pytest.raises(ew.EdgewiseError):
        ew.parse("x*y").gradient(wrt)


def test_a_truth_value_has_no_gradient() -> None:
    with pytest.raises(ew.EdgewiseError, match="true or false"):
        ew.parse("x < y").gradient()


# --- the graphs compute what the algorithms compute, NaN and infinity included --------------------------------------


@given(tapes_with_points(operations=EVERY, max_ops=25))
@settings(deadline=None, max_examples=60)
def test_written_sweeps_are_the_algorithms_run_on_numbers(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    derivative = gradient(tape, resolve_wrt(tape, None), ())
    base = derivative.base  # roots and powers of one base are one power there
    written = forward_propagation(derivative.tape, point).values
    run = back_propagation(base, point, base.outputs[0]).table
    for _, node, made in zip(*(column.tolist() for column in derivative.table.entries()), strict=True):
        np.testing.assert_array_equal(float(written[made]), float(run[node]))
    for node, there in zip(tape.inputs, base.inputs, strict=True):
        up = tangent(tape, resolve_wrt(tape, node), ())
        got = forward_propagation(up.tape, point).outputs[0]
        expected = forward_accumulation(base, point, there).table.get(base.outputs[0], 0.0)
        np.testing.assert_array_equal(float(got), float(expected))
