"""Derivatives of any order, each once: `Graph.derivatives`."""

from __future__ import annotations

import json
import pickle
from itertools import combinations_with_replacement
from math import comb
from typing import Any

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
import peers
from edgewise.cli import main
from edgewise.errors import DifferentiationError, InputError, UnsupportedError
from orders import correlation_energy
from strategies import tapes

PBE = ew.trace(correlation_energy, "rs", "z", "xt")


def every(names: str, order: int) -> list[tuple[str, ...]]:
    return list(combinations_with_replacement(names.split(), order))


# --- values -----------------------------------------------------------------------------------------------------------


TEXTS = {
    "exp(x*y)*sin(z) + x**3*y/z": "x y z",
    "log(x**2 + y**2 + 1)/sqrt(z + 2)": "x y z",
    "atan2(y, x)*x**5": "x y",
    "x**y": "x y",
    "erf(x*y) + gamma(x + 3)": "x y",
    "x**4 + y": "x y",
}


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("simplified", [False, True])
def test_every_derivative_is_sympys(text: str, simplified: bool) -> None:
    names = TEXTS[text].split()
    point = dict(zip(names, (0.7, 1.3, 0.4), strict=False))
    D = ew.parse(text).derivatives(3)
    D = D.simplify() if simplified else D
    known = {"gamma": sp.gamma, "atan2": sp.atan2, "erf": sp.erf}
    value = sp.sympify(text, locals=known | {name: sp.Symbol(name) for name in names})
    found = D.compile("python")(**point)
    assert len(found) == 4
    for order in (1, 2, 3):
        wanted = [
            float(value.diff(*map(sp.Symbol, index)).evalf(30, subs={sp.Symbol(k): v for k, v in point.items()}))
            for index in every(" ".join(D.inputs), order)
        ]
        assert found[order] == pytest.approx(wanted, rel=1e-11, abs=1e-12)


@given(tapes(max_ops=12), st.integers(2, 3), st.booleans())
@settings(deadline=None, max_examples=50)
def test_on_random_graphs_with_sharing_they_are_those_of_differentiating_again(
    tape: Any, order: int, simplify: bool
) -> None:
    G = ew.Graph(tape)
    D = G.derivatives(order)
    D = D.simplify() if simplify else D
    point = {name: 0.3 + 0.2 * k for k, name in enumerate(G.inputs)}
    values = D.evaluate(point).values
    again: ew.Graph = G
    for k in range(1, order + 1):
        again = again.jacobian(order="reverse") if k > 1 else again.gradient()
        numbers = np.array(again.evaluate(point).outputs).reshape([len(G.inputs)] * k)
        for index in np.ndindex(*numbers.shape):
            names = tuple(G.inputs[place] for place in index)
            assert float(values[D[names]]) == pytest.approx(numbers[index], rel=1e-8, abs=1e-10)


def test_at_zero_a_smooth_function_of_a_length_has_its_second_derivatives() -> None:
    D = ew.parse("cos(sqrt(x**2 + y**2))").derivatives(2)
    for graph in (D, D.simplify()):
        assert graph.compile("python")(0.0, 0.0)[2].tolist() == [-1.0, 0.0, -1.0]
    assert ew.parse("sqrt(x**4)").derivatives(2).evaluate(x=0.0).outputs == (2.0,)
    assert ew.parse("x*sqrt(x)").derivatives(1).evaluate(x=0.0).outputs == (0.0,)


def test_what_is_not_taken_contributes_nothing() -> None:
    D = ew.parse("where(x > 0, log(x)*y, y**3)").derivatives(3)
    for graph in (D, D.simplify()):
        assert [part.tolist() for part in graph.compile("python")(-1.0, 2.0)[1:]] == [
            [0.0, 12.0], [0.0, 0.0, 12.0], [0.0, 0.0, 0.0, 6.0],
        ]  # fmt: skip


# --- each once --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("n", "order"), [(1, 5), (2, 4), (3, 3), (4, 2)])
def test_there_are_as_many_as_there_are_multi_indices(n: int, order: int) -> None:
    names = "abcd"[:n]
    G = ew.parse("exp(" + "*".join(names) + ")")
    D = G.derivatives(order)
    for k, result in enumerate(D.returns()[1:], 1):
        assert result.name == f"d{k}" and len(set(result.nodes)) == len(result.nodes) == comb(n + k - 1, k)
        assert [D[index] for index in every(" ".join(names), k)] == list(result.nodes)
    # Each graph below has them all once, too.
    assert [len(D.ledger(k)) > 0 for k in range(1, order + 1)] == [True] * order


