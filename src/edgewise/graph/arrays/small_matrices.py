"""Determinants, inverses and solutions of small matrices as scalar nodes, right wherever they exist.

Up to 3×3 they are quotients of cofactors. A determinant is expanded into minors, each written once, up to 8×8: that
has no pivots to divide by, so that value and derivatives exist at every singular matrix too. Larger systems are
eliminated with partial pivoting, the exchanges of rows being selections.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.graph.composed import numeric_or_symbolic
from edgewise.graph.expr import Expr, resolve
from edgewise.ops import CONST

__all__ = ["Array", "adjugate", "by_squaring", "cholesky", "determinant", "inverse", "solution"]

Array = npt.NDArray[Any]

CLOSED: Final = 3
EXPANDED: Final = 8
"""The largest determinant by minors: 2ⁿ⁻¹·n products."""

_abs, _gt, _where, _sqrt = map(numeric_or_symbolic, ("abs", "gt", "where", "sqrt"))


def by_squaring(base: Any, exponent: int, multiply: Callable[[Any, Any], Any]) -> Any:
    """A whole power, 1 or more, of a matrix: by squaring, from the lowest binary digit on.

    >>> by_squaring(3, 5, lambda a, b: a * b)
    243
    """
    found = None
    while True:
        if exponent & 1:
            found = base if found is None else multiply(found, base)
        exponent >>= 1
        if not exponent:
            return found
        base = multiply(base, base)


def _is_zero(entry: Any) -> bool:
    """Whether an entry is the number 0."""
    if not isinstance(entry, Expr):
        return bool(entry == 0)
    builder, node = resolve(entry)
    return builder.nodes[node][0] == CONST and float(builder.attrs[node]) == 0


def determinant(a: Array) -> Any:
    """The determinant of a square matrix of expressions and numbers."""
    n = len(a)
    if n > EXPANDED:
        _, pivots, sign = _eliminated(a, a[:, :0])
        for pivot in pivots:
            sign = sign * pivot
        return sign
    # The minors of the first rows by the columns that they use, a bit for each.
    minors: dict[int, Any] = {0: 1}
    for row in a:
        below: dict[int, Any] = {}
        for used, minor in minors.items():
            for j in range(n):
                if used >> j & 1 or _is_zero(row[j]):
                    continue
                product = row[j] if used == 0 else row[j] * minor
                odd = bin(used >> j).count("1") % 2
                total = below.get(used | 1 << j)
                if total is None:
                    below[used | 1 << j] = -product if odd else product
                else:
                    below[used | 1 << j] = total - product if odd else total + product
        minors = below
    return minors.get((1 << n) - 1, 0)


def adjugate(a: Array) -> Array:
    """The transpose of the matrix of cofactors."""
    n = len(a)
    found = np.empty((n, n), dtype=object)
    for i, j in np.ndindex(n, n):
        minor = determinant(np.delete(np.delete(a, i, 0), j, 1))
        found[j, i] = -minor if (i + j) % 2 else minor
    return found


def inverse(a: Array) -> Array:
    """The inverse of a square matrix."""
    if len(a) <= CLOSED:
        return np.asarray(adjugate(a) / determinant(a))
    return _eliminated(a, np.eye(len(a), dtype=int).astype(object))[0]


def solution(a: Array, b: Array) -> Array:
    """inv(a) @ b for a matrix b."""
    if len(a) <= CLOSED:
        return np.asarray((adjugate(a) @ b) / determinant(a))
    return _eliminated(a, b)[0]


def _eliminated(a: Array, b: Array) -> tuple[Array, list[Any], Any]:
    """Gaussian elimination: inv(a) @ b, the pivots, and the sign of the exchanges."""
    n, width, sign = len(a), a.shape[1], 1
    rows: Any = np.concatenate((a, b), axis=1)
    for k in range(n):
        for i in range(k + 1, n):
            if _is_zero(rows[i, k]):
                continue
            if _is_zero(rows[k, k]):
                rows[[k, i]], sign = rows[[i, k]], -sign
                continue
            larger = _gt(_abs(rows[i, k]), _abs(rows[k, k]))
            sign = _where(larger, -sign, sign)
            upper, lower = rows[k].copy(), rows[i].copy()
            for j in range(k, rows.shape[1]):
                if not (_is_zero(upper[j]) and _is_zero(lower[j])):
                    rows[k, j], rows[i, j] = _where(larger, lower[j], upper[j]), _where(larger, upper[j], lower[j])
        for i in range(k + 1, n):
            if not _is_zero(rows[i, k]):
                rows[i, k + 1 :] = rows[i, k + 1 :] - rows[i, k] / rows[k, k] * rows[k, k + 1 :]
    found = rows[:, width:]
    for k in reversed(range(n)):
        for j in range(k + 1, n):
            if not _is_zero(rows[k, j]):
                found[k] = found[k] - rows[k, j] * found[j]
        for c in range(found.shape[1]):
            if not _is_zero(found[k, c]):
                found[k, c] = found[k, c] / rows[k, k]
    return found, [rows[k, k] for k in range(n)], sign


def cholesky(a: Array, entry: Callable[[int, int], Any] | None = None) -> Array:
    """The lower factor; `entry` says what stands at a place below the diagonal, the lower triangle as in NumPy."""
    read = entry or (lambda i, j: a[i, j])
    n = len(a)
    root = np.zeros((n, n), dtype=object)
    for j in range(n):
        for i in range(j, n):
            rest = a[j, j] if i == j else read(i, j)
            for k in range(j):
                rest = rest - root[i, k] * root[j, k]
            root[i, j] = _sqrt(rest) if i == j else rest / root[j, j]
    return root
