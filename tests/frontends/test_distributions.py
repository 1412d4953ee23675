"""SciPy's distributions in a traced function: SciPy says what their values are, small steps what their slopes are."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import scipy.stats as stats

import edgewise as ew
from edgewise.errors import UnsupportedError

CONTINUOUS = {
    "norm": (), "expon": (), "gamma": (1.7,), "beta": (2.3, 1.4), "laplace": (), "logistic": (), "chi2": (3.2,),
    "lognorm": (0.7,), "weibull_min": (1.8,), "invgamma": (2.5,), "uniform": (), "halfnorm": (), "gumbel_r": (),
    "rayleigh": (), "truncexpon": (1.5,), "invgauss": (0.6,), "powerlaw": (2.2,), "semicircular": (),
}  # fmt: skip
DISCRETE = {"poisson": (1.7,), "binom": (9, 0.3), "nbinom": (2.4, 0.4), "geom": (0.3,), "bernoulli": (0.3,)}
AT = np.array([0.13, 0.55, 0.81])


def pdf(d: Any, x: Any, *shapes: Any, **moved: Any) -> Any:
    return np.sum(d.pdf(x, *shapes, **moved) * AT)


def logpdf(d: Any, x: Any, *shapes: Any, **moved: Any) -> Any:
    return np.sum(d.logpdf(x, *shapes, **moved) * AT)


def cdf(d: Any, x: Any, *shapes: Any, **moved: Any) -> Any:
    return np.sum(d.cdf(x, *shapes, **moved) * AT)


def logsf(d: Any, x: Any, *shapes: Any, **moved: Any) -> Any:
    return np.sum(d.logsf(x, *shapes, **moved) * AT)


@pytest.mark.parametrize("name", CONTINUOUS)
def test_of_real_numbers(name: str) -> None:
    """In the place, and in the scale: the value, and the slope."""
    d, shapes = getattr(stats, name), CONTINUOUS[name]
    x = d.ppf(AT, *shapes) * 1.3 + 0.2
    for method in (logpdf, pdf, cdf, logsf):

        def f(x: Any, s: Any, method: Any = method) -> Any:
            return method(d, x, *shapes, loc=0.2, scale=s)

        value, (along, scaled) = ew.value_and_grad(f, (0, 1))(x, 1.3)
        np.testing.assert_allclose(value, f(x, 1.3), rtol=1e-11)
        steps = [f(x + h, 1.3) - f(x - h, 1.3) for h in (1e-5 * np.eye(3))], f(x, 1.3 + 1e-5) - f(x, 1.3 - 1e-5)
        np.testing.assert_allclose(along, np.array(steps[0]) / 2e-5, rtol=2e-6, atol=1e-7)
        np.testing.assert_allclose(scaled, steps[1] / 2e-5, rtol=2e-6, atol=1e-7)


@pytest.mark.parametrize("name", DISCRETE)
def test_of_whole_numbers(name: str) -> None:
    """In a parameter; beside the support and between whole numbers it is 0."""
    d, (*first, last) = getattr(stats, name), DISCRETE[name]
    for k in (np.array([0.0, 1.0, 3.0]), np.array([1.0, -2.0, 0.5])):

        def f(p: Any, k: Any = k) -> Any:
            return np.sum(d.pmf(k, *first, p) * AT)

        value, slope = ew.value_and_grad(f)(last)
        np.testing.assert_allclose(value, f(last), rtol=1e-12)
        np.testing.assert_allclose(slope, (f(last + 1e-5) - f(last - 1e-5)) / 2e-5, rtol=1e-7, atol=1e-9)
    G = ew.trace(lambda p: d.logpmf(np.array([1.0, 0.5]), *first, p), "p")
    assert G.evaluate({"p": last}).result[1] == -np.inf


@pytest.mark.parametrize(
    "declared", [{"x": ew.tensor("n"), "m": ew.tensor(), "s": ew.tensor()}, {"x": 3, "m": (), "s": ()}]
)
def test_frozen_and_its_quantiles(declared: Any) -> None:
    """A frozen distribution keeps its parameters, which may be expressions."""

    def f(x: Any, m: Any, s: Any) -> Any:
        d = stats.norm(m, scale=s)
        return d.logcdf(x).sum() + d.ppf(0.2) * d.isf(0.3) + d.sf(x[0])

    got = ew.trace(f, **declared).simplify().compile()(AT, 0.4, 1.2)
    np.testing.assert_allclose(got, f(AT, 0.4, 1.2), rtol=1e-13)


def test_outside_the_support_nothing_flows() -> None:
    f = lambda x: stats.beta.logpdf(x, 2.0, 3.0)
    assert ew.value_and_grad(f)(1.5) == (-np.inf, 0.0)
    assert ew.value_and_grad(lambda x: stats.expon.cdf(x))(-1.0) == (0.0, 0.0)


@pytest.mark.parametrize("cov", [np.array([[2.0, 0.3], [0.3, 1.0]]), np.array([0.7, 1.9]), 1.4])
def test_of_several_variables(cov: Any) -> None:
    """Values are SciPy's, for a matrix, a diagonal and one number, frozen too."""
    x, m = np.array([[0.3, -1.0], [2.0, 0.1], [0.0, 0.4]]), np.array([0.2, -0.4])

    def f(m: Any, cov: Any) -> Any:
        frozen = stats.multivariate_normal(m, cov)
        return np.sum(stats.multivariate_normal.logpdf(x, m, cov)) + frozen.pdf(x[0])

    value, slope = ew.value_and_grad(f)(m, cov)
    np.testing.assert_allclose(value, f(m, cov), rtol=1e-13)
    steps = [f(m + h, cov) - f(m - h, cov) for h in 1e-5 * np.eye(2)]
    np.testing.assert_allclose(slope, np.array(steps) / 2e-5, rtol=1e-7)


