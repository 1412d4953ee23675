"""Sine, cosine and Fresnel integrals and Dawson's function as formulas in elementary operations."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from edgewise.ops.special_formulas import polynomial

__all__ = [
    "COSHINT", "COSINT", "DAWSN", "ERFI", "FRESNELC", "FRESNELS", "SINHINT", "SININT", "SLOPE_OF_DAWSN",
    "SLOPE_OF_SINHINT",
]  # fmt: skip


def _quotient(top: Sequence[float], bottom: Sequence[float]) -> str:
    return f"({polynomial('u', (1, *top))})/({polynomial('u', (1, *bottom))})"


# The auxiliary functions f and g (Abramowitz and Stegun 5.2.6, 5.2.7, and 7.3.5, 7.3.6), times x and x**2 or pi*x and
# pi**2*x**3, in u = (3/x)**2 and (1.6/x)**4: interpolated with 60 digits by rational functions at squares of Chebyshev
# points, which lie close beside u = 0.
_F: Final = _quotient(
    (120.33156797859604, 5337.392559897625, 114277.11786337808, 1301199.7046497867, 8195330.446190177,
     28811986.657844804, 55769615.043562986, 57228371.26729353, 28981490.95779957, 6348379.620934654,
     457800.2164235604, 4735.395927005554),
    (120.55379020081826, 5363.885994757067, 115434.36054165674, 1325375.4052854255, 8460273.807210146,
     30386897.01631562, 60854312.43047758, 65931938.14174125, 36471570.43276905, 9286648.234443562,
     892758.1213536455, 20177.93640720169),
)  # fmt: skip
_G: Final = _quotient(
    (154.13446111711357, 8938.661303734274, 255962.65273856497, 3998371.7315950696, 35571691.222480565,
     182883650.00986233, 540590812.1257802, 897416456.6118623, 799178436.9131513, 352362060.0212644,
     66478427.54070182, 3919280.707248147, 20661.807542188002),
    (154.80112778378023, 9040.380574108647, 261767.15169742054, 4160504.931037374, 38012173.53694986,
     203464053.27223986, 638775854.8335276, 1159631808.324011, 1179579537.9098763, 636065139.4002953,
     165284515.4511855, 17339987.390180092, 487572.3988712171),
)  # fmt: skip
_FRESNEL_F: Final = _quotient(
    (57.075041866102275, 1166.8476261245485, 11096.013437434007, 53439.30499664605, 133266.20013541655,
     169133.27961521223, 103144.84210538187, 26848.07255402102, 2323.7427045029162, 33.05083781180666),
    (57.121423023165114, 1169.47188634725, 11148.85970710393, 53929.1296573578, 135526.57422355315,
     174387.2244375062, 109086.86038164244, 29841.396547961805, 2882.0089579142013, 57.49933512278835),
)  # fmt: skip
_FRESNEL_G: Final = _quotient(
    (76.24876761867839, 2142.972832309846, 28964.114437991644, 206301.17674189768, 799084.8908797544,
     1678434.065121876, 1850408.258568329, 998081.1388377174, 230088.7527109478, 16970.97454629525,
     150.11709072305425),
    (76.48067340399257, 2160.483265705256, 29448.367140919738, 212678.6434406906, 842695.0530382458,
     1837093.9398557486, 2153613.197984039, 1288407.2872136275, 356823.2225226579, 37930.176274335485,
     994.0841629662266),
)  # fmt: skip

_EULER: Final = 0.5772156649015329
_INTEGRALS: Final = f"""y = max(abs(x), 3)
z = where(y < inf, y, 0)
u = 9/(y*y)
f = {_F}
g = {_G}/y
w = min(x*x, 9)
"""


def _series(first: int, count: int, ratio: int) -> list[float]:
    """1/(k*k!) for k = first, first + 2, … times the powers of a ratio."""
    terms = ((j, 2 * j + first) for j in range(count))
    return [ratio**j / (k * math.factorial(k)) for j, k in terms]


SININT: Final = f"""{_INTEGRALS}near = x*({polynomial("w", _series(1, 14, -1))})
far = sign(x)*(pi/2 - (f*cos(z) + g*sin(z))/y)
where(abs(x) < 3, near, far)
"""
COSINT: Final = f"""{_INTEGRALS}near = {_EULER} + log(x) - w*({polynomial("w", _series(2, 14, -1))})
where(x < 3, near, (f*sin(z) - g*cos(z))/y)
"""

# Sums of positive terms up to 44, then the asymptotic expansion of both, which is that of Ei/2.
_HYPERBOLIC: Final = f"""y = max(abs(x), 44)
i = 1/y
w = min(x*x, 1936)/4096
half = exp(min(y, 2000)/2)
far = half/2*(half*i*({polynomial("i", [float(math.factorial(k)) for k in range(31)])}))
far = where(y > 2000, inf, far)
"""
SINHINT: Final = f"""{_HYPERBOLIC}near = x*({polynomial("w", _series(1, 56, 4096))})
where(abs(x) < 44, near, sign(x)*far)
"""
COSHINT: Final = f"""{_HYPERBOLIC}near = {_EULER} + log(x) + w*4096*({polynomial("w", _series(2, 56, 4096))})
where(x < 44, near, far)
"""
_SINHC: Final = polynomial("w", [1 / math.factorial(2 * k + 1) for k in range(9)])
SLOPE_OF_SINHINT: Final = f"w = x*x; where(abs(x) < 1, {_SINHC}, sinh(x)/where(x == 0, 1, x))"

# The angle pi/2*y**2 from y = h + l, with what is whole turns left out of h*h and 2*h*l; of h counts whether it is odd.
_FRESNEL: Final = f"""y = max(abs(x), 1.6)
i = 1/y
u = 1.6*i
u = u*u*(u*u)
w = min(x*x*(x*x), 6.6)
h = floor(min(y, 1e15))
l = min(y, 1e15) - h
p = mod(h, 2)
t = pi/2*(p*p + mod(2*h*l, 4) + l*l)
f = {_FRESNEL_F}*i/pi
g = {_FRESNEL_G}*i*i*i/pi**2
"""


def _fresnel(power: int) -> list[float]:
    """The series in x**4 of the integral of sin (power 3) or cos (power 1) of pi/2*t**2, behind x**power."""
    return [
        (-1) ** n * (math.pi / 2) ** k / (math.factorial(k) * (2 * k + 1))
        for n, k in enumerate(range(power // 2, 30, 2))
    ]


FRESNELS: Final = f"""{_FRESNEL}near = x*x*x*({polynomial("w", _fresnel(3))})
where(abs(x) < 1.6, near, sign(x)*(1/2 - (f*cos(t) + g*sin(t))))
"""
FRESNELC: Final = f"""{_FRESNEL}near = x*({polynomial("w", _fresnel(1))})
where(abs(x) < 1.6, near, sign(x)*(1/2 + (f*sin(t) - g*cos(t))))
"""

_ODD: Final = range(1, 26, 2)
_PAIRS: Final = " + ".join(f"{math.exp(-((k / 4) ** 2))!r}*(p{k}/(n + {k}) + q{k}/(n - {k}))" for k in reversed(_ODD))
_POWERS: Final = "\n".join(f"p{k} = p{k - 2}*s\nq{k} = q{k - 2}/s" for k in _ODD[1:])

# G. Rybicki, Dawson's integral and the sampling theorem, Computers in Physics 3 (1989), with the step 1/4; the series
# beside 0 and from 10 on.
DAWSN: Final = f"""y = min(abs(x), 10)
n = 2*floor(2*y + 1/2)
d = y - n/4
p1 = exp(d/2)
q1 = exp(-d/2)
s = exp(d)
{_POWERS}
middle = sign(x)*exp(-d*d)/sqrt(pi)*({_PAIRS})
w = min(x*x, 1/4)
near = x*({polynomial("w", [(-2) ** k / math.prod(range(1, 2 * k + 2, 2)) for k in range(13)])})
z = max(abs(x), 10)
i = 1/(2*z*z)
far = ({polynomial("i", [float(math.prod(range(1, 2 * k, 2))) for k in range(15)])})/2/x
where(abs(x) < 1/2, near, where(abs(x) < 10, middle, far))
"""
_TAIL: Final = polynomial("i", [float(math.prod(range(1, 2 * k, 2))) for k in range(1, 25)])
SLOPE_OF_DAWSN: Final = f"z = where(x == 0, 1, x); i = 1/(2*z*z); where(abs(x) < 7, 1 - 2*x*out, -i*({_TAIL}))"
"""1 - 2*x*D, and its own expansion where that cancels."""

# exp(x**2) from a multiple of 1/16, whose square is exact, and the rest.
ERFI: Final = """y = min(abs(x), 30)
z = floor(16*y)/16
half = exp(z*z/2)
where(abs(x) > 30, x*inf, half*(half*(2/sqrt(pi)*exp((y - z)*(y + z))*dawsn(x))))
"""
