"""What the parameter of a tensor operation looks like, for graphs that come from outside.

A parameter is plain data: numbers, dimensions, tuples of them, an array or a contraction. The functions that write
nodes make it well; of what is read from a file or written by hand nothing is known, and a shape rule may only be asked
when the parameter has its form.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Final

from edgewise.ops.contraction import LETTERS, Contraction
from edgewise.ops.dims import TensorShape, is_dimension
from edgewise.ops.tensors import ArrayValue, TensorOp

__all__ = ["fits"]

Form = Callable[[Any, Sequence[TensorShape]], bool]

_MOST_TERMS: Final = 10_000
"""The most terms that the number of entries of a shape may have: the product of all its polynomials is written out."""


def _whole(value: Any) -> bool:
    return type(value) is int


def _shape(value: Any) -> bool:
    return (
        type(value) is tuple
        and all(map(is_dimension, value))
        and math.prod(1 if type(length) is int else len(length.args) or 1 for length in value) <= _MOST_TERMS
    )


def _axis(value: Any, shapes: Sequence[TensorShape]) -> bool:
    """An axis of every argument, counted from the end."""
    return _whole(value) and all(-len(shape) <= value < 0 for shape in shapes)


def _axes(value: Any, shapes: Sequence[TensorShape]) -> bool:
    return type(value) is tuple and all(_axis(k, shapes) for k in value) and len(set(value)) == len(value)


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


def _unindex(value: Any, shapes: Sequence[TensorShape]) -> bool:
    if not _pair(value) or not _shape(value[1]) or not _places(*value) or len(value[0]) != len(value[1]):
        return False
    counts = tuple(entry[1] for entry in value[0] if len(entry) > 1)
    return shapes[0][len(shapes[0]) - len(counts) :] == counts


def _contraction(value: Any, shapes: Sequence[TensorShape]) -> bool:
    if type(value) is not Contraction or len(value.inputs) != len(shapes):
        return False
    given, spread = set("".join(value.inputs)), value.repeated
    return (
        given | set(value.output) <= set(LETTERS)
        and sorted(spread) == sorted(set(value.output) - given)
        and len(set(value.output)) == len(value.output)
        and _shape(tuple(length for _, length in value.sizes))
    )


def _triangle(value: Any, shapes: Sequence[TensorShape]) -> bool:
    return _pair(value) and type(value[0]) is bool and _rank(value[1], shapes)


def _rank(value: Any, shapes: Sequence[TensorShape]) -> bool:
    return _whole(value) and value in (1, 2)


def _windows(value: Any, shapes: Sequence[TensorShape], copies: int) -> bool:
    return _shape(value) and len(value) * copies <= len(shapes[0])


_FORMS: Final[dict[str, Form]] = {
    **dict.fromkeys(("eye", "arange"), lambda p, shapes: is_dimension(p)),
    "size": lambda p, shapes: bool(getattr(p, "free_symbols", None)),
    "array": lambda p, shapes: type(p) is ArrayValue,
    "contract": _contraction,
    "reshape": lambda p, shapes: _pair(p) and _whole(p[0]) and 0 <= p[0] <= len(shapes[0]) and _shape(p[1]),
    "index": lambda p, shapes: _places(p, shapes[0]),
    "unindex": _unindex,
    **dict.fromkeys(
        ("concatenate", "softmax", "prod", "others", "cumprod", "sort", "argsort", "running_argmax"), _axis
    ),
    "take": lambda p, shapes: _axis(p, shapes[:1]),
    "pick": lambda p, shapes: _whole(p) and 0 < p == len(shapes) - 1,
    "unpick": lambda p, shapes: _shape(p) and len(p) == len(shapes) - 1,
    "searchsorted": lambda p, shapes: p in ("left", "right"),
    "untake": lambda p, shapes: _pair(p) and _whole(p[0]) and p[0] < 0 and is_dimension(p[1]),
    **dict.fromkeys(
        ("cumsum", "recurrence"), lambda p, shapes: _pair(p) and _axis(p[0], shapes) and type(p[1]) is bool
    ),
    **dict.fromkeys(("tril", "triu"), lambda p, shapes: _whole(p) and len(shapes[0]) >= 2),
    "windows": lambda p, shapes: _windows(p, shapes, 1),
    "overlap": lambda p, shapes: _windows(p, shapes, 2),
    "solve": _rank,
    "solve_triangular": _triangle,
    **dict.fromkeys(("logsumexp", "amax", "amin", "norm", "unit"), _axes),
    "radial": lambda p, shapes: _axes(p, shapes[:1]),
}


def fits(op: TensorOp, parameter: Any, shapes: Sequence[TensorShape]) -> bool:
    """Whether a parameter is one of the operation's, for arguments of these shapes.

    >>> from edgewise.ops import tensor_op
    >>> fits(tensor_op("softmax"), -1, [(3, 2)]), fits(tensor_op("softmax"), 1, [(3, 2)])
    (True, False)
    """
    return _FORMS[op.name](parameter, shapes) if op.parameter else parameter is None
