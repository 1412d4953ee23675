"""NumPy's functions of lists in which expressions stand beside numbers: as of the array of them."""

from __future__ import annotations

import collections
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import UnsupportedError

Call = Callable[[Any], Any]

CALLS: dict[str, Call] = {
    "sort": np.sort, "trapezoid": np.trapezoid, "median": np.median, "ptp": np.ptp, "cov": np.cov,
    "quantile": lambda v: np.quantile(v, 0.3), "polyval": lambda v: np.polyval(v, 2.0),
    "interp": lambda v: np.interp([0.5, 1.5], [0, 1, 2], v), "nansum": np.nansum, "nanmean": np.nanmean,
    "count_nonzero": lambda v: np.count_nonzero(v) * 1.0, "take": lambda v: np.take(v, [0, 2]), "round": np.round,
    "convolve": lambda v: np.convolve([1, 0.5], v), "correlate": lambda v: np.correlate(v, [1, 0.5]),
    "gradient": np.gradient, "pad": lambda v: np.pad(v, 1), "einsum": lambda v: np.einsum("i,i", v, v),
    "tensordot": lambda v: np.tensordot(v, v, 1), "broadcast_to": lambda v: np.broadcast_to(v, (2, 3)),
    "insert": lambda v: np.insert(v, 1, 5.0), "append": lambda v: np.append(v, v), "delete": lambda v: np.delete(v, 0),
    "flipud": np.flipud, "dstack": lambda v: np.dstack([v, v]), "concat": lambda v: np.concat([v, [1.0]]),
    "average": lambda v: np.average([1, 2, 3.0], weights=v), "where": lambda v: np.where([True, False, True], v, 0),
    "moveaxis": lambda v: np.moveaxis([v, v], 0, 1), "ediff1d": np.ediff1d, "sinc": np.sinc, "i0": np.i0,
    "cond": lambda v: np.linalg.cond([[v[0], 0.5], [v[1], v[2]]]), "nanmax": np.nanmax, "nan_to_num": np.nan_to_num,
    "lstsq": lambda v: np.linalg.lstsq([[1.0, 2], [3, 4], [5, 7]], v, rcond=None)[0], "real": np.real,
    "polyfit": lambda v: np.polyfit([0.0, 1.0, 2.0], v, 1), "bincount": lambda v: np.bincount([0, 1, 1], weights=v),
    "corrcoef": lambda v: np.corrcoef(v, [1.0, 5.0, 2.0])[0, 1], "a list is added": lambda v: np.array([1.0, 2, 3]) + v,
    "polynomial": lambda v: np.polynomial.polynomial.polyval(0.5, v), "Polynomial": lambda v: _poly(v)(0.5),
    "chebyshev": lambda v: np.polynomial.chebyshev.chebval(0.5, v), "a deque": lambda v: np.mean(collections.deque(v)),
}  # fmt: skip
ONLY_OF_TENSORS = {"sort", "median", "quantile", "cond"}
WRITTEN: dict[str, Callable[[Any, Any], None]] = {
    "places": lambda y, v: y.__setitem__([0, 1], v[:2]), "a range": lambda y, v: y.__setitem__(slice(0, 2), v[:2]),
    "put": lambda y, v: np.put(y, [0, 1], v[:2]), "copyto": lambda y, v: np.copyto(y, v),
}  # fmt: skip
X = np.array([0.7, 2.3])


def _poly(v: Any) -> Any:
    return np.polynomial.Polynomial(v)


def _same(f: Call, expected: Any, *, scalars: bool) -> None:
    for declared in ({"x": ew.tensor(2)}, {"x": ew.tensor("n")}):
        np.testing.assert_allclose(ew.trace(f, **declared).simplify().compile()(X), expected, rtol=1e-12)
    if scalars:
        got = ew.trace(lambda a, b: f((a, b)), "a", "b").evaluate({"a": X[0], "b": X[1]}).result
        np.testing.assert_allclose(got, expected, rtol=1e-12)


