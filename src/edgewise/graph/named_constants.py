"""What is written with pi and e alone: an expression without inputs, in a graph of its own until it meets another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, handle
from edgewise.ops import SymbolicConstant

__all__ = ["in_a_graph", "ufunc_on_constants"]


def ufunc_on_constants(ufunc: np.ufunc, method: str, inputs: Sequence[Any], options: Mapping[str, Any]) -> Any:
    """A ufunc of named constants among numbers and arrays; whoever else is among them knows what to do with both.

    >>> import edgewise as ew
    >>> ew.pi/2, float(np.sin(ew.pi/2)), ew.graph(ew.sin(ew.pi/2)).simplify().text()
    (pi/2, 1.0, 'sin(pi/2)')
    """
    if any(hasattr(type(v), "__array_ufunc__") and not isinstance(v, (SymbolicConstant, np.ndarray)) for v in inputs):
        return NotImplemented
    return getattr(ufunc, method)(*in_a_graph(inputs), **options)


def in_a_graph(values: Sequence[Any]) -> list[Any]:
    """The values, with named constants as expressions, unless there are expressions that take them in."""
    if any(isinstance(value, Expr) for value in values):
        return list(values)
    builder = Builder()
    return [handle(builder, builder.constant(v)) if isinstance(v, SymbolicConstant) else v for v in values]
