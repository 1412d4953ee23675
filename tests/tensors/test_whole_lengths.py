"""Lengths, indices and shifts computed of named dimensions: whole numbers, or refused."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError
from edgewise.ops.dims import dimension, simplest, whole

HALVES: list[Callable[[Any], Any]] = [
    lambda x: x[x.shape[0] / 2], lambda x: x[: x.shape[0] / 2], lambda x: np.zeros(x.shape[0] / 2) * x[0],
    lambda x: x.reshape(2, x.shape[0] / 2), lambda x: np.tile(x, x.shape[0] / 2), lambda x: np.roll(x, len(x) / 2),
    lambda x: np.split(x, [x.shape[0] / 2])[0], lambda x: np.eye(len(x) / 3) * x[0], lambda x: np.take(x, len(x) / 2),
    lambda x: np.repeat(x, x.shape[0] / 2), lambda x: np.full(len(x) / 2, x[0]), lambda x: x[(len(x) ** 2 - 1) / 2],
]  # fmt: skip


@pytest.mark.parametrize("f", HALVES)
def test_halves_are_refused(f: Callable[[Any], Any]) -> None:
    with pytest.raises(
        InputError, match=r"is not a whole number for every length \(.*test_whole_lengths\.py:\d+\); write //"
    ):
        ew.trace(f, x=ew.tensor("n"))


@pytest.mark.parametrize("n", [4, 5, 6, 7])
def test_whole_ones_are_taken(n: int) -> None:
    def f(x: Any, A: Any) -> Any:
        m = x.shape[0]
        counted = np.sum(np.arange(m / 2)) + np.sum(np.arange(0, m, 2)) + np.sum(np.arange(m, 0, -3))
        return x[2 * m // 2 - 1] + x[: m // 2].sum() + A[m * (m - 1) // 2 - 1] + counted * x[0]

    x, A = np.linspace(1, 2, n), np.arange(1.0, n * (n - 1) // 2 + 1)
    G = ew.trace(f, x=ew.tensor("n"), A=ew.tensor("m"))
    np.testing.assert_allclose(G.simplify().compile()(x, A), f(x, A))


def test_polynomials_that_are_whole_everywhere() -> None:
    n, d = dimension("n"), dimension("d")
    for value in (n * (n + 1) / 2, n * (n + 1) * (n + 2) / 6, (n * (n - 1) + d * (d + 1)) / 2, n * d, (n // 2) * 2, 7):
        assert whole(value) == simplest(value)
    for value in (n / 2, n * (n + 1) / 4, n * d / 2, (n // 2) / 2, n**13 / 3):
        with pytest.raises(InputError, match="not a whole number"):
            whole(value)


SIZES: dict[str, Callable[[Any], Any]] = {
    "attribute": lambda X: np.sum(X) / X.size,
    "function": lambda X: np.sum(X) * np.size(X) ** -0.5 + np.size(X, 0) * X[0, 0],
    "range": lambda X: X.ravel() @ np.arange(1.0, X.size + 1.0),
    "grid": lambda X: X.reshape(X.size) @ np.linspace(0, 1, X.size),
    "logarithm": lambda X: X.size * np.log(2 * np.pi) * X[0, 0] + math.log(X.size) * X[1, 1],
    "middle": lambda X: X.ravel()[X.size // 2] ** 2,
}


@pytest.mark.parametrize("name", SIZES)
def test_the_number_of_entries_is_a_length(name: str) -> None:
    f, X = SIZES[name], np.arange(6.0).reshape(2, 3) + 1
    B = ew.trace(f, X=ew.tensor("n", "m")).gradient()
    value, gradient = ew.value_and_grad(f)(X)
    for graph in (B, B.simplify()):
        found = graph.compile()(X)
        assert found[0] == pytest.approx(f(X)) and found[0] == pytest.approx(value)
        np.testing.assert_allclose(found[1], gradient)


def test_lengths_that_are_negative_for_a_usual_number_count_as_nothing() -> None:
    """Five numbers read through windows of a named length are as many as 6 - n."""
    five, p = np.array([0.3, -0.7, 1.2, 0.5, 2.1]), np.array([0.8, 1.3, 0.4])
    f = lambda p: np.convolve(p, [1, 2, 1], mode="same") @ p + np.correlate(five, p)[0]
    value, gradient = ew.trace(f, p=ew.tensor("n")).gradient().simplify().compile()(p)
    assert value == pytest.approx(f(p))
    np.testing.assert_allclose(gradient, 2 * np.convolve(p, [1, 2, 1], mode="same") + five[:3])
