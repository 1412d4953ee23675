"""A call of a function written down as a graph: of tensors first, of scalars where that is refused."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.api.transforms.arguments import Arguments, Function
from edgewise.api.transforms.trees import Tree, flatten, is_number, is_symbolic, own_array, shape_of, unflatten
from edgewise.errors import DifferentiationError, EdgewiseError, UnsupportedError
from edgewise.frontends.trace import trace
from edgewise.frontends.tracing_numpy import callee, draws_are_fresh
from edgewise.graph import Expr, ExprArray, Shape, Tape, TensorInput
from edgewise.graph.arrays.filled import settled
from edgewise.graph.expr import resolve
from edgewise.graph.tensors.selected import Selected

__all__ = ["REFUSALS", "WAYS", "Outputs", "Traced", "Tracer", "Way", "called", "traced"]


class Way(NamedTuple):
    """How the leaves go in: arrays as tensors or as arrays of scalars; data as inputs or as the constants it is.

    Whole numbers among others in a container that is differentiated are constants where data is.
    """

    tensors: bool
    data: bool


WAYS: Final = (Way(True, True), Way(False, True), Way(True, False), Way(False, False))
"""The ways of tracing, tried in this order. Data goes in as constants only where the function asks for its values, in
a branch, as a count or as an index."""

_ANY: Final = inspect.Signature([inspect.Parameter("symbols", inspect.Parameter.VAR_KEYWORD)])
_NONE: Final = inspect.Signature()

REFUSALS: Final = (EdgewiseError, TypeError, ValueError, AttributeError, IndexError, NotImplementedError)
"""What a function raises where a symbol stands and it needs a number or an array of NumPy."""


@dataclass(frozen=True)
class Outputs:
    """What a function returned: the leaves of its value, then those of what it returned beside it.

    `leaves` holds everything; those at `symbolic` are outputs of the graph, the others what they are. `values` is how
    many leaves the value has; `tree` and `aux` are the containers of the value and of the rest.
    """

    leaves: list[Any]
    symbolic: list[int]
    values: int
    tree: Tree
    aux: Tree | None

    @property
    def shapes(self) -> list[Shape]:
        """The shape of each leaf of the value."""
        return [shape_of(leaf) for leaf in self.leaves[: self.values]]

    def filled(self, numbers: Sequence[Any]) -> list[Any]:
        """All leaves, with numbers for the symbolic ones."""
        leaves = list(self.leaves)
        for k, number in zip(self.symbolic, numbers, strict=True):
            leaves[k] = number
        return leaves

    def value(self, leaves: Sequence[Any]) -> Any:
        """The value in its container."""
        return unflatten(self.tree, leaves[: self.values])

    def beside(self, leaves: Sequence[Any]) -> Any:
        """What was returned beside the value, in its container."""
        assert self.aux is not None
        return unflatten(self.aux, leaves[self.values :])


@dataclass(frozen=True)
class Traced:
    """A call as a graph: the tape, which leaves are its parameters in order, and what it returned.

    `wanted` are the leaves that are differentiated in, `names` what the parameters for these are called.
    """

    tape: Tape
    inputs: tuple[int, ...]
    wanted: tuple[int, ...]
    names: tuple[str, ...]
    outputs: Outputs


def called(fn: Function, call: Arguments, leaves: Sequence[Any], has_aux: bool, whole: bool) -> Outputs:
    """Call the function on leaves. Of a value that is `whole` every leaf is a number: numbers become expressions."""
    args, keywords = call.rebuilt(leaves)
    result, beside = callee(fn.call)(*args, **keywords), None
    if has_aux:
        if not isinstance(result, (tuple, list)) or len(result) != 2:
            raise fn.returned(
                f"{result!r:.60}, and with has_aux=True it returns two things", "return (value, what else is wanted)"
            )
        result, beside = result
    found, tree = flatten(result)
    found, values = [own_array(settled(leaf)) for leaf in found], len(found)
    for leaf in found:
        if isinstance(leaf, (Iterator, Awaitable)):
            raise fn.returned(f"a {type(leaf).__name__}", "return its values in a list, [… for …]")
    if whole:
        for leaf in found or [result]:
            if not (is_symbolic(leaf) or is_number(leaf)):
                raise fn.returned(
                    f"{leaf!r:.60} of type {type(leaf).__name__}",
                    "return numbers, arrays, or containers of them; with has_aux=True anything may come second",
                )
    for leaf in found:
        if isinstance(leaf, Selected):
            leaf.refuse("the function returns them")
    rest, aux = flatten(beside) if has_aux else ([], None)
    found += [own_array(settled(leaf)) for leaf in rest]
    return Outputs(
        found, [k for k, leaf in enumerate(found) if k < values * whole or is_symbolic(leaf)], values, tree, aux
    )


def traced(
    fn: Function, call: Arguments, way: Way, *, has_aux: bool = False, whole: bool = True, kept: bool = False
) -> Traced:
    """Trace one call, one way; where the graph is kept for other calls, what they would draw anew is refused."""
    names, counts = call.names(), set() if way.data else call.counts()
    wanted = [k for k in call.differentiated if k not in counts]
    data = [k for k in call.data if way.data and (way.tensors or _kind(call.leaves[k]) == "real")]
    symbolic = sorted({*wanted, *data})  # as the function has them: a graph is called so
    types = {str(getattr(call.leaves[k], "dtype", "")) for k in (*call.differentiated, *call.data)}
    single = {name for name in types if "float" in name} in ({"float32"}, {"torch.float32"})  # places are no matter
    made: list[Outputs] = []

    def body(**symbols: Any) -> list[Any]:
        leaves = list(call.leaves)
        for k in symbolic:
            leaves[k] = symbols[names[k]]
        for symbol in symbols.values() if single else ():
            for entry in [symbol] if isinstance(symbol, Expr) else symbol.ravel()[:1]:
                resolve(entry)[0].single = True
        made.append(called(fn, call, leaves, has_aux, whole))
        return [_graphed(made[-1].leaves[k]) for k in made[-1].symbolic]

    body.__name__ = fn.name
    setattr(body, "__signature__", _ANY if symbolic else _NONE)  # noqa: B010
    # What the trace looks through for names and generators.
    objects = [leaf for leaf in call.leaves if not isinstance(leaf, (float, int, np.ndarray, str, Expr))]
    setattr(body, "__wrapped__", functools.partial(fn.call, *objects) if objects else fn.call)  # noqa: B010
    groups: dict[str, Any] = {}
    for k in symbolic:
        shape = _shape(call.leaves[k])
        if isinstance(call.leaves[k], TensorInput):
            groups[names[k]] = call.leaves[k]
        else:
            kind = "real" if k in wanted else _kind(call.leaves[k])
            groups[names[k]] = TensorInput(shape, kind) if way.tensors else shape
    with contextlib.nullcontext() if kept else draws_are_fresh():
        tape = trace(body, **groups)
    return Traced(tape, tuple(symbolic), tuple(wanted), tuple(names[k] for k in wanted), made[-1])


def _graphed(leaf: Any) -> Any:
    """A leaf as an output of a graph."""
    if isinstance(leaf, Expr):
        return leaf
    return leaf if isinstance(leaf, ExprArray) or np.ndim(leaf) else float(np.asarray(leaf))


def _shape(leaf: Any) -> Shape:
    """The shape of an argument, as it is declared or as NumPy sees it."""
    return tuple(leaf.shape if isinstance(leaf, TensorInput) else np.shape(leaf))


def _kind(leaf: Any) -> str:
    """Arrays of whole numbers are places and labels."""
    if isinstance(leaf, TensorInput):
        return leaf.kind
    dtype = getattr(leaf, "dtype", None)
    return "integer" if dtype is not None and np.asarray(leaf).dtype.kind in "iu" and np.ndim(leaf) else "real"


REMEMBERED: Final = 64
"""How many of the latest shapes of arguments a tracer knows the way of."""


class Tracer:
    """Traces a function anew at each call, beginning with the way that served arguments of these shapes before.

    `kept` says that one trace stands for several calls, or for several examples.
    """

    def __init__(self, fn: Function, ways: Sequence[Way] = WAYS, kept: bool = False) -> None:
        self._fn, self._ways, self._kept = fn, ways, kept
        self._served: dict[Any, Way] = {}

    def __call__(self, call: Arguments, *, has_aux: bool = False, whole: bool = True) -> Traced:
        shapes = tuple(_shape(call.leaves[k]) for k in (*call.differentiated, *call.data))
        ways = [way for way in self._ways if way.data or call.data or call.counts()]
        if any(isinstance(leaf, TensorInput) for leaf in call.leaves):  # declared as they are to go in
            ways = ways[:1]
        elif not any(shapes):  # numbers as scalars, and as arrays of no axes where they are asked for their shape
            ways = sorted(ways, key=lambda way: way.tensors)
        served = self._served.get(shapes)
        if served in ways:
            ways = [served, *(way for way in ways if way != served)]
        errors: list[Exception] = []
        for way in ways:
            try:
                found = traced(self._fn, call, way, has_aux=has_aux, whole=whole, kept=self._kept)
            except DifferentiationError:
                raise
            except REFUSALS as error:
                errors.append(error)
                continue
            self._served.pop(shapes, None)  # the latest stands last
            self._served[shapes] = way
            while len(self._served) > REMEMBERED:
                self._served.pop(next(iter(self._served)), None)
            return found
        raise self._fn.misfit(call.rebuilt(call.leaves)) or _telling(errors)


def _telling(errors: Sequence[Exception]) -> Exception:
    """Of the errors of all ways the one to show: the last of ours with a line, about more than what has no graph.

    What has a graph on tensors alone has been tried on tensors: then the other error is the cause.
    """
    ours = [error for error in errors if isinstance(error, EdgewiseError)]
    placed = [error for error in ours if error.line]
    placed = [error for error in placed if "edgewise.tensor(" not in (error.hint or "")] or placed
    about = [error for error in placed or ours if not isinstance(error, UnsupportedError)]
    return [*errors, *ours, *placed, *about][-1]
