"""The documented conventions at special points, first and second order, in every way of computing."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest

import edgewise as ew

INF, NAN = math.inf, math.nan

# formula, point, gradient
POINTS = [
    ("abs(x)", {"x": 0.0}, (0.0,)),
    ("sign(x)*x", {"x": 0.0}, (0.0,)),
    ("max(x, y)", {"x": 1.0, "y": 1.0}, (0.5, 0.5)),
    ("min(x, y)", {"x": 1.0, "y": 1.0}, (0.5, 0.5)),
    ("relu(x)", {"x": 0.0}, (0.0,)),
    ("x**0", {"x": 0.0}, (0.0,)),
    ("x**1", {"x": 0.0}, (1.0,)),
    ("x**2", {"x": 0.0}, (0.0,)),
    ("x**y", {"x": 0.0, "y": 2.0}, (0.0, 0.0)),
    ("x**y", {"x": 0.0, "y": 0.0}, (0.0, 0.0)),
    ("x**y", {"x": -2.0, "y": 0.0}, (0.0, NAN)),
    ("sqrt(x)", {"x": 0.0}, (INF,)),
    ("cbrt(x)", {"x": 0.0}, (INF,)),
    ("asin(x)", {"x": 1.0}, (INF,)),
    ("acos(x)", {"x": 1.0}, (-INF,)),
    ("acosh(x)", {"x": 1.0}, (INF,)),
    ("atan2(y, x)", {"y": 0.0, "x": 0.0}, (NAN, NAN)),
    ("hypot(x, y)", {"x": 0.0, "y": 0.0}, (NAN, NAN)),
    ("floor(x)*x", {"x": 2.0}, (2.0,)),
    ("heaviside(x)*x", {"x": 0.0}, (0.5,)),
    ("clip(x, 0, 1)", {"x": 0.0}, (1.0,)),
    ("clip(x, 0, 1)", {"x": 1.0}, (1.0,)),
    ("mod(x, y)", {"x": 4.0, "y": 2.0}, (1.0, -2.0)),
    ("where(x >= 0, x**2, -x)", {"x": 0.0}, (0.0,)),
    ("sinc(x)", {"x": 0.0}, (0.0,)),
]


def same(a: object, b: tuple[float, ...]) -> bool:
    return all((np.isnan(u) and np.isnan(v)) or u == v for u, v in zip(np.ravel(a), b, strict=True))


@pytest.mark.parametrize(("formula", "point", "gradient"), POINTS)
def test_convention(formula: str, point: dict[str, float], gradient: tuple[float, ...]) -> None:
    G = ew.parse(formula, inputs=list(point))
    B = G.gradient()
    run = G.back_propagate(point)
    numeric = [run.table.get(node, 0.0) for node in G.tape.inputs]
    columns = [G.tangent(name).evaluate(point).outputs[0] for name in point]
    for got in (B.evaluate(point).outputs, numeric, columns, B.simplify().evaluate(point).outputs):
        assert same(got, gradient), (formula, got)
    with np.errstate(all="ignore"):
        result = B.compile("numpy")(**point)[1]
    assert same(result, gradient)


# The branch that is not selected is outside its domain: nothing of it may reach the result.
UNSELECTED = [
    ("where(x > 0, sqrt(x), 0)", -1.0, 0.0, 0.0),
    ("where(x > 0, log(x), x)", -1.0, 1.0, 0.0),
    ("where(x != 0, 1/x, 1)", 0.0, 0.0, 0.0),
    ("where(x != 0, sin(x)/x, 1)", 0.0, 0.0, 0.0),
    ("where(x < 10, exp(x**3), 2*x)", 1000.0, 2.0, 0.0),
    ("where(x > 0, where(x > 1, sqrt(x - 1), log(x)), x**2)", -2.0, -4.0, 2.0),
    ("where(x > 0, x**1.5, 0)*where(x > 1, x**0.5, 1)", -1.0, 0.0, 0.0),
    ("where(x > 0, sqrt(x), 0) + where(x > 1, 3*sqrt(x), x)", -1.0, 1.0, 0.0),
    ("where(x > 0, x**x, 1)", -0.5, 0.0, 0.0),
]


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize(("formula", "x", "first", "second"), UNSELECTED)
def test_the_branch_not_selected_brings_nothing(
    formula: str, x: float, first: float, second: float, share: bool
) -> None:
    G = ew.parse(formula, share=share)
    B, H = G.gradient(), G.hessian()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for graph in (B, B.simplify(), B.simplify("domain")):
            assert graph.evaluate(x=x).outputs == (first,)
            assert graph.compile("numpy")(x)[1] == first
            assert graph.compile("python")(x)[1] == first
        for graph in (H, H.simplify(), B.jacobian(order="forward"), B.simplify().jacobian(order="reverse")):
            assert graph.evaluate(x=x).outputs == (second,)
        assert H.compile("numpy")(np.array([x, x]))[2].tolist() == [second, second]
        assert G.back_propagate({"x": x}).table[0] == first
        assert G.tangent("x").evaluate(x=x).outputs == (first,)


def test_inner_nodes_of_a_branch_not_selected() -> None:
    x = ew.symbols("x")
    inner = ew.sqrt(x)
    G = ew.graph(ew.where(x > 0, inner * inner, x))
    assert G.gradient([inner, "x"]).evaluate(x=-1.0).outputs == (0.0, 1.0)


def test_steps_carry_no_edge() -> None:
    for name in ("sign", "floor", "ceil", "round", "heaviside"):
        assert len(ew.parse(f"{name}(x)").gradient().edges) == 0
    assert len(ew.parse("(x > 0)*x").gradient().edges) == 1


@pytest.mark.parametrize("x", [2.0, 0.25])
def test_a_zero_exponent_is_an_ordinary_point_of_a_positive_base(x: float) -> None:
    # The first partial y*x**(y - 1) is 0 there, but its own derivative in y is 1/x, not 0.
    G = ew.parse("x**y")
    exact = (0.0, 1 / x, 1 / x, math.log(x) ** 2)
    for graph in (
        G.hessian(),
        G.hessian().simplify(),
        G.gradient().jacobian(order="forward"),
        G.jacobian(order="forward").jacobian(order="reverse"),
    ):
        assert graph.evaluate(x=x, y=0.0).outputs == pytest.approx(exact, rel=1e-12)
