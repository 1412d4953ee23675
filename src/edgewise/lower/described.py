"""What every source says of itself, its long lists, and the functions that it brings for what its language lacks."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from edgewise.graph import Layout, node_text
from edgewise.lower.formulas import formula_tape
from edgewise.lower.names import counted
from edgewise.lower.program import Program, lower
from edgewise.ops import Op, computed_template

__all__ = ["entry_lines", "formula_line", "indented", "returned", "row_call", "summary", "wrapped"]

ENTRIES: Final = 200
"""The most entries of a result that are named."""


def summary(program: Program) -> str:
    """What is computed, at what cost.

    >>> from edgewise import parse
    >>> summary(parse("x*y").gradient().simplify().program())
    'Value and gradient in 1 operation.'
    """
    return f"{returned(r.name for r in program.results).capitalize()} in {counted(program.operations)}."


def returned(names: Iterable[str]) -> str:
    """The results of a call, in words."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def formula_line(program: Program, result: str, names: Mapping[int, str], safe: Callable[[str], bool]) -> list[str]:
    """The formula of the first result behind an empty line, where that is short and `safe` in the language's comments.

    `result` is the name of the result, `names` are those of the inputs.
    """
    first = program.results[0]
    if len(first.nodes) != 1:
        return []
    text = node_text(program.tape, first.nodes[0], 90, {node: names[node] for node in program.tape.inputs})
    shown = len(text) < 90 and text.isprintable() and safe(text)
    return ["", f"{result} = {text}"] if shown else []


def entry_lines(results: Iterable[tuple[str, Layout]], safe: Callable[[str], bool]) -> list[str]:
    """What the entries of results are, in their order, behind an empty line, where they have names.

    >>> from edgewise.graph import Layout
    >>> entry_lines([("d2", Layout(shape=(3,), keys=("dx_dx", "dx_dy", "dy_dy")))], str.isprintable)
    ['', 'd2: dx_dx, dx_dy, dy_dy']
    """
    lines = []
    for name, layout in results:
        named = next((leaf for leaf in layout.leaves() if leaf.keys), None)
        if named is not None and all(map(safe, named.keys)):
            axis = " on its last axis" if len(named.shape) > 1 else ""
            text = f"{name}{axis}: {', '.join(named.keys[:ENTRIES])}{', …' if len(named.keys) > ENTRIES else ''}"
            lines += textwrap.wrap(text, 100, break_long_words=False, break_on_hyphens=False)
    return ["", *lines] if lines else []


def row_call(op: Op, parameter: object, prefix: str, made: dict[str, str], write: Callable[[Program, str], str]) -> str:
    """The call of a function that computes an operation as its row says: "_softplus({0})"; "" where it says nothing.

    `write` makes the function of a program and a name. `made` are the functions written so far by their names, each
    behind those that it calls.
    """
    formula = computed_template(op, parameter)
    if formula is None:
        return ""
    name = f"{prefix}{op.name}" + (f"_{parameter}" if op.parameter else "")
    if name not in made:
        tape = formula_tape(op, formula)
        text = write(lower(tape, tape.returns()), name)
        made[name] = text
    return f"{name}({', '.join(f'{{{k}}}' for k in range(op.arity))})"


def indented(lines: Sequence[str]) -> list[str]:
    """Lines as the body of a function."""
    return [f"    {line}" if line else "" for line in lines]


def wrapped(entries: Sequence[object], indent: int = 4) -> str:
    """A long list over several lines inside brackets.

    >>> wrapped([1, 2, 3])
    '1, 2, 3'
    """
    texts = [str(entry) for entry in entries]
    if sum(map(len, texts)) < 100:
        return ", ".join(texts)
    rows = [", ".join(texts[k : k + 10]) for k in range(0, len(texts), 10)]
    inner = " " * (indent + 4)
    return f"\n{inner}" + f",\n{inner}".join(rows) + f",\n{' ' * indent}"
