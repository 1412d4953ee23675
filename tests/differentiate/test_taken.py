"""An edge that is not taken contributes exactly nothing, however steep what stands before or behind it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.differentiate.taken import selection_of
from edgewise.ops import TABLE, template_of
from peers import available

# Functions with an infinite slope at a point c.
STEEP = [
    ("sqrt(%s)", 0), ("(%s)**0.5", 0), ("cbrt(%s)", 0), ("(%s)**(1/3)", 0), ("log(%s)", 0), ("log2(%s)", 0),
    ("1/(%s)", 0), ("(%s)**-2", 0), ("asin(%s)", 1), ("acos(%s)", -1), ("acosh(%s)", 1), ("atanh(%s)", 1),
    ("erfinv(%s)", 1), ("log1p(%s)", -1), ("lgamma(%s)", 0), ("exp(log(2*(%s)))", 0), ("y*sqrt(sqrt(%s))", 0),
]  # fmt: skip
# Operations that are c on a whole side of the table's kinks, and a point there.
SIDES = [
    ("max(x, {c})", -1.5), ("max({c}, x)", -1.5), ("min(x, {c})", 1.5), ("clip(x, {c}, {c} + 3)", -1.5),
    ("clip(x, {c} - 3, {c})", 1.5), ("relu(x - ({c})) + {c}", -1.5), ("where(x > {c}, x, {c})", -1.5),
    ("{c} + (x - ({c}))*heaviside(x - ({c}))", -1.5), ("{c} + (x > {c})*(x - ({c}))", -1.5),
    ("{c} + y*relu(x - ({c}))", -1.5), ("max(max(x, {c} - 1), {c})", -1.5), ("min(max(x, {c}), {c} + 1)", -1.5),
]  # fmt: skip


def every_way(G: ew.Graph) -> dict[str, Any]:
    """All ways to the derivative of the output in x alone."""
    B, J = G.gradient(), G.jacobian()
    ways: dict[str, Any] = {level: B.simplify(level) for level in ("exact", "real", "domain")}
    ways |= {order: G.jacobian(order=order) for order in ("forward", "reverse", "markowitz")}
    return {"gradient": B, "jacobian": J, "tangent": G.tangent("x"), **ways}


@pytest.mark.parametrize(("outer", "c"), STEEP)
def test_nothing_flows_along_an_edge_not_taken(outer: str, c: int) -> None:
    for side, shift in SIDES:
        formula = outer % side.format(c=c)
        G = ew.parse(formula, inputs=["x", "y"])
        at = {"x": c + shift, "y": 1.0}
        for name, D in every_way(G).items():
            assert D.evaluate(at).outputs[0] == 0.0, (formula, name)
        assert G.back_propagate(at).table.get(0, 0.0) == 0.0, formula
        for H in (G.hessian(), G.hessian().simplify(), G.hessian(sparse="dense")):
            assert H.evaluate(at).outputs[0] == 0.0, formula
        assert G.hvp().evaluate({**at, "x_dot": 1.0, "y_dot": 0.0}).outputs[-2] == 0.0, formula


@pytest.mark.parametrize(
    ("formula", "x"),
    [
        ("max(log(x), 0)", 0.0), ("relu(log(x))", 0.0), ("clip(log(x), -1, 1)", 0.0), ("relu(1 - exp(x))", 1000.0),
        ("min(1/x, 0)", 0.0), ("relu(-cosh(x))", 900.0), ("relu(log(x))*y + relu(log(x))**2", 0.0),
        ("max(-1/sqrt(x), -3)", 0.0), ("s = log(x); relu(s) + max(s, -1)", 0.0), ("relu(log(x) + log(y))", 0.0),
        ("heaviside(log(x))*log(y)", 0.0), ("relu(1e-3 - exp(x)**2)*exp(y)", 500.0),
    ],
)  # fmt: skip
def test_nothing_comes_out_behind_an_edge_not_taken(formula: str, x: float) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    at = {"x": x, "y": 1.0}
    for name, D in every_way(G).items():
        assert D.evaluate(at).outputs[0] == 0.0, name
    assert G.back_propagate(at).table.get(0, 0.0) == 0.0
    for H in (G.hessian(), G.hessian().simplify(), G.hessian(sparse="dense")):
        assert H.evaluate(at).outputs[0] == 0.0


def test_a_tie_still_shares_and_a_step_at_a_point_still_selects() -> None:
    def gradient(formula: str, **at: float) -> tuple[float, ...]:
        G = ew.parse(formula, inputs=list(at))
        raw = G.gradient().evaluate(at).outputs
        assert raw == G.gradient().simplify().evaluate(at).outputs
        return raw

    assert gradient("sqrt(max(x, y))", x=4.0, y=4.0) == (0.125, 0.125)
    assert gradient("sqrt(max(x, y))", x=0.0, y=0.0) == (np.inf, np.inf)
    assert gradient("sqrt(min(x, y))", x=0.0, y=1.0) == (np.inf, 0.0)
    assert gradient("sqrt(clip(x, 0, 1))", x=0.0) == (np.inf,)
    assert gradient("sqrt(abs(x))", x=0.0) == (0.0,)
    G = ew.parse("log(max(x, y))")
    assert np.isnan(G.gradient().evaluate(np.nan, 1.0).outputs).all()


CASES = {
    "sqrt(max(x, 0))": -1.0, "acos(clip(x, -1, 1))": 1.5, "log(1 + max(x, -1))": -3.0, "relu(x)**0.5": -2.0,
    "sqrt(x*heaviside(x))": -2.0, "relu(log(x))": 0.0, "sqrt(abs(x))": 0.0, "1/min(x, 0)": 1.0,
    "sqrt(x**2)": 0.0, "hypot(x, x)": 0.0,
}  # fmt: skip


@pytest.mark.parametrize("backend", ["python", "numpy", "llvm", "c", "jax", "torch"])
def test_every_back_end(backend: str) -> None:
    available(backend)
    names = [f"x{k}" for k in range(len(CASES))]
    terms = [re.sub(r"\bx\b", name, formula) for name, formula in zip(names, CASES, strict=True)]
    G = ew.parse(" + ".join(terms), inputs=names)
    point = list(CASES.values())
    for D in (G.gradient(), G.gradient().simplify(), G.hessian().simplify()):
        results = D.compile(backend)(*point)
        for derivative in results[1:]:
            assert np.array_equal(np.asarray(derivative, dtype=float), np.zeros(np.shape(derivative)))


def test_tensors() -> None:
    functions = {
        lambda x: np.sum(np.sqrt(np.maximum(x, 0))): [-1.0, -4.0],
        lambda x: np.sum(np.arccos(np.clip(x, -1, 1))): [1.5, -2.0],
        lambda x: np.sum(ew.relu(np.log(x))): [0.0, 0.5],
        lambda x: np.sum(np.log(1 + np.maximum(x, -1))): [-3.0, -2.0],
        lambda x: np.sum(np.sqrt(np.abs(x))): [0.0, 0.0],
        lambda x: np.sum(ew.relu(x)) ** 0.5: [-1.0, -2.0],
        lambda x: np.sum(np.sqrt(x * np.heaviside(x, 0.5))): [-1.0, -4.0],
        lambda x: np.sum(np.sqrt(x**2)): [0.0, 0.0],
        lambda x: np.sqrt(np.sum(x**2)): [0.0, 0.0],
        lambda x: np.sqrt(x @ x): [0.0, 0.0],
        lambda x: np.sqrt(np.mean((x - 1) ** 2)): [1.0, 1.0],
    }
    for function, values in functions.items():
        G = ew.trace(function, x=ew.tensor("n"))
        x = np.array(values)
        orders = [G.jacobian(order=order) for order in ("forward", "reverse")]
        for D in (G.gradient(), G.gradient().simplify(), *orders, G.hessian(), G.hessian().simplify()):
            with np.errstate(all="ignore"):
                found = np.asarray(D.compile("numpy")(x)[-1])
            assert np.array_equal(found, np.zeros(found.shape))


def test_what_is_surely_finite_is_written_without_a_selection() -> None:
    def operations(formula: str) -> set[str]:
        T = ew.parse(formula).gradient().tape
        return {T.op(i).name for i in range(len(T))}

    for formula in ("max(1 - y*x, 0)", "max(w*max(v*x, 0) + b, 0)*u", "tanh(relu(x*w))*sin(x)", "max(x, 0.1*x)**2"):
        assert operations(formula).isdisjoint({"lt", "eq", "and", "or", "not"}), formula
    assert "lt" in operations("sqrt(max(x, 0))")


def test_every_product_is_one_node_with_its_mask() -> None:
    B = ew.parse("sqrt(max(x, 0)) + log(1 + relu(x))").gradient()
    assert B.cost().products == len(B.edges)
    assert {B.tape.op(edge.product).name for edge in B.edges} == {"mul", "where"}


def test_rows_say_when_their_edges_are_taken() -> None:
    selecting = {
        op.name for op in TABLE if op.args and not op.parameter
        for k in range(op.arity) if (t := template_of(op, k)) is not None and selection_of(t) is not None
    }  # fmt: skip
    assert selecting == {"abs", "min", "max", "clip", "relu", "where", "pow", "hypot", "xlogy", "xlog1py"}


def test_a_users_selection_is_one() -> None:
    ramp = ew.op("ramp", "x", value="where(x > 1, x - 1, 0)", partials="where(x > 1, 1, 0)")
    G = ew.trace(lambda x: ew.sqrt(ramp(x)), "x")
    assert G.gradient().evaluate(0.5).outputs == G.hessian().evaluate(0.5).outputs == (0.0,)
