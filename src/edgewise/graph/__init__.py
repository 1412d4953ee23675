"""The numbered list, how it is grown, and how it is written by hand."""

from edgewise.built import check_build
from edgewise.graph.arrays.array import ExprArray, as_expressions
from edgewise.graph.arrays.functions import FUNCTIONS, function_of, group, shape_of, symbols
from edgewise.graph.builder import Builder
from edgewise.graph.exact_numbers import exact_number
from edgewise.graph.exponents import add_op
from edgewise.graph.expr import Expr, apply, apply_op, handle, resolve
from edgewise.graph.for_scalars import for_scalars
from edgewise.graph.layout import KINDS, SIGNS, SPARSE, Layout, Parameter, Shape, matrix, packed_hint
from edgewise.graph.pattern import Pattern
from edgewise.graph.tape import Edge, IntArray, Returns, Tape, computing, count_operations
from edgewise.graph.tensor_check import shape_made
from edgewise.graph.tensors.tensor import Tensor, TensorInput, tensor
from edgewise.graph.text_of_nodes import node_text, whole_text
from edgewise.graph.values import (
    apart,
    batch_shape,
    common_shape,
    in_single,
    is_single,
    listed,
    mapped,
    ordinary,
    real_value,
    tensor_batch,
)

__all__ = [
    "FUNCTIONS", "KINDS", "SIGNS", "SPARSE", "Builder", "Edge", "Expr", "ExprArray", "IntArray", "Layout", "Parameter",
    "Pattern", "Returns", "Shape", "Tape", "Tensor", "TensorInput", "add_op", "apart", "apply", "apply_op",
    "as_expressions", "batch_shape", "common_shape", "computing", "count_operations", "exact_number", "for_scalars",
    "function_of", "group", "handle", "in_single", "is_single", "listed", "mapped", "matrix", "node_text", "ordinary",
    "whole_text", "packed_hint", "real_value", "resolve", "shape_made", "shape_of", "symbols", "tensor", "tensor_batch",
]  # fmt: skip

check_build()  # every graph begins here
