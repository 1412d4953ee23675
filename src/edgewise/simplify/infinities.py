"""Where infinite constants take part in arithmetic: rules that hold for real numbers alone do not hold there."""

from __future__ import annotations

from math import isinf
from typing import Final

import numpy as np

from edgewise.graph import Tape
from edgewise.ops import CODE, CONST

__all__ = ["computes_with_infinity"]

_HANDING_ON: Final = [CODE[n] for n in ("lt", "le", "gt", "ge", "eq", "ne", "where", "min", "max", "clip")]


def computes_with_infinity(tape: Tape) -> bool:
    """Whether an infinite constant is added, multiplied or given to a function, not only compared or selected.

    Then inf - inf and 0*inf must come out as they are written: `x - x` is 0, and sums may be taken apart, only where
    every number is finite.

    >>> from edgewise import parse
    >>> [computes_with_infinity(parse(text).tape) for text in ("max(x, -inf)", "where(x == inf, y, inf)", "x - inf")]
    [False, False, True]
    """
    infinite = [i for i, v in tape.attrs.items() if type(v) is float and isinf(v) and tape.ops[i] == CONST]
    if not infinite:
        return False
    marked = np.zeros(len(tape), dtype=bool)
    marked[infinite] = True
    negated = np.flatnonzero(marked[tape.args] & (tape.ops[tape.edge_consumers()] == CODE["neg"]))
    marked[tape.edge_consumers()[negated]] = True  # a text writes -inf so
    consumers = tape.ops[tape.edge_consumers()[marked[tape.args]]]
    return bool((~np.isin(consumers, [*_HANDING_ON, CODE["neg"]])).any())
