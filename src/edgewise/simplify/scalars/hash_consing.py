"""Making a node in the graph in hand, or finding that it is there already.

Arithmetic on constants is done, units are projected away, and what is left is looked up among the nodes already there.
Reads are counted all the time: `uses` of a node is what the nodes written read of it and what old ones yet to come
will, so that a rule knows which nodes die when it fires.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.arithmetic import folded_value  # noqa: I001
    from edgewise.simplify.scalars.signs import signs_of
    from edgewise.simplify.scalars.state import State
    from edgewise.simplify.scalars.work_columns import (
        BUILTIN, CONST, FOLDING, MUL, NONE, NOUGHT, NUMBER, PENDING, POWER, SCALED, SHARED, UNKNOWN,
    )  # fmt: skip

ASKING, ABSENT = -1, -2
"""Instead of a node: Python must be asked; there is no such node."""
LOW = (1 << 31) - 1


@cython.locals(k=cython.longlong)
def constant(s: State, value: cython.longlong) -> cython.longlong:
    """The node of a constant."""
    node: cython.longlong = s.values.node[value]
    if node < 0:
        node = s.values.node[value] = s.count
        s.count += 1
        s.op[node], s.attr[node], s.uses[node], s.place[node] = CONST, value, 0, 0
        s.cls[node], s.sign[node] = s.values.cls[value], s.values.sign[value]
        for k in range(s.width):
            s.args[node, k] = -1
    return node


def class_of_product(s: State) -> cython.longlong:
    """The class of the product that `spec` says: one factor may be a constant."""
    a: cython.longlong = s.cls[s.spec[0]]
    b: cython.longlong = s.cls[s.spec[1]]
    return SCALED if NOUGHT <= a <= NUMBER or NOUGHT <= b <= NUMBER else MUL


def commutes(s: State, op: cython.longlong) -> cython.bint:
    """Whether the arguments of an operation may change places."""
    return s.rules.commutative[min(op, BUILTIN)]


def computes(
    s: State, node: cython.longlong, op: cython.longlong, attr: cython.longlong, a: cython.longlong, b: cython.longlong
) -> cython.bint:
    """Whether a node computes this, with the further arguments of `spec`. x·y and y·x, x·x and x**2 are the same."""
    k: cython.longlong = 2
    its_op: cython.longlong = s.op[node]
    its_attr: cython.longlong = s.attr[node]
    c: cython.longlong = s.args[node, 0]
    d: cython.longlong = s.args[node, 1]
    if c > d and commutes(s, its_op):
        c, d = d, c
    if its_op == MUL and c == d:
        its_op, its_attr, d = POWER, s.two, -1
    if op != its_op or attr != its_attr or a != c or b != d:
        return False
    while k < s.width and s.spec[k] == s.args[node, k]:
        k += 1
    return k == s.width


@cython.locals(k=cython.longlong)
def find(s: State) -> cython.longlong:
    """The node that computes what `spec` says, or ABSENT; `s.slot` is its place in the table."""
    op: cython.longlong = s.spec_op
    attr: cython.longlong = s.spec_attr
    a: cython.longlong = s.spec[0]
    b: cython.longlong = s.spec[1]
    if a > b and commutes(s, op):
        a, b = b, a
    if op == MUL and a == b:
        op, attr, b = POWER, s.two, -1
    key: cython.longlong = ((op * 31 + attr * 7919) & LOW) * 40503 + a * 7621 + b * 104729
    for k in range(2, s.width):
        key += s.spec[k] * 31337
    slot: cython.longlong = ((key & LOW) * 20507 >> 11) & (s.slots - 1)
    while s.table[slot] >= 0:
        if computes(s, s.table[slot], op, attr, a, b):
            return s.table[slot]
        slot = (slot + 1) & (s.slots - 1)
    s.slot = slot
    return ABSENT


@cython.locals(k=cython.longlong)
def added(s: State) -> cython.longlong:
    """Write what `spec` says as a new node, behind its arguments and not before `s.floor`."""
    node: cython.longlong = s.count
    op: cython.longlong = s.spec_op
    place: cython.longlong = s.floor
    s.count += 1
    s.table[s.slot] = node
    for k in range(s.width):
        s.args[node, k] = s.spec[k]
        if s.spec[k] >= 0:
            place = max(place, s.place[s.spec[k]])
    s.op[node], s.attr[node], s.uses[node], s.place[node] = op, s.spec_attr, 0, place
    s.sign[node] = signs_of(s, node)
    s.cls[node] = NONE if op >= BUILTIN else class_of_product(s) if op == MUL else op
    return node


@cython.locals(k=cython.longlong)
def acquire(s: State, bottom: cython.longlong, node: cython.longlong, times: cython.longlong) -> None:
    """Count reads of a node; one that nobody read before begins to read its arguments.

    The stack below `bottom` belongs to the caller.
    """
    top: cython.longlong = bottom
    if s.uses[node] == 0 and times > 0:
        s.stack[top] = node
        top += 1
    s.uses[node] += times
    while top > bottom:
        top -= 1
        i: cython.longlong = s.stack[top]
        for k in range(s.width):
            j: cython.longlong = s.args[i, k]
            if j >= 0:
                if s.uses[j] == 0:
                    s.stack[top] = j
                    top += 1
                s.uses[j] += 1


@cython.locals(k=cython.longlong)
def release(s: State, bottom: cython.longlong, node: cython.longlong) -> None:
    """Take back one read of a node; one that nobody reads any more stops reading its arguments."""
    top: cython.longlong = bottom
    s.uses[node] -= 1
    if s.uses[node] == 0:
        s.stack[top] = node
        top += 1
    while top > bottom:
        top -= 1
        i: cython.longlong = s.stack[top]
        for k in range(s.width):
            j: cython.longlong = s.args[i, k]
            if j >= 0:
                s.uses[j] -= 1
                if s.uses[j] == 0:
                    s.stack[top] = j
                    top += 1


def note(s: State, rule: cython.longlong) -> None:
    """Remember that a rule fired, until the node is made: where Python must be asked, it is begun again."""
    if s.pending_count < PENDING:
        s.pending[s.pending_count] = rule
        s.pending_count += 1


@cython.locals(k=cython.longlong)
def commit(s: State) -> None:
    """Count the rules that fired for a node that is made."""
    for k in range(s.pending_count):
        s.fired[s.pending[k]] += 1
    s.pending_count = 0


def looked_up(s: State) -> cython.longlong:
    """What the rules' index says of `spec`; the exponent of a power stands as its second argument."""
    second: cython.longlong = NONE
    if s.spec_op == POWER:
        second = s.values.cls[s.spec_attr]
    elif s.spec[1] >= 0:
        second = s.cls[s.spec[1]]
    return s.rules.look[min(s.spec_op, BUILTIN), s.cls[s.spec[0]], second]


def plain(s: State, look: cython.longlong) -> cython.longlong:
    """The node that `spec` says, without rewriting: a constant, an argument, one that is there, or a new one.

    `look` is what the index says of it. ASKING where Python must be asked; where the state is `looking`, ABSENT instead
    of a new node.
    """
    a: cython.longlong = s.spec[0]
    b: cython.longlong = s.spec[1]
    if s.op[a] == CONST and (b < 0 or s.op[b] == CONST) and s.spec_op < BUILTIN:
        second: cython.longlong = s.spec_attr if s.spec_op == POWER else s.attr[b] if b >= 0 else -1
        value: cython.longlong = folded_value(s, s.spec_op, s.attr[a], second)
        if value == UNKNOWN:
            return ASKING
        if value >= 0:
            note(s, FOLDING)
            return constant(s, value)
    if look < 0:
        projected: cython.longlong = -look - 1
        note(s, projected >> 1)
        return b if projected & 1 else a
    node: cython.longlong = find(s)
    if node >= 0:
        note(s, SHARED)
        return node
    return ABSENT if s.looking else added(s)
