"""Masks, where(c, 0, x): those inside another one by the same condition go, and factors that need none go out of them.

What a node is read under is what all its readers have in common: the selections around them, and the branches. A
condition that is a conjunction and holds, or a disjunction and does not, says so of its parts.
"""

from __future__ import annotations

import numpy as np

from edgewise.native import native
from edgewise.ops import CODE
from edgewise.simplify.scalars.term_lists import planned
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ATTR,
    CLS,
    LEAF_COUNT,
    LEAF_START,
    NEGATIVE,
    OP,
    READS,
    SIGN,
    SKIP,
    TARGET,
    USES,
    Codes,
    Ints,
    Plan,
)

__all__ = ["LENGTHS", "PARTS", "TRUTH", "known_selections", "plan_factors", "plan_selections"]

TRUTH = np.array([CODE["and"], CODE["or"], CODE["not"]])
AND, OR, NOT = range(3)
LENGTHS = np.array([CODE["eq"], CODE["hypot"], CODE["sqrt"]])
EQ, HYPOT, SQRT = range(3)
PARTS = 64
"""Parts of a length that are looked at."""
PARENT, CONDITION, HOLDS, DEPTH = range(4)
DEEPEST = 60
"""Conditions known at one node: further ones are not remembered. Each has a bit of an integer."""


@native
def _below(facts: Ints, table: Ints, size: Ints, parent: int, condition: int, holds: int) -> int:
    """What is known where also a condition holds, or does not."""
    if facts[parent, DEPTH] == DEEPEST:
        return parent
    mask = len(table) - 1
    slot = ((parent * 40503 + condition * 7621 + holds * 104729) & 0xFFFFFFFFFF) * 20507 >> 11 & mask
    while table[slot] >= 0:
        found = table[slot]
        if facts[found, PARENT] == parent and facts[found, CONDITION] == condition and facts[found, HOLDS] == holds:
            return int(found)
        slot = (slot + 1) & mask
    new = size[0]
    size[0] = new + 1
    table[slot] = new
    facts[new, PARENT], facts[new, CONDITION], facts[new, HOLDS] = parent, condition, holds
    facts[new, DEPTH] = facts[parent, DEPTH] + 1
    return int(new)


@native
def _common(facts: Ints, one: int, other: int) -> int:
    """What is known in both cases."""
    while one != other:
        if facts[one, DEPTH] >= facts[other, DEPTH]:
            one = facts[one, PARENT]
        else:
            other = facts[other, PARENT]
    return one


@native
def _decided(facts: Ints, known: int, condition: int) -> int:
    """The fact that says whether a condition holds, 0 for none."""
    while known and facts[known, CONDITION] != condition:
        known = facts[known, PARENT]
    return known


@native
def known_selections(nodes: Ints, codes: Codes, truth: Ints, branch: Ints, lost: Ints) -> int:
    """The branch (1 or 2) that a selection certainly takes where it is read, else 0; how many are decided.

    `lost` becomes 1 for nodes whose value elsewhere changes by that: they are right where they are read.
    """
    n, selections = len(nodes), 0
    for i in range(n):
        branch[i], lost[i] = 0, 0
        if nodes[i, USES] > 0 and nodes[i, OP] == codes.where:
            selections += 1
    facts = np.zeros((6 * selections + 1, 4), dtype=np.int64)
    slots = 16
    while slots < 12 * selections + 2:
        slots *= 2
    table = np.full(slots, -1, dtype=np.int64)
    size = np.ones(1, dtype=np.int64)
    known, reads, used = np.full(n, -1, dtype=np.int64), np.zeros(n, dtype=np.int64), np.zeros(n, dtype=np.int64)
    decided = 0
    for i in range(n - 1, -1, -1):
        if nodes[i, USES] == 0:
            continue
        if nodes[i, USES] > reads[i]:  # a result
            known[i] = 0
        here, selects = known[i], nodes[i, OP] == codes.where
        if selects and here > 0:
            fact = _decided(facts, here, nodes[i, ARGS])
            if fact:
                branch[i] = 1 if facts[fact, HOLDS] else 2
                used[i] = 1 << (facts[fact, DEPTH] - 1)
                decided += 1
        for k in range(ARGS, nodes.shape[1]):
            j = nodes[i, k]
            if j < 0:
                continue
            reads[j] += 1
            if here < 0 or (branch[i] and k - ARGS != branch[i]):
                continue
            there = here
            if selects and k > ARGS and not branch[i]:
                condition, holds = int(nodes[i, ARGS]), 1 if k == ARGS + 1 else 0
                if nodes[condition, OP] == truth[NOT]:
                    condition, holds = int(nodes[condition, ARGS]), 1 - holds
                there = _below(facts, table, size, here, condition, holds)
                if nodes[condition, OP] == (truth[AND] if holds else truth[OR]):
                    for part in range(2):
                        there = _below(facts, table, size, there, int(nodes[condition, ARGS + part]), holds)
            known[j] = there if known[j] < 0 else _common(facts, known[j], there)
    if not decided:
        return 0
    for i in range(n):
        if nodes[i, USES] == 0 or known[i] < 0:
            continue
        found = used[i]
        for k in range(ARGS, nodes.shape[1]):
            if nodes[i, k] >= 0 and (not branch[i] or k - ARGS == branch[i]):
                found |= used[nodes[i, k]]
        # What is known only here is no longer needed by those who read this node.
        used[i] = found & ((1 << facts[known[i], DEPTH]) - 1)
        lost[i] = 1 if used[i] else 0
    return decided


