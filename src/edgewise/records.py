"""`dataclass` as in the standard library, at a quarter of the time that making a class of it takes.

A process makes thirty such classes before its first call. The standard library compiles each of their methods from text
of its own; here `__init__` is, and the others are written once for all classes.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

T = TypeVar("T")


def _dataclass(
    *, frozen: bool = False, slots: bool = False, eq: bool = True, repr: bool = True
) -> Callable[[type[T]], type[T]]:
    """The options mean what they do in the standard library, and `field`, `replace` and `fields` work as they do there.

    >>> from dataclasses import replace
    >>> @dataclass(frozen=True, slots=True)
    ... class Point:
    ...     x: float
    ...     y: float = 0.0
    >>> Point(1.0), replace(Point(1.0), y=2.0), Point(1.0) == Point(1.0, 0.0), hash(Point(1.0)) == hash(Point(1.0))
    (Point(x=1.0, y=0.0), Point(x=1.0, y=2.0), True, True)
    """

    def make(kind: type[T]) -> type[T]:
        own = set(vars(kind))
        kind = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots)(kind)
        fields = dataclasses.fields(kind)  # type: ignore[arg-type]
        names = [f.name for f in fields]
        methods: dict[str, Any] = {"__init__": _init(fields, frozen, hasattr(kind, "__post_init__"))}
        if repr:
            methods["__repr__"] = _repr([f.name for f in fields if f.repr])
        if eq:
            methods |= _compared([f.name for f in fields if f.compare], frozen)
        if frozen:
            methods |= _frozen(kind, frozenset(names))
        if slots and frozen:
            methods |= _stored(names)
        for name, method in methods.items():
            if name not in own:
                setattr(kind, name, method)
        return kind

    return make


if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    dataclass = _dataclass


def _init(fields: tuple[dataclasses.Field[Any], ...], frozen: bool, more: bool) -> Any:
    space: dict[str, Any] = {"_set": object.__setattr__, "_none": dataclasses.MISSING}
    given, lines = ["self"], []
    for f in fields:
        name, value = f.name, f.name
        space[f"_{name}"] = f.default_factory if f.default is dataclasses.MISSING else f.default
        if f.default_factory is not dataclasses.MISSING:
            value = f"{name} if {name} is not _none else _{name}()"
        if f.init:
            optional = space[f"_{name}"] is not dataclasses.MISSING
            given.append(name if not optional else f"{name}=_{name}" if value == name else f"{name}=_none")
            lines.append(f"_set(self, {name!r}, {value})" if frozen else f"self.{name} = {value}")
    if more:
        lines.append("self.__post_init__()")
    exec(f"def __init__({', '.join(given)}):\n " + ("\n ".join(lines) or "pass"), space)
    return space["__init__"]


def _repr(names: list[str]) -> Any:
    def __repr__(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in names])})"

    return __repr__


def _compared(names: list[str], frozen: bool) -> dict[str, Any]:
    get: Callable[[Any], Any] = attrgetter(*names) if len(names) > 1 else lambda made: [getattr(made, n) for n in names]

    def __eq__(self: Any, other: Any) -> Any:
        return get(self) == get(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(tuple(get(self)))

    return {"__eq__": __eq__, "__hash__": __hash__ if frozen else None}


def _frozen(kind: Any, names: frozenset[str]) -> dict[str, Any]:
    """A class below, which is none of these, may have attributes of its own."""

    def __setattr__(self: Any, name: str, value: Any) -> None:
        if type(self) is kind or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        super(kind, self).__setattr__(name, value)

    def __delattr__(self: Any, name: str) -> None:
        if type(self) is kind or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        super(kind, self).__delattr__(name)

    return {"__setattr__": __setattr__, "__delattr__": __delattr__}


def _stored(names: list[str]) -> dict[str, Any]:
    """What is pickled, where attributes stand in slots that cannot be assigned to."""

    def __getstate__(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    def __setstate__(self: Any, state: list[Any]) -> None:
        for name, value in zip(names, state, strict=True):
            object.__setattr__(self, name, value)

    return {"__getstate__": __getstate__, "__setstate__": __setstate__}
