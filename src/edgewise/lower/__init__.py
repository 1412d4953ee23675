"""From graph to source: one scheduled, named program, and a small file for each target."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from edgewise.lower.backends import BACKENDS
from edgewise.lower.compiled import Compiled
from edgewise.lower.doors import (
    better_in_scalars,
    c_source,
    compile_program,
    js_operations,
    js_source,
    lower,
    python_source,
    takes,
)
from edgewise.lower.program import Program

if TYPE_CHECKING:
    from edgewise.lower.python.python_printer import Source
    from edgewise.lower.python.python_targets import TARGETS

__all__ = [
    "BACKENDS", "TARGETS", "Compiled", "Program", "Source", "better_in_scalars", "c_source",
    "compile_program", "js_operations", "js_source", "lower", "python_source", "takes",
]  # fmt: skip

_LATER: Final = {"Source": "python.python_printer", "TARGETS": "python.python_targets"}
"""What is loaded when something is first printed: native code needs none of it."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
