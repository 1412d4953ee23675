"""Conditions under which a node matters to the result, or depends on what is varied; see `taken`."""

from __future__ import annotations

from edgewise.differentiate.linearize import Linearized
from edgewise.differentiate.sheet import Sheet
from edgewise.ops import CODE

__all__ = ["ALWAYS", "Conditions"]

NOT, AND, OR, EQ = CODE["not"], CODE["and"], CODE["or"], CODE["eq"]

ALWAYS = -1
"""The condition of what matters everywhere."""
TEST = -1
"""What stands in place of an operation in a condition that is not made of others."""


class Conditions:
    """Conditions are joined as numbers; only those that a selection needs are written, as ordinary nodes.

    A condition is ALWAYS or an index into `parts`: a test as it is to be written, or an operation and its arguments,
    which come before it.
    """

    def __init__(self, sheet: Sheet, lin: Linearized) -> None:
        self.sheet, self.lin = sheet, lin
        self.parts: list[tuple[int, ...]] = []
        self._known: dict[tuple[int, ...], int] = {}
        self._nodes: dict[int, int] = {}

    def _new(self, part: tuple[int, ...]) -> int:
        if part not in self._known:
            self._known[part] = len(self.parts)
            self.parts.append(part)
        return self._known[part]

    def taken(self, t: int, consumer: int) -> int:
        """That an edge into a consumer is taken, its partial having the template t, which selects."""
        selection, tape = self.lin.selections[t], self.sheet.tape
        assert selection is not None
        condition = selection.condition
        test = (TEST, t, consumer)
        if not condition.nodes and condition.result.kind == "arg":  # a node that is there already
            test = (TEST, -1, int(tape.args[tape.start[consumer] + condition.result.value]))
        holds = self._new(test)
        return holds if selection.branch == 1 else self._new((NOT, holds))

    def strict_at(self, consumer: int) -> bool:
        """Whether what a node does not select has to be masked in any case: it is a `where`, and not one that only
        steps aside at a point, as where(x == 0, 1, sin(x)/x) does.
        """
        tape = self.sheet.tape
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
        return ALWAYS if ALWAYS in (a, b) else self._new((OR, a, b))

    def write(self, condition: int) -> tuple[int, int]:
        """The node to select by, and the branch in which the condition holds: 2 for a negation."""
        code, *below = self.parts[condition]
        if code == NOT and condition not in self._nodes:
            return self._node(below[0]), 2
        return self._node(condition), 1

    def _node(self, condition: int) -> int:
        """The node of a condition, written with all that it is made of."""
        todo = [condition]
        while todo:
            k = todo[-1]
            code, *below = self.parts[k]
            missing = [j for j in below if code != TEST and j not in self._nodes]
            if missing:
                todo += missing
                continue
            todo.pop()
            if k not in self._nodes:
                self._nodes[k] = self._test(*below) if code == TEST else self.sheet.add(code, self._of(below))
        return self._nodes[condition]

    def _of(self, conditions: list[int]) -> list[int]:
        return [self._nodes[j] for j in conditions]

    def _test(self, t: int, node: int) -> int:
        selection = self.lin.selections[t] if t >= 0 else None
        if selection is None:
            return node
        return self.sheet.written(selection.condition, self.sheet.tape.arguments(node), node)
