"""NumPy's linear algebra on tensors: norms, decompositions, products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.arrays.array import in_type
from edgewise.graph.arrays.families import base
from edgewise.graph.arrays.small_matrices import by_squaring
from edgewise.graph.expr import Expr, apply, resolve
from edgewise.graph.refused import refused
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import TENSOR_CODE, product, shape_text, simplest

__all__ = ["LINALG", "tensordot"]


def _norm(x: Any, ord: Any = None, axis: Any = None, keepdims: bool = False) -> Any:
    shape = t.shape_of(x)
    rank = len(shape)
    axes = t.axes_from_end(axis, rank)
    if ord is None or (ord == 2 and len(axes) == 1) or (ord == "fro" and len(axes) == 2):
        return t.over(t.norm, x, axis, keepdims)
    found = None
    if len(axes) == 1 and not isinstance(ord, str):
        found = _vector_norm(x, ord, axes)
    elif len(axes) == 2:
        given = (-2, -1) if axis is None else tuple(t.axis_from_end(k, rank) for k in axis)
        found = _matrix_norm(x, ord, given)
    if found is None:
        raise refused(
            f"np.linalg.norm with ord={ord!r} of an array of shape {shape_text(shape)}",
            "vectors have norms of any order, matrices 'fro', 'nuc', 1, -1, 2, -2, inf and -inf",
        )
    return t.expanded(found, axes) if keepdims else found


def _vector_norm(x: Any, ord: Any, axes: tuple[int, ...]) -> Any:
    if ord == 2:
        return t.norm(x, axes)
    if ord == 0:
        return t.sum(apply("ne", x, 0) * 1.0, axes)
    size = abs(x)
    if ord in (np.inf, -np.inf):
        return (t.amax if ord > 0 else t.amin)(size, axes)
    return t.sum(size, axes) if ord == 1 else t.sum(size**ord, axes) ** (1 / ord)


def _matrix_norm(x: Any, ord: Any, axes: tuple[int, ...]) -> Any:
    """The norm of the matrices along two axes, rows first; None where there is none of that order."""
    if ord in (1, -1, np.inf, -np.inf):
        summed, over = axes if abs(ord) == 1 else axes[::-1]
        sums = t.sum(abs(x), (summed,))
        return (t.amax if ord > 0 else t.amin)(sums, (over + 1 if over < summed else over,))
    if ord not in (2, -2, "nuc"):
        return None
    rank = len(t.shape_of(x))
    matrices = t.permuted(x, [*(k for k in range(rank) if k - rank not in axes), *(k + rank for k in axes)])
    values = t.singular_values(matrices)
    if ord == "nuc":
        return t.sum(values, (-1,))
    # They descend: the first is the largest.
    shape = t.shape_of(values)
    return t.index(values, [(0 if ord > 0 else simplest(shape[-1] - 1),)])


def _vector_norms(x: Any, *, axis: Any = None, ord: Any = 2, keepdims: bool = False) -> Any:
    flat, k = t.along(x, axis)
    found = _vector_norm(flat, ord, (k,))
    return t.expanded(found, t.axes_from_end(axis, _rank(x))) if keepdims else found


def _matrix_norms(x: Any, *, keepdims: bool = False, ord: Any = "fro") -> Any:
    return _norm(x, ord, (-2, -1), keepdims)


def _svd(a: Any, full_matrices: bool = True, compute_uv: bool = True, hermitian: bool = False) -> Any:
    if not compute_uv:
        return t.singular_values(a)
    shape = t.shape_of(a)
    if full_matrices and shape[-1] != shape[-2]:
        raise refused("np.linalg.svd with vectors that belong to no singular value", "write full_matrices=False")
    parts = t.left_vectors(a), t.singular_values(a), t.transposed(t.right_vectors(a))
    return type(np.linalg.svd(np.eye(1)))(*parts)


def _cond(x: Any, p: Any = None) -> Any:
    if p in (None, 2, -2):
        s = t.singular_values(x)
        last = simplest(t.shape_of(s)[-1] - 1)
        top, bottom = t.index(s, [(0,)]), t.index(s, [(last,)])
        return bottom / top if p == -2 else top / bottom
    return _norm(x, p, (-2, -1)) * _norm(t.inv(x), p, (-2, -1))


def _slogdet(a: Any) -> Any:
    return type(np.linalg.slogdet(np.eye(1)))(apply("sign", t.det(a)), t.logdet(a))


def _lower(a: Any, UPLO: str = "L") -> Any:
    """The symmetric matrix of which the lower triangle is read.

    A change of it is taken for a symmetric one: what is no more than a triangle, as `np.tril(A)` is, is completed.
    """
    a = t.transposed(a) if UPLO in ("U", "u") else a
    builder, node = resolve(a)
    alone = builder.nodes[base(builder, node)][0] in _TRIANGLES
    return t.tril(a) + t.transposed(t.tril(a, -1)) if alone else a


_TRIANGLES: Final = (TENSOR_CODE["tril"], TENSOR_CODE["triu"])


def _eigh(a: Any, UPLO: str = "L") -> Any:
    a = _lower(a, UPLO)
    return type(np.linalg.eigh(np.eye(1)))(t.eigvalsh(a), t.eigenvectors(a))


def _cholesky(a: Any, /, *, upper: bool = False) -> Any:
    factor = t.cholesky(_lower(a, "U" if upper else "L"))
    return t.transposed(factor) if upper else factor


def _solve(a: Any, b: Any) -> Any:
    # One vector is a vector; an array of more axes is matrices. (NumPy 2)
    return t.solve(a, b, min(len(t.shape_of(b)), 2))


def _lstsq(a: Any, b: Any, rcond: Any = None) -> Any:
    _whole_rank("lstsq", rcond)
    x = t.matmul(t.pinv(a), b)
    s = t.singular_values(a)
    shape = t.shape_of(a)
    largest = t.expanded(t.index(s, [(0,)]), (-1,))
    most = max(shape) if all(type(n) is int for n in shape) else t.size(a)
    rank = t.sum((s > largest * (np.finfo(float).eps * most)) * 1, (-1,))
    squares = (b - t.matmul(a, x)) ** 2
    lost = t.sum(squares, (-len(t.shape_of(b)),))
    return x, t.reshaped(lost, (1,)) if len(t.shape_of(b)) == 1 else lost, rank, s


def _matrix_power(a: Any, n: int) -> Any:
    if n == 0:
        return t.broadcast_to(t.eye(t.shape_of(a)[-1], a), t.shape_of(a))
    base = a if n > 0 else t.inv(a)
    return by_squaring(base, abs(n), t.matmul)


def tensordot(a: Any, b: Any, axes: Any = 2) -> Any:
    """NumPy's tensordot."""
    one, two = len(t.shape_of(a)), len(t.shape_of(b))
    if isinstance(axes, (int, np.integer)):
        left, right = list(range(one - axes, one)), list(range(axes))
    else:
        left, right = ([k] if isinstance(k, int) else list(k) for k in axes)
    first, second = [("a", k) for k in range(one)], [("b", k) for k in range(two)]
    for k, m in zip(left, right, strict=True):
        second[m % two] = first[k % one]
    kept = [k for n, k in enumerate(first) if n not in {m % one for m in left}]
    return t.contract([first, second], [*kept, *(k for k in second if k[0] == "b")], [a, b])


