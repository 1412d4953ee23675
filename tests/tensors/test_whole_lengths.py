"""Lengths, indices and shifts computed of named dimensions: whole numbers, or refused."""

from __future__ import annotations

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
