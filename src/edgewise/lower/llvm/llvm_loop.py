"""The points of a batch in turns and threads, each turn by the best native loop that there is for it."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from edgewise.lower.llvm.llvm_machine import machine
from edgewise.lower.llvm.llvm_points import BLOCK
from edgewise.lower.llvm.llvm_rows import ALIGNED, DOUBLE, Precision
from edgewise.lower.memory import address

if TYPE_CHECKING:
    from edgewise.lower.llvm.compiled_llvm import NativeCompiled

__all__ = ["Block", "run_points"]

WORTH: Final = 3_000_000
"""A thread of its own is worth so many operations (rows × points): it takes a tenth of a millisecond to begin."""

TURN: Final = 50_000_000
"""Operations (rows × points) between two looks at what else there is: some hundredths of a second."""

STREAM: Final = 8_000_000
"""Bytes beyond which a batch is read and written past the caches."""


class Block(NamedTuple):
    """Entries that stand side by side among the numbers, and at even distances in memory: see `points_text`."""

    place: int
    address: int
    stride: int
    entries: int
    step: int


class _Columns:
    """Columns with their points side by side, or one value for all points: what `fused_text` works on."""

    def __init__(self, read: Sequence[Block], write: Sequence[Block], precision: Precision) -> None:
        kind = ctypes.c_double if precision is DOUBLE else ctypes.c_float
        table: list[int] = []
        self._shared = []
        for block in read:
            if block.stride:
                table += (block.address, -1)
            else:
                value = kind.from_address(block.address).value
                self._shared.append(np.full(precision.lanes, value, dtype=precision.dtype))
                table += (address(self._shared[-1]), 0)
        table += (block.address for block in write)
        moves = [move for block in read for move in (block.stride, 0)] + [precision.size] * len(write)
        self._table, self._moves = np.array(table, dtype=np.int64), np.array(moves, dtype=np.int64)
        self._precision, self._first = precision, write[0].address
        aligned = all((block.address - self._first) % ALIGNED == 0 for block in write)
        self._streams = aligned and self._first % precision.size == 0
        self._bytes = precision.size * (len(read) + len(write))

    @staticmethod
    def fit(read: Sequence[Block], write: Sequence[Block], size: int) -> bool:
        """Whether all columns are so."""
        return bool(write) and not (
            any(block.entries != 1 or block.stride not in (0, size) for block in read)
            or any(block.entries != 1 or block.stride != size for block in write)
        )

    def run(self, loops: Sequence[Any], numbers: int, begin: int, end: int) -> None:
        """The points from `begin` to `end`, at least one vector of them.

        A first and a last vector, which are not whole, are filled up with points that are computed twice.
        """
        lanes, size = self._precision.lanes, self._precision.size
        last = end - lanes
        loop, streams = loops[0], self._streams and self._bytes * (end - begin) > STREAM
        if streams:
            loop, lead = loops[1], (-(self._first + size * begin) % ALIGNED) // size
            if lead:
                self._loop(loops[0], numbers, begin, lanes)
                begin += lead
        whole = (end - begin) // lanes * lanes
        self._loop(loop, numbers, begin, whole)
        if begin + whole < end:
            self._loop(loops[0], numbers, last, lanes)

    def _loop(self, loop: Any, numbers: int, begin: int, count: int) -> None:
        table = self._table + begin * self._moves
        loop(address(table), numbers, count)


def run_points(
    function: NativeCompiled, kind: str, read: Sequence[Block], write: Sequence[Block], points: int, threads: int
) -> None:
    """The native loop over the points, shared by threads where there are enough of them."""
    precision = function.rows.precision
    lanes = precision.lanes
    function.earn(points // lanes)
    size = max(1, len(function.rows))
    turn = max(TURN // size, lanes)
    turn += -turn % lanes
    columns = None
    if function.fused and kind == precision.name and points >= lanes and _Columns.fit(read, write, precision.size):
        columns = _Columns(read, write, precision)
    table = None if columns is not None else _table(read, write)

    def work(begin: int, end: int) -> None:
        numbers = function.vectors()
        try:
            for first in range(begin, end, turn):  # between two turns: better code, and a user who interrupts
                last = min(first + turn, end)
                if columns is not None and last - first >= lanes:
                    columns.run(function.fused, numbers.address, first, last)
                else:
                    few = last - first < lanes
                    kernel = function.vector_interpreter() if few else function.vector_kernel()
                    moved = (_table(read, write) if table is None else table).copy()
                    moved[3::BLOCK] += first * moved[4::BLOCK]
                    machine().points(kind, precision)(*kernel, numbers.address, address(moved), last - first)
                function.check_callbacks()
        finally:
            function.release(numbers)

    share = max(WORTH // size, -(-points // threads))
    share += -share % lanes
    if share >= points:
        work(0, points)
        return
    with ThreadPoolExecutor(-(-points // share)) as pool:
        list(pool.map(work, range(0, points, share), [min(b + share, points) for b in range(0, points, share)]))


def _table(read: Sequence[Block], write: Sequence[Block]) -> Any:
    numbers = [len(read), len(write)]
    for block in (*read, *write):
        numbers += block
    return np.array(numbers, dtype=np.int64)
