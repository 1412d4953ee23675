"""Numbers that become entries of an array beside expressions, in every library: fractions, infinities, huge ones."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers

NUMBERS = [0.5, -0.25, 1 / 3, math.pi, 1e-7, 1e20, 1e300, np.inf, -np.inf, True, 3, 0.0]
X = np.array([1.25, 2.0])


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("library", ["numpy", "jax", "torch"])
def test_every_library(library: str, number: Any) -> None:
    peers.available(library)

    def f(x: Any) -> Any:
        return np.array([[x[0], number], [number, x[1] ** 2]]), np.append(x, number)

    G = ew.trace(f, x=ew.tensor(2))
    for graph in (G, G.simplify()):
        for got, expected in zip(graph.compile(library)(X), f(X), strict=True):
            np.testing.assert_array_equal(np.asarray(got), expected)


@pytest.mark.parametrize("number", NUMBERS)
def test_the_text_reads_back(number: Any) -> None:
    G = ew.trace(lambda x: np.array([x[0], number, x[1]]), x=ew.tensor(2)).simplify()
    again = ew.parse(G.text(), shapes="x: 2")
    np.testing.assert_array_equal(again.evaluate({"x": X}).result, [X[0], number, X[1]])
