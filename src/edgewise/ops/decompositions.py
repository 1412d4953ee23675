"""Values of operations on matrices by way of the singular value decomposition; axes in front are carried along."""

from __future__ import annotations

from typing import Any

import numpy as np

from edgewise.ops.tensor_values import by_text

__all__ = ["adjugate", "adjugate_change", "expm", "expm_change", "left_vectors", "right_vectors", "singular_values"]


def singular_values(x: Any) -> Any:
    """The singular values, descending."""
    return np.linalg.svd(x, compute_uv=False)


def left_vectors(x: Any) -> Any:
    """The left singular vectors as columns, as many as there are singular values."""
    return np.linalg.svd(x, full_matrices=False)[0]


def right_vectors(x: Any) -> Any:
    """The right singular vectors as columns, of the same decomposition."""
    return np.swapaxes(np.linalg.svd(x, full_matrices=False)[2], -1, -2)


adjugate, adjugate_change = map(by_text, ("adjugate", "adjugate_change"))
"""The transpose of the matrix of cofactors: these themselves up to three rows, then det(x) inv(x). Along d it changes
by `adjugate_change(x, d)`.

Near a singular x = U S Vᵀ it is det(U) det(V) V adj(S) Uᵀ, and adj(S) needs no division. (Stewart, *On the adjugate
matrix*, 1998.) adj(S + E)[i, i] changes by Σ_k E[k, k] Π_(l ≠ i, k) s[l], and adj(S + E)[i, j] by
-E[i, j] Π_(l ≠ i, j) s[l].

>>> adjugate(np.array([[1.0, 2.0], [2.0, 4.0]])).round(12).tolist()
[[4.0, -2.0], [-2.0, 1.0]]
"""


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
