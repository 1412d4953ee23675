"""Of two graphs of the same values the better parts.

A part ends where both graphs hold the same value. From one of the two as a whole, one value after the other is computed
as the other graph does it, and stays so where that is better, see `Cost.better`. What values share counts once: their
readers are counted.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.graph import Builder, IntArray, Tape, arguments_first, reached
from edgewise.ops import CODE, CONST, INPUT, TENSOR_CODE
from edgewise.simplify.arrays.costs import Cost, costs_of, lengths_to_try

__all__ = ["Parts", "by_parts"]

ROUNDS: Final = 4
"""How often all values are gone through."""
BUDGET: Final = 40
"""Nodes that may be looked at in all for each node, so that it is linear."""

_SUMS: Final = frozenset([CODE[name] for name in ("add", "sub", "neg", "mul")] + [TENSOR_CODE["contract"]])
_DIV, _POWER = CODE["div"], CODE["power"]
_SPLIT: Final = _SUMS | {_DIV, _POWER, CODE["where"], TENSOR_CODE["radial"]}
"""What index notation takes apart."""


class Parts(NamedTuple):
    """A graph, the map of the first graph's nodes, and whether it has parts of the first and of the second."""

    tape: Tape
    new: IntArray
    first: bool
    second: bool


def by_parts(
    one: Tape,
    two: Tape,
    way: IntArray,
    roots: Sequence[int],
    keep: Sequence[int],
    sizes: Mapping[str, int],
) -> Parts:
    """The better parts of `one` and `two`; `way` says which node of `two` has the value of a node of `one`, -1 none.

    `roots` are the nodes of `one` whose cost counts, `keep` further ones that keep a node of their value. `sizes` are
    typical numbers of named dimensions. What comes is no more work than `one` at any of the lengths that are tried.

    >>> import edgewise as ew
    >>> from edgewise.graph import node_text
    >>> long, short = (ew.parse(text, shapes="A: n,n; x: n").tape for text in ("exp(A @ A @ x)", "exp(A @ (A @ x))"))
    >>> made = by_parts(long, short, np.array([0, 1, -1, 3, 4]), (4,), (), {})
    >>> node_text(made.tape, int(made.new[4]))
    'exp(A @ (A @ x))'
    """
    union = _Union(one, two, way, roots, sizes)
    whole = [union.cost(nodes) for nodes in (roots, (len(one) + way[list(roots)]).tolist())]
    found = list[tuple[Cost, _Choice | None]]()
    for side in (1, 0):
        choice = _Choice(union, [union.same[node] for node in roots], side)
        choice.improve()
        found += [(choice.cost, choice), (whole[side], None)]
    best, chosen = min(((cost, own) for cost, own in found if whole[0].covers(cost)), key=lambda pair: pair[0].order)
    if best == whole[1]:
        return Parts(two, way, False, True)
    if chosen is None or best == whole[0]:
        return Parts(one, np.arange(len(one)), True, False)
    return Parts(*_written(union, chosen, [*one.inputs, *roots, *keep]), True, True)


def _written(union: _Union, best: _Choice, wanted: Sequence[int]) -> tuple[Tape, IntArray]:
    """The graph of the chosen nodes, arguments first, and the map of the first graph's nodes into it."""
    one, first, builder = union.one, len(union.one), Builder.like(union.one)
    place: dict[int, int] = {}
    for name, node in best.nodes([union.same[node] for node in wanted]):
        if node in union.aliases:
            place[name] = place[union.args[node][0]]
            continue
        tape, own = (one, node) if node < first else (union.two, node - first)
        k = place[name] = builder.nodes.add(int(tape.ops[own]), [place[j] for j in union.args[node]])
        for column in ("attrs", "shapes", "labels", "lines"):
            if own in getattr(tape, column):
                getattr(builder, column)[k] = getattr(tape, column)[own]
    new = np.array([place.get(name, -1) for name in union.same[:first]], dtype=np.int64)
    for parameter, nodes in one.by_parameter():
        builder.parameters[parameter.name] = (parameter, tuple(new[list(nodes)].tolist()))
    return builder.whole(new[list(one.outputs)].tolist(), one.layout), new


