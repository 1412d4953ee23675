"""What simplification works on: a State, whose columns are the graph in hand, and what stands beside it.

Compiled passes are functions of the State. A column is read as `s.uses[node]`; NumPy reads the same memory through
`rows`, in which the columns lie one after the other. Their types are in `state.pxd`.
"""

from __future__ import annotations  # noqa: I001

from collections.abc import Mapping, Sequence
from typing import Any, Final

import cython
import numpy as np

from edgewise.built import held, held_rows
from edgewise.simplify.scalars.work_columns import (  # noqa: F401
    ABS, ADD, AND, ANY, ANY_NUMBER, ANY_SIGN, ARGS, ASK, ATTR_EQUAL, ATTR_NUMBER, BUILTIN, CONST, DIV, DONE,
    EQ, EQUAL, FIRST_RULE, FLOAT, FOLDING, GROW, HEADROOM, HYPOT, INPUT, MAX, MEMO, MIN, MINUS_ONE, MORE_VALUES, MUL,
    NEG, NEGATIVE, NONE, NOT, NOUGHT, NUMBER, ONE, OPERATION, OR, OTHER, PAIR_CONSTANTS, PAIR_HOLDER, PAIR_OP,
    PAIR_STEPS, PAIR_VARIANT, PENDING, POSITIVE, POW, POWER, PUT_LITERAL, PUT_NODE, PUT_VALUE, RAISE, RATIO, ROOT,
    SCALED, SHARED, SIDE, SQRT, SUB, TERM, TERM_PLACE, TWO, UNKNOWN, WHERE, ZERO,
)  # fmt: skip


BLOCK: Final = 8192
"""Numbers in the first block of memory."""

LARGEST: Final = 1 << 19
"""Numbers in a block that is kept; columns that fill half of one are on their own."""

KEPT: Final = 4
"""Memories kept for the next graphs, in as many threads; and sheets in each."""


class Memory:
    """Columns for what stages plan, cut out of blocks that serve again after each pass, which makes them `free`.

    Making an array takes longer than most of what is done with a short one, and new memory is not there at once. The
    `table` is for values at probes, `sheets` are those that nobody writes.
    """

    def __init__(self) -> None:
        self.free()
        self.table, self.stack = np.empty(0), held(np.empty(0, dtype=np.int64))
        self.sheets: list[Sheet] = []
        self.slots = held(np.empty(0, dtype=np.int32))
        if cython.compiled:
            self.long_block, self.int_block = self.stack, np.empty(0, dtype=np.int32)
            self.double_block, self.row_block = self.table, np.empty((0, 4), dtype=np.int64)

    def free(self) -> None:
        """Nothing that was cut out is read any more."""
        self.longs_used = self.ints_used = self.doubles_used = self.rows_used = 0

    @cython.locals(k=cython.longlong)
    def longs(self, n: cython.longlong, value: cython.longlong) -> cython.longlong[::1]:
        """A column of whole numbers, all of them this one."""
        if not cython.compiled or 2 * n > LARGEST:
            return held(np.full(n, value, dtype=np.int64))
        if self.longs_used + n > len(self.long_block):
            self.long_block, self.longs_used = np.empty(grown(len(self.long_block), n), dtype=np.int64), 0
        column: cython.longlong[::1] = self.long_block[self.longs_used : self.longs_used + n]
        self.longs_used += n
        for k in range(n):
            column[k] = value
        return column

    @cython.locals(k=cython.longlong)
    def ints(self, n: cython.longlong, value: cython.longlong) -> cython.int[::1]:
        """The same in half the memory."""
        if not cython.compiled or 2 * n > LARGEST:
            return held(np.full(n, value, dtype=np.int32))
        if self.ints_used + n > len(self.int_block):
            self.int_block, self.ints_used = np.empty(grown(len(self.int_block), n), dtype=np.int32), 0
        column: cython.int[::1] = self.int_block[self.ints_used : self.ints_used + n]
        self.ints_used += n
        for k in range(n):
            column[k] = value
        return column

    @cython.locals(k=cython.longlong)
    def doubles(self, n: cython.longlong) -> cython.double[::1]:
        """A column of noughts."""
        if not cython.compiled or 2 * n > LARGEST:
            return held(np.zeros(n))
        if self.doubles_used + n > len(self.double_block):
            self.double_block, self.doubles_used = np.empty(grown(len(self.double_block), n)), 0
        column: cython.double[::1] = self.double_block[self.doubles_used : self.doubles_used + n]
        self.doubles_used += n
        for k in range(n):
            column[k] = 0.0
        return column

    def rows(self, n: cython.longlong) -> cython.longlong[:, ::1]:
        """So many rows of four whole numbers that are yet to be written."""
        if not cython.compiled or 8 * n > LARGEST:
            return held(np.empty((n, 4), dtype=np.int64))
        if self.rows_used + n > len(self.row_block):
            rows: cython.longlong = grown(4 * len(self.row_block), 4 * n) // 4
            self.row_block, self.rows_used = np.empty((rows, 4), dtype=np.int64), 0
        self.rows_used += n
        return self.row_block[self.rows_used - n : self.rows_used]

    def sheet(self, room: cython.longlong, width: cython.longlong) -> Sheet:
        """A sheet with this room."""
        for k, kept in enumerate(self.sheets):
            if kept.width == width and len(kept.rows) >= room:
                found: Sheet = self.sheets.pop(k)
                found.room, found.count = room, 0
                return found
        return Sheet(room, width)

    def keep(self, sheet: Sheet) -> None:
        """Take a sheet back."""
        if len(self.sheets) < KEPT and sheet.rows.size <= LARGEST:
            self.sheets.append(sheet)


