"""A program as a callable of Python: emitted source, executed, for floats or for NumPy arrays."""

from __future__ import annotations

import itertools
import linecache
import weakref
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.graph import Parameter, Shape, apart, in_single
from edgewise.lower.compiled import Compiled, batched, spread, unbatched
from edgewise.lower.program import Program
from edgewise.lower.python.python_printer import Source, python_source
from edgewise.progress import Bar

__all__ = ["PythonCompiled", "executed", "forget"]

_OURS = (
    "import math", "import numpy as np", "from scipy import special", "from scipy import sparse",
    "import jax.numpy as jnp", "from jax.scipy import special", "import torch", "from scipy import linalg",
    "from jax.scipy import linalg", "from jax import nn", "from jax import lax",
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
        self._program, self._target = program, target
        self._source = python_source(program, name, target, free=target == "numpy")
        self._prepare()

    def _prepare(self) -> None:
        self._quick = not any(p.shape for p in self.parameters)
        self._function, files = executed(self._source)
        weakref.finalize(self, forget, files)

    @cached_property
    def source(self) -> str:
        """The Python module that runs."""
        return self._source.text

    def __getstate__(self) -> dict[str, Any]:
        # The source stands for the functions, which do not pickle.
        made = ("_function", "_in_batches", "source")
        return {name: value for name, value in self.__dict__.items() if name not in made}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._prepare()

    def __call__(self, /, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are."""
        if named or len(args) != len(self.parameters):
            args = self._arguments(args, named)
        if self._quick and _FLOATS.issuperset(map(type, args)):
            return self._point(args)  # nothing to check, nothing to broadcast
        values, shape, single = self._taken(args)
        if shape:
            result = self._batch(values, shape)
        else:
            result = self._point([v if p.shape else float(v) for v, p in zip(values, self.parameters)])
        return in_single(result) if single else result

    def _point(self, values: Sequence[Any]) -> Any:
        try:
            return self._function(*values)
        except (ArithmeticError, ValueError):
            if self._target == "numpy":
                raise
        # In NumPy's arithmetic, where Python's raised.
        with np.errstate(all="ignore"):
            return _plain(self._ieee(*values))

    def _batch(self, values: Sequence[Any], shape: Shape) -> Any:
        if self._target == "numpy":
            function = self._in_batches if any(map(_leads, values, self.parameters)) else self._function
            return spread(apart(function(*values), values), self.layout, shape, _whole)
        results = [self._point(point) for point in unbatched(self.parameters, values, shape)]
        return batched(self.layout, results, lambda each, leaf: np.array(each, dtype=float).reshape(shape + leaf.shape))

    @cached_property
    def _in_batches(self) -> Callable[..., Any]:
        """The function for groups with further axes in front, made when it is first needed."""
        function, files = executed(python_source(self._program, self.name, "numpy", free=True, batches=True))
        weakref.finalize(self, forget, files)
        return function

    @cached_property
    def _ieee(self) -> PythonCompiled:
        return PythonCompiled(self._program, self.name, "numpy")


def _leads(value: Any, parameter: Parameter) -> bool:
    """Whether a group has the axes of a batch in front."""
    return bool(parameter.shape) and np.ndim(value) > len(parameter.shape)


def _whole(value: Any, shape: Shape) -> Any:
    return np.array(np.broadcast_to(value, shape), dtype=float)


def _plain(value: Any) -> Any:
    """NumPy's floats as Python's, in the nesting of the results."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(map(_plain, value))
    return float(value) if np.shape(value) == () else value


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
