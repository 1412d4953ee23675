"""Parts that several sums, or several products, have in common: a + b inside a + b + c, wherever its terms stand."""

from __future__ import annotations

import numpy as np

from edgewise.native import native
from edgewise.simplify.scalars.term_lists import planned
from edgewise.simplify.scalars.work_columns import Ints, Plan

__all__ = ["shared_pairs"]

WINDOW = 12
"""In a tree of many terms that occur elsewhere, each is paired with this many that follow it: work stays linear."""

ROUNDS = 12
"""Rounds of sharing in one plan: pairs of pairs, and so on."""


SHORT = 32
"""Up to this many terms are sorted by insertion: pairs are few, and nearly everything is in order already."""


@native
def _sort_terms(rows: Ints, count: int) -> None:
    """Sort the terms of each root by number: the same pair then is written the same way in every tree."""
    begin = 0
    while begin < count:
        end = begin + 1
        while end < count and rows[end, 0] == rows[begin, 0]:
            end += 1
        sorted_already = True
        for r in range(begin + 1, end):
            sorted_already = sorted_already and rows[r - 1, 1] <= rows[r, 1]
        if sorted_already:
            pass
        elif end - begin > SHORT:
            order = np.argsort(rows[begin:end, 1].copy(), kind="mergesort")
            segment = rows[begin:end].copy()
            for r in range(end - begin):
                for k in range(1, 4):
                    rows[begin + r, k] = segment[order[r], k]
        else:
            for r in range(begin + 1, end):
                term, side, place = rows[r, 1], rows[r, 2], rows[r, 3]
                at = r
                while at > begin and rows[at - 1, 1] > term:
                    for k in range(1, 4):
                        rows[at, k] = rows[at - 1, k]
                    at -= 1
                rows[at, 1], rows[at, 2], rows[at, 3] = term, side, place
        begin = end


@native
def _drop_lonely(rows: Ints, count: int, often: Ints, busy: Ints) -> None:
    """Set `often` to 0 for terms of two trees that have no other such term in common.

    Most repeated terms are of this kind: a force between two particles stands in the sums of both, and nothing else
    does. A term of three or more trees counts as common to every two of them. `busy` has noughts for the roots.
    """
    first, second = np.full(len(often), -1, dtype=np.int32), np.full(len(often), -1, dtype=np.int32)
    for r in range(count):
        root, term = rows[r, 0], rows[r, 1]
        if often[term] >= 6:
            busy[root] = 1
        elif first[term] < 0:
            first[term] = root
        else:
            second[term] = root
    slots = 16
    while slots < 2 * count:
        slots *= 2
    table, tally = np.full(slots, -1, dtype=np.int32), np.zeros(slots, dtype=np.int32)
    for turn in range(2):
        for r in range(count):
            term = rows[r, 1]
            a, b = first[term], second[term]
            if b < 0 or rows[r, 0] != a or (busy[a] and busy[b]):
                continue
            slot = ((int(a) * 1000003 + int(b) * 8191) * 40503 >> 9) & (slots - 1)
            while table[slot] >= 0 and not (first[table[slot]] == a and second[table[slot]] == b):
                slot = (slot + 1) & (slots - 1)
            if turn == 0:
                table[slot] = term
                tally[slot] += 1
            elif tally[slot] == 1:
                often[term] = 0


