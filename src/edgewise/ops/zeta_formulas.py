"""Riemann's and Hurwitz's zeta functions as formulas in elementary operations and the gamma function.

That of Riemann is no row: its derivatives are those of its formula, and have no other.
"""

from __future__ import annotations

import math
from fractions import Fraction
from itertools import accumulate
from typing import Final

from edgewise.ops.gamma_ratios import stirling

__all__ = ["HURWITZ_ZETA", "ZETA"]


def _weights(n: int) -> list[float]:
    """Those of the terms of the alternating series (P. Borwein, An efficient algorithm for zeta, 2000, algorithm 2)."""
    sums = list(
        accumulate(
            n * math.factorial(n + i - 1) * 4**i // (math.factorial(n - i) * math.factorial(2 * i))
            for i in range(n + 1)
        )
    )
    return [(-1) ** k * (sums[n] - sums[k]) / sums[n] for k in range(n)]


_ALTERNATING: Final = " + ".join(
    f"{weight!r}*{k}**(-y)" if k > 1 else repr(weight) for k, weight in reversed(list(enumerate(_weights(22), start=1)))
)

# Below 0 by reflection, with the power in two halves where the gamma function overflows.
ZETA: Final = f"""y = where(s < -1/5, 1 - s, s)
above = where(y == 1, inf, ({_ALTERNATING})/-expm1((1 - y)*log(2)))
z = max(y, 100)
half = (z/(2*pi*exp(1)))**(z/2)
m = s/2 - 2*floor(s/4)
d = where(m <= 1/2, m, where(m < 3/2, 1 - m, m - 2))
near = 2*sin(pi*d)*((2*pi)**(-min(y, 100))*gamma(min(y, 100)))
far = 2*sin(pi*d)*half*half*(sqrt(2*pi/z)*exp({stirling("z")}))
where(s < -1/5, where(y > 250 and d == 0, 0, where(y < 100, near, far)*above), above)"""

_BERNOULLI: Final = tuple(
    Fraction(text) for text in "1/6 -1/30 1/42 -1/30 5/66 -691/2730 7/6 -3617/510 43867/798 -174611/330".split()
)
_TERMS: Final = 9


def _euler_maclaurin() -> str:
    text = "0"
    for j in range(len(_BERNOULLI), 0, -1):
        c = float(_BERNOULLI[j - 1] / math.factorial(2 * j))
        text = f"{c!r} + (t + {2 * j - 1})/w*((t + {2 * j})/w)*({text})" if text != "0" else repr(c)
    return text


# A sum of so many terms, then the series of Euler and Maclaurin.
HURWITZ_ZETA: Final = f"""
w = q + {_TERMS}
t = min(s, 1e12)
last = w**(-s)
sum = {" + ".join(f"(q + {k})**(-s)" for k in range(_TERMS - 1, 0, -1))} + q**(-s)
tail = last*(w/(s - 1) + 1/2 + t/w*({_euler_maclaurin()}))
value = where(q == inf, 0, where(q < inf, sum + tail, q))
where(q < 0, sqrt(q), where(s > 1, value, where(s == 1, inf, sqrt(s - 1))))
"""
