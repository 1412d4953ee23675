"""The rules at work: whether one fits the node about to be made, and the node that it is rewritten to."""

from __future__ import annotations

from edgewise.native import inlined, native
from edgewise.simplify.scalars.hash_consing import ABSENT, ASKING, constant, looked_up, note, plain, write
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ATTR,
    ATTR_EQUAL,
    ATTR_NUMBER,
    BOUND,
    BUILD,
    BUILD_START,
    CLS,
    EQUAL,
    FLAG,
    GUARD,
    GUARDED,
    LIST_START,
    LISTS,
    LITERAL,
    LOOK,
    NUMBER,
    OP,
    OPERATION,
    PATTERN,
    PATTERN_START,
    PENDING_COUNT,
    PUT_LITERAL,
    PUT_NODE,
    PUT_VALUE,
    RAISE,
    RULE,
    SAME,
    SIGN,
    SLOTS,
    SLOTS_END,
    SPEC,
    SURPLUS,
    USES,
    VALUE_CLS,
    Codes,
    Ints,
)

__all__ = ["fits_somewhere", "make", "matches"]

LIMIT = 64
"""Rewrites of one node in a pass; what is left over is for the next pass."""


@native
def matches(nodes: Ints, values: Ints, rules: Ints, codes: Codes, work: Ints, variant: int) -> bool:
    """Whether a rule fits `spec`: guard proved, no operations added. Binds its variables: nodes, or values."""
    for v in range(BOUND, SLOTS):
        work[v] = -1
    dying = 0
    starts = rules[PATTERN_START] + variant
    for at in range(rules[PATTERN] + 5 * rules[starts], rules[PATTERN] + 5 * rules[starts + 1], 5):
        kind, source, what = rules[at], rules[at + 1], rules[at + 3]
        if kind == ATTR_NUMBER or kind == ATTR_EQUAL:
            value = work[SPEC + 1] if source == 0 else nodes[work[SLOTS + source], ATTR]
            if kind == ATTR_EQUAL:
                if values[value, LITERAL] != what:
                    return False
                continue
            if not codes.zero <= values[value, VALUE_CLS] <= codes.number:
                return False
        else:
            node = work[SPEC + 2 + rules[at + 2]] if source == 0 else nodes[work[SLOTS + source], ARGS + rules[at + 2]]
            if kind == OPERATION:
                if nodes[node, OP] != what:
                    return False
                # It dies with the root, if nobody else reads it and the node above it dies too.
                alone = nodes[node, USES] <= 1 and (source == 0 or work[SLOTS + SLOTS_END + source] == 1)
                dying += 1 if alone else 0
                work[SLOTS + rules[at + 4]], work[SLOTS + SLOTS_END + rules[at + 4]] = node, 1 if alone else 0
                continue
            value = node
            if kind == NUMBER or kind == EQUAL:
                if nodes[node, OP] != codes.const:
                    return False
                value = nodes[node, ATTR]
                if kind == EQUAL:
                    if values[value, LITERAL] != what:
                        return False
                    continue
        if work[BOUND + what] >= 0 and work[BOUND + what] != value:
            return False
        work[BOUND + what] = value
    if rules[rules[SURPLUS] + variant] > dying:
        return False
    guarded = rules[rules[GUARDED] + variant]
    return guarded < 0 or (nodes[work[BOUND + guarded], SIGN] & ~rules[rules[GUARD] + variant]) == 0


@native
def _built(
    nodes: Ints, table: Ints, values: Ints, look: Ints, rules: Ints, codes: Codes, work: Ints,
    variant: int,
) -> int:  # fmt: skip
    """Write a rule's replacement: a node, or ASKING with its root in `spec`, or ABSENT where it cannot be written."""
    bottom = SLOTS + SLOTS_END
    top = bottom
    starts = rules[BUILD_START] + variant
    end = rules[BUILD] + 3 * rules[starts + 1]
    for at in range(rules[BUILD] + 3 * rules[starts], end, 3):
        kind, what, arity = rules[at], rules[at + 1], rules[at + 2]
        if kind == PUT_NODE:
            node = work[BOUND + what]
        elif kind == PUT_VALUE:
            node = constant(nodes, values, codes, work, work[BOUND + what])
        elif kind == PUT_LITERAL:
            node = constant(nodes, values, codes, work, what + 1)
        else:
            top -= arity
            for k in range(ARGS, nodes.shape[1]):
                work[SPEC + 2 + k - ARGS] = work[top + k - ARGS] if k - ARGS < arity else -1
            work[SPEC], work[SPEC + 1] = what, 0
            if kind == RAISE:  # the exponent becomes an attribute
                exponent = work[SPEC + 3]
                if nodes[exponent, OP] != codes.const:
                    return ABSENT
                work[SPEC + 1], work[SPEC + 3] = nodes[exponent, ATTR], -1
            if at + 3 == end:
                return ASKING
            folds = arity > 0
            for k in range(arity):
                folds = folds and nodes[work[SPEC + 2 + k], OP] == codes.const
            node = write(nodes, table, values, look, rules, codes, work)
            if node < 0 or (folds and nodes[node, OP] != codes.const):  # it would overflow
                return ABSENT
        work[top] = node
        top += 1
    return work[bottom]


