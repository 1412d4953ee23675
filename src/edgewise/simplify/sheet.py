"""The graph while it is rewritten: growing columns, aliases, and the smart constructor.

Rewriting never changes a node's value: a node is only *aliased* to another one of the same value, and new nodes are
added. Every old node therefore keeps a place to go, which is how the ledger survives. New nodes come after all others in
number; `place` remembers before which old node each of them belongs, so that a stable sort restores the order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt

from edgewise.graph import IntArray, Tape
from edgewise.ops import CODE, CONST, N_BUILTIN, TABLE, Number, fold_exact, number_key
from edgewise.simplify.facts import GUARDS, node_signs
from edgewise.simplify.patterns import MINUS_ONE, MUL, NONE, NUMBER, POWER, SCALED, Pattern, Rulebook, Variant, number_class
from edgewise.simplify.rules import RULES

__all__ = ["Sheet"]

POW, SUB, ADD, NEG = CODE["pow"], CODE["sub"], CODE["add"], CODE["neg"]
_COMMUTATIVE = [code for code, op in enumerate(TABLE) if op.commutative]
IS_COMMUTATIVE = np.zeros(1 << 16, dtype=bool)
IS_COMMUTATIVE[_COMMUTATIVE] = True
_FOLDED = {CODE[name]: name for name in ("add", "sub", "mul", "div", "neg")}


class Sheet:
    """Columns `ops`, `args` (padded with -1), `attr` (an index into `values`, 0 for none) and `place`."""

    def __init__(self, tape: Tape, roots: IntArray, book: Rulebook) -> None:
        self.tape, self.roots, self.book = tape, roots, book
        n = len(tape)
        sizes = np.diff(tape.start)
        self.width = max(3, int(sizes.max(initial=0)))
        self.ops = tape.ops.astype(np.int64)
        self.args = np.full((n, self.width), -1, dtype=np.int64)
        for k in range(self.width):
            has = sizes > k
            if has.any():
                self.args[has, k] = tape.args[tape.start[:-1][has] + k]
        self.values: list[Any] = [None]
        self.index: dict[Any, int] = {}
        self.attr = np.zeros(n, dtype=np.int64)
        if tape.attrs:
            nodes = np.fromiter(tape.attrs, dtype=np.int64, count=len(tape.attrs))
            self.attr[nodes] = [self.intern(value) for value in tape.attrs.values()]
        self.two = self.intern(2)
        # New constants are placed right behind the inputs at the head of the list.
        self.leading = next((i for i, node in enumerate(tape.inputs) if node != i), len(tape.inputs)) - 1
        self.place = np.arange(n)
        self.alias = np.arange(n)
        self.constants: dict[tuple[str, str], int] = {number_key(v): i for i, v in tape.constants().items()}
        self.counts: Counter[str] = Counter()
        self.kind = self._kinds(np.arange(n))

    def intern(self, value: Any) -> int:
        """The number of an attribute; equal ones, type and value, have one."""
        key = ("name", value) if isinstance(value, str) else number_key(value)
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.values)
            self.values.append(value)
        return found

    # --- whole columns --------------------------------------------------------------------------------------------

    def _kinds(self, nodes: IntArray) -> IntArray:
        """The argument class of each node, products with a constant aside (`classes` adds those)."""
        kind = np.minimum(self.ops[nodes], N_BUILTIN)
        kind[kind == N_BUILTIN] = NONE  # the user's operations: matched by no pattern
        constants = np.flatnonzero(kind == CONST)
        if len(constants):
            kind[constants] = [number_class(self.values[a]) for a in self.attr[nodes[constants]].tolist()]
        return kind

    def classes(self) -> tuple[IntArray, IntArray]:
        """The classes of every node's first and second argument."""
        kind = np.append(self.kind, NONE)
        first, second = self.args[:, 0], self.args[:, 1]
        constant = (kind >= NUMBER - 4) & (kind <= NUMBER)
        scaled = (self.ops == MUL) & (constant[first] | constant[second])
        kind[:-1][scaled] = SCALED
        a, b = kind[first], kind[second]
        powers = np.flatnonzero(self.ops == POWER)
        if len(powers):
            of_value = {a: number_class(self.values[a]) for a in np.unique(self.attr[powers]).tolist()}
            b[powers] = [of_value[a] for a in self.attr[powers].tolist()]
        return a, b

    def resolve(self) -> None:
        """Follow aliases to their ends (pointer doubling), and let every argument name the end."""
        while True:
            further = self.alias[self.alias]
            if np.array_equal(further, self.alias):
                break
            self.alias = further
        padded = np.append(self.alias, -1)
        self.args = padded[self.args]

    def current(self) -> npt.NDArray[np.bool_]:
        """Nodes that have not been aliased away."""
        return self.alias == np.arange(len(self.alias))

    def uses(self) -> IntArray:
        """How often each node is read by a node that some result needs, or is a result."""
        needed = self.needed(self.roots)
        args = self.args[needed]
        count = np.bincount(args[args >= 0], minlength=len(self.ops))
        np.add.at(count, self.alias[self.roots], 1)
        return count

    def needed(self, roots: IntArray) -> npt.NDArray[np.bool_]:
        """Which nodes the roots depend on."""
        current = self.current()
        keep = np.zeros(len(self.ops), dtype=bool)
        keep[self.alias[roots]] = True
        args = self.args[current]
        uses = np.bincount(args[args >= 0], minlength=len(self.ops))
        dead = np.flatnonzero(current & (uses == 0) & ~keep).tolist()
        if dead:
            count, kept, rows = uses.tolist(), keep.tolist(), self.args
            peeled = []
            while dead:
                i = dead.pop()
                peeled.append(i)
                for j in rows[i].tolist():
                    if j >= 0:
                        count[j] -= 1
                        if count[j] == 0 and not kept[j]:
                            dead.append(j)
            current[peeled] = False
        return current

    def operations(self, roots: IntArray) -> int:
        """How many operations the roots need."""
        needed = self.needed(roots)
        constant = self.ops == CONST
        inputs = np.zeros(len(self.ops), dtype=bool)
        inputs[list(self.tape.inputs)] = True
        return int((needed & ~constant & ~inputs).sum())

    def project(self) -> bool:
        """Alias every node that a unit makes equal to one of its arguments (x·1, x+0, x/1, …), all at once."""
        changed = False
        while True:
            first, second = self.classes()
            ops = np.minimum(self.ops, N_BUILTIN)
            which = self.book.projects[ops, first, second]
            rows = np.flatnonzero((which > 0) & self.current())
            if not len(rows):
                return changed
            changed = True
            self.alias[rows] = np.where(which[rows] == 1, self.args[rows, 0], self.args[rows, 1])
            rule, count = np.unique(self.book.by[ops[rows], first[rows], second[rows]], return_counts=True)
            for number, times in zip(rule.tolist(), count.tolist(), strict=True):
                self.counts[RULES[number].name] += times
            self.resolve()

    def merge(self) -> bool:
        """Alias every node to the first one with the same operation, arguments and attribute."""
        rows = np.flatnonzero(self.current() & (self.args[:, 0] >= 0))
        ops, attr, args = self.ops[rows], self.attr[rows], self.args[rows]
        swap = IS_COMMUTATIVE[ops] & (args[:, 0] > args[:, 1])
        args[swap, 0], args[swap, 1] = args[swap, 1], args[swap, 0]
        square = (ops == MUL) & (args[:, 0] == args[:, 1])
        ops[square], attr[square], args[square, 1] = POWER, self.two, -1
        columns = [ops, attr, *args.T]
        key = np.zeros(len(rows), dtype=np.uint64)
        for column in columns:
            key = (key ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
            key ^= key >> np.uint64(29)
        if not _has_duplicates(key):
            return False
        order = np.argsort(key, kind="stable")
        same = key[order[1:]] == key[order[:-1]]
        for column in columns:  # a hash may collide; columns do not lie
            same &= column[order[1:]] == column[order[:-1]]
        if not same.any():
            return False
        head = np.flatnonzero(np.concatenate(([True], ~same)))
        group = np.cumsum(np.concatenate(([True], ~same))) - 1
        # New nodes have large numbers but early places: the representative is the first in order of place.
        rank = np.lexsort((rows[order], self.place[rows[order]], group))
        first = rows[order][rank[head]]
        self.alias[rows[order]] = first[group]
        self.counts["common subexpression"] += int(same.sum())
        self.resolve()
        return True

    # --- node by node ---------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Plain lists of the columns, for work node by node; `close` writes them back."""
        self.l_ops: list[int] = self.ops.tolist()
        self.l_args: list[list[int]] = self.args.tolist()
        self.l_attr: list[int] = self.attr.tolist()
        self.l_alias: list[int] = self.alias.tolist()
        self.l_uses: list[int] = self.uses().tolist()
        self.l_place: list[int] = []
        self.first_new = len(self.l_ops)
        self.seen: dict[Any, int] = {}
        self._signs: list[int] | None = None

    def close(self) -> None:
        """Write the lists back into columns and settle the aliases."""
        added = len(self.l_ops) - self.first_new
        if added:
            self.ops = np.array(self.l_ops, dtype=np.int64)
            new_args = np.array(self.l_args[self.first_new :], dtype=np.int64).reshape(added, self.width)
            self.args = np.concatenate((self.args, new_args))
            self.attr = np.array(self.l_attr, dtype=np.int64)
            self.place = np.concatenate((self.place, np.array(self.l_place, dtype=np.int64)))
            self.kind = np.concatenate((self.kind, self._kinds(np.arange(self.first_new, self.first_new + added))))
        self.alias = np.array(self.l_alias, dtype=np.int64)
        self.resolve()

    def arguments(self, node: int) -> list[int]:
        """The arguments of a node, aliases followed."""
        alias = self.l_alias
        found = []
        for j in self.l_args[node]:
            if j < 0:
                break
            while alias[j] != j:
                j = alias[j]
            found.append(j)
        return found

    def constant(self, value: Number) -> int:
        """The node of a constant."""
        key = number_key(value)
        if key not in self.constants:
            self.constants[key] = self._append(CONST, [], self.intern(value), self.leading)
        return self.constants[key]

    def _append(self, code: int, args: Sequence[int], attr: int, place: int) -> int:
        self.l_ops.append(code)
        self.l_args.append([*args, *([-1] * (self.width - len(args)))])
        self.l_attr.append(attr)
        self.l_alias.append(len(self.l_alias))
        self.l_uses.append(0)
        self.l_place.append(place)
        for j in args:
            self.l_uses[j] += 1
        if self._signs is not None:
            self._signs.append(node_signs(code, args, self.values[attr], self._signs))
        return len(self.l_ops) - 1

    def alias_to(self, node: int, target: int) -> None:
        """Let a node be another one of the same value."""
        self.l_alias[node] = target
        self.l_uses[target] += self.l_uses[node]
        for j in self.arguments(node):
            self.l_uses[j] -= 1

    def make(self, code: int, args: list[int], attr: int, place: int, uses: int = 1) -> int:
        """The smart constructor: a node of this value, folded, rewritten by the rules and shared if possible."""
        found = self.rewritten(code, args, attr, place, uses)
        if found is not None:
            return found
        key = self.key(code, args, attr)
        node = self.seen.get(key)
        if node is None:
            node = self.seen[key] = self._append(code, args, attr, place)
        return node

    def key(self, code: int, args: Sequence[int], attr: int) -> tuple[int, ...]:
        """What two nodes of equal value share."""
        if IS_COMMUTATIVE[code]:
            if code == MUL and args[0] == args[1]:
                return POWER, self.two, args[0]
            args = sorted(args)
        return (code, attr, *args)

    def rewritten(self, code: int, args: list[int], attr: int, place: int, uses: int = 1) -> int | None:
        """The node that folding or a rule makes of an operation; None where nothing applies."""
        ops = self.l_ops
        constants = [self.values[self.l_attr[j]] for j in args] if all(ops[j] == CONST for j in args) else None
        if constants and (exact := self._folded(code, constants)) is not None:
            self.counts["constant folding"] += 1
            return self.constant(exact)
        if code == POW and ops[args[1]] == CONST:
            exponent = self.values[self.l_attr[args[1]]]
            if type(exponent) in (int, Fraction, float):
                return self.make(POWER, args[:1], self.intern(exponent), place, uses)
        if code == POWER and self.values[attr] in (0, 1) and type(self.values[attr]) is int:
            return args[0] if self.values[attr] == 1 else self.constant(1)
        first = self._class(args[0])
        second = (
            self._class(args[1]) if len(args) > 1 else number_class(self.values[attr]) if code == POWER else NONE
        )
        for variant in self.book.candidates(min(code, N_BUILTIN), first, second, len(args) == 2 and args[0] == args[1]):
            bound = self._match(variant, code, args, attr)
            if bound is not None:
                self.counts[variant.rule.name] += 1
                return self._build(variant.replacement, bound, place, uses)
        return None

    def _folded(self, code: int, constants: list[Any]) -> Number | None:
        name = _FOLDED.get(code)
        if name is None:
            return None
        exact = fold_exact(name, constants)
        if exact is not None:
            return exact
        if name != "div" and all(type(value) in (int, float) for value in constants):
            # The same IEEE operation that would run later; fractions and divisions wait for the target.
            value = float(TABLE[code].value(*(float(value) for value in constants)))
            return value if np.isfinite(value) else None
        return None

    def _class(self, node: int) -> int:
        code = self.l_ops[node]
        if code == CONST:
            return number_class(self.values[self.l_attr[node]])
        if code == MUL and any(self.l_ops[j] == CONST for j in self.arguments(node)):
            return SCALED
        return code if code < N_BUILTIN else NONE

    def _match(self, variant: Variant, code: int, args: Sequence[int], attr: int) -> dict[str, int] | None:
        """The nodes that the pattern's variables stand for, if it fits, its guard is proved and it does not cost."""
        bound: dict[str, int] = {}
        if not self._fits(variant.pattern, code, attr, bound):
            return None
        dying = 0
        todo = [(pattern, node, True) for pattern, node in zip(variant.pattern.args, args, strict=True)]
        while todo:
            pattern, node, alone = todo.pop()
            if pattern.kind == "any":
                if bound.setdefault(pattern.name, node) != node:
                    return None
                continue
            if pattern.constant:
                if self.l_ops[node] != CONST or not self._number(pattern, self.values[self.l_attr[node]], node, bound):
                    return None
                continue
            if not self._fits(pattern, self.l_ops[node], self.l_attr[node], bound):
                return None
            alone = alone and self.l_uses[node] <= 1
            dying += alone
            todo.extend((p, j, alone) for p, j in zip(pattern.args, self.arguments(node), strict=True))
        if variant.size - dying - 1 > (-1 if variant.rule.saves else 0):
            return None
        if variant.guard and not self._proved(bound[variant.guard[0]], variant.guard[1]):
            return None
        return bound

    def _fits(self, pattern: Pattern, code: int, attr: int, bound: dict[str, int]) -> bool:
        if CODE[pattern.name] != code:
            return False
        if code != POWER:
            return True
        return self._number(pattern.value, self.values[attr], None, bound)

    def _number(self, pattern: Pattern, value: Any, node: int | None, bound: dict[str, int]) -> bool:
        if pattern.kind == "literal":
            same: bool = value == pattern.value and not isinstance(value, bool)
            return same
        if isinstance(value, bool):
            return False
        node = self.constant(value) if node is None else node
        return bound.setdefault(pattern.name, node) == node

    def _proved(self, node: int, guard: str) -> bool:
        signs = self._signs
        if signs is None:
            signs = self._signs = [0] * len(self.l_ops)
            # New nodes stand, by place, before the old ones that read them.
            place = np.concatenate((self.place, np.array(self.l_place, dtype=np.int64)))
            for i in np.argsort(place, kind="stable").tolist():
                signs[i] = node_signs(self.l_ops[i], self.arguments(i), self.values[self.l_attr[i]], signs)
        return not signs[node] & ~GUARDS[guard]

    def _build(self, pattern: Pattern, bound: dict[str, int], place: int, uses: int) -> int:
        """Write a replacement, arguments first. Its depth is that of the rule's formula."""
        if pattern.kind in ("any", "number"):
            return bound[pattern.name]
        if pattern.kind == "literal":
            return self.constant(pattern.value)
        args = [self._build(arg, bound, place, 1) for arg in pattern.args]
        if pattern.value is not None:
            args.append(self._build(pattern.value, bound, place, 1))
            return self.make(POW, args, 0, place, uses)
        return self.make(CODE[pattern.name], args, 0, place, uses)


def _has_duplicates(keys: npt.NDArray[np.uint64]) -> bool:
    ordered = np.sort(keys)
    return bool((ordered[1:] == ordered[:-1]).any())
