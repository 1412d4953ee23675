"""The values of tensor operations on numbers, where NumPy has no function that says the same.

Every function works on the last axes of its argument and carries any axes before them along, so that one rule serves
a gradient and a whole Jacobian.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.ops.tensor_sources import TENSOR_SOURCES

__all__ = [
    "by_text", "concatenate", "cumsum", "index", "logdet", "logsumexp", "norm", "others", "overlap", "pick", "pinv",
    "radial", "recurrence", "reduced", "reshape", "running_argmax", "softmax", "solve", "solve_triangular", "spans",
    "take", "unindex", "unit", "unpick", "untake", "windows",
]  # fmt: skip


def reshape(x: Any, p: tuple[int, tuple[int, ...]]) -> Any:
    """The last `rank` axes in another shape."""
    rank, shape = p
    return np.reshape(x, np.shape(x)[: np.ndim(x) - rank] + shape)


def spans(spec: tuple[Any, ...]) -> tuple[Any, ...]:
    """An index of NumPy for the last axes."""
    keys: list[Any] = [...]
    for entry in spec:
        # A place counted from the end of a named dimension is negative where that is short, and then outside.
        if len(entry) == 1:
            if entry[0] < 0:
                raise ShapeError(
                    f"a place {-entry[0]} in front of an axis", hint="give arrays that are as long as the places say"
                )
            keys.append(entry[0])
        else:
            start, length, step = entry
            stop = start + length * step
            forward = slice(max(start, 0), max(stop, 0), step)
            keys.append(forward if step > 0 else slice(start, None if stop < 0 else stop, step))
    return tuple(keys)


def index(x: Any, spec: tuple[Any, ...]) -> Any:
    """x[…, spec]: each entry (position,) takes one place of an axis, (start, length, step) a range."""
    return np.asarray(x)[spans(spec)]


def unindex(x: Any, p: tuple[tuple[Any, ...], tuple[int, ...]]) -> Any:
    """Zeros of a shape with x at the places of a spec: the transpose of `index`."""
    spec, shape = p
    kept = sum(len(entry) > 1 for entry in spec)
    array = np.zeros(np.shape(x)[: np.ndim(x) - kept] + shape)
    array[spans(spec)] = x
    return array


def concatenate(*arrays_and_axis: Any) -> Any:
    """Arrays behind each other along an axis; axes before are broadcast."""
    *arrays, axis = arrays_and_axis
    return np.concatenate(arrays, axis=axis)


def take(x: Any, where: Any, axis: int) -> Any:
    """The entries of an axis at given places."""
    return np.take(x, np.asarray(where).astype(np.intp), axis=axis)


def untake(x: Any, where: Any, p: tuple[int, int]) -> Any:
    """Zeros with the entries of x added at given places of an axis: the transpose of `take`."""
    axis, length = p
    places = np.asarray(where).astype(np.intp)
    behind = -axis - 1
    first = np.ndim(x) - behind - places.ndim
    shape = np.shape(x)
    moved = np.moveaxis(np.reshape(x, shape[:first] + (places.size,) + shape[first + places.ndim :]), first, 0)
    array = np.zeros((length, *moved.shape[1:]))
    np.add.at(array, places.ravel(), moved)
    return np.moveaxis(array, 0, first)


def _whole(places: Any) -> tuple[Any, ...]:
    return tuple(np.asarray(where).astype(np.intp) for where in places)


def pick(x: Any, *places_and_count: Any) -> Any:
    """x[…, places]: one array of places for each of the last axes."""
    return np.asarray(x)[(..., *_whole(places_and_count[:-1]))]


def unpick(x: Any, *places_and_shape: Any) -> Any:
    """Zeros with the entries of x added at places of the last axes: the transpose of `pick`."""
    *places, shape = places_and_shape
    where = np.broadcast_arrays(*_whole(places))
    array = np.zeros(np.shape(x)[: np.ndim(x) - where[0].ndim] + shape)
    key: Any = (..., *where)
    np.add.at(array, key, x)
    return array


def recurrence(a: Any, b: Any, p: tuple[int, bool]) -> Any:
    """y[i] = a[i]*y[i-1] + b[i] along an axis, from its end where `reverse`."""
    axis, reverse = p
    a, b = (np.moveaxis(v, axis, 0) for v in np.broadcast_arrays(np.asarray(a, float), np.asarray(b, float)))
    result = b.copy()
    order = range(len(b) - 2, -1, -1) if reverse else range(1, len(b))
    for i in order:
        result[i] += a[i] * result[i + 1 if reverse else i - 1]
    return np.moveaxis(result, 0, axis)


def cumsum(x: Any, p: tuple[int, bool]) -> Any:
    """Running sums along an axis, from its end where `reverse`."""
    axis, reverse = p
    return np.flip(np.cumsum(np.flip(x, axis), axis), axis) if reverse else np.cumsum(x, axis)


def solve(a: Any, b: Any, rank: int) -> Any:
    """a⁻¹·b for vectors (rank 1) or matrices b."""
    return np.linalg.solve(a, np.asarray(b)[..., None])[..., 0] if rank == 1 else np.linalg.solve(a, b)


def solve_triangular(a: Any, b: Any, p: tuple[bool, int]) -> Any:
    """The same for a triangular matrix, of which only its triangle is read."""
    from scipy.linalg import solve_triangular as scipy_solve

    lower, rank = p
    a, b = np.asarray(a), np.asarray(b)[..., None] if rank == 1 else np.asarray(b)
    if a.ndim == 2 and b.ndim == 2:
        found = scipy_solve(a, b, lower=lower)
    elif a.ndim == 2:
        columns = np.moveaxis(b, -2, 0)
        found = np.moveaxis(scipy_solve(a, columns.reshape(len(a), -1), lower=lower).reshape(columns.shape), 0, -2)
    else:
        found = np.linalg.solve(np.tril(a) if lower else np.triu(a), b)
    return found[..., 0] if rank == 1 else found


def logdet(x: Any) -> Any:
    """log |det x|."""
    return np.linalg.slogdet(x)[1]


def pinv(x: Any) -> Any:
    """The Moore–Penrose inverse."""
    return np.linalg.pinv(x)


def reduced(name: str) -> Any:
    """A reduction of NumPy over axes."""
    function = getattr(np, name)

    def value(x: Any, axes: tuple[int, ...]) -> Any:
        if name in ("max", "min") and not np.size(x) and np.zeros(np.shape(x)).sum(axis=axes).size:
            raise ShapeError(f"{name} of no entries: an axis has length 0", hint="give an axis that is not empty")
        return function(x, axis=axes)

    value.__name__ = name
    return value


def others(x: Any, axis: int) -> Any:
    """Along an axis, the product of all entries but one's own; exact where entries are zero."""
    x = np.moveaxis(np.asarray(x, dtype=float), axis, -1)
    ones = np.ones((*x.shape[:-1], 1))
    if not x.size:
        return np.moveaxis(x, -1, axis)
    before = np.cumprod(np.concatenate((ones, x[..., :-1]), axis=-1), axis=-1)
    behind = np.flip(np.cumprod(np.concatenate((ones, np.flip(x, -1)[..., :-1]), axis=-1), axis=-1), -1)
    return np.moveaxis(before * behind, -1, axis)


