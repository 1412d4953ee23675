"""From a program to assignments: short values written where they are read.

Every target whose source a person reads is made of these; it supplies the texts of constants and operations.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import cython
import numpy as np

from edgewise.built import held
from edgewise.graph.columns import code_table, distinct
from edgewise.lower.names import Namer
from edgewise.lower.program import Program
from edgewise.ops.notation import ATOM, Piece

__all__ = ["INLINE", "Statements", "statements"]

Int: TypeAlias = cython.typedef(cython.longlong)
Marks: TypeAlias = cython.typedef(cython.uchar[::1])  # truth values, to be written
Column: TypeAlias = cython.typedef(cython.const[cython.longlong][::1])  # whole numbers, to be read

INLINE = 44
"""A value that is read once is written where it is read if its text is at most this long."""

REPEAT = cython.declare(cython.longlong, 16)
"""A repeatable value is written wherever it is read if its text is at most this long."""

# How a node is written where it is read: by its name, v1, v2, …; by a name of its own; as its text; as a constant.
NUMBERED = cython.declare(cython.longlong, 0)
NAMED = cython.declare(cython.longlong, 1)
INSIDE = cython.declare(cython.longlong, 2)
CONSTANT = cython.declare(cython.longlong, 3)

# What `kinds` says of a node's text beside its strength, in the lowest four bits.
STRENGTH = cython.declare(cython.longlong, 15)
WORD = cython.declare(cython.longlong, 16)  # it is an identifier
TRUTH = cython.declare(cython.longlong, 32)  # its operation is true or false
VALUES = cython.declare(cython.longlong, 64)  # of a constant: what type of number, and whether it is 0


class _Hole(str):
    """Stands for the text of an argument while an operation is spelled."""

    word: bool

    def isidentifier(self) -> bool:
        return self.word


@cython.cclass
class _Form:
    """How an operation is spelled: its text in pieces, of which piece p is the text of argument a for (p, a) in holes.

    Where it depends on more than the kinds of its arguments, there are no pieces.
    """

    pieces: list[Any]
    holes: list[tuple[int, int]]
    strength: Int

    def __init__(self, text: str, strength: int, arity: int) -> None:
        pieces = re.split("\0([0-9]+)\0", text)
        self.holes = [(place, int(pieces[place])) for place in range(1, len(pieces), 2)]
        known = {argument for _, argument in self.holes} == set(range(arity))
        self.pieces = pieces if known else []
        self.strength = strength

    def filled(self, args: list[str]) -> str:
        pieces = self.pieces.copy()
        for place, argument in self.holes:
            pieces[place] = args[argument]
        return "".join(pieces)


@cython.cclass
class Statements:
    """The assignments of a program in the graph's own order: of the node `nodes[k]`, the right-hand side `texts[k]`."""

    nodes = cython.declare(object, visibility="readonly")
    texts = cython.declare(list, visibility="readonly")
    start: Column
    args: Column
    uses: Column
    written: Marks
    bare: Marks  # reads nothing that has a name
    repeatable: Marks
    kinds: Int[::1]
    number: Int[::1]
    known: dict[int, str]

    @cython.locals(view=Int)
    def __init__(self, program: Program, names: Mapping[int, str], repeatable: frozenset[int]) -> None:
        tape, count = program.tape, len(program.tape)
        self.nodes, self.texts = [], []
        self.start, self.args, self.uses = held(tape.start), held(tape.args), held(program.uses)
        truth = code_table([code for code in set(tape.ops.tolist()) if tape.op_of_code(code).boolean])
        self.kinds = held(np.where(truth[tape.ops], ATOM + WORD + TRUTH, ATOM + WORD))
        self.written = held(np.full(count, NUMBERED, dtype=np.uint8))
        self.bare, self.repeatable = held(np.zeros(count, dtype=np.uint8)), held(np.zeros(count, dtype=np.uint8))
        self.number = held(np.zeros(count, dtype=np.int64))
        self.known = {}
        for node, name in names.items():
            self.write(node, name, ATOM, NAMED)
        for view in repeatable:
            self.repeatable[view] = True

    def write(self, node: Int, text: str, strength: Int, how: Int) -> None:
        """Note how a node is written where it is read."""
        self.known[node] = text
        self.written[node] = how
        word: Int = WORD if strength == ATOM and text.isidentifier() else 0
        self.kinds[node] = self.kinds[node] & TRUTH | word | strength

    def __len__(self) -> int:
        return len(self.nodes)

    def name(self, node: Int) -> str:
        """What stands for a node where it is read: its name, or its text."""
        return f"v{self.number[node]}" if self.number[node] else self.known[node]

    def piece(self, node: Int) -> Piece:
        """The same with its strength."""
        return self.name(node), self.kinds[node] & STRENGTH

    def pairs(self, first: int = 0, last: int | None = None) -> list[tuple[str, str]]:
        """Names and right-hand sides of the assignments `first` … `last` - 1."""
        return [(self.name(node), text) for node, text in zip(self.nodes[first:last], self.texts[first:last])]

    def reads(self, node: Int) -> list[int]:
        """What an assignment reads that has a name, each as often as it is read."""
        return _below(self, node, True)

    def holds(self, node: Int) -> list[int]:
        """What is computed in an assignment: its node, and those that are written where they are read."""
        return _below(self, node, False)


