"""Divisors that are themselves over a named length, means for one: the length is not lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew

CALLS: dict[str, Callable[..., Any]] = {
    "relative to the mean": lambda k, s, X: k / np.mean(k),
    "its logarithm": lambda k, s, X: np.log(k / np.mean(k)),
    "its root": lambda k, s, X: np.sqrt(k / np.mean(k)),
    "written out": lambda k, s, X: s / (k / k.shape[0]),
    "reciprocal": lambda k, s, X: np.mean(k) ** -1,
    "reciprocals": lambda k, s, X: 1 / (1 / np.mean(k)) + 1 / np.mean(k) ** 2 + np.mean(k) ** -3,
    "of columns": lambda k, s, X: X / X.mean(0),
    "of rows": lambda k, s, X: X / X.mean(1, keepdims=True),
    "two lengths": lambda k, s, X: k / (s / k.shape[0]) / (s / X.shape[1]),
    "both over it": lambda k, s, X: np.sum(X, 0) / k.shape[0] / (X.mean(0) * s),
    "index of dispersion": lambda k, s, X: k.var() / k.mean() + k.std() / k.mean() ** 2,
    "a sum below": lambda k, s, X: s / (k.mean() + X.mean()) + k / (k @ k / len(k) + 1),
    "chosen": lambda k, s, X: np.where(k > 1, s / (k / len(k)), 0),
}
RNG = np.random.default_rng(5)
VALUES = {"k": RNG.uniform(0.5, 2, 5), "s": 1.7, "X": RNG.uniform(0.5, 2, (5, 3))}


@pytest.mark.parametrize("name", CALLS)
def test_values_and_slopes(name: str) -> None:
    """NumPy's values; and the slopes are those as written."""
    G = ew.trace(CALLS[name], k=ew.tensor("n"), s=ew.tensor(), X=ew.tensor("n", "d"))
    np.testing.assert_allclose(G.simplify().compile()(*VALUES.values()), CALLS[name](**VALUES), rtol=1e-12)
    J = G.jacobian(["k", "X"])
    written = J.compile("numpy")(*VALUES.values())[1]
    for got, expected in zip(J.simplify().compile()(*VALUES.values())[1], written, strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-11)


def test_linear_operations_on_nothing_are_nothing() -> None:
    """`cumsum(0)` is 0, and so is what is put together of zeros."""
    for f in (
        lambda x: np.sum((np.cumsum(x) - np.cumsum(x)) ** 2) + x[0],
        lambda x: np.sum(np.flip(np.concatenate([x - x, 0 * x])) * np.arange(10)) + x[0],
    ):
        text = ew.trace(f, x=ew.tensor(5)).gradient().simplify().text()
        assert not any(word in text for word in ("cumsum", "flip", "concatenate", "zeros"))