def test_names_in_any_order_and_counts_are_one_node() -> None:
    D = ew.parse("exp(x*y)/z").derivatives(3)
    assert D["x", "x", "y"] == D["y", "x", "x"] == D[2, 1, 0] == D[sp.Symbol("x"), "y", "x"]
    assert D["x"] == D[("x",)] == D[1, 0, 0] and D[()] == D[0, 0, 0] == D.returns()[0].nodes[0]
    alone = ew.parse("x**3").derivatives(2)
    assert alone[2] == alone["x", "x"]


def test_the_published_functional_takes_few_operations() -> None:
    counts = {order: PBE.derivatives(order).simplify().cost().operations for order in (2, 3)}
    assert counts[2] <= 561 and counts[3] <= 1769


@pytest.mark.slow
def test_all_derivatives_to_order_four_in_less_than_six_thousand_operations() -> None:
    D = PBE.derivatives(4)
    S = D.simplify()
    assert S.cost().operations <= 4429
    point = (1.3, 0.4, 0.7)
    given, made = D.compile("python")(*point), S.compile("llvm")(*point)
    assert sum(map(np.size, made)) == 35
    for one, other in zip(given, made, strict=True):
        assert np.asarray(one) == pytest.approx(np.asarray(other), rel=1e-7)


def test_forms_of_symmetric_functions_are_computed_once() -> None:
    source = ew.parse("x*y*z*w").derivatives(4).simplify().to_python()
    assert "in 11 operations" in source  # six pairs, four triples, all four


# --- some of them -----------------------------------------------------------------------------------------------------


def test_chosen_derivatives_and_nothing_else() -> None:
    G = ew.parse("exp(x)*y**5/z")
    D = G.derivatives(only=[("x", "y", "y"), "z", (0, 3, 0), ("y", "x", "y")])
    assert [(r.name, len(r.nodes)) for r in D.returns()] == [("value", 1), ("d1", 1), ("d3", 2)]
    f = D.compile("python")
    value, first, third = f(0.0, 2.0, 4.0)
    assert (value, first.tolist(), third.tolist()) == (8.0, [-2.0], [40.0, 60.0])
    assert D.cost().operations < G.derivatives(3).cost().operations / 2
    with pytest.raises(InputError, match="the derivative in x is not among these; ask for it"):
        D["x"]
    assert [leaf.keys for leaf in (r.layout for r in D.returns()[1:])] == [("dz",), ("dx_dy_dy", "dy_dy_dy")]


def test_in_some_inputs_and_entries_of_groups() -> None:
    G = ew.trace(lambda w, x: w[0] ** 2 * w[1] * x**2, w=2, x=())
    D = G.derivatives(2, wrt="w")
    assert [float(v) for v in D.evaluate(w=[3.0, 5.0], x=2.0).outputs] == [40.0, 24.0, 0.0]
    assert D["w[0]", "w[1]"] == D[1, 1]
    with pytest.raises(InputError, match="'x' is no input that is differentiated in; it is taken in w"):
        D["x"]


def test_several_outputs_in_their_nesting() -> None:
    G = ew.trace(lambda x, y: np.array([x * y**2, np.sin(x) * y, x]), "x", "y")
    D = G.derivatives(2).simplify()
    _, first, second = D.compile("python")(1.0, 2.0)
    assert first.tolist() == [[4.0, 4.0], [2 * np.cos(1.0), np.sin(1.0)], [1.0, 0.0]]
    assert second == pytest.approx(np.array([[0, 4, 2], [-2 * np.sin(1), np.cos(1), 0], [0, 0, 0]]))
    assert D["x", "y"] == tuple(D.returns()[2].nodes[k] for k in (1, 4, 7))
    T = ew.trace(lambda x, y: (x * y, {"a": x**2}), "x", "y").derivatives(1)
    assert [
        np.asarray(part).tolist()
        for part in (T.compile("python")(2.0, 3.0)[1][0], T.compile("python")(2.0, 3.0)[1][1]["a"])
    ] == [[3.0, 2.0], [4.0, 0.0]]


def test_of_a_derivative_graph() -> None:
    B = ew.parse("x**5*y").gradient("x")
    D = B.derivatives(2)
    assert [np.asarray(v).tolist() for v in D.compile("python")(1.0, 2.0)] == [10.0, [40.0, 5.0], [120.0, 20.0, 0.0]]
    assert D.simplify().derivatives(1)["x"] is not None


