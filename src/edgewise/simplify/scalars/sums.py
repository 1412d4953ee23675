"""Sums that get shorter: signs gathered, like terms collected, common factors taken out."""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.arithmetic import apart
    from edgewise.simplify.scalars.state import Memory, Plan, State
    from edgewise.simplify.scalars.term_lists import (
        Terms,
        Trees,
        chain,
        place_key,
        planned,
        put,
        replace_tree,
        skip_members,
        sort_terms,
    )  # fmt: skip
    from edgewise.simplify.scalars.work_columns import ADD, CONST, MUL, NEG, SUB

KEEP, TIDY, FACTOR = 0, 1, 2
"""What becomes of a sum; the stages that plan it so have the numbers one below."""


class Scratch:
    """Room to plan sums of at most `most` terms in a graph of n.

    Of a factor: for which sum it was counted last, how often it occurs there, and in which term last. Of a term: its
    factor, the next term with that, and whether it is the first.
    """

    def __init__(self, memory: Memory, n: cython.longlong, most: cython.longlong) -> None:
        self.terms, self.inner = Terms(memory, most), Terms(memory, most)
        self.stamp, self.tally, self.latest = memory.ints(n, -1), memory.ints(n, -1), memory.ints(n, -1)
        columns: cython.longlong[::1] = memory.longs(3 * most, 0)
        self.best, self.following, self.leads = columns[:most], columns[most : 2 * most], columns[2 * most :]


def product_of(s: State, node: cython.longlong) -> cython.bint:
    """Whether a term is a product that nobody else reads.

    Quotients are none: of a/h + b/h the sum of the numerators overflows where a/h and b/h are small.
    """
    return s.op[node] == MUL and s.uses[node] == 1


def base_of(s: State, node: cython.longlong) -> cython.longlong:
    """What a term is a multiple of: x of c·x that nobody else reads, -1 of a constant, otherwise the term itself."""
    if s.op[node] == CONST:
        return -1
    if product_of(s, node):
        if s.op[s.args[node, 0]] == CONST:
            return s.args[node, 1]
        if s.op[s.args[node, 1]] == CONST:
            return s.args[node, 0]
    return node


@cython.locals(k=cython.longlong, side=cython.longlong)
def how(
    s: State, trees: Trees, root: cython.longlong, stamp: cython.int[::1], factors: cython.int[::1]
) -> cython.longlong:
    """How a sum gets shorter.

    TIDY: there are more operations than the terms need (one less than their number, and one for a lone minus), two
    multiples of one node, or two constants. FACTOR: two terms have a common factor.
    """
    positive: cython.longlong = 0
    common: cython.bint = False
    number: cython.longlong = -1
    for k in range(trees.start[root], trees.start[root] + trees.terms[root]):
        node: cython.longlong = trees.leaves[k]
        if trees.sides[k] > 0:
            positive = 1
        base: cython.longlong = base_of(s, node) + 1
        if stamp[base] == root and (base > 0 or not apart(s, s.attr[number], s.attr[node])):
            return TIDY
        stamp[base] = root
        number = node if base == 0 else number
        for side in range(2 if product_of(s, node) else 0):
            factor: cython.longlong = s.args[node, side]
            if side == 0 or factor != s.args[node, 0]:  # x·x offers its factor once
                common = common or factors[factor] == root
                factors[factor] = root
    if trees.members[root] > trees.terms[root] - positive:
        return TIDY
    return FACTOR if common else KEEP


@cython.locals(root=cython.longlong)
def promising_sums(s: State, trees: Trees, what: cython.int[::1]) -> cython.longlong:
    """Which sums get shorter, and how, in `what`; how many terms they have together."""
    total: cython.longlong = 0
    stamp: cython.int[::1] = s.memory.ints(s.count + 1, -1)
    factors: cython.int[::1] = s.memory.ints(s.count, -1)
    with cython.nogil:
        for root in range(s.count):
            what[root] = how(s, trees, root, stamp, factors) if trees.root[root] == root else KEEP
            if what[root] != KEEP:
                total += trees.terms[root]
    return total


