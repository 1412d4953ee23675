"""Parts of an expression that depend on the inputs through one number alone: functions of that number.

The derivative of eps*(exp((a + b)*eps) - 1)/((exp(a*eps) - 1)*(exp(b*eps) - 1)) in eps is g(a*eps) + g(b*eps): each part
has a series where its own number is small, and a limit where it is large, wherever the other number is.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from edgewise.accuracy.arena import Arena
from edgewise.graph import Builder, Layout, Tape
from edgewise.ops import Op

__all__ = ["NUMBER", "alone", "parts_of", "put_back"]

LEAST: Final = 3
"""Operations from which on a part is one."""
NUMBER: Final = "u"
LARGEST: Final = float(np.finfo(np.float64).max)


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
    """The lowest expression through which another one depends on all its inputs, other than an input; or its one input."""
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
