r"""How the tensor operations that are no sums of products are written, on whole tensors: as their rows say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.ops import Op, TensorOp, TensorShape
from edgewise.write.latex import forms
from edgewise.write.latex.forms import Form, call, word

__all__ = ["row_form"]


def row_form(op: Op, args: Sequence[Form], p: Any, shapes: Sequence[TensorShape], shape: TensorShape) -> Form:
    """The operation on whole tensors: by default its name, upright, with the parameter below."""
    assert isinstance(op, TensorOp)
    if op.typeset is not None:
        made: Form = op.typeset(forms, args, p, shapes, shape)
        return made
    under, above = op.form.under(p, shapes, shape), op.form.over(p)
    name = (op.latex or word(op.name)) + (f"_{{{under}}}" if under else "") + (f"^{{{above}}}" if above else "")
    return call(name, *args)
