"""Sums and products as flat lists of signed terms, whatever the order in which they were written.

A tree of additions, subtractions and negations whose inner nodes nobody else reads is one sum: a list of terms with
signs. Likewise a tree of multiplications is one product. What is to become of the trees is written as a `Plan`, which
the next pass carries out.
"""

from __future__ import annotations

from collections.abc import Sequence

import cython

from edgewise.simplify.scalars.work_columns import LATE

if not cython.compiled:
    from edgewise.simplify.scalars.state import Memory, Plan, State
    from edgewise.simplify.scalars.work_columns import ADD, BUILTIN, CONST, NEG, ROOT, SIDE, TERM, TERM_PLACE

SHORT = 32
"""Up to so many keys are sorted by insertion."""


class Trees:
    """The trees of one kind, sums or products: operations `plus` and `minus`, and in sums negations.

    Of a node: the root of its tree (-1: in none), on which side of that it stands (-1: subtracted), how many nodes the
    tree of a root has, where its terms begin in `leaves` and how many they are. `sides` are those of the terms. In a
    plan's leaves they begin at `offset`.
    """

    def __init__(self, memory: Memory, n: cython.longlong, plus: cython.longlong, minus: cython.longlong) -> None:
        self.plus, self.minus, self.offset, self.total = plus, minus, 0, 0
        columns: cython.int[::1] = memory.ints(9 * n, 0)
        self.root, self.side, self.members = columns[:n], columns[n : 2 * n], columns[2 * n : 3 * n]
        self.start, self.terms = columns[3 * n : 4 * n], columns[4 * n : 5 * n]
        self.leaves, self.sides = columns[5 * n : 7 * n], columns[7 * n :]


class Listing:
    """The terms of some trees as `listed` rows of (root, term, side, place), those of a root together.

    Of these, `count` stand in `rows` while pairs are put in place of terms, and their trees are `touched`.
    """

    def __init__(self, memory: Memory, trees: Trees, n: cython.longlong) -> None:
        self.trees, self.listed, self.count = trees, 0, 0
        self.given, self.rows, self.touched = memory.rows(trees.total), memory.rows(trees.total), memory.ints(n, 0)


class Terms:
    """A list of `count` terms with sides, to be sorted by key: `order` says how."""

    def __init__(self, memory: Memory, room: cython.longlong) -> None:
        columns: cython.longlong[::1] = memory.longs(5 * room, 0)
        self.count = 0
        self.node, self.side, self.key = columns[:room], columns[room : 2 * room], columns[2 * room : 3 * room]
        self.order, self.spare = columns[3 * room : 4 * room], columns[4 * room :]


def inside(s: State, trees: Trees, node: cython.longlong) -> cython.bint:
    """Whether a node is an operation of the trees' kind."""
    op: cython.longlong = s.op[node]
    return op == trees.plus or op == trees.minus or (op == NEG and trees.plus == ADD)


@cython.locals(k=cython.longlong)
def visit(s: State, trees: Trees, i: cython.longlong, writing: cython.bint) -> None:
    """Count the terms of a node in its tree and pass the root down, or, upwards again, write them."""
    if trees.root[i] < 0:
        trees.root[i] = i
    root: cython.longlong = trees.root[i]
    trees.members[root] += 0 if writing else 1
    for k in range(2):
        j: cython.longlong = s.args[i, k]
        if j < 0:
            continue
        turned: cython.bint = s.op[i] == NEG or (k == 1 and s.op[i] == trees.minus)
        side: cython.longlong = -trees.side[i] if turned else trees.side[i]
        if s.uses[j] == 1 and inside(s, trees, j):
            trees.root[j], trees.side[j] = root, side
            continue
        if writing:
            trees.leaves[trees.start[root] + trees.terms[root]] = j
            trees.sides[trees.start[root] + trees.terms[root]] = side
        trees.terms[root] += 1


