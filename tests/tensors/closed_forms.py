"""Our derivative of a published identity, and the number of operations in a formula."""

from __future__ import annotations

from typing import Any

from identity import Identity

import edgewise as ew
from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT, TENSOR_CODE

__all__ = ["operations", "ours", "published_operations"]


def ours(row: Identity) -> Any:
    """The simplified derivative graph of the row's function."""
    G = ew.parse(row.text, shapes=row.shapes)
    return getattr(G, row.kind)(wrt=[row.wrt]).simplify()


def operations(tape: Tape) -> int:
    """The operation nodes that the outputs need, inputs and numbers aside.

    A contraction of k arguments counts as the k - 1 products it stands for; a trace is a diagonal and a sum.

    >>> [operations(ew.parse(text, shapes="A: n,n").tape) for text in ("2 * A.T @ A", "trace(A @ A)")]
    [3, 3]
    """
    live = tape.live(tape.outputs)
    count = 0
    for node, code, args in tape.rows():
        if live[node] and code not in (CONST, INPUT):
            count += max(1, len(args) - 1) if code == TENSOR_CODE["contract"] else 1
    return count


def published_operations(row: Identity) -> int:
    """The operation nodes of the published formula as it is written: what it repeats counts each time."""
    return operations(ew.parse(row.published, shapes=row.shapes).tape)
