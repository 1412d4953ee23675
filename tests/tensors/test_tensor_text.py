"""Formulas on tensors as text: the same numbers as NumPy evaluates."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import special

import edgewise as ew

SHAPES = "X: n,d; A: d,d; w: d; y: n; c:"
RNG = np.random.default_rng(0)
VALUES: dict[str, Any] = {
    "X": RNG.normal(size=(4, 3)), "A": RNG.normal(size=(3, 3)) + 4 * np.eye(3), "w": RNG.normal(size=3),
    "y": RNG.normal(size=4), "c": 1.7,
}  # fmt: skip
SCOPE = {
    **{name: getattr(np, name) for name in (
        "sum", "mean", "exp", "log", "tanh", "trace", "outer", "diag", "max", "min", "prod", "cumsum", "where",
        "concatenate", "stack", "einsum", "kron", "tril", "sqrt", "maximum", "dot", "eye", "pi", "abs",
    )},
    **{name: getattr(np.linalg, name) for name in ("inv", "det", "solve", "norm", "cholesky", "pinv", "eigvalsh")},
    "softmax": special.softmax, "logsumexp": special.logsumexp, "sigmoid": special.expit,
    "logdet": lambda a: np.linalg.slogdet(a)[1], "n": 4, "d": 3,
}  # fmt: skip


@pytest.mark.parametrize("text", [
    "norm(X @ w - y)**2 / n", "sum(X, axis=0) + w", "X.T @ X + c*A", "mean((X - mean(X, axis=0))**2, axis=0)",
    "X[1:, 0] * y[:-1]", "X[..., None].shape[0] * w", "where(X > 0, X, 0.1*X) @ w", "softmax(X, axis=1)",
    "logsumexp(X @ w) + logdet(A)", "solve(A, w) @ w", "trace(inv(A) @ A)", "outer(y, w) / pi", "-X + 2*X",
    "max(X, axis=1) - min(X)", "maximum(X, 0)", "einsum('ij,jk->ik', X, A)", "concatenate([X, X], axis=0)",
    "stack([w, w**2])", "X if c > 0 else -X", "diag(A) * diag(w) @ w", "prod(w) + abs(c)", "kron(A, A)",
    "tril(A) @ sigmoid(w)", "cumsum(X, axis=0)", "X.sum(axis=1).mean() + X.T[0, 1]", "A @ A.T @ w @ w", "eye(d) @ w",
    "det(A)**2", "pinv(X)", "eigvalsh(A + A.T)", "cholesky(A @ A.T)", "sqrt(n) * w",
])  # fmt: skip
def test_text_means_what_numpy_says(text: str) -> None:
    G = ew.parse(text, shapes=SHAPES)
    wanted = eval(text, {**SCOPE, **VALUES})
    np.testing.assert_allclose(G.evaluate(VALUES).outputs[0], wanted, rtol=1e-12)
    np.testing.assert_allclose(G.compile()(**VALUES), wanted, rtol=1e-12)


def test_assignments_label_nodes_and_several_outputs_nest() -> None:
    G = ew.parse("r = X @ w - y; [r @ r, r]", shapes="X: n,d; w: d; y: n")
    assert G.node("r") in G.outputs
    value, residual = G.evaluate(X=VALUES["X"], w=VALUES["w"], y=VALUES["y"]).result
    np.testing.assert_allclose(residual @ residual, value)
    assert "r = X @ w - y" in G.to_python()


def test_users_operations_are_found() -> None:
    softsign = ew.op("softsign", "x", value="x/(1 + abs(x))", partials="1/(1 + abs(x))**2")
    G = ew.parse("sum(softsign(x))", shapes="x: n", functions={"softsign": softsign})
    x = np.array([1.0, -3.0])
    np.testing.assert_allclose(G.gradient().simplify().evaluate(x=x).outputs[0], [0.25, 1 / 16])


@pytest.mark.slow
def test_a_long_sum_is_read_without_recursion() -> None:
    text = " + ".join(["x"] * 2000)
    assert ew.parse(text, shapes="x: n").simplify().cost().operations == 1


def test_shapes_may_be_a_mapping() -> None:
    assert ew.parse("X @ w", shapes={"X": (2, "d"), "w": "d"}).shape(2) == (2,)


def test_networkx_shows_shapes() -> None:
    G = ew.parse("X @ w", shapes="X: n,d; w: d")
    N = G.to_networkx()
    assert {str(data["shape"]) for _, data in N.nodes(data=True)} == {"(n, d)", "(d,)", "(n,)"}
    assert {data["op"] for _, data in N.nodes(data=True)} == {"input", "contract"}
