"""Arrays that a function computes are written into, in every way NumPy has, and however the arrays are declared."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import UnsupportedError

X = np.arange(12.0).reshape(4, 3) + 0.5
WRITTEN: dict[str, Callable[[Any], Any]] = {}
NUMBERED: dict[str, Callable[[Any], Any]] = {}
"""Those that named dimensions refuse."""


def entered(table: dict[str, Callable[[Any], Any]]) -> Callable[[Callable[[Any], Any]], Callable[[Any], Any]]:
    def enter(function: Callable[[Any], Any]) -> Callable[[Any], Any]:
        table[function.__name__] = function
        return function

    return enter


@entered(WRITTEN)
def entries_of_a_sum(x):
    y = 1 + x
    y[0] = x[1] ** 2
    y[1, 2] = y[2, 0] = x[3, 1] * x[0, 0]
    return np.sum(y * x)


@entered(WRITTEN)
def slices_changed(x):
    y = np.sin(x)
    y[1:] *= 2
    y[:, 1] -= x[:, 0]
    y[1:, :2] /= 3
    y[...] += 1
    return np.sum(y * x)


@entered(WRITTEN)
def the_argument(x):
    x += 1
    x[0] *= 2
    return np.sum(x**2)


@entered(WRITTEN)
def a_slice_with_a_name(x):
    y = 2 * x
    row = y[1:]
    row *= 2
    row[0] = 7
    inner = row[1:]
    inner[0] = x[0]
    return np.sum(y * x) + np.sum(row)


@entered(WRITTEN)
def a_slice_in_a_dictionary(x):
    y = 2 * x
    held = {"rows": y[1:]}
    held["rows"] *= 2
    return np.sum(y * x)


@entered(WRITTEN)
def slices_that_overlap(x):
    y = 2 * x
    one, other = y[1:], y[2:]
    inner = other[:, 1]
    one[0] = 7
    one[1, 1] = x[0, 0]
    y[1:] = y[:-1]
    y[0, :] = y[1, :]
    inner += 1
    return np.sum(one * x[1:]) + np.sum(other * x[2:]) + inner @ x[2:, 0] + np.sum(y * x)


@entered(WRITTEN)
def one_row_after_the_other(x):
    y = x * 2
    for k in range(3):
        y[k] = y[k + 1] - y[k]
    return np.sum(y * x)


@entered(WRITTEN)
def where_a_condition_holds(x):
    y = 2 * x
    y[x > 5] = 0
    y[x < 2] += 1
    y[y < 4.5] *= -1
    y[y > 9.5] = y[y > 9.5] ** 2
    y[x[:, 0] > 8] = 3.0
    return np.sum(y * x)


@entered(WRITTEN)
def rows_at_places(x):
    y = 2 * x
    y[[0, 2]] = x[[2, 0]]
    y[np.array([True, False, True, False])] *= 2
    return np.sum(y * x)


@entered(WRITTEN)
def added_at_places(x):
    y = x * 1.0
    np.add.at(y, [0, 0, -1], x[:3])
    np.subtract.at(y, ([0, 1, 0], [1, 1, 1]), np.array([5.0, 3.0, 1.0]))
    return np.sum(y * x)


@entered(WRITTEN)
def diagonals(x):
    y = x @ x.T
    np.fill_diagonal(y, x[:, 0])
    y[0, 1] = 5.0
    z = x.T @ x
    np.fill_diagonal(z, 2.0)
    return np.sum(y * y) + np.sum(z)


@entered(WRITTEN)
def by_functions_that_write(x):
    y = x * 2
    np.copyto(y, x, where=x > 3)
    np.putmask(y, x < 2, 9.0)
    np.add(y, x, out=y)
    np.maximum(y, 5, out=y, where=x > 3)
    z = np.zeros_like(x)
    np.multiply(x, 2, out=z)
    return np.sum(y * x) + np.sum(z**2)


@entered(WRITTEN)
def sorted_and_selected(x):
    y = np.sort(x[:, 0])
    y[0] = 0
    z = np.where(x > 3, x, 0)
    z[-2:] = z[:2]
    return y @ x[:, 1] + np.sum(z * x)


@entered(WRITTEN)
def sums_and_their_rows(x):
    y = x / 10
    s = y.sum()
    s += 1
    y += s
    a = b = y
    a[0] = s
    return b.sum()


@entered(WRITTEN)
def what_another_function_changes(x):
    def clear(z):
        z[0] = 0.0

    y = x * 1
    clear(y)
    return np.sum(y * x)


@entered(NUMBERED)
def rows_of_a_loop(x):
    y = x * 2
    for row in y:
        row -= row.mean()
    return np.sum(y * x)


@entered(NUMBERED)
def every_second(x):
    y = np.exp(x / 10)
    y[1::2] = 0
    y[:, [0, 2]] += 1
    y[np.diag_indices(3)] += 1
    return np.sum(y * x)


def _slope(f: Callable[[Any], Any]) -> tuple[Any, float]:
    d = np.cos(X)
    return d, (f(X + 1e-6 * d) - f(X - 1e-6 * d)) / 2e-6


@pytest.mark.parametrize("name", [*WRITTEN, *NUMBERED])
def test_value_and_gradient_are_numpys(name: str) -> None:
    f = {**WRITTEN, **NUMBERED}[name]
    given = X.copy()
    value, gradient = ew.value_and_grad(f)(given)
    d, slope = _slope(f)
    assert np.array_equal(given, X)
    assert value == pytest.approx(f(X.copy()), rel=1e-13)
    assert np.sum(gradient * d) == pytest.approx(slope, rel=1e-6)
    assert ew.trace(f, x=(4, 3)).compile(backend="numpy")(X) == pytest.approx(value, rel=1e-13)


@pytest.mark.parametrize("name", WRITTEN)
def test_named_dimensions_too(name: str) -> None:
    f = WRITTEN[name]
    B = ew.trace(f, x=ew.tensor("n", 3)).gradient().simplify()
    value, gradient = B.compile(backend="numpy")(X)
    d, slope = _slope(f)
    assert value == pytest.approx(f(X.copy()), rel=1e-13)
    assert np.sum(gradient * d) == pytest.approx(slope, rel=1e-6)


def turned(x):
    y = 2 * x
    z = y.T
    z[0] = 1.0
    return np.sum(y)


def of_another_condition(x):
    y = x * 1
    y[x > 5] = x[x > 3]
    return np.sum(y)


def to_what_depends_on_the_data(x):
    y = x * 1
    y[x > 3] = np.arange(9.0)
    return np.sum(y)


@pytest.mark.parametrize("f", [turned, of_another_condition, to_what_depends_on_the_data])
def test_what_would_not_follow_is_refused_with_the_line(f: Callable[[Any], Any]) -> None:
    with pytest.raises(UnsupportedError, match=r"test_results_in_place\.py:\d+"):
        ew.trace(f, x=ew.tensor("n", 3))
