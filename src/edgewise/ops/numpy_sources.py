"""Values by NumPy and SciPy over the whole range: one text each, which `numeric` runs and programs for NumPy carry.

Their own functions have no value, or none of their digits, beside 0 and at the ends: what is taken there is written
out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgewise.ops.special_formulas import LOGARITHM

__all__ = ["BESIDE_ZEROS", "NUMPY_SOURCES", "SERIES"]

_FAR: Final = """    a, b = np.cos({x}), np.sin({x})
    if n == int(n):
        c, s = ((a + b, b - a), (b - a, -a - b), (-a - b, a - b), (a - b, a + b))[int(n) % 4]
    else:
        turn = np.pi*((n/2 + 1/4) % 2)
        c, s = np.sqrt(2)*(a*np.cos(turn) + b*np.sin(turn)), np.sqrt(2)*(b*np.cos(turn) - a*np.sin(turn))
    q = (4*n*n - 1)/8/{x}
    far = ({sum})/np.sqrt({x})/np.sqrt(np.pi)"""
"""Two terms of Hankel's expansion (Abramowitz and Stegun 9.2.5, 9.2.6): SciPy's angle has no digits far out."""

_SERIES: Final = """    small = size < (1.4*np.sqrt(n + 1) if n > -1 else 1e-10)
    h, near = np.where(small, size, 0.0)**2/4, 1.0
    for k in range(12, 0, -1):
        near = 1 {sign} h/(k*(n + k or 1.0))*near
    near = size**float(n)/np.power(2.0, n)/special.gamma(n + 1.0)*near
"""
"""The ascending series (Abramowitz and Stegun 9.1.10, 9.6.10), whose terms are each less than half the one before."""

_NEAR_I: Final = f"""    whole = n == int(n)
    n = abs(n) if whole else n
    size = np.abs(x) if whole else np.where(np.asarray(x) < 0, np.nan, x)
{_SERIES.format(sign="+")}"""
_NEAR_K: Final = """    if n == 0:
        near = -(np.log(x) - np.log(2) + np.euler_gamma)
    else:
        near = special.gamma(float(n))/2*np.power(2.0, n)*x**-float(n)
        if n < 1:
            near = near + special.gamma(-float(n))/2*x**n/np.power(2.0, n)
"""
"""Below 1e-10 the first term of a series is left (Abramowitz and Stegun 9.1.7 to 9.1.13, 9.6.7 to 9.6.9)."""

SERIES: Final = ", ".join(map(repr, reversed(LOGARITHM)))
"""lgamma(2 + t)/t by Horner's rule, the highest power first."""

BESIDE_ZEROS: Final = f"""    middle = (x > 0.5) & (x < 2.5)
    one = x < 1.5
    part = np.where(middle, x - np.where(one, 1.0, 2.0), 0.0)
    series = part*np.polyval(np.array([{SERIES}]), part)
    series = series - np.where(one, np.log1p(part), 0.0)
"""
"""lgamma between 1/2 and 5/2, beside its zeros 1 and 2."""

