"""Masks, where(c, 0, x): those inside another one by the same condition go, and factors that need none go out of them.

What a node is read under is what all its readers have in common: the selections around them, and the branches. A
condition that is a conjunction and holds, or a disjunction and does not, says so of its parts.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.state import Memory, Plan, State  # noqa: I001
    from edgewise.simplify.scalars.term_lists import planned, planned_three
    from edgewise.simplify.scalars.work_columns import (
        ABS, ADD, AND, CONST, EQ, HYPOT, MUL, NEG, NEGATIVE, NOT, NOUGHT, OR, POWER, SQRT, SUB, WHERE,
    )  # fmt: skip

ONE_BIT = 1
PARTS = 64
"""Parts of a length that are looked at."""
DEEPEST = 60
"""Conditions known at one node: further ones are not remembered. Each has a bit of an integer."""


class Facts:
    """What may be known at a node: a tree of facts, of which number 0 says nothing, and each other what its parent says
    and that a condition holds, or does not.

    Of a node: the fact that is known there (-1: it is not read), its reads so far, and the facts that it relies on.
    """

    def __init__(self, memory: Memory, n: cython.longlong, most: cython.longlong) -> None:
        slots: cython.longlong = 16
        while slots < 2 * most + 2:
            slots *= 2
        self.count = 1
        self.table = memory.longs(slots, -1)
        self.parent, self.condition = memory.ints(most + 1, 0), memory.ints(most + 1, 0)
        self.holds, self.depth = memory.ints(most + 1, 0), memory.ints(most + 1, 0)
        self.known, self.reads, self.used = memory.ints(n, -1), memory.ints(n, 0), memory.longs(n, 0)


def below(f: Facts, parent: cython.longlong, condition: cython.longlong, holds: cython.longlong) -> cython.longlong:
    """What is known where also a condition holds, or does not."""
    if f.depth[parent] == DEEPEST:
        return parent
    mask: cython.longlong = f.table.shape[0] - 1
    slot: cython.longlong = (parent * 40503 + condition * 7621 + holds * 104729) * 20507 >> 11 & mask
    found: cython.longlong = f.table[slot]
    while found >= 0:
        if f.parent[found] == parent and f.condition[found] == condition and f.holds[found] == holds:
            return found
        slot = (slot + 1) & mask
        found = f.table[slot]
    found = f.table[slot] = f.count
    f.count += 1
    f.parent[found], f.condition[found], f.holds[found] = parent, condition, holds
    f.depth[found] = f.depth[parent] + 1
    return found


def common(f: Facts, one: cython.longlong, other: cython.longlong) -> cython.longlong:
    """What is known in both cases."""
    while one != other:
        if f.depth[one] >= f.depth[other]:
            one = f.parent[one]
        else:
            other = f.parent[other]
    return one


def decided(f: Facts, known: cython.longlong, condition: cython.longlong) -> cython.longlong:
    """The fact that says whether a condition holds, 0 for none."""
    while known and f.condition[known] != condition:
        known = f.parent[known]
    return known


def behind(s: State, f: Facts, node: cython.longlong, k: cython.longlong) -> cython.longlong:
    """What is known in a branch of a selection, and in that of a conjunction or disjunction of its parts."""
    condition: cython.longlong = s.args[node, 0]
    holds: cython.longlong = 1 if k == 1 else 0
    if s.op[condition] == NOT:
        condition, holds = s.args[condition, 0], 1 - holds
    there: cython.longlong = below(f, f.known[node], condition, holds)
    if s.op[condition] == (AND if holds else OR):
        there = below(f, there, s.args[condition, 0], holds)
        there = below(f, there, s.args[condition, 1], holds)
    return there


@cython.locals(k=cython.longlong)
def descend(s: State, f: Facts, i: cython.longlong, branch: cython.longlong[::1]) -> cython.bint:
    """Decide a node, if what is known where it is read does, and tell its arguments; whether it is decided."""
    if s.uses[i] > f.reads[i]:  # a result
        f.known[i] = 0
    here: cython.longlong = f.known[i]
    if s.op[i] == WHERE and here > 0:
        fact: cython.longlong = decided(f, here, s.args[i, 0])
        if fact:
            branch[i] = 1 if f.holds[fact] else 2
            f.used[i] = ONE_BIT << (f.depth[fact] - 1)
    for k in range(s.width):
        j: cython.longlong = s.args[i, k]
        if j < 0:
            continue
        f.reads[j] += 1
        if here >= 0 and (branch[i] == 0 or k == branch[i]):
            there: cython.longlong = behind(s, f, i, k) if s.op[i] == WHERE and k and branch[i] == 0 else here
            f.known[j] = there if f.known[j] < 0 else common(f, f.known[j], there)
    return branch[i] != 0


@cython.locals(k=cython.longlong)
def relies(s: State, f: Facts, i: cython.longlong, branch: cython.longlong[::1]) -> cython.bint:
    """Whether a node's value is another one where other things are known; its readers need not what only it knows."""
    found: cython.longlong = f.used[i]
    for k in range(s.width):
        if s.args[i, k] >= 0 and (branch[i] == 0 or k == branch[i]):
            found |= f.used[s.args[i, k]]
    f.used[i] = found & ((ONE_BIT << f.depth[f.known[i]]) - 1)
    return f.used[i] != 0


