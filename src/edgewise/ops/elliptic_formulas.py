"""The complete elliptic integrals as formulas in elementary operations."""

from __future__ import annotations

from typing import Final

from edgewise.ops.special_formulas import polynomial

__all__ = ["ELLIPD", "ELLIPE", "ELLIPK", "SLOPE_OF_D"]

_STEPS: Final = 12


def _complete(a: str, b: str, k: str = "sqrt(1 - m)") -> str:
    """The integral of (a*cos(t)**2 + b*sin(t)**2)/sqrt(cos(t)**2 + k**2*sin(t)**2) over a quarter turn, as `v`.

    R. Bulirsch, Numerical calculation of elliptic integrals and elliptic functions, Numer. Math. 7 (1965): sums of
    positive numbers beside the arithmetic-geometric mean.
    """
    lines = [f"k0 = {k}", "g0 = 1", f"c0 = {a}", f"b0 = {b}", "a0 = c0 + b0"]
    for i in range(_STEPS):
        lines += [
            f"b{i + 1} = 2*(c{i}*k{i} + b{i})",
            f"c{i + 1} = a{i}",
            f"g{i + 1} = g{i} + k{i}",
            f"a{i + 1} = a{i} + b{i + 1}/g{i + 1}",
            f"k{i + 1} = 2*sqrt(k{i})*sqrt(g{i})",
        ]
    return "\n".join([*lines, f"v = pi/4*a{_STEPS}/g{_STEPS}\n"])


ELLIPK: Final = f"{_complete('1', '1')}where(m == 1, inf, where(m == -inf, 0, v))"
ELLIPKM1: Final = f"{_complete('1', '1', 'sqrt(p)')}where(p == 0, inf, where(p == inf, 0, v))"
ELLIPE: Final = f"""
s = sqrt(1 - m)
{_complete("1", "k0*k0", "min(s, 1/s)")}where(m == 1, 1, where(m == -inf, inf, max(s, 1)*v))"""
ELLIPD: Final = f"{_complete('0', '1')}where(m == 1, inf, where(m == -inf, 0, v))"


def _slope_of_d() -> str:
    """The derivative of D = (K - E)/m: pi*3/32*F(5/2, 3/2; 3; m) beside 0, where the other form cancels."""
    terms, top, bottom = [], 3, 32
    for k in range(26):
        terms.append(top / bottom)
        top *= (2 * k + 5) * (2 * k + 3)
        bottom *= 4 * (k + 3) * (k + 1)
    return (
        f"where(abs(m) < 1/5, pi*({polynomial('m', terms)}), (ellipk(m) - (2 - m)*out)/(2*where(m == 0, 1, m))/(1 - m))"
    )


SLOPE_OF_D: Final = _slope_of_d()

DELTA: Final = "where(m < 1/2, 1 - m*sin(phi)**2, cos(phi)**2 + (1 - m)*sin(phi)**2)"
"""The square of the integrand of the second kind."""

# B. Carlson's duplication (Computing elliptic integrals by duplication, Numer. Math. 33, 1979): of the cosine squared,
# 1 - m*sin**2 and 1, with roots a, b and c, of what is beyond `n` half turns.
_DOUBLED: Final = "\n".join(
    [
        "n = round(phi/pi)", "r = (phi - n*3.141592653589793) - n*1.2246467991473532e-16", "s = sin(r)",
        "a0 = abs(cos(r))", "x0 = a0*a0", "y0 = x0 + (1 - m)*s*s", "z0 = 1", "b0 = sqrt(y0)", "c0 = 1",
        *(
            line
            for k in range(_STEPS)
            for line in (
                f"l{k} = a{k}*b{k} + b{k}*c{k} + c{k}*a{k}",
                *(f"{name}{k + 1} = ({name}{k} + l{k})/4\n{root}{k + 1} = sqrt({name}{k + 1})"
                  for name, root in ("xa", "yb", "zc")),
            )
        ),
        "",
    ]
)  # fmt: skip


def _second(x: str, y: str, z: str, root: str) -> str:
    """Carlson's R_D of these three as a step `d`, whose last argument z has this root; his formula (DLMF 19.36.2)."""
    x, y, last = f"{x}{_STEPS}", f"{y}{_STEPS}", f"{z}{_STEPS}"
    terms = " + ".join(f"{0.25**k!r}/({root}{k}*({z}{k} + l{k}))" for k in range(_STEPS - 1, -1, -1))
    return f"""h = ({x} + {y} + 3*{last})/5
u = 1 - {x}/h
v = 1 - {y}/h
w = -(u + v)/3
p = u*v
q = p - 6*w*w
e = (3*p - 8*w*w)*w
d = 3*({terms}) + {0.25**_STEPS!r}/(h*sqrt(h))*(1 - 3*q/14 + e/6 + 9*q*q/88 - 9*(p - w*w)*w*w/22 - 9*q*e/52)
"""


_FIRST: Final = f"""h = (x{_STEPS} + y{_STEPS} + z{_STEPS})/3
u = 1 - x{_STEPS}/h
v = 1 - y{_STEPS}/h
q = u*v - (u + v)**2
e = -u*v*(u + v)
f = s/sqrt(h)*(1 - q/10 + e/14 + q*q/24 - 3*q*e/44)
"""
ELLIPKINC: Final = f"{_DOUBLED}{_FIRST}where(n == 0, f, f + 2*n*ellipk(m))"
ELLIPEINC: Final = f"""{_DOUBLED}{_FIRST}{_second("x", "y", "z", "c")}f = f - m*s*s*s/3*d
where(n == 0, f, f + 2*n*ellipe(m))"""
SLOPE_OF_KINC: Final = f"""{_DOUBLED}{_second("x", "z", "y", "b")}f = s**3/6*d
where(n == 0, f, f + n*(ellipk(m) - ellipd(m))/(1 - m))"""
SLOPE_OF_EINC: Final = f"""{_DOUBLED}{_second("x", "y", "z", "c")}f = -s**3/6*d
where(n == 0, f, f - n*ellipd(m))"""