# --- the ledger -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("simplified", [False, True])
def test_the_ledger_of_every_order_is_kept(simplified: bool) -> None:
    D = ew.parse("exp(x*y)*sin(x)").derivatives(3)
    S = D.simplify() if simplified else D
    point = {"x": 0.3, "y": 0.8}
    values = S.evaluate(point).values
    below: Any = S.base
    for order in (3, 2, 1):
        rows = S.ledger(order)
        numbers = below.evaluate(point).values
        # The edges are those of the graph of the order below, and the partials are what they are there.
        assert len(rows) == len(below.derivatives(1).edges) if order == 1 else len(rows) > 0
        for row in rows:
            arguments = [numbers[j] for j in below.tape.arguments(row.consumer)]
            assert below.tape.arguments(row.consumer)[row.position] == row.parent
            if row.partial >= 0:
                op = below.op(row.consumer)
                partial = float(values[row.partial])
                if op == "mul":
                    assert partial == pytest.approx(float(arguments[1 - row.position]), rel=1e-12)
                elif op in ("exp", "sin"):
                    wanted = np.exp(arguments[0]) if op == "exp" else np.cos(arguments[0])
                    assert partial == pytest.approx(float(wanted), rel=1e-12)
        assert sum(row.partial >= 0 and row.product >= 0 for row in rows) == len(rows)
        below = below.base if order > 1 else below
    with pytest.raises(InputError, match=r"there is no ledger of order 4; there are those of \[1, 2, 3\]"):
        S.ledger(4)


def test_a_gradient_has_the_ledger_of_order_one() -> None:
    B = ew.parse("x*y").gradient()
    assert list(B.ledger(1)) == list(B.edges)


# --- source -----------------------------------------------------------------------------------------------------------


def test_names_in_source_say_which_derivative() -> None:
    D = ew.trace(lambda x, y: (np.exp(x * y) + x**3 * y**2 + np.sin(y)).named("f"), "x", "y").derivatives(3).simplify()
    for source in (D.to_python(), D.to_python(target="jax"), D.to_js(), D.to_c()):
        for name in ("d_f_d_x", "d2_f_dx_dy", "d3_f_dx_dx_dy"):
            assert name in source
        assert "d2: dx_dx, dx_dy, dy_dy" in source and "out0" not in source
    hessian = ew.parse("exp(x*y)*x").hessian().simplify().to_python()
    assert "d2_out_dx_dy" in hessian and "out0" not in hessian


@pytest.mark.parametrize("target", ["python", "numpy", "jax", "c", "llvm"])
def test_every_target_hands_over_packed_arrays(target: str) -> None:
    peers.available(target)
    f = ew.parse("exp(x)*y**2").derivatives(3).simplify().compile(target)
    found = [np.asarray(part) for part in f(0.5, 3.0)]
    e = np.exp(0.5)
    wanted = [9 * e, [9 * e, 6 * e], [9 * e, 6 * e, 2 * e], [9 * e, 6 * e, 2 * e, 0]]
    for one, other in zip(found, wanted, strict=True):
        assert one == pytest.approx(np.asarray(other), rel=1e-6 if target == "jax" else 1e-14)


def test_it_is_a_graph_like_any_other() -> None:
    D = ew.parse("exp(x)*y**2").derivatives(3)
    for graph in (D, D.simplify()):
        again = pickle.loads(pickle.dumps(graph))
        assert again["x", "y", "y"] == graph["x", "y", "y"] and list(again.ledger(2)) == list(graph.ledger(2))
        read = ew.Graph.from_json(graph.to_json())
        assert read.returns()[0].layout == graph.returns()[-1].layout
        assert repr(graph).endswith("derivatives graph in x, y: " + repr(graph).split(": ")[1])
        text = str(graph.explain())
        assert "∂^3out/∂x^2∂y = " in text and "The derivatives of order 3, in the inputs" in text
        assert r"\frac{\partial^{3} \mathrm{out}}{\partial {x}^{2} \, \partial y}" in graph.explain().latex
        assert graph.why(graph["x", "y", "y"])
        assert "<svg" in graph.to_svg()


