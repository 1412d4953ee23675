"""A program as a callable of Python: emitted source, executed, for floats or for NumPy arrays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.graph import Layout, Parameter, Shape, apart, in_single, mapped
from edgewise.lower.compiled import unbatched
from edgewise.lower.out_arrays import over_leaves, spread
from edgewise.lower.program import Program
from edgewise.lower.python.executed import SourceCompiled
from edgewise.lower.python.python_printer import python_source

__all__ = ["PythonCompiled"]

_FLOATS: Final = frozenset({float})


class PythonCompiled(SourceCompiled):
    """A compiled graph that runs as Python, for the target "math" or "numpy".

    Where Python's arithmetic raises (1/0, sqrt(-1), exp(1000)), the call is made again in NumPy's, which goes on as
    IEEE 754 says: the results are those of every other back end.

    >>> from edgewise import parse
    >>> parse("1/x + y").compile("python")(0.0, 1.0)
    inf
    """

    def __init__(self, program: Program, name: str, target: str) -> None:
        super().__init__(program, name, target, python_source(program, name, target, free=target == "numpy"))
        self._quick = not any(p.shape for p in self.parameters)
        self._function = self._executed(self._source)

    def __call__(self, /, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are."""
        if named or len(args) != len(self.parameters):
            if len(args) + len(named) != len(self._names) and not self._options.isdisjoint(named):
                return self._with_options(args, named)
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
        if self._target == "numpy":
            with np.errstate(all="ignore"):
                return self._function(*values)
        try:
            return self._function(*values)
        except (ArithmeticError, ValueError):  # in NumPy's arithmetic, where Python's raised
            return _plain(self._ieee(*values))

    def _batch(self, values: Sequence[Any], shape: Shape) -> Any:
        if self._target == "numpy":
            function = self._in_batches if any(map(_leads, values, self.parameters)) else self._function
            with np.errstate(all="ignore"):
                return spread(self.layout, apart(function(*values), values), shape, _whole)
        results = [self._point(point) for point in unbatched(self.parameters, values, shape)]

        def joined(leaf: Layout, *each: Any) -> Any:
            return np.array(each, dtype=float).reshape(shape + leaf.shape)

        return over_leaves(self.layout, joined, *results)

    @cached_property
    def _in_batches(self) -> Callable[..., Any]:
        """The function for groups with further axes in front, made when it is first needed."""
        return self._executed(python_source(self._program, self.name, "numpy", free=True, batches=True))

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
    if isinstance(value, (dict, list, tuple)):
        return mapped(_plain, value)
    return float(value) if np.shape(value) == () else value
