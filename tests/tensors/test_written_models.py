"""Models as people write them: values of NumPy, derivatives of its differences, and of JAX for a part of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from written_models import MODELS, Model, drawn, traced

by_model = pytest.mark.parametrize("row", MODELS, ids=[row.name for row in MODELS])


def _difference(function: Any, order: int, step: float) -> float:
    """The first or second derivative at 0 of a function of one number, by Richardson's extrapolation."""
    rows: list[list[float]] = []
    for k in range(4):
        h = step / 2**k
        ahead, behind = function(h), function(-h)
        found = (ahead - behind) / (2 * h) if order == 1 else (ahead - 2 * function(0.0) + behind) / h**2
        row = [found]
        for j in range(k):
            row.append(row[j] + (row[j] - rows[-1][j]) / (4 ** (j + 1) - 1))
        rows.append(row)
    return rows[-1][-1]


@by_model
def test_value_gradient_and_hessian_are_those_of_numpys_differences(row: Model) -> None:
    G, values = traced(row), drawn(row)
    args = list(values.values())
    wanted = row.function(np, *args)
    rng = np.random.default_rng(5)
    dots = {k: rng.normal(size=np.shape(v)) for k, v in values.items() if np.asarray(v).dtype.kind == "f"}

    def along(step: float) -> float:
        return float(row.function(np, *(v + step * dots[k] if k in dots else v for k, v in values.items())))

    slope = _difference(along, 1, 1e-3)
    B = G.gradient(list(dots))
    for graph in (B, B.simplify()):
        value, gradient = graph.compile(backend="numpy")(*args)
        assert value == pytest.approx(wanted, rel=1e-12)
        gradient = gradient if len(dots) > 1 else (gradient,)
        found = sum(np.sum(g * d) for g, d in zip(gradient, dots.values(), strict=True))
        assert found == pytest.approx(slope, rel=1e-7, abs=1e-8)
    if not row.smooth:
        return
    dots = {row.wrt: dots[row.wrt]}
    bend = _difference(along, 2, 1e-2)
    direction = dots[row.wrt].ravel()
    H = G.hessian([row.wrt])
    for graph in (H, H.simplify()):
        matrix = np.reshape(graph.compile(backend="numpy")(*args)[-1], (direction.size, direction.size))
        assert direction @ matrix @ direction == pytest.approx(bend, rel=2e-5, abs=2e-5)


SAMPLE = ["lstm", "cross_entropy_of_picked_entries", "nuclear_and_schatten", "order_statistics", "halves"]


@pytest.mark.peer
@pytest.mark.parametrize("name", SAMPLE)
def test_gradient_and_hessian_are_those_of_jax(name: str) -> None:
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    jax.config.update("jax_enable_x64", True)
    row = next(row for row in MODELS if row.name == name)
    G, values = traced(row), drawn(row, seed=1)
    names, args = list(values), list(values.values())
    place = names.index(row.wrt)
    wanted = jax.jit(jax.grad(lambda *a: row.function(jax.numpy, *a), argnums=place))
    rng = np.random.default_rng(2)
    d = rng.normal(size=np.shape(args[place]))
    right = wanted(*args)
    bend = jax.jvp(lambda x: wanted(*args[:place], x, *args[place + 1 :]), (args[place],), (d,))[1]
    value, gradient, hessian = G.hessian([row.wrt]).simplify().compile(backend="numpy")(*args)
    assert value == pytest.approx(float(row.function(np, *args)), rel=1e-12)
    np.testing.assert_allclose(gradient, right, rtol=1e-9, atol=1e-9 * np.max(np.abs(right)))
    hessian = np.reshape(hessian, (*d.shape, *d.shape))
    np.testing.assert_allclose(np.tensordot(hessian, d, d.ndim), bend, rtol=1e-9, atol=1e-9 * np.max(np.abs(bend)))
