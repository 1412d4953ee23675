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

from typing import TypeAlias

import cython

from edgewise.simplify.scalars.work_columns import NOTHING

if not cython.compiled:
    from edgewise.simplify.scalars.modular_values import P, residues
    from edgewise.simplify.scalars.state import Plan, State
    from edgewise.simplify.scalars.term_lists import planned, want_below
    from edgewise.simplify.scalars.work_columns import ADD, CONST, DIV, INPUT, MUL, NEG, OTHER, POWER, RATIO, SUB

Int: TypeAlias = cython.typedef(cython.longlong)
Written: TypeAlias = cython.typedef(cython.longlong[::1])  # whole numbers, to be written

SEEDS = (0x0B5297A4D3C1E26F, 0x13A1B5E7F2486D19, 0x0D6E8FEB86659FD3)
"""The random points: the first shows what may be equal, the others confirm it."""

SAMPLES = (0, 1, 2, 3, 4)
"""Points for the error bounds: sizes between 1/2 and 2 with both signs, all near 1, sizes from 1/100 to 100, and sizes
whose products overflow and underflow."""

TOLERATED = 4.0
"""A node may be replaced by one whose error bound is so many times its own."""

TINY, HUGE = 1e-290, 1e300
LOW, LOW_40 = (1 << 48) - 1, (1 << 40) - 1


@cython.locals(k=Int)
def dies_by_sign(s: State, node: Int, first: Int, reads: cython.int[::1]) -> cython.bint:
    """Whether the negative of a node is worth taking: something else dies, or it makes sums of differences."""
    if reads[node] == s.uses[node] or s.op[first] == CONST:
        return True
    # Of two differences that cancel neither may stay: x - (y + x) is 0 at 1e16 where its mirror is made y.
    if s.op[node] == SUB and (s.op[first] != SUB or s.args[first, 0] != s.args[node, 1]):
        return True
    for k in range(s.width):
        j: Int = s.args[node, k]
        if j >= 0 and s.uses[j] == 1 and s.args[j, 0] >= 0:
            return True
    return False


def target_of(s: State, node: Int, found: Written, table: cython.int[::1], reads: cython.int[::1]) -> Int:
    """The first node of the same value up to its sign, as a target; NOTHING for the first itself, and for leaves."""
    leaf: cython.bint = s.op[node] == CONST or s.op[node] == INPUT
    value: Int = found[node]
    if value == 0 and not leaf:
        return 2 * s.count
    key: Int = min(value, P - value)
    # Whole numbers are their own residues: spread, or they would fill one stretch that all others step through.
    slot: Int = (((key & LOW) * 20507) ^ (key >> 31)) >> 7 & (table.shape[0] - 1)
    while table[slot] >= 0 and found[table[slot]] != value and found[table[slot]] != P - value:
        slot = (slot + 1) & (table.shape[0] - 1)
    first: Int = table[slot]
    if first < 0:
        table[slot] = node
        return NOTHING
    if leaf:
        return NOTHING
    if found[first] == value:
        return 2 * first
    return 2 * first + 1 if s.op[node] != NEG and dies_by_sign(s, node, first, reads) else NOTHING


@cython.locals(i=Int)
def equal_values(s: State, found: Written, target: Written) -> Int:
    """The first node of the same value up to its sign, in `target`; how many nodes have one."""
    slots: Int = 16
    total: Int = 0
    while slots < 2 * s.count:
        slots *= 2
    table: cython.int[::1] = s.memory.ints(slots, -1)
    reads: cython.int[::1] = s.memory.ints(s.count, 0)
    with cython.nogil:
        for i in range(s.count):
            if s.uses[i] and (s.op[i] == ADD or s.op[i] == SUB):
                reads[s.args[i, 0]] += 1 if s.op[i] == ADD else 0
                reads[s.args[i, 1]] += 1
        for i in range(s.count):
            target[i] = target_of(s, i, found, table, reads) if s.uses[i] else NOTHING
            total += 1 if target[i] != NOTHING else 0
    return total


@cython.locals(i=Int)
def confirm(found: Written, target: Written) -> Int:
    """Drop the targets whose values differ at another point; how many are left."""
    total: Int = 0
    for i in range(target.shape[0]):
        if target[i] == NOTHING:
            continue
        expected: Int = 0
        if target[i] < 2 * target.shape[0]:
            expected = found[target[i] >> 1]
            if target[i] & 1:
                expected = (P - expected) % P
        if found[i] == expected:
            total += 1
        else:
            target[i] = NOTHING
    return total


