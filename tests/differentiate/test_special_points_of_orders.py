"""What special points say of derivatives of the third order: lengths without limits, and kinks of lower orders."""

from __future__ import annotations

import pytest

import edgewise as ew

AT = {"x": 0.0, "y": 0.0}
LENGTHS = ["hypot(x, y)", "sqrt(x**2 + y**2)", "cos(hypot(x, y))", "x*hypot(x, y)", "(x**2 + y**2)**(3/2)"]


@pytest.mark.parametrize("text", LENGTHS)
def test_a_length_without_a_limit_is_said_from_the_third_order_on(text: str) -> None:
    G = ew.parse(text, inputs=["x", "y"])
    for order in (1, 2, 3, 4):
        points = G.derivatives(order).special_points(**AT)
        said = [point for point in points if point.kind == "limit" and point.met]
        assert bool(said) == (order > 2), order
        assert all("taken as 0" in point.convention for point in said)
        assert not [p for p in G.derivatives(order).special_points(x=3.0, y=4.0) if p.kind == "limit" and p.met]


def test_kinks_of_lower_orders_are_listed() -> None:
    G = ew.parse("abs(x)")
    for order in (1, 2, 3):
        assert any(p.operation == "abs" and p.met for p in G.derivatives(order).special_points(x=0.0)), order
