"""Our derivative of a published identity, and the number of operations in a formula."""

from __future__ import annotations

from functools import cache
from typing import Any

from identity import Identity

import edgewise as ew
from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT, TENSOR_CODE, Contraction

__all__ = ["operations", "ours", "published_operations"]


@cache
def ours(row: Identity) -> Any:
    """The simplified derivative graph of the row's function."""
    G = ew.parse(row.text, shapes=row.declared)
    return getattr(G, row.kind)(wrt=[row.wrt]).simplify()


def operations(tape: Tape) -> int:
    """The operation nodes that the outputs need, inputs and numbers aside.

    A contraction of k arguments counts as the k - 1 products it stands for. A vector
    read as a column (`x[:, None]`) is no operation: matrix notation does not write it.

    >>> [operations(ew.parse(text, shapes="A: n,n; x: n").tape) for text in ("2 * A.T @ A", "trace(A)", "x[:, None]*A")]
    [3, 1, 1]
    """
    live = tape.live(tape.outputs)
    count = 0
    for node, code, args in tape.rows():
        if code == TENSOR_CODE["contract"] and live[node]:
            count += len(args) - 1 if len(args) > 1 else not _only_axes(tape.attrs[node])
        elif code not in (CONST, INPUT) and live[node]:
            count += 1
    return count


def _only_axes(contraction: Contraction) -> bool:
    """Whether axes of length 1 are put in and nothing else is done."""
    added = dict(contraction.sizes)
    kept = "".join(letter for letter in contraction.output if letter not in added)
    return bool(added) and set(added.values()) == {1} and kept == contraction.inputs[0]


def published_operations(row: Identity) -> int:
    """The operation nodes of the published formula as it is written: what it repeats counts each time."""
    return operations(ew.parse(row.published, shapes=row.shapes).tape)
