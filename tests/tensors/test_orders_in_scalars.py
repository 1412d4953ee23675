"""Orders, and what is found by them, entry by entry: derivatives read places that the values say."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import UnsupportedError

RNG = np.random.default_rng(8)
ORDERS: dict[str, tuple[Callable[[Any], Any], tuple[int, ...]]] = {
    "median": (lambda a: np.median(a, axis=1), (2, 5)),
    "median of an even number": (lambda a: np.median(a, axis=0, keepdims=True) * a, (4, 2)),
    "quantiles": (lambda a: np.quantile(a, [0.1, 0.7], axis=1), (2, 4)),
    "percentile": (lambda a: np.percentile(a, 30), (5,)),
    "sort along the first of three axes": (lambda a: np.sort(a, axis=0)[1:] ** 2, (3, 2, 2)),
    "sort backwards": (lambda a: -np.sort(-a) * np.arange(4.0), (2, 4)),
    "interpolation": (lambda a: np.interp(a, np.linspace(-2.0, 2.0, 5), a[:5] ** 2), (5,)),
    "running maximum": (lambda a: np.maximum.accumulate(a, axis=0) ** 2, (4, 2)),
    "places in order": (lambda a: a[np.argsort(a[:, 0])] * np.arange(6.0).reshape(3, 2), (3, 2)),
}


@pytest.mark.parametrize("name", ORDERS)
def test_derivatives_in_scalars_are_those_on_arrays(name: str) -> None:
    function, shape = ORDERS[name]
    G = ew.trace(lambda a: np.sum(np.sin(function(a))), a=ew.tensor(*shape))
    x, v = RNG.normal(size=(2, *shape))
    B, H = G.gradient().simplify(), G.hvp().simplify()
    for backend in ("llvm", "python"):
        np.testing.assert_allclose(B.compile(backend)(x)[1], B.evaluate(x).outputs[0], rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(H.compile("llvm")(x, v)[-1], H.evaluate(x, v).outputs[-1], rtol=1e-11, atol=1e-12)
    step = 1e-6 * v
    slope = (np.sum(np.sin(function(x + step))) - np.sum(np.sin(function(x - step)))) / 2e-6
    np.testing.assert_allclose(np.sum(B.evaluate(x).outputs[0] * v), slope, rtol=1e-6, atol=1e-7)


def test_equal_entries_keep_their_order_and_searches_count() -> None:
    tied = np.array([2.0, 1.0, 2.0, 1.0, 1.0])
    order = ew.trace(lambda a: np.argsort(a), a=ew.tensor(5)).scalarize()
    assert np.array_equal(order.evaluate(tied).result, np.argsort(tied, kind="stable"))
    for side in ("left", "right"):
        G = ew.trace(lambda a, v, side=side: np.searchsorted(a, v, side), a=ew.tensor(5), v=ew.tensor(3)).scalarize()
        found = G.evaluate(np.sort(tied), [1.0, 2.0, 0.0]).result
        assert np.array_equal(found, np.searchsorted(np.sort(tied), [1.0, 2.0, 0.0], side))


def test_places_that_may_be_outside_are_refused() -> None:
    inside = ew.trace(lambda a, b: b[np.searchsorted(a, b)], a=ew.tensor(3), b=ew.tensor(4))
    assert inside.scalarize().evaluate([0.0, 1.0, 2.0], [0.5, 3.0, 1.5, -1.0]).result.tolist() == [3.0, -1.0, 1.5, 0.5]
    outside = ew.trace(lambda a, b: b[np.searchsorted(a, b)], a=ew.tensor(4), b=ew.tensor(4))
    shorter = ew.trace(lambda a, b: b[np.argsort(a)], a=ew.tensor(4), b=ew.tensor(3))
    for G in (outside, shorter):
        with pytest.raises(UnsupportedError, match="outside"):
            G.scalarize()