def _inner(a: Any, b: Any) -> Any:
    return a * b if not t.shape_of(a) or not t.shape_of(b) else tensordot(a, b, (-1, -1))


def _vdot(a: Any, b: Any) -> Any:
    return t.dot(*(v if len(t.shape_of(v)) == 1 else t.reshaped(t.beside(v, a, b), (-1,)) for v in (a, b)))


def _vecdot(a: Any, b: Any, /, *, axis: int = -1) -> Any:
    return t.over(t.sum, a * b, axis)


def _kron(a: Any, b: Any) -> Any:
    a, b = (t.beside(v, a, b) for v in (a, b))
    rank = max(len(t.shape_of(a)), len(t.shape_of(b)))
    if not rank:
        return a * b
    a, b = (t.expanded(v, range(-rank, -len(t.shape_of(v)))) if len(t.shape_of(v)) < rank else v for v in (a, b))
    first, second = [("a", k) for k in range(rank)], [("b", k) for k in range(rank)]
    wide = t.contract([first, second], [k for pair in zip(first, second, strict=True) for k in pair], [a, b])
    lengths = [product(pair) for pair in zip(t.shape_of(a), t.shape_of(b), strict=True)]
    return t.reshape(wide, 2 * rank, lengths)


def _cross(a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: Any = None) -> Any:
    if axis is not None:
        axisa = axisb = axisc = axis
    a, b = (t.moved(t.beside(v, a, b), k, -1) for v, k in ((a, axisa), (b, axisb)))
    one, two = t.shape_of(a)[-1], t.shape_of(b)[-1]
    if one not in (2, 3) or two not in (2, 3):
        raise refused(
            f"np.cross of the shapes {shape_text(t.shape_of(a))} and {shape_text(t.shape_of(b))}",
            "give vectors of three entries",
            kind=ShapeError,
        )
    x, y = ([t.getitem(v, (..., k)) for k in range(n)] for v, n in ((a, one), (b, two)))
    if one == two == 2:
        return x[0] * y[1] - x[1] * y[0]
    x, y = ([*v, 0] if len(v) == 2 else v for v in (x, y))
    made = t.stack([x[i] * y[j] - x[j] * y[i] for i, j in ((1, 2), (2, 0), (0, 1))], -1)
    return t.moved(made, -1, axisc)


