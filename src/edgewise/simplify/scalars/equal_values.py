"""Nodes of equal value, however they are written: found by computing with random residues.

Nodes that are equal as polynomials in inputs and unknowns (see `modular_values`) have the same residue, and by the
lemma of Schwartz (JACM 27, 1980) and Zippel others hardly ever do: a polynomial of degree d vanishes at a random
point modulo p with a probability of d/p at most. p is 2**61 - 1, what has a degree beyond 2**20 becomes an unknown,
and what the first point shows must hold at two more: 2**-120 for a pair. The random numbers are fixed, so that the
result is the same in every run. Gulwani and Necula (POPL 2003) number values this way.

Equal values may differ in rounding: (x - y)*(x + y) is accurate where x*x - y*y is not. A running error bound (Higham,
Accuracy and Stability of Numerical Algorithms, section 3.3) at sample points tells them apart. One may also overflow
where the other does not: `ranges` tells those apart.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from edgewise.native import native
from edgewise.simplify.scalars.modular_values import P
from edgewise.simplify.scalars.term_lists import planned
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ATTR,
    DEN,
    FIRST,
    KIND,
    LEAF_COUNT,
    LEAF_START,
    MADE_OP,
    NUM,
    OP,
    OTHER,
    RATIO,
    READS,
    SECOND,
    TARGET,
    USES,
    Codes,
    Ints,
    Plan,
)

__all__ = ["NOTHING", "SAMPLES", "SEEDS", "confirm", "equal_values", "plan_merges", "running_errors", "trust"]


SEEDS: Final = (0x0B5297A4D3C1E26F, 0x13A1B5E7F2486D19, 0x0D6E8FEB86659FD3)
"""The random points: the first shows what may be equal, the others confirm it."""

SAMPLES: Final = (0, 1, 2, 3, 4)
"""Points for the error bounds: sizes between 1/2 and 2 with both signs, all near 1, sizes from 1/100 to 100, and sizes
whose products overflow and underflow."""

TOLERATED = 4.0
"""A node may be replaced by one whose error bound is so many times its own."""

TINY, HUGE = 1e-290, 1e300

NOTHING: Final = -1
"""In place of a target: the node keeps its own place. Other targets are 2*node, +1 for the negative of it; twice the
number of nodes means zero."""


@native
def equal_values(nodes: Ints, codes: Codes, found: Ints, target: Ints) -> int:
    """The first node of the same value up to its sign, in `target`; how many nodes have one.

    The negative of a node is worth taking where something else dies, or where it makes sums of differences.
    """
    n = len(nodes)
    reads = np.zeros(n, dtype=np.int32)
    for i in range(n):
        if nodes[i, USES] and (nodes[i, OP] == codes.add or nodes[i, OP] == codes.sub):
            if nodes[i, OP] == codes.add:
                reads[nodes[i, ARGS]] += 1
            reads[nodes[i, ARGS + 1]] += 1
    slots = 16
    while slots < 2 * n:
        slots *= 2
    table = np.full(slots, -1, dtype=np.int32)
    total = 0
    for i in range(n):
        target[i] = NOTHING
        if nodes[i, USES] == 0:
            continue
        leaf = nodes[i, OP] == codes.const or nodes[i, OP] == codes.input
        value = int(found[i])
        if value == 0 and not leaf:
            target[i] = 2 * n
            total += 1
            continue
        key = min(value, P - value)
        # Whole numbers are their own residues: spread, or they would fill one stretch that all others step through.
        slot = ((key & 0xFFFFFFFFFFFF) * 20507 ^ key >> 31) >> 7 & (slots - 1)
        while table[slot] >= 0 and found[table[slot]] != value and found[table[slot]] != P - value:
            slot = (slot + 1) & (slots - 1)
        first = int(table[slot])
        if first < 0:
            table[slot] = i
        elif not leaf and found[first] == value:
            target[i] = 2 * first
            total += 1
        elif not leaf and nodes[i, OP] != codes.neg:
            # Of two differences that are constants neither may stay: x - y is 0 at 1e16 where its mirror is made 1.
            dies = reads[i] == nodes[i, USES] or nodes[first, OP] == codes.const
            for k in range(ARGS, nodes.shape[1]):
                j = nodes[i, k]
                dies = dies or (j >= 0 and nodes[j, USES] == 1 and nodes[j, ARGS] >= 0)
            if dies:
                target[i] = 2 * first + 1
                total += 1
    return total


@native
def confirm(found: Ints, target: Ints) -> int:
    """Drop the targets whose values differ at another point; how many are left."""
    n, total = len(target), 0
    for i in range(n):
        if target[i] == NOTHING:
            continue
        expected = 0
        if target[i] < 2 * n:
            expected = int(found[target[i] >> 1])
            if target[i] & 1:
                expected = (P - expected) % P
        if found[i] != expected:
            target[i] = NOTHING
        else:
            total += 1
    return total


@native
def _sample(residue: int, style: int) -> float:
    """A number for an input or an unknown, made from its residue."""
    unit = (residue & ((1 << 40) - 1)) / (1 << 40)
    if style == 0:
        return (0.5 + 1.5 * unit) * (1.0 if residue >> 41 & 1 else -1.0)
    if style == 1:
        return 1.0 + 1e-3 * (unit - 0.5)
    if style > 2:
        return 10.0 ** ((120.0 + 60.0 * unit) * (1.0 if style == 3 else -1.0))
    return 10.0 ** (4.0 * unit - 2.0)


@native
def running_errors(
    nodes: Ints, values: Ints, codes: Codes, found: Ints, style: int, errors: Ints, numbers: Ints
) -> None:
    """The nodes at a sample point, into `numbers`, and bounds of their rounding errors in units of the machine's
    precision, into `errors`."""
    n = len(nodes)
    for i in range(n):
        if nodes[i, USES] == 0:
            continue
        op, a, b = int(nodes[i, OP]), int(nodes[i, ARGS]), int(nodes[i, ARGS + 1])
        x, y = float(numbers[max(a, 0)]), float(numbers[max(b, 0)])
        dx, dy = float(errors[max(a, 0)]), float(errors[max(b, 0)])
        row = int(nodes[i, ATTR])
        if op == codes.const:
            kind = values[row, KIND]
            if kind == RATIO:
                number = float(values[row, NUM]) / float(values[row, DEN])
            else:
                number = float(values.view(np.float64)[row, NUM]) if kind != OTHER else 1.0
            numbers[i], errors[i] = number, 0.0
            continue
        error = dx + dy
        if op == codes.add or op == codes.sub:
            number = x + y if op == codes.add else x - y
            error += abs(number)
        elif op == codes.neg:
            number, error = -x, dx
        elif op == codes.mul:
            number = x * y
            error = abs(x) * dy + abs(y) * dx + abs(number)
        elif op == codes.div and y != 0.0:
            number = x / y
            error = (dx + abs(number) * dy) / abs(y) + abs(number)
        else:
            number = _sample(int(found[i]), style)
            if op == codes.power and values[row, KIND] == RATIO and values[row, DEN] == 1 and 0 < values[row, NUM] < 9:
                number, exponent = 1.0, int(values[row, NUM])
                for _ in range(exponent):
                    number *= x
                error = exponent * abs(number) * (dx / abs(x) if x != 0.0 else 0.0)
            error = 0.0 if op == codes.input else error + abs(number)
        numbers[i], errors[i] = number, error


@native
def trust(errors: Ints, numbers: Ints, style: int, target: Ints) -> int:
    """Drop the targets that are less accurate than what they replace; how many are left.

    Where products overflow or underflow, what is neither 0 nor infinite must stay so.
    """
    n, total = len(target), 0
    for i in range(n):
        if target[i] == NOTHING:
            continue
        spoilt = False
        if target[i] < 2 * n:
            own, other = abs(numbers[i]), abs(numbers[target[i] >> 1])
            if style < 3:
                spoilt = not errors[target[i] >> 1] <= TOLERATED * errors[i]
            elif TINY < own < HUGE:
                spoilt = not 0.5 * own < other < 2.0 * own
        if spoilt:
            target[i] = NOTHING
        else:
            total += 1
    return total


@native
def _absorbed(nodes: Ints, codes: Codes, target: Ints, plan: Plan, node: int) -> int:
    """A sum or difference that takes in the signs of its terms' targets: a + b with b = -r is a - r. -1: none is."""
    n = len(nodes)
    if not (nodes[node, OP] == codes.add or nodes[node, OP] == codes.sub):
        return NOTHING
    a, b = int(nodes[node, ARGS]), int(nodes[node, ARGS + 1])
    first, second = int(target[a]), int(target[b])
    left = first != NOTHING and first < 2 * n and first & 1 == 1
    right = second != NOTHING and second < 2 * n and second & 1 == 1
    minus = nodes[node, OP] == codes.sub
    if not right and (minus or not left):
        return NOTHING
    x, y = first >> 1 if left else a, second >> 1 if right else b
    if left and not right:
        return planned(plan, n, codes.sub, y, x)
    if right and not left:
        return planned(plan, n, codes.add if minus else codes.sub, x, y)
    if minus:
        return planned(plan, n, codes.sub, y, x)
    return planned(plan, n, codes.neg, planned(plan, n, codes.add, x, y), -1)


