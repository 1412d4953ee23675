"""A graph in each way that native code can run: for a number or for a batch, interpreted or optimised."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from edgewise.api.graph import Graph
from edgewise.lower.llvm import compiled_llvm as llvm
from edgewise.lower.llvm.compiled_llvm import NativeCompiled

TIERS = ("number, interpreted", "number, optimised", "batch, interpreted", "batch, optimised")


def flat(value: Any) -> list[float]:
    if isinstance(value, (tuple, list)):
        return [x for item in value for x in flat(item)]
    return [float(x) for x in np.ravel(value)]


def interpreted(graph: Graph) -> NativeCompiled:
    """The graph on the interpreter, for good."""
    kept = llvm.LIMIT
    try:
        llvm.LIMIT = -1
        found = graph.compile("llvm")
    finally:
        llvm.LIMIT = kept
    assert isinstance(found, NativeCompiled)
    return found


def results(graph: Graph, points: Sequence[Sequence[float]]) -> dict[str, list[list[float]]]:
    """The flat results at every point, in every tier. All inputs are scalars."""
    slow, fast = interpreted(graph), graph.compile("llvm")
    assert isinstance(fast, NativeCompiled)
    fast.wait()
    assert (slow.tier, fast.tier) == ("interpreter", "optimised")
    columns = [np.array(column, dtype=float) for column in zip(*points, strict=True)]
    found: dict[str, list[list[float]]] = {}
    for name, f in (("interpreted", slow), ("optimised", fast)):
        found[f"number, {name}"] = [flat(f(*map(float, point))) for point in points]
        leaves: list[Any] = []
        _leaves(f(*columns), leaves)
        found[f"batch, {name}"] = np.stack(leaves, axis=-1).tolist()
    assert slow.vector_kernel()[0] != fast.vector_kernel()[0]
    return found


def _leaves(value: Any, found: list[Any]) -> None:
    if isinstance(value, (tuple, list)):
        for item in value:
            _leaves(item, found)
    else:
        found.append(value)
