"""pi and e are written with, and stay what they are; what is made of them alone is a number where one is asked for."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import numpy as np
import pytest

import edgewise as ew

OPERATORS = [operator.add, operator.sub, operator.mul, operator.truediv, operator.pow, operator.mod, operator.floordiv]


@pytest.mark.parametrize("operation", OPERATORS, ids=lambda f: f.__name__)
@pytest.mark.parametrize("other", [2, 0.5, np.float64(3.0), ew.e, np.array([1.0, 2.0])], ids=repr)
def test_operators_on_both_sides(operation: Callable[..., Any], other: Any) -> None:
    number = float(other) if other is ew.e else other
    for found, expected in (
        (operation(ew.pi, other), operation(math.pi, number)),
        (operation(other, ew.pi), operation(number, math.pi)),
    ):
        parts = np.atleast_1d(np.asarray(found, dtype=object))
        assert all(isinstance(part, ew.Expr) for part in parts)
        assert [float(part) for part in parts] == pytest.approx(np.atleast_1d(expected), rel=1e-15)
        assert "pi" in repr(found)


def test_they_stay_exact() -> None:
    x, y = ew.symbols("x y")
    f = x**2 * ew.sin(y)
    assert ew.graph(f).subs({x: 1, y: ew.pi / 2}).evaluate(digits=30).result == Decimal(1)
    assert (repr(-ew.pi), repr(abs(-ew.e))) == ("-pi", "abs(-e)")
    assert [repr(v) for v in (ew.sin(ew.pi), np.sin(ew.pi / 2), ew.sqrt(ew.pi * 2))] == [
        "sin(pi)", "sin(pi/2)", "sqrt(pi*2)",
    ]  # fmt: skip
    assert ew.trace(lambda t: t * (ew.pi / 2) + 2 * ew.pi, "t").text() == "t*(pi/2) + 2*pi"
    assert repr((ew.pi / 2) * x) == "pi/2*x" and repr(x / ew.pi) == "x/pi"


def test_where_a_number_is_asked_for_they_are_one() -> None:
    assert math.cos(2 * ew.pi) == 1.0 and int(2 * ew.pi) == 6 and complex(ew.pi / 2) == math.pi / 2 + 0j
    assert bool(ew.pi / 2 > 1) and not bool(ew.pi > ew.e + 1)
    assert (ew.pi == 3, ew.pi != 3, ew.pi == ew.pi) == (False, True, True)
    assert [float(v) for v in np.linspace(0, 2 * ew.pi, 3)] == [0.0, math.pi, 2 * math.pi]
    deep = ew.pi * 1
    for _ in range(20_000):
        deep = deep + 1
    assert float(deep) == pytest.approx(20_000 + math.pi)
    with pytest.raises(ew.EdgewiseError, match="is symbolic and has no number"):
        float(ew.pi * ew.symbols("x"))
    with pytest.raises(ew.EdgewiseError, match="cannot be part of an expression"):
        ew.pi + "a"


def test_ranges_of_names() -> None:
    assert repr(ew.symbols("x:3 y1:3 z")) == "(x0, x1, x2, y1, y2, z)"
    assert len(ew.symbols("w:4", shape=2)) == 4
    with pytest.raises(ew.EdgewiseError, match="no range of names"):
        ew.symbols("x:")
