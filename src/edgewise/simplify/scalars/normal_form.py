"""A graph planned anew from the forms of its nodes, where that takes fewer operations.

What is wanted is planned together, so that what several values have in common is computed once. Wanted are the roots of
the graph and what functions read, the letters of the forms.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.arithmetic import described, value_number
    from edgewise.simplify.scalars.monomials import LARGEST, MOST, Forms, first_of
    from edgewise.simplify.scalars.product_plans import ALONE, ProductPlan, end_word, plan_products, put_letter, size_of
    from edgewise.simplify.scalars.state import Plan, State
    from edgewise.simplify.scalars.term_lists import planned, planned_three
    from edgewise.simplify.scalars.work_columns import ADD, BUILTIN, CONST, DIV, MUL, NEG, POWER, RATIO, SUB, ZERO


class Writing:
    """The wanted forms as words, their plan, and the nodes planned.

    Of a node: whether it is wanted, and which product it is. Of letters and words: whether they are used. A product is
    a positive coefficient and a word: the number of its constant (-1: none), its node and that of its negative (-1:
    none yet). Of a constant: its value, and whether more of what is wanted is negative. `made_of` are the nodes of the
    letters; `sign` is that of the product written last.
    """

    def __init__(
        self, s: State, f: Forms, positive: cython.const[cython.uchar][::1], proving: cython.bint
    ) -> None:  # fmt: skip
        n: cython.longlong = s.count
        memory = s.memory
        most: cython.longlong = n + 2 * f.atoms
        slots: cython.longlong = 16
        while slots < 2 * most:
            slots *= 2
        self.s, self.f, self.positive, self.proving = s, f, positive, proving
        self.plan = ProductPlan(memory, 0, 0, 0)
        self.made_of, self.stack = memory.ints(0, 0), memory.ints(0, 0)
        self.wanted = memory.ints(n, 0)
        self.used_atom, self.used_word = memory.ints(f.atoms, 0), memory.ints(f.words, 0)
        self.of_node, self.of_term = memory.ints(n, -1), memory.ints(2 * f.atoms, -1)
        self.products, self.constants, self.sign = 0, 0, 1
        self.num, self.den = memory.longs(most, 0), memory.longs(most, 0)
        self.word, self.constant = memory.ints(most, 0), memory.ints(most, -1)
        self.made, self.negated, self.table = memory.ints(most, -1), memory.ints(most, -1), memory.ints(slots, -1)
        self.constant_num, self.constant_den = memory.longs(most, 0), memory.longs(most, 0)
        self.tally = memory.longs(most, 0)


# --- what is wanted ---------------------------------------------------------------------------------------------------


@cython.locals(k=cython.longlong)
def use(w: Writing, word: cython.longlong) -> None:
    """Use a word and its letters."""
    if not w.used_word[word]:
        w.used_word[word] = 1
        for k in range(MOST * word, MOST * word + w.f.length[word]):
            w.used_atom[w.f.letters[k]] = 1


@cython.locals(i=cython.longlong, k=cython.longlong)
def find_wanted(w: Writing) -> None:
    """The wanted nodes, and the words and letters of which they are made."""
    s: State = w.s
    f: Forms = w.f
    reads: cython.int[::1] = s.memory.ints(s.count, 0)
    for i in range(s.count):
        for k in range(s.width if s.uses[i] else 0):
            if s.args[i, k] >= 0:
                reads[s.args[i, k]] += 1
    for i in range(s.count):
        if s.uses[i] > reads[i]:
            w.wanted[i] = 1
            use(w, f.word[i])
    # Letters come behind those of what they read.
    for i in range(f.atoms - 1, -1, -1):
        node: cython.longlong = f.node[i]
        if w.used_atom[i] and node < 0:
            use(w, f.terms[2 * i, 2])
            use(w, f.terms[2 * i + 1, 2])
        for k in range(s.width if w.used_atom[i] and node >= 0 else 0):
            if s.args[node, k] >= 0:
                w.wanted[s.args[node, k]] = 1
                use(w, f.word[s.args[node, k]])


def never_zero(w: Writing, node: cython.longlong) -> cython.bint:
    """Whether a node is not 0: it is a constant, a function that is positive, or that is proved."""
    proved: cython.bint = w.s.sign[node] & ZERO == 0
    return proved and (w.proving or w.s.op[node] == CONST or w.positive[min(w.s.op[node], BUILTIN)])


@cython.locals(i=cython.longlong, k=cython.longlong)
def vanishes(w: Writing) -> cython.bint:
    """Whether a root is needed no more, or what divides does so no more and may be 0; these are then to be kept."""
    s: State = w.s
    f: Forms = w.f
    found: cython.bint = False
    left: cython.int[::1] = s.memory.ints(f.atoms, 0)
    for i in range(f.words):
        for k in range(MOST * i, MOST * i + f.length[i] if w.used_word[i] else 0):
            if f.powers[k] < 0:
                left[f.letters[k]] = 1
    for i in range(f.atoms):
        node: cython.longlong = f.node[i]
        if w.used_atom[i] and node >= 0 and s.op[node] == DIV:  # it stays as it is written
            word: cython.longlong = f.word[s.args[node, 1]]
            for k in range(MOST * word, MOST * word + f.length[word]):
                left[f.letters[k]] = 1
    for i in range(f.atoms):
        node = f.node[i]
        lost: cython.bint = f.root[i] > 0 and not w.used_atom[i]
        if f.divides[i] and not left[i] and not (node >= 0 and never_zero(w, node)):
            lost = True
        if lost and not f.kept[first_of(f, i)]:
            f.kept[first_of(f, i)] = 1
            found = True
    return found


# --- words ------------------------------------------------------------------------------------------------------------


def constant_of(w: Writing, num: cython.longlong, den: cython.longlong) -> cython.longlong:
    """The number of a constant factor, -1 of 1. There are few."""
    if num == 1 and den == 1:
        return -1
    k: cython.longlong = 0
    while k < w.constants and not (w.constant_num[k] == num and w.constant_den[k] == den):
        k += 1
    if k == w.constants:
        w.constant_num[k], w.constant_den[k] = num, den
        w.constants += 1
    return k


def product_slot(w: Writing, num: cython.longlong, den: cython.longlong, word: cython.longlong) -> cython.longlong:
    """Where in the table a product with a positive coefficient is, or would be."""
    mask: cython.longlong = w.table.shape[0] - 1
    key: cython.longlong = (word * 1000003 + (num & 0xFFFF) * 8191 + (den & 0xFFFF)) * 40503
    slot: cython.longlong = (key ^ (key >> 15)) & mask
    while w.table[slot] >= 0:
        old: cython.longlong = w.table[slot]
        if w.word[old] == word and w.num[old] == num and w.den[old] == den:
            break
        slot = (slot + 1) & mask
    return slot


def product_of(w: Writing, num: cython.longlong, den: cython.longlong, word: cython.longlong) -> cython.longlong:
    """The number of a product; -1 of a constant."""
    if word == 0:
        return -1
    num = abs(num)
    slot: cython.longlong = product_slot(w, num, den, word)
    if w.table[slot] < 0:
        new: cython.longlong = w.products
        w.products += 1
        w.table[slot] = new
        w.num[new], w.den[new], w.word[new], w.constant[new] = num, den, word, constant_of(w, num, den)
    return w.table[slot]


@cython.locals(i=cython.longlong, k=cython.longlong)
def list_products(w: Writing) -> None:
    """The products that are wanted, and those that sums are made of."""
    f: Forms = w.f
    for i in range(w.s.count):
        if w.wanted[i]:
            product: cython.longlong = product_of(w, f.num[i], f.den[i], f.word[i])
            w.of_node[i] = product
            if product >= 0 and w.constant[product] >= 0:
                w.tally[w.constant[product]] += 1 if f.num[i] > 0 else -1
    for i in range(f.atoms):
        for k in range(2 * i, 2 * i + 2 if w.used_atom[i] and f.node[i] < 0 else 0):
            w.of_term[k] = product_of(w, f.terms[k, 0], f.terms[k, 1], f.terms[k, 2])


@cython.locals(i=cython.longlong, k=cython.longlong)
def plan_words(w: Writing) -> None:
    """Plan the products together; constants are letters behind the others."""
    f: Forms = w.f
    factors: cython.longlong = 0
    for i in range(w.products):
        factors += 1 if w.constant[i] >= 0 else 0
        for k in range(MOST * w.word[i], MOST * w.word[i] + f.length[w.word[i]]):
            factors += size_of(f.powers[k])
    p: ProductPlan = ProductPlan(w.s.memory, w.products, factors, f.atoms + w.constants)
    for i in range(w.s.count):
        value: cython.longlong = w.s.attr[i] if w.s.uses[i] and w.s.op[i] == POWER else 0
        if value > 0 and w.s.values.kind[value] == RATIO and 2 <= size_of(w.s.values.num[value]) <= LARGEST:
            p.powers[size_of(w.s.values.num[value])] = 1
    for i in range(w.products):
        for k in range(MOST * w.word[i], MOST * w.word[i] + f.length[w.word[i]]):
            put_letter(p, i, f.letters[k], f.powers[k])
        if w.constant[i] >= 0:
            put_letter(p, i, f.atoms + w.constant[i], 1)
        end_word(p)
    plan_products(p)
    w.plan = p


# --- nodes ------------------------------------------------------------------------------------------------------------


def number_of(s: State, num: cython.longlong, den: cython.longlong) -> cython.longlong:
    """The number of a fraction among the values."""
    return described(s.values, s.rules, value_number(s.values, RATIO, num, den))


def negative(w: Writing, constant: cython.longlong) -> cython.bint:
    """Whether a constant is written negative, as more of what is wanted is. Sums have either."""
    return constant >= 0 and w.tally[constant] < 0


@cython.locals(k=cython.longlong)
def node_of_letter(w: Writing, letter: cython.longlong) -> cython.longlong:
    """The node of a letter, with the steps that lead to it; sums are there already."""
    s: State = w.s
    p: ProductPlan = w.plan
    top: cython.longlong = 1
    w.stack[0] = letter
    while top:
        at: cython.longlong = w.stack[top - 1]
        step: cython.longlong = at - p.first_step
        if w.made_of[at] >= 0:
            top -= 1
        elif step < 0:
            k = at - w.f.atoms
            num: cython.longlong = -w.constant_num[k] if negative(w, k) else w.constant_num[k]
            w.made_of[at] = planned(s.plan, CONST, number_of(s, num, w.constant_den[k]), -1)
        elif w.made_of[p.first[step]] < 0:
            w.stack[top] = p.first[step]
            top += 1
        elif p.second[step] >= 0 and w.made_of[p.second[step]] < 0:
            w.stack[top] = p.second[step]
            top += 1
        else:
            w.made_of[at] = node_of_step(w, step)
    return w.made_of[letter]


def node_of_step(w: Writing, step: cython.longlong) -> cython.longlong:
    """Plan a step; constants first."""
    s: State = w.s
    p: ProductPlan = w.plan
    a: cython.longlong = w.made_of[p.first[step]]
    if p.second[step] == ALONE:
        return planned_three(s.plan, POWER, a, -1, -2 - number_of(s, p.exponent[step], 1))
    b: cython.longlong = w.made_of[p.second[step]]
    if p.exponent[step] < 0:
        return planned(s.plan, DIV, a, b)
    if w.f.atoms <= p.second[step] < p.first_step:
        return planned(s.plan, MUL, b, a)
    return planned(s.plan, MUL, a, b)


def unsigned_node(w: Writing, num: cython.longlong, den: cython.longlong, product: cython.longlong) -> cython.longlong:
    """The node of a form, or of its negative: `w.sign` tells which."""
    w.sign = 1 if num > 0 else -1
    if product < 0:
        return planned(w.s.plan, CONST, number_of(w.s, abs(num), den), -1)
    if w.made[product] < 0:
        at: cython.longlong = w.plan.start[product]
        found: cython.longlong = node_of_letter(w, w.plan.letter[at])
        if w.plan.power[at] < 0:
            found = planned(w.s.plan, DIV, planned(w.s.plan, CONST, number_of(w.s, 1, 1), -1), found)
        w.made[product] = found
    if negative(w, w.constant[product]):
        w.sign = -w.sign
    return w.made[product]


def node_of_form(w: Writing, num: cython.longlong, den: cython.longlong, product: cython.longlong) -> cython.longlong:
    """The node of a form."""
    if product < 0:
        return planned(w.s.plan, CONST, number_of(w.s, num, den), -1)
    found: cython.longlong = unsigned_node(w, num, den, product)
    if w.sign > 0:
        return found
    if w.negated[product] < 0:
        w.negated[product] = planned(w.s.plan, NEG, found, -1)
    return w.negated[product]


def write_sum(w: Writing, atom: cython.longlong) -> cython.longlong:
    """Plan a sum of two terms."""
    plan: Plan = w.s.plan
    at: cython.longlong = 2 * atom
    a: cython.longlong = unsigned_node(w, w.f.terms[at, 0], w.f.terms[at, 1], w.of_term[at])
    x: cython.longlong = w.sign
    b: cython.longlong = unsigned_node(w, w.f.terms[at + 1, 0], w.f.terms[at + 1, 1], w.of_term[at + 1])
    if x == w.sign:
        total: cython.longlong = planned(plan, ADD, a, b)
        return total if x > 0 else planned(plan, NEG, total, -1)
    return planned(plan, SUB, a, b) if x > 0 else planned(plan, SUB, b, a)


@cython.locals(i=cython.longlong)
def write_nodes(w: Writing, kind: cython.longlong) -> None:
    """Plan all letters that are used, each behind what it reads, and what takes the place of the wanted nodes."""
    s: State = w.s
    f: Forms = w.f
    for i in range(f.atoms):
        if w.used_atom[i]:
            w.made_of[i] = f.node[i] if f.node[i] >= 0 else write_sum(w, i)
    for i in range(s.count):
        if not w.wanted[i] or s.op[i] == CONST:
            continue
        new: cython.longlong = node_of_form(w, f.num[i], f.den[i], w.of_node[i])
        if new != i:
            s.plan.target[i], s.plan.kind[i] = new, kind
            if new >= s.count:
                s.plan.reads[new - s.count] += 1


@cython.locals(i=cython.longlong)
def keep_names(w: Writing, kind: cython.longlong) -> None:
    """Let what is planned stand for the nodes that are equal to it though nobody wants them: they have their names.

    They are marked as left out too until `spoilt_targets` has seen that no value is lost.
    """
    s: State = w.s
    f: Forms = w.f
    for i in range(s.count):
        if not s.uses[i] or s.args[i, 0] < 0 or w.wanted[i] or f.word[i] <= 0:
            continue
        product: cython.longlong = w.table[product_slot(w, size_of(f.num[i]), f.den[i], f.word[i])]
        if product < 0 or w.made[product] < 0 or (f.num[i] < 0) != negative(w, w.constant[product]):
            continue
        new: cython.longlong = w.made[product]
        if new >= s.count:
            s.plan.target[i], s.plan.kind[i], s.plan.skip[i] = new, kind, 1
            s.plan.reads[new - s.count] += 1


@cython.locals(i=cython.longlong)
def leave_out(w: Writing) -> cython.longlong:
    """Mark what is not written any more; how many operations the plan saves."""
    s: State = w.s
    f: Forms = w.f
    saved: cython.longlong = 0
    for i in range(s.count):
        if s.uses[i] and s.args[i, 0] >= 0 and s.plan.target[i] < 0:
            s.plan.skip[i] = 1
    for i in range(f.atoms):
        if w.used_atom[i] and f.node[i] >= 0:
            s.plan.skip[f.node[i]] = 0
    for i in range(s.count):
        saved += 1 if s.plan.skip[i] or s.plan.target[i] >= 0 else 0
    for i in range(s.plan.count):
        saved -= 1 if s.plan.op[i] != CONST else 0
    return saved


def plan_anew(
    s: State, opaque: cython.int[::1], kept: cython.int[::1], positive: cython.const[cython.uchar][::1],
    proving: cython.bint, kind: cython.longlong,
) -> int:  # fmt: skip
    """Plan the graph from the forms of its nodes; how many operations that saves, negative where to try again.

    Nodes that are `opaque` are written as they stand, what is `kept` must not cancel. What operations are `positive`,
    and where that is `proving` what is not 0 as far as its sign is known, may cancel for good.
    """
    s.wanted = s.uses
    f: Forms = Forms(s, opaque, kept, True)
    saved: cython.longlong = plan_from(s, f, positive, proving, kind)
    if saved == 0 and f.taken:
        # What is taken out of a sum is no product with another term of it any more, which may be wanted itself.
        saved = plan_from(s, Forms(s, opaque, kept, False), positive, proving, kind)
    return saved


def plan_from(
    s: State, f: Forms, positive: cython.const[cython.uchar][::1], proving: cython.bint, kind: cython.longlong
) -> cython.longlong:
    """Plan the graph from these forms; how many operations that saves, negative where to try again."""
    w: Writing = Writing(s, f, positive, proving)
    find_wanted(w)
    if vanishes(w):
        return -1
    list_products(w)
    plan_words(w)
    room: cython.longlong = w.plan.letters + 3 * w.products + 3 * f.atoms + 2 * s.count
    w.made_of, w.stack = s.memory.ints(w.plan.letters, -1), s.memory.ints(w.plan.letters + 1, 0)
    s.plan = Plan(s.memory, s.count, room, s.width * s.count + 2 * room)
    write_nodes(w, kind)
    keep_names(w, kind)
    return max(leave_out(w), 0)
