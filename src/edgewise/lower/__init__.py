"""From graph to source: one scheduled, named program, and a small file for each target."""

from edgewise.lower.c import CSource, c_source
from edgewise.lower.compiled import BACKENDS, Compiled, compile_program
from edgewise.lower.javascript import js_operations, js_source
from edgewise.lower.program import Program, lower
from edgewise.lower.python import Source, python_source
from edgewise.lower.python_targets import TARGETS

__all__ = [
    "BACKENDS", "TARGETS", "CSource", "Compiled", "Program", "Source", "c_source", "compile_program", "js_operations",
    "js_source", "lower", "python_source",
]  # fmt: skip