def sample(residue: Int, style: Int) -> cython.double:
    """A number for an input or an unknown, made from its residue."""
    unit: cython.double = (residue & LOW_40) / (LOW_40 + 1.0)
    if style == 0:
        return (0.5 + 1.5 * unit) * (1.0 if residue >> 41 & 1 else -1.0)
    if style == 1:
        return 1.0 + 1e-3 * (unit - 0.5)
    if style > 2:
        return 10.0 ** ((120.0 + 60.0 * unit) * (1.0 if style == 3 else -1.0))
    return 10.0 ** (4.0 * unit - 2.0)


@cython.locals(_k=Int)
def compute(
    s: State, i: Int, residue: Int, style: Int, numbers: cython.double[::1], errors: cython.double[::1]
) -> None:
    """A node's number and the bound of its error; an input or an unknown is a sample."""
    op: Int = s.op[i]
    a: Int = max(s.args[i, 0], 0)
    b: Int = max(s.args[i, 1], 0)
    value: Int = s.attr[i]
    x: cython.double = numbers[a]
    y: cython.double = numbers[b]
    dx: cython.double = errors[a]
    dy: cython.double = errors[b]
    error: cython.double = dx + dy
    number: cython.double
    if op == ADD or op == SUB:
        number = x + y if op == ADD else x - y
        error += abs(number)
    elif op == NEG:
        number, error = -x, dx
    elif op == MUL:
        number = x * y
        error = abs(x) * dy + abs(y) * dx + abs(number)
    elif op == DIV and y != 0.0:
        number = x / y
        error = (dx + abs(number) * dy) / abs(y) + abs(number)
    elif op == INPUT:
        number, error = sample(residue, style), 0.0
    else:
        if op == POWER and s.values.kind[value] == RATIO and s.values.den[value] == 1 and 0 < s.values.num[value] < 9:
            number = 1.0
            for _k in range(s.values.num[value]):
                number *= x
            error = s.values.num[value] * abs(number) * (dx / abs(x) if x != 0.0 else 0.0)
        else:
            number = sample(residue, style)
        error += abs(number)
    numbers[i], errors[i] = number, error


@cython.locals(i=Int)
def running_errors(
    s: State, found: Written, style: Int, errors: cython.double[::1],
    numbers: cython.double[::1],
) -> None:  # fmt: skip
    """The wanted nodes at a sample point, into `numbers`, and bounds of their rounding errors in units of the machine's
    precision, into `errors`."""
    with cython.nogil:
        for i in range(s.count):
            if s.wanted[i] == 0:
                continue
            if s.op[i] == CONST:
                value: Int = s.attr[i]
                kind: Int = s.values.kind[value]
                ratio: cython.double = float(s.values.num[value]) / float(s.values.den[value]) if kind == RATIO else 1.0
                numbers[i] = ratio if kind == RATIO or kind == OTHER else s.values.real[value]
                errors[i] = 0.0
            else:
                compute(s, i, found[i], style, numbers, errors)


def spoilt(
    errors: cython.double[::1], numbers: cython.double[::1], style: Int, node: Int,
    other: Int,
) -> cython.bint:  # fmt: skip
    """Whether another node is less accurate, or overflows or underflows where this is neither 0 nor infinite."""
    if style < 3:
        return not errors[other] <= TOLERATED * errors[node]
    own: cython.double = abs(numbers[node])
    return TINY < own < HUGE and not 0.5 * own < abs(numbers[other]) < 2.0 * own


@cython.locals(i=Int)
def trust(errors: cython.double[::1], numbers: cython.double[::1], style: Int, target: Written) -> Int:
    """Drop the targets that are less accurate than what they replace; how many are left."""
    total: Int = 0
    for i in range(target.shape[0]):
        if NOTHING < target[i] < 2 * target.shape[0] and spoilt(errors, numbers, style, i, target[i] >> 1):
            target[i] = NOTHING
        total += 1 if target[i] != NOTHING else 0
    return total


