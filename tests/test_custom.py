"""A user's own operation: defined in one call, usable everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise.lower.backends import BACKENDS
from peers import available, library


def gauss(x: float) -> float:
    return np.exp(-np.multiply(x, x))


softsign = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
bell = ew.op("bell", "x", value=gauss, partials=lambda x, out: -2 * x * out)
ratio = ew.op("ratio", "a b", value=np.divide, partials=["1/b", lambda a, b: -a / b**2], domain="b != 0")


def test_derivatives_of_first_and_second_order() -> None:
    x = 0.7
    assert ew.grad(softsign)(x) == pytest.approx(1 / 1.7**2)
    assert ew.hessian(lambda t: bell(t))(x) == pytest.approx((4 * x * x - 2) * math.exp(-x * x))
    assert ew.grad(ratio, argnums=(0, 1))(3.0, 2.0) == pytest.approx((0.5, -0.75))


def test_every_front_end() -> None:
    functions = {"softsign": softsign.op, "bell": bell.op, "ratio": ratio.op}
    text = ew.parse("softsign(x)*bell(x) + ratio(x, 3)", functions=functions)
    traced = ew.trace(lambda x: softsign(x) * bell(x) + ratio(x, 3), "x")
    f, g, h, x = sp.Function("softsign"), sp.Function("bell"), sp.Function("ratio"), sp.Symbol("x")
    symbolic = ew.graph(f(x) * g(x) + h(x, 3), functions=functions)
    # What ew.op returned does as well as its row.
    itself = ew.graph(f(x) * g(x) + h(x, 3), functions={"softsign": softsign, "bell": bell, "ratio": ratio})
    assert itself.evaluate(x=0.4).outputs == symbolic.evaluate(x=0.4).outputs
    values = [G.gradient().simplify().evaluate(x=0.4).outputs[0] for G in (text, traced, symbolic)]
    assert values[1:] == pytest.approx(values[:-1])
    assert softsign(np.array([1.0, -1.0])).tolist() == [0.5, -0.5]
    w = ew.symbols("w", shape=2)
    assert ew.graph(softsign(w).sum()).evaluate(w=[1.0, 3.0]).outputs == (1.25,)


@pytest.mark.parametrize("backend", ["python", "numpy", "llvm"])
def test_functions_run_where_numpy_does(backend: str) -> None:
    B = ew.trace(lambda x: softsign(x) * bell(x), "x").gradient().simplify()
    expected = B.evaluate(x=0.4)
    value, gradient = B.compile(backend)(0.4)
    assert gradient == pytest.approx(expected.outputs[0])
    assert value == pytest.approx(expected.values[B.derivative.results[0].nodes[0]])
    assert "import gauss as bell" in B.to_python()


@pytest.mark.parametrize("backend", ["c", "jax", "torch"])
def test_functions_are_refused_elsewhere(backend: str) -> None:
    if backend != "c":  # the refusal needs no compiler
        library(backend)
    with pytest.raises(
        ew.EdgewiseError, match=r"'bell' of out is a NumPy .* \(.*test_custom.py:\d+\); give its value as"
    ):
        ew.trace(lambda x: bell(x), "x").compile(backend)


@pytest.mark.parametrize("backend", BACKENDS)
def test_formulas_are_written_out_everywhere(backend: str) -> None:
    available(backend)
    B = ew.trace(lambda x, y: softsign(x * y) * y + softsign(x * y), "x", "y").gradient().simplify()
    value, gradient = B.compile(backend)(0.4, -1.5)
    assert np.ravel([float(v) for v in gradient]) == pytest.approx(B.evaluate(x=0.4, y=-1.5).outputs, rel=1e-14)
    assert float(value) == pytest.approx(0.6 / 1.6 * 0.5, rel=1e-14)


@pytest.mark.parametrize("backend", ["numpy", "jax", "torch"])
def test_formulas_are_written_out_on_tensors_too(backend: str) -> None:
    available(backend)
    G = ew.trace(lambda X, w: np.sum(softsign(X @ w)), X=ew.tensor("n", "d"), w=ew.tensor("d"))
    B = G.gradient().simplify()
    assert "softsign" not in B.to_python(target=backend).split('"""')[2]
    X, w = np.array([[1.0, 2.0], [-3.0, 0.5]]), np.array([0.3, -0.2])
    slope = 1 / (1 + np.abs(X @ w)) ** 2
    value, (in_X, in_w) = B.compile(backend)(X, w)
    assert float(value) == pytest.approx(np.sum(X @ w / (1 + np.abs(X @ w))), rel=1e-6)
    np.testing.assert_allclose(np.asarray(in_w), X.T @ slope, rtol=1e-5)
    np.testing.assert_allclose(np.asarray(in_X), np.outer(slope, w), rtol=1e-5)


