"""`out=`, `where=`, `dtype=` and their kin: what NumPy makes of them, or a refusal; none is passed over in silence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.linalg as sl
import scipy.special as sp
import scipy.stats as st

import edgewise as ew
from edgewise.errors import EdgewiseError, ShapeError

X = np.array([0.1, -0.35, 0.7])
M = np.array([True, False, True])


def _rows(x: Any) -> Any:
    return np.stack([x, 2 * x])


def _into(function: Callable[..., Any], *shape: int) -> Callable[[Any], Any]:
    """What stands in an array that was given as `out=`."""

    def call(x: Any) -> Any:
        z = np.zeros(shape or 3)
        assert function(x, z) is z
        return np.sum(z**2 + z)

    return call


OUT: dict[str, Callable[[Any], Any]] = {
    "clip": _into(lambda x, z: np.clip(x, 0, 1, out=z)),
    "clip by position": _into(lambda x, z: np.clip(x, 0, 1, z)),
    "round": _into(lambda x, z: np.round(x * 3.3, out=z)),
    "take": _into(lambda x, z: np.take(x, [2, 0], out=z), 2),
    "concatenate": _into(lambda x, z: np.concatenate([x, x], out=z), 6),
    "concatenate by position": _into(lambda x, z: np.concatenate([x, x], 0, z), 6),
    "dot by position": _into(lambda x, z: np.dot(np.outer(x, X), x, z)),
    "stack": _into(lambda x, z: np.stack([x, x], out=z), 2, 3),
    "outer": _into(lambda x, z: np.outer(x, x, out=z), 3, 3),
    "dot": _into(lambda x, z: np.dot(np.outer(x, X), x, out=z)),
    "sum": _into(lambda x, z: np.sum(_rows(x), axis=0, out=z)),
    "sum by position": _into(lambda x, z: np.sum(_rows(x), 0, None, z)),
    "mean": _into(lambda x, z: np.mean(_rows(x), axis=0, out=z)),
    "std": _into(lambda x, z: np.std(_rows(x), axis=0, out=z)),
    "max": _into(lambda x, z: np.max(_rows(x), axis=0, out=z)),
    "ptp": _into(lambda x, z: np.ptp(_rows(x), axis=0, out=z)),
    "median": _into(lambda x, z: np.median(_rows(x), axis=0, out=z)),
    "nanmean": _into(lambda x, z: np.nanmean(_rows(x), axis=0, out=z)),
    "cumsum": _into(lambda x, z: np.cumsum(x, out=z)),
    "compress": _into(lambda x, z: np.compress(M, x, out=z), 2),
    "choose": _into(lambda x, z: np.choose([0, 1, 0], [x, 2 * x], out=z)),
    "multi_dot": _into(lambda x, z: np.linalg.multi_dot([np.outer(x, X), np.diag(x), np.eye(3)], out=z), 3, 3),
    "trace": _into(lambda x, z: np.trace(np.stack([np.outer(x, x)] * 2, axis=-1), out=z), 2),
    "itself": lambda x: (z := x * 1, np.clip(z, 0, None, out=z), np.sum(z**2))[-1],
    "method": lambda x: (z := x * 1, z.clip(0, None, out=z), np.sum(z**2))[-1],
    "nan_to_num": lambda x: (z := np.log(x), np.nan_to_num(z, copy=False, nan=1.5), np.sum(z**2))[-1],
}
OPTIONS: dict[str, Callable[[Any], Any]] = {
    "any where": lambda x: np.any(x > 0.5, where=[True, True, False]) * x[0] + x[1],
    "all where": lambda x: np.all(x > 0, where=M) * x[0] + x[1],
    "sum where": lambda x: np.sum(x**2, where=[True, False, True]),
    "mean where": lambda x: np.mean(x**2, where=[True, False, True]),
    "nanmean where": lambda x: np.nanmean(x**2, where=M),
    "nanvar where": lambda x: np.nanvar(x, where=M),
    "var mean": lambda x: np.var(x, mean=np.array([0.2])),
    "nanvar mean": lambda x: np.nanvar(x, mean=np.array([0.2])),
    "conditions counted": lambda x: np.sum(x > 0, dtype=int) * x[0] + np.add(x, 1, dtype=float)[1],
    "conditions averaged": lambda x: np.mean(x > 0, dtype=np.float64) * x[0],
    "unwrap": lambda x: np.sum(np.unwrap(9 * x) ** 2),
    "unwrap by period": lambda x: np.sum(np.unwrap(np.outer(9 * x, [1, 2, 3.0]), period=3.0, axis=0) ** 2),
    "phases": lambda x: np.sum(np.unwrap(np.angle(np.exp(9j * x))) * [1, 2, 3.0]),
    "choose": lambda x: (
        np.sum(np.choose([0, 3, 1], [x, 2 * x], mode="wrap")) + np.choose([7], [x[0], x[1]], mode="clip")[0]
    ),
    "lower triangle of scipy": lambda x: sl.eigvalsh(np.outer(x, x) + np.diag([1, 2, 3.0]), lower=True)[0],
    "upper triangle": lambda x: np.linalg.eigvalsh(np.outer(x, x) + np.diag([1, 2, 3.0]), UPLO="U")[1],
    "upper triangle of scipy": lambda x: sl.eigh(np.outer(x, x) + np.eye(3), lower=False)[0][2],
    "residual": lambda x: np.linalg.lstsq(np.vander([1, 2, 3.0], 2), x, rcond=None)[1][0],
    "complex branches": lambda x: np.sum(np.where(x > 0.2, x + 1j * x**2, 3j * x).imag),
    "complex and real pieces": lambda x: np.concatenate([x + 1j * x, x]).imag @ np.arange(6.0),
    "ones on the diagonal": lambda x: (
        (
            sl.solve_triangular(np.outer(x, X) + np.eye(3), x, lower=True, unit_diagonal=True)
            + sl.solve_triangular(np.outer(x, X) + np.eye(3), x, trans="T", lower=True, unit_diagonal=True)
        )
        @ np.arange(3.0)
    ),
    "svd of scipy": lambda x: sl.svd(np.outer(x, X) + np.eye(3))[1][0],
}
GIVEN = {"x=3": 3, "one tensor": ew.tensor(3)}


@pytest.mark.parametrize("name", [*OUT, *OPTIONS])
def test_values_and_slopes_are_numpys(name: str) -> None:
    f = (OUT | OPTIONS)[name]
    with np.errstate(all="ignore"):
        value, steps = f(X.copy()), 1e-6 * np.eye(3)
        slopes = [(float(f(X + h)) - float(f(X - h))) / 2e-6 for h in steps]
    for found in (
        ew.value_and_grad(f)(X),
        *(ew.trace(f, x=given).gradient().simplify().compile()(X) for given in GIVEN.values()),
    ):
        assert found[0] == pytest.approx(float(value), rel=1e-12)
        assert found[1] == pytest.approx(slopes, rel=1e-6, abs=1e-8)


REFUSED: dict[str, tuple[Callable[[Any], Any], str]] = {
    "sum of whole numbers": (lambda x: np.sum(x, dtype=int), "np.trunc"),
    "sum of single precision": (lambda x: x.sum(dtype=np.float32), "dtype=float32.*leave dtype= out"),
    "mean of single precision": (lambda x: np.mean(x, dtype=np.float32), "leave dtype= out"),
    "ufunc of single precision": (lambda x: np.add(x, 1, dtype=np.float32).sum(), "leave dtype= out"),
    "float32": (lambda x: x.astype(np.float32).sum(), "turned into float32, and nodes hold doubles"),
    "float16": (lambda x: np.asarray(x, dtype="float16").sum(), "turned into float16"),
    "bytes": (lambda x: (300 * x).astype(np.uint8).sum() * 1.0, r"turned into uint8.*np\.trunc"),
    "entries in float32": (lambda x: np.array([x[0], x[1]], dtype=np.float32).sum(), "turned into float32"),
    "numbers": (lambda x: np.einsum("i->i", x, out=np.zeros(3, dtype=int)).sum(), "writes into an array of numbers"),
    "a mask": (lambda x: np.any(_rows(x) > 0, axis=0, out=np.zeros(3, dtype=bool)).sum(), "array of numbers"),
    "tolerance": (lambda x: np.linalg.pinv(np.outer(x, X), rcond=1e-3).sum(), "depends on the data"),
    "weights": (lambda x: np.quantile(x, 0.3, weights=[1, 2, 3], method="inverted_cdf"), "np.quantile"),
    "types of vectorize": (lambda x: np.vectorize(lambda v: 2 * v, otypes=[int])(x).sum() * 1.0, r"np\.trunc"),
    "an entry of truths": (lambda x: np.zeros(3, dtype=bool).__setitem__(0, x[0]), "truth of|no numbers yet"),
    "half an order": (lambda x: sp.kn(0.5, x**2).sum(), r"kn of the order 0\.5.*scipy\.special\.kv"),
    "transposed": (lambda x: sl.solve(np.outer(x, X) + np.eye(3), x, transposed=True).sum(), "transposed=True"),
    "some eigenvalues": (lambda x: sl.eigvalsh(np.outer(x, x), subset_by_index=[0, 1]).sum(), "subset_by_index"),
    "some of eigh": (lambda x: sl.eigh(np.outer(x, x), subset_by_index=[0, 1])[0].sum(), "subset_by_index"),
    "only a triangle": (
        lambda x: sl.solve(np.outer(x, X) + np.eye(3), x, assume_a="lower triangular").sum(), "assume_a='lower"),
    "ranks": (lambda x: st.spearmanr(x, X)[0], "spearmanr of an expression: ranks stay the same.*pearsonr"),
    "pairs in order": (lambda x: st.kendalltau(x, X)[0], "kendalltau of an expression: ranks stay"),
    "lu": (lambda x: sl.lu(np.outer(x, X) + np.eye(3))[2].sum(), "linalg.lu of an expression.*np.linalg.slogdet"),
    "Kummer": (lambda x: sp.hyp1f1(1.0, 2.0, x).sum(), r"slope in x is a/b\*hyp1f1\(a \+ 1, b \+ 1, x\)"),
    "Faddeeva": (lambda x: sp.wofz(x + 1j).real.sum(), r"scipy\.special\.wofz of complex numbers"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_graph_is_refused(name: str) -> None:
    f, said = REFUSED[name]
    for write in (lambda: ew.grad(f)(X), lambda: ew.trace(f, x=3), lambda: ew.trace(f, x=ew.tensor(3))):
        with pytest.raises(EdgewiseError, match=said) as caught:
            write()
        assert "test_options_of_numpys_functions.py:" in str(caught.value) and "\n" not in str(caught.value)


REMEDIES = {  # what the refusal of a function of a symmetric matrix says to write
    "sqrtm": (sl.sqrtm, lambda A: _by_eigenvalues(A, np.sqrt)), "logm": (sl.logm, lambda A: _by_eigenvalues(A, np.log)),
    "polar": (
        lambda A: sl.polar(A * np.vander([1, 2, 3.0]))[0],
        lambda A: (parts := np.linalg.svd(A * np.vander([1, 2, 3.0]), full_matrices=False))[0] @ parts[2]),
}  # fmt: skip


def _by_eigenvalues(A: Any, f: Callable[[Any], Any]) -> Any:
    w, V = np.linalg.eigh(A)
    return (V * f(w)) @ V.T


@pytest.mark.parametrize("name", REMEDIES)
def test_remedies_for_functions_of_matrices(name: str) -> None:
    refused, remedy = REMEDIES[name]
    whole = lambda f: lambda x: np.sum(f(np.outer(x, x) + np.diag([1, 2, 3.0])) * np.outer(X, [1, 2, 3.0]))
    with pytest.raises(EdgewiseError, match=rf"{name} of an expression has no graph.*write (w, V = np|U, _, Vh = np)"):
        ew.grad(whole(refused))(X)
    value, slopes = ew.value_and_grad(whole(remedy))(X)
    f, steps = whole(refused), 1e-6 * np.eye(3)
    assert value == pytest.approx(f(X), rel=1e-12)
    assert slopes == pytest.approx([(f(X + h) - f(X - h)) / 2e-6 for h in steps], rel=1e-6)


def test_the_triangle_that_is_read() -> None:
    A = np.array([[1.0, 7.0], [0.5, 2.0]])
    for side in ("L", "U"):
        for given in ((2, 2), ew.tensor(2, 2), ew.tensor("n", "n")):
            G = ew.trace(lambda A, side=side: np.linalg.eigvalsh(A, UPLO=side), A=given)
            np.testing.assert_allclose(G.compile()(A), np.linalg.eigvalsh(A, UPLO=side))


@pytest.mark.parametrize(
    "f",
    [
        lambda x: np.ravel(np.asfortranarray(np.outer(x, [1, 2, 3.0])), order="K") @ np.arange(9.0),
        lambda x: np.outer(x, [1, 2, 3.0]).T.ravel(order="A") @ np.arange(9.0),
    ],
)
def test_how_entries_lie_in_memory_is_known_of_arrays_of_scalars(f: Callable[[Any], Any]) -> None:
    assert ew.value_and_grad(f)(X)[0] == pytest.approx(f(X))
    assert ew.trace(f, x=3).evaluate(x=X).outputs[0] == pytest.approx(f(X))
    with pytest.raises(EdgewiseError, match="asks how entries lie in memory"):
        ew.trace(f, x=ew.tensor(3))


def test_an_array_of_another_shape_is_refused() -> None:
    with pytest.raises(ShapeError, match=r"of the shape \(3,\) is written into one of \(2, 3\)"):
        ew.grad(lambda x: np.sum(np.clip(x, 0, 1, out=np.zeros((2, 3)))))(X)


def test_bits_are_not_read() -> None:
    """A key of a cache by `x.tobytes()` would be that of places in memory."""
    for f in (lambda x: x.tobytes(), lambda x: x.byteswap()):
        with pytest.raises(EdgewiseError, match=r"reads the bits|has no attribute"):
            ew.grad(f)(X)


def test_arrays_of_expressions_have_the_type_of_the_numbers_they_stand_for() -> None:
    def f(x: Any) -> Any:
        assert x.dtype == float and np.issubdtype(x.dtype, np.floating) and (x > 0).dtype == bool
        assert np.result_type(x, 1.0) == np.float64 and np.can_cast(x, float) and np.common_type(x) is np.float64
        y = np.zeros(3, dtype=x.dtype)
        y[:] = x
        assert y.dtype == np.float64 and np.finfo(y.dtype).eps > 0
        return y @ x

    for given in GIVEN.values():
        assert ew.trace(f, x=given).evaluate(x=X).outputs[0] == pytest.approx(X @ X)
    assert ew.symbols("w", shape=3).dtype == object


def test_of_float32_arrays_float32_is_the_type() -> None:
    def f(x: Any) -> Any:
        assert x.dtype == np.float32
        y = np.zeros(3, dtype=x.dtype)
        y[0] = x[0]
        return np.sum(np.asarray(x.astype(np.float32), dtype="float32") ** 2, dtype=np.float32) + y[0]

    x = X.astype(np.float32)
    value, gradient = ew.value_and_grad(f)(x)
    assert (value.dtype, gradient.dtype) == (np.float32, np.float32)
    assert gradient == pytest.approx(2 * x + np.array([1, 0, 0]), rel=1e-7)
    assert ew.jit(f)(x) == value
    picked = lambda x, places, a: np.sum(a * x[places].astype(np.float32)) * 1.0
    assert ew.grad(picked)(x, np.array([0, 2, 2]), 0.5).tolist() == [0.5, 0.0, 1.0]
    assert ew.vmap(lambda x: 2 * x.astype(np.float32))(x).tolist() == (2 * x).tolist()
    with pytest.raises(EdgewiseError, match="turned into float32"):
        ew.grad(lambda x, y: np.sum((x * y).astype(np.float32)))(x, X)
