"""The nodes of a graph under construction, and where the user wrote each of them.

Compiled, they are columns that grow; writing a node runs no Python code, so that threads may share them. Plain Python
is quickest, and as safe, with a list of tuples.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain
from typing import Any, Final

import cython
import numpy as np

from edgewise.graph.callers import is_users
from edgewise.graph.lines import Lines, instruction_line

if not cython.compiled:  # else they are C's, by `nodes.pxd`
    from edgewise.graph.frames import code_of, instruction_of, running_frame

__all__ = ["Nodes", "Places"]

ROOM: Final = 64


class Places:
    """Where the user's code is: a number for each place, which holds its code object's number and the instruction."""

    def __init__(self) -> None:
        self.codes: list[Any] = []
        self.known: dict[int, tuple[Any, int]] = {}
        self.code: Any = None
        self.first = 0

    def line(self, place: int) -> str:
        """The line of a place as text; empty where there is none."""
        return instruction_line(self.codes[place >> 32], place & 0xFFFFFFFF) if place >= 0 else ""

    def here(self) -> int:
        """The place of the innermost frame outside edgewise and libraries; -1 where there is none."""
        frame = running_frame()
        while frame is not None:
            code = code_of(frame)
            if cython.compiled and code is self.code:
                return self.first + instruction_of(frame)
            number: cython.longlong = self._number(frame, code)
            if number >= 0:
                if cython.compiled:
                    self.code, self.first = code, number << 32
                return (number << 32) + instruction_of(frame)
            frame = frame.f_back
        return -1

    def _number(self, frame: Any, code: Any) -> int:
        """The number of a user's code object; -1 of a library's."""
        found = self.known.get(id(code))
        if found is not None:
            return found[1]
        number: cython.longlong = -1
        if is_users(frame.f_globals.get("__name__", "")):
            number = len(self.codes)
            self.codes.append(code)
        self.known[id(code)] = (code, number)  # which is held, so that no other takes its address
        return number


class Nodes:
    """Tuples (operation code, argument, …), one for each node; with `places`, each is marked with where it was written.

    >>> nodes = Nodes()
    >>> nodes.leaf(1), nodes.binary(2, 0, 0), nodes[1], len(nodes)
    (0, 1, (2, 0, 0), 2)
    """

    def __init__(self, places: Places | None = None) -> None:
        self.places = places
        if cython.compiled:
            self.count = self.used = 0
            self.ops, self.start, self.at = self.of_nodes = _columns(ROOM)
            self.args = self.of_args = np.empty(2 * ROOM, dtype=np.int64)
            self.start[0] = 0
        else:
            self.rows: list[tuple[int, ...]] = []
            self.marks: dict[int, int] = {}

    def __len__(self) -> int:
        return self.count if cython.compiled else len(self.rows)

    @cython.locals(edge=cython.longlong)
    def __getitem__(self, node: int) -> tuple[int, ...]:
        if not cython.compiled:
            return self.rows[node]
        place: cython.longlong = node
        if place < 0 or place >= self.count:
            raise IndexError(node)
        row = [self.ops[place]]
        for edge in range(self.start[place], self.start[place + 1]):
            row.append(self.args[edge])
        return tuple(row)

    def __reduce__(self) -> Any:
        return _nodes_of, ([self[node] for node in range(len(self))],)

    # --- writing: each returns the new node's number ------------------------------------------------------------

    def leaf(self, code: cython.longlong) -> int:
        """Without arguments, and without a line: a constant or an input."""
        return self.leaves(code, 1)

    @cython.locals(_=cython.longlong)
    def leaves(self, code: cython.longlong, count: cython.longlong) -> int:
        """Many leaves; the number is the first one's."""
        if not cython.compiled:
            self.rows += [(code,)] * count
            return len(self.rows) - count
        self._make_room(count, 0)
        for _ in range(count):
            self._written(code, 0, -1)
        return self.count - count

    def unary(self, code: cython.longlong, first: cython.longlong) -> int:
        """Of one argument."""
        if not cython.compiled:
            # The number is read at once, here and below: CPython does not change threads between these.
            rows = self.rows
            rows.append((code, first))
            return len(rows) - 1 if self.places is None else self._marked(len(rows) - 1)
        line: cython.longlong = -1 if self.places is None else self.places.here()
        self._make_room(1, 1)
        self.args[self.used] = first
        return self._written(code, 1, line)

    def binary(self, code: cython.longlong, first: cython.longlong, second: cython.longlong) -> int:
        """Of two arguments."""
        if not cython.compiled:
            rows = self.rows
            rows.append((code, first, second))
            return len(rows) - 1 if self.places is None else self._marked(len(rows) - 1)
        line: cython.longlong = -1 if self.places is None else self.places.here()
        self._make_room(1, 2)
        self.args[self.used] = first
        self.args[self.used + 1] = second
        return self._written(code, 2, line)

    @cython.locals(k=cython.longlong)
    def add(self, code: cython.longlong, args: Sequence[int]) -> int:
        """Of any number of arguments."""
        if not cython.compiled:
            rows = self.rows
            rows.append((code, *args))
            return len(rows) - 1 if self.places is None else self._marked(len(rows) - 1)
        given: tuple[int, ...] = tuple(args)
        size: cython.longlong = len(given)
        line: cython.longlong = -1 if self.places is None else self.places.here()
        self._make_room(1, size)
        for k in range(size):
            self.args[self.used + k] = given[k]
        return self._written(code, size, line)

    def _marked(self, node: int) -> int:
        assert self.places is not None
        self.marks[node] = self.places.here()
        return node

    def _written(self, code: cython.longlong, size: cython.longlong, line: cython.longlong) -> int:
        """A node whose arguments stand behind those of the others."""
        node: cython.longlong = self.count
        self.ops[node], self.at[node] = code, line
        self.used += size
        self.start[node + 1] = self.used
        self.count = node + 1
        return node

    def _make_room(self, count: cython.longlong, size: cython.longlong) -> int:
        """Have room for more nodes and arguments. Other threads may write while memory is sought, not after."""
        while self.count + count > len(self.ops) or self.used + size > len(self.args):
            if self.count + count > len(self.ops):
                self._widen_nodes(2 * len(self.ops))
            else:
                self._widen_args(2 * len(self.args))
        return 0

    @cython.locals(node=cython.longlong)
    def _widen_nodes(self, room: cython.longlong) -> int:
        columns: tuple[Any, ...] = _columns(room)
        ops: cython.longlong[::1] = columns[0]
        start: cython.longlong[::1] = columns[1]
        places: cython.longlong[::1] = columns[2]
        if room > len(self.ops):
            for node in range(self.count):
                ops[node], start[node], places[node] = self.ops[node], self.start[node], self.at[node]
            start[self.count] = self.used
            self.ops, self.start, self.at, self.of_nodes = ops, start, places, columns
        return 0

    @cython.locals(at=cython.longlong)
    def _widen_args(self, room: cython.longlong) -> int:
        column = np.empty(room, dtype=np.int64)
        args: cython.longlong[::1] = column
        if room > len(self.args):
            for at in range(self.used):
                args[at] = self.args[at]
            self.args, self.of_args = args, column
        return 0

    # --- reading whole ------------------------------------------------------------------------------------------

    def columns(self) -> tuple[Any, Any, Any]:
        """Codes, where each node's arguments begin, and the arguments: as they are now, whatever is written later."""
        if not cython.compiled:
            return _columns_of(self.rows.copy())
        return (
            self.of_nodes[0][: self.count].astype(np.uint16),
            self.of_nodes[1][: self.count + 1],
            self.of_args[: self.used],
        )

    def lines(self) -> Mapping[int, Any]:
        """Where each node was written, of those that are marked."""
        if self.places is None:
            return {}
        if cython.compiled:
            column = self.of_nodes[2][: self.count]
        else:
            column = np.full(len(self.rows), -1, dtype=np.int64)
            marks = self.marks.copy()
            column[list(marks)] = list(marks.values())
        return Lines(column, self.places.codes)


def _columns_of(rows: list[tuple[int, ...]]) -> tuple[Any, Any, Any]:
    start = np.zeros(len(rows) + 1, dtype=np.int64)
    np.cumsum(np.fromiter(map(len, rows), dtype=np.int64, count=len(rows)), out=start[1:])
    flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(start[len(rows)]))
    heads = start[: len(rows)]
    return flat[heads].astype(np.uint16), start - np.arange(len(start)), np.delete(flat, heads)


def _columns(room: int) -> tuple[Any, Any, Any]:
    """Room for nodes: their codes, where their arguments begin, and their places."""
    return np.empty(room, dtype=np.int64), np.empty(room + 1, dtype=np.int64), np.empty(room, dtype=np.int64)


def _nodes_of(rows: Sequence[tuple[int, ...]]) -> Nodes:
    nodes = Nodes()
    for code, *args in rows:
        nodes.add(code, args)
    return nodes
