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
    "sum(where(x[:, None] > 0, log(x)[:, None], A.T @ A * x))",
    "sum(where(reshape(x, (1, n)).T > 0, sqrt(reshape(x, (1, n))).T, 0))",
    "sum(where(A * x > 0, log(A * x), 1) * A)",
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
    assert H.text(H.outputs[0]) == "diag(-where(x > 0, 1/x/x, 0))"
    T = ew.parse("sum(where(x > 0, 3*log(x), 2*x))", shapes="x: n").gradient("x").simplify()
    assert T.evaluate(x=np.array([-1.0, 0.0, 2.0])).outputs[0].tolist() == [2.0, 2.0, 1.5]
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


SQUARE = np.array([[1.0, 2.0, 3.0], [0.0, 1.0, -1.0], [2.0, 2.0, 1.0]])


@pytest.mark.parametrize("branch", [
    "A @ x", "x @ A", "cumsum(x)", "softmax(x)", "solve(A, x)", "x[::-1]", "concatenate([x[1:], x[:1]])",
    "sum(A * x, axis=0)", "x / norm(x)", "exp(A @ tanh(x))", "diag(A @ A) * x", "sum(x) + 0*x",
])  # fmt: skip
def test_an_operation_that_mixes_entries_is_not_masked_by_the_conditions_of_others(branch: str) -> None:
    """An entry that is not selected may still be read by one that is: its derivative stays whole."""
    text = f"sum(where(x > 0, {branch}, x))"
    G = ew.parse(text, shapes="x: n; A: n,n")
    S = G.scalarize(n=3)
    x = np.array([0.5, -1.0, 2.0])
    for wrt in ("x", "A"):
        wanted = S.gradient(wrt).evaluate(x=x, A=SQUARE).outputs
        B = G.gradient(wrt)
        for graph in (B, B.simplify(), G.jacobian(wrt, "forward")):
            np.testing.assert_allclose(np.ravel(graph.evaluate(x=x, A=SQUARE).outputs[0]), wanted, rtol=1e-12)


@pytest.mark.parametrize("text", [
    "sum(where((A * x).T > 0, log(A * x).T, 1) * A.T)",
    "sum(where(reshape(A * x, (-1,)) > 0, reshape(sqrt(A * x), (-1,)), 2))",
    "sum(where(A[:, :, None] * x[:, None] > 0, log(A * x)[:, :, None], A[:, :, None])[:, :, 0])",
    "sum(where(x > 0, sum(reshape(log(x), (1, n)), axis=0), x))",
])  # fmt: skip
def test_a_condition_goes_along_where_entries_only_change_their_order(text: str) -> None:
    G = ew.parse(text, shapes="x: n; A: m,n")
    wanted = G.scalarize(n=3, m=2).gradient("x").evaluate(x=POINT, A=A).outputs
    assert np.isfinite(wanted).all()
    B = G.gradient("x")
    for graph in (B, B.simplify()):
        np.testing.assert_allclose(graph.evaluate(x=POINT, A=A).outputs[0], wanted, rtol=1e-12, atol=1e-14)
        np.testing.assert_allclose(graph.compile()(POINT, A)[-1], wanted, rtol=1e-12, atol=1e-14)


def test_mixed_entries_against_jax() -> None:
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    jax.config.update("jax_enable_x64", True)
    x = np.array([0.5, -1.0, 2.0])
    B = ew.parse("sum(where(x > 0, exp(A @ x), 0) * x)", shapes="x: n; A: n,n").gradient("x")
    wanted = jax.grad(lambda x: jax.numpy.sum(jax.numpy.where(x > 0, jax.numpy.exp(SQUARE @ x), 0) * x))(x)
    for graph in (B, B.simplify()):
        np.testing.assert_allclose(graph.evaluate(x=x, A=SQUARE).outputs[0], wanted, rtol=1e-12)
