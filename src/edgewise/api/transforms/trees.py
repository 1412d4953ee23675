"""Trees: containers of numbers and arrays, taken apart into leaves and put together again.

Lists, tuples, named tuples, dictionaries and their kin are optree's own; dataclasses, attrs classes, namespaces and
subclasses of lists and dictionaries are registered with it when one is first met, under a namespace of ours. None is a
container of nothing.
"""

from __future__ import annotations

import dataclasses
import threading
from collections import ChainMap, UserDict, UserList
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from fractions import Fraction
from types import MappingProxyType, SimpleNamespace
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError
from edgewise.graph import Expr, ExprArray
from edgewise.graph.other_libraries import other_array

__all__ = ["Tree", "flatten", "is_number", "is_symbolic", "own_array", "real_array", "shape_of", "unflatten"]

Tree = Any
"""What optree calls a PyTreeSpec, a container without its leaves; of a leaf alone `_ALONE`."""


class _Alone:
    """No container: for numbers and arrays optree is not loaded, which takes longer than their first derivative."""

    def is_leaf(self) -> bool:
        return True

    def __reduce__(self) -> str:
        return "_ALONE"


_ALONE: Final = _Alone()

_NAMESPACE: Final = "edgewise"
_lock = threading.Lock()


def flatten(value: Any, none_is_leaf: bool = False) -> tuple[list[Any], Tree]:
    """The leaves of a value, and the container that is left; None is one of nothing, or a leaf.

    >>> flatten({"b": [1.0, 2.0], "a": 3.0})[0]
    [3.0, 1.0, 2.0]
    """
    if type(value) in _atoms or isinstance(value, (Expr, np.ndarray)):
        return [value], _ALONE
    import optree

    while True:
        try:
            leaves, tree = optree.tree_flatten(value, none_is_leaf=none_is_leaf, namespace=_NAMESPACE)
        except RecursionError:
            raise InputError(
                "a container holds itself, or far too many levels of others", hint="give it fewer levels"
            ) from None
        unknown = {type(leaf): leaf for leaf in leaves if _is_container(leaf)}
        if not unknown:
            return leaves, _ALONE if tree.is_leaf() else tree
        for kind, leaf in unknown.items():
            _register(kind, leaf)


def unflatten(tree: Tree, leaves: Sequence[Any]) -> Any:
    """The container with other leaves."""
    if tree is _ALONE:
        (leaf,) = leaves
        return leaf
    import optree

    return optree.tree_unflatten(tree, leaves)


_MAPPINGS: Final = (dict, UserDict, ChainMap, MappingProxyType)
_SEQUENCES: Final = (list, UserList)
_atoms: set[type] = {float, int, bool, str, np.ndarray, np.float64}
"""Classes that are no containers for us, and containers that cannot be made of other values: they stay as they are."""


def _is_container(leaf: Any) -> bool:
    if type(leaf) in _atoms or isinstance(leaf, type):
        return False
    kin = (*_MAPPINGS, *_SEQUENCES, SimpleNamespace)
    return isinstance(leaf, kin) or dataclasses.is_dataclass(leaf) or hasattr(type(leaf), "__attrs_attrs__")


def _register(kind: Any, example: Any) -> None:
    """Tell optree how a container is taken apart and made: by the first of some ways that gives the example back."""
    makers: list[Callable[[Any, Any], Any]]
    if dataclasses.is_dataclass(kind) or hasattr(kind, "__attrs_attrs__"):
        names = tuple(field.name for field in getattr(kind, "__attrs_attrs__", None) or dataclasses.fields(kind))
        held: Callable[[Any], Mapping[Any, Any]] = lambda record: {name: getattr(record, name) for name in names}
        makers = [lambda keys, values: _record(kind, keys, values)]
    elif issubclass(kind, _SEQUENCES):
        held = lambda items: dict(enumerate(items))
        makers = [lambda _, values: kind(list(values))]
    else:
        held = vars if issubclass(kind, SimpleNamespace) else lambda items: items
        makers = [lambda keys, values: kind(dict(zip(keys, values, strict=True)))]
        makers += [lambda keys, values: kind(**dict(zip(keys, values, strict=True)))]

    def apart(container: Any) -> tuple[list[Any], tuple[Any, ...], tuple[Any, ...]]:
        items = held(container)
        keys = tuple(items)
        return [items[key] for key in keys], keys, keys

    import optree

    values, keys, _ = apart(example)
    for together in makers:
        with suppress(Exception):  # its constructor takes something else
            if apart(together(keys, values))[1] == keys:
                with _lock, suppress(ValueError):  # where another thread was here first
                    optree.register_pytree_node(kind, apart, together, namespace=_NAMESPACE)
                return
    _atoms.add(kind)


def _record(kind: type, names: Sequence[str], values: Sequence[Any]) -> Any:
    # Not by its constructor: that may compute with the fields, or refuse what is no number.
    record: Any = object.__new__(kind)
    for name, value in zip(names, values, strict=True):
        object.__setattr__(record, name, value)
    return record


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
    if isinstance(leaf, (Expr, type)) or not hasattr(leaf, "__array__"):
        return False
    try:
        return np.asarray(leaf).dtype.kind in "fiub"
    except (TypeError, ValueError, RuntimeError):  # what another library differentiates or traces has no numbers
        return False


def real_array(leaf: Any) -> Any:
    """A leaf that is an array of objects, all of them real numbers, as an array of numbers; any other leaf itself."""
    if not isinstance(leaf, np.ndarray) or leaf.dtype != object:
        return leaf
    if not leaf.size or not all(isinstance(entry, (int, float, Fraction, np.number)) for entry in leaf.flat):
        return leaf
    made = np.array(leaf.tolist())
    return made.astype(float) if made.dtype == object else made


def own_array(leaf: Any) -> Any:
    """A leaf that is another library's array of expressions, as pandas and xarray compute them, as one of ours."""
    if isinstance(leaf, (np.ndarray, Expr)):
        return leaf
    if isinstance(getattr(leaf, "data", None), Expr):  # a DataArray around a tensor
        return leaf.data
    array = other_array(leaf) if getattr(getattr(leaf, "dtype", None), "kind", "") == "O" else None
    return leaf if array is None else array.view(ExprArray)


def shape_of(leaf: Any) -> tuple[Any, ...]:
    """The shape of a number, an array or an expression."""
    return tuple(leaf.shape) if hasattr(leaf, "shape") else ()
