"""Determinants of singular matrices and functions of norms at zero: the derivatives that exist there."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from peers import available

RNG = np.random.default_rng(3)
SINGULAR = {
    "rank 1": np.array([[1.0, 2.0], [2.0, 4.0]]),
    "rank n - 1": np.diag([1.0, -2.0, 0.0]),
    "rank n - 2": np.ones((3, 3)),
    "zero": np.zeros((3, 3)),
    "regular": RNG.normal(size=(4, 4)),
    "of whole numbers": np.array([[2.0, 1, 0, 1], [0, 3, 1, 1], [2, 4, 1, 2], [1, 1, 1, 1]]),
}


def _cofactors(a: Any) -> Any:
    """By minors, each written out as Leibniz does: polynomials, which know no singular matrix."""

    def determinant(m: Any) -> float:
        total = 0.0
        for order in permutations(range(len(m))):
            inversions = sum(order[i] > order[j] for i in range(len(m)) for j in range(i + 1, len(m)))
            total += (-1) ** inversions * float(np.prod([m[i, j] for i, j in enumerate(order)]))
        return total

    n = len(a)
    return np.array([[(-1) ** (i + j) * determinant(np.delete(np.delete(a, i, 0), j, 1)) for j in range(n)]
                     for i in range(n)])  # fmt: skip


@pytest.mark.parametrize("name", SINGULAR)
def test_gradient_and_hessian_of_a_determinant_are_its_cofactors_and_their_change(name: str) -> None:
    a = SINGULAR[name]
    G = ew.trace(lambda A: np.linalg.det(A), A=ew.tensor("n", "n"))
    wanted, n = _cofactors(a), len(a)
    change = np.empty((n, n, n, n))
    for i, j in np.ndindex(n, n):  # a cofactor is linear in each entry
        step = np.zeros((n, n))
        step[i, j] = 1.0
        change[:, :, i, j] = (_cofactors(a + step) - _cofactors(a - step)) / 2
    for graph in (G.gradient(), G.gradient().simplify()):
        np.testing.assert_allclose(graph.compile(backend="numpy")(a)[1], wanted, atol=1e-12)
        np.testing.assert_allclose(graph.evaluate(A=a).outputs[0], wanted, atol=1e-12)
    for graph in (G.hessian(), G.hessian().simplify()):
        np.testing.assert_allclose(graph.compile(backend="numpy")(a)[2], change, atol=1e-11)
    scalars = G.scalarize(n=n).gradient().evaluate({}, a).outputs
    np.testing.assert_allclose(np.reshape(scalars, (n, n)), wanted, atol=1e-12)


def test_batches_and_other_libraries_agree() -> None:
    a = np.stack([SINGULAR["rank n - 1"], SINGULAR["rank n - 2"], RNG.normal(size=(3, 3))])
    G = ew.trace(lambda A: np.sum(np.linalg.det(A) ** 2 + np.linalg.det(A)), A=ew.tensor("k", "n", "n"))
    wanted = np.stack([(2 * np.linalg.det(m) + 1) * _cofactors(m) for m in a])
    for backend in ("numpy", "jax", "torch"):
        available(backend)
        found = G.gradient().simplify().compile(backend=backend)(a)[1]
        np.testing.assert_allclose(np.asarray(found), wanted, atol=1e-12)


def test_a_third_derivative_of_a_determinant() -> None:
    a, e = RNG.normal(size=(3, 3)), RNG.normal(size=(3, 3))
    G = ew.trace(lambda t, A, E: np.linalg.det(A + t * E), t=ew.tensor(), A=ew.tensor(3, 3), E=ew.tensor(3, 3))
    third = G.hessian(["t"]).tangent("t")
    # det(A + tE) is a cubic in t, whose leading coefficient is det(E).
    found = np.ravel(third.evaluate(t=0.0, A=a, E=e).outputs[-1])[-1]
    assert found == pytest.approx(6 * np.linalg.det(e), rel=1e-9)


def norm(x: Any, **options: Any) -> Any:
    return np.linalg.norm(x, **options)


SMOOTH: dict[str, tuple[Callable[[Any], Any], float]] = {
    "square": (lambda x: norm(x) ** 2, 2.0),
    "product": (lambda x: norm(x) * norm(x), 2.0),
    "product of two writings": (lambda x: norm(x + 0) * norm(x + 0), 2.0),
    "cube": (lambda x: norm(x) ** 3, 0.0),
    "fourth power": (lambda x: norm(x) ** 4, 0.0),
    "cosine": (lambda x: np.cos(norm(x)), -1.0),
    "sinc": (lambda x: np.sinc(norm(x)), -np.pi**2 / 3),
    "Gauss": (lambda x: np.exp(-(norm(x) ** 2)), -2.0),
    "Matérn 3/2": (lambda x: (1 + np.sqrt(3) * norm(x)) * np.exp(-np.sqrt(3) * norm(x)), -3.0),
    "Matérn 5/2": (lambda x: _matern(norm(x)), -5 / 3),
    "Matérn 5/2 of two writings": (
        lambda x: (1 + np.sqrt(5) * norm(x) + 5 / 3 * norm(x) ** 2) * np.exp(-np.sqrt(5) * norm(x)), -5 / 3,
    ),
    "Huber": (lambda x: np.where(norm(x) <= 1, 0.5 * norm(x) ** 2, norm(x) - 0.5), 1.0),
    "log cosh": (lambda x: np.log(np.cosh(norm(x))), 1.0),
    "root of one and the square": (lambda x: np.sqrt(1 + norm(x) ** 2), 1.0),
    "norm times tanh": (lambda x: norm(x) * np.tanh(norm(x)), 2.0),
    "rows": (lambda x: np.sum(np.cos(norm(x[:, None] * np.array([[1.0, 2.0]]), axis=1))), -5.0),
    "rows, axes kept": (
        lambda x: np.sum(np.cos(norm(x[:, None] * np.array([[1.0, 2.0]]), axis=1, keepdims=True))), -5.0,
    ),
}  # fmt: skip


def _matern(r: Any) -> Any:
    return (1 + np.sqrt(5) * r + 5 / 3 * r**2) * np.exp(-np.sqrt(5) * r)


@pytest.mark.parametrize("name", SMOOTH)
def test_functions_of_a_norm_that_are_smooth_at_zero(name: str) -> None:
    function, bend = SMOOTH[name]
    G = ew.trace(function, x=ew.tensor("n"))
    zero = np.zeros(3)
    hessian = G.hessian()
    for graph in (hessian, hessian.simplify()):
        value, gradient, matrix = graph.compile(backend="numpy")(zero)
        assert np.isfinite(value)
        np.testing.assert_array_equal(gradient, zero)
        np.testing.assert_allclose(matrix, bend * np.eye(3), atol=1e-12)
    # Away from zero nothing changes.
    x, step = np.array([0.3, -0.2, 0.5]), 1e-6
    ahead, behind = (G.gradient().evaluate(x=x + s * np.array([step, 0, 0])).outputs[0] for s in (1, -1))
    row = np.reshape(hessian.simplify().evaluate(x=x).outputs[-1], (3, 3))[0]
    np.testing.assert_allclose((ahead - behind) / (2 * step), row, rtol=1e-6, atol=1e-8)


def test_where_a_function_of_the_norm_has_a_corner_its_derivatives_are_finite() -> None:
    for function in (norm, lambda x: norm(x) + norm(x) ** 2, lambda x: np.exp(-norm(x))):
        G = ew.trace(function, x=ew.tensor(3))
        for graph in (G.hessian(), G.hessian().simplify()):
            _, gradient, matrix = graph.compile(backend="numpy")(np.zeros(3))
            np.testing.assert_array_equal(gradient, np.zeros(3))
            assert np.isfinite(matrix).all()
