"""Means, spreads and shapes of samples, by `statistics` and `scipy.stats`: values are theirs, slopes those of them."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from statistics import fmean
from typing import Any

import numpy as np
import pytest
from scipy import stats

import edgewise as ew
from edgewise.errors import EdgewiseError, InputError, ShapeError

X = np.array([0.8, 1.3, 0.4, 2.2])
Y = [1.0, 3.0, 2.0, 2.5]
SAMPLES: dict[str, Callable[[Any], Any]] = {
    "mean": lambda x: statistics.mean(x),
    "fmean": lambda x: fmean(x) + fmean([x[0], 2 * x[1]]) + statistics.fmean(v**2 for v in x),
    "fmean by weights": lambda x: statistics.fmean(x, weights=[1, 2, 3, 4]) + statistics.fmean(Y, x),
    "medians": lambda x: statistics.median(x) + statistics.median([x[0], x[1], 3.0]),
    "geometric_mean": lambda x: statistics.geometric_mean(x),
    "harmonic_mean": lambda x: statistics.harmonic_mean(x) + statistics.harmonic_mean(x, [1, 2, 3, 4]),
    "variance": lambda x: statistics.variance(x) + statistics.pvariance(x),
    "stdev": lambda x: statistics.stdev(x) * statistics.pstdev(list(x)),
    "covariance": lambda x: statistics.covariance(x, Y) + statistics.correlation(Y, x),
    "regression": lambda x: sum(statistics.linear_regression(Y, x)) + statistics.linear_regression(x, Y).slope,
    "through 0": lambda x: statistics.linear_regression(Y, x, proportional=True).slope,
    "of numbers": lambda x: statistics.mean(Y) * statistics.stdev(Y) * x[0],
    "entropy": lambda x: stats.entropy(x) + stats.entropy(x, Y) + stats.entropy(Y, x, base=2),
    "entropy of rows": lambda x: stats.entropy(np.outer(x, Y) + 1, axis=1)[2],
    "zscore": lambda x: np.sum(stats.zscore(x) ** 3) + stats.zscore(x, ddof=1)[0],
    "gmean": lambda x: stats.gmean(x) + stats.gmean(np.outer(x, Y), axis=None, weights=None),
    "hmean": lambda x: stats.hmean(x) + stats.hmean(x, weights=[1, 2, 3, 4]),
    "moment": lambda x: stats.moment(x, 3) + stats.moment(x, order=2, center=0.5),
    "skew": lambda x: stats.skew(x) + stats.skew(x, bias=False),
    "skew of rows": lambda x: np.sum(stats.skew(np.outer(x, X) + np.eye(4), axis=1, keepdims=True)),
    "kurtosis": lambda x: stats.kurtosis(x) + stats.kurtosis(x, fisher=False, bias=False),
    "sem": lambda x: stats.sem(x) + stats.sem(np.outer(x, Y), axis=1, ddof=0)[1] + stats.variation(x, ddof=1),
    "pmean": lambda x: stats.pmean(x, 2.5) + stats.pmean(x, 0) + stats.pmean(x, -1, weights=[1, 2, 3, 4]),
    "trim_mean": lambda x: stats.trim_mean(x, 0.25) + np.sum(stats.trim_mean(np.outer(x, Y), 0.3, axis=1)),
    "iqr": lambda x: stats.iqr(x) + stats.iqr(np.outer(x, Y), rng=(10, 80), scale="normal"),
    "median_abs_deviation": lambda x: (
        stats.median_abs_deviation(x) / stats.median_abs_deviation(x, scale="normal") * x[0]
    ),
    "spread by mean": lambda x: stats.median_abs_deviation(x, center=np.mean),
    "pearsonr": lambda x: stats.pearsonr(x, Y)[0] + stats.pearsonr(Y, x).pvalue + stats.pearsonr(x, Y).statistic,
    "pearsonr greater": lambda x: stats.pearsonr(x, Y, alternative="greater")[1],
    "ttest_1samp": lambda x: stats.ttest_1samp(x, 0.4).statistic + stats.ttest_1samp(x, 0.4, alternative="less").pvalue,
    "ttest_rel": lambda x: sum(stats.ttest_rel(x, Y)),
    "ttest_ind": lambda x: sum(stats.ttest_ind(x, Y)),
    "welch": lambda x: stats.ttest_ind(x, Y, equal_var=False).statistic,
    "f_oneway": lambda x: sum(stats.f_oneway(x, Y, [0.3, 1.0, 0.2])),
    "chisquare": lambda x: sum(stats.chisquare(x)) + stats.chisquare(x, np.sum(x) * np.array([0.1, 0.2, 0.3, 0.4]))[1],
    "jarque_bera": lambda x: stats.jarque_bera(x).statistic * stats.jarque_bera(x).pvalue,
    "linregress": lambda x: sum(stats.linregress(Y, x)) + stats.linregress(Y, x).intercept_stderr,
    "nanmedian": lambda x: np.nanmedian(x) + np.sum(np.nanmedian(np.outer(x, Y), axis=1)),
    "nanquantile": lambda x: np.nanquantile(x, 0.3) + np.sum(np.nanpercentile(np.outer(x, Y), [10, 75], axis=0)),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_value_and_gradient(name: str) -> None:
    f, steps = SAMPLES[name], 1e-6 * np.eye(4)
    slopes = [(float(f(X + h)) - float(f(X - h))) / 2e-6 for h in steps]
    for found in (ew.value_and_grad(f)(X), ew.trace(f, x=4).gradient().simplify().compile()(X)):
        assert found[0] == pytest.approx(float(f(X)), rel=1e-12)
        assert found[1] == pytest.approx(slopes, rel=1e-6, abs=1e-8)


@pytest.mark.parametrize("name", ["mean", "variance", "geometric_mean", "zscore", "skew", "gmean", "kurtosis"])
def test_of_named_lengths(name: str) -> None:
    value, gradient = ew.trace(SAMPLES[name], x=ew.tensor("n")).gradient().simplify().compile()(X)
    wanted = ew.value_and_grad(SAMPLES[name])(X)
    assert value == pytest.approx(wanted[0]) and gradient == pytest.approx(wanted[1])


@pytest.mark.filterwarnings("ignore:All-NaN")
def test_quantiles_leave_out_what_is_no_number() -> None:
    rows = np.array([[0.8, np.nan, 0.4, 2.2], [np.nan, np.nan, 1.0, 3.0], [1.0, 2.0, 5.0, 4.0], [np.nan] * 4])
    f = lambda x: np.nanquantile(x, 0.3, axis=1, keepdims=True)
    G = ew.trace(f, x=ew.tensor("m", "n"))
    slopes = np.zeros((4, 4))
    slopes[0, [2, 0]], slopes[1, [2, 3]], slopes[2, [0, 1]] = (0.4, 0.6), (0.7, 0.3), (0.1, 0.9)
    slopes[3] = np.nan
    wanted = f(rows)
    for graph in (G, G.simplify()):
        np.testing.assert_allclose(graph.compile()(rows), wanted)
        np.testing.assert_allclose(graph.jacobian().compile()(rows)[1][[0, 1, 2], 0, [0, 1, 2]], slopes[:3], atol=1e-12)


@pytest.mark.parametrize(
    ("f", "said"),
    [
        (lambda x: stats.skew(x, nan_policy="omit"), "nan_policy"),
        (lambda x: stats.spearmanr(x, Y)[0], r"np\.corrcoef"),
        (lambda x: statistics.correlation(x, Y, method="ranked"), "ranks depend"),
    ],
)
def test_what_is_refused(f: Any, said: str) -> None:
    with pytest.raises(EdgewiseError, match=said) as caught:
        ew.grad(f)(X)
    assert "test_samples.py:" in str(caught.value)


def test_the_default_of_an_extreme_is_for_no_items() -> None:
    f = lambda x: max(x, default=0.0) * min([x[0], x[1]], default=7.0) + max([], default=x[2])
    assert ew.grad(f)(X) == pytest.approx([2.2, 0.0, 1.0, 0.8])


def test_arguments_that_a_function_does_not_take() -> None:
    f = lambda x, y: x * y
    calls: list[tuple[Callable[[], Any], str]] = [
        (lambda: ew.grad(f)(1.0), "missing a required argument: 'y'"),
        (lambda: ew.jit(f)(1.0, 2.0, 3.0), "too many positional arguments"),
        (lambda: ew.vmap(f)(np.ones(3)), "missing a required argument: 'y'"),
        (lambda: ew.hessian(f)(1.0, y=2.0, z=3.0), "unexpected keyword argument 'z'"),
    ]
    for call, said in calls:
        with pytest.raises(InputError, match=rf"<lambda> cannot be called so: .*{said}.*its arguments are \(x, y\)"):
            call()


def test_what_was_compiled_takes_no_expressions() -> None:
    f = ew.parse("x**2").compile()
    with pytest.raises(InputError, match="write the formula itself, or call what this was compiled from"):
        ew.grad(lambda x: f(x) * x)(3.0)


@pytest.mark.parametrize("function", [np.max, np.min, np.amax])
def test_an_extreme_of_nothing_names_the_users_line(function: Any) -> None:
    with pytest.raises(ShapeError, match=r"of no entries.*\(0,\) \(.*test_samples\.py:\d+\)"):
        ew.jit(lambda x: function(x))(np.zeros(0))
    assert ew.jit(lambda x: function(x, axis=0))(np.zeros((3, 0))).shape == (0,)
    value, slope = ew.value_and_grad(lambda x, start: function(x, initial=start), "start")(np.zeros(0), 2.5)
    assert (value, slope) == (2.5, 1.0)
    assert ew.jit(lambda x: function(x, axis=1, initial=0.5))(np.zeros((3, 0))).tolist() == [0.5] * 3


CDF, DENSITY = stats.norm.cdf, stats.gamma.pdf


def test_methods_of_distributions_that_were_bound_before() -> None:
    def call(price: Any, spread: Any) -> Any:
        d = (np.log(price / 1.1) + spread**2 / 2) / spread
        return price * CDF(d) - 1.1 * CDF(d - spread) + DENSITY(spread, 2.5)

    def closed() -> Callable[[Any], Any]:
        logarithm = stats.t.logpdf
        return lambda x: logarithm(x, 3.0) * 2

    before = CDF
    value, slopes = ew.value_and_grad(call, argnums=(0, 1))(1.0, 0.2)
    assert value == pytest.approx(call(1.0, 0.2))
    d = (np.log(1 / 1.1) + 0.02) / 0.2
    vega = (call(1.0, 0.2 + 1e-6) - call(1.0, 0.2 - 1e-6)) / 2e-6
    assert slopes == pytest.approx((stats.norm.cdf(d), vega))
    assert ew.grad(closed())(0.3) == pytest.approx(-2 * 4 * 0.3 / (3 + 0.09))
    assert CDF is before and isinstance(CDF(0.0), float)
