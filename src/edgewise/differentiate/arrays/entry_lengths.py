"""Lengths of single entries in a tensor graph that is differentiated twice: abs(x), hypot(x, y), sqrt(x**2 + y**2).

The norm over axes knows the limits of its functions where it is 0. So such a length is the norm over one more axis, on
which its parts stand beside each other, where what arrives at a length in reverse depends on a length.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from math import inf, log2, prod, sqrt
from typing import Any

import numpy as np

from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.root_powers import Made, replaced
from edgewise.differentiate.wrt import Wrt
from edgewise.graph import Builder, Returns, Tape, handle, reached
from edgewise.graph.tensors import tensor_writers as t
from edgewise.ops import CODE, CONST, TENSOR_CODE

__all__ = ["with_norms"]

ADD, MUL, DIV, NEG, POWER, SQRT, ABS, HYPOT = (
    CODE[name] for name in ("add", "mul", "div", "neg", "power", "sqrt", "abs", "hypot")
)
STEEP = frozenset(CODE[name] for name in ("sqrt", "cbrt", "log", "xlogy"))
ALONG = frozenset(CODE[name] for name in ("add", "sub", "neg", "hypot"))
ADDING, MULTIPLYING = frozenset([ADD]), frozenset([MUL, NEG])
NORM = TENSOR_CODE["norm"]
MOST = 512
"""The most factors of a square, and powers of two of a number: what has more is none."""

Parts = list[tuple[tuple[int, ...], float]]
"""Products of nodes, and what they are multiplied by."""


def with_norms(first: Derivative, results: tuple[Returns, ...]) -> tuple[Tape, Wrt, tuple[Returns, ...]]:
    """What was differentiated in reverse, with norms instead of the lengths of entries whose slopes depend on lengths.

    Linear in the nodes.
    """

    def found(tape: Tape) -> Mapping[int, Made]:
        lengths = {i: parts for i in range(len(tape)) if (parts := _parts(tape, i))}
        steep = _steep(tape, set(lengths)) if lengths else []
        if steep:  # a second derivative that is infinite: the zero stays
            below = tape.live(steep)
            lengths = {i: parts for i, parts in lengths.items() if not below[i]}
        if not lengths:
            return {}
        whole, arrived = first.tape, first.table
        depends = np.zeros(len(whole), dtype=bool)
        depends[first.base_nodes[list(lengths)]] = True
        for i, _, args in whole.rows():
            depends[i] |= not whole.op(i).boolean and any(depends[j] for j in args)
        rows = np.flatnonzero(np.isin(first.ledger.consumer, list(lengths)))
        consumers = first.ledger.consumer[rows]
        matter = consumers[depends[arrived.lookup(first.ledger.sweep[rows], consumers)]]
        return {i: _norm(lengths[i], tape.shape(i)) for i in set(matter.tolist())}

    return replaced(first.base, first.wrt, results, found)


def _steep(tape: Tape, zero: set[int]) -> list[int]:
    """What has an infinite second derivative where some nodes are 0, by its form."""
    found = []
    for i, code, args in tape.rows():
        below = [j in zero for j in args]
        if code in STEEP or code == POWER:
            flat = code == POWER and (tape.attrs[i] >= 2 or tape.attrs[i] == 1)
            found += [i] if any(below) and not flat and i not in zero else []
        elif code == DIV and below[1]:
            found.append(i)
        if (code in (MUL, POWER, DIV) and any(below[:1] if code == DIV else below)) or (code in ALONG and all(below)):
            zero.add(i)
    return found


def _parts(tape: Tape, i: int) -> Parts:
    """What a node is the length of; nothing where it is none."""
    code, args = int(tape.ops[i]), tape.arguments(i)
    if code in (ABS, HYPOT):
        return [part for j in args for part in _parts(tape, j) or [((j,), 1.0)]]
    if code == SQRT or (code == POWER and tape.attrs[i] == 0.5):
        return _squares(tape, args[0])
    return []


def _squares(tape: Tape, i: int) -> Parts:
    """What a node is the sum of the squares of; nothing where it is no such sum."""
    found = []
    for term, count in _counted(tape, i, ADDING).items():
        if tape.ops[term] != ADD:
            part = _root(tape, term)
            if part is None:
                return []
            found += [part] if count == 1 else [(part[0], part[1] * sqrt(count))]
    return found


def _root(tape: Tape, i: int) -> tuple[tuple[int, ...], float] | None:
    """What a product is the square of: factors that stand in it an even number of times, and a positive number."""
    size, counts = 1.0, Counter[int]()
    for factor, count in _counted(tape, i, MULTIPLYING).items():
        code, attr = int(tape.ops[factor]), tape.attrs.get(factor)
        if code == NEG:
            size *= (-1) ** (count % 2)
        elif code == CONST and isinstance(attr, (int, float)):
            size *= float(attr) ** count if abs(count * log2(abs(attr) or 1)) < MOST else inf
        elif code == POWER and type(attr) is int and attr > 0:
            counts[tape.arguments(factor)[0]] += attr * count
        elif code != MUL:
            counts[factor] += count
    if not 0 < size < inf or not 0 < counts.total() <= MOST or any(count % 2 for count in counts.values()):
        return None
    return tuple(j for j, count in sorted(counts.items()) for _ in range(count // 2)), sqrt(size)


def _counted(tape: Tape, i: int, through: frozenset[int]) -> dict[int, int]:
    """How often each node stands in a sum, or product, taken apart at some operations. Linear, whatever is shared."""
    inside = sorted(reached([i], lambda j: tape.arguments(j) if tape.ops[j] in through else ()))
    counts = dict.fromkeys(inside, 0)
    counts[i] = 1
    for j in reversed(inside):
        for k in tape.arguments(j) if tape.ops[j] in through else ():
            counts[k] += counts[j]
    return counts


def _norm(parts: Parts, shape: Any) -> Made:
    def made(builder: Builder, new: Any) -> int:
        entries = [prod(handle(builder, new[j]) for j in nodes) for nodes, _ in parts]
        scaled = [x if scale == 1 else x * scale for x, (_, scale) in zip(entries, parts, strict=True)]
        stacked = t.stack([t.broadcast_to(x, shape) for x in scaled], axis=-1)
        return builder.add(NORM, (stacked._node,), (-1,))

    return made
