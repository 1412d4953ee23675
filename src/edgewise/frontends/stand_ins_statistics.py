"""Means, spreads and shapes of samples, by Python's `statistics` and by `scipy.stats`, on expressions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from types import ModuleType
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.frontends.given import expressions, is_symbolic, on_expressions
from edgewise.graph import FUNCTIONS, Expr, refused
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
    """A function of a sample along an axis, the first one unless another is named, of some all of them."""

    usual = None if name in ("iqr", "jarque_bera") else 0

    def call(a: Any, *args: Any, axis: Any = usual, keepdims: bool = False, **options: Any) -> Any:
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


def _sem(a: Any, *, axis: int, ddof: int = 1) -> Any:
    return np.std(a, axis=axis, ddof=ddof) / np.sqrt(np.array(1.0) * t.shape_of(a)[axis])


def _variation(a: Any, *, axis: int, ddof: int = 0) -> Any:
    return np.std(a, axis=axis, ddof=ddof) / np.mean(a, axis=axis)


def _pmean(a: Any, p: Any, *, axis: int, weights: Any = None) -> Any:
    if not isinstance(p, Expr) and p == 0:
        return _gmean(a, axis=axis, weights=weights)
    return np.average(a**p, axis=axis, weights=weights) ** (1 / p)


def _trim_mean(a: Any, proportiontocut: float, *, axis: int) -> Any:
    cut = int(proportiontocut * t.shape_of(a)[axis])
    rows = np.moveaxis(np.sort(a, axis=axis), axis, 0)
    return np.mean(rows[cut : t.shape_of(a)[axis] - cut], axis=0)


def _median_abs_deviation(a: Any, *, axis: int, center: Any = np.median, scale: Any = 1.0) -> Any:
    middle = np.expand_dims(center(a, axis=axis), axis)
    by = {"normal": 0.6744897501960817}.get(scale, scale) if isinstance(scale, str) else scale
    return np.median(np.abs(a - middle), axis=axis) / by


def _iqr(a: Any, *, axis: int, rng: Any = (25, 75), scale: Any = 1.0) -> Any:
    low, high = (np.percentile(a, q, axis=axis) for q in sorted(rng))
    by = {"normal": 1.3489795003921634}.get(scale, scale) if isinstance(scale, str) else scale
    return (high - low) / by


# --- tests of samples: what of their results is asked for is differentiated ------------------------------------------


def _beyond(statistic: Any, df: Any, alternative: str) -> Any:
    """The probability of Student's t beyond a statistic."""
    tail = FUNCTIONS["betainc"](df / 2, 0.5, df / (df + statistic**2)) / 2
    if alternative == "two-sided":
        return 2 * tail
    above = np.where(statistic >= 0, tail, 1 - tail)
    return above if alternative == "greater" else 1 - above


def _pearsonr(x: Any, y: Any, *, alternative: str = "two-sided") -> Any:
    r, n = _correlation(x, y), t.shape_of(x)[0]
    return _Tested(r, _beyond(r * np.sqrt((n - 2) / ((1 - r) * (1 + r))), n - 2, alternative))


def _ttest(found: Any, spread: Any, df: Any, alternative: str) -> Any:
    statistic = found / np.sqrt(spread)
    return _Tested(statistic, _beyond(statistic, df, alternative))


def _ttest_1samp(a: Any, popmean: Any, *, axis: int = 0, alternative: str = "two-sided") -> Any:
    n = t.shape_of(a)[axis]
    return _ttest(np.mean(a, axis=axis) - popmean, np.var(a, axis=axis, ddof=1) / n, n - 1, alternative)


def _ttest_rel(a: Any, b: Any, *, axis: int = 0, alternative: str = "two-sided") -> Any:
    return _ttest_1samp(a - b, 0.0, axis=axis, alternative=alternative)


def _ttest_ind(a: Any, b: Any, *, axis: int = 0, equal_var: bool = True, alternative: str = "two-sided") -> Any:
    m, n = t.shape_of(a)[axis], t.shape_of(b)[axis]
    one, other = np.var(a, axis=axis, ddof=1), np.var(b, axis=axis, ddof=1)
    df: Any = m + n - 2
    spread = ((m - 1) * one + (n - 1) * other) / df * (1 / m + 1 / n)
    if not equal_var:
        spread = one / m + other / n
        df = spread**2 / ((one / m) ** 2 / (m - 1) + (other / n) ** 2 / (n - 1))
    return _ttest(np.mean(a, axis=axis) - np.mean(b, axis=axis), spread, df, alternative)


def _f_oneway(*samples: Any, axis: int = 0) -> Any:
    sizes = [t.shape_of(sample)[axis] for sample in samples]
    means = [np.mean(sample, axis=axis) for sample in samples]
    whole = sum(size * mean for size, mean in zip(sizes, means, strict=True)) / sum(sizes)
    between = sum(size * (mean - whole) ** 2 for size, mean in zip(sizes, means, strict=True))
    within = sum(size * np.var(sample, axis=axis) for size, sample in zip(sizes, samples, strict=True))
    groups, rest = len(samples) - 1, sum(sizes) - len(samples)
    statistic = between / groups / (within / rest)
    return _Tested(statistic, FUNCTIONS["betainc"](rest / 2, groups / 2, rest / (rest + groups * statistic)))


