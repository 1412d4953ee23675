"""What is differentiated with respect to: inputs, groups of inputs, or any inner node; and new inputs beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import numpy as np

from edgewise.errors import DifferentiationError, InputError
from edgewise.graph import Layout, Parameter, Tape
from edgewise.ops import INPUT

__all__ = ["Wrt", "names_of", "resolve_wrt", "with_inputs"]


class Wrt(NamedTuple):
    """The chosen nodes in order, flat, and the parameters they came from."""

    nodes: tuple[int, ...]
    parameters: tuple[Parameter, ...]

    @property
    def layout(self) -> Layout:
        return Layout.of_tuple(parameter.layout for parameter in self.parameters)


def resolve_wrt(tape: Tape, wrt: str | int | Sequence[str | int] | None) -> Wrt:
    """Names of inputs or groups, or node numbers, as nodes. None means every input."""
    first = {parameter.name: (parameter, nodes) for parameter, nodes in tape.by_parameter()}
    if wrt is None:
        real = [parameter.name for parameter in tape.parameters if parameter.kind != "integer"]
        return Wrt(tape.inputs, tape.parameters) if len(real) == len(tape.parameters) else resolve_wrt(tape, real)
    single = dict(zip(tape.input_names(), tape.inputs, strict=True))
    nodes: list[int] = []
    parameters: list[Parameter] = []
    for item in [wrt] if isinstance(wrt, (str, int, np.integer)) else wrt:
        if isinstance(item, (int, np.integer)) and not isinstance(item, bool):
            if not 0 <= item < len(tape):
                raise InputError(f"there is no node {item}: the graph has {len(tape)} nodes")
            nodes.append(int(item))
            parameters.append(tape.as_input(int(item), tape.labels.get(int(item), f"u{item}")))
        elif item in first:
            if first[item][0].kind == "integer":
                raise DifferentiationError(
                    f"the input {item!r} holds whole numbers, and nothing is differentiated in it",
                    hint="leave it out, or declare it as a tensor of floats",
                )
            parameters.append(first[item][0])
            nodes.extend(first[item][1])
        elif item in single:
            parameters.append(Parameter(item))
            nodes.append(single[item])
        else:
            parts = item.replace(",", " ").split() if isinstance(item, str) else ()
            several = len(parts) > 1 and all(part in first for part in parts)
            raise InputError(
                f"{item!r} is not an input of the graph",
                hint=f"several are a list, {parts}"
                if several
                else f"its inputs are {', '.join(list(first)[:20]) or 'none'}; an inner node is named by its number",
            )
    return Wrt(tuple(nodes), tuple(parameters))


def names_of(tape: Tape, wrt: Wrt) -> list[str]:
    """The name of each entry of what is differentiated in."""
    names = dict(zip(tape.inputs, tape.input_names(), strict=True))
    return [names.get(node, f"u{node}") for node in wrt.nodes]


def with_inputs(tape: Tape, parameters: Sequence[Parameter]) -> tuple[Tape, tuple[int, ...]]:
    """The graph with more inputs behind its nodes, so that its own numbers stay. Names that are taken get a `_`."""
    taken = {p.name for p in tape.parameters} | set(tape.input_names())
    attrs: dict[int, Any] = {}
    made: list[Parameter] = []
    for parameter in parameters:
        name = parameter.name
        while name in taken:
            name += "_"
        taken.add(name)
        made.append(Parameter(name, parameter.shape))
        for index in np.ndindex(*parameter.shape):
            attrs[len(tape) + len(attrs)] = f"{name}[{','.join(map(str, index))}]" if parameter.shape else name
    nodes = tuple(attrs)
    columns = tape.extended([INPUT] * len(nodes), [0] * len(nodes), [], attrs)
    return replace(tape, **columns, inputs=(*tape.inputs, *nodes), parameters=(*tape.parameters, *made)), nodes
