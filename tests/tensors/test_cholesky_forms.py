"""Densities by factors of Cholesky, as people write them, have the derivatives that textbooks print."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from scipy import linalg

import edgewise as ew

RNG = np.random.default_rng(5)


def by_solve(K: Any, y: Any) -> Any:
    L = np.linalg.cholesky(K)
    return y @ np.linalg.solve(L.T, np.linalg.solve(L, y)) / 2 + np.sum(np.log(np.diag(L)))


def by_whitening(K: Any, y: Any) -> Any:
    L = np.linalg.cholesky(K)
    z = np.linalg.solve(L, y)
    return 0.5 * z @ z + np.log(np.diag(L)).sum()


def by_triangles(K: Any, y: Any) -> Any:
    L = linalg.cholesky(K, lower=True)
    z = linalg.solve_triangular(L, y, lower=True)
    return 0.5 * np.sum(z**2) + np.sum(np.log(np.diagonal(L)))


def by_cho_solve(K: Any, y: Any) -> Any:
    L = linalg.cholesky(K, lower=True)
    return 0.5 * y @ linalg.cho_solve((L, True), y) + np.sum(np.log(np.diag(L)))


def by_upper_factor(K: Any, y: Any) -> Any:
    U = linalg.cholesky(K)
    z = linalg.solve_triangular(U.T, y, lower=True)
    return 0.5 * z @ z + np.sum(np.log(np.diag(U)))


DENSITIES = (by_solve, by_whitening, by_triangles, by_cho_solve, by_upper_factor)


def positive(n: int) -> Any:
    half = RNG.normal(size=(n, n))
    return half @ half.T + np.eye(n)


@pytest.mark.parametrize("density", DENSITIES, ids=lambda f: str(f.__name__))
def test_the_derivative_of_a_density_is_half_of_the_inverse_less_a_square(density: Callable[..., Any]) -> None:
    S = ew.trace(density, K=ew.tensor("n", "n", symmetric=True), y=ew.tensor("n")).gradient().simplify()
    form = S.text()
    assert "inv(K)" in form and "cholesky" not in form and len(form.splitlines()) == 3, form
    K, y = positive(4), RNG.normal(size=4)
    value, (of_matrix, of_vector) = S.compile()(K, y)
    solved = np.linalg.solve(K, y)
    np.testing.assert_allclose(value, density(K, y), rtol=1e-12)
    np.testing.assert_allclose(of_vector, solved, rtol=1e-10)
    np.testing.assert_allclose(of_matrix, (np.linalg.inv(K) - np.outer(solved, solved)) / 2, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("density", DENSITIES, ids=lambda f: str(f.__name__))
def test_of_a_matrix_that_may_be_any_it_reads_the_factor(density: Callable[..., Any]) -> None:
    B = ew.trace(density, K=ew.tensor("n", "n"), y=ew.tensor("n")).gradient()
    S = B.simplify()
    assert "inv(K)" not in S.text() and "solve(K" not in S.text() and "mirrored" not in S.text()
    K, y = positive(4), RNG.normal(size=4)
    solved = np.linalg.solve(K, y)
    for graph in (B, S):
        _, (of_matrix, _) = graph.compile()(K, y)
        np.testing.assert_allclose(of_matrix, (np.linalg.inv(K) - np.outer(solved, solved)) / 2, rtol=1e-9, atol=1e-12)
    # What the factorisation does not read has no say.
    read = np.triu(K) if density is by_upper_factor else np.tril(K)
    np.testing.assert_allclose(S.compile()(read, y)[0], density(K, y), rtol=1e-12)


def test_a_gaussian_process_reads_its_kernel_alone() -> None:
    def evidence(X: Any, y: Any, scale: Any) -> Any:
        gaps = np.sum((X[:, None, :] - X[None, :, :]) ** 2, axis=-1)
        return by_cho_solve(np.exp(-gaps / (2 * scale**2)) + 0.1 * np.eye(X.shape[0]), y)

    S = ew.trace(evidence, X=ew.tensor("n", "d"), y=ew.tensor("n"), scale=ew.tensor()).gradient().simplify()
    assert S.text().count("inv(") == 1 and "solve" not in S.text()
    X, y, scale = RNG.normal(size=(5, 2)), RNG.normal(size=5), 1.3
    found = S.compile()(X, y, scale)[1]
    step = 1e-6
    slope = (evidence(X, y, scale + step) - evidence(X, y, scale - step)) / (2 * step)
    np.testing.assert_allclose(found[2], slope, rtol=1e-7)
    change = np.zeros_like(X)
    change[3, 1] = step
    np.testing.assert_allclose(
        found[0][3, 1], (evidence(X + change, y, scale) - evidence(X - change, y, scale)) / (2 * step), rtol=1e-7
    )


FUNCTIONS = {
    "entries": lambda K, W: np.sum(W * np.linalg.cholesky(K)),
    "its square": lambda K, W: np.sum(W * (np.linalg.cholesky(K) @ np.linalg.cholesky(K).T)),
    "its inverse": lambda K, W: np.sum(W * np.linalg.inv(np.linalg.cholesky(K))),
    "times the inverse": lambda K, W: np.sum(W * (np.linalg.cholesky(K).T @ np.linalg.inv(K))),
    "the other way round": lambda K, W: np.sum(W * (np.linalg.inv(np.linalg.cholesky(K)) @ K)),
    "a system": lambda K, W: np.sum(np.sin(linalg.solve_triangular(np.linalg.cholesky(K), W, lower=True))),
    "a turned system": lambda K, W: np.sum(linalg.solve_triangular(np.linalg.cholesky(K).T, W, lower=False) ** 3),
    "the wrong triangle": lambda K, W: np.sum(linalg.solve_triangular(np.linalg.cholesky(K), W, lower=False) ** 2),
    "a system with itself": lambda K, W: np.sum(W * (K @ np.linalg.solve(K, W))),
    "the product of its diagonal": lambda K, W: np.prod(np.diag(np.linalg.cholesky(K))) * np.sum(W),
    "masks": lambda K, W: np.sum(np.tril(np.linalg.cholesky(K) @ W) * np.triu(W)),
}


@pytest.mark.parametrize("symmetric", [False, True])
@pytest.mark.parametrize("name", FUNCTIONS)
def test_any_function_of_a_factor(name: str, symmetric: bool) -> None:
    function, K, W = FUNCTIONS[name], positive(3), RNG.normal(size=(3, 3))
    G = ew.trace(function, K=ew.tensor("n", "n", symmetric=symmetric), W=ew.tensor("n", "n"))
    change = RNG.normal(size=(3, 3))
    change, step = change + change.T, 1e-6
    slope = (function(K + step * change, W) - function(K - step * change, W)) / (2 * step)
    for graph in (G.gradient(["K"]), G.gradient(["K"]).simplify(), G.simplify().gradient(["K"])):
        value, of_matrix = graph.compile()(K, W)
        np.testing.assert_allclose(value, function(K, W), rtol=1e-10)
        np.testing.assert_allclose(np.sum(of_matrix * change), slope, rtol=2e-6, atol=1e-8)


def test_second_derivatives_along_symmetric_changes() -> None:
    K, y, change = positive(3), RNG.normal(size=3), RNG.normal(size=(3, 3))
    change = change + change.T
    inverse = np.linalg.inv(K)
    moved = inverse @ change @ inverse
    by_hand = y @ moved @ change @ inverse @ y - np.sum(moved * change.T) / 2
    for symmetric in (False, True):
        H = ew.trace(by_cho_solve, K=ew.tensor(3, 3, symmetric=symmetric), y=ew.tensor(3)).hessian(["K"])
        for graph in (H, H.simplify()):
            second = graph.compile()(K, y)[2]
            np.testing.assert_allclose(np.einsum("ij,ijkl,kl", change, second, change), by_hand, rtol=1e-9)


def test_systems_with_a_factor_are_triangular() -> None:
    G = ew.trace(by_solve, K=ew.tensor("n", "n", symmetric=True), y=ew.tensor("n")).simplify()
    assert G.text().count("solve_triangular") == 2 and " solve(" not in G.text()
    # The mirrored triangle is printed in NumPy's words.
    S = ew.trace(FUNCTIONS["entries"], K=ew.tensor("n", "n"), W=ew.tensor("n", "n")).gradient(["K"]).simplify()
    source: dict[str, Any] = {}
    exec(S.to_python(), source)
    K, W = positive(3), RNG.normal(size=(3, 3))
    np.testing.assert_allclose(source["f"](K, W)[1], S.compile()(K, W)[1], rtol=1e-12)
