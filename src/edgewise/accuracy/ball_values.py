"""The operations on balls: what python-flint calls those of the table, and how the others are put together.

A ball is a midpoint and a radius, and every operation gives a ball that holds its value at all numbers of the balls
given. Johansson, *Arb: efficient arbitrary-precision midpoint-radius interval arithmetic*, IEEE Transactions on
Computers 66 (2017). Rows whose `computed` is a formula for numbers of any precision need no line here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

from flint import acb, arb, fmpq

from edgewise.ops import Number, SymbolicConstant

__all__ = ["BALLS", "ball_of", "hull", "truth"]

NAN: Final = arb.nan()
EITHER: Final = arb(0.5, 0.5)  # a comparison of balls that touch


def ball_of(value: Number | float) -> Any:
    """A number of a graph as a ball at the working precision; doubles and fractions stand for themselves.

    >>> ball_of(Fraction(1, 3)).contains(arb(1)/3), ball_of(0.1).is_exact()
    (True, True)
    """
    if isinstance(value, Fraction):
        return arb(fmpq(value.numerator, value.denominator))
    if isinstance(value, SymbolicConstant):
        return arb.pi() if value.name == "pi" else arb.const_e()
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return arb.pos_inf() if value > 0 else arb.neg_inf()
    return arb(int(value) if isinstance(value, bool) else value)


def hull(x: Any, y: Any) -> Any:
    """The smallest ball that has both; NaN where one of them is NaN."""
    return NAN if x.is_nan() or y.is_nan() else x.union(y)


def truth(x: Any) -> Any:
    """Whether a ball is not 0: 1, 0, or the ball of both where it cannot be told."""
    if x.is_zero():
        return arb(0)
    return EITHER if x.contains(0) else arb(1)


def _compared(sure: Callable[[Any, Any], bool], never: Callable[[Any, Any], bool]) -> Callable[[Any, Any], Any]:
    def compare(x: Any, y: Any) -> Any:
        if x.is_nan() or y.is_nan():
            return arb(0)
        return arb(1) if sure(x, y) else arb(0) if never(x, y) else EITHER

    return compare


def _equal(x: Any, y: Any) -> Any:
    if x.is_nan() or y.is_nan() or not x.overlaps(y):
        return arb(0)
    return arb(1) if x.is_exact() and y.is_exact() else EITHER


def _where(condition: Any, x: Any, y: Any) -> Any:
    chosen = truth(condition)
    return hull(x, y) if chosen is EITHER else x if chosen == 1 else y


def _power(x: Any, exponent: Any) -> Any:
    if isinstance(exponent, int):
        # Of a ball around 0 python-flint takes even a square by the logarithm, which is none.
        return _product(x, exponent) if exponent > 0 and x.contains(0) else x**exponent
    if isinstance(exponent, Fraction):
        if x.is_zero():
            return arb(0) if exponent > 0 else NAN
        if exponent.denominator == 2:
            return x.sqrt() ** exponent.numerator
        return x ** fmpq(exponent.numerator, exponent.denominator)
    return x ** ball_of(exponent)


def _product(x: Any, times: int) -> Any:
    """A whole power by squaring."""
    found = arb(1)
    for bit in bin(times)[2:]:
        found = found * found * x if bit == "1" else found * found
    return found


def _log(x: Any) -> Any:
    return arb.neg_inf() if x.is_zero() else x.log()


def _cbrt(x: Any) -> Any:
    if x.is_zero():
        return x
    return x.root(3) if x > 0 else -((-x).root(3)) if x < 0 else x.union(-x).root(3)


def _round(x: Any) -> Any:
    """The nearest whole number, of two the even one."""
    half = (x + 0.5).floor()
    if not (x.is_exact() and (x - x.floor()) == 0.5):
        return half
    return half if (half / 2).is_integer() else half - 1


def _log_of_gamma(x: Any) -> Any:
    return x.lgamma() if x > 0 else abs(x.gamma()).log()


def _complex(name: str) -> Callable[..., Any]:
    """A function of complex balls where its value at real ones is real."""

    def call(*args: Any) -> Any:
        value = getattr(acb, name)(*(acb(arg) for arg in args))
        return value.real if value.imag.contains(0) else NAN

    return call


def _spherical_jn(x: Any, n: int) -> Any:
    if x.is_zero():
        return arb(int(n == 0))
    size = abs(x)
    value = (arb.pi() / (2 * size)).sqrt() * size.bessel_j(arb(n) + 0.5)
    return -value if n % 2 and x < 0 else value if not x.contains(0) or n % 2 == 0 else hull(value, -value)


def _inerfcx(x: Any, n: int) -> Any:
    """exp(x²) times the n-fold integral of erfc, by its recurrence: what cancels in it the precision pays for."""
    before, value = 2 / arb.pi().sqrt(), (x * x).exp() * x.erfc()
    for k in range(1, n + 1):
        before, value = value, (before - 2 * x * value) / (2 * k)
    return value


def _density_of_gamma(a: Any, x: Any) -> Any:
    return ((a - 1) * x.log() - x - a.lgamma()).exp()


def _density_of_beta(a: Any, b: Any, x: Any) -> Any:
    return ((a - 1) * x.log() + (b - 1) * (-x).log1p() + (a + b).lgamma() - a.lgamma() - b.lgamma()).exp()


def _ellipd(m: Any) -> Any:
    if m.is_zero():
        return arb.pi() / 4
    return (_complex("elliptic_k")(m) - _complex("elliptic_e")(m)) / m


BALLS: Final[Mapping[str, Callable[..., Any]]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "power": _power,
    "pow": lambda x, y: x**y,
    "sqrt": arb.sqrt,
    "cbrt": _cbrt,
    "exp": arb.exp,
    "expm1": arb.expm1,
    "exp2": lambda x: arb(2) ** x,
    "log": _log,
    "log1p": lambda x: arb.neg_inf() if x == -1 else x.log1p(),
    "log2": lambda x: _log(x) / arb.const_log2(),
    "log10": lambda x: _log(x) / arb.const_log10(),
    "sin": arb.sin,
    "cos": arb.cos,
    "tan": arb.tan,
    "asin": arb.asin,
    "acos": arb.acos,
    "atan": arb.atan,
    "atan2": lambda y, x: arb.atan2(y, x),
    "hypot": lambda x, y: (x * x + y * y).sqrt(),
    "sinc": arb.sinc,
    "spherical_jn": _spherical_jn,
    "sinh": arb.sinh,
    "cosh": arb.cosh,
    "tanh": arb.tanh,
    "asinh": arb.asinh,
    "acosh": arb.acosh,
    "atanh": arb.atanh,
    "abs": abs,
    "sign": arb.sgn,
    "min": lambda x, y: x.min(y),
    "max": lambda x, y: x.max(y),
    "floor": arb.floor,
    "ceil": arb.ceil,
    "round": _round,
    "mod": lambda x, y: x - y * (x / y).floor(),
    "lt": _compared(lambda x, y: x < y, lambda x, y: x >= y),
    "le": _compared(lambda x, y: x <= y, lambda x, y: x > y),
    "gt": _compared(lambda x, y: x > y, lambda x, y: x <= y),
    "ge": _compared(lambda x, y: x >= y, lambda x, y: x < y),
    "eq": _equal,
    "ne": lambda x, y: 1 - _equal(x, y),
    "and": lambda x, y: truth(x) * truth(y),
    "or": lambda x, y: 1 - (1 - truth(x)) * (1 - truth(y)),
    "not": lambda x: 1 - truth(x),
    "where": _where,
    "erf": arb.erf,
    "erfc": arb.erfc,
    "erfinv": arb.erfinv,
    "erfi": arb.erfi,
    "erfcx": lambda x: (x * x).exp() * x.erfc(),
    "inerfcx": _inerfcx,
    "expsq": lambda c, x: (c * x * x).exp(),
    "exprel": lambda x: x.hypgeom_1f1(1, 2),
    "expmoment": lambda x, k: x.hypgeom_1f1(k + 1, k + 2) / (k + 1),
    "log_ndtr": lambda x: ((-x / arb(2).sqrt()).erfc() / 2).log(),
    "dawsn": lambda x: arb.pi().sqrt() / 2 * (-x * x).exp() * x.erfi(),
    "gamma": arb.gamma,
    "lgamma": _log_of_gamma,
    "digamma": arb.digamma,
    "polygamma": lambda x, n: _complex("polygamma")(x, arb(n)),
    "lambertw": arb.lambertw,
    "lambertwm1": lambda x: x.lambertw(-1),
    "ellipk": _complex("elliptic_k"),
    "ellipe": _complex("elliptic_e"),
    "ellipd": _ellipd,
    "ellipkinc": _complex("elliptic_f"),
    "ellipeinc": _complex("elliptic_e_inc"),
    "gammainc": lambda a, x: x.gamma_lower(a, regularized=1),
    "gammaincc": lambda a, x: x.gamma_upper(a, regularized=1),
    "gammapdf": _density_of_gamma,
    "betainc": lambda a, b, x: x.beta_lower(a, b, regularized=1),
    "betapdf": _density_of_beta,
    "airyai": arb.airy_ai,
    "airyaiprime": lambda x: x.airy_ai(derivative=1),
    "airybi": arb.airy_bi,
    "airybiprime": lambda x: x.airy_bi(derivative=1),
    "hurwitz_zeta": lambda s, q: s.zeta(q),
    "besselj": lambda x, n: x.bessel_j(ball_of(n)),
    "bessely": lambda x, n: x.bessel_y(ball_of(n)),
    "besseli": lambda x, n: x.bessel_i(ball_of(n)),
    "besselk": lambda x, n: x.bessel_k(ball_of(n)),
    "besselie": lambda x, n: x.bessel_i(ball_of(n)) * (-abs(x)).exp(),
    "besselke": lambda x, n: x.bessel_k(ball_of(n)) * x.exp(),
    "sinint": arb.si,
    "cosint": arb.ci,
    "sinhint": arb.shi,
    "coshint": arb.chi,
    "fresnels": arb.fresnel_s,
    "fresnelc": arb.fresnel_c,
    "expint": lambda x, n: x.expint(ball_of(n)),
    "expi": arb.ei,
}
"""The value of an operation on balls, at the precision of `flint.ctx`; the parameter of a row comes last."""
