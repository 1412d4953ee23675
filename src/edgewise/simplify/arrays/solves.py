"""Products with an inverse become solutions of linear systems."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from typing import Any, Final, NamedTuple

import numpy as np

from edgewise.graph import Builder, IntArray, Tape, handle
from edgewise.graph.tensors import tensor_writers as t
from edgewise.graph.written_anew import rewritten
from edgewise.ops import TENSOR_CODE, Contraction

__all__ = ["Solved", "with_solves"]

INV, CONTRACT, CHOLESKY = (TENSOR_CODE[name] for name in ("inv", "contract", "cholesky"))

SOLVES: Final = 2
"""An inverse is three factorisations: beyond so many products with it, it is made."""


class Solved(NamedTuple):
    """Where nodes went, and whether any product became a solve."""

    new: IntArray
    any: bool


def with_solves(tape: Tape, roots: Sequence[int], symmetric: Set[int]) -> tuple[Tape, Solved]:
    """The graph with `solve(a, b)` for products of `inv(a)` with vectors and matrices, where nothing else reads it.

    Inverses that are `symmetric` are not transposed. Where a matrix has a factor of Cholesky in the graph, or is one,
    the systems are triangular.
    """
    live = tape.live(roots).tolist()
    factors = {args[0]: i for i, code, args in tape.rows() if code == CHOLESKY and live[i]}
    readers: dict[int, list[int]] = {}
    wanted = set(roots)
    for i, _, args in tape.rows():
        if live[i]:
            for j in args:
                if tape.ops[j] == INV and len(tape.shape(j)) == 2:
                    readers.setdefault(j, []).append(i)
    replaced: dict[int, int] = {}
    for j, consumers in readers.items():
        (matrix,) = tape.arguments(j)
        few = len(consumers) <= SOLVES or matrix in factors or tape.ops[matrix] == CHOLESKY
        if j in wanted or not few or len(set(consumers)) < len(consumers):
            continue
        if all(_solvable(tape, i, j) for i in consumers):
            replaced.update(dict.fromkeys(consumers, j))
    if not replaced:
        return tape, Solved(np.arange(len(tape)), False)

    def solving(i: int, inverse: int) -> Callable[[Builder, Sequence[int]], int]:
        args = tape.arguments(i)
        k = args.index(inverse)
        factor = factors.get(tape.arguments(inverse)[0], i)
        return lambda builder, new: _solve(
            builder, tape.attrs[i], args, k, new, inverse in symmetric, factor if factor < i else None
        )

    whole, moved = rewritten(tape, {i: solving(i, inverse) for i, inverse in replaced.items()})
    return whole, Solved(moved, True)


def _solvable(tape: Tape, node: int, inverse: int) -> bool:
    """Whether a node is the product of an inverse with one vector or matrix."""
    if tape.ops[node] != CONTRACT or len(tape.arguments(node)) != 2:
        return False
    p: Contraction = tape.attrs[node]
    k = tape.arguments(node).index(inverse)
    mine, other = p.inputs[k], p.inputs[1 - k]
    shared = set(mine) & set(other)
    return (
        len(set(mine)) == 2
        and len(shared) == 1
        and p.summed == "".join(shared)
        and len(set(other)) == len(other) <= 2
        and len(p.output) == len(other)
    )


def _solve(
    builder: Builder,
    p: Contraction,
    args: Sequence[int],
    k: int,
    new: Sequence[int],
    symmetric: bool,
    factor: int | None,
) -> int:
    """The product of an inverse as a solve, with transposes where the indices ask for them."""
    matrix = handle(builder, builder.nodes[new[args[k]]][1])
    other: Any = handle(builder, new[args[1 - k]])
    mine, letters = p.inputs[k], p.inputs[1 - k]
    inner = p.summed
    turned = mine[0] == inner and not symmetric

    def solved(b: Any, rank: int) -> Any:
        if factor is not None:
            half = t.solve_triangular(handle(builder, new[factor]), b, True, rank)
            return t.solve_triangular(t.transposed(handle(builder, new[factor])), half, False, rank)
        if builder.nodes[matrix._node][0] == CHOLESKY:
            return t.solve_triangular(t.transposed(matrix) if turned else matrix, b, not turned, rank)
        return t.solve(t.transposed(matrix) if turned else matrix, b, rank)

    if len(letters) == 1:
        return int(solved(other, 1)._node)
    column = letters[1] if letters[0] == inner else letters[0]
    found = solved(other if letters[0] == inner else t.transposed(other), 2)
    return int((found if p.output[1] == column else t.transposed(found))._node)
