"""Products, quotients, powers and roots in one form: a coefficient times whole powers of other nodes.

In this form factors cancel wherever they stand, 1/(b/a)/a is 1/b, and equal values are equal words, so that what is
wanted can be planned anew, with as few operations as there are (see `product_plans`). Sums are letters of the form:
what their terms have in common is taken out of them, and a sum and its negative are one. A root of x is a letter whose
square, or cube, is x.

What divides, and a root, may not vanish for good: it must be somewhere in the result, or the result would be defined
where the graph is not (see `normal_form`).
"""

from __future__ import annotations

import cython

from edgewise.ops import CODE

if not cython.compiled:
    from edgewise.simplify.scalars.product_plans import size_of
    from edgewise.simplify.scalars.state import State
    from edgewise.simplify.scalars.work_columns import ADD, CONST, DIV, MUL, NEG, POWER, RATIO, SQRT, SUB

CBRT = cython.declare(cython.longlong, CODE["cbrt"])

MOST, LARGEST = 12, 64
"""The most letters of a word, or the pairs of letters would be too many; and the largest exponent."""
SMALL = 1 << 30
"""Numerators and denominators of coefficients are smaller."""
NO_WORD, LOW = -1, (1 << 31) - 1


class Forms:
    """The forms of the nodes that are read, in a graph of n, and the words and letters that they are made of.

    A word is a sorted list of letters with exponents, each word once; word 0 is 1. A letter, called atom, is a node
    that is no product, or a sum of two terms that have nothing in common, and comes behind the letters of what it
    reads. Of an atom: its node, that of a sum negative and one less; of what it is a root, 2 or 3, and of which word;
    whether something is divided by it; whether it must not cancel. `terms` are of sums (coefficient, its denominator,
    word) twice. Nodes that are `opaque` are letters, whatever they are. What terms have in common is taken out where
    that is `factoring`; `taken` says whether there was any.
    """

    def __init__(
        self, s: State, opaque: cython.int[::1], kept: cython.int[::1], factoring: cython.bint
    ) -> None:  # fmt: skip
        n: cython.longlong = s.count
        most: cython.longlong = 6 * n + 2
        slots: cython.longlong = 16
        while slots < 2 * most:
            slots *= 2
        self.factoring, self.taken = factoring, False
        self.s, self.opaque, self.words, self.atoms, self.size, self.num_, self.den_ = s, opaque, 0, 0, 0, 1, 1
        memory = s.memory
        self.length, self.letters = memory.ints(most, 0), memory.ints(MOST * most, 0)
        self.powers, self.table = memory.ints(MOST * most, 0), memory.ints(slots, -1)
        self.num, self.den, self.word = memory.longs(n, 0), memory.longs(n, 1), memory.longs(n, NO_WORD)
        # A sum whose form would be too long is a letter all the same: two at most for each node.
        self.node, self.root, self.base = memory.ints(2 * n, 0), memory.ints(2 * n, 0), memory.ints(2 * n, 0)
        self.divides, self.kept = memory.ints(2 * n, 0), kept
        self.terms, self.sum_table = memory.rows(4 * n + 2), memory.ints(slots, -1)
        self.work_letter, self.work_power = memory.ints(128, 0), memory.ints(128, 0)
        interned(self)
        find_forms(self)


# --- words ------------------------------------------------------------------------------------------------------------


@cython.locals(k=cython.longlong)
def put_power(f: Forms, letter: cython.longlong, power: cython.longlong) -> None:
    """Multiply the word in hand by a power of a letter."""
    at: cython.longlong = f.size
    while at > 0 and f.work_letter[at - 1] >= letter:
        at -= 1
    if at < f.size and f.work_letter[at] == letter:
        f.work_power[at] += power
        if f.work_power[at] == 0:
            f.size -= 1
            for k in range(at, f.size):
                f.work_letter[k], f.work_power[k] = f.work_letter[k + 1], f.work_power[k + 1]
        return
    for k in range(f.size, at, -1):
        f.work_letter[k], f.work_power[k] = f.work_letter[k - 1], f.work_power[k - 1]
    f.work_letter[at], f.work_power[at] = letter, power
    f.size += 1


@cython.locals(k=cython.longlong)
def put_word(f: Forms, word: cython.longlong, times: cython.longlong) -> None:
    """Multiply the word in hand by a power of a word; one that is far too long already stays so."""
    if f.size > 4 * MOST:
        return
    for k in range(MOST * word, MOST * word + f.length[word]):
        put_power(f, f.letters[k], times * f.powers[k])


