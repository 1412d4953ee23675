"""What a stand-in is given: numbers, which NumPy takes, or expressions and named lengths among them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from edgewise.frontends.tracing_numpy import current
from edgewise.graph import Expr, ExprArray, Tensor, as_expressions, handle, refused
from edgewise.graph.arrays.filled import Filled, nested, settled
from edgewise.graph.composed import as_type
from edgewise.ops import dimension

__all__ = ["as_array", "converted", "entries", "expressions", "is_named", "is_symbolic", "lengths_of", "on_expressions"]


def is_named(value: Any) -> bool:
    """Whether it is a length, or among lengths, that has a name."""
    if isinstance(value, (list, tuple)):
        return any(map(is_named, value))
    # Of the class first: a tensor's selection refuses whatever it is asked for.
    return hasattr(type(value), "free_symbols") and bool(value.free_symbols)


def is_symbolic(value: Any) -> bool:
    """Whether there are expressions in it, or named lengths."""
    todo = [value]
    while todo:
        item = todo.pop()
        if isinstance(item, (list, tuple, deque)):
            todo.extend(item)
        elif type(item) is Filled:
            item = item.settled()
            if isinstance(item, Expr) or item.dtype == object:
                return True
        elif isinstance(item, Expr) or is_named(item):
            return True
        elif isinstance(item, np.ndarray) and item.dtype == object:
            todo.extend(item.ravel().tolist())
    return False


def entries(value: Any) -> Any:
    """Nested lists with named lengths as expressions, and bare object arrays as ours."""
    if isinstance(value, (list, tuple, deque)):
        return [entries(item) for item in value]
    if is_named(value):
        builder = current().builder
        return handle(builder, builder.size(value))
    return as_expressions(value) if isinstance(value, np.ndarray) and value.dtype == object else value


def expressions(value: Any) -> Any:
    """An array-like with expressions in it: itself, an ExprArray or a tensor."""
    return settled(nested(entries(value)))


def lengths_of(name: str, shape: Any) -> Any:
    """A shape with named lengths as a tuple; None for one of numbers, which NumPy takes."""
    lengths = tuple(shape) if isinstance(shape, (list, tuple)) else (shape,)
    if any(isinstance(length, Expr) for length in lengths):
        raise refused(
            f"np.{name} of a length that is an expression", "write x.shape[0] for a length, or declare it as a number"
        )
    return tuple(map(dimension, lengths)) if is_named(lengths) else None


def converted(value: Any, dtype: Any) -> Any:
    """Expressions of a type that is asked for, as their `astype` has it."""
    if dtype is None or np.dtype(dtype) in (np.float64, object):
        return value
    return value.astype(dtype) if isinstance(value, (Tensor, ExprArray)) else as_type(value, dtype)


def on_expressions(function: Callable[..., Any], given: Callable[[Any], Any]) -> Callable[..., Any]:
    """A library's function: its own on numbers, ours where an argument has expressions in it, of `given` arguments."""

    def call(original: Any, *args: Any, **options: Any) -> Any:
        args = tuple(list(arg) if isinstance(arg, Iterator) else arg for arg in args)
        if not is_symbolic([*args, *options.values()]):
            return original(*args, **options)
        return function(*map(given, args), **{key: given(value) for key, value in options.items()})

    return call


def as_array(value: Any) -> Any:
    """What was filled as it stands, a list that holds expressions as an array of them, anything else itself."""
    value = settled(value)
    return expressions(value) if isinstance(value, (list, tuple)) and is_symbolic(value) else value
