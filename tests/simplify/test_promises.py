"""What is promised of the values of inputs serves guards, and survives whatever happens to a graph."""

from __future__ import annotations

import pickle
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise.errors import EdgewiseError, InputError
from edgewise.graph import SIGNS

FORMULAS: dict[str, tuple[Any, set[str]]] = {
    "abs(x)": (ew.abs, {"positive", "nonnegative"}),
    "x/x": (lambda x: x / x, {"positive", "negative", "nonzero"}),
    "sqrt(x)*sqrt(x)": (lambda x: ew.sqrt(x) * ew.sqrt(x), {"positive", "nonnegative"}),
    "exp(log(x))": (lambda x: ew.exp(ew.log(x)), {"positive"}),
    "sign(x)": (ew.sign, {"positive"}),
    "x**(1/3)*x": (lambda x: x ** Fraction(1, 3) * x, {"positive"}),
}
"""A formula, and the promises under which a rule with a guard applies to it."""


def operations(G: Any, level: str) -> int:
    return int(G.simplify(level).cost().operations)


@pytest.mark.parametrize("sign", [sign for sign in SIGNS if sign])
@pytest.mark.parametrize("text", FORMULAS)
def test_a_guard_is_proved_where_the_promise_covers_it(text: str, sign: str) -> None:
    write, enough = FORMULAS[text]
    plain, promised = ew.graph(write(ew.symbols("x"))), ew.graph(write(ew.symbols("x", **{sign: True})))
    assert operations(promised, "real") == operations(plain, "real")
    assert (operations(promised, "domain") < operations(plain, "domain")) == (sign in enough)
    # SymPy's assumptions say the same; unevaluated, as SymPy would use them itself.
    symbol = sp.Symbol("x", **{sign: True})
    assert ew.graph(sp.Abs(symbol, evaluate=False)).parameters[0].sign == sign
    at = -0.7 if sign in ("negative", "nonpositive") else 0.7
    for name in ("value", "slope"):
        graph = promised if name == "value" else promised.gradient()
        raw, simplified = graph.evaluate(at).outputs[0], graph.simplify("domain").evaluate(at).outputs[0]
        assert raw == pytest.approx(simplified, rel=1e-14, nan_ok=True)


WAYS = {
    "itself": lambda G: G,
    "pickle": lambda G: pickle.loads(pickle.dumps(G)),
    "JSON": lambda G: ew.Graph.from_json(G.to_json()),
    "networkx": lambda G: ew.Graph.from_networkx(G.to_networkx()),
    "simplified": lambda G: G.simplify("exact"),
}


@pytest.mark.parametrize("way", WAYS)
def test_promises_survive(way: str) -> None:
    t, w = ew.symbols("t", positive=True), ew.symbols("w", shape=2, nonnegative=True)
    G = WAYS[way](ew.graph(ew.abs(t) * ew.symbols("u") + ew.sqrt(w[0]) * ew.sqrt(w[0]) + w[1]))
    for graph in (G, G.gradient(), G.gradient().simplify(), G.hessian(), G.jvp("t")):
        signs = {p.name: p.sign for p in graph.parameters}
        assert signs.pop("t_dot", "") == "" and signs == {"t": "positive", "u": "", "w": "nonnegative"}
    assert operations(G, "domain") == 3 and operations(G, "real") > 3
    at = {"t": 2.0, "u": 3.0, "w": [4.0, 5.0]}
    assert G.simplify("domain").evaluate(at).outputs == pytest.approx((15.0,))
    assert np.ravel(G.gradient().simplify("domain").evaluate(at).outputs).tolist() == pytest.approx([3, 2, 1, 1])


def test_expressions_that_meet_keep_both_promises() -> None:
    for one, other, both in (("nonzero", "nonnegative", "positive"), ("", "negative", "negative")):
        x, again = (ew.symbols("x", **({sign: True} if sign else {})) for sign in (one, other))
        assert ew.graph(x * again).parameters[0].sign == both
    with pytest.raises(InputError, match=r"'x' is said to be positive and negative"):
        ew.graph(ew.symbols("x", positive=True) * ew.symbols("x", negative=True))
    with pytest.raises(InputError, match=r"takes no positiv=.*positive"):
        ew.symbols("x", positiv=True)
    assert ew.graph(ew.symbols("x", positive=False)).parameters[0].sign == ""


def test_scalars_beside_matrices_and_functions_of_time_have_them_too() -> None:
    n = sp.Symbol("n")
    A, s = sp.MatrixSymbol("A", n, n), sp.Symbol("s", nonnegative=True)
    G = ew.graph(sp.Abs(s, evaluate=False) * A)
    assert {p.name: p.sign for p in G.parameters} == {"A": "", "s": "nonnegative"}
    assert operations(G, "domain") == 1
    assert G.simplify("domain").evaluate({s: 2.0, A: np.eye(2)}).outputs[0].tolist() == [[2, 0], [0, 2]]
    r = sp.Function("r", positive=True)(sp.Symbol("t"))
    assert ew.graph(r * r.diff()).parameters[0].sign == "positive"


def test_what_is_no_promise_is_refused() -> None:
    N = ew.graph(ew.symbols("x", positive=True) + 1).to_networkx()
    for wrong in ("great", 3, ["positive"]):
        N.graph["parameters"] = [("x", (), wrong)]
        with pytest.raises(EdgewiseError, match="no promise"):
            ew.Graph.from_networkx(N)