def grown(block: cython.longlong, n: cython.longlong) -> cython.longlong:
    """The size of a block in place of one that had no room for n more."""
    return min(max(2 * block, 2 * n, BLOCK), LARGEST)


class Sheet:
    """The columns of a graph with room to grow, `count` rows of which are in use.

    Operation, number of the attribute's value, reads, class as an argument, possible signs, where the node belongs in
    the final order (never before its arguments), arguments (-1: none).
    """

    def __init__(self, room: cython.longlong, width: cython.longlong) -> None:
        self.rows = rows = np.empty((room, ARGS + width), dtype=np.int32, order="F")
        self.room, self.width, self.count = room, width, 0
        columns: cython.int[:, ::1] = held_rows(rows.T)
        self.op, self.attr, self.uses = columns[0], columns[1], columns[2]
        self.cls, self.sign, self.place = columns[3], columns[4], columns[5]
        self.args = held(rows[:, 6:])


class Values:
    """Attributes and constants, each distinct one once; number 0 is None.

    An integer or fraction is `num`/`den`; of a double `num` has the bits, and `real` is the same memory. `node` is the
    node in the graph being written. `slots` is a table of open addressing, of which at most half is in use.
    """

    def __init__(self, room: cython.longlong) -> None:
        self.count, self.rows = 0, np.empty((0, 7), dtype=np.int64)
        self.reserve(room)

    def reserve(self, room: cython.longlong) -> None:
        """Room for so many values, with the first `count` rows as they are, and an empty table."""
        self.room = 1 << (2 * int(room) - 1).bit_length()
        rows = np.zeros((self.room, 7), dtype=np.int64, order="F")
        rows[: self.count] = self.rows[: self.count]
        self.rows = rows
        columns: cython.longlong[:, ::1] = held_rows(rows.T)
        self.kind, self.num, self.den, self.cls = columns[0], columns[1], columns[2], columns[3]
        self.sign, self.literal, self.node = columns[4], columns[5], columns[6]
        self.real = held(rows.view(np.float64)[:, 1])
        self.slots = held(np.full(self.room, -1, dtype=np.int32))


class Rules:
    """The rules of a level, as tables; `patterns.py` makes them.

    `look` is their index: [operation, class of first argument, class of second] → 0 for none, a list of variants that
    may match, or, negative, the argument that the node certainly equals and the rule that says so. A list is a stretch
    of `lists`; a variant has rows in `pattern` and `build`, a rule, how many nodes must die for it to fire, the
    variable that is guarded (-1: none) and its allowed signs. `same` are the lists for equal arguments, `signs` the
    ranges of operations, `numbered` the literals as the first values of each graph.
    """

    def __init__(
        self, look: Any, same_bits: bool, literals: Sequence[Any], names: Sequence[str], parts: Mapping[str, Any]
    ) -> None:
        self.look, self.same_bits, self.literals, self.names = held(look), same_bits, tuple(literals), tuple(names)
        self.numbered: Any = None
        columns = {name: held(np.array(part, dtype=np.int64)) for name, part in parts.items()}
        self.list_start, self.lists = columns["list_start"], columns["lists"]
        self.pattern_start, self.pattern = columns["pattern_start"], columns["pattern"]
        self.build_start, self.build = columns["build_start"], columns["build"]
        self.rule, self.surplus = columns["rule"], columns["surplus"]
        self.guarded, self.guard = columns["guarded"], columns["guard"]
        self.literal_num, self.literal_den = columns["literal_num"], columns["literal_den"]
        self.same, self.commutative, self.signs = columns["same"], columns["commutative"], columns["signs"]
        self.pair_start, self.pair_lists = columns["pair_start"], columns["pair_lists"]
        self.pairs, self.steps = columns["pairs"], columns["steps"]


