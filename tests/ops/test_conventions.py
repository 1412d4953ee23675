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
    ("asech(x)", {"x": 1.0}, (-INF,)),
    ("atan2(y, x)", {"y": 0.0, "x": 0.0}, (NAN, NAN)),
    ("atan2(y, x)", {"y": 0.0, "x": -2.0}, (-0.5, 0.0)),  # on the cut: the slope from either side
    ("hypot(x, y)", {"x": 0.0, "y": 0.0}, (0.0, 0.0)),
    ("floor(x)*x", {"x": 2.0}, (2.0,)),
    ("heaviside(x)*x", {"x": 0.0}, (0.5,)),
    ("clip(x, 0, 1)", {"x": 0.0}, (1.0,)),
    ("clip(x, 0, 1)", {"x": 1.0}, (1.0,)),
    ("mod(x, y)", {"x": 4.0, "y": 2.0}, (1.0, -2.0)),
    ("where(x >= 0, x**2, -x)", {"x": 0.0}, (0.0,)),
    ("sinc(x)", {"x": 0.0}, (0.0,)),
    ("xlogy(x, y)", {"x": 0.0, "y": 0.0}, (-INF, 0.0)),
    ("xlog1py(x, y)", {"x": 0.0, "y": -1.0}, (-INF, 0.0)),
    ("xlogy(x, x)", {"x": 0.0}, (-INF,)),
    ("ellipe(m)", {"m": 1.0}, (-INF,)),
    ("gammainc(1, x)", {"x": 0.0}, (1.0,)),
    ("gammaincc(1/2, x)", {"x": 0.0}, (-INF,)),
    ("betainc(1, 2, x)", {"x": 0.0}, (2.0,)),
    ("besselie(0, x)", {"x": 0.0}, (0.0,)),
    ("besselie(1, x)", {"x": 0.0}, (0.5,)),
    ("sinhint(x)", {"x": 0.0}, (1.0,)),
    ("dawsn(x)", {"x": 0.0}, (1.0,)),
    ("ellipkinc(x, m)", {"x": 0.0, "m": 0.0}, (1.0, 0.0)),
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


# formula, point, Hessian row by row: what is constant on both sides of a kink has no second derivative at it.
SECOND = [
    ("abs(x)", {"x": 0.0}, (0.0,)),
    ("x*abs(x)", {"x": 0.0}, (0.0,)),
    ("relu(x)", {"x": 0.0}, (0.0,)),
    ("relu(x)*x", {"x": 0.0}, (0.0,)),
    ("sign(x)*x**2", {"x": 0.0}, (0.0,)),
    ("heaviside(x)*x**2", {"x": 0.0}, (1.0,)),
    ("floor(x)*x**2", {"x": 2.0}, (4.0,)),
    ("max(x, y)", {"x": 1.0, "y": 1.0}, (0.0, 0.0, 0.0, 0.0)),
    ("max(x**2, y**2)", {"x": 1.0, "y": 1.0}, (1.0, 0.0, 0.0, 1.0)),
    ("min(x*y, x*y)", {"x": 1.0, "y": 1.0}, (0.0, 1.0, 1.0, 0.0)),
    ("clip(x**2, 0, 1)", {"x": 1.0}, (2.0,)),
    ("mod(x**2, 1)", {"x": 2.0}, (2.0,)),
    ("x**0", {"x": 0.0}, (0.0,)),
    ("x**1", {"x": 0.0}, (0.0,)),
    ("x**2", {"x": 0.0}, (2.0,)),
    ("x**3", {"x": 0.0}, (0.0,)),
    ("x**y", {"x": 0.0, "y": 2.0}, (2.0, 0.0, 0.0, 0.0)),
    ("x**y", {"x": 0.0, "y": 3.0}, (0.0, 0.0, 0.0, 0.0)),
    ("sqrt(x)", {"x": 0.0}, (-INF,)),
    ("sinc(x)", {"x": 0.0}, (-1 / 3,)),
    ("softplus(x)", {"x": 0.0}, (0.25,)),
    ("logaddexp(x, y)", {"x": 900.0, "y": 900.0}, (0.25, -0.25, -0.25, 0.25)),
    ("xlogy(x, y)", {"x": 0.0, "y": 2.0}, (0.0, 0.5, 0.5, 0.0)),
    ("xlog1py(x, y)", {"x": 0.0, "y": 3.0}, (0.0, 0.25, 0.25, 0.0)),
]


