"""What a graph's derivative is where a maximum ties does not depend on whether the graph was simplified before."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew

AT_ZERO = [
    "max(x, 0)", "max(0, x)", "min(x, 0)", "max(x, -x)", "min(max(x, 0), 1)", "clip(x, 0, 1)", "max(x, 0) - max(-x, 0)",
    "max(2*x, 0)", "max(x*y, 0)", "max(exp(x) - 1, 0)", "max(x, 0)**2", "max(x, 0) + log1p(exp(-abs(x)))", "sqrt(x**2)",
    "where(x > 0, x, 0)", "where(x >= 0, x, 0)", "where(x > 0, x, -x)", "abs(x)*x", "sign(x)*x", "x*(x > 0)",
    "x*heaviside(x)", "relu(x) - relu(-x)", "max(x, 0*y)", "max(x, x**2)", "max(max(x, 0), -1)", "max(x, x)",
]  # fmt: skip


@pytest.mark.parametrize("text", AT_ZERO)
def test_simplified_before_or_after_or_never(text: str) -> None:
    G = ew.parse(text)
    at = {name: {"x": 0.0, "y": 1.0}[name] for name in G.tape.input_names()}
    B, H = G.gradient(["x"]), G.hessian(["x"])
    (wanted,) = {graph.evaluate(**at).outputs[-1] for graph in (B, B.simplify())}
    assert G.simplify().gradient(["x"]).evaluate(**at).outputs[-1] == wanted
    assert G.simplify().hessian(["x"]).evaluate(**at).outputs[-1] == H.evaluate(**at).outputs[-1]


def test_the_stable_cross_entropy_has_its_slope_at_logits_of_zero() -> None:
    def loss(z: np.ndarray, y: np.ndarray) -> np.ndarray:
        return np.mean(np.maximum(z, 0) - z * y + np.log1p(np.exp(-np.abs(z))))

    z, y = np.zeros(4), np.array([0.0, 1.0, 0.3, 1.0])
    np.testing.assert_allclose(ew.grad(loss)(z, y), (0.5 - y) / 4, rtol=1e-14)
