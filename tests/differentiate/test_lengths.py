"""Lengths at zero: the gradient of a root of a sum of squares is the subgradient of least norm."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew
from edgewise.differentiate.squares import roots_of_squares

LENGTHS = [
    "sqrt(x**2 + y**2)", "sqrt(x*x + 3*y**4)", "hypot(x, y)", "(x**2 + y**2)**0.5", "(x**2 + y**2)**(1/2)",
    "cos(sqrt(x**2 + y**2))", "sqrt(x**4)", "sqrt(x**2)*sin(y)", "(x**2/2 + y**2)**(1/3)", "cbrt(x**2 + y**2)",
    "sqrt(x**2 + y**2)**2", "exp(-hypot(x, y))", "sqrt(sqrt(x**2 + y**2))", "sqrt(abs(x)**3)", "sqrt(x**2*exp(y))",
    "sqrt((x - y)**2)", "sqrt(x**2*y**2)", "hypot(x, y)*x + hypot(2*x, 0)", "sqrt(x**2 + hypot(x, y)**2)",
]  # fmt: skip


@pytest.mark.parametrize("formula", LENGTHS)
def test_the_gradient_at_zero_is_zero(formula: str) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    B = G.gradient()
    ways = [B, *(B.simplify(level) for level in ("exact", "real", "domain"))]
    ways += [G.jacobian(order=order) for order in ("forward", "reverse", "markowitz")]
    for D in ways:
        assert D.evaluate(0.0, 0.0).outputs == (0.0, 0.0)
    assert [G.back_propagate({"x": 0.0, "y": 0.0}).table.get(k, 0.0) for k in G.tape.inputs] == [0.0, 0.0]
    with np.errstate(all="ignore"):
        for backend in ("python", "numpy"):
            assert np.array_equal(B.simplify().compile(backend)(0.0, 0.0)[1], [0.0, 0.0])
    for H in (G.hessian(), G.hessian().simplify()):
        assert np.isfinite(H.evaluate(0.0, 0.0).outputs).all()


@pytest.mark.parametrize(("formula", "slope"), [
    ("sqrt(x)", np.inf), ("cbrt(x)", np.inf), ("x**(1/3)", np.inf), ("sqrt(2*x)", np.inf), ("sqrt(sin(x))", np.inf),
    ("sqrt(1 + x**2)", 0.0), ("sqrt(x**3)", np.nan),
])  # fmt: skip
def test_other_roots_keep_their_slope(formula: str, slope: float) -> None:
    B = ew.parse(formula).gradient()
    for D in (B, B.simplify()):
        assert np.array_equal(D.evaluate(0.0).outputs, [slope], equal_nan=True)


def test_second_derivatives_of_powers_of_squares() -> None:
    for G in (ew.parse("(x**2)**(3/2)"), ew.trace(lambda x: (x**2) ** 1.5, "x")):
        for D in (G.hessian(), G.hessian().simplify(), G.gradient().simplify().jacobian()):
            assert D.evaluate(0.0).outputs[0] == 0.0
            assert D.evaluate(-2.0).outputs[0] == pytest.approx(12.0, rel=1e-15)


def test_norms_in_every_front_end() -> None:
    norms = [
        ew.trace(lambda x: np.linalg.norm(x), x=3),
        ew.trace(lambda x: np.sqrt(np.sum(x * x)), x=3),
        ew.trace(lambda x: np.sqrt(x @ x), x=3),
        ew.parse("norm(x)", shapes="x: 3").scalarize(),
        ew.parse("norm(x)", shapes="x: 3"),
    ]
    for G in norms:
        for D in (G.gradient(), G.gradient().simplify()):
            assert np.array_equal(D.compile("numpy")(np.zeros(3))[1], np.zeros(3))
            assert D.compile("numpy")(np.array([3.0, 0.0, 4.0]))[1] == pytest.approx([0.6, 0.0, 0.8])


def test_only_sums_of_squares_by_their_form_count() -> None:
    def found(formula: str) -> int:
        return len(roots_of_squares(ew.parse(formula).tape))

    assert found("sqrt(x**2 + 3*y**2) + sqrt(x*x/2)") == 2
    assert found("sqrt(x**2 + 1) + sqrt(x**2 - y**2) + sqrt(x**2*y) + sqrt(x**3) + sqrt(x**2 + y)") == 0


@pytest.mark.parametrize(("formula", "second"), [
    ("abs(x)**2", 2.0), ("a = abs(x); a*a", 2.0), ("abs(x)**3", 0.0), ("abs(x)**4", 0.0), ("exp(-abs(x)**2)", -2.0),
    ("cos(abs(x))", -1.0), ("cosh(abs(x)) + abs(x)**2", 3.0), ("sqrt(x**2)**2", 2.0), ("sinc(abs(x))", -1 / 3),
    ("cos(hypot(x, 0))", -1.0), ("3*cos(abs(x))*exp(x)", 0.0), ("abs(2*x)**2/2", 4.0),
    ("log(cosh(abs(x)))", 1.0), ("1/(1 + abs(x)**2)", -2.0),
])  # fmt: skip
def test_an_even_function_of_a_length_is_smooth(formula: str, second: float) -> None:
    G = ew.parse(formula)
    for H in (G.hessian(), G.hessian().simplify(), G.hessian(sparse="dense"), G.gradient().simplify().jacobian()):
        assert H.evaluate(0.0).outputs[0] == pytest.approx(second, rel=1e-15)
    assert G.hessian().evaluate(1e-7).outputs[0] == pytest.approx(second, abs=1e-5)
    assert G.hvp().evaluate(0.0, 2.0).outputs[-1] == pytest.approx(2 * second, rel=1e-15)


@pytest.mark.parametrize(("formula", "diagonal"), [
    ("sqrt(x**2 + y**2)**2", 2.0), ("hypot(x, y)**2", 2.0), ("cos(sqrt(x**2 + y**2))", -1.0),
    ("cosh(hypot(x, y))", 1.0),
    ("sqrt(x**2 + y**2)**3", 0.0),
])  # fmt: skip
def test_even_functions_of_distances(formula: str, diagonal: float) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    for H in (G.hessian(), G.hessian().simplify(), G.hessian(sparse="dense")):
        assert H.evaluate(0.0, 0.0).outputs == pytest.approx((diagonal, 0.0, 0.0, diagonal), rel=1e-15)


def test_hessians_of_norms_of_groups() -> None:
    assert np.array_equal(ew.hessian(lambda x: np.linalg.norm(x) ** 2)(np.zeros(3)), 2 * np.eye(3))
    assert np.array_equal(ew.hessian(lambda x: np.cos(np.linalg.norm(x)))(np.zeros(2)), -np.eye(2))
    G = ew.parse("norm(x)**2", shapes="x: 2").scalarize()
    assert G.hessian().evaluate([0.0, 0.0]).outputs == (2.0, 0.0, 0.0, 2.0)
