"""What SymPy's matrix expressions are in operations on tensors: one row for each class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import sympy as sp

from edgewise.errors import UnsupportedError
from edgewise.frontends.sympy.symbols import describe
from edgewise.graph import apply, handle
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import shape_text

if TYPE_CHECKING:
    from edgewise.frontends.sympy.tensor_reader import TensorReader

__all__ = ["MATRICES", "Row", "explicit", "filled", "folded", "symbol"]

Row = Callable[["TensorReader", Any], tuple[Sequence[Any], Callable[..., Any]]]
"""What must be read before a matrix, and the function of these tensors that it is."""


def folded(function: Callable[[Any, Any], Any]) -> Row:
    """A row of any number of arguments, joined from left to right."""
    return lambda reader, item: (item.args, lambda *matrices: reduce(function, matrices))


def _of_argument(function: Callable[[Any], Any]) -> Row:
    return lambda reader, item: (item.args[:1], function)


def symbol(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    """The row of an input."""
    return (), lambda: handle(reader.builder, reader.builder.inputs[str(item.name)])


def filled(value: int) -> Row:
    """The row of a matrix or array of one number."""

    def row(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
        lengths = [reader.dimension(length, item, "a dimension") for length in item.shape]
        return (), lambda: t.broadcast_to(reader.number(value).tensor, lengths)

    return row


def _identity(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    length = reader.dimension(item.shape[0], item, "a dimension")
    return (), lambda: t.eye(length, reader.builder)


def explicit(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    """A matrix or array that is given by its entries: runs of numbers are one constant each."""
    entries = [sp.sympify(item[place]) for place in np.ndindex(*item.shape)]
    runs = [(known, list(run)) for known, run in groupby(entries, lambda entry: _is_number(entry))]
    shape = tuple(map(int, item.shape))

    def put(*values: Any) -> Any:
        rest = iter(values)
        pieces = []
        for known, run in runs:
            if known:
                pieces.append(_numbers(reader, run))
            else:
                pieces.extend(t.expanded(_entry(next(rest), item), (0,)) for _ in run)
        return t.reshaped(t.concatenate(pieces), shape)

    if all(known for known, _ in runs):
        return (), lambda: _numbers(reader, entries, shape)
    return [entry for known, run in runs if not known for entry in run], put


def _is_number(entry: Any) -> bool:
    return bool(entry.is_Rational or entry.is_Float or isinstance(entry, sp.NumberSymbol))


def _numbers(reader: TensorReader, entries: Sequence[Any], shape: tuple[int, ...] = (-1,)) -> Any:
    whole = all(entry.is_Integer for entry in entries)
    values = np.array([int(entry) if whole else float(entry) for entry in entries]).reshape(shape)
    return handle(reader.builder, reader.builder.constant(values))


def _entry(value: Any, item: Any) -> Any:
    shape = t.shape_of(value)
    if any(length != 1 for length in shape):
        raise UnsupportedError(
            f"{describe(item)} has an entry of shape {shape_text(shape)}", hint="put matrices together by BlockMatrix"
        )
    return t.squeezed(value) if shape else value


def _diagonal_matrix(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    rows, columns = (reader.dimension(length, item, "a dimension") for length in item.shape)

    def keep(matrix: Any) -> Any:
        if rows == columns:
            return matrix * t.eye(rows, matrix)
        places = t.expanded(t.arange(rows, matrix), (-1,))
        return matrix * apply("where", apply("eq", places, t.arange(columns, matrix)), 1, 0)

    return item.args, keep


def _diagonal_of(matrix: Any) -> Any:
    return t.expanded(t.diagonal(matrix), (-1,))


def _vector(x: Any) -> Any:
    """A row or a column as a vector."""
    return t.squeezed(x, 1 if t.shape_of(x)[1] == 1 else 0)


def _dot(a: Any, b: Any) -> Any:
    """The product of two vectors, each a row or a column."""
    return t.matmul(_vector(a), _vector(b))


def _blocks(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    rows, columns = item.blocks.shape

    def put(*blocks: Any) -> Any:
        bands = [t.concatenate(blocks[k * columns : (k + 1) * columns], -1) for k in range(rows)]
        return t.concatenate(bands, -2)

    return item.blocks.flat(), put


def _slice(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    spec = []
    for start, stop, step in (item.rowslice, item.colslice):
        first, last = (reader.dimension(place, item, "a bound") for place in (start, stop))
        step = reader.dimension(step, item, "a step")
        if type(first) is int and type(last) is int:
            length: Any = len(range(first, last, step))
        elif step == 1:
            length = reader.simplest(last - first)
        else:
            raise UnsupportedError(
                f"{describe(item)} takes every {step}th of a symbolic number of entries", hint="give the dimension"
            )
        spec.append((first, length, step))
    return [item.parent], lambda matrix: t.index(matrix, spec)


def _permutation(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    places = item.args[0].array_form
    values = np.eye(len(places), dtype=int)[places]
    return (), lambda: handle(reader.builder, reader.builder.constant(values))


def _permuted(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    matrix, permutation, axis = item.args
    return [matrix], lambda x: t.taken(x, permutation.array_form, int(axis))


MATRICES: Final[Mapping[str, Row]] = {
    "MatrixSymbol": symbol,
    "Identity": _identity,
    "ZeroMatrix": filled(0),
    "OneMatrix": filled(1),
    "MatrixBase": explicit,
    "Transpose": _of_argument(t.transposed),
    "Adjoint": _of_argument(t.transposed),
    "Inverse": _of_argument(t.inv),
    "Trace": _of_argument(t.trace),
    "Determinant": _of_argument(t.det),
    "HadamardProduct": folded(lambda a, b: a * b),
    "KroneckerProduct": folded(np.kron),
    "DotProduct": folded(_dot),
    "DiagMatrix": _of_argument(lambda vector: t.diag(_vector(vector))),
    "DiagonalOf": _of_argument(_diagonal_of),
    "DiagonalMatrix": _diagonal_matrix,
    "BlockMatrix": _blocks,
    "MatrixSlice": _slice,
    "PermutationMatrix": _permutation,
    "MatrixPermute": _permuted,
}
"""Classes, and what they are: subclasses too, unless they have a row of their own. Entries are real numbers."""
