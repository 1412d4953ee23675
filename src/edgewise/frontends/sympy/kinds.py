"""What kinds of SymPy expressions there are: of scalars, or with matrices and arrays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import sympy as sp
from sympy.matrices.expressions.matexpr import MatrixElement
from sympy.tensor.array.expressions.array_expressions import _ArrayExpr, _CodegenArrayAbstract

from edgewise.frontends.sympy.user_functions import is_sympys

__all__ = ["has_tensors", "is_matrix", "parts_of"]

_ARRAYS: Final = (_ArrayExpr, _CodegenArrayAbstract)
_SCALARS_OF_MATRICES: Final = frozenset({"Trace", "Determinant", "DotProduct"})


def has_tensors(leaves: Iterable[Any]) -> bool:
    """Whether matrices or arrays occur, or entries of matrices of symbolic dimensions.

    Entries of a matrix symbol alone are scalars where its shape is in numbers: explicit matrices are made of such.

    >>> A = sp.MatrixSymbol("A", 2, 2)
    >>> has_tensors([A.T * A]), has_tensors([A[0, 0] + A[1, 1]])
    (True, False)
    """
    for item in parts_of(leaves):
        if isinstance(item, _ARRAYS) or (isinstance(item, sp.MatrixExpr) and not isinstance(item, sp.MatrixBase)):
            return True
        if type(item).__name__ in _SCALARS_OF_MATRICES and is_sympys(type(item)):
            return True
        if isinstance(item, MatrixElement) and not all(length.is_Integer for length in item.parent.shape):
            return True
    return False


def parts_of(leaves: Iterable[Any], inside: bool = False) -> Iterator[Any]:
    """Every part of the leaves once; parts of an entry of a matrix symbol only where `inside`."""
    todo, seen = list(leaves), set()
    while todo:
        item = todo.pop()
        if isinstance(item, (sp.MatrixBase, sp.NDimArray)) and not isinstance(item, sp.Basic):
            todo.extend(item.flat() if isinstance(item, sp.MatrixBase) else sp.flatten(item))
        if not isinstance(item, sp.Basic) or id(item) in seen:
            continue
        seen.add(id(item))
        yield item
        if inside or not isinstance(item, MatrixElement):
            todo.extend(item.args)


def is_matrix(item: Any) -> bool:
    """Whether an expression is a matrix or an array."""
    return isinstance(item, (sp.MatrixExpr, sp.MatrixBase, sp.NDimArray, *_ARRAYS))
