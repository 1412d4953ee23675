"""What a user hands over as outputs: nested containers of expressions and numbers, flattened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from edgewise.errors import UnsupportedError
from edgewise.graph.arrays.filled import settled
from edgewise.graph.builder import Builder
from edgewise.graph.expr import Expr, meet, resolve
from edgewise.graph.layout import Layout

__all__ = ["collect", "flatten"]


def collect(value: Any, builder: Builder | None = None) -> tuple[Builder, list[int], Layout]:
    """The builder that holds all expressions of a nested value, their nodes in order, and the nesting.

    Expressions of different builders meet and are merged (into `builder` where it is given). Numbers become constants.

    >>> from edgewise import symbols
    >>> x, y = symbols("x y")
    >>> collect({"a": [x, 2], "b": y})[2].keys
    ('a', 'b')
    """
    leaves, layout = flatten(value)
    builder = meet(leaves, builder) or Builder()
    return builder, [resolve(leaf)[1] if isinstance(leaf, Expr) else builder.constant(leaf) for leaf in leaves], layout


def flatten(value: Any) -> tuple[list[Any], Layout]:
    """The expressions and numbers of a nested value from left to right, and the nesting."""
    leaves: list[Any] = []
    try:
        return leaves, _layout(value, leaves)
    except RecursionError:
        raise UnsupportedError(
            "the result is nested without end: a container that holds itself, or far too many levels of them",
            hint="return a flat list of expressions",
        ) from None


def _layout(value: Any, leaves: list[Any]) -> Layout:
    # The depth is that of the containers the user wrote.
    value = settled(value)
    if isinstance(value, Expr):
        leaves.append(value)
        builder, node = resolve(value)
        shape = builder.shapes.get(node, ())
        return Layout("tensor", shape) if shape else Layout()
    if isinstance(value, np.ndarray):
        leaves.extend(value.ravel().tolist())
        return Layout(shape=value.shape)
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise UnsupportedError(
                    f"the result is a dictionary with the key {key!r:.60} of type {type(key).__name__}",
                    hint="name the outputs by strings",
                )
        return Layout("dict", (), tuple(_layout(item, leaves) for item in value.values()), tuple(value))
    if isinstance(value, (list, tuple)):
        kind = "list" if isinstance(value, list) else "tuple"
        return Layout(kind, (), tuple(_layout(item, leaves) for item in value))
    if value is None or isinstance(value, (str, bytes)):
        raise UnsupportedError(
            f"the result {value!r:.60} is not an expression",
            hint="return expressions, numbers, arrays, or containers of them",
        )
    leaves.append(value)
    return Layout()
