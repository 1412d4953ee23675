"""The rules of a tensor graph that comes from outside: every shape is the one that its operation makes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from edgewise.errors import EdgewiseError, GraphError, ShapeError
from edgewise.graph.layout import KINDS
from edgewise.ops import INPUT, Op, TensorOp, TensorShape, broadcast, fits, is_dimension, named_dimensions, shape_text

if TYPE_CHECKING:
    from edgewise.graph.tape import Tape

__all__ = ["check_tensors", "shape_made"]


def shape_made(op: Op, parameter: Any, shapes: Sequence[TensorShape]) -> TensorShape:
    """The shape of a node whose parameter is not known to be well made; a ShapeError that says what does not fit."""
    if not isinstance(op, TensorOp):
        return broadcast(shapes, op.name)
    try:
        if fits(op, parameter, shapes):
            made = op.shape(shapes, parameter)
            if all(map(is_dimension, made)):
                return made
    except EdgewiseError:
        raise
    except (LookupError, TypeError, ValueError, AttributeError):
        pass  # arguments of too few axes
    listing = ", ".join(map(shape_text, shapes))
    raise ShapeError(
        f"{op.name} with the {op.parameter or 'parameter'} {parameter!r:.60} of arguments of shape {listing or 'none'}",
        hint="axes are counted from the end, from -1; see edgewise.ops.TENSORS",
    )


def check_tensors(tape: Tape) -> None:
    """Verify parameters and shapes; a GraphError that names the node."""
    dimensions: set[str] = set()
    for parameter, own in tape.by_parameter():
        expected = parameter.shape if parameter.is_tensor else ()
        shape = parameter.shape
        square = parameter.kind != "symmetric" or (len(shape) == 2 and shape[0] == shape[1])
        if parameter.kind not in ("", *KINDS) or not square or any(tape.shape(i) != expected for i in own):
            raise GraphError(
                f"the input {parameter.name!r} of shape {shape_text(shape)} is no {parameter.kind or 'group'} tensor",
                hint=f"its node has that shape, and its kind is one of {', '.join(KINDS)}; symmetric ones are square",
            )
        dimensions |= named_dimensions(expected)
    clash = dimensions & {parameter.name for parameter in tape.parameters}
    if clash:
        raise GraphError(f"{min(clash)!r} names both an input and a dimension", hint="give one of them another name")
    for i, code, args in tape.rows():
        if code == INPUT:
            continue
        try:
            made = shape_made(tape.op_of_code(code), tape.attrs.get(i), [tape.shape(j) for j in args])
        except ShapeError as error:
            raise GraphError(f"{tape.describe(i)}: {error.what}", hint=error.hint) from None
        if made != tape.shape(i):
            raise GraphError(
                f"{tape.describe(i)} has the shape {shape_text(tape.shape(i))}, and its arguments make it "
                f"{shape_text(made)}",
                hint="correct the shape, or leave it out",
            )
    for leaf, node in zip(_places(tape), tape.outputs, strict=True):
        if leaf != tape.shape(node):
            raise GraphError(
                f"the output {tape.describe(node)} of shape {shape_text(tape.shape(node))} stands where the nesting "
                f"has {shape_text(leaf)}",
                hint="correct the nesting of the outputs",
            )


def _places(tape: Tape) -> list[TensorShape]:
    """The shape that the nesting has for each output node."""
    found: list[TensorShape] = []
    for leaf in tape.layout.leaves():
        found += [leaf.shape] if leaf.kind == "tensor" else [()] * leaf.size
    return found
