"""Functions of symmetric matrices of one triangle: derivatives in its entries, and the triangle that is read."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import linalg

import edgewise as ew

W = np.cos(np.arange(9.0)).reshape(3, 3)
SYMMETRIC = np.array([[4.0, 1, 2], [1, 5, 3], [2, 3, 6]])
SKEWED = SYMMETRIC + np.triu(np.array([[0, 0.3, 0.1], [0, 0, 0.2], [0, 0, 0]]), 1)
OF_TRIANGLES = {
    "cholesky": lambda A: np.sum(W * np.linalg.cholesky(np.tril(A))),
    "turned": lambda A: np.sum(W * np.linalg.cholesky(np.triu(A).T)),
    "upper": lambda A: np.sum(W * np.linalg.cholesky(np.triu(A), upper=True)),
    "eigvalsh": lambda A: np.sum(np.linalg.eigvalsh(np.tril(A)) ** 3),
    "eigvalsh U": lambda A: np.sum(np.linalg.eigvalsh(np.triu(A), "U") ** 3),
    "eigh": lambda A: np.sum(W * np.abs(np.linalg.eigh(np.tril(A))[1])),
    "scipy cholesky": lambda A: np.sum(W * linalg.cholesky(np.triu(A))),
    "scipy lower": lambda A: np.sum(W * linalg.cholesky(np.tril(A), lower=True)),
    "cho_solve": lambda A: np.sum(W @ linalg.cho_solve(linalg.cho_factor(np.triu(A)), np.ones(3))),
}


@pytest.mark.parametrize("name", OF_TRIANGLES)
@pytest.mark.parametrize("matrix", [SYMMETRIC, SKEWED])
def test_slopes_in_the_entries_of_one_triangle(name: str, matrix: Any) -> None:
    function = OF_TRIANGLES[name]
    wanted = np.zeros((3, 3))
    for place in np.ndindex(3, 3):
        step = np.zeros((3, 3))
        step[place] = 1e-3
        ends = [function(matrix + h * step) for h in (-2, -1, 1, 2)]
        wanted[place] = (ends[0] - 8 * ends[1] + 8 * ends[2] - ends[3]) / 12e-3
    for declared in (ew.tensor(3, 3), (3, 3)):
        value, slopes = ew.trace(function, A=declared).gradient().simplify().compile()(matrix)
        assert value == pytest.approx(function(matrix), rel=1e-13)
        assert np.allclose(slopes, wanted, rtol=1e-8, atol=1e-9)


@pytest.mark.parametrize(
    "function",
    [
        lambda A: np.linalg.cholesky(A), lambda A: np.linalg.cholesky(A, upper=True), lambda A: linalg.cholesky(A),
        lambda A: linalg.cholesky(A, lower=True), lambda A: linalg.cho_solve(linalg.cho_factor(A), np.ones(3)),
    ],
)  # fmt: skip
def test_the_triangle_that_is_read_is_numpys_and_scipys(function: Any) -> None:
    for declared in (ew.tensor(3, 3), (3, 3)):
        assert np.allclose(ew.trace(function, A=declared).compile()(SKEWED), function(SKEWED), rtol=1e-13, atol=1e-14)


def test_of_a_whole_matrix_the_slope_is_that_at_a_symmetric_one() -> None:
    slopes = ew.grad(lambda A: np.sum(W * np.linalg.cholesky(A)))(SYMMETRIC)
    assert np.allclose(slopes, slopes.T)