@cython.locals(i=cython.longlong)
def selections(s: State) -> cython.longlong:
    """How many selections the roots need."""
    total: cython.longlong = 0
    for i in range(s.count):
        total += 1 if s.uses[i] and s.op[i] == WHERE else 0
    return total


@cython.locals(i=cython.longlong)
def may_be_known(s: State) -> cython.bint:
    """Whether two selections have one condition, or one has a condition that is made of others."""
    if not selections(s):
        return False
    seen: cython.int[::1] = s.memory.ints(s.count, 0)
    for i in range(s.count):
        if s.uses[i] and s.op[i] == WHERE:
            condition: cython.longlong = s.args[i, 0]
            op: cython.longlong = s.op[condition]
            if seen[condition] or op == AND or op == OR or op == NOT:
                return True
            seen[condition] = 1
    return False


@cython.locals(i=cython.longlong)
def known_selections(s: State, branch: cython.longlong[::1], lost: cython.longlong[::1]) -> cython.longlong:
    """The branch (1 or 2) that a selection certainly takes where it is read, in `branch` of noughts; how many do.

    `lost` becomes 1 for nodes whose value elsewhere changes by that: they are right where they are read.
    """
    total: cython.longlong = 0
    f: Facts = Facts(s.memory, s.count, 6 * selections(s))
    with cython.nogil:
        for i in range(s.count - 1, -1, -1):
            if s.uses[i] and descend(s, f, i, branch):
                total += 1
        for i in range(s.count if total else 0):
            if s.uses[i] and f.known[i] >= 0 and relies(s, f, i, branch):
                lost[i] = 1
    return total


@cython.locals(i=cython.longlong, k=cython.longlong)
def plan_selections(s: State, way: cython.longlong[::1], kind: cython.longlong) -> int:
    """Plan the branches in place of the selections whose condition is known where they are read; how many.

    `way` is that of the first graph's nodes: where the value elsewhere is another one, the ledger gets a node of its
    own in the end.
    """
    end: cython.longlong = 0
    if not may_be_known(s):
        return 0
    branch: cython.longlong[::1] = s.memory.longs(s.count, 0)
    lost: cython.longlong[::1] = s.memory.longs(s.count, 0)
    decided: cython.longlong = known_selections(s, branch, lost)
    if decided == 0:
        return 0
    s.plan = Plan(s.memory, s.count, 0, 3 * decided)
    for i in range(s.count):
        if branch[i]:
            s.plan.target[i], s.plan.kind[i] = s.args[i, branch[i]], kind
            s.plan.leaf_start[i], s.plan.leaf_count[i] = end, 3
            for k in range(3):
                s.plan.leaves[end + k] = s.args[i, k]
            end += 3
    for i in range(way.shape[0]):
        if way[i] >= 0 and lost[way[i]]:
            way[i] = -1
    return decided


def is_length(s: State, i: cython.longlong) -> cython.bint:
    """Whether a node is 0 only where its arguments are."""
    op: cython.longlong = s.op[i]
    a: cython.longlong = s.args[i, 0]
    b: cython.longlong = s.args[i, 1]
    if op == ADD:
        return (s.sign[a] & NEGATIVE) == 0 and (s.sign[b] & NEGATIVE) == 0
    if op == MUL or op == POWER:
        return a == b or (op == POWER and s.attr[i] == s.two)
    return op == HYPOT or op == SQRT or op == NEG or op == ABS


