"""What a function reaches: the names in its code, followed through globals, closures, methods and users' modules."""

from __future__ import annotations

import builtins
import functools
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from types import CellType, CodeType, FunctionType, MethodType, ModuleType, NoneType
from typing import Any, Final

from edgewise.graph.callers import is_users

__all__ = ["reached"]

_BUILT_IN: Final = vars(builtins)
_DATA: Final = frozenset((float, int, bool, str, complex, bytes, NoneType))  # which lead nowhere
_FEW: Final = 64  # of a container, so many entries are looked at
_MANY: Final = 10_000  # and of functions, classes and objects altogether


def reached(fn: Callable[..., Any], wanted: Mapping[int, Any]) -> tuple[list[tuple[Any, str, Any]], set[str]]:
    """Where the code that `fn` may run finds what is wanted (by id), or a generator of random numbers.

    Each place comes as its holder (the dictionary of a module, or the cell of a closure), its name there, and what it
    holds. Behind them come all names that the code uses.
    """
    functions: list[Any] = [fn]
    places: list[tuple[Any, str, Any]] = []
    used: set[str] = set()
    seen: set[int] = set()
    while functions and len(seen) < _MANY:
        function = functions.pop()
        if id(function) in seen:
            continue
        seen.add(id(function))
        names = _names(function.__code__) if isinstance(function, FunctionType) else set()
        used |= names
        for holder, name, value in _values(function, names):
            if (holder is not None and id(value) in wanted) or _draws(value):
                places.append((holder, name, value))
            elif id(value) not in seen and _is_code(value):
                functions.append(value)
    return places, used


def _names(code: CodeType) -> set[str]:
    """All names that a function and those written inside it use."""
    found: set[str] = set()
    todo = [code]
    while todo:
        item = todo.pop()
        found.update(item.co_names)
        todo.extend(const for const in item.co_consts if isinstance(const, CodeType))
    return found


def _values(item: Any, names: set[str]) -> Iterator[tuple[Any, str, Any]]:
    """What a function, a method, a class or an object leads to."""
    if isinstance(item, MethodType):
        yield None, "", item.__func__
        yield None, "", item.__self__
    elif isinstance(item, functools.partial):
        yield from ((None, "", value) for value in (item.func, *item.args, *item.keywords.values()))
    elif isinstance(item, FunctionType):
        yield from _of_function(item, names)
    elif isinstance(item, type):
        for base in item.__mro__:
            if is_users(base.__module__):
                for value in vars(base).values():
                    yield None, "", getattr(value, "__func__", getattr(value, "fget", value))
    else:
        yield None, "", type(item)
        yield from ((None, "", value) for value in _attributes(item))


def _of_function(function: FunctionType, names: set[str]) -> Iterator[tuple[Any, str, Any]]:
    space = function.__globals__
    todo: list[Any] = []
    for name in names:
        if name in space:
            yield space, name, space[name]
            todo.append(space[name])
        elif name in _BUILT_IN:
            yield space, name, _BUILT_IN[name]
    for cell in function.__closure__ or ():
        try:
            yield cell, "", cell.cell_contents
            todo.append(cell.cell_contents)
        except ValueError:  # not yet filled
            continue
    todo.extend(function.__defaults__ or ())
    todo.extend((function.__kwdefaults__ or {}).values())
    todo.append(getattr(function, "__wrapped__", None))
    visited: set[int] = set()
    while todo:
        value = todo.pop()
        if id(value) in visited:
            continue
        visited.add(id(value))
        if isinstance(value, ModuleType):
            if is_users(value.__name__):
                for name in names & vars(value).keys():
                    yield vars(value), name, vars(value)[name]
                    todo.append(vars(value)[name])
        elif isinstance(value, (list, tuple, dict, set)):
            inner = _contents(value)
            yield from ((None, "", part) for part in inner)
            todo.extend(inner)
        elif value is not None:
            yield None, "", value


def _attributes(item: Any) -> list[Any]:
    slots = [name for base in type(item).__mro__ for name in _listed(vars(base).get("__slots__", ()))]
    found = _contents(getattr(item, "__dict__", {})) + [getattr(item, name, None) for name in slots]
    return found + [entry for value in found if isinstance(value, (list, tuple, dict)) for entry in _contents(value)]


def _listed(slots: Any) -> list[str]:
    return [slots] if isinstance(slots, str) else list(slots)


def _contents(value: Any) -> list[Any]:
    entries = value.values() if isinstance(value, dict) else value
    return [entry for entry in islice(entries, _FEW) if type(entry) not in _DATA]


def _is_code(value: Any) -> bool:
    """Whether there may be code of the user behind a value."""
    if isinstance(value, (ModuleType, CellType)):
        return False
    if isinstance(value, (FunctionType, type)):
        return is_users(value.__module__)
    return isinstance(value, (MethodType, functools.partial)) or (
        type(value) is not CodeType and is_users(type(value).__module__)
    )


def _draws(value: Any) -> bool:
    kind = type(value)
    if str(kind.__module__).startswith("numpy.random"):
        return hasattr(value, "bit_generator") or hasattr(value, "get_state")
    bases = {base.__name__ for base in kind.__mro__ if base.__module__ == "random"}
    return "Random" in bases and "SystemRandom" not in bases  # which has no state
