"""Losses as people write them: value, gradient and Hessian are as accurate as of their stable forms, in any order.

The exact numbers are differences of the formula as it is written, in ball arithmetic (tests/balls.py).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import product
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from balls import derivative_in_balls

WIDE = (-1e4, -745.0, -120.0, -37.5, -3.0, -0.3, -1e-6, 1e-6, 0.3, 3.0, 37.5, 120.0, 745.0, 1e4)
ABOVE = tuple(x for x in WIDE if x > 0)
P = "p = 1/(1 + exp(-x)); "

LOSSES: dict[str, tuple[str, tuple[float, ...]]] = {
    "cross-entropy of a logit": (P + "-(y*log(p) + (1 - y)*log(1 - p))", WIDE),
    "log sigmoid": ("log(1/(1 + exp(-x)))", WIDE),
    "log sigmoid, the other way": ("-log(1 + exp(-x))", WIDE),
    "log-sum-exp": ("log(exp(x) + exp(y))", WIDE),
    "log-sum-exp of three": ("log(exp(x) + exp(y) + exp(2*y))", WIDE),
    "log-sum-exp with the max trick": ("m = max(x, y); m + log(exp(x - m) + exp(y - m))", WIDE),
    "softmax cross-entropy": ("-log(exp(x)/(exp(x) + exp(y)))", WIDE),
    "softmax cross-entropy of three": ("-log(exp(x)/(exp(x) + exp(y) + exp(2*y)))", WIDE),
    "share": ("exp(x)/(exp(x) + exp(y))", WIDE),
    "share of three": ("exp(x)/(exp(x) + exp(y) + exp(2*y))", WIDE),
    "multiple of a share of three": ("y*exp(2*y)/(exp(x) + exp(y) + exp(2*y))", WIDE),
    "smooth hinge": ("log(1 + exp(1 - x*y))", WIDE),
    "focal": (P + "-(1 - p)**2*log(p)", WIDE),
    "entropy": (P + "-(p*log(p) + (1 - p)*log(1 - p))", WIDE),
    "divergence": (P + "q = 1/(1 + exp(-y)); p*log(p/q) + (1 - p)*log((1 - p)/(1 - q))", (-37.5, -3.0, 3.0, 37.5)),
    "swish": ("x/(1 + exp(-x))", WIDE),
    "Fermi": ("1/(exp(x) + 1)", WIDE),
    "logistic": ("exp(x)/(1 + exp(x))", WIDE),
    "share beside a number": ("exp(x)/(exp(x) + 3)", WIDE),
    "growth": ("y*100/(1 + 9*exp(-x))", WIDE),
    "log-sum-exp with a number": ("log(exp(x) + 3)", WIDE),
    "complement": ("1 - 1/(1 + exp(-x))", WIDE),
    "Bose": ("1/(exp(x) - 1)", tuple(x for x in ABOVE if x < 300)),
    "exprel": ("(exp(x) - 1)/x", WIDE),
    "tanh": ("(exp(x) - exp(-x))/(exp(x) + exp(-x))", WIDE),
    "log cosh": ("log(cosh(x))", WIDE),
    "log1mexp": ("log(1 - exp(-x))", ABOVE),
    "coth": ("cosh(x)/sinh(x)", WIDE),
    "probit": ("-log((1 + erf(x/sqrt(2)))/2)", (-30.0, -3.0, -0.3, 0.3, 3.0, 30.0)),
    "gelu": ("x*(1 + erf(x/sqrt(2)))/2", (-30.0, -3.0, -0.3, 0.3, 3.0, 30.0)),
    "cardinal sine": ("sin(x)/x", (-3.0, -1e-6, 1e-9, 0.3, 37.5)),
    "one less cosine": ("(1 - cos(x))/x**2", (-3.0, -1e-6, 1e-9, 0.3, 37.5)),
    "logit": ("log(x/(1 - x))", (1e-9, 0.3, 0.9999)),
    "Poisson": ("exp(x) - y*x", (-120.0, 0.3, 37.5)),
    "Student": ("(y + 1)/2*log(1 + x**2/y)", (1e-9, 0.3, 37.5, 1e4)),
}


def worst(G: Any, made: Any, orders: list[tuple[int, ...]], points: list[tuple[float, ...]]) -> float:
    """The largest relative error of some results at some points."""
    with np.errstate(all="ignore"):
        found = [made.evaluate(*point).outputs for point in points]
    return max(
        worst_of(G, order, list(got), points) for order, got in zip(orders, zip(*found, strict=True), strict=True)
    )


def worst_of(G: Any, order: Sequence[int], values: list[float], points: list[tuple[float, ...]]) -> float:
    """The largest relative error where the exact number is a normal double.

    Of values and slopes, what half a last digit of the arguments makes is no fault.
    """
    found = 0.0
    for point, got in zip(points, values, strict=True):
        exact = derivative_in_balls(G.tape, point, order)
        if exact is None or not 1e-300 < abs(float(exact)) < 1e300:
            continue
        error = float(abs((exact - float(got)) / exact)) if math.isfinite(got) else math.inf
        if sum(order) < 2 and error > 1e-14:
            for k, x in enumerate(point):
                slope = derivative_in_balls(G.tape, point, [o + (j == k) for j, o in enumerate(order)])
                error -= 4 * abs(float(slope / exact) * x) * 2.0**-53 if slope is not None else 0.0
        found = max(found, error)
    return found


@pytest.mark.parametrize("name", LOSSES)
def test_stable_in_any_order(name: str) -> None:
    text, places = LOSSES[name]
    G = ew.parse(text)
    n = len(G.inputs)
    first = [tuple(int(j == k) for j in range(n)) for k in range(n)]
    second = [tuple(a + b for a, b in zip(s, t, strict=True)) for s, t in product(first, first)]
    G = ew.parse(text, inputs=sorted(map(str, G.inputs)))
    points = [(x, 0.7)[:n] for x in places]
    simple = G.simplify()
    assert worst(G, simple, [(0,) * n], points) < 1e-12
    for made in (simple.gradient(), G.gradient()):
        assert worst(G, made.simplify(), first, points) < 1e-12
    for made in (simple.hessian(), G.hessian()):
        assert worst(G, made.simplify(), second, points) < 1e-9


@pytest.mark.parametrize("name", LOSSES)
def test_the_same_of_arrays(name: str) -> None:
    text, places = LOSSES[name]
    *steps, last = text.split(";")
    G = ew.parse(text)
    inputs = sorted(map(str, G.inputs))
    G = ew.parse(text, inputs=inputs)
    arrays = ew.parse(";".join([*steps, f"sum({last})"]), shapes=dict.fromkeys(inputs, "n"))
    x, y = np.array(places), np.full(len(places), 0.7)
    order = [int(k == inputs.index("x")) for k in range(len(inputs))]
    for made in (arrays.simplify().gradient("x"), arrays.gradient("x")):
        with np.errstate(all="ignore"):
            slopes = np.ravel(made.simplify().evaluate(*[x, y][: len(inputs)]).outputs[0])
        assert worst_of(G, order, slopes.tolist(), [(v, 0.7)[: len(inputs)] for v in places]) < 1e-12
