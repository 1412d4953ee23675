"""The graph while it is rewritten: growing columns and aliases.

Rewriting never changes a node's value: a node is *aliased* to another one of the same value, and new nodes are added.
Every old node therefore keeps a place to go, which is how the ledger survives. New nodes come after all others in
number; `place` remembers before which node each of them belongs, so that a stable sort restores the order.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import numpy.typing as npt

from edgewise.graph import IntArray, Tape
from edgewise.graph.columns import lexsort, stable_argsort
from edgewise.ops import CODE, CONST, N_BUILTIN, TABLE, Number, number_key
from edgewise.simplify.patterns import CLASSES, MUL, NONE, NUMBER, POWER, SCALED, ZERO, number_class

__all__ = ["BoolArray", "Sheet", "mix"]

IS_COMMUTATIVE = np.zeros(1 << 16, dtype=bool)
IS_COMMUTATIVE[[code for code, op in enumerate(TABLE) if op.commutative]] = True

BoolArray = npt.NDArray[np.bool_]


WHERE = CODE["where"]


def mix(key: npt.NDArray[np.uint64], column: IntArray) -> npt.NDArray[np.uint64]:
    """A hash of hashes and numbers, element by element."""
    key = (key ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
    return key ^ (key >> np.uint64(29))


class Sheet:
    """Columns `ops`, `args` (padded with -1), `attr` (an index into `values`, 0 for none) and `place`.

    `roots` are the nodes whose cost counts, `kept` all that must keep a node of their value; both, and `origin` (which
    node holds the value of each node of the graph it was made from), are in current numbers.
    """

    def __init__(self, tape: Tape, roots: IntArray, kept: IntArray) -> None:
        self.tape, self.roots, self.kept = tape, roots, kept
        n = len(tape)
        self.origin = np.arange(n)
        self.inputs = np.array(tape.inputs, dtype=np.int64)
        sizes = np.diff(tape.start)
        self.width = max(3 if WHERE in tape.ops else 2, int(sizes.max(initial=0)))
        self.ops = tape.ops.astype(np.int64)
        self.args = np.full((self.width, n), -1, dtype=np.int64)
        for k in range(self.width):
            has = np.flatnonzero(sizes > k)
            self.args[k, has] = tape.args[tape.start[has] + k]
        self.values: list[Any] = [None]
        self.index: dict[Any, int] = {}
        self.attr = np.zeros(n, dtype=np.int64)
        for node, value in tape.attrs.items():
            if type(value) is not str:  # an input's name: inputs are never compared
                self.attr[node] = self.intern(value)
        self.two = self.intern(2)
        # Constants, old and new, are placed right behind the inputs at the head of the list: any node may read them.
        self.leading = next((i for i, node in enumerate(tape.inputs) if node != i), len(tape.inputs)) - 1
        self.place = np.arange(n)
        self.place[self.ops == CONST] = self.leading
        self.alias = np.arange(n)
        self.constants: dict[tuple[str, str], int] = {number_key(v): i for i, v in tape.constants().items()}
        self.counts: Counter[str] = Counter()
        # What the rules have not looked at since it last changed.
        self.fresh = np.ones(n, dtype=bool)
        # Kept from one stage to the next while nothing is aliased: how often nodes are read, and their terms.
        self._uses: IntArray | None = None
        self.terms: dict[str, Any] = {}
        self.kind = self._kinds(np.arange(n))

    def intern(self, value: Any) -> int:
        """The number of an attribute; equal ones, type and value, have one."""
        key = number_key(value)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.values)
            self.values.append(value)
        return found

    def note(self, rule: str, times: int) -> None:
        """Count a rule in the report."""
        if times:
            self.counts[rule] += times

    # --- growing --------------------------------------------------------------------------------------------------

    def append(
        self, code: int, args: list[IntArray], attr: IntArray | int, place: IntArray | int, count: int
    ) -> IntArray:
        """Add `count` nodes of one operation and return their numbers."""
        first = len(self.ops)
        block = np.full((self.width, count), -1, dtype=np.int64)
        for k, column in enumerate(args):
            block[k] = column
        self._uses = None
        self.terms.clear()
        self.ops = np.concatenate((self.ops, np.full(count, code)))
        self.args = np.concatenate((self.args, block), axis=1)
        self.attr = np.concatenate((self.attr, np.broadcast_to(attr, count)))
        self.place = np.concatenate((self.place, np.broadcast_to(place, count)))
        nodes = np.arange(first, first + count)
        self.alias = np.concatenate((self.alias, nodes))
        self.fresh = np.concatenate((self.fresh, np.ones(count, dtype=bool)))
        self.kind = np.concatenate((self.kind, self._kinds(nodes)))
        return nodes

    def constant(self, value: Number) -> int:
        """The node of a constant."""
        key = number_key(value)
        if key not in self.constants:
            self.constants[key] = int(self.append(CONST, [], self.intern(value), self.leading, 1)[0])
        return self.constants[key]

    def constant_value(self, node: int) -> Any:
        """The value of a constant node."""
        return self.values[self.attr[node]]

    # --- looking --------------------------------------------------------------------------------------------------

    def _kinds(self, nodes: IntArray) -> IntArray:
        """The argument class of each node, products with a constant aside (`classes` adds those)."""
        kind = np.minimum(self.ops[nodes], N_BUILTIN)
        kind[kind == N_BUILTIN] = NONE  # the user's operations: matched by no pattern
        constants = np.flatnonzero(kind == CONST)
        if len(constants):
            kind[constants] = [number_class(self.values[a]) for a in self.attr[nodes[constants]].tolist()]
        return kind

    def classes(self, rows: IntArray) -> tuple[IntArray, IntArray]:
        """The classes of the rows' first and second argument."""
        kind = np.append(self.kind, NONE)
        products = np.flatnonzero(self.ops == MUL)
        scaled = self._number_kind[kind[self.args[0, products]]] | self._number_kind[kind[self.args[1, products]]]
        kind[products[scaled]] = SCALED
        first, second = kind[self.args[0, rows]], kind[self.args[1, rows]]
        powers = np.flatnonzero(self.ops[rows] == POWER)
        if len(powers):
            used, which = np.unique(self.attr[rows[powers]], return_inverse=True)
            second[powers] = np.array([number_class(self.values[a]) for a in used.tolist()])[which]
        return first, second

    _number_kind = np.zeros(CLASSES, dtype=bool)
    _number_kind[ZERO : NUMBER + 1] = True

    def unseen(self) -> IntArray:
        """The operations near a change since this was last asked: a pattern reaches three operations deep."""
        near = np.append(self.fresh, False)
        if not self.fresh.all():
            for _ in range(2):
                below = near[self.args[0]]
                for column in self.args[1:]:
                    below |= near[column]
                near[:-1] |= below
        self.fresh = np.zeros(len(self.ops), dtype=bool)
        return np.flatnonzero(near[:-1] & self.current() & (self.args[0] >= 0))

    def current(self) -> BoolArray:
        """Nodes that have not been aliased away."""
        found: BoolArray = self.alias == np.arange(len(self.alias))
        return found

    def needed(self, roots: IntArray) -> BoolArray:
        """Which nodes the roots depend on. Peels what nobody reads: work is in proportion to what is dropped."""
        current = self.current()
        keep = np.zeros(len(self.ops), dtype=bool)
        keep[self.alias[roots]] = True
        uses = self._reads(current)
        dead = np.flatnonzero(current & (uses == 0) & ~keep)
        while len(dead) > 32:
            current[dead] = False
            read = self.args[:, dead]
            read = read[read >= 0]
            np.subtract.at(uses, read, 1)
            dead = np.unique(read[(uses[read] == 0) & ~keep[read]])
        # The end of a long thin branch is peeled one by one: an array operation for each node would be slower.
        last = dead.tolist()
        while last:
            i = last.pop()
            current[i] = False
            for j in self.args[:, i].tolist():
                if j >= 0:
                    uses[j] -= 1
                    if uses[j] == 0 and not keep[j]:
                        last.append(j)
        return current

    def _reads(self, readers: BoolArray) -> IntArray:
        """How often each node is read by some nodes. Missing arguments, -1, are counted in a place of their own."""
        args = self.args if readers.all() else self.args[:, readers]
        return np.bincount((args + 1).ravel(), minlength=len(self.ops) + 1)[1:]

    def uses(self) -> IntArray:
        """How often each node is read by a node that some root needs, a root counting as read."""
        if self._uses is None:
            self._uses = self._reads(self.needed(self.roots))
            np.add.at(self._uses, self.alias[self.roots], 1)
        return self._uses

    # --- aliasing -------------------------------------------------------------------------------------------------

    def resolve(self) -> None:
        """Follow aliases to their ends (pointer doubling), and let every argument name the end."""
        self._uses = None
        self.terms.clear()
        while True:
            further = self.alias[self.alias]
            if np.array_equal(further, self.alias):
                break
            self.alias = further
        args = np.append(self.alias, -1)[self.args]
        for before, after in zip(self.args, args, strict=True):
            self.fresh |= before != after
        self.args = args

    def merge(self) -> None:
        """Alias every node to the first one with the same operation, arguments and attribute.

        Sorting finds the duplicates of ordinary graphs. What merging makes equal above (two copies of one long chain)
        is followed from reader to reader.
        """
        merged = self._merge_sorted()
        if merged is not None:
            merged = self._merge_sorted()
        if merged is not None and not self._merge_readers(merged):
            self._merge_in_order()

    def _merge_readers(self, merged: IntArray) -> bool:
        """Merge the equal readers of what has been merged, and theirs; False if that is more work than a whole pass."""
        n = len(self.ops)
        flat = self.args.ravel()
        order = stable_argsort(flat)
        # Missing arguments, -1, come first.
        counts = np.bincount(flat + 1, minlength=n + 1)
        offsets, readers = np.cumsum(counts), order % n
        alias: dict[int, int] = {}
        members: dict[int, list[int]] = {}
        queue, work = np.unique(merged).tolist(), 0

        def end(i: int) -> int:
            while i in alias:
                i = alias[i]
            return i

        while queue:
            node = queue.pop()
            if node in alias:
                continue
            seen: dict[Any, int] = {}
            for member in members.get(node, (node,)):
                mine = readers[offsets[member] : offsets[member + 1]]
                work += len(mine)
                columns = (
                    mine.tolist(),
                    self.ops[mine].tolist(),
                    self.attr[mine].tolist(),
                    self.args[:, mine].T.tolist(),
                )
                for reader, code, attr, args in zip(*columns, strict=True):
                    if reader in alias:
                        continue
                    key = self._key(code, attr, [end(j) if j >= 0 else -1 for j in args])
                    twin = seen.setdefault(key, reader)
                    if twin != reader:
                        keep, drop = sorted((twin, reader), key=lambda i: (self.place[i], i))
                        seen[key] = keep
                        alias[drop] = keep
                        members.setdefault(keep, [keep]).extend(members.pop(drop, [drop]))
                        queue.append(keep)
            if work > 4 * n + 1000:
                break
        if alias:
            self.counts["common subexpression"] += len(alias)
            self.alias[list(alias)] = [end(i) for i in alias]
            self.resolve()
        return work <= 4 * n + 1000

    def _key(self, code: int, attr: int, args: list[int]) -> tuple[int, ...]:
        """The same as `_keys`, of one node."""
        if IS_COMMUTATIVE[code] and args[0] > args[1]:
            args[0], args[1] = args[1], args[0]
        if code == MUL and args[0] == args[1]:
            return (POWER, self.two, args[0], *[-1] * (self.width - 1))
        return (code, attr, *args)

    def _keys(self, rows: IntArray) -> list[IntArray]:
        """What nodes of equal value share: x·y and y·x, x·x and x**2 have one key."""
        ops, attr, args = self.ops[rows], self.attr[rows], self.args[:, rows]
        swap = IS_COMMUTATIVE[ops] & (args[0] > args[1])
        low, high = np.where(swap, args[1], args[0]), np.where(swap, args[0], args[1])
        square = (ops == MUL) & (low == high)
        return [
            np.where(square, POWER, ops), np.where(square, self.two, attr), low, np.where(square, -1, high), *args[2:]
        ]  # fmt: skip

    def _merge_sorted(self) -> IntArray | None:
        """One round of merging: the nodes that were kept of equal ones, None where there are none."""
        rows = np.flatnonzero(self.current() & (self.args[0] >= 0))
        columns = self._keys(rows)
        key = np.zeros(len(rows), dtype=np.uint64)
        for column in columns:
            key = mix(key, column)
        # Equal keys fall into one bucket: from here on only what shares a bucket is looked at.
        bucket = (key >> np.uint64(64 - self._bucket_bits(len(rows)))).astype(np.int64)
        some = np.flatnonzero(np.bincount(bucket)[bucket] > 1)
        if not len(some):
            return None
        order = some[lexsort((self.place[rows[some]], *(column[some] for column in columns)))]
        same = np.ones(len(order) - 1, dtype=bool)
        for column in columns:  # a hash may collide; columns do not lie
            same &= column[order[1:]] == column[order[:-1]]
        if not same.any():
            return None
        starts = np.concatenate(([True], ~same))
        # New nodes have large numbers but early places: the representative is the first in order of place.
        self.alias[rows[order]] = rows[order[starts]][np.cumsum(starts) - 1]
        self.counts["common subexpression"] += int(same.sum())
        self.resolve()
        return rows[order[starts]]

    @staticmethod
    def _bucket_bits(n: int) -> int:
        """Many more buckets than keys, but not so many that counting them costs more than the keys."""
        return min(24, max(8, n.bit_length() + 4))

    def _merge_in_order(self) -> None:
        rows = np.flatnonzero(self.current() & (self.args[0] >= 0))
        rows = rows[stable_argsort(self.place[rows])]
        alias = self.alias.tolist()
        first: dict[Any, int] = {}
        columns = (rows.tolist(), self.ops[rows].tolist(), self.attr[rows].tolist(), self.args[:, rows].T.tolist())
        merged = 0
        for i, code, attr, args in zip(*columns, strict=True):
            key = self._key(code, attr, [alias[j] if j >= 0 else -1 for j in args])
            alias[i] = first.setdefault(key, i)
            merged += alias[i] != i
        self.counts["common subexpression"] += merged
        self.alias = np.array(alias, dtype=np.int64)
        self.resolve()

    def compact(self) -> None:
        """Drop what neither a root nor a kept node needs, and number the rest in order of place."""
        order = np.flatnonzero(self.needed(np.concatenate((self.kept, self.inputs))))
        if len(order) == len(self.ops):
            place = self.place
            if not (place[1:] < place[:-1]).any() and self.current().all():
                return
        self._uses = None
        self.terms.clear()
        self.leading = int(np.count_nonzero(self.inputs <= self.leading)) - 1
        place = self.place[order]
        if (place[1:] < place[:-1]).any():
            order = order[stable_argsort(place)]
        number = np.full(len(self.ops) + 1, -1, dtype=np.int64)
        number[order] = np.arange(len(order))
        self.origin = np.where(self.origin >= 0, number[self.alias[self.origin]], -1)
        self.roots, self.kept = number[self.alias[self.roots]], number[self.alias[self.kept]]
        self.inputs = number[self.inputs]
        self.ops, self.attr, self.kind = self.ops[order], self.attr[order], self.kind[order]
        self.fresh = self.fresh[order]
        self.args = number[self.args[:, order]]
        self.place, self.alias = np.arange(len(order)), np.arange(len(order))
        moved = number[list(self.constants.values())].tolist() if self.constants else []
        self.constants = {key: i for key, i in zip(self.constants, moved, strict=True) if i >= 0}
