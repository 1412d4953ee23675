"""The smart constructor: make a node in the graph being written, or find that it is there already.

Arithmetic on constants is done, units are projected away, rules rewrite the node as long as one fits, and what is left is
looked up among the nodes already there. Reads are counted all the time: `uses` of a node is what the nodes written read
of it and what old ones yet to come will, so that a rule knows which nodes die when it fires.
"""

from __future__ import annotations

from edgewise.graph import IntArray
from edgewise.native import inlined, native
from edgewise.simplify.columns import (
    ANY_SIGN,
    ARGS,
    ATTR,
    ATTR_EQUAL,
    ATTR_NUMBER,
    BOUND,
    BUILD,
    BUILD_START,
    CLS,
    COMMUTATIVE,
    COUNT,
    DEN,
    EQUAL,
    FIRED,
    FLAG,
    FLOOR,
    FOLDING,
    GUARD,
    GUARDED,
    KIND,
    LIST_START,
    LISTS,
    LITERAL,
    LOOK,
    NEGATIVE,
    NODE,
    NUM,
    NUMBER,
    OP,
    OPERATION,
    PATTERN,
    PATTERN_START,
    PENDING,
    PENDING_COUNT,
    PENDING_SIZE,
    PLACE,
    POSITIVE,
    PUT_LITERAL,
    PUT_NODE,
    PUT_VALUE,
    RAISE,
    RANGE,
    RATIO,
    RULE,
    SAME,
    SHARED,
    SIGN,
    SLOT,
    SLOTS,
    SLOTS_END,
    SPEC,
    SURPLUS,
    TWO,
    UNKNOWN,
    USES,
    VALUE_CLS,
    VALUE_SIGN,
    ZERO,
    Codes,
)
from edgewise.simplify.values import folded_value

__all__ = ["acquire", "commit", "constant", "find", "fits_somewhere", "make", "release", "write"]

LIMIT = 64
"""Rewrites of one node in a pass; what is left over is for the next pass."""

ASKING, ABSENT = -1, -2
"""Instead of a node: Python must be asked; there is no such node."""


# --- signs: bit sets of what a real value is known to be, wherever it is defined; unknown means unproved ----------------


@inlined
def _flip(signs: int) -> int:
    """The signs of the negative."""
    return (signs & ZERO) | (NEGATIVE if signs & POSITIVE else 0) | (POSITIVE if signs & NEGATIVE else 0)


@inlined
def _plus(a: int, b: int) -> int:
    """The signs that a sum may have."""
    if (a | b) & POSITIVE and (a | b) & NEGATIVE:
        return ANY_SIGN
    # A sum of terms of one sign vanishes only where all of them may.
    return ((a | b) & (POSITIVE | NEGATIVE)) | (a & b & ZERO)


@inlined
def _times(a: int, b: int) -> int:
    """The signs that a product may have."""
    found = ZERO if (a | b) & ZERO else 0
    if (a & POSITIVE and b & POSITIVE) or (a & NEGATIVE and b & NEGATIVE):
        found |= POSITIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        found |= NEGATIVE
    return found


@inlined
def _signs(nodes: IntArray, values: IntArray, rules: IntArray, codes: Codes, node: int) -> int:
    """The possible signs of a node, from those of its arguments."""
    op, a, b = nodes[node, OP], nodes[node, ARGS], nodes[node, ARGS + 1]
    if op >= codes.builtin or a < 0:
        return ANY_SIGN
    first = nodes[a, SIGN]
    second = nodes[b, SIGN] if b >= 0 else ANY_SIGN
    if op == codes.add:
        return _plus(first, second)
    if op == codes.sub:
        return _plus(first, _flip(second))
    if op == codes.mul:
        return POSITIVE | (first & ZERO) if a == b else _times(first, second)
    if op == codes.div:
        return _times(first, second & ~ZERO)
    if op == codes.neg:
        return _flip(first)
    if op == codes.power:
        exponent = nodes[node, ATTR]
        odd = values[exponent, KIND] == RATIO and values[exponent, DEN] == 1 and values[exponent, NUM] % 2 == 1
        return first if odd else POSITIVE | (first & ZERO)
    if op == codes.where:
        return second | nodes[nodes[node, ARGS + 2], SIGN]
    if op == codes.max or op == codes.min:
        sure = POSITIVE if op == codes.max else NEGATIVE
        return sure if first == sure or second == sure else first | second
    if op == codes.abs:
        return POSITIVE | (first & ZERO)
    return rules[rules[RANGE] + op]


# --- nodes ------------------------------------------------------------------------------------------------------------


@native
def constant(nodes: IntArray, values: IntArray, codes: Codes, work: IntArray, value: int) -> int:
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
def find(nodes: IntArray, table: IntArray, rules: IntArray, codes: Codes, work: IntArray) -> int:
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
def _added(
    nodes: IntArray, table: IntArray, values: IntArray, rules: IntArray, codes: Codes, work: IntArray
) -> int:
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
    nodes[node, SIGN] = _signs(nodes, values, rules, codes, node)
    cls = op if op < codes.builtin else codes.none
    if op == codes.mul:
        first, second = nodes[work[SPEC + 2], CLS], nodes[work[SPEC + 3], CLS]
        if codes.zero <= first <= codes.number or codes.zero <= second <= codes.number:
            cls = codes.scaled
    nodes[node, CLS] = cls
    return node


