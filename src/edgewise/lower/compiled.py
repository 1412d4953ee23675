"""A program as a callable."""

from __future__ import annotations

import itertools
import linecache
import weakref
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.graph import Layout, Parameter, Shape
from edgewise.lower.program import Program
from edgewise.lower.python import Source, python_source

__all__ = ["BACKENDS", "Compiled", "compile_program"]

BACKENDS: Final[Mapping[str, str]] = {"python": "math", "numpy": "numpy"}
"""Back end → the Python target that it runs."""

_OURS = ("import math", "import numpy as np", "from scipy import special", "from scipy import sparse")
_FLOATS: Final = frozenset({float})
_numbers = itertools.count(1)


class Compiled:
    """A compiled graph: call it with the inputs by position or by name; a group is one array.

    `source` is the text that runs. Made by `Graph.compile`.
    """

    def __init__(
        self, source: Source, parameters: Sequence[Parameter], names: Sequence[str], layout: Layout, broadcasts: bool
    ) -> None:
        self._source, self.parameters, self._names = source, tuple(parameters), tuple(names)
        self._layout, self._broadcasts = layout, broadcasts
        self._grouped = any(p.shape for p in self.parameters)
        self._function, files = _executed(source)
        weakref.finalize(self, _forget, files)

    @cached_property
    def source(self) -> str:
        """The Python module that runs."""
        return self._source.text

    def __reduce__(self) -> tuple[Any, ...]:
        return Compiled, (self._source, self.parameters, self._names, self._layout, self._broadcasts)

    def __repr__(self) -> str:
        return f"<compiled {self._source.name}({', '.join(p.name for p in self.parameters)})>"

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are."""
        if named or len(args) != len(self.parameters):
            args = self._arguments(args, named)
        if not self._grouped and _FLOATS.issuperset(map(type, args)):
            return self._function(*args)  # nothing to check, nothing to broadcast
        parameters = self.parameters
        args = tuple(
            a if type(a) is float and not p.shape else self._value(p, a) for a, p in zip(args, parameters, strict=True)
        )
        if not self._broadcasts:
            return self._function(*args)
        shapes = [np.shape(a) for a, p in zip(args, parameters, strict=True) if not p.shape]
        try:
            shape = np.broadcast_shapes(*shapes)
        except ValueError:
            listing = ", ".join(f"{s}" for s in dict.fromkeys(shapes) if s)
            raise ShapeError(
                f"the inputs were given arrays of the shapes {listing}", hint="give shapes that broadcast as NumPy's do"
            ) from None
        if shape and any(part.kind == "scipy" for part in self._layout.parts()):
            raise ShapeError(
                f"a sparse matrix of scipy holds numbers and the inputs were given arrays of shape {shape}",
                hint='ask for sparse="coo" or sparse="dense", whose values broadcast',
            )
        result = self._function(*args)
        return _spread(result, self._layout, shape) if shape else result

    def _value(self, parameter: Parameter, value: Any) -> Any:
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
        if self._broadcasts:
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
            known = name if name in names else dict(zip(self._names, names, strict=True)).get(name)
            if known is None:
                raise InputError(f"{name!r} is not an input", hint=f"the inputs are {listing}")
            if known in given:
                raise InputError(f"the input {name!r} was given twice", hint="give it by position or by name")
            given[known] = value
        missing = [name for name in names if name not in given]
        if missing:
            raise InputError(f"no value was given for the input {missing[0]!r}", hint=f"the inputs are {listing}")
        return tuple(given[name] for name in names)


def _spread(result: Any, layout: Layout, shape: Shape) -> Any:
    """Every result in the common shape of the inputs, as a ufunc's: also one that depends on some of them only."""
    if layout.kind == "array":
        whole = shape + layout.shape
        return result if np.shape(result) == whole else np.array(np.broadcast_to(result, whole), dtype=float)
    if layout.kind == "coo":
        rows, columns, values = result
        return rows, columns, _spread(values, layout.children[0], shape)
    if layout.kind == "dense":
        return _spread(result, Layout(shape=layout.shape), shape)
    if layout.kind == "dict":
        return {key: _spread(result[key], part, shape) for key, part in zip(layout.keys, layout.children, strict=True)}
    parts = [_spread(part, inner, shape) for part, inner in zip(result, layout.children, strict=True)]
    return parts if layout.kind == "list" else tuple(parts)


def _executed(source: Source) -> tuple[Callable[..., Any], list[str]]:
    """Run our own source, block by block: a module of a million lines compiled at once would take gigabytes.

    The text is made by `python_source` alone, in which no user text occurs but legal identifiers. Returns the function,
    and the names under which tracebacks find its lines.
    """
    own = {name: op.value for name, op in source.requires}
    namespace: dict[str, Any] = {}
    files: list[str] = []
    number = next(_numbers)
    for k, block in enumerate(source.blocks):
        name = f"<edgewise {source.name} {number}.{k}>"
        if k == 0:
            # A user's operation is the callable it was defined with, wherever the module would import it from.
            block = "\n".join(line for line in block.splitlines() if line.startswith(_OURS))
        exec(compile(block, name, "exec"), namespace)
        if len(block) < 100_000:  # lines for tracebacks
            linecache.cache[name] = (len(block), None, block.splitlines(keepends=True), name)
            files.append(name)
    namespace.update(own)
    function: Callable[..., Any] = namespace[source.name]
    return function, files


def _forget(files: Sequence[str]) -> None:
    """Drop the lines of a function that is gone."""
    for name in files:
        linecache.cache.pop(name, None)


def compile_program(program: Program, backend: str = "numpy", name: str = "f") -> Compiled:
    """Compile for a back end: "python" (floats, the math module) or "numpy" (scalars and arrays that broadcast)."""
    if backend not in BACKENDS:
        raise LoweringError(f"there is no back end {backend!r}", hint=f"use one of {', '.join(BACKENDS)}")
    source = python_source(program, name, BACKENDS[backend])
    layout = Layout.of_tuple(result.layout for result in program.results)
    return Compiled(source, program.parameters, program.parameter_names, layout, backend == "numpy")
