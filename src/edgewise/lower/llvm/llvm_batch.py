"""Batches: a compiled function over arrays of scalars and of groups, with no Python between the points.

Inputs are read where they stand, whatever their stride; only an array whose points do not lie on one line (a transposed
one, or one side of an outer product) is copied. Doubles are computed with throughout; arrays of single precision are
widened as they are read and rounded once as they are written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.graph import Shape
from edgewise.lower.llvm.llvm_code import beside
from edgewise.lower.llvm.llvm_loop import Block, run_points
from edgewise.lower.memory import address
from edgewise.lower.out_arrays import check_out, nested, out_arrays, thread_count

if TYPE_CHECKING:
    from edgewise.lower.llvm.compiled_llvm import NativeCompiled

__all__ = ["run_batch"]

_KIND: Final = {np.dtype(np.float64): "double", np.dtype(np.float32): "float"}


def run_batch(function: NativeCompiled, args: Sequence[Any], shape: Shape, out: Any, threads: Any, single: bool) -> Any:
    """The results over the points of `shape`, in new arrays or in those of `out`, of single precision or of double."""
    layout, parameters = function.layout, function.parameters
    given = None if out is None else list(out_arrays(layout, out))
    kind = np.dtype(np.float32 if single else np.float64)
    leaves = list(layout.leaves())
    if given is None:
        given = [np.empty(shape + leaf.shape, dtype=kind) for leaf in leaves]
    else:
        check_out(given, [shape + leaf.shape for leaf in leaves], [kind] * len(leaves), args)
    with np.errstate(over="ignore"):
        inputs = [_on_a_line(np.asarray(value, dtype=kind), shape, p.shape) for value, p in zip(args, parameters)]
    written = [array if _stride(array, shape) is not None else np.empty(array.shape, dtype=kind) for array in given]
    rows = function.rows
    read = _blocks(inputs, [shape if a.ndim > len(p.shape) else () for a, p in zip(inputs, parameters)], rows.inputs)
    write = _blocks(written, [shape] * len(written), rows.places)
    run_points(function, _KIND[kind], read, write, math.prod(shape), thread_count(threads))
    for array, work in zip(given, written):
        if work is not array:
            array[...] = work
    return out if out is not None else nested(layout, iter(given))


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
        start, stride = address(array), (_stride(array, shape) or 0) if shape else 0
        if array.ndim == len(shape):
            blocks.append(Block(int(places[first]), start, stride, 1, 0))
            first += 1
            continue
        own, steps = array.shape[len(shape) :], array.strides[len(shape) :]
        here = places[first : first + math.prod(own)]
        first += len(here)
        if len(here) and beside(here) and _side_by_side(own, steps, array.itemsize):
            blocks.append(Block(int(here[0]), start, stride, len(here), array.itemsize))
        else:
            offsets = np.full(1, start)
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
