"""Rules that are sums or products of two parts, found in longer ones wherever the parts stand among the terms."""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.arithmetic import gathered  # noqa: I001
    from edgewise.simplify.scalars.matching import matches
    from edgewise.simplify.scalars.state import Memory, State
    from edgewise.simplify.scalars.term_lists import Listing, Trees, end_of, packed, place_key, planned
    from edgewise.simplify.scalars.work_columns import (
        MUL, NONE, PAIR_CONSTANTS, PAIR_HOLDER, PAIR_OP, PAIR_STEPS, PAIR_VARIANT, ROOT, SIDE, TERM, TERM_PLACE,
    )  # fmt: skip

WINDOW = 16
"""Terms that are tried as the partner of one, so that the work stays linear."""


class Entries:
    """The terms of a tree that may be the first part of a pair of the rules.

    Those of one pair, key and side are a linked list. Of an entry: its slot in the table, its row, pair and key, and
    the next of its list; of the first of a list, also the last. `leads` terms are not subtracted, nor divided by.
    """

    def __init__(self, memory: Memory, most: cython.longlong) -> None:
        slots: cython.longlong = 16
        while slots < 2 * most:
            slots *= 2
        self.count, self.leads = 0, 0
        self.table = memory.longs(slots, -1)
        columns: cython.longlong[::1] = memory.longs(6 * most, 0)
        self.filled, self.row, self.pair = columns[:most], columns[most : 2 * most], columns[2 * most : 3 * most]
        self.key, self.following = columns[3 * most : 4 * most], columns[4 * most : 5 * most]
        self.last = columns[5 * most :]


def group_of(s: State, trees: Trees, part: cython.longlong, node: cython.longlong) -> cython.longlong:
    """The list of pairs of which a node may be the first (0) or second part (1)."""
    return (2 * (1 if trees.plus == MUL else 0) + part) * (NONE + 1) + s.cls[node]


def shared_part(s: State, node: cython.longlong, step: cython.longlong) -> cython.longlong:
    """What a term has where both parts of a rule name the same variable; behind all nodes: the parts share none; -1
    where it is no such part. The steps are those of `pattern_trees.path`.
    """
    if s.rules.steps[step, 0] == -2:
        return s.count
    while s.rules.steps[step, 0] != -1:
        wanted: cython.longlong = s.rules.steps[step, 0]
        if wanted >= 0:
            if s.op[node] != wanted:
                return -1
            node = s.args[node, s.rules.steps[step, 1]]
        else:
            other: cython.longlong = s.args[node, s.rules.steps[step, 1]]
            if other < 0 or s.op[other] != -3 - wanted:
                return -1
        step += 1
    return node


@cython.locals(k=cython.longlong, at=cython.longlong, part=cython.longlong)
def may_meet(s: State, trees: Trees, root: cython.longlong, seen: cython.longlong[:, ::1]) -> cython.bint:
    """Whether a tree has two terms that some pair may have as its first and its second part.

    `seen` are rows of each pair: the root that has a first part, and the place of that, -1 of several.
    """
    for part in range(2):
        for k in range(trees.start[root], trees.start[root] + trees.terms[root]):
            group: cython.longlong = group_of(s, trees, part, trees.leaves[k])
            for at in range(s.rules.pair_start[group], s.rules.pair_start[group + 1]):
                pair: cython.longlong = s.rules.pair_lists[at]
                if part and (seen[pair, 0] != root or seen[pair, 1] == k):
                    continue
                if shared_part(s, trees.leaves[k], s.rules.pairs[pair, PAIR_STEPS + part]) >= 0:
                    if part:
                        return True
                    seen[pair, 1] = -1 if seen[pair, 0] == root else k
                    seen[pair, 0] = root
    return False


@cython.locals(root=cython.longlong, k=cython.longlong)
def promising_trees(s: State, trees: Trees) -> Listing:
    """List the terms of trees of three or more in which some rule may find both its parts.

    Factors stay in the order in which they are multiplied.
    """
    total: cython.longlong = 0
    found: Listing = Listing(s.memory, trees, s.count)
    rows: cython.longlong[:, ::1] = found.given
    seen: cython.longlong[:, ::1] = s.memory.rows(s.rules.pairs.shape[0])
    for k in range(seen.shape[0]):
        seen[k, 0] = -1
    with cython.nogil:
        for root in range(s.count):
            if trees.terms[root] < 3 or not may_meet(s, trees, root, seen):
                continue
            for k in range(trees.start[root], trees.start[root] + trees.terms[root]):
                rows[total, ROOT], rows[total, TERM], rows[total, SIDE] = root, trees.leaves[k], trees.sides[k]
                rows[total, TERM_PLACE] = k if trees.plus == MUL else place_key(s, trees.leaves[k])
                total += 1
    found.listed = total
    return found


def slot_of(
    e: Entries, rows: cython.longlong[:, ::1], pair: cython.longlong, key: cython.longlong, side: cython.longlong
) -> cython.longlong:
    """Where in the table the list of first parts is, or would be."""
    mask: cython.longlong = e.table.shape[0] - 1
    slot: cython.longlong = (((pair * 1000003 + key) * 2 + (1 if side > 0 else 0)) * 40503 >> 5) & mask
    at: cython.longlong = e.table[slot]
    while at >= 0 and not (e.pair[at] == pair and e.key[at] == key and rows[e.row[at], SIDE] == side):
        slot = (slot + 1) & mask
        at = e.table[slot]
    return slot