@cython.locals(i=cython.longlong)
def gather(s: State, plus: cython.longlong, minus: cython.longlong) -> Trees:
    """All trees of a kind; `minus` is -1 where only one operation makes them."""
    total: cython.longlong = 0
    trees: Trees = Trees(s.memory, s.count, plus, minus)
    for i in range(s.count):
        trees.root[i], trees.side[i] = -1, 1
    # Down the graph roots are found before what is below them; terms are then written upwards.
    for i in range(s.count - 1, -1, -1):
        if s.uses[i] and inside(s, trees, i):
            visit(s, trees, i, False)
    for i in range(s.count):
        trees.start[i] = total
        total += trees.terms[i]
        trees.terms[i] = 0
    for i in range(s.count):
        if s.uses[i] and inside(s, trees, i):
            visit(s, trees, i, True)
    trees.total = total
    return trees


def planned(plan: Plan, op: cython.longlong, first: cython.longlong, second: cython.longlong) -> cython.longlong:
    """A new node of the plan."""
    return planned_three(plan, op, first, second, -1)


def planned_three(
    plan: Plan, op: cython.longlong, first: cython.longlong, second: cython.longlong, third: cython.longlong
) -> cython.longlong:
    """A new node of the plan with three arguments."""
    new: cython.longlong = plan.count
    plan.count += 1
    plan.op[new], plan.first[new], plan.second[new], plan.third[new] = op, first, second, third
    plan.image[new], plan.reads[new] = -1, 0
    if first >= plan.n and op != CONST:
        plan.reads[first - plan.n] += 1
    if second >= plan.n:
        plan.reads[second - plan.n] += 1
    if third >= plan.n:
        plan.reads[third - plan.n] += 1
    return plan.n + new


def place_key(s: State, node: cython.longlong) -> cython.longlong:
    """Where a term stands: constants first, then by place and number."""
    place: cython.longlong = s.place[node]
    return (place << 31) + node


def put(terms: Terms, node: cython.longlong, side: cython.longlong, key: cython.longlong) -> None:
    """Put a term behind the others."""
    terms.node[terms.count], terms.side[terms.count], terms.key[terms.count] = node, side, key
    terms.count += 1


@cython.locals(k=cython.longlong)
def sort_terms(terms: Terms) -> None:
    """The order that sorts the terms by key, equal ones as they stand: by insertion, many by merging stretches."""
    width: cython.longlong = SHORT
    for k in range(terms.count):
        at: cython.longlong = k
        while at % SHORT and terms.key[terms.order[at - 1]] > terms.key[k]:
            terms.order[at] = terms.order[at - 1]
            at -= 1
        terms.order[at] = k
    while width < terms.count:
        begin: cython.longlong = 0
        while begin + width < terms.count:
            merge(terms, begin, width)
            begin += 2 * width
        width *= 2


@cython.locals(k=cython.longlong)
def merge(terms: Terms, begin: cython.longlong, width: cython.longlong) -> None:
    """Merge two sorted stretches of the order, the second of `width` at most."""
    one: cython.longlong = 0
    two: cython.longlong = begin + width
    end: cython.longlong = min(two + width, terms.count)
    for k in range(width):
        terms.spare[k] = terms.order[begin + k]
    for k in range(begin, end):
        if one < width and (two == end or terms.key[terms.spare[one]] <= terms.key[terms.order[two]]):
            terms.order[k] = terms.spare[one]
            one += 1
        else:
            terms.order[k] = terms.order[two]
            two += 1


@cython.locals(k=cython.longlong)
def chain(
    plan: Plan, terms: Terms, flip: cython.longlong, plus: cython.longlong, minus: cython.longlong
) -> cython.longlong:
    """A left-to-right chain of the terms in their order: a positive one first. `flip` is -1 to change all sides."""
    lead: cython.longlong = 0
    while lead < terms.count and flip * terms.side[terms.order[lead]] < 0:
        lead += 1
    sign: cython.longlong = flip
    if lead == terms.count:
        sign, lead = -flip, 0
    result: cython.longlong = terms.node[terms.order[lead]]
    for k in range(terms.count):
        if k != lead:
            op: cython.longlong = plus if sign * terms.side[terms.order[k]] > 0 else minus
            result = planned(plan, op, result, terms.node[terms.order[k]])
    return result if sign == flip else planned(plan, NEG, result, -1)


