"""A program as a callable: what every back end shares."""

from __future__ import annotations

import inspect
import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, ShapeError, did_you_mean, missing_attribute
from edgewise.graph import (
    Layout,
    Parameter,
    Shape,
    batch_shape,
    is_single,
    listed,
    matrix,
    packed_hint,
    real_value,
)
from edgewise.lower.described import returned
from edgewise.lower.names import Namer
from edgewise.lower.program import RESERVED, Program
from edgewise.shown import shown

__all__ = ["Compiled", "batched", "contained", "nested", "spread", "unbatched"]


@shown
class Compiled(ABC):
    """A compiled graph: call it with the inputs by position or by name; a group is one array.

    Every input may have further axes in front of its own shape, which broadcast: a batch. The results have the axes of
    the batch in front of theirs. Where NumPy's rules for the arrays among the inputs say float32 the results are of
    single precision, computed in double and rounded once (`compile(dtype="float32")` computes in single precision).
    `source` is the text that runs. Made by `Graph.compile`; each back end is a subclass.
    """

    def __init__(self, program: Program, name: str) -> None:
        self.name = self.__name__ = name
        self.parameters = program.parameters
        self.layout = Layout.of_tuple(result.layout for result in program.results)
        self.__doc__ = f"{name}({', '.join(p.name for p in self.parameters[:20])}): {returned(program)}."
        self._names = tuple(p.name for p in self.parameters)
        # All inputs by name, in order, as fast as Python has it.
        self._pick: Callable[[Mapping[str, Any]], Any] = itemgetter(*(self._names or ("",)))

    @property
    @abstractmethod
    def source(self) -> str:
        """The text that runs."""

    @abstractmethod
    def __call__(self, /, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are."""

    def __repr__(self) -> str:
        return f"<compiled {self.name}({', '.join(self._names)})>"

    def __getattr__(self, name: str) -> Any:
        if name == "__signature__":
            return self._signature()
        raise missing_attribute(self, name, ELSEWHERE)

    def _signature(self) -> inspect.Signature:
        """What `inspect.signature` and completion show: the inputs as identifiers."""
        kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
        return inspect.Signature([inspect.Parameter(name, kind) for name in self._identifiers])

    @cached_property
    def _identifiers(self) -> list[str]:
        """The parameters' names as the source has them, by which they may be given too."""
        namer = Namer(RESERVED)
        return [namer.name(p.name) for p in self.parameters]

    @cached_property
    def _places(self) -> dict[str, int]:
        """The place of each input by its name and by its identifier."""
        places = {name: k for k, name in enumerate(self._identifiers)}
        return {**places, **{name: k for k, name in enumerate(self._names)}}

    def _arguments(self, args: Sequence[Any], named: Mapping[str, Any]) -> tuple[Any, ...]:
        """The inputs in order. Names cost hardly more than places where each is what the graph calls it."""
        names = self._names
        if len(args) + len(named) == len(names):
            try:
                if len(named) == 1:
                    return (*args, named[names[-1]])
                if args:
                    return (*args, *map(named.__getitem__, names[len(args) :]))
                picked: tuple[Any, ...] = self._pick(named)
                return picked
            except KeyError:
                pass
        if len(args) > len(names):
            raise InputError(
                f"{len(args)} values were given for {len(names)} inputs",
                hint=f"the inputs are {listed(self.parameters)}",
            )
        given = dict(enumerate(args))
        for name, value in named.items():
            place = self._places.get(name)
            if place is None:
                raise InputError(
                    f"{name!r} is not an input",
                    hint=f"{did_you_mean(name, names)}the inputs are {listed(self.parameters)}",
                )
            if place in given:
                raise InputError(f"the input {name!r} was given twice", hint="give it by position or by name")
            given[place] = value
        if len(given) < len(names):
            missing = next(name for k, name in enumerate(names) if k not in given)
            hint = packed_hint(args, self.parameters) or f"the inputs are {listed(self.parameters)}"
            raise InputError(f"no value was given for the input {missing!r}", hint=hint)
        return tuple(given[k] for k in range(len(names)))

    def _taken(self, args: Sequence[Any]) -> tuple[tuple[Any, ...], Shape, bool]:
        """The inputs as real numbers and arrays, the shape of their batch, and whether results are rounded."""
        values = tuple(map(real_value, self._names, args))
        shape = batch_shape(self.parameters, values)
        if shape and any(part.kind == "scipy" for part in self.layout.parts()):
            raise ShapeError(
                f"a sparse matrix of scipy holds numbers and the inputs were given arrays of shape {shape}",
                hint='ask for sparse="coo" or sparse="dense", whose values broadcast',
            )
        single = is_single(values)
        if single:
            values = tuple(np.asarray(value, dtype=np.float32) for value in values)
        return values, shape, single


ELSEWHERE: Final[Mapping[str, str]] = {
    "numpy": "call it: the results are NumPy's",
    **dict.fromkeys(
        ("grad", "gradient", "diff", "derivative", "backward", "jacobian", "hessian", "jvp", "vjp"),
        "derive the graph and compile that, as in G.gradient().compile()",
    ),
    **dict.fromkeys(("lambdify", "evaluate", "eval", "run", "forward", "apply"), "call it, as in f(1.0, 2.0)"),
    **dict.fromkeys(("inputs", "args", "arguments"), "did you mean 'parameters'?"),
    **dict.fromkeys(("code", "text", "ir", "asm"), "did you mean 'source'?"),
    **dict.fromkeys(("jit", "compile", "lower"), "it is compiled"),
}
"""What others call it → what to write."""


def unbatched(parameters: Sequence[Parameter], values: Sequence[Any], shape: Shape) -> Iterator[tuple[Any, ...]]:
    """The inputs of each point of a batch, in order; numbers are Python's."""
    columns = []
    for parameter, value in zip(parameters, values, strict=True):
        whole = (
            np.broadcast_to(value, shape + parameter.shape).reshape(-1, *parameter.shape) if math.prod(shape) else ()
        )
        columns.append(whole if parameter.shape else list(map(float, whole)))
    return zip(*columns) if columns else iter([()] * math.prod(shape))


def batched(layout: Layout, results: Sequence[Any], join: Callable[[list[Any], Layout], Any]) -> Any:
    """The results of the points of a batch as one; `join` makes an array of a leaf's."""
    if layout.kind in ("array", "tensor"):
        return join(list(results), layout)
    if layout.kind == "coo":
        children = [batched(layout.children[0], [result[2] for result in results], join)]
        return contained(layout, children)
    if layout.kind == "dense":
        return join(list(results), Layout(shape=layout.shape))
    keys = layout.keys if layout.kind == "dict" else range(len(layout.children))
    parts = [batched(child, [r[key] for r in results], join) for key, child in zip(keys, layout.children, strict=True)]
    return contained(layout, parts)


def spread(result: Any, layout: Layout, shape: Shape, broadcast: Callable[[Any, Shape], Any]) -> Any:
    """Every result over the whole batch, as a ufunc's: also one that depends on some of the inputs only."""
    if layout.kind == "array":
        whole = shape + layout.shape
        return result if np.shape(result) == whole else broadcast(result, whole)
    if layout.kind == "coo":
        rows, columns, values = result
        return rows, columns, spread(values, layout.children[0], shape, broadcast)
    if layout.kind == "dense":
        return spread(result, Layout(shape=layout.shape), shape, broadcast)
    keys = layout.keys if layout.kind == "dict" else range(len(layout.children))
    parts = [spread(result[key], child, shape, broadcast) for key, child in zip(keys, layout.children, strict=True)]
    return contained(layout, parts)


def nested(layout: Layout, leaves: Iterator[Any]) -> Any:
    """The arrays of the leaves, in their containers."""
    if layout.kind == "array":
        return next(leaves)
    return contained(layout, [nested(child, leaves) for child in layout.children])


def contained(layout: Layout, parts: Sequence[Any]) -> Any:
    """What stands for the children of a layout, in its container."""
    if layout.pattern is not None:
        return matrix(layout.kind, layout.pattern, parts[0])
    if layout.kind == "dict":
        return dict(zip(layout.keys, parts, strict=True))
    return list(parts) if layout.kind == "list" else tuple(parts)