@native
def shared_pairs(plan: Plan, plus: int, minus: int, rows: Ints, touched: Ints, done: Ints) -> int:
    """Compute once each pair of terms that several trees have in common, pairs of such pairs, and so on.

    `rows` are (root, term, side, place) of all trees with two terms or more, those of a root together; they are
    rewritten in place with the pairs as terms, and the trees are `touched`. Returns how many rows are left; the pairs
    made are counted in `done[0]`.

    Only terms that occur in two or more trees can be shared, and a pair is worth something only where some tree has
    further terms: two trees of just this pair are common subexpressions already. Each term chooses the pair that occurs
    most often; a pair that both its terms chose is taken where at least two trees did.
    """
    n, count = len(plan.rows), len(rows)
    for _ in range(ROUNDS):
        # How often each term occurs, twice; odd where it does so in a tree of more than two.
        often = np.zeros(n + plan.size[0], dtype=np.int32)
        begin = 0
        while begin < count:
            end = begin + 1
            while end < count and rows[end, 0] == rows[begin, 0]:
                end += 1
            for r in range(begin, end):
                often[rows[r, 1]] = (often[rows[r, 1]] + 2) | (1 if end - begin > 2 else 0)
            begin = end
        _drop_lonely(rows, count, often, np.zeros(n, dtype=np.int32))
        _sort_terms(rows, count)
        chosen = np.empty(count, dtype=np.int64)
        m = 0
        for r in range(count):
            if often[rows[r, 1]] >= 4 and often[rows[r, 1]] & 1:
                chosen[m] = r
                m += 1
        pairs = 0
        for a in range(m):
            for b in range(a + 1, min(m, a + 1 + WINDOW)):
                if rows[chosen[b], 0] != rows[chosen[a], 0]:
                    break
                pairs += 1
        if pairs < 2:
            break
        slots = 16
        while slots < 2 * pairs:
            slots *= 2
        table = np.full(slots, -1, dtype=np.int64)
        first, second, apart = np.empty(pairs, np.int64), np.empty(pairs, np.int64), np.empty(pairs, np.int64)
        tally, number = np.zeros(pairs, np.int64), np.empty(pairs, np.int64)
        distinct, p = 0, 0
        for a in range(m):
            for b in range(a + 1, min(m, a + 1 + WINDOW)):
                x, y = chosen[a], chosen[b]
                if rows[x, 0] != rows[y, 0]:
                    break
                u, v, opposite = rows[x, 1], rows[y, 1], 1 if rows[x, 2] != rows[y, 2] else 0
                slot = ((u * 1000003 + v * 8191 + opposite) * 40503 >> 9) & (slots - 1)
                while table[slot] >= 0:
                    q = table[slot]
                    if first[q] == u and second[q] == v and apart[q] == opposite:
                        break
                    slot = (slot + 1) & (slots - 1)
                if table[slot] < 0:
                    table[slot] = distinct
                    first[distinct], second[distinct], apart[distinct] = u, v, opposite
                    distinct += 1
                number[p] = table[slot]
                tally[number[p]] += 1
                p += 1
        # Ties go to the pair that was seen first, for both of its terms alike.
        best, offer = np.full(m, -1, dtype=np.int64), np.full(m, -1, dtype=np.int64)
        for turn in range(2):
            taken = np.zeros(distinct, dtype=np.int64)
            p = 0
            for a in range(m):
                for b in range(a + 1, min(m, a + 1 + WINDOW)):
                    if rows[chosen[b], 0] != rows[chosen[a], 0]:
                        break
                    q = number[p]
                    if turn:
                        taken[q] += 1 if offer[a] == p and offer[b] == p else 0
                    else:
                        for term in (a, b):
                            if best[term] < 0 or (-tally[q], q) < (-tally[best[term]], best[term]):
                                best[term], offer[term] = q, p
                    p += 1
        pair = np.full(distinct, -1, dtype=np.int64)
        p, changed = 0, False
        for a in range(m):
            for b in range(a + 1, min(m, a + 1 + WINDOW)):
                x, y = chosen[a], chosen[b]
                if rows[y, 0] != rows[x, 0]:
                    break
                q = number[p]
                if offer[a] == p and offer[b] == p and taken[q] >= 2:
                    if pair[q] < 0:
                        one, other = first[q], second[q]
                        if not apart[q] and rows[y, 3] < rows[x, 3]:  # constants first
                            one, other = other, one
                        pair[q] = planned(plan, n, minus if apart[q] else plus, one, other)
                        done[0] += 1
                    rows[x, 1], rows[x, 3] = pair[q], max(rows[x, 3], rows[y, 3])
                    rows[y, 1] = -1
                    touched[rows[x, 0]] = 1
                    changed = True
                p += 1
        if not changed:
            break
        left = 0
        for r in range(count):
            if rows[r, 1] >= 0:
                for k in range(4):
                    rows[left, k] = rows[r, k]
                left += 1
        count = left
    return count
