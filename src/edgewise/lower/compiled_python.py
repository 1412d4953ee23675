"""A program as a callable of Python: emitted source, executed, for floats or for NumPy arrays."""

from __future__ import annotations

import itertools
import linecache
import weakref
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.errors import ShapeError
from edgewise.graph import Layout, Shape
from edgewise.lower.compiled import Compiled, broadcast_shape
from edgewise.lower.program import Program
from edgewise.lower.python import Source, python_source
from edgewise.progress import Bar

__all__ = ["PythonCompiled", "executed", "forget"]

_OURS = (
    "import math", "import numpy as np", "from scipy import special", "from scipy import sparse",
    "import jax.numpy as jnp", "from jax.scipy import special", "import torch", "from scipy import linalg",
    "from jax.scipy import linalg", "from jax import nn",
)  # fmt: skip
_FLOATS: Final = frozenset({float})
_numbers = itertools.count(1)


class PythonCompiled(Compiled):
    """A compiled graph that runs as Python, for the target "math" or "numpy".

    Where Python's arithmetic raises (1/0, sqrt(-1), exp(1000)), the call is made again in NumPy's, which goes on as
    IEEE 754 says: the results are those of every other back end.

    >>> from edgewise import parse
    >>> parse("1/x + y").compile("python")(0.0, 1.0)
    inf
    """

    def __init__(self, program: Program, name: str, target: str) -> None:
        super().__init__(program, name)
        self._program = program
        arrays = target == "numpy"
        self._prepare(python_source(program, name, target, free=arrays), arrays)

    def _prepare(self, source: Source, broadcasts: bool) -> None:
        self._source, self._broadcasts = source, broadcasts
        self._grouped = any(p.shape for p in self.parameters)
        self._function, files = executed(source)
        weakref.finalize(self, forget, files)

    @cached_property
    def source(self) -> str:
        """The Python module that runs."""
        return self._source.text

    def __getstate__(self) -> dict[str, Any]:
        # The source stands for the function, which does not pickle.
        return {name: value for name, value in self.__dict__.items() if name not in ("_function", "source")}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare(self._source, self._broadcasts)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are."""
        if named or len(args) != len(self.parameters):
            args = self._arguments(args, named)
        if not self._grouped and _FLOATS.issuperset(map(type, args)):
            try:
                return self._function(*args)  # nothing to check, nothing to broadcast
            except (ArithmeticError, ValueError):
                if self._broadcasts:
                    raise
                return self._repeated(args)
        parameters = self.parameters
        args = tuple(
            a if type(a) is float and not p.shape else self._value(p, a, self._broadcasts)
            for a, p in zip(args, parameters, strict=True)
        )
        if not self._broadcasts:
            try:
                return self._function(*args)
            except (ArithmeticError, ValueError):
                return self._repeated(args)
        shape = broadcast_shape(args, parameters)
        if shape and any(part.kind == "scipy" for part in self.layout.parts()):
            raise ShapeError(
                f"a sparse matrix of scipy holds numbers and the inputs were given arrays of shape {shape}",
                hint='ask for sparse="coo" or sparse="dense", whose values broadcast',
            )
        result = self._function(*args)
        return _spread(result, self.layout, shape) if shape else result

    def _repeated(self, args: Sequence[Any]) -> Any:
        """The call in NumPy's arithmetic, where Python's raised."""
        with np.errstate(all="ignore"):
            return _plain(self._ieee(*args))

    @cached_property
    def _ieee(self) -> PythonCompiled:
        return PythonCompiled(self._program, self.name, "numpy")


def _plain(value: Any) -> Any:
    """NumPy's floats as Python's, in the nesting of the results."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_plain, value))
    return float(value) if np.shape(value) == () else value


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


def executed(source: Source) -> tuple[Callable[..., Any], list[str]]:
    """Run our own source, block by block: a module of a million lines compiled at once would take gigabytes.

    The text is made by `python_source` alone, in which no user text occurs but legal identifiers. Returns the function,
    and the names under which tracebacks find its lines.
    """
    own = {name: op.value for name, op in source.requires}
    namespace: dict[str, Any] = {}
    files: list[str] = []
    number = next(_numbers)
    with Bar("compilation", total=len(source.blocks)) as bar:
        for k, block in enumerate(source.blocks):
            bar.update(k, f"part {k + 1} of {len(source.blocks)}")
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


def forget(files: Sequence[str]) -> None:
    """Drop the lines of a function that is gone."""
    for name in files:
        linecache.cache.pop(name, None)
