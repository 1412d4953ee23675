"""The names of inputs, whatever users hold them by: text, edgewise's own expressions, or what SymPy calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from edgewise.errors import InputError
from edgewise.graph import Expr, resolve
from edgewise.ops import INPUT

__all__ = ["by_name", "is_sympy", "listed", "name_of"]


def is_sympy(item: Any) -> bool:
    """Whether an object is SymPy's, found without importing SymPy."""
    # An undefined SymPy function is a class without a module; its bases are SymPy's.
    return any((base.__module__ or "").split(".")[0] == "sympy" for base in type(item).__mro__)


def name_of(key: Any) -> Any:
    """The name of the input that an expression or a SymPy symbol stands for; text and anything else is returned as is.

    >>> import edgewise as ew, sympy as sp
    >>> t = sp.Symbol("t")
    >>> q = sp.Function("q")(t)
    >>> [name_of(key) for key in ("x", ew.symbols("y"), sp.Symbol("z"), sp.IndexedBase("b")[1], q, q.diff(t, 2), 3)]
    ['x', 'y', 'z', 'b[1]', 'q', 'q_tt', 3]
    """
    if isinstance(key, Expr):
        builder, node = resolve(key)
        if builder.nodes[node][0] != INPUT:
            raise InputError(f"the expression {key!r:.60} is no input", hint="give an input, or its name")
        return builder.attrs[node]
    if is_sympy(key):
        from edgewise.frontends.sympy.symbols import sympy_name

        return sympy_name(key)
    return key


def listed(keys: Iterable[Any] | None) -> list[Any] | None:
    """The names in a list of inputs; None, and a text that should have been a list, as they are."""
    return keys if keys is None or isinstance(keys, str) else [name_of(key) for key in keys]  # type: ignore[return-value]


def by_name(*given: Mapping[Any, Any] | None) -> dict[Any, Any]:
    """Values by the names of their inputs. Raises InputError where one input has two values."""
    values: dict[Any, Any] = {}
    for mapping in given:
        for key, value in (mapping or {}).items():
            name = name_of(key)
            if name in values:
                raise InputError(f"the input {name!r} was given twice", hint="give each input one value")
            values[name] = value
    return values
