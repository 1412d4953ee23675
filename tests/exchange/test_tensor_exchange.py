"""Graphs of tensors as JSON and in networkx: exact both ways, written by hand, and nothing else gets in."""

from __future__ import annotations

import contextlib
import copy
import json
import random
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from test_json import columns

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.errors import EdgewiseError, FormatError, GraphError, InputError, OperationError, UnsupportedError
from edgewise.exchange.codec import read, write
from edgewise.exchange.json import _checksum, from_json, to_json
from edgewise.exchange.networkx import from_networkx
from edgewise.graph import Tape, exact_number
from edgewise.ops import PI, TENSORS, ArrayValue, Contraction, E, dimension, fits
from tensor_rows import ROWS, Row
from tensor_rows import traced as traced_row
from tensor_strategies import NAMED, inputs, programs


def traced(program: Callable[..., Any]) -> Any:
    return ew.trace(
        lambda X, A, w, y, c: program(np, X, A, w, y, c), **{name: ew.tensor(*shape) for name, shape in NAMED.items()}
    )


def comes_back(graph: Graph) -> tuple[Graph, Graph]:
    """The graph from JSON and from networkx, after it was seen to be the same one."""
    text = graph.to_json()
    other, third = Graph.from_json(text), Graph.from_networkx(graph.to_networkx())
    assert other.to_json() == text == third.to_json()
    assert Graph.from_json(graph.to_json(indent=1)).to_json() == text
    for back in (other, third):
        assert back.tape.has_tensors
        assert columns(back.tape) == columns(graph.tape)
        assert dict(back.tape.attrs) == dict(graph.tape.attrs)
    return other, third


@settings(max_examples=20, deadline=None)
@given(programs(), st.integers(0, 5))
def test_random_graphs_and_their_derivatives_come_back(program: Callable[..., Any], seed: int) -> None:
    G, values = traced(program), inputs(seed)
    for graph in (G, G.gradient(), G.gradient().simplify()):
        wanted = graph.evaluate({}, *values).outputs
        for back in comes_back(graph):
            for ours, out in zip(back.evaluate({}, *values).outputs, wanted, strict=True):
                np.testing.assert_array_equal(ours, out)


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_every_operation_comes_back(row: Row) -> None:
    G = traced_row(row)
    for graph in (G, G.jacobian(order="reverse"), G.jacobian(order="forward").simplify()):
        comes_back(graph)


@pytest.mark.parametrize("derive", ["gradient", "jvp", "vjp", "hvp", "hessian"])
def test_derivatives_of_every_kind_come_back_and_go_on(derive: str) -> None:
    G = ew.parse("sum(exp(X @ w)) / sum(X*X) + w @ w", shapes="X: n,d; w: d")
    B = getattr(G, derive)("w")
    other, _ = comes_back(B)
    back, _ = comes_back(G)
    assert getattr(back, derive)("w").to_json() == B.to_json()
    assert other.simplify().to_json() == Graph(B.tape).simplify().to_json()


def test_kinds_groups_lines_labels_constants_and_nestings_come_back() -> None:
    def f(S: Any, i: Any, x: Any, c: Any) -> Any:
        total = (S @ x).named("product")
        places = x[i] + np.array([0.1, -0.0, 5e-324])
        return {"a": [total, np.pi * c], "b": (places, np.sum(x) / x.size, np.eye(3) @ x[:3])}

    G = ew.trace(
        f, S=ew.tensor("n", "n", symmetric=True), i=ew.tensor(3, dtype=int), x=ew.tensor("n"), c=ew.tensor()
    )  # fmt: skip
    other, third = comes_back(G)
    assert [p.kind for p in other.parameters] == ["symmetric", "integer", "real", "real"]
    assert other.node("product") == G.node("product")
    assert "test_tensor_exchange.py" in other.tape.line(G.node("product"))
    values = {"S": np.eye(4), "i": np.array([0, 3, 3]), "x": np.arange(4.0), "c": 2.0}
    assert repr(other.evaluate(values).result) == repr(third.evaluate(values).result) == repr(G.evaluate(values).result)
    comes_back(ew.trace(lambda c: c, c=ew.tensor()))