@inlined
def acquire(nodes: IntArray, stack: IntArray, bottom: int, node: int, times: int) -> None:
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
def release(nodes: IntArray, stack: IntArray, bottom: int, node: int) -> None:
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
def _note(work: IntArray, rule: int) -> None:
    """Remember that a rule fired, until the node is made: where Python must be asked, it is begun again."""
    if work[PENDING_COUNT] < PENDING_SIZE:
        work[PENDING + work[PENDING_COUNT]] = rule
        work[PENDING_COUNT] += 1


@inlined
def commit(work: IntArray) -> None:
    """Count the rules that fired for a node that is made."""
    for k in range(work[PENDING_COUNT]):
        work[FIRED + work[PENDING + k]] += 1
    work[PENDING_COUNT] = 0


@inlined
def looked_up(nodes: IntArray, values: IntArray, look: IntArray, codes: Codes, work: IntArray) -> int:
    """What the rules' index says of `spec`."""
    op, b = work[SPEC], work[SPEC + 3]
    second = codes.none
    if op == codes.power:
        second = values[work[SPEC + 1], VALUE_CLS]
    elif b >= 0:
        second = nodes[b, CLS]
    return look[min(op, codes.builtin), nodes[work[SPEC + 2], CLS], second]


@inlined
def plain(
    nodes: IntArray, table: IntArray, values: IntArray, rules: IntArray, codes: Codes, work: IntArray, look: int
) -> int:
    """The node that `spec` says, without rewriting: a constant, an argument, one that is there, or a new one.

    `look` is what the index says of it. ASKING where Python must be asked; with `work[LOOK]`, ABSENT instead of a new node.
    """
    op, a, b = work[SPEC], work[SPEC + 2], work[SPEC + 3]
    if nodes[a, OP] == codes.const and (b < 0 or nodes[b, OP] == codes.const) and op < codes.builtin:
        second = work[SPEC + 1] if op == codes.power else int(nodes[b, ATTR]) if b >= 0 else -1
        value = folded_value(values, rules, codes, work, op, int(nodes[a, ATTR]), second)
        if value == UNKNOWN:
            return ASKING
        if value >= 0:
            _note(work, FOLDING)
            return constant(nodes, values, codes, work, value)
    if look < 0:
        projected = -look - 1
        _note(work, projected >> 1)
        return b if projected & 1 else a
    node = find(nodes, table, rules, codes, work)
    if node >= 0:
        _note(work, SHARED)
        return node
    return ABSENT if work[LOOK] else _added(nodes, table, values, rules, codes, work)


@native
def write(
    nodes: IntArray, table: IntArray, values: IntArray, look: IntArray, rules: IntArray, codes: Codes, work: IntArray
) -> int:
    """`plain` where it is seldom called."""
    return plain(nodes, table, values, rules, codes, work, looked_up(nodes, values, look, codes, work))


# --- rules ------------------------------------------------------------------------------------------------------------


@native
def _matches(nodes: IntArray, values: IntArray, rules: IntArray, codes: Codes, work: IntArray, variant: int) -> bool:
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
    nodes: IntArray, table: IntArray, values: IntArray, look: IntArray, rules: IntArray, codes: Codes, work: IntArray,
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
            node = write(nodes, table, values, look, rules, codes, work)
            if node < 0:
                return ABSENT
        work[top] = node
        top += 1
    return work[bottom]


@native
def _rewritten(
    nodes: IntArray, table: IntArray, values: IntArray, look: IntArray, rules: IntArray, codes: Codes, work: IntArray,
    group: int, same: int,
) -> int:  # fmt: skip
    """Apply the first rule of two lists that fits: a node, or ASKING with the replacement's root in `spec`, or ABSENT."""
    backup = SPEC + 2 + nodes.shape[1] - ARGS
    for turn in range(2):
        starts = rules[LIST_START] + (same if turn else group)
        for at in range(rules[LISTS] + rules[starts], rules[LISTS] + rules[starts + 1]):
            variant = rules[at]
            if not _matches(nodes, values, rules, codes, work, variant):
                continue
            for k in range(backup - SPEC):
                work[backup + k] = work[SPEC + k]
            noted = work[PENDING_COUNT]
            node = _built(nodes, table, values, look, rules, codes, work, variant)
            if node != ABSENT:
                _note(work, rules[rules[RULE] + variant])
                return node
            for k in range(backup - SPEC):
                work[SPEC + k] = work[backup + k]
            work[PENDING_COUNT] = noted
            if work[FLAG]:
                return ABSENT
    return ABSENT


@inlined
def make(
    nodes: IntArray, table: IntArray, values: IntArray, look: IntArray, rules: IntArray, codes: Codes, work: IntArray,
    rewrite: bool,
) -> int:  # fmt: skip
    """The node that `spec` says, rewritten as long as a rule fits; ASKING where Python must be asked."""
    work[PENDING_COUNT] = 0
    left = LIMIT if rewrite else 0
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
def fits_somewhere(
    nodes: IntArray, values: IntArray, look: IntArray, rules: IntArray, codes: Codes, work: IntArray
) -> bool:
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
            starts = rules[LIST_START] + (same if turn else group)
            for at in range(rules[LISTS] + rules[starts], rules[LISTS] + rules[starts + 1]):
                if _matches(nodes, values, rules, codes, work, rules[at]):
                    return True
    return False
