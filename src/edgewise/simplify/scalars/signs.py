"""What is proved about the sign of each node, for guards: bit sets of what a real value may be wherever it is defined.

Unknown means unproved, never guessed.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.state import State  # noqa: I001
    from edgewise.simplify.scalars.work_columns import (
        ABS, ADD, ANY_SIGN, BUILTIN, DIV, HYPOT, MAX, MIN, MUL, NEG, NEGATIVE, POSITIVE, POWER, RATIO, SUB, WHERE, ZERO,
    )  # fmt: skip


def flip(signs: cython.longlong) -> cython.longlong:
    """The signs of the negative."""
    return (signs & ZERO) | (NEGATIVE if signs & POSITIVE else 0) | (POSITIVE if signs & NEGATIVE else 0)


def plus(a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """The signs that a sum may have."""
    if (a | b) & POSITIVE and (a | b) & NEGATIVE:
        return ANY_SIGN
    # A sum of terms of one sign vanishes only where all of them may.
    return ((a | b) & (POSITIVE | NEGATIVE)) | (a & b & ZERO)


def times(a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """The signs that a product may have."""
    found: cython.longlong = ZERO if (a | b) & ZERO else 0
    if (a & POSITIVE and b & POSITIVE) or (a & NEGATIVE and b & NEGATIVE):
        found |= POSITIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        found |= NEGATIVE
    return found


def elementwise_signs(
    op: cython.longlong, first: cython.longlong, second: cython.longlong, third: cython.longlong, same: cython.bint,
    odd: cython.bint, known: cython.longlong,
) -> cython.longlong:  # fmt: skip
    """The possible signs of an operation, from those of its arguments.

    `same` says that the first two are one node, `odd` that a power is an odd integer, `known` what the row's range is.
    """
    if op == ADD:
        return plus(first, second)
    if op == SUB:
        return plus(first, flip(second))
    if op == MUL:
        return POSITIVE | (first & ZERO) if same else times(first, second)
    if op == DIV:
        return times(first, second & ~ZERO)
    if op == NEG:
        return flip(first)
    if op == POWER:
        return first if odd else POSITIVE | (first & ZERO)
    if op == WHERE:
        return second | third
    if op == MAX or op == MIN:
        sure: cython.longlong = POSITIVE if op == MAX else NEGATIVE
        return sure if first == sure or second == sure else first | second
    if op == ABS:
        return POSITIVE | (first & ZERO)
    if op == HYPOT:  # 0 only where both sides are
        return POSITIVE | (first & second & ZERO)
    return known


def signs_of(s: State, node: cython.longlong) -> cython.longlong:
    """The possible signs of a node, from those of its arguments."""
    op: cython.longlong = s.op[node]
    a: cython.longlong = s.args[node, 0]
    b: cython.longlong = s.args[node, 1]
    if op >= BUILTIN or a < 0:
        return ANY_SIGN
    second: cython.longlong = s.sign[b] if b >= 0 else ANY_SIGN
    third: cython.longlong = s.sign[s.args[node, 2]] if op == WHERE else ANY_SIGN
    odd: cython.bint = False
    if op == POWER:
        exponent: cython.longlong = s.attr[node]
        whole: cython.bint = s.values.kind[exponent] == RATIO and s.values.den[exponent] == 1
        odd = whole and s.values.num[exponent] % 2 == 1
    return elementwise_signs(op, s.sign[a], second, third, a == b, odd, s.rules.signs[op])
