"""SymPy's functions that are no rows: their values are SymPy's, their derivatives what SymPy says they are."""

from typing import Any

import numpy as np
import pytest
import sympy as sp
from sympy.vector import CoordSys3D

import edgewise as ew

x, y = sp.symbols("x y")

FUNCTIONS = [
    sp.Si(x) * y, sp.Ci(x), sp.Shi(x), sp.Chi(x * y), sp.li(x + 2), sp.Li(x + 2), sp.erfi(x) * y, sp.fresnels(x * y),
    sp.fresnelc(x) + y, sp.elliptic_f(x / 3, y / 2), sp.elliptic_e(x / 3, y / 2), sp.elliptic_pi(x / 9, y / 2),
    sp.polylog(2, x / 5), sp.yn(0, x), sp.yn(1, x), sp.yn(2, x * y), sp.legendre(sp.Rational(5, 2), x / 4),
]  # fmt: skip


@pytest.mark.parametrize("expression", FUNCTIONS, ids=str)
def test_values_and_both_derivatives(expression: Any) -> None:
    place = {x: sp.Rational(7, 10), y: sp.Rational(13, 10)}
    graph = ew.graph(expression)
    symbols = [sp.Symbol(name) for name in graph.inputs]
    numbers = [float(place[symbol]) for symbol in symbols]
    plain = sp.expand_func(expression) if expression.has(sp.yn) else expression

    def right(formula: Any) -> float:
        return float(formula.evalf(30, subs=place))

    first = [right(sp.diff(plain, symbol)) for symbol in symbols]
    second = [[right(sp.diff(plain, one, two)) for one in symbols] for two in symbols]
    for hessian in (graph.hessian(), graph.hessian().simplify()):
        value, gradient, matrix = hessian.compile(backend="numpy")(*numbers)
        assert value == pytest.approx(right(plain), rel=1e-12)
        assert np.ravel(gradient) == pytest.approx(first, rel=1e-11)
        assert np.ravel(matrix) == pytest.approx(np.ravel(second), rel=1e-10, abs=1e-12)


@pytest.mark.parametrize("n", range(4))
@pytest.mark.parametrize("place", [0.7, -0.7, -3.1])
def test_spherical_functions_left_of_0(n: int, place: float) -> None:
    plain = sp.expand_func(sp.yn(n, x))
    (slope,) = ew.graph(sp.yn(n, x)).gradient().evaluate(x=place).outputs
    assert ew.graph(sp.yn(n, x)).evaluate(x=place).result == pytest.approx(float(plain.subs(x, place)), rel=1e-13)
    assert slope == pytest.approx(float(sp.diff(plain, x).subs(x, place)), rel=1e-12)


def test_where_they_are_not_real_they_say_so() -> None:
    with pytest.raises(ew.EdgewiseError, match="not to a real number; edgewise is about real functions"):
        ew.graph(sp.polylog(2, x)).evaluate(x=3.0)
    assert np.isnan(ew.graph(sp.Ci(x)).evaluate(x=-1.0).result)


def test_an_argument_without_derivative_is_refused_only_when_it_is_asked_for() -> None:
    graph = ew.graph(sp.polylog(y, x))
    assert graph.gradient("x").evaluate(x=0.5, y=2.0).outputs[0] == pytest.approx(2 * np.log(2))
    with pytest.raises(ew.EdgewiseError, match=r"polylog has no fdiff\(1\)"):
        graph.gradient("y")


def test_coordinates_of_vectors_are_inputs() -> None:
    frame = CoordSys3D("N")
    graph = ew.graph((frame.x * frame.y * frame.i + frame.z * frame.j).dot(frame.i + frame.j))
    assert graph.inputs == ("N.x", "N.y", "N.z")
    assert graph.gradient([frame.y]).evaluate({frame.x: 2.0, frame.y: 3.0, frame.z: 1.0}).outputs == (2.0,)


def test_a_symbol_that_is_said_to_be_zero_is_an_input() -> None:
    zero = sp.Symbol("q", zero=True)
    assert ew.graph(zero**2 + x).gradient([zero]).evaluate({zero: 3.0, x: 1.0}).outputs == (6.0,)


@pytest.mark.parametrize(
    ("expression", "slope"),
    [
        (sp.Abs(x), 1.0), (sp.Abs(x * y - 3), -0.7), (sp.Abs(x) ** 3, 3 * 1.3**2), (sp.re(x) ** 2, 2.6),
        (sp.arg(x), 0.0),
        (sp.floor(x), 0.0), (sp.ceiling(x * y) * x, 1.0), (sp.frac(x) * x, 1.6), (sp.Mod(x * y, 2), 0.7),
        (sp.Mod(5, x), -3.0), (sp.sin(sp.floor(x) * x), np.cos(1.3)), (sp.Mod(sp.frac(x) * 3, 2), 3.0),
    ],
    ids=str,
)  # fmt: skip
def test_derivatives_that_sympy_leaves_for_symbols_that_may_be_complex(expression: Any, slope: float) -> None:
    graph = ew.graph(sp.diff(expression, x), inputs=[x, y])
    assert graph.evaluate({x: 1.3, y: 0.7}).result == pytest.approx(slope, rel=1e-13)
    assert ew.graph(sp.Derivative(expression, x), inputs=[x, y]).evaluate({x: 1.3, y: 0.7}).result == pytest.approx(
        slope
    )


def test_hypergeometric_functions_are_told_how_to_come_in() -> None:
    for made in (sp.hyper((1, 1), (2,), x), sp.meijerg(((), ()), ((0,), ()), x)):
        with pytest.raises(ew.EdgewiseError, match=r"call sympy\.hyperexpand first"):
            ew.graph(made)
        assert ew.graph(sp.hyperexpand(made)).inputs == ("x",)
