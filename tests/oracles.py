"""Numbers that nobody in this project computes: mpmath at high precision."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

import mpmath as mp

from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT, SymbolicConstant


def _softplus(x: Any) -> Any:
    return mp.log1p(mp.exp(x))


def _spherical_jn(x: Any, n: int) -> Any:
    if x == 0:
        return mp.mpf(n == 0)
    if x < 0:  # the functions have the parity of their order; mpmath's square root has a branch cut here
        return (-1) ** n * _spherical_jn(-x, n)
    return mp.sqrt(mp.pi / (2 * x)) * mp.besselj(n + mp.mpf(1) / 2, x)


MPMATH: Mapping[str, Callable[..., Any]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "power": lambda x, c: mp.mpf(x) ** c if isinstance(c, int) else mp.power(x, c),
    "pow": mp.power,
    "sqrt": mp.sqrt,
    "cbrt": lambda x: mp.sign(x) * mp.cbrt(abs(x)),
    "exp": mp.exp,
    "expm1": mp.expm1,
    "exp2": lambda x: mp.power(2, x),
    "log": mp.log,
    "log1p": mp.log1p,
    "log2": lambda x: mp.log(x, 2),
    "log10": mp.log10,
    "sin": mp.sin,
    "cos": mp.cos,
    "tan": mp.tan,
    "asin": mp.asin,
    "acos": mp.acos,
    "atan": mp.atan,
    "atan2": mp.atan2,
    "hypot": mp.hypot,
    "sinc": mp.sinc,
    "spherical_jn": _spherical_jn,
    "sinh": mp.sinh,
    "cosh": mp.cosh,
    "tanh": mp.tanh,
    "asinh": mp.asinh,
    "acosh": mp.acosh,
    "atanh": mp.atanh,
    "abs": abs,
    "sign": mp.sign,
    "min": min,
    "max": max,
    "clip": lambda x, low, high: min(max(x, low), high),
    "relu": lambda x: max(x, mp.mpf(0)),
    "heaviside": lambda x: mp.mpf(1) if x > 0 else mp.mpf(0) if x < 0 else mp.mpf(1) / 2,
    "floor": mp.floor,
    "ceil": mp.ceil,
    "round": mp.nint,
    "mod": lambda x, y: x - y * mp.floor(x / y),
    "lt": lambda x, y: mp.mpf(x < y),
    "le": lambda x, y: mp.mpf(x <= y),
    "gt": lambda x, y: mp.mpf(x > y),
    "ge": lambda x, y: mp.mpf(x >= y),
    "eq": lambda x, y: mp.mpf(x == y),
    "ne": lambda x, y: mp.mpf(x != y),
    "and": lambda x, y: mp.mpf(bool(x) and bool(y)),
    "or": lambda x, y: mp.mpf(bool(x) or bool(y)),
    "not": lambda x: mp.mpf(not x),
    "where": lambda c, x, y: x if c else y,
    "erf": mp.erf,
    "erfc": mp.erfc,
    "erfinv": mp.erfinv,
    "gamma": mp.gamma,
    "lgamma": lambda x: mp.log(abs(mp.gamma(x))),
    "digamma": mp.digamma,
    "polygamma": lambda x, n: mp.psi(n, x),
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)),
    "softplus": _softplus,
    "logaddexp": lambda x, y: mp.log(mp.exp(x) + mp.exp(y)),
}


def mp_number(value: Any) -> Any:
    """A constant at the working precision."""
    if isinstance(value, Fraction):
        return mp.mpf(value.numerator) / value.denominator
    if isinstance(value, SymbolicConstant):
        return mp.pi if value.name == "pi" else mp.e
    return mp.mpf(value)


def mp_value(name: str, args: Sequence[Any], parameter: Any = None) -> Any:
    """One operation at the working precision of mpmath."""
    if parameter is None:
        return MPMATH[name](*args)
    return MPMATH[name](*args, mp_number(parameter) if not isinstance(parameter, int) else parameter)


def mp_evaluate(tape: Tape, point: Sequence[float]) -> list[Any]:
    """Every node of a graph at the working precision of mpmath."""
    values: list[Any] = [None] * len(tape)
    for i, value in zip(tape.inputs, point, strict=True):
        values[i] = mp.mpf(value)
    for i, code, args in tape.rows():
        if code == CONST:
            values[i] = mp_number(tape.attrs[i])
        elif code != INPUT:
            values[i] = mp_value(tape.op_of_code(code).name, [values[j] for j in args], tape.attrs.get(i))
    return values


def mp_derivative(
    function: Callable[..., Any], point: Sequence[float], order: Sequence[int], step: float = 1e-18
) -> Any:
    """A partial derivative of total order up to two, by central differences extrapolated once (Richardson).

    With steps h and h/2 the error is of order h⁴, far below double precision; call it at 80 digits or so, of which the
    division by h² takes 36. `order[k]` is how often argument k is differentiated.
    """

    def difference(h: Any) -> Any:
        terms: list[tuple[Any, list[Any]]] = [(mp.mpf(1), [mp.mpf(v) for v in point])]
        for k, times in enumerate(order):
            stencil = {0: ((0, 1),), 1: ((1, 0.5), (-1, -0.5)), 2: ((1, 1), (0, -2), (-1, 1))}[times]
            terms = [
                (factor * weight / h**times, [*at[:k], at[k] + shift * h, *at[k + 1 :]])
                for factor, at in terms
                for shift, weight in stencil
            ]
        return mp.fsum(factor * mp.re(function(*at)) for factor, at in terms)

    h = mp.mpf(step)
    return (4 * difference(h / 2) - difference(h)) / 3


def mp_gradient(tape: Tape, point: Sequence[float], output: int, digits: int = 50) -> list[Any]:
    """Central differences of a smooth graph at so many digits that they are derivatives to double precision."""
    with mp.workdps(digits):
        h = mp.mpf(10) ** (-digits // 3)
        result = []
        for k in range(len(point)):
            up, down = [mp.mpf(v) for v in point], [mp.mpf(v) for v in point]
            up[k], down[k] = up[k] + h, down[k] - h
            difference = mp_evaluate(tape, up)[output] - mp_evaluate(tape, down)[output]
            result.append(difference / (2 * h))
        return result


def close(value: Any, exact: Any, relative: float = 1e-9, absolute: float = 1e-10) -> bool:
    """Whether a double is the exact number, to rounding."""
    return bool(abs(mp.mpf(float(value)) - exact) <= absolute + relative * abs(exact))