def norm(x: Any, axes: tuple[int, ...]) -> Any:
    """The square root of the sum of squares over axes."""
    return np.sqrt(np.sum(np.square(x), axis=axes))


def by_text(name: str) -> Callable[..., Any]:
    """The function of a text of `TENSOR_SOURCES`, which is run, with those that it calls, when it is first called."""

    def call(x: Any, *rest: Any) -> Any:
        if name not in _RUN:
            for other, text in TENSOR_SOURCES.items():
                if f"{other}(" in TENSOR_SOURCES[name]:
                    exec(text, _RUN)
        with np.errstate(invalid="ignore"):  # inf/inf is NaN here as everywhere
            return _RUN[name](np.asarray(x), *rest)

    call.__name__ = name
    return call


_RUN: Final[dict[str, Any]] = {"np": np}
softmax, logsumexp, unit = map(by_text, ("_softmax", "_logsumexp", "_unit"))
windows, overlap, running_argmax = map(by_text, ("_windows", "_overlap", "_running_argmax"))


def radial(x: Any, y: Any, axes: tuple[int, ...]) -> Any:
    """y times the direction of x; axes in front of y's are kept."""
    with np.errstate(invalid="ignore"):
        return np.expand_dims(y, axes) * unit(x, axes)


def mirrored(x: Any) -> Any:
    """The lower triangle, and its mirror image above the diagonal.

    >>> mirrored(np.array([[1, 2], [3, 4]])).tolist()
    [[1, 3], [3, 4]]
    """
    return np.where(np.tri(x.shape[-1], dtype=bool), x, np.swapaxes(x, -1, -2))


def folded(x: Any) -> Any:
    """The lower triangle, and added to it what is above the diagonal.

    >>> folded(np.array([[1, 2], [3, 4]])).tolist()
    [[1, 0], [5, 4]]
    """
    return np.tril(x) + np.tril(np.swapaxes(x, -1, -2), -1)