@cython.locals(k=cython.longlong)
def enter(s: State, trees: Trees, e: Entries, rows: cython.longlong[:, ::1], r: cython.longlong) -> None:
    """Enter a term as the first part of all pairs that it may be."""
    group: cython.longlong = group_of(s, trees, 0, rows[r, TERM])
    for k in range(s.rules.pair_start[group], s.rules.pair_start[group + 1]):
        pair: cython.longlong = s.rules.pair_lists[k]
        key: cython.longlong = shared_part(s, rows[r, TERM], s.rules.pairs[pair, PAIR_STEPS])
        if key < 0:
            continue
        slot: cython.longlong = slot_of(e, rows, pair, key, rows[r, SIDE])
        at: cython.longlong = e.count
        e.count += 1
        if e.table[slot] < 0:
            e.table[slot] = at
        else:
            e.following[e.last[e.table[slot]]] = at
        e.row[at], e.pair[at], e.key[at], e.following[at], e.filled[at] = r, pair, key, -1, slot
        e.last[e.table[slot]] = at


@cython.locals(k=cython.longlong)
def meet(
    s: State, rows: cython.longlong[:, ::1], pair: cython.longlong, x: cython.longlong, r: cython.longlong
) -> cython.bint:
    """Plan the pair of the terms of two rows in place of the first, if the rule fits."""
    one: cython.longlong = rows[x, TERM]
    two: cython.longlong = rows[r, TERM]
    op: cython.longlong = s.rules.pairs[pair, PAIR_OP]
    if s.rules.pairs[pair, PAIR_CONSTANTS] and not gathered(s, op, s.attr[one], s.attr[two]):
        return False
    s.spec_op, s.spec_attr, s.spec[0], s.spec[1] = op, 0, one, two
    for k in range(2, s.width):
        s.spec[k] = -1
    if not matches(s, s.rules.pairs[pair, PAIR_VARIANT]):
        return False
    holder: cython.longlong = s.rules.pairs[pair, PAIR_HOLDER]
    if holder == 1 or (holder < 0 and rows[r, TERM_PLACE] < rows[x, TERM_PLACE]):
        rows[x, TERM_PLACE] = rows[r, TERM_PLACE]
    rows[x, TERM], rows[r, TERM] = planned(s.plan, op, one, two), -1
    return True


def partner(
    s: State, trees: Trees, e: Entries, rows: cython.longlong[:, ::1], pair: cython.longlong, r: cython.longlong
) -> cython.bint:
    """Let a term be the second part of a pair with one of the first parts entered; whether it is."""
    tries: cython.longlong = 0
    key: cython.longlong = shared_part(s, rows[r, TERM], s.rules.pairs[pair, PAIR_STEPS + 1])
    if key < 0:
        return False
    side: cython.longlong = rows[r, SIDE] if s.rules.pairs[pair, PAIR_OP] == trees.plus else -rows[r, SIDE]
    lost: cython.bint = rows[r, SIDE] > 0 and (side < 0 or s.rules.pairs[pair, PAIR_OP] == trees.plus)
    if lost and e.leads == 1 and trees.plus == MUL:
        return False  # a product of divisors alone has nothing to begin with
    at: cython.longlong = e.table[slot_of(e, rows, pair, key, side)]
    while at >= 0 and tries < WINDOW:
        x: cython.longlong = e.row[at]
        at = e.following[at]
        if x != r and 0 <= rows[x, TERM] < s.count:  # still a term of its own
            tries += 1
            if meet(s, rows, pair, x, r):
                e.leads -= lost
                return True
    return False


@cython.locals(k=cython.longlong)
def look_for(s: State, trees: Trees, e: Entries, rows: cython.longlong[:, ::1], r: cython.longlong) -> cython.bint:
    """Let a term be the second part of the first pair that finds a first one; whether there is any."""
    if not 0 <= rows[r, TERM] < s.count:
        return False
    group: cython.longlong = group_of(s, trees, 1, rows[r, TERM])
    for k in range(s.rules.pair_start[group], s.rules.pair_start[group + 1]):
        if partner(s, trees, e, rows, s.rules.pair_lists[k], r):
            return True
    return False


@cython.locals(r=cython.longlong)
def most_entries(s: State, listing: Listing) -> cython.longlong:
    """The most entries that a tree may have."""
    begin: cython.longlong = 0
    most: cython.longlong = 0
    while begin < listing.count:
        end: cython.longlong = end_of(listing.rows, begin, listing.count)
        entries: cython.longlong = 0
        for r in range(begin, end):
            group: cython.longlong = group_of(s, listing.trees, 0, listing.rows[r, TERM])
            entries += s.rules.pair_start[group + 1] - s.rules.pair_start[group]
        most = max(most, entries)
        begin = end
    return most


@cython.locals(r=cython.longlong)
def matched_pairs(s: State, listing: Listing) -> None:
    """Plan the pairs of terms that a rule fits, and put them in place of their terms.

    In each tree the terms that may be the first part of a rule are entered under the rule and what both parts have in
    common; then each term looks for a first part to be the second of.
    """
    begin: cython.longlong = 0
    rows: cython.longlong[:, ::1] = listing.rows
    e: Entries = Entries(s.memory, most_entries(s, listing))
    with cython.nogil:
        while begin < listing.count:
            end: cython.longlong = end_of(rows, begin, listing.count)
            e.count, e.leads = 0, 0
            for r in range(begin, end):
                e.leads += rows[r, SIDE] > 0
                enter(s, listing.trees, e, rows, r)
            for r in range(begin, end if e.count else begin):
                if look_for(s, listing.trees, e, rows, r):
                    listing.touched[rows[r, ROOT]] = 1
            for r in range(e.count):
                e.table[e.filled[r]] = -1
            begin = end
    listing.count = packed(rows, listing.count)
