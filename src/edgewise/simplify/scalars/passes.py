"""The passes over a whole graph: writing it anew through the smart constructor, and the steps before and after.

A pass goes up the old graph and makes each node in the new one. Arguments come first, so one pass normalises from the
leaves to the roots.
"""

from __future__ import annotations

from edgewise.native import inlined, native
from edgewise.simplify.scalars.hash_consing import acquire, commit, constant, find, release, write
from edgewise.simplify.scalars.matching import make
from edgewise.simplify.scalars.work_columns import (
    ARGS,
    ATTR,
    COUNT,
    DONE,
    FIRST,
    FLAG,
    FLOOR,
    GROW,
    HEADROOM,
    IMAGE,
    LEAF_COUNT,
    LEAF_START,
    MADE_OP,
    MORE_VALUES,
    NODE,
    OP,
    PENDING_COUNT,
    PLACE,
    READS,
    SECOND,
    SKIP,
    SLOT,
    SPEC,
    TARGET,
    THIRD,
    USES,
    VALUES,
    Codes,
    Ints,
    Plan,
)

__all__ = ["adopt", "compose", "flatten", "load", "number_nodes", "rebuild", "unplaced", "use_counts", "widen"]


@native
def load(ops: Ints, start: Ints, args: Ints, codes: Codes, nodes: Ints) -> None:
    """Fill in the columns of a graph as given, but for its attributes. Inputs and constants go before all others."""
    for i in range(len(nodes)):
        leaf = ops[i] == codes.const or ops[i] == codes.input
        nodes[i, OP], nodes[i, USES], nodes[i, PLACE] = ops[i], 0, 0 if leaf else i
        for k in range(nodes.shape[1] - ARGS):
            nodes[i, ARGS + k] = args[start[i] + k] if start[i] + k < start[i + 1] else -1


@native
def use_counts(nodes: Ints, roots: Ints) -> None:
    """How often each node is read by nodes that some root needs, a root counting as read."""
    for i in roots:
        nodes[i, USES] += 1
    for i in range(len(nodes) - 1, -1, -1):
        if nodes[i, USES]:
            for k in range(ARGS, nodes.shape[1]):
                if nodes[i, k] >= 0:
                    nodes[nodes[i, k], USES] += 1


@inlined
def _cramped(nodes: Ints, table: Ints, values: Ints, work: Ints) -> bool:
    """Whether there may be too little room for one more node and what its rewriting adds."""
    if work[COUNT] + HEADROOM > len(nodes) or 4 * (work[COUNT] + HEADROOM) > 3 * len(table):
        work[FLAG] = GROW
    elif 2 * (work[VALUES] + HEADROOM) > len(values):
        work[FLAG] = MORE_VALUES
    return bool(work[FLAG] != DONE)


@inlined
def _specified(old: Ints, work: Ints, image: Ints, node: int) -> None:
    """Let `spec` say what an old node is, with its arguments in the new graph."""
    work[FLOOR] = old[node, PLACE]
    work[SPEC], work[SPEC + 1] = old[node, OP], old[node, ATTR]
    for k in range(ARGS, old.shape[1]):
        j = old[node, k]
        work[SPEC + 2 + k - ARGS] = image[j] if j >= 0 else -1


@inlined
def _ready(nodes: Ints, values: Ints, codes: Codes, work: Ints, stack: Ints, top: int, made: Ints,
           n: int) -> int:  # fmt: skip
    """Descend from the planned node on the stack to one whose arguments are written; how high the stack is then."""
    while top:
        v = stack[top - 1]
        a, b, c = made[v, FIRST], made[v, SECOND], made[v, THIRD]
        if made[v, IMAGE] >= 0:
            top -= 1
        elif made[v, MADE_OP] == codes.const:
            made[v, IMAGE] = constant(nodes, values, codes, work, a)
            acquire(nodes, stack, top, made[v, IMAGE], made[v, READS])
        elif a >= n and made[a - n, IMAGE] < 0:
            stack[top] = a - n
            top += 1
        elif b >= n and made[b - n, IMAGE] < 0:
            stack[top] = b - n
            top += 1
        elif c >= n and made[c - n, IMAGE] < 0:
            stack[top] = c - n
            top += 1
        else:
            break
    return top


