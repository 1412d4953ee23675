"""Tensor results and those of the scalar graph agree, for every row that has scalars."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError, UnsupportedError
from tensor_rows import ROWS, SIZES, Row, drawn, traced

REFUSED = {"eigvalsh", "projectors"}
"""Eigenvalues have no form in scalars."""


@pytest.mark.parametrize("row", ROWS, ids=[row.name for row in ROWS])
def test_value_and_gradient_are_those_of_the_scalar_graph(row: Row) -> None:
    values = drawn(row, seed=2)
    if row.draw == "definite":
        values[0] = (values[0] + values[0].T) / 2

    def scalar(space: object, *args: object) -> object:
        out = row.function(space, *args)
        return np.sum(out * out)

    G = traced(row._replace(function=scalar))
    if row.name in REFUSED:
        with pytest.raises(UnsupportedError, match="no form in scalars"):
            G.scalarize(**SIZES)
        return
    S = G.scalarize(**SIZES)
    np.testing.assert_allclose(S.evaluate({}, *values).outputs, G.evaluate({}, *values).outputs, rtol=1e-10)
    tensors = G.gradient().simplify().evaluate({}, *values).outputs
    scalars = np.concatenate([np.ravel(t) for t in tensors])
    np.testing.assert_allclose(S.gradient().evaluate({}, *values).outputs, scalars, rtol=1e-8, atol=1e-9)


def test_compiled_natively() -> None:
    G = ew.trace(lambda A, b: b @ np.linalg.solve(A, b), A=ew.tensor("n", "n"), b=ew.tensor("n"))
    A, b = np.diag([2.0, 4.0]) + 0.5, np.array([1.0, 3.0])
    value, (dA, db) = G.scalarize(n=2).gradient().simplify().compile()(A, b)
    x = np.linalg.solve(A, b)
    np.testing.assert_allclose(value, b @ x)
    np.testing.assert_allclose(dA, -np.outer(x, x))
    np.testing.assert_allclose(db, 2 * x)


def test_refusals() -> None:
    G = ew.trace(lambda X, i: np.sum(X[i]), X=ew.tensor("n", "d"), i=ew.tensor("k", dtype=int))
    with pytest.raises(InputError, match="the dimension 'd' has no number"):
        G.scalarize(n=2)
    with pytest.raises(UnsupportedError, match="depends on the data"):
        G.scalarize(n=2, d=2, k=1)
