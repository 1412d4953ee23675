"""The table of operations: what each one is, its value, its local partials, and where they fail."""

from edgewise.ops.formula import Ref, Template, fold_exact, template_of
from edgewise.ops.op import PI, E, Number, Op, SymbolicConstant, number_key, tidy_number
from edgewise.ops.table import CODE, CONST, INPUT, N_BUILTIN, OPS, TABLE, op_named, rows_of

__all__ = [
    "CODE",
    "CONST",
    "INPUT",
    "N_BUILTIN",
    "OPS",
    "PI",
    "TABLE",
    "E",
    "Number",
    "Op",
    "Ref",
    "SymbolicConstant",
    "Template",
    "fold_exact",
    "number_key",
    "op_named",
    "rows_of",
    "template_of",
    "tidy_number",
]
