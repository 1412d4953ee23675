"""Operations on tensors of small shapes as formulas of their entries.

Each takes `s`, the notation of `edgewise.graph.tensors.scalarize`: `s.call(name, …)` is an operation of the scalar
table, and `s.value` the row's own value on numbers. Then come the arguments, arrays of expressions, and the parameter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.ops.contraction import Contraction

__all__ = [
    "adjugate", "along", "cholesky", "constants", "contraction", "determinant", "folded", "inverse", "largest_so_far",
    "log_of_determinant", "moved", "norm", "order", "others", "pseudo_inverse", "radial", "recurrence",
    "running_product", "scattered", "search", "softmax", "solution", "sorted_along", "summed", "taken", "triangular",
    "unit",
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
    """Entries of the last axes, or of one, at places: where these are the places of an order, by selection."""
    lengths = [x[0].shape[p]] if p < 0 else x[0].shape[-p:]
    places = list(map(s.places, x[1:], lengths))
    if all(where.dtype != object for where in places):
        return s.moved(lambda array: s.value(array, *places, p), x[:1])
    where = np.broadcast_arrays(*(one.astype(object) for one in places))
    axes = list(range(p, 0)) if p < 0 else list(range(-p, 0))
    inner = np.moveaxis(x[0], axes[: len(where)], range(len(where)))
    rest = inner.shape[len(where) :]
    made = np.empty((*where[0].shape, *rest), dtype=object)
    for k in np.ndindex(*where[0].shape):
        made[k] = _selected(s, inner, [one[k] for one in where])
    first = x[0].ndim + axes[0]
    return np.moveaxis(made, range(where[0].ndim), range(first, first + where[0].ndim))


def _selected(s: Any, x: Array, places: Sequence[Any]) -> Array:
    """The entry of the first axes at places, numbers or expressions of whole numbers that are inside."""
    for place in places:
        if isinstance(place, int):
            x = x[place]
            continue
        found = x[0]
        for k in range(1, len(x)):
            chosen = s.call("eq", place, k)
            found = _each(lambda here, other, chosen=chosen: s.call("where", chosen, here, other), x[k], found)
        x = found
    return x


def _each(function: Callable[..., Any], *arrays: Array) -> Any:
    """A function of entries, of arrays and of single ones."""
    return np.frompyfunc(function, len(arrays), 1)(*arrays)


def scattered(s: Any, x: Sequence[Array], p: Any) -> Array:
    """Entries added at places, the transpose of `taken`."""
    one_axis = isinstance(p[0], int) and p[0] < 0  # (axis, length), or the lengths of the last axes
    shape = (p[1],) if one_axis else p
    places = list(map(s.places, x[1:], shape))
    if all(where.dtype != object for where in places):
        return s.linear(lambda array: s.value(array, *places, p), x[0])
    where = np.broadcast_arrays(*(one.astype(object) for one in places))
    first = x[0].ndim - where[0].ndim + (p[0] + 1 if one_axis else 0)
    given = np.moveaxis(x[0], range(first, first + where[0].ndim), range(where[0].ndim))
    made = np.full((*shape, *given.shape[where[0].ndim :]), s.zero, dtype=object)
    for k in np.ndindex(*where[0].shape):
        for place in np.ndindex(*shape):
            found: Any = given[k]
            for one, at in zip((one[k] for one in where), place, strict=True):
                if isinstance(one, int):
                    found = found if one == at else None
                if found is None:
                    break
                if not isinstance(one, int):
                    chosen = s.call("eq", one, at)
                    found = _each(lambda entry, chosen=chosen: s.call("where", chosen, entry, 0), found)
            if found is not None:
                made[place] = _each(lambda a, b: b if s.is_number(a, 0) else a + b, made[place], found)
    return np.moveaxis(made, range(len(shape)), range(first, first + len(shape)))


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


def _order(s: Any, x: Array) -> Array:
    """The places of the entries in order, which change places with them; equal ones stay."""
    x, places = x.copy(), s.constants(np.arange(len(x)))
    for last in range(len(x) - 1, 0, -1):
        for k in range(last):
            after = s.call("gt", x[k], x[k + 1])
            x[k], x[k + 1] = s.call("min", x[k], x[k + 1]), s.call("max", x[k], x[k + 1])
            places[k], places[k + 1] = (
                s.call("where", after, places[k + 1], places[k]),
                s.call("where", after, places[k], places[k + 1]),
            )
    return places


def _largest_so_far(s: Any, x: Array) -> Array:
    places = s.constants(np.arange(len(x)))
    top = x[0]
    for k in range(1, len(x)):
        reached = s.call("or", s.call("ge", x[k], top), s.call("ne", x[k], x[k]))  # NaN is largest
        places[k] = s.call("where", reached, places[k], places[k - 1])
        top = s.call("max", x[k], top)
    return places


def search(s: Any, x: Sequence[Array], side: str) -> Array:
    """How many entries stand before each value."""
    before = "lt" if side == "left" else "le"
    return _each(lambda value: s.sum([1 * s.call(before, entry, value) for entry in x[0]]), x[1])


softmax, unit, others, sorted_along = (along(f, whole=True) for f in (_softmax, _unit, _others, _sorted))
order, largest_so_far = along(_order, whole=True), along(_largest_so_far, whole=True)
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
