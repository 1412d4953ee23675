"""Sorting columns of whole numbers quickly, and nodes by what reads what.

NumPy sorts 16-bit numbers by radix, stably and on every processor alike, and wider ones by merging, which takes several
times as long. Node numbers have two or three such digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = ["arguments_first", "code_table", "distinct", "lexsort", "reached", "stable_argsort"]

IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]


def code_table(codes: Sequence[int]) -> BoolArray:
    """Which operation codes are among these. Looking codes up in it costs small graphs a tenth of `np.isin`.

    >>> code_table([2, 3])[[1, 2, 3, 4]].tolist()
    [False, True, True, False]
    """
    table = np.zeros(1 << 16, dtype=bool)  # codes have 16 bits
    table[list(codes)] = True
    return table


def distinct(column: npt.ArrayLike) -> Any:
    """`np.unique(column)`, which loads NumPy's masked arrays at its first call: a tenth of what a short program takes.

    >>> distinct([3, 1, 3])
    array([1, 3])
    """
    ordered = np.sort(column, axis=None)
    return ordered[np.concatenate((np.ones(min(1, len(ordered)), dtype=bool), ordered[1:] != ordered[:-1]))]


def stable_argsort(column: npt.NDArray[Any]) -> IntArray:
    """`np.argsort(column, kind="stable")` of whole numbers.

    >>> stable_argsort(np.array([70000, -1, 3, -1]))
    array([1, 3, 2, 0])
    """
    if not len(column):
        return np.zeros(0, dtype=np.int64)
    keys = column.astype(np.int64)
    keys -= keys.min()
    high, shift = int(keys.max()), 16
    order = np.argsort((keys & 0xFFFF).astype(np.uint16), kind="stable")
    while high >> shift:
        digit = ((keys >> shift) & 0xFFFF).astype(np.uint16)
        order = order[np.argsort(digit[order], kind="stable")]
        shift += 16
    return order


def lexsort(columns: Sequence[npt.NDArray[Any]]) -> IntArray:
    """`np.lexsort(columns)`: by the last column, then by the one before it, and so on.

    >>> lexsort((np.array([2, 1, 0]), np.array([0, 0, -5])))
    array([2, 1, 0])
    """
    order = stable_argsort(columns[0])
    for column in columns[1:]:
        order = order[stable_argsort(column[order])]
    return order


def reached(starts: Iterable[int], read: Callable[[int], Iterable[int]]) -> set[int]:
    """Where one comes from the starts, themselves included, by what each reads."""
    found = set(starts)
    todo = list(found)
    while todo:
        more = set(read(todo.pop())) - found
        found |= more
        todo += more
    return found


def arguments_first(roots: Iterable[int], read: Callable[[int], Sequence[int]]) -> list[int]:
    """The roots and all that they read, each behind what it reads itself.

    >>> arguments_first([3], {3: (1, 2), 2: (0,), 1: (0,), 0: ()}.__getitem__)
    [0, 1, 2, 3]
    """
    order: dict[int, None] = {}
    todo = list(dict.fromkeys(roots))[::-1]
    while todo:
        missing = [j for j in read(todo[-1]) if j not in order]
        if missing:
            todo += missing[::-1]
        else:
            order.setdefault(todo.pop())
    return list(order)