class Plan:
    """New nodes to write in place of old ones, in a graph of n; no plan has n = 0.

    Of an old node: what takes its place (-1: nothing planned), which stage planned it (-1: rules), whether only a
    replaced tree needed it, and where in `leaves` what its tree read begins, and how much it is. Numbers from n on mean
    new nodes, of which there are `count`: operation, arguments, node written (-1: not yet), reads in the plan; of a
    constant, `first` is the number of its value, and of a power `third` is -2 less the number of its exponent.
    """

    def __init__(self, memory: Memory, n: cython.longlong, room: cython.longlong, leaves: cython.longlong) -> None:
        self.n, self.room, self.count = n, room, 0
        noughts: cython.int[::1] = memory.ints(3 * n, 0)
        new: cython.longlong[::1] = memory.longs(6 * room, 0)
        self.target, self.kind, self.leaves = memory.ints(n, -1), memory.ints(n, -1), memory.ints(leaves, 0)
        self.skip, self.leaf_start, self.leaf_count = noughts[:n], noughts[n : 2 * n], noughts[2 * n :]
        self.op, self.first, self.second = new[:room], new[room : 2 * room], new[2 * room : 3 * room]
        self.third, self.image, self.reads = new[3 * room : 4 * room], new[4 * room : 5 * room], new[5 * room :]

    @cython.locals(k=cython.longlong)
    def begin_again(self) -> None:
        """Nothing of it is written."""
        for k in range(self.count):
            self.image[k] = -1


class State:
    """The graph in hand, the node about to be made, the rules at work, and what has been counted."""

    def __init__(self, rules: Rules, values: Values, width: cython.longlong) -> None:
        self.rules, self.values, self.width = rules, values, width
        self.memory = _IDLE.pop() if _IDLE else Memory()
        self.counts = np.zeros(len(rules.names), dtype=np.int64)
        self.answers = np.full((MEMO, 4), UNKNOWN, dtype=np.int64)
        scratch: cython.longlong[::1] = held(np.zeros(2 * width + 8 + 3 * 32 + PENDING, dtype=np.int64))
        at: cython.longlong = 2 * width
        self.spec, self.kept, self.bound = scratch[0:width], scratch[width:at], scratch[at : at + 8]
        self.slot_node, self.slot_dies = scratch[at + 8 : at + 40], scratch[at + 40 : at + 72]
        self.built, self.pending = scratch[at + 72 : at + 104], scratch[at + 104 : at + 104 + PENDING]
        self.fired, self.memo = held(self.counts), held(self.answers)
        self.image = self.stack = self.targets = self.inputs = self.signs = scratch[0:0]
        self.stopped = DONE
        self.set_table(1)
        self.two = self.floor = self.slot = self.spec_op = self.spec_attr = self.dying = self.pending_count = 0
        self.asked_op = self.asked_first = self.asked_second = self.asked_slot = 0
        self.looking = False
        self.plan = NO_PLAN

    def hand_back(self) -> None:
        """Leave the memory to the next graph."""
        memory, self.memory = self.memory, Memory()
        memory.free()
        if len(memory.table) > LARGEST:
            memory.table = memory.table[:0].copy()
        if len(_IDLE) < KEPT:
            _IDLE.append(memory)

    def set_table(self, slots: cython.longlong) -> None:
        """A table of this many slots, a power of two."""
        if self.memory.slots.shape[0] < slots:
            self.memory.slots = held(np.empty(slots, dtype=np.int32))
        self.table, self.slots = self.memory.slots[:slots], slots

    def take(self, sheet: Sheet) -> None:
        """Let this be the graph in hand; the stack has room for its nodes twice."""
        self.sheet, self.count, self.room = sheet, sheet.count, sheet.room
        self.op, self.attr, self.uses, self.cls = sheet.op, sheet.attr, sheet.uses, sheet.cls
        self.sign, self.place, self.args = sheet.sign, sheet.place, sheet.args
        self.wanted = sheet.uses
        if self.memory.stack.shape[0] < 2 * sheet.room:
            self.memory.stack = held(np.empty(2 * sheet.room, dtype=np.int64))
        self.stack = self.memory.stack


_IDLE: list[Memory] = []
NO_PLAN = Plan(Memory(), 0, 0, 0)
