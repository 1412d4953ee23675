"""The slopes of the exponentially scaled Bessel functions, as texts for a given order."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

__all__ = ["slope_of_besselie", "slope_of_besselke"]

_TERMS: Final = 16


def _slope(n: Any, size: str, near: str, far: str, sign: int) -> str:
    """The recurrence, and far out, where that cancels, Hankel's expansion differentiated (DLMF 10.40.1, 10.40.2)."""
    terms, a = [], Fraction(1) if isinstance(n, (int, Fraction)) else 1.0
    for k in range(_TERMS):
        terms.append(repr(float((2 * k + 1) * a)))
        a = sign * a * (4 * n * n - (2 * k + 1) ** 2) / (8 * (k + 1))
    series = " + i*(".join(terms) + ")" * (_TERMS - 1)
    return f"i = 1/{size}\nwhere({size} < {float(30 + n * n)!r}, {near}, -{far}*i*sqrt(i)*({series}))"


def slope_of_besselie(n: Any) -> str:
    """Half the sum of the neighbours less the function, with the sign of x."""
    near = "where(n == 0, besselie(1, x), (besselie(n - 1, x) + besselie(n + 1, x))/2) - sign(x)*out"
    return _slope(n, "abs(x)" if n == int(n) else "x", near, "sign(x)**(n + 1)/sqrt(8*pi)", -1)


def slope_of_besselke(n: Any) -> str:
    """The function less half the sum of its neighbours."""
    near = "out - where(n == 0, besselke(1, x), (besselke(n - 1, x) + besselke(n + 1, x))/2)"
    return _slope(n, "x", near, "sqrt(pi/8)", 1)
