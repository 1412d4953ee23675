"""Where the user wrote something: `file:line`, and of a notebook `cell In[5], line 2`, as IPython's tracebacks say."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from types import CodeType
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from edgewise.built import held
from edgewise.graph.renumbered import moved_column, moved_places

if TYPE_CHECKING:
    from edgewise.graph.tape import Tape

__all__ = ["Lines", "instruction_line", "line_text", "moved_lines", "numbered_lines"]


class Lines(Mapping[int, Any]):
    """Node → code object and instruction, from a column of places."""

    __slots__ = ("codes", "column")

    def __init__(self, column: Any, codes: Sequence[Any]) -> None:
        self.column, self.codes = column, codes

    def __getitem__(self, node: int) -> Any:
        place = int(self.column[node]) if 0 <= node < len(self.column) else -1
        if place < 0:
            raise KeyError(node)
        return self.codes[place >> 32], place & 0xFFFFFFFF

    def __iter__(self) -> Iterator[int]:
        return iter(np.flatnonzero(self.column >= 0).tolist())

    def __len__(self) -> int:
        return int(np.count_nonzero(self.column >= 0))

    def moved(self, new: Any) -> Lines:
        """The lines of the same nodes under other numbers; -1 stands for a node that is no more."""
        return Lines(moved_places(held(self.column), held(new)), self.codes)


def moved_lines(lines: Mapping[int, Any], new: Any) -> Mapping[int, Any]:
    """The lines of nodes under their new numbers; -1 stands for a node that is no more."""
    return lines.moved(new) if isinstance(lines, Lines) else moved_column(lines, held(new))


def line_text(filename: str, line: int) -> str:
    """A line of a file as text.

    A notebook's cell has a made-up file name, `/tmp/ipykernel_…`, which is different in every run. The running IPython
    knows its number.

    >>> line_text("model.py", 12)
    'model.py:12'
    """
    label = _cell(filename)
    return f"cell {label}, line {line}" if label else f"{filename}:{line}"


def instruction_line(code: CodeType, instruction: int) -> str:
    """The line of an instruction of a code object, as text."""
    for start, stop, line in code.co_lines():
        if start <= instruction < stop and line is not None:
            return line_text(code.co_filename, line)
    return line_text(code.co_filename, code.co_firstlineno)


def _cell(filename: str) -> str:
    """`In[5]` where the file name is that of a notebook's cell, else empty. IPython is asked, and never imported."""
    ipython: Any = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython is not None and hasattr(ipython, "get_ipython") else None
    namer = getattr(getattr(shell, "compile", None), "format_code_name", None)
    found = namer(filename) if namer is not None else None
    return str(found[1]) if found else ""


def numbered_lines(tape: Tape) -> tuple[npt.NDArray[np.int64], list[str]]:
    """For each node the number of the line that made it, -1 for none, and the lines."""
    line, count = np.full(len(tape), -1), len(tape.lines)
    if not count:
        return line, []
    # Of a million nodes: code objects are slow to compare, and a line is looked up once.
    keys = [where if type(where) is str else (id(where[0]), where[1]) for where in tape.lines.values()]
    numbers: dict[str, int] = {}
    places = {
        key: numbers.setdefault(tape.line(node).strip(" ()"), len(numbers))
        for key, node in dict(zip(keys, tape.lines, strict=True)).items()
    }
    nodes = np.fromiter(tape.lines, dtype=np.int64, count=count)
    line[nodes] = np.fromiter(map(places.__getitem__, keys), dtype=np.int64, count=count)
    return line, list(numbers)