@native
def rebuild(
    old: Ints, plan: Plan, nodes: Ints, table: Ints, values: Ints, look: Ints, rules: Ints,
    codes: Codes, work: Ints, stack: Ints, image: Ints, first: int, last: int,
) -> int:  # fmt: skip
    """Write the live nodes of `old` from `first` to before `last` anew; the number to go on from.

    Before `last` it stops where `work[FLAG]` says why. `image` is filled with the new node of each old one. With a
    plan, trees are replaced as planned.
    """
    n, made = len(old), plan.made
    planned = len(plan.rows) > 0
    for i in range(first, last):
        uses = old[i, USES]
        if uses == 0 or old[i, OP] == codes.input or (planned and plan.rows[i, SKIP]):
            continue
        if old[i, OP] == codes.const:
            image[i] = constant(nodes, values, codes, work, old[i, ATTR])
            acquire(nodes, stack, 0, image[i], uses)
            continue
        target, top, v = -1, 0, 0
        if planned:
            target = plan.rows[i, TARGET]
        if target >= n:
            stack[0] = target - n
            top = 1
        while True:
            if target >= 0:
                top = _ready(nodes, values, codes, work, stack, top, made, n)
                if top == 0:
                    break
                v = stack[top - 1]
            if _cramped(nodes, table, values, work):
                return i
            if target >= 0:
                a, b, c = made[v, FIRST], made[v, SECOND], made[v, THIRD]
                work[FLOOR] = 0
                work[SPEC], work[SPEC + 1] = made[v, MADE_OP], 0
                work[SPEC + 2] = image[a] if a < n else made[a - n, IMAGE]
                work[SPEC + 3] = -1 if b < 0 else image[b] if b < n else made[b - n, IMAGE]
                work[SPEC + 4] = -1 if c < 0 else image[c] if c < n else made[c - n, IMAGE]
                for k in range(ARGS + 3, nodes.shape[1]):
                    work[SPEC + 2 + k - ARGS] = -1
            else:
                _specified(old, work, image, i)
            new = work[COUNT]
            node = make(nodes, table, values, look, rules, codes, work)
            if node < 0:
                return i
            if target < 0:
                image[i] = node
                if node == new and work[PENDING_COUNT] == 0:  # copied as it was: its reads become the copy's
                    nodes[node, USES] = uses
                    break
            commit(work)
            if target < 0:
                acquire(nodes, stack, 0, node, uses)
                for k in range(ARGS, old.shape[1]):
                    if old[i, k] >= 0:
                        release(nodes, stack, 0, image[old[i, k]])
                break
            made[v, IMAGE] = node
            acquire(nodes, stack, top, node, made[v, READS])
            for k in (FIRST, SECOND, THIRD):
                if made[v, k] >= n:
                    release(nodes, stack, top, made[made[v, k] - n, IMAGE])
        if target >= 0:
            node = image[target] if target < n else made[target - n, IMAGE]
            image[i] = node
            acquire(nodes, stack, 0, node, uses)
            if target >= n:
                release(nodes, stack, 0, node)
            start = plan.rows[i, LEAF_START]
            for position in range(start, start + plan.rows[i, LEAF_COUNT]):
                release(nodes, stack, 0, image[plan.leaves[position]])
    return last


@native
def widen(
    old: Ints, nodes: Ints, table: Ints, values: Ints, rules: Ints, codes: Codes, work: Ints,
    image: Ints,
) -> None:  # fmt: skip
    """Copy a graph to columns with more room. `image` holds each node's own number."""
    work[COUNT] = len(old)
    for i in range(len(old)):
        for k in range(old.shape[1]):
            nodes[i, k] = old[i, k]
        if old[i, OP] == codes.const:
            values[old[i, ATTR], NODE] = i
        elif old[i, OP] != codes.input:
            _specified(old, work, image, i)
            if find(nodes, table, rules, codes, work) < 0:
                table[work[SLOT]] = i


@native
def unplaced(first: Ints, image: Ints, wanted: Ints) -> int:
    """Complete the wanted nodes of the first graph by those that they are made of; how many have no image yet."""
    total = 0
    for i in range(len(first) - 1, -1, -1):
        if wanted[i] and image[i] < 0:
            total += 1
            for k in range(ARGS, first.shape[1]):
                if first[i, k] >= 0:
                    wanted[first[i, k]] = 1
    return total


@native
def adopt(
    old: Ints, wanted: Ints, nodes: Ints, table: Ints, values: Ints, look: Ints,
    rules: Ints, codes: Codes, work: Ints, image: Ints, first: int,
) -> int:  # fmt: skip
    """Give every wanted node of the first graph a node of its value in the last: what no root needs any more."""
    for i in range(first, len(old)):
        if not wanted[i] or image[i] >= 0:
            continue
        if _cramped(nodes, table, values, work):
            return i
        if old[i, OP] == codes.const:
            image[i] = constant(nodes, values, codes, work, old[i, ATTR])
            continue
        _specified(old, work, image, i)
        node = write(nodes, table, values, look, rules, codes, work)
        if node < 0:
            return i
        image[i] = node
    return len(old)


@native
def number_nodes(nodes: Ints, needed: Ints, number: Ints, order: Ints, begin: Ints) -> int:
    """Number what is needed in order of place, in `number` (-1: not needed), and list it in `order`; how many there
    are.

    `needed` holds 1 for the roots and is completed here. `begin` are noughts, two more than the largest place.
    """
    n = len(nodes)
    for i in range(n - 1, -1, -1):
        if needed[i]:
            for k in range(ARGS, nodes.shape[1]):
                if nodes[i, k] >= 0:
                    needed[nodes[i, k]] = 1
    for i in range(n):
        if needed[i]:
            begin[nodes[i, PLACE] + 1] += 1
    for p in range(1, len(begin)):
        begin[p] += begin[p - 1]
    total = begin[len(begin) - 1]
    for i in range(n):
        number[i] = -1
        if needed[i]:
            number[i] = begin[nodes[i, PLACE]]
            begin[nodes[i, PLACE]] += 1
            order[number[i]] = i
    return total


@native
def flatten(nodes: Ints, order: Ints, number: Ints, ops: Ints, start: Ints, args: Ints) -> int:
    """The numbered nodes as the columns of a tape; how many arguments they have."""
    total = 0
    for i in range(len(order)):
        node = order[i]
        ops[i], start[i] = nodes[node, OP], total
        for k in range(ARGS, nodes.shape[1]):
            if nodes[node, k] >= 0:
                args[total] = number[nodes[node, k]]
                total += 1
    start[len(order)] = total
    return total


@native
def compose(way: Ints, image: Ints) -> None:
    """Go one pass further: `way` leads from the first graph to the last, `image` from there on."""
    for i in range(len(way)):
        if way[i] >= 0:
            way[i] = image[way[i]]