@cython.cfunc
def _below(s: Statements, node: Int, named: cython.bint) -> list[int]:
    """What the text of an assignment is made of, from the left to the right: what has a name, or what is computed."""
    found: list[int] = [] if named else [node]
    todo: list[int] = []
    _push_arguments(s, node, todo)
    while todo:
        node = todo.pop()
        if s.written[node] == INSIDE:
            if not named:
                found.append(node)
            _push_arguments(s, node, todo)
        elif named and s.written[node] != CONSTANT:
            found.append(node)
    return found


@cython.cfunc
@cython.locals(edge=Int)
def _push_arguments(s: Statements, node: Int, todo: list[int]) -> cython.void:
    for edge in range(s.start[node + 1] - 1, s.start[node] - 1, -1):
        todo.append(s.args[edge])


@cython.locals(node=Int)
def statements(
    program: Program,
    names: Mapping[int, str],
    namer: Namer,
    literal: Callable[[Any], Piece],
    call: Callable[[int, list[Piece]], Piece],
    *,
    inline: int = INLINE,
    repeatable: frozenset[int] = frozenset(),
    uniform: bool = True,
) -> Statements:
    """The assignments in the graph's own order, and the text of every node that is still read behind them.

    Texts of at most `inline` characters that are read once are written where they are read, and so are short ones of
    `repeatable` nodes, which are no work, wherever they are read.
    `names` are those of inputs and of nodes whose names were wished for; the others get theirs from `namer`.
    Where it is `uniform`, what `call` writes depends on the operation, its parameter, whether it is conditional, and of
    each argument on what `kinds` says: then one call spells all operations alike.
    """
    tape, made = program.tape, Statements(program, names, repeatable)
    numbers: dict[tuple[type, bool], int] = {}
    for node, value in program.constants.items():
        made.write(node, *literal(value), CONSTANT)
        made.bare[node] = True
        made.kinds[node] += VALUES * (1 + numbers.setdefault((type(value), value != 0), len(numbers)))
    stays = np.zeros(len(tape), dtype=np.uint8)
    stays[[*program.result_nodes, *names]] = True
    _write_all(made, _Spelling(program, call, uniform), namer, held(program.nodes), held(stays), inline)
    return made


@cython.cclass
class _Spelling:
    """How a target writes operations: `call`, and what it has answered so far."""

    call: Any
    forms: dict[Any, _Form]
    attrs: Any
    codes: cython.const[cython.ushort][::1]
    conditional: cython.const[cython.uchar][::1]
    parametric: set[int]
    uniform: cython.bint

    def __init__(self, program: Program, call: Any, uniform: bool) -> None:
        tape = program.tape
        self.call, self.forms, self.uniform = call, {}, uniform
        self.attrs, self.codes, self.conditional = tape.attrs, held(tape.ops), held(program.conditional.view(np.uint8))
        codes = distinct(tape.ops[program.nodes]).tolist()
        self.parametric = {code for code in codes if tape.op_of_code(code).parameter}


