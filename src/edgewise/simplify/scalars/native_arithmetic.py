"""Arithmetic on the values of constants in native code: machine integers, fractions of them, and doubles."""

from __future__ import annotations

import numpy as np

from edgewise.native import native, single
from edgewise.simplify.scalars.work_columns import (
    ASK,
    ASKED,
    DEN,
    FLAG,
    FLOAT,
    KIND,
    LITERAL,
    LITERAL_DEN,
    LITERAL_NUM,
    LITERALS,
    MEMO,
    MEMO_SIZE,
    NEGATIVE,
    NUM,
    OTHER,
    POSITIVE,
    RATIO,
    SAME_BITS,
    TABLE,
    UNKNOWN,
    VALUE_CLS,
    VALUE_SIGN,
    VALUES,
    ZERO,
    Codes,
    Ints,
)

__all__ = ["NO_FOLD", "folded_value", "value_number", "value_numbers"]

NO_FOLD = -1
SMALL, EXACT = 1 << 30, 1 << 53
LARGEST, SMALLEST = 1.7976931348623157e308, 2.2250738585072014e-308


@single
def value_number(values: Ints, work: Ints, kind: int, num: int, den: int) -> int:
    """The number of the value of a kind with these columns, num/den in lowest terms; a new one where there was none."""
    mask = len(values) - 1
    folded = (num ^ (num >> 31)) & 0x7FFFFFFF
    slot = ((folded * 31 + (den & 0x7FFFFFFF) * 17 + kind) * 40503 >> 7) & mask
    while values[slot, TABLE] >= 0:
        found = values[slot, TABLE]
        if values[found, KIND] == kind and values[found, NUM] == num and values[found, DEN] == den:
            return found
        slot = (slot + 1) & mask
    new = work[VALUES]
    work[VALUES] = new + 1
    values[slot, TABLE] = new
    values[new, KIND], values[new, NUM], values[new, DEN] = kind, num, den
    return new


@native
def _described(values: Ints, rules: Ints, codes: Codes, value: int) -> int:
    """Fill in class, sign and literal of a value that may be new."""
    if values[value, VALUE_SIGN] != 0:
        return value
    exact = values[value, KIND] == RATIO
    number = values[value, NUM] / values[value, DEN] if exact else values.view(np.float64)[value, NUM]
    values[value, VALUE_SIGN] = POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO
    cls = codes.number
    if number == 0:
        cls = codes.zero
    elif number == 1:
        cls = codes.zero + 1
    elif number == -1:
        cls = codes.zero + 2
    elif number == 2:
        cls = codes.zero + 3
    values[value, VALUE_CLS] = cls
    values[value, LITERAL] = -1
    for k in range(rules[LITERALS]):
        num, den = rules[rules[LITERAL_NUM] + k], rules[rules[LITERAL_DEN] + k]
        if den > 0 and ((values[value, NUM] == num and values[value, DEN] == den) if exact else number == num / den):
            values[value, LITERAL] = k
    return value


@native
def value_numbers(kind: int, nums: Ints, values: Ints, rules: Ints, codes: Codes, work: Ints, found: Ints) -> None:
    """The numbers of many doubles, given by their bits, or of many machine integers."""
    for k in range(len(nums)):
        value = value_number(values, work, kind, nums[k], 1 if kind == RATIO else 0)
        found[k] = _described(values, rules, codes, value)


@native
def _remembered(work: Ints, op: int, first: int, second: int) -> int:
    """An answer that Python gave, or UNKNOWN and the question noted."""
    slot = (op * 7919 + first * 31 + second * 17) & (MEMO_SIZE - 1)
    while work[MEMO + 4 * slot + 3] != UNKNOWN:
        at = MEMO + 4 * slot
        if work[at] == op and work[at + 1] == first and work[at + 2] == second:
            return work[at + 3]
        slot = (slot + 1) & (MEMO_SIZE - 1)
    work[ASKED], work[ASKED + 1], work[ASKED + 2], work[ASKED + 3] = op, first, second, slot
    work[FLAG] = ASK
    return UNKNOWN


