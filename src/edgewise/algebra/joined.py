"""Several graphs as one: their outputs as expressions, and a function of these."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from edgewise.errors import InputError, UnsupportedError
from edgewise.graph import MERGING, Builder, Layout, Tape, as_expressions, handle
from edgewise.graph.arrays.outputs import collect
from edgewise.graph.written_anew import put_in

__all__ = ["declared", "frozen", "lifted", "mapped", "only_outputs", "regrouped", "side_by_side"]


def lifted(tape: Tape) -> Any:
    """The outputs as expressions, nested as the graph has them; they are those of a builder of their own."""
    if any(part.pattern is not None for part in tape.layout.parts()):
        raise UnsupportedError(
            "a sparse matrix of derivatives is no expression to compute with", hint="leave sparse= out: a dense one is"
        )
    builder = Builder.of(tape)
    return tape.layout.pack([handle(builder, node) for node in tape.outputs], _array)


def _array(entries: list[Any], shape: Sequence[int]) -> Any:
    return as_expressions(np.fromiter(entries, dtype=object, count=len(entries)).reshape(shape))


def mapped(function: Callable[..., Any], args: Sequence[Any], what: str) -> Tape:
    """The graph of a function of the outputs of graphs, expressions and numbers, output by output.

    Inputs of the same name are one. Where several graphs have several outputs these are nested alike; one output goes
    with each of the others. Raises InputError, which says `what` was asked for, where they are not.
    """
    tapes = [arg for arg in args if isinstance(arg, Tape)]
    with MERGING:
        value = _each(function, [lifted(arg) if isinstance(arg, Tape) else arg for arg in args], what)
        builder, nodes, layout = collect(value)
        return frozen(builder, nodes, layout, [parameter.name for tape in tapes for parameter in tape.parameters])


def frozen(builder: Builder, nodes: Sequence[int], layout: Layout, first: Sequence[str]) -> Tape:
    """The graph of some nodes: with the inputs named first, and then with what else they need."""
    used = [parameter.name for parameter in builder.freeze(nodes, layout)[0].parameters]
    names = [name for name in dict.fromkeys([*first, *used]) if name in builder.parameters]
    grouped = {node for name in names for node in builder.parameters[name][1] if builder.parameters[name][0].shape}
    # What is an entry of a group in one graph may be a scalar in another.
    alone = [
        name for name in names if builder.parameters[name][0].shape or not grouped & {*builder.parameters[name][1]}
    ]
    return builder.freeze(nodes, layout, alone)[0]


def regrouped(made: Tape, like: Tape) -> Tape:
    """A graph with the inputs of another: scalars that are entries of its groups are these, and others come behind."""
    builder = Builder.like(made)
    declared(builder, like)
    nodes = put_in(builder, made, declared(builder, made), made.outputs)
    names = [parameter.name for parameter in like.parameters]
    return frozen(builder, [nodes[node] for node in made.outputs], made.layout, names)


def _each(function: Callable[..., Any], values: list[Any], what: str) -> Any:
    # The depth is that of the containers the user wrote.
    nests: list[Any] = [value for value in values if isinstance(value, (list, tuple, dict))]
    if not nests:
        return function(*values)
    first: Any = nests[0]
    alike = all(type(nest) is type(first) and len(nest) == len(first) for nest in nests)
    if not alike or (isinstance(first, dict) and any(nest.keys() != first.keys() for nest in nests)):
        said = " and ".join(f"a {type(nest).__name__} of {len(nest)}" for nest in nests)
        raise InputError(
            f"{what} of graphs whose outputs are {said}", hint="give graphs with outputs nested alike, or of one output"
        )

    def part(key: Any) -> Any:
        return _each(function, [value[key] if type(value) is type(first) else value for value in values], what)

    if isinstance(first, dict):
        return {key: part(key) for key in first}
    return type(first)(part(k) for k in range(len(first)))


def declared(builder: Builder, tape: Tape) -> list[int]:
    """The nodes of a builder that are the inputs of a graph, by their names; those it has not yet are made."""
    builder.hold(tape)
    feed: list[int] = []
    for parameter in tape.parameters:
        known = builder.parameters.get(parameter.name)
        if known is not None and replace(known[0], sign="") != replace(parameter, sign=""):
            raise InputError(
                f"the input {parameter.name!r} has the shape {known[0].shape} here and {parameter.shape} there",
                hint="rename one of them",
            )
        if parameter.is_tensor:
            feed.append(builder.tensor(parameter.name, parameter.shape, parameter.kind))
        elif parameter.shape:
            feed.extend(builder.group(parameter.name, parameter.shape))
        else:
            feed.append(builder.input(parameter.name))
        if parameter.name in builder.parameters:  # and no entry of a group
            builder.promise(parameter.name, parameter)
    return feed


def only_outputs(tape: Tape, outputs: Sequence[int], layout: Layout) -> Tape:
    """A graph of some of the nodes, with all inputs as they were."""
    builder = Builder.of(tape)
    return builder.freeze(outputs, layout, [parameter.name for parameter in tape.parameters])[0]


def side_by_side(one: Tape, two: Tape) -> tuple[Tape, tuple[Mapping[int, int], Mapping[int, int]]]:
    """A graph with the outputs of two, and where the nodes of each went. Inputs of the same name are one."""
    builder = Builder()
    maps = []
    for tape in (one, two):
        feed = declared(builder, tape)
        maps.append(put_in(builder, tape, feed, range(len(tape))))
    nodes = [places[node] for tape, places in zip((one, two), maps, strict=True) for node in tape.outputs]
    leaves = [Layout("tensor", builder.shapes[node]) if node in builder.shapes else Layout() for node in nodes]
    return builder.whole(nodes, Layout("tuple", (), tuple(leaves))), (maps[0], maps[1])
