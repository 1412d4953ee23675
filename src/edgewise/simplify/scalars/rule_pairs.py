"""Rules that are sums or products of two parts, found in longer ones wherever the parts stand among the terms."""

from __future__ import annotations

import numpy as np

from edgewise.native import inlined, native
from edgewise.simplify.scalars.matching import matches
from edgewise.simplify.scalars.term_lists import ROOT, START, TERMS, Trees, place_key, planned
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ATTR,
    CLS,
    KIND,
    OP,
    OTHER,
    PAIR_LISTS,
    PAIR_START,
    PAIRS,
    SPEC,
    STEPS,
    Codes,
    Ints,
    Plan,
)

__all__ = ["matched_pairs", "promising_trees"]

WINDOW = 16
"""Terms that are tried as the partner of one, so that the work stays linear."""

VARIANT, OPERATION, CONSTANTS, FIRST_STEP, SECOND_STEP, PAIR = range(6)
"""The columns of a pair of the rules, and how many they are but for the last."""


@inlined
def _shared_part(nodes: Ints, rules: Ints, node: int, step: int) -> int:
    """What a term has where both parts of a rule name the same variable; behind all nodes: the parts share none; -1
    where it is no such part.
    """
    at = rules[STEPS] + 2 * step
    if rules[at] == -2:
        return len(nodes)
    while rules[at] >= 0:
        if nodes[node, OP] != rules[at]:
            return -1
        node = nodes[node, ARGS + rules[at + 1]]
        at += 2
    return node


@inlined
def _slot_of(pair: int, key: int, side: int, mask: int) -> int:
    return (((pair * 1000003 + key) * 2 + (1 if side > 0 else 0)) * 40503 >> 5) & mask


