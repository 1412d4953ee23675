"""Means, spreads and shapes of samples, by Python's `statistics` and by `scipy.stats`, on expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import expressions, on_expressions
from edgewise.graph import FUNCTIONS, refused
from edgewise.graph.arrays.filled import settled
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["MENTIONED", "TABLES"]


def _row(function: Callable[..., Any]) -> Callable[..., Any]:
    return on_expressions(function, _given)


def _given(value: Any) -> Any:
    value = settled(value)
    return expressions(value) if isinstance(value, (list, tuple)) else value


# --- statistics ------------------------------------------------------------------------------------------------------


def _fmean(data: Any, weights: Any = None) -> Any:
    return np.average(data, weights=weights)


def _harmonic_mean(data: Any, weights: Any = None) -> Any:
    return 1 / np.average(1 / data, weights=weights)


def _variance(ddof: int) -> Callable[..., Any]:
    def call(data: Any, mean: Any = None) -> Any:
        middle = np.mean(data) if mean is None else mean
        return np.sum((data - middle) ** 2) / (t.shape_of(data)[0] - ddof)

    return call


def _covariance(x: Any, y: Any, /) -> Any:
    return np.sum((x - np.mean(x)) * (y - np.mean(y))) / (t.shape_of(x)[0] - 1)


def _correlation(x: Any, y: Any, /, *, method: str = "linear") -> Any:
    if method != "linear":
        raise refused(f"statistics.correlation with method={method!r}: ranks depend on the data", "use 'linear'")
    return _covariance(x, y) / np.sqrt(_covariance(x, x) * _covariance(y, y))


def _linear_regression(kind: type, x: Any, y: Any, /, *, proportional: bool = False) -> Any:
    if proportional:
        return kind(np.sum(x * y) / np.sum(x * x), 0.0)
    slope = _covariance(x, y) / _covariance(x, x)
    return kind(slope, np.mean(y) - slope * np.mean(x))


def _statistics_rows(module: Any) -> dict[str, Any]:
    return {
        "mean": _row(np.mean), "fmean": _row(_fmean), "median": _row(np.median),
        "geometric_mean": _row(lambda data: np.exp(np.mean(np.log(data)))), "harmonic_mean": _row(_harmonic_mean),
        "variance": _row(_variance(1)), "pvariance": _row(_variance(0)),
        "stdev": _row(lambda *args: np.sqrt(_variance(1)(*args))),
        "pstdev": _row(lambda *args: np.sqrt(_variance(0)(*args))),
        "covariance": _row(_covariance), "correlation": _row(_correlation),
        "linear_regression": _row(partial(_linear_regression, module.LinearRegression)),
    }  # fmt: skip


# --- scipy.stats -----------------------------------------------------------------------------------------------------


def _of_axis(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of a sample along an axis, the first one unless another is named."""

    def call(a: Any, *args: Any, axis: Any = 0, keepdims: bool = False, **options: Any) -> Any:
        if unknown := options.keys() - _TAKEN[name]:
            raise refused(f"scipy.stats.{name} with {min(unknown)}=", "leave it away, or write the formula")
        if axis is None:
            a, axis = np.ravel(a), 0
        found = function(a, *args, axis=axis, **options)
        return np.expand_dims(found, axis) if keepdims else found

    return call


def _entropy(pk: Any, qk: Any = None, base: Any = None, *, axis: int) -> Any:
    p = pk / np.sum(pk, axis=axis, keepdims=True)
    q = 1 if qk is None else qk / np.sum(qk, axis=axis, keepdims=True)
    sign = -1 if qk is None else 1
    return sign * np.sum(FUNCTIONS["xlogy"](p, p / q), axis=axis) / (1 if base is None else np.log(base))


def _zscore(a: Any, *, axis: int, ddof: int = 0) -> Any:
    return (a - np.mean(a, axis=axis, keepdims=True)) / np.std(a, axis=axis, ddof=ddof, keepdims=True)


def _gmean(a: Any, *, axis: int, weights: Any = None) -> Any:
    return np.exp(np.average(np.log(a), axis=axis, weights=weights))


def _hmean(a: Any, *, axis: int, weights: Any = None) -> Any:
    return 1 / np.average(1 / a, axis=axis, weights=weights)


def _moment(a: Any, order: int = 1, *, axis: int, center: Any = None) -> Any:
    middle = np.mean(a, axis=axis, keepdims=True) if center is None else center
    return np.mean((a - middle) ** order, axis=axis)


def _skew(a: Any, *, axis: int, bias: bool = True) -> Any:
    found = _moment(a, 3, axis=axis) / _moment(a, 2, axis=axis) ** 1.5
    n = t.shape_of(a)[axis]
    return found if bias else found * ((n - 1.0) * n) ** 0.5 / (n - 2.0)


def _kurtosis(a: Any, *, axis: int, fisher: bool = True, bias: bool = True) -> Any:
    found, n = _moment(a, 4, axis=axis) / _moment(a, 2, axis=axis) ** 2, t.shape_of(a)[axis]
    if not bias:
        found = ((n**2 - 1.0) * found - 3 * (n - 1.0) ** 2) / (n - 2.0) / (n - 3.0) + 3
    return found - 3 if fisher else found


_OF_SAMPLES: Final[Mapping[str, Callable[..., Any]]] = {
    "entropy": _entropy, "zscore": _zscore, "gmean": _gmean, "hmean": _hmean, "moment": _moment, "skew": _skew,
    "kurtosis": _kurtosis,
}  # fmt: skip
_TAKEN: Final = {name: frozenset(function.__kwdefaults__ or ()) | {"qk", "base", "order"} for name, function in (
    _OF_SAMPLES.items())}  # fmt: skip


def _stats_rows(module: ModuleType) -> dict[str, Any]:
    return {name: _row(_of_axis(name, function)) for name, function in _OF_SAMPLES.items()}


TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = {
    "statistics": _statistics_rows, "scipy.stats": _stats_rows,
}  # fmt: skip
"""Module → what its names do while a function is traced."""
MENTIONED: Final[Mapping[str, frozenset[str]]] = {
    "statistics": frozenset((
        "mean", "fmean", "median", "geometric_mean", "harmonic_mean", "variance", "pvariance", "stdev", "pstdev",
        "covariance", "correlation", "linear_regression",
    )),
    "scipy.stats": frozenset(_OF_SAMPLES),
}  # fmt: skip
"""They are left alone unless the code uses one of these names."""
