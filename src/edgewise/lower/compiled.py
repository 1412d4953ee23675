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
from edgewise.graph import Layout, Parameter, Shape, batch_shape, is_single, listed, packed_hint, real_value
from edgewise.lower.described import returned
from edgewise.lower.names import Namer
from edgewise.lower.out_arrays import shared_among, thread_count, written
from edgewise.lower.program import RESERVED, Program
from edgewise.shown import shown

__all__ = ["Compiled", "unbatched"]


@shown
class Compiled(ABC):
    """A compiled graph: call it with the inputs by position or by name; a group is one array.

    Every input may have further axes in front of its own shape, which broadcast: a batch. The results have the axes of
    the batch in front of theirs. Where NumPy's rules for the arrays among the inputs say float32 the results are of
    single precision, computed in double and rounded once (`compile(dtype="float32")` computes in single precision).
    `source` is the text that runs. Made by `Graph.compile`; each back end is a subclass.
    """

    _takes_options = True

    def __init__(self, program: Program, name: str) -> None:
        self.name = self.__name__ = name
        self.parameters = program.parameters
        self.layout = Layout.of_tuple(result.layout for result in program.results)
        self.__doc__ = (
            f"{name}({', '.join(p.name for p in self.parameters[:20])}): {returned(r.name for r in program.results)}."
        )
        self._names = tuple(p.name for p in self.parameters)
        self._options = {"out", "threads"} - {*self._names}
        # All inputs by name, in order, as fast as Python has it.
        self._pick: Callable[[Mapping[str, Any]], Any] = itemgetter(*(self._names or ("",)))

    @property
    @abstractmethod
    def source(self) -> str:
        """The text that runs."""

    def __call__(self, /, *args: Any, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are."""
        if named or len(args) != len(self._names):
            if len(args) + len(named) != len(self._names) and not self._options.isdisjoint(named):
                return self._with_options(args, named)
            args = self._arguments(args, named)
        return self._results(args)

    def _results(self, args: tuple[Any, ...]) -> Any:
        """The same for all inputs in order."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return f"<compiled {self.name}({', '.join(self._names)})>"

    def __dir__(self) -> list[str]:
        # What completion shows is what a user may call: the back ends have a public inside.
        return [name for name in super().__dir__() if name.startswith("__") or name in PUBLIC]

    def __getattr__(self, name: str) -> Any:
        if name == "__signature__":
            return self._signature()
        raise missing_attribute(self, name, ELSEWHERE)

    def _signature(self) -> inspect.Signature:
        """What `inspect.signature` and completion show: the inputs as identifiers."""
        inputs, options = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
        parameters = [inspect.Parameter(name, inputs) for name in self._identifiers]
        more = sorted(self._options.difference(self._identifiers)) if self._takes_options else []
        return inspect.Signature([*parameters, *(inspect.Parameter(name, options, default=None) for name in more)])

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

    def _with_options(self, args: Sequence[Any], named: dict[str, Any]) -> Any:
        """A call with `out` or `threads`, of a back end whose own code knows neither."""
        if not self._takes_options:
            raise InputError(
                f"{' and '.join(f'{name}=' for name in named if name in self._options)} of a library that has arrays "
                "and threads of its own",
                hint='use the back end "llvm" or "numpy"',
            )
        out, threads = (named.pop(name, None) if name in self._options else None for name in ("out", "threads"))
        args, count = self._arguments(args, named), thread_count(threads)
        result = self(*args) if count == 1 else shared_among(
            count, self, self.layout, self.parameters, args, self._batch_shape(args)
        )  # fmt: skip
        return result if out is None else written(self.layout, result, out, args)

    def _batch_shape(self, args: Sequence[Any]) -> Shape:
        return batch_shape(self.parameters, tuple(map(real_value, self._names, args)))

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


PUBLIC: Final = frozenset(("layout", "name", "parameters", "source", "tier", "wait"))
"""What users read of a compiled function, and call."""

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
