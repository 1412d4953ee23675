"""Sums and products as flat lists of signed terms, whatever the order in which they were written.

A tree of additions, subtractions and negations whose inner nodes nobody else reads is one sum: a list of terms with
signs. Likewise a tree of multiplications is one product. What is to become of the trees is written as a `Plan`, which
the next pass carries out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from edgewise.native import native
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    FIRST,
    IMAGE,
    LEAF_COUNT,
    LEAF_START,
    MADE_OP,
    OP,
    PLACE,
    READS,
    SECOND,
    SKIP,
    TARGET,
    THIRD,
    USES,
    Codes,
    Ints,
    Plan,
)

__all__ = [
    "LATE", "MEMBERS", "ROOT", "START", "TERMS", "Trees", "chain", "gather", "list_terms", "place_key", "plan_lists",
    "planned", "replace_tree", "sort_into", "skip_members",
]  # fmt: skip


class Trees(NamedTuple):
    """The trees of one kind.

    `rows[i]` says of node i: the root of its tree (-1: in none), on which side of that it stands (-1: subtracted), how
    many nodes the tree of a root has, where its terms begin in `leaves` and how many they are. `sides` are those of the
    terms. In a plan's leaves they begin at `offset`.
    """

    rows: Ints
    leaves: Ints
    sides: Ints
    offset: int


ROOT, SIDE, MEMBERS, START, TERMS = range(5)


@native
def gather(nodes: Ints, trees: Trees, plus: int, minus: int, negative: int) -> int:
    """Find all trees of the operations `plus`, `minus` and `negative`; how many terms they have."""
    n = len(nodes)
    for i in range(n):
        trees.rows[i, ROOT], trees.rows[i, SIDE], trees.rows[i, MEMBERS], trees.rows[i, TERMS] = -1, 1, 0, 0
    for turn in range(2):
        for step in range(n):
            # Down the graph roots are found before what is below them; terms are then written upwards.
            i = step if turn else n - 1 - step
            op = nodes[i, OP]
            if nodes[i, USES] == 0 or not (op == plus or op == minus or op == negative):
                continue
            if trees.rows[i, ROOT] < 0:
                trees.rows[i, ROOT] = i
            root = trees.rows[i, ROOT]
            trees.rows[root, MEMBERS] += 1 - turn
            for k in range(2):
                j = nodes[i, ARGS + k]
                if j < 0:
                    continue
                side = -trees.rows[i, SIDE] if op == negative or (k == 1 and op == minus) else trees.rows[i, SIDE]
                inner = nodes[j, OP]
                if nodes[j, USES] == 1 and (inner == plus or inner == minus or inner == negative):
                    trees.rows[j, ROOT], trees.rows[j, SIDE] = root, side
                    continue
                if turn:
                    trees.leaves[trees.rows[root, START] + trees.rows[root, TERMS]] = j
                    trees.sides[trees.rows[root, START] + trees.rows[root, TERMS]] = side
                trees.rows[root, TERMS] += 1
        if not turn:
            total = 0
            for i in range(n):
                trees.rows[i, START] = total
                total += trees.rows[i, TERMS]
                trees.rows[i, TERMS] = 0
    return total


@native
def planned(plan: Plan, n: int, op: int, first: int, second: int, third: int = -1) -> int:
    """A new node of the plan."""
    new = plan.size[0]
    plan.size[0] = new + 1
    made = plan.made
    made[new, MADE_OP], made[new, FIRST], made[new, SECOND], made[new, THIRD] = op, first, second, third
    made[new, IMAGE], made[new, READS] = -1, 0
    if first >= n:
        made[first - n, READS] += 1
    if second >= n:
        made[second - n, READS] += 1
    if third >= n:
        made[third - n, READS] += 1
    return n + new


LATE = 1 << 62
"""Added to the place of a factor that may grow without bound: it comes behind those that do not."""

SHORT = 32
"""Up to so many keys are sorted by insertion."""


@native
def sort_into(order: Ints, keys: Ints, count: int) -> None:
    """The order that sorts the first `count` keys, equal ones as they stand."""
    if count > SHORT:
        found = np.argsort(keys[:count].copy(), kind="mergesort")
        for k in range(count):
            order[k] = found[k]
        return
    for k in range(count):
        at = k
        while at > 0 and keys[order[at - 1]] > keys[k]:
            order[at] = order[at - 1]
            at -= 1
        order[at] = k


@native
def chain(
    plan: Plan,
    n: int,
    codes: Codes,
    terms: Ints,
    sides: Ints,
    order: Ints,
    count: int,
    flip: int,
    plus: int,
    minus: int,
) -> int:
    """A left-to-right chain of `count` terms in an order: a positive one first. `flip` is -1 to change all sides."""
    lead = -1
    for k in range(count):
        if flip * sides[order[k]] > 0:
            lead = k
            break
    sign = flip if lead >= 0 else -flip
    lead = max(lead, 0)
    result = terms[order[lead]]
    for k in range(count):
        if k != lead:
            result = planned(plan, n, plus if sign * sides[order[k]] > 0 else minus, result, terms[order[k]])
    return result if sign == flip else planned(plan, n, codes.neg, result, -1)


@native
def place_key(nodes: Ints, node: int) -> int:
    """Where a term stands: constants first, then by place and number."""
    return (int(nodes[node, PLACE]) << 31) + int(node)


@native
def replace_tree(plan: Plan, trees: Trees, root: int, target: int) -> None:
    """Plan a node in place of a tree."""
    plan.rows[root, TARGET] = target
    if target >= len(plan.rows):
        plan.made[target - len(plan.rows), READS] += 1
    plan.rows[root, LEAF_START] = trees.offset + trees.rows[root, START]
    plan.rows[root, LEAF_COUNT] = trees.rows[root, TERMS]


@native
def skip_members(plan: Plan, trees: Trees) -> None:
    """What only planned trees needed is not written."""
    for i in range(len(plan.rows)):
        root = trees.rows[i, ROOT]
        if root >= 0 and root != i and plan.rows[root, TARGET] >= 0:
            plan.rows[i, SKIP] = 1


@native
def list_terms(nodes: Ints, trees: Trees, rows: Ints) -> int:
    """List the terms of all trees of two or more as rows of (root, term, side, place); how many they are.

    The terms of a root stand together, sorted by number.
    """
    n = len(nodes)
    begin, fill = np.zeros(n + 1, dtype=np.int32), np.zeros(n, dtype=np.int32)
    total = 0
    for root in range(n):
        if trees.rows[root, ROOT] == root and trees.rows[root, TERMS] > 1:
            fill[root] = total
            start = trees.rows[root, START]
            for position in range(start, start + trees.rows[root, TERMS]):
                begin[trees.leaves[position] + 1] += 1
            total += trees.rows[root, TERMS]
    for node in range(n):
        begin[node + 1] += begin[node]
    # By term first, then to each root its own: what is put down in order stays in order.
    order, owner = np.empty(total, dtype=np.int32), np.empty(total, dtype=np.int32)
    for root in range(n):
        if trees.rows[root, ROOT] == root and trees.rows[root, TERMS] > 1:
            start = trees.rows[root, START]
            for position in range(start, start + trees.rows[root, TERMS]):
                node = trees.leaves[position]
                order[begin[node]], owner[begin[node]] = position, root
                begin[node] += 1
    for k in range(total):
        position, root = order[k], owner[k]
        row, node = fill[root], trees.leaves[position]
        fill[root] += 1
        rows[row, 0], rows[row, 1], rows[row, 2] = root, node, trees.sides[position]
        rows[row, 3] = place_key(nodes, node)
    return total


@native
def plan_lists(
    nodes: Ints, codes: Codes, trees: Trees, rows: Ints, touched: Ints, plan: Plan, plus: int, minus: int
) -> None:
    """Plan the touched trees anew from their terms: rows of (root, term, side, place), those of a root together."""
    n, begin = len(nodes), 0
    while begin < len(rows):
        end, root = begin + 1, rows[begin, 0]
        while end < len(rows) and rows[end, 0] == root:
            end += 1
        if touched[root]:
            count, order = end - begin, np.empty(end - begin, dtype=np.int64)
            # Of two factors the order does not matter: they stay as they stand.
            sort_into(order, rows[begin:end, 3] if count > 2 else rows[begin:end, 3] & (LATE - 1), count)
            terms, sides = rows[begin:end, 1], rows[begin:end, 2]
            replace_tree(plan, trees, root, chain(plan, n, codes, terms, sides, order, count, 1, plus, minus))
        begin = end
    skip_members(plan, trees)
