"""NumPy's functions of statistics, repetition and geometry on tensors, and why some have no graph."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError, UnsupportedError
from edgewise.graph import tensors as t
from edgewise.graph.builder import user_line
from edgewise.graph.expr import Expr, apply
from edgewise.ops import shape_text

__all__ = ["MORE"]


def _average(a: Any, axis: Any = None, weights: Any = None, returned: bool = False, *, keepdims: Any = False) -> Any:
    if returned:
        raise UnsupportedError("np.average with returned=True", hint="sum the weights yourself", line=user_line())
    keep = keepdims is True
    if weights is None:
        return t.mean(a, axis, keep)
    if len(t.shape_of(weights)) == 1 and len(t.shape_of(a)) > 1 and isinstance(axis, int):
        rank = len(t.shape_of(a))
        weights = t.expanded(weights, [k for k in range(-rank, 0) if k != axis % rank - rank])
    total = t.over(t.sum, weights * (0 * a + 1), axis, keep)
    return t.over(t.sum, a * weights, axis, keep) / total


def _cov(
    m: Any, y: Any = None, rowvar: bool = True, bias: bool = False, ddof: int | None = None,
    fweights: Any = None, aweights: Any = None, **_: Any,
) -> Any:  # fmt: skip
    if fweights is not None or aweights is not None:
        raise UnsupportedError("np.cov with weights", hint="write the weighted sums", line=user_line())
    rows = [_variables(part, rowvar) for part in ((m,) if y is None else (m, y))]
    x = rows[0] if len(rows) == 1 else t.concatenate(rows, 0)
    deviations = x - t.mean(x, -1, True)
    count = t.shape_of(x)[-1] - ((0 if bias else 1) if ddof is None else ddof)
    found = t.matmul(deviations, t.transposed(deviations)) / count
    return t.squeezed(found) if t.shape_of(found) == (1, 1) else found


def _variables(m: Any, rowvar: bool) -> Any:
    """A matrix with a variable in each row."""
    if len(t.shape_of(m)) == 1:
        return t.expanded(m, (-2,))
    return m if rowvar else t.transposed(m)


def _corrcoef(x: Any, y: Any = None, rowvar: bool = True, **_: Any) -> Any:
    c = _cov(x, y, rowvar)
    if not t.shape_of(c):
        return c / c
    scale = apply("sqrt", t.diag(c))
    return c / (t.expanded(scale, (-1,)) * t.expanded(scale, (-2,)))


def _ptp(a: Any, axis: Any = None, out: Any = None, keepdims: Any = False) -> Any:
    keep = keepdims is True
    return t.over(t.amax, a, axis, keep) - t.over(t.amin, a, axis, keep)


def _tile(a: Any, reps: Any) -> Any:
    counts = [reps] if isinstance(reps, int) else list(reps)
    rank = max(len(counts), len(t.shape_of(a)))
    if rank > len(t.shape_of(a)):
        a = t.expanded(a, range(-rank, -len(t.shape_of(a))))
    for axis, count in zip(range(-len(counts), 0), counts, strict=True):
        _whole(count, "np.tile")
        a = a if count == 1 else t.concatenate([a] * count, axis)
    return a


def _repeat(a: Any, repeats: Any, axis: int | None = None) -> Any:
    _whole(repeats, "np.repeat")
    a, axis = (t.reshaped(a, (-1,)), 0) if axis is None else (a, axis)
    rank = len(t.shape_of(a))
    k = axis % rank
    pieces = t.stack([a] * repeats, k + 1)
    shape = t.shape_of(a)
    return t.reshape(pieces, rank + 1, [*shape[:k], shape[k] * repeats, *shape[k + 1 :]])


def _whole(count: Any, name: str) -> None:
    if not isinstance(count, int) or count < 1:
        raise UnsupportedError(f"{name} with the number {count!r:.40}", hint="give one whole number", line=user_line())


def _cross(a: Any, b: Any, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: int | None = None) -> Any:
    if (axisa, axisb, axisc) != (-1, -1, -1) or axis not in (None, -1):
        raise UnsupportedError("np.cross along another axis", hint="move the axis last", line=user_line())
    one, two = t.shape_of(a), t.shape_of(b)
    if one[-1:] != (3,) or two[-1:] != (3,):
        raise ShapeError(
            f"np.cross of the shapes {shape_text(one)} and {shape_text(two)}", hint="give vectors of three entries"
        )
    x, y = ([t.getitem(v, (..., k)) for k in range(3)] for v in (a, b))
    return t.stack([x[i] * y[j] - x[j] * y[i] for i, j in ((1, 2), (2, 0), (0, 1))], -1)


def _at_least(rank: int) -> Callable[..., Any]:
    def call(*arrays: Any) -> Any:
        made = []
        for a in arrays:
            own = len(t.shape_of(a))
            if own >= rank:
                made.append(a)
            elif rank == 3 and own > 0:  # NumPy puts a matrix's third axis behind it, and a vector's on both sides
                made.append(t.expanded(a, (-3, -1) if own == 1 else (-1,)))
            else:
                made.append(t.expanded(a, range(-rank, -own)))
        return made[0] if len(made) == 1 else tuple(made)

    return call


def _trapezoid(y: Any, x: Any = None, dx: float = 1.0, axis: int = -1) -> Any:
    k = axis % len(t.shape_of(y))
    front = (slice(None),) * k
    later, earlier = (*front, slice(1, None)), (*front, slice(None, -1))
    step = dx
    if x is not None:
        gaps = t.getitem(x, (slice(1, None),)) - t.getitem(x, (slice(None, -1),)) if isinstance(x, Expr) else np.diff(x)
        behind = len(t.shape_of(y)) - 1 - k
        step = t.expanded(gaps, range(-behind, 0)) if behind else gaps
    return t.over(t.sum, step * (t.getitem(y, later) + t.getitem(y, earlier)), axis) / 2


_ORDER = "the order of the entries depends on the data"
_REFUSED: Final[Mapping[str, tuple[str, str]]] = {
    "sort": (_ORDER, "sort outside, and take the entries at the places found: x[places]"),
    "argsort": (_ORDER, "find the places outside, and give them as an input of whole numbers"),
    "median": (_ORDER, "find the middle places outside, and take the entries there"),
    "quantile": (_ORDER, "find the places outside, and take the entries there"),
    "percentile": (_ORDER, "find the places outside, and take the entries there"),
    "argmax": ("which entry is largest depends on the data", "use np.max: its derivative is the largest entry's"),
    "argmin": ("which entry is smallest depends on the data", "use np.min"),
    "unique": ("how many entries there are depends on the data", "find them outside"),
    "nonzero": ("how many entries there are depends on the data", "select with np.where(condition, a, b)"),
    "count_nonzero": ("the count has no derivative", "sum np.where(condition, 1, 0)"),
    "searchsorted": ("places depend on the data", "find them outside, and give them as an input of whole numbers"),
    "interp": ("the interval depends on the data", "find the intervals outside, and interpolate between taken entries"),
    "lstsq": ("its rank and residuals depend on the data", "write np.linalg.pinv(A) @ b, or solve(A.T @ A, A.T @ b)"),
    "svd": ("singular vectors have no unique derivative", "use eigvalsh(A.T @ A), pinv, det or norm"),
    "qr": ("it has no graph", "use cholesky(A.T @ A), whose factor is R up to signs"),
    "eig": ("eigenvalues of a matrix that is not symmetric may be complex", "use eigh for symmetric ones"),
    "eigvals": ("eigenvalues of a matrix that is not symmetric may be complex", "use eigvalsh for symmetric ones"),
}  # fmt: skip


def _refusal(name: str, reason: str, hint: str) -> Callable[..., Any]:
    def call(*args: Any, **kwargs: Any) -> Any:
        raise UnsupportedError(f"np.{name} of a tensor has no graph: {reason}", hint=hint, line=user_line())

    return call


def _named(names: Sequence[str]) -> dict[str, Any]:
    """NumPy's functions of these names, where they are: some are in its linalg, some in newer releases only."""
    spaces = (np, np.linalg)  # np.cross and np.linalg.cross are two functions: the first is meant
    return {name: getattr(space, name) for name in names for space in reversed(spaces) if hasattr(space, name)}


_WRITTEN: Final[Mapping[str, Callable[..., Any]]] = {
    "average": _average, "cov": _cov, "corrcoef": _corrcoef, "ptp": _ptp, "tile": _tile, "repeat": _repeat,
    "cross": _cross, "atleast_1d": _at_least(1), "atleast_2d": _at_least(2), "atleast_3d": _at_least(3),
    "trapezoid": _trapezoid, "trapz": _trapezoid,
}  # fmt: skip

MORE: Final[Mapping[Any, Callable[..., Any]]] = {
    **{_named([name])[name]: rule for name, rule in _WRITTEN.items() if _named([name])},
    **{_named([name])[name]: _refusal(name, *why) for name, why in _REFUSED.items()},
}
"""Function of NumPy → what it writes."""