@cython.locals(k=cython.longlong)
def is_in_hand(f: Forms, word: cython.longlong, size: cython.longlong) -> cython.bint:
    """Whether a word has the letters that are in hand, so many."""
    for k in range(size):
        at: cython.longlong = MOST * word + k
        if f.letters[at] != f.work_letter[k] or f.powers[at] != f.work_power[k]:
            return False
    return f.length[word] == size


@cython.locals(k=cython.longlong)
def interned(f: Forms) -> cython.longlong:
    """The number of the word in hand, NO_WORD where it is too long; nothing is in hand then."""
    size: cython.longlong = f.size
    f.size = 0
    if size > MOST:
        return NO_WORD
    key: cython.longlong = size
    for k in range(size):
        if not -LARGEST <= f.work_power[k] <= LARGEST:
            return NO_WORD
        key = (key & LOW) * 1000003 + f.work_letter[k] * 8191 + f.work_power[k] + LARGEST
    slot: cython.longlong = (key ^ (key >> 17)) & (f.table.shape[0] - 1)
    while f.table[slot] >= 0:
        word: cython.longlong = f.table[slot]
        if is_in_hand(f, word, size):
            return word
        slot = (slot + 1) & (f.table.shape[0] - 1)
    new: cython.longlong = f.words
    f.words += 1
    f.table[slot], f.length[new] = new, size
    for k in range(size):
        f.letters[MOST * new + k], f.powers[MOST * new + k] = f.work_letter[k], f.work_power[k]
    return new


def single(f: Forms, atom: cython.longlong) -> cython.longlong:
    """The word that is just this letter."""
    f.size = 0
    put_power(f, atom, 1)
    return interned(f)


@cython.locals(k=cython.longlong)
def total(f: Forms) -> cython.longlong:
    """How many letters the word in hand has, counted by their exponents."""
    found: cython.longlong = 0
    for k in range(f.size):
        found += size_of(f.work_power[k])
    return found


def reduce_roots(f: Forms) -> None:
    """Multiply roots with each other, and with what they are roots of, as far as that leaves fewer letters."""
    k: cython.longlong = 0
    while k < f.size and f.size <= 4 * MOST:
        atom: cython.longlong = f.work_letter[k]
        side: cython.longlong = 1 if f.work_power[k] > 0 else -1
        root: cython.longlong = f.root[atom]
        k += 1
        if not root or f.kept[f.node[atom]]:
            continue
        count: cython.longlong = side * f.work_power[k - 1] // root
        before: cython.longlong = total(f)
        # x/√x is √x, and √x/x is 1/√x
        change: cython.longlong = side * max(count, 1)
        put_power(f, atom, -change * root)
        put_word(f, f.base[atom], change)
        if count or total(f) < before:
            k = 0
        else:
            put_word(f, f.base[atom], -change)
            put_power(f, atom, change * root)


# --- forms ------------------------------------------------------------------------------------------------------------


def coefficient(f: Forms, num: cython.longlong, den: cython.longlong) -> cython.bint:
    """Let a fraction be the coefficient in hand; False where it is 0 or too large."""
    if den < 0:
        num, den = -num, -den
    if num == 0 or den == 0:
        return False
    x: cython.longlong = abs(num)
    y: cython.longlong = den
    while y:
        x, y = y, x % y
    f.num_, f.den_ = num // x, den // x
    return -SMALL < f.num_ < SMALL and f.den_ < SMALL


def enter(f: Forms, node: cython.longlong, word: cython.longlong) -> cython.bint:
    """Let the coefficient in hand and a word be the form of a node; False where there is no such word."""
    if word == NO_WORD:
        return False
    f.num[node], f.den[node], f.word[node] = f.num_, f.den_, word
    return True


def enter_atom(f: Forms, node: cython.longlong) -> None:
    """Let a node be a letter."""
    atom: cython.longlong = f.atoms
    f.atoms += 1
    f.node[atom], f.root[atom] = node, 0
    f.num[node], f.den[node], f.word[node] = 1, 1, single(f, atom)
    op: cython.longlong = f.s.op[node]
    if not f.opaque[node] and (op == SQRT or op == CBRT):
        a: cython.longlong = f.s.args[node, 0]
        if f.num[a] == 1 and f.den[a] == 1 and f.word[a] > 0:
            f.root[atom], f.base[atom] = 2 if op == SQRT else 3, f.word[a]