@pytest.mark.parametrize(("formula", "point", "hessian"), SECOND)
def test_second_order_at_special_points(formula: str, point: dict[str, float], hessian: tuple[float, ...]) -> None:
    G = ew.parse(formula, inputs=list(point))
    B = G.gradient()
    for graph in (
        G.hessian(),
        G.hessian().simplify(),
        B.jacobian(order="forward"),
        G.jacobian(order="forward").jacobian(order="reverse"),
    ):
        assert graph.evaluate(point).outputs == pytest.approx(hessian, rel=1e-15, nan_ok=False)


# More branches outside their domain: value, slope and curvature belong to the branch that is selected.
MORE_UNSELECTED = [
    ("where(x > 0, 1/(x - x), x**2)", -3.0, -6.0, 2.0),  # 1/0 everywhere in the branch
    ("where(x < 1, x**2, exp(exp(x)))", 0.5, 1.0, 2.0),
    ("where(x < 1, x**2, exp(exp(exp(9*x))))", 0.9, 1.8, 2.0),  # overflows at this very point
    ("where(x > 0, log(x), where(x < -1, sqrt(-1 - x), x**3))", -0.5, 0.75, -3.0),
    ("where(x > 0, where(x > 1, where(x > 2, sqrt(x - 2), log(x - 1)), 1/x), x**2)", -1.0, -2.0, 2.0),
    ("where(x > 0, max(sqrt(x), log(x)), x)", -1.0, 1.0, 0.0),
    ("where(x > 0, atan2(x, x), x**2)", 0.0, 0.0, 2.0),
    ("where(x > 0, hypot(x, x), x**2)", 0.0, 0.0, 2.0),
    ("where(abs(x) < 1, atanh(x), x**3)", 1.0, 3.0, 6.0),
    ("where(abs(x) < 1, erfinv(x)*asin(x), x**3)", 2.0, 12.0, 12.0),
    ("where(x > 0, gamma(x)*lgamma(x), x**2)", -1.0, -2.0, 2.0),
    ("x*where(x > 0, 1/x, x)", 0.0, 0.0, 2.0),
    ("where(x > 0, sqrt(x), 0)**2 + x**2", -1.0, -2.0, 2.0),
    ("sin(where(x > 0, log(x), x**2))", 0.0, 0.0, 2.0),
    ("where(not (x > 0), x**2, sqrt(x))", -1.0, -2.0, 2.0),
    ("where(x > 0 and x > 1, log(x - 1), x**2)", 0.5, 1.0, 2.0),
    ("where(x, sqrt(x - 2), x**2)", 0.0, 0.0, 2.0),  # a number is a condition: 0 is false
    ("s = sqrt(x); where(x > 0, s, x) + where(x > 1, s*s, x**2)", -1.0, -1.0, 2.0),  # one branch of two wheres
    ("s = log(x); t = where(x > 0, s*s, x); where(x > 2, t*s, t**2)", -1.0, -2.0, 2.0),  # a where in a branch and out
]


@pytest.mark.parametrize("share", [False, True])
@pytest.mark.parametrize(("formula", "x", "first", "second"), MORE_UNSELECTED)
def test_more_branches_not_selected_bring_nothing(
    formula: str, x: float, first: float, second: float, share: bool
) -> None:
    test_the_branch_not_selected_brings_nothing(formula, x, first, second, share)


def test_every_inner_node_of_a_branch_not_selected_has_derivative_zero() -> None:
    G = ew.parse("r = sqrt(x); s = log(r*y); where(x > 0, s*r, x*y)")
    nodes = range(len(G))
    B = G.gradient(list(nodes))
    J = G.jacobian(list(nodes), order="forward")
    at = {"x": -2.0, "y": 3.0}
    branch = {node for node in nodes if G.op(node) in ("sqrt", "log")}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        backwards, forwards = B.evaluate(at).outputs, J.evaluate(at).outputs
    assert len(branch) == 2
    for node in nodes:
        if node in branch:
            assert backwards[node] == forwards[node] == 0.0
        assert not np.isnan(backwards[node])
        assert not np.isnan(forwards[node])
    assert backwards[:2] == forwards[:2] == (3.0, -2.0)


def test_every_convention_of_the_table_is_tested() -> None:
    for op in ew.ops.TABLE:
        if op.convention:
            assert any(op.name in formula for formula, *_ in POINTS + SECOND) or op.name in TESTED_BY_STRUCTURE, op.name


# Steps carry no edge (above), `power` is written **, `pow` too, `where` has tests of its own.
TESTED_BY_STRUCTURE = ("sign", "floor", "ceil", "round", "heaviside", "power", "pow", "where")
