"""A graph written anew: with other nodes in the place of some, or from some nodes up to another."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.built import held
from edgewise.graph.builder import Builder
from edgewise.graph.layout import Layout, Parameter
from edgewise.graph.lines import moved_lines
from edgewise.graph.renumbered import moved_column
from edgewise.graph.tape import IntArray, Tape
from edgewise.ops import CONST, FIRST_TENSOR, INPUT

__all__ = ["PRIVATE", "compacted", "excerpt", "put_in", "rewritten"]

PRIVATE: Final = 0xE000
"""The first of Unicode's characters for private use."""


def rewritten(tape: Tape, instead: Mapping[int, Callable[[Builder, Sequence[int]], int]]) -> tuple[Tape, IntArray]:
    """The graph in which some nodes are made by functions of (builder, new numbers so far), and the map. Linear."""
    builder = Builder.like(tape)
    new: list[int] = []
    attrs, shapes = tape.attrs, tape.shapes
    for i, code, args in tape.rows():
        if i in instead:
            node = instead[i](builder, new)
        else:
            node = builder.nodes.add(code, [new[k] for k in args])
            if i in attrs:
                builder.attrs[node] = attrs[i]
            if i in shapes:
                builder.shapes[node] = shapes[i]
        new.append(node)
    for parameter, nodes in tape.by_parameter():
        builder.parameters[parameter.name] = (parameter, tuple(new[node] for node in nodes))
    moved = np.array(new, dtype=np.int64)
    builder.lines = moved_lines(tape.lines, moved)
    builder.labels.update(moved_column(tape.labels, held(moved)))
    builder.numbering = tape.numbering.moved(moved, len(tape))
    return builder.whole(moved[list(tape.outputs)].tolist(), tape.layout), moved


def put_in(builder: Builder, tape: Tape, feed: Sequence[int], wanted: Sequence[int]) -> dict[int, int]:
    """Write what some nodes of a graph need into another, whose nodes `feed` stand for its inputs; the map. Linear."""
    new = dict(zip(tape.inputs, feed, strict=True))
    live = tape.live(wanted).tolist()
    for node, code, args in tape.rows():
        if not live[node] or node in new:
            continue
        attr: Any = tape.attrs.get(node)
        if code == CONST:
            new[node] = builder.constant(attr)
        else:
            new[node] = builder.add(builder.code(tape.op_of_code(code)), [new[j] for j in args], attr)
    return new


def compacted(tape: Tape, wanted: Sequence[int]) -> tuple[Tape, IntArray]:
    """The graph of what some nodes need, and the map of its nodes."""
    keep = tape.live(wanted)
    new = np.where(keep, np.cumsum(keep) - 1, -1)
    sizes = np.diff(tape.start)
    return Tape(
        ops=tape.ops[keep],
        start=np.concatenate(([0], np.cumsum(sizes[keep]))),
        args=new[tape.args[np.repeat(keep, sizes)]],
        parameters=tape.parameters,
        layout=tape.layout,
        custom=tape.custom,
        **tape.moved(new),
    ), new


def excerpt(tape: Tape, node: int, ends: Callable[[int], bool], most: int) -> tuple[Tape, tuple[int, ...]] | None:
    """One node as a graph of its own: it reads the nodes that `ends` is true of, and inputs. None if over `most` nodes.

    With it come the nodes that its inputs stand for. Their names are Unicode's characters for private use, in the order
    of the nodes, so that none of the user's is meant.

    >>> from edgewise import parse
    >>> from edgewise.graph import node_text
    >>> small, nodes = excerpt(parse("exp(x*y) + sin(x)").tape, 5, lambda i: i in (2, 4), 10)
    >>> nodes, node_text(small, small.outputs[0], names=dict(zip(small.inputs, "pq")))
    ((2, 4), 'exp(p) + q')
    """

    def is_end(i: int) -> bool:
        return bool(tape.ops[i] == INPUT) or ends(i)

    found, todo = {node}, [node]
    while todo:
        i = todo.pop()
        for j in () if is_end(i) else tape.arguments(i):
            if j not in found:
                found.add(j)
                todo.append(j)
        if len(found) > most:
            return None
    order = sorted(found)
    place = {i: k for k, i in enumerate(order)}
    read = [i for i in order if is_end(i)]
    names = {i: chr(PRIVATE + k) for k, i in enumerate(read)}
    args = [() if i in names else tuple(place[j] for j in tape.arguments(i)) for i in order]
    ops = np.array([INPUT if i in names else tape.ops[i] for i in order], dtype=np.uint16)
    # What holds only scalars is a graph of scalars, whatever it is a part of.
    kind = "real" if any(i in tape.shapes for i in order) or (ops >= FIRST_TENSOR).any() else ""
    small = Tape(
        ops=ops,
        start=np.cumsum([0, *map(len, args)]),
        args=np.array([j for row in args for j in row], dtype=np.int64),
        attrs={place[i]: names[i] if i in names else tape.attrs[i] for i in order if i in names or i in tape.attrs},
        inputs=tuple(place[i] for i in read),
        outputs=(place[node],),
        parameters=tuple(Parameter(names[i], tape.shape(i), kind) for i in read),
        layout=Layout("tensor", tape.shape(node)) if tape.shape(node) else Layout(),
        shapes={place[i]: tape.shapes[i] for i in order if i in tape.shapes},
        custom=tape.custom,
    )
    return small, tuple(read)