def _chisquare(f_obs: Any, f_exp: Any = None, ddof: int = 0, axis: Any = 0) -> Any:
    wanted = np.mean(f_obs, axis=axis, keepdims=True) if f_exp is None else f_exp
    statistic = np.sum((f_obs - wanted) ** 2 / wanted, axis=axis)
    return _Tested(statistic, FUNCTIONS["gammaincc"]((t.shape_of(f_obs)[axis] - 1 - ddof) / 2, statistic / 2))


def _jarque_bera(x: Any, *, axis: int) -> Any:
    n = t.shape_of(x)[axis]
    statistic = n / 6 * (_skew(x, axis=axis) ** 2 + _kurtosis(x, axis=axis) ** 2 / 4)
    return _Tested(statistic, np.exp(-statistic / 2))


def _linregress(x: Any, y: Any, alternative: str = "two-sided") -> Any:
    n = t.shape_of(x)[0]
    spread, along = np.mean((x - np.mean(x)) ** 2), np.mean((x - np.mean(x)) * (y - np.mean(y)))
    slope, r = along / spread, _correlation(x, y)
    error = np.sqrt((1 - r) * (1 + r) * np.mean((y - np.mean(y)) ** 2) / spread / (n - 2))
    known = slope, np.mean(y) - slope * np.mean(x), r, _beyond(slope / error, n - 2, alternative), error
    return _Line(*known, intercept_stderr=error * np.sqrt(spread + np.mean(x) ** 2))


class _Tested(NamedTuple):
    statistic: Any
    pvalue: Any

    @property
    def correlation(self) -> Any:
        return self.statistic


class _Line(tuple[Any, ...]):
    """The five parts that unpack, and the sixth by its name."""

    intercept_stderr: Any

    def __new__(cls, *parts: Any, intercept_stderr: Any) -> _Line:
        made = super().__new__(cls, parts)
        made.intercept_stderr = intercept_stderr
        return made

    slope = property(lambda self: self[0])
    intercept = property(lambda self: self[1])
    rvalue = property(lambda self: self[2])
    pvalue = property(lambda self: self[3])
    stderr = property(lambda self: self[4])


_TESTS: Final[Mapping[str, Callable[..., Any]]] = {
    "pearsonr": _pearsonr, "ttest_1samp": _ttest_1samp, "ttest_rel": _ttest_rel, "ttest_ind": _ttest_ind,
    "f_oneway": _f_oneway, "chisquare": _chisquare, "linregress": _linregress,
}  # fmt: skip
_OF_SAMPLES: Final[Mapping[str, Callable[..., Any]]] = {
    "entropy": _entropy, "zscore": _zscore, "gmean": _gmean, "hmean": _hmean, "moment": _moment, "skew": _skew,
    "kurtosis": _kurtosis, "sem": _sem, "variation": _variation, "pmean": _pmean, "trim_mean": _trim_mean, "iqr": _iqr,
    "median_abs_deviation": _median_abs_deviation, "jarque_bera": _jarque_bera,
}  # fmt: skip
_PLAIN: Final = frozenset(("qk", "base", "order", "p", "proportiontocut"))
_TAKEN: Final = {name: frozenset(function.__kwdefaults__ or ()) | _PLAIN for name, function in _OF_SAMPLES.items()}


_OF_RANKS: Final = ("rankdata", "spearmanr", "kendalltau", "weightedtau", "mannwhitneyu", "wilcoxon", "kruskal")


def _of_ranks(name: str) -> Callable[..., Any]:
    def call(original: Any, *args: Any, **options: Any) -> Any:
        if is_symbolic([*args, *options.values()]):
            raise refused(
                f"scipy.stats.{name} of an expression: ranks stay the same between ties, so that every derivative is 0",
                "compute it outside, or write scipy.stats.pearsonr or np.corrcoef, which have slopes",
            )
        return original(*args, **options)

    return call


def _stats_rows(module: ModuleType) -> dict[str, Any]:
    return {name: _row(_of_axis(name, function)) for name, function in _OF_SAMPLES.items()} | {
        **{name: _row(function) for name, function in _TESTS.items()},
        **{name: _of_ranks(name) for name in _OF_RANKS},
    }


TABLES: Final[Mapping[str, Callable[[ModuleType], Mapping[str, Any]]]] = {
    "statistics": _statistics_rows, "scipy.stats": _stats_rows,
}  # fmt: skip
"""Module → what its names do while a function is traced."""
MENTIONED: Final[Mapping[str, frozenset[str]]] = {
    "statistics": frozenset((
        "mean", "fmean", "median", "geometric_mean", "harmonic_mean", "variance", "pvariance", "stdev", "pstdev",
        "covariance", "correlation", "linear_regression",
    )),
    "scipy.stats": frozenset((*_OF_SAMPLES, *_TESTS, *_OF_RANKS)),
}  # fmt: skip
"""They are left alone unless the code uses one of these names."""
