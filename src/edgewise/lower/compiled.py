"""A program as a callable: what every back end shares, and which back ends there are."""

from __future__ import annotations

import warnings
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.graph import Layout, Parameter, Shape, matrix, packed_hint
from edgewise.lower.names import Namer
from edgewise.lower.program import RESERVED, Program

__all__ = ["BACKENDS", "Compiled", "broadcast_shape", "compile_program", "contained"]


class Compiled(ABC):
    """A compiled graph: call it with the inputs by position or by name; a group is one array.

    `source` is the text that runs. Made by `Graph.compile`; each back end is a subclass.
    """

    def __init__(self, program: Program, name: str) -> None:
        self.name, self.parameters = name, program.parameters
        self.layout = Layout.of_tuple(result.layout for result in program.results)

    @property
    @abstractmethod
    def source(self) -> str:
        """The text that runs."""

    @abstractmethod
    def __call__(self, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are."""

    def __repr__(self) -> str:
        return f"<compiled {self.name}({', '.join(p.name for p in self.parameters)})>"

    @cached_property
    def _identifiers(self) -> list[str]:
        """The parameters' names as the source has them, by which they may be given too."""
        namer = Namer(RESERVED)
        return [namer.name(p.name) for p in self.parameters]

    def _value(self, parameter: Parameter, value: Any, broadcasts: bool = True) -> Any:
        """A value that is real numbers in the parameter's shape, checked before it meets the arithmetic."""
        name = parameter.name
        try:
            array = np.asarray(value)
            if array.dtype.kind == "O" and not any(isinstance(item, (str, bytes)) for item in array.flat):
                array = value = np.array([float(item) for item in array.flat]).reshape(array.shape)
        except (TypeError, ValueError, OverflowError):  # ragged lists, None, numbers that are too large
            array = np.asarray("")
        if array.dtype.kind not in "fiub":
            raise InputError(
                f"the input {name!r} was given {value!r:.60} of type {type(value).__name__}", hint="give real numbers"
            )
        if parameter.shape:
            if array.shape != parameter.shape:
                raise ShapeError(
                    f"the group {name!r} was given an array of shape {array.shape}",
                    hint=f"its shape is {parameter.shape}",
                )
            return value
        if broadcasts:
            return value
        if array.shape:
            raise ShapeError(
                f"the input {name!r} was given an array of shape {array.shape}",
                hint="this back end takes one number; compile for numpy to broadcast",
            )
        return float(array)

    def _arguments(self, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[Any, ...]:
        names = [p.name for p in self.parameters]
        listing = ", ".join(names[:20]) or "none"
        if len(args) > len(names):
            raise InputError(f"{len(args)} values were given for {len(names)} inputs", hint=f"the inputs are {listing}")
        given = dict(zip(names, args, strict=False))
        for name, value in named.items():
            known = name if name in names else dict(zip(self._identifiers, names, strict=True)).get(name)
            if known is None:
                raise InputError(f"{name!r} is not an input", hint=f"the inputs are {listing}")
            if known in given:
                raise InputError(f"the input {name!r} was given twice", hint="give it by position or by name")
            given[known] = value
        missing = [name for name in names if name not in given]
        if missing:
            hint = packed_hint(args, self.parameters) or f"the inputs are {listing}"
            raise InputError(f"no value was given for the input {missing[0]!r}", hint=hint)
        return tuple(given[name] for name in names)


def contained(layout: Layout, parts: Sequence[Any]) -> Any:
    """What stands for the children of a layout, in its container."""
    if layout.pattern is not None:
        return matrix(layout.kind, layout.pattern, parts[0])
    if layout.kind == "dict":
        return dict(zip(layout.keys, parts, strict=True))
    return list(parts) if layout.kind == "list" else tuple(parts)


def broadcast_shape(args: Sequence[Any], parameters: Sequence[Parameter]) -> Shape:
    """The common shape of the scalar inputs; groups do not take part."""
    shapes = [np.shape(a) for a, p in zip(args, parameters, strict=True) if not p.shape]
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError:
        listing = ", ".join(f"{s}" for s in dict.fromkeys(shapes) if s)
        raise ShapeError(
            f"the inputs were given arrays of the shapes {listing}", hint="give shapes that broadcast as NumPy's do"
        ) from None


def _python(program: Program, name: str) -> Compiled:
    from edgewise.lower.compiled_python import PythonCompiled

    return PythonCompiled(program, name, "math")


def _numpy(program: Program, name: str) -> Compiled:
    from edgewise.lower.compiled_python import PythonCompiled

    return PythonCompiled(program, name, "numpy")


def _llvm(program: Program, name: str) -> Compiled:
    try:
        from edgewise.lower.llvm import NativeCompiled
    except ImportError:
        warnings.warn(
            "llvmlite is missing: the graph is compiled for NumPy, which is slower; pip install llvmlite",
            RuntimeWarning,
            stacklevel=4,
        )
        return _numpy(program, name)
    return NativeCompiled(program, name)


def _c(program: Program, name: str) -> Compiled:
    from edgewise.lower.compiled_c import CCompiled

    return CCompiled(program, name)


def _library(target: str) -> Callable[[Program, str], Compiled]:
    def make(program: Program, name: str) -> Compiled:
        from edgewise.lower.compiled_library import LibraryCompiled

        return LibraryCompiled(program, name, target)

    return make


BACKENDS: Final[Mapping[str, Callable[[Program, str], Compiled]]] = {
    "llvm": _llvm,
    "numpy": _numpy,
    "python": _python,
    "c": _c,
    "jax": _library("jax"),
    "torch": _library("torch"),
}
"""Back end → how it makes a callable of a program."""


def compile_program(program: Program, backend: str = "llvm", name: str = "f") -> Compiled:
    """Compile for a back end.

    "llvm": native code, for scalars and for arrays that broadcast; "numpy": NumPy source for the same; "python": floats
    and the math module; "c": C99, by the machine's compiler; "jax" and "torch": source that runs under these, in
    double precision. Without llvmlite, "llvm" warns and compiles for NumPy.
    """
    if backend not in BACKENDS:
        raise LoweringError(f"there is no back end {backend!r}", hint=f"use one of {', '.join(BACKENDS)}")
    return BACKENDS[backend](program, name)
