"""What SymPy's functions are in edgewise: one row each. Names are those of SymPy's classes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from edgewise.ops import TABLE

__all__ = ["FOLDED", "FORMULAS", "MAX_CHOICE", "REFUSED", "SAME", "choice"]

SAME: Final[Mapping[str, str]] = {
    name: op.name for op in TABLE if op.arity and not op.parameter for name in (op.sympy or op.name).split()
}
"""Classes that are one operation of ours, with the same arguments in the same order."""

FOLDED: Final[Mapping[str, str]] = {
    "Min": "min(x, y)",
    "Max": "max(x, y)",
    "And": "x and y",
    "Or": "x or y",
    "Xor": "x and not y or not x and y",
}
"""Classes of any number of arguments: the formula that joins one more, from left to right."""

_SERIES = ("1/12", "1/360", "1/1260", "1/1680", "1/1188", "691/360360")


def _stirling(z: str) -> str:
    """log gamma(z) - ((z - 1/2)*log(z) - z + log(2*pi)/2) for z >= 10 (Abramowitz and Stegun 6.1.41)."""
    text = _SERIES[-1]
    for term in reversed(_SERIES[:-1]):
        text = f"{term} - ({text})/(({z})*({z}))"
    return f"({text})/({z})"


def _log_ratio(p: str, q: str, d: str) -> str:
    """log(gamma(p)/gamma(q)) for d = p - q and q, p >= 10, in terms no larger than itself."""
    return f"(({q} - 1/2)*log1p(({d})/({q})) + ({d})*(log({p}) - 1) + {_stirling(p)} - {_stirling(q)})"


def _quotient(p: str, q: str, d: str) -> str:
    """gamma(p)/gamma(q): by gammas only where their squares, which derivatives need, are far from overflow."""
    series = f"max({p}, {q}) > 60 and min({p}, {q}) >= 10"
    small = f"where({q} > 60, gamma({p})*exp(-lgamma({q})), gamma({p})/gamma({q}))"
    return f"where({series}, exp{_log_ratio(p, q, d)}, {small})"


def _log_beta(x: str, y: str) -> str:
    """The logarithm of the beta function of s = x + y for x, y >= 10."""
    return (
        f"(log(2*pi)/2 - log(s)/2 - ({x} - 1/2)*log1p({y}/{x}) - ({y} - 1/2)*log1p({x}/{y})"
        f" + {_stirling(x)} + {_stirling(y)} - {_stirling('s')})"
    )


# The smaller argument alone may be small: then it is not the tie of min and max.
_BETA = (
    "s = x + y; a = min(x, y); b = max(x, y); "
    f"t = where(a >= 10, exp{_log_beta('x', 'y')}, gamma(a)*exp{_log_ratio('b', 's', '-a')}); "
    "where(s > 60 and b >= 10, t, gamma(x)*(gamma(y)/gamma(s)))"
)
_BINOMIAL = (
    "x = n - k + 1; y = k + 1; s = n + 2; a = min(x, y); b = max(x, y); "
    f"t = where(a >= 10, exp(-{_log_beta('x', 'y')}), exp(-{_log_ratio('b', 's', '-a')})/gamma(a))/(n + 1); "
    "where(s > 60 and b >= 10, t, gamma(n + 1)/(gamma(x)*gamma(y)))"
)


_ZETA = (
    1.6449340668482264, 1.2020569031595942, 1.0823232337111382, 1.03692775514337, 1.0173430619844492,
    1.0083492773819228, 1.0040773561979444, 1.0020083928260821, 1.000994575127818, 1.000494188604119,
    1.000246086553308, 1.0001227133475785, 1.0000612481350588, 1.000030588236307, 1.0000152822594086,
    1.000007637197638, 1.000003817293265, 1.0000019082127165, 1.000000953962034,
)  # fmt: skip
"""zeta(2), zeta(3), …"""


def _harmonic(x: str) -> str:
    """The series of the harmonic number at 0, where digamma(x + 1) cancels Euler's constant."""
    text = repr(_ZETA[-1])
    for term in reversed(_ZETA[:-1]):
        text = f"{term!r} - {x}*({text})"
    return f"{x}*({text})"


def _inverse_erfc(w: str, steps: int) -> str:
    """The inverse of erfc on (0, 1/2]: a rational start and Halley's method, whose derivative converges with it."""
    start = f"t = sqrt(-2*log({w}/2)); y = (t - (2.30753 + 0.27061*t)/(1 + t*(0.99229 + 0.04481*t)))/sqrt(2); "
    return start + f"r = erfc(y) - {w}; y = y + r/(2/sqrt(pi)*exp(-y*y) - y*r); " * steps


