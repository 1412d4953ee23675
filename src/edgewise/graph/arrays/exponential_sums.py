"""logsumexp, softmax and log_softmax of arrays of scalar nodes, without overflow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from edgewise.graph.arrays.array import ExprArray, as_expressions
from edgewise.graph.arrays.functions import FUNCTIONS

__all__ = ["log_softmax", "logsumexp", "softmax"]


def _in_pairs(name: str, entries: Sequence[Any]) -> Any:
    """An operation over all entries as a balanced tree, whose rounding grows with the logarithm of their number."""
    level = list(entries)
    while len(level) > 1:
        paired = [FUNCTIONS[name](a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        level = paired + level[len(paired) * 2 :]
    return level[0]


def _over(values: Any, axis: Any, function: Callable[[Sequence[Any]], Any]) -> ExprArray:
    """A function of lists along axes, which stay as axes of length 1."""
    array = as_expressions(values).view(np.ndarray)
    rank = array.ndim
    axes = range(rank) if axis is None else axis if isinstance(axis, tuple) else (axis,)
    gone = sorted(k % rank for k in axes)
    kept = [k for k in range(rank) if k not in gone]
    rows = array.transpose(kept + gone).reshape([*(array.shape[k] for k in kept), -1])
    found = np.empty(rows.shape[:-1], dtype=object)
    for place in np.ndindex(found.shape):
        found[place] = function(rows[place].tolist())
    return found.reshape([1 if k in gone else array.shape[k] for k in range(rank)]).view(ExprArray)


def logsumexp(x: Any, axis: Any = None, keepdims: bool = False) -> Any:
    """log Σ exp(x) over axes: by twos, so that no maximum is subtracted and none is differentiated."""
    found = _over(x, axis, lambda row: _in_pairs("logaddexp", row))
    return found if keepdims else np.squeeze(found, axis)


def _shifted(x: Any, axis: Any) -> Any:
    # Of large entries that are nearly equal, the differences are exact where x - logsumexp(x) is not.
    return as_expressions(x) - _over(x, axis, lambda row: _in_pairs("max", row))


def softmax(x: Any, axis: Any = None) -> Any:
    """exp(x) over its sum along axes."""
    exponentials = np.exp(_shifted(x, axis))
    return exponentials / np.sum(exponentials, axis=axis, keepdims=True)


def log_softmax(x: Any, axis: Any = None) -> Any:
    """The logarithm of softmax."""
    shifted = _shifted(x, axis)
    return shifted - np.log(np.sum(np.exp(shifted), axis=axis, keepdims=True))
