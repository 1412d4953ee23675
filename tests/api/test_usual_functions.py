"""Test functions of optimisation, as people write them in NumPy: gradient and Hessian by the front door.

The derivatives they are compared with are complex steps of the same code, run by NumPy.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import scipy.optimize

import edgewise as ew

FUNCTIONS: list[Callable[..., Any]] = [scipy.optimize.rosen]


def usual(fn: Callable[..., Any]) -> Callable[..., Any]:
    FUNCTIONS.append(fn)
    return fn


@usual
def ackley(x):
    a, b, c = 20, 0.2, 2 * np.pi
    return -a * np.exp(-b * np.sqrt(np.mean(x**2))) - np.exp(np.mean(np.cos(c * x))) + a + np.e


@usual
def griewank(x):
    i = np.sqrt(np.arange(x.shape[0]) + 1.0)
    return np.sum(x**2 / 4000) - np.prod(np.cos(x / i)) + 1


@usual
def levy(x):
    w = 1 + (x - 1) / 4
    middle = np.sum((w[:-1] - 1) ** 2 * (1 + 10 * np.sin(np.pi * w[:-1] + 1) ** 2))
    return np.sin(np.pi * w[0]) ** 2 + middle + (w[-1] - 1) ** 2 * (1 + np.sin(2 * np.pi * w[-1]) ** 2)


@usual
def hartmann(x):
    a = np.asarray([[3, 10, 30], [0.1, 10, 35], [3, 10, 30], [0.1, 10, 35.0]])
    p = np.asarray([[0.36, 0.11, 0.26], [0.46, 0.43, 0.74], [0.1, 0.87, 0.55], [0.03, 0.57, 0.88]])
    c = np.asarray([1, 1.2, 3, 3.2])
    return -np.sum(c * np.exp(-np.sum(a * (np.atleast_2d(x[:3]) - p) ** 2, axis=1)))


@usual
def styblinski_tang(x):
    return np.polyval([1, 0, -16, 5, 0], x).sum() / 2


@usual
def shubert(x):
    total = 1.0
    for j in range(2):
        s = 0.0
        for i in range(1, 6):
            s += i * np.cos((i + 1) * x[j] + i)
        total = total * s
    return total


@usual
def colville(x):
    a, b, c, d = x
    return (
        100 * (a**2 - b) ** 2 + (a - 1) ** 2 + (c - 1) ** 2 + 90 * (c**2 - d) ** 2
        + 10.1 * ((b - 1) ** 2 + (d - 1) ** 2) + 19.8 * (b - 1) * (d - 1)
    )  # fmt: skip


@usual
def powell(x):
    return (x[0] + 10 * x[1]) ** 2 + 5 * (x[2] - x[3]) ** 2 + (x[1] - 2 * x[2]) ** 4 + 10 * (x[0] - x[3]) ** 4


@usual
def sum_of_powers(x):
    return sum(v ** (i + 2) for i, v in enumerate(x))


@usual
def product_of_all(x):
    return functools.reduce(lambda a, b: a * b, x)


@usual
def gaussian_process(x):
    n = len(x)
    k = np.zeros((n, n), dtype=x.dtype) if x.dtype == complex else np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            k[i, j] = np.exp(-0.5 * (x[i] - x[j]) ** 2)
    k += 0.1 * np.eye(n)
    y = np.arange(n) * 1.0
    return 0.5 * y @ np.linalg.solve(k, y)


@usual
def recurrent(x):
    w, h = np.reshape(np.linspace(-1, 1, 16), (4, 4)), np.zeros(4)
    for t in range(5):
        h = np.tanh(w @ h + x * t)
    return h.sum()


@usual
def recursive(x, depth=4):
    return np.sum(x) if depth == 0 else np.sum(np.cos(x)) * recursive(x * 0.5, depth - 1)


@usual
def in_place(x):
    y = x.copy()
    y[1:] += x[:-1]
    y *= 2
    y[0] = y[-1] * y[0]
    return np.sum(y**3)


@usual
def matrix(x):
    a = np.array([[x[0], x[1]], [x[2], x[3]]])
    return np.trace(np.linalg.matrix_power(a, 3)) + np.linalg.det(a)


@usual
def dictionary(x):
    parts = {"first": x[0], "rest": x[1:]}
    parts["sum"] = sum(parts["rest"])
    return parts["first"] * parts["sum"]


@usual
def stacked(x):
    y = np.hstack([x, x[::-1] ** 2, np.ones(2)])
    return np.sqrt(np.sum(y * y)) + np.einsum("i,j,ij->", x, x, np.outer(x, np.arange(4)))


@usual
def until(x):
    k = 0
    while k < 3:
        x = np.sin(x) * x
        k += 1
    return x.sum()


X = np.array([0.5, -0.3, 1.2, 0.7])


@pytest.mark.parametrize("fn", FUNCTIONS, ids=lambda fn: fn.__name__)
def test_gradient_and_hessian_by_the_front_door(fn: Callable[..., Any]) -> None:
    steps = 1e-30j * np.eye(len(X))
    exact = [complex(fn(X + step)).imag / 1e-30 for step in steps]
    gradient = ew.grad(fn)
    assert gradient(X) == pytest.approx(exact, rel=1e-11, abs=1e-12)
    hessian = ew.hessian(fn)(X)
    h = 1e-5
    rows = [(gradient(X + h * e) - gradient(X - h * e)) / (2 * h) for e in np.eye(len(X))]
    assert hessian == pytest.approx(np.array(rows), rel=1e-5, abs=1e-6 * max(1.0, np.abs(hessian).max()))
    traced = ew.trace(fn, x=len(X)) if fn.__name__ != "rosen" else ew.trace(lambda x: fn(x), x=len(X))
    assert traced.gradient().simplify().compile()(X)[1] == pytest.approx(exact, rel=1e-11, abs=1e-12)


def test_plain_python_of_numbers() -> None:
    def f(x: list[Any]) -> Any:
        return math.sin(x[0]) * math.exp(x[1]) + math.hypot(*x)

    found = ew.grad(f)([0.3, 0.4])
    assert found == pytest.approx([math.cos(0.3) * math.exp(0.4) + 0.6, math.sin(0.3) * math.exp(0.4) + 0.8], rel=1e-14)
