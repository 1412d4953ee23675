"""networkx: exact there and back, and graphs that people write by hand."""

from __future__ import annotations

import math
import random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from test_json import columns, user_operations

import edgewise as ew
from edgewise.errors import CycleError, EdgewiseError, FormatError, GraphError, OperationError
from edgewise.exchange.networkx import from_networkx, to_networkx
from edgewise.graph import Builder, Layout, Tape
from strategies import KINKED, SMOOTH, tapes

INPUT = {"op": "input"}


def graph(nodes: dict[Any, dict[str, Any]], edges: list[Any], kind: Any = nx.MultiDiGraph, **attrs: Any) -> Any:
    """Nodes with attributes, edges as (from, to) or (from, to, attributes); `key` is networkx's own."""
    made = kind(**attrs)
    for node, data in nodes.items():
        made.add_node(node, **data)
    for parent, node, *data in edges:
        made.add_edge(parent, node, **(data[0] if data else {}))
    return made


def read(source: Any, **values: float) -> tuple[float, ...]:
    return ew.Graph(from_networkx(source)).evaluate(values).outputs


@given(tapes(operations=SMOOTH + KINKED, max_outputs=3))
@settings(deadline=None, max_examples=40)
def test_the_columns_come_back_also_relabelled_and_shuffled(tape: Tape) -> None:
    N = to_networkx(tape)
    assert columns(from_networkx(N)) == columns(tape)
    names = {node: f"u{node}" for node in N}
    assert columns(from_networkx(nx.relabel_nodes(N, names))) == columns(tape)
    shuffled = nx.MultiDiGraph(**N.graph)
    nodes, edges = list(N.nodes(data=True)), list(N.edges(keys=True, data=True))
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    assert columns(from_networkx(shuffled)) == columns(tape)


@pytest.mark.parametrize("derive", ["gradient", "jacobian", "jvp", "vjp", "hvp", "hessian"])
def test_derivative_graphs_come_back(derive: str) -> None:
    tape = getattr(ew.trace(lambda x, w: x * w[0] ** 2 / w[1], "x", w=2), derive)().tape
    assert columns(from_networkx(to_networkx(tape))) == columns(tape)


def test_user_operations_lines_and_labels_come_back() -> None:
    tape, operations = user_operations()
    back = from_networkx(to_networkx(tape), operations=operations)
    assert columns(back) == columns(tape)
    assert back.custom == tape.custom
    with pytest.raises(OperationError, match=r"'zeta_'.*functions=\{'zeta_'"):
        from_networkx(to_networkx(tape))


def test_unused_inputs_repeated_outputs_and_empty_results_come_back() -> None:
    for function in (lambda x, y: (x, x * 2, x), lambda x, y: [], lambda x, y: {"a": 3}):
        tape = ew.trace(function, "x", "y").tape
        assert columns(from_networkx(to_networkx(tape))) == columns(tape)


def test_node_attributes_say_what_a_node_is() -> None:
    N = to_networkx(ew.parse("[x**3*2, x]").tape)
    assert [N.nodes[i]["label"] for i in N] == ["x", "power", "2", "*"]
    assert N.nodes[0]["output"] == [1] and N.nodes[3]["output"] == [0] and N.nodes[0]["input"] == 0
    assert N.nodes[1]["parameter"] == 3 and N.nodes[2]["value"] == 2


def test_inputs_that_do_not_stand_first_stay_where_they_are() -> None:
    builder = Builder()
    two, x = builder.constant(2), builder.input("x")
    tape = builder.whole([builder.add(builder.code(ew.graph(ew.symbols("a") * 2).tape.op(2)), [two, x])], Layout())
    assert tape.inputs == (1,)
    assert columns(from_networkx(to_networkx(tape))) == columns(tape)


# --- written by hand --------------------------------------------------------------------------------------------

XY = {"x": INPUT, "y": INPUT}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        (graph(XY | {"f": {"op": "-"}}, [("x", "f", {"key": 1}), ("y", "f", {"key": 0})]), -1.0),
        (graph(XY | {"f": {"op": "-"}}, [("x", "f", {"position": 1}), ("y", "f", {"position": 0})]), -1.0),
        (graph(XY | {"f": {"op": "-"}}, [("x", "f", {"position": 1}), ("y", "f", {"position": 0})], nx.DiGraph), -1.0),
        (graph(XY | {"f": {"op": "*"}}, [("x", "f"), ("y", "f")], nx.DiGraph), 6.0),
        (graph(XY | {"f": {"op": "Add"}}, [("x", "f"), ("y", "f")]), 5.0),
        (graph({"x": INPUT, "f": {"op": "Mul"}}, [("x", "f"), ("x", "f")]), 9.0),
        (graph({"x": INPUT, "f": {"op": "-"}}, [("x", "f")], nx.DiGraph), -3.0),
        (graph({"x": INPUT, "f": {"op": "power", "parameter": 2}}, [("x", "f")]), 9.0),
        (graph({"c": {"op": "const", "value": "pi"}}, []), math.pi),
        (graph({7: {"op": "exp"}, 9: {"op": "sub"}, 3: {"op": "input", "name": "x"}},
               [(3, 7), (7, 9, {"key": 0}), (3, 9, {"key": 1})]), math.exp(3) - 3),
        (graph({(0, 1): {"op": "input", "name": "x"}, "f": {"op": "neg"}}, [((0, 1), "f")]), -3.0),
    ],
)  # fmt: skip
def test_hand_written_graphs(source: Any, value: float) -> None:
    tape = from_networkx(source)
    assert read(source, **dict(zip(tape.input_names(), (3.0, 2.0)))) == (pytest.approx(value),)


