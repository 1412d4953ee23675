"""What every source says of itself, its long lists, and the functions that it brings for what its language lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from edgewise.graph import node_text
from edgewise.lower.formulas import formula_tape
from edgewise.lower.names import counted
from edgewise.lower.program import Program, lower
from edgewise.ops import Op, computed_template

__all__ = ["formula_line", "indented", "returned", "row_call", "summary", "wrapped"]


def summary(program: Program) -> str:
    """What is computed, at what cost.

    >>> from edgewise import parse
    >>> summary(parse("x*y").gradient().simplify().program())
    'Value and gradient in 1 operation.'
    """
    return f"{returned(program).capitalize()} in {counted(program.operations)}."


def returned(program: Program) -> str:
    """What a call returns, in words."""
    *others, last = (result.name for result in program.results)
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
