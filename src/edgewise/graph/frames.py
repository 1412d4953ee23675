"""The Python code that is running, as compiled modules ask for it: through C's functions there (see `frames.pxd`)."""

from __future__ import annotations

import sys
from types import CodeType
from typing import Any

__all__ = ["code_of", "instruction_of", "running_frame"]


def running_frame() -> Any:
    """The frame of who asks; that of the innermost Python function where compiled code does. None where there is none.

    >>> code_of(running_frame()).co_name
    '<module>'
    """
    return sys._getframe(1)


def code_of(frame: Any) -> CodeType:
    """The code that a frame runs."""
    code: CodeType = frame.f_code
    return code


def instruction_of(frame: Any) -> int:
    """At which of the code's bytes a frame stands."""
    return int(frame.f_lasti)
