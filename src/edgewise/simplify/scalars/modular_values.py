"""Computing a graph modulo a prime, at a random point.

Sums, products and quotients by constants are computed as they are; all other operations are unknowns, the same for the
same arguments. The prime is 2**61 - 1: 2**61 is 1, so that no division is needed, and doubles are exact.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.hash_consing import commutes
    from edgewise.simplify.scalars.state import State, Values
    from edgewise.simplify.scalars.work_columns import ADD, CONST, DIV, FLOAT, INPUT, MUL, NEG, POWER, RATIO, SUB

P = (1 << 61) - 1
UNIT, HALF, QUARTER, MANTISSA = 1, (1 << 31) - 1, (1 << 30) - 1, 1 << 52
MIX_A, MIX_B = 0x19E3779B97F4A7C1, 0x0F58476D1CE4E5B9
MAX_DEGREE = 1 << 20
MAX_EXPONENT = 1 << 10


def times(a: cython.longlong, b: cython.longlong) -> cython.longlong:
    """The product of two residues; no step leaves 63 bits."""
    high: cython.longlong = (a >> 31) * (b >> 31)
    low: cython.longlong = (a & HALF) * (b & HALF)
    middle: cython.longlong = (a >> 31) * (b & HALF) + (a & HALF) * (b >> 31)
    total: cython.longlong = 2 * high + (middle >> 30) + ((middle & QUARTER) << 31) + (low >> 61) + (low & P)
    total = (total & P) + (total >> 61)
    return total - P if total >= P else total


def mixed(state: cython.longlong, number: cython.longlong) -> cython.longlong:
    """A residue that depends on both at random. Not linear, as sums of unknowns would then be related."""
    state = times((state ^ number) & P, MIX_A)
    state = times((state ^ (state >> 29)) & P, MIX_B)
    return ((state ^ (state >> 32)) & P) % P


def inverse(a: cython.longlong) -> cython.longlong:
    """The reciprocal of a residue, by Euclid's algorithm."""
    before: cython.longlong = 0
    now: cython.longlong = 1
    rest: cython.longlong = P
    while a:
        quotient: cython.longlong = rest // a
        before, now = now, before - quotient * now
        rest, a = a, rest - quotient * a
    return before % P


def raised(a: cython.longlong, exponent: cython.longlong) -> cython.longlong:
    """A power of a residue."""
    result: cython.longlong = 1
    while exponent:
        if exponent & 1:
            result = times(result, a)
        a = times(a, a)
        exponent >>= 1
    return result


def constant_residue(values: Values, value: cython.longlong, seed: cython.longlong) -> cython.longlong:
    """The residue of a constant: fractions and doubles are exact, others unknowns."""
    num: cython.longlong = values.num[value]
    exponent: cython.longlong = (num >> 52) & 2047
    if values.kind[value] == RATIO:
        return num % P if values.den[value] == 1 else times(num % P, inverse(values.den[value] % P))
    if values.kind[value] == FLOAT and exponent < 2047:
        mantissa: cython.longlong = num & (MANTISSA - 1)
        if exponent:
            mantissa += MANTISSA
        # 2**61 is 1, so a power of two is a shift; numbers below the normal ones have the exponent 1.
        shift: cython.longlong = (max(exponent, 1) - 1075) % 61
        size: cython.longlong = times(mantissa, UNIT << shift)
        return (P - size) % P if num < 0 else size
    return mixed(seed, 2 * value + 1)


@cython.locals(k=cython.longlong)
def unknown(s: State, node: cython.longlong, seed: cython.longlong, found: cython.longlong[::1]) -> cython.longlong:
    """A residue for an operation that is not polynomial: the same for the same arguments."""
    state: cython.longlong = mixed(mixed(seed, s.op[node]), s.attr[node])
    first: cython.longlong = s.args[node, 0]
    second: cython.longlong = s.args[node, 1]
    if second >= 0 and commutes(s, s.op[node]) and found[second] < found[first]:
        first, second = second, first
    for k in range(s.width):
        j: cython.longlong = first if k == 0 else second if k == 1 else s.args[node, k]
        if j >= 0:
            state = mixed(state, found[j])
    return state


def quotient(s: State, node: cython.longlong, seed: cython.longlong, found: cython.longlong[::1]) -> cython.longlong:
    """The residue of a quotient: by a constant, or with an unknown reciprocal, odd as reciprocals are."""
    below: cython.longlong = found[s.args[node, 1]]
    if s.op[s.args[node, 1]] == CONST:
        return times(found[s.args[node, 0]], inverse(below))
    factor: cython.longlong = mixed(mixed(seed, DIV), min(below, P - below))
    return times(found[s.args[node, 0]], factor if 2 * below < P else P - factor)


def is_whole(s: State, value: cython.longlong) -> cython.bint:
    """Whether a value is an integer."""
    return s.values.kind[value] == RATIO and s.values.den[value] == 1


def degree_of(s: State, node: cython.longlong, found: cython.longlong[::1], degree: cython.int[::1]) -> cython.longlong:
    """The degree of a node as a polynomial in inputs and unknowns; -1 where it is an unknown."""
    op: cython.longlong = s.op[node]
    a: cython.longlong = s.args[node, 0]
    b: cython.longlong = s.args[node, 1]
    value: cython.longlong = s.attr[node]
    size: cython.longlong = -1
    if op == CONST or op == INPUT:
        return 0 if op == CONST else 1
    if op == ADD or op == SUB:
        size = max(degree[a], degree[b])
    elif op == NEG:
        size = degree[a]
    elif op == MUL:
        size = degree[a] + degree[b]
    elif op == DIV and found[b] != 0:
        size = degree[a] if s.op[b] == CONST else degree[a] + 1
    elif op == POWER and is_whole(s, value) and 0 < s.values.num[value] < MAX_EXPONENT:
        size = degree[a] * s.values.num[value]
    return size if size <= MAX_DEGREE else -1


def residue(s: State, node: cython.longlong, seed: cython.longlong, found: cython.longlong[::1]) -> cython.longlong:
    """A node modulo p that is a polynomial in inputs and unknowns."""
    op: cython.longlong = s.op[node]
    if op == CONST:
        return constant_residue(s.values, s.attr[node], seed)
    if op == INPUT:
        return mixed(seed, 2 * node)
    a: cython.longlong = found[s.args[node, 0]]
    if op == NEG:
        return (P - a) % P
    if op == POWER:
        return raised(a, s.values.num[s.attr[node]])
    if op == DIV:
        return quotient(s, node, seed, found)
    b: cython.longlong = found[s.args[node, 1]]
    if op == ADD:
        return a + b - P if a + b >= P else a + b
    if op == SUB:
        return a - b + P if a < b else a - b
    return times(a, b)


@cython.locals(i=cython.longlong)
def residues(s: State, seed: cython.longlong, found: cython.longlong[::1]) -> None:
    """Compute every wanted node modulo p at a random point, into `found`."""
    degree: cython.int[::1] = s.memory.ints(s.count, 0)
    with cython.nogil:
        for i in range(s.count):
            if s.wanted[i]:
                size: cython.longlong = degree_of(s, i, found, degree)
                degree[i] = size if size >= 0 else 1
                found[i] = residue(s, i, seed, found) if size >= 0 else unknown(s, i, seed, found)
