"""Making a node in the graph being written, or finding that it is there already.

Arithmetic on constants is done, units are projected away, and what is left is looked up among the nodes already there.
Reads are counted all the time: `uses` of a node is what the nodes written read of it and what old ones yet to come
will, so that a rule knows which nodes die when it fires.
"""

from __future__ import annotations

from edgewise.native import inlined, native
from edgewise.simplify.scalars.native_arithmetic import folded_value
from edgewise.simplify.scalars.signs import signs_of
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ATTR,
    CLS,
    COMMUTATIVE,
    COUNT,
    FIRED,
    FLOOR,
    FOLDING,
    LOOK,
    NODE,
    OP,
    PENDING,
    PENDING_COUNT,
    PENDING_SIZE,
    PLACE,
    SHARED,
    SIGN,
    SLOT,
    SPEC,
    TWO,
    UNKNOWN,
    USES,
    VALUE_CLS,
    VALUE_SIGN,
    Codes,
    Ints,
)

__all__ = [
    "ABSENT",
    "ASKING",
    "acquire",
    "commit",
    "constant",
    "find",
    "looked_up",
    "note",
    "plain",
    "release",
    "write",
]

ASKING, ABSENT = -1, -2
"""Instead of a node: Python must be asked; there is no such node."""


@native
def constant(nodes: Ints, values: Ints, codes: Codes, work: Ints, value: int) -> int:
    """The node of a constant."""
    node = values[value, NODE]
    if node < 0:
        node = work[COUNT]
        work[COUNT] = node + 1
        values[value, NODE] = node
        nodes[node, OP], nodes[node, ATTR] = codes.const, value
        nodes[node, CLS], nodes[node, SIGN] = values[value, VALUE_CLS], values[value, VALUE_SIGN]
        nodes[node, USES] = nodes[node, PLACE] = 0
        for k in range(ARGS, nodes.shape[1]):
            nodes[node, k] = -1
    return node


@inlined
def find(nodes: Ints, table: Ints, rules: Ints, codes: Codes, work: Ints) -> int:
    """The node that computes what `spec` says, or ABSENT; `work[SLOT]` is its place in the table.

    x·y and y·x, x·x and x**2 are the same.
    """
    op, attr, a, b = work[SPEC], work[SPEC + 1], work[SPEC + 2], work[SPEC + 3]
    commutative = rules[COMMUTATIVE]
    if a > b and rules[commutative + min(op, codes.builtin)]:
        a, b = b, a
    if op == codes.mul and a == b:
        op, attr, b = codes.power, work[TWO], -1
    key = ((op * 31 + attr * 7919) & 0xFFFFFFFF) * 40503 + a * 7621 + b * 104729
    for k in range(ARGS + 2, nodes.shape[1]):
        key += work[SPEC + 2 + k - ARGS] * 31337
    mask = len(table) - 1
    slot = ((key & 0xFFFFFFFFFFFF) * 20507 >> 11) & mask
    while table[slot] >= 0:
        found = table[slot]
        its_op, its_attr, c, d = nodes[found, OP], nodes[found, ATTR], nodes[found, ARGS], nodes[found, ARGS + 1]
        if c > d and rules[commutative + min(its_op, codes.builtin)]:
            c, d = d, c
        if its_op == codes.mul and c == d:
            its_op, its_attr, d = codes.power, work[TWO], -1
        same = op == its_op and attr == its_attr and a == c and b == d
        for k in range(ARGS + 2, nodes.shape[1]):
            same = same and work[SPEC + 2 + k - ARGS] == nodes[found, k]
        if same:
            return found
        slot = (slot + 1) & mask
    work[SLOT] = slot
    return ABSENT


@inlined
def _added(nodes: Ints, table: Ints, values: Ints, rules: Ints, codes: Codes, work: Ints) -> int:
    """Write what `spec` says as a new node, behind its arguments and not before `work[FLOOR]`."""
    node = work[COUNT]
    work[COUNT] = node + 1
    table[work[SLOT]] = node
    op, place = work[SPEC], work[FLOOR]
    for k in range(ARGS, nodes.shape[1]):
        j = work[SPEC + 2 + k - ARGS]
        nodes[node, k] = j
        if j >= 0:
            place = max(place, nodes[j, PLACE])
    nodes[node, OP], nodes[node, ATTR], nodes[node, USES], nodes[node, PLACE] = op, work[SPEC + 1], 0, place
    nodes[node, SIGN] = signs_of(nodes, values, rules, codes, node)
    cls = op if op < codes.builtin else codes.none
    if op == codes.mul:
        first, second = nodes[work[SPEC + 2], CLS], nodes[work[SPEC + 3], CLS]
        if codes.zero <= first <= codes.number or codes.zero <= second <= codes.number:
            cls = codes.scaled
    nodes[node, CLS] = cls
    return node