# --- bad input --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "what"),
    [
        ({}, r"of which order\?; write derivatives\(3\)"),
        ({"order": 0}, "there are no derivatives of order 0; give a whole number from 1 on"),
        ({"order": 2.0}, "there are no derivatives of order 2.0"),
        ({"order": True}, "there are no derivatives of order True"),
        ({"order": 300}, "there are 4,590,550 derivatives of 3 inputs up to order 300"),
        ({"only": []}, "nothing to take; give keys of derivatives"),
        ({"only": [()]}, "nothing to take"),
        ({"order": 1, "only": [("x", "x")]}, "a derivative of order 2 is asked for, and the order is 1"),
        ({"only": ["q"]}, "'q' is no input that is differentiated in; it is taken in x, y, z"),
        ({"only": [(1, 2)]}, r"\(1, 2\) says of 2 inputs how often; give names of inputs, as in D\['x', 'y'\]"),
        ({"only": [(1, -2, 0)]}, "says of 3 inputs how often"),
        ({"only": [1.5]}, "1.5 is no input that is differentiated in"),
    ],
)
def test_misuse_is_told(given: dict[str, Any], what: str) -> None:
    with pytest.raises(InputError, match=what):
        ew.parse("x*y*z").derivatives(**given)


def test_what_it_is_not_for_is_told() -> None:
    with pytest.raises(InputError, match="there is no input to differentiate in; the graph is made of constants alone"):
        ew.parse("3").derivatives(2)
    with pytest.raises(UnsupportedError, match=r"derivatives\(\) is for graphs of scalars"):
        ew.parse("sum(x)", shapes="x: n").derivatives(2)
    G = ew.parse("exp(x*y)")
    with pytest.raises(DifferentiationError, match="taken in inputs, and an inner node was given"):
        G.derivatives(2, wrt=2)
    with pytest.raises(InputError, match="is no node"):
        G.gradient()["x", "y"]


# --- the command line -------------------------------------------------------------------------------------------------


def test_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["derivatives", "exp(x)*y**2", "--order", "3", "--target", "c"])
    assert "double value[1], double d1[2], double d2[3], double d3[4]" in capsys.readouterr().out
    with pytest.raises(SystemExit):
        main(["derivatives", "exp(x)*y**2", "--at", "x=0,y=3", "--json"])
    assert json.loads(capsys.readouterr().out) == {"value": 9.0, "d1": [9.0, 6.0], "d2": [9.0, 6.0, 2.0]}


# --- the second order by elimination ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["x*y/sqrt(1 - z**2/y**2)", "log(1 + exp(x*y)/z)*z**2", "(1 + z/y)/sqrt(1 - z**2/y**2)*x"]
)
def test_second_derivatives_by_elimination_are_fewer_operations_and_the_same_numbers(text: str) -> None:
    G = ew.parse(text)
    H, swept, D = G.hessian(), G.hessian(order="sweeps"), G.derivatives(2)
    point = {"x": 0.7, "y": 1.3, "z": 0.4}
    assert H.derivative.elimination is not None and D.derivative.elimination is not None
    assert swept.derivative.elimination is None
    assert H.cost().operations < swept.cost().operations
    assert H.simplify().cost().operations <= swept.simplify().cost().operations
    wanted = np.array(swept.compile("python")(**point)[2])
    for made in (H, H.simplify(), H.simplify(expand=True)):
        found = np.array(made.compile("python")(**point)[2])
        assert found == pytest.approx(wanted, rel=1e-12)
        for i, j in ((0, 1), (0, 2), (1, 2)):
            assert made.outputs[3 * i + j] == made.outputs[3 * j + i]  # one node for both
    for made in (D, D.simplify()):
        assert made.compile("python")(**point)[2] == pytest.approx(wanted[np.triu_indices(3)], rel=1e-12)


def test_a_hessian_by_elimination_has_a_ledger_of_every_edge_once() -> None:
    H = ew.parse("x*y/sqrt(1 - z**2/y**2)").hessian()
    assert H.derivative.elimination is not None
    edges = [(e.consumer, e.position, e.parent) for e in H.edges]
    assert len(set(edges)) == len(edges)
    swept = ew.parse("x*y/sqrt(1 - z**2/y**2)").hessian(order="sweeps")
    assert {(e.consumer, e.position, e.parent) for e in swept.edges} <= set(edges)
    S = H.simplify()
    assert [(e.consumer, e.position, e.parent) for e in S.edges] == edges
    assert all(e.partial >= 0 for e in S.edges) and "∂^2" in str(S.explain())


def test_an_order_that_dense_hessians_do_not_have_is_told() -> None:
    with pytest.raises(InputError, match=r"there is no dense Hessian in the order 'push'; .* is for sparse Hessians"):
        ew.parse("x*y").hessian(order="push")
