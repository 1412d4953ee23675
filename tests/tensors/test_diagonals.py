"""Derivatives on diagonals: what stands beside them is 0, also where what lies on them is infinite or NaN."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers

FORMULAS = (
    "sqrt(x)", "x**1.5", "log(x)", "cbrt(x)*2", "sqrt(sin(x))", "1/x", "exp(1/x)", "x*log(x)", "asin(x/4)",
    "sqrt(max(x, 0))", "x*sqrt(x) + log(x)*x**2", "abs(log(x))", "where(x > 0, sqrt(x), x)/x",
)  # fmt: skip
SHAPES = {"x: n": np.array([0.0, 1.0, 4.0]), "x: n,m": np.array([[0.0, 1.0], [2.0, 4.0]])}
BACKENDS = tuple(name for name in ("numpy", "jax", "torch") if name == "numpy" or peers.available(name))


def values(graph: Any, x: Any) -> list[Any]:
    """The derivative by the interpreter and by every back end, as a matrix."""
    found = [graph.evaluate(x=x).outputs[-1], *(graph.compile(backend=name)(x)[-1] for name in BACKENDS)]
    return [np.asarray(value, dtype=float).reshape(x.size, x.size) for value in found]


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("shapes", SHAPES)
@pytest.mark.parametrize("formula", FORMULAS)
def test_beside_a_diagonal_are_zeros(formula: str, shapes: str) -> None:
    x = SHAPES[shapes]
    beside = ~np.eye(x.size, dtype=bool)
    G = ew.parse(formula, shapes=shapes)
    H = ew.parse(f"sum({formula})", shapes=shapes).hessian()
    # The diagonal is that of the entries, each a graph of its own.
    entry = ew.parse(formula, inputs=["x"])
    for B, wanted in (
        (G.jacobian(order="forward"), entry.gradient()),
        (G.jacobian(order="reverse"), entry.gradient()),
        (H, entry.hessian()),
    ):
        numbers = np.array([wanted.evaluate(x=v).outputs[-1] for v in x.ravel()], dtype=float)
        sure = np.isfinite(numbers)
        for S in (B, B.simplify(), B.simplify(level="exact")):
            for found in values(S, x):
                np.testing.assert_array_equal(found[beside], 0.0)
                np.testing.assert_allclose(np.diag(found)[sure], numbers[sure], rtol=1e-12)


def test_a_diagonal_is_laid_and_not_multiplied() -> None:
    x = np.array([[np.inf, 1.0], [np.nan, 3.0]])
    for formula in ("einsum('ij,ik->ijk', x, eye(n))", "einsum('ij,ik,jl->lkji', x, eye(n), eye(m))"):
        G = ew.parse(formula, shapes="x: n,m")
        spec, *_ = formula[8:].split("'")
        places = np.einsum(spec, *[np.ones((2, 2))] + [np.eye(2)] * (spec.count(",")))
        whole = np.einsum(spec, *[x] + [np.ones((2, 2))] * (spec.count(",")))
        wanted = np.where(places > 0, whole, 0)
        for graph in (G, G.simplify()):
            np.testing.assert_array_equal(graph.evaluate(x=x).outputs[0], wanted)
            for backend in BACKENDS:
                found = graph.compile(backend=backend)(x)
                np.testing.assert_array_equal(np.asarray(found, dtype=float), wanted)
    # A sum over an axis of the identity is a product as any other.
    G = ew.parse("eye(n) @ x", shapes="x: n,m")
    assert np.isnan(G.evaluate(x=x).outputs[0][:, 0]).all()


@pytest.mark.parametrize("formula", ["sum(exp(X*y))", "sum(sin(X*c + y))", "sum(c*y*X**2)", "sum(sqrt(X)*y/c)"])
def test_partials_may_be_those_of_a_row(formula: str) -> None:
    at = {"X": np.arange(6.0).reshape(2, 3) / 9 + 0.1, "y": np.array([1.0, 2.0, 3.0]), "c": np.array([[0.5], [0.7]])}
    G = ew.parse(formula, shapes="X: m,n; y: n; c: m,1")
    at = {name: at[name] for name in G.inputs}
    wanted = np.asarray(G.scalarize(m=2, n=3).hessian(["X"]).compile()(**at)[-1]).reshape(2, 3, 2, 3)
    H = G.hessian(["X"])
    for graph in (H, H.simplify(), H.simplify(level="exact")):
        np.testing.assert_allclose(graph.evaluate(at).outputs[-1], wanted, rtol=1e-12, atol=1e-15)
        for backend in BACKENDS:
            np.testing.assert_allclose(np.asarray(graph.compile(backend=backend)(**at)[-1]), wanted, atol=1e-12)


def test_the_hessian_of_roots_names_no_identity() -> None:
    source = ew.parse("sum(sqrt(x))", shapes="x: n").hessian().simplify().to_python(target="numpy")
    assert "np.diag(" in source and "np.eye" not in source
