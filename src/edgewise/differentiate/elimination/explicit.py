"""Explicit orders of elimination: nodes of 𝒢, and parts of nodes, checked before they are used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.differentiate.elimination.edges import Step
from edgewise.differentiate.elimination.orders import Item, PathGraph
from edgewise.errors import DifferentiationError
from edgewise.graph import Tape

__all__ = ["check_order"]


def check_order(tape: Tape, graph: PathGraph, order: Sequence[Item]) -> list[Step]:
    """The steps of an explicit order, or a DifferentiationError that says what does not fit.

    An item of the order is an inner node, each of them once, or before it (parent, node, consumer) for a part of it:
    the edge from the parent or to the consumer that takes part, with None for all. `~i` is for a node i that is an end
    (a wanted node, an output) and inner at once, where the end is meant.
    """
    vertex = dict(zip(graph.node[graph.inner].tolist(), graph.inner.tolist(), strict=True))
    number = dict(zip(graph.node.tolist()[::-1], range(len(graph) - 1, -1, -1), strict=True))
    hint = f"give each of the {len(vertex)} inner nodes on a path once; J.order of an earlier Jacobian is such an order"
    seen: set[int] = set()
    steps: list[Step] = []

    def fail(says: str, line: str = "") -> DifferentiationError:
        return DifferentiationError(f"the elimination order {says}", hint=hint, line=line)

    def node(item: Any) -> int:
        if not isinstance(item, (int, np.integer)) or isinstance(item, bool):
            raise fail(f"holds {item!r:.60}, which is not a node number")
        if not 0 <= item < len(tape):
            raise fail(f"names node {item} and the graph has the nodes 0 to {len(tape) - 1}")
        return int(item)

    def inner(item: Any) -> int:
        i = node(item)
        if i not in vertex:
            raise fail(f"names {tape.describe(i)}, which is not between inputs and outputs", tape.line(i))
        if i in seen:
            raise fail(f"names {tape.describe(i)} twice")
        return i

    def end(item: Any, ends: dict[int, int]) -> int | None:
        if item is None:
            return None
        tied = isinstance(item, (int, np.integer)) and item < 0
        i = node(~item if tied else item)
        found = ends.get(i) if tied else number.get(i)
        if found is None or (tied and found == number[i]):
            raise fail(f"names {tape.describe(i)} as the end of an edge, and it has no such edge", tape.line(i))
        return found

    for item in order:
        if isinstance(item, Sequence) and not isinstance(item, str):
            if len(item) != 3 or (item[0] is None and item[2] is None):
                raise fail(f"holds {item!r:.60}, which is not (parent, node, consumer) with one None at most")
            steps.append(Step(end(item[0], graph.source), vertex[inner(item[1])], end(item[2], graph.sink)))
            continue
        i = inner(item)
        seen.add(i)
        steps.append(Step(None, vertex[i], None))
    missing = [i for i in vertex if i not in seen]
    if missing:
        raise fail(f"lacks {len(missing)} nodes, the first of them {tape.describe(missing[0])}")
    return steps