@pytest.mark.parametrize("name", CALLS)
def test_functions(name: str) -> None:
    call = CALLS[name]
    _same(lambda x: call([x[0], 0.5, x[1]]), call([X[0], 0.5, X[1]]), scalars=name not in ONLY_OF_TENSORS)


@pytest.mark.parametrize("name", WRITTEN)
@pytest.mark.parametrize("begin", [lambda v: np.zeros(3), lambda v: np.array(v) * 2])
def test_written_into_arrays(name: str, begin: Call) -> None:
    def f(x: Any) -> Any:
        y = begin([x[0], 0.5, x[1]])
        WRITTEN[name](y, [x[0], 0.5, x[1]])
        return y

    _same(f, f(X), scalars=True)


@pytest.mark.parametrize("call", [
    lambda v: np.exp(v), lambda v: np.heaviside(v, 0.5), lambda v: np.hypot([1.0, v[0]], 2.0),
])  # fmt: skip
@pytest.mark.parametrize("declared", [{"x": ew.tensor(2)}, {"x": 2}])
def test_elementwise_functions_say_what_to_write(call: Call, declared: Any) -> None:
    with pytest.raises(UnsupportedError, match=r"test_lists_of_expressions\.py:\d+\); make it an array first, np\.arr"):
        ew.trace(lambda x: call([x[0], 0.5]), **declared)


def test_elementwise_functions_of_named_dimensions() -> None:
    f: Call = lambda x: np.exp([x[0], 0.5]) @ np.maximum([x[1], 1], 1.5)
    np.testing.assert_allclose(ew.trace(f, x=ew.tensor("n")).simplify().compile()(X), f(X), rtol=1e-14)


KEYED: list[tuple[Call, float]] = [
    (lambda x: sum(k * v for k, (_, v) in enumerate(sorted({"b": x[0], "a": x[1]}.items()))), 0.7),
    (lambda x: sorted([("b", x[0]), ("a", x[1])], key=lambda kv: kv[0])[0][1], 2.3),
    (lambda x: max([("a", x[0]), ("b", x[1])], key=lambda kv: kv[0])[1] + min({"a": x[0], "b": x[1]}.items())[1], 3.0),
]


@pytest.mark.parametrize(("f", "expected"), KEYED)
def test_python_orders_by_names(f: Call, expected: float) -> None:
    """Not by the expressions beside them."""
    assert ew.trace(f, x=2).simplify().compile()(X) == pytest.approx(expected)
    with pytest.raises(UnsupportedError, match="depends on the data"):
        ew.trace(lambda x: sorted([(1, x[0]), (1, x[1])])[0][1], x=2)


TABLE = np.array([[0.7, 0.3], [0.2, 0.8], [0.5, 0.5]])


def test_arrays_of_numbers_at_places_that_are_inputs() -> None:
    def f(p: Any, seen: Any) -> Any:
        emitted = np.array(TABLE)
        return sum(np.log(p @ emitted[:, k]) for k in seen) + emitted[seen[0], seen].sum()

    p, seen = np.array([0.2, 0.3, 0.5]), np.array([1, 0, 1])
    run = ew.trace(f, p=ew.tensor(3), seen=ew.tensor(3, dtype=int)).gradient("p").simplify().compile()
    value, slope = run(p, seen)
    np.testing.assert_allclose(value, f(p, seen), rtol=1e-14)
    np.testing.assert_allclose(slope, sum(TABLE[:, k] / (p @ TABLE[:, k]) for k in seen), rtol=1e-13)


def test_entries_with_their_places() -> None:
    def f(x: Any) -> Any:
        return sum((i + 2 * j) * v**2 for (i, j), v in np.ndenumerate(x))

    X = np.arange(6.0).reshape(2, 3)
    wanted = 2 * X * (np.arange(2)[:, None] + 2 * np.arange(3))
    for declared in (ew.tensor(2, 3), (2, 3)):
        assert np.allclose(ew.trace(f, x=declared).gradient().compile()(X)[1], wanted)
    with pytest.raises(ew.EdgewiseError, match=r"np\.ndenumerate"):
        ew.trace(f, x=ew.tensor("n", 3))
