"""The derivatives of the incomplete gamma and beta functions, which are densities, without overflow or cancellation."""

from __future__ import annotations

from typing import Final

from edgewise.ops.gamma_ratios import beta, stirling

__all__ = ["BETAPDF", "GAMMAPDF", "deviation"]


def deviation(name: str, t: str, far: str) -> str:
    """t - log(1 + t) as a step, by a series in r = t/(2 + t) beside 0; `far` is the logarithm elsewhere."""
    text = "1/31"
    for k in range(29, 1, -2):
        text = f"1/{k} + {name}s*({text})"
    return (
        f"{name}r = where(abs({t}) < 2/5, {t}/(2 + {t}), 0)\n{name}s = {name}r*{name}r\n"
        f"{name} = where(abs({t}) < 2/5, {name}r*({t} - 2*{name}s*({text})), {t} - {far})\n"
    )


GAMMAPDF: Final = f"""
z = min(x, 800)
e = exp(-z/2)
near = where(a < 1/2 and z > 0, z**a/z, z**(a - 1))*e*where(abs(a) < 1e-17, a, 1/gamma(a))*e
n = max(a, 10)
m = where(x > 0 and x < inf, x, 1)
u = (m - n)/n
{deviation("d", "u", "log(m/n)")}far = sqrt(n/(2*pi))*exp(-n*d - {stirling("n")})/m
value = where(a < 10 or x == 0 or (x < 1 and a < 100), near, far)
where(x < 0, sqrt(x), where((a == 0 and x == 0) or x == inf, 0, value))
"""

# C. Loader, Fast and accurate computation of binomial probabilities (2000), where both exponents are large.
BETAPDF: Final = f"""
p = max(a, 10)
q = max(b, 10)
n = p + q
w = 1 - x
c = (x*q - w*p)/n
u = c*n/p
v = -c*n/q
{deviation("d", "u", "log(x*n/p)")}{deviation("e", "v", "log(w*n/q)")}
far = sqrt(p)*sqrt(q/n/(2*pi))*exp(-p*d - q*e + {stirling("n")} - {stirling("p")} - {stirling("q")})/x/w
{beta("a", "b", "l", "g", "B = ").replace("; ", chr(10))}
near = x**(a - 1)*where(x > 1/2, w**(b - 1), exp((b - 1)*log1p(-x)))/B
value = where(min(a, b) < 10, near, where(x == 0 or x == 1, 0, far))
where(x >= 0 and x <= 1, value, sqrt(-1 - abs(x)))
"""
