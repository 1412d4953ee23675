"""Where the user wrote something: `file:line`, and of a notebook `cell In[5], line 2`, as IPython's tracebacks say."""

from __future__ import annotations

import sys
from types import CodeType
from typing import Any

__all__ = ["instruction_line", "line_text"]


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
