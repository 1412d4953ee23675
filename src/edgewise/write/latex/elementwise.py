r"""Operations on entries as LaTeX: of whole vectors and matrices, with `\odot`, and of single entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from edgewise.ops import Op, TensorShape
from edgewise.write.latex import forms
from edgewise.write.latex.index_notation import Indexed, closed, joined

__all__ = ["elementwise_entry", "elementwise_form"]

_COMPARED: Final = {"lt": "<", "le": "\\le", "gt": ">", "ge": "\\ge", "eq": "=", "ne": "\\ne"}


def elementwise_entry(op: Op, args: Sequence[Indexed], exponent: forms.Form | None) -> Indexed:
    """The operation on single entries."""
    if op.name == "mul":
        return joined(args)
    if op.name == "neg":
        return joined([Indexed("-1", forms.SUM), *args])
    made = _scalar(op, [closed(arg) for arg in args], exponent, "")
    return Indexed(made.text, made.strength)


def elementwise_form(
    op: Op, args: Sequence[forms.Form], exponent: forms.Form | None, shapes: Sequence[TensorShape], shape: TensorShape
) -> forms.Form:
    """The operation on whole vectors and matrices, which broadcast."""
    if not shape:
        return forms.scaled(*_numbers_first(args)) if op.name == "mul" else _scalar(op, args, exponent, "")
    sides = [_side(own, shape) for own in shapes]
    if op.name == "mul":
        return _product(args, sides, shapes)
    if op.name == "div" and sides[1] != "whole":
        top = _spread(args[0], sides[0], shapes[0], shape)
        if sides[1] == "number":
            return forms.quotient(top, args[1])
        return _scaling(forms.inverse(forms.diagonal(_vector(args[1], shapes[1]))), top, sides[1])
    given = [_spread(arg, side, own, shape) for arg, side, own in zip(args, sides, shapes, strict=True)]
    if op.name == "div":
        return forms.elementwise(given, "\\oslash")
    return _scalar(op, given, exponent, "\\circ ")


def _scalar(op: Op, args: Sequence[forms.Form], exponent: forms.Form | None, each: str) -> forms.Form:
    """What is written alike of numbers, entries and whole tensors; `each` marks powers of entries."""
    name = op.name
    if name == "add":
        left, right = args
        if right.text.startswith("-"):
            return forms.Form(f"{left.text} - {right.text[1:]}", forms.SUM)
        return forms.Form(f"{left.text} + {right.text}", forms.SUM)
    if name == "sub":
        return forms.Form(f"{args[0].text} - {forms.at_least(args[1], forms.ODOT)}", forms.SUM)
    if name == "div":
        return forms.quotient(*args)
    if name == "neg":
        return forms.negative(args[0])
    if name in ("power", "pow"):
        return forms.raised(args[0], each + (exponent or args[1]).text)
    if name == "sqrt":
        return forms.Form(f"\\sqrt{{{args[0].text}}}", forms.POWER)
    if name == "abs":
        return forms.Form(f"\\lvert {args[0].text}\\rvert")
    if name in _COMPARED:
        return forms.Form(f"[{args[0].text} {_COMPARED[name]} {args[1].text}]")
    shown = name.replace("_", "\\_")
    return forms.call(op.latex or f"\\operatorname{{{shown}}}", *args)


def _numbers_first(args: Sequence[forms.Form]) -> list[forms.Form]:
    return sorted(args, key=lambda arg: not arg.text.lstrip("-")[:1].isdigit())


# --- broadcasting ----------------------------------------------------------------------------------------------------


def _side(shape: Sequence[Any], whole: Sequence[Any]) -> str:
    """What an operand is in a matrix: all of it, a number, a column that is repeated, or a row."""
    if tuple(shape) == tuple(whole):
        return "whole"
    if all(length == 1 for length in shape):
        return "number"
    if len(whole) == 2:
        return "column" if len(shape) == 2 and shape[1] == 1 else "row"
    return "whole"


def _vector(arg: forms.Form, shape: TensorShape) -> forms.Form:
    """A repeated column or row as a vector."""
    return forms.transposed(arg) if len(shape) == 2 and shape[1] != 1 else arg


def _spread(arg: forms.Form, side: str, shape: TensorShape, whole: TensorShape) -> forms.Form:
    """An operand repeated to the whole shape."""
    if side == "column":
        return forms.product([arg, forms.transposed(forms.ONES)])
    if side == "row":
        row = forms.transposed(_vector(arg, shape))
        return row if whole[0] == 1 else forms.product([forms.ONES, row])
    return arg


def _scaling(scale: forms.Form, rest: forms.Form, side: str) -> forms.Form:
    return forms.product([scale, rest] if side == "column" else [rest, scale])


def _product(args: Sequence[forms.Form], sides: Sequence[str], shapes: Sequence[TensorShape]) -> forms.Form:
    if "number" in sides:
        both = list(sides) == ["number", "number"]
        return forms.scaled(*(_numbers_first(args) if both else args if sides[0] == "number" else (args[1], args[0])))
    vectors = [_vector(arg, shape) for arg, shape in zip(args, shapes, strict=True)]
    if "whole" not in sides:
        # Rows stay rows of one: a column times a row is every product of their entries.
        if sides[0] == sides[1]:
            made = forms.elementwise(vectors)
            return made if sides[0] == "column" else forms.transposed(made)
        column, row = vectors if sides[0] == "column" else vectors[::-1]
        return forms.product([column, forms.transposed(row)])
    for k in (0, 1):
        if sides[k] != "whole":
            return _scaling(forms.diagonal(vectors[k]), args[1 - k], sides[k])
    return forms.elementwise(args)