class _Union:
    """The nodes of both graphs, those of the second behind the first's, and which hold the same value.

    A value that both hold is named by its node in the first. These stand in the same order in both graphs, so that
    parts of either may read any of the other's before them, and no circle comes about.
    """

    def __init__(self, one: Tape, two: Tape, way: IntArray, roots: Sequence[int], sizes: Mapping[str, int]) -> None:
        self.one, self.two, first = one, two, len(one)
        lengths = lengths_to_try([one, two], sizes)
        self.what = [*_what(one), *_what(two)]
        self.costs = [*costs_of(one, lengths), *costs_of(two, lengths)]
        self.args = [list(args) for _, _, args in one.rows()]
        self.args += [[j + first for j in args] for _, _, args in two.rows()]
        self._own = [list(args) for args in self.args]
        self.same = list(range(first + len(two)))
        self._leaves()
        pairs, again = self._paired(way, set(roots))
        self.members = {v: (v, first + w) for v, w in pairs}
        for v, w in pairs:
            self.same[first + w] = v
        self.args = [[self.same[j] for j in args] for args in self.args]
        # A result that is a leaf in the second graph, or another one of its values.
        self.aliases: set[int] = set()
        for v, w in again:
            target = self.same[first + w]
            if target < v:
                self.members[v] = v, len(self.args)
                self.aliases.add(len(self.args))
                self.args.append([target])
                self.what.append(None)
                self.costs.append(Cost(0, 0, 0))
        # What both graphs compute alike is no choice.
        same = ((self.what[v], self.args[v]) == (self.what[w], self.args[w]) for v, w in self.members.values())
        self.alike = {v for v, alike in zip(self.members, same, strict=True) if alike}
        self.names = sorted(self.members.keys() - self.alike)

    def cost(self, nodes: Iterable[int]) -> Cost:
        """What some nodes take in their own graph."""
        made_of = reached(nodes, self._own.__getitem__)
        return Cost(*map(sum, zip(Cost(0, 0, 0), *(self.costs[node] for node in made_of), strict=True)))

    def _leaves(self) -> None:
        """Inputs and constants are the same in both."""
        first, leaves = len(self.one), dict[Any, int]()
        for v, w in zip(self.one.inputs, self.two.inputs, strict=True):
            self.same[first + w] = v
        for node, (args, what) in enumerate(zip(self.args, self.what, strict=True)):
            if not args and what[0] != INPUT:
                self.same[node] = leaves.setdefault(what, node)

    def _paired(self, way: IntArray, roots: set[int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """The nodes that hold the same value: results, what is regular, and the same of the same.

        Also the results that are leaves of the second graph or the same as some other value.
        """
        one, two, first = self.one, self.two, len(self.one)
        pairs: dict[int, int] = {}
        again: list[tuple[int, int]] = []
        name, regular = list(self.same), _regular(one)
        for v, w in enumerate(way.tolist()):
            if w < 0 or not self.args[v] or one.shape(v) != two.shape(w):
                continue
            if v in roots and (w in pairs or not self.args[first + w]):
                again.append((v, w))
            elif self.args[first + w] and (v in roots or regular[v]):
                pairs.setdefault(w, v)
        for w, v in pairs.items():
            name[first + w] = v
        results = _increasing([(v, w) for w, v in sorted(pairs.items(), key=lambda pair: pair[1]) if v in roots])
        known: dict[Any, int] = {}
        taken = set(pairs.values())
        for node, args in enumerate(self.args):
            if not args or name[node] != node:
                continue
            other = known.setdefault((self.what[node], *[name[j] for j in args]), node)
            if other < first <= node and other not in taken:
                pairs[node - first], name[node] = other, other
                taken.add(other)
        starts, ends = [v for v, _ in results], [w for _, w in results]
        fitting = [
            (v, w) for w, v in pairs.items() if v not in roots and bisect_left(starts, v) == bisect_left(ends, w)
        ]
        return _increasing(sorted([*results, *fitting])), again


def _regular(tape: Tape) -> list[bool]:
    """Which nodes hold the same value in another way of writing them at every point: no quotient may vanish in them.

    Where n/n is 1 in one way, and 0/0 at some point in the other, what reads it has a mask in the other way alone.
    """
    found: list[bool] = []
    for i, code, args in tape.rows():
        if code in _SUMS:
            found.append(all(found[j] for j in args))
        elif code == _DIV:
            found.append(found[args[0]] and tape.ops[args[1]] in (CONST, TENSOR_CODE["size"]))
        elif code == _POWER:
            found.append(found[args[0]] and tape.attrs[i] > 0)
        else:
            found.append(code not in _SPLIT)
    return found


def _what(tape: Tape) -> list[Any]:
    """What each node does with its arguments: equal keys, equal results."""
    attrs, shapes = tape.attrs, tape.shapes
    return [(code, type(attrs.get(i)), attrs.get(i), shapes.get(i, ())) for i, code, _ in tape.rows()]


def _increasing(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest selection of pairs in which both numbers grow (Fredman 1975)."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for k, (_, w) in enumerate(pairs):
        at = bisect_left(ends, w)
        before.append(last[at - 1] if at else -1)
        ends[at : at + 1], last[at : at + 1] = [w], [k]
    chosen, k = list[tuple[int, int]](), last[-1] if last else -1
    while k >= 0:
        chosen.append(pairs[k])
        k = before[k]
    return chosen[::-1]


class _Choice:
    """Which graph computes each value; who reads it, and what all that costs."""

    def __init__(self, union: _Union, wanted: Sequence[int], side: int) -> None:
        self.union = union
        self.member = {name: both[side] for name, both in union.members.items()}
        self.reads = [0] * len(union.same)
        self.work = self.operations = self.views = 0
        self.budget = BUDGET * len(union.same)
        self._wanted = wanted
        self._count(wanted, 1)

    @property
    def cost(self) -> Cost:
        """What all values together take."""
        return Cost(self.work, self.operations, self.views)

    def _add(self, node: int, step: int) -> None:
        work, operations, views = self.union.costs[node]
        self.work += step * work
        self.operations += step * operations
        self.views += step * views

    def _count(self, names: Iterable[int], step: int) -> None:
        """Count reads of values in or out; what is read first, or no more, reads its arguments, or no more."""
        todo, reads, member, args = list(names), self.reads, self.member, self.union.args
        first = int(step > 0)
        while todo:
            name = todo.pop()
            reads[name] += step
            if reads[name] == first:
                node = member.get(name, name)
                self._add(node, step)
                self.budget -= 1
                todo += args[node]

    def _turn(self, name: int) -> None:
        """Compute a value as the other graph does it."""
        union, before = self.union, self.member[name]
        one, two = union.members[name]
        after = two if before == one else one
        self.member[name] = after
        if name in union.alike:
            return
        self._add(after, 1)
        self._add(before, -1)
        self._count(union.args[after], 1)
        self._count(union.args[before], -1)

    def improve(self) -> None:
        """Turn what becomes better: results with all that is below them, then values, back and forth."""
        for name in dict.fromkeys(self._wanted):
            self._try(self._below(name) if name in self.member else [])
        names = self.union.names
        for turn in range(ROUNDS):
            changed = [name for name in (names if turn % 2 else names[::-1]) if self.reads[name] and self._try([name])]
            if not changed:
                break

    def _try(self, names: list[int]) -> bool:
        """Compute some values as the other graph does it, if that is better; whether it was."""
        if self.budget < 0:
            return False
        before = self.cost
        for name in names:
            self._turn(name)
        if self.cost.better(before):
            return True
        for name in reversed(names):
            self._turn(name)
        return False

    def _below(self, name: int) -> list[int]:
        """The values, itself first, that a value is made of in the other graph, and that are computed otherwise now."""
        union, side = self.union, self.member[name] == self.union.members[name][0]
        seen, todo, turned = {name}, [name], list[int]()
        while todo:
            one = todo.pop()
            node = one
            if one in union.members:
                node = union.members[one][side]
                if self.member[one] != node:
                    turned.append(one)
            self.budget -= 1
            for j in union.args[node]:
                if j not in seen:
                    seen.add(j)
                    todo.append(j)
        return turned

    def nodes(self, wanted: Iterable[int]) -> list[tuple[int, int]]:
        """The values that some are made of, and the nodes that compute them, arguments first."""
        args, member = self.union.args, self.member
        order = arguments_first(wanted, lambda name: args[member.get(name, name)])
        return [(name, member.get(name, name)) for name in order]
