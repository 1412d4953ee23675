"""Explicit orders of elimination: nodes of 𝒢, and parts of nodes, checked before they are used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.differentiate.elimination.edges import Step
from edgewise.differentiate.orders import Item, PathGraph
from edgewise.errors import DifferentiationError
from edgewise.graph import Tape

__all__ = ["check_order"]


def check_order(tape: Tape, graph: PathGraph, order: Sequence[Item]) -> list[Step]:
    """The steps of an explicit order, or a DifferentiationError that says what does not fit.

    An item of the order is an inner node, each of them once, or before it (parent, node, consumer) for a part of it:
    the edge from the parent or to the consumer that takes part, with None for all. `~i` is for a node i that is an end
    (a wanted node, an output) and inner at once, where the end is meant.
    """
    named = _Named(tape, graph)
    steps = [named.step(item) for item in order]
    missing = [i for i in named.vertex if i not in named.seen]
    if missing:
        raise named.fail(f"lacks {len(missing)} nodes, the first of them {tape.describe(missing[0])}")
    return steps


class _Named:
    """The vertices that nodes of 𝒢 stand for; `seen` are those that have been eliminated so far."""

    def __init__(self, tape: Tape, graph: PathGraph) -> None:
        self.tape, self.graph = tape, graph
        self.vertex = dict(zip(graph.node[graph.inner].tolist(), graph.inner.tolist(), strict=True))
        self.number = dict(zip(graph.node.tolist()[::-1], range(len(graph) - 1, -1, -1), strict=True))
        self.seen: set[int] = set()

    def fail(self, says: str, line: str = "") -> DifferentiationError:
        hint = f"give each of the {len(self.vertex)} inner nodes on a path once; J.order of an earlier Jacobian is such"
        return DifferentiationError(f"the elimination order {says}", hint=f"{hint} an order", line=line)

    def step(self, item: Item) -> Step:
        if isinstance(item, Sequence) and not isinstance(item, str):
            if len(item) != 3 or (item[0] is None and item[2] is None):
                raise self.fail(f"holds {item!r:.60}, which is not (parent, node, consumer) with one None at most")
            tail, node, head = item
            return Step(
                self.end(tail, self.graph.source), self.vertex[self.inner(node)], self.end(head, self.graph.sink)
            )
        i = self.inner(item)
        self.seen.add(i)
        return Step(None, self.vertex[i], None)

    def node(self, item: Any) -> int:
        if not isinstance(item, (int, np.integer)) or isinstance(item, bool):
            raise self.fail(f"holds {item!r:.60}, which is not a node number")
        if not 0 <= item < len(self.tape):
            raise self.fail(f"names node {item} and the graph has the nodes 0 to {len(self.tape) - 1}")
        return int(item)

    def inner(self, item: Any) -> int:
        i = self.node(item)
        if i not in self.vertex:
            raise self.fail(
                f"names {self.tape.describe(i)}, which is not between inputs and outputs", self.tape.line(i)
            )
        if i in self.seen:
            raise self.fail(f"names {self.tape.describe(i)} twice")
        return i

    def end(self, item: Any, ends: dict[int, int]) -> int | None:
        if item is None:
            return None
        tied = isinstance(item, (int, np.integer)) and item < 0
        i = self.node(~item if tied else item)
        found = ends.get(i) if tied else self.number.get(i)
        if found is None or (tied and found == self.number[i]):
            says = f"names {self.tape.describe(i)} as the end of an edge, and it has no such edge"
            raise self.fail(says, self.tape.line(i))
        return found
