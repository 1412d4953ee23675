"""The passes over a whole graph: writing it anew through the smart constructor, and the steps before and after.

A pass goes up the old graph and makes each node in the new one. Arguments come first, so one pass normalises from the
leaves to the roots.
"""

from __future__ import annotations

import cython

if not cython.compiled:
    from edgewise.simplify.scalars.hash_consing import acquire, commit, constant, release
    from edgewise.simplify.scalars.matching import make
    from edgewise.simplify.scalars.state import Sheet, State
    from edgewise.simplify.scalars.work_columns import CONST, DONE, GROW, HEADROOM, INPUT, MORE_VALUES, POWER


@cython.locals(i=cython.longlong)
def widest(start: cython.const[cython.longlong][::1]) -> int:
    """The most arguments of a node; three at least."""
    most: cython.longlong = 3
    for i in range(len(start) - 1):
        most = max(most, start[i + 1] - start[i])
    return most


@cython.locals(i=cython.longlong, k=cython.longlong)
def load(
    s: State, ops: cython.const[cython.ushort][::1], start: cython.const[cython.longlong][::1],
    args: cython.const[cython.longlong][::1], roots: cython.const[cython.longlong][::1],
) -> None:  # fmt: skip
    """Fill in the graph as given, but for its attributes. Inputs and constants go before all others.

    Reads are counted of nodes that some root needs, a root counting as read.
    """
    s.count = len(ops)
    with cython.nogil:
        for i in range(s.count):
            s.op[i], s.attr[i], s.uses[i] = ops[i], 0, 0
            s.place[i] = 0 if ops[i] == CONST or ops[i] == INPUT else i
            for k in range(s.width):
                s.args[i, k] = args[start[i] + k] if start[i] + k < start[i + 1] else -1
    count_reads(s, roots)


@cython.locals(i=cython.longlong, k=cython.longlong)
def count_reads(s: State, roots: cython.const[cython.longlong][::1]) -> None:
    """How often each node is read by nodes that some root needs, a root counting as read. Begins at noughts."""
    with cython.nogil:
        for i in range(len(roots)):
            s.uses[roots[i]] += 1
        for i in range(s.count - 1, -1, -1):
            if s.uses[i]:
                for k in range(s.width):
                    if s.args[i, k] >= 0:
                        s.uses[s.args[i, k]] += 1


@cython.locals(i=cython.longlong)
def operations(sheet: Sheet) -> cython.longlong:
    """How many operations the roots need."""
    total: cython.longlong = 0
    for i in range(sheet.count):
        total += 1 if sheet.uses[i] > 0 and sheet.args[i, 0] >= 0 else 0
    return total


@cython.locals(i=cython.longlong, k=cython.longlong)
def begin(s: State, old: Sheet, sheet: Sheet, given: cython.bint) -> None:
    """Take an empty sheet with the inputs alone in hand; in the old one they come first, unless it is as `given`."""
    s.take(sheet)
    s.count = len(s.inputs)
    s.image = s.memory.longs(old.count, -1)
    with cython.nogil:
        for i in range(s.table.shape[0]):
            s.table[i] = -1
        for i in range(s.values.count):
            s.values.node[i] = -1
        for i in range(s.count):
            at: cython.longlong = s.inputs[i] if given else i
            s.image[at] = i
            s.op[i], s.attr[i], s.uses[i], s.cls[i] = INPUT, 0, old.uses[at], INPUT
            s.sign[i], s.place[i] = s.signs[i], 0
            for k in range(s.width):
                s.args[i, k] = -1


def cramped(s: State) -> cython.bint:
    """Whether there may be too little room for one more node and what its rewriting adds."""
    if s.count + HEADROOM > s.room or 4 * (s.count + HEADROOM) > 3 * s.slots:
        s.stopped = GROW
    elif 2 * (s.values.count + HEADROOM) > s.values.room:
        s.stopped = MORE_VALUES
    return s.stopped != DONE


@cython.locals(k=cython.longlong)
def specify(s: State, old: Sheet, node: cython.longlong) -> None:
    """Let `spec` say what an old node is, with its arguments in the new graph."""
    s.spec_op, s.spec_attr, s.floor = old.op[node], old.attr[node], old.place[node]
    for k in range(s.width):
        s.spec[k] = s.image[old.args[node, k]] if old.args[node, k] >= 0 else -1


@cython.locals(k=cython.longlong)
def copied(s: State, old: Sheet, i: cython.longlong) -> cython.bint:
    """Write an old node anew, as the rules make it; False where the pass must stop."""
    if cramped(s):
        return False
    specify(s, old, i)
    new: cython.longlong = s.count
    node: cython.longlong = make(s)
    if node < 0:
        return False
    s.image[i] = node
    if node == new and s.pending_count == 0:  # as it was: its reads become the copy's
        s.uses[node] = old.uses[i]
        return True
    commit(s)
    acquire(s, 0, node, old.uses[i])
    for k in range(s.width):
        if old.args[i, k] >= 0:
            release(s, 0, s.image[old.args[i, k]])
    return True


