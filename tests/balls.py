"""Derivatives of operations as nobody here wrote them: differences of values in ball arithmetic at rising precision.

A ball holds the exact number, so a digit is known or it is known not to be (F. Johansson, Arb, 2017). The step of the
difference is far below all that two doubles could be apart: what is neglected is of its square.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Final

from flint import acb, arb, ctx, fmpq

from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT

__all__ = ["BALLS", "Truth", "ball_value", "derivative_in_balls"]

Truth = Any
"""A ball whose middle is right to far more digits than a double has, or None where there is none."""

HALF: Final = arb(1) / 2
_RIGHT_BITS: Final = 75
_MOST_BITS: Final = 10_000
_STEP: Final = 130
_TINY: Final = arb(2) ** -1100
_SUSPECT: Final = arb(10) ** -50


@contextmanager
def _precision(bits: int) -> Iterator[None]:
    before, ctx.prec = ctx.prec, bits
    try:
        yield
    finally:
        ctx.prec = before


def _real(value: Any) -> Any:
    return value.real if isinstance(value, acb) else value


def _power(x: Any, c: Any) -> Any:
    if not (x > 0 or x < 0):
        return x ** int(c) if c == int(c) else x**c
    if isinstance(c, int) or (isinstance(c, (float, Fraction)) and c == int(c)):
        return (-1 if x < 0 and int(c) % 2 else 1) * (abs(x).log() * int(c)).exp()
    return (x.log() * _number(c)).exp()


def _number(c: Any) -> Any:
    return arb(fmpq(c.numerator, c.denominator)) if isinstance(c, (int, Fraction)) else arb(c)


def _lgamma(x: Any) -> Any:
    return x.lgamma() if x > 0 else abs(x.gamma()).log()


def _spherical(x: Any, n: int) -> Any:
    if x < 0:
        return (-1) ** n * _spherical(-x, n)
    return (arb.pi() / (2 * x)).sqrt() * x.bessel_j(n + HALF)


def _bessel(kind: str) -> Callable[[Any, Any], Any]:
    def value(x: Any, n: Any) -> Any:
        order = _number(n)
        if x < 0:  # whole orders alone go there
            return (-1) ** int(n) * getattr(-x, kind)(order)
        return getattr(x, kind)(order)

    return value


def _inerfcx(x: Any, n: int) -> Any:
    """By the recurrence from exp(x**2)*erfc(x) and 2/sqrt(pi) (Abramowitz and Stegun 7.2.5)."""
    before, value = 2 / arb.pi().sqrt(), (x * x).exp() * x.erfc()
    for k in range(1, n + 1):
        before, value = value, (before / 2 - x * value) / k
    return value


def _logaddexp(x: Any, y: Any) -> Any:
    return y + _softplus(x - y) if x < y else x + _softplus(y - x)


def _softplus(x: Any) -> Any:
    return (x.exp()).log1p() if x < 0 else x + (-x).exp().log1p()


def _hurwitz(s: Any, q: Any) -> Any:
    if s > 1000 or q > 10**9:
        raise ValueError("the sum is too long")
    return s.zeta(q)


def _log_ndtr(x: Any) -> Any:
    tail = (abs(x) / arb(2).sqrt()).erfc() / 2
    return tail.log() if x < 0 else (-tail).log1p()


def _airy(which: int) -> Callable[[Any], Any]:
    return lambda x: x.airy()[which]


BALLS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "power": _power,
    "pow": lambda x, y: (y * x.log()).exp(),
    "sqrt": lambda x: x.sqrt(),
    "cbrt": lambda x: x.root(3) if x > 0 else -(-x).root(3),
    "exp": lambda x: x.exp(),
    "expm1": lambda x: x.expm1(),
    "exp2": lambda x: (x * arb(2).log()).exp(),
    "log": lambda x: x.log(),
    "log1p": lambda x: x.log1p(),
    "log2": lambda x: x.log() / arb(2).log(),
    "log10": lambda x: x.log() / arb(10).log(),
    "sin": lambda x: x.sin(),
    "cos": lambda x: x.cos(),
    "tan": lambda x: x.tan(),
    "asin": lambda x: x.asin(),
    "acos": lambda x: x.acos(),
    "atan": lambda x: x.atan(),
    "atan2": lambda y, x: arb.atan2(y, x),
    "hypot": lambda x, y: (x * x + y * y).sqrt(),
    "sinc": lambda x: x.sinc(),
    "spherical_jn": _spherical,
    "sinh": lambda x: x.sinh(),
    "cosh": lambda x: x.cosh(),
    "tanh": lambda x: x.tanh(),
    "asinh": lambda x: x.asinh(),
    "acosh": lambda x: x.acosh(),
    "atanh": lambda x: x.atanh(),
    "sech": lambda x: x.sech(),
    "csch": lambda x: x.csch(),
    "coth": lambda x: x.coth(),
    "asech": lambda x: (1 / x).acosh(),
    "acsch": lambda x: (1 / x).asinh(),
    "acoth": lambda x: (1 / x).atanh(),
    "log1mexp": lambda x: (-x.expm1()).log(),
    "logcosh": lambda x: x.cosh().log(),
    "abs": lambda x: abs(x),
    "min": lambda x, y: x if x < y else y,
    "max": lambda x, y: x if x > y else y,
    "clip": lambda x, low, high: high if x > high or low > high else low if x < low else x,
    "relu": lambda x: x if x > 0 else arb(0),
    "mod": lambda x, y: x - y * (x / y).floor(),
    "erf": lambda x: x.erf(),
    "erfc": lambda x: x.erfc(),
    "erfinv": lambda x: x.erfinv(),
    "gamma": lambda x: x.gamma(),
    "lgamma": _lgamma,
    "digamma": lambda x: x.digamma(),
    "polygamma": lambda x, n: (-1) ** (n + 1) * arb(n).fac() * arb(n + 1).zeta(x),
    "sigmoid": lambda x: 1 / (1 + (-x).exp()),
    "softplus": _softplus,
    "logaddexp": _logaddexp,
    "logit": lambda x: x.log() - (-x).log1p(),
    "xlogy": lambda x, y: x * y.log(),
    "xlog1py": lambda x, y: x * y.log1p(),
    "lambertw": lambda x: x.lambertw(),
    "lambertwm1": lambda x: x.lambertw(-1),
    "ellipk": lambda m: acb(m).elliptic_k(),
    "ellipe": lambda m: acb(m).elliptic_e(),
    "ellipd": lambda m: arb.pi() / 4 * m.hypgeom_2f1(HALF, 3 * HALF, 2),
    "ellipkinc": lambda phi, m: acb.elliptic_f(acb(phi), acb(m)).real,
    "ellipeinc": lambda phi, m: acb.elliptic_e_inc(acb(phi), acb(m)).real,
    "gammainc": lambda a, x: x.gamma_lower(a, regularized=1),
    "gammaincc": lambda a, x: x.gamma_upper(a, regularized=1),
    "gammapdf": lambda a, x: ((a - 1) * x.log() - x).exp() * a.rgamma(),
    "betainc": lambda a, b, x: x.beta_lower(a, b, regularized=1),
    "betapdf": lambda a, b, x: ((a - 1) * x.log() + (b - 1) * (-x).log1p()).exp()
    * (a + b).gamma() * a.rgamma() * b.rgamma(),
    "airyai": _airy(0),
    "airyaiprime": _airy(1),
    "airybi": _airy(2),
    "airybiprime": _airy(3),
    "hurwitz_zeta": _hurwitz,
    "besselj": _bessel("bessel_j"),
    "bessely": _bessel("bessel_y"),
    "besseli": _bessel("bessel_i"),
    "besselk": _bessel("bessel_k"),
    "besselie": lambda x, n: BALLS["besseli"](x, n) * (-abs(x)).exp(),
    "besselke": lambda x, n: BALLS["besselk"](x, n) * x.exp(),
    "sinint": lambda x: x.si(),
    "cosint": lambda x: x.ci(),
    "sinhint": lambda x: x.shi(),
    "coshint": lambda x: x.chi(),
    "fresnels": lambda x: x.fresnel_s(),
    "fresnelc": lambda x: x.fresnel_c(),
    "dawsn": lambda x: arb.pi().sqrt() / 2 * (-x * x).exp() * x.erfi(),
    "erfi": lambda x: x.erfi(),
    "expint": lambda x, n: x.expint(arb(n)),
    "expi": lambda x: x.ei(),
    "expsq": lambda c, x: (c * x * x).exp(),
    "exprel": lambda x: x.expm1() / x,
    "expmoment": lambda x, k: x.hypgeom_1f1(k + 1, k + 2) / (k + 1),
    "erfcx": lambda x: (x * x).exp() * x.erfc(),
    "inerfcx": _inerfcx,
    "log_ndtr": _log_ndtr,
}  # fmt: skip


def ball_value(what: str | Tape, args: Sequence[Any], parameter: Any = None) -> Any:
    """One operation of balls, or the one output of a graph of such, at the precision that is set."""
    if isinstance(what, str):
        return _real(BALLS[what](*args, *([] if parameter is None else [parameter])))
    values = dict(zip(what.inputs, args, strict=True))
    for i, code, read in what.rows():
        if code == CONST:
            values[i] = _number(what.attrs[i])
        elif code != INPUT:
            values[i] = ball_value(what.op_of_code(code).name, [values[j] for j in read], what.attrs.get(i))
    return values[what.outputs[0]]


def derivative_in_balls(what: str | Tape, point: Sequence[float], order: Sequence[int], parameter: Any = None) -> Truth:
    """The value, or a partial derivative of total order one or two, of an operation or a graph at doubles.

    `order[k]` is how often argument k is differentiated. None where precision that a test can afford shows no number.
    """
    found = _derivative(what, point, order, parameter, _STEP)
    if found is None or not sum(order) or not _TINY < abs(found) < _SUSPECT:
        return found
    # Of a derivative that is exactly 0 the square of the step is left.
    again = _derivative(what, point, order, parameter, _STEP + 1)
    return None if again is None else found if abs(found / again - 1) < arb(2) ** -40 else arb(0)


def _derivative(what: str | Tape, point: Sequence[float], order: Sequence[int], parameter: Any, step: int) -> Truth:
    total = sum(order)
    size = max((abs(math.frexp(v)[1]) for v in point if v), default=0) if total else 0
    step += size
    bits = 150 if not total else 200 + (total + 1) * (step + size)
    while bits <= _MOST_BITS:
        with _precision(bits):
            found = _difference(what, list(map(arb, point)), order, parameter, arb(2) ** -step)
        if found is None or not found.is_finite():
            return None
        if found.rel_accuracy_bits() > _RIGHT_BITS or abs(found) < _TINY:
            return found
        bits = 2 * bits
    return None


def _difference(what: str | Tape, point: list[Any], order: Sequence[int], parameter: Any, h: Any) -> Any:
    terms: list[tuple[int, list[Any]]] = [(1, point)]
    scale = arb(1)
    for k, times in enumerate(order):
        # Beside 0 a step of the size of the argument: 1/x lies between two poles nowhere.
        step = h * min(1.0, abs(float(point[k])) or 1.0) if times else h
        stencil = {0: ((0, 1),), 1: ((1, 1), (-1, -1)), 2: ((1, 1), (0, -2), (-1, 1))}[times]
        scale = scale * {0: 1, 1: 2 * step, 2: step * step}[times]
        terms = [
            (sign * weight, [*at[:k], at[k] + shift * step, *at[k + 1 :]])
            for sign, at in terms
            for shift, weight in stencil
        ]
    total = arb(0)
    for weight, at in terms:
        try:
            total += weight * ball_value(what, at, parameter)
        except (ValueError, ZeroDivisionError):
            return None
    return total / scale