@cython.cfunc
@cython.locals(edge=Int)
def _spelled(s: Statements, spelling: _Spelling, node: Int) -> tuple[str, int]:
    """The text of an operation on its arguments' texts, and its strength."""
    code: Int = spelling.codes[node]
    args: list[str] = []
    key: list[Any] = [code, spelling.conditional[node]]
    for edge in range(s.start[node], s.start[node + 1]):
        args.append(s.name(s.args[edge]))
        key.append(s.kinds[s.args[edge]])
    kinds = key[2:]
    if not spelling.uniform:
        return spelling.call(node, [(text, kind & STRENGTH) for text, kind in zip(args, kinds)])
    if code in spelling.parametric:
        key += [type(spelling.attrs[node]), repr(spelling.attrs[node])]
    form: _Form | None = spelling.forms.get(tuple(key))
    if form is None:
        form = spelling.forms[tuple(key)] = _form(spelling.call, node, kinds)
    if form.pieces:
        return form.filled(args), form.strength
    return spelling.call(node, [(text, kind & STRENGTH) for text, kind in zip(args, kinds)])


@cython.cfunc
def _form(call: Any, node: Int, kinds: list[int]) -> _Form:
    """How the operation of a node is spelled on any arguments of these kinds."""
    holes = []
    for argument, kind in enumerate(kinds):
        hole = _Hole(f"\0{argument}\0")
        hole.word = kind & WORD != 0
        holes.append((hole, kind & STRENGTH))
    text, strength = call(node, holes)
    return _Form(text, strength, len(kinds))


@cython.cfunc
@cython.locals(place=Int)
def _write_all(
    s: Statements, spelling: _Spelling, namer: Namer, nodes: Column, stays: cython.const[cython.uchar][::1], inline: Int
) -> cython.void:
    """Spell one node after the other."""
    for place in range(len(nodes)):
        node: Int = nodes[place]
        text, strength = _spelled(s, spelling, node)
        if not stays[node] and len(text) <= inline and (s.uses[node] == 1 or _is_view(s, node, len(text))):
            s.write(node, text, strength, INSIDE)
            s.bare[node] = _reads_no_name(s, node)
        else:
            s.nodes.append(node)
            s.texts.append(text)
            _give_name(s, node, namer)
        _forget_arguments(s, node)


@cython.cfunc
def _give_name(s: Statements, node: Int, namer: Namer) -> cython.void:
    """Of an assigned node that has none."""
    if s.written[node] == NAMED:
        return
    name = f"v{len(s.nodes)}"
    if name in namer.taken:
        s.write(node, namer.name(name), ATOM, NAMED)
    else:
        s.number[node] = len(s.nodes)


@cython.cfunc
@cython.locals(edge=Int)
def _is_view(s: Statements, node: Int, length: Int) -> cython.bint:
    """Whether a node is no work and short, and so is what it is made of."""
    short: cython.bint = s.repeatable[node] and length <= REPEAT
    for edge in range(s.start[node], s.start[node + 1]):
        short = short and (s.written[s.args[edge]] != INSIDE or s.bare[s.args[edge]])
    return short


@cython.cfunc
@cython.locals(edge=Int)
def _reads_no_name(s: Statements, node: Int) -> cython.bint:
    bare: cython.bint = True
    for edge in range(s.start[node], s.start[node + 1]):
        bare = bare and s.bare[s.args[edge]]
    return bare


@cython.cfunc
@cython.locals(edge=Int)
def _forget_arguments(s: Statements, node: Int) -> cython.void:
    """Let go of texts that are not needed again."""
    for edge in range(s.start[node], s.start[node + 1]):
        if s.uses[s.args[edge]] == 1 and s.written[s.args[edge]] == INSIDE:
            s.known.pop(s.args[edge], None)
