"""What is equal in value is computed once: found by residues, confirmed, and never at the price of accuracy."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.built import held
from edgewise.graph.exact_numbers import exact_number
from edgewise.simplify.rulebook import rulebook
from edgewise.simplify.scalars.equal_values import SAMPLES, SEEDS, confirm, equal_values, running_errors, sample
from edgewise.simplify.scalars.modular_values import constant_residue, inverse, raised, residues, times
from edgewise.simplify.scalars.work_columns import zeros
from edgewise.simplify.scalars.working_graph import WorkingGraph

P = 2**61 - 1
RESIDUES = st.integers(0, P - 1)


@given(RESIDUES, RESIDUES)
@settings(deadline=None)
def test_products_of_residues(a: int, b: int) -> None:
    assert times(a, b) == a * b % P
    assert raised(a, b % 1000) == pow(a, b % 1000, P)


@given(st.integers(1, P - 1))
@settings(deadline=None)
def test_reciprocals_of_residues(a: int) -> None:
    assert inverse(a) == pow(a, -1, P)


@given(st.one_of(st.floats(allow_nan=False, allow_infinity=False), st.integers(-(2**60), 2**60), st.fractions()))
@settings(deadline=None)
def test_constants_are_exact(value: float | Fraction) -> None:
    G = ew.graph(ew.symbols("x") * value)
    working = WorkingGraph(G.tape, np.array(G.outputs), rulebook("real"))
    numerator, denominator = value.as_integer_ratio()
    number = working.constants.number(exact_number(value))
    if max(abs(numerator), denominator) < 2**62 or isinstance(value, float):
        found = constant_residue(working.constants.columns, number, SEEDS[0])
        assert found == numerator * pow(denominator, -1, P) % P


def values_of(*texts: str) -> list[int]:
    """Residues of several formulas in one graph."""
    G = ew.parse("; ".join([*(f"t{k} = {text}" for k, text in enumerate(texts)),
                            f"[{', '.join(f't{k}' for k in range(len(texts)))}]"]))  # fmt: skip
    working = WorkingGraph(G.tape, np.array(sorted(set(G.outputs))), rulebook("real"))
    found = zeros(len(G.tape))
    residues(working.state, SEEDS[0], held(found))
    return [int(found[node]) for node in G.outputs]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("x/2*y + y/2*x", "x*y"),
        ("(x + y)**2", "x*x + 2*x*y + y**2"),
        ("x*(y/z)", "(x*y)/z"),
        ("-(x/z)", "x/(-z)"),
        ("x**3", "x*x*x"),
        ("0.5*x", "x/2"),
        ("sin((x + y)*z)", "sin(z*y + x*z)"),
        ("max(x + y, z)", "max(z, y + x)"),
        ("(x/3)*3", "x"),
    ],
)
def test_equal_values_have_equal_residues(left: str, right: str) -> None:
    first, second = values_of(left, right)
    assert first == second


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("0.1*x + 0.2*x", "0.3*x"),
        ("sin(x + y) + sin(z)", "sin(x) + sin(y + z)"),
        ("sin(x)", "cos(x)"),
        ("x**2.5", "x**3.5"),
        ("x - y", "y - x"),
        ("atan2(x, y)", "atan2(y, x)"),
        ("(x*y)/y", "x"),
        ("sqrt(x)*sqrt(x)", "x"),
        ("where(x > y, x, y)", "where(x > y, y, x)"),
        ("pi*x", "3.141592653589793*x"),
    ],
)
def test_other_values_have_other_residues(left: str, right: str) -> None:
    """Also where they are equal but for the domain, or but for rounding."""
    first, second = values_of(left, right)
    assert first != second


def operations(text: str, level: str = "real") -> int:
    return ew.parse(text).simplify(level).cost().operations


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x*y, x/2*y + y/2*x]", 1),
        ("[x*(y - z), x*z - x*y]", 3),
        ("(x + y)*(x - y) - x*x + y*y", 0),
        ("[sin(x*(y + z)), sin(x*y + z*x)]", 3),
        ("[3*x*y, w - 3*(y*x)]", 3),
        ("[(x*y)*2, z + x*(-2*y)]", 3),
        ("(x*(y + 1) - x*y)/x", 1),
    ],
)
def test_equal_values_are_computed_once(text: str, expected: int) -> None:
    assert operations(text) == expected
    assert operations(text, "exact") > expected


def test_accuracy_goes_before_operations() -> None:
    """x² - y² and (x - y)(x + y) are equal, but only the second is accurate where x is near y."""
    G = ew.parse("[x*x - y*y, (x - y)*(x + y)]")
    S = G.simplify()
    assert S.cost().operations == G.cost().operations == 6
    point = (1.0 + 2.0**-40, 1.0)
    exact = float(Fraction(point[0]) ** 2 - 1)
    assert S.evaluate(*point).outputs[1] == exact


def test_error_bounds_are_those_of_rounding_to_nearest() -> None:
    """The bound of a formula's error holds at the sample points, and is not much too large."""
    G = ew.parse("(x*y - z)*x/(y + 3) + (x - y)**3")
    working = WorkingGraph(G.tape, np.array(G.outputs), rulebook("real"))
    n = len(G.tape)
    found, errors, numbers = zeros(n), np.zeros(n), np.zeros(n)
    residues(working.state, SEEDS[0], held(found))
    for style in SAMPLES[:3]:  # at the others products overflow
        running_errors(working.state, held(found), style, held(errors), held(numbers))
        point = [sample(int(found[node]), style) for node in G.tape.inputs]
        x, y, z = map(Fraction, point)
        exact = (x * y - z) * x / (y + 3) + (x - y) ** 3
        a, b, c = point
        got = (a * b - c) * a / (b + 3) + (a - b) ** 3
        bound = errors[G.outputs[0]] * 2.0**-53
        assert abs(Fraction(got) - exact) <= bound
        assert bound < 1e-12 * max(1.0, abs(got))


def test_what_one_point_shows_another_must_confirm() -> None:
    G = ew.parse("[x*y, y*x + z - z, x*z]")
    working = WorkingGraph(G.tape, np.array(sorted(set(G.outputs))), rulebook("real"))
    n = len(G.tape)
    found, target = zeros(n), zeros(n)
    residues(working.state, SEEDS[0], held(found))
    found[G.outputs[2]] = found[G.outputs[0]]  # an accident at the first point
    total = equal_values(working.state, held(found), held(target))
    assert target[G.outputs[2]] == 2 * G.outputs[0]
    residues(working.state, SEEDS[1], held(found))
    assert confirm(held(found), held(target)) == total - 1
    assert target[G.outputs[2]] == -1


def test_large_degrees_are_unknowns() -> None:
    """Beyond the degree that the bound on accidents allows for, a power is no polynomial any more."""
    x = y = ew.symbols("x")
    for _ in range(40):
        y = y * y
    G = ew.graph([y * 2, y + y, x])
    assert G.simplify().cost().operations == 41
    working = WorkingGraph(G.tape, np.array(sorted(set(G.outputs))), rulebook("real"))
    found = zeros(len(G.tape))
    residues(working.state, SEEDS[0], held(found))
    start = int(found[G.tape.inputs[0]])
    squares = [node for node in range(len(G.tape)) if G.op(node) == "mul" and len(set(G.tape.arguments(node))) == 1]
    small = [pow(start, 2**k, P) == int(found[node]) for k, node in enumerate(squares, 1)]
    assert small == [True] * 20 + [False] * 20
