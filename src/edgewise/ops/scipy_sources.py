"""Values by SciPy over the whole range: one text each, which `numeric` runs and programs for NumPy carry along.

SciPy's functions have no value, or none of their digits, beside 0 and at the ends; what is taken there is written out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["SCIPY_SOURCES"]

_FAR: Final = """    a, b = np.cos({x}), np.sin({x})
    c, s = ((a + b, b - a), (b - a, -a - b), (-a - b, a - b), (a - b, a + b))[n % 4]
    q = (4*n*n - 1)/8/{x}
    far = ({sum})/np.sqrt({x})/np.sqrt(np.pi)"""
"""Two terms of Hankel's expansion (Abramowitz and Stegun 9.2.5, 9.2.6): SciPy's angle has no digits far out."""

# Below 1e-10 the first term of a series is left (Abramowitz and Stegun 9.1.7 to 9.1.13, 9.6.7 to 9.6.9).
SCIPY_SOURCES: Final[Mapping[str, str]] = {
    "besselj": f"""def _besselj(n, x):
    size = np.abs(x)
{_FAR.format(x="size", sum="c - q*s")}
    value = np.where(size < 1e-10, (size/2)**n/special.gamma(n + 1.0), special.jv(n, size))
    value = np.where(size == np.inf, 0.0, np.where(size > 1e10*(n*n + 1), far, value))
    return (np.where(np.signbit(x), -value, value) if n % 2 else value)[()]""",
    "bessely": f"""def _bessely(n, x):
    x = np.where(np.asarray(x) < 0, np.nan, x)
{_FAR.format(x="x", sum="s + q*c")}
    near = 2/np.pi*(np.log(x) - np.log(2) + np.euler_gamma) if n == 0 else -special.gamma(float(n))/np.pi*(2/x)**n
    value = np.where(x == np.inf, 0.0, np.where(x > 1e10*(n*n + 1), far, special.yv(n, x)))
    return np.where(x < 1e-10, near, value)[()]""",
    "besseli": """def _besseli(n, x):
    size = np.abs(x)
    value = np.where(size < 1e-10, (size/2)**n/special.gamma(n + 1.0), special.iv(n, np.minimum(size, 1e9)))
    value = np.where(size == np.inf, np.inf, value)
    return (np.where(np.signbit(x), -value, value) if n % 2 else value)[()]""",
    "besselk": """def _besselk(n, x):
    x = np.where(np.asarray(x) < 0, np.nan, x)
    near = -(np.log(x) - np.log(2) + np.euler_gamma) if n == 0 else special.gamma(float(n))/2*(2/x)**n
    y = np.minimum(x, 1e9)
    value = special.kv(n, y)
    return np.where(x < 1e-10, near, np.where(value == 0, np.exp(-y)*special.kve(n, y), value))[()]""",
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
}
"""Row → the function `_<row>` of its order, where it has one, and its argument, in terms of `np` and `special`."""