def replace_tree(
    plan: Plan, trees: Trees, root: cython.longlong, target: cython.longlong, kind: cython.longlong
) -> None:
    """Plan a node in place of a tree."""
    plan.target[root], plan.kind[root] = target, kind
    if target >= plan.n:
        plan.reads[target - plan.n] += 1
    plan.leaf_start[root], plan.leaf_count[root] = trees.offset + trees.start[root], trees.terms[root]


@cython.locals(i=cython.longlong)
def skip_members(plan: Plan, trees: Trees) -> None:
    """What only planned trees needed is not written."""
    for i in range(plan.n):
        root: cython.longlong = trees.root[i]
        if root >= 0 and root != i and plan.target[root] >= 0:
            plan.skip[i] = 1


def end_of(rows: cython.longlong[:, ::1], begin: cython.longlong, count: cython.longlong) -> cython.longlong:
    """Where the rows of a root end."""
    end: cython.longlong = begin + 1
    while end < count and rows[end, ROOT] == rows[begin, ROOT]:
        end += 1
    return end


@cython.locals(r=cython.longlong, k=cython.longlong)
def packed(rows: cython.longlong[:, ::1], count: cython.longlong) -> cython.longlong:
    """Take out the rows without a term; how many are left."""
    left: cython.longlong = 0
    for r in range(count):
        if rows[r, TERM] >= 0:
            for k in range(4):
                rows[left, k] = rows[r, k]
            left += 1
    return left


@cython.locals(root=cython.longlong, k=cython.longlong, node=cython.longlong)
def list_terms(s: State, trees: Trees) -> Listing:
    """List the terms of all trees of two or more; those of a root sorted by number."""
    total: cython.longlong = 0
    found: Listing = Listing(s.memory, trees, s.count)
    begin: cython.int[::1] = s.memory.ints(s.count + 1, 0)
    fill: cython.int[::1] = s.memory.ints(s.count, 0)
    for root in range(s.count):
        if trees.terms[root] > 1:
            fill[root] = total
            total += trees.terms[root]
            for k in range(trees.start[root], trees.start[root] + trees.terms[root]):
                begin[trees.leaves[k] + 1] += 1
    for node in range(s.count):
        begin[node + 1] += begin[node]
    # By term first, then to each root its own: what is put down in order stays in order.
    order: cython.int[::1] = s.memory.ints(total, 0)
    owner: cython.int[::1] = s.memory.ints(total, 0)
    for root in range(s.count):
        if trees.terms[root] > 1:
            for k in range(trees.start[root], trees.start[root] + trees.terms[root]):
                node = trees.leaves[k]
                order[begin[node]], owner[begin[node]] = k, root
                begin[node] += 1
    for k in range(total):
        root, node = owner[k], trees.leaves[order[k]]
        row: cython.longlong = fill[root]
        fill[root] += 1
        found.given[row, ROOT], found.given[row, TERM], found.given[row, SIDE] = root, node, trees.sides[order[k]]
        found.given[row, TERM_PLACE] = place_key(s, node)
    found.listed = total
    return found


@cython.locals(r=cython.longlong, k=cython.longlong)
def begin_pairs(listing: Listing) -> None:
    """Let the rows be those that are listed."""
    listing.count = listing.listed
    for r in range(listing.listed):
        for k in range(4):
            listing.rows[r, k] = listing.given[r, k]
    for r in range(listing.touched.shape[0]):
        listing.touched[r] = 0


@cython.locals(r=cython.longlong)
def leave_out(listing: Listing, roots: Sequence[int]) -> None:
    """Take some roots from the list."""
    left_out: set[int] = set(roots)
    for r in range(listing.listed):
        if listing.given[r, ROOT] in left_out:
            listing.given[r, TERM] = -1
    listing.listed = packed(listing.given, listing.listed)


