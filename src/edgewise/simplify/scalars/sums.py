"""Sums that get shorter: signs gathered, like terms collected, common factors taken out."""

from __future__ import annotations

import numpy as np

from edgewise.native import native
from edgewise.simplify.scalars.term_lists import (
    MEMBERS,
    ROOT,
    START,
    TERMS,
    Trees,
    chain,
    place_key,
    planned,
    replace_tree,
    skip_members,
    sort_into,
)
from edgewise.simplify.scalars.work_columns import ARGS, FIRST, OP, USES, Codes, Ints, Plan

__all__ = ["plan_sums", "promising_sums"]

KEEP, TIDY, FACTOR = 0, 1, 2


@native
def _product_of(nodes: Ints, codes: Codes, node: int) -> bool:
    """Whether a term is a product that nobody else reads.

    Quotients are none: of a/h + b/h the sum of the numerators overflows where a/h and b/h are small.
    """
    return nodes[node, OP] == codes.mul and nodes[node, USES] == 1


@native
def _base(nodes: Ints, codes: Codes, node: int) -> int:
    """What a term is a multiple of: x of c·x that nobody else reads, -1 of a constant, otherwise the term itself."""
    if nodes[node, OP] == codes.const:
        return -1
    if nodes[node, OP] == codes.mul and nodes[node, USES] == 1:
        for k in range(2):
            if nodes[nodes[node, ARGS + k], OP] == codes.const:
                return nodes[node, ARGS + 1 - k]
    return node


@native
def promising_sums(nodes: Ints, codes: Codes, trees: Trees, what: Ints) -> int:
    """Which sums get shorter, and how, in `what`; how many terms they have together.

    TIDY: there are more operations than the terms need (one less than their number, and one for a lone minus), two
    multiples of one node, or two constants. FACTOR: two terms have a common factor.
    """
    n = len(nodes)
    stamp = np.full(n + 1, -1, dtype=np.int32)
    factors = np.full(n, -1, dtype=np.int32)
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
                for k in range(2):
                    if k == 1 and nodes[node, ARGS] == nodes[node, ARGS + 1]:
                        break  # x·x offers its factor once
                    factor = nodes[node, ARGS + k]
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
def _tidy(nodes: Ints, codes: Codes, trees: Trees, plan: Plan, root: int, one: int, scratch: Ints) -> int:
    """A sum with like terms collected and signs gathered in subtractions. `scratch` has six rows for its terms."""
    n = len(nodes)
    lo, k = trees.rows[root, START], trees.rows[root, TERMS]
    bases, keys, order = scratch[0], scratch[1], scratch[2]
    terms, sides, places = scratch[3], scratch[4], scratch[5]
    for t in range(k):
        bases[t] = _base(nodes, codes, trees.leaves[lo + t])
        keys[t] = -1 if bases[t] < 0 else place_key(nodes, bases[t])
    sort_into(order, keys, k)
    found, begin = 0, 0
    while begin < k:
        end = begin + 1
        while end < k and keys[order[end]] == keys[order[begin]]:
            end += 1
        at = order[begin]
        node = trees.leaves[lo + at]
        terms[found], sides[found], places[found] = node, trees.sides[lo + at], place_key(nodes, node)
        if end > begin + 1:
            total = -1
            for position in range(begin, end):
                t = order[position]
                node = trees.leaves[lo + t]
                factor = node
                if bases[t] == node:
                    factor = planned(plan, n, codes.const, -1, -1)
                    plan.made[factor - n, FIRST] = one
                elif bases[t] >= 0:
                    factor = nodes[node, ARGS]
                    if nodes[factor, OP] != codes.const:
                        factor = nodes[node, ARGS + 1]
                positive = trees.sides[lo + t] > 0
                if total >= 0:
                    total = planned(plan, n, codes.add if positive else codes.sub, total, factor)
                else:
                    total = factor if positive else planned(plan, n, codes.neg, factor, -1)
            base = bases[at]
            terms[found] = total if base < 0 else planned(plan, n, codes.mul, total, base)
            sides[found], places[found] = 1, keys[at]
        found += 1
        begin = end
    sort_into(order, places, found)
    return chain(plan, n, codes, terms, sides, order, found, 1, codes.add, codes.sub)


@native
def _factor(
    nodes: Ints,
    codes: Codes,
    trees: Trees,
    plan: Plan,
    root: int,
    stamp: Ints,
    tally: Ints,
    group: Ints,
) -> int:
    """A sum with the common factors of its terms taken out: a·x + a·y → a·(x + y).

    The terms that count are products that nobody else reads. Each goes to the factor that most terms of
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
            chosen = -1
            for side in range(2):
                if side == 1 and nodes[node, ARGS] == nodes[node, ARGS + 1]:
                    break
                factor = nodes[node, ARGS + side]
                if turn == 0:
                    if stamp[factor] != 3 * root:
                        stamp[factor], tally[factor] = 3 * root, 0
                    tally[factor] += 1
                elif turn == 1:
                    constant = nodes[factor, OP] == codes.const
                    if chosen < 0 or tally[factor] > tally[chosen]:
                        chosen = factor
                    elif tally[factor] == tally[chosen]:
                        other = nodes[chosen, OP] == codes.const
                        if other != constant:
                            chosen = factor if other else chosen
                        elif place_key(nodes, factor) < place_key(nodes, chosen):
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
            terms[found], sides[found], places[found] = node, trees.sides[lo + t], place_key(nodes, node)
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
        factor = best[firsts[g]]
        others, signs = np.empty(size, dtype=np.int64), np.empty(size, dtype=np.int64)
        keys = np.empty(size, dtype=np.int64)
        t, m, positive = firsts[g], 0, False
        while t >= 0:
            node = trees.leaves[lo + t]
            others[m] = nodes[node, ARGS]
            if nodes[node, ARGS] == factor:
                others[m] = nodes[node, ARGS + 1]
            signs[m], keys[m] = trees.sides[lo + t], place_key(nodes, others[m])
            positive = positive or signs[m] > 0
            m += 1
            t = following[t]
        side = 1 if positive else -1
        order = np.argsort(keys, kind="mergesort")
        inner = chain(plan, n, codes, others, signs, order, size, side, codes.add, codes.sub)
        if nodes[factor, OP] == codes.const:
            terms[found] = planned(plan, n, codes.mul, factor, inner)
        else:
            terms[found] = planned(plan, n, codes.mul, inner, factor)
        sides[found] = side
        places[found] = max(keys[order[size - 1]], place_key(nodes, factor))
        found += 1
    order = np.argsort(places[:found], kind="mergesort")
    return chain(plan, n, codes, terms, sides, order, found, 1, codes.add, codes.sub)


@native
def plan_sums(nodes: Ints, codes: Codes, trees: Trees, what: Ints, plan: Plan, one: int, done: Ints) -> None:
    """Plan the sums that `promising_sums` found; `done` counts the tidied and the factored. `one` is the value 1."""
    n = len(nodes)
    room, most = 0, 0
    for root in range(n):
        if what[root] == FACTOR:
            room = n
        elif what[root] == TIDY:
            most = max(most, trees.rows[root, TERMS])
    scratch = np.empty((6, most), dtype=np.int64)
    stamp = np.full(room, -1, dtype=np.int64)
    tally, group = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    for root in range(n):
        if what[root] == TIDY:
            replace_tree(plan, trees, root, _tidy(nodes, codes, trees, plan, root, one, scratch))
        elif what[root] == FACTOR:
            replace_tree(plan, trees, root, _factor(nodes, codes, trees, plan, root, stamp, tally, group))
        done[what[root]] += 1
    skip_members(plan, trees)
