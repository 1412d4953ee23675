"""Computing a graph modulo a prime, at a random point.

Sums, products and quotients by constants are computed as they are; all other operations are unknowns, the same for the
same arguments. The prime is 2**61 - 1: 2**61 is 1, so that no division is needed, and doubles are exact.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from edgewise.native import inlined, native
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ATTR,
    COMMUTATIVE,
    DEN,
    FLOAT,
    KIND,
    NUM,
    OP,
    RATIO,
    USES,
    Codes,
    Ints,
)

__all__ = ["P", "residues"]

P: Final = (1 << 61) - 1
HALF, QUARTER = (1 << 31) - 1, (1 << 30) - 1
MIX_A, MIX_B = 0x19E3779B97F4A7C1, 0x0F58476D1CE4E5B9
MAX_DEGREE = 1 << 20
MAX_EXPONENT = 1 << 10


@inlined
def _times(a: int, b: int) -> int:
    """The product of two residues; no step leaves 63 bits."""
    high, low = (a >> 31) * (b >> 31), (a & HALF) * (b & HALF)
    middle = (a >> 31) * (b & HALF) + (a & HALF) * (b >> 31)
    total = 2 * high + (middle >> 30) + ((middle & QUARTER) << 31) + (low >> 61) + (low & P)
    total = (total & P) + (total >> 61)
    return total - P if total >= P else total


@native
def _mixed(state: int, number: int) -> int:
    """A residue that depends on both at random. Not linear, as sums of unknowns would then be related."""
    state = (state ^ number) & P
    state = _times(state, MIX_A)
    state = (state ^ (state >> 29)) & P
    state = _times(state, MIX_B)
    state = (state ^ (state >> 32)) & P
    return state % P


@native
def _inverse(a: int) -> int:
    """The reciprocal of a residue, by Euclid's algorithm."""
    before, now, rest, divisor = 0, 1, P, a
    while divisor:
        quotient = rest // divisor
        before, now = now, before - quotient * now
        rest, divisor = divisor, rest - quotient * divisor
    return before % P


@native
def _raised(a: int, exponent: int) -> int:
    """A power of a residue."""
    result = 1
    while exponent:
        if exponent & 1:
            result = _times(result, a)
        a = _times(a, a)
        exponent >>= 1
    return result


@native
def _constant(values: Ints, value: int, seed: int) -> int:
    """The residue of a constant: fractions and doubles are exact, others unknowns."""
    kind, num = int(values[value, KIND]), int(values[value, NUM])
    if kind == RATIO:
        den = int(values[value, DEN])
        return num % P if den == 1 else _times(num % P, _inverse(den % P))
    exponent = (num >> 52) & 2047
    if kind == FLOAT and exponent < 2047:
        mantissa = num & ((1 << 52) - 1)
        if exponent:
            mantissa += 1 << 52
        # 2**61 is 1, so a power of two is a shift; numbers below the normal ones have the exponent 1.
        size = _times(mantissa, 1 << ((max(exponent, 1) - 1075) % 61))
        return (P - size) % P if num < 0 else size
    return _mixed(seed, 2 * value + 1)


@native
def _unknown(nodes: Ints, rules: Ints, codes: Codes, node: int, seed: int, found: Ints) -> int:
    """A residue for an operation that is not polynomial: the same for the same arguments."""
    op = int(nodes[node, OP])
    state = _mixed(_mixed(seed, op), int(nodes[node, ATTR]))
    first, second = int(nodes[node, ARGS]), int(nodes[node, ARGS + 1])
    swap = second >= 0 and rules[rules[COMMUTATIVE] + min(op, codes.builtin)] and found[second] < found[first]
    for k in range(ARGS, nodes.shape[1]):
        j = int(nodes[node, k])
        if swap:
            j = second if k == ARGS else first if k == ARGS + 1 else j
        if j >= 0:
            state = _mixed(state, int(found[j]))
    return state


@native
def residues(nodes: Ints, values: Ints, rules: Ints, codes: Codes, seed: int, found: Ints) -> None:
    """Compute every node modulo p at a random point, into `found`."""
    n = len(nodes)
    degree = np.zeros(n, dtype=np.int64)
    for i in range(n):
        if nodes[i, USES] == 0:
            continue
        op, a, b = int(nodes[i, OP]), int(nodes[i, ARGS]), int(nodes[i, ARGS + 1])
        value, size = -1, 1
        if op == codes.const:
            value, size = _constant(values, int(nodes[i, ATTR]), seed), 0
        elif op == codes.input:
            value = _mixed(seed, 2 * i)
        elif op == codes.add:
            value, size = int(found[a]) + int(found[b]), max(degree[a], degree[b])
            value = value - P if value >= P else value
        elif op == codes.sub:
            value, size = int(found[a]) - int(found[b]), max(degree[a], degree[b])
            value = value + P if value < 0 else value
        elif op == codes.neg:
            value, size = (P - int(found[a])) % P, degree[a]
        elif op == codes.mul:
            value, size = _times(int(found[a]), int(found[b])), degree[a] + degree[b]
        elif op == codes.div and found[b] != 0:
            if nodes[b, OP] == codes.const:
                value, size = _times(int(found[a]), _inverse(int(found[b]))), degree[a]
            else:  # an unknown reciprocal, odd as reciprocals are
                below = int(found[b])
                factor = _mixed(_mixed(seed, op), min(below, P - below))
                value, size = _times(int(found[a]), factor if 2 * below < P else P - factor), degree[a] + 1
        elif op == codes.power:
            row = int(nodes[i, ATTR])
            exponent = int(values[row, NUM])
            if values[row, KIND] == RATIO and values[row, DEN] == 1 and 0 < exponent < MAX_EXPONENT:
                value, size = _raised(int(found[a]), exponent), degree[a] * exponent
        if value < 0 or size > MAX_DEGREE:
            value, size = _unknown(nodes, rules, codes, i, seed, found), 1
        found[i], degree[i] = value, size
