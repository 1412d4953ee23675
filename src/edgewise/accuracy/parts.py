"""Parts of an expression that depend on the inputs through one number alone: functions of that number.

The derivative of eps*(exp((a + b)*eps) - 1)/((exp(a*eps) - 1)*(exp(b*eps) - 1)) in eps is g(a*eps) + g(b*eps): each
part has a series where its own number is small, and a limit where it is large, wherever the other number is.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.accuracy.samples import Ranges
from edgewise.graph import Builder, Layout, Tape, node_text
from edgewise.ops import Op

__all__ = ["Parts", "alone", "parts_of"]

LEAST: Final = 3
"""Operations from which on a part is one."""
NUMBER: Final = "u"
LARGEST: Final = float(np.finfo(np.float64).max)
LONGEST: Final = 100_000
MOST: Final = 4
"""So many parts of a form are repaired."""

Repaired = tuple[Tape, tuple[str, ...]]
"""A graph of one input, and the rewrites that it took."""


class Parts:
    """Repairs of parts, each found once: `repaired` looks for that of a graph, within ranges and in so many seconds."""

    def __init__(
        self,
        arena: Arena,
        bounds: Sequence[tuple[float, float]],
        repaired: Callable[[Tape, Ranges, float], Repaired],
    ) -> None:
        self.arena, self.bounds, self.repaired = arena, bounds, repaired
        self._found: dict[object, Repaired] = {}

    def within(self, form: int, deadline: float) -> tuple[int, tuple[str, ...]]:
        """An expression with its parts repaired, and the rewrites that they took."""
        instead: dict[int, int] = {}
        rules: list[str] = []
        for part, through in parts_of(self.arena, form)[:MOST]:
            tape, names = self._of(part, through, deadline)
            if names:
                instead[part] = put_back(self.arena, tape, through)
                rules += names
        return self.arena.replaced([form], instead)[0], tuple(rules)

    def _of(self, part: int, through: int, deadline: float) -> Repaired:
        arena, tape = self.arena, alone(self.arena, part, through)
        ranges = {NUMBER: self.bounds[arena.forms[through][2]]} if arena.forms[through][0] == "input" else {}
        key = node_text(tape, tape.outputs[0], LONGEST), *ranges.values()
        left = deadline - time.monotonic()
        if key not in self._found and left > 0:
            self._found[key] = self.repaired(tape, ranges, left / 2)
        return self._found.get(key, (tape, ()))


def parts_of(arena: Arena, form: int) -> list[tuple[int, int]]:
    """The largest parts, each with the number that it depends on: the lowest such number in it.

    None of an expression in one input: it is such a function itself.
    """
    if len(arena.inputs_of(form)) == 1:
        return []
    found: dict[int, int] = {}
    covered: set[int] = set()
    for at in reversed(arena.below([form])):
        op = arena.forms[at][0]
        if at in covered or not isinstance(op, Op) or op.boolean:
            continue
        through = _through(arena, at)
        if through is not None and at != form and arena.operations([at]) - arena.operations([through]) >= LEAST:
            found[at] = through
            covered.update(arena.below([at]))
    return list(found.items())


def _through(arena: Arena, form: int) -> int | None:
    """The lowest expression through which another one depends on all its inputs; its input, where it has one alone."""
    inputs = arena.inputs_of(form)
    if len(inputs) == 1:
        return inputs[0]
    for at in arena.below([form]):
        if at != form and len(arena.inputs_of(at)) == len(inputs) and not _reaches(arena, form, at):
            return at
    return None


def _reaches(arena: Arena, form: int, without: int) -> bool:
    """Whether an input is reached from an expression on a way past another one."""
    seen, todo = {form, without}, [form]
    while todo:
        op, args, _ = arena.forms[todo.pop()]
        if op == "input":
            return True
        todo += [arg for arg in args if arg not in seen]
        seen.update(args)
    return False


def alone(arena: Arena, part: int, through: int) -> Tape:
    """A part as a graph of one input."""
    builder = Builder()
    made = {through: builder.input(NUMBER)}
    for at in arena.below([part]):
        op, args, parameter = arena.forms[at]
        if at in made or op == "input" or (args and not all(arg in made for arg in args)):
            continue
        if args:
            made[at] = builder.add(builder.code(op), [made[arg] for arg in args], parameter)
        else:
            made[at] = builder.constant(parameter)
    return builder.whole([made[part]], Layout())


def put_back(arena: Arena, tape: Tape, through: int) -> int:
    """What a graph of one input is of the number that it depends on; where that overflows, of the largest double."""
    if np.isinf(arena.values(through)).any():
        through = arena.op("clip", through, arena.constant(-LARGEST), arena.constant(LARGEST))
    return arena.read(tape, [through])[tape.outputs[0]]
