"""The complete elliptic integrals as formulas in elementary operations."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

__all__ = ["ELLIPD", "ELLIPE", "ELLIPK", "SLOPE_OF_D"]

_STEPS: Final = 12


def _complete(a: str, b: str, k: str = "sqrt(1 - m)") -> str:
    """The integral of (a*cos(t)**2 + b*sin(t)**2)/sqrt(cos(t)**2 + k**2*sin(t)**2) over a quarter turn, as `v`.

    R. Bulirsch, Numerical calculation of elliptic integrals and elliptic functions, Numer. Math. 7 (1965): sums of
    positive numbers beside the arithmetic-geometric mean.
    """
    lines = [f"k0 = {k}", "g0 = 1", f"c0 = {a}", f"b0 = {b}", "a0 = c0 + b0"]
    for i in range(_STEPS):
        lines += [
            f"b{i + 1} = 2*(c{i}*k{i} + b{i})",
            f"c{i + 1} = a{i}",
            f"g{i + 1} = g{i} + k{i}",
            f"a{i + 1} = a{i} + b{i + 1}/g{i + 1}",
            f"k{i + 1} = 2*sqrt(k{i})*sqrt(g{i})",
        ]
    return "\n".join([*lines, f"v = pi/4*a{_STEPS}/g{_STEPS}\n"])


ELLIPK: Final = f"{_complete('1', '1')}where(m == 1, inf, where(m == -inf, 0, v))"
ELLIPE: Final = f"""
s = sqrt(1 - m)
{_complete("1", "k0*k0", "min(s, 1/s)")}where(m == 1, 1, where(m == -inf, inf, max(s, 1)*v))"""
ELLIPD: Final = f"{_complete('0', '1')}where(m == 1, inf, where(m == -inf, 0, v))"


def _slope_of_d() -> str:
    """The derivative of D = (K - E)/m: pi*3/32*F(5/2, 3/2; 3; m) beside 0, where the other form cancels."""
    terms, term = [], Fraction(3, 32)
    for k in range(26):
        terms.append(repr(float(term)))
        term *= Fraction((2 * k + 5) * (2 * k + 3), 4 * (k + 3) * (k + 1))
    series = " + m*(".join(terms) + ")" * (len(terms) - 1)
    return f"where(abs(m) < 1/5, pi*({series}), (ellipk(m) - (2 - m)*out)/(2*where(m == 0, 1, m)*(1 - m)))"


SLOPE_OF_D: Final = _slope_of_d()
