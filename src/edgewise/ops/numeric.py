"""Values of operations that NumPy has no function for, as NumPy callables that broadcast.

The special functions come from `scipy.special`, imported at the first call so that `import edgewise` stays quick.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np

from edgewise.errors import OperationError
from edgewise.ops.numpy_sources import NUMPY_SOURCES

__all__ = ["by_source", "clip", "heaviside", "power", "relu", "softplus", "special"]


def special(name: str) -> Callable[..., Any]:
    """The ufunc `scipy.special.<name>`, imported when it is first called."""

    def call(*values: Any) -> Any:
        return getattr(importlib.import_module("scipy.special"), name)(*values)

    call.__name__ = name
    return call


def by_source(name: str) -> Callable[..., Any]:
    """The function of a text of `NUMPY_SOURCES`, called with the argument and then the order, as rows are.

    A text of our own is run, for it is one: what programs for NumPy carry along is what the interpreter computes.
    """
    made: list[Callable[..., Any]] = []

    def call(*values: Any) -> Any:
        if not made:
            text, names = NUMPY_SOURCES[name], dict[str, Any](np=np)
            if "special." in text:
                names["special"] = importlib.import_module("scipy.special")
            exec(text, names)
            made.append(names[f"_{name}"])
        with np.errstate(all="ignore"):  # of what is not selected
            order = float(values[-1]) if isinstance(values[-1], Fraction) else values[-1]
            try:
                value = made[0](order, *values[:-1])
            except OverflowError:
                raise OperationError(f"{name} of the order {order}", hint="give it a smaller order") from None
        return value[()] if isinstance(value, np.ndarray) else value

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
