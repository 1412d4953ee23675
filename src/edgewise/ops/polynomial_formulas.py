"""Orthogonal polynomials and spherical Bessel functions of constant order, written out by their recurrences."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

__all__ = ["OF_ORDER"]

Text = Callable[[int], str]


def _polynomial(first: str, step: Text, at: str = "x", result: str = "{}") -> Text:
    """p0 = 1, p1, and p(k + 1) by `step` from p(k) and p(k - 1), of t = at(x)."""

    def text(n: int) -> str:
        lines = [f"t = {at}", "p0 = 1", f"p1 = {first}", *(f"p{k + 1} = {step(k)}" for k in range(1, n))]
        return "\n".join([*lines, result.format(f"p{n}" if n else "(0*x + 1)")])

    return text


def _chebyshev(k: int) -> str:
    return f"2*t*p{k} - p{k - 1}"


def _legendre(k: int) -> str:
    return f"({2 * k + 1}*t*p{k} - {k}*p{k - 1})/{k + 1}"


def _jacobi(k: int) -> str:
    s = f"({2 * k} + a + b)"
    ahead = f"({s} + 1)*({s}*({s} + 2)*t + (a + b)*(a - b))*p{k} - 2*({k} + a)*({k} + b)*({s} + 2)*p{k - 1}"
    return f"({ahead})/({2 * k + 2}*({k + 1} + a + b)*{s})"


def _spherical(first: str, second: str, sign: str, even: str) -> Text:
    """f(n + 1) = (2n + 1)/x*f(n) -+ f(n - 1), which is stable upwards."""

    def text(n: int) -> str:
        steps = (f"p{k + 1} = {2 * k + 1}/x*p{k} {sign} p{k - 1}" for k in range(1, n))
        return "\n".join([even, f"p0 = {first}", f"p1 = {second}", *steps, f"p{n}"])

    return text


OF_ORDER: Final[Mapping[str, tuple[str, Text]]] = {
    "eval_chebyt": ("x", _polynomial("t", _chebyshev)),
    "eval_chebyu": ("x", _polynomial("2*t", _chebyshev)),
    "eval_chebyc": ("x", _polynomial("t", _chebyshev, "x/2", "2*{}")),
    "eval_chebys": ("x", _polynomial("2*t", _chebyshev, "x/2")),
    "eval_sh_chebyt": ("x", _polynomial("t", _chebyshev, "2*x - 1")),
    "eval_sh_chebyu": ("x", _polynomial("2*t", _chebyshev, "2*x - 1")),
    "eval_legendre": ("x", _polynomial("t", _legendre)),
    "eval_sh_legendre": ("x", _polynomial("t", _legendre, "2*x - 1")),
    "eval_hermite": ("x", _polynomial("2*t", lambda k: f"2*(t*p{k} - {k}*p{k - 1})")),
    "eval_hermitenorm": ("x", _polynomial("t", lambda k: f"t*p{k} - {k}*p{k - 1}")),
    "eval_laguerre": ("x", _polynomial("1 - t", lambda k: f"(({2 * k + 1} - t)*p{k} - {k}*p{k - 1})/{k + 1}")),
    "eval_genlaguerre": ("a x", _polynomial(
        "1 + a - t", lambda k: f"(({2 * k + 1} + a - t)*p{k} - ({k} + a)*p{k - 1})/{k + 1}")),
    "eval_gegenbauer": ("a x", _polynomial(
        "2*a*t", lambda k: f"(2*({k} + a)*t*p{k} - ({k - 1} + 2*a)*p{k - 1})/{k + 1}")),
    "eval_jacobi": ("a b x", _polynomial("(a - b + (a + b + 2)*t)/2", _jacobi)),
    "spherical_yn": ("x", _spherical("-cos(x)/x", "-cos(x)/(x*x) - sin(x)/x", "-", "")),
    "spherical_kn": ("x", _spherical("h/x", "h/x + h/(x*x)", "+", "h = pi/2*exp(-x)")),
}  # fmt: skip
"""Name → its arguments behind the order, and the formula of an order."""
