"""Operations and constants as SymPy writes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, Final

import sympy as sp
from sympy.core.parameters import global_parameters
from sympy.functions.elementary.piecewise import ExprCondPair
from sympy.logic.boolalg import Boolean

from edgewise.ops import Number, SymbolicConstant

__all__ = ["REPEATED", "SPELLED", "is_truth", "real", "selection", "sympy_number", "truth"]

# Operations that SymPy calls otherwise, or has no function for. The rest have SymPy's name, or a definition.
SPELLED: Final[Mapping[str, Callable[..., Any]]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
    "neg": lambda x: -x,
    "pow": lambda x, y: x**y,
    "power": lambda c, x: x**c,
    "min": lambda x, y: _lattice(sp.Min, x, y),
    "max": lambda x, y: _lattice(sp.Max, x, y),
    "and": lambda x, y: _lattice(sp.And, x, y),
    "or": lambda x, y: _lattice(sp.Or, x, y),
    # SymPy's cube root of a negative number is complex.
    "cbrt": lambda x: sp.sign(x) * sp.cbrt(sp.Abs(x)),
    "lambertwm1": lambda x: sp.LambertW(x, -1),
    "ellipd": lambda m: (sp.elliptic_k(m) - sp.elliptic_e(m)) / m,
    "ellipeinc": lambda phi, m: sp.elliptic_e(phi, m),
    "besselie": lambda n, x: sp.exp(-sp.Abs(x)) * sp.besseli(n, x),
    "besselke": lambda n, x: sp.exp(x) * sp.besselk(n, x),
    "dawsn": lambda x: sp.sqrt(sp.pi) / 2 * sp.exp(-(x**2)) * sp.erfi(x),
    "hurwitz_zeta": lambda s, q: sp.zeta(s, q),
    "gammainc": lambda a, x: sp.lowergamma(a, x) / sp.gamma(a),
    "gammaincc": lambda a, x: sp.uppergamma(a, x) / sp.gamma(a),
    "betainc": lambda a, b, x: sp.betainc_regularized(a, b, 0, x),
    "betapdf": lambda a, b, x: x ** (a - 1) * (1 - x) ** (b - 1) * sp.gamma(a + b) / sp.gamma(a) / sp.gamma(b),
    "exprel": lambda x: (sp.exp(x) - 1) / x,
    "expmoment": lambda k, x: sp.lowergamma(k + 1, -x) / (-x) ** (k + 1),
    "erfcx": lambda x: _repeated_integral(0, x),
    "inerfcx": lambda n, x: _repeated_integral(int(n), x),
    # Halves go to the even neighbour.
    "round": lambda x: selection(
        sp.Eq(x - sp.floor(x), sp.S.Half), 2 * sp.floor(x / 2 + sp.Rational(1, 4)), sp.floor(x + sp.S.Half)
    ),
}  # fmt: skip

REPEATED: Final = {
    "round": 4, "cbrt": 2, "ellipd": 3, "gammainc": 2, "gammaincc": 2, "betapdf": 4, "exprel": 2, "expmoment": 2,
    **dict.fromkeys(("besselie", "besselke", "dawsn"), 2),
}  # fmt: skip
"""How often such a spelling names its argument: trees grow by as much."""


def sympy_number(value: Number) -> Any:
    """A constant in SymPy: exact ones stay exact."""
    if isinstance(value, SymbolicConstant):
        return sp.pi if value.name == "pi" else sp.E
    if isinstance(value, Fraction):
        return sp.Rational(value.numerator, value.denominator)
    return sp.true if value is True else sp.false if value is False else sp.sympify(value)


def is_truth(x: Any) -> bool:
    """Whether it is true or false; a symbol may stand for either to SymPy, ours are numbers."""
    return isinstance(x, Boolean) and not x.is_Symbol


def truth(x: Any) -> Any:
    """A number as a condition: that it is not 0."""
    return x if is_truth(x) else sp.Ne(x, 0)


def real(x: Any) -> Any:
    """A truth value that is counted with, as a number."""
    if x is sp.true or x is sp.false:
        return sp.Integer(x is sp.true)
    return selection(x, sp.S.One, sp.S.Zero) if is_truth(x) else x


def _repeated_integral(n: int, x: Any) -> Any:
    """exp(x**2) times the n-th repeated integral of erfc, whose factor and rest are polynomials: it stays short."""
    nothing: dict[int, Fraction] = {}
    before, now = (nothing, {0: Fraction(1)}), ({0: Fraction(1)}, nothing)
    for k in range(1, n + 1):
        before, now = now, (_next(before[0], now[0], k), _next(before[1], now[1], k))
    factor, rest = (sp.Add(*(sp.Rational(*c.as_integer_ratio()) * x**p for p, c in part.items())) for part in now)
    return factor * sp.exp(x**2) * sp.erfc(x) + 2 * rest / sp.sqrt(sp.pi)


def _next(before: Mapping[int, Fraction], now: Mapping[int, Fraction], k: int) -> dict[int, Fraction]:
    """(before - 2x·now)/(2k) of polynomials, by their powers."""
    made = {power: coefficient / (2 * k) for power, coefficient in before.items()}
    for power, coefficient in now.items():
        made[power + 1] = made.get(power + 1, Fraction(0)) - coefficient / k
    return made


def _lattice(kind: Any, x: Any, y: Any) -> Any:
    """Min, Max, And, Or. SymPy sorts the arguments by walking through the trees of both, even unevaluated."""
    if global_parameters.evaluate:
        return kind(x, y)
    if x is y:
        return x
    made = sp.Basic.__new__(kind, x, y)
    made._argset = frozenset((x, y))
    return made


def selection(condition: Any, x: Any, y: Any) -> Any:
    """`where`, of truths by logic."""
    condition = truth(condition)
    if is_truth(x) and is_truth(y):
        return _lattice(sp.Or, _lattice(sp.And, condition, x), _lattice(sp.And, sp.Not(condition), y))
    x, y = real(x), real(y)
    if global_parameters.evaluate and not condition.has(sp.Piecewise):
        return sp.Piecewise((x, condition), (y, True))
    # SymPy folds what is piecewise inside a condition, even unevaluated, into exponentially many pieces.
    pairs = [sp.Tuple.__new__(ExprCondPair, *pair) for pair in ((x, condition), (y, sp.true))]
    return sp.Basic.__new__(sp.Piecewise, *pairs)
