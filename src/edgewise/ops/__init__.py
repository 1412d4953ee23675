"""The table of operations: what each one is, its value, its local partials, and where they fail."""

from edgewise.ops.contraction import Contraction, lettered
from edgewise.ops.dims import (
    Dim,
    TensorShape,
    bound,
    broadcast,
    dimension,
    is_dimension,
    named_dimensions,
    product,
    shape_text,
    simplest,
    solve_dimensions,
)
from edgewise.ops.formula import Ref, Template, fold_exact, template_of
from edgewise.ops.op import PI, E, Number, Op, SymbolicConstant, number_key, tidy_number
from edgewise.ops.table import CODE, CONST, INPUT, N_BUILTIN, OPS, TABLE, op_named, rows_of
from edgewise.ops.tensor_parameters import fits
from edgewise.ops.tensors import (
    FIRST_TENSOR,
    TENSOR_CODE,
    TENSORS,
    ArrayValue,
    TensorOp,
    is_view,
    op_of_code,
    tensor_op,
)

__all__ = [
    "CODE",
    "CONST",
    "FIRST_TENSOR",
    "INPUT",
    "N_BUILTIN",
    "OPS",
    "PI",
    "TABLE",
    "TENSORS",
    "TENSOR_CODE",
    "ArrayValue",
    "Contraction",
    "Dim",
    "E",
    "Number",
    "Op",
    "Ref",
    "SymbolicConstant",
    "Template",
    "TensorOp",
    "TensorShape",
    "bound",
    "broadcast",
    "dimension",
    "fits",
    "fold_exact",
    "is_dimension",
    "is_view",
    "lettered",
    "named_dimensions",
    "number_key",
    "op_named",
    "op_of_code",
    "product",
    "rows_of",
    "shape_text",
    "simplest",
    "solve_dimensions",
    "template_of",
    "tensor_op",
    "tidy_number",
]
