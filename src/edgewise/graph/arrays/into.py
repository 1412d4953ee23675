"""`out=` of NumPy's functions on expressions: the result is assigned to that array."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from inspect import Parameter, signature
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph.refused import refused

__all__ = ["into"]

_IN_PLACE: Final = np.nan_to_num  # with copy=False; during a trace NumPy's name holds another function


@cache
def _place_of_out(function: Any) -> int:
    """Where `out` stands among the arguments by position; behind all of them where it has none."""
    try:
        parameters = signature(function).parameters
    except (TypeError, ValueError):  # a function in C of an older NumPy
        return 2 if function.__name__ in ("concatenate", "dot") else 1 << 30
    one = "out" in parameters and parameters["out"].kind is Parameter.POSITIONAL_OR_KEYWORD
    return list(parameters).index("out") if one else 1 << 30


def into(function: Any, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Any:
    """The array given as `out=`, with the result in it; None where none was given."""
    args, kwargs = list(args), dict(kwargs)
    out, place = kwargs.pop("out", None), _place_of_out(function)
    if place < len(args):
        out, args[place] = args[place], None
    if function is _IN_PLACE and not (args[1] if len(args) > 1 else kwargs.get("copy", True)):
        out, args[1:2] = args[0], []
        kwargs.pop("copy", None)
    if out is None or out is np._NoValue:
        return None
    if type(out) is np.ndarray and out.dtype != object:
        raise refused(
            f"np.{function.__name__} writes into an array of numbers (out=), and an expression does not fit into it",
            "leave out= away, or write into an array of floats that the traced function makes, np.zeros(n)",
        )
    result = function(*args, **kwargs)
    if np.shape(result) != np.shape(out):
        raise refused(
            f"np.{function.__name__} of the shape {np.shape(result)} is written into one of {np.shape(out)} (out=)",
            "give an array of the result's shape",
            kind=ShapeError,
        )
    out[...] = result
    return out
