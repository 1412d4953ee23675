"""SciPy's sparse matrices of numbers times what is traced: one product for each stored number."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import numpy as np

from edgewise.errors import ShapeError
from edgewise.frontends.given import expressions, is_symbolic
from edgewise.graph import refused
from edgewise.graph.arrays.filled import Filled, settled
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["methods_on_sparse"]


def _product(matrix: Any, x: Any) -> Any:
    x, (rows, columns) = expressions(settled(x)), matrix.shape
    shape = t.shape_of(x)
    if len(shape) not in (1, 2) or shape[0] != columns:
        raise refused(
            f"a sparse matrix of the shape {matrix.shape} times an array of the shape {tuple(shape)}",
            f"give one of {columns} rows", kind=ShapeError,
        )  # fmt: skip
    stored = matrix.tocoo()
    entries = stored.data if len(shape) == 1 else stored.data[:, None]
    total = Filled(np.zeros((rows, *shape[1:])))
    np.add.at(total, stored.coords[0], entries * x[stored.coords[1]])
    return settled(total)


def _times(original: Any, self: Any, other: Any) -> Any:
    return _product(self, other) if is_symbolic(other) else original(self, other)


def _behind(original: Any, self: Any, other: Any) -> Any:
    return _product(self.T, np.transpose(other)).T if is_symbolic(other) else original(self, other)


def methods_on_sparse() -> Sequence[tuple[Any, str, Callable[..., Any]]]:
    """Class, name, and what stands there during a trace."""
    base: Any = getattr(sys.modules.get("scipy.sparse._base"), "_spbase", None)
    return () if base is None else _rows(base, getattr(sys.modules.get("scipy.sparse._matrix"), "spmatrix", base))


@cache
def _rows(base: Any, matrix: Any) -> Sequence[tuple[Any, str, Callable[..., Any]]]:
    """Of the class of all sparse arrays, and of that for which `*` is a product of matrices."""
    names = {"__matmul__": _times, "dot": _times, "__rmatmul__": _behind}
    kinds = [base, *base.__subclasses__(), *(kind for one in base.__subclasses__() for kind in one.__subclasses__())]
    rows = [(kind, name, ours) for kind in dict.fromkeys(kinds) for name, ours in names.items() if name in vars(kind)]
    star = () if matrix is base else ((matrix, "__mul__", _times), (matrix, "__rmul__", _behind))
    return (*rows, *star)