def test_of_parts_of_a_whole() -> None:
    p, counts = np.array([0.2, 0.3, 0.5]), np.array([1, 2, 4])

    def f(p: Any, alpha: Any) -> Any:
        share = p / p.sum()
        return stats.dirichlet.logpdf(share, alpha) + stats.multinomial.logpmf(counts, 7, share)

    alpha = np.array([1.5, 0.7, 2.0])
    value, (along, _) = ew.value_and_grad(f, (0, 1))(p, alpha)
    np.testing.assert_allclose(value, f(p, alpha), rtol=1e-13)
    steps = [f(p + h, alpha) - f(p - h, alpha) for h in 1e-5 * np.eye(3)]
    np.testing.assert_allclose(along, np.array(steps) / 2e-5, rtol=1e-6, atol=1e-8)


def test_what_has_no_formula_says_so() -> None:
    with pytest.raises(UnsupportedError, match=r"scipy\.stats takes numbers.*test_distributions\.py:\d+.*write the"):
        ew.trace(lambda x: stats.kstwobign.logpdf(x), "x")
    with pytest.raises(UnsupportedError, match=r"allow_singular.*test_distributions\.py:\d+"):
        ew.trace(lambda m: stats.multivariate_normal.logpdf([0.0, 1.0], m, np.eye(2), True), m=2)


def test_numbers_stay_scipys_own() -> None:
    """Behind a trace, and in it where nothing is an expression."""
    before = vars(stats.rv_continuous)["logpdf"]
    G = ew.trace(lambda x: x * stats.norm.logpdf(0.3) + stats.poisson.pmf(2, 1.5), "x")
    assert G.evaluate({"x": 2.0}).result == 2.0 * stats.norm.logpdf(0.3) + stats.poisson.pmf(2, 1.5)
    assert vars(stats.rv_continuous)["logpdf"] is before
    assert np.isnan(stats.norm.logpdf(0.3, scale=-1.0))
