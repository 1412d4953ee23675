"""SciPy's sparse matrices of numbers times what is traced, from both sides: the values and slopes of dense ones."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import sparse

import edgewise as ew

RNG = np.random.default_rng(0)
DENSE = RNG.normal(size=(4, 3)) * (RNG.random((4, 3)) < 0.6)
KINDS = (sparse.csr_matrix, sparse.csc_array, sparse.coo_array, sparse.lil_array, sparse.dok_matrix)
PRODUCTS: list[tuple[Any, Any, tuple[int, ...]]] = [
    (lambda S, x: S @ x, lambda D, x: D @ x, (3,)), (lambda S, x: S @ x, lambda D, x: D @ x, (3, 2)),
    (lambda S, x: S.dot(x), lambda D, x: D @ x, (3,)), (lambda S, x: x @ S, lambda D, x: x @ D, (4,)),
    (lambda S, x: x.T @ S.T, lambda D, x: x.T @ D.T, (3, 2)), (lambda S, x: S.T @ x, lambda D, x: D.T @ x, (4,)),
    (lambda S, x: S @ np.array([x[0], x[1], 2.0]), lambda D, x: D @ np.array([x[0], x[1], 2.0]), (3,)),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_products_are_those_of_dense_matrices(kind: Any) -> None:
    S = kind(DENSE)
    for product, dense, shape in PRODUCTS:
        x = RNG.normal(size=shape)
        for declared in (ew.tensor(*shape), shape):
            found, wanted = (
                ew.trace(lambda x, f=f, A=A: np.sum(f(A, x) ** 3), x=declared).gradient().compile()(x)
                for f, A in ((product, S), (dense, DENSE))
            )
            assert found[0] == pytest.approx(np.sum(dense(DENSE, x) ** 3), rel=1e-12, abs=1e-12)
            assert np.allclose(found[1], wanted[1], rtol=1e-12, atol=1e-12)


def test_the_star_of_matrices_is_a_product() -> None:
    S, x = sparse.csr_matrix(DENSE), RNG.normal(size=3)
    assert np.allclose(ew.jacobian(lambda x: S * x)(x), DENSE)


@pytest.mark.parametrize(
    "function",
    [
        lambda S, x: np.sum(x * S), lambda S, x: np.sum(S @ x[:2]),
        lambda S, x: np.sum(sparse.linalg.spsolve(sparse.eye(3).tocsc(), x)),
    ],
)  # fmt: skip
def test_what_is_refused(function: Any) -> None:
    S = sparse.csr_array(DENSE)
    for declared in (ew.tensor(3), 3):
        with pytest.raises(ew.EdgewiseError, match=r"toarray|give one of 3 rows|use real numbers") as caught:
            ew.trace(lambda x: function(S, x), x=declared)
        assert "test_sparse_matrices.py:" in str(caught.value)
