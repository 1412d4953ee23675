"""What has been compiled is found by its graph: for a function that is derived anew, and not for another graph."""

from __future__ import annotations

import functools
from math import exp
from typing import Any

import numpy as np
import pytest
from numpy import zeros

import edgewise as ew
from edgewise.api.transforms import compiling

X = np.array([0.3, -1.2])


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The graphs that are compiled."""
    found: list[Any] = []
    derive = compiling._derivatives
    monkeypatch.setattr(compiling, "_derivatives", lambda tape, *rest: found.append(tape) or derive(tape, *rest))
    monkeypatch.setattr(compiling, "_held", type(compiling._held)())
    return found


def loss(x: Any, power: int = 4) -> Any:
    return np.sum(np.sin(x) ** power)


def test_derived_anew_it_is_compiled_once(made: list[Any]) -> None:
    for _ in range(3):
        np.testing.assert_allclose(ew.grad(loss)(X), 4 * np.sin(X) ** 3 * np.cos(X))
        np.testing.assert_allclose(ew.grad(lambda x: np.sum(np.sin(x) ** 4))(X), 4 * np.sin(X) ** 3 * np.cos(X))
    assert len(made) == 1


def test_another_graph_is_another_answer(made: list[Any]) -> None:
    """Another number in it, another kind of derivative, another shape, another closure."""
    for power in (2, 3, 4):
        expected = power * np.sin(X) ** (power - 1) * np.cos(X)
        np.testing.assert_allclose(ew.grad(loss)(X, power), expected)
        np.testing.assert_allclose(ew.grad(lambda x, p=power: loss(x, p))(X), expected)
    assert len(made) == 3
    assert ew.hessian(loss)(X).shape == (2, 2)
    assert ew.grad(loss)(np.ones(3)).shape == (3,)
    assert len(made) == 5


def test_only_so_many_are_kept(made: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "HELD", 2)
    for power in (2, 3, 4, 2):
        ew.grad(loss)(X, power)
    assert len(compiling._held) == 2
    assert len(made) == 4


# --- derivatives inside other functions ------------------------------------------------------------------------------


def filled(x: Any, scale: Any) -> Any:
    y = zeros(3)
    y[0] = scale * x[0]
    y[1:] = exp(x[1])
    return np.sum(y**2)


@functools.lru_cache
def nothing(n: int) -> Any:
    return zeros(n)


def test_names_are_reached_through_derivatives_and_caches() -> None:
    """`from numpy import zeros`, `from math import exp` of a function whose gradient is compiled by jit."""
    expected = [2 * 0.09 * 2, 4 * np.exp(2 * X[1])], 2 * 0.3 * 2 * 0.3
    expected = np.array([2 * 2.0**2 * X[0], 4 * np.exp(2 * X[1])]), 2 * 2.0 * X[0] ** 2
    for door in (ew.grad(filled, (0, 1)), ew.jit(ew.grad(filled, (0, 1)))):
        along, scaled = door(X, 2.0)
        np.testing.assert_allclose(along, expected[0])
        assert scaled == pytest.approx(expected[1])

    def cached(x: Any) -> Any:
        y = nothing(3).copy()
        y[0] = x[0] ** 2
        return y.sum()

    np.testing.assert_allclose(ew.jit(ew.grad(cached))(X), [2 * X[0], 0.0])
    one_by_one = np.vectorize(lambda v: exp(v))
    np.testing.assert_allclose(ew.grad(lambda x: one_by_one(x).sum())(X), np.exp(X))


def test_an_array_and_a_number_inside_jit_stay_tensors() -> None:
    """What comes of a derivative inside may be a tensor without axes, and is no number yet."""

    def f(T: Any, k: Any) -> Any:
        return k * np.sum(np.linalg.inv(T @ T.T + np.eye(2)))

    T = np.array([[1.0, 0.2], [0.1, 2.0]])
    for got, expected in zip(ew.jit(ew.grad(f, (0, 1)))(T, 0.7), ew.grad(f, (0, 1))(T, 0.7), strict=True):
        np.testing.assert_allclose(got, expected, rtol=1e-13)
