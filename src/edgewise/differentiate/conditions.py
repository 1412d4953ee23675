"""Conditions under which a node matters to the result, or depends on what is varied; see `taken`."""

from __future__ import annotations

from typing import NamedTuple

from edgewise.differentiate.linearize import Linearized
from edgewise.differentiate.working_graph import WorkingGraph
from edgewise.graph import arguments_first
from edgewise.ops import CODE, Ref

__all__ = ["ALWAYS", "Conditions", "Mask", "Masks"]

NOT, AND, OR, EQ, WHERE = (CODE[name] for name in ("not", "and", "or", "eq", "where"))
ZERO = Ref("const", 0)

ALWAYS = -1
"""The condition of what matters everywhere."""
TEST = -1
"""What stands in place of an operation in a condition that is not made of others."""
HOLDS, VANISHES = -1, -2
"""Such a condition is that a node is true, that it is 0, or what the template with this number says of its edge."""


Mask = tuple[int, int]
"""The node to select by, and the branch to select: 1 where it is true, 2 where it is false."""


class Masks(NamedTuple):
    """What is selected, by the rows of what arrives: `test` what has arrived, not a product, and `mask` the product."""

    test: dict[int, Mask]
    mask: dict[int, Mask]


class Conditions:
    """Conditions are joined as numbers; only those that a selection needs are written, as ordinary nodes.

    A condition is ALWAYS or an index into `parts`: a test as it is to be written, or an operation and its arguments,
    which come before it.
    """

    def __init__(self, working: WorkingGraph, lin: Linearized) -> None:
        self.working, self.lin = working, lin
        self.parts: list[tuple[int, ...]] = []
        self._zero = working.find(0)
        self._known: dict[tuple[int, ...], int] = {}
        self._nodes: dict[int, int] = {}

    def _new(self, part: tuple[int, ...]) -> int:
        if part not in self._known:
            self._known[part] = len(self.parts)
            self.parts.append(part)
        return self._known[part]

    def taken(self, t: int, consumer: int) -> int:
        """That an edge into a consumer is taken, its partial having the template t, which selects."""
        selection, tape = self.lin.selections[t], self.working.tape
        assert selection is not None
        condition = selection.condition
        if not condition.nodes and condition.result.kind == "arg":  # a node that is there already
            holds = self._holds(int(tape.args[tape.start[consumer] + condition.result.value]))
        elif len(condition.nodes) == 1 and condition.nodes[0][0].name == "eq" and condition.nodes[0][1][1] == ZERO:
            (ref, _) = condition.nodes[0][1]
            holds = self._is_zero(consumer if ref.kind == "out" else int(tape.args[tape.start[consumer] + ref.value]))
        else:
            holds = self._new((TEST, t, consumer))
        return holds if selection.branch == 1 else self._not(holds)

    def _not(self, condition: int) -> int:
        code, *below = self.parts[condition]
        return below[0] if code == NOT else self._new((NOT, condition))

    def _holds(self, node: int) -> int:
        """That a node of the graph is true."""
        args = self.working.tape.arguments(node)
        if self.working.tape.ops[node] == EQ and args[1] == self._zero:
            return self._is_zero(args[0])
        return self._new((TEST, HOLDS, node))

    def _is_zero(self, node: int) -> int:
        """That a node of the graph is 0. Of a selection with 0 this is said by its condition."""
        args = self.working.tape.arguments(node)
        if self.working.tape.ops[node] == WHERE and self._zero in args[1:]:
            holds = self._holds(args[0])
            return holds if args[1] == self._zero else self._not(holds)
        return self._new((TEST, VANISHES, node))

    def strict_at(self, consumer: int) -> bool:
        """Whether what a node does not select has to be masked in any case: it is a `where`, and not one that only
        steps aside at a point, as where(x == 0, 1, sin(x)/x) does.
        """
        tape = self.working.tape
        return tape.op(consumer).selects and tape.ops[tape.args[tape.start[consumer]]] != EQ

    def both(self, a: int, b: int) -> int:
        """That two conditions hold."""
        if a in (ALWAYS, b):
            return b
        return a if b == ALWAYS else self._new((AND, a, b))

    def either(self, a: int, b: int) -> int:
        """That one of two conditions holds."""
        if a == b:
            return a
        if ALWAYS in (a, b) or (NOT, a) == self.parts[b] or (NOT, b) == self.parts[a]:
            return ALWAYS
        return self._new((OR, a, b))

    def write(self, condition: int) -> Mask:
        """The node to select by, and the branch in which the condition holds: 2 for a negation."""
        code, *below = self.parts[condition]
        if code == NOT and condition not in self._nodes:
            return self._node(below[0]), 2
        return self._node(condition), 1

    def _node(self, condition: int) -> int:
        """The node of a condition, written with all that it is made of."""
        parts, nodes = self.parts, self._nodes

        def missing(k: int) -> list[int]:
            return [j for j in parts[k][:0:-1] if j not in nodes] if parts[k][0] != TEST else []

        for k in arguments_first([condition] if condition not in nodes else [], missing):
            code, *below = parts[k]
            nodes[k] = self._test(*below) if code == TEST else self.working.add(code, [nodes[j] for j in below])
        return self._nodes[condition]

    def _test(self, t: int, node: int) -> int:
        if t == HOLDS:
            return node
        if t == VANISHES:
            zero: int = self.working.add(EQ, (node, self.working.constant(0)))
            return zero
        selection = self.lin.selections[t]
        assert selection is not None
        made: int = self.working.written(selection.condition, self.working.tape.arguments(node), node)
        return made
