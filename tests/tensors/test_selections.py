"""Branches of `where` on tensors: what is not selected contributes nothing, NaN and infinities included."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew

# The point has entries at which a branch that is not selected is NaN or infinite, or has such a slope.
POINT = np.array([-1.0, 0.0, 2.0])
TEXTS = [
    "sum(where(x > 0, log(x), x))",
    "sum(where(x > 0, sqrt(x)*x, exp(x)))",
    "sum(where(x > 0, sqrt(log(x + 1)), 0*x)**2)",
    "sum(where(x > 0, where(x > 1, log(x - 1), log(x)), 3*x) * x)",
    "sum(where(x <= 0, x**2, log(x)) * where(x > 0, sqrt(x), x))",
    "sum(A @ where(x > 0, log(x) / sqrt(x), x))",
    "s = log(x); sum(where(x > 1, s, 0) + where(x < 1.5, where(x > -2, where(x > 0, s * x, x), s), 2 * x))",
    "where(x[0] > 0, norm(log(x)), sum(x**3))",
    "where(x[0] > 0, log(x[0]), x[0]) * sum(where(x > 0, 1/x, 0))",
]
A = np.array([[1.0, -2.0, 0.5], [0.25, 3.0, -1.0]])


@pytest.mark.parametrize("text", TEXTS)
def test_branches_that_are_not_selected_contribute_nothing(text: str) -> None:
    G = ew.parse(text, shapes="x: n; A: m,n")
    S = G.scalarize(n=3, m=2)
    gradient = S.gradient("x").evaluate(x=POINT, A=A).outputs
    hessian = np.reshape(S.hessian("x").evaluate(x=POINT, A=A).outputs, (3, 3))
    assert np.isfinite(gradient).all() and np.isfinite(hessian).all()
    for B, wanted in ((G.gradient("x"), gradient), (G.jacobian("x", "forward"), gradient), (G.hessian("x"), hessian)):
        for graph in (B, B.simplify()):
            np.testing.assert_allclose(graph.evaluate(x=POINT, A=A).outputs[0], wanted, rtol=1e-12, atol=1e-14)
            np.testing.assert_allclose(graph.compile()(POINT, A)[-1], wanted, rtol=1e-12, atol=1e-14)


def test_a_condition_that_is_one_number_masks_every_operation() -> None:
    B = ew.parse("where(c > 0, sum(A @ x), sum(x)) + logsumexp(where(c > 0, A @ x, x))", shapes="c: ; A: n,n; x: n")
    x = np.array([1.0, 2.0, 3.0])
    broken = np.array([[1.0, np.inf, 0.0], [np.nan, 1.0, 2.0], [0.0, 0.0, 1.0]])
    wanted = 1.0 + np.exp(x) / np.exp(x).sum()
    for graph in (B.gradient("x"), B.gradient("x").simplify()):
        np.testing.assert_allclose(graph.evaluate(c=-1.0, A=broken, x=x).outputs[0], wanted)


def test_a_mask_costs_nothing_where_it_stands_already() -> None:
    S = ew.parse("sum(where(x > 0, log(x), x))", shapes="x: n").gradient("x").simplify()
    assert S.text(S.outputs[0]) == "where(x > 0, 1/x, 1)"
    H = ew.parse("sum(where(x > 0, log(x), x))", shapes="x: n").hessian("x").simplify()
    assert H.text(H.outputs[0]) == "-diag(where(x > 0, 1/x/x, 0))"
    # Huber's loss: three masks as written, one selection in the end.
    huber = ew.parse("sum(where(abs(r) < 1, r**2/2, abs(r) - 1/2))", shapes="r: n").gradient("r")
    assert huber.simplify().text(huber.simplify().outputs[0]) == "where(abs(r) < 1, r, sign(r))"


def test_two_conditions_are_two_selections() -> None:
    S = ew.parse("sum(where(x > 0, sin(x), 0) * where(y > 0, 1, exp(x)))", shapes="x: n; y: n").gradient("x").simplify()
    assert S.text(S.outputs[0]).count("where(y > 0") >= 2
    x, y = np.array([-1.0, 2.0, 3.0]), np.array([1.0, -1.0, 1.0])
    wanted = np.where(x > 0, np.cos(x), 0) * np.where(y > 0, 1, np.exp(x))
    wanted += np.where(x > 0, np.sin(x), 0) * np.where(y > 0, 0, np.exp(x))
    np.testing.assert_allclose(S.evaluate(x=x, y=y).outputs[0], wanted)
