"""The special functions as formulas in elementary operations, for targets that lack them: `Op.computed`.

Values are a few units in the last place from the true ones (tests/ops/test_special_formulas.py measures them), beside a
zero that is no simple number a few units of the terms that cancel there. A formula has no loops: what a library
computes in a loop is written out, and `where` selects among what holds where.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

__all__ = [
    "DIGAMMA", "ERF", "ERFC", "ERFCX", "ERFINV", "EXPSQ", "GAMMA", "LAMBERTW", "LAMBERTWM1", "LGAMMA", "LOGARITHM",
    "LOG_NDTR", "SLOPE_OF_LAMBERTW", "SLOPE_OF_LAMBERTWM1", "inerfcx", "polygamma", "polynomial", "spherical_jn",
]  # fmt: skip


def polynomial(x: str, coefficients: Iterable[Any]) -> str:
    """By Horner's rule, the constant coefficient first.

    >>> polynomial("t", [1, 2, 3])
    '1 + t*(2 + t*(3))'
    """
    texts = [str(c) for c in coefficients]
    return f" + {x}*(".join(texts) + ")" * (len(texts) - 1)


# W. J. Cody, Rational Chebyshev approximations for the error function, Math. Comp. 23 (1969), 631-637.
_A: Final = (3.20937758913846947e03, 3.77485237685302021e02, 1.13864154151050156e02, 3.16112374387056560e00,
             1.85777706184603153e-1)  # fmt: skip
_B: Final = (2.84423683343917062e03, 1.28261652607737228e03, 2.44024637934444173e02, 2.36012909523441209e01, 1)
_C: Final = (1.23033935479799725e03, 2.05107837782607147e03, 1.71204761263407058e03, 8.81952221241769090e02,
             2.98635138197400131e02, 6.61191906371416295e01, 8.88314979438837594e00, 5.64188496988670089e-1,
             2.15311535474403846e-8)  # fmt: skip
_D: Final = (1.23033935480374942e03, 3.43936767414372164e03, 4.36261909014324716e03, 3.29079923573345963e03,
             1.62138957456669019e03, 5.37181101862009858e02, 1.17693950891312499e02, 1.57449261107098347e01,
             1)  # fmt: skip
_P: Final = (6.58749161529837803e-4, 1.60837851487422766e-2, 1.25781726111229246e-1, 3.60344899949804439e-1,
             3.05326634961232344e-1, 1.63153871373020978e-2)  # fmt: skip
_Q: Final = (2.33520497626869185e-3, 6.05183413124413191e-2, 5.27905102951428412e-1, 1.87295284992346725e00,
             2.56852019228982242e00, 1)  # fmt: skip

_NEAR_0: Final = f"({polynomial('s', _A)})/({polynomial('s', _B)})"

ERF: Final = f"""
s = min(x*x, 1)
where(abs(x) <= 0.46875, x*{_NEAR_0}, where(x > 0, 1 - erfc(abs(x)), erfc(abs(x)) - 1))
"""

# exp(-y**2) from a multiple of 1/16, whose square is exact, and the rest.
ERFC: Final = f"""
y = min(abs(x), 30)
z = floor(16*y)/16
s = y*y
i = 1/max(s, 1)
middle = ({polynomial("y", _C)})/({polynomial("y", _D)})
tail = (1/sqrt(pi) - i*({polynomial("i", _P)})/({polynomial("i", _Q)}))/max(y, 1)
far = exp(-z*z)*exp(-(y - z)*(y + z))*where(y <= 4, middle, tail)
where(y <= 0.46875, 1 - x*{_NEAR_0}, where(x > 0, far, 2 - far))
"""

# A rational start (S. Winitzki, 2008), then Halley's steps, on erfc where x is near 1.
ERFINV: Final = "\n".join(
    (
        "y = abs(x)",
        "s = log1p(-y) + log1p(y)",
        "t = 2/(pi*0.147) + s/2",
        "z0 = where(y < 0.001, y*sqrt(pi)/2, sqrt(sqrt(t*t - s/0.147) - t))",
        *(
            f"e{k} = where(y < 0.5, erf(z{k}) - y, (1 - y) - erfc(z{k}))*(sqrt(pi)/2)*exp(z{k}*z{k})\n"
            f"z{k + 1} = z{k} - e{k}/(1 + e{k}*z{k})"
            for k in range(3)
        ),
        "where(y < 1, where(x < 0, -z3, where(x == 0, x, z3)), x/sqrt(1 - y))",
    )
)

# 1/gamma(2.5 + s) and lgamma(2 + t)/t for s and t in [-1/2, 1/2], and digamma(1.5 + s)/(1.5 + s - x0) where x0 is its
# zero: interpolated at 80 Chebyshev points with 60 digits.
_RECIPROCAL: Final = (
    0.7522527780636751,
    -0.5289515363393055,
    0.0015314005425072067,
    0.11571375033428491,
    -0.04316459339104441,
    0.0006729493483409773,
    0.003959965652060875,
    -0.0012261561397399427,
    7.695059422158811e-05,
    5.02713525234528e-05,
    -1.6610800520541e-05,
    1.809315977301744e-06,
    2.3142782008478496e-07,
    -1.1558747324727382e-07,
    1.7207239319896015e-08,
    -2.457132213611238e-10,
)
LOGARITHM: Final = (
    0.42278433509846713,
    0.32246703342411326,
    -0.0673523010531956,
    0.020580808427780335,
    -0.007385551028937974,
    0.002890510331036772,
    -0.0011927539009204018,
    0.0005096695153484373,
    -0.00022315497868931946,
    9.945767440096764e-05,
    -4.492371708374659e-05,
    2.0505584372896933e-05,
    -9.456338120610123e-06,
    4.3847319318293745e-06,
    -1.9741884532905586e-06,
    9.199898075671394e-07,
    -5.812501250599261e-07,
    2.7880013392491846e-07,
)
_PSI: Final = (
    0.9510558760318328,
    -0.42362742128146047,
    0.24054248424078736,
    -0.14840492305391872,
    0.09498872445282817,
    -0.06192213327154086,
    0.040760833944741226,
    -0.026975796849870903,
    0.01790724819228875,
    -0.011908215022954471,
    0.007927024136843637,
    -0.005280020264450306,
    0.0035180792717028125,
    -0.0023446244638506528,
    0.0015635739915515125,
    -0.0010424375640517788,
    0.0006899428514219089,
    -0.00045917430083105225,
    0.00032689316473621455,
    -0.00022008418201681154,
    9.158816882117e-05,
    -5.76048865255672e-05,
    0.00012241591000024265,
    -8.401289563760489e-05,
)
_BERNOULLI: Final = tuple(
    Fraction(text) for text in "1/6 -1/30 1/42 -1/30 5/66 -691/2730 7/6 -3617/510 43867/798".split()
)
_STIRLING: Final = tuple(b / ((2 * k + 2) * (2 * k + 1)) for k, b in enumerate(_BERNOULLI[:8]))

# Of y, the distance to the nearest whole number with the sign that makes sin(pi*d) the sine of pi*y.
_SINE: Final = "m = y - 2*floor(y/2)\nd = where(m <= 1/2, m, where(m < 3/2, 1 - m, m - 2))"
_NAN: Final = "(x - x)/(x - x)"
# cot(pi*x), from the tangent of the complement where that is nearer to 0.
_COTANGENT: Final = """r = x - floor(x + 1/2)
c = where(abs(r) <= 1/4, 1/tan(pi*r), tan(pi*(where(r > 0, 1/2, -1/2) - r)))"""

# From a multiple of 1/256, whose square is exact, and the rest.
EXPSQ: Final = "y = abs(x)\nz = floor(256*y)/256\nexp(c*(z*z))*exp(c*where(y < 1e18, (y - z)*(y + z), 0))"

# Up to 10 by the recurrence from [2, 3), then Stirling's series, the power in two halves; below 0 by reflection.
GAMMA: Final = f"""
y = abs(x)
p = {"*".join(f"where(y >= {k + 2}, y - {k}, 1)" for k in range(1, 8))}
q = where(y < 2, y, 1)*where(y < 1, y + 1, 1)
s = y - floor(y) - 1/2
near = p/(q*({polynomial("s", _RECIPROCAL)}))
t = min(max(y, 10), 200)
half = t**((t - 1/2)/2)
i = 1/t
w = i*i
far = half*exp(-t)*(sqrt(2*pi)*exp(i*({polynomial("w", _STIRLING)})))
a = where(y < 10, near, far)
b = where(y < 10, 1, half)
{_SINE}
below = where(y == floor(y), {_NAN}, pi/(x*sin(pi*d))/a/b)
where(y < 1e-16, 1/x, where(x > 0, a*b, below))
"""

# Up to 9.5 by the recurrence from [1.5, 2.5), whose series has a factor that is 0 at 2, then Stirling's series.
LGAMMA: Final = f"""
y = abs(x)
n = floor(y + 1/2)
t = y - n
p = {"*".join(f"where(n >= {k + 2}, y - {k}, 1)" for k in range(1, 8))}
q = where(n < 2, y, 1)*where(n < 1, y + 1, 1)
near = t*({polynomial("t", LOGARITHM)}) + (log(p) - log(q))
v = max(y, 9)
i = 1/v
w = i*i
far = (v - 1/2)*(log(v) - 1) + (0.41893853320467274 + i*({polynomial("w", _STIRLING)}))
above = where(n < 10, near, far)
{_SINE}
below = where(y == floor(y), inf, log(pi/(y*abs(sin(pi*d)))) - above)
where(y < 1e-16, -log(y), where(x > 0, above, below))
"""

# Up to 10 by the recurrence from [1, 2), where the zero is a factor in two parts, then the asymptotic series.
DIGAMMA: Final = f"""
y = abs(x)
s = y - floor(y) - 1/2
root = (s + 0.038367855031637754 - 9.549995429965697e-17)*({polynomial("s", _PSI)})
sum = {" + ".join(f"where(y >= {k + 1}, 1/(y - {k}), 0)" for k in range(1, 9))}
near = root + sum - where(y < 1, 1/y, 0)
v = max(y, 10)
w = 1/(v*v)
far = log(v) - 0.5/v - w*({polynomial("w", (b / (2 * k + 2) for k, b in enumerate(_BERNOULLI[:8])))})
above = where(y < 10, near, far)
{_COTANGENT}
below = where(y == floor(y), {_NAN}, above + 1/y - pi*c)
where(y < 1e-16, -1/x, where(x > 0, above, below))
"""

# Below 4 from erfc, with the power as above; from there on the continued fraction x + 1/2/(x + 1/(x + 3/2/(x + …))).
ERFCX: Final = "\n".join(
    (
        "y = min(max(x, -30), 4)",
        "z = floor(16*y)/16",
        "u = max(x, 4)",
        "f22 = u",
        *(f"f{k - 1} = u + {k}/2/f{k}" for k in range(22, 0, -1)),
        "where(x < 4, exp(z*z)*exp((y - z)*(y + z))*erfc(y), 1/sqrt(pi)/f0)",
    )
)

# Far right the power as above; far left the power is apart.
LOG_NDTR: Final = """
y = min(max(x, 0), 40)
z = floor(16*y)/16
w = abs(x)/sqrt(2)
tail = exp(-z*z/2)*exp(-(y - z)*(y + z)/2)*erfcx(w)/2
where(x > 1, log1p(-tail), where(x > -1, log1p(-erfc(x/sqrt(2))/2), log(erfcx(w)/2) - x*x/2))
"""

# The series of W + 1 in p = sqrt(2*(e*x + 1)) (Corless, Gonnet, Hare, Jeffrey and Knuth, On the Lambert W function,
# 1996, section 4); on the branch -1 it is that of -p.
_BRANCH: Final = (
    1, Fraction(-1, 3), Fraction(11, 72), Fraction(-43, 540), Fraction(769, 17280), Fraction(-221, 8505),
    0.01563563253233392, -0.009616892024299432, 0.006014543252956118, -0.0038112980348919993, 0.0024408779911439826,
    -0.0015769303446867841, 0.0010262633205076071, -0.0006720616311561362, 0.0004424730618146209,
    -0.00029267722472962746, 0.00019438727605453933, -0.00012957426685274883, 8.665035805208128e-05,
    -5.811360750441382e-05, 3.907668486743905e-05, -2.63380647472311e-05, 1.7790345805079586e-05,
)  # fmt: skip
# 1/e in two parts; the double -1/e, which is a little below it, has the value at the branch point.
_FROM_BRANCH: Final = "t = max(max(x + 0.36787944117144233, 0) - 1.2428753672788363e-17, 0)\np = sqrt(2*e)*sqrt(t)\n"
# There x + exp(W) cancels, and of W + 1 the series has the digits.
_SLOPE: Final = (
    f"{_FROM_BRANCH}p = {{}}\nwhere(abs(p) < 0.3, 1/(exp(out)*(p*({polynomial('p', _BRANCH)}))), 1/(x + exp(out)))"
)
SLOPE_OF_LAMBERTW: Final = _SLOPE.format("p")
SLOPE_OF_LAMBERTWM1: Final = _SLOPE.format("-p")
_ENDS: Final = "where(x >= -0.36787944117144233, {}, sqrt(x + 1/e))"


def _fritsch(log_ratio: str) -> str:
    """Two steps of the iteration of Fritsch, Shafer and Crowley (Comm. ACM 16, 1973), of order four, from w0."""
    return "".join(
        f"z{k} = {log_ratio.replace('w', f'w{k}')} - w{k}\nq{k} = 2*(1 + w{k})*(1 + w{k} + 2*z{k}/3)\n"
        f"w{k + 1} = w{k}*(1 + z{k}/(1 + w{k})*(q{k} - z{k})/(q{k} - 2*z{k}))\n"
        for k in range(2)
    )


# Winitzki's starts (Uniform approximations for transcendental functions, 2003).
LAMBERTW: Final = f"""
{_FROM_BRANCH}l = log1p(max(x, 0))
left = e*x/(1 + 1/(1/max(p, 0.3) + 1/(e - 1) - 1/sqrt(2)))
w0 = where(x > 1, l*(1 - log1p(l)/(2 + l)), left)
{_fritsch("log(x/w)")}near = p*({polynomial("p", _BRANCH)}) - 1
{_ENDS.format("where(p < 0.3, near, where(x == 0 or x == inf, x, w2))")}
"""

# The start of Barry, Barry and Culligan-Hensley (ACM TOMS 21, 1995).
LAMBERTWM1: Final = f"""
{_FROM_BRANCH}l = log(-x)
s = -1 - l
r = sqrt(s/2)
w0 = l - 2/0.3361*(1 - 1/(1 + 0.3361*r/(1 - 0.0042*s*exp(-0.0201*sqrt(s)))))
{_fritsch("l - log(-w)")}m = -p
near = m*({polynomial("m", _BRANCH)}) - 1
{_ENDS.format("where(p < 0.3, near, where(x < 0, w2, where(x == 0, -inf, sqrt(-x))))")}
"""

LARGEST: Final = 100
"""The highest order that has a formula."""


def polygamma(n: int) -> str:
    """The n-th derivative of digamma; no formula beyond the order LARGEST.

    A sum of 10 + n terms, then the asymptotic series; below 0 by reflection (Abramowitz and Stegun 6.4.6, 6.4.7,
    6.4.11).
    """
    if n == 0:
        return "digamma(x)"
    if n > LARGEST:
        return ""
    series, term = [], Fraction(n + 1, 2)
    for k, b in enumerate(_BERNOULLI):
        series.append(b * term)
        term *= Fraction((2 * k + n + 2) * (2 * k + n + 3), (2 * k + 3) * (2 * k + 4))
    # The n-th derivative of cot is a polynomial in cot, whose own derivative is -(1 + cot**2).
    slope = [0, 1]
    for _ in range(n):
        below = [-j * a for j, a in enumerate(slope)][1:]
        slope = [sum(part) for part in zip([*below, 0, 0], [0, 0, *below], strict=True)]
    terms = [f"z{k}**({-n - 1})" for k in range(9 + n, -1, -1)]
    return "\n".join(
        (
            "z0 = where(x > 0, x, 1 - x)",
            *(f"z{k} = z0 + {k}" for k in range(1, 11 + n)),
            f"u = 1/z{10 + n}",
            "w = u*u",
            f"tail = z{10 + n}**({-n})*({Fraction(1, n)} + u*(1/2 + u*({polynomial('w', series)})))",
            f"s = {math.factorial(n)}*({' + '.join(['tail', *terms])})",
            _COTANGENT,
            f"below = -s - pi**{n + 1}*({polynomial('c', slope)})",
            f"where(x > 0, {'s' if n % 2 else '-s'}, where(x == floor(x), {'inf' if n % 2 else '-inf'}, below))",
        )
    )


def spherical_jn(n: int) -> str:
    """The spherical Bessel function of order n; no formula beyond the order LARGEST.

    The recurrence where that is stable, else the series (Abramowitz and Stegun 10.1.2, 10.1.19).
    """
    if n > LARGEST:
        return ""
    series = [Fraction(1)]
    while abs(series[-1]) * Fraction(n * n, 2) ** (len(series) - 1) > 1e-19:
        k = len(series)
        series.append(-series[-1] / (k * (2 * n + 2 * k + 1)))
    first = f"x**{n}/{math.prod(range(1, 2 * n + 2, 2))}" if n else "1"
    return "\n".join(
        (
            "j0 = sin(x)/x",
            *(f"j{k + 1} = {2 * k + 1}/x*j{k} - {f'j{k - 1}' if k else 'cos(x)/x'}" for k in range(n)),
            "h = x*x/2",
            f"small = {first}*({polynomial('h', map(float, series))})",
            f"where(abs(x) == inf, {'1/x' if n % 2 else '1/(x*x)'}, where(abs(x) > {n}, j{n}, small))",
        )
    )


_DEPTH: Final = 120


def inerfcx(n: int) -> str:
    """exp(x**2) times the n-th repeated integral of erfc; no formula beyond the order LARGEST.

    Below 5/4 the recurrence, from there on its continued fraction (Abramowitz and Stegun 7.2.5).
    """
    if n == 0:
        return "erfcx(x)"
    if n > LARGEST:
        return ""
    last = _DEPTH + n
    return "\n".join(
        (
            "v0 = erfcx(x)",
            "v1 = 1/sqrt(pi) - x*v0",
            *(f"v{k} = (v{k - 2} - 2*x*v{k - 1})/{2 * k}" for k in range(2, n + 1)),
            "u = 2*max(x, 5/4)",
            f"r{last} = 1/u",
            *(f"r{k} = 1/(u + {2 * (k + 1)}*r{k + 1})" for k in range(last - 1, -1, -1)),
            f"where(x < 5/4, v{n}, 2/sqrt(pi)*{'*'.join(f'r{k}' for k in range(n + 1))})",
        )
    )
