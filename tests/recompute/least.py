"""The least number of operations within a limit on values held, by trying everything: for very small graphs."""

from __future__ import annotations

from collections import deque

from edgewise.graph import Tape, computing


def least_operations(tape: Tape, roots: list[int], memory: int) -> int | None:
    """A breadth-first search over the sets of values held; None where no way exists.

    A step computes a node whose arguments are held, beside them or in place of any held value.
    """
    work = computing(tape, roots)
    nodes = [i for i in range(len(tape)) if work[i]]
    counted = set(nodes) | {i for i in tape.inputs if tape.live(roots)[i]}
    args = {i: [j for j in tape.arguments(i) if j in counted] for i in nodes}
    goal = {i for i in roots if i in counted}
    start = frozenset(counted - set(nodes))
    if len(start) > memory:
        return None
    distance = {start: 0}
    todo = deque([start])
    while todo:
        held = todo.popleft()
        if goal <= held:
            return distance[held]
        for i in nodes:
            if i in held or not held.issuperset(args[i]):
                continue
            grown = [held | {i}] if len(held) < memory else [(held - {j}) | {i} for j in held]
            for state in grown:
                if state not in distance:
                    distance[state] = distance[held] + 1
                    todo.append(state)
    return None
