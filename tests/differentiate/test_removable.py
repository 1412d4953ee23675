"""Second derivatives where a form of a smooth function is not: judged by formulas without the form, and by SymPy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew

SECOND = [
    ("sqrt(x**4)", 2), ("(x**4)**0.5", 2), ("cbrt(x**6)", 2), ("(x**6)**(1/3)", 2), ("(x**8)**(1/4)", 2),
    ("sqrt(x*x*x*x)", 2), ("a = x*x; sqrt(a*a)", 2), ("sqrt(x**2*x**2)", 2), ("sqrt((x*x)**2)", 2),
    ("sqrt(3*x**4)", 2 * 3**0.5), ("sqrt(exp(x)*x**4)", 2), ("sqrt(sin(x)**4)", 2), ("exp(sqrt(x**4))", 2),
    ("cos(sqrt(x**4))", 0), ("sqrt(x**4)**2", 0), ("sqrt(abs(x)**4)", 2), ("sqrt(sqrt(x**8))", 2),
    ("sqrt(sqrt(x**4)**2)", 2), ("sqrt(x**4/(1 + x**2))", 2), ("sqrt((-x**2)**2)", 2), ("log(1 + sqrt(x**4))", 2),
    ("abs(x**2)", 2), ("abs(-x**2)", 2), ("abs(x*abs(x))", 2), ("sqrt((x*abs(x))**2)", 2), ("abs(abs(x)**2)", 2),
    ("abs(x**3)", 0), ("abs(x)*sqrt(x**2)", 2), ("hypot(x**2, 0)", 2), ("hypot(x, 0)*abs(x)", 2),
    ("relu(x**2)", 2), ("max(x**2, 0)", 2), ("max(0, x*x)", 2), ("max(x**2, -3)", 2), ("min(-x**2, 0)", -2),
    ("max(sin(x)**2, 0)*exp(x)", 2), ("where(x > 0, x**2, sqrt(x**4))", 2), ("sqrt(x**4)*cos(abs(x)) + abs(x)**2", 4),
    ("cos(abs(x)) + cosh(sqrt(x**2)) + sinc(hypot(x, 0))", -1 / 3), ("sqrt(x**4 + x**6)", 2),
    ("cbrt(x**6 + 3*x**12)", 2), ("sqrt(x**4*exp(x) + x**6 + 2*x**4)", 2 * 3**0.5), ("(x**4 + x**6)**0.5", 2),
    ("sqrt(sin(x)**4 + x*x*sin(x)**4)", 2), ("hypot(x**2, x**3)", 2), ("exp(hypot(3*x**2, 4*x*x))", 10),
    ("sqrt((x**4 + x**8) + (x**6 + x**10))", 2), ("sqrt(x**2 + x**4)*abs(x)", 2), ("sqrt(x**4/4 + abs(x)**6)", 1),
    ("sqrt(cosh(x)*x**4 + sech(x)*x**4)", 2 * 2**0.5), ("sqrt((x**4 + x**6)**2)", 0), ("abs(x**4 + x**6)", 0),
    ("sqrt(x**4 + x**6) + sqrt(x**4 + x**6)*x", 2), ("logcosh(abs(x)) + sech(sqrt(x**2))", 0),
]  # fmt: skip


@pytest.mark.parametrize(("text", "second"), SECOND)
def test_a_removable_singularity_has_its_second_derivative(text: str, second: float) -> None:
    G = ew.parse(text, inputs=["x"])
    first = G.gradient()
    made = [
        G.hessian(), G.hessian().simplify(), G.hessian(sparse="dense"), first.jacobian(), first.simplify().jacobian(),
        first.tangent("x"),
    ]  # fmt: skip
    assert [np.ravel(H.evaluate(0.0).outputs[-1])[0] for H in made] == pytest.approx([second] * 6, abs=1e-15)
    assert G.hvp().evaluate(0.0, 3.0).outputs[-1] == pytest.approx(3 * second, abs=1e-15)
    for x in (-1.3, 0.7):  # the same function elsewhere, by central differences of its gradient
        ahead, behind = (first.evaluate(x + h).outputs[-1] for h in (1e-6, -1e-6))
        assert G.hessian().evaluate(x).outputs[-1] == pytest.approx((ahead - behind) / 2e-6, rel=1e-7, abs=1e-7)


@pytest.mark.parametrize(("function", "second"), [
    (lambda x: np.sqrt(x**4), 2), (lambda x: abs(x**2), 2), (lambda x: np.maximum(x**2, 0), 2),
    (lambda x: np.exp(np.sqrt(np.square(x) ** 2)), 2), (lambda x: np.hypot(x**2, 0), 2),
])  # fmt: skip
def test_so_it_is_by_functions(function: Callable[[float], float], second: float) -> None:
    assert ew.hessian(function)(0.0) == ew.grad(ew.grad(function))(0.0) == second


TENSORS = [
    ("sqrt(sum(x**2))**2", 2), ("cos(sqrt(sum(x**2)))", -1), ("cosh(sqrt(x @ x))", 1), ("(x @ x)**0.5*norm(x)", 2),
    ("sqrt(sum(x*x)**2)", 2), ("abs(x @ x)", 2), ("sqrt((x @ x)**2)", 2), ("sqrt(norm(x)**4)", 2),
    ("sum(abs(x)**2)", 2), ("sum(sqrt(x**4))", 2), ("sum(abs(x**2))", 2), ("sum(max(x**2, 0))", 2),
    ("sum(relu(x*x))", 2), ("sum(hypot(x, 0)**2)", 2), ("sum(cos(abs(x)))", -1), ("exp(-sqrt(sum(x**2))**2)", -2),
]  # fmt: skip


@pytest.mark.parametrize(("text", "diagonal"), TENSORS)
def test_so_it_is_for_tensors(text: str, diagonal: float) -> None:
    G = ew.parse(text, shapes="x: 3")
    zero = np.zeros(3)
    for H in (G.hessian(), G.hessian().simplify(), G.scalarize().hessian()):
        found = np.reshape(H.evaluate(x=zero).outputs if len(H.outputs) > 1 else H.evaluate(x=zero).outputs[-1], (3, 3))
        assert found == pytest.approx(diagonal * np.eye(3), abs=1e-15)
    assert np.asarray(G.hvp().evaluate(x=zero, x_dot=np.arange(3.0)).outputs[-1]) == pytest.approx(
        diagonal * np.arange(3.0), abs=1e-15
    )
    x = np.array([0.3, -0.8, 1.1])
    first, step = G.gradient(), 1e-6 * np.eye(3)
    ahead, behind = (np.array([first.evaluate(x=x + s * h).outputs[-1] for h in step]) for s in (1, -1))
    assert G.hessian().evaluate(x=x).outputs[-1] == pytest.approx((ahead - behind) / 2e-6, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    "text",
    [
        "abs(x)",
        "sqrt(x**2)",
        "sqrt(x)",
        "max(x, 0)",
        "abs(x)**3",
        "x*abs(x)",
        "cbrt(x**2)",
        "sqrt(x**2 + x**4)",
        "sqrt(x**4 - x**6)",
        "sqrt(x**4 + x**5)",
        "sqrt(x**4 + 1)",
        "hypot(x, x**2)",
    ],
)
def test_what_is_no_removable_singularity_stays(text: str) -> None:
    G = ew.parse(text)
    assert G.hessian().base.base is G


def test_the_graph_that_is_differentiated_twice_is_there_to_see() -> None:
    G = ew.parse("exp(sqrt(x**4))")
    H = G.hessian()
    assert H.base.base == ew.parse("exp(x**2)")
    assert not any(point.kind == "kink" for point in H.special_points())
    assert any(point.kind == "kink" for point in ew.parse("sqrt(x**4 + x**6)").hessian().special_points())


@st.composite
def formulas(draw: st.DrawFn) -> str:
    """Products of powers under roots, under even functions and choices."""
    factor = st.sampled_from(["x", "y", "(x*y)", "sin(x)", "exp(y)", "(1 + x**2)", "abs(y)", "2", "-x"])
    power = st.sampled_from([1, 2, 3, 4])
    text = "*".join(f"({draw(factor)})**{draw(power)}" for _ in range(draw(st.integers(1, 3))))
    for wrap in draw(st.lists(st.sampled_from(
        ["sqrt({})", "abs({})", "({})**2", "cbrt({})", "({})**0.25", "max({}, 0)", "relu({})", "cos({})", "-({})",
         "hypot({}, 0)"]
    ), min_size=1, max_size=4)):  # fmt: skip
        text = wrap.format(text)
    return text


@settings(max_examples=60, deadline=None)
@given(formulas(), st.sampled_from([(0.7, 0.4), (-0.7, 0.4), (0.7, -1.2), (-1.1, -0.3)]))
def test_nothing_else_changes(text: str, point: tuple[float, float]) -> None:
    """Away from zeros the Hessian is the Jacobian of the gradient as it is written."""
    G = ew.parse(text, inputs=["x", "y"])
    B = G.gradient()
    h = 1e-6
    found = np.reshape(G.hessian().evaluate(*point).outputs, (2, 2))
    at = np.array(point)
    near = [
        (np.array(B.evaluate(*(at + d)).outputs) - np.array(B.evaluate(*(at - d)).outputs)) / (2 * h)
        for d in h * np.eye(2)
    ]
    if np.isfinite([G.evaluate(*point).result, *np.ravel(near)]).all():
        scale = max(1.0, float(np.abs(near).max()))
        assert found == pytest.approx(np.array(near), abs=1e-4 * scale)


def test_a_derivative_is_smooth_where_it_is_differentiated_twice() -> None:
    """The third derivative of the cube of a length, and of an even power under a root, in one variable."""
    for text, third in (("sqrt(x**4)*x", 6.0), ("sin(sqrt(x**2)**2*x)", 6.0)):
        assert ew.parse(text).gradient().hessian().evaluate(x=0.0).outputs[-1] == third


def test_common_factors_of_long_sums_are_found_in_linear_time() -> None:
    n = 600
    lines = ["s = x**4", *(f"s = s + x**{6 + 2 * (k % 3)}" for k in range(n)), "sqrt(s)"]
    H = ew.parse("\n".join(lines), inputs=["x"]).hessian()
    assert H.evaluate(0.0).outputs[-1] == pytest.approx(2.0)
    assert len(H.tape) < 60 * n
