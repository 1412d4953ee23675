"""Parts that several sums, or several products, have in common: a + b inside a + b + c, wherever its terms stand."""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.state import Memory, State
    from edgewise.simplify.scalars.term_lists import Listing, Terms, end_of, packed, planned, put, sort_terms
    from edgewise.simplify.scalars.work_columns import ROOT, SIDE, TERM, TERM_PLACE

WINDOW = 12
"""In a tree of many terms that occur elsewhere, each is paired with this many that follow it: work stays linear."""

ROUNDS = 12
"""Rounds of sharing in one plan: pairs of pairs, and so on."""


class Pairs:
    """All pairs of two rows of one root that are near each other, and the `distinct` ones among them.

    Of a pair: its rows, and the number of the distinct one. Of a distinct one: its terms, whether they are on different
    sides, how often it occurs, how often both its terms chose it, its node. Of a row: the number of the pair that it
    chose, and which one that is.
    """

    def __init__(self, memory: Memory, total: cython.longlong, count: cython.longlong) -> None:
        self.total = self.distinct = 0
        some: cython.longlong[::1] = memory.longs(6 * total, 0)
        self.one, self.two, self.number = some[:total], some[total : 2 * total], some[2 * total : 3 * total]
        self.first, self.second, self.apart = (
            some[3 * total : 4 * total],
            some[4 * total : 5 * total],
            some[5 * total :],
        )
        more: cython.longlong[::1] = memory.longs(3 * total, 0)
        self.tally, self.taken, self.node = more[:total], more[total : 2 * total], more[2 * total :]
        self.best, self.offer = memory.longs(count, -1), memory.longs(count, -1)


@cython.locals(r=cython.longlong)
def count_terms(rows: cython.longlong[:, ::1], count: cython.longlong, often: cython.int[::1]) -> cython.bint:
    """How often each term occurs, twice; odd where it does so in a tree of more than two. Whether two may be shared."""
    shared: cython.longlong = 0
    begin: cython.longlong = 0
    while begin < count:
        end: cython.longlong = end_of(rows, begin, count)
        for r in range(begin, end):
            often[rows[r, TERM]] = (often[rows[r, TERM]] + 2) | (1 if end - begin > 2 else 0)
            shared += 1 if often[rows[r, TERM]] >= 4 else 0
        begin = end
    return shared > 1


def may_share(s: State, listing: Listing) -> bool:
    """Whether two trees may share a pair of their terms."""
    return bool(count_terms(listing.given, listing.listed, s.memory.ints(s.count, 0)))


@cython.locals(r=cython.longlong, turn=cython.longlong)
def drop_lonely(
    memory: Memory, rows: cython.longlong[:, ::1], count: cython.longlong, often: cython.int[::1], n: cython.longlong
) -> None:
    """Set `often` to 0 for terms of two trees that have no other such term in common.

    Most repeated terms are of this kind: a force between two particles stands in the sums of both, and nothing else
    does. A term of three or more trees counts as common to every two of them.
    """
    busy: cython.int[::1] = memory.ints(n, 0)
    first: cython.int[::1] = memory.ints(often.shape[0], -1)
    second: cython.int[::1] = memory.ints(often.shape[0], -1)
    for r in range(count):
        if often[rows[r, TERM]] >= 6:
            busy[rows[r, ROOT]] = 1
        elif first[rows[r, TERM]] < 0:
            first[rows[r, TERM]] = rows[r, ROOT]
        else:
            second[rows[r, TERM]] = rows[r, ROOT]
    slots: cython.longlong = 16
    while slots < 2 * count:
        slots *= 2
    table: cython.int[::1] = memory.ints(slots, -1)
    tally: cython.int[::1] = memory.ints(slots, 0)
    for turn in range(2):
        for r in range(count):
            term: cython.longlong = rows[r, TERM]
            a: cython.longlong = first[term]
            b: cython.longlong = second[term]
            if b < 0 or rows[r, ROOT] != a or (busy[a] and busy[b]):
                continue
            slot: cython.longlong = ((a * 1000003 + b * 8191) * 40503 >> 9) & (slots - 1)
            while table[slot] >= 0 and not (first[table[slot]] == a and second[table[slot]] == b):
                slot = (slot + 1) & (slots - 1)
            if turn == 0:
                table[slot] = term
                tally[slot] += 1
            elif tally[slot] == 1:
                often[term] = 0


def in_order(rows: cython.longlong[:, ::1], begin: cython.longlong, end: cython.longlong) -> cython.bint:
    """Whether the terms of a root are sorted by number, as nearly all are."""
    begin += 1
    while begin < end and rows[begin - 1, TERM] <= rows[begin, TERM]:
        begin += 1
    return begin == end


@cython.locals(r=cython.longlong)
def sort_by_number(rows: cython.longlong[:, ::1], count: cython.longlong, terms: Terms) -> None:
    """Sort the terms of each root by number: the same pair then is written the same way in every tree."""
    end: cython.longlong = 0
    while end < count:
        begin: cython.longlong = end
        end = end_of(rows, begin, count)
        if in_order(rows, begin, end):
            continue
        terms.count = 0
        for r in range(begin, end):
            put(terms, rows[r, TERM_PLACE], rows[r, SIDE], rows[r, TERM])
        sort_terms(terms)
        for r in range(begin, end):
            at: cython.longlong = terms.order[r - begin]
            rows[r, TERM], rows[r, SIDE], rows[r, TERM_PLACE] = terms.key[at], terms.side[at], terms.node[at]


