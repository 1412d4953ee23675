"""What SymPy's array expressions are in operations on tensors: one row for each class, products in index notation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from edgewise.frontends.sympy.matrix_rows import Row, explicit, filled, folded, symbol
from edgewise.graph.tensors import tensor_writers as t

if TYPE_CHECKING:
    from edgewise.frontends.sympy.tensor_reader import TensorReader

__all__ = ["ARRAYS"]


def _contraction(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    """Contractions, diagonals and permutations around a product of arrays: one contraction of its factors.

    The product alone may be far larger than its factors and than the result.
    """
    around = []
    while type(item).__name__ in _AROUND:
        around.append(item)
        item = item.args[0]
    factors = list(item.args) if type(item).__name__ == "ArrayTensorProduct" else [item]
    ranks = [len(getattr(factor, "shape", ())) for factor in factors]
    letters = list(range(sum(ranks)))
    same = list(letters)  # what has become of each axis of the factors
    for layer in reversed(around):
        letters = _AROUND[type(layer).__name__](layer, letters, same)
    own = iter(same)
    inputs = [[next(own) for _ in range(rank)] for rank in ranks]
    return factors, lambda *arrays: t.contract(inputs, letters, arrays)


def _contracted(layer: Any, letters: list[int], same: list[int]) -> list[int]:
    """Axes of each group are one index, summed over."""
    return _joined(layer.contraction_indices, letters, same)[0]


def _diagonal(layer: Any, letters: list[int], same: list[int]) -> list[int]:
    """Axes of each group are one index, which moves to the end."""
    left, joined = _joined(layer.diagonal_indices, letters, same)
    return left + joined


def _joined(groups: Any, letters: list[int], same: list[int]) -> tuple[list[int], list[int]]:
    """The indices that are left alone, and one for each group."""
    gone = {axis for group in groups for axis in group}
    ends = [_identify([letters[axis] for axis in group], same) for group in groups]
    return [letter for axis, letter in enumerate(letters) if axis not in gone], ends


def _identify(group: Sequence[int], same: list[int]) -> int:
    for k, letter in enumerate(same):
        if letter in group:
            same[k] = group[0]
    return group[0]


def _permuted(layer: Any, letters: list[int], same: list[int]) -> list[int]:
    return [letters[axis] for axis in layer.permutation.array_form]


_AROUND: Final[Mapping[str, Callable[[Any, list[int], list[int]], list[int]]]] = {
    "ArrayContraction": _contracted,
    "ArrayDiagonal": _diagonal,
    "PermuteDims": _permuted,
}
"""What is put around a product of arrays: what becomes of its axes."""


def _reshaped(reader: TensorReader, item: Any) -> tuple[Sequence[Any], Callable[..., Any]]:
    lengths = tuple(reader.dimension(length, item, "a dimension") for length in item.shape)
    return [item.expr], lambda array: t.reshaped(array, lengths)


ARRAYS: Final[Mapping[str, Row]] = {
    "ArraySymbol": symbol,
    "ZeroArray": filled(0),
    "OneArray": filled(1),
    "NDimArray": explicit,
    "ArrayTensorProduct": _contraction,
    "ArrayContraction": _contraction,
    "ArrayDiagonal": _contraction,
    "PermuteDims": _contraction,
    "ArrayAdd": folded(lambda a, b: a + b),
    "Reshape": _reshaped,
}
"""Classes, and what they are: subclasses too."""
