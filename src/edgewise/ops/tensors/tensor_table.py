"""The table of tensor operations: ONE ROW per operation, as in `edgewise.ops.table`.

Elementwise operations are the scalar rows, applied with NumPy's broadcasting. A row here has a shape rule and, for each
argument, one rule of differentiation: an operation that is linear in the argument has its transpose (`bprop` of
algorithm 6.5), any other has its differential, whose transpose is taken. Rules are written in the notation of the
expressions themselves: `t` holds the functions on tensors, `d` is what is propagated, `out` the result, `x` the
arguments, `p` the row's parameter. `d` may have further axes in front, one for each component that is differentiated
at once: every rule works on the last axes.
"""

from __future__ import annotations

import copyreg
from collections.abc import Sequence
from typing import Any, Final

from edgewise.errors import OperationError
from edgewise.ops.op import Op
from edgewise.ops.table import N_BUILTIN, TABLE
from edgewise.ops.tensors.along_axes import ALONG_AXES, ORDER
from edgewise.ops.tensors.linear import LEAVES, LINEAR
from edgewise.ops.tensors.matrices import MATRICES
from edgewise.ops.tensors.row import TensorOp

__all__ = ["FIRST_TENSOR", "TENSORS", "TENSOR_CODE", "is_view", "op_of_code", "tensor_op"]

TENSORS: Final[tuple[TensorOp, ...]] = (*LEAVES, *LINEAR, *MATRICES, *ORDER, *ALONG_AXES)

FIRST_TENSOR: Final = 1 << 15
"""Codes from here on are rows of this table."""

TENSOR_CODE: Final = {op.name: FIRST_TENSOR + k for k, op in enumerate(TENSORS)}


def tensor_op(name: str) -> TensorOp:
    """The row of a name; an OperationError where there is none."""
    code = TENSOR_CODE.get(name)
    if code is None:
        raise OperationError(f"there is no tensor operation {name!r}", hint=f"there are {', '.join(TENSOR_CODE)}")
    return TENSORS[code - FIRST_TENSOR]


copyreg.pickle(TensorOp, lambda row: (tensor_op, (row.name,)))


def is_view(op: Op, parameter: Any) -> bool:
    """Whether an operation only reads its argument in another way, so that it is no work.

    >>> from edgewise.ops import Contraction
    >>> is_view(tensor_op("contract"), Contraction(("ij",), "ji"))
    True
    """
    return isinstance(op, TensorOp) and op.view is not None and op.view(parameter)


def op_of_code(code: int, custom: Sequence[Op]) -> Op:
    """The row of a code in a graph: of the scalar table, of the user's own operations, or of the tensor table."""
    if code < N_BUILTIN:
        return TABLE[code]
    return TENSORS[code - FIRST_TENSOR] if code >= FIRST_TENSOR else custom[code - N_BUILTIN]