@cython.locals(r=cython.longlong, a=cython.longlong, b=cython.longlong, turn=cython.longlong)
def paired(memory: Memory, rows: cython.longlong[:, ::1], count: cython.longlong, often: cython.int[::1]) -> Pairs:
    """The pairs that may be shared.

    Only terms that occur in two or more trees can be, and a pair is worth something only where some tree has further
    terms: two trees of just this pair are common subexpressions already.
    """
    m: cython.longlong = 0
    total: cython.longlong = 0
    chosen: cython.longlong[::1] = memory.longs(count, 0)
    for r in range(count):
        if often[rows[r, TERM]] >= 4 and often[rows[r, TERM]] & 1:
            chosen[m] = r
            m += 1
    pairs: Pairs = Pairs(memory, 0, 0)
    for turn in range(2):
        if turn:
            pairs = Pairs(memory, total, count)
        for a in range(m):
            for b in range(a + 1, min(m, a + 1 + WINDOW)):
                if rows[chosen[b], ROOT] != rows[chosen[a], ROOT]:
                    break
                if turn:
                    pairs.one[pairs.total], pairs.two[pairs.total] = chosen[a], chosen[b]
                    pairs.total += 1
                total += 1
    return pairs


@cython.locals(p=cython.longlong)
def tell_apart(rows: cython.longlong[:, ::1], pairs: Pairs, table: cython.longlong[::1]) -> None:
    """Number the distinct pairs, and count each. `table` is a free one of open addressing."""
    for p in range(pairs.total):
        u: cython.longlong = rows[pairs.one[p], TERM]
        v: cython.longlong = rows[pairs.two[p], TERM]
        apart: cython.longlong = 1 if rows[pairs.one[p], SIDE] != rows[pairs.two[p], SIDE] else 0
        slot: cython.longlong = ((u * 1000003 + v * 8191 + apart) * 40503 >> 9) & (table.shape[0] - 1)
        q: cython.longlong = table[slot]
        while q >= 0 and not (pairs.first[q] == u and pairs.second[q] == v and pairs.apart[q] == apart):
            slot = (slot + 1) & (table.shape[0] - 1)
            q = table[slot]
        if q < 0:
            q = table[slot] = pairs.distinct
            pairs.first[q], pairs.second[q], pairs.apart[q], pairs.node[q] = u, v, apart, -1
            pairs.distinct += 1
        pairs.number[p] = q
        pairs.tally[q] += 1


@cython.locals(p=cython.longlong, k=cython.longlong)
def choose(pairs: Pairs) -> None:
    """Let each row choose the pair that occurs most often, of equals the first seen; count what both rows chose."""
    for p in range(pairs.total):
        q: cython.longlong = pairs.number[p]
        for k in range(2):
            row: cython.longlong = pairs.two[p] if k else pairs.one[p]
            best: cython.longlong = pairs.best[row]
            if best < 0 or pairs.tally[q] > pairs.tally[best] or (pairs.tally[q] == pairs.tally[best] and q < best):
                pairs.best[row], pairs.offer[row] = q, p
    for p in range(pairs.total):
        if pairs.offer[pairs.one[p]] == p and pairs.offer[pairs.two[p]] == p:
            pairs.taken[pairs.number[p]] += 1


@cython.locals(p=cython.longlong)
def take(s: State, listing: Listing, pairs: Pairs) -> cython.bint:
    """Plan the pairs that both rows chose in at least two trees, and put them in place of their terms; whether any."""
    changed: cython.bint = False
    rows: cython.longlong[:, ::1] = listing.rows
    for p in range(pairs.total):
        x: cython.longlong = pairs.one[p]
        y: cython.longlong = pairs.two[p]
        q: cython.longlong = pairs.number[p]
        if pairs.offer[x] != p or pairs.offer[y] != p or pairs.taken[q] < 2:
            continue
        if pairs.node[q] < 0:
            if pairs.apart[q]:
                pairs.node[q] = planned(s.plan, listing.trees.minus, pairs.first[q], pairs.second[q])
            elif rows[y, TERM_PLACE] < rows[x, TERM_PLACE]:  # constants first
                pairs.node[q] = planned(s.plan, listing.trees.plus, pairs.second[q], pairs.first[q])
            else:
                pairs.node[q] = planned(s.plan, listing.trees.plus, pairs.first[q], pairs.second[q])
        rows[x, TERM], rows[x, TERM_PLACE] = pairs.node[q], max(rows[x, TERM_PLACE], rows[y, TERM_PLACE])
        rows[y, TERM] = -1
        listing.touched[rows[x, ROOT]] = 1
        changed = True
    return changed


def shared_pairs(s: State, listing: Listing) -> None:
    """Compute once each pair of terms that several trees have in common, pairs of such pairs, and so on.

    The rows are those of all trees with two terms or more; the pairs are put in place of their terms. Each term chooses
    the pair that occurs most often; a pair that both its terms chose is taken where at least two trees did.
    """
    rows: cython.longlong[:, ::1] = listing.rows
    terms: Terms = Terms(s.memory, listing.count)
    for _ in range(ROUNDS):
        count: cython.longlong = listing.count
        often: cython.int[::1] = s.memory.ints(s.count + s.plan.count, 0)
        if not count_terms(rows, count, often) and count == listing.listed:
            break
        drop_lonely(s.memory, rows, count, often, s.count)
        sort_by_number(rows, count, terms)
        pairs: Pairs = paired(s.memory, rows, count, often)
        if pairs.total < 2:
            break
        slots: cython.longlong = 16
        while slots < 2 * pairs.total:
            slots *= 2
        tell_apart(rows, pairs, s.memory.longs(slots, -1))
        choose(pairs)
        if not take(s, listing, pairs):
            break
        listing.count = packed(rows, count)
