"""Products planned anew: of many wanted at once, what several of them share is multiplied once.

Each product is a word, exponents by letters. The pair of letters that stands in most words becomes a letter, as do
powers, until each word is one letter. A pair may be a quotient, and the words that it ends count twice. This is greedy,
as in Brayton and McMullen (ISCAS 1982) for logic: no other plan need be shorter, and none is known that always is.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.state import Memory

ALONE = -1
"""In place of a second letter: a power of the first."""


def size_of(value: cython.longlong) -> cython.longlong:
    """A number without its sign. Cython fails to write `abs` of an entry of a column where overflow is checked."""
    return abs(value)


class ProductPlan:
    """Words that become single letters, and the steps that make new letters.

    Of a word: where its room begins, how many letters it has, these in order and their exponents. Of a step, letter
    `first_step` and on: first·second, or first/second with the exponent -1, or a power of the first. Of a letter: the
    words that had it once, as a linked list, and how many they are. Of a pair, which is a step that might be taken: the
    same as of a step, how many words it would shorten, those that it ends twice, and the largest weight with which it
    stands in the heap. Beyond cubes only marked `powers` are steps: x**32 is no shorter than five products.
    """

    def __init__(
        self, memory: Memory, words: cython.longlong, factors: cython.longlong, letters: cython.longlong
    ) -> None:
        most: cython.longlong = letters + factors
        self.memory, self.words, self.letters, self.first_step = memory, 0, letters, letters
        self.steps = self.pairs = self.heap = self.occurrences = 0
        self.powers = memory.ints(65, 0)
        self.start, self.size = memory.ints(words + 1, 0), memory.ints(words, 0)
        self.letter, self.power = memory.ints(factors, 0), memory.ints(factors, 0)
        self.first, self.second, self.exponent = memory.ints(most, 0), memory.ints(most, 0), memory.ints(most, 0)
        self.head, self.listed = memory.ints(most, -1), memory.ints(most, 0)
        self.following, self.reader = memory.ints(2 * factors, -1), memory.ints(2 * factors, 0)
        room: cython.longlong = 16
        while room < 8 * factors:
            room *= 2
        self.pair_first, self.pair_second = memory.ints(room, 0), memory.ints(room, 0)
        self.pair_exponent, self.weight, self.pushed = memory.ints(room, 0), memory.ints(room, 0), memory.ints(room, 0)
        self.table = memory.ints(2 * room, -1)
        self.heap_weight, self.heap_pair = memory.ints(room, 0), memory.ints(room, 0)


# --- words ------------------------------------------------------------------------------------------------------------


def put_letter(p: ProductPlan, word: cython.longlong, letter: cython.longlong, power: cython.longlong) -> None:
    """Put a letter behind those of a word."""
    at: cython.longlong = p.start[word] + p.size[word]
    p.letter[at], p.power[at] = letter, power
    p.size[word] += 1
    list_reader(p, word, letter)


@cython.locals(k=cython.longlong)
def end_word(p: ProductPlan) -> None:
    """End a word: it has room for as many letters as it has factors."""
    end: cython.longlong = p.start[p.words]
    for k in range(p.start[p.words], p.start[p.words] + p.size[p.words]):
        end += size_of(p.power[k])
    p.words += 1
    p.start[p.words] = end


def list_reader(p: ProductPlan, word: cython.longlong, letter: cython.longlong) -> None:
    """Enter a word among those that have a letter."""
    p.reader[p.occurrences], p.following[p.occurrences] = word, p.head[letter]
    p.head[letter] = p.occurrences
    p.listed[letter] += 1
    p.occurrences += 1


@cython.locals(k=cython.longlong)
def power_in(p: ProductPlan, word: cython.longlong, letter: cython.longlong) -> cython.longlong:
    """The exponent of a letter in a word, 0 where it is not there."""
    for k in range(p.start[word], p.start[word] + p.size[word]):
        if p.letter[k] == letter:
            return p.power[k]
    return 0


@cython.locals(k=cython.longlong)
def change(p: ProductPlan, word: cython.longlong, letter: cython.longlong, power: cython.longlong) -> None:
    """Add to the exponent of a letter of a word."""
    at: cython.longlong = p.start[word]
    while p.letter[at] != letter:
        at += 1
    p.power[at] += power
    if p.power[at] == 0:
        p.size[word] -= 1
        for k in range(at, p.start[word] + p.size[word]):
            p.letter[k], p.power[k] = p.letter[k + 1], p.power[k + 1]


# --- pairs ------------------------------------------------------------------------------------------------------------


def slot_of(
    p: ProductPlan, first: cython.longlong, second: cython.longlong, exponent: cython.longlong
) -> cython.longlong:
    """Where in the table a pair is, or would be."""
    mask: cython.longlong = p.table.shape[0] - 1
    key: cython.longlong = (first * 1000003 + (second + 1) * 8191 + exponent + 1) * 40503
    slot: cython.longlong = (key ^ (key >> 15)) & mask
    while p.table[slot] >= 0:
        q: cython.longlong = p.table[slot]
        if p.pair_first[q] == first and p.pair_second[q] == second and p.pair_exponent[q] == exponent:
            break
        slot = (slot + 1) & mask
    return slot


@cython.locals(k=cython.longlong)
def widened(memory: Memory, column: cython.int[::1]) -> cython.int[::1]:
    """A column with twice the room."""
    new: cython.int[::1] = memory.ints(2 * column.shape[0], 0)
    for k in range(column.shape[0]):
        new[k] = column[k]
    return new


@cython.locals(k=cython.longlong)
def grow_pairs(p: ProductPlan) -> None:
    """Twice the room for pairs."""
    p.pair_first, p.pair_second = widened(p.memory, p.pair_first), widened(p.memory, p.pair_second)
    p.pair_exponent, p.weight = widened(p.memory, p.pair_exponent), widened(p.memory, p.weight)
    p.pushed = widened(p.memory, p.pushed)
    p.table = p.memory.ints(2 * p.pair_first.shape[0], -1)
    for k in range(p.pairs):
        p.table[slot_of(p, p.pair_first[k], p.pair_second[k], p.pair_exponent[k])] = k


def pair_number(
    p: ProductPlan, first: cython.longlong, second: cython.longlong, exponent: cython.longlong
) -> cython.longlong:
    """The number of a pair; a new one where it was not known."""
    slot: cython.longlong = slot_of(p, first, second, exponent)
    if p.table[slot] < 0:
        if p.pairs == p.pair_first.shape[0]:
            grow_pairs(p)
            slot = slot_of(p, first, second, exponent)
        p.table[slot] = p.pairs
        p.pair_first[p.pairs], p.pair_second[p.pairs], p.pair_exponent[p.pairs] = first, second, exponent
        p.weight[p.pairs] = p.pushed[p.pairs] = 0
        p.pairs += 1
    return p.table[slot]


def ends(p: ProductPlan, word: cython.longlong, second: cython.longlong, exponent: cython.longlong) -> cython.bint:
    """Whether a word is just this pair of its letters, or its reciprocal."""
    at: cython.longlong = p.start[word]
    if second == ALONE:
        return p.size[word] == 1 and size_of(p.power[at]) == exponent
    return p.size[word] == 2 and size_of(p.power[at]) == 1 and size_of(p.power[at + 1]) == 1


def count_pair(
    p: ProductPlan, word: cython.longlong, first: cython.longlong, second: cython.longlong,
    exponent: cython.longlong, times: cython.longlong,
) -> None:  # fmt: skip
    """Count a pair of a word."""
    pair: cython.longlong = pair_number(p, first, second, exponent)
    p.weight[pair] += 2 * times if ends(p, word, second, exponent) else times
    if times > 0 and p.weight[pair] > p.pushed[pair]:
        push(p, pair)


@cython.locals(k=cython.longlong, m=cython.longlong)
def count_pairs(p: ProductPlan, word: cython.longlong, times: cython.longlong) -> None:
    """Count the pairs that a word has, or, with -1, no longer."""
    end: cython.longlong = p.start[word] + p.size[word]
    for k in range(p.start[word], end):
        size: cython.longlong = size_of(p.power[k])
        if size >= 2:
            count_pair(p, word, p.letter[k], ALONE, 2, times)
        if size >= 3:
            count_pair(p, word, p.letter[k], ALONE, 3, times)
        if size > 3 and p.powers[size]:
            count_pair(p, word, p.letter[k], ALONE, size, times)
        for m in range(k + 1, end):
            side: cython.longlong = 1 if p.power[k] * p.power[m] > 0 else -1
            count_pair(p, word, p.letter[k], p.letter[m], side, times)


# --- the heap ---------------------------------------------------------------------------------------------------------


def before(p: ProductPlan, weight: cython.longlong, pair: cython.longlong, at: cython.longlong) -> cython.bint:
    """Whether a pair of this weight is taken before the one at a place of the heap."""
    other: cython.longlong = p.heap_pair[at]
    if weight != p.heap_weight[at]:
        return weight > p.heap_weight[at]
    if p.pair_first[pair] != p.pair_first[other]:
        return p.pair_first[pair] < p.pair_first[other]
    if p.pair_second[pair] != p.pair_second[other]:
        return p.pair_second[pair] < p.pair_second[other]
    return p.pair_exponent[pair] < p.pair_exponent[other]


def push(p: ProductPlan, pair: cython.longlong) -> None:
    """Put a pair with its weight in the heap."""
    weight: cython.longlong = p.weight[pair]
    if p.heap == p.heap_pair.shape[0]:
        p.heap_weight, p.heap_pair = widened(p.memory, p.heap_weight), widened(p.memory, p.heap_pair)
    at: cython.longlong = p.heap
    p.heap += 1
    while at > 0 and before(p, weight, pair, (at - 1) // 2):
        p.heap_weight[at], p.heap_pair[at] = p.heap_weight[(at - 1) // 2], p.heap_pair[(at - 1) // 2]
        at = (at - 1) // 2
    p.heap_weight[at], p.heap_pair[at] = weight, pair
    p.pushed[pair] = weight


def pop(p: ProductPlan) -> cython.longlong:
    """Take the first pair from the heap; its weight there may be out of date."""
    found: cython.longlong = p.heap_pair[0]
    p.heap -= 1
    weight: cython.longlong = p.heap_weight[p.heap]
    pair: cython.longlong = p.heap_pair[p.heap]
    at: cython.longlong = 0
    while 2 * at + 1 < p.heap:
        child: cython.longlong = 2 * at + 1
        if child + 1 < p.heap and before(p, p.heap_weight[child + 1], p.heap_pair[child + 1], child):
            child += 1
        if before(p, weight, pair, child):
            break
        p.heap_weight[at], p.heap_pair[at] = p.heap_weight[child], p.heap_pair[child]
        at = child
    p.heap_weight[at], p.heap_pair[at] = weight, pair
    return found


# --- steps ------------------------------------------------------------------------------------------------------------


def has(p: ProductPlan, word: cython.longlong, pair: cython.longlong) -> cython.bint:
    """Whether a word has a pair."""
    one: cython.longlong = power_in(p, word, p.pair_first[pair])
    if p.pair_second[pair] == ALONE:
        return abs(one) >= p.pair_exponent[pair]
    return one * power_in(p, word, p.pair_second[pair]) * p.pair_exponent[pair] > 0


def shorten(
    p: ProductPlan, word: cython.longlong, pair: cython.longlong, letter: cython.longlong, side: cython.longlong
) -> None:
    """Put a new letter in place of a pair of a word; `side` is -1 where it is the reciprocal of the pair."""
    first: cython.longlong = p.pair_first[pair]
    second: cython.longlong = p.pair_second[pair]
    exponent: cython.longlong = p.pair_exponent[pair]
    one: cython.longlong = power_in(p, word, first)
    count: cython.longlong = 1 if one > 0 else -1
    count_pairs(p, word, -1)
    if second == ALONE:
        count *= abs(one) // exponent
        change(p, word, first, -count * exponent)
    else:
        count *= min(abs(one), abs(power_in(p, word, second)))
        change(p, word, first, -count)
        change(p, word, second, -count * exponent)
    put_letter(p, word, letter, side * count)
    count_pairs(p, word, 1)


def take(p: ProductPlan, pair: cython.longlong) -> None:
    """Make a letter of a pair, in all words that have it."""
    first: cython.longlong = p.pair_first[pair]
    second: cython.longlong = p.pair_second[pair]
    exponent: cython.longlong = p.pair_exponent[pair]
    letter: cython.longlong = p.letters
    over: cython.longlong = 0
    p.letters += 1
    # a/b rather than b/a where more words have a above the bar.
    rare: cython.longlong = second if second != ALONE and p.listed[second] < p.listed[first] else first
    at: cython.longlong = p.head[rare]
    while at >= 0:
        if has(p, p.reader[at], pair):
            over += 1 if power_in(p, p.reader[at], first) > 0 else -1
        at = p.following[at]
    turned: cython.bint = second != ALONE and exponent < 0 and over < 0
    step: cython.longlong = letter - p.first_step
    p.first[step] = second if turned else first
    p.second[step] = first if turned else second
    p.exponent[step] = exponent
    at = p.head[rare]
    while at >= 0:
        if has(p, p.reader[at], pair):
            shorten(p, p.reader[at], pair, letter, -1 if turned else 1)
        at = p.following[at]


@cython.locals(word=cython.longlong)
def plan_products(p: ProductPlan) -> None:
    """Take the pair that most words share, of equals the first, until each word is one letter."""
    for word in range(p.words):
        count_pairs(p, word, 1)
    while p.heap:
        weight: cython.longlong = p.heap_weight[0]
        pair: cython.longlong = pop(p)
        if weight < p.pushed[pair]:
            continue  # it stands there once more
        p.pushed[pair] = 0
        if p.weight[pair] == weight:
            take(p, pair)
        elif p.weight[pair] > 0:
            push(p, pair)