def test_outputs_are_listed_or_marked_or_the_sinks() -> None:
    nodes = {"x": INPUT, "a": {"op": "neg"}, "b": {"op": "exp"}, "c": {"op": "neg"}}
    edges = [("x", "a"), ("a", "b"), ("x", "c")]
    assert read(graph(nodes, edges), x=0.0) == (1.0, 0.0)
    assert read(graph(nodes, edges, outputs=["c", "a", "c"]), x=2.0) == (-2.0, -2.0, -2.0)
    marked = {**nodes, "a": {"op": "neg", "output": 1}, "b": {"op": "exp", "output": [0, 2]}}
    assert read(graph(marked, edges), x=0.0) == (1.0, 0.0, 1.0)


def test_numbering_is_by_the_nodes_not_by_the_order_of_edges() -> None:
    nodes = {node: {"op": "neg"} for node in (8, 2, 5)} | {9: INPUT, 4: INPUT}
    edges = [(9, 8), (4, 2), (9, 5)]
    tape = from_networkx(graph(nodes, edges))
    assert tape.input_names() == ("4", "9")
    assert [tape.arguments(i) for i in range(2, 5)] == [(0,), (1,), (1,)]
    assert columns(from_networkx(graph(nodes, edges[::-1]))) == columns(tape)


@pytest.mark.parametrize(
    ("source", "error", "message"),
    [
        (graph({"f": {"op": "exp"}}, [("f", "f")]), CycleError, "'f' → 'f'"),
        (graph({"a": {"op": "exp"}, "b": {"op": "sin"}}, [("a", "b"), ("b", "a")]), CycleError, "'a' → 'b' → 'a'"),
        (graph(XY | {"f": {"op": "-"}}, [("x", "f"), ("y", "f")]), GraphError, "two arguments at position 0"),
        (graph(XY | {"f": {"op": "-"}}, [("x", "f"), ("y", "f")], nx.DiGraph), GraphError, "'x' → 'f'.*no position"),
        (graph(XY | {"f": {"op": "-"}}, [("x", "f", {"key": 2}), ("y", "f")]), GraphError, r"positions \[0, 2\]"),
        (graph(XY | {"f": {"op": "+"}}, [("x", "f", {"key": 1}), ("y", "f", {"key": 1})]), GraphError, "position 1"),
        (graph({"x": INPUT, "f": {"op": "*"}}, [("x", "f")], nx.DiGraph), GraphError, "1 arguments.*MultiDiGraph"),
        (graph({"x": INPUT, "f": {"op": "exp"}}, [("x", "f"), ("x", "f")]), GraphError, "2 arguments.*takes 1"),
        (graph({"x": INPUT, "f": {"op": "exp"}}, [("x", "f", {"key": 5})]), GraphError, r"positions \[5\]"),
        (graph(XY, [("x", "y")]), GraphError, r"\(input\) has 1 arguments"),
        (graph({"x": INPUT, "f": {"op": "exp"}}, [("z", "f")]), GraphError, "'z' has no attribute 'op'"),
        (graph({"f": {"op": []}}, []), OperationError, "unknown operation"),
        (graph({"x": INPUT, "f": {"op": "power"}}, [("x", "f")]), GraphError, "no attribute 'parameter'"),
        (graph({"c": {"op": "const", "value": math.nan}}, []), EdgewiseError, "nan"),
        (graph({"c": {"op": "const", "value": None}}, []), EdgewiseError, "None"),
        (graph({"c": {"op": "input", "name": ""}}, []), EdgewiseError, "name an input"),
        (graph({"x": INPUT}, [], outputs=3), FormatError, "not of its form"),
        (graph({"x": INPUT}, [], outputs=[[1]]), GraphError, "not a node"),
        (graph(XY | {"x": {"op": "input", "output": 1}}, []), GraphError, "without a gap"),
        (graph({k: {"op": "input", "output": 0} for k in "xy"}, []), GraphError, "two nodes are marked"),
        (graph({"x": INPUT}, [], layout={"kind": "heap"}), FormatError, "not a nesting"),
        (graph({"x": INPUT}, [], layout={"kind": "tuple", "children": [{"kind": "array"}] * 2}), GraphError, "fit"),
        (graph({"x": INPUT}, [], parameters=3), FormatError, "not of its form"),
        (graph({"x": INPUT}, [], parameters=[("x", (-1,))]), EdgewiseError, "shape"),
        (graph(XY, [], parameters=[("x", ())]), GraphError, "'y' belongs to none"),
        (graph(XY, [], parameters=[("y", ()), ("x", ())]), GraphError, "'y' stands where the input 'x'"),
        (graph({"x": INPUT}, [], format="edgewise", version=2), FormatError, "version 2.*reads version 1"),
        (nx.path_graph(3), FormatError, "directed"),
        ({}, FormatError, "directed"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(source: Any, error: type[EdgewiseError], message: str) -> None:
    with pytest.raises(error, match=message):
        from_networkx(source)


def test_long_chains_do_not_recurse() -> None:
    N = nx.MultiDiGraph()
    N.add_node(0, op="input", name="x")
    for i in range(1, 20_000):
        N.add_node(i, op="neg")
        N.add_edge(i - 1, i)
    assert read(N, x=1.0) == (-1.0,)
    N.add_edge(19_999, 1)
    N.remove_edge(0, 1)
    with pytest.raises(CycleError, match="…"):
        from_networkx(N)
