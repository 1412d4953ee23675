"""Operations on tensors of small shapes as formulas of their entries.

Each takes `s`, the notation of `edgewise.graph.scalarize`: `s.call(name, …)` is an operation of the scalar table, and
`s.value` the row's own value on numbers. Then come the arguments, arrays of expressions, and the parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.ops.contraction import Contraction

__all__ = [
    "adjugate", "along", "cholesky", "constants", "contraction", "determinant", "folded", "inverse",
    "log_of_determinant", "moved", "norm", "others", "pseudo_inverse", "radial", "recurrence",
    "running_product", "scattered", "softmax", "solution", "sorted_along", "summed", "taken", "triangular", "unit",
]  # fmt: skip

Array = Any


# --- entries that are moved, and sums of them ------------------------------------------------------------------------


def constants(s: Any, x: Sequence[Array], p: Any) -> Array:
    """Numbers."""
    return s.constants(s.value(p))


def moved(s: Any, x: Sequence[Array], p: Any) -> Array:
    """Entries in other places, and zeros."""
    return s.moved(lambda *arrays: s.value(*arrays, p), x)


def summed(s: Any, x: Sequence[Array], p: Any) -> Array:
    """Sums of entries."""
    return s.linear(lambda array: s.value(array, p), x[0])


def taken(s: Any, x: Sequence[Array], p: Any) -> Array:
    """Entries at places, which are numbers."""
    places = list(map(s.places, x[1:]))
    return s.moved(lambda array: s.value(array, *places, p), x[:1])


def scattered(s: Any, x: Sequence[Array], p: Any) -> Array:
    """Entries added at places, which are numbers."""
    places = list(map(s.places, x[1:]))
    return s.linear(lambda array: s.value(array, *places, p), x[0])


def contraction(s: Any, x: Sequence[Array], p: Contraction) -> Array:
    """Sums of products, without products by 1 and by 0."""
    lengths = p.lengths([arg.shape for arg in x])
    inner = [k for k in p.output if k not in p.repeated]
    summed = list(p.summed)
    result = np.empty([lengths[k] for k in inner], dtype=object)
    for place in np.ndindex(*result.shape):
        at = dict(zip(inner, place, strict=True))
        terms = []
        for hidden in np.ndindex(*(lengths[k] for k in summed)):
            at.update(zip(summed, hidden, strict=True))
            factors = [arg[tuple(at[k] for k in part)] for arg, part in zip(x, p.inputs, strict=True)]
            factors = [f for f in factors if not s.is_number(f, 1)] or [factors[0] if factors else 1]
            if any(s.is_number(f, 0) for f in factors):
                continue
            terms.append(reduce(lambda a, b: a * b, factors))
        result[place] = s.sum(terms)
    spread = result[tuple(slice(None) if k in inner else None for k in p.output)]
    return np.broadcast_to(spread, tuple(lengths[k] for k in p.output))


# --- along axes ------------------------------------------------------------------------------------------------------


def along(function: Callable[..., Any], *, whole: bool = False, empty: int | None = None) -> Callable[..., Array]:
    """A function of (s, entries along the axes), giving one entry, of none `empty`, or as many as it takes."""

    def call(s: Any, args: Sequence[Array], p: Any) -> Array:
        x, axes = args[0], p if isinstance(p, tuple) else (p,)
        last = tuple(range(-len(axes), 0))
        moved = np.moveaxis(x, axes, last)
        lead = moved.shape[: moved.ndim - len(axes)]
        flat = moved.reshape((*lead, int(np.prod(moved.shape[len(lead) :]))))
        result = np.empty(flat.shape if whole else lead, dtype=object)
        if not flat.shape[-1]:
            if empty is None and result.size:
                raise ShapeError("a largest, smallest or log-sum of no entries", hint="give an axis that is not empty")
            result[...] = empty
            return result.reshape(moved.shape) if whole else result
        for place in np.ndindex(*lead):
            result[place] = function(s, flat[place])
        return np.moveaxis(result.reshape(moved.shape), last, axes) if whole else result

    return call


def folded(name: str, empty: int | None = None) -> Callable[..., Array]:
    """An operation of two numbers, from entry to entry."""
    return along(lambda s, x: _fold(s, name, x), empty=empty)


def _fold(s: Any, name: str, x: Array) -> Any:
    return reduce(lambda a, b: s.call(name, a, b), x)


def _softmax(s: Any, x: Array) -> Array:
    total = _fold(s, "logaddexp", x)
    made = np.empty(len(x), dtype=object)
    for k, entry in enumerate(x):
        made[k] = s.call("exp", entry - total)
    return made


def _length(s: Any, x: Array) -> Any:
    return s.call("sqrt", reduce(lambda a, b: a + b, [entry * entry for entry in x]))


def _unit(s: Any, x: Array) -> Array:
    length = _length(s, x)
    made = np.empty(len(x), dtype=object)
    for k, entry in enumerate(x):
        made[k] = s.call("where", s.call("gt", length, 0), entry / length, 0 * entry)
    return made


def _others(s: Any, x: Array) -> Array:
    made = np.empty(len(x), dtype=object)
    for k in range(len(x)):
        rest = [entry for j, entry in enumerate(x) if j != k]
        made[k] = reduce(lambda a, b: a * b, rest) if rest else x[k] ** 0
    return made


def _sorted(s: Any, x: Array) -> Array:
    """By exchanging neighbours, each time the smaller with the larger of two."""
    x = x.copy()
    for last in range(len(x) - 1, 0, -1):
        for k in range(last):
            x[k], x[k + 1] = s.call("min", x[k], x[k + 1]), s.call("max", x[k], x[k + 1])
    return x


softmax, unit, others, sorted_along = (along(f, whole=True) for f in (_softmax, _unit, _others, _sorted))
norm = along(_length, empty=0)
running_product = along(lambda s, x: np.multiply.accumulate(x), whole=True)


def radial(s: Any, x: Sequence[Array], axes: Any) -> Array:
    """Lengths times directions."""
    return np.asarray(np.expand_dims(x[1], axes) * unit(s, x[:1], axes))


def recurrence(s: Any, x: Sequence[Array], p: Any) -> Array:
    """One entry after the other."""
    axis, reverse = p
    a, b = (np.moveaxis(v, axis, 0) for v in np.broadcast_arrays(*x))
    rows: list[Any] = []
    for i in reversed(range(len(b))) if reverse else range(len(b)):
        rows.append(a[i] * rows[-1] + b[i] if rows else b[i])
    return np.moveaxis(np.array(rows[::-1] if reverse else rows, dtype=object).reshape(b.shape), 0, axis)


# --- matrices --------------------------------------------------------------------------------------------------------


def _batched(function: Callable[..., Array]) -> Callable[..., Array]:
    """A function of (s, matrices, parameter) over the axes in front of them."""

    def call(s: Any, args: Sequence[Array], p: Any) -> Array:
        ranks = [2, p if isinstance(p, int) else p[1]] if len(args) == 2 else [2]
        leads = [arg.shape[: arg.ndim - rank] for arg, rank in zip(args, ranks, strict=True)]
        lead = np.broadcast_shapes(*leads)
        wide = [
            np.broadcast_to(arg, lead + arg.shape[arg.ndim - rank :]) for arg, rank in zip(args, ranks, strict=True)
        ]
        made = [function(s, *(w[place] for w in wide), p) for place in np.ndindex(*lead)]
        inner = made[0].shape if isinstance(made[0], np.ndarray) else ()
        stacked = np.empty((len(made), *inner), dtype=object)
        for k, matrix in enumerate(made):
            stacked[k] = matrix
        return stacked.reshape(lead + stacked.shape[1:])

    return call


def _determinant(s: Any, a: Array, p: Any) -> Any:
    return s.nodes(s.matrices.determinant(a)) if len(a) else 1


def _solution(s: Any, a: Array, b: Array, rank: Any) -> Array:
    found = s.matrices.solution(a, b) if rank == 2 else s.matrices.solution(a, b[:, None])[:, 0]
    return s.nodes(found)


def _triangular(s: Any, a: Array, b: Array, p: Any) -> Array:
    lower, rank = p
    n, b = len(a), (b if rank == 2 else b[:, None]).copy()
    for k in range(n) if lower else reversed(range(n)):
        for j in range(k) if lower else range(k + 1, n):
            b[k] = b[k] - a[k, j] * b[j]
        b[k] = b[k] / a[k, k]
    return b if rank == 2 else b[:, 0]


def _cholesky(s: Any, a: Array, p: Any) -> Array:
    # The symmetric part is what is factored.
    return s.nodes(s.matrices.cholesky(a, lambda i, j: (a[i, j] + a[j, i]) / 2))


def _pseudo_inverse(s: Any, a: Array, p: Any) -> Array:
    if a.shape[0] >= a.shape[1]:
        return _solution(s, a.T @ a, a.T, 2)
    return _solution(s, a @ a.T, a, 2).T


inverse = _batched(lambda s, a, p: s.nodes(s.matrices.inverse(a)))
adjugate = _batched(lambda s, a, p: s.matrices.adjugate(a))
determinant, solution = _batched(_determinant), _batched(_solution)
triangular, cholesky = _batched(_triangular), _batched(_cholesky)
log_of_determinant = _batched(lambda s, a, p: s.call("log", s.call("abs", _determinant(s, a, None))))
pseudo_inverse = _batched(_pseudo_inverse)