@native
def promising_trees(nodes: Ints, rules: Ints, codes: Codes, trees: Trees, product: int, rows: Ints) -> int:
    """List the terms of trees of three or more in which some rule may find both its parts; how many rows they are.

    `rows` are (root, term, side, place); where there is no room for them, they are only counted.
    """
    classes, total = codes.none + 1, 0
    base = rules[PAIR_START] + 2 * product * classes
    seen = np.full((rules[STEPS] - rules[PAIRS]) // PAIR, -1, dtype=np.int64)
    for root in range(len(nodes)):
        if trees.rows[root, ROOT] != root or trees.rows[root, TERMS] < 3:
            continue
        start, stop, found = trees.rows[root, START], trees.rows[root, START] + trees.rows[root, TERMS], False
        for turn in range(2):
            for position in range(start, stop):
                node = trees.leaves[position]
                group = base + turn * classes + nodes[node, CLS]
                for at in range(rules[PAIR_LISTS] + rules[group], rules[PAIR_LISTS] + rules[group + 1]):
                    step = rules[rules[PAIRS] + PAIR * rules[at] + FIRST_STEP + turn]
                    if turn and seen[rules[at]] != root:
                        continue
                    if _shared_part(nodes, rules, node, step) < 0:
                        continue
                    if turn:
                        found = True
                    seen[rules[at]] = root
        if not found:
            continue
        for position in range(start, stop):
            if total < len(rows):
                rows[total, 0], rows[total, 1] = root, trees.leaves[position]
                rows[total, 2], rows[total, 3] = trees.sides[position], place_key(nodes, trees.leaves[position])
            total += 1
    return total


@native
def matched_pairs(
    nodes: Ints, values: Ints, rules: Ints, codes: Codes, work: Ints, plan: Plan, plus: int, minus: int, product: int,
    rows: Ints, touched: Ints, done: Ints,
) -> int:  # fmt: skip
    """Plan the pairs of terms that a rule fits.

    `rows` are (root, term, side, place) of the sums, or with `product` 1 of the products, those of a root together.
    They are rewritten in place with the pairs as terms, and the trees are `touched`. Returns how many rows are left;
    the pairs made are counted in `done[0]`. In each tree the terms that may be the first part of a rule are entered
    under the rule and what both parts have in common; then each term looks for a first part to be the second of.
    """
    n, count = len(nodes), len(rows)
    classes = codes.none + 1
    most, begin = 0, 0
    while begin < count:
        end, entries = begin + 1, 0
        while end < count and rows[end, 0] == rows[begin, 0]:
            end += 1
        for r in range(begin, end):
            group = rules[PAIR_START] + 2 * product * classes + nodes[rows[r, 1], CLS]
            entries += rules[group + 1] - rules[group]
        if end - begin > 2:
            most = max(most, entries)
        begin = end
    slots = 16
    while slots < 2 * most:
        slots *= 2
    table, filled = np.full(slots, -1, dtype=np.int64), np.empty(most, dtype=np.int64)
    row_of, pair_of, key_of = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64), np.empty(most, np.int64)
    following, last = np.empty(most, dtype=np.int64), np.empty(most, dtype=np.int64)
    begin = 0
    while begin < count:
        end, entries = begin + 1, 0
        while end < count and rows[end, 0] == rows[begin, 0]:
            end += 1
        for r in range(begin, end if end - begin > 2 else begin):
            node, side = rows[r, 1], rows[r, 2]
            group = rules[PAIR_START] + 2 * product * classes + nodes[node, CLS]
            for at in range(rules[PAIR_LISTS] + rules[group], rules[PAIR_LISTS] + rules[group + 1]):
                pair = rules[at]
                key = _shared_part(nodes, rules, node, rules[rules[PAIRS] + PAIR * pair + FIRST_STEP])
                if key < 0:
                    continue
                slot = _slot_of(pair, key, side, slots - 1)
                while table[slot] >= 0:
                    e = table[slot]
                    if pair_of[e] == pair and key_of[e] == key and rows[row_of[e], 2] == side:
                        break
                    slot = (slot + 1) & (slots - 1)
                if table[slot] < 0:
                    table[slot] = entries
                else:
                    following[last[table[slot]]] = entries
                row_of[entries], pair_of[entries], key_of[entries] = r, pair, key
                following[entries], last[table[slot]], filled[entries] = -1, entries, slot
                entries += 1
        for r in range(begin, end if entries > 0 else begin):
            node, group = rows[r, 1], 0
            if 0 <= node < n:
                group = rules[PAIR_START] + (2 * product + 1) * classes + nodes[node, CLS]
            stop = rules[PAIR_LISTS] + rules[group + 1] if group > 0 else 0
            at = rules[PAIR_LISTS] + rules[group] if group > 0 else 0
            while at < stop and rows[r, 1] == node:
                pair = rules[at]
                at += 1
                head = rules[PAIRS] + PAIR * pair
                key = _shared_part(nodes, rules, node, rules[head + SECOND_STEP])
                if key < 0:
                    continue
                side = rows[r, 2] if rules[head + OPERATION] == plus else -rows[r, 2]
                slot = _slot_of(pair, key, side, slots - 1)
                while table[slot] >= 0:
                    e = table[slot]
                    if pair_of[e] == pair and key_of[e] == key and rows[row_of[e], 2] == side:
                        break
                    slot = (slot + 1) & (slots - 1)
                e, tries = table[slot], 0
                while e >= 0 and tries < WINDOW:
                    x = row_of[e]
                    e = following[e]
                    other = rows[x, 1]
                    if x == r or other < 0 or other >= n:
                        continue
                    tries += 1
                    if rules[head + CONSTANTS] and (
                        values[nodes[other, ATTR], KIND] == OTHER or values[nodes[node, ATTR], KIND] == OTHER
                    ):
                        continue
                    work[SPEC], work[SPEC + 1], work[SPEC + 2], work[SPEC + 3] = rules[head + OPERATION], 0, other, node
                    for k in range(ARGS + 2, nodes.shape[1]):
                        work[SPEC + 2 + k - ARGS] = -1
                    if not matches(nodes, values, rules, codes, work, rules[head + VARIANT]):
                        continue
                    rows[x, 1] = planned(plan, n, rules[head + OPERATION], other, node)
                    rows[x, 3] = min(rows[x, 3], rows[r, 3])
                    rows[r, 1] = -1
                    touched[rows[x, 0]] = 1
                    done[0] += 1
                    break
        for e in range(entries):
            table[filled[e]] = -1
        begin = end
    left = 0
    for r in range(count):
        if rows[r, 1] >= 0:
            for k in range(4):
                rows[left, k] = rows[r, k]
            left += 1
    return left
