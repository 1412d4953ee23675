"""A factor 0 is a structural zero: no edge, no entry of a sparse result, and no operation for it."""

from __future__ import annotations

import math

import numpy as np
import pytest

import edgewise as ew


@pytest.mark.parametrize("zero", ["0", "0.0", "-0.0", "0/5"])
@pytest.mark.parametrize("text", ["{0}*x + y", "x*{0} + y", "{0}/x + y", "({0}*sin(x))*y + y", "sin({0}*x)*y + y"])
def test_the_slope_of_a_product_with_zero_is_no_edge(text: str, zero: str) -> None:
    B = ew.parse(text.format(f"({zero})"), inputs=["x", "y"]).gradient()
    assert all(B.base.arguments(edge.consumer) != () for edge in B.edges)
    assert B.evaluate(x=2.0, y=3.0).outputs[0] == 0.0
    assert B.evaluate(x=math.inf, y=3.0).outputs[0] == 0.0
    pattern = ew.parse(text.format(f"({zero})"), inputs=["x", "y"]).sparsity()
    assert pattern.to_dense().tolist() == [[False, True]]


@pytest.mark.parametrize(
    "text", ["(0*x)/y", "(0*x)*y", "-(0*x)*y", "(0*x*z)/y", "y*(0/x)", "0*sin(x)/y/z", "(x*0.0)/(y*z)"]
)
def test_a_multiple_of_zero_has_no_slope_in_what_else_it_is_made_of(text: str) -> None:
    G = ew.parse(text, inputs=["x", "y", "z"])
    assert not G.sparsity().to_dense().any() and not G.hessian_sparsity().to_dense().any()
    for B in (G.gradient(), G.gradient().simplify()):
        assert B.evaluate(x=math.inf, y=0.0, z=1.0).outputs == (0.0, 0.0, 0.0)
    assert G.jacobian(sparse="coo").compile(backend="python")(1.0, 2.0, 3.0)[1][2].size == 0


def test_what_only_looks_like_zero_keeps_its_edge() -> None:
    assert len(ew.parse("(1/3)*x + 1e-300*y").gradient().edges) == 4
    assert len(ew.parse("x/0.5*z").gradient().edges) == 3


def test_the_zeros_of_a_constant_matrix() -> None:
    A = np.array([[1.0, 0.0, 2.0], [0.0, 0.0, 3.0], [0.0, 5.0, 0.0]])
    G = ew.trace(lambda x: np.sin(A @ x), x=3)
    assert G.sparsity().to_dense().tolist() == (A != 0).tolist()
    x = np.array([0.3, 0.7, 1.1])
    wanted = np.cos(A @ x)[:, None] * A
    for sparse in (False, "coo", "scipy"):
        J = G.jacobian(sparse=sparse)
        _, matrix = J.simplify().compile(backend="python")(x)
        if sparse == "coo":
            rows, columns, values = matrix
            assert len(values) == 4
            matrix = np.zeros((3, 3))
            matrix[rows, columns] = values
        elif sparse:
            assert matrix.nnz == 4
            matrix = matrix.toarray()
        np.testing.assert_allclose(matrix, wanted, rtol=1e-14, atol=0)
    assert G.jacobian(sparse="coo").simplify().cost().operations <= G.jacobian().simplify().cost().operations


def test_hessians() -> None:
    H = ew.parse("0*x*y + x*x + 0.0*sin(z)*x").hessian().simplify()
    assert np.array(H.evaluate(x=1.0, y=2.0, z=3.0).outputs, dtype=float).tolist() == [2, 0, 0, 0, 0, 0, 0, 0, 0]
