"""Arithmetic on the values of constants: machine integers, fractions of them, and doubles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any, Final

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.state import Rules, Sheet, State, Values  # noqa: I001
    from edgewise.simplify.scalars.work_columns import (
        ADD, ASK, DIV, FLOAT, MEMO, MINUS_ONE, MUL, NEG, NEGATIVE, NOUGHT, NUMBER, ONE, OTHER, POSITIVE, POW, POWER,
        RATIO, SUB, TWO, UNKNOWN, ZERO,
    )  # fmt: skip

NO_FOLD = -1
SMALL, EXACT, LOW = 1 << 30, 1 << 53, (1 << 31) - 1
MACHINE: Final = 1 << 62
"""Integers below this, and fractions of such, are numbers of the machine."""
LOST = 2.0**-30
"""The share of a constant that may be lost where constants are added ahead of what stands between them."""
LARGEST, SMALLEST = 1.7976931348623157e308, 2.2250738585072014e-308


def slot_of(values: Values, kind: cython.longlong, num: cython.longlong, den: cython.longlong) -> cython.longlong:
    """Where the value of a kind with these columns is in the table, or would be."""
    mask: cython.longlong = values.slots.shape[0] - 1
    slot: cython.longlong = (((num ^ (num >> 31)) & LOW) * 31 + (den & LOW) * 17 + kind) * 40503 >> 7 & mask
    found: cython.longlong = values.slots[slot]
    while found >= 0 and not (values.kind[found] == kind and values.num[found] == num and values.den[found] == den):
        slot = (slot + 1) & mask
        found = values.slots[slot]
    return slot


def value_number(values: Values, kind: cython.longlong, num: cython.longlong, den: cython.longlong) -> cython.longlong:
    """The number of the value of a kind with these columns, num/den in lowest terms; a new one where there was none."""
    slot: cython.longlong = slot_of(values, kind, num, den)
    found: cython.longlong = values.slots[slot]
    if found < 0:
        found = values.slots[slot] = values.count
        values.count += 1
        values.kind[found], values.num[found], values.den[found], values.node[found] = kind, num, den, -1
    return found


@cython.locals(k=cython.longlong)
def enter_values(values: Values) -> None:
    """Enter all values in an empty table. Other values than numbers are not looked up there."""
    for k in range(values.count):
        if values.kind[k] != OTHER:
            values.slots[slot_of(values, values.kind[k], values.num[k], values.den[k])] = k


@cython.locals(k=cython.longlong)
def described(values: Values, rules: Rules, value: cython.longlong) -> cython.longlong:
    """Fill in class, sign and literal of a value that may be new."""
    if values.sign[value] != 0:
        return value
    num: cython.longlong = values.num[value]
    den: cython.longlong = values.den[value]
    exact: cython.bint = values.kind[value] == RATIO
    number: cython.double = values.real[value]
    if exact:
        number = num if den == 1 else 0.5 if num > 0 else -0.5
    values.sign[value] = POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO
    values.cls[value] = NOUGHT if number == 0 else ONE if number == 1 else MINUS_ONE if number == -1 else NUMBER
    if number == 2:
        values.cls[value] = TWO
    values.literal[value] = -1
    for k in range(rules.literal_num.shape[0]):
        above: cython.longlong = rules.literal_num[k]
        below: cython.longlong = rules.literal_den[k]
        if below > 0 and ((num == above and den == below) if exact else number == above / below):
            values.literal[value] = k
    return value


def attribute_numbers(values: Values, rules: Rules, sheet: Sheet, attrs: Mapping[int, Any]) -> list[int]:
    """Enter the attributes of nodes that are doubles and machine integers; the nodes with other ones are returned.

    Names of inputs are no values: they are never compared.
    """
    node: cython.longlong
    others: list[int] = []
    for node, value in attrs.items():
        if type(value) is float:
            values.real[values.count] = value  # for its bits
            number: cython.longlong = value_number(values, FLOAT, values.num[values.count], 0)
        elif type(value) is int and -MACHINE < value < MACHINE:
            number = value_number(values, RATIO, value, 1)
        else:
            if type(value) is not str:
                others.append(node)
            continue
        sheet.attr[node] = described(values, rules, number)
    return others


def value_of(values: Values, others: Sequence[Any], number: cython.longlong) -> Any:
    """The value of a number; those that are no machine numbers are listed in `others`."""
    if values.kind[number] == FLOAT:
        return values.real[number]
    num: cython.longlong = values.num[number]
    if values.kind[number] == OTHER:
        return others[num]
    return num if values.den[number] == 1 else Fraction(num, values.den[number])


def remembered(s: State, op: cython.longlong, first: cython.longlong, second: cython.longlong) -> cython.longlong:
    """An answer that Python gave, or UNKNOWN and the question noted."""
    slot: cython.longlong = (op * 7919 + first * 31 + second * 17) & (MEMO - 1)
    while s.memo[slot, 3] != UNKNOWN:
        if s.memo[slot, 0] == op and s.memo[slot, 1] == first and s.memo[slot, 2] == second:
            return s.memo[slot, 3]
        slot = (slot + 1) & (MEMO - 1)
    s.asked_op, s.asked_first, s.asked_second, s.asked_slot = op, first, second, slot
    s.stopped = ASK
    return UNKNOWN


def small(values: Values, value: cython.longlong) -> cython.bint:
    """Whether products of such ratios are machine integers."""
    return -SMALL < values.num[value] < SMALL and values.den[value] < SMALL


def ratio(s: State, op: cython.longlong, first: cython.longlong, second: cython.longlong) -> cython.longlong:
    """Exact arithmetic on integers and fractions; `second` is -1 for a negation."""
    if not small(s.values, first) or (second >= 0 and not small(s.values, second)):
        return remembered(s, op, first, second)
    a: cython.longlong = s.values.num[first]
    b: cython.longlong = s.values.den[first]
    c: cython.longlong = s.values.num[second] if second >= 0 else 0
    d: cython.longlong = s.values.den[second] if second >= 0 else 1
    num: cython.longlong = -a
    den: cython.longlong = b
    if s.rules.same_bits and (b > 1 or d > 1):
        return NO_FOLD
    if op == ADD:
        num, den = a * d + c * b, b * d
    elif op == SUB:
        num, den = a * d - c * b, b * d
    elif op == MUL:
        num, den = a * c, b * d
    elif op == DIV:
        if c == 0:
            return NO_FOLD
        num, den = (a * d, b * c) if c > 0 else (-a * d, -b * c)
    if s.rules.same_bits and (num > EXACT or num < -EXACT):
        return NO_FOLD
    x: cython.longlong = num if num > 0 else -num
    y: cython.longlong = den
    while y:
        x, y = y, x % y
    return described(s.values, s.rules, value_number(s.values, RATIO, num // x, den // x))


def machine(s: State, value: cython.longlong) -> cython.bint:
    """Whether a value may become a double: no fraction, and no integer that rounds where bits must be kept."""
    if s.values.kind[value] == FLOAT:
        return True
    exact: cython.bint = -EXACT <= s.values.num[value] <= EXACT
    return s.values.den[value] == 1 and (exact or not s.rules.same_bits)


def as_double(values: Values, value: cython.longlong) -> cython.double:
    """A value as a double."""
    return values.real[value] if values.kind[value] == FLOAT else float(values.num[value])


def folded_double(s: State, op: cython.longlong, x: cython.double, y: cython.double) -> cython.longlong:
    """The value of an operation on doubles."""
    result: cython.double = -x
    if op != NEG:
        if not (abs(x) <= LARGEST and abs(y) <= LARGEST):  # an infinity stays as it stands
            return NO_FOLD
        if op == DIV and y == 0.0:
            return NO_FOLD
        result = x + y if op == ADD else x - y if op == SUB else x * y if op == MUL else x / y
        if not abs(result) <= LARGEST:
            return NO_FOLD
        if (op == MUL or op == DIV) and x != 0.0 and abs(result) < SMALLEST and not s.rules.same_bits:
            return NO_FOLD  # digits are lost
    s.values.real[s.values.count] = result  # for its bits
    return described(s.values, s.rules, value_number(s.values, FLOAT, s.values.num[s.values.count], 0))


def absorbed(x: cython.double, y: cython.double) -> cython.bint:
    """Whether a sum of doubles loses digits of the smaller one that count: what is near -x would miss them."""
    total: cython.double = x + y
    part: cython.double = total - x
    error: cython.double = abs((x - (total - part)) + (y - part))
    return error > LOST * min(abs(x), abs(y))


def apart(s: State, first: cython.longlong, second: cython.longlong) -> cython.bint:
    """Whether constants that are terms of a sum must not be added ahead of the others."""
    if s.values.kind[first] == OTHER or s.values.kind[second] == OTHER:
        return False
    if s.values.kind[first] == RATIO and s.values.kind[second] == RATIO:
        return False  # exact
    return absorbed(rounded(s.values, first), rounded(s.values, second))


def gathered(s: State, op: cython.longlong, first: cython.longlong, second: cython.longlong) -> cython.bint:
    """Whether two constants of a longer sum or product may become one: no digits are lost, and the range is kept."""
    if s.values.kind[first] == OTHER or s.values.kind[second] == OTHER:
        return False
    if op == ADD or op == SUB:
        return not apart(s, first, second)
    x: cython.double = rounded(s.values, first)
    y: cython.double = rounded(s.values, second)
    if y == 0.0:
        return op == MUL
    result: cython.double = abs(x * y if op == MUL else x / y)
    return x == 0.0 or SMALLEST <= result <= LARGEST


def rounded(values: Values, value: cython.longlong) -> cython.double:
    """A value as a double, a fraction rounded."""
    number: cython.double = as_double(values, value)
    return number if values.kind[value] == FLOAT else number / float(values.den[value])


def folded_value(s: State, op: cython.longlong, first: cython.longlong, second: cython.longlong) -> cython.longlong:
    """The value of an operation on values, NO_FOLD where it must stay, UNKNOWN where Python has to be asked.

    Follows `constants.folded`, which does what does not fit here. `second` is -1 for a unary operation, and the
    exponent of a power.
    """
    if op == POWER or op == POW:
        return remembered(s, op, first, second)
    if not (op == NEG or op == ADD or op == SUB or op == MUL or op == DIV):
        return NO_FOLD
    binary: cython.bint = second >= 0
    if s.values.kind[first] == OTHER or (binary and s.values.kind[second] == OTHER):
        return remembered(s, op, first, second)
    if s.values.kind[first] == RATIO and not (binary and s.values.kind[second] == FLOAT):
        return ratio(s, op, first, second)
    if not machine(s, first) or (binary and not machine(s, second)):  # doubles, and integers among them
        return NO_FOLD
    return folded_double(s, op, as_double(s.values, first), as_double(s.values, second) if binary else 0.0)
