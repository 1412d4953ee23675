"""What users ordinarily write and a graph cannot take: a typed line with the place, and what to write instead."""

from __future__ import annotations

import math
import statistics
from typing import Any

import numpy as np
import pytest
import scipy.integrate
import scipy.sparse
import scipy.stats

import edgewise as ew
from edgewise.errors import UnsupportedError

PLAIN = np.zeros(3)


def first_two(p: Any) -> Any:
    a, b = p
    return a * b


def assigns(x: Any) -> Any:
    x[::-2] = 1.0
    return x


def deep(x: Any, n: Any) -> Any:
    return x if n == -1 else deep(x, n - 1) * x


ARRAY = r"single number here and is used as an array.*x=10.*edgewise\.tensor"
SCALARS: list[tuple[Any, str]] = [
    (lambda x: x[0] + x[1], ARRAY),
    (lambda x: sum(v for v in x), ARRAY),
    (lambda x: [v * 2 for v in x], ARRAY),
    (lambda x: len(x) * 2, ARRAY),
    (lambda x: x.shape[0], ARRAY),
    (lambda x: x.sum(), ARRAY),
    (lambda x: x @ x, ARRAY),
    (lambda x: math.atan2(*x), ARRAY),
    (first_two, ARRAY),
    (assigns, ARRAY),
    (lambda x: x.foo, "no attribute 'foo'"),
    (lambda x: f"{x:.3f}" and x, r'f"\{x\}"'),
    (lambda x: print("%f" % x), "no number yet"),  # noqa: UP031
    (lambda x: sum(k for k in range(x)), "range.*whole number"),
    (lambda x: [1, 2, 3][x], "index.*whole number"),
    (lambda x: PLAIN.__setitem__(0, x), r"np\.zeros\(n\).*np\.array\(C\)"),
    (lambda x: float(x), r"float\(\)"),
    (lambda x: x if x > 0 else -x, r"edgewise\.where"),
    (lambda x: x + "a", "real numbers"),
    (lambda x: x + None, "real numbers"),
    (lambda x: scipy.stats.kstwobign.logpdf(x), r"scipy\.stats takes numbers.*_kolmogp.*norm\.logpdf: "),
    (lambda x: scipy.integrate.quad(lambda t: t * x, 0, 1)[0], r"scipy\.integrate takes numbers in quad.*in a loop"),
    (lambda x: statistics.quantiles([x, 2 * x])[0], "truth of"),
]

NAMED: list[tuple[Any, str]] = [
    (lambda x: sum(x[k] for k in range(len(x))), "named dimension.*whole-array functions"),
    (lambda x: sum(x[k] for k in range(x.shape[0])), "named dimension.*whole-array functions"),
    (lambda x: [v for v in x], "named dimension"),  # noqa: C416
    (lambda x: x / float(len(x)), r"named dimension.*write n itself"),
    (lambda x: x[0] if x.shape[0] > 2 else x[1], "named dimension.*n > 2"),
    (lambda x: np.zeros(int(x.shape[0])), "named dimension"),
    (lambda x: x.tolist(), "named dimension"),
    (lambda x: assigns(x), r"write \[::2\]"),
    (lambda x: x[x > 0], r"np\.where"),
]


def _check(f: Any, declared: Any, message: str) -> None:
    with pytest.raises(ew.EdgewiseError, match=message) as caught:
        ew.trace(f, **declared)
    text = str(caught.value)
    assert "test_refusals.py:" in text
    assert "\n" not in text
    assert isinstance(caught.value, (TypeError, AttributeError))


@pytest.mark.parametrize(("f", "message"), SCALARS)
def test_of_scalars(f: Any, message: str) -> None:
    _check(f, {}, message)


@pytest.mark.parametrize(("f", "message"), NAMED)
def test_of_named_dimensions(f: Any, message: str) -> None:
    _check(f, {"x": ew.tensor("n")}, message)


def test_recursion_over_a_value() -> None:
    with pytest.raises(UnsupportedError, match=r"recursed too deeply.*test_refusals\.py:\d+.*loop"):
        ew.trace(lambda x: deep(x, 10**6), "x")


def raises(error: Exception) -> Any:
    def f(x: Any) -> Any:
        raise error

    return f


@pytest.mark.parametrize(
    "error",
    [TypeError("a Tensor must be positive"), AttributeError("'Expr' object has no attribute 'mine'"), KeyError("x")],
)
def test_what_users_raise_themselves_passes_through(error: Exception) -> None:
    with pytest.raises(type(error)) as caught:
        ew.trace(raises(error), "x")
    assert caught.value is error


def test_what_can_be_written() -> None:
    assert str(ew.trace(lambda x: f"{x}" and x * 2, "x").evaluate(x=2.0).outputs) == "(4.0,)"
    assert ew.trace(math.exp, "x").evaluate(x=0.0).outputs == (1.0,)


TABLES: list[tuple[Any, str]] = [
    (lambda x: (SERIES * x).rolling(2).mean().sum(), r"pandas takes numbers.*np\.asarray\(table\)"),
    (lambda x: x["a"].sum(), "an index of type str"),
    (lambda x: x.values.sum(), r"np\.asarray\(d\)"),
    (lambda x: x.iloc[0], r"np\.asarray\(d\)"),
    (lambda x: x.mean("t"), "an axis 't' of type str"),
    (lambda x: x.view(np.int64).sum(), r"x\.view\(int64\).*reshape"),
    (lambda x: x.view(3, 1).sum(), r"x\.view\(3, 1\).*reshape"),
    (lambda x: PLAIN[x[0]], r"indexed by .*np\.array\(C\)\[i\]"),
    (lambda x: scipy.sparse.diags(x).sum(), r"scipy\.sparse takes numbers in diags"),
    (lambda x: scipy.stats.differential_entropy(x), r"scipy\.stats takes numbers"),
    (lambda x: x.foo(), "a Tensor has no attribute 'foo'"),
    (lambda x: x.summ(), "did you mean 'sum'"),
]
"""What is done with tables, with the line of the user's own and not of a library's."""
SERIES: Any = None


@pytest.mark.parametrize(("f", "message"), TABLES)
def test_of_tables(f: Any, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "pandas" in message:
        pandas = pytest.importorskip("pandas")
        monkeypatch.setitem(globals(), "SERIES", pandas.Series([1.0, 2.0, 3.0]))
    _check(f, {"x": ew.tensor(3)}, message)


@pytest.mark.parametrize("f", [lambda x: (v for v in x), lambda x: None, lambda x: (x.sum(), x.sum()), lambda x: x * 2])
def test_what_is_returned_is_refused_with_the_functions_line(f: Any) -> None:
    with pytest.raises(ew.EdgewiseError, match=r"returned .*test_refusals\.py:\d+"):
        ew.grad(f)(np.ones(3))