@native
def plan_selections(nodes: Ints, branch: Ints, plan: Plan) -> None:
    """Plan the branches in place of the selections."""
    end = 0
    for i in range(len(nodes)):
        if branch[i]:
            plan.rows[i, TARGET], plan.rows[i, LEAF_START] = nodes[i, ARGS + branch[i]], end
            for k in range(3):
                plan.leaves[end] = nodes[i, ARGS + k]
                end += 1
            plan.rows[i, LEAF_COUNT] = 3


@native
def _finite_at_zero(nodes: Ints, codes: Codes, sizes: Ints, two: int, node: int, found: Ints) -> int:
    """Fill `found` with nodes that are surely finite where `node` is 0, as (node, whether it is small); how many.

    A finite sum, difference or product has finite arguments, and a length is 0 only where its parts are. `two` is the
    number of the value 2.
    """
    found[0, 0], found[0, 1], count, at = node, 1, 1, 0
    while at < count:
        i, small = found[at, 0], found[at, 1]
        at += 1
        op = nodes[i, OP]
        length = op == sizes[HYPOT] or op == sizes[SQRT] or op == codes.neg or op == codes.abs
        length = length or (op == codes.mul and nodes[i, ARGS] == nodes[i, ARGS + 1])
        length = length or (op == codes.power and nodes[i, ATTR] == two)
        if op == codes.add:
            length = True
            for k in range(2):
                length = length and (nodes[nodes[i, ARGS + k], SIGN] & NEGATIVE) == 0
        if not (length or op == codes.add or op == codes.sub or op == codes.mul):
            continue
        for k in range(2):
            j = nodes[i, ARGS + k]
            if j >= 0 and count < len(found):
                found[count, 0], found[count, 1] = j, small if length else 0
                count += 1
    return count


@native
def _stays_finite(nodes: Ints, codes: Codes, found: Ints, count: int, node: int) -> bool:
    """Whether a factor is among what is surely finite, or a multiple of what is small."""
    op, a, b = nodes[node, OP], nodes[node, ARGS], nodes[node, ARGS + 1]
    for k in range(count):
        if found[k, 0] == node:
            return True
        if not found[k, 1]:
            continue
        if op == codes.neg and a == found[k, 0]:
            return True
        if op == codes.mul and (a == found[k, 0] or b == found[k, 0]):
            other = b if a == found[k, 0] else a
            if other == found[k, 0] or nodes[other, OP] == codes.const:
                return True
    return False


@native
def plan_factors(nodes: Ints, codes: Codes, sizes: Ints, two: int, plan: Plan, found: Ints) -> int:
    """Plan a*where(c, 0, x) in place of where(c, 0, a*x), a being finite where c holds; how many.

    There c says that a length is 0, and a is a part of that. What is masked is then the same for all such parts.
    """
    n, end, total = len(nodes), 0, 0
    for i in range(n):
        if nodes[i, USES] == 0 or nodes[i, OP] != codes.where:
            continue
        condition = nodes[i, ARGS]
        if nodes[condition, OP] != sizes[EQ] or nodes[nodes[condition, ARGS + 1], CLS] != codes.zero:
            continue
        zero, product = nodes[i, ARGS + 1], nodes[i, ARGS + 2]
        if nodes[zero, CLS] != codes.zero or nodes[product, OP] != codes.mul or nodes[product, USES] > 1:
            continue
        count = _finite_at_zero(nodes, codes, sizes, two, nodes[condition, ARGS], found)
        for k in range(2):
            factor, rest = nodes[product, ARGS + k], nodes[product, ARGS + 1 - k]
            if nodes[factor, OP] != codes.const and not _stays_finite(nodes, codes, found, count, factor):
                continue
            mask = planned(plan, n, codes.where, condition, zero, rest)
            new = planned(plan, n, codes.mul, factor, mask)
            plan.made[new - n, READS] += 1
            plan.rows[i, TARGET], plan.rows[i, SKIP], plan.rows[i, LEAF_START] = new, 0, end
            plan.rows[product, SKIP] = 1
            for j in (condition, zero, factor, rest):
                plan.leaves[end] = j
                end += 1
            plan.rows[i, LEAF_COUNT] = 4
            total += 1
            break
    return total