@cython.locals(i=Int)
def want_targets(s: State) -> None:
    """Want the nodes that have targets, these, and what they are made of."""
    s.wanted = s.memory.ints(s.count, 0)
    for i in range(s.count):
        if s.targets[i] != NOTHING:
            s.wanted[i] = s.wanted[min(s.targets[i] >> 1, s.count - 1)] = 1
    want_below(s)


def look_for_equals(s: State) -> int:
    """The first node of the same value up to its sign, for each node, in `s.targets`; how many have one.

    What the first random point shows must hold at the others, and be as accurate.
    """
    found: Written = s.memory.longs(s.count, 0)
    target: Written = s.memory.longs(s.count, NOTHING)
    s.targets, s.wanted = target, s.uses
    residues(s, SEEDS[0], found)
    left: Int = equal_values(s, found, target)
    if left == 0:
        return 0
    want_targets(s)
    errors: cython.double[::1] = s.memory.doubles(s.count)
    numbers: cython.double[::1] = s.memory.doubles(s.count)
    for style in SAMPLES:
        if left:
            running_errors(s, found, style, errors, numbers)
            left = trust(errors, numbers, style, target)
    for seed in SEEDS[1:]:
        if left:
            residues(s, seed, found)
            left = confirm(found, target)
    return left


def is_turned(s: State, target: Int) -> cython.bint:
    """Whether a target is the negative of a node."""
    return NOTHING < target < 2 * s.count and target & 1 == 1


def absorbed(s: State, node: Int, target: Written) -> Int:
    """A sum or difference that takes in the signs of its terms' targets: a + b with b = -r is a - r. NOTHING: none
    is."""
    if s.op[node] != ADD and s.op[node] != SUB:
        return NOTHING
    a: Int = s.args[node, 0]
    b: Int = s.args[node, 1]
    minus: cython.bint = s.op[node] == SUB
    left: cython.bint = is_turned(s, target[a])
    right: cython.bint = is_turned(s, target[b])
    if not right and (minus or not left):
        return NOTHING
    x: Int = target[a] >> 1 if left else a
    y: Int = target[b] >> 1 if right else b
    if left and (minus or not right):
        return planned(s.plan, SUB, y, x)
    if right and not left:
        return planned(s.plan, ADD if minus else SUB, x, y)
    return planned(s.plan, NEG, planned(s.plan, ADD, x, y), -1)


def replacement(s: State, node: Int, target: Written, zero: Int) -> Int:
    """What is planned in place of a node, NOTHING for none."""
    if target[node] == NOTHING:
        return absorbed(s, node, target)
    if target[node] == 2 * s.count:
        return planned(s.plan, CONST, zero, -1)
    return planned(s.plan, NEG, target[node] >> 1, -1) if target[node] & 1 else target[node] >> 1


def read_leaf(s: State, node: Int, end: Int) -> Int:
    """Read what a new node reads; where the leaves end then."""
    if not 0 <= node < s.count:
        return end
    s.plan.leaves[end] = node
    s.uses[node] += 1
    return end + 1


@cython.locals(k=Int)
def plan_merge(s: State, node: Int, new: Int, made: Int, end: Int) -> Int:
    """Plan what takes a node's place, with the nodes of the plan from `made` on; where the leaves end then."""
    s.plan.target[node], s.plan.leaf_start[node] = new, end
    if new >= s.count:
        s.plan.reads[new - s.count] += 1
    for k in range(s.width):
        if s.args[node, k] >= 0:
            s.plan.leaves[end] = s.args[node, k]
            end += 1
    for k in range(made, s.plan.count):
        if s.plan.op[k] != CONST:
            end = read_leaf(s, s.plan.second[k], read_leaf(s, s.plan.first[k], end))
    s.plan.leaf_count[node] = end - s.plan.leaf_start[node]
    return end


@cython.locals(i=Int)
def plan_merges(s: State, zero: Int, kind: Int) -> None:
    """Plan the targets in place of the nodes, and sums that take in their signs. `zero` is the number of the value 0.

    What a new node reads is read from now on: a rule must not take it for dead. The tree gives that back.
    """
    end: Int = 0
    target: Written = s.targets
    s.plan = Plan(s.memory, s.count, 2 * s.count, (s.width + 2) * s.count)
    for i in range(s.count):
        if s.uses[i]:
            made: Int = s.plan.count
            new: Int = replacement(s, i, target, zero)
            if new != NOTHING:
                s.plan.kind[i] = kind
                end = plan_merge(s, i, new, made, end)
