"""float32 in gives float32 out: values, derivatives, groups, tensors, on every back end and in the interpreter."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from lower.test_backends import EACH
from lower.test_batches_of_groups import leaves
from peers import available

S = ew.parse("sin(x)*y + exp(-x*y)", inputs=["x", "y"]).gradient().simplify()
W = ew.trace(lambda w, s: np.sum(np.sin(w) * s), w=3, s=()).gradient().simplify()
T = ew.parse("sum(log(1 + exp(X @ w)))", shapes="X: n,d; w: d").gradient().simplify()
X = np.linspace(-1, 1, 12, dtype=np.float32)
ALL = [*EACH, "evaluate"]


def function(graph: Any, backend: str) -> Any:
    if backend == "evaluate":
        return lambda *values: (graph.base.evaluate(*values).result, graph.evaluate(*values).result)
    available(backend)
    return graph.compile(backend)


def types(value: Any) -> set[str]:
    if isinstance(value, (tuple, list)):
        return {name for item in value for name in types(item)}
    return {str(getattr(value, "dtype", type(value).__name__)).removeprefix("torch.")}


@pytest.mark.parametrize("backend", ALL)
def test_the_type_of_results_is_numpys(backend: str) -> None:
    f = function(S, backend)
    for x, y in (
        (X, 2.0), (X, 2), (X, True), (X, X[0]), (X, X > 0), (X, np.int8(2)), (X, X[:, None]), (X[0], 2.0), (X[0], X[1]),
        (X.astype(np.float16), X), (X.astype(">f4"), X),
        (X, np.float64(2.0)), (X, np.arange(12)), (X.astype(float), X[0]), (X > 0, 1.5), (np.arange(12), 2),
        (1.0, 2.0), (3, 2), (X.astype(np.float16), 2.0),
    ):  # fmt: skip
        arrays = [np.asarray(v).dtype for v in (x, y) if isinstance(v, (np.ndarray, np.generic))]
        single = bool(arrays) and np.result_type(*arrays) == np.float32
        assert types(f(x, y)) <= ({"float32"} if single else {"float64", "float"}), (x, y)


@pytest.mark.parametrize("backend", ALL)
@pytest.mark.parametrize("graph", [S, W, T], ids=["scalars", "groups", "tensors"])
def test_results_are_rounded_once(graph: Any, backend: str) -> None:
    if graph is T and backend in ("llvm", "c", "python"):
        available(backend)
        f: Any = T.compile(backend, n=4, d=3)
    else:
        f = function(graph, backend)
    values = {S: (X, X[::-1]), W: (X.reshape(4, 3), X[3:7]), T: (X.reshape(4, 3), X[:3])}[graph]
    exact = function(graph, "numpy")(*(v.astype(float) for v in values))
    found = f(*values)
    assert types(found) == {"float32"}
    for got, wide in zip(leaves(found), leaves(exact), strict=True):
        assert got.shape == wide.shape
        # Not of the last bit of a double, which is another one under each library.
        np.testing.assert_allclose(got, wide.astype(np.float32), rtol=1.2e-7)
    if backend in ("llvm", "c", "python", "numpy"):
        one = [np.float32(v[..., 0]) if graph is S else v for v in values]
        assert types(f(*one)) == {"float32"}


def test_whole_numbers_that_pick_entries_do_not_count() -> None:
    f = ew.trace(lambda X, i: np.sum(X[i[0]] ** 2), X=ew.tensor("n", 3), i=ew.tensor(2, dtype=int)).gradient("X")
    for backend in ("numpy", "evaluate"):
        result = function(f, backend)(X.reshape(4, 3), np.array([1, 2]))
        assert types(result) == {"float32"}


@pytest.mark.parametrize("backend", ["numpy", "llvm", "python", "c"])
def test_sparse_matrices(backend: str) -> None:
    available(backend)
    for kind in ("scipy", "coo", "dense"):
        f = ew.parse("[x*y, sin(x)]").jacobian(sparse=kind).simplify().compile(backend)
        matrix = f(np.float32(1), np.float32(2))[1]
        entries = matrix.data if kind == "scipy" else matrix[2] if kind == "coo" else matrix
        assert entries.dtype == np.float32
        if kind == "coo":
            assert matrix[0].dtype.kind == "i"
