"""A graph written anew with other nodes in the place of some."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from edgewise.graph.builder import Builder
from edgewise.graph.tape import IntArray, Tape

__all__ = ["rewritten"]


def rewritten(tape: Tape, instead: Mapping[int, Callable[[Builder, Sequence[int]], int]]) -> tuple[Tape, IntArray]:
    """The graph in which some nodes are made by functions of (builder, new numbers so far), and the map. Linear."""
    builder = Builder()
    builder.tensors, builder.fast = tape.has_tensors, False
    for op in tape.custom:
        builder.code(op)
    new: list[int] = []
    for i, code, args in tape.rows():
        if i in instead:
            node = instead[i](builder, new)
        else:
            node = len(builder.nodes)
            builder.nodes.append((code, *(new[k] for k in args)))
            if i in tape.attrs:
                builder.attrs[node] = tape.attrs[i]
            if i in tape.shapes:
                builder.shapes[node] = tape.shapes[i]
        if i in tape.labels:
            builder.labels[node] = tape.labels[i]
        if i in tape.lines:
            builder.lines[node] = tape.lines[i]
        new.append(node)
    first = 0
    for parameter in tape.parameters:
        nodes = tape.inputs[first : first + parameter.size]
        first += parameter.size
        builder.parameters[parameter.name] = (parameter, tuple(new[node] for node in nodes))
    moved = np.array(new, dtype=np.int64)
    return builder.whole(moved[list(tape.outputs)].tolist(), tape.layout), moved
