"""Values of operations on matrices by way of the singular value decomposition; axes in front are carried along."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

__all__ = ["adjugate", "adjugate_change", "expm", "expm_change", "left_vectors", "right_vectors", "singular_values"]


FAR: Final = 1e-3
"""The least part of the largest singular value that the smallest one of a matrix far from singular is."""


def singular_values(x: Any) -> Any:
    """The singular values, descending."""
    return np.linalg.svd(x, compute_uv=False)


def left_vectors(x: Any) -> Any:
    """The left singular vectors as columns, as many as there are singular values."""
    return np.linalg.svd(x, full_matrices=False)[0]


def right_vectors(x: Any) -> Any:
    """The right singular vectors as columns, of the same decomposition."""
    return np.swapaxes(np.linalg.svd(x, full_matrices=False)[2], -1, -2)


def _without(s: Any, count: int) -> Any:
    """The products of all singular values but each one, or each two, whatever of them is zero."""
    n = s.shape[-1]
    kept = np.ones((n,) * (count + 1), dtype=bool)
    for axis in range(count):
        kept &= ~np.eye(n, dtype=bool).reshape(*(n if k in (axis, count) else 1 for k in range(count + 1)))
    return np.prod(np.where(kept, s[(..., *(None,) * count, slice(None))], 1.0), axis=-1)


def adjugate(x: Any) -> Any:
    """The transpose of the matrix of cofactors: these themselves up to three rows, then det(x) inv(x).

    Near a singular x = U S Vᵀ it is det(U) det(V) V adj(S) Uᵀ, and adj(S) needs no division. (Stewart, *On the
    adjugate matrix*, 1998.)

    >>> adjugate(np.array([[1.0, 2.0], [2.0, 4.0]])).round(12).tolist()
    [[4.0, -2.0], [-2.0, 1.0]]
    """
    x = np.asarray(x)
    n = x.shape[-1]
    if n < 2:
        return np.ones_like(x)
    if n == 2:
        first = np.stack([x[..., 1, 1], -x[..., 1, 0]], -1)
        return np.stack([first, np.stack([-x[..., 0, 1], x[..., 0, 0]], -1)], -1)
    if n == 3:
        a, b, c = x[..., 0, :], x[..., 1, :], x[..., 2, :]
        return np.stack([np.cross(b, c), np.cross(c, a), np.cross(a, b)], -1)
    u, s, vt = np.linalg.svd(x)
    sign = np.linalg.det(u) * np.linalg.det(vt)
    inner = np.swapaxes(vt, -1, -2) * _without(s, 1)[..., None, :]
    limit = sign[..., None, None] * (inner @ np.swapaxes(u, -1, -2))
    far = (s[..., -1] > FAR * s[..., 0])[..., None, None]
    x = np.where(far, x, np.eye(n))
    return np.where(far, np.linalg.det(x)[..., None, None] * np.linalg.inv(x), limit)


def adjugate_change(x: Any, d: Any) -> Any:
    """The derivative of the adjugate along d, for matrices of any rank."""
    x, d = np.asarray(x), np.asarray(d)
    n = x.shape[-1]
    if n < 3:
        return 0 * x + (adjugate(d) if n == 2 else 0 * d)
    if n == 3:
        (a, b, c), (f, g, h) = (np.moveaxis(m, -2, 0) for m in (x, d))
        pairs = ((b, c, g, h), (c, a, h, f), (a, b, f, g))
        return np.stack([np.cross(r, q) + np.cross(p, t) for p, q, r, t in pairs], -1)
    u, s, vt = np.linalg.svd(x)
    sign = (np.linalg.det(u) * np.linalg.det(vt))[..., None, None]
    pairs = _without(s, 2) * (1 - np.eye(n))
    e = np.swapaxes(u, -1, -2) @ d @ np.swapaxes(vt, -1, -2)
    # adj(S + E)[i, i] changes by Σ_k E[k, k] Π_(l ≠ i, k) s[l], and adj(S + E)[i, j] by -E[i, j] Π_(l ≠ i, j) s[l].
    diagonal = (pairs @ np.diagonal(e, axis1=-2, axis2=-1)[..., None])[..., 0]
    inner = diagonal[..., None] * np.eye(n) - pairs * e
    return sign * (np.swapaxes(vt, -1, -2) @ inner @ np.swapaxes(u, -1, -2))


def expm(x: Any) -> Any:
    """The exponential of matrices, by scaling and squaring."""
    from scipy import linalg

    return linalg.expm(np.asarray(x, dtype=float))


def expm_change(x: Any, d: Any) -> Any:
    """The derivative of the exponential along d: a block of that of [[x, d], [0, x]] (Mathias 1996).

    >>> expm_change(np.zeros((2, 2)), np.eye(2)).tolist()
    [[1.0, 0.0], [0.0, 1.0]]
    """
    x, d = np.broadcast_arrays(x, d)
    n = x.shape[-1]
    rows = [np.concatenate(pair, axis=-1) for pair in ((x, d), (np.zeros(x.shape), x))]
    return expm(np.concatenate(rows, axis=-2))[..., :n, n:]
