"""The same functions through JAX, where it is installed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew

jax = pytest.importorskip("jax", reason="jax is a peer, not a test dependency: pip install jax")

FUNCTIONS: dict[str, Callable[[Any, Any], Any]] = {
    "logistic loss": lambda m, w: m.sum(m.log1p(m.exp(-w))) + 0.1 * m.dot(w, w),
    "products": lambda m, w: m.prod(w) + m.sum(w[1:] * w[:-1] ** 3),
    "kinks": lambda m, w: m.sum(m.maximum(w, 0.3) * m.abs(w - 1)) + m.sum(m.where(w > 1, w**2, m.sin(w))),
    "quotients": lambda m, w: m.sum(w / (1 + w**2)) + m.arctan2(w[0], w[1]) + m.hypot(w[2], w[3]),
    "log-sum-exp": lambda m, w: m.log(m.sum(m.exp(w))) + m.sum(m.tanh(w)) * m.mean(w),
    "ties": lambda m, w: m.maximum(w[0], w[0]) + m.minimum(w[1], 1.7) + m.clip(w[2], 0.0, 5.0),
    "powers": lambda m, w: m.sum(w**2.5) + w[0] ** w[1] + 2.0 ** w[2] + m.sqrt(w[3]) + m.cbrt(w[0]),
    "hyperbolic": lambda m, w: m.sum(m.sinh(w) * m.arcsinh(w) - m.cosh(w)) + m.arccosh(1 + w[0]) + m.arctanh(w[2] / 9),
}
W = np.array([0.4, 1.7, 0.9, 2.3])


@pytest.mark.peer
@pytest.mark.parametrize("name", FUNCTIONS)
def test_gradients_and_hessians_agree_with_jax(name: str) -> None:
    function = FUNCTIONS[name]
    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    def theirs(w: Any) -> Any:
        return function(jnp, w)

    def ours(w: Any) -> Any:
        return function(np, w)

    value, gradient = ew.value_and_grad(ours)(W)
    assert value == pytest.approx(float(theirs(W)), rel=1e-12)
    assert gradient == pytest.approx(np.asarray(jax.grad(theirs)(W)), rel=1e-9, abs=1e-12)
    assert ew.hessian(ours)(W) == pytest.approx(np.asarray(jax.hessian(theirs)(W)), rel=1e-8, abs=1e-10)


@pytest.mark.peer
def test_jacobians_are_nested_as_in_jax() -> None:
    def function(x: Any, w: Any) -> Any:
        return x * w, x * w.sum()

    got = ew.jacobian(function, argnums=(0, 1))(2.0, W)
    expected = jax.jacobian(function, argnums=(0, 1))(2.0, jax.numpy.asarray(W))
    assert [[np.shape(block) for block in row] for row in got] == [[block.shape for block in row] for row in expected]
    for row, other in zip(got, expected, strict=True):
        for block, reference in zip(row, other, strict=True):
            assert np.asarray(block) == pytest.approx(np.asarray(reference), rel=1e-6)
