"""Sums and products as flat lists of signed terms, whatever the order in which they were written.

A tree of additions, subtractions and negations whose inner nodes nobody else reads is one sum: a list of terms with
signs. Likewise a tree of multiplications is one product. What is to become of the trees is written as a `Plan`, which
the next pass carries out.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from edgewise.graph import IntArray
from edgewise.native import native
from edgewise.simplify.columns import (
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
    USES,
    Codes,
    Plan,
)

__all__ = ["Trees", "gather", "list_terms", "plan_lists", "plan_sums", "promising_sums"]

KEEP, TIDY, FACTOR = 0, 1, 2


class Trees(NamedTuple):
    """The trees of one kind.

    `rows[i]` says of node i: the root of its tree (-1: in none), on which side of that it stands (-1: subtracted), how
    many nodes the tree of a root has, where its terms begin in `leaves` and how many they are. `sides` are those of the
    terms. In a plan's leaves they begin at `offset`.
    """

    rows: IntArray
    leaves: IntArray
    sides: IntArray
    offset: int


ROOT, SIDE, MEMBERS, START, TERMS = range(5)


@native
def gather(nodes: IntArray, trees: Trees, plus: int, minus: int, negative: int) -> int:
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
def _product_of(nodes: IntArray, codes: Codes, node: int) -> bool:
    """Whether a term is a product or quotient that nobody else reads."""
    op = nodes[node, OP]
    return (op == codes.mul or op == codes.div) and nodes[node, USES] == 1


@native
def _base(nodes: IntArray, codes: Codes, node: int) -> int:
    """What a term is a multiple of: x of c·x that nobody else reads, -1 of a constant, otherwise the term itself."""
    if nodes[node, OP] == codes.const:
        return -1
    if nodes[node, OP] == codes.mul and nodes[node, USES] == 1:
        for k in range(2):
            if nodes[nodes[node, ARGS + k], OP] == codes.const:
                return nodes[node, ARGS + 1 - k]
    return node


@native
def promising_sums(nodes: IntArray, codes: Codes, trees: Trees, what: IntArray) -> int:
    """Which sums get shorter, and how, in `what`; how many terms they have together.

    TIDY: there are more operations than the terms need (one less than their number, and one for a lone minus), two
    multiples of one node, or two constants. FACTOR: two terms have a common factor.
    """
    n = len(nodes)
    stamp = np.full(n + 1, -1, dtype=np.int32)
    factors = np.full(2 * n, -1, dtype=np.int32)
    total = 0
    for root in range(n):
        what[root] = KEEP
        if trees.rows[root, ROOT] != root:
            continue
        positive, common, like = 0, False, False
        for position in range(trees.rows[root, START], trees.rows[root, START] + trees.rows[root, TERMS]):
            node = trees.leaves[position]
            if trees.sides[position] > 0:
                positive = 1
            base = _base(nodes, codes, node) + 1
            if stamp[base] == root:
                like = True
                break
            stamp[base] = root
            if _product_of(nodes, codes, node):
                below = 1 if nodes[node, OP] == codes.div else 0
                for k in range(below, 2):
                    if k == 1 and not below and nodes[node, ARGS] == nodes[node, ARGS + 1]:
                        break  # x·x offers its factor once
                    factor = 2 * nodes[node, ARGS + k] + below
                    common = common or factors[factor] == root
                    factors[factor] = root
        if like or trees.rows[root, MEMBERS] > trees.rows[root, TERMS] - positive:
            what[root] = TIDY
        elif common:
            what[root] = FACTOR
        if what[root] != KEEP:
            total += trees.rows[root, TERMS]
    return total


@native
def _planned(plan: Plan, n: int, op: int, first: int, second: int) -> int:
    """A new node of the plan."""
    new = plan.count[0]
    plan.count[0] = new + 1
    made = plan.made
    made[new, MADE_OP], made[new, FIRST], made[new, SECOND] = op, first, second
    made[new, IMAGE], made[new, READS] = -1, 0
    if first >= n:
        made[first - n, READS] += 1
    if second >= n:
        made[second - n, READS] += 1
    return n + new


@native
def _chain(plan: Plan, n: int, codes: Codes, terms: IntArray, sides: IntArray, plus: int, minus: int) -> int:
    """A left-to-right chain of terms: a positive one first, all others in order."""
    lead = -1
    for k in range(len(terms)):
        if sides[k] > 0:
            lead = k
            break
    sign = 1 if lead >= 0 else -1
    lead = max(lead, 0)
    result = terms[lead]
    for k in range(len(terms)):
        if k != lead:
            result = _planned(plan, n, plus if sign * sides[k] > 0 else minus, result, terms[k])
    return result if sign > 0 else _planned(plan, n, codes.neg, result, -1)


@native
def _place(nodes: IntArray, node: int) -> int:
    """Where a term stands: constants first, then by place and number."""
    return (int(nodes[node, PLACE]) << 31) + int(node)


@native
def _tidy(nodes: IntArray, codes: Codes, trees: Trees, plan: Plan, root: int, one: int) -> int:
    """A sum with like terms collected and signs gathered in subtractions."""
    n = len(nodes)
    lo, k = trees.rows[root, START], trees.rows[root, TERMS]
    bases, keys = np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64)
    for t in range(k):
        bases[t] = _base(nodes, codes, trees.leaves[lo + t])
        keys[t] = -1 if bases[t] < 0 else _place(nodes, bases[t])
    order = np.argsort(keys, kind="mergesort")
    terms, sides, places = np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64)
    found, begin = 0, 0
    while begin < k:
        end = begin + 1
        while end < k and keys[order[end]] == keys[order[begin]]:
            end += 1
        at = order[begin]
        node = trees.leaves[lo + at]
        terms[found], sides[found], places[found] = node, trees.sides[lo + at], _place(nodes, node)
        if end > begin + 1:
            total = -1
            for position in range(begin, end):
                t = order[position]
                node = trees.leaves[lo + t]
                factor = node
                if bases[t] == node:
                    factor = _planned(plan, n, codes.const, -1, -1)
                    plan.made[factor - n, FIRST] = one
                elif bases[t] >= 0:
                    factor = nodes[node, ARGS]
                    if nodes[factor, OP] != codes.const:
                        factor = nodes[node, ARGS + 1]
                positive = trees.sides[lo + t] > 0
                if total >= 0:
                    total = _planned(plan, n, codes.add if positive else codes.sub, total, factor)
                else:
                    total = factor if positive else _planned(plan, n, codes.neg, factor, -1)
            base = bases[at]
            terms[found] = total if base < 0 else _planned(plan, n, codes.mul, total, base)
            sides[found], places[found] = 1, keys[at]
        found += 1
        begin = end
    order = np.argsort(places[:found], kind="mergesort")
    return _chain(plan, n, codes, terms[order], sides[order], codes.add, codes.sub)


@native
def _factor(
    nodes: IntArray, codes: Codes, trees: Trees, plan: Plan, root: int, stamp: IntArray, tally: IntArray, group: IntArray
) -> int:
    """A sum with the common factors of its terms taken out: a·x + a·y → a·(x + y).

    The terms that count are products and quotients that nobody else reads. Each goes to the factor that most terms of
    the sum share (the earlier by place among equals, constants last); f terms a·xᵢ become a·Σxᵢ and save f − 1
    products. What remains may have further common factors: the next pass finds them, so that a polynomial ends in
    Horner's form.
    """
    n = len(nodes)
    lo, k = trees.rows[root, START], trees.rows[root, TERMS]
    best = np.full(k, -1, dtype=np.int64)
    for turn in range(3):  # count the candidates; let each term choose; count the choices
        for t in range(k):
            node = trees.leaves[lo + t]
            if not _product_of(nodes, codes, node):
                continue
            below = 1 if nodes[node, OP] == codes.div else 0
            chosen = -1
            for side in range(below, 2):
                if side == 1 and not below and nodes[node, ARGS] == nodes[node, ARGS + 1]:
                    break
                factor = 2 * nodes[node, ARGS + side] + below
                if turn == 0:
                    if stamp[factor] != 3 * root:
                        stamp[factor], tally[factor] = 3 * root, 0
                    tally[factor] += 1
                elif turn == 1:
                    mine, its = nodes[node, ARGS + side], chosen // 2
                    constant = nodes[mine, OP] == codes.const
                    if chosen < 0 or tally[factor] > tally[chosen]:
                        chosen = factor
                    elif tally[factor] == tally[chosen]:
                        other = nodes[its, OP] == codes.const
                        if other != constant:
                            chosen = factor if other else chosen
                        elif _place(nodes, mine) < _place(nodes, its):
                            chosen = factor
            if turn == 1:
                best[t] = chosen
            elif turn == 2:
                if stamp[best[t]] != 3 * root + 2:
                    stamp[best[t]], tally[best[t]], group[best[t]] = 3 * root + 2, 0, -1
                tally[best[t]] += 1
    # The terms of each group as a linked list, groups in order of their first term.
    following = np.full(k, -1, dtype=np.int64)
    last = np.empty(k, dtype=np.int64)
    firsts = np.empty(k, dtype=np.int64)
    groups = 0
    terms, sides, places = np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64), np.empty(k, dtype=np.int64)
    found = 0
    for t in range(k):
        if best[t] < 0 or tally[best[t]] < 2:
            node = trees.leaves[lo + t]
            terms[found], sides[found], places[found] = node, trees.sides[lo + t], _place(nodes, node)
            found += 1
        elif group[best[t]] < 0:
            group[best[t]] = groups
            firsts[groups] = last[groups] = t
            groups += 1
        else:
            following[last[group[best[t]]]] = t
            last[group[best[t]]] = t
    for g in range(groups):
        size = tally[best[firsts[g]]]
        factor, below = best[firsts[g]] // 2, best[firsts[g]] % 2
        others, signs = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
        keys = np.empty(size, dtype=np.int64)
        t, m, positive = firsts[g], 0, False
        while t >= 0:
            node = trees.leaves[lo + t]
            others[m] = nodes[node, ARGS]
            if not below and nodes[node, ARGS] == factor:
                others[m] = nodes[node, ARGS + 1]
            signs[m], keys[m] = trees.sides[lo + t], _place(nodes, others[m])
            positive = positive or signs[m] > 0
            m += 1
            t = following[t]
        side = 1 if positive else -1
        order = np.argsort(keys, kind="mergesort")
        inner = _chain(plan, n, codes, others[order], side * signs[order], codes.add, codes.sub)
        terms[found] = _planned(plan, n, codes.div if below else codes.mul, inner, factor)
        sides[found] = side
        places[found] = max(keys[order[size - 1]], _place(nodes, factor))
        found += 1
    order = np.argsort(places[:found], kind="mergesort")
    return _chain(plan, n, codes, terms[order], sides[order], codes.add, codes.sub)


@native
def _replace(plan: Plan, trees: Trees, root: int, target: int) -> None:
    """Plan a node in place of a tree."""
    plan.rows[root, TARGET] = target
    if target >= len(plan.rows):
        plan.made[target - len(plan.rows), READS] += 1
    plan.rows[root, LEAF_START] = trees.offset + trees.rows[root, START]
    plan.rows[root, LEAF_COUNT] = trees.rows[root, TERMS]


@native
def _skip_members(plan: Plan, trees: Trees) -> None:
    """What only planned trees needed is not written."""
    for i in range(len(plan.rows)):
        root = trees.rows[i, ROOT]
        if root >= 0 and root != i and plan.rows[root, TARGET] >= 0:
            plan.rows[i, SKIP] = 1


@native
def plan_sums(nodes: IntArray, codes: Codes, trees: Trees, what: IntArray, plan: Plan, one: int, done: IntArray) -> None:
    """Plan the sums that `promising_sums` found; `done` counts the tidied and the factored. `one` is the value 1."""
    n = len(nodes)
    room = 0
    for root in range(n):
        if what[root] == FACTOR:
            room = 2 * n
    stamp = np.full(room, -1, dtype=np.int64)
    tally, group = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    for root in range(n):
        if what[root] == TIDY:
            _replace(plan, trees, root, _tidy(nodes, codes, trees, plan, root, one))
        elif what[root] == FACTOR:
            _replace(plan, trees, root, _factor(nodes, codes, trees, plan, root, stamp, tally, group))
        done[what[root]] += 1
    _skip_members(plan, trees)


@native
def list_terms(nodes: IntArray, trees: Trees, rows: IntArray) -> int:
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
        rows[row, 3] = _place(nodes, node)
    return total


@native
def plan_lists(
    nodes: IntArray, codes: Codes, trees: Trees, rows: IntArray, touched: IntArray, plan: Plan, plus: int, minus: int
) -> None:
    """Plan the touched trees anew from their terms: rows of (root, term, side, place), those of a root together."""
    n, begin = len(nodes), 0
    while begin < len(rows):
        end, root = begin + 1, rows[begin, 0]
        while end < len(rows) and rows[end, 0] == root:
            end += 1
        if touched[root]:
            order = np.argsort(rows[begin:end, 3].copy(), kind="mergesort")
            terms, sides = rows[begin:end, 1][order], rows[begin:end, 2][order]
            _replace(plan, trees, root, _chain(plan, n, codes, terms, sides, plus, minus))
        begin = end
    _skip_members(plan, trees)