def _convolve(a: Any, v: Any, mode: str = "full") -> Any:
    a, v = (t.beside(w if isinstance(w, Expr) else np.asarray(w), a, v) for w in (a, v))
    one, two = t.shape_of(a)[0], t.shape_of(v)[0]
    if type(one) is int and type(two) is int and two > one:
        a, v, one, two = v, a, two, one  # the longer one is read through windows
    if mode == "full" or mode == "same":
        side = t.number(two, "np.convolve with an array") - 1
        before, behind = (side, side) if mode == "full" else (side - (side // 2), side // 2)
        a = t.pad(a, ((before, behind),))
    return t.conv(a, v, 1)


def _correlate(a: Any, v: Any, mode: str = "valid") -> Any:
    v = t.beside(v if isinstance(v, Expr) else np.asarray(v), a, v)
    one, two = t.shape_of(a)[0], t.shape_of(v)[0]
    found = _convolve(a, t.getitem(v, slice(None, None, -1)), mode)
    swapped = type(one) is int and type(two) is int and two > one and mode == "same"
    if swapped:
        raise refused("np.correlate of a longer second array", "exchange the two")
    return found


def _trace(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1, dtype: Any = None, out: Any = None) -> Any:
    a = in_type("trace", a, dtype)
    return t.over(t.sum, _diagonal(a, offset, axis1, axis2), -1) if (offset, axis1 % _rank(a), axis2 % _rank(a)) != (
        0, 0, 1) or _rank(a) > 2 else t.trace(a)  # fmt: skip


def _rank(a: Any) -> int:
    return len(t.shape_of(a))


def _diagonal(a: Any, offset: int = 0, axis1: int = 0, axis2: int = 1) -> Any:
    rank = _rank(a)
    one, two = t.axis_from_end(axis1, rank) % rank, t.axis_from_end(axis2, rank) % rank
    return t.diagonal(t.permuted(a, [*(k for k in range(rank) if k not in (one, two)), one, two]), offset)


def _pinv(a: Any, rcond: Any = None, hermitian: bool = False, *, rtol: Any = None) -> Any:
    _whole_rank("pinv", rcond, rtol)
    return t.pinv(a)


def _whole_rank(name: str, *tolerances: Any) -> None:
    """Refuse to drop singular values that are not as small as rounding makes them."""
    if any(isinstance(bound, Expr) or (np.ndim(bound) == 0 and bound is not None and bound is not np._NoValue
                                       and bound > 1e-14) for bound in tolerances):  # fmt: skip
        raise refused(
            f"np.linalg.{name} with a tolerance: which singular values are dropped depends on the data",
            "leave it away, or add to the diagonal, np.linalg.solve(A.T @ A + c*np.eye(n), A.T @ b)",
        )


def _eigvalsh(a: Any, UPLO: str = "L") -> Any:
    return t.eigvalsh(_lower(a, UPLO))


PRODUCTS: Final[Mapping[str, Callable[..., Any]]] = {
    "matmul": t.matmul, "matvec": t.matvec, "vecmat": lambda x, a: t.matvec(t.transposed(a), x), "vecdot": _vecdot,
}  # fmt: skip
"""Products that are ufuncs of NumPy, by name."""
LINALG: Final[Mapping[str, Callable[..., Any]]] = {
    "norm": _norm, "vector_norm": _vector_norms, "matrix_norm": _matrix_norms, "svd": _svd, "cond": _cond,
    "slogdet": _slogdet, "eigh": _eigh, "cholesky": _cholesky,
    "solve": _solve, "lstsq": _lstsq, "matrix_power": _matrix_power, "tensordot": tensordot,
    "inner": _inner, "vdot": _vdot, "kron": _kron, "cross": _cross, "trace": _trace, "diagonal": _diagonal,
    "pinv": _pinv, "eigvalsh": _eigvalsh, "convolve": _convolve, "correlate": _correlate,
    "outer": lambda a, b, out=None: t.outer(a, b), "matmul": lambda a, b, /: t.matmul(a, b),
    "dot": lambda a, b, out=None:
        t.dot(a, b), "vecdot": _vecdot,
}  # fmt: skip
"""Name in NumPy or its linalg → what it writes."""
