"""Integers of more digits than Python writes are refused where they come in; constants that SymPy would compute."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
import sympy as sp

import edgewise as ew
from edgewise.errors import EdgewiseError

BIG = 10**5000 + 7
x, t = ew.symbols("x"), sp.Symbol("x")


def in_json(attribute: Any) -> Any:
    data = json.loads(ew.parse("x**3 + 2").to_json())
    text = json.dumps(data).replace(json.dumps(["int", "0x2"]), json.dumps(attribute))
    made = json.loads(text)
    made.pop("checksum")
    return ew.Graph.from_json(json.dumps(made))


WAYS_IN: dict[str, Callable[[], Any]] = {
    "expression": lambda: ew.graph(x * BIG), "exponent": lambda: ew.graph(x**BIG),
    "traced": lambda: ew.trace(lambda x: x + BIG, "x"),
    "fraction": lambda: ew.graph(x * Fraction(BIG, 3)), "SymPy": lambda: ew.graph(t * sp.Integer(BIG)),
    "SymPy's power": lambda: ew.graph(t ** sp.Integer(BIG)), "order": lambda: ew.graph(sp.besselj(sp.Integer(BIG), t)),
    "index": lambda: ew.graph(sp.IndexedBase("b")[sp.Integer(BIG)]),
    "series": lambda: ew.graph(sp.Sum(t, (sp.Symbol("k"), 1, sp.Integer(BIG)))),
    "dimension": lambda: ew.parse("sum(X)", shapes=f"X: 1{'0' * 5000}"),
    "group": lambda: ew.parse("w[0]", groups={"w": BIG}),
    "JSON": lambda: in_json(["int", hex(BIG)]), "JSON's fraction": lambda: in_json(["fraction", hex(BIG), "0x3"]),
}  # fmt: skip


SLOW = ("SymPy's power",)  # of SymPy's own


@pytest.mark.parametrize("way", [pytest.param(way, marks=[pytest.mark.slow] * (way in SLOW)) for way in WAYS_IN])
def test_each_way_in_refuses_them(way: str) -> None:
    with pytest.raises(EdgewiseError) as said:
        WAYS_IN[way]()
    assert len(str(said.value)) < 400


def test_a_fraction_of_such_numbers_is_its_double() -> None:
    for G in (ew.graph(x * Fraction(BIG, 3 * BIG + 1)), ew.graph(t * sp.Rational(BIG, 3 * BIG + 1))):
        assert G.evaluate(3.0).result == pytest.approx(1.0)
        assert G.to_latex() and G.to_c() and (ew.Graph.from_json(G.to_json()) == G)


@pytest.mark.parametrize(
    "text", ["ceil(log(10**300)*10**300)*x", "mod(exp(1000)*10**200, 7)*x", "round(exp(200)*10**99)"]
)
def test_digits_that_sympy_would_look_for_are_left(text: str) -> None:
    G = ew.parse(text, inputs=["x"])
    assert G.to_latex() and G.to_sympy() is not None