_GAUSS = (  # abscissas and weights of the rule of ten points
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


FORMULAS: Final[Mapping[str, tuple[str, str]]] = {
    "log": ("x b", "log(x)/log(b)"),
    "exp_polar": ("x", "exp(x)"),
    "polar_lift": ("x", "x"),
    "cot": ("x", "cos(x)/sin(x)"),
    "sec": ("x", "1/cos(x)"),
    "csc": ("x", "1/sin(x)"),
    # From |x| = 1 on in exp(-|x|), which neither overflows nor cancels, in the derivatives too.
    "coth": ("x", "t = exp(-2*abs(x)); where(abs(x) < 1, 1/tanh(x), sign(x)*(1 + 2*t/(1 - t)))"),
    "sech": ("x", "t = exp(-abs(x)); where(abs(x) < 1, 1/cosh(x), 2*t/(1 + t*t))"),
    "csch": ("x", "t = exp(-abs(x)); where(abs(x) < 1, 1/sinh(x), 2*sign(x)*t/(1 - t*t))"),
    # SymPy's acot jumps at 0, where its slope is -1 from either side.
    "acot": ("x", "where(abs(x) < 1, where(x < 0, -pi/2, pi/2) - atan(x), atan(1/x))"),
    # Near |x| = 1 the digits of x - 1 count, which 1/x loses.
    "asec": ("x", "t = atan(sqrt((x - 1)*(x + 1))); where(abs(x) > 2, acos(1/x), where(x < 0, pi - t, t))"),
    "acsc": ("x", "t = atan(sqrt((x - 1)*(x + 1))); where(abs(x) > 2, asin(1/x), sign(x)*(pi/2 - t))"),
    "acoth": ("x", "sign(x)*log1p(2/(abs(x) - 1))/2"),
    "asech": (
        "x",
        "where(x < 1/2, log(1 + sqrt((1 - x)*(1 + x))) - log(x), 2*atanh(sqrt((1 - x)/(1 + x))))",
    ),
    "acsch": ("x", "where(abs(x) < 1/2, sign(x)*(log(1 + sqrt(1 + x*x)) - log(abs(x))), asinh(1/x))"),
    "frac": ("x", "x - floor(x)"),
    "factorial": ("x", "gamma(x + 1)"),
    "harmonic": ("x", f"where(abs(x) < 1/8, {_harmonic('x')}, digamma(x + 1) + 0.5772156649015329)"),
    "binomial": ("n k", _BINOMIAL),
    "RisingFactorial": ("x k", _quotient("(x + k)", "x", "k")),
    "FallingFactorial": ("x k", _quotient("(x + 1)", "(x - k + 1)", "k")),
    "beta": ("x y", _BETA),
    "erf2": (
        "x y",
        "t = where(x > 0, erfc(x) - erfc(y), where(y < 0, erfc(-y) - erfc(-x), erf(y) - erf(x))); "
        f"h = (y - x)/2; m = x + h; where(abs(y - x)*(1 + abs(x)) < 1, {_short_erf2()}, t)",
    ),
    "erfcinv": (
        "x",
        "w = min(x, 2 - x); " + _inverse_erfc("w", 3) + "where(w < 1/2, where(x < 1, y, -y), erfinv(1 - x))",
    ),
    "KroneckerDelta": ("i j", "where(i == j, 1, 0)"),
    "Heaviside": ("x h", "where(x == 0, h, heaviside(x))"),
    "fma": ("x y z", "x*y + z"),
    "Implies": ("x y", "not x or y"),
    # edgewise is about real numbers.
    "re": ("x", "x"),
    "im": ("x", "0"),
    "arg": ("x", "where(x < 0, pi, 0)"),
    "conjugate": ("x", "x"),
    "UnevaluatedExpr": ("x", "x"),
}
"""Classes written in other operations: their arguments, and the formula in them, in steps where that is shorter.

They hold over the whole range, derivatives included: a form that overflows or cancels is not the one selected.
"""

_DOIT = "call .doit() first"
_COMPLEX = "write the real and the imaginary part apart; edgewise is about real functions"
_EXPLICIT = "use .as_explicit() for a matrix of scalar entries"

REFUSED: Final[Mapping[str, str]] = {
    "Derivative": "SymPy cannot carry it out by .doit(): differentiate the graph instead",
    "Integral": f"{_DOIT}; an integral without a closed form is not an expression graph",
    "Limit": _DOIT,
    "Subs": "SymPy cannot carry it out; substitute before you differentiate",
    "Permanent": "only the determinant has an operation; call .doit() on explicit matrices",
    "ImaginaryUnit": _COMPLEX,
    "ComplexInfinity": "the expression divides by zero",
    "NaN": "the expression has no value",
    "DiracDelta": "a distribution has no value",
    "SingularityFunction": "a distribution has no value; write it with Piecewise where it is a function",
    "AccumulationBounds": "a range is not a number",
    "Order": "call .removeO() first",
    "Poly": "call .as_expr() first",
    "MatrixExpr": _EXPLICIT,
    "IndexedBase": "index it with integers, as in b[0]",
    "MatrixBase": "do the matrix operation first, with .doit()",
    "NDimArray": "do the array operation first, with .doit()",
}
"""Classes, and subclasses of them, that have no meaning as a real expression graph: what to do instead."""
