"""Lengths at zero: the gradient of a root of a sum of squares is the subgradient of least norm."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew
from edgewise.differentiate.smooth import smooth_at_zero
from edgewise.differentiate.squares import roots_of_squares
from edgewise.errors import DifferentiationError
from edgewise.ops import TABLE, Refusal

LENGTHS = [
    "sqrt(x**2 + y**2)", "sqrt(x*x + 3*y**4)", "hypot(x, y)", "(x**2 + y**2)**0.5", "(x**2 + y**2)**(1/2)",
    "cos(sqrt(x**2 + y**2))", "sqrt(x**4)", "sqrt(x**2)*sin(y)", "(x**2/2 + y**2)**(1/3)", "cbrt(x**2 + y**2)",
    "sqrt(x**2 + y**2)**2", "exp(-hypot(x, y))", "sqrt(sqrt(x**2 + y**2))", "sqrt(abs(x)**3)", "sqrt(x**2*exp(y))",
    "sqrt((x - y)**2)", "sqrt(x**2*y**2)", "hypot(x, y)*x + hypot(2*x, 0)", "sqrt(x**2 + hypot(x, y)**2)",
    "sqrt(4*x*x + y*y)", "sqrt(x*3*x + y*y)", "sqrt(x*y*x*y)", "sqrt((-x)*(-2*x) + y*y)", "sqrt((x - y)*(x - y) + x*x)",
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
    ("sqrt(1 + x**2)", 0.0), ("sqrt(x**3)", 0.0),
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
    assert found("sqrt(-x*x) + sqrt(x*y) + sqrt(x*y*x) + sqrt((x - y)*(x + y)) + sqrt(x*(-3*x)) + sqrt(x/x)") == 0


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
        assert np.asarray(H.evaluate(0.0, 0.0).result) == pytest.approx(diagonal * np.eye(2), rel=1e-15)


def test_hessians_of_norms_of_groups() -> None:
    assert np.array_equal(ew.hessian(lambda x: np.linalg.norm(x) ** 2)(np.zeros(3)), 2 * np.eye(3))
    assert np.array_equal(ew.hessian(lambda x: np.cos(np.linalg.norm(x)))(np.zeros(2)), -np.eye(2))
    G = ew.parse("norm(x)**2", shapes="x: 2").scalarize()
    assert G.hessian().evaluate([0.0, 0.0]).outputs == (2.0, 0.0, 0.0, 2.0)


MATERN = "(1 + sqrt(5)*r + 5/3*r**2)*exp(-sqrt(5)*r)"


@pytest.mark.parametrize(("formula", "diagonal"), [
    (MATERN, -5 / 3), ("where(r < 1, r**2/2, r - 1/2)", 1.0), ("(1 + sqrt(3)*r/l)*exp(-sqrt(3)*r/l)", -12.0),
    ("(2*r)**2", 8.0), ("(2*r)*(3*r)", 12.0), ("exp(-r**2/l)*cos(3*r)", -13.0), ("1/(1 + r*r/2)**2", -2.0),
    ("(1 + r)*exp(-r) + r*r", 1.0), ("log(1 + r) - r", -1.0), ("r*sin(r)", 2.0), ("r*tanh(l*r)", 1.0),
])  # fmt: skip
@pytest.mark.parametrize(
    "length", ["sqrt(x**2 + y**2)", "hypot(x, y)", "(x*x + y*y)**(1/2)", "sqrt(sqrt(x**2 + y**2)**2)"]
)
def test_smooth_functions_of_a_length_made_of_several(formula: str, diagonal: float, length: str) -> None:
    G = ew.parse(f"r = {length}; {formula} + 0*l", inputs=["x", "y", "l"])
    at = {"x": 0.0, "y": 0.0, "l": 0.5}
    expected = [diagonal, 0.0, 0.0, diagonal]
    gradient, jacobian = G.gradient(["x", "y"]), G.jacobian(["x", "y"], order="forward")
    ways = {
        "hessian": G.hessian(["x", "y"]), "simplified": G.hessian(["x", "y"]).simplify(),
        "sparse": G.hessian(["x", "y"], sparse="dense"), "again": gradient.jacobian(["x", "y"]),
        "simplified before": gradient.simplify().jacobian(["x", "y"], order="forward"),
        "jacobians": jacobian.jacobian(["x", "y"], order="forward"),
    }  # fmt: skip
    for name, H in ways.items():
        assert H.evaluate(at).outputs == pytest.approx(expected, rel=1e-12, abs=1e-300), name
        near = H.evaluate(x=1e-6, y=-1e-6, l=0.5).outputs
        assert near == pytest.approx(expected, abs=1e-4), name
    at |= {"x_dot": 1.0, "y_dot": -2.0}
    assert G.hvp(["x", "y"]).evaluate(at).outputs == pytest.approx([diagonal, -2 * diagonal], rel=1e-12)
    assert gradient.evaluate(x=0.0, y=0.0, l=0.5).outputs == (0.0, 0.0)


def test_lengths_that_are_written_twice_are_one() -> None:
    for function, second in (
        (lambda x: abs(x) * abs(x), 2.0), (lambda x: abs(3 * x) * abs(3 * x) / 2, 9.0),
        (lambda x: (1 + abs(x)) * np.exp(-abs(x)), -1.0),
        (lambda x: np.hypot(x, 0) * np.hypot(x, 0) + abs(x) ** 3, 2.0),
    ):  # fmt: skip
        G = ew.trace(function, "x")
        for H in (G.hessian(), G.hessian().simplify(), G.gradient().jacobian(), G.hessian(sparse="dense")):
            assert H.evaluate(0.0).outputs == (second,)
        assert ew.grad(ew.grad(function))(0.0) == second
    matern = ew.hessian(lambda x: (1 + np.linalg.norm(x)) * np.exp(-np.linalg.norm(x)))
    assert np.array_equal(matern(np.zeros(3)), -np.eye(3))


def test_jacobians_of_several_functions_of_lengths() -> None:
    G = ew.parse("r = hypot(x, y); s = hypot(x, z); [cos(r)*s**2, r**2 + sin(s)*s]", inputs=["x", "y", "z"])
    for J in (G.jacobian(order="reverse"), G.jacobian(), G.jacobian(order="forward").simplify()):
        found = np.reshape(J.jacobian().evaluate(0.0, 0.0, 0.0).outputs, (2, 3, 3))
        assert np.array_equal(found, [np.diag([2.0, 0.0, 2.0]), np.diag([4.0, 2.0, 2.0])])


def test_where_a_function_of_a_length_has_a_pole_nothing_else_becomes_nan() -> None:
    for formula in ("1/r + x", "log(r) + x", "r**-12 - r**-6 + x", "sqrt(r) + x", "k/r + x"):
        G = ew.parse(f"r = hypot(x, y); {formula}", inputs=["x", "y", "k"])
        with np.errstate(all="ignore"):
            first = G.gradient().evaluate(0.0, 0.0, 2.0).outputs
            assert first[:2] == G.hessian().compile("python")(0.0, 0.0, 2.0)[1][:2] == (1.0, 0.0)


def test_arcs_are_not_pushed_through_what_is_smooth_at_the_zero_of_a_length() -> None:
    for formula in (
        "cos(hypot(x, y))",
        MATERN.replace("r", "hypot(x, y)").replace("sqhypot(x, y)t", "sqrt"),
        "exp(sqrt(x**2))*y",
    ):
        with pytest.raises(DifferentiationError, match="length"):
            ew.parse(formula).hessian(sparse=True, order="push")
    pushed = ew.parse("abs(x)*y + sqrt(x**2 + y**2)").hessian(sparse="dense", order="push").evaluate(3.0, 4.0)
    assert pushed.result == pytest.approx(np.array([[0.128, 0.904], [0.904, 0.072]]))


def test_limits_and_their_conditions_cost_little() -> None:
    names = [f"{axis}{k}" for k in range(6) for axis in "xy"]
    lengths = [f"sqrt((x{i} - x{j})**2 + (y{i} - y{j})**2)" for i in range(6) for j in range(i)]
    G = ew.parse("log(" + " + ".join(f"exp(-{r})" for r in lengths) + ")", inputs=names)
    first = G.gradient().derivative
    smooth = smooth_at_zero(first)
    assert len(first.tape) < len(smooth.tape) < 1.3 * len(first.tape)
    springs = ew.parse(" + ".join(f"({r} - 1)**2" for r in lengths), inputs=names)
    value, hessian = springs.simplify().cost().operations, springs.hessian().simplify().cost().operations
    assert hessian < 10 * value


TWO = [
    op.name
    for op in TABLE
    if len(op.args) == 2 and not op.symbol and not any(isinstance(partial, Refusal) for partial in op.partials)
]


@pytest.mark.parametrize("name", TWO)
def test_every_function_of_a_length_has_a_hessian(name: str) -> None:
    """Derivatives of special functions hold infinite constants."""
    step = 1e-6
    for formula in (f"{name}(hypot(x, x), x)", f"{name}(x, hypot(x, x))"):
        G = ew.parse(formula)
        with np.errstate(all="ignore"):
            below, above = (G.gradient().evaluate(0.7 + h).outputs[0] for h in (-step, step))
            second = G.hessian().evaluate(0.7).outputs[0]
        np.testing.assert_allclose(second, (above - below) / (2 * step), rtol=1e-6, atol=1e-6)
