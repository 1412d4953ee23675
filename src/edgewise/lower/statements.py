"""From a program to assignments: short values written where they are read, long lists cut into parts.

Every target whose source a person reads is made of these; it supplies the texts of constants and operations.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from edgewise.lower.names import Namer
from edgewise.lower.program import Program
from edgewise.ops.notation import ATOM, Piece

__all__ = ["Cut", "Part", "Statement", "cut", "statements"]

INLINE: Final = 44
"""A value that is read once is written where it is read if its text is at most this long."""


REPEAT: Final = 16
"""A repeatable value is written wherever it is read if its text is at most this long."""


class Statement(NamedTuple):
    """An assignment of a node: its name, the right-hand side, and the named nodes that this reads.

    `holds` are the nodes that are computed in it: itself, and those that are written where they are read.
    """

    node: int
    name: str
    text: str
    reads: list[int]
    holds: list[int]


class Part(NamedTuple):
    """Some of the assignments, with what is loaded before them and stored behind them: (node, slot)."""

    load: list[tuple[int, int]]
    lines: Sequence[Statement]
    store: list[tuple[int, int]]


class Cut(NamedTuple):
    """Assignments in parts. Values that cross a border live in `slots` numbered places.

    `inputs` are those that are stored before the first part, `final` the slots of what is read at the end.
    """

    parts: list[Part]
    slots: int
    inputs: list[tuple[int, int]]
    final: dict[int, int]


def statements(
    program: Program,
    names: Mapping[int, str],
    namer: Namer,
    literal: Callable[[Any], Piece],
    call: Callable[[int, list[Piece]], Piece],
    *,
    inline: int = INLINE,
    repeatable: frozenset[int] = frozenset(),
) -> tuple[list[Statement], dict[int, Piece]]:
    """The assignments in the graph's own order, and the text of every node that is still read behind them.

    Texts of at most `inline` characters that are read once are written where they are read, and so are short ones of
    `repeatable` nodes, which are no work, wherever they are read.
    `names` are those of inputs and of nodes whose names were wished for; the others get theirs from `namer`.
    """
    tape, names = program.tape, dict(names)
    pieces: dict[int, Piece] = {node: (names[node], ATOM) for node in tape.inputs}
    reads: dict[int, list[int]] = {node: [node] for node in tape.inputs}
    for node, value in program.constants.items():
        pieces[node], reads[node] = literal(value), []
    inside: dict[int, list[int]] = {}
    held = {*program.result_nodes, *names}
    lines: list[Statement] = []
    for node in program.order:
        args = tape.arguments(node)
        piece = call(node, [pieces[j] for j in args])
        used = [k for j in args for k in reads[j]]
        within = [node, *(k for j in args for k in inside.get(j, ()))]
        view = node in repeatable and len(piece[0]) <= REPEAT and all(reads[j] in ([j], []) for j in args)
        once = program.uses[node] == 1 or view
        if once and len(piece[0]) <= inline and node not in held:
            pieces[node], reads[node], inside[node] = piece, used, within
        else:
            if node not in names:
                names[node] = namer.name(f"v{len(lines) + 1}")
            lines.append(Statement(node, names[node], piece[0], used, within))
            pieces[node], reads[node] = (names[node], ATOM), [node]
        for j in args:  # texts of inlined values are not needed again
            if program.uses[j] == 1 and reads[j] != [j]:
                pieces.pop(j, None)
                inside.pop(j, None)
    return lines, pieces


def cut(program: Program, lines: Sequence[Statement], size: int, inputs: Sequence[int]) -> Cut:
    """The assignments in parts of `size`. `inputs` are those that parts cannot read by themselves."""
    part_of = {line.node: k // size for k, line in enumerate(lines)}
    part_of.update(dict.fromkeys(inputs, -1))
    last = dict(part_of)
    for k, line in enumerate(lines):
        for node in line.reads:
            if node in last:
                last[node] = max(last[node], k // size)
    end = (len(lines) - 1) // size + 1
    last.update((node, end) for node in program.result_nodes if node in last)
    crossing = [node for node in [*inputs, *(line.node for line in lines)] if last[node] > part_of[node]]
    slots: dict[int, int] = {}
    free: list[int] = []
    ending: dict[int, list[int]] = {}
    part, fresh = -2, 0
    for node in crossing:  # in the order of their parts
        if part_of[node] != part:
            # A part loads before it stores, so the slots of what it reads last are free for what it leaves.
            for p in range(part + 1, part_of[node] + 1):
                free.extend(ending.pop(p, ()))
            part = part_of[node]
        slots[node] = free.pop() if free else fresh
        fresh += slots[node] == fresh
        ending.setdefault(last[node], []).append(slots[node])
    parts = []
    for p in range(end):
        mine = lines[p * size : (p + 1) * size]
        own = {line.node for line in mine}
        needed = dict.fromkeys(n for line in mine for n in line.reads if n not in own and n in slots)
        parts.append(
            Part(
                [(n, slots[n]) for n in needed],
                mine,
                [(line.node, slots[line.node]) for line in mine if line.node in slots],
            )
        )
    final = {node: slot for node, slot in slots.items() if last[node] == end}
    return Cut(parts, fresh, [(node, slots[node]) for node in inputs if node in slots], final)
