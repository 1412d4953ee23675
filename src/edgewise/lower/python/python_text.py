"""What Python source is put together from: the module as text, and its small parts."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from edgewise.lower.described import entry_lines, formula_line, summary
from edgewise.lower.program import Program
from edgewise.lower.statements import Statements
from edgewise.ops import Op

__all__ = ["Same", "Source", "deleted", "docstring", "import_of", "rescuers"]


@dataclass(frozen=True)
class Source:
    """A Python module as text, cut into blocks that can be compiled one by one, and the name of its function.

    `requires` are the user's operations under the names by which the text calls them, `statements` its assignments.
    `captured` are large arrays that the function takes by name behind its inputs.
    """

    blocks: tuple[str, ...]
    name: str
    requires: tuple[tuple[str, Op], ...]
    statements: Statements
    captured: Mapping[str, Any] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n\n\n".join(self.blocks) + "\n"

    def computed(self) -> dict[int, tuple[int, ...]]:
        """The lines of the text that compute something, counted from 1, and which nodes each computes.

        >>> from edgewise import parse
        >>> from edgewise.lower import python_source
        >>> python_source(parse("exp(x*y) + sin(x)").program()).computed()
        {11: (5, 3, 2, 4)}
        """
        found: dict[int, tuple[int, ...]] = {}
        lines = enumerate(self.text.splitlines(), 1)
        for node, pair in zip(self.statements.nodes, self.statements.pairs(), strict=True):  # in the order of the text
            wanted = " = ".join(pair)
            number = next(n for n, line in lines if line.endswith(wanted) and line.strip() == wanted)
            found[number] = tuple(self.statements.holds(node))
        return found


class Same(str):
    """The text of a result that is the same at every point: of a `number`, or of what depends on groups alone."""

    def __new__(cls, text: str, number: bool) -> Same:
        made = super().__new__(cls, text)
        made.number = number
        return made

    number: bool


def docstring(program: Program, names: Mapping[int, str], called: Sequence[str]) -> list[str]:
    """What a function computes, at what cost; `called` are the user's operations."""
    lines = [f'"""{summary(program)}']
    lines += formula_line(program, program.results[0].name, names, lambda text: not set(text) & set('…"'))
    groups = [
        f"{name}: array of shape {p.shape}"
        for p, name in zip(program.parameters, program.parameter_names, strict=True)
        if p.shape
    ]
    if groups:
        lines += ["", *groups]
    if called:
        lines += ["", f"Calls the user's {', '.join(called)}."]
    lines += ["", f"Returns {', '.join(result.name for result in program.results)}."]
    named = [(result.name, result.layout) for result in program.results]
    lines += entry_lines(named, lambda text: text.isprintable() and '"' not in text)
    return [line.replace("\\", "\\\\") for line in lines] + ['"""']


def deleted(names: list[str] | None) -> list[str]:
    """The statement that deletes these names, if there are any."""
    return [f"del {', '.join(names)}"] if names else []


def rescuers(rows: Mapping[str, tuple[str, str, str]]) -> list[str]:
    """Operations as functions that do not raise."""
    functions = [
        f"def _{name}({args}):\n    try:\n        return {value}\n"
        f"    except (ValueError, ArithmeticError):\n        return {otherwise}"
        for name, (args, value, otherwise) in rows.items()
    ]
    if functions:
        note = "# A branch that is not selected is computed too: where Python raises, these go on as IEEE arithmetic.\n"
        functions[0] = note + functions[0]
    return functions


def import_of(op: Op, name: str) -> str:
    """How a module comes by a user's operation: an import, or a line that says what is expected."""
    module, qualified = getattr(op.value, "__module__", None), getattr(op.value, "__qualname__", "")
    if (
        module and module != "__main__" and module.replace(".", "_").isidentifier() and qualified.isidentifier()
        and getattr(sys.modules.get(module), qualified, None) is op.value
    ):  # fmt: skip
        return f"from {module} import {qualified} as {name}"
    return f"# {name}({', '.join(op.args)}) is an operation of the user's: define it before calling"
