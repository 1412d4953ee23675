"""A program as a callable."""

from __future__ import annotations

import itertools
import linecache
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

_OURS = ("import math", "import numpy as np", "from scipy import special")
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
        self._function = _executed(source)
        self._checked = [(k, p) for k, p in enumerate(self.parameters) if p.shape]

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
        for k, parameter in self._checked:
            shape = np.shape(args[k])
            if shape != parameter.shape:
                raise ShapeError(
                    f"the group {parameter.name!r} was given an array of shape {shape}",
                    hint=f"its shape is {parameter.shape}",
                )
        result = self._function(*args)
        if self._broadcasts:
            shape = np.broadcast_shapes(
                *(np.shape(a) for a, p in zip(args, self.parameters, strict=True) if not p.shape)
            )
            return _spread(result, self._layout, shape) if shape else result
        return result

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
    if layout.kind == "dict":
        return {key: _spread(result[key], part, shape) for key, part in zip(layout.keys, layout.children, strict=True)}
    parts = [_spread(part, inner, shape) for part, inner in zip(result, layout.children, strict=True)]
    return parts if layout.kind == "list" else tuple(parts)


def _executed(source: Source) -> Callable[..., Any]:
    """Run our own source, block by block: a module of a million lines compiled at once would take gigabytes.

    The text is made by `python_source` alone, in which no user text occurs but legal identifiers.
    """
    own = {name: op.value for name, op in source.requires}
    namespace: dict[str, Any] = {}
    number = next(_numbers)
    for k, block in enumerate(source.blocks):
        name = f"<edgewise {source.name} {number}.{k}>"
        if k == 0:
            # A user's operation is the callable it was defined with, wherever the module would import it from.
            block = "\n".join(line for line in block.splitlines() if line.startswith(_OURS))
        exec(compile(block, name, "exec"), namespace)
        if len(block) < 100_000:  # lines for tracebacks
            linecache.cache[name] = (len(block), None, block.splitlines(keepends=True), name)
    namespace.update(own)
    function: Callable[..., Any] = namespace[source.name]
    return function


def compile_program(program: Program, backend: str = "numpy", name: str = "f") -> Compiled:
    """Compile for a back end: "python" (floats, the math module) or "numpy" (scalars and arrays that broadcast)."""
    if backend not in BACKENDS:
        raise LoweringError(f"there is no back end {backend!r}", hint=f"use one of {', '.join(BACKENDS)}")
    source = python_source(program, name, BACKENDS[backend])
    layout = Layout.of_tuple(result.layout for result in program.results)
    return Compiled(source, program.parameters, program.parameter_names, layout, backend == "numpy")
