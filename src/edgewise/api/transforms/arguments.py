"""The arguments of one call: which of their leaves are differentiated, which are data, and which are what they are."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from edgewise.api.transforms.trees import Tree, flatten, is_number, is_symbolic, real_array, unflatten
from edgewise.errors import DifferentiationError, InputError
from edgewise.frontends.trace import first_line, signature_of
from edgewise.graph import TensorInput

__all__ = ["Argnums", "Arguments", "Function", "listed", "name_of"]

Argnums = int | str | Sequence[int | str]


def name_of(fn: Callable[..., Any]) -> str:
    """What to call a function in messages."""
    return str(getattr(fn, "__name__", None) or type(fn).__name__)


_SEVERAL: Final = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
_BY_POSITION: Final = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class Function:
    """A user's function, and what its signature says."""

    def __init__(self, call: Callable[..., Any]) -> None:
        self.call, self.name = call, name_of(call)
        self.signature = signature_of(call)
        self.parameters = self.signature.parameters if self.signature else {}

    def misfit(self, given: tuple[Sequence[Any], Mapping[str, Any]]) -> InputError | None:
        """The error for arguments that the function does not take, to be raised; None where it takes them."""
        try:
            if self.signature is not None:
                self.signature.bind(*given[0], **given[1])
        except TypeError as error:
            hint = f"its arguments are {self.signature}"
            return InputError(f"{self.name} cannot be called so: {error}", hint=hint, line=first_line(self.call))
        return None

    def returned(self, what: str, hint: str) -> DifferentiationError:
        """The error for what it returned; to be raised."""
        return DifferentiationError(f"{self.name} returned {what}", hint=hint, line=first_line(self.call))