def written(s: State, n: cython.longlong, node: cython.longlong) -> cython.longlong:
    """Where an old node, or one of the plan's new ones, is; -1 for none."""
    return -1 if node < 0 else s.image[node] if node < n else s.plan.image[node - n]


def unwritten(s: State, n: cython.longlong, v: cython.longlong) -> cython.longlong:
    """The first argument of a planned node that is a planned one not written yet, as its row; -1 for none."""
    if s.plan.first[v] >= n and s.plan.image[s.plan.first[v] - n] < 0:
        return s.plan.first[v] - n
    if s.plan.second[v] >= n and s.plan.image[s.plan.second[v] - n] < 0:
        return s.plan.second[v] - n
    if s.plan.third[v] >= n and s.plan.image[s.plan.third[v] - n] < 0:
        return s.plan.third[v] - n
    return -1


def ready(s: State, n: cython.longlong, top: cython.longlong) -> cython.longlong:
    """Descend from the planned node on the stack to one whose arguments are written; how high the stack is then."""
    while top:
        v: cython.longlong = s.stack[top - 1]
        if s.plan.image[v] >= 0:
            top -= 1
        elif s.plan.op[v] == CONST:
            s.plan.image[v] = constant(s, s.plan.first[v])
            acquire(s, top, s.plan.image[v], s.plan.reads[v])
        else:
            below: cython.longlong = unwritten(s, n, v)
            if below < 0:
                break
            s.stack[top] = below
            top += 1
    return top


@cython.locals(k=cython.longlong)
def made(s: State, n: cython.longlong, top: cython.longlong) -> cython.bint:
    """Write the planned node on top of the stack; False where the pass must stop."""
    v: cython.longlong = s.stack[top - 1]
    if cramped(s):
        return False
    s.spec_op, s.spec_attr, s.floor = s.plan.op[v], -2 - s.plan.third[v] if s.plan.op[v] == POWER else 0, 0
    s.spec[0] = written(s, n, s.plan.first[v])
    s.spec[1] = written(s, n, s.plan.second[v])
    s.spec[2] = written(s, n, s.plan.third[v])
    for k in range(3, s.width):
        s.spec[k] = -1
    node: cython.longlong = make(s)
    if node < 0:
        return False
    commit(s)
    s.plan.image[v] = node
    acquire(s, top, node, s.plan.reads[v])
    if s.plan.first[v] >= n:
        release(s, top, written(s, n, s.plan.first[v]))
    if s.plan.second[v] >= n:
        release(s, top, written(s, n, s.plan.second[v]))
    if s.plan.third[v] >= n:
        release(s, top, written(s, n, s.plan.third[v]))
    return True


@cython.locals(k=cython.longlong)
def replaced(s: State, old: Sheet, i: cython.longlong) -> cython.bint:
    """Write what is planned in place of an old node; False where the pass must stop."""
    target: cython.longlong = s.plan.target[i]
    top: cython.longlong = 0
    if target >= old.count:
        s.stack[0] = target - old.count
        top = ready(s, old.count, 1)
    while top:
        if not made(s, old.count, top):
            return False
        top = ready(s, old.count, top)
    s.image[i] = written(s, old.count, target)
    acquire(s, 0, s.image[i], old.uses[i])
    if target >= old.count:
        release(s, 0, s.image[i])
    for k in range(s.plan.leaf_start[i], s.plan.leaf_start[i] + s.plan.leaf_count[i]):
        release(s, 0, s.image[s.plan.leaves[k]])
    return True


def written_anew(s: State, old: Sheet, i: cython.longlong) -> cython.bint:
    """Write an old node anew, if some root needs it; False where the pass must stop."""
    if old.uses[i] == 0 or old.op[i] == INPUT or (s.plan.n and s.plan.skip[i]):
        return True
    if old.op[i] == CONST:
        s.image[i] = constant(s, old.attr[i])
        acquire(s, 0, s.image[i], old.uses[i])
        return True
    return replaced(s, old, i) if s.plan.n and s.plan.target[i] >= 0 else copied(s, old, i)


def rebuild(s: State, old: Sheet, first: cython.longlong, last: cython.longlong) -> cython.longlong:
    """Write the live nodes of `old` from `first` to before `last` anew; the number to go on from.

    Before `last` it stops where `s.stopped` says why. `s.image` is filled with the new node of each old one. Trees are
    replaced as planned.
    """
    with cython.nogil:
        while first < last and written_anew(s, old, first):
            first += 1
    return first


@cython.locals(i=cython.longlong)
def compose(s: State, way: cython.longlong[::1]) -> None:
    """Go one pass further: `way` leads from the first graph to the one before, `s.image` from there on."""
    with cython.nogil:
        for i in range(way.shape[0]):
            if way[i] >= 0:
                way[i] = s.image[way[i]]