@native
def _rewritten(
    nodes: Ints, table: Ints, values: Ints, look: Ints, rules: Ints, codes: Codes, work: Ints,
    group: int, same: int,
) -> int:  # fmt: skip
    """Apply the first rule of two lists that fits, in the table's order: a node, ASKING with the replacement's root
    in `spec`, or ABSENT.
    """
    backup = SPEC + 2 + nodes.shape[1] - ARGS
    first, second = rules[LIST_START] + group, rules[LIST_START] + same
    one, one_end = rules[LISTS] + rules[first], rules[LISTS] + rules[first + 1]
    two, two_end = rules[LISTS] + rules[second], rules[LISTS] + rules[second + 1]
    while one < one_end or two < two_end:
        if two == two_end or (one < one_end and rules[one] < rules[two]):
            variant = rules[one]
            one += 1
        else:
            variant = rules[two]
            two += 1
        if not matches(nodes, values, rules, codes, work, variant):
            continue
        for k in range(backup - SPEC):
            work[backup + k] = work[SPEC + k]
        noted = work[PENDING_COUNT]
        node = _built(nodes, table, values, look, rules, codes, work, variant)
        if node != ABSENT:
            note(work, rules[rules[RULE] + variant])
            return node
        for k in range(backup - SPEC):
            work[SPEC + k] = work[backup + k]
        work[PENDING_COUNT] = noted
        if work[FLAG]:
            return ABSENT
    return ABSENT


@inlined
def make(
    nodes: Ints, table: Ints, values: Ints, look: Ints, rules: Ints, codes: Codes, work: Ints,
) -> int:  # fmt: skip
    """The node that `spec` says, rewritten as long as a rule fits; ASKING where Python must be asked."""
    work[PENDING_COUNT] = 0
    left = LIMIT
    while True:
        group = looked_up(nodes, values, look, codes, work)
        same = 0
        if work[SPEC + 2] == work[SPEC + 3]:
            same = rules[rules[SAME] + min(work[SPEC], codes.builtin)]
        looking = left > 0 and (group > 0 or (same > 0 and group == 0))
        work[LOOK] = 1 if looking else 0
        node = plain(nodes, table, values, rules, codes, work, group)
        if not looking or node != ABSENT:
            break
        work[LOOK] = 0
        node = _rewritten(nodes, table, values, look, rules, codes, work, group, same)
        if work[FLAG]:
            node = ASKING
            break
        if node >= 0:
            break
        left = left - 1 if node == ASKING else 0
    work[LOOK] = 0
    return node


@native
def fits_somewhere(nodes: Ints, values: Ints, look: Ints, rules: Ints, codes: Codes, work: Ints) -> bool:
    """Whether some rule fits some node: what a pass would find, at a fraction of its cost."""
    for i in range(len(nodes)):
        a, b = nodes[i, ARGS], nodes[i, ARGS + 1]
        if nodes[i, USES] == 0 or a < 0:
            continue
        op, second = nodes[i, OP], codes.none
        if op == codes.power:
            second = values[nodes[i, ATTR], VALUE_CLS]
        elif b >= 0:
            second = nodes[b, CLS]
        group = look[min(op, codes.builtin), nodes[a, CLS], second]
        if group < 0:
            return True
        same = rules[rules[SAME] + min(op, codes.builtin)] if a == b else 0
        if group == 0 and same == 0:
            continue
        work[SPEC], work[SPEC + 1] = op, nodes[i, ATTR]
        for k in range(ARGS, nodes.shape[1]):
            work[SPEC + 2 + k - ARGS] = nodes[i, k]
        for turn in range(2):
            starts = rules[LIST_START] + (group if turn else same)
            for at in range(rules[LISTS] + rules[starts], rules[LISTS] + rules[starts + 1]):
                if matches(nodes, values, rules, codes, work, rules[at]):
                    return True
    return False
