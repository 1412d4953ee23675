"""The moments of an exponential, which are the derivatives of (exp(x) - 1)/x, as formulas in elementary operations."""

from __future__ import annotations

from typing import Final

from edgewise.ops.special_formulas import LARGEST

__all__ = ["EXPREL", "expmoment"]

# Where exp overflows, the quotient does not yet.
EXPREL: Final = """z = max(x, 700)
far = exp(z/2)/z*exp(z/2)
where(x == 0, 1, where(x < 700, expm1(x)/x, where(x == inf, x, far)))
"""


def expmoment(k: int) -> str:
    """The integral of t**k*exp(x*t) over t from 0 to 1; no formula beyond the order LARGEST.

    Beside 0 sums of positive terms: the series, and left of it Kummer's (DLMF 13.2.39). Farther out the recurrence by
    parts, of the integrals themselves or of exp(-x) times them, each where it is stable.
    """
    if k > LARGEST:
        return ""
    if k == 0:
        return "exprel(x)"
    near = k + 2
    # The series of the moments by Horner's rule: of x**j/j! the factors are apart from 1/(j + k + 1).
    terms = _terms(near, 1)
    right = f"1/{terms + k + 1}"
    for j in range(terms, 0, -1):
        right = f"1/{j + k} + u/{j}*({right})"
    left = "1"
    for j in range(_terms(near, k + 2), 0, -1):
        left = f"1 + t/{j + k + 1}*({left})"
    return "\n".join(
        (
            f"u = min(max(x, 0), {near})",
            f"right = {right}",
            f"t = min(max(-x, 0), {near})",
            f"left = exp(-t)/{k + 1}*({left})",
            f"z = max(abs(x), {near})",
            "e = exp(-z)",
            "s0 = -expm1(-z)/z",
            *(f"s{j} = ({j}*s{j - 1} - e)/z" for j in range(1, k + 1)),
            *(f"r{j} = (1 - {j}*{f'r{j - 1}' if j > 1 else 's0'})/z" for j in range(1, k + 1)),
            "half = exp(max(x, 0)/2)",
            f"far = where(x < 0, s{k}, where(x > 2000, inf, half*r{k}*half))",
            f"where(abs(x) <= {near}, where(x < 0, left, right), far)",
        )
    )


def _terms(x: int, first: int) -> int:
    """After how many terms x/first*x/(first + 1)*… is nothing beside 1."""
    count, size = 0, 1.0
    while size > 1e-18:
        size *= x / (first + count)
        count += 1
    return count