@native
def plan_merges(nodes: Ints, codes: Codes, target: Ints, plan: Plan, zero: int) -> None:
    """Plan the targets in place of the nodes, and sums that take in their signs. `zero` is the number of the value 0.

    What a new node reads is read from now on: a rule must not take it for dead. The tree gives that back.
    """
    n, end = len(nodes), 0
    for i in range(n):
        plan.rows[i, LEAF_START] = end
        if nodes[i, USES] == 0:
            continue
        made = plan.size[0]
        if target[i] == NOTHING:
            new = _absorbed(nodes, codes, target, plan, i)
            if new == NOTHING:
                continue
        elif target[i] == 2 * n:
            new = planned(plan, n, codes.const, -1, -1)
            plan.made[new - n, FIRST] = zero
        elif target[i] & 1:
            new = planned(plan, n, codes.neg, target[i] >> 1, -1)
        else:
            new = target[i] >> 1
        plan.rows[i, TARGET] = new
        if new >= n:
            plan.made[new - n, READS] += 1
        for k in range(ARGS, nodes.shape[1]):
            if nodes[i, k] >= 0:
                plan.leaves[end] = nodes[i, k]
                end += 1
        for row in range(made, plan.size[0]):
            for k in (FIRST, SECOND):
                node = plan.made[row, k]
                if 0 <= node < n and plan.made[row, MADE_OP] != codes.const:
                    plan.leaves[end] = node
                    nodes[node, USES] += 1
                    end += 1
        plan.rows[i, LEAF_COUNT] = end - plan.rows[i, LEAF_START]
