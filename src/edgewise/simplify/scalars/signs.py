"""What is proved about the sign of each node, for guards: bit sets of what a real value may be wherever it is defined.

Unknown means unproved, never guessed.
"""

from __future__ import annotations

from edgewise.native import inlined
from edgewise.simplify.scalars.work_columns import (
    ANY_SIGN,
    ARGS,
    ATTR,
    DEN,
    KIND,
    NEGATIVE,
    NUM,
    OP,
    POSITIVE,
    RANGE,
    RATIO,
    SIGN,
    ZERO,
    Codes,
    Ints,
)

__all__ = ["elementwise_signs", "plus", "signs_of", "times"]


@inlined
def flip(signs: int) -> int:
    """The signs of the negative."""
    return (signs & ZERO) | (NEGATIVE if signs & POSITIVE else 0) | (POSITIVE if signs & NEGATIVE else 0)


@inlined
def plus(a: int, b: int) -> int:
    """The signs that a sum may have."""
    if (a | b) & POSITIVE and (a | b) & NEGATIVE:
        return ANY_SIGN
    # A sum of terms of one sign vanishes only where all of them may.
    return ((a | b) & (POSITIVE | NEGATIVE)) | (a & b & ZERO)


@inlined
def times(a: int, b: int) -> int:
    """The signs that a product may have."""
    found = ZERO if (a | b) & ZERO else 0
    if (a & POSITIVE and b & POSITIVE) or (a & NEGATIVE and b & NEGATIVE):
        found |= POSITIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        found |= NEGATIVE
    return found


@inlined
def elementwise_signs(codes: Codes, op: int, first: int, second: int, third: int, same: bool, odd: bool,
                      known: int) -> int:  # fmt: skip
    """The possible signs of an operation, from those of its arguments.

    `same` says that the first two are one node, `odd` that a power is an odd integer, `known` what the row's range is.
    """
    if op == codes.add:
        return plus(first, second)
    if op == codes.sub:
        return plus(first, flip(second))
    if op == codes.mul:
        return POSITIVE | (first & ZERO) if same else times(first, second)
    if op == codes.div:
        return times(first, second & ~ZERO)
    if op == codes.neg:
        return flip(first)
    if op == codes.power:
        return first if odd else POSITIVE | (first & ZERO)
    if op == codes.where:
        return second | third
    if op == codes.max or op == codes.min:
        sure = POSITIVE if op == codes.max else NEGATIVE
        return sure if first == sure or second == sure else first | second
    if op == codes.abs:
        return POSITIVE | (first & ZERO)
    return known


@inlined
def signs_of(nodes: Ints, values: Ints, rules: Ints, codes: Codes, node: int) -> int:
    """The possible signs of a node, from those of its arguments."""
    op, a, b = nodes[node, OP], nodes[node, ARGS], nodes[node, ARGS + 1]
    if op >= codes.builtin or a < 0:
        return ANY_SIGN
    second = nodes[b, SIGN] if b >= 0 else ANY_SIGN
    third, odd = ANY_SIGN, False
    if op == codes.where:
        third = nodes[nodes[node, ARGS + 2], SIGN]
    if op == codes.power:
        exponent = nodes[node, ATTR]
        odd = values[exponent, KIND] == RATIO and values[exponent, DEN] == 1 and values[exponent, NUM] % 2 == 1
    return elementwise_signs(codes, op, nodes[a, SIGN], second, third, a == b, odd, rules[rules[RANGE] + op])