NUMPY_SOURCES: Final[Mapping[str, str]] = {
    "besselj": f"""def _besselj(n, x):
    whole = n == int(n)
    if whole and n < 0:
        return (-1)**int(n)*_besselj(-n, x)
    size = np.abs(x) if whole else np.where(np.asarray(x) < 0, np.nan, x)
{_FAR.format(x="size", sum="c - q*s")}
{_SERIES.format(sign="-")}    value = np.where(small, near, special.jv(n, size))
    value = np.where(size == np.inf, 0.0, np.where(size > 1e10*(n*n + 1), far, value))
    return (np.where(np.signbit(x), -value, value) if n % 2 == 1 else value)[()]""",
    "bessely": f"""def _bessely(n, x):
    whole = n == int(n)
    if whole and n < 0:
        return (-1)**int(n)*_bessely(-n, x)
    x = np.where(np.asarray(x) < 0, np.nan, np.abs(x))
{_FAR.format(x="x", sum="s + q*c")}
    value = np.where(x == np.inf, 0.0, np.where(x > 1e10*(n*n + 1), far, special.yv(n, x)))
    if n == 0:
        near = 2/np.pi*(np.log(x) - np.log(2) + np.euler_gamma)
    elif whole:
        near = -special.gamma(float(n))/np.pi*np.power(2.0, n)*x**-float(n)
    else:
        near = -x**-n*np.power(2.0, n)/special.gamma(1.0 - n)
        if n % 1 != 0.5:  # where the cosine is not 0
            near = np.cos(np.pi*(n % 2))*x**n/np.power(2.0, n)/special.gamma(1.0 + n) + near
        near = near/np.sin(np.pi*(n % 2))
    return np.where(x < 1e-10, near, value)[()]""",
    "besseli": f"""def _besseli(n, x):
{_NEAR_I}    value = np.where(small, near, special.iv(n, np.minimum(size, 1e9)))
    value = np.where(size == np.inf, np.inf, value)
    return (np.where(np.signbit(x), -value, value) if n % 2 == 1 else value)[()]""",
    "besselk": f"""def _besselk(n, x):
    n, x = abs(n), np.where(np.asarray(x) < 0, np.nan, np.abs(x))
{_NEAR_K}    y = np.minimum(x, 1e9)
    value = special.kv(n, y)
    return np.where(x < 1e-10, near, np.where(value == 0, np.exp(-y)*special.kve(n, y), value))[()]""",
    "besselie": f"""def _besselie(n, x):
{_NEAR_I}    value = np.where(small, near*np.exp(-size), special.ive(n, np.minimum(size, 1e9)))
    far = (1 - (4*n*n - 1)/8/size)/np.sqrt(size)/np.sqrt(2*np.pi)
    value = np.where(size > 1e8*(n*n + 1), far, value)
    return (np.where(np.signbit(x), -value, value) if n % 2 == 1 else value)[()]""",
    "besselke": f"""def _besselke(n, x):
    n, x = abs(n), np.where(np.asarray(x) < 0, np.nan, np.abs(x))
    far = (1 + (4*n*n - 1)/8/x)/np.sqrt(x)*np.sqrt(np.pi/2)
{_NEAR_K}    value = np.where(x > 1e8*(n*n + 1), far, special.kve(n, np.minimum(x, 1e9)))
    return np.where(x < 1e-10, near*np.exp(x), value)[()]""",
    # SciPy's are 0 and infinite far out, where Abramowitz and Stegun 5.1.22 and 5.1.51 have their digits.
    "expint": """def _expint(n, x):
    x = np.where(np.asarray(x) < 0, np.nan, x)
    y = np.maximum(x, 600.0)
    far = y + n + 20
    for k in range(10, 0, -1):
        far = y + n + 2*k - 2 - k*(n + k - 1)/far
    return np.where(x > 600, np.exp(-y)/far, special.exp1(x) if n == 1 else special.expn(n, x))[()]""",
    "expi": """def _expi(x):
    y = np.maximum(x, 600.0)
    series = 1.0
    for k in range(8, 0, -1):
        series = 1 + k/y*series
    far = np.where(y == np.inf, np.inf, np.exp(y/2)*(np.exp(y/2)/y*series))
    value = np.where(np.equal(x, 0), -np.inf, np.where(np.equal(x, -np.inf), -0.0, special.expi(x)))
    return np.where(np.greater(x, 600), far, value)[()]""",
    "digamma": """def _digamma(x):
    # SciPy's has no digits beside its poles below 0.
    below = x < 0
    y = np.where(below, x, -0.25)
    r = y - np.round(y)
    r = np.where(r == 0, np.nan, r)
    cotangent = np.where(np.abs(r) <= 0.25, 1/np.tan(np.pi*r), np.tan(np.pi*(np.copysign(0.5, r) - r)))
    return np.where(below, special.digamma(1 - y) - np.pi*cotangent, special.digamma(x))[()]""",
    "polygamma": """def _polygamma(n, x):
    # SciPy's sums from a negative number up to 0; the sum over all whole distances is periodic.
    below = x < 0
    if n == 0 or not np.any(below):
        return special.polygamma(n, x)[()]
    x, sign = np.maximum(x, -(2.0**52)), 1 if n % 2 else -1  # whole from there down
    value = special.polygamma(n, np.where(below, x - np.floor(x), x))
    all_of_them = value + sign*special.polygamma(n, np.where(below, np.floor(x) + 1 - x, 1.0))
    beyond = sign*special.polygamma(n, np.where(below, 1 - x, 1.0))
    return np.where(below, all_of_them - beyond, value)[()]""",
    "spherical_jn": """def _spherical_jn(n, x):
    first = np.abs(x)**n/np.prod(np.arange(1.0, 2*n + 2, 2))
    small = np.abs(x) < np.sqrt(2*n + 3)
    h, series = np.where(small, x, 0.0)**2/2, 1.0
    for k in range(14, 0, -1):
        series = 1 - h/(k*(2*n + 2*k + 1))*series
    value = np.where(small, first*series, special.spherical_jn(n, np.abs(x)))[()]
    return np.where(np.signbit(x), -value, value)[()] if n % 2 else value""",
    "sigmoid": """def _sigmoid(x):
    # SciPy's is 0 already where it is subnormal.
    e = np.exp(-np.abs(x))
    return np.where(x >= 0, 1.0, e)/(1 + e)""",
    "sinc": """def _sinc(x):
    # np.sinc has a factor pi inside, which rounds the angle.
    return np.where(x == 0, 1.0, np.sin(x)/np.where(x == 0, 1.0, x))""",
    "lgamma": f"""def _lgamma(x):
    # SciPy's is infinite already at numbers that are nearly 0, and -inf at -inf, and has few digits
    # beside its zeros, 1 and 2.
    near = -np.log(np.where(x == -np.inf, 0.0, np.abs(x)))
    value = np.where((np.abs(x) < 1e-300) | (x == -np.inf), near, special.gammaln(x))
{BESIDE_ZEROS}    return np.where(middle, series, value)[()]""",
}
"""Row → the function `_<row>` of its order, where it has one, and its argument, in terms of `np` and `special`."""
