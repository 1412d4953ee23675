"""NumPy's functions of statistics, repetition and geometry: values of NumPy, gradients of JAX, and refusals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import ShapeError, UnsupportedError

rng = np.random.default_rng(1)
X, Y, w = rng.normal(size=(4, 3)), rng.normal(size=(4, 3)), rng.uniform(0.5, 1.5, size=4)

CALLS: list[Callable[..., Any]] = [
    lambda xp, X, Y, w: xp.average(X), lambda xp, X, Y, w: xp.average(X, axis=0, weights=w),
    lambda xp, X, Y, w: xp.average(X, axis=1), lambda xp, X, Y, w: xp.average(X, weights=Y**2),
    lambda xp, X, Y, w: xp.cov(X), lambda xp, X, Y, w: xp.cov(X, rowvar=False), lambda xp, X, Y, w: xp.cov(w),
    lambda xp, X, Y, w: xp.cov(X, Y, bias=True), lambda xp, X, Y, w: xp.corrcoef(X),
    lambda xp, X, Y, w: xp.corrcoef(X, rowvar=False), lambda xp, X, Y, w: xp.ptp(X),
    lambda xp, X, Y, w: xp.ptp(X, axis=1), lambda xp, X, Y, w: xp.tile(X, 2), lambda xp, X, Y, w: xp.tile(w, (3, 2)),
    lambda xp, X, Y, w: xp.tile(X, (2, 1, 2)), lambda xp, X, Y, w: xp.repeat(X, 2), lambda xp, X, Y, w: xp.repeat(
        X, 3, axis=1), lambda xp, X, Y, w: xp.repeat(X, 2, axis=-2), lambda xp, X, Y, w: xp.cross(X, Y),
    lambda xp, X, Y, w: xp.cross(X[0], Y), lambda xp, X, Y, w: xp.atleast_1d(X[0, 0]),
    lambda xp, X, Y, w: xp.atleast_2d(w), lambda xp, X, Y, w: xp.atleast_3d(w), lambda xp, X, Y, w: xp.atleast_3d(X),
    lambda xp, X, Y, w: xp.trapezoid(X), lambda xp, X, Y, w: xp.trapezoid(X, w, axis=0),
    lambda xp, X, Y, w: xp.trapezoid(w, dx=0.5),
]  # fmt: skip


@pytest.mark.parametrize("call", CALLS, ids=range(len(CALLS)))
def test_value_and_gradient(call: Callable[..., Any]) -> None:
    G = ew.trace(lambda X, Y, w: call(np, X, Y, w), X=ew.tensor(4, 3), Y=ew.tensor(4, 3), w=ew.tensor(4))
    found = G.evaluate(X=X, Y=Y, w=w).result
    np.testing.assert_allclose(found, call(np, X, Y, w), rtol=1e-12, atol=1e-13)
    assert np.shape(found) == np.shape(call(np, X, Y, w))
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    jax.config.update("jax_enable_x64", True)
    wanted = jax.grad(lambda *a: jax.numpy.sum(jax.numpy.sin(call(jax.numpy, *a))), argnums=(0, 1, 2))(X, Y, w)
    S = ew.trace(
        lambda X, Y, w: np.sum(np.sin(call(np, X, Y, w))), X=ew.tensor(4, 3), Y=ew.tensor(4, 3), w=ew.tensor(4)
    )
    B = S.gradient()
    for graph in (B, B.simplify()):
        for ours, theirs in zip(graph.evaluate(X=X, Y=Y, w=w).outputs, wanted, strict=True):
            np.testing.assert_allclose(ours, theirs, rtol=1e-8, atol=1e-10)


def test_named_dimensions() -> None:
    G = ew.trace(
        lambda X: np.sum(np.cov(X, rowvar=False) ** 2) + np.sum(np.repeat(X, 2, axis=0)), X=ew.tensor("n", "d")
    )
    value, gradient = G.gradient().simplify().compile()(X)
    assert value == pytest.approx(np.sum(np.cov(X, rowvar=False) ** 2) + 2 * np.sum(X))
    assert gradient.shape == X.shape


@pytest.mark.parametrize("lower", [False, True])
@pytest.mark.parametrize("declared", [{"a": ew.tensor("n", "n"), "b": ew.tensor("n")}, {"a": (2, 2), "b": 2}])
def test_a_factor_goes_on_with_what_triangle_it_is(lower: bool, declared: dict[str, Any]) -> None:
    from scipy import linalg

    a, b = np.array([[4.0, 1.0], [1.0, 3.0]]), np.array([1.0, 2.0])
    G = ew.trace(lambda a, b: linalg.cho_solve(linalg.cho_factor(a, lower=lower), b), **declared)
    np.testing.assert_allclose(G.evaluate(a, b).result, np.linalg.solve(a, b), rtol=1e-14)


@pytest.mark.parametrize(("call", "error", "message"), [
    (lambda x: np.nonzero(x), UnsupportedError, "depends on the data.*test_numpy_more.py"),
    (lambda x: np.linalg.svd(x), UnsupportedError, "write full_matrices=False"),
    (lambda x: np.quantile(x, 0.5, method="weibull"), UnsupportedError, "one of the methods linear"),
    (lambda x: np.cross(x[:, :1], x[:, :1]), ShapeError, "give vectors of three entries"),
    (lambda x: np.split(x, 3), ShapeError, "use np.array_split"),
    (lambda x: np.repeat(x, x, axis=1), UnsupportedError, "give whole numbers"),
    (lambda x: np.linalg.qr(x), UnsupportedError, r"np.linalg.qr of a tensor .* use np.linalg.cholesky"),
    (lambda x: np.lib.stride_tricks.sliding_window_view(x, 2), ShapeError, "one length for each axis"),
    (lambda x: np.gradient(x, edge_order=3), UnsupportedError, "edge_order=1 or 2"),
    (lambda x: np.fft.hfft(x), UnsupportedError, "hfft of a tensor has no graph"),
])  # fmt: skip
def test_refusals_say_why(call: Callable[..., Any], error: type[Exception], message: str) -> None:
    with pytest.raises(error, match=message):
        ew.trace(call, x=ew.tensor(4, 3))
