"""The numbered list, how it is grown, and how it is written by hand."""

from edgewise.built import check_build
from edgewise.graph import values
from edgewise.graph.arrays.array import ExprArray, as_expressions
from edgewise.graph.arrays.functions import FUNCTIONS, function_of, group, shape_of, symbols
from edgewise.graph.asked_of_formulas import ASKED
from edgewise.graph.builder import MERGING, Builder, user_line
from edgewise.graph.columns import arguments_first, code_table, distinct, reached, stable_argsort
from edgewise.graph.exact_numbers import exact_number
from edgewise.graph.exponents import add_op
from edgewise.graph.expr import Expr, apply, apply_op, handle, meet, resolve
from edgewise.graph.for_scalars import for_scalars
from edgewise.graph.layout import KINDS, SIGNS, SPARSE, Dependent, Layout, Parameter, Shape, matrix, packed_hint
from edgewise.graph.lines import line_text
from edgewise.graph.pattern import Pattern
from edgewise.graph.reachable import depths
from edgewise.graph.refused import refused
from edgewise.graph.tape import Edge, IntArray, Returns, Tape, computing, count_operations
from edgewise.graph.tensor_check import shape_made
from edgewise.graph.tensors.tensor import Tensor, TensorInput, tensor
from edgewise.graph.text_of_nodes import node_text, readable_text, titled, whole_text
from edgewise.graph.values import *  # noqa: F403

__all__ = [
    "ASKED", "FUNCTIONS", "KINDS", "MERGING", "SIGNS", "SPARSE", "Builder", "Dependent", "Edge", "Expr", "ExprArray",
    "IntArray", "Layout", "Parameter", "Pattern", "Returns", "Shape", "Tape", "Tensor", "TensorInput", "add_op",
    "apply", "apply_op", "arguments_first", "as_expressions", "code_table", "computing", "count_operations",
    "depths", "distinct", "exact_number", "for_scalars", "function_of", "group", "handle", "line_text", "matrix",
    "meet", "node_text", "packed_hint", "readable_text", "reached", "refused", "resolve", "shape_made", "shape_of",
    "stable_argsort", "symbols", "tensor", "titled", "user_line", "whole_text",
]  # fmt: skip
__all__ += values.__all__

check_build()  # every graph begins here
