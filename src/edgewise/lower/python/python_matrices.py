"""Matrices of which only the nonzeros are computed, in Python source: where they stand is an array of the module."""

from __future__ import annotations

from typing import Final

from edgewise.graph import Pattern
from edgewise.lower.described import wrapped

__all__ = ["Matrices"]

_FILLED: Final = (
    "def _filled(values, rows, columns, shape):\n"
    "    matrix = np.zeros(values.shape[:-1] + shape, dtype=values.dtype)\n"
    "    matrix[..., rows, columns] = values\n"
    "    return matrix"
)


class Matrices:
    """The patterns that a module uses, each written once as its arrays `_rows_k`, `_columns_k` (and `_starts_k`)."""

    def __init__(self) -> None:
        self._numbers: dict[Pattern, int] = {}
        self._kinds: set[str] = set()

    def text(self, kind: str, pattern: Pattern, values: str) -> str:
        """The expression for a matrix handed over as its kind says; `values` is the text of its array of nonzeros."""
        k = self._numbers.setdefault(pattern, len(self._numbers) + 1)
        self._kinds.add(kind)
        if kind == "coo":
            return f"(_rows_{k}, _columns_{k}, {values})"
        if kind == "scipy":
            # Copies: SciPy keeps what it is given, and its users may change a matrix in place.
            return f"sparse.csr_array(({values}, _columns_{k}.copy(), _starts_{k}.copy()), shape={pattern.shape})"
        return f"_filled({values}, _rows_{k}, _columns_{k}, {pattern.shape})"

    def imports(self) -> list[str]:
        """The import lines that the texts need beside NumPy's."""
        return ["from scipy import sparse"] if "scipy" in self._kinds else []

    def blocks(self) -> list[str]:
        """The functions and arrays that the texts name."""
        blocks = [_FILLED] if "dense" in self._kinds else []
        for pattern, k in self._numbers.items():
            arrays = {f"_rows_{k}": pattern.rows, f"_columns_{k}": pattern.columns}
            if "scipy" in self._kinds:
                arrays[f"_starts_{k}"] = pattern.starts
            lines = [f"{name} = np.array([{wrapped(column.tolist(), 0)}], dtype=np.int64)"
                     for name, column in arrays.items()]  # fmt: skip
            lines.append(f"{' = '.join(f'{name}.flags.writeable' for name in arrays)} = False  # shared by all calls")
            blocks.append("\n".join(lines))
        return blocks
