"""Results in arrays that the caller gives, `out=`, and shared among threads, `threads=`: the same in all back ends."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError
from edgewise.graph import Layout, Parameter, Shape, matrix
from edgewise.lower.memory import address

__all__ = [
    "check_out", "contained", "nested", "out_arrays", "over_leaves", "shared_among", "spread", "thread_count",
    "written",
]  # fmt: skip

WORK: Final = 10_000
"""Steps to take over the question whether strided arrays overlap; beyond, they are held to."""

_ARRAYS: Final = ("array", "tensor")
"""The layouts that are one array."""


def written(layout: Layout, result: Any, out: Any, args: Sequence[Any]) -> Any:
    """Results put into the arrays of `out`, which is returned; nothing is written where one of them does not fit."""
    given, found = list(out_arrays(layout, out)), list(map(np.asarray, _arrays(layout, result)))
    check_out(given, [part.shape for part in found], [part.dtype for part in found], args)
    for array, part in zip(given, found, strict=True):
        array[...] = part
    return out


def shared_among(
    count: int,
    run: Callable[..., Any],
    layout: Layout,
    parameters: Sequence[Parameter],
    values: Sequence[Any],
    shape: Shape,
) -> Any:
    """The results over a batch of this shape, its first axis shared among threads."""
    count = min(count, shape[0]) if shape else 1
    if count < 2:
        return run(*values)
    places = [len(shape) == np.ndim(v) - len(p.shape) and np.shape(v)[0] > 1 for v, p in zip(values, parameters)]
    ends = [k * shape[0] // count for k in range(count + 1)]

    def part(k: int) -> list[Any]:
        own = [v[ends[k] : ends[k + 1]] if has else v for v, has in zip(values, places, strict=True)]
        return _arrays(layout, run(*own))

    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(count) as pool:
        parts = list(pool.map(part, range(count)))
    whole = map(np.concatenate, zip(*parts, strict=True))
    return over_leaves(layout, lambda _: next(whole))


def over_leaves(layout: Layout, function: Callable[..., Any], *results: Any) -> Any:
    """What a function makes of each leaf's layout and of the arrays that results have there, in their nesting.

    A matrix of which the nonzeros are computed has its values there; where zeros have been filled in it is one array.
    """
    if layout.kind in _ARRAYS:
        return function(layout, *results)
    if layout.kind == "dense":
        return function(Layout(shape=layout.shape), *results)
    keys = (2,) if layout.kind == "coo" else layout.keys if layout.kind == "dict" else range(len(layout.children))
    children = zip(keys, layout.children, strict=True)
    return contained(layout, [over_leaves(child, function, *(r[key] for r in results)) for key, child in children])


def spread(layout: Layout, result: Any, shape: Shape, broadcast: Callable[[Any, Shape], Any]) -> Any:
    """Every result over the whole batch, as a ufunc's: also one that depends on some of the inputs only."""

    def whole(leaf: Layout, value: Any) -> Any:
        return value if np.shape(value) == shape + leaf.shape else broadcast(value, shape + leaf.shape)

    return over_leaves(layout, whole, result)


def _arrays(layout: Layout, result: Any) -> list[Any]:
    """The arrays of a result, in order."""
    found: list[Any] = []
    over_leaves(layout, lambda _, array: found.append(array), result)
    return found


def contained(layout: Layout, parts: Sequence[Any]) -> Any:
    """What stands for the children of a layout, in its container."""
    if layout.pattern is not None:
        return matrix(layout.kind, layout.pattern, parts[0])
    if layout.kind == "dict":
        return dict(zip(layout.keys, parts, strict=True))
    return list(parts) if layout.kind == "list" else tuple(parts)


def nested(layout: Layout, arrays: Iterator[Any]) -> Any:
    """Arrays in the nesting of a layout."""
    if layout.kind in _ARRAYS:
        return next(arrays)
    return contained(layout, [nested(child, arrays) for child in layout.children])


def out_arrays(layout: Layout, value: Any, where: str = "out") -> Iterator[Any]:
    """The arrays of `out`, which is nested as the results are."""
    if layout.kind in _ARRAYS:
        if not isinstance(value, np.ndarray):
            raise InputError(f"{where} is a {type(value).__name__}", hint="give an array to write into")
        yield value
    elif layout.pattern is not None:
        raise InputError(f"{where} is a sparse matrix", hint="leave out= away: it is for results that are arrays")
    elif layout.kind == "dict":
        if not isinstance(value, dict) or set(value) != set(layout.keys):
            raise InputError(f"{where} does not have the keys of the results", hint=f"they are {list(layout.keys)}")
        for key, child in zip(layout.keys, layout.children, strict=True):
            yield from out_arrays(child, value[key], f"{where}[{key!r}]")
    else:
        if not isinstance(value, (tuple, list)) or len(value) != len(layout.children):
            raise InputError(
                f"{where} is not a {layout.kind} of {len(layout.children)}",
                hint="nest the arrays as the results are nested",
            )
        for k, child in enumerate(layout.children):
            yield from out_arrays(child, value[k], f"{where}[{k}]")


def check_out(given: Sequence[Any], shapes: Sequence[Shape], kinds: Sequence[Any], args: Sequence[Any]) -> None:
    """Refuse arrays of `out` of another shape or type, that cannot be written, or that share memory with others."""
    for k, (array, whole, kind) in enumerate(zip(given, shapes, kinds, strict=True)):
        if array.shape != whole:
            raise ShapeError(f"array {k} of out has the shape {array.shape}", hint=f"the result has the shape {whole}")
        if array.dtype is not kind and (array.dtype != kind or not array.dtype.isnative):
            raise InputError(
                f"array {k} of out has the type {array.dtype}", hint=f"the results of these inputs are of type {kind}"
            )
        if not array.flags.writeable:
            raise InputError(f"array {k} of out is read-only", hint="give an array that can be written to")
        if not array.flags.aligned:
            raise InputError(f"array {k} of out is not aligned", hint="give an array that NumPy has allocated")
        if any(stride == 0 for stride, n in zip(array.strides, array.shape, strict=True) if n > 1):
            raise InputError(f"array {k} of out is broadcast: its entries share memory", hint="give a copy")
    arrays = [*given, *(array for array in args if isinstance(array, np.ndarray))]
    # Few arrays share bytes: only neighbours in memory are looked at closely.
    spans = sorted(map(_span, arrays))
    furthest = spans[0][1]
    for start, stop in spans[1:]:
        if start < furthest:
            break
        furthest = max(furthest, stop)
    else:
        return
    for k, array in enumerate(given):
        for j, other in enumerate(arrays[k + 1 :], k + 1):
            if _overlap(array, other):
                its = f"array {j} of out" if j < len(given) else "an input"
                raise InputError(f"array {k} of out shares memory with {its}", hint="give arrays that do not overlap")


def _span(array: Any) -> tuple[int, int]:
    if array.flags.c_contiguous:
        start = address(array)
        return start, start + array.nbytes
    return np.lib.array_utils.byte_bounds(array)


def _overlap(a: Any, b: Any) -> bool:
    try:
        return np.may_share_memory(a, b) and np.shares_memory(a, b, max_work=WORK)  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return True


def thread_count(threads: Any) -> int:
    """How many threads `threads=` asks for."""
    if threads is None:
        return 1
    if type(threads) is not int or threads < 0:
        raise InputError(f"threads is {threads!r:.40}", hint="give a number, or 0 for one a processor")
    return threads or os.cpu_count() or 1
