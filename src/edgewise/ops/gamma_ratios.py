"""Quotients of gamma functions as texts of formulas, in terms no larger than themselves."""

from __future__ import annotations

from typing import Final

__all__ = ["beta", "log_beta", "log_ratio", "near", "reciprocal", "stirling"]

_SERIES: Final = ("1/12", "1/360", "1/1260", "1/1680", "1/1188", "691/360360")


def stirling(z: str) -> str:
    """log gamma(z) - ((z - 1/2)*log(z) - z + log(2*pi)/2) for z >= 10 (Abramowitz and Stegun 6.1.41)."""
    text = _SERIES[-1]
    for term in reversed(_SERIES[:-1]):
        text = f"{term} - ({text})/(({z})*({z}))"
    return f"({text})/({z})"


def log_ratio(p: str, q: str, d: str) -> str:
    """log(gamma(p)/gamma(q)) for d = p - q and q, p >= 10, in terms no larger than itself."""
    return f"(({q} - 1/2)*log1p(({d})/({q})) + ({d})*(log({p}) - 1) + {stirling(p)} - {stirling(q)})"


def near(p: str, q: str, d: str) -> str:
    """As a step `near`, the same for any q > 0 and small d = p - q, with the digits of d.

    The recurrence leads to q + 10, and differences of powers of u = 1/(p + 10) and v = 1/(q + 10) are written as d
    times what they are divided by it.
    """
    text = _SERIES[-1] + "*h10"
    for k in range(len(_SERIES) - 2, 0, -1):
        text = f"{_SERIES[k]}*h{2 * k} - ({text})"
    powers = "; ".join(f"h{m} = u*h{m - 1} + v**{m}" for m in range(2, 11))
    steps = " - ".join(f"log1p(({d})/({q} + {i}))" if i else f"log1p(({d})/{q})" for i in range(10))
    return (
        f"u = 1/({p} + 10); v = 1/({q} + 10); h1 = u + v; {powers}; "
        f"near = ({q} + 19/2)*log1p(({d})*v) - ({d})*(log(u) + 1 + u*v*(1/12 - ({text}))) - {steps}; "
    )


def reciprocal(z: str) -> str:
    """1/gamma(z), which has roots with a slope where gamma has poles: reflected there.

    The reflection is bounded where it is not taken: the derivatives of gamma are slow at large negative arguments.
    """
    below = f"(1 - 2*mod(round({z}), 2))*sin(pi*({z} - round({z})))*gamma(1 - min({z}, 1))/pi"
    return f"where({z} > 1/2, 1/gamma({z}), {below})"


def log_beta(x: str, y: str) -> str:
    """The logarithm of the beta function of s = x + y for x, y >= 10."""
    return (
        f"(log(2*pi)/2 - log(s)/2 - ({x} - 1/2)*log1p({y}/{x}) - ({y} - 1/2)*log1p({x}/{y})"
        f" + {stirling(x)} + {stirling(y)} - {stirling('s')})"
    )


def beta(x: str, y: str, small: str = "a", large: str = "b", result: str = "") -> str:
    """The beta function of x and y, whose smaller argument alone may be small: then it is not the tie of min and max.

    The names of the steps are `small`, `large`, s, t and those of `near`; the last has the name `result`, if any.
    """
    a, b = small, large
    return (
        f"s = {x} + {y}; {a} = min({x}, {y}); {b} = max({x}, {y}); "
        f"t = where({a} >= 10, exp{log_beta(x, y)}, gamma({a})*exp{log_ratio(b, 's', '-' + a)}); "
        f"t = where(s > 60 and {b} >= 10, t, gamma({x})*(gamma({y})*{reciprocal('s')})); "
        f"{near(b, 's', '-' + a)}{result}where({a} < 10 and abs({a}) < {b}/8, gamma({a})*exp(near), t)"
    )