@cython.locals(k=cython.longlong)
def finite_at_zero(s: State, node: cython.longlong, found: cython.longlong[:, ::1]) -> cython.longlong:
    """Fill `found` with nodes that are surely finite where `node` is 0, as (node, whether it is small, …); how many.

    A finite sum, difference or product has finite arguments, and a length is 0 only where its parts are.
    """
    count: cython.longlong = 1
    at: cython.longlong = 0
    found[0, 0], found[0, 1] = node, 1
    while at < count:
        i: cython.longlong = found[at, 0]
        length: cython.bint = is_length(s, i)
        if length or s.op[i] == ADD or s.op[i] == SUB or s.op[i] == MUL:
            for k in range(2):
                if s.args[i, k] >= 0 and count < found.shape[0]:
                    found[count, 0], found[count, 1] = s.args[i, k], found[at, 1] if length else 0
                    count += 1
        at += 1
    return count


@cython.locals(k=cython.longlong)
def stays_finite(
    s: State, found: cython.longlong[:, ::1], count: cython.longlong, node: cython.longlong
) -> cython.bint:
    """Whether a factor is among what is surely finite, or a multiple of what is small."""
    a: cython.longlong = s.args[node, 0]
    b: cython.longlong = s.args[node, 1]
    for k in range(count):
        small: cython.longlong = found[k, 0]
        if small == node:
            return True
        if found[k, 1] and s.op[node] == NEG and a == small:
            return True
        if found[k, 1] and s.op[node] == MUL and (a == small or b == small):
            other: cython.longlong = b if a == small else a
            if other == small or s.op[other] == CONST:
                return True
    return False


def is_mask(s: State, i: cython.longlong) -> cython.bint:
    """Whether a node is where(d == 0, 0, a*x), the only reader of the product."""
    if s.uses[i] == 0 or s.op[i] != WHERE:
        return False
    equal: cython.bint = s.op[s.args[i, 0]] == EQ and s.cls[s.args[s.args[i, 0], 1]] == NOUGHT
    return equal and s.cls[s.args[i, 1]] == NOUGHT and s.op[s.args[i, 2]] == MUL and s.uses[s.args[i, 2]] == 1


@cython.locals(k=cython.longlong)
def finite_factor(s: State, i: cython.longlong, found: cython.longlong[:, ::1]) -> cython.longlong:
    """Which factor of what is masked is surely finite, -1 for none."""
    count: cython.longlong = finite_at_zero(s, s.args[s.args[i, 0], 0], found)
    for k in range(2):
        factor: cython.longlong = s.args[s.args[i, 2], k]
        if s.op[factor] == CONST or stays_finite(s, found, count, factor):
            return k
    return -1


def plan_factor(s: State, i: cython.longlong, k: cython.longlong, end: cython.longlong) -> None:
    """Plan a*where(c, 0, x) in place of where(c, 0, a*x)."""
    product: cython.longlong = s.args[i, 2]
    factor: cython.longlong = s.args[product, k]
    rest: cython.longlong = s.args[product, 1 - k]
    new: cython.longlong = planned(s.plan, MUL, factor, planned_three(s.plan, WHERE, s.args[i, 0], s.args[i, 1], rest))
    s.plan.reads[new - s.count] += 1
    s.plan.target[i], s.plan.skip[i], s.plan.leaf_start[i], s.plan.leaf_count[i] = new, 0, end, 4
    s.plan.skip[product] = 1
    s.plan.leaves[end], s.plan.leaves[end + 1] = s.args[i, 0], s.args[i, 1]
    s.plan.leaves[end + 2], s.plan.leaves[end + 3] = factor, rest


@cython.locals(i=cython.longlong)
def plan_factors(s: State, kind: cython.longlong) -> int:
    """Plan factors out of masks that are finite where the condition holds; how many.

    There the condition says that a length is 0, and the factor is a part of that. What is masked is then the same for
    all such parts.
    """
    total: cython.longlong = 0
    most: cython.longlong = selections(s)
    if most == 0:
        return 0
    found: cython.longlong[:, ::1] = s.memory.rows(PARTS)
    s.plan = Plan(s.memory, s.count, 2 * most, 4 * most)
    for i in range(s.count):
        if is_mask(s, i):
            k: cython.longlong = finite_factor(s, i, found)
            if k >= 0:
                plan_factor(s, i, k, 4 * total)
                s.plan.kind[i] = kind
                total += 1
    return total
