"""Emitted source of tensors: products of columns and rows, and sources that are cut into parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.lower.python import python_printer as python

A, B, C = np.array([0.5, -1.0, 2.0, 0.3]), np.array([1.5, 0.7, -0.4, 2.2]), np.array([0.1, 0.6, -2.0])
PRODUCTS: list[Callable[..., Any]] = [
    lambda a, b, c: (a[:, None] + b[:, None]) * c,
    lambda a, b, c: c * (a[:, None] - b[:, None]),
    lambda a, b, c: (a[:, None] / b[:, None]) * c,
    lambda a, b, c: (a[:, None] * b[:, None]) * c,
    lambda a, b, c: abs(a)[:, None] ** b[:, None] * c,
    lambda a, b, c: -(abs(a)[:, None] ** b[:, None]) * c,
    lambda a, b, c: (a[:, None] > b[:, None]) * c,
    lambda a, b, c: (a @ b - b[:, None]) * c,
    lambda a, b, c: (a[0] - b[:, None]) * c,
    lambda a, b, c: -b[:, None] * c,
    lambda a, b, c: (1 - b[:, None]) * c,
    lambda a, b, c: 2 ** b[:, None] * c,
    lambda a, b, c: (a + b)[:, None] * c,
    lambda a, b, c: np.where(a > 0, a, b)[:, None] * c,
]


@pytest.mark.parametrize("target", ["numpy", *(pytest.param(t, marks=pytest.mark.peer) for t in ("jax", "torch"))])
@pytest.mark.parametrize("number", range(len(PRODUCTS)))
def test_products_of_columns_and_rows(number: int, target: str) -> None:
    if target != "numpy":
        pytest.importorskip(target, reason="an optional peer")
    f = PRODUCTS[number]
    G = ew.trace(f, a=ew.tensor("n"), b=ew.tensor("n"), c=ew.tensor("m"))
    found = np.asarray(G.compile(backend=target)(A, B, C))
    np.testing.assert_allclose(found, f(A, B, C), rtol=1e-12 if target == "numpy" else 1e-6)
    again = ew.parse(G.text(G.tape.outputs[0]), shapes="a: n; b: n; c: m")
    np.testing.assert_allclose(again.evaluate(a=A, b=B, c=C).result, f(A, B, C), rtol=1e-12)


def test_a_log_sum_of_one_entry_twice_differentiated() -> None:
    G = ew.trace(lambda x: ew.logsumexp(np.stack([x[0] ** 2])), x=ew.tensor(3))
    hessian = G.hessian().compile(backend="numpy")(np.array([1.0, 2.0, 3.0]))[-1]
    np.testing.assert_allclose(hessian, np.diag([2.0, 0.0, 0.0]), atol=1e-15)


def _steps(x: Any, w: Any) -> Any:
    for k in range(4):
        x = np.sin(x * w[0] + k) + np.sum(x) / x.shape[0] * np.ones(x.shape[0])
    return np.sum(np.outer(x, x) ** 2) + np.sum(x[None])


def test_parts_of_a_source_know_the_named_dimensions(monkeypatch: pytest.MonkeyPatch) -> None:
    x, w = np.linspace(0.1, 0.3, 4), np.array([0.4, 0.5])
    H = ew.trace(_steps, x=ew.tensor("n"), w=ew.tensor("m")).hessian(["x"])
    whole = H.compile(backend="numpy")(x, w)
    monkeypatch.setattr(python, "PART", 7)
    text = ew.trace(_steps, x=ew.tensor("n"), w=ew.tensor("m")).hessian(["x"]).to_python(target="numpy")
    assert "def _part_2(v, n):" in text
    space: dict[str, Any] = {}
    exec(text, space)
    for found, wanted in zip(space["f"](x, w), whole, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-13)