@inlined
def acquire(nodes: Ints, stack: Ints, bottom: int, node: int, times: int) -> None:
    """Count reads of a node; one that nobody read before begins to read its arguments.

    The stack below `bottom` belongs to the caller.
    """
    top = bottom
    if nodes[node, USES] == 0 and times > 0:
        stack[top] = node
        top += 1
    nodes[node, USES] += times
    while top > bottom:
        top -= 1
        i = stack[top]
        for k in range(ARGS, nodes.shape[1]):
            j = nodes[i, k]
            if j >= 0:
                if nodes[j, USES] == 0:
                    stack[top] = j
                    top += 1
                nodes[j, USES] += 1


@inlined
def release(nodes: Ints, stack: Ints, bottom: int, node: int) -> None:
    """Take back one read of a node; one that nobody reads any more stops reading its arguments."""
    top = bottom
    nodes[node, USES] -= 1
    if nodes[node, USES] == 0:
        stack[top] = node
        top += 1
    while top > bottom:
        top -= 1
        i = stack[top]
        for k in range(ARGS, nodes.shape[1]):
            j = nodes[i, k]
            if j >= 0:
                nodes[j, USES] -= 1
                if nodes[j, USES] == 0:
                    stack[top] = j
                    top += 1


@inlined
def note(work: Ints, rule: int) -> None:
    """Remember that a rule fired, until the node is made: where Python must be asked, it is begun again."""
    if work[PENDING_COUNT] < PENDING_SIZE:
        work[PENDING + work[PENDING_COUNT]] = rule
        work[PENDING_COUNT] += 1


@inlined
def commit(work: Ints) -> None:
    """Count the rules that fired for a node that is made."""
    for k in range(work[PENDING_COUNT]):
        work[FIRED + work[PENDING + k]] += 1
    work[PENDING_COUNT] = 0


@inlined
def looked_up(nodes: Ints, values: Ints, look: Ints, codes: Codes, work: Ints) -> int:
    """What the rules' index says of `spec`."""
    op, b = work[SPEC], work[SPEC + 3]
    second = codes.none
    if op == codes.power:
        second = values[work[SPEC + 1], VALUE_CLS]
    elif b >= 0:
        second = nodes[b, CLS]
    return look[min(op, codes.builtin), nodes[work[SPEC + 2], CLS], second]


@inlined
def plain(nodes: Ints, table: Ints, values: Ints, rules: Ints, codes: Codes, work: Ints, look: int) -> int:
    """The node that `spec` says, without rewriting: a constant, an argument, one that is there, or a new one.

    `look` is what the index says of it. ASKING where Python must be asked; with `work[LOOK]`, ABSENT instead of a new
    node.
    """
    op, a, b = work[SPEC], work[SPEC + 2], work[SPEC + 3]
    if nodes[a, OP] == codes.const and (b < 0 or nodes[b, OP] == codes.const) and op < codes.builtin:
        second = work[SPEC + 1] if op == codes.power else int(nodes[b, ATTR]) if b >= 0 else -1
        value = folded_value(values, rules, codes, work, op, int(nodes[a, ATTR]), second)
        if value == UNKNOWN:
            return ASKING
        if value >= 0:
            note(work, FOLDING)
            return constant(nodes, values, codes, work, value)
    if look < 0:
        projected = -look - 1
        note(work, projected >> 1)
        return b if projected & 1 else a
    node = find(nodes, table, rules, codes, work)
    if node >= 0:
        note(work, SHARED)
        return node
    return ABSENT if work[LOOK] else _added(nodes, table, values, rules, codes, work)


@native
def write(nodes: Ints, table: Ints, values: Ints, look: Ints, rules: Ints, codes: Codes, work: Ints) -> int:
    """`plain` where it is seldom called."""
    return plain(nodes, table, values, rules, codes, work, looked_up(nodes, values, look, codes, work))
