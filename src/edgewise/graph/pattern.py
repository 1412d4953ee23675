"""Where a matrix may differ from zero: a sparsity pattern as sorted columns of row and column numbers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from edgewise.errors import FormatError
from edgewise.graph.columns import lexsort
from edgewise.shown import shown

__all__ = ["Pattern"]

IntArray = npt.NDArray[np.int64]


@shown
@dataclass(frozen=True, eq=False, repr=False)
class Pattern:
    """The structural nonzeros of a matrix of the given shape, row by row, columns ascending, none twice.

    `rows` and `columns` are arrays of equal length. Every other entry is zero whatever the values of the inputs.

    >>> pattern = Pattern.of([1, 0, 1], [0, 1, 0], (2, 2))
    >>> pattern.nnz, pattern.to_dense().tolist()
    (2, [[False, True], [True, False]])
    """

    rows: IntArray
    columns: IntArray
    shape: tuple[int, int]

    @staticmethod
    def of(rows: Any, columns: Any, shape: tuple[int, int]) -> Pattern:
        """The pattern of entries in any order, some of them perhaps named twice."""
        rows, columns = np.asarray(rows, dtype=np.int64), np.asarray(columns, dtype=np.int64)
        order = lexsort((columns, rows))
        rows, columns = rows[order], columns[order]
        new = np.ones(len(rows), dtype=bool)
        new[1:] = (rows[1:] != rows[:-1]) | (columns[1:] != columns[:-1])
        return Pattern(rows[new], columns[new], shape)

    def __post_init__(self) -> None:
        self.rows.flags.writeable = self.columns.flags.writeable = False

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Pattern):
            return NotImplemented
        return self.shape == other.shape and np.array_equal(self.keys, other.keys)

    def __hash__(self) -> int:
        return hash((self.shape, self.keys.tobytes()))

    def __repr__(self) -> str:
        m, n = self.shape
        return f"<pattern of {self.nnz:,} nonzeros in {m:,} x {n:,}>"

    @property
    def nnz(self) -> int:
        """The number of structural nonzeros."""
        return len(self.rows)

    @property
    def density(self) -> float:
        """The nonzeros as a share of all entries; 0 for a matrix without entries."""
        return self.nnz / max(1, self.shape[0] * self.shape[1])

    @cached_property
    def keys(self) -> IntArray:
        """The entries as ascending numbers row · (number of columns) + column."""
        return self.rows * self.shape[1] + self.columns

    @cached_property
    def starts(self) -> IntArray:
        """Row r has the entries starts[r] to starts[r + 1]: the index pointer of compressed rows."""
        return np.searchsorted(self.rows, np.arange(self.shape[0] + 1))

    def places(self, rows: IntArray, columns: IntArray) -> IntArray:
        """The index of each entry (row, column) in the pattern, -1 where it is a structural zero."""
        keys = rows * self.shape[1] + columns
        if not self.nnz:
            return np.full(len(keys), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(self.keys, keys), self.nnz - 1)
        return np.where(self.keys[found] == keys, found, -1)

    def to_dense(self) -> npt.NDArray[np.bool_]:
        """The pattern as a matrix of truth values."""
        matrix = np.zeros(self.shape, dtype=bool)
        matrix[self.rows, self.columns] = True
        return matrix

    def to_scipy(self, values: Any = None) -> Any:
        """The pattern as a `scipy.sparse.csr_array`, of truth values or of others."""
        from scipy import sparse

        values = np.ones(self.nnz, dtype=bool) if values is None else values
        return sparse.csr_array((values, self.columns.copy(), self.starts.copy()), shape=self.shape)

    def to_data(self) -> dict[str, Any]:
        """Plain data for serialisation."""
        return {"rows": self.rows.tolist(), "columns": self.columns.tolist(), "shape": list(self.shape)}

    @staticmethod
    def from_data(data: Any) -> Pattern:
        """The inverse of `to_data`; a FormatError for data that is not a pattern."""
        try:
            rows, columns = (np.array(data[name], dtype=np.int64) for name in ("rows", "columns"))
            m, n = (int(length) for length in data["shape"])
            inside = min(m, n) >= 0 and rows.ndim == 1 and rows.shape == columns.shape
            if inside and len(rows):
                inside = rows.min() >= 0 and columns.min() >= 0 and rows.max() < m and columns.max() < n
            pattern = Pattern(rows, columns, (m, n))
            if inside and bool((np.diff(pattern.keys) > 0).all()):
                return pattern
        except (LookupError, TypeError, ValueError, OverflowError):
            pass
        raise FormatError(f"{data!r:.80} is not a sparsity pattern", hint="see Pattern.to_data for its form")