def first_of(f: Forms, atom: cython.longlong) -> cython.longlong:
    """The node that an atom is, or the first of which it is a factor."""
    return f.node[atom] if f.node[atom] >= 0 else -1 - f.node[atom]


@cython.locals(k=cython.longlong, m=cython.longlong)
def cancels(f: Forms, a: cython.longlong, b: cython.longlong, times: cython.longlong) -> cython.bint:
    """Whether a letter that must not would cancel in a product of words."""
    for k in range(MOST * a, MOST * a + f.length[a]):
        for m in range(MOST * b, MOST * b + f.length[b]):
            opposite: cython.bint = f.letters[k] == f.letters[m] and f.powers[k] * f.powers[m] * times < 0
            if opposite and f.kept[first_of(f, f.letters[k])]:
                return True
    return False


@cython.locals(k=cython.longlong)
def divide(f: Forms, word: cython.longlong, times: cython.longlong) -> None:
    """Note what is divided by, if it is."""
    for k in range(MOST * word, MOST * word + f.length[word]):
        if times < 0 < f.powers[k]:
            f.divides[f.letters[k]] = 1


def product(
    f: Forms, node: cython.longlong, a: cython.longlong, b: cython.longlong, times: cython.longlong
) -> cython.bint:
    """Let a node be a·b, or a/b with -1; False where that has no form."""
    u: cython.longlong = f.num[b] if times > 0 else f.den[b]
    v: cython.longlong = f.den[b] if times > 0 else f.num[b]
    if not coefficient(f, f.num[a] * u, f.den[a] * v) or cancels(f, f.word[a], f.word[b], times):
        return False
    divide(f, f.word[b], times)
    f.size = 0
    put_word(f, f.word[a], 1)
    put_word(f, f.word[b], times)
    reduce_roots(f)
    return enter(f, node, interned(f))


@cython.locals(_k=cython.longlong)
def power_of(f: Forms, node: cython.longlong, a: cython.longlong, exponent: cython.longlong) -> cython.bint:
    """Let a node be a whole power; False where that has no form."""
    if exponent == 0 or not -LARGEST <= exponent <= LARGEST or f.word[a] == 0:
        return False
    num: cython.longlong = f.num[a] if exponent > 0 else f.den[a]
    den: cython.longlong = f.den[a] if exponent > 0 else f.num[a]
    f.num_ = f.den_ = 1
    for _k in range(abs(exponent)):
        if not coefficient(f, f.num_ * num, f.den_ * den):
            return False
    divide(f, f.word[a], exponent)
    f.size = 0
    put_word(f, f.word[a], exponent)
    reduce_roots(f)
    return enter(f, node, interned(f))


def number(f: Forms, node: cython.longlong) -> cython.bint:
    """Let a constant be a coefficient; False where it is no fraction of small numbers."""
    value: cython.longlong = f.s.attr[node]
    if f.s.values.kind[value] != RATIO or not -SMALL < f.s.values.num[value] < SMALL:
        return False
    den: cython.longlong = f.s.values.den[value]
    return den < SMALL and coefficient(f, f.s.values.num[value], den) and enter(f, node, 0)


# --- sums -------------------------------------------------------------------------------------------------------------


