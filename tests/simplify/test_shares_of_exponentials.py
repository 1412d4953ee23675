"""Softmax and log-sum-exp of several numbers, each a scalar, as people write them: right where exponentials overflow.

Derivatives may be simplified after they were written. The numbers are the textbook's, of mpmath.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew


def _total(x: Any) -> Any:
    return sum(map(ew.exp, x))


FORMULAS: dict[str, Callable[[Any], Any]] = {
    "log-sum-exp": lambda x: ew.log(_total(x)),
    "picked": lambda x: -ew.log(ew.exp(x[1]) / _total(x)),
    "share": lambda x: ew.exp(x[1]) / _total(x),
}


def points(n: int) -> list[Any]:
    spread = np.linspace(-3, 3, n)
    return [spread, 800 + spread, -800 + spread, np.full(n, 1e-8), 40 * (-1.0) ** np.arange(n), 300 * spread]


def right(name: str, x: Any) -> tuple[Any, Any, Any]:
    """Value, gradient and Hessian: of shares p they are made of p and diag(p) - p pᵀ."""
    with mp.workdps(60):
        p = np.array([mp.exp(v) for v in x.tolist()])
        total = sum(p)
        p, e = p / total, np.array([int(k == 1) for k in range(len(x))])
        second = np.diag(p) - np.outer(p, p)
        if name == "share":
            found = p[1], p[1] * (e - p), p[1] * (np.outer(e - p, e - p) - second)
        else:
            picked = int(name == "picked")
            found = mp.log(total) - picked * x[1], p - picked * e, second
        return tuple(np.array(part, dtype=object).astype(float) for part in found)  # type: ignore[return-value]


@pytest.mark.parametrize("name", FORMULAS)
@pytest.mark.parametrize("n", [3, 5, 8])
def test_in_any_order(name: str, n: int) -> None:
    G = ew.graph(FORMULAS[name](ew.symbols("x", shape=n)))
    ways = [(G.simplify(), G.gradient().simplify(), G.hessian().simplify())]
    ways += [(G.simplify(), G.simplify().gradient().simplify(), G.simplify().hessian().simplify())]
    for x in points(n):
        for made in ways:
            for graph, want in zip(made, right(name, x), strict=True):
                with np.errstate(all="ignore"):
                    got = np.array(graph.evaluate(x).outputs, dtype=float).reshape(want.shape)
                # The logarithm of the sum is as large as the numbers, and rounded so.
                np.testing.assert_allclose(got, want, rtol=1e-14 + 2e-15 * np.abs(x).max(), atol=1e-17)


@pytest.mark.parametrize("n", [3, 5, 20])
def test_all_shares(n: int) -> None:
    x = ew.symbols("x", shape=n)
    G = ew.graph([ew.exp(v) / _total(x) for v in x])
    for simple, jacobian in (
        (G.simplify(), G.jacobian().simplify()),
        (G.simplify(), G.simplify().jacobian().simplify()),
    ):
        for point in points(n):
            _, p, second = right("log-sum-exp", point)
            with np.errstate(all="ignore"):
                np.testing.assert_allclose(simple.evaluate(point).outputs, p, rtol=1e-12, atol=1e-17)
                got = np.array(jacobian.evaluate(point).outputs).reshape(n, n)
            np.testing.assert_allclose(got, second, rtol=2e-12, atol=1e-17)


@pytest.mark.parametrize("n", [3, 5, 20])
def test_fewer_operations_than_as_written(n: int) -> None:
    """Where the logarithm of the sum is at hand each slope is a difference and an exponential."""
    B = ew.graph(ew.log(_total(ew.symbols("x", shape=n)))).gradient()
    assert B.simplify().cost().operations == 3 * n - 1
    assert B.simplify("exact").cost().operations == 3 * n + 1


def _mixed(z: Any, k: float) -> Any:
    """exp(z) beside k, by the log-sum-exp of both."""
    return np.logaddexp.reduce(np.append(z, k))


def _soft(z: Any) -> Any:
    e = np.exp(z - z.max())
    return e / e.sum()


ARRAYS: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any], Callable[[Any], Any]]] = {
    "entry over the sum": (
        lambda z: np.exp(z[1]) / np.sum(np.exp(z)),
        lambda z: _soft(z)[1],
        lambda z: _soft(z)[1] * (np.eye(len(z))[1] - _soft(z)),
    ),
    "entry of the shares": (
        lambda z: (np.exp(z) / np.sum(np.exp(z)))[1],
        lambda z: _soft(z)[1],
        lambda z: _soft(z)[1] * (np.eye(len(z))[1] - _soft(z)),
    ),
    "multiple of a share": (
        lambda z: z[0] * np.exp(z[1]) / np.sum(np.exp(z)),
        lambda z: z[0] * _soft(z)[1],
        lambda z: z[0] * _soft(z)[1] * (np.eye(len(z))[1] - _soft(z)) + np.eye(len(z))[0] * _soft(z)[1],
    ),
    "and one": (
        lambda z: np.log(1 + np.sum(np.exp(z))),
        lambda z: _mixed(z, 0.0),
        lambda z: np.exp(z - _mixed(z, 0.0)),
    ),
    "and five": (
        lambda z: np.log(np.sum(np.exp(z)) + 5),
        lambda z: _mixed(z, np.log(5)),
        lambda z: np.exp(z - _mixed(z, np.log(5))),
    ),
    "square of a logarithm": (
        lambda z: 3 * np.log(np.sum(np.exp(z))) ** 2,
        lambda z: 3 * np.logaddexp.reduce(z) ** 2,
        lambda z: 6 * np.logaddexp.reduce(z) * _soft(z),
    ),
    "entropy": (
        lambda z: -np.sum(np.exp(z) / np.sum(np.exp(z)) * np.log(np.exp(z) / np.sum(np.exp(z)))),
        lambda z: np.logaddexp.reduce(z - z.max()) - _soft(z) @ (z - z.max()),
        lambda z: _soft(z) * (_soft(z) @ (z - z.max()) - (z - z.max())),
    ),
}


@pytest.mark.parametrize("name", ARRAYS)
def test_of_arrays(name: str) -> None:
    f, value, slope = ARRAYS[name]
    G = ew.trace(f, z=ew.tensor("n"))
    S = G.simplify()
    ways = [(S, G.gradient().simplify(), G.hessian().simplify())]
    ways += [(S, S.gradient().simplify(), S.hessian().simplify())]
    for n in (3, 20):
        for z in points(n):
            for simple, gradient, hessian in ways:
                with np.errstate(all="ignore"):
                    np.testing.assert_allclose(simple.evaluate(z).outputs[-1], value(z), rtol=1e-11, atol=1e-15)
                    np.testing.assert_allclose(gradient.evaluate(z).outputs[-1], slope(z), rtol=1e-10, atol=1e-12)
                    assert np.isfinite(hessian.evaluate(z).outputs[-1]).all()
