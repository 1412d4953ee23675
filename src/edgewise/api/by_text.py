"""A node by the formula that it was written as: `B.of("x*y", "exp(x*y)")`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.errors import EdgewiseError
from edgewise.frontends.text import parse
from edgewise.frontends.text_tensors import parse_tensors
from edgewise.graph import Tape
from edgewise.graph.names import Names
from edgewise.ops import CONST, INPUT, N_BUILTIN, number_key

__all__ = ["node_of_text"]

LONG = 2000
"""The most characters of a formula that is looked for."""


def node_of_text(names: Names, text: str) -> int | None:
    """The first node that computes a formula in the names of nodes; None where there is none, or it is no formula.

    What a commutative operation takes may stand in either order.

    >>> from edgewise import parse
    >>> names = parse("c = x*y; exp(c) + sin(x)").tape.names
    >>> [node_of_text(names, text) for text in ("y*x", "exp(c)", "exp(x * y)", "x + y")]
    [2, 3, 3, None]
    """
    tape = names.tape
    if len(text) > LONG:
        return None
    words = re.findall(r"[^\W\d]\w*", text)
    spoken = {word: node for word in words if (node := names.find(word)) is not None}
    try:
        small = _parsed(tape, text, spoken)
    except EdgewiseError:
        return None
    if len(small.outputs) != 1:
        return None
    known: dict[Any, int] = {}
    for i, code, args in tape.rows():
        if code != INPUT:
            known.setdefault(_key(tape, i, args), i)
    found: list[int] = []
    for i, code, args in small.rows():
        given = [found[j] for j in args]
        place = names.find(str(small.attrs[i])) if code == INPUT else known.get(_key(small, i, given))
        if place is None:
            if i == small.outputs[0] or code != CONST:
                return None
            place = -1  # a number that is part of nothing here
        found.append(place)
    return found[small.outputs[0]]


def _parsed(tape: Tape, text: str, spoken: dict[str, int]) -> Tape:
    if any(parameter.is_tensor for parameter in tape.parameters):
        return parse_tensors(text, {word: tape.shape(node) for word, node in spoken.items()})
    return parse(text, groups={p.name: p.shape for p in tape.parameters if p.shape})


def _key(tape: Tape, node: int, args: Sequence[int]) -> Any:
    """What two nodes of the same value have in common."""
    op, attr = tape.op(node), tape.attrs.get(node)
    if tape.ops[node] < N_BUILTIN and attr is not None:
        attr = number_key(attr)
    elif isinstance(attr, np.ndarray):
        attr = attr.tobytes()
    return op.name, tuple(sorted(args) if op.commutative else args), repr(attr)