def test_a_formula_that_leaves_out_an_argument_keeps_its_axes() -> None:
    first = ew.op("first", "x y", value="2*x", partials=["2", None])
    G = ew.trace(lambda x, y: np.sum(first(x, y)), x=ew.tensor(2, 1), y=ew.tensor(3))
    assert (
        G.compile()(np.array([[1.0], [2.0]]), np.zeros(3)) == G.evaluate([[1.0], [2.0]], np.zeros(3)).outputs[0] == 18
    )


def test_a_formula_is_written_out_once() -> None:
    G = ew.trace(lambda x: softsign(x) * ew.exp(softsign(x)), "x")
    assert [G.tape.op(i).name for i in range(len(G))].count("softsign") == 2
    assert "softsign" not in G.to_python()
    assert G.to_python().count("abs(x)") == 1 + G.to_python().split('"""')[1].count("abs(x)")
    constant = ew.op("nought", "x", value="0*x", partials=[None])
    assert ew.trace(lambda x: constant(x) + x, "x").compile()(3.0) == 3.0


def test_wrong_definitions_are_refused() -> None:
    with pytest.raises(ew.EdgewiseError, match="already an operation"):
        ew.op("sin", value="x", partials="1")
    with pytest.raises(ew.EdgewiseError, match="2 arguments and 1 partials"):
        ew.op("two", "x y", value=np.add, partials="1")
    with pytest.raises(ew.EdgewiseError, match="must be identifiers"):
        ew.op("no name", value="x", partials="1")
    with pytest.raises(ew.EdgewiseError, match="partial 0 of 'typo': 'z' is not an input"):
        ew.op("typo", value="x", partials="z")
    with pytest.raises(
        ew.EdgewiseError, match=r"the value of 'typo': 'z' is not an input .*; the declared inputs are x"
    ):
        ew.op("typo", value="x*z", partials="1")
    with pytest.raises(
        ew.EdgewiseError, match=r"the domain of 'typo': 'y' is not an input .*; the declared inputs are x"
    ):
        ew.op("typo", value="x", partials="1", domain="y > 0")
    with pytest.raises(ew.EdgewiseError, match=r"a value is missing .* of the kinks of 'typo' 'x =='"):
        ew.op("typo", value="x", partials="1", kinks="x ==")
    with pytest.raises(
        ew.EdgewiseError, match=r"the kinks of 'typo' 'x = 1' is not one expression; write a condition, such as"
    ):
        ew.op("typo", value="x", partials="1", kinks="x = 1")
    with pytest.raises(ew.EdgewiseError, match="partial 0 of 'typo' must be one expression"):
        ew.op("typo", value="x", partials=lambda x: [x, x])
    assert ew.op("said", value=np.floor, partials=[None], kinks="at whole numbers").op.kinks == "at whole numbers"


def test_conditions_of_an_operation_are_told() -> None:
    hinge = ew.op("hinge", value="max(1 - x, 0)", partials="where(x < 1, -1, 0)", kinks="x == 1", convention="0 at 1")
    root = ew.op("root", value=np.sqrt, partials="1/(2*out)", domain="x >= 0")
    points = ew.trace(lambda x: hinge(2 * x) + root(x), "x").gradient().special_points(x=0.5)
    told = [(point.operation, point.kind, point.condition, point.met) for point in points]
    assert told == [("hinge", "kink", "2*x == 1", True), ("root", "domain", "x < 0", False)]
    assert points[0].convention == "0 at 1"


def test_a_step_carries_no_edge() -> None:
    step = ew.op("stair", value=np.floor, partials=[None])
    assert len(ew.trace(lambda x: step(x) * x, "x").gradient().edges) == 1
