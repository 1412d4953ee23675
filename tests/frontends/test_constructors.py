"""NumPy's constructors while a function is traced: each on groups, and on tensors of numbered and named sizes."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest
import scipy.linalg
import scipy.special as sp
from numpy import asarray, zeros
from scipy.special import logsumexp

import edgewise as ew

X = np.array([0.7, 1.3, -0.4, 2.1])


def _fill(x: Any, made: Any) -> Any:
    made[0] = x[0] * x[1]
    made[1:-1] = x[2:] - x[:-2]
    made[-1] = 3.0
    return np.sum(made * x + made**2)


def _view(x: Any) -> Any:
    made = np.zeros(x.shape[0])
    inner = made[1:-1]
    inner[0] = x[0] ** 2
    made[-1:] = x[:1]
    inner += 1.0
    made *= 2
    made[1] += x[1]
    return np.sum(made**3) + np.sum(inner * x[1:-1])


def _columns(x: Any) -> Any:
    made = np.zeros((len(x), 2))
    made[:, 0] = x
    made[:, 1] = np.sin(x)
    made[0, :] = 1.5
    return np.sum(made @ np.array([1.0, 2.0]) * x)


def _border(x: Any) -> Any:
    n = x.shape[0]
    made = np.ones((n, n))
    made[1:-1, 1:-1] = np.outer(x, x)[1:-1, 1:-1]
    return x @ made @ x


def _copied(x: Any) -> Any:
    y = x.copy()
    y[0] = 2.0
    z = np.array(x)
    z[-1] = y[1] * x[0]
    return np.sum(x * y * z)


def _condition(x: Any) -> Any:
    made = np.zeros_like(x)
    made[1:] = x[1:] ** 2
    made[x > 1.0] = 0.5
    return np.sum(made * x)


def _where(x: Any) -> Any:
    return np.sum(np.where(x > 0.5, np.full_like(x, 2.0), np.zeros_like(x)) * x**2)


# Written with x.shape[0] alone: they hold for any length, a named one too.
OF_ANY_LENGTH: dict[str, Callable[[Any], Any]] = {
    "zeros": lambda x: _fill(x, np.zeros(x.shape[0])),
    "zeros, from its module": lambda x: _fill(x, zeros(x.shape[0])),
    "zeros with a dtype": lambda x: _fill(x, np.zeros(x.shape[0], dtype=np.float64)),
    "ones": lambda x: _fill(x, np.ones(shape=x.shape[0])),
    "empty": lambda x: _fill(x, np.empty(x.shape)),
    "full": lambda x: _fill(x, np.full(x.shape[0], 2.5)),
    "full of an expression": lambda x: np.sum(np.full(x.shape, x[0]) * x),
    "zeros_like": lambda x: _fill(x, np.zeros_like(x)),
    "ones_like": lambda x: _fill(x, np.ones_like(x)),
    "empty_like": lambda x: _fill(x, np.empty_like(x)),
    "full_like": lambda x: _fill(x, np.full_like(x, 7.0)),
    "full_like of an expression": lambda x: _fill(x, np.full_like(x, x[1])),
    "fill": lambda x: (lambda made: made.fill(x[0]) or np.sum(made * x))(np.zeros(x.shape[0])),
    "views": _view,
    "columns": _columns,
    "border": _border,
    "copies": _copied,
    "where": _where,
    "condition": _condition,
    "eye": lambda x: x @ np.eye(x.shape[0]) @ x + np.sum(np.eye(len(x)) + np.outer(x, x)),
    "eye off the diagonal": lambda x: x @ (np.eye(x.shape[0], k=1) + 2 * np.eye(x.shape[0], k=-1)) @ x**2,
    "identity": lambda x: x @ (np.identity(x.shape[0]) * 3) @ x,
    "tri": lambda x: x @ np.tri(x.shape[0]) @ x**2,
    "tril of ones": lambda x: np.sum(np.tril(np.ones((x.shape[0], x.shape[0]))) @ x * x),
    "triu of ones": lambda x: np.sum(np.triu(np.ones((len(x), len(x))), 1) @ x * x),
    "diag": lambda x: x @ np.diag(x) @ x + np.sum(np.diag(np.ones(len(x))) @ x),
    "arange": lambda x: np.sum(np.arange(x.shape[0]) * x**2),
    "arange with a start": lambda x: np.sum(np.arange(1, len(x) + 1) * np.exp(x)),
    "arange backwards": lambda x: np.sum(np.arange(len(x), 0, -1) * x**2),
    "linspace": lambda x: np.sum(np.linspace(-1, 2, x.shape[0]) * x**2),
    "linspace without its end": lambda x: np.sum(np.linspace(0.0, 1.0, len(x), endpoint=False) * x**2),
    "linspace between expressions": lambda x: np.sum(np.linspace(x[0], x[1] ** 2, x.shape[0]) * x),
    "logspace": lambda x: np.sum(np.logspace(0, 1, x.shape[0]) * x**2),
    "geomspace": lambda x: np.sum(np.geomspace(1.0, 8.0, x.shape[0]) * x**2),
    "asarray": lambda x: np.sum(np.asarray(x, dtype=float) ** 2) + np.sum(asarray(x)),
    "ascontiguousarray": lambda x: np.sum(np.ascontiguousarray(x[::-1]) * x),
    "array of entries": lambda x: np.sum(np.array([x[0], x[1] * 2, 1.0]) ** 2) * x[2],
    "matrix of entries": lambda x: np.sum(np.array([[0, -x[2], x[1]], [x[2], 0, -x[0]], [-x[1], x[0], 0]]) @ x[:3]),
    "array of slices": lambda x: np.sum(np.array([x[:2], x[1:3] * x[0]]) ** 2),
    "asarray of entries": lambda x: np.sum(np.sqrt(np.asarray([0.5, x[0], x[1]], dtype=np.float64))),
    "stack": lambda x: np.sum(np.stack([x, 2 * x, np.ones(len(x))])[:2] ** 2),
    "concatenate": lambda x: np.sum(np.concatenate([[1.0], x, [x[0]]]) ** 3),
    "r_": lambda x: np.sum(np.r_[0.0, x[1:], x[0] * x[1]] ** 2 * np.r_[x, 1.0]),
    "c_": lambda x: np.sum(np.c_[x, x**2] @ np.array([1.0, -2.0])),
    "sizes": lambda x: np.sum(x) / len(x) + x.shape[0] * x[0] ** 2 + math.sqrt(2) * math.log(3) * x[1],
    "math": lambda x: math.exp(x[0]) * math.sin(x[1]) + math.hypot(x[0], x[1]) + math.log(x[1], 2) + math.pow(x[0], 2),
    "logsumexp": lambda x: logsumexp(x) + sp.logsumexp(3 * x, axis=0),
    "logsumexp with weights": lambda x: sp.logsumexp(x, b=np.full(x.shape[0], 0.5)) + sp.logsumexp(x, b=x**2),
    "softmax": lambda x: np.sum(sp.softmax(x) * x) + sp.softmax(x, axis=0)[0],
    "log_softmax": lambda x: np.sum(sp.log_softmax(x) * x),
    "multigammaln": lambda x: sp.multigammaln(x[3] + 3, 3) + sp.comb(x[1] + 5, 2) + sp.perm(x[1], 2),
    "factorial": lambda x: sp.factorial(x[1]) + sp.polygamma(1, x[0]) + sp.sinc(x[2]),
}  # fmt: skip

# With a size that is a number in the code.
OF_FOUR: dict[str, Callable[[Any], Any]] = {
    "loop": lambda x: _loop(x, np.zeros(4)),
    "triangle": lambda x: _triangle(x),
    "numbers": lambda x: np.linalg.inv(np.eye(4) * 2) @ x @ x + np.linalg.det(np.array([[2.0, 1.0], [1.0, 3.0]])),
    "numbers for SciPy": lambda x: np.sum(scipy.linalg.expm(0.1 * np.eye(4)) @ x * scipy.linalg.inv(np.eye(4)) @ x),
    "integers as an index": lambda x: np.sum(x[np.arange(3)] * x[np.array([3, 0, 1])]),
    "a mask of numbers": lambda x: np.sum((np.arange(4) % 2 == 0) * x**2),
    "weights": lambda x: np.sum(np.linspace(0, 1, 4)[1:] * x[1:] ** 2),
    "diagonal": lambda x: _diagonal(x),
    "add.at": lambda x: _added(x),
    "flat": lambda x: _flat(x),
    "block": lambda x: np.sum(np.block([[np.eye(2), np.zeros((2, 2))], [np.outer(x[:2], x[2:]), np.eye(2)]]) ** 3),
    "fromiter": lambda x: np.sum(np.fromiter((x[k] * k for k in range(4)), float) ** 2),
    "cumulative": lambda x: np.sum(np.cumsum(np.ones(4)) * x**2),
    "vander": lambda x: np.sum(np.vander(np.arange(1.0, 4.0), 4) @ x * 0.1),
    "cholesky of numbers": lambda x: np.sum(np.linalg.cholesky(np.eye(4) + 0.1 * np.ones((4, 4))) @ x * x),
    "solve_triangular": lambda x: np.sum(scipy.linalg.solve_triangular(np.tri(4) + np.eye(4), x * x, lower=True)),
    "cho_solve": lambda x: x @ scipy.linalg.cho_solve(scipy.linalg.cho_factor(np.eye(4) + 0.1 * np.ones((4, 4))), x),
    "toeplitz": lambda x: x @ scipy.linalg.toeplitz(x) @ x,
    "block_diag": lambda x: x @ scipy.linalg.block_diag(np.outer(x[:2], x[:2]), np.eye(2)) @ x,
    "isscalar": lambda x: (x[0] if np.isscalar(x[0]) else x[1]) ** 2,
    "isinstance": lambda x: x[0] ** 2 if isinstance(np.zeros(2), np.ndarray) else x[1],
}  # fmt: skip


def _loop(x: Any, du: Any) -> Any:
    for i in range(4):
        du[i] = x[i] * x[(i + 1) % 4]
    for i in range(1, 4):
        du[i] += du[i - 1]
    return np.dot(du, x) + du.sum()


def _triangle(x: Any) -> Any:
    L = np.zeros((3, 3))
    L[0, 0], L[1, 1], L[2, 2] = np.exp(x[0]), np.exp(x[1]), 1.0
    L[np.tril_indices(3, -1)] = [x[2], x[3], x[0] * x[1]]
    S = L @ L.T
    return np.trace(S) + S[0, 2] * S[1, 1]


def _diagonal(x: Any) -> Any:
    A = np.zeros((4, 4))
    np.fill_diagonal(A, x)
    A[0, :] = 1.0
    A.T[1, 2] = x[0]
    return x @ A @ x


def _added(x: Any) -> Any:
    out = np.zeros(3)
    np.add.at(out, [0, 1, 1, 2], x)
    return np.sum(out**2)


def _flat(x: Any) -> Any:
    A = np.zeros((2, 2))
    A.flat[:3] = x[:3]
    A.reshape(-1)[3] = x[3] ** 2
    return np.sum(A @ A)


def _slope(f: Callable[[Any], Any], x: np.ndarray) -> np.ndarray:
    """Central differences of the fourth order."""
    h = 1e-3
    rows = []
    for e in np.eye(len(x)) * h:
        rows.append((8 * (f(x + e) - f(x - e)) - (f(x + 2 * e) - f(x - 2 * e))) / (12 * h))
    return np.array(rows)


def _agrees(f: Callable[[Any], Any], declared: Any) -> None:
    G = ew.trace(f, x=declared)
    expected = float(f(X.copy()))
    assert float(G.evaluate({"x": X}).outputs[0]) == pytest.approx(expected, rel=1e-12)
    gradient = np.asarray(G.gradient().evaluate({"x": X}).outputs, dtype=float).reshape(-1)
    assert gradient == pytest.approx(_slope(lambda x: float(f(x.copy())), X), rel=1e-7, abs=1e-7)


@pytest.mark.parametrize("declared", [4, ew.tensor(4), ew.tensor("n")], ids=["group", "tensor", "named"])
@pytest.mark.parametrize("name", OF_ANY_LENGTH)
def test_of_any_length(name: str, declared: Any) -> None:
    _agrees(OF_ANY_LENGTH[name], declared)


@pytest.mark.parametrize("declared", [4, ew.tensor(4)], ids=["group", "tensor"])
@pytest.mark.parametrize("name", OF_FOUR)
def test_of_a_size_in_the_code(name: str, declared: Any) -> None:
    _agrees(OF_FOUR[name], declared)


def test_float32_is_taken_and_expressions_keep_their_own_precision() -> None:
    G = ew.trace(lambda x: _loop(x, np.zeros(4, dtype=np.float32)), x=4)
    assert G.evaluate(X).outputs[0] == pytest.approx(float(_loop(X, np.zeros(4))), rel=1e-14)


@pytest.mark.parametrize("values", [[800.0, -800.0, 799.5], [-800.0, -801.0, -800.0], [1e-9, 0.0, -1e-9]])
@pytest.mark.parametrize("declared", [3, ew.tensor(3)], ids=["group", "tensor"])
def test_logsumexp_and_softmax_against_mpmath(values: list[float], declared: Any) -> None:
    exact = [mpmath.mpf(v) for v in values]
    with mpmath.workdps(60):
        total = mpmath.log(sum(map(mpmath.exp, exact)))
        weights = [mpmath.exp(v - total) for v in exact]
        rows = [
            (lambda x: sp.logsumexp(x), total, weights),
            (lambda x: sp.softmax(x)[1], weights[1], [weights[1] * ((k == 1) - w) for k, w in enumerate(weights)]),
            (lambda x: sp.log_softmax(x)[0], exact[0] - total, [(k == 0) - w for k, w in enumerate(weights)]),
        ]
    for f, value, slopes in rows:
        G = ew.trace(f, x=declared)
        assert float(G.evaluate({"x": values}).outputs[0]) == pytest.approx(float(value), rel=1e-12, abs=1e-300)
        gradient = np.asarray(G.gradient().evaluate({"x": values}).outputs, dtype=float).reshape(-1)
        assert gradient == pytest.approx(np.array([float(s) for s in slopes]), rel=1e-12, abs=1e-16)


def test_numbers_behave_as_numpys_own() -> None:
    seen: list[Any] = []

    def f(x: Any) -> Any:
        k, i, b = np.zeros((2, 3)), np.arange(3), np.zeros(3, dtype=bool)
        k[0, 1] = 2.5
        b[1] = True
        seen.extend([k.sum(), k.dtype, k.tolist(), k.T.shape, k.astype(int)[0, 1], type(i), i.dtype.kind, type(b)])
        seen.extend([len(k), k[b[:2]].shape, np.asarray(k).flags.c_contiguous, float(k.max()), (k > 1).any(), k.nbytes])
        seen.extend(
            [np.array([1, 2])[0], np.array(["a"])[0], np.array([1j]).dtype.kind, np.zeros(3, dtype=int).dtype.kind]
        )
        return x

    ew.trace(f, "x")
    numbers = [2.5, np.dtype(float), [[0.0, 2.5, 0.0], [0.0, 0.0, 0.0]], (3, 2), 2, np.ndarray, "i", np.ndarray]
    assert seen == [*numbers, 2, (1, 3), True, 2.5, True, 48, 1, "a", "c", "i"]


def _heat(u: Any, k: float = 0.3) -> Any:
    du = np.zeros_like(u)
    du[1:-1] = k * (u[2:] - 2 * u[1:-1] + u[:-2])
    return du


@pytest.mark.parametrize("declared", [ew.tensor(50), ew.tensor("n")], ids=["tensor", "named"])
def test_assignment_by_slices_is_one_concatenation(declared: Any) -> None:
    G = ew.trace(_heat, u=declared)
    ops = [G.tape.op_of_code(code).name for _, code, _ in G.tape.rows()]
    assert ops.count("concatenate") == 1
    assert len(G) < 25


@pytest.mark.parametrize(
    ("f", "declared", "message"),
    [
        (lambda x: np.zeros(3, dtype=int).__setitem__(0, x[0]), 3, "symbolic"),
        (lambda x: np.array(x, dtype=int), ew.tensor(3), "np.trunc"),
        (lambda x: np.asarray(x, dtype=complex), 3, "real numbers"),
        (lambda x: np.array([[1.0], [x[0], x[1]]]), 3, "equal shape"),
        (lambda x: np.array([[1.0], [x[0], x[1]]]), ew.tensor(3), "equal shape"),
        (lambda x: np.zeros(3)[x > 0], 3, "np.where"),
        (lambda x: np.zeros(3).__setitem__(x > 0, x), 3, "np.where"),
        (lambda x: np.arange(x[0]), 3, "x.shape"),
        (lambda x: np.zeros(x[0]), ew.tensor("n"), "x.shape"),
        (lambda x: np.arange(0, x.shape[0], 0.5), ew.tensor("n"), "steps of 0.5"),
        (lambda x: sp.wofz(x[0]), 3, "wofz"),
        (lambda x: np.zeros(4) + np.full(3, x[0]), 3, "broadcast"),
    ],
)
def test_refusals_name_the_line_and_the_way_out(f: Any, declared: Any, message: str) -> None:
    with pytest.raises((ew.EdgewiseError, ValueError), match=message) as caught:
        ew.trace(f, x=declared)
    if isinstance(caught.value, ew.EdgewiseError):
        assert "test_constructors.py:" in str(caught.value)
