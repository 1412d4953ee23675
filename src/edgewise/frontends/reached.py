"""What a function reaches: the names in its code, followed through globals, closures, methods and users' modules."""

from __future__ import annotations

import builtins
import functools
from collections.abc import Callable, Mapping
from itertools import islice
from random import Random, SystemRandom
from types import CellType, CodeType, FunctionType, MethodType, ModuleType, NoneType
from typing import Any, Final

import cython
import numpy as np

from edgewise.graph.callers import is_users

__all__ = ["reached", "take_out"]

_BUILT_IN: Final = vars(builtins)
_DATA: Final = frozenset((float, int, bool, str, complex, bytes, NoneType))  # which lead nowhere
_NO_NAMES: Final = frozenset[str]()
_NOTHING = cython.declare(cython.int, 0)
_LEADS_ON = cython.declare(cython.int, 1)
_WRITTEN = cython.declare(cython.int, 2)
_DRAWS = cython.declare(cython.int, 3)
_HOLDING: Final = (ModuleType, list, tuple, dict, set)  # where others are looked for
_KEPT: Final = 1024  # roles of classes, and names of code
_ROLES: dict[int, Any] = {}
_NAMES: dict[int, Any] = {}
_FEW: Final = 64  # of a container, so many entries are looked at
_MANY: Final = 10_000  # and of functions, classes and objects altogether


_Place = tuple[Any, str, Any]
"""Who holds something, under which name, and what."""


def reached(fn: Callable[..., Any], wanted: Mapping[int, Any]) -> tuple[list[_Place], set[str]]:
    """Where the code that `fn` may run finds what is wanted (by id), a bound method, or a generator of random numbers.

    Each place comes as its holder (the dictionary of a module, or the cell of a closure), its name there, and what it
    holds. Behind them come all names that the code uses.
    """
    functions: list[Any] = [fn]
    places: list[_Place] = []
    used: set[str] = set()
    seen: set[int] = set()
    while functions and len(seen) < _MANY:
        function = functions.pop()
        if id(function) in seen:
            continue
        seen.add(id(function))
        names = _known(_NAMES, function.__code__, _names) if isinstance(function, FunctionType) else _NO_NAMES
        used |= names
        for holder, name, value in _values(function, names):
            role: cython.int = _known(_ROLES, type(value), _role)
            if role == _DRAWS or (holder is not None and id(value) in wanted):
                places.append((holder, name, value))
            elif role != _NOTHING and id(value) not in seen and (role != _WRITTEN or is_users(value.__module__)):
                functions.append(value)
                if holder is not None and isinstance(value, MethodType):  # cdf = norm.cdf
                    places.append((holder, name, value))
                    used.add(value.__name__)
    return places, used


def _known(store: dict[int, Any], item: Any, make: Any) -> Any:
    """What is made of a code or class, once: by identity, as a hash takes long, or is forbidden."""
    known = store.get(id(item))
    if known is None:
        if len(store) >= _KEPT:
            store.clear()
        known = store[id(item)] = item, make(item)  # it is held, so that no other takes its address
    return known[1]


def _names(code: CodeType) -> frozenset[str]:
    """All names that a function and those written inside it use."""
    found: set[str] = set()
    todo = [code]
    while todo:
        item = todo.pop()
        found.update(item.co_names)
        todo.extend([const for const in item.co_consts if isinstance(const, CodeType)])
    return frozenset(found)


def _role(kind: Any) -> int:  # of a class by a metaclass too, which is no `type` to compiled code
    """A generator of random numbers, code of the user's where their module is his, something that leads to such code,
    or nothing."""
    if str(kind.__module__).startswith("numpy.random"):
        if hasattr(kind, "bit_generator") or hasattr(kind, "get_state"):
            return _DRAWS
    elif issubclass(kind, Random) and not issubclass(kind, SystemRandom):  # which has no state
        return _DRAWS
    if issubclass(kind, (ModuleType, CellType)):
        return _NOTHING
    if issubclass(kind, (FunctionType, type)):
        return _WRITTEN
    if issubclass(kind, (MethodType, functools.partial, functools._lru_cache_wrapper, np.vectorize)):
        return _LEADS_ON
    if str(kind.__module__).startswith("edgewise.api.transforms."):  # a derivative of the user's function
        return _LEADS_ON
    return _LEADS_ON if kind is not CodeType and is_users(kind.__module__) else _NOTHING


def _values(item: Any, names: frozenset[str]) -> list[_Place]:
    """What a function, a method, a class or an object leads to."""
    if isinstance(item, FunctionType):
        return _of_function(item, names)
    if isinstance(item, MethodType):
        return [(None, "", item.__func__), (None, "", item.__self__)]
    if isinstance(item, functools.partial):
        return [(None, "", value) for value in (item.func, *item.args, *item.keywords.values())]
    if isinstance(item, type):
        return [
            (None, "", getattr(value, "__func__", getattr(value, "fget", value)))
            for base in item.__mro__
            if is_users(base.__module__)
            for value in vars(base).values()
            if type(value) not in _DATA
        ]
    return [(None, "", type(item)), *[(None, "", value) for value in _attributes(item)]]


def _of_function(function: FunctionType, names: frozenset[str]) -> list[_Place]:
    space = function.__globals__
    found: list[_Place] = []
    for name in names:
        if name in space:
            found.append((space, name, space[name]))
        elif name in _BUILT_IN:
            found.append((space, name, _BUILT_IN[name]))
    for cell in function.__closure__ or ():
        try:
            found.append((cell, "", cell.cell_contents))
        except ValueError:  # not yet filled
            continue
    given = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
    found += [(None, "", value) for value in (*given, getattr(function, "__wrapped__", None))]
    todo = [value for _, _, value in found if isinstance(value, _HOLDING)]
    visited: set[int] = set()
    while todo:
        value = todo.pop()
        if id(value) in visited:
            continue
        visited.add(id(value))
        inner: list[_Place] = []
        if not isinstance(value, ModuleType):
            inner = [(None, "", part) for part in _contents(value)]
        elif is_users(value.__name__):
            held = vars(value)
            inner = [(held, name, held[name]) for name in names if name in held]
        found += inner
        todo += [item for _, _, item in inner if isinstance(item, _HOLDING)]
    return found


def _attributes(item: Any) -> list[Any]:
    names = _slots(type(item))
    found = _contents(getattr(item, "__dict__", {}))
    found += [getattr(item, name, None) for name in names]
    return found + [entry for value in found if isinstance(value, (list, tuple, dict)) for entry in _contents(value)]


def _slots(kind: Any) -> list[str]:
    return [name for base in kind.__mro__ if "__slots__" in vars(base) for name in _listed(vars(base)["__slots__"])]


def _listed(slots: Any) -> list[str]:
    return [slots] if isinstance(slots, str) else list(slots)


def _contents(value: Any) -> list[Any]:
    entries = value.values() if isinstance(value, dict) else value
    return [entry for entry in islice(entries, _FEW) if type(entry) not in _DATA]


def take_out(held: dict[str, Any], table: dict[str, Any], originals: dict[str, Any]) -> None:
    """Give a module its originals back, where its names still hold what the table has for them."""
    for name, ours in table.items():
        if held.get(name) is ours:
            held[name] = originals[name]
