"""Special functions as formulas of the table's operations, which every front end reads.

They hold over the whole range, derivatives included: a form that overflows or cancels is not the one selected.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, Generic, TypeVar

from edgewise.errors import UnsupportedError
from edgewise.ops.formula import parse_statements, walk
from edgewise.ops.gamma_ratios import beta, log_beta, log_ratio, near, reciprocal
from edgewise.ops.op import CONSTANTS, Number
from edgewise.ops.zeta_formulas import ZETA

__all__ = ["MAX_CHOICE", "SPECIAL", "choice", "rising", "written"]

T = TypeVar("T")


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
}  # fmt: skip

SPECIAL: Final[Mapping[str, tuple[str, str]]] = {
    **_BESSEL,
    **_DISTRIBUTIONS,
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


def written(
    text: str, names: Mapping[str, T], number: Callable[[Number], T], call: Callable[[str, Sequence[T]], T]
) -> T:
    """What a formula is on these arguments; its steps are written in their order."""
    steps, result = parse_statements(text)
    algebra = _Written(dict(names), number, call)
    for name, step in steps:
        algebra.names[name] = walk(step, algebra)
    return walk(result, algebra)


class _Written(Generic[T]):
    """The names of a formula stand for what it is written on."""

    def __init__(
        self, names: dict[str, T], number: Callable[[Number], T], call: Callable[[str, Sequence[T]], T]
    ) -> None:
        self.names, self.number, self.call = names, number, call

    def name(self, name: str) -> T:
        return self.names[name] if name in self.names else self.number(CONSTANTS[name])

    def entry(self, name: str, index: tuple[int, ...]) -> T:
        raise UnsupportedError(f"the formula of a row reads {name}{list(index)}", hint="rows are about scalars")
