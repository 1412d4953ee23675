"""Special functions as formulas of the table's operations, which every front end reads.

They hold over the whole range, derivatives included: a form that overflows or cancels is not the one selected.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final

from edgewise.ops.density_formulas import deviation
from edgewise.ops.elliptic_formulas import ELLIPKM1
from edgewise.ops.gamma_ratios import beta, log_beta, log_ratio, near, reciprocal
from edgewise.ops.special_formulas import polynomial
from edgewise.ops.zeta_formulas import ZETA

__all__ = ["MAX_CHOICE", "SPECIAL", "choice", "rising"]


def _quotient(p: str, q: str, d: str) -> str:
    """gamma(p)/gamma(q): by gammas only where their squares, which derivatives need, are far from overflow."""
    series = f"max({p}, {q}) > 60 and min({p}, {q}) >= 10"
    root = f"where({q} > -1/2, gamma({p})*{q}/gamma({q} + 1), gamma({p})*{reciprocal(q)})"
    middle = f"where({q} > 1/2, gamma({p})/gamma({q}), {root})"
    small = f"where({q} > 60, gamma({p})*exp(-lgamma({q})), {middle})"
    return (
        f"{near(p, q, d)}where({q} > 0 and abs({d}) < {q}/8, exp(near), "
        f"where({series}, exp{log_ratio(p, q, d)}, {small}))"
    )


_BINOMIAL: Final = (
    "x = n - k + 1; y = k + 1; s = n + 2; a = min(x, y); b = max(x, y); "
    f"t = where(a >= 10, exp(-{log_beta('x', 'y')}), exp(-{log_ratio('b', 's', '-a')})/gamma(a))/(n + 1); "
    f"t = where(s > 60 and b >= 10, t, gamma(n + 1)*({reciprocal('x')}*{reciprocal('y')})); "
    f"{near('(n + 1)', 'x', 'k')}where(k < 10 and abs(k) < x/8, exp(near)/gamma(y), t)"
)


_AT_WHOLE: Final = (
    1.6449340668482264, 1.2020569031595942, 1.0823232337111382, 1.03692775514337, 1.0173430619844492,
    1.0083492773819228, 1.0040773561979444, 1.0020083928260821, 1.000994575127818, 1.000494188604119,
    1.000246086553308, 1.0001227133475785, 1.0000612481350588, 1.000030588236307, 1.0000152822594086,
    1.000007637197638, 1.000003817293265, 1.0000019082127165, 1.000000953962034,
)  # fmt: skip
"""zeta(2), zeta(3), …"""


def _harmonic(x: str) -> str:
    """The series of the harmonic number at 0, where digamma(x + 1) cancels Euler's constant."""
    text = repr(_AT_WHOLE[-1])
    for term in reversed(_AT_WHOLE[:-1]):
        text = f"{term!r} - {x}*({text})"
    return f"{x}*({text})"


def _inverse_erfc(w: str, steps: int) -> str:
    """The inverse of erfc on (0, 1/2]: a rational start and Halley's method, whose derivative converges with it."""
    start = f"t = sqrt(-2*log({w}/2)); y = (t - (2.30753 + 0.27061*t)/(1 + t*(0.99229 + 0.04481*t)))/sqrt(2); "
    return start + f"r = erfc(y) - {w}; y = y + r/(2/sqrt(pi)*exp(-y*y) - y*r); " * steps


_GAUSS: Final = (  # abscissas and weights of the rule of ten points
    (0.14887433898163122, 0.29552422471475287), (0.4333953941292472, 0.26926671930999635),
    (0.6794095682990244, 0.21908636251598204), (0.8650633666889845, 0.1494513491505806),
    (0.9739065285171717, 0.06667134430868814),
)  # fmt: skip


def _short_erf2() -> str:
    """erf(y) - erf(x) as an integral over a short interval of middle m and half length h."""
    terms = (f"{weight!r}*(exp(-(m - {place!r}*h)**2) + exp(-(m + {place!r}*h)**2))" for place, weight in _GAUSS)
    return f"2/sqrt(pi)*h*({' + '.join(terms)})"


MAX_CHOICE: Final = 30
"""Up to which whole number k binomial(n, k) is written out as a product, which is a polynomial in any real n."""


def choice(k: int) -> str:
    """binomial(n, k) as a product.

    >>> choice(3)
    'n*(n - 1)/2*(n - 2)/3'
    """
    return "*".join(["n", *(f"(n - {i})/{i + 1}" for i in range(1, k))]) if k else "1"


def rising(k: int) -> str:
    """n(n + 1)…(n + k - 1).

    >>> rising(3)
    'n*(n + 1)*(n + 2)'
    """
    return "*".join(["n", *(f"(n + {i})" for i in range(1, k))]) if k else "1"


