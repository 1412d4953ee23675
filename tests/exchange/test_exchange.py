"""networkx, JSON and pickle: exact both ways, and nothing else gets in."""

from __future__ import annotations

import contextlib
import json
import pickle
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.graph import Tape
from strategies import KINKED, SMOOTH, tapes


def same(a: Tape, b: Tape) -> bool:
    columns = all(np.array_equal(getattr(a, name), getattr(b, name)) for name in ("ops", "start", "args"))
    fields = ("inputs", "outputs", "parameters", "layout", "custom")
    attrs = {k: (type(v), v) for k, v in a.attrs.items()} == {k: (type(v), v) for k, v in b.attrs.items()}
    return columns and attrs and all(getattr(a, name) == getattr(b, name) for name in fields)


@given(tapes(operations=SMOOTH + KINKED, max_outputs=3))
@settings(deadline=None, max_examples=60)
def test_round_trips_are_exact(tape: Tape) -> None:
    G = Graph(tape)
    assert same(Graph.from_json(G.to_json()).tape, tape)
    assert same(Graph.from_networkx(G.to_networkx()).tape, tape)
    assert same(pickle.loads(pickle.dumps(G)).tape, tape)


def test_derivative_graphs_travel() -> None:
    B = ew.parse("exp(x*y) + x**2.5/3").gradient()
    assert same(Graph.from_json(B.to_json()).tape, B.tape)
    again = pickle.loads(pickle.dumps(B.simplify()))
    assert list(again.edges) == list(B.simplify().edges)
    assert again.evaluate(x=1.0, y=2.0).outputs == B.simplify().evaluate(x=1.0, y=2.0).outputs
    traced = ew.trace(lambda w: np.sum(np.exp(w)), w=3)
    back = pickle.loads(pickle.dumps(traced))
    assert back.tape.line(4) == traced.tape.line(4) != ""
    assert Graph.from_json(traced.to_json()).tape.line(4) == traced.tape.line(4)


def test_networkx_carries_what_people_need() -> None:
    N = ew.parse("x*x + 2").to_networkx()
    assert isinstance(N, nx.MultiDiGraph)
    assert set(N.edges(keys=True)) == {(0, 1, 0), (0, 1, 1), (1, 3, 0), (2, 3, 1)}
    assert [N.nodes[i]["op"] for i in N] == ["input", "mul", "const", "add"]
    assert all({"op", "label", "shape"} <= set(data) for _, data in N.nodes(data=True))


def test_graphs_written_by_hand() -> None:
    N = nx.DiGraph()
    N.add_node("sum", op="+")
    N.add_node("x", op="input")
    N.add_node("two", op="const", value=2)
    N.add_node("e", op="exp")
    N.add_edges_from([("x", "e"), ("e", "sum"), ("two", "sum")])
    G = Graph.from_networkx(N)
    assert G.inputs == ("x",)
    assert G.evaluate(x=0.0).outputs == (3.0,)
    M = nx.MultiDiGraph()
    M.add_node(7, op="sub")
    M.add_node(3, op="input", name="a")
    M.add_node(9, op="input", name="b")
    M.add_edge(9, 7, key=0)
    M.add_edge(3, 7, key=1)
    assert Graph.from_networkx(M).evaluate(a=1.0, b=5.0).outputs == (4.0,)


def broken(change: object) -> nx.MultiDiGraph:
    N = ew.parse("x - sin(y)").to_networkx()
    change(N)
    return N


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda N: N.add_edge(3, 2, key=1), r"cycle|positions"),
        (lambda N: (N.remove_edge(1, 2), N.add_edge(3, 2, key=0)), "cycle: "),
        (lambda N: N.remove_edge(0, 3), r"positions \[1\].*takes 2"),
        (lambda N: N.nodes[2].update(op="sine"), "unknown operation 'sine'"),
        (lambda N: N.nodes[2].pop("op"), "no attribute 'op'"),
        (lambda N: N.nodes[1].update(name="x"), "two inputs"),
        (lambda N: N.add_node(9, op="const"), "'value'"),
        (lambda N: N.add_node(9, op="const", value="three"), "not a number"),
        (lambda N: N.graph.update(outputs=[44]), "44"),
        (lambda N: N.graph.update(parameters=[("x", (5,))]), "fewer inputs"),
    ],
)
def test_broken_networkx_graphs_are_refused(change: object, message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message):
        Graph.from_networkx(broken(change))


def test_undirected_graphs_are_refused() -> None:
    with pytest.raises(ew.EdgewiseError, match="directed"):
        Graph.from_networkx(nx.Graph([(1, 2)]))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda d: d.update(version=2), "version 2 and this edgewise reads version 1"),
        (lambda d: d.update(format="other"), "not a graph of edgewise"),
        (lambda d: d["graph"]["args"].reverse(), "checksum"),
        (lambda d: d.update(checksum="0"), "checksum"),
        (lambda d: d.pop("graph"), "checksum"),
    ],
)
def test_tampered_json_is_refused(change: object, message: str) -> None:
    data = json.loads(ew.parse("x - sin(y)").to_json())
    change(data)
    with pytest.raises(ew.EdgewiseError, match=message):
        Graph.from_json(json.dumps(data))


def test_any_mutation_of_the_text_is_refused_or_harmless() -> None:
    G = ew.parse("x - sin(y)/3")
    text = G.to_json()
    rng = random.Random(5)
    for _ in range(400):
        k = rng.randrange(len(text))
        mutant = text[:k] + chr(rng.randrange(32, 127)) + text[k + 1 :]
        with contextlib.suppress(ew.EdgewiseError):
            assert same(Graph.from_json(mutant).tape, G.tape)


def test_a_valid_checksum_does_not_make_a_valid_graph() -> None:
    from edgewise.exchange.json import _checksum

    for change in (
        lambda g: g["args"].__setitem__(0, 3),
        lambda g: g["ops"].__setitem__(0, 99),
        lambda g: g["outputs"].append(77),
        lambda g: g.pop("start"),
        lambda g: g["attrs"].clear(),
        lambda g: g["operations"].__setitem__(0, "nonsense"),
    ):
        data = json.loads(ew.parse("x - sin(y)").to_json())
        change(data["graph"])
        data["checksum"] = _checksum(data["graph"])
        with pytest.raises(ew.EdgewiseError):
            Graph.from_json(json.dumps(data))


def test_user_operations_travel_when_they_are_supplied() -> None:
    cube = ew.op("cube", value="x**3", partials="3*x**2")
    G = ew.trace(lambda x: cube(x) * 2, "x")
    text = G.to_json()
    with pytest.raises(ew.EdgewiseError, match=r"functions=\{'cube'"):
        Graph.from_json(text)
    back = Graph.from_json(text, functions={"cube": cube.op})
    assert back.gradient().evaluate(x=2.0).outputs == (24.0,)
    assert Graph.from_networkx(G.to_networkx(), functions={"cube": cube.op}).evaluate(x=2.0).outputs == (16.0,)
    assert pickle.loads(pickle.dumps(G)).gradient().evaluate(x=2.0).outputs == (24.0,)
