"""Texts as people type them: marks of editors, line ends, decimal commas, LaTeX, functions without brackets."""

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import scipy.special

import edgewise as ew


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("\ufeffx + y", "x + y"), ("\ufeffs = x*y\r\ns + 1\r\n", "x*y + 1"), ("x\t+\ty", "x + y"),
        ("x\u00a0+ y", "x + y"),
        ("x²·y⁻¹", "x**2*y**-1"), ("x − y", "x - y"), ("# first\n\nx + y # last", "x + y"), ("[1, 5]", "1, 5"),
        ("max(0,5*x)", "max(0, 5*x)"), ("[x, 2,3]", "[x, 2, 3]"), ("x1,2*x", "x1, 2*x"),
    ],
)  # fmt: skip
def test_the_same_formula_in_other_spellings(text: str, same: str) -> None:
    one, two = ew.parse(text), ew.parse(same)
    assert one.inputs == two.inputs
    assert str(one) == str(two)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("0,5*x", r"a comma between digits \(character 2 of '0,5\*x'\); write decimals with a point"),
        ("x + 1,25", "a comma between digits"), ("a = 3,5; a*x", "a comma between digits"),
        (r"\frac{x}{y}", r"write x/y, sqrt\(x\) and alpha instead of LaTeX"),
        ("sin x", r"write sin\*x, or sin\(x\) for a function"), ("exp 2", r"or exp\(2\) for a function"),
        ("x\ufeff + y", "U\\+FEFF"),
    ],
)  # fmt: skip
def test_refusals_say_what_to_write(text: str, hint: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=hint):
        ew.parse(text)


@pytest.mark.parametrize(
    ("text", "x", "value"),
    [
        ("besselj(2000, x)", 2000.0, scipy.special.jv(2000, 2000.0)), ("besselj(2000, x)", 1e-11, 0.0),
        ("bessely(1100, x)", 2000.0, scipy.special.yv(1100, 2000.0)), ("besseli(1200, x)", 1.5, 0.0),
        ("besselk(1200, x)", 1500.0, scipy.special.kv(1200, 1500.0)), ("besselj(2, x)", 1e-11, 1.25e-23),
        ("besselk(2, x)", 1e-11, 2e22), ("bessely(1/3, x)", 1e-12, scipy.special.yv(1 / 3, 1e-12)),
    ],
)  # fmt: skip
def test_bessel_functions_of_high_orders_have_values(text: str, x: float, value: float) -> None:
    assert ew.parse(text).evaluate(x=x).result == pytest.approx(value, rel=1e-12, abs=0)


def test_an_order_beyond_doubles_is_a_typed_error() -> None:
    with pytest.raises(ew.EdgewiseError, match="give it a smaller order"):
        ew.parse(f"besselj({10**300}, x)").evaluate(x=1.5)


@pytest.mark.parametrize("name", ["polygamma", "spherical_jn", "inerfcx", "expint"])
@pytest.mark.parametrize("order", [0.5, -1, Fraction(1, 2), float("inf"), np.float64(1.5)])
def test_orders_are_whole_numbers_however_they_come(name: str, order: Any) -> None:
    with pytest.raises(ew.EdgewiseError, match=f"{name} of the order .*; give one whole number that is not negative"):
        getattr(ew, name)(order, ew.symbols("x"))
    with pytest.raises(ew.EdgewiseError, match="order"):
        ew.parse(f"{name}({float(order)!r}, w)", shapes="w: 3")


@pytest.mark.parametrize("name", ["polygamma", "spherical_jn", "inerfcx", "expint", "besselj"])
@pytest.mark.parametrize("order", [2, 2.0, np.int64(2), np.float64(2.0), Fraction(4, 2)])
def test_a_whole_order_is_the_integer(name: str, order: Any) -> None:
    assert str(ew.graph(getattr(ew, name)(order, ew.symbols("x")))) == str(ew.parse(f"{name}(2, x)"))


def test_an_infinite_order_is_refused_where_orders_are_real() -> None:
    with pytest.raises(ew.EdgewiseError, match="besselj of the order inf"):
        ew.besselj(float("inf"), ew.symbols("x"))
    assert str(ew.graph(ew.besselj(0.5, ew.symbols("x")))).startswith("<graph of besselj(0.5, x)")