_END: Final = "where(w < 1/2, where(x < 1, y, -y), erfinv(1 - x))"
_ERFCINV: Final = f"w = min(x, 2 - x); {_inverse_erfc('w', 3)}{_END}"
_BETALN: Final = (
    "s = x + y; a = min(x, y); b = max(x, y); "
    f"t = where(a >= 10, {log_beta('x', 'y')}, lgamma(a) + {log_ratio('b', 's', '-a')}); "
    "t = where(s > 60 and b >= 10, t, lgamma(x) + (lgamma(y) - lgamma(s))); "
    f"{near('b', 's', '-a')}where(a < 10 and abs(a) < b/8, lgamma(a) + near, t)"
)

_BESSEL: Final = {
    f"{letter}{n}{scaled}": ("x", f"bessel{letter}{scaled}({n}, x)")
    for letters, scaled in (("jyik", ""), ("ik", "e")) for letter in letters for n in (0, 1)
}  # fmt: skip


# (exp(z) - 1)/z, and log(1 + z)/z by s = z/(2 + z), beside 0.
_EXPREL: Final = [1 / math.factorial(k) for k in range(1, 17)]
_LOGREL: Final = f"2/(2 + z)*({polynomial('(s*s)', [1 / k for k in range(1, 23, 2)])})"
_BOXCOX: Final = f"z = p*l; where(p == 0 or abs(z) < 1/2, l*({polynomial('z', _EXPREL)}), expm1(z)/p)"
_UNBOXCOX: Final = f"z = p*y; s = z/(2 + z); t = where(p == 0 or abs(z) < 1/4, y*{_LOGREL}, log1p(z)/p); "

# log(x/y) of positive numbers, whose quotient may be near 1, overflow or underflow; and with t = y/x - 1 = 2s/(1 - s)
# t - log(1 + t), where log(1 + t) = 2 (s + s³/3 + s⁵/5 + …).
_LOG_RATIO: Final = (
    "q = x/y; l = where(q > 1e-30 and q < 1e30, log(q), log(x) - log(y)); "
    "l = where(q > 1/2 and q < 2, log1p((x - y)/y), l); "
)
_DIVERGENCE: Final = f"2*s*s*(1/(1 - s) - s*({polynomial('(s*s)', [1 / k for k in range(3, 23, 2)])}))"

# The dilogarithm on [1/2, 1] by the series of Bernoulli's numbers in u = -log(v) (Zagier, The dilogarithm function).
_BERNOULLI: Final = (1 / 6, -1 / 30, 1 / 42, -1 / 30, 5 / 66, -691 / 2730, 7 / 6, -3617 / 510, 43867 / 798)
_DILOGARITHM: Final = polynomial("(u*u)", [b / math.factorial(2 * k + 3) for k, b in enumerate(_BERNOULLI)])

_MEANS: Final = "; ".join(f"a{k + 1} = (a{k} + b{k})/2; b{k + 1} = sqrt(a{k})*sqrt(b{k})" for k in range(16))

# SciPy's, which are none of the table's operations.
_SCIPYS: Final = {
    "agm": ("a b", f"a0 = abs(a); b0 = where(a*b < 0, -1, abs(b)); {_MEANS}; where(a < 0, -a16, a16)"),
    "boxcox": ("x p", f"l = log(x); {_BOXCOX.replace('where(p', 'where(x == 0 and p == 0, -inf, where(p', 1)})"),
    "boxcox1p": ("x p", f"l = log1p(x); {_BOXCOX.replace('where(p', 'where(x == -1 and p == 0, -inf, where(p', 1)})"),
    "inv_boxcox": ("y p", f"{_UNBOXCOX}exp(t)"),
    "inv_boxcox1p": ("y p", f"{_UNBOXCOX}expm1(t)"),
    "cosm1": ("x", "-2*sin(x/2)**2"),
    "ellipkm1": ("p", ELLIPKM1),
    "entr": ("x", "where(x < 0, -inf, where(x == 0, 0, -(x*log(x))))"),
    "exp10": ("x", "10**x"),
    "exp1": ("x", "expint(1, x)"),
    "huber": ("d r", "s = abs(r); where(d < 0, inf, where(s <= d, r*r/2, d*(s - d/2)))"),
    "kl_div": (
        "x y", f"s = (y - x)/(y + x); {_LOG_RATIO}t = where(abs(s) < 0.15, x*({_DIVERGENCE}), x*l + (y - x)); "
        "where(x < 0 or y <= 0 or x == 0, where(x == 0 and y >= 0, y, inf), t)"
    ),
    "log1pmx": ("x", f"{deviation('d', 'x', 'log1p(x)')}-d"),
    "log_expit": ("x", "-softplus(-x)"),
    "ndtr": ("x", "erfc(x*-0.7071067811865476)/2"),
    "powm1": ("x y", "z = y*log(x); where(x > 0 and abs(z) < 1/2, expm1(z), x**y - 1)"),
    "pseudo_huber": ("d r", "where(d < 0, inf, where(d == 0, 0, r*(r/(1 + hypot(1, r/d)))))"),
    "rel_entr": ("x y", f"{_LOG_RATIO}where(x == 0 and y >= 0, 0, where(x < 0 or y <= 0, inf, x*l))"),
    # Reflected below 1/2, where gamma has poles, and this has roots with a slope; far out that of 1/gamma underflows.
    "rgamma": (
        "x", "n = round(x); a = where(x < 50, 1/gamma(x), exp(-lgamma(x))); "
        "where(x > 1/2, a, (1 - 2*mod(n, 2))*sin(pi*(x - n))*gamma(1 - x)/pi)"
    ),
    "softsign": ("x", "x/(1 + abs(x))"),
    "spence": (
        "z", f"w = where(z > 1, 1/z, z); u = where(w < 1/2, -log1p(-w), -log(w)); "
        f"t = u - u*u/4 + u*u*u*({_DILOGARITHM}); t = where(w < 1/2, pi**2/6 - xlogy(log1p(-w), w) - t, t); "
        "where(z > 1, -log(z)**2/2 - t, t)"
    ),
}  # fmt: skip

