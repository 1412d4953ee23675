"""What an expression answers who asks it for its truth or its number: with an input in it, it has none yet."""

from __future__ import annotations

from typing import Any

import numpy as np

from edgewise.errors import EdgewiseError, SymbolicBoolError
from edgewise.graph.builder import Builder, user_line
from edgewise.graph.refused import refused
from edgewise.ops import CONST, INPUT, N_BUILTIN, TABLE

__all__ = ["integer_of", "is_condition", "no_index", "number_of", "truth_of"]


def truth_of(expr: Any, builder: Builder, node: int) -> bool:
    """For `bool(x)`."""
    found = _known_value(builder, node)
    if found is not None:
        return found != 0
    raise SymbolicBoolError(
        f"the truth of {expr!r} is not known while the graph is written",
        hint="instead of `if`, `and`, `or`, `in`, `min`, `max` write edgewise.where(condition, a, b), "
        "condition & other, condition | other, edgewise.min(a, b), edgewise.max(a, b)",
        line=user_line(),
    )


def number_of(expr: Any, builder: Builder, node: int) -> float:
    """For `float(x)`."""
    found = _known_value(builder, node)
    if found is not None:
        return found
    raise refused(
        f"{expr!r} is symbolic and has no number yet",
        _truth_hint(builder, node, "float")
        or "use np.exp or edgewise.exp for math.exp, leave float() away, and write x + 1j*y for complex(x, y); write "
        "into an array of floats that the traced function makes, np.zeros(n) or np.array(C) of one from outside",
    )


def integer_of(expr: Any, builder: Builder, node: int) -> int:
    """For `int(x)`."""
    found = _known_value(builder, node)
    if found is not None:
        return int(found)
    raise refused(
        f"{expr!r} is symbolic and has no whole number yet",
        _truth_hint(builder, node, "int")
        or "write np.trunc(x), edgewise.floor(x) or edgewise.round(x) instead of int(x)",
    )


def _known_value(builder: Builder, node: int) -> float | None:
    """The number that a node is which is made of constants alone; None where an input is in it."""
    values: dict[int, float] = {}
    waiting = [node]
    while waiting:
        code, *args = builder.nodes[waiting[-1]]
        if code == INPUT or code >= N_BUILTIN:
            return None
        missing = [j for j in args if j not in values]
        if missing:
            waiting += missing
            continue
        place = waiting.pop()
        if code == CONST:
            values[place] = float(builder.attrs[place])
        elif place not in values:
            op = TABLE[code]
            order = (builder.attrs[place],) if op.parameter else ()
            with np.errstate(all="ignore"):
                values[place] = float(op.value(*[values[j] for j in args], *order))
    return values[node]


def no_index(expr: Any) -> EdgewiseError:
    """For `range(x)` and the like."""
    return refused(
        f"{expr!r} is symbolic, and an index, a length or a range needs a whole number that is known",
        "take numbers for places and loops from outside, or select with np.where(k == i, a, b)",
    )


def is_condition(builder: Builder, node: int) -> bool:
    """Whether a node is a comparison, or made of such."""
    code = builder.nodes[node][0]
    return bool(code < N_BUILTIN and TABLE[code].boolean)


def _truth_hint(builder: Builder, node: int, function: str) -> str:
    """What to write for `float` or `int` of a comparison; empty for any other expression."""
    hint = f"a condition is 0 or 1 where it is calculated with, (x >= 0)*y: leave {function}() away, or write "
    return hint + "np.where(x >= 0, 1.0, 0.0)" if is_condition(builder, node) else ""
