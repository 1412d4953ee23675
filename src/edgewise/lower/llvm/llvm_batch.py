"""Batches: a compiled function over arrays of scalars and of groups, with no Python between the points.

Inputs are read where they stand, whatever their stride; only an array whose points do not lie on one line (a transposed
one, or one side of an outer product) is copied. Doubles are computed with throughout; arrays of single precision are
widened as they are read and rounded once as they are written.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError
from edgewise.graph import Layout, Shape, is_single
from edgewise.lower.compiled import contained
from edgewise.lower.llvm.llvm_machine import machine
from edgewise.lower.llvm.llvm_rows import LANES

if TYPE_CHECKING:
    from edgewise.lower.llvm.compiled_llvm import NativeCompiled

__all__ = ["run_batch"]

WORTH: Final = 3_000_000
"""A thread of its own is worth so many operations (rows × points): it takes a tenth of a millisecond to begin."""

WORK: Final = 10_000
"""Steps to take over the question whether strided arrays overlap; beyond, they are held to."""

_KIND: Final = {np.dtype(np.float64): "double", np.dtype(np.float32): "float"}


def run_batch(function: NativeCompiled, args: Sequence[Any], shape: Shape, out: Any, threads: Any) -> Any:
    """The results over the points of `shape`, in new arrays or in those of `out`."""
    layout, parameters = function.layout, function.parameters
    given = None if out is None else list(_leaves(layout, out, "out"))
    kind = np.dtype(np.float32 if is_single(args) else np.float64)
    leaves = list(layout.leaves())
    if given is None:
        given = [np.empty(shape + leaf.shape, dtype=kind) for leaf in leaves]
    else:
        _check_out(given, leaves, shape, kind, args)
    inputs = [_on_a_line(np.asarray(value, dtype=kind), shape, p.shape) for value, p in zip(args, parameters)]
    written = [array if _stride(array, shape) is not None else np.empty(array.shape, dtype=kind) for array in given]
    rows = function.rows
    table = [rows.first_result - rows.first_input, rows.n_results, rows.first_input, rows.first_result]
    for array, p in zip(inputs, parameters):
        _write_columns(table, array, shape if array.ndim > len(p.shape) else ())
    for array in written:
        _write_columns(table, array, shape)
    _run(function, _KIND[kind], np.array(table, dtype=np.int64), math.prod(shape), _threads(threads))
    for array, work in zip(given, written):
        if work is not array:
            array[...] = work
    return out if out is not None else _nested(layout, iter(given))


def _nested(layout: Layout, arrays: Iterator[Any]) -> Any:
    if layout.kind == "array":
        return next(arrays)
    return contained(layout, [_nested(child, arrays) for child in layout.children])


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
        if array.dtype != kind or not array.dtype.isnative:
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
    for k, array in enumerate(given):
        for j, other in enumerate(arrays[k + 1 :], k + 1):
            if _overlap(array, other):
                its = f"array {j} of out" if j < len(given) else "an input"
                raise InputError(f"array {k} of out shares memory with {its}", hint="give arrays that do not overlap")


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


def _write_columns(table: list[int], array: Any, shape: Shape) -> None:
    """Add the address and the stride of each entry behind the points: one of a scalar, several of a group."""
    address, stride = array.__array_interface__["data"][0], (_stride(array, shape) or 0) if shape else 0
    if array.ndim == len(shape):
        table += (address, stride)
        return
    offsets = np.full(1, address)
    for size, step in zip(array.shape[len(shape) :], array.strides[len(shape) :]):
        offsets = (offsets[:, None] + step * np.arange(size)).ravel()
    table += np.column_stack((offsets, np.full(len(offsets), stride))).ravel().tolist()


def _threads(threads: Any) -> int:
    if threads is None:
        return 1
    if type(threads) is not int or threads < 0:
        raise InputError(f"threads is {threads!r:.40}", hint="give a number, or 0 for one a processor")
    return threads or os.cpu_count() or 1


def _run(function: NativeCompiled, kind: str, table: Any, points: int, threads: int) -> None:
    """The native loop over the points, shared by threads where there are enough of them."""
    loop, kernel = machine().batch(kind), function.vector_kernel()

    def work(begin: int, end: int) -> None:
        moved = table.copy()
        moved[4::2] += begin * moved[5::2]
        numbers = function.vectors()
        try:
            loop(*kernel, numbers.address, moved.ctypes.data, end - begin)
        finally:
            function.release(numbers)
        function.check_callbacks()

    share = max(WORTH // max(1, len(function.rows)), -(-points // threads))
    share += -share % LANES
    if share >= points:
        work(0, points)
        return
    with ThreadPoolExecutor(-(-points // share)) as pool:
        list(pool.map(work, range(0, points, share), [min(b + share, points) for b in range(0, points, share)]))
