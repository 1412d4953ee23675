"""Tensor results and those of the scalar graph agree, for every row that has scalars."""

from __future__ import annotations

import shutil
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError, LoweringError, UnsupportedError
from tensor_rows import ROWS, SIZES, Row, drawn, traced

REFUSED = {"eigvalsh", "projectors", "singular values", "singular vectors", "nuclear norm", "expm", "expm batched"}
"""Eigenvalues have no form in scalars, nor exponentials of matrices."""


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


@pytest.mark.parametrize("backend", ["llvm", "python", "c"])
@pytest.mark.parametrize("kind", ["gradient", "jacobian", "hessian"])
def test_every_native_back_end_gives_what_numpy_gives(backend: str, kind: str) -> None:
    if backend == "c" and shutil.which("cc") is None:
        pytest.skip("no C compiler")
    rng = np.random.default_rng(3)
    X, w = rng.normal(size=(3, 2)), rng.normal(size=2)
    text = "tanh(X @ w)" if kind == "jacobian" else "logsumexp(X @ w) + norm(w)**3 * trace(X.T @ X)"
    B = getattr(ew.parse(text, shapes="X: n,d; w: d"), kind)(["X", "w"])
    for graph in (B, B.simplify()):
        got = graph.compile(backend, n=3, d=2)(X, w)
        assert_equal(got, graph.compile("numpy")(X, w))
    assert B.simplify().to_python(target="math", n=3, d=2).startswith("import math")


def assert_equal(got: Any, wanted: Any) -> None:
    """Equal numbers, nested alike."""
    if isinstance(wanted, tuple):
        assert isinstance(got, tuple) and len(got) == len(wanted)
        for one, other in zip(got, wanted, strict=True):
            assert_equal(one, other)
    else:
        assert np.shape(got) == np.shape(wanted)
        np.testing.assert_allclose(got, wanted, rtol=1e-10, atol=1e-12)


def test_refusals() -> None:
    B = ew.parse("x @ x", shapes="x: n").gradient()
    with pytest.raises(InputError, match="the dimension 'n' has no number"):
        B.compile("llvm")
    with pytest.raises(InputError, match="n= fixes a dimension, and 'jax' takes any size"):
        B.compile("jax", n=3)
    with pytest.raises(LoweringError, match="is not compiled for 'fortran'"):
        B.compile("fortran")
    G = ew.trace(lambda X, i: np.sum(X[i]), X=ew.tensor("n", "d"), i=ew.tensor("k", dtype=int))
    with pytest.raises(InputError, match="the dimension 'd' has no number"):
        G.scalarize(n=2)
    with pytest.raises(UnsupportedError, match="depends on the data"):
        G.scalarize(n=2, d=2, k=1)
