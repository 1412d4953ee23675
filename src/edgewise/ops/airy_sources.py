"""The Airy functions by NumPy and SciPy, with the digits of their phase and of their exponent."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

__all__ = ["AIRY_SOURCES"]

_FAR: Final = 9.5
_TERMS: Final = 13


def _coefficients(prime: bool) -> tuple[str, str]:
    """The two series of DLMF 9.7.9 to 9.7.12 in the inverse square of zeta, the highest power first."""
    u, found = Fraction(1), []
    for k in range(2 * _TERMS):
        sign = (-1) ** (k // 2)
        found.append(float(sign * u * (Fraction(6 * k + 1, 1 - 6 * k) if prime else 1)))
        u *= Fraction((6 * k + 5) * (6 * k + 3) * (6 * k + 1), 216 * (k + 1) * (2 * k + 1))
    return tuple(", ".join(map(repr, reversed(found[odd::2]))) for odd in (0, 1))  # type: ignore[return-value]


def _source(name: str, which: int, sum: str) -> str:
    """zeta = 2/3*z**(3/2) in two doubles (T. J. Dekker, A floating-point technique, 1971), for z = |x|.

    SciPy's functions round it: far out their phase has no digits, and their size loses some.
    """
    prime = which % 2 == 1
    even, odd = _coefficients(prime)
    root = "np.sqrt(np.sqrt(np.abs(x)))"
    power = f"{root}/np.sqrt(np.pi)" if prime else f"1/np.sqrt(np.pi)/{root}"
    sign = "-" if which < 2 else ""
    return f"""def _{name}(x):
    x = np.asarray(x, dtype=float)
    z = np.clip(np.abs(x), 1e-100, 1e200)
    r = np.sqrt(z)
    a, b = 134217729.0*r, 134217729.0*z
    a, b = a - (a - r), b - (b - z)
    c, d = r - a, z - b
    p = r*r
    low = z*((z - p - ((a*a - p) + 2*a*c + c*c))/(2*r))
    p = z*r
    low = low + ((a*b - p) + a*d + b*c) + c*d
    high = 2*p/3
    low = np.where(high < 1e17, ((2*p - 2*high) - high + 2*low)/3, 0.0)
    # Oscillating: the angle is zeta - pi/4.
    c, s = np.cos(high), np.sin(high)
    c, s = c*np.cos(low) - s*np.sin(low), s*np.cos(low) + c*np.sin(low)
    c, s = (c + s)/np.sqrt(2), (s - c)/np.sqrt(2)
    w = np.minimum(1/high, 0.06)
    even, odd = np.polyval(np.array([{even}]), w*w), w*np.polyval(np.array([{odd}]), w*w)
    far = {power}*({sum})
    # Growing or decaying, by SciPy's function without the exponential.
    scaled = special.airye(np.clip(x, 0.0, 1e5))[{which}]
    with_size = scaled*np.exp({sign}high/2)*np.exp({sign}low)*np.exp({sign}high/2)
    value = np.where(x > {_FAR}, with_size, special.airy(np.clip(x, -10.0, 10.0))[{which}])
    value = np.where(x < -{_FAR}, far, value)
    value = np.where(x == -np.inf, {"np.nan" if prime else "0.0"}, value)
    return np.where(x == np.inf, {"np.inf" if which > 1 else "-0.0" if prime else "0.0"}, value)[()]"""


AIRY_SOURCES: Final = {
    "airyai": _source("airyai", 0, "c*even + s*odd"),
    "airyaiprime": _source("airyaiprime", 1, "s*even - c*odd"),
    "airybi": _source("airybi", 2, "c*odd - s*even"),
    "airybiprime": _source("airybiprime", 3, "c*even + s*odd"),
}
