"""Trees: containers of numbers and arrays, taken apart into leaves and put together again.

Lists, tuples, named tuples, dictionaries and their kin are optree's own; dataclasses and attrs classes are registered
with it when one is first met, under a namespace of ours. None is a container of nothing.
"""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np
import optree

from edgewise.graph import Expr

__all__ = ["Tree", "flatten", "is_number", "is_symbolic", "shape_of", "unflatten"]

Tree = Any
"""What optree calls a PyTreeSpec: a container without its leaves."""

_NAMESPACE: Final = "edgewise"
_lock = threading.Lock()


def flatten(value: Any) -> tuple[list[Any], Tree]:
    """The leaves of a value, and the container that is left.

    >>> flatten({"b": [1.0, 2.0], "a": 3.0})[0]
    [3.0, 1.0, 2.0]
    """
    while True:
        leaves, tree = optree.tree_flatten(value, namespace=_NAMESPACE)
        unknown = {type(leaf): names for leaf in leaves if (names := _fields(leaf)) is not None}
        if not unknown:
            return leaves, tree
        for kind, names in unknown.items():
            _register(kind, names)


def unflatten(tree: Tree, leaves: Sequence[Any]) -> Any:
    """The container with other leaves."""
    return optree.tree_unflatten(tree, leaves)


def _fields(leaf: Any) -> list[str] | None:
    """The fields of a record, an instance of a dataclass or of an attrs class; None of anything else."""
    if isinstance(leaf, type):
        return None
    if dataclasses.is_dataclass(leaf):
        return [field.name for field in dataclasses.fields(leaf)]
    written = getattr(type(leaf), "__attrs_attrs__", None)
    return None if written is None else [field.name for field in written]


def _register(kind: type, names: list[str]) -> None:
    def apart(record: Any) -> tuple[list[Any], None, list[str]]:
        return [getattr(record, name) for name in names], None, names

    def together(_: None, values: Sequence[Any]) -> Any:
        # Not by its constructor: that may compute with the fields, or refuse what is no number.
        record: Any = object.__new__(kind)
        for name, value in zip(names, values, strict=True):
            object.__setattr__(record, name, value)
        return record

    with _lock:
        try:
            optree.register_pytree_node(kind, apart, together, namespace=_NAMESPACE)  # type: ignore[arg-type]
        except ValueError:  # another thread was here first
            return


def is_symbolic(leaf: Any) -> bool:
    """Whether a leaf is an expression, a tensor, or an array that holds some."""
    if isinstance(leaf, Expr):
        return True
    held = isinstance(leaf, np.ndarray) and leaf.dtype == object
    return held and any(isinstance(entry, Expr) for entry in leaf.ravel().tolist())


def is_number(leaf: Any) -> bool:
    """Whether a leaf is a real number or an array of them, of NumPy or of a library whose arrays NumPy reads."""
    if isinstance(leaf, (bool, int, float, Fraction)):
        return True
    if isinstance(leaf, (np.ndarray, np.generic)):
        return leaf.dtype.kind in "fiub"
    return not isinstance(leaf, (Expr, type)) and hasattr(leaf, "__array__") and np.asarray(leaf).dtype.kind in "fiub"


def shape_of(leaf: Any) -> tuple[Any, ...]:
    """The shape of a number, an array or an expression."""
    return tuple(leaf.shape) if hasattr(leaf, "shape") else ()
