"""From graph to source: one scheduled, named program, and a small file for each target."""

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
from edgewise.lower.python.python_printer import Source
from edgewise.lower.python.python_targets import TARGETS

__all__ = [
    "BACKENDS", "TARGETS", "Compiled", "Program", "Source", "better_in_scalars", "c_source",
    "compile_program", "js_operations", "js_source", "lower", "python_source", "takes",
]  # fmt: skip
