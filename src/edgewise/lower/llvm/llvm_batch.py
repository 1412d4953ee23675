"""Batches: a compiled function over arrays of scalars and of groups, with no Python between the points.

Inputs are read where they stand, whatever their stride; only an array whose points do not lie on one line (a transposed
one, or one side of an outer product) is copied. Doubles are computed with throughout; arrays of single precision are
widened as they are read and rounded once as they are written.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError
from edgewise.graph import Layout, Shape
from edgewise.lower.compiled import nested
from edgewise.lower.llvm.llvm_code import beside
from edgewise.lower.llvm.llvm_loop import Block, run_points

if TYPE_CHECKING:
    from edgewise.lower.llvm.compiled_llvm import NativeCompiled

__all__ = ["run_batch"]

WORK: Final = 10_000
"""Steps to take over the question whether strided arrays overlap; beyond, they are held to."""

_KIND: Final = {np.dtype(np.float64): "double", np.dtype(np.float32): "float"}


def run_batch(function: NativeCompiled, args: Sequence[Any], shape: Shape, out: Any, threads: Any, single: bool) -> Any:
    """The results over the points of `shape`, in new arrays or in those of `out`, of single precision or of double."""
    layout, parameters = function.layout, function.parameters
    given = None if out is None else list(_leaves(layout, out, "out"))
    kind = np.dtype(np.float32 if single else np.float64)
    leaves = list(layout.leaves())
    if given is None:
        given = [np.empty(shape + leaf.shape, dtype=kind) for leaf in leaves]
    else:
        _check_out(given, leaves, shape, kind, args)
    with np.errstate(over="ignore"):
        inputs = [_on_a_line(np.asarray(value, dtype=kind), shape, p.shape) for value, p in zip(args, parameters)]
    written = [array if _stride(array, shape) is not None else np.empty(array.shape, dtype=kind) for array in given]
    rows = function.rows
    read = _blocks(inputs, [shape if a.ndim > len(p.shape) else () for a, p in zip(inputs, parameters)], rows.inputs)
    write = _blocks(written, [shape] * len(written), rows.places)
    run_points(function, _KIND[kind], read, write, math.prod(shape), _threads(threads))
    for array, work in zip(given, written):
        if work is not array:
            array[...] = work
    return out if out is not None else nested(layout, iter(given))


def _leaves(layout: Layout, value: Any, where: str) -> Iterator[Any]:
    """The arrays of `out`, which is nested as the results are."""
    if layout.kind == "array":
        if not isinstance(value, np.ndarray):
            raise InputError(f"{where} is a {type(value).__name__}", hint="give an array to write into")
        yield value
    elif layout.pattern is not None:
        raise InputError(f"{where} is a sparse matrix", hint="leave out= away: it is for results that are arrays")
    elif layout.kind == "dict":
        if not isinstance(value, dict) or set(value) != set(layout.keys):
            raise InputError(f"{where} does not have the keys of the results", hint=f"they are {list(layout.keys)}")
        for key, child in zip(layout.keys, layout.children, strict=True):
            yield from _leaves(child, value[key], f"{where}[{key!r}]")
    else:
        if not isinstance(value, (tuple, list)) or len(value) != len(layout.children):
            raise InputError(
                f"{where} is not a {layout.kind} of {len(layout.children)}",
                hint="nest the arrays as the results are nested",
            )
        for k, child in enumerate(layout.children):
            yield from _leaves(child, value[k], f"{where}[{k}]")


def _check_out(given: Sequence[Any], leaves: Sequence[Layout], shape: Shape, kind: Any, args: Sequence[Any]) -> None:
    for k, (array, leaf) in enumerate(zip(given, leaves, strict=True)):
        whole = shape + leaf.shape
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
        start = array.ctypes.data
        return start, start + array.nbytes
    return np.lib.array_utils.byte_bounds(array)


def _overlap(a: Any, b: Any) -> bool:
    try:
        return np.may_share_memory(a, b) and np.shares_memory(a, b, max_work=WORK)  # type: ignore[arg-type]
    except np.exceptions.TooHardError:
        return True


def _stride(array: Any, shape: Shape) -> int | None:
    """The stride in bytes from point to point, or None where the points do not lie on one line."""
    if array.flags.c_contiguous:
        return int(array.itemsize * math.prod(array.shape[len(shape) :]))
    stride, whole = None, 0
    for size, step in zip(reversed(shape), reversed(array.strides[: len(shape)]), strict=True):
        if size == 1:
            continue
        if stride is not None and step != whole:
            return None
        stride, whole = step if stride is None else stride, step * size
    return stride or 0


def _on_a_line(array: Any, shape: Shape, own: Shape) -> Any:
    """An input over the points of `shape`, copied where they do not lie on one line; a group alone stays alone."""
    if not array.flags.aligned:
        array = array.copy()
    if own and array.ndim == len(own):
        return array
    if array.shape != shape + own:
        array = np.broadcast_to(array, shape + own)
    return array if _stride(array, shape) is not None else np.ascontiguousarray(array)


def _blocks(arrays: Sequence[Any], shapes: Sequence[Shape], places: Any) -> list[Block]:
    """What is moved together: entries that stand side by side among the numbers and at even distances in memory."""
    blocks: list[Block] = []
    first = 0
    for array, shape in zip(arrays, shapes, strict=True):
        address, stride = array.ctypes.data, (_stride(array, shape) or 0) if shape else 0
        if array.ndim == len(shape):
            blocks.append(Block(int(places[first]), address, stride, 1, 0))
            first += 1
            continue
        own, steps = array.shape[len(shape) :], array.strides[len(shape) :]
        here = places[first : first + math.prod(own)]
        first += len(here)
        if len(here) and beside(here) and _side_by_side(own, steps, array.itemsize):
            blocks.append(Block(int(here[0]), address, stride, len(here), array.itemsize))
        else:
            offsets = np.full(1, address)
            for size, step in zip(own, steps):
                offsets = (offsets[:, None] + step * np.arange(size)).ravel()
            blocks.extend(Block(place, at, stride, 1, 0) for place, at in zip(here.tolist(), offsets.tolist()))
    return blocks


def _side_by_side(own: Shape, steps: Sequence[int], size: int) -> bool:
    """Whether the entries of a group stand one behind the other."""
    for n, step in zip(reversed(own), reversed(steps), strict=True):
        if n > 1 and step != size:
            return False
        size *= n
    return True


def _threads(threads: Any) -> int:
    if threads is None:
        return 1
    if type(threads) is not int or threads < 0:
        raise InputError(f"threads is {threads!r:.40}", hint="give a number, or 0 for one a processor")
    return threads or os.cpu_count() or 1
