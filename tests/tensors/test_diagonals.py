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


A = np.array([[1.0, 2.0], [3.0, 4.0], [1.0, 5.0]])
MOVED = {
    "reversed": lambda x: np.sum(np.sqrt(x[::-1])),
    "slice": lambda x: np.sum(np.sqrt(x[:2])),
    "overlapping slices": lambda x: np.sum(2 * np.sqrt(x[1:]) + np.sqrt(x[:-1])),
    "one entry": lambda x: np.sqrt(x[0]) + np.sum(x[1:] ** 2),
    "roll": lambda x: np.sum(np.sqrt(np.roll(x, 1)) ** 3),
    "tile": lambda x: np.sum(np.sqrt(np.tile(x, 2))),
    "stack": lambda x: np.sum(np.sqrt(np.stack([x, 2 * x]))),
    "places": lambda x: np.sum(np.sqrt(x[[2, 0]])),
    "reshaped": lambda x: np.sum(np.sqrt(x.reshape(3, 1)) * A[:, :1]),
    "outer": lambda x: np.sum(np.sqrt(np.outer(x, [1.0, 2.0]))),
    "column": lambda x: np.sum(np.sqrt(x[:, None] * A)),
    "shifted column": lambda x: np.sum(np.sqrt(x[:, None] + A - A)),
    "row": lambda x: np.sum((A.T - np.sqrt(x)) ** 2),
    "exponential of a column": lambda x: np.sum(np.exp(-A * np.sqrt(x)[:, None])),
    "root of a sum": lambda x: np.sum(np.sqrt(np.sum(x[:, None] * A, axis=1))),
    "transposed": lambda x: np.sum(np.sqrt(x[None, :].T) * A),
}


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MOVED)
def test_diagonals_that_are_moved_or_spread(name: str) -> None:
    """Zeros stand beside an infinite second derivative: the Hessian is that of a graph of its entries."""
    x = np.array([0.0, 1.0, 4.0])
    G = ew.trace(MOVED[name], x=ew.tensor(3))
    wanted = np.asarray(G.scalarize().hessian().compile()(x)[-1], dtype=float)
    assert np.isinf(wanted).any()
    for H in (G.hessian(), G.hessian().simplify(), G.hessian().simplify(level="exact")):
        for found in values(H, x):
            np.testing.assert_allclose(found, wanted, rtol=1e-12)


def test_an_axis_of_length_1_that_is_spread_is_no_diagonal() -> None:
    x, c = np.array([[2.0], [3.0]]), np.array([1.0, 4.0, 9.0])
    G = ew.trace(lambda x: np.sum(np.sqrt(x * c)), x=ew.tensor(2, 1))
    wanted = np.diag(-0.25 * np.sqrt(c).sum() * x[:, 0] ** -1.5)
    for H in (G.hessian(), G.hessian().simplify()):
        np.testing.assert_allclose(np.reshape(H.evaluate(x).outputs[-1], (2, 2)), wanted, rtol=1e-12)
