"""The rules at work: whether one fits the node about to be made, and the node that it is rewritten to."""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.arithmetic import apart  # noqa: I001
    from edgewise.simplify.scalars.hash_consing import ABSENT, ASKING, constant, looked_up, note, plain
    from edgewise.simplify.scalars.state import State
    from edgewise.simplify.scalars.work_columns import (
        ADD, ANY, ATTR_EQUAL, ATTR_NUMBER, BUILTIN, CONST, DONE, EQUAL, NOUGHT, NUMBER, OPERATION, POW, PUT_LITERAL,
        PUT_NODE, PUT_VALUE, RAISE, SUB,
    )  # fmt: skip

FIRST_NUMBER = cython.declare(cython.longlong, 5)
"""Variables from this on are constants: c and d behind x to v, see `patterns`."""
LIMIT = 64
"""Rewrites of one node in a pass; what is left over is for the next pass."""


def bind(s: State, variable: cython.longlong, value: cython.longlong) -> cython.bint:
    """Bind a variable to a node, or to a value; whether it is not another one already."""
    if s.bound[variable] >= 0 and s.bound[variable] != value:
        return False
    s.bound[variable] = value
    return True


def fits(s: State, row: cython.longlong) -> cython.bint:
    """Whether a row of a pattern fits."""
    kind: cython.longlong = s.rules.pattern[row, 0]
    source: cython.longlong = s.rules.pattern[row, 1]
    arg: cython.longlong = s.rules.pattern[row, 2]
    what: cython.longlong = s.rules.pattern[row, 3]
    slot: cython.longlong = s.rules.pattern[row, 4]
    if kind == ATTR_NUMBER or kind == ATTR_EQUAL:
        value: cython.longlong = s.spec_attr if source == 0 else s.attr[s.slot_node[source]]
        if kind == ATTR_EQUAL:
            return s.values.literal[value] == what
        return NOUGHT <= s.values.cls[value] <= NUMBER and bind(s, what, value)
    node: cython.longlong = s.spec[arg] if source == 0 else s.args[s.slot_node[source], arg]
    if kind == ANY:
        return bind(s, what, node)
    if kind == OPERATION:
        # It dies with the root, if nobody else reads it and the node above it dies too.
        s.slot_node[slot] = node
        s.slot_dies[slot] = 1 if s.uses[node] <= 1 and (source == 0 or s.slot_dies[source]) else 0
        s.dying += s.slot_dies[slot]
        return s.op[node] == what
    if s.op[node] != CONST:
        return False
    return s.values.literal[s.attr[node]] == what if kind == EQUAL else bind(s, what, s.attr[node])


@cython.locals(k=cython.longlong)
def matches(s: State, variant: cython.longlong) -> cython.bint:
    """Whether a rule fits `spec`: guard proved, no operations added. Binds its variables: nodes, or values."""
    s.dying = 0
    for k in range(s.bound.shape[0]):
        s.bound[k] = -1
    for k in range(s.rules.pattern_start[variant], s.rules.pattern_start[variant + 1]):
        if not fits(s, k):
            return False
    if s.rules.surplus[variant] > s.dying:
        return False
    guarded: cython.longlong = s.rules.guarded[variant]
    if guarded < 0:
        return True
    found: cython.longlong = s.bound[guarded]
    return ((s.values.sign[found] if guarded >= FIRST_NUMBER else s.sign[found]) & ~s.rules.guard[variant]) == 0


@cython.locals(k=cython.longlong)
def apply(s: State, row: cython.longlong, top: cython.longlong) -> cython.bint:
    """Let `spec` say the operation of a row on what is built from `top` on; whether it can be written."""
    arity: cython.longlong = s.rules.build[row, 2]
    s.spec_op, s.spec_attr = s.rules.build[row, 1], 0
    for k in range(s.width):
        s.spec[k] = s.built[top + k] if k < arity else -1
    if s.rules.build[row, 0] == RAISE:  # the exponent becomes an attribute
        if s.op[s.spec[1]] != CONST:
            return False
        s.spec_attr, s.spec[1] = s.attr[s.spec[1]], -1
    return True


