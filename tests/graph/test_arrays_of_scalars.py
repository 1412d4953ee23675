"""NumPy's functions on arrays of scalar expressions: what NumPy gives on numbers, or a refusal in one line."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import sympy as sp

import edgewise as ew
from edgewise.errors import EdgewiseError, ShapeError, UnsupportedError

RANDOM = np.random.default_rng(7)
A = np.array([[3.4, 0.3, -0.4], [0.3, 3.1, -0.6], [-0.4, -0.6, 6.1]])

FUNCTIONS: list[Callable[[Any], Any]] = [
    lambda a: [np.linalg.norm(a, order) for order in (None, 1, -1, np.inf, -np.inf, "fro")],
    lambda a: [np.linalg.norm(a, axis=0), np.linalg.norm(a, 1, axis=(1, 0)), np.linalg.norm(a, 0, axis=1)],
    lambda a: [np.linalg.norm(a, np.inf, axis=(0, 1), keepdims=True), np.linalg.norm(a[0], 3)],
    lambda a: [np.linalg.matrix_power(a, n) for n in (0, 1, 3, -2)],
    lambda a: [np.linalg.det(np.stack([a, 2 * a])), np.linalg.inv(np.stack([a, 2 * a]))],
    lambda a: [np.linalg.solve(a, a[0]), np.linalg.solve(a, [1.0, 2.0, 3.0]), np.linalg.solve(np.stack([a, a.T]), a)],
    lambda a: [np.linalg.solve(np.eye(3) * 2, a), *np.linalg.slogdet(a), np.linalg.cholesky(a)],
    lambda a: [np.linalg.eigvalsh(a[:2, :2]), np.linalg.eigvalsh(a[1:, 1:], "U"), np.linalg.eigvalsh(a[:1, :1])],
    lambda a: [np.linalg.multi_dot([a, a, a[0]]), np.linalg.tensorsolve(a, a[0]), np.linalg.tensorinv(a, 1)],
    lambda a: [
        np.interp(a, [-1.0, 0.0, 0.5, 4], [3, 1, 4, 1]),
        np.interp(a, [-0.1, 0, 3.1], [3, 1, 4], left=-7, right=9),
    ],
    lambda a: [
        np.interp([0.3, 1.5, 5], [0, 1, 2], a[0]),
        np.piecewise(a, [a < 0, a >= 0], [lambda t: -t, lambda t: t**2]),
    ],
    lambda a: [
        np.select([a > 1, a < 0], [a, -a], 5.0),
        np.nan_to_num(a),
        np.nansum(a),
        np.nanmax(a, axis=0),
        np.nanmean(a),
    ],
    lambda a: [*np.gradient(a), np.gradient(a[0], [0.0, 1.0, 3.0]), np.gradient(a, 0.5, axis=1), np.diff(a, 2, axis=0)],
    lambda a: [np.trapezoid(a[0], dx=0.1), np.trapezoid(a[0], a[1]), np.cumprod(a), np.polyval(a[0], a[1])],
    lambda a: [
        np.polyval([1.0, 2.0, a[0, 1]], a[0, 0]),
        np.polyval([1.0, 2.0, 3.0], a),
        np.polymul(a[0], a[1]),
        np.polyadd(a[0], a[1]),
        np.polyder(a[0]),
    ],
    lambda a: [np.convolve(a[0], a[1], mode) for mode in ("full", "same", "valid")],
    lambda a: [np.einsum("ij,jk->ik", a, a), np.einsum("ii", a), np.einsum("ij,jk,kl", a, a, a, optimize=True)],
    lambda a: [np.tensordot(a, a, ([0], [1])), np.kron(a, a), np.cross(a, a[::-1]), np.outer(a[0], a[1])],
    lambda a: [
        np.average(a, axis=0, weights=[1, 2, 3]),
        np.average(a[0], weights=a[1] ** 2),
        np.cov(a),
        np.corrcoef(a),
    ],
    lambda a: [
        *np.split(a, 3),
        *np.array_split(a, 2),
        np.roll(a, 1),
        np.roll(a, (1, 2), axis=(0, 1)),
        np.delete(a, 1, 0),
    ],
    lambda a: [
        np.take_along_axis(a, np.array([[0, 2, 1]] * 3), 1),
        a[np.ix_([0, 2], [1, 2])],
        a[np.eye(3, dtype=bool)],
    ],
    lambda a: [np.clip(a, None, 0.2), a.clip(0), np.clip(a, [0, 0, 0], 1), np.where(np.eye(3, dtype=bool), a, 0.0)],
    lambda a: [np.block([[a, a], [a, np.eye(3)]]), np.pad(a, 1), *np.meshgrid(a[0], a[1]), np.tile(a, (2, 1))],
    lambda a: [np.count_nonzero(a, axis=1), np.ptp(a, axis=0), np.isclose(a, 3.4), np.fix(a), np.round(a)],
]


def flat(values: Any) -> np.ndarray:
    parts = values if isinstance(values, (list, tuple)) else [values]
    return np.concatenate([np.ravel(np.asarray(part, dtype=float)) for part in parts])


@pytest.mark.parametrize("write", FUNCTIONS)
def test_numpys_functions_are_what_they_are_on_numbers(write: Any) -> None:
    G = ew.trace(write, a=(3, 3))
    wanted = write(A)
    found = G.evaluate(A).result
    assert np.allclose(flat(found), flat(wanted), rtol=1e-12, atol=1e-13)
    assert [np.shape(part) for part in found] == [np.shape(part) for part in wanted]
    assert np.allclose(flat(G.simplify().evaluate(A).result), flat(wanted), rtol=1e-12, atol=1e-13)


PIVOTS = [
    np.array([[0.0, 1], [2, 0]]),
    np.array([[0.0, 1, 0], [0, 0, 1], [1, 0, 0]]),
    np.fliplr(np.diag([2.0, 3, 4, 5])),
    np.array([[1.0, 1, 2, 0], [1, 1, 0, 3], [0, 1, 1, 1], [2, 0, 1, 5]]),
    np.array([[0.0, 2, 1, 3, 1], [0, 0, 4, 1, 0], [5, 1, 0, 0, 2], [1, 0, 0, 0, 0], [0, 1, 0, 2, 1]]),
    RANDOM.normal(size=(9, 9)),
]


@pytest.mark.parametrize("matrix", PIVOTS, ids=len)
def test_zero_pivots_do_not_matter(matrix: np.ndarray) -> None:
    shape, ones = matrix.shape, np.ones(len(matrix))
    for write in (np.linalg.det, np.linalg.inv, lambda a: np.linalg.solve(a, a[:, 1] + ones)):
        assert np.allclose(flat(ew.trace(write, a=shape).evaluate(matrix).result), flat(write(matrix)), rtol=1e-10)
    B = ew.trace(lambda a: np.sum(np.linalg.solve(a, ones)), a=shape).gradient()
    there = np.linalg.inv(matrix)
    wanted = -np.outer(there.T @ ones, there @ ones)
    assert np.allclose(flat(B.evaluate(matrix).result), flat(wanted), rtol=1e-8, atol=1e-9)
    if len(matrix) <= 5:
        T = ew.trace(np.linalg.inv, a=ew.tensor(*shape)).scalarize()
        assert np.allclose(flat(T.evaluate(matrix).result), flat(there))


@pytest.mark.parametrize("rows", [1, 2, 3, 4, 6])
def test_the_gradient_of_a_determinant_is_the_adjugate_at_every_rank(rows: int) -> None:
    B = ew.trace(np.linalg.det, a=(rows, rows)).gradient()
    S = B.simplify()
    for rank in range(rows + 1):
        matrix = np.round(4 * RANDOM.normal(size=(rows, rank)) @ RANDOM.normal(size=(rank, rows)))
        adjugate = np.array(sp.Matrix(matrix.astype(int)).adjugate().T, dtype=float)
        for made in (B, S):
            assert np.allclose(flat(made.evaluate(matrix).result), flat(adjugate), rtol=1e-9, atol=1e-9)


def test_what_is_too_large_or_has_no_graph_is_refused_with_the_line() -> None:
    a = ew.symbols("a", shape=(3, 3))
    for attempt, kind, hint in [
        (lambda: np.linalg.inv(ew.symbols("b", shape=(17, 17))), UnsupportedError, r"edgewise\.tensor"),
        (lambda: np.linalg.det(a[:2]), ShapeError, "square"), (lambda: np.linalg.solve(a, [1.0]), ShapeError, "shapes"),
        (lambda: np.linalg.eigvalsh(a), UnsupportedError, r"edgewise\.tensor"),
        (lambda: np.linalg.svd(a), UnsupportedError, "tensor"), (lambda: np.linalg.pinv(a), UnsupportedError, "solve"),
        (lambda: np.linalg.lstsq(a, a[0]), UnsupportedError, "solve"), (lambda: np.sort(a), UnsupportedError, "order"),
        (lambda: np.linalg.norm(a, "nuc"), UnsupportedError, "tensor"), (lambda: a.sort(), UnsupportedError, "order"),
        (lambda: np.linalg.eig(a), UnsupportedError, "complex"), (lambda: np.roots(a[0]), UnsupportedError, "complex"),
        (lambda: np.digitize(a, [0, 1]), UnsupportedError, "bin"), (lambda: np.argmax(a), UnsupportedError, "np.max"),
        (lambda: np.interp(a, a[0], [1, 2, 3]), UnsupportedError, "numbers"),
        (lambda: np.interp(a, [0, 2, 1], [1, 2, 3]), ShapeError, "ascending"),
    ]:  # fmt: skip
        with pytest.raises(kind, match=hint) as said:
            attempt()
        assert "test_arrays_of_scalars.py" in str(said.value)
        assert isinstance(said.value, EdgewiseError)
