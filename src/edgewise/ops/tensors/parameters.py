"""The forms that parameters of tensor operations have: how each is checked, read from a call, and written."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

from edgewise.errors import InputError
from edgewise.ops.contraction import LETTERS, Contraction
from edgewise.ops.dims import TensorShape, is_dimension
from edgewise.ops.tensors.row import ArrayValue, ParameterForm, TensorOp
from edgewise.ops.tensors.spelling import one, tuple_text

__all__ = [
    "AXES", "AXIS", "AXIS_LENGTH", "AXIS_REVERSE", "COUNT", "DIAGONAL", "DIMENSION", "INDICES", "NUMBER",
    "PIECES_ALONG", "PLACES", "PLACES_ALONG", "PLACES_OF", "RANK", "RESHAPE", "SHAPE", "SIDE", "SIZES", "SIZES_OVER",
    "TRIANGLE", "VALUES", "along", "fits",
]  # fmt: skip

Shapes = Sequence[TensorShape]

_MOST_TERMS: Final = 10_000
"""The most terms that the number of entries of a shape may have: the product of all its polynomials is written out."""


def fits(op: TensorOp, parameter: Any, shapes: Shapes) -> bool:
    """Whether a parameter is one of the operation's, for arguments of these shapes.

    >>> from edgewise.ops import tensor_op
    >>> fits(tensor_op("softmax"), -1, [(3, 2)]), fits(tensor_op("softmax"), 1, [(3, 2)])
    (True, False)
    """
    return op.form.fits(parameter, shapes)


# --- what fits -------------------------------------------------------------------------------------------------------


def _whole(value: Any) -> bool:
    return type(value) is int


def _shape(value: Any) -> bool:
    return (
        type(value) is tuple
        and all(map(is_dimension, value))
        and math.prod(1 if type(length) is int else len(length.args) or 1 for length in value) <= _MOST_TERMS
    )


def _axis(value: Any, shapes: Shapes) -> bool:
    """An axis of every argument, counted from the end."""
    return _whole(value) and all(-len(shape) <= value < 0 for shape in shapes)


def _axes(value: Any, shapes: Shapes) -> bool:
    return type(value) is tuple and all(_axis(k, shapes[:1]) for k in value) and len(set(value)) == len(value)


def _pair(value: Any) -> bool:
    return type(value) is tuple and len(value) == 2


def _inside(place: Any, length: Any) -> bool:
    """Whether a place is one of an axis; of named dimensions that shows when they have numbers."""
    if not (_whole(place) or getattr(place, "free_symbols", None)):
        return False
    return not (_whole(place) and place < 0) and not (_whole(place) and _whole(length) and place >= length)


def _range(entry: Any, length: Any) -> bool:
    if len(entry) == 1:
        return _inside(entry[0], length)
    if len(entry) != 3 or not is_dimension(entry[1]) or not _whole(entry[2]) or not entry[2]:
        return False
    start, count, step = entry
    if count == 0:
        return _whole(start) or bool(getattr(start, "free_symbols", None))
    last = start + (count - 1) * step
    return _inside(start, length) and (not _whole(last) or _inside(last, length))


def _places(value: Any, shape: Sequence[Any]) -> bool:
    return (
        type(value) is tuple
        and len(value) <= len(shape)
        and all(type(entry) is tuple for entry in value)
        and all(map(_range, value, shape[len(shape) - len(value) :]))
    )


def _unindex(value: Any, shapes: Shapes) -> bool:
    if not _pair(value) or not _shape(value[1]) or not _places(*value) or len(value[0]) != len(value[1]):
        return False
    counts = tuple(entry[1] for entry in value[0] if len(entry) > 1)
    return shapes[0][len(shapes[0]) - len(counts) :] == counts


def _contraction(value: Any, shapes: Shapes) -> bool:
    if type(value) is not Contraction or len(value.inputs) != len(shapes):
        return False
    given, spread = set("".join(value.inputs)), value.repeated
    return (
        given | set(value.output) <= set(LETTERS)
        and sorted(spread) == sorted(set(value.output) - given)
        and len(set(value.output)) == len(value.output)
        and _shape(tuple(length for _, length in value.sizes))
    )


def _rank(value: Any, shapes: Shapes) -> bool:
    return _whole(value) and value in (1, 2)


def _windows(value: Any, shapes: Shapes, copies: int) -> bool:
    return _shape(value) and len(value) * copies <= len(shapes[0])


# --- how they are written --------------------------------------------------------------------------------------------


def along(axes: Any, shape: TensorShape) -> str:
    """The axes as a subscript in LaTeX: empty where there is only one, or where it is all of them."""
    given = sorted(axis % len(shape) for axis in (axes if isinstance(axes, tuple) else (axes,)))
    if len(given) == len(shape):
        return ""
    if len(shape) == 2:
        return "\\mathrm{rows}" if given == [1] else "\\mathrm{columns}"
    return "\\mathrm{axes}\\," + ",".join(str(axis + 1) for axis in given)


def _axis_facts(p: int, shapes: Shapes, shape: TensorShape, word: str) -> Mapping[str, Any]:
    return {"axis": p, "unless_last": "" if p == -1 else f", axis={p}", "parameter": f", axis={p}"}


def _axes_facts(p: tuple[int, ...], shapes: Shapes, shape: TensorShape, word: str) -> Mapping[str, Any]:
    """{axes} goes without saying where it is all of them, {these} never does."""
    these = f", {word}={one(p)}"
    axes = "" if len(p) == len(shapes[0]) else these
    return {"axis": p[0] if len(p) == 1 else p, "axes": axes, "these": these, "tuple": p, "parameter": axes}


def _axis_of(t: Any, shape: TensorShape, axis: Any) -> Any:
    return t.axis_from_end(axis, len(shape))


def _said(word: str, value: Any) -> Mapping[str, Any]:
    return {word: value, "parameter": f", {word}={value!r}"}


AXIS: Final = ParameterForm(
    "axis", _axis, _axis_facts, {"axis": -1}, _axis_of, lambda p, shapes, shape: along(p, shapes[0])
)
AXES: Final = ParameterForm(
    "axes", _axes, _axes_facts, {"axis": None}, lambda t, shape, axis: t.axes_from_end(axis, len(shape)),
    lambda p, shapes, shape: along(p, shapes[0]),
)  # fmt: skip
AXIS_REVERSE: Final = ParameterForm(
    "axis",
    lambda p, shapes: _pair(p) and _axis(p[0], shapes) and type(p[1]) is bool,
    lambda p, shapes, shape, word: {"axis": p[0], "reverse": p[1], "parameter": f", axis={p[0]}, reverse={p[1]}"},
    {"axis": -1, "reverse": False},
    lambda t, shape, axis, reverse: (_axis_of(t, shape, axis), bool(reverse)),
    lambda p, shapes, shape: along(p[0], shape),
    lambda p: "\\leftarrow" if p[1] else "",
)
AXIS_LENGTH: Final = ParameterForm(
    "axis",
    lambda p, shapes: _pair(p) and _whole(p[0]) and p[0] < 0 and is_dimension(p[1]),
    lambda p, shapes, shape, word: {"axis": p[0], "n": p[1]},
)
PIECES_ALONG: Final = ParameterForm("axis", _axis)
PLACES_ALONG: Final = ParameterForm("axis", lambda p, shapes: _axis(p, shapes[:1]), _axis_facts)
DIMENSION: Final = ParameterForm(
    "n", lambda p, shapes: is_dimension(p), lambda p, shapes, shape, word: {"n": p, "parameter": f"{p}"}
)
NUMBER: Final = ParameterForm("n", lambda p, shapes: bool(getattr(p, "free_symbols", None)))
VALUES: Final = ParameterForm("values", lambda p, shapes: type(p) is ArrayValue)
INDICES: Final = ParameterForm("indices", _contraction)
RESHAPE: Final = ParameterForm(
    "shape",
    lambda p, shapes: _pair(p) and _whole(p[0]) and 0 <= p[0] <= len(shapes[0]) and _shape(p[1]),
    lambda p, shapes, shape, word: {"shape": tuple_text(shape), "parameter": f", {tuple_text(shape)}"},
)
PLACES: Final = ParameterForm("places", lambda p, shapes: _places(p, shapes[0]))
PLACES_OF: Final = ParameterForm("places", _unindex)
COUNT: Final = ParameterForm("axes", lambda p, shapes: _whole(p) and 0 < p == len(shapes) - 1)
SHAPE: Final = ParameterForm("shape", lambda p, shapes: _shape(p) and len(p) == len(shapes) - 1)
DIAGONAL: Final = ParameterForm(
    "k",
    lambda p, shapes: _whole(p) and len(shapes[0]) >= 2,
    lambda p, shapes, shape, word: {"k": f", {p}" if p else "", "parameter": f", k={p}" if p else ""},
    {"k": 0},
    lambda t, shape, k: int(k),
    lambda p, shapes, shape: str(p) if p else "",
)


def _sizes_facts(p: Any, shapes: Shapes, shape: TensorShape, word: str) -> Mapping[str, Any]:
    return {"sizes": tuple_text(p), "parameter": f", {tuple_text(p)}"}


def _sizes(t: Any, shape: TensorShape, sizes: Any) -> Any:
    return tuple(sizes)


SIZES: Final = ParameterForm("sizes", lambda p, shapes: _windows(p, shapes, 1), _sizes_facts, {"sizes": ...}, _sizes)
SIZES_OVER: Final = ParameterForm(
    "sizes", lambda p, shapes: _windows(p, shapes, 2), _sizes_facts, {"sizes": ...}, _sizes
)
RANK: Final = ParameterForm("rank", _rank)
TRIANGLE: Final = ParameterForm(
    "triangle",
    lambda p, shapes: _pair(p) and type(p[0]) is bool and _rank(p[1], shapes),
    lambda p, shapes, shape, word: {"lower": p[0], "rank": p[1]},
)


def _side(t: Any, shape: TensorShape, side: Any) -> Any:
    if side not in ("left", "right"):
        raise InputError(f"searchsorted with side={side!r:.40}", hint="it is 'left' or 'right'")
    return side


SIDE: Final = ParameterForm(
    "side",
    lambda p, shapes: p in ("left", "right"),
    lambda p, shapes, shape, word: {"side": "" if p == "left" else f', side="{p}"', "right": p == "right"},
    {"side": "left"},
    _side,
    lambda p, shapes, shape: f"\\mathrm{{{p}}}",
)