@cython.locals(row=cython.longlong, k=cython.longlong)
def built(s: State, variant: cython.longlong) -> cython.longlong:
    """Write a rule's replacement: a node, or ASKING with its root in `spec`, or ABSENT where it cannot be written."""
    node: cython.longlong = ABSENT
    top: cython.longlong = 0
    end: cython.longlong = s.rules.build_start[variant + 1]
    for row in range(s.rules.build_start[variant], end):
        kind: cython.longlong = s.rules.build[row, 0]
        what: cython.longlong = s.rules.build[row, 1]
        if kind == PUT_NODE:
            node = s.bound[what]
        elif kind == PUT_VALUE or kind == PUT_LITERAL:
            node = constant(s, s.bound[what] if kind == PUT_VALUE else what + 1)
        else:
            arity: cython.longlong = s.rules.build[row, 2]
            top -= arity
            if not apply(s, row, top):
                return ABSENT
            if row + 1 == end:
                return ASKING
            folds: cython.bint = arity > 0 and what <= POW  # arithmetic comes first in the table
            for k in range(arity):
                folds = folds and s.spec[k] >= 0 and s.op[s.spec[k]] == CONST
            if folds and (what == ADD or what == SUB) and apart(s, s.attr[s.spec[0]], s.attr[s.spec[1]]):
                return ABSENT
            node = plain(s, looked_up(s))
            if node < 0 or (folds and s.op[node] != CONST):  # it would overflow
                return ABSENT
        s.built[top] = node
        top += 1
    return node


@cython.locals(k=cython.longlong)
def tried(s: State, variant: cython.longlong) -> cython.longlong:
    """What a rule that fits makes of `spec`, as `built` says; ABSENT with `spec` as it was."""
    op: cython.longlong = s.spec_op
    attr: cython.longlong = s.spec_attr
    noted: cython.longlong = s.pending_count
    for k in range(s.width):
        s.kept[k] = s.spec[k]
    node: cython.longlong = built(s, variant)
    if node != ABSENT:
        note(s, s.rules.rule[variant])
        return node
    s.spec_op, s.spec_attr, s.pending_count = op, attr, noted
    for k in range(s.width):
        s.spec[k] = s.kept[k]
    return ABSENT


def rewritten(s: State, group: cython.longlong, same: cython.longlong) -> cython.longlong:
    """Apply the first rule of two lists that fits, in the table's order: a node, ASKING with the replacement's root
    in `spec`, or ABSENT.
    """
    one: cython.longlong = s.rules.list_start[group]
    two: cython.longlong = s.rules.list_start[same]
    one_end: cython.longlong = s.rules.list_start[group + 1]
    two_end: cython.longlong = s.rules.list_start[same + 1]
    while one < one_end or two < two_end:
        if two == two_end or (one < one_end and s.rules.lists[one] < s.rules.lists[two]):
            variant: cython.longlong = s.rules.lists[one]
            one += 1
        else:
            variant = s.rules.lists[two]
            two += 1
        if matches(s, variant):
            node: cython.longlong = tried(s, variant)
            if node != ABSENT or s.stopped != DONE:
                return node
    return ABSENT


def make(s: State) -> cython.longlong:
    """The node that `spec` says, rewritten as long as a rule fits; ASKING where Python must be asked."""
    s.pending_count = 0
    left: cython.longlong = LIMIT
    while True:
        group: cython.longlong = looked_up(s)
        same: cython.longlong = s.rules.same[min(s.spec_op, BUILTIN)] if s.spec[0] == s.spec[1] else 0
        s.looking = left > 0 and (group > 0 or (same > 0 and group == 0))
        node: cython.longlong = plain(s, group)
        if not s.looking or node != ABSENT:
            break
        s.looking = False
        node = rewritten(s, group, same)
        if s.stopped != DONE:
            node = ASKING
            break
        if node >= 0:
            break
        left = left - 1 if node == ASKING else 0
    s.looking = False
    return node


def any_matches(s: State, group: cython.longlong) -> cython.bint:
    """Whether some rule of a list fits `spec`."""
    k: cython.longlong = s.rules.list_start[group]
    while k < s.rules.list_start[group + 1] and not matches(s, s.rules.lists[k]):
        k += 1
    return k < s.rules.list_start[group + 1]


@cython.locals(k=cython.longlong)
def fits_at(s: State, node: cython.longlong) -> cython.bint:
    """Whether some rule fits a node."""
    s.spec_op, s.spec_attr = s.op[node], s.attr[node]
    for k in range(s.width):
        s.spec[k] = s.args[node, k]
    group: cython.longlong = looked_up(s)
    if group < 0:
        return True
    same: cython.longlong = s.rules.same[min(s.spec_op, BUILTIN)] if s.spec[0] == s.spec[1] else 0
    return (same > 0 and any_matches(s, same)) or (group > 0 and any_matches(s, group))


def fits_somewhere(s: State) -> cython.bint:
    """Whether some rule fits some node: what a pass would find, at a fraction of its cost."""
    node: cython.longlong = 0
    with cython.nogil:
        while node < s.count and not (s.uses[node] and s.args[node, 0] >= 0 and fits_at(s, node)):
            node += 1
    return node < s.count
