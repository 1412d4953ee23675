"""Classes of the user's own that stand on the right of an expression: theirs is the answer."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import UnsupportedError


class Vector:
    def __init__(self, x: Any, y: Any) -> None:
        self.x, self.y = x, y

    def __add__(self, other: Any) -> Vector:
        return Vector(self.x + other.x, self.y + other.y)

    def __rmul__(self, scale: Any) -> Vector:
        return Vector(scale * self.x, scale * self.y)

    def __abs__(self) -> Any:
        return math.hypot(self.x, self.y)


class Reflected:
    """Says what it was asked for, and of what."""

    def __init__(self, value: Any) -> None:
        self.value = value

    def __radd__(self, other: Any) -> Any:
        return other + self.value

    def __rsub__(self, other: Any) -> Any:
        return other - self.value

    def __rtruediv__(self, other: Any) -> Any:
        return other / self.value

    def __rpow__(self, other: Any) -> Any:
        return other**self.value

    def __rmod__(self, other: Any) -> Any:
        return other % self.value

    def __gt__(self, other: Any) -> Any:
        return self.value > other

    def __le__(self, other: Any) -> Any:
        return self.value <= other

    def __eq__(self, other: object) -> Any:
        return np.equal(self.value, other)

    __hash__ = None  # type: ignore[assignment]


def orbit(x: Any, y: Any) -> Any:
    r, v = Vector(x, y), Vector(0.1 * y, 1.0)
    for _ in range(3):
        v = v + 0.1 * (-1 / abs(r) ** 3 * r)
        r = r + 0.1 * v
    return abs(r) + v.x * v.y


def test_vectors() -> None:
    value, slope = ew.value_and_grad(orbit)(1.2, 0.3)
    assert value == pytest.approx(orbit(1.2, 0.3), rel=1e-14)
    assert slope == pytest.approx((orbit(1.2 + 1e-6, 0.3) - orbit(1.2 - 1e-6, 0.3)) / 2e-6, rel=1e-8)


@pytest.mark.parametrize("declared", [{"x": ()}, {"x": ew.tensor()}])
def test_every_operator(declared: Any) -> None:
    def f(x: Any) -> Any:
        own = Reflected(0.7)
        chosen = np.where(x < own, 1, 2) + np.where(x >= own, 4, 8) + np.where(x == own, 16, 32)
        return x + own + (x - own) * (x / own) + x**own + x % own + chosen

    assert ew.trace(f, **declared).evaluate({"x": 1.9}).result == pytest.approx(f(1.9), rel=1e-14)


def test_a_class_without_an_answer_is_refused_with_the_line() -> None:
    with pytest.raises(UnsupportedError, match=r"cannot be part of an expression \(.*test_users_arithmetic\.py:\d+\)"):
        ew.trace(lambda x: x * Reflected(2.0), "x")
