"""Graphs as callables: each distinct graph is compiled once."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from edgewise.api.graph import Graph
from edgewise.errors import UnsupportedError
from edgewise.graph import Layout, Tape
from edgewise.lower import better_in_scalars
from edgewise.ops import FIRST_TENSOR, number_key

__all__ = ["compiled_derivatives", "compiled_values", "key_of", "rows_of", "split_outputs"]

HELD: Final = 512
"""How many compiled graphs are kept; the one that was not called for longest goes first."""


def key_of(tape: Tape) -> tuple[Any, ...]:
    """What tells one graph from another: its columns. Where the user wrote it does not matter.

    >>> from edgewise import parse
    >>> key_of(parse("2*x").tape) == key_of(parse("2*x").tape), key_of(parse("2*x").tape) == key_of(parse("2.0*x").tape)
    (True, False)
    """
    attrs = tuple(
        (node, value if tape.ops[node] >= FIRST_TENSOR or isinstance(value, str) else number_key(value))
        for node, value in sorted(tape.attrs.items())
    )
    columns = tape.ops.tobytes(), tape.start.tobytes(), tape.args.tobytes()
    shapes = tuple(sorted(tape.shapes.items()))
    return (*columns, attrs, shapes, tape.inputs, tape.outputs, tape.parameters, tape.layout, tape.custom)


_held: OrderedDict[Any, Any] = OrderedDict()
_lock = threading.Lock()


def _once(key: Any, make: Callable[[], Any]) -> Any:
    """What is held for a key, made where it is not: by a graph, so that a function that is derived anew finds it."""
    with _lock:
        if key in _held:
            _held.move_to_end(key)
            return _held[key]
    made = make()
    with _lock:
        _held[key] = made
        while len(_held) > HELD:
            _held.popitem(last=False)
    return made


def compiled_values(tape: Tape) -> Callable[[Sequence[Any]], list[Any]]:
    """A callable of the graph's inputs: the value of each output."""

    def make() -> Callable[[Sequence[Any]], list[Any]]:
        run = _fitting(tape, 1).simplify().compile()
        return lambda leaves: [_plain(value) for value in run(*leaves)]

    return _once(("value", key_of(tape)), make)  # type: ignore[no-any-return]


def compiled_derivatives(
    tape: Tape, kind: str, wrt: Sequence[str], values: int
) -> Callable[[Sequence[Any]], tuple[list[Any], dict[str, Any]]]:
    """A callable of the graph's inputs: the value of each output, and the derivatives of the first `values`.

    These come as rows: "first" has one for each output with a part for each name in `wrt`, "second" (of a Hessian)
    one for each name.
    """
    return _once(  # type: ignore[no-any-return]
        (kind, tuple(wrt), values, key_of(tape)), lambda: _derivatives(tape, kind, wrt, values)
    )


def _derivatives(tape: Tape, kind: str, wrt: Sequence[str], values: int) -> Any:
    own, rest = split_outputs(tape, values, single=kind != "jacobian")
    columns = sum(p.size if not p.is_tensor else int(np.prod(p.shape)) for p in tape.parameters if p.name in wrt)
    graph = _fitting(own, 1 if kind == "gradient" else max(1, columns))
    # Stable forms are seen best before the derivative hides them.
    derived = getattr(graph.simplify(), kind)(list(wrt)).simplify().compile()
    more = None if rest is None else _fitting(rest, 1).simplify().compile()

    def run(leaves: Sequence[Any]) -> tuple[list[Any], dict[str, Any]]:
        found = derived(*leaves)
        own_values, blocks = rows_of(kind, found, len(wrt))
        beside = [] if more is None else list(more(*leaves))
        return [_plain(value) for value in (*own_values, *beside)], blocks

    return run


def rows_of(kind: str, results: Sequence[Any], count: int) -> tuple[list[Any], dict[str, Any]]:
    """The outputs, and their derivatives as rows of parts: one part for each of `count` leaves (see `compiling`)."""
    values = list(results[0]) if kind == "jacobian" else [results[0]]
    rows = results[1] if kind == "jacobian" else [results[1]]
    shapes = [np.shape(value) for value in values]
    first = [_parts(row, count, shape) for row, shape in zip(rows, shapes, strict=True)]
    blocks: dict[str, Any] = {"first": first, "second": None}
    if kind == "hessian":
        blocks["second"] = [_parts(row, count) for row in _parts(results[2], count)]
    return values, blocks


def split_outputs(tape: Tape, values: int, single: bool) -> tuple[Tape, Tape | None]:
    """The graph of the first outputs, whose derivatives are wanted, and that of the others, if there are any."""
    children = tape.layout.children
    sizes = [child.size for child in children]
    at = sum(sizes[:values])
    layout = children[0] if single else Layout("list", (), children[:values])
    own = replace(tape, outputs=tape.outputs[:at], layout=layout)
    if len(children) == values:
        return own, None
    return own, replace(tape, outputs=tape.outputs[at:], layout=Layout("list", (), children[values:]))


def _parts(row: Any, count: int, shape: Sequence[Any] = ()) -> list[Any]:
    """The derivatives in each of several leaves: alone, they come bare; of an array in scalars, as one array."""
    if count == 1:
        return [_plain(row)]
    parts = row if isinstance(row, (tuple, list)) else [np.reshape(row[..., k], shape) for k in range(count)]
    return [_plain(part) for part in parts]


def _plain(value: Any) -> Any:
    """A number of NumPy's double precision as Python's."""
    double = isinstance(value, (np.generic, np.ndarray)) and value.dtype == np.float64 and value.shape == ()
    return float(value) if double else value


def _fitting(tape: Tape, columns: int) -> Graph:
    """The graph as it is compiled: entry by entry where that is faster."""
    graph = Graph(tape)
    if not better_in_scalars(tape, columns):
        return graph
    try:
        return graph.scalarize()
    except UnsupportedError:  # places that only the data says
        return graph
