"""Adjugates against exact cofactors; what may be a place of an array and what may not."""

from __future__ import annotations

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import UnsupportedError
from edgewise.ops.decompositions import adjugate, adjugate_change


def cofactors(x):
    n = len(x)
    with mp.workdps(40):
        minors = [
            [mp.det(mp.matrix(np.delete(np.delete(x, j, 0), i, 1).tolist())) if n > 1 else 1 for j in range(n)]
            for i in range(n)
        ]
        return np.array([[float(minors[i][j] * (-1) ** (i + j)) for j in range(n)] for i in range(n)])


@pytest.mark.parametrize("singular", [False, True])
@pytest.mark.parametrize("n", range(1, 7))
def test_adjugates_are_exact_to_the_last_digits(n, singular):
    rng = np.random.default_rng(n)
    x, d = rng.normal(size=(2, n, n))
    if singular and n > 1:
        x[:, -1] = x[:, 0]
    wanted = cofactors(x)
    # Singular ones of more than three rows come from a singular value decomposition, good to a few n·2^-52.
    digits = 2e-16 if n <= 3 else 2e-14 if singular else 4e-15
    assert np.max(abs(adjugate(x) - wanted)) <= digits * np.max(abs(wanted))
    slope = (cofactors(x + 1e-5 * d) - cofactors(x - 1e-5 * d)) / 2e-5
    assert np.allclose(adjugate_change(x, d), slope, rtol=1e-7, atol=1e-7)
    assert np.array_equal(adjugate(np.stack([x, d]))[1], adjugate(d))


@pytest.mark.parametrize("target", ["numpy", "jax", "torch"])
@pytest.mark.parametrize("n", [1, 2, 3, 4])
def test_emitted_sources_agree(n, target):
    if target != "numpy":
        pytest.importorskip(target, reason=f"{target} is a peer, not a dependency of the tests")
    x = np.random.default_rng(n).normal(size=(n, n))
    G = ew.trace(lambda A: np.linalg.det(A), A=ew.tensor(n, n))
    for graph in (G.gradient(), G.hessian()):
        found = graph.compile(target)(x)[-1]
        found = np.asarray(found[0] if isinstance(found, (tuple, list)) else found)
        np.testing.assert_allclose(found, graph.evaluate(A=x).outputs[0], rtol=1e-12, atol=1e-12)


def test_the_slope_of_a_small_determinant_is_exact():
    assert ew.grad(np.linalg.det)(np.array([[2.0, 1.0], [1.0, 1.0]])).tolist() == [[1.0, -1.0], [-1.0, 2.0]]


REALS = [
    lambda x, m: x[m], lambda x, m: x[m * 1], lambda x, m: x[(x > 0) * 1.0], lambda x, m: np.take(x, m),
    lambda x, m: np.take_along_axis(x, np.round(m), 0), lambda x, m: x[0.5 * np.argsort(m)],
    lambda x, m: x[np.floor(m)], lambda x, m: x[np.searchsorted(x, m) + m],
]  # fmt: skip
PLACES = [
    lambda x: x[np.argsort(x)], lambda x: x[np.argsort(x) // 2], lambda x: x[np.argsort(x) % 2], lambda x: x[x > 0.3],
    lambda x: x[(x > 0.3).astype(int)], lambda x: x[np.searchsorted(x, x) - 1], lambda x: x[np.argmax(x)],
]  # fmt: skip


@pytest.mark.parametrize("k", range(len(REALS)))
@pytest.mark.parametrize("length", [3, "n"])
def test_real_numbers_are_no_places(k, length):
    with pytest.raises(UnsupportedError, match=r"an index is .*test_adjugates_and_places\.py.*dtype=int"):
        ew.trace(lambda x, m: np.sum(REALS[k](x, m)), x=ew.tensor(length), m=ew.tensor(length))


@pytest.mark.parametrize("k", range(len(PLACES)))
@pytest.mark.parametrize("length", [4, "n"])
def test_orders_and_what_is_counted_from_them_are_places(k, length):
    x = np.array([0.1, 0.25, 0.4, 0.8])
    G = ew.trace(lambda x: np.sum(PLACES[k](x)), x=ew.tensor(length))
    assert np.isclose(G.compile()(x), np.sum(PLACES[k](x)))


@pytest.mark.parametrize("by", [-7, -5, -2, -1, 0, 1, 2, 5, 7])
def test_a_roll_may_go_round_a_named_axis_many_times(by):
    G = ew.trace(lambda x: np.roll(x, by), x=ew.tensor("n"))
    for n in range(1, 6):
        x = np.arange(float(n))
        assert G.compile()(x).tolist() == G.evaluate(x=x).outputs[0].tolist() == np.roll(x, by).tolist()
