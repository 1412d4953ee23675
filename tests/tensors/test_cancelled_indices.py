"""What is summed over an index that has cancelled stands there once for each value of the index."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew

X = np.random.default_rng(0).uniform(0.5, 1.5, size=(3, 4))
FORMULAS = (
    "einsum('ij,ij->i', exp(X), 1/exp(X))",
    "einsum('ij,ij->', softmax(X), 1/softmax(X))",
    "einsum('ij,ij->j', 1/softplus(X), softplus(X))",
    "einsum('ij,ij,i->', exp(X), 1/exp(X), sum(X, axis=1))",
    "einsum('ij,ij->i', sigmoid(-X), 1/(1 - sigmoid(X)))",
)


@pytest.mark.parametrize("shapes", ["X: n,k", "X: 3,4"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_the_sum_counts_the_index(formula: str, shapes: str) -> None:
    G = ew.parse(formula, shapes=shapes)
    np.testing.assert_allclose(G.simplify().evaluate(X).outputs[0], G.evaluate(X).outputs[0], rtol=1e-13)


def test_smoothed_labels() -> None:
    def loss(Z: Any) -> Any:
        return -np.mean(np.log(np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)))

    _, gradient, hessian = ew.trace(loss, Z=ew.tensor("n", "k")).hessian().simplify().compile()(X)
    n, k = X.shape
    p = np.exp(X) / np.exp(X).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(gradient, (k * p - 1) / (n * k), rtol=1e-12)
    blocks = (np.einsum("ij,jl->ijl", p, np.eye(k)) - np.einsum("ij,il->ijl", p, p)) / n
    np.testing.assert_allclose(hessian, np.einsum("ijl,ik->ijkl", blocks, np.eye(n)), rtol=1e-10, atol=1e-15)
