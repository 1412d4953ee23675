"""Something else in the place of inputs and inner nodes, all at once; what then is known is computed, exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from edgewise.algebra.joined import declared, frozen
from edgewise.algebra.known_values import with_known_values
from edgewise.errors import ShapeError
from edgewise.graph import Builder, Layout, Tape
from edgewise.graph.written_anew import put_in
from edgewise.ops import (
    CONST,
    INPUT,
    TENSOR_CODE,
    bound,
    dimension,
    named_dimensions,
    shape_text,
    solve_dimensions,
)

__all__ = ["substituted"]

SIZE: Final = TENSOR_CODE["size"]


def substituted(tape: Tape, instead: Mapping[int, Any]) -> Tape:
    """The graph with numbers, arrays or the outputs of graphs in the place of some nodes, all at once. Linear.

    The inputs that are left stay in their order; those that the new parts bring come behind. With numbers among the new
    parts, what depends on no input any more is computed: see `with_known_values`. A group that loses some of its
    entries is scalar inputs from then on.
    """
    gone = {node for node in instead if tape.ops[node] == INPUT}
    builder, lengths = Builder.like(tape), _lengths(tape, instead)
    left: list[str] = []
    new: dict[int, int] = {}
    for parameter, nodes in tape.by_parameter():
        left.append(parameter.name)  # also what is gone may come again, in a formula
        if gone.isdisjoint(nodes):
            made: Sequence[int]
            if parameter.is_tensor:
                made = [builder.tensor(parameter.name, _sized(parameter.shape, lengths), parameter.kind)]
            elif parameter.shape:
                made = builder.group(parameter.name, parameter.shape)
            else:
                made = [builder.input(parameter.name)]
            builder.promise(parameter.name, parameter)
            new.update(zip(nodes, made, strict=True))
            continue
        for node in nodes:
            if node not in gone:
                name = tape.attrs[node]
                left.append(name)
                new[node] = builder.input(name)
                builder.promise(name, parameter)
    for node, value in instead.items():
        new[node] = _written(builder, value)
        found, wanted = builder.shapes.get(new[node], ()), _sized(tape.shape(node), lengths)
        if found != wanted:
            what = tape.attrs[node] if tape.ops[node] == INPUT else f"node {node}"
            raise ShapeError(
                f"{what} has the shape {shape_text(wanted)} and what comes in its place has {shape_text(found)}",
                hint="give something of its shape; named dimensions stay named",
            )
    live = tape.live(tape.outputs).tolist()
    for node, code, args in tape.rows():
        if node in new or not live[node]:
            continue
        attr: Any = _sized(tape.attrs.get(node), lengths)
        if code in (CONST, SIZE):
            new[node] = builder.constant(attr)
        else:
            new[node] = builder.add(builder.code(tape.op_of_code(code)), [new[j] for j in args], attr)
    builder.labels.update((new[node], label) for node, label in tape.labels.items() if node in new)
    whole = frozen(builder, [new[node] for node in tape.outputs], _layout(tape.layout, lengths), left)
    formulas = all(isinstance(value, Tape) and value.inputs for value in instead.values())
    return whole if formulas else with_known_values(whole)


def _lengths(tape: Tape, instead: Mapping[int, Any]) -> dict[str, Any]:
    """The numbers of the named dimensions that arrays in the place of tensors tell; others stand for themselves."""
    told = [
        (parameter.name, parameter.shape, instead[node].shape)
        for parameter, (node, *_) in tape.by_parameter()
        if parameter.is_tensor and isinstance(instead.get(node), np.ndarray)
    ]
    if not told:
        return {}
    every = {name for parameter in tape.parameters for name in named_dimensions(parameter.shape)}
    return {name: dimension(name) for name in every} | solve_dimensions(told)


def _sized(value: Any, lengths: Mapping[str, Any]) -> Any:
    """A shape or parameter with these lengths."""
    return bound(value, lengths) if lengths else value


def _layout(layout: Layout, lengths: Mapping[str, Any]) -> Layout:
    """The nesting with these lengths. The depth is that of the containers the user wrote."""
    if not lengths:
        return layout
    parts = tuple(_layout(part, lengths) for part in layout.children)
    return replace(layout, shape=bound(layout.shape, lengths), children=parts)


def _written(builder: Builder, value: Any) -> int:
    """The node of a number, an array or the one output of a graph."""
    if not isinstance(value, Tape):
        return builder.constant(value)
    feed = declared(builder, value)
    return put_in(builder, value, feed, value.outputs)[value.outputs[0]]