@dataclass(frozen=True)
class _Slot:
    """One argument: by position (a number) or by keyword (a name); its container; its leaves first … last."""

    key: int | str
    value: Any
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
        for place, value in enumerate(args):
            self._add(place, value)
        for name, value in keywords.items():
            self._add(name, value)
        self.wanted: list[_Slot] = []
        self.differentiated: list[int] = []
        self.data: list[int] = []

    def _add(self, key: int | str, value: Any) -> _Slot:
        leaves, tree = flatten(value)
        self._slots[key] = slot = _Slot(key, value, tree, len(self.leaves), len(self.leaves) + len(leaves))
        self.leaves += map(real_array, leaves)
        return slot

    def choose(self, argnums: Sequence[int | str], static: Sequence[int | str]) -> None:
        """Say which arguments are wanted and which static."""
        fn = self.function
        fixed = {slot.key for item in static if (slot := self._found(item, "static", False)) is not None}
        for item in argnums:
            slot = self._found(item, "argnums", True)
            assert slot is not None
            if slot.key in fixed:
                raise InputError(
                    f"the argument {item!r} of {fn.name} is differentiated and static", hint="it can be one of them"
                )
            self.wanted.append(slot)
        wanted: dict[int, bool] = {}
        for slot in self.wanted:
            own = {k: self._differentiable(slot, self.leaves[k]) for k in range(slot.first, slot.last)}
            if not any(own.values()):
                kind = type(slot.value)
                detached = hasattr(slot.value, "requires_grad")
                raise InputError(
                    f"the argument {_said(slot.key)} of {fn.name} holds no number to differentiate in: it is "
                    f"{slot.value!r:.60} of type {kind.__name__}",
                    hint="give x.detach()" if detached else "give a number, an array, or a list, tuple, dictionary or "
                    "dataclass of them, or choose other argnums",
                )  # fmt: skip
            wanted |= own
        self.differentiated += [k for k, differentiable in wanted.items() if differentiable]
        for slot in self._slots.values():
            if slot.key not in fixed:
                self.data += [k for k in range(slot.first, slot.last) if k not in wanted and _varies(self.leaves[k])]

    def _found(self, item: int | str, option: str, needed: bool) -> _Slot | None:
        """The argument that a number or a name stands for, however it was handed over, or its default."""
        if item in self._slots:
            return self._slots[item]
        fn = self.function
        positions = sum(isinstance(key, int) for key in self._slots)
        positional = [p.name for p in fn.parameters.values() if p.kind in _BY_POSITION]
        if isinstance(item, str):
            parameter = fn.parameters.get(item)
            several = parameter is not None and parameter.kind in _SEVERAL
            if several or (parameter is None and not any(p.kind is p.VAR_KEYWORD for p in fn.parameters.values())):
                said = f"all of {parameter}" if several else f"no argument of {fn.name}"
                raise InputError(f"{option}={item!r} names {said}", hint=self._choice())
            name, place = item, positional.index(item) if item in positional else -1
        else:
            place = item + positions if item < 0 else item
            name = positional[place] if 0 <= place < len(positional) else ""
            parameter = fn.parameters.get(name)
        for key in (place, name):
            if key in self._slots:
                return self._slots[key]
        if not needed:
            return None
        if parameter is not None and parameter.default is not parameter.empty:
            if parameter.kind is not parameter.POSITIONAL_ONLY:
                return self._add(name, parameter.default)
            if place == positions:
                return self._add(place, parameter.default)
        raise InputError(
            f"{fn.name} was called without the argument {item!r}, which {option} asks for", hint=self._choice()
        )

    def _choice(self) -> str:
        """What may be asked for, as a hint."""
        names = [p.name for p in self.function.parameters.values() if p.kind not in _SEVERAL]
        names += [key for key in self._slots if isinstance(key, str) and key not in names]
        numbers = [str(key) for key in self._slots if isinstance(key, int)]
        parts = [f"its arguments are {', '.join(names)}"] * bool(names)
        parts += [f"by position it was given {', '.join(numbers)}"] * bool(numbers)
        return ", ".join(parts) or "it was called with no argument"

    def _differentiable(self, slot: _Slot, leaf: Any) -> bool:
        if isinstance(leaf, (complex, np.complexfloating)) or getattr(getattr(leaf, "dtype", None), "kind", "") == "c":
            raise InputError(
                f"the argument {_said(slot.key)} of {self.function.name} is complex",
                hint="write the function of the real and the imaginary part",
            )
        return _has_entries(leaf)

    def numbers_only(self) -> None:
        """An InputError where an argument is no value but the declaration of a tensor."""
        declared = next((leaf for leaf in self.leaves if isinstance(leaf, TensorInput)), None)
        if declared is not None:
            raise InputError(
                f"{self.function.name} is called with {declared}, which declares an input and has no numbers",
                hint=f"edgewise.grad({self.function.name}).graph(…) takes declarations and gives the graph",
            )

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


def listed(items: Any, option: str) -> list[int | str]:
    """The arguments that an option names, by numbers and names.

    >>> listed(("w", np.int64(1)), "argnums")
    ['w', 1]
    """
    several = isinstance(items, Iterable) and not isinstance(items, str)
    found = [int(item) if isinstance(item, np.integer) else item for item in (items if several else [items])]
    if not all(type(item) is int or isinstance(item, str) for item in found):
        raise InputError(
            f"{option} is {items!r:.60}", hint="give the number or the name of an argument, or a tuple of several"
        )
    return found


def _said(key: int | str) -> str:
    return repr(key) if isinstance(key, str) else f"number {key}"


def _varies(leaf: Any) -> bool:
    """Whether a leaf that is not differentiated is data: floats and arrays are, whole numbers are counts."""
    if isinstance(leaf, (bool, int, np.integer, np.bool_)):
        return False
    return _has_entries(leaf)


def _has_entries(leaf: Any) -> bool:
    """Whether a leaf holds numbers, stands for some, or says how many there will be."""
    return is_symbolic(leaf) or is_number(leaf) or isinstance(leaf, TensorInput)


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
