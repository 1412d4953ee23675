"""Text: what parses, what it means, and that nothing else does."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.frontends.text import ALIASES
from edgewise.ops import OPS, PI


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2**3**0.5", 2**3**0.5),
        ("-x**2", -4.0),
        ("x % 3 + 7/2", 5.5),
        ("1 < x <= 2 and not x > 5", 1.0),
        ("x if x > 3 else -x", -2.0),
        ("max(x, 1, 5) + min(x, 1)", 6.0),
        ("log(8, 2)*ln(e)", 3.0),
        ("polygamma(1, x)", math.pi**2 / 6 - 1),
        ("hypot(3, 4, x - 2)", 5.0),
        ("s = x*x; t = s + 1; s*t", 20.0),
        ("s = x\ns*2", 4.0),
        ("arctan2(x, x)*4/pi", 1.0),
        ("+x", 2.0),
        ("(x > 1) + (x > 5)", 1.0),
        ("~(x > 1) | (x > 0) & (x < 9)", 1.0),
    ],
)
def test_values(text: str, value: float) -> None:
    assert ew.parse(text, inputs=["x"]).evaluate(x=2.0).outputs[0] == pytest.approx(value, rel=1e-12)


def test_names_become_inputs_in_order() -> None:
    assert ew.parse("b*a + c").inputs == ("b", "a", "c")
    assert ew.parse("b*a", inputs=["a", "b", "c"]).inputs == ("a", "b", "c")
    assert ew.parse("e*x", inputs=["e", "x"]).inputs == ("e", "x")


def test_groups() -> None:
    G = ew.parse("w[0]*w[-1] + v[1, 0]", groups={"w": 3, "v": (2, 2)})
    assert G.evaluate(w=[2, 3, 5], v=[[1, 2], [7, 4]]).outputs == (17.0,)


def test_constants_are_exact() -> None:
    tape = ew.parse("x/3 + pi + 0.5 + 10**30").tape
    assert {3, PI, 0.5, 10, 30} >= set(tape.constants().values()) - {10**30}


def test_aliases_name_operations() -> None:
    assert set(ALIASES.values()) <= set(OPS)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("sni(x)", "did you mean sin"),
        ("x^2", r"powers as \*\*"),
        ("sin(x", "character 4"),
        ("sin(x, y)", r"sin\(x\)"),
        ("sin", "without arguments"),
        ("polygamma(x, 2)", "constant"),
        ("x.real", "Attribute"),
        ("__import__('os')", "not a real number|no function"),
        ("[x for x in y]", "ListComp"),
        ("lambda: 0", "Lambda"),
        ("w[0]", "not declared as a group"),
        ("f'{x}'", "JoinedStr|not a real"),
        ("x := 3", "parse"),
        ("import os", "has no result"),
        ("x = 1", "has no result"),
        ("x.y = 1; x", "assignment"),
        ("1j*x", "real number"),
        ("x\0", "null|parse"),
        ("(" * 300 + "x" + ")" * 300, "parse|nested"),
        ("", "no result"),
        ("sin(*x)", "starred"),
        ("1e999*x", "not a real number"),
    ],
)
def test_errors_say_what_to_do(text: str, message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message):
        ew.parse(text)


def test_undeclared_inputs_are_refused() -> None:
    with pytest.raises(ew.EdgewiseError, match=r"'z' is not an input; the declared inputs are x, y"):
        ew.parse("x*z", inputs=["x", "y"])


def test_long_sums_parse_or_say_so() -> None:
    # Python's own parser gives up on very deep trees; a long sum is one.
    with pytest.raises(ew.EdgewiseError, match="in steps"):
        ew.parse(" + ".join(f"x{k}" for k in range(200_000)))
    assert len(ew.parse("+".join(["x"] * 500)).inputs) == 1


@given(st.text(alphabet="xy01.+-*/%<>=!&|~^()[],;: \nsincoexp'\"\\_#@{}", max_size=40))
@settings(deadline=None, max_examples=300)
def test_only_our_errors_escape(text: str) -> None:
    with contextlib.suppress(ew.EdgewiseError):
        ew.parse(text)
