"""Rules of differentiation of tensor operations that take more than a line: see `tensors` for the notation."""

from __future__ import annotations

from typing import Any

from edgewise.ops.dims import simplest

__all__ = [
    "adjugate_change", "cholesky", "concatenated", "cumprod", "eigenvectors", "expm_change", "exponential_block",
    "extreme", "left_vectors", "logsumexp",
    "others", "pinv_rule", "radial", "recurrence", "reversed_recurrence", "right_vectors", "sorted_along", "unit",
]  # fmt: skip


def cholesky(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the Cholesky factor."""
    # Only the symmetric part of a change is one: dL = L·Φ(L⁻¹ dA L⁻ᵀ), Φ the lower triangle with half its diagonal.
    # (Smith, Differentiation of the Cholesky algorithm, 1995; Murray 2016, section 3.1) Of the symmetric matrix inside
    # that is half of `folded`, so that back-propagation mirrors a triangle: what comes back is symmetric.
    inner = t.solve_triangular(out, t.transposed(t.solve_triangular(out, t.symmetric(d))))
    return out @ t.folded(inner) / 2


def pinv_rule(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the Moore–Penrose inverse."""
    # Golub and Pereyra 1973, for matrices whose rank does not change.
    (a,), flip = x, t.transposed
    rows, columns = t.eye(a.shape[-2], a), t.eye(a.shape[-1], a)
    return (
        out @ flip(out) @ flip(d) @ (rows - a @ out) + (columns - out @ a) @ flip(d) @ flip(out) @ out - out @ d @ out
    )


def eigenvectors(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the eigenvectors."""
    # Magnus, On differentiating eigenvalues and eigenvectors, 1985: the gaps of the eigenvalues divide.
    eigenvalues, same = t.eigvalsh(x[0]), t.eye(out.shape[-1], out)
    gaps = t.expanded(eigenvalues, (-2,)) - t.expanded(eigenvalues, (-1,)) + same
    return out @ ((1 - same) / gaps * (t.transposed(out) @ t.symmetric(d) @ out))


def extreme(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the largest or smallest entries."""
    reached = t.apply("eq", x[0], t.expanded(out, p)) * 1.0
    return t.sum(reached * d, p) / t.sum(reached, p)


def logsumexp(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the logarithm of a sum of exponentials."""
    weights = t.softmax(x[0], p[0]) if len(p) == 1 else t.apply("exp", x[0] - t.expanded(out, p))
    return t.sum(weights * d, p)


def others(t: Any, d: Any, out: Any, x: Any, axis: int) -> Any:
    """The change of the products of all entries but one."""
    # d out[i] = Σ_{j≠i} d[j] Π_{k≠i,j} x[k]: row i of a matrix is x with its own entry replaced by 1.
    own = t.eye(x[0].shape[axis], out)
    rows = t.apply("where", own, 1, t.expanded(t.moved(x[0], axis, -1), (-2,)))
    each = t.others(rows, -1) * (1 - own)
    return t.moved(t.matvec(each, t.moved(d, axis, -1)), -1, axis)


def concatenated(transpose: bool, t: Any, k: int, d: Any, out: Any, x: Any, axis: int) -> Any:
    """Rule of the k-th piece: its range of the result."""
    start = simplest(sum(piece.shape[axis] for piece in x[:k]))
    spec = tuple((0, length, 1) for length in out.shape)
    place = len(out.shape) + axis
    spec = (*spec[:place], (start, x[k].shape[axis], 1), *spec[place + 1 :])
    return t.index(d, spec) if transpose else t.unindex(d, spec, out.shape)


def sorted_along(t: Any, d: Any, out: Any, x: Any, axis: int) -> Any:
    """The change of the entries in order."""
    # The entries change places, and so do their changes.
    return t.taken_along(d, t.argsort(x[0], axis), axis)


def _before(t: Any, x: Any, axis: int, reverse: bool) -> Any:
    """Along an axis, the entry before each (behind it where `reverse`), and 0 at the end that has none."""
    length = x.shape[axis]
    whole = [(0, other, 1) for other in x.shape[len(x.shape) + axis :]]
    near, far = (0, simplest(length - 1), 1), (1, simplest(length - 1), 1)
    source, target = (far, near) if reverse else (near, far)
    moved = t.index(x, [source, *whole[1:]])
    return t.unindex(moved, [target, *whole[1:]], x.shape[len(x.shape) + axis :])


def recurrence(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of a recurrence with its factors."""
    # y[i] = a[i]·y[i-1] + b[i]: dy[i] = a[i]·dy[i-1] + da[i]·y[i-1].
    axis, reverse = p
    return t.recurrence(x[0], d * _before(t, out, axis, reverse), p)


def reversed_recurrence(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The transpose in b: the same sum from the other end, each entry with the factor of the one behind it."""
    axis, reverse = p
    return t.recurrence(_before(t, x[0], axis, not reverse), d, (axis, not reverse))


def cumprod(t: Any, d: Any, out: Any, x: Any, axis: int) -> Any:
    """The change of running products."""
    # out[i] = x[i]·out[i-1] is a recurrence: no division, so that zeros are entries like any other.
    first = t.apply("eq", t.expanded(t.arange(out.shape[axis], out), range(axis + 1, 0)), 0) * 1.0
    return t.recurrence(x[0], d * (_before(t, out, axis, False) + first), (axis, False))


def _singular_gaps(t: Any, d: Any, x: Any) -> tuple[Any, ...]:
    left, right = t.left_vectors(x), t.right_vectors(x)
    row = t.expanded(t.singular_values(x), (-2,))
    column, same = t.transposed(row), t.eye(row.shape[-1], row)
    turned = t.transposed(left) @ d @ right
    return left, right, row, column, (1 - same) / (row**2 - column**2 + same), turned


def left_vectors(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the left singular vectors."""
    # Townsend, Differentiating the singular value decomposition, 2016: the gaps of the singular values divide.
    left, right, row, column, gaps, turned = _singular_gaps(t, d, x[0])
    inside = left @ (gaps * (turned * row + column * t.transposed(turned)))
    return inside + (d @ right - left @ turned) / row


def right_vectors(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the right singular vectors."""
    left, right, row, column, gaps, turned = _singular_gaps(t, d, x[0])
    inside = right @ (gaps * (column * turned + t.transposed(turned) * row))
    return inside + (t.transposed(d) @ left - right @ t.transposed(turned)) / row


def adjugate_change(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the change of the adjugate."""
    # The third derivative of the determinant, from adj(A)[E] = (adj(A)·tr(adj(A)·E) - adj(A)·E·adj(A)) / det(A).
    a, e = x
    adj, change = t.adjugate(a), t.adjugate_change(a, d)

    def traced(left: Any, right: Any) -> Any:
        return t.expanded(t.trace(left @ right), (-2, -1))

    total = change * traced(adj, e) + adj * traced(change, e) - change @ e @ adj - adj @ e @ change
    return (total - out * traced(adj, d)) / t.expanded(t.det(a), (-2, -1))


def radial(t: Any, d: Any, out: Any, x: Any, axes: Any) -> Any:
    """The change of y·x/|x| with x, of which x[2] is the slope of y in |x|.

    Where x is 0, the gradient y(|x|)·x/|x| of a function of the norm that is smooth there changes by y'(0)·d.
    """
    x_, y, slope = x
    norm, unit = t.norm(x_, axes), t.unit(x_, axes)
    lead = len(y.shape) - len(norm.shape)
    if lead:
        rank = len(x_.shape)
        d = t.expanded(d, range(-rank - lead, -rank))
    ratio = t.expanded(t.apply("where", t.apply("gt", norm, 0), y / norm, slope), axes)
    return ratio * (d - unit * t.expanded(t.sum(unit * d, axes), axes))


def unit(t: Any, d: Any, out: Any, x: Any, axes: Any) -> Any:
    """The change of the direction."""
    # Where x is 0 the direction has no derivative, and 0 is written, as for the norm.
    norm = t.norm(x[0], axes)
    inverse = t.expanded(t.apply("where", t.apply("gt", norm, 0), 1 / norm, 0), axes)
    return inverse * (d - out * t.expanded(t.sum(out * d, axes), axes))


def _upper(t: Any, a: Any, b: Any) -> Any:
    """[[a, b], [0, a]] of matrices of one shape."""
    top, bottom = t.concatenate([a, b], -1), t.concatenate([t.full(a.shape, 0, a), a], -1)
    return t.concatenate([top, bottom], -2)


def _corner(t: Any, whole: Any, n: Any) -> Any:
    return t.index(whole, [(0, n, 1), (n, n, 1)])


def exponential_block(t: Any, x: Any, p: Any) -> Any:
    """The derivative of the exponential of a matrix along another as a block of a larger exponential."""
    # exp([[A, E], [0, A]]) has it in its corner (Mathias, A chain rule for matrix functions and applications, 1996).
    a, e = x
    common = e.shape if len(e.shape) >= len(a.shape) else a.shape
    return _corner(t, t.expm(_upper(t, t.broadcast_to(a, common), t.broadcast_to(e, common))), a.shape[-1])


def expm_change(t: Any, d: Any, out: Any, x: Any, p: Any) -> Any:
    """The change of the derivative of the exponential along x[1] with x[0]: the same rule for the larger matrix."""
    a, e = x
    rank, inner = len(a.shape), len(out.shape)
    lead = tuple(d.shape[: len(d.shape) - rank])
    if inner > rank:
        d = t.expanded(d, range(-inner, -rank))
    common = (*lead, *out.shape)
    a, e, d = (t.broadcast_to(value, common) for value in (a, e, d))
    change = t.expm_change(_upper(t, a, e), _upper(t, d, t.full(common, 0, d)))
    return _corner(t, change, a.shape[-1])
