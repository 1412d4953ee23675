"""The table of operations: what each one is, its value, its local partials, and where they fail."""

from edgewise.ops import dims
from edgewise.ops.contraction import Contraction, lettered
from edgewise.ops.dims import *  # noqa: F403
from edgewise.ops.formula import Ref, Template, computed_template, fold_exact, template_of
from edgewise.ops.op import CONSTANTS, PI, E, Number, Op, Refusal, SymbolicConstant, number_key, tidy_number
from edgewise.ops.table import ALIASES, CODE, CONST, INPUT, N_BUILTIN, OPS, TABLE, op_named, rows_of
from edgewise.ops.tensors.parameters import fits
from edgewise.ops.tensors.row import ArrayValue, TensorOp
from edgewise.ops.tensors.tensor_table import FIRST_TENSOR, TENSOR_CODE, TENSORS, is_view, op_of_code, tensor_op

__all__ = [
    "ALIASES", "CODE", "CONST", "FIRST_TENSOR", "INPUT", "N_BUILTIN", "OPS", "CONSTANTS", "PI", "TABLE", "TENSORS",
    "TENSOR_CODE", "ArrayValue", "Contraction", "E", "Number", "Op", "Ref", "Refusal", "SymbolicConstant", "Template",
    "TensorOp", "computed_template", "fits", "fold_exact", "is_view", "lettered", "number_key", "op_named",
    "op_of_code", "rows_of", "template_of", "tensor_op", "tidy_number",
]  # fmt: skip
__all__ += dims.__all__
