"""The arguments of one call: which of their leaves are differentiated, which are data, and which are what they are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.api.transforms.trees import Tree, flatten, is_number, is_symbolic, unflatten
from edgewise.errors import InputError
from edgewise.records import dataclass

__all__ = ["Argnums", "Arguments", "Function", "name_of"]

Argnums = int | str | Sequence[int | str]


def name_of(fn: Callable[..., Any]) -> str:
    """What to call a function in messages."""
    return str(getattr(fn, "__name__", None) or type(fn).__name__)


_BY_POSITION: Final = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class Function:
    """A user's function, and what its signature says."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call, self.name = call, name_of(call)
        try:
            self.signature: inspect.Signature | None = inspect.signature(call)
        except (TypeError, ValueError):  # a built-in one without
            self.signature = None
        self.parameters = self.signature.parameters if self.signature else {}


@dataclass(frozen=True)
class _Slot:
    """One argument: by position (a number) or by keyword (a name); its container; its leaves first … last."""

    key: int | str
    tree: Tree
    first: int
    last: int


class Arguments:
    """The arguments of a call, flat.

    `leaves` are all leaves in order. `wanted` are the slots of the arguments that are differentiated, in the order in
    which they were asked for. A leaf is *differentiated* (a number in a wanted argument), *data* (a float or an array
    elsewhere), or *static*: whole numbers, truth values, strings, functions and objects go into the function as they
    are, and so does every argument that is listed in `static`.
    """

    def __init__(self, fn: Function, args: Sequence[Any], keywords: Mapping[str, Any]) -> None:
        self.function = fn
        self.leaves: list[Any] = []
        self._slots: dict[int | str, _Slot] = {}
        given: list[tuple[int | str, Any]] = [*enumerate(args), *keywords.items()]
        for key, value in given:
            leaves, tree = flatten(value)
            self._slots[key] = _Slot(key, tree, len(self.leaves), len(self.leaves) + len(leaves))
            self.leaves += leaves
        self.wanted: list[_Slot] = []
        self.differentiated: list[int] = []
        self.data: list[int] = []

    def choose(self, argnums: Argnums, static: Argnums) -> None:
        """Say which arguments are wanted and which static."""
        fn = self.function
        fixed = {slot.key for item in _listed(static) if (slot := self._found(item, "static", False)) is not None}
        for item in _listed(argnums):
            slot = self._found(item, "argnums", True)
            assert slot is not None
            if slot.key in fixed:
                raise InputError(
                    f"the argument {item!r} of {fn.name} is differentiated and static", hint="it can be one of them"
                )
            self.wanted.append(slot)
        for slot in self.wanted:
            found = [k for k in range(slot.first, slot.last) if self._differentiable(slot, self.leaves[k])]
            if not found:
                held = self.leaves[slot.first] if slot.first < slot.last else None
                raise InputError(
                    f"the argument {_said(slot.key)} of {fn.name} holds no number to differentiate in: it is "
                    f"{held!r:.60} of type {type(held).__name__}",
                    hint="give a number, an array or a container of them, or choose other argnums",
                )
            self.differentiated += found
        wanted = {k for slot in self.wanted for k in range(slot.first, slot.last)}
        for slot in self._slots.values():
            if slot.key not in fixed:
                self.data += [k for k in range(slot.first, slot.last) if k not in wanted and _varies(self.leaves[k])]

    def _found(self, item: int | str, option: str, needed: bool) -> _Slot | None:
        """The argument that a number or a name stands for, however it was handed over."""
        if item in self._slots:
            return self._slots[item]
        fn = self.function
        positions = sum(isinstance(key, int) for key in self._slots)
        names = list(fn.parameters)
        if isinstance(item, str):
            if item in names and names.index(item) < positions:
                return self._slots[names.index(item)]
            parameter = fn.parameters.get(item)
            if parameter is None and not any(p.kind is p.VAR_KEYWORD for p in fn.parameters.values()):
                raise InputError(
                    f"{option}={item!r} names no argument of {fn.name}",
                    hint=f"its arguments are {', '.join(names) or 'not known by name'}",
                )
            if not needed:
                return None
            if parameter is not None and parameter.default is not parameter.empty:
                leaves, tree = flatten(parameter.default)
                self._slots[item] = _Slot(item, tree, len(self.leaves), len(self.leaves) + len(leaves))
                self.leaves += leaves
                return self._slots[item]
        else:
            place = item + positions if item < 0 else item
            if place in self._slots:
                return self._slots[place]
            if 0 <= place < len(names) and names[place] in self._slots:
                return self._slots[names[place]]
            if not needed:
                return None
        raise InputError(
            f"{fn.name} was called without the argument {item!r}, which {option} asks for",
            hint="give it, or choose other argnums",
        )

    def _differentiable(self, slot: _Slot, leaf: Any) -> bool:
        if isinstance(leaf, (complex, np.complexfloating)) or getattr(getattr(leaf, "dtype", None), "kind", "") == "c":
            raise InputError(
                f"the argument {_said(slot.key)} of {self.function.name} is complex",
                hint="write the function of the real and the imaginary part",
            )
        return is_symbolic(leaf) or is_number(leaf)

    @property
    def symbolic(self) -> bool:
        """Whether some leaf is an expression: the call then stands inside another function that is traced."""
        return any(map(is_symbolic, self.leaves))

    def rebuilt(self, leaves: Sequence[Any]) -> tuple[list[Any], dict[str, Any]]:
        """The arguments by position and by keyword, with other leaves."""
        args, keywords = [], {}
        for key, slot in self._slots.items():
            value = unflatten(slot.tree, leaves[slot.first : slot.last])
            if isinstance(key, int):
                args.append(value)
            else:
                keywords[key] = value
        return args, keywords

    def names(self) -> list[str]:
        """What each leaf is called: x, w['b'], p.scale."""
        positional = [p.name for p in self.function.parameters.values() if p.kind in _BY_POSITION]
        found: list[str] = []
        for key, slot in self._slots.items():
            name = key if isinstance(key, str) else positional[key] if key < len(positional) else f"x{key}"
            name += "_" * (name == "share")  # which the tracing function has for itself
            one = slot.last == slot.first + 1 and slot.tree.is_leaf()
            found += [name] if one else [accessor.codify(name) for accessor in slot.tree.accessors()]
        return found

    def counts(self) -> set[int]:
        """The whole numbers among other numbers in a container that is differentiated: they may be meant as counts."""
        held = (range(slot.first, slot.last) for slot in self.wanted if not slot.tree.is_leaf())
        whole = {k for leaves in held for k in leaves if isinstance(self.leaves[k], (int, np.integer))}
        return whole if len(whole) < len(self.differentiated) else set()

    def nested(self, parts: Mapping[int, Any], single: bool) -> Any:
        """What belongs to the differentiated leaves, in the containers of their arguments; None at other leaves."""
        made = [unflatten(s.tree, [parts.get(k) for k in range(s.first, s.last)]) for s in self.wanted]
        return made[0] if single else tuple(made)

    def key(self) -> tuple[Any, ...]:
        """What a function that is traced once is traced for: containers, shapes and kinds of data, static leaves."""
        symbolic = {*self.differentiated, *self.data}
        return (
            tuple((slot.key, slot.tree) for slot in self._slots.values()),
            tuple(_sort(leaf) if k in symbolic else _identity(leaf) for k, leaf in enumerate(self.leaves)),
        )


def _listed(items: Argnums) -> list[int | str]:
    return [items] if isinstance(items, (int, str, np.integer)) else list(items)


def _said(key: int | str) -> str:
    return repr(key) if isinstance(key, str) else f"number {key}"


def _varies(leaf: Any) -> bool:
    """Whether a leaf that is not differentiated is data: floats and arrays are, whole numbers are counts."""
    if isinstance(leaf, (bool, int, np.integer, np.bool_)):
        return False
    return is_symbolic(leaf) or is_number(leaf)


def _sort(leaf: Any) -> tuple[Any, ...]:
    if isinstance(leaf, np.ndarray):
        return leaf.shape, leaf.dtype
    return np.shape(leaf), getattr(leaf, "dtype", float)


def _identity(leaf: Any) -> Any:
    """Equal static leaves of one type are one; what has no hash is itself alone."""
    try:
        hash(leaf)
    except TypeError:
        return type(leaf), _Itself(leaf)
    return type(leaf), leaf


@dataclass(frozen=True, eq=False)
class _Itself:
    """An object by identity, kept alive so that its place in memory is not given to another."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Itself) and self.value is other.value

    def __hash__(self) -> int:
        return id(self.value)
