"""Values of operations that NumPy has no function for, as NumPy callables that broadcast.

The special functions come from `scipy.special`, imported at the first call so that `import edgewise` stays quick.
"""

from __future__ import annotations

import importlib
import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from edgewise.errors import OperationError
from edgewise.ops.scipy_sources import SCIPY_SOURCES
from edgewise.ops.special_formulas import LOGARITHM

__all__ = [
    "clip",
    "heaviside",
    "lgamma",
    "by_source",
    "power",
    "relu",
    "sigmoid",
    "sinc",
    "softplus",
    "special",
    "spherical_jn",
]


def special(name: str) -> Callable[..., Any]:
    """The ufunc `scipy.special.<name>`, imported when it is first called."""

    def call(*values: Any) -> Any:
        return getattr(importlib.import_module("scipy.special"), name)(*values)

    call.__name__ = name
    return call


def by_source(name: str) -> Callable[..., Any]:
    """The function of a text of `SCIPY_SOURCES`, called with the argument and then the order, as rows are."""
    made: list[Callable[..., Any]] = []

    def call(*values: Any) -> Any:
        if not made:
            names: dict[str, Any] = {"np": np, "special": importlib.import_module("scipy.special")}
            exec(SCIPY_SOURCES[name], names)
            made.append(names[f"_{name}"])
        with np.errstate(all="ignore"):  # of what is not selected
            return made[0](values[-1], *values[:-1])

    call.__name__ = name
    return call


def power(x: Any, exponent: int | Fraction | float) -> Any:
    """x to a constant power."""
    # An integer exponent stays an integer: its sign of zero and of negative bases is then exact.
    if type(exponent) is int and abs(exponent) < 2**31:
        return np.divide(1.0, x) if exponent == -1 else np.float_power(x, exponent)
    if exponent == 0.5:  # one operation in two spellings: C's pow has inf at -inf, where there is no root
        return np.sqrt(x)
    try:
        return np.float_power(x, float(exponent))
    except OverflowError:
        raise OperationError(
            "a power has an exponent beyond the largest double, 1.8e308", hint="write it with a smaller one"
        ) from None


def polygamma(x: Any, order: int) -> Any:
    """The n-th derivative of digamma."""
    # SciPy sums from a negative number, outside the domain, up to 0: from -1e15 for days. The sum over all whole
    # distances is periodic; what it has beyond x is taken off. All numbers from -2**52 down are whole: poles.
    of, below = special("polygamma"), np.less(x, 0)
    if order == 0 or not np.any(below):
        return of(order, x)
    x, sign = np.maximum(x, -(2.0**52)), 1 if order % 2 else -1
    value = of(order, np.where(below, x - np.floor(x), x))
    all_of_them = value + sign * of(order, np.where(below, np.floor(x) + 1 - x, 1.0))
    return np.where(below, all_of_them - sign * of(order, np.where(below, 1 - x, 1.0)), value)[()]


def spherical_jn(x: Any, order: int) -> Any:
    """The spherical Bessel function of the first kind, for all real x."""
    # SciPy's recurrence is for x >= 0, and is NaN at numbers that are nearly 0, where one term of the series is left.
    size = np.abs(x)
    first = np.float_power(size, order) / math.prod(range(1, 2 * order + 2, 2))
    value = np.where(size < 1e-8, first, special("spherical_jn")(order, size))[()]
    return np.where(np.signbit(x), -value, value)[()] if order % 2 else value  # the parity of the order


def lgamma(x: Any) -> Any:
    """The logarithm of the absolute value of the gamma function; infinite at both ends, as C and Python have it."""
    # SciPy's is infinite already at numbers that are nearly 0, and has few digits beside its zeros, 1 and 2.
    size = np.abs(x)
    near = np.where(np.equal(x, -np.inf), np.inf, -np.log(size))
    value = np.where((size < 1e-300) | np.equal(x, -np.inf), near, special("gammaln")(x))
    middle = (size > 0.5) & (size < 2.5) & np.greater(x, 0)
    if np.any(middle):
        one = size < 1.5
        part = np.where(middle, size - np.where(one, 1, 2), 0.0)
        value = np.where(middle, part * np.polyval(LOGARITHM[::-1], part) - np.where(one, np.log1p(part), 0.0), value)
    return value[()]


def sinc(x: Any) -> Any:
    """sin(x)/x with its limit at 0 (NumPy's own `np.sinc` has a factor pi inside, which rounds the angle)."""
    zero = np.equal(x, 0)
    return np.where(zero, 1.0, np.sin(x) / np.where(zero, 1.0, x))[()]


def sigmoid(x: Any) -> Any:
    """1/(1 + exp(-x))."""
    return special("expit")(x)


def softplus(x: Any) -> Any:
    """log(1 + exp(x))."""
    return np.logaddexp(x, 0.0)


def relu(x: Any) -> Any:
    """max(x, 0)."""
    return np.maximum(x, 0.0)


def heaviside(x: Any) -> Any:
    """The unit step, 1/2 at 0."""
    return np.heaviside(x, 0.5)


def clip(x: Any, low: Any, high: Any) -> Any:
    """min(max(x, low), high)."""
    return np.minimum(np.maximum(x, low), high)