def test_a_users_operation_may_have_the_name_of_one_on_tensors() -> None:
    inv = ew.op("inv", value="1/x", partials="-out*out")
    G = ew.trace(lambda x: np.sum(inv(x)), x=ew.tensor(2, 2))
    with pytest.raises(OperationError, match=r"functions=\{'inv'"):
        Graph.from_json(G.to_json())
    for back in (Graph.from_json(G.to_json(), functions={"inv": inv}),
                 Graph.from_networkx(G.to_networkx(), functions={"inv": inv})):  # fmt: skip
        assert back.tape.custom == (inv.op,)
        assert back.evaluate(x=np.full((2, 2), 2.0)).outputs == (2.0,)
    both = ew.trace(lambda x: inv(x) + np.linalg.inv(x), x=ew.tensor(2, 2))
    assert columns(Graph.from_json(both.to_json(), functions={"inv": inv}).tape) == columns(both.tape)
    with pytest.raises(OperationError, match="two operations called 'inv'"):
        both.to_networkx()


# --- values ----------------------------------------------------------------------------------------------------------

n, d = dimension("n"), dimension("d")
DIMENSIONS = st.recursive(
    st.sampled_from([n, d, n * d, n + 1, 2 * n - 3, n / 2, sp.sqrt(n), 1 / (n * (d + 1)), sp.log(2 * n), n**2 * 0.1]),
    lambda inner: st.builds(lambda a, b: a * b + a, inner, inner),
    max_leaves=4,
)
VALUES = st.recursive(
    st.one_of(
        st.booleans(), st.integers(), st.fractions().map(exact_number), st.text(),
        st.floats(allow_nan=False, allow_infinity=False),
        st.sampled_from([PI, E, Contraction(("ij", "j"), "ki", (("k", n * d),)), Contraction(("",), "")]), DIMENSIONS,
        st.lists(st.floats(allow_nan=False)).map(ArrayValue), st.just(ArrayValue(np.zeros((2, 0, 3), dtype=">i2"))),
    ),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_values_come_back_with_their_type(value: Any) -> None:
    back = read(json.loads(json.dumps(write(value))))
    assert back == value
    assert type(back) is type(value) and repr(back) == repr(value)
    assert write(back) == write(value)


def test_what_is_no_value_is_refused() -> None:
    for value in (None, 1j, {}, [1], sp.gamma(n), sp.Symbol("n") * sp.I):
        with pytest.raises(UnsupportedError):
            write(value)
    refused: list[Any] = [
        None, 3, [], ["add"], ["add", ["int", "0x1"]], ["pow", ["dimension", "n"], ["int", "0xffff"]],
        ["pow", ["int", "0x3"], ["int", "0x1000000"]], ["mul", ["int", "0x0"], ["dimension", "n"]],
        ["pow", ["mul", ["int", "0x0"], ["dimension", "n"]], ["int", "-0x1"]], ["log"], ["dimension", "n d"],
        ["dimension", "3"], ["dimension", []], ["dimension"], ["mul", ["dimension", "n"], ["symbol", "i"]],
        ["mul", ["dimension", "n"], ["int", hex(1 << 70)]], ["bool", 1], ["tuple", 1], ["array", "O", [], ""],
        ["array", "<f8", [2], "AAAAAAAAAAA="], ["array", "<f8", [-1], ""], ["array", "<f8", 0, ""],
        ["array", "<f8", [1], "AAAAAAAAAA*="], ["array", "|b1", [1], "Ag=="], ["array", "f8", [0], ""],
        ["contraction", "ij", "i"], ["contraction", [1], ""], ["contraction", ["i"], "i", ["j"]],
        ["log", ["mul", ["int", "-0x1"], ["dimension", "n"]]],
    ]  # fmt: skip
    for data in refused:
        with pytest.raises((ValueError, TypeError, LookupError, EdgewiseError)):
            read(data)


# --- damaged ---------------------------------------------------------------------------------------------------------


def sample() -> Tape:
    def f(X: Any, w: Any) -> Any:
        rows = ew.softmax(X[:, 1:3] @ w[:2])
        return np.sum(np.cumsum(np.reshape(X, (-1,)))) + np.max(rows) + np.sum(np.diag(w) @ w) / X.size

    return ew.trace(f, X=ew.tensor("n", 3), w=ew.tensor(3)).tape


def changed(change: Callable[[dict[str, Any]], Any]) -> str:
    data = json.loads(to_json(sample()))
    change(data["graph"])
    data["checksum"] = _checksum(data["graph"])
    return json.dumps(data)


def _parameter(name: str, value: Any) -> Callable[[dict[str, Any]], Any]:
    """The parameter of the first node of an operation replaced."""

    def change(graph: dict[str, Any]) -> None:
        code = graph["operations"].index(["tensor", name])
        graph["attrs"][str(graph["ops"].index(code))] = value

    return change


CHANGES: list[Callable[[dict[str, Any]], Any]] = [
    _parameter(
        "index", ["tuple", ["tuple", ["int", "0x0"]], ["tuple", ["int", "0x7"], ["int", "0x2"], ["int", "0x1"]]]
    ),
    _parameter("index", ["tuple", ["tuple", ["int", "0x0"], ["int", "0x2"], ["int", "0x0"]]]),
    _parameter("index", ["int", "0x0"]),
    _parameter("index", "name"),
    _parameter("softmax", ["int", "0x0"]),
    _parameter("softmax", ["int", "-0x5"]),
    _parameter("softmax", ["bool", True]),
    _parameter("softmax", ["tuple"]),
    _parameter("cumsum", ["tuple", ["int", "-0x1"], ["int", "0x0"]]),
    _parameter("reshape", ["tuple", ["int", "0x2"], ["tuple", ["dimension", "n"]]]),
    _parameter("reshape", ["tuple", ["int", "0x9"], ["tuple", ["mul", ["int", "0x3"], ["dimension", "n"]]]]),
    _parameter("eye", ["int", "-0x3"]),
    _parameter("eye", ["float", "0x1p1"]),
    _parameter("size", ["int", "0x3"]),
    _parameter("amax", ["tuple", ["int", "-0x1"], ["int", "-0x1"]]),
    _parameter("contract", ["contraction", ["ij", "j"], "ii"]),
    _parameter("contract", ["contraction", ["ij", "j"], "ik"]),
    _parameter("contract", ["contraction", ["i?", "?"], "i"]),
    _parameter("contract", ["contraction", ["ij"], "i"]),
    _parameter("contract", ["contraction", ["ij", "j"], "ik", ["k", ["float", "0x1p0"]]]),
    _parameter("contract", ["contraction", ["ij", "j"], "i", ["j", ["dimension", "n"]]]),
    _parameter("contract", ["contraction", ["ijk", "j"], "i"]),
    lambda g: g["attrs"].pop(next(iter(reversed(g["attrs"])))),
    lambda g: g["shapes"].update({"0": [["dimension", "n"], 4]}),
    lambda g: g["shapes"].update({"0": [["dimension", "m"], 3]}),
    lambda g: g["shapes"].update({"0": ["n", 3]}),
    lambda g: g["shapes"].pop("1"),
    lambda g: g["shapes"].popitem(),
    lambda g: g["parameters"].__setitem__(0, ["X", [3, 3], "complex"]),
    lambda g: g["parameters"].__setitem__(0, ["X", [["dimension", "n"], 3], "symmetric"]),
    lambda g: g["parameters"].__setitem__(0, ["X", [["dimension", "n"], 3]]),
    lambda g: g["parameters"].__setitem__(0, ["X", [["dimension", "n"], 3], ""]),
    lambda g: g["parameters"].__setitem__(0, ["X", [["dimension", "n"], -3], "real"]),
    lambda g: g["parameters"].__setitem__(0, ["X", 3, "real"]),
    lambda g: g["layout"].update(kind="tensor", shape=[3]),
    lambda g: g["layout"].update(kind="tensor", shape=[["dimension", "n"]]),
    lambda g: g["layout"].update(shape=[["dimension", "n"]]),
    lambda g: g["operations"].__setitem__(-1, ["tensor", "exp"]),
    lambda g: g["operations"].__setitem__(-1, ["tensor"]),
    lambda g: g["operations"].__setitem__(-1, "eye"),
]


@pytest.mark.parametrize("change", range(len(CHANGES)))
def test_a_right_checksum_does_not_make_a_right_graph(change: int) -> None:
    with pytest.raises(EdgewiseError):
        from_json(changed(CHANGES[change]))


def test_errors_name_the_node() -> None:
    with pytest.raises(GraphError, match=r"softmax at u5 \(.*test_tensor_exchange\.py:\d+\): softmax with the axis 0"):
        from_json(changed(_parameter("softmax", ["int", "0x0"])))
    with pytest.raises(GraphError, match=r" at u\d+.* has the shape \(4,\), and its arguments make it"):
        from_json(changed(lambda g: g["shapes"].update({next(reversed(g["shapes"])): [4]})))
    data = json.loads(to_json(sample()).replace('"X"', '"n"'))
    data["checksum"] = _checksum(data["graph"])
    with pytest.raises(GraphError, match="'n' names both an input and a dimension"):
        from_json(json.dumps(data))


def test_shapes_that_would_take_for_ever_are_refused() -> None:
    length = ["add", ["dimension", "m"], ["dimension", "n"], ["int", "0x1"]]
    with pytest.raises(EdgewiseError):
        from_json(changed(_parameter("reshape", ["tuple", ["int", "0x2"], ["tuple", *[length] * 60]])))
    nested: Any = ["dimension", "n"]
    for _ in range(50_000):
        nested = ["log", nested]
    text = to_json(sample()).replace('["dimension", "n"]', "[" * 50_000, 1)
    with pytest.raises(FormatError):
        from_json(text)
    with pytest.raises((EdgewiseError, RecursionError)):
        read(nested)


def leaves(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    found = [path] if path else []
    return found + [leaf for key, item in items for leaf in leaves(item, (*path, key))]


def test_any_field_replaced_is_refused_or_makes_a_graph_that_checks() -> None:
    """A wrong field under a right checksum: it is refused, or what comes of it evaluates."""
    graph = json.loads(to_json(sample()))["graph"]
    paths, rng = leaves(graph), random.Random(2)
    odd: list[Any] = [
        None, -1, 0, 1, 2, 7, 10**20, 1.5, True, "", "x", "name", [], [1], {}, ["int", "0x1"], ["int", "-0x1"],
        ["dimension", "n"], ["dimension", "q"], ["tuple"], ["tuple", ["int", "-0x1"]], ["contraction", ["i"], "i"],
        ["tensor", "inv"], ["float", "inf"], ["bool", False],
    ]  # fmt: skip
    kept = 0
    for _ in range(1500):
        data = copy.deepcopy(graph)
        *way, last = rng.choice(paths)
        place = data
        for key in way:
            place = place[key]
        place[last] = rng.choice(odd)
        whole = {"format": "edgewise", "version": 1, "checksum": _checksum(data), "graph": data}
        with contextlib.suppress(EdgewiseError):
            tape = from_json(json.dumps(whole))
            kept += 1
            assert to_json(from_json(to_json(tape))) == to_json(tape)
            with contextlib.suppress(InputError):  # an unknown dimension
                Graph.from_json(to_json(tape)).evaluate({}, *(np.ones((2, 3)), np.ones(3))[: len(tape.parameters)])
    assert kept > 10


def test_every_parameter_has_a_form() -> None:
    assert all(fits(op, None, [(2, 2)]) for op in TENSORS if not op.parameter)
    assert not any(fits(op, "text", [(2, 2)] * 2) for op in TENSORS)


# --- written by hand -------------------------------------------------------------------------------------------------


def by_hand(nodes: dict[str, dict[str, Any]], edges: list[Any], **attrs: Any) -> Any:
    made = nx.MultiDiGraph(**attrs)
    for node, data in nodes.items():
        made.add_node(node, **data)
    for parent, node, position in edges:
        made.add_edge(parent, node, key=position)
    return made


A = {"op": "input", "shape": ("m", "n")}
X = {"op": "input", "shape": ["n"]}
PRODUCT = {"op": "contract", "parameter": "ij,j->i"}
EDGES = [("A", "y", 0), ("x", "y", 1)]


def test_graphs_written_by_hand() -> None:
    G = Graph.from_networkx(by_hand({"y": PRODUCT, "A": A, "x": X, "e": {"op": "exp", "shape": ("m",)},
                                     "s": {"op": "logsumexp", "parameter": [-1]}},
                                    [*EDGES, ("y", "e", 0), ("e", "s", 0)]))  # fmt: skip
    assert [(p.name, p.shape, p.kind) for p in G.parameters] == [
        ("A", (dimension("m"), n), "real"), ("x", (n,), "real"),
    ]  # fmt: skip
    a, x = np.array([[0.5, -1.0], [2.0, 0.25], [0.0, 1.0]]), np.array([0.3, -0.4])
    assert G.evaluate(A=a, x=x).outputs[0] == pytest.approx(np.log(np.sum(np.exp(np.exp(a @ x)))))
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    jax.config.update("jax_enable_x64", True)
    wanted = jax.grad(lambda v: jax.nn.logsumexp(jax.numpy.exp(a @ v)))(x)
    np.testing.assert_allclose(G.gradient("x").simplify().evaluate(A=a, x=x).outputs[0], wanted, rtol=1e-12)


def test_parameters_written_by_hand() -> None:
    nodes = {
        "x": {"op": "input", "shape": (2, 3), "kind": "integer"}, "c": {"op": "array", "parameter": [[1, 2, 3]]},
        "r": {"op": "reshape", "parameter": [2, ["6"]]}, "s": {"op": "*"}, "k": {"op": "size", "parameter": "q"},
        "z": {"op": "input", "shape": ("q",), "name": "Z"}, "t": {"op": "+"},
    }  # fmt: skip
    edges = [("x", "s", 0), ("c", "s", 1), ("s", "r", 0), ("r", "t", 0), ("k", "t", 1)]
    G = Graph.from_networkx(by_hand(nodes, edges, outputs=["t", "z"]))
    first, second = G.evaluate(x=np.ones((2, 3), dtype=int), Z=np.zeros(4)).result
    assert first.tolist() == [5.0, 6.0, 7.0, 5.0, 6.0, 7.0] and second.shape == (4,)
    assert [p.kind for p in G.parameters] == ["integer", "real"]


@pytest.mark.parametrize(
    ("nodes", "edges", "message"),
    [
        ({"A": A, "x": X, "y": {**PRODUCT, "parameter": "ij,i->j"}}, EDGES, "node 'y' .*the index 'i' is m and n"),
        ({"A": A, "x": X, "y": {**PRODUCT, "parameter": "ij"}}, EDGES, r"node 'y' \(contract\): contract with the ind"),
        ({"A": A, "x": X, "y": {"op": "contract"}}, EDGES, r"node 'y' \(contract\) has no attribute 'parameter'"),
        ({"A": A, "x": X, "y": {**PRODUCT, "shape": ("n",)}}, EDGES, r"node 'y' .*\(n,\), and its arguments .*\(m,\)"),
        ({"A": A, "x": X | {"shape": ("m",)}, "y": {"op": "+"}}, EDGES, "node 'y' .*add of the shapes"),
        ({"A": A, "x": X, "y": {"op": "concatenate", "parameter": 0}}, EDGES, "node 'y' .*concatenate with the axis 0"),
        ({"A": A, "x": X, "y": PRODUCT}, [("A", "y", 0), ("x", "y", 2)], r"node 'y' .*positions \[0, 2\]"),
        ({"A": A, "x": X, "y": {"op": "concatenate", "parameter": -1}}, [], "node 'y' .*concatenate with the axis"),
        ({"A": A, "y": {"op": "inv"}}, [("A", "y", 0)], "node 'y' .*inv of a matrix of shape"),
        ({"A": A, "y": {"op": "softmax", "parameter": {}}}, [("A", "y", 0)], "node 'y' .*softmax with the axis"),
        ({"A": A | {"shape": ("n d",)}}, [], "node 'A' has the shape"),
        ({"A": A | {"shape": 3}}, [], "node 'A' has the shape 3"),
        ({"A": A | {"kind": "complex"}}, [], "'A' is of the kind 'complex'"),
        ({"A": A | {"kind": "symmetric"}}, [], "'A' of shape .* is no symmetric tensor"),
        ({"n": A}, [], "'n' names both an input and a dimension"),
        ({"c": {"op": "array", "parameter": ["a"]}}, [], "array of"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(nodes: Any, edges: Any, message: str) -> None:
    with pytest.raises(EdgewiseError, match=message):
        from_networkx(by_hand(nodes, edges))


def test_shuffled_and_renamed_graphs_come_back() -> None:
    tape = sample()
    N = Graph(tape).to_networkx()
    assert columns(from_networkx(nx.relabel_nodes(N, {node: f"u{node}" for node in N}))) == columns(tape)
    shuffled = nx.MultiDiGraph(**N.graph)
    nodes, edges = list(N.nodes(data=True)), list(N.edges(keys=True, data=True))
    random.Random(1).shuffle(nodes)
    random.Random(2).shuffle(edges)
    shuffled.add_nodes_from(nodes)
    shuffled.add_edges_from(edges)
    assert columns(from_networkx(shuffled)) == columns(tape)