@cython.locals(k=cython.longlong, m=cython.longlong)
def in_common(f: Forms, a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """What divides both words: of each letter the power nearer to 1, where both have it on the same side of the bar."""
    f.size = 0
    for k in range(MOST * a, MOST * a + f.length[a]):
        for m in range(MOST * b, MOST * b + f.length[b]):
            if f.letters[k] == f.letters[m] and f.powers[k] * f.powers[m] > 0:
                one: cython.longlong = f.powers[k]
                two: cython.longlong = f.powers[m]
                put_power(f, f.letters[k], one if abs(one) <= abs(two) else two)
    return interned(f)


def quotient(f: Forms, a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """A word divided by another one."""
    f.size = 0
    put_word(f, a, 1)
    put_word(f, b, -1)
    return interned(f)


def sum_atom(f: Forms, node: cython.longlong) -> cython.longlong:
    """The letter of the sum whose terms stand in the two rows behind those of the atoms: twice its number, and one
    more where it is the negative of that."""
    new: cython.longlong = 2 * f.atoms
    x: cython.longlong = new if f.terms[new, 2] < f.terms[new + 1, 2] else new + 1
    y: cython.longlong = 2 * new + 1 - x
    key: cython.longlong = (
        (f.terms[x, 2] * 1000003 + f.terms[y, 2]) * 8191 + size_of(f.terms[x, 0]) + size_of(f.terms[y, 0])
    )
    slot: cython.longlong = (key ^ (key >> 17)) & (f.sum_table.shape[0] - 1)
    while f.sum_table[slot] >= 0:
        old: cython.longlong = 2 * f.sum_table[slot]
        u: cython.longlong = old if f.terms[old, 2] < f.terms[old + 1, 2] else old + 1
        v: cython.longlong = 2 * old + 1 - u
        same: cython.bint = f.terms[u, 2] == f.terms[x, 2] and f.terms[v, 2] == f.terms[y, 2]
        same = same and f.terms[u, 1] == f.terms[x, 1] and f.terms[v, 1] == f.terms[y, 1]
        if same and f.terms[u, 0] == f.terms[x, 0] and f.terms[v, 0] == f.terms[y, 0]:
            return old
        if same and f.terms[u, 0] == -f.terms[x, 0] and f.terms[v, 0] == -f.terms[y, 0]:
            return old + 1
        slot = (slot + 1) & (f.sum_table.shape[0] - 1)
    f.sum_table[slot] = f.atoms
    f.node[f.atoms], f.root[f.atoms] = -1 - node, 0
    f.atoms += 1
    return new


@cython.locals(k=cython.longlong)
def sum_of(
    f: Forms, node: cython.longlong, a: cython.longlong, b: cython.longlong, sign: cython.longlong
) -> cython.bint:
    """Let a node be a + b, or a - b: what both have in common, times a sum that has nothing in common."""
    x: cython.longlong = f.num[a] * f.den[b]
    y: cython.longlong = sign * f.num[b] * f.den[a]
    if f.word[a] == f.word[b]:
        return coefficient(f, x + y, f.den[a] * f.den[b]) and enter(f, node, f.word[a])
    shared: cython.longlong = in_common(f, f.word[a], f.word[b])
    f.taken = f.taken or shared > 0
    if not f.factoring:
        shared = 0
    # The factor that the coefficients have in common where one is a multiple of the other; negative if both are.
    num: cython.longlong = 1
    den: cython.longlong = 1
    if abs(x) % abs(y) == 0:
        num, den = size_of(f.num[b]), f.den[b]
    elif abs(y) % abs(x) == 0:
        num, den = size_of(f.num[a]), f.den[a]
    if x < 0 and y < 0:
        num = -num
    at: cython.longlong = 2 * f.atoms
    for k in range(2):
        term: cython.longlong = b if k else a
        if not coefficient(f, (sign if k else 1) * f.num[term] * den, f.den[term] * num):
            return False
        f.terms[at + k, 0], f.terms[at + k, 1] = f.num_, f.den_
        f.terms[at + k, 2] = quotient(f, f.word[term], shared)
        if f.terms[at + k, 2] == NO_WORD:
            return False
    found: cython.longlong = sum_atom(f, node)
    if not coefficient(f, -num if found & 1 else num, den):
        return False
    f.size = 0
    put_word(f, shared, 1)
    put_power(f, found >> 1, 1)
    reduce_roots(f)
    return enter(f, node, interned(f))


# --- the graph --------------------------------------------------------------------------------------------------------


def form_of(f: Forms, node: cython.longlong) -> cython.bint:
    """Find the form of a node that is no letter; False where it is one."""
    op: cython.longlong = f.s.op[node]
    a: cython.longlong = f.s.args[node, 0]
    b: cython.longlong = f.s.args[node, 1]
    if op == CONST:
        return number(f, node)
    if f.opaque[node] or a < 0:
        return False
    if op == ADD or op == SUB:
        return sum_of(f, node, a, b, 1 if op == ADD else -1)
    if op == MUL or op == DIV:
        return product(f, node, a, b, 1 if op == MUL else -1)
    if op == NEG:
        return coefficient(f, -f.num[a], f.den[a]) and enter(f, node, f.word[a])
    if op == POWER:
        value: cython.longlong = f.s.attr[node]
        whole: cython.bint = f.s.values.kind[value] == RATIO and f.s.values.den[value] == 1
        return whole and power_of(f, node, a, f.s.values.num[value])
    return False


@cython.locals(node=cython.longlong)
def find_forms(f: Forms) -> None:
    """Find the forms of all nodes that are read."""
    for node in range(f.s.count):
        if f.s.uses[node] and not form_of(f, node):
            enter_atom(f, node)
