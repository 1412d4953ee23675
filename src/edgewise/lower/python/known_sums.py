"""Softmax beside a logsumexp of the same tensor: the sum is known, and one exponential is left."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from edgewise.graph import Builder, Returns, Tape, handle
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.written_anew import rewritten
from edgewise.lower.formulas import renumbered
from edgewise.ops import TENSOR_CODE

__all__ = ["with_known_sums"]

SOFTMAX, LOGSUMEXP = TENSOR_CODE["softmax"], TENSOR_CODE["logsumexp"]


def with_known_sums(
    tape: Tape, results: Sequence[Returns], roles: Mapping[int, str]
) -> tuple[Tape, Sequence[Returns], Mapping[int, str]]:
    """The graph with exp(x - logsumexp(x)) for softmax(x) where the logsumexp is computed before it. Linear."""
    live = tape.live([node for result in results for node in result.nodes])
    sums: dict[object, int] = {}
    known: dict[int, int] = {}
    for i in np.flatnonzero(live & ((tape.ops == SOFTMAX) | (tape.ops == LOGSUMEXP))).tolist():
        (x,) = tape.arguments(i)
        if tape.ops[i] == LOGSUMEXP:
            sums.setdefault((x, tape.attrs[i]), i)
        elif (x, (tape.attrs[i],)) in sums:
            known[i] = sums[x, (tape.attrs[i],)]
    if not known:
        return tape, results, roles

    def written(i: int, total: int) -> Callable[[Builder, Sequence[int]], int]:
        def write(builder: Builder, new: Sequence[int]) -> int:
            spread = t.expanded(handle(builder, new[total]), (tape.attrs[i],))
            made: int = t.apply("exp", handle(builder, new[tape.arguments(i)[0]]) - spread)._node
            return made

        return write

    whole, moved = rewritten(tape, {i: written(i, total) for i, total in known.items()})
    return renumbered(whole, moved, results, roles)
