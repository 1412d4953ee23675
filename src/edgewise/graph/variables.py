"""What traced code calls the values that it computes: `c = a + b` is c. Looked up when a name is first asked for.

A node remembers the instruction of the user's code that wrote it (see `lines.py`), and Python knows from which to which
character of the source that instruction was made. So the expression that an assignment assigns is found by its place.
"""

from __future__ import annotations

import ast
import linecache
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise
from textwrap import dedent
from types import CodeType
from typing import Any, Final

import numpy as np

__all__ = ["Variables"]

Place = tuple[int, int, int, int]
"""First line and character, last line and character, as `ast` and `co_positions` count them."""

OPERATORS: Final = (ast.BinOp, ast.UnaryOp, ast.Compare)
"""Expressions that write a node each time they are evaluated; what a call writes may be many."""


class Variables:
    """Names of nodes by their numbers in the traced graph, a variable that is assigned again being c, c_2, c_3, …

    Nodes that one instruction writes one behind the other are one value, called as the last of them, where all others
    lead to it. Otherwise they are the entries of an array, c[0], c[1], …, where the inputs are `arrays`, and else what
    a function, or a loop, computes each time.
    """

    def __init__(self, columns: tuple[Any, ...], places: Any, codes: Sequence[Any], arrays: bool = False) -> None:
        self._columns, self._places, self._codes, self._arrays = columns, places, codes, arrays

    def __reduce__(self) -> Any:
        return _named, (self.names,)  # code objects do not pickle

    @cached_property
    def names(self) -> dict[int, str]:
        """Number → name, of the nodes that a variable holds."""
        nodes = np.flatnonzero(self._places >= 0)
        if not len(nodes):
            return {}
        places = self._places[nodes]
        cuts = np.flatnonzero(np.concatenate(([True], places[1:] != places[:-1])))
        begins = dict(zip(cuts.tolist(), places[cuts].tolist(), strict=True))
        assigned = dict(zip(begins, _assigned(self._codes, list(begins.values())), strict=True))
        ends = [*cuts[1:].tolist(), len(nodes)]
        found: dict[int, str] = {}
        times: dict[str, int] = {}
        for begin, end in zip(begins, ends, strict=True):
            name, operator = assigned[begin]
            if not name:
                continue
            run = nodes[begin:end].tolist()
            values = self._values(run, operator)
            entries = self._arrays and len(values) > 1 and not (operator and self._is_chain(run))
            for k, node in enumerate(values):
                if k == 0 or not entries:
                    times[name] = again = times.get(name, 0) + 1
                    own = name if again == 1 else _again(name, again)
                found[node] = f"{own}[{k}]" if entries else own
        return found

    def _values(self, run: list[int], operator: bool) -> list[int]:
        """Those of the nodes that are values of the expression: what the others lead to, or each of a loop's rounds."""
        if len(run) == 1 or (operator and self._is_chain(run)):
            return run
        _, start, args = self._columns
        inside = set(run)
        read = {j for i in run for j in args[start[i] : start[i + 1]].tolist() if j in inside}
        return [node for node in run if node not in read]

    def _is_chain(self, run: list[int]) -> bool:
        """Whether each is the same operation on the one before, as the rounds of a loop write them."""
        ops, start, args = self._columns
        return all(
            ops[i] == ops[before] and before in args[start[i] : start[i + 1]].tolist() for before, i in pairwise(run)
        )


def _named(names: dict[int, str]) -> Variables:
    made = Variables((), np.zeros(0, dtype=np.int64), ())
    made.__dict__["names"] = names
    return made


def _again(name: str, times: int) -> str:
    """The name of what a variable holds when it is assigned once more: an entry's place stays behind."""
    head, bracket, place = name.partition("[")
    return f"{head}_{times}{bracket}{place}"


def _assigned(codes: Sequence[CodeType], places: Sequence[int]) -> list[tuple[str, bool]]:
    """For each place the variable that gets the value of its expression ("" for none), and whether that is one of the
    OPERATORS."""
    sources: dict[int, tuple[dict[Place, tuple[str, bool]], list[Any]]] = {}
    known: dict[int, tuple[str, bool]] = {}
    for place in places:
        if place in known:
            continue
        number, instruction = place >> 32, place & 0xFFFFFFFF
        if number not in sources:
            code = codes[number]
            sources[number] = _assignments(code), list(code.co_positions())
        assignments, positions = sources[number]
        line, last, first_column, last_column = positions[instruction // 2]
        known[place] = assignments.get((line, first_column, last, last_column), ("", False))
    return [known[place] for place in places]


def _assignments(code: CodeType) -> dict[Place, tuple[str, bool]]:
    """Where the expressions stand whose values the code assigns, and to what. Nothing where there is no source."""
    spans = [(line, last) for line, last, _, _ in code.co_positions() if line is not None and last is not None]
    if not spans:
        return {}
    first = code.co_firstlineno if code.co_name != "<module>" else 1
    last = max(last for _, last in spans)
    lines = linecache.getlines(code.co_filename)[first - 1 : last]
    text = "".join(lines)
    try:
        tree = ast.parse(dedent(text))
    except (SyntaxError, ValueError):  # a lambda stands within an expression
        return {}
    begins = next((line for line in lines if line.strip()), "")
    indent = len(begins) - len(begins.lstrip())
    names = {*code.co_varnames, *code.co_names, *code.co_cellvars, *code.co_freevars}
    found: dict[Place, tuple[str, bool]] = {}
    for statement in ast.walk(tree):
        for target, value in _pairs(statement):
            name = _name(target)
            if name.partition("[")[0] in names:  # else the file has been changed since
                place = value.lineno + first - 1, value.col_offset + indent, value.end_lineno, value.end_col_offset
                key = place[0], place[1], place[2] + first - 1, place[3] + indent
                found.setdefault(key, (name, isinstance(value, (*OPERATORS, ast.AugAssign))))
    return found


def _pairs(statement: ast.AST) -> Iterator[tuple[Any, Any]]:
    """What a statement assigns: targets, and the expressions whose values they get."""
    match statement:
        case ast.Assign():
            for target in statement.targets:
                yield from _unpacked(target, statement.value)
        case ast.AnnAssign(value=ast.expr()) | ast.NamedExpr():
            yield statement.target, statement.value
        case ast.AugAssign():
            yield statement.target, statement  # its operation stands for the whole statement


def _unpacked(target: Any, value: Any) -> Iterator[tuple[Any, Any]]:
    """A target with its value, or those of a tuple one by one. Nested tuples are as deep as the source is."""
    todo = [(target, value)]
    while todo:
        target, value = todo.pop(0)
        sides = (ast.Tuple, ast.List)
        if isinstance(target, sides) and isinstance(value, sides) and len(target.elts) == len(value.elts):
            todo = [*zip(target.elts, value.elts, strict=True), *todo]
        else:
            yield target, value


def _name(target: Any) -> str:
    """What a target is called: a variable, the attribute of an object, an entry at a number; "" for anything else."""
    match target:
        case ast.Name():
            return str(target.id)
        case ast.Attribute():
            return str(target.attr)
        case ast.Subscript(value=ast.Name(id=array)):
            place = target.slice.elts if isinstance(target.slice, ast.Tuple) else [target.slice]
            numbers = [str(part.value) for part in place if isinstance(part, ast.Constant) and type(part.value) is int]
            return f"{array}[{','.join(numbers)}]" if len(numbers) == len(place) else ""
    return ""