@cython.locals(i=cython.longlong, k=cython.longlong)
def want_below(s: State) -> None:
    """Want what is wanted is made of."""
    for i in range(s.count - 1, -1, -1):
        for k in range(s.width if s.wanted[i] else 0):
            if s.args[i, k] >= 0:
                s.wanted[s.args[i, k]] = 1


@cython.locals(r=cython.longlong, k=cython.longlong)
def want_factors(s: State, listing: Listing) -> None:
    """Want the values of the touched roots, of their factors, and of those of planned pairs."""
    s.wanted = s.memory.ints(s.count, 0)
    for r in range(listing.count):
        if listing.touched[listing.rows[r, ROOT]]:
            s.wanted[listing.rows[r, ROOT]] = 1
            if listing.rows[r, TERM] < s.count:
                s.wanted[listing.rows[r, TERM]] = 1
    for k in range(s.plan.count):
        if s.plan.first[k] < s.count:
            s.wanted[s.plan.first[k]] = 1
        if 0 <= s.plan.second[k] < s.count:
            s.wanted[s.plan.second[k]] = 1
    want_below(s)


@cython.locals(k=cython.longlong)
def plan_pairs(s: State, sums: Listing, products: Listing) -> None:
    """Begin a plan of pairs: each leaves two terms fewer, and a chain has no more nodes than terms."""
    width: cython.longlong = 2 * s.count
    s.plan = Plan(s.memory, s.count, sums.listed + products.listed + 8, 2 * width)
    products.trees.offset = width
    for k in range(width):
        s.plan.leaves[k], s.plan.leaves[width + k] = sums.trees.leaves[k], products.trees.leaves[k]


@cython.locals(i=cython.longlong, turn=cython.longlong)
def put_off(
    s: State, listing: Listing, bounded: cython.const[cython.uchar][::1], combined: cython.const[cython.uchar][::1]
) -> None:
    """Put factors that may grow without bound behind those that do not: all but results of `bounded` operations, and
    what `combined` operations make of such alone, as 1 - sigmoid(x) and a product with it.
    """
    n: cython.longlong = s.count
    grows: cython.int[::1] = s.memory.ints(3 * n, 0)
    for i in range(n):
        grows[i] = not bounded[min(s.op[i], BUILTIN)]
    for turn in range(2):
        for i in range(n):
            a: cython.longlong = s.args[i, 0]
            b: cython.longlong = s.args[i, 1]
            rest: cython.bint = (a >= 0 and grows[turn * n + a] > 0) or (b >= 0 and grows[turn * n + b] > 0)
            stays: cython.bint = combined[min(s.op[i], BUILTIN)] and not rest
            grows[(turn + 1) * n + i] = 1 if grows[turn * n + i] and not stays else 0
    for i in range(listing.listed):
        if grows[2 * n + listing.given[i, TERM]]:
            listing.given[i, TERM_PLACE] += LATE


@cython.locals(r=cython.longlong)
def plan_lists(s: State, listing: Listing, kind: cython.longlong) -> None:
    """Plan the touched trees anew from their rows."""
    begin: cython.longlong = 0
    trees: Trees = listing.trees
    terms: Terms = Terms(s.memory, listing.count)
    while begin < listing.count:
        root: cython.longlong = listing.rows[begin, ROOT]
        end: cython.longlong = end_of(listing.rows, begin, listing.count)
        if listing.touched[root]:
            terms.count = 0
            for r in range(begin, end):
                # Of two factors the order does not matter: they stay as they stand.
                place: cython.longlong = listing.rows[r, TERM_PLACE]
                key: cython.longlong = place if end - begin > 2 else place & (LATE - 1)
                put(terms, listing.rows[r, TERM], listing.rows[r, SIDE], key)
            sort_terms(terms)
            replace_tree(s.plan, trees, root, chain(s.plan, terms, 1, trees.plus, trees.minus), kind)
        begin = end
    skip_members(s.plan, trees)
