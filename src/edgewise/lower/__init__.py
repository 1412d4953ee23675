"""From graph to source: one scheduled, named program, and a small file for each target."""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

from edgewise.lower import doors
from edgewise.lower.backends import BACKENDS
from edgewise.lower.compiled import Compiled
from edgewise.lower.doors import *  # noqa: F403
from edgewise.lower.program import Program

if TYPE_CHECKING:
    from edgewise.lower.c.c_printer import c_source
    from edgewise.lower.javascript import js_operations, js_source
    from edgewise.lower.python.python_printer import Source
    from edgewise.lower.python.python_targets import TARGETS

__all__ = ["BACKENDS", "TARGETS", "Compiled", "Program", "Source", "c_source", "js_operations", "js_source"]
__all__ += doors.__all__

_LATER: Final = {
    "Source": "python.python_printer", "TARGETS": "python.python_targets", "c_source": "c.c_printer",
    "js_operations": "javascript", "js_source": "javascript",
}  # fmt: skip
"""What is loaded when something is first printed: native code needs none of it."""


def __getattr__(name: str) -> Any:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