@native
def _ratio(values: Ints, rules: Ints, codes: Codes, work: Ints, op: int, first: int, second: int) -> int:
    """Exact arithmetic on integers and fractions; `second` is -1 for a negation."""
    a, b = values[first, NUM], values[first, DEN]
    c, d = 0, 1
    if second >= 0:
        c, d = values[second, NUM], values[second, DEN]
    if abs(a) >= SMALL or b >= SMALL or abs(c) >= SMALL or d >= SMALL:
        return _remembered(work, op, first, second)
    if rules[SAME_BITS] and (b > 1 or d > 1):
        return NO_FOLD
    if op == codes.neg:
        num, den = -a, b
    elif op == codes.add:
        num, den = a * d + c * b, b * d
    elif op == codes.sub:
        num, den = a * d - c * b, b * d
    elif op == codes.mul:
        num, den = a * c, b * d
    elif c == 0:
        return NO_FOLD
    else:
        num, den = (a * d, b * c) if c > 0 else (-a * d, -b * c)
    if rules[SAME_BITS] and abs(num) > EXACT:
        return NO_FOLD
    x, y = abs(num), den
    while y:
        x, y = y, x % y
    if x > 1:
        num, den = num // x, den // x
    return _described(values, rules, codes, value_number(values, work, RATIO, num, den))


@native
def _machine(values: Ints, rules: Ints, value: int) -> bool:
    """Whether a value may become a double: no fraction, and no integer that rounds where bits must be kept."""
    if values[value, KIND] == FLOAT:
        return True
    return values[value, DEN] == 1 and not (rules[SAME_BITS] and abs(values[value, NUM]) > EXACT)


@native
def _double(values: Ints, value: int) -> float:
    """A value as a double."""
    if values[value, KIND] == FLOAT:
        return values.view(np.float64)[value, NUM]
    return float(values[value, NUM])


@native
def folded_value(values: Ints, rules: Ints, codes: Codes, work: Ints, op: int, first: int, second: int) -> int:
    """The value of an operation on values, NO_FOLD where it must stay, UNKNOWN where Python has to be asked.

    Follows `constants.folded`, which does what does not fit here. `second` is -1 for a unary operation, and the
    exponent of a power.
    """
    if op == codes.power or op == codes.pow:
        return _remembered(work, op, first, second)
    if not (op == codes.neg or op == codes.add or op == codes.sub or op == codes.mul or op == codes.div):
        return NO_FOLD
    kind, other = values[first, KIND], values[max(second, 0), KIND]
    if kind == OTHER or (second >= 0 and other == OTHER):
        return _remembered(work, op, first, second)
    if kind == RATIO and (second < 0 or other == RATIO):
        return _ratio(values, rules, codes, work, op, first, second)
    # Doubles, and integers among them.
    if not _machine(values, rules, first) or (second >= 0 and not _machine(values, rules, second)):
        return NO_FOLD
    x, y = _double(values, first), 0.0
    if second >= 0:
        y = _double(values, second)
    if op != codes.neg and not (abs(x) <= LARGEST and abs(y) <= LARGEST):  # an infinity stays as it stands
        return NO_FOLD
    result = -x
    if op == codes.add:
        result = x + y
    elif op == codes.sub:
        result = x - y
    elif op == codes.mul:
        result = x * y
    elif op == codes.div:
        if y == 0.0:
            return NO_FOLD
        result = x / y
    if op != codes.neg and not abs(result) <= LARGEST:
        return NO_FOLD
    scales = op == codes.mul or op == codes.div
    if scales and x != 0.0 and abs(result) < SMALLEST and not rules[SAME_BITS]:  # digits are lost
        return NO_FOLD
    new = work[VALUES]
    values.view(np.float64)[new, NUM] = result  # for its bits
    return _described(values, rules, codes, value_number(values, work, FLOAT, values[new, NUM], 0))
