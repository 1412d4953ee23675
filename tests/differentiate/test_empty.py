"""Derivatives of nothing, and in nothing: empty results, not errors."""

from __future__ import annotations

import pytest

import edgewise as ew


@pytest.mark.parametrize("order", ["auto", "forward", "reverse"])
def test_a_jacobian_in_no_input_is_empty(order: str) -> None:
    lone = ew.graph(3, inputs=[])
    assert lone.jacobian(order=order).evaluate().outputs == ()
    x = ew.symbols("x")
    assert ew.graph(ew.sin(x) * x).jacobian([], order=order).evaluate(x=0.5).outputs == ()


@pytest.mark.parametrize("order", ["auto", "forward", "reverse"])
def test_a_jacobian_of_no_output_is_empty(order: str) -> None:
    assert ew.graph([], inputs=[]).jacobian(order=order).evaluate().outputs == ()


def test_a_gradient_in_no_input_is_empty() -> None:
    x = ew.symbols("x")
    G = ew.graph(ew.sin(x) * x)
    for B in (G.gradient([]), G.hessian([]), ew.graph(3, inputs=[]).gradient(), ew.graph(3, inputs=[]).hessian()):
        assert len(B.edges) == 0
        assert B.outputs == ()
        assert B.simplify().outputs == ()


def test_a_group_without_entries() -> None:
    G = ew.trace(lambda w, x: x * x, w=0, x=())
    for order in ("auto", "forward", "reverse"):
        assert G.jacobian(order=order).evaluate([], 3.0).outputs == (6.0,)
        assert G.jacobian("w", order=order).evaluate([], 3.0).outputs == ()
    assert G.gradient("w").evaluate([], 3.0).outputs == ()