@cython.locals(k=cython.longlong)
def multiples(
    s: State, terms: Terms, begin: cython.longlong, end: cython.longlong, one: cython.longlong
) -> cython.longlong:
    """The sum of the coefficients of like terms, those from `begin` on in their order; of constants, their sum."""
    total: cython.longlong = -1
    for k in range(begin, end):
        node: cython.longlong = terms.node[terms.order[k]]
        base: cython.longlong = base_of(s, node)
        factor: cython.longlong = node
        if base == node:
            factor = planned(s.plan, CONST, one, -1)
        elif base >= 0:
            factor = s.args[node, 0] if s.op[s.args[node, 0]] == CONST else s.args[node, 1]
        positive: cython.bint = terms.side[terms.order[k]] > 0
        if total >= 0:
            total = planned(s.plan, ADD if positive else SUB, total, factor)
        else:
            total = factor if positive else planned(s.plan, NEG, factor, -1)
    return total


@cython.locals(k=cython.longlong)
def tidied(s: State, trees: Trees, root: cython.longlong, x: Scratch, one: cython.longlong) -> cython.longlong:
    """A sum with like terms collected and signs gathered in subtractions."""
    begin: cython.longlong = 0
    x.terms.count = x.inner.count = 0
    for k in range(trees.start[root], trees.start[root] + trees.terms[root]):
        base: cython.longlong = base_of(s, trees.leaves[k])
        put(x.inner, trees.leaves[k], trees.sides[k], -1 if base < 0 else place_key(s, base))
    sort_terms(x.inner)
    while begin < x.inner.count:
        at: cython.longlong = x.inner.order[begin]
        node: cython.longlong = x.inner.node[at]
        end: cython.longlong = begin + 1
        while end < x.inner.count and x.inner.key[x.inner.order[end]] == x.inner.key[at]:
            if s.op[node] == CONST and apart(s, s.attr[node], s.attr[x.inner.node[x.inner.order[end]]]):
                break
            end += 1
        if end == begin + 1:
            put(x.terms, node, x.inner.side[at], at)
        else:
            total: cython.longlong = multiples(s, x.inner, begin, end, one)
            base = base_of(s, node)
            put(x.terms, total if base < 0 else planned(s.plan, MUL, total, base), 1, at)
        begin = end
    sort_terms(x.terms)
    return chain(s.plan, x.terms, 1, ADD, SUB)


@cython.locals(k=cython.longlong, side=cython.longlong)
def count_factors(s: State, trees: Trees, root: cython.longlong, x: Scratch) -> None:
    """How many terms have each factor."""
    for k in range(trees.start[root], trees.start[root] + trees.terms[root]):
        node: cython.longlong = trees.leaves[k]
        for side in range(2 if product_of(s, node) else 0):
            factor: cython.longlong = s.args[node, side]
            if x.stamp[factor] != 2 * root:
                x.stamp[factor], x.tally[factor] = 2 * root, 0
            if side == 0 or factor != s.args[node, 0]:
                x.tally[factor] += 1


def better(s: State, x: Scratch, one: cython.longlong, other: cython.longlong) -> cython.bint:
    """Whether the other factor is better: in more terms, else no constant, else earlier by place."""
    if x.tally[other] != x.tally[one]:
        return x.tally[other] > x.tally[one]
    if (s.op[one] == CONST) != (s.op[other] == CONST):
        return s.op[one] == CONST
    return place_key(s, other) < place_key(s, one)


@cython.locals(t=cython.longlong)
def choose_factors(s: State, trees: Trees, root: cython.longlong, x: Scratch) -> None:
    """Let each term choose its factor, and count the choices."""
    for t in range(trees.terms[root]):
        node: cython.longlong = trees.leaves[trees.start[root] + t]
        x.best[t] = -1
        if product_of(s, node):
            x.best[t] = s.args[node, 1 if better(s, x, s.args[node, 0], s.args[node, 1]) else 0]
    for t in range(trees.terms[root]):
        factor: cython.longlong = x.best[t]
        if factor >= 0:
            if x.stamp[factor] != 2 * root + 1:
                x.stamp[factor], x.tally[factor], x.latest[factor] = 2 * root + 1, 0, -1
            x.tally[factor] += 1


