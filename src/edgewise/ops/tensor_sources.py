"""Values of tensor operations by NumPy, one text each: `tensor_values` runs it, programs carry it along."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

__all__ = ["TENSOR_SOURCES"]

TENSOR_SOURCES: Final[Mapping[str, str]] = {
    "_softmax": """def _softmax(x, axis):
    powers = np.exp(x - np.max(x, axis=axis, keepdims=True, initial=-np.inf))
    return powers/np.sum(powers, axis=axis, keepdims=True)""",
    "_logsumexp": """def _logsumexp(x, axis):
    top = np.max(x, axis=axis, keepdims=True, initial=-np.inf)
    top = np.where(np.isfinite(top), top, 0.0)
    return np.log(np.sum(np.exp(x - top), axis=axis)) + np.squeeze(top, axis)""",
    "_unit": """def _unit(x, axes):
    # The direction of x; 0 where x is 0.
    length = np.sqrt(np.sum(x**2, axis=axes, keepdims=True))
    return np.where(length > 0, x/np.where(length > 0, length, 1.0), 0.0*x)""",
    "_windows": """def _windows(x, sizes):
    return np.lib.stride_tricks.sliding_window_view(x, sizes, tuple(range(-len(sizes), 0)))""",
    "_overlap": """def _overlap(x, sizes):
    # Windows added up where they overlap.
    places = x.shape[-2*len(sizes):-len(sizes)]
    whole = np.zeros(x.shape[:-2*len(sizes)] + tuple(n + k - 1 for n, k in zip(places, sizes)))
    for offset in np.ndindex(*sizes):
        whole[(..., *(slice(o, o + n) for o, n in zip(offset, places)))] += x[(..., *offset)]
    return whole""",
    "_running_argmax": """def _running_argmax(x, axis):
    # Along an axis, the place of the largest entry up to each; NaN is largest.
    counted = np.arange(x.shape[axis]).reshape((-1,) + (1,)*(-axis - 1))
    reached = (x == np.maximum.accumulate(x, axis=axis)) | (x != x)
    return np.maximum.accumulate(np.where(reached, counted, 0), axis=axis)""",
    "_without": """def _without(s, count):
    # The products of all entries but each one, or each two.
    n = s.shape[-1]
    kept = np.ones((n,)*(count + 1), dtype=bool)
    for axis in range(count):
        shape = [n if k in (axis, count) else 1 for k in range(count + 1)]
        kept = kept & ~np.eye(n, dtype=bool).reshape(shape)
    return np.prod(np.where(kept, s[(..., *(None,)*count, slice(None))], 1.0), axis=-1)""",
    "_adjugate": """def _adjugate(x):
    # Cofactors; det(x)*inv(x) where larger x are far from singular, and its limit elsewhere.
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
    sign = np.linalg.det(u)*np.linalg.det(vt)
    inner = np.swapaxes(vt, -1, -2)*_without(s, 1)[..., None, :]
    limit = sign[..., None, None]*(inner @ np.swapaxes(u, -1, -2))
    far = (s[..., -1] > 1e-3*s[..., 0])[..., None, None]
    x = np.where(far, x, np.eye(n))
    return np.where(far, np.linalg.det(x)[..., None, None]*np.linalg.inv(x), limit)""",
    "_adjugate_change": """def _adjugate_change(x, d):
    # The derivative of the adjugate along d.
    n = x.shape[-1]
    if n < 3:
        return 0*x + (_adjugate(d) if n == 2 else 0*d)
    if n == 3:
        x, d = x + 0*d, d + 0*x
        a, b, c = x[..., 0, :], x[..., 1, :], x[..., 2, :]
        f, g, h = d[..., 0, :], d[..., 1, :], d[..., 2, :]
        pairs = ((b, c, g, h), (c, a, h, f), (a, b, f, g))
        return np.stack([np.cross(r, q) + np.cross(p, t) for p, q, r, t in pairs], -1)
    u, s, vt = np.linalg.svd(x)
    sign = (np.linalg.det(u)*np.linalg.det(vt))[..., None, None]
    pairs = _without(s, 2)*(1 - np.eye(n))
    e = np.swapaxes(u, -1, -2) @ d @ np.swapaxes(vt, -1, -2)
    diagonal = (pairs @ np.diagonal(e, axis1=-2, axis2=-1)[..., None])[..., 0]
    inner = diagonal[..., None]*np.eye(n) - pairs*e
    return sign*(np.swapaxes(vt, -1, -2) @ inner @ np.swapaxes(u, -1, -2))""",
}
"""Name → a function of arrays."""
