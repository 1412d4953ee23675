"""A user's own operation: defined in one call, usable everywhere."""

from __future__ import annotations

import math

import numpy as np
import pytest
import sympy as sp

import edgewise as ew


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
    values = [G.gradient().simplify().evaluate(x=0.4).outputs[0] for G in (text, traced, symbolic)]
    assert values[1:] == pytest.approx(values[:-1])
    assert softsign(np.array([1.0, -1.0])).tolist() == [0.5, -0.5]
    w = ew.symbols("w", shape=2)
    assert ew.graph(softsign(w).sum()).evaluate(w=[1.0, 3.0]).outputs == (1.25,)


@pytest.mark.parametrize("backend", ["python", "numpy"])
def test_every_back_end(backend: str) -> None:
    B = ew.trace(lambda x: softsign(x) * bell(x), "x").gradient().simplify()
    expected = B.evaluate(x=0.4)
    value, gradient = B.compile(backend)(0.4)
    assert gradient == pytest.approx(expected.outputs[0])
    assert value == pytest.approx(expected.values[B.derivative.results[0].nodes[0]])
    source = B.to_python()
    assert "softsign(x) = x/(1 + abs(x)) is an operation of the user's" in source
    assert "import gauss as bell" in source


def test_wrong_definitions_are_refused() -> None:
    with pytest.raises(ew.EdgewiseError, match="already an operation"):
        ew.op("sin", value="x", partials="1")
    with pytest.raises(ew.EdgewiseError, match="2 arguments and 1 partials"):
        ew.op("two", "x y", value=np.add, partials="1")
    with pytest.raises(ew.EdgewiseError, match="must be identifiers"):
        ew.op("no name", value="x", partials="1")
    with pytest.raises(ew.EdgewiseError, match="'z' is not an input"):
        ew.op("typo", value="x", partials="z")


def test_a_step_carries_no_edge() -> None:
    step = ew.op("stair", value=np.floor, partials=[None])
    assert len(ew.trace(lambda x: step(x) * x, "x").gradient().edges) == 1
