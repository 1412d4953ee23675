"""How test functions of optimisation are written, one idiom each: traced unmodified, in scalars and as a tensor."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from numpy import abs as nabs
from numpy import (
    arange,
    array,
    asarray,
    atleast_1d,
    atleast_2d,
    cos,
    exp,
    floor,
    log,
    meshgrid,
    newaxis,
    outer,
    pi,
    prod,
    roll,
    sign,
    sin,
    sqrt,
    sum,
    where,
)  # fmt: skip

import edgewise as ew

X = np.array([0.7, -1.3, 0.4, 1.9])


class Objective:
    """An objective as benchmarks have it: data as attributes, calls counted, a method of the vector."""

    def __init__(self, n: int = 4) -> None:
        self.N = n
        self.nfev = 0
        self.scale = 10.0
        self.a = asarray([[0.5, 1.0, -0.3, 0.2], [1.5, 0.1, 0.4, -1.0], [0.0, 2.0, 1.0, 0.3]])
        self.c = [1.0, 0.2, 3.0]
        self.bounds = list(zip([-2.0] * n, [2.0] * n, strict=True))
        self.grid = meshgrid(arange(-1, 2), arange(-1, 2))

    @property
    def weights(self) -> Any:
        return arange(1.0, self.N + 1) ** 2


O = Objective()  # noqa: E741

# Functions of x that are analytic: judged by complex step.
SMOOTH: dict[str, Any] = {
    "counting calls": lambda x: setattr(O, "nfev", O.nfev + 1) or x[0] ** 2 + x[1],
    "atleast_1d": lambda x: sum(atleast_1d(x) ** 2),
    "atleast_2d": lambda x: (atleast_2d(x) @ atleast_2d(x).T)[0, 0],
    "asarray of the argument": lambda x: asarray(x).dot(asarray(x)),
    "arange from 1": lambda x: sum(arange(1, O.N + 1) * x**2),
    "arange by steps": lambda x: sum(arange(1, O.N, 2) * x[::2] ** 2),
    "arange as exponent": lambda x: sum((x + 3) ** arange(1.0, O.N + 1)),
    "exponent by entries": lambda x: sum((x + 3) ** (x / 5)),
    "slices beside each other": lambda x: sum(100.0 * (x[1:] - x[:-1] ** 2.0) ** 2.0 + (1 - x[:-1]) ** 2.0),
    "strides": lambda x: sum((x[::2] - x[1::2]) ** 4),
    "negative indices": lambda x: x[-1] * x[-2] + x[-O.N],
    "reversed": lambda x: sum(x[::-1] * O.weights),
    "roll": lambda x: sum(sin(x) * roll(x, 1) + roll(x, -1) ** 2),
    "coefficients": lambda x: -sum(asarray(O.c) * exp(-sum((x - O.a) ** 2, axis=1) / pi)),
    "sum over axis 0": lambda x: sum(sum(x * O.a, axis=0) ** 2),
    "sum, keepdims": lambda x: sum((O.a * x - sum(O.a * x, axis=1, keepdims=True)) ** 2),
    "rows against columns": lambda x: sum((x[:, newaxis] - x[newaxis, :]) ** 2 * outer(O.weights, O.weights)),
    "outer": lambda x: sum(cos(outer(x, x))),
    "outer with an index": lambda x: sum(sin(outer(arange(1, 4), x)) / outer(arange(1, 4), O.weights)),
    "prod": lambda x: 1 - prod(cos(x / sqrt(arange(1, O.N + 1)))),
    "prod of a difference": lambda x: prod(x - 3) + np.prod(x[1:3]),
    "meshgrid of constants": lambda x: sum((x[0] - O.grid[0]) ** 2 + (x[1] + O.grid[1]) ** 2),
    "double loop": lambda x: sum([(x[i] - x[j]) ** 2 / (i + j + 1) for i in range(O.N) for j in range(i)]),
    "list of terms": lambda x: sum([x[i] * x[i + 1] for i in range(O.N - 1)]),
    "running total": lambda x: sum(np.cumsum(x) ** 2),
    "running product": lambda x: sum(np.cumprod(x + 2)),
    "differences": lambda x: sum(np.diff(x) ** 2) + np.diff(x, 2)[0],
    "picked by a list": lambda x: sum(x[[0, 2, 3]] * x[[1, 1, 2]]),
    "picked by an array": lambda x: x[arange(O.N)[::2]] @ x[1::2],
    "constant mask": lambda x: sum(x[asarray([True, False, True, True])] ** 3),
    "parts joined": lambda x: sum(np.concatenate(([0.0], x, x[:1])) ** 2 * arange(6)),
    "array of expressions": lambda x: sum(array([x[0] + x[1], x[2] * x[3], 1.0]) ** 2),
    "filled entry by entry": lambda x: sum(_filled(x)),
    "in place": lambda x: sum(_in_place(x)),
    "unpacked": lambda x: _unpacked(*x),
    "unpacked by names": lambda x: _by_names(x),
    "helper with a default": lambda x: _penalty(x, 3.0) + _penalty(x),
    "matrix of constants": lambda x: x @ np.vander(arange(1.0, 5)) @ x,
    "solved with constants": lambda x: x @ np.linalg.solve(np.eye(4) + 0.1, x),
    "constant condition": lambda x: sum(where(arange(O.N) % 2 == 0, x**2, sin(x))),
    "dot products": lambda x: x.dot(x) + np.dot(O.a, x)[1] + np.inner(x, O.weights),
    "methods of arrays": lambda x: x.sum() * x.mean() + x.reshape(2, 2).T.ravel()[1],
    "length of the argument": lambda x: sqrt(sum((x + 9) ** 2) / len(x)) * x.shape[0] / x.size * O.N,
    "nested functions": lambda x: sum(asarray([(lambda t: t**2 * exp(-t))(v) for v in x])),
    "polynomial": lambda x: np.polyval([1.0, -2.0, 0.5], x[0]) * x[1],
    "zip with bounds": lambda x: math.prod((v - lower) / (upper - lower) for v, (lower, upper) in zip(x, O.bounds)),
    "indices by enumerate": lambda x: sum([(k + 1) * v**2 for k, v in enumerate(x)]),
    "math's functions": lambda x: _of_math(x[0], x[1]) if np.isrealobj(x) else sin(x[0]) * exp(x[1]) + sqrt(x[0] + 2),
    "tuple of parts": lambda x: (lambda parts: parts[0] * parts[1][0])((x[0], (x[1] ** 2, x[2]))),
    "einsum": lambda x: np.einsum("i,ki,k->", x, O.a, O.c),
    "log of a sum": lambda x: log(sum(exp(x * O.scale / 5))) - log(O.scale),
}  # fmt: skip


def _filled(x: Any) -> Any:
    made = np.zeros(O.N, dtype=x.dtype)
    for i in range(O.N):
        made[i] = x[i] ** 2 - x[(i + 1) % O.N]
    made[1:] += made[0]
    return made


def _in_place(x: Any) -> Any:
    made = (1 + 0.25 * x).copy()
    made -= O.weights
    made *= made
    made[0] = x[3] * x[0]
    return made


def _unpacked(a: Any, b: Any, *others: Any) -> Any:
    return a * b + others[0] ** 2 * others[1]


def _by_names(x: Any) -> Any:
    a, b, (c, d) = x[0], x[1], x[2:]
    return (a - b) * (c + d) ** 3


def _penalty(x: Any, power: float = 2) -> Any:
    return sum((x + 3) ** power)


def _of_math(a: Any, b: Any) -> Any:
    return math.sin(a) * math.exp(b) + math.sqrt(a + 2)


# Functions with corners, or steps: judged away from these by differences of fourth order.
CORNERS: dict[str, Any] = {
    "abs": lambda x: sum(nabs(x) ** 3) + abs(x[1]),
    "maximum of pairs": lambda x: sum(np.maximum(x[1:], x[:-1] ** 2)),
    "max of the array": lambda x: np.max(nabs(x)) + np.min(x) * x[0],
    "built-in max of an array": lambda x: max((x - 0.2) ** 2),
    "built-in max of numbers": lambda x: max(2 * x[0], x[1], 0.1) + min(x[2], x[3] ** 2),
    "nested where": lambda x: sum(where(x > 1, x**2, where(x < 0, -x, sin(x)))),
    "where by entries": lambda x: sum(where(nabs(x) < 1, x**4, 2 * nabs(x) - 1)),
    "truth as a factor": lambda x: (x[0] >= 0) * x[1] ** 2 + (x[3] < 0) * x[0] + sum((x > 0) * x),
    "floor": lambda x: sum(floor(x + 0.5) * x) + x[0] % 0.3,
    "sign": lambda x: sum(sign(x) * x**3),
    "mean and variance": lambda x: np.mean(x) * np.var(x) + (x * x).std(),
    "fsum": lambda x: math.fsum(v * v for v in x) + math.hypot(*x),
    "clip": lambda x: sum(np.clip(x, -1, 1) ** 2),
    "sorted": lambda x: sum(np.sort(x) * arange(O.N)),
    "norms": lambda x: np.linalg.norm(x) + np.linalg.norm(x, 1) + np.linalg.norm(x - 1, np.inf),
    "penalties": lambda x: _walls(x, 1.0, 10.0, 2),
    "select": lambda x: sum(np.select([x > 1, x > 0], [x**2, x**3], -x)),
}


def _walls(x: Any, a: float, k: float, m: int) -> Any:
    return sum(where(x > a, k * (x - a) ** m, where(x < -a, k * (-x - a) ** m, 0.0)))


def _complex_step(f: Any) -> list[float]:
    return [complex(np.squeeze(f(X + 1e-30j * np.eye(4)[k]))).imag / 1e-30 for k in range(4)]


def _differences(f: Any) -> list[float]:
    h = 1e-3

    def at(k: int, step: float) -> float:
        return float(np.squeeze(f(X + step * np.eye(4)[k])))

    return [(8 * (at(k, h) - at(k, -h)) - at(k, 2 * h) + at(k, -2 * h)) / (12 * h) for k in range(4)]


@pytest.mark.parametrize("declared", [4, ew.tensor(4)], ids=["scalars", "tensor"])
@pytest.mark.parametrize("name", [*SMOOTH, *CORNERS])
def test_traced_as_it_is_written(name: str, declared: Any) -> None:
    f = SMOOTH.get(name) or CORNERS[name]
    slope, near = (_complex_step(f), 1e-12) if name in SMOOTH else (_differences(f), 1e-8)
    graph = ew.trace(f, x=declared)
    assert graph.evaluate(x=X).outputs[0] == pytest.approx(float(np.squeeze(f(X))), rel=1e-13)
    found = graph.gradient().simplify().compile("numpy" if name == "sorted" else "python")(X)[1]
    assert np.asarray(found, dtype=float) == pytest.approx(np.array(slope), rel=near, abs=near)


@pytest.mark.parametrize("name", [*SMOOTH, *CORNERS][::4])
def test_by_grad(name: str) -> None:
    f = SMOOTH.get(name) or CORNERS[name]
    slope, near = (_complex_step(f), 1e-12) if name in SMOOTH else (_differences(f), 1e-8)
    assert ew.grad(f)(X) == pytest.approx(np.array(slope), rel=near, abs=near)
