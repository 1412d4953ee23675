"""The Airy functions as formulas in elementary operations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from edgewise.ops.special_formulas import polynomial

__all__ = ["AIRYAI", "AIRYAIPRIME", "AIRYBI", "AIRYBIPRIME"]

# Ai and Bi with their slopes at -10, -9, …, 10.
_AI: Final = (
    (0.04024123848644319, 0.99626504413279), (-0.022133721547341403, -0.9756639809263316),
    (-0.0527050503563862, 0.9355609381983065), (0.18428083525050565, -0.7710081684101265),
    (-0.3291451736298231, 0.3459354872813429), (0.35076100902411433, 0.32719281855444315),
    (-0.07026553294928951, -0.7906285753685813), (-0.37881429367765806, 0.3145837692165988),
    (0.22740742820168558, 0.618259020741691), (0.5355608832923521, -0.01016056711664521),
    (0.3550280538878172, -0.2588194037928068), (0.13529241631288141, -0.1591474412967932),
    (0.03492413042327438, -0.05309038443365363), (0.006591139357460719, -0.011912976705951319),
    (0.0009515638512048018, -0.001958640950204179), (0.00010834442813607442, -0.0002474138908684625),
    (9.947694360252889e-06, -2.4765200397034955e-05), (7.492128863997167e-07, -2.008150894738792e-06),
    (4.6922076160992316e-08, -1.3414392979067865e-07), (2.47116843087249e-09, -7.480641389658946e-09),
    (1.1047532552898686e-10, -3.5206336767389237e-10),
)  # fmt: skip

_BI: Final = (
    (-0.3146798296438386, 0.11941411339990923), (0.3249473234552449, -0.05740051384366925),
    (-0.33125158075113786, -0.1594504978129814), (0.293762071854414, 0.4982445900581135),
    (-0.14669837667055705, -0.812898785105067), (-0.13836913490160058, 0.7784117730018992),
    (0.3922347057069993, -0.1166705674383409), (-0.19828962637492653, -0.6756112226852585),
    (-0.4123025879563985, 0.2787951669211695), (0.1039973894969446, 0.5923756264227924),
    (0.6149266274460007, 0.4482883573538264), (1.2074235949528713, 0.9324359333927756),
    (3.2980949999782148, 4.10068204993289), (14.037328963730232, 22.92221496638217),
    (83.84707140846814, 161.9266835046134), (657.7920441711711, 1435.8190802179824),
    (6536.446104809864, 15725.602621930477), (80327.79070943025, 209552.6708739713),
    (1199586.00412446, 3354342.3127445388), (21472868.891435347, 63807489.78090821),
    (455641153.54822516, 1429236134.4828658),
)  # fmt: skip


_LAST: Final = 10
_FAR: Final = 9.5
_TERMS: Final = 24
_PAIRS: Final = 13


def _chosen(values: Iterable[float]) -> str:
    """The value at the whole number c, the first of them at -10."""
    texts = list(map(repr, values))
    text = texts[-1]
    for k in range(len(texts) - 2, -1, -1):
        text = f"where(c == {k - _LAST}, {texts[k]}, {text})"
    return text


def _near(values: Iterable[tuple[float, float]], prime: bool) -> str:
    """The Taylor series about the next whole number c, by the recurrence of y'' = x*y, as a step `near`."""
    first, second = zip(*values, strict=True)
    lines = [
        f"c = floor(min(max(x, -{_LAST}), {_LAST}) + 1/2)",
        "h = min(max(x - c, -1), 1)",
        f"t0 = {_chosen(first)}",
        f"t1 = {_chosen(second)}",
        "t2 = c*t0/2",
        *(f"t{k + 2} = (c*t{k} + t{k - 1})/{(k + 1) * (k + 2)}" for k in range(1, _TERMS - 1)),
    ]
    terms = [f"{k}*t{k}" if prime and k > 1 else f"t{k}" for k in range(int(prime), _TERMS + 1)]
    return "\n".join([*lines, f"near = {polynomial('h', terms)}"])


def _series(prime: bool) -> tuple[list[float], list[float]]:
    """Two series of DLMF 9.7.2 in the square of 1/zeta: of the even and of the odd powers, with alternating signs."""
    top, bottom, found = 1, 1, []
    for k in range(2 * _PAIRS):
        first, second = (6 * k + 1, 1 - 6 * k) if prime else (1, 1)
        found.append((-1) ** (k // 2) * top * first / (bottom * second))
        top *= (6 * k + 5) * (6 * k + 3) * (6 * k + 1)
        bottom *= 216 * (k + 1) * (2 * k + 1)
    return found[::2], found[1::2]


# zeta = 2/3*z**(3/2) for z = |x| as the sum of two doubles (T. J. Dekker, A floating-point technique, 1971), and the
# cosine and sine of zeta - pi/4.
_ZETA: Final = f"""z = min(max(abs(x), {_FAR}), 1e20)
r = sqrt(z)
a = 134217729*r
a = a - (a - r)
b = 134217729*z
b = b - (b - z)
d = r - a
e = z - b
p = r*r
low = z*((z - p - ((a*a - p) + 2*a*d + d*d))/(2*r))
p = z*r
low = low + ((a*b - p) + a*e + b*d) + d*e
high = 2*p/3
low = ((2*p - 2*high) - high + 2*low)/3
k = cos(high)
s = sin(high)
l = cos(low)
m = sin(low)
u = k*l - s*m
v = s*l + k*m
k = (u + v)/sqrt(2)
s = (v - u)/sqrt(2)
w = 1/high
y = w*w
q = sqrt(sqrt(max(abs(x), 1)))"""


def _formula(values: Iterable[tuple[float, float]], sign: int, prime: bool, wave: str, ends: tuple[str, str]) -> str:
    """Taylor's series up to 9.5, then the expansions in zeta (DLMF 9.7.5 to 9.7.12).

    `sign` is that of zeta in the exponent for x > 0, `ends` are the values at -inf and inf.
    """
    even, odd = _series(prime)
    power = "q/sqrt(pi)" if prime else "1/sqrt(pi)/q"
    half = f"exp({'-' if sign < 0 else ''}high/2)"
    size = f"{'-' if sign < 0 and prime else ''}{power}{'/2' if sign < 0 else ''}"
    low = f"exp({'-' if sign < 0 else ''}where(high < 10000, low, 0))"
    return f"""
{_near(values, prime)}
{_ZETA}
even = {polynomial("y", even)}
odd = w*({polynomial("y", odd)})
left = {power}*({wave})
y = -y
even = {polynomial("y", even)}
odd = w*({polynomial("y", odd)})
right = {size}*(even {"-" if sign < 0 else "+"} odd)*{half}*{low}*{half}
far = where(x == -inf, {ends[0]}, where(x == inf, {ends[1]}, where(x < 0, left, right)))
where(abs(x) < {_FAR}, near, where(x == x, far, x))
"""


AIRYAI: Final = _formula(_AI, -1, False, "k*even + s*odd", ("0", "0"))
AIRYAIPRIME: Final = _formula(_AI, -1, True, "s*even - k*odd", ("x - x", "0"))
AIRYBI: Final = _formula(_BI, 1, False, "k*odd - s*even", ("0", "inf"))
AIRYBIPRIME: Final = _formula(_BI, 1, True, "k*even + s*odd", ("x - x", "inf"))
