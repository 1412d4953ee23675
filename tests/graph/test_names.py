"""A node has one name, in the graph, its derivatives and their simplification, and the code's own names are kept."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.graph.names import Cell, Quotient, read
from strategies import tapes


def names(graph: Any) -> dict[str, int]:
    return {graph.name(node): node for node in range(len(graph)) if graph.op(node) not in ("const", "input")}


# --- what traced code calls its values ------------------------------------------------------------------------------


def assigned(x: Any, y: Any) -> Any:
    c = x * y
    return np.sin(c) + c


def tuples(x: Any, y: Any) -> Any:
    a, (b, c) = x * y, (np.exp(x), y - x)
    [d, e] = [a + b, a - c]
    return d * e


def augmented(x: Any, y: Any) -> Any:
    s = x * y
    for _ in range(2):
        s += x
    return np.exp(s)


def rounds(x: Any, y: Any) -> Any:
    for k in range(1, 4):
        x = x * y
        z = x + k
        y = z * z
    return y * 2.0


def twice(x: Any, y: Any) -> Any:
    def squared(t: Any) -> Any:
        square = t * t
        return square

    return squared(x) * squared(y)


class Held:
    energy: Any


def attributes(x: Any, y: Any) -> Any:
    held = Held()
    held.energy = x * y
    du = np.zeros(2)
    du[0] = held.energy - x
    du[1] = y / x
    return du[0] * du[1]


def walrus(x: Any, y: Any) -> Any:
    return (c := x * y) + np.sin(c)


def calls(x: Any, y: Any) -> Any:
    total = np.sum(np.array([x, y, x * y]))
    hidden: Any = (
        np.tanh(
            total,
        )
    )  # fmt: skip
    return hidden * x


def shadowed(x: Any, y: Any) -> Any:
    out = x * y
    x = out + y
    u9 = x - out  # as a numbered node is called
    return u9 * x


CODE: dict[Callable[..., Any], dict[str, str]] = {
    assigned: {"c": "x*y"},
    tuples: {"a": "x*y", "b": "exp(x)", "c": "y - x", "d": "x*y + exp(x)", "e": "x*y - (y - x)"},
    augmented: {"s": "x*y", "s_2": "x*y + x", "s_3": "x*y + x + x"},
    rounds: {"x_2": "x*y", "z": "x*y + 1", "y_2": "(x*y + 1)*(x*y + 1)", "z_3": ""},
    twice: {"square": "x*x", "square_2": "y*y"},
    attributes: {"energy": "x*y", "du[0]": "x*y - x", "du[1]": "y/x"},
    walrus: {"c": "x*y"},
    calls: {"total": "x + y + x*y", "hidden": "tanh(x + y + x*y)"},
    shadowed: {"out_2": "x*y", "x_2": "x*y + y"},
}
"""A function → some of its names, and the formulas of their nodes."""


@pytest.mark.parametrize("function", CODE, ids=lambda function: function.__name__)
def test_variables_name_what_they_hold(function: Callable[..., Any]) -> None:
    G = ew.trace(function, "x", "y")
    for graph in (G, pickle.loads(pickle.dumps(G)), G.gradient()):
        found = names(graph)
        for name, formula in CODE[function].items():
            assert graph[name] == graph.node(name) == found[name]
            assert formula in ("", graph.text(found[name]))
        assert len(found) == len([i for i in range(len(graph)) if graph.op(i) not in ("const", "input")])


def test_arrays_of_scalars_have_entries_and_sums_one_name() -> None:
    def f(w: Any) -> Any:
        z = w * w
        n = np.sum(z)
        return n * z[0]

    G = ew.trace(f, w=3)
    assert [G.text(G[f"z[{k}]"]) for k in range(3)] == [f"w[{k}]*w[{k}]" for k in range(3)]
    assert G.text(G["n"]) == "w[0]*w[0] + w[1]*w[1] + w[2]*w[2]"


def test_code_without_source_and_lambdas_have_numbers() -> None:
    scope: dict[str, Any] = {}
    exec("def f(x):\n    c = x*x\n    return c + 1", scope)
    for fn in (scope["f"], lambda x: x * x + 1):
        G = ew.trace(fn, "x")
        assert [G.name(i) for i in range(len(G))] == ["x", "u1", "u2", "out"]


def test_source_that_has_changed_since_gives_no_wrong_names(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "changing.py"
    path.write_text("def f(x):\n    area = x*x\n    return area + 1\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    import importlib

    module = importlib.import_module("changing")
    path.write_text("def f(x):\n    wrong = x*x\n    return wrong + 1\n")
    G = ew.trace(module.f, "x")
    assert set(names(G)) <= {"area", "u1", "out"}


# --- text -----------------------------------------------------------------------------------------------------------


def test_assignments_of_the_text_are_names_and_so_are_numbers() -> None:
    G = ew.parse("c = x*y; exp(c) + sin(x)")
    assert [G.name(i) for i in range(len(G))] == ["x", "y", "c", "u3", "u4", "out"]
    assert (G["c"], G["u3"], G["u2"], G["x"], G["out"]) == (2, 3, 2, 0, 5)
    assert [ew.parse("[x, x*y, x - 1]").name(i) for i in (0, 2, 4)] == ["x", "out1", "out2"]
    again = ew.parse(G.text())
    assert [again.name(i) for i in range(len(again))] == [G.name(i) for i in range(len(G))]


def test_names_keep_clear_of_those_of_inputs() -> None:
    G = ew.parse("u3*out + sin(u3)")
    assert [G.name(i) for i in range(len(G))] == ["u3", "out", "uu2", "uu3", "out_"]
    assert G["u3"] == 0 and G["uu3"] == 3


def test_a_node_is_found_by_its_formula() -> None:
    G = ew.parse("c = x*y; c + exp(c)")
    B = G.gradient()
    assert B.of("x*y", "exp(x*y)") == B.of("exp(c)", "c") == B.of("u3", "u2") == B.of(3, 2) == B.of(2, 3)
    assert B.of("y * x", "exp( x*y )").parent == 2
    assert G["c + u3"] == 4 and B["exp(x*y)"] == 3
    T = ew.parse("sum(tanh(X @ w))", shapes="X: n,d; w: d")
    assert T.gradient("w").of("X @ w", "tanh(X @ w)").consumer == T["tanh(X @ w)"]
    for key in ("x*z", "x**y", "1 +", "", "∂out/∂z", "u77", "sin(x)"):
        with pytest.raises(ew.errors.InputError, match="names no node"):
            B.node(key)


# --- one name, wherever the node is ---------------------------------------------------------------------------------


@given(tapes())
@settings(max_examples=40, deadline=None)
def test_a_node_keeps_its_name_in_derivatives_and_when_they_are_simplified(tape: Any) -> None:
    G = ew.Graph(tape)
    J = G.jacobian(order="reverse")
    S = J.simplify()
    for B in (J, S):
        held = B.derivative.base_nodes
        for node in range(len(B.base)):
            if held[node] >= 0 and B.base.op(node) not in ("const", "input") and B.op(int(held[node])) != "const":
                first = int(np.flatnonzero(held == held[node])[0])
                assert B.name(int(held[node])) == B.base.name(first)
                assert B[B.base.name(node)] == held[node]
        for node in range(len(B)):
            assert B.names.find(B.name(node)) == node or B.op(node) == "const"
    # What has the same name before and after has the same value.
    point = {name: 0.25 + 0.5 * k for k, name in enumerate(G.inputs)}
    with np.errstate(all="ignore"):
        before, after = J.evaluate(point).values, S.evaluate(point).values
    known = names(J)
    for name, node in names(S).items():
        if name in known and J.base.tape is S.base.tape and np.isfinite(before[known[name]]):
            assert after[node] == pytest.approx(before[known[name]], rel=1e-6, abs=1e-6)


@given(tapes())
@settings(max_examples=10, deadline=None)
def test_no_two_nodes_of_any_derivative_have_one_name(tape: Any) -> None:
    G = ew.Graph(tape)
    made = [G.jacobian(order="markowitz"), G.jacobian(order="forward"), G.jvp(), G.vjp()]
    if len(G.outputs) == 1:
        made += [G.hessian(), G.hessian(order="sweeps"), G.hvp(), G.derivatives(3), G.taylor(2)]
    for written in made:
        for graph in (written, written.simplify()):
            inner = [node for node in range(len(graph)) if graph.op(node) != "const"]
            assert len({graph.name(node) for node in inner}) == len(inner)
            assert [graph.names.find(graph.name(node)) for node in inner] == inner


def test_simplified_graphs_keep_names_and_new_nodes_get_new_ones() -> None:
    B = ew.parse("c = x*y; sin(c) + sin(x*y) + log(1 + exp(c))").gradient()
    S = B.simplify()
    before, after = names(B), names(S)
    assert after.keys() & {"c", "out"} == {"c", "out"}
    made = {name for name in after if name not in before}
    assert all(int(name[1:]) >= len(B) for name in made if name[0] == "u")
    assert len({S.name(i) for i in range(len(S))}) == len(S)


def test_derivatives_are_called_what_they_are() -> None:
    B = ew.parse("c = x*y; c + exp(c)").gradient()
    assert B["∂out/∂x"] == B.grad_table["x"] == B["d_out_d_x"] and B.name(B.grad_table["c"]) == "∂out/∂c"
    assert B.name(B.of("c", "out").product) == "u7" and B.edges[1].partial == B["∂out/∂out"]
    H = ew.parse("exp(x)*y**2").hessian()
    for graph in (H, H.simplify()):
        entries = dict(zip(("xx", "xy", "yx", "yy"), graph.returns()[-1].nodes, strict=True))
        for name, node in {"x^2": "xx", "x∂y": "xy", "y^2": "yy"}.items():
            assert graph[f"∂^2out/∂{name}"] == entries[node]
        assert graph["∂out/∂x"] == graph.returns()[1].nodes[0]
    J = ew.parse("[x*y, sin(x)]").jacobian(order="forward")
    assert J["∂out0/∂x"] == J.grad_table[0, "out0"] and J["d_out1_d_x"] == J["∂out1/∂x"]
    assert ew.parse("x*y").taylor(2).name(7) == "c1[out]" and ew.parse("x*y").jvp().name(7) == "tangent[out]"


@pytest.mark.parametrize(
    "name",
    [
        "x", "w[0,1]", Quotient("out", ("x",)), Quotient("out", ("x", "x", "y")), Quotient("c", ("w[0]",), 1),
        Quotient(Quotient("out", ("x",)), (Quotient("out", ("c",), 0), "y")), Cell("c12", Quotient("q(t)", ("t",))),
    ],
)  # fmt: skip
def test_names_are_read_back(name: Any) -> None:
    assert read(str(name)) == name


def test_any_text_is_a_name() -> None:
    for text in ("∂", "∂/∂", "∂x/∂", "/∂x", "∂(x/∂y", "∂" * 500 + "/∂x", "(" * 3000 + "∂x/∂y", "∂x/∂y at", "∂^0x/∂y^0"):
        assert str(read(text)) == text


def test_errors_say_the_names() -> None:
    def f(x: Any) -> Any:
        root = np.sqrt(x)
        return np.exp(root) + x

    B = ew.trace(f, "x").gradient()
    with pytest.raises(
        ew.errors.NotANumberError, match=r"sqrt at root \(.*test_names.py:\d+\), sqrt\(x\), is NaN.*out"
    ):
        B.evaluate(x=-1.0, check_nans=True)
    with pytest.raises(ew.errors.InputError, match="there is no edge from root to root"):
        B.of("root", "root")
    with pytest.raises(ew.errors.InputError, match="'z' names no node; the inputs are x, other names out, root"):
        B.base["z"]
    with pytest.raises(TypeError):
        iter(B)