# Distributions by incomplete gamma and beta functions; counts of events are whole numbers.
_DISTRIBUTIONS: Final = {
    "bdtr": ("k n p", "betainc(n - floor(k), floor(k) + 1, 1 - p)"),
    "bdtrc": ("k n p", "betainc(floor(k) + 1, n - floor(k), p)"),
    "betaincc": ("a b x", "betainc(b, a, 1 - x)"),
    "chdtr": ("v x", "gammainc(v/2, x/2)"),
    "chdtrc": ("v x", "gammaincc(v/2, x/2)"),
    "fdtr": ("n d x", "betainc(n/2, d/2, n*x/(d + n*x))"),
    "fdtrc": ("n d x", "betainc(d/2, n/2, d/(d + n*x))"),
    "gdtr": ("a b x", "gammainc(b, a*x)"),
    "gdtrc": ("a b x", "gammaincc(b, a*x)"),
    "nbdtr": ("k n p", "betainc(n, floor(k) + 1, p)"),
    "nbdtrc": ("k n p", "betainc(floor(k) + 1, n, 1 - p)"),
    "pdtr": ("k m", "gammaincc(floor(k) + 1, m)"),
    "pdtrc": ("k m", "gammainc(floor(k) + 1, m)"),
    "stdtr": (
        "v t", "s = hypot(sqrt(v), t); betainc(v/2, v/2, where(t < 0, v/(2*s*(s - t)), (s + t)/(2*s)))"
    ),
}  # fmt: skip

SPECIAL: Final[Mapping[str, tuple[str, str]]] = {
    **_BESSEL,
    **_DISTRIBUTIONS,
    **_SCIPYS,
    "beta": ("x y", beta("x", "y")),
    "betaln": ("x y", _BETALN),
    "cosdg": ("x", "cos((x - 360*round(x/360))*(pi/180))"),
    "cotdg": ("x", "1/tan((x - 180*round(x/180))*(pi/180))"),
    "binom": ("n k", _BINOMIAL),
    "erf2": (
        "x y",
        "t = where(x > 0, erfc(x) - erfc(y), where(y < 0, erfc(-y) - erfc(-x), erf(y) - erf(x))); "
        f"h = (y - x)/2; m = x + h; where(abs(y - x)*(1 + abs(x)) < 1, {_short_erf2()}, t)",
    ),
    "erfcinv": ("x", _ERFCINV),
    "factorial": ("x", "gamma(x + 1)"),
    "falling": ("x k", _quotient("(x + 1)", "(x - k + 1)", "k")),
    "fmod": ("x y", "where(x < 0, -mod(-x, abs(y)), mod(x, abs(y)))"),
    "gammasgn": ("x", "where(x > 0, 1, where(x == floor(x), 0, 1 - 2*mod(floor(x), 2)))"),
    "harmonic": ("x", f"where(abs(x) < 1/8, {_harmonic('x')}, digamma(x + 1) + 0.5772156649015329)"),
    "ndtri": ("p", f"x = 2*p; {_ERFCINV.removesuffix(_END)}-sqrt(2)*{_END}"),
    "radian": ("d m s", "(d + m/60 + s/3600)*(pi/180)"),
    "sindg": ("x", "sin((x - 360*round(x/360))*(pi/180))"),
    "zeta": ("s", ZETA),
    "tandg": ("x", "tan((x - 180*round(x/180))*(pi/180))"),
    "poch": ("x k", _quotient("(x + k)", "x", "k")),
}
"""Name → its arguments, and the formula in them, in steps where that is shorter."""