@cython.locals(t=cython.longlong)
def link_terms(s: State, trees: Trees, root: cython.longlong, x: Scratch) -> None:
    """Keep the terms that share no factor; the others become linked lists, one for each factor."""
    x.terms.count = 0
    for t in range(trees.terms[root]):
        node: cython.longlong = trees.leaves[trees.start[root] + t]
        factor: cython.longlong = x.best[t]
        x.following[t], x.leads[t] = -1, 0
        if factor < 0 or x.tally[factor] < 2:
            put(x.terms, node, trees.sides[trees.start[root] + t], t)
            continue
        if x.latest[factor] < 0:
            x.leads[t] = 1
        else:
            x.following[x.latest[factor]] = t
        x.latest[factor] = t


def take_out(s: State, trees: Trees, root: cython.longlong, x: Scratch, t: cython.longlong) -> None:
    """Take the factor of a term out of that and all that follow it: a·x + a·y → a·(x + y)."""
    factor: cython.longlong = x.best[t]
    side: cython.longlong = -1
    place: cython.longlong = t
    x.inner.count = 0
    while t >= 0:
        node: cython.longlong = trees.leaves[trees.start[root] + t]
        other: cython.longlong = s.args[node, 1 if s.args[node, 0] == factor else 0]
        if trees.sides[trees.start[root] + t] > 0:
            side = 1
        put(x.inner, other, trees.sides[trees.start[root] + t], t)
        place = t
        t = x.following[t]
    sort_terms(x.inner)
    inner: cython.longlong = chain(s.plan, x.inner, side, ADD, SUB)
    if s.op[factor] == CONST:
        put(x.terms, planned(s.plan, MUL, factor, inner), side, place)
    else:
        put(x.terms, planned(s.plan, MUL, inner, factor), side, place)


@cython.locals(t=cython.longlong)
def factored(s: State, trees: Trees, root: cython.longlong, x: Scratch) -> cython.longlong:
    """A sum with the common factors of its terms taken out.

    The terms that count are products that nobody else reads. Each goes to the factor that most terms of the sum share;
    f terms a·xᵢ become a·Σxᵢ and save f − 1 products. What remains may have further common factors: the next pass
    finds them, so that a polynomial ends in Horner's form.
    """
    count_factors(s, trees, root, x)
    choose_factors(s, trees, root, x)
    link_terms(s, trees, root, x)
    for t in range(trees.terms[root]):
        if x.leads[t]:
            take_out(s, trees, root, x, t)
    sort_terms(x.terms)
    return chain(s.plan, x.terms, 1, ADD, SUB)


@cython.locals(root=cython.longlong)
def plan_sums(s: State, trees: Trees, one: cython.longlong) -> tuple[int, int]:
    """Plan the sums that get shorter; how many are tidied, and factored. `one` is the number of the value 1."""
    most: cython.longlong = 0
    tidy: cython.longlong = 0
    factor: cython.longlong = 0
    what: cython.int[::1] = s.memory.ints(s.count, KEEP)
    total: cython.longlong = promising_sums(s, trees, what)
    if total == 0:
        return 0, 0
    for root in range(s.count):
        if what[root] != KEEP:
            most = max(most, trees.terms[root])
    s.plan = Plan(s.memory, s.count, 6 * total + 8, 2 * s.count)
    for root in range(2 * s.count):
        s.plan.leaves[root] = trees.leaves[root]
    x: Scratch = Scratch(s.memory, s.count, most)
    with cython.nogil:
        for root in range(s.count):
            if what[root] == TIDY:
                replace_tree(s.plan, trees, root, tidied(s, trees, root, x, one), TIDY - 1)
                tidy += 1
            elif what[root] == FACTOR:
                replace_tree(s.plan, trees, root, factored(s, trees, root, x), FACTOR - 1)
                factor += 1
        skip_members(s.plan, trees)
    return tidy, factor
