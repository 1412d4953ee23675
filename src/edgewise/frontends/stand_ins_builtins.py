"""Python's built-in functions on expressions: those that compare, count or add what they are given.

`abs`, `round`, `pow`, `divmod` ask their arguments. `float`, `int` and `range` have to return numbers, and are refused
by the expression itself.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.frontends.given import is_symbolic
from edgewise.graph import Expr, ExprArray, Tensor, refused
from edgewise.graph.arrays.filled import Filled, settled
from edgewise.graph.composed import class_of
from edgewise.graph.tensors import tensor_writers as t

__all__ = ["TABLE"]


def _holds_expressions(values: Any) -> bool:
    """Not lengths with names: Python compares those, or says that they have no number."""
    return is_symbolic(values) and any(isinstance(item, (list, tuple, Expr, np.ndarray)) for item in values)


def _compared(items: list[Any], options: Mapping[str, Any]) -> list[Any]:
    """What Python compares items by: their keys, of tuples only the first entries where these differ."""
    keys = list(map(options["key"], items)) if options.get("key") else items
    if all(isinstance(key, tuple) and key for key in keys) and not _holds_expressions(first := [k[0] for k in keys]):
        return first if len({*map(repr, first)}) == len(first) else keys
    return keys


def _length(original: Callable[..., Any], value: Any) -> Any:
    """`len(x)` of a named dimension."""
    shape = getattr(value, "shape", None)
    return shape[0] if type(shape) is tuple and shape and hasattr(type(shape[0]), "free_symbols") else original(value)


def _sum(original: Callable[..., Any], iterable: Any, /, start: Any = 0) -> Any:
    """A tensor is added up along its first axis, without an operation for each entry."""
    value = settled(iterable)
    if not isinstance(value, Tensor) or not t.shape_of(value):
        return original(iterable, start)
    total = np.sum(value, axis=0)
    return total if type(start) is int and start == 0 else start + total


def _extreme(name: str) -> Callable[..., Any]:
    """`max` or `min`: of one iterable, or of two and more arguments, each a single number."""
    entrywise, whole = ("np.maximum(a, b)", "np.max(x)") if name == "max" else ("np.minimum(a, b)", "np.min(x)")

    def call(original: Callable[..., Any], *args: Any, **options: Any) -> Any:
        alone = len(args) == 1
        if alone and isinstance(value := settled(args[0]), Tensor) and len(t.shape_of(value)) == 1 and not options:
            return getattr(np, name)(value)
        items = list(args[0]) if alone else list(args)
        if not _holds_expressions(_compared(items, options)):
            return original(items, **options) if alone else original(*args, **options)
        if options.keys() - {"default"}:  # which is for no items
            raise refused(
                f"{name} of expressions with key=",
                f"write {name}(a, b) or {whole} of the values themselves; with a key, np.where(key(a) > key(b), a, b)",
            )
        items = [settled(item) for item in items]
        if any(isinstance(item, (list, tuple)) or set(t.shape_of(item)) - {1} for item in items):
            raise refused(
                f"{name} of arrays compares whole arrays, which are neither larger nor smaller than each other",
                f"write {entrywise} entry by entry, or {whole} for the one number of an array",
            )
        return functools.reduce(lambda a, b: joined(original, a, b), items)

    def joined(original: Callable[..., Any], a: Any, b: Any) -> Any:
        return getattr(np, f"{name}imum")(a, b) if is_symbolic((a, b)) else original(a, b)

    return call


def _quantifier(name: str, sign: str) -> Callable[..., Any]:
    """`any` or `all`, which stop at the first that decides."""

    def call(original: Callable[..., Any], iterable: Any, /) -> bool:
        for item in iterable:
            if is_symbolic(item):
                raise refused(
                    f"{name} asks for the truth of {item!r:.60}, which is not known while the graph is written",
                    f"join the conditions, a {sign} b, or write np.{name}([a, b]), and choose with np.where",
                )
            if bool(item) is (name == "any"):
                return name == "any"
        return name == "all"

    return call


def _sorted(original: Callable[..., Any], iterable: Any, /, **options: Any) -> Any:
    value = settled(iterable)
    if isinstance(value, Tensor) and len(t.shape_of(value)) == 1 and options.keys() <= {"reverse"}:
        ordered = list(np.sort(value))
        return ordered[::-1] if options.get("reverse") else ordered
    items = list(iterable)
    if _holds_expressions(_compared(items, options)):
        raise refused(
            "sorted puts expressions in order, and their order depends on the data",
            "write np.sort(x), or x[np.argsort(key)], of an array",
        )
    return original(items, **options)


def _type(original: Callable[..., Any], *args: Any, **options: Any) -> Any:
    """`type(x)` of one object: of an expression, that of the number or array it stands for."""
    if len(args) != 1 or options:
        return original(*args, **options)
    (value,) = args
    if original(value) in (Filled, ExprArray):
        return np.ndarray
    return class_of(value) if isinstance(value, Expr) else original(value)


TABLE: Final[Mapping[str, Callable[..., Any]]] = {
    "len": _length, "sum": _sum, "max": _extreme("max"), "min": _extreme("min"), "any": _quantifier("any", "|"),
    "all": _quantifier("all", "&"), "sorted": _sorted, "type": _type,
}  # fmt: skip
"""Built-in name → what it does where the traced function calls it. The module `builtins` itself is left alone."""
