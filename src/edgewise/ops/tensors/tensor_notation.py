"""How a tensor operation on already written arguments is written: as NumPy code, or as text a person reads.

What is NumPy's and what people read stands in the rows; here are the words of index notation, and what makes a text of
a row. Other libraries add what is native to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from edgewise.ops.dims import TensorShape
from edgewise.ops.notation import ATOM, Piece, at_least
from edgewise.ops.op import Op
from edgewise.ops.tensors.row import TensorOp
from edgewise.ops.tensors.spelling import Style
from edgewise.ops.tensors.tensor_table import TENSORS

__all__ = ["NUMPY_STYLE", "TEXT_STYLE", "is_native", "tensor_text"]

_WORDS: Final = {
    "T": "{0}.T", "permute": "np.transpose({0}, {axes})", "swap": "np.swapaxes({0}, {a}, {b})", "sum": "np.sum({0})",
    "sum_axis": "np.sum({0}, axis={axis})", "einsum": 'np.einsum("{spec}", {args})', "diag": "np.diag({0})",
    "diagonal": "np.diagonal({0}, axis1={a}, axis2={b})", "trace": "np.trace({0})",
    "broadcast": "np.broadcast_to({0}, {shape})", "full": "np.full({shape}, {0})", "zeros": "np.zeros({shape})",
    "ones": "np.ones({shape})", "outer": "np.outer({0}, {1})", "array": "np.array({values})", "inf": "np.inf",
    "index": "{0}[{key}]", "pad": "np.pad({0}, {widths})", "unindex": "_placed({0}, {shape}, np.s_[{key}])",
    "concatenate": "np.concatenate([{args}], axis={axis})",
    "where": "np.where({0}, {1}, 0)",
}  # fmt: skip
"""What index notation and its rows say, which are written by functions."""


def _key(row: TensorOp, variant: str) -> str:
    return f"{row.name} {variant}".rstrip()


def _variants(row: TensorOp, given: str | Mapping[str, str]) -> dict[str, str]:
    return {_key(row, variant): text for variant, text in ({"": given} if isinstance(given, str) else given).items()}


def _for_numpy(row: TensorOp) -> dict[str, str]:
    """What programs for NumPy call; nothing for what is computed by other operations."""
    if row.spelled:
        return _variants(row, row.spelled)
    return {row.name: f"np.{row.numpy.split()[0]}({{args}}{{parameter}})"} if row.numpy else {}


def _for_people(row: TensorOp) -> dict[str, str]:
    default = "" if row.written is not None else f"{row.name}({{args}}{{parameter}})"
    return _variants(row, row.text or default) if row.text or default else {}


_NUMPY: Final = {**_WORDS, **{key: text for row in TENSORS for key, text in _for_numpy(row).items()}}

# One pass through memory and no third array, where np.sum(A*B) takes three passes and two.
NUMPY_STYLE: Final = Style("numpy", {**_NUMPY, "vdot": "np.vdot({0}, {1})"})

TEXT_STYLE: Final = Style(
    "text",
    {
        **{key: text.replace("np.", "") for key, text in _WORDS.items()},
        "unindex": "placed({0}, {shape}, s_[{key}])",
        **{key: text for row in TENSORS for key, text in _for_people(row).items()},
    },
)


def _said(op: TensorOp, p: Any, shapes: Sequence[TensorShape]) -> str:
    return _key(op, op.variant(p, shapes)) if op.variant is not None else op.name


def is_native(op: TensorOp, p: Any, shapes: Sequence[TensorShape], style: Style) -> bool:
    """Whether a target has a call of its own for an operation."""
    return op.written is not None or _said(op, p, shapes) in style.templates


def tensor_text(
    op: Op, args: Sequence[Piece], p: Any, shapes: Sequence[TensorShape], shape: TensorShape, style: Style
) -> Piece:
    """The text of a tensor operation whose arguments have `shapes` and whose result has `shape`."""
    assert isinstance(op, TensorOp)
    if op.written is not None:
        made: Piece = op.written(style, args, p, shapes, shape)
        return made
    texts = [text for text, _ in args]
    atoms = {f"atom{k}": at_least(arg, ATOM) for k, arg in enumerate(args)}
    facts = {"parameter": "", **op.form.facts(p, shapes, shape, style.axis)}
    return style.text(_said(op, p, shapes), *texts, args=", ".join(texts), **atoms, **facts)
