"""Roots of sums of squares: lengths and distances, whose gradient at 0 is the subgradient of least norm, 0.

sqrt has the slope ∞ at 0, and 0 · ∞ would make the gradient of sqrt(x**2 + y**2) NaN at the origin. Where the argument
is a sum of squares by its form, its own slope is exactly 0 wherever it is 0: nothing flows along that edge.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np

from edgewise.graph import IntArray, Tape, code_table
from edgewise.ops import CODE, CONST, INPUT, TENSOR_CODE, SymbolicConstant

__all__ = ["roots", "roots_of_squares"]

ADD, MUL, DIV, POWER = (CODE[name] for name in ("add", "mul", "div", "power"))
CONTRACT, *VIEWS = (TENSOR_CODE[name] for name in ("contract", "reshape", "index"))
ROOTS = code_table([CODE[name] for name in ("sqrt", "cbrt", "power")])
THROUGH = code_table([ADD, MUL, DIV, CONTRACT, *VIEWS]).tolist()
"""Operations that are what their arguments are."""
SIZES = tuple(CODE[name] for name in ("abs", "hypot", "relu"))
"""Sizes: nonnegative, and a power above 1 of them is flat where it is 0."""

UNKNOWN, SQUARES, POSITIVE = range(3)


def roots(tape: Tape) -> list[int]:
    """The roots, and powers whose exponents are not written as integers."""
    return [i for i in np.flatnonzero(ROOTS[tape.ops]).tolist() if type(tape.attrs.get(i)) is not int]


def roots_of_squares(tape: Tape, below: float = 1, *, positive: bool = False) -> IntArray:
    """The nodes that are roots of a sum of squares, which may be 0: powers of it up to an exponent.

    With `positive` those of what is positive by its form are among them.
    """
    columns: tuple[Any, ...] = tape.ops, tape.start, tape.args
    ops, start, args = [memoryview(column) for column in columns]
    attrs = tape.attrs
    found = [i for i in np.flatnonzero(ROOTS[tape.ops]).tolist() if ops[i] != POWER or 0 < attrs[i] < below]
    inside = [args[start[i]] for i in found]
    kind: dict[int, int] = {}
    todo = sorted(set(inside))
    while todo:  # what a node is made of comes before it
        i = todo[-1]
        below_it = args[start[i] : start[i + 1]].tolist()
        missing = [j for j in below_it if j not in kind] if THROUGH[ops[i]] and i not in kind else ()
        todo += missing
        if not missing:
            kind[todo.pop()] = _kind(tape, i, ops[i], below_it, kind)
    known = (SQUARES, POSITIVE) if positive else (SQUARES,)
    return np.array([i for i, j in zip(found, inside, strict=True) if kind[j] in known], dtype=np.int64)


def _kind(tape: Tape, i: int, code: int, args: list[int], kind: dict[int, int]) -> int:
    """What a node is by its form: a sum of squares (flat wherever it is 0), positive, or nobody knows."""
    if code == CONST:
        value = tape.attrs[i]
        value = value.value if isinstance(value, SymbolicConstant) else value
        return POSITIVE if value > 0 else SQUARES if value == 0 else UNKNOWN
    if code == POWER:
        exponent = tape.attrs[i]
        even = type(exponent) is int and exponent > 0 and exponent % 2 == 0
        return SQUARES if even or (exponent > 1 and tape.ops[args[0]] in SIZES) else UNKNOWN
    if code == MUL and args[0] == args[1]:
        return SQUARES
    if code == CONTRACT:
        parts = Counter(zip(args, tape.attrs[i].inputs, strict=True))
        kinds = {SQUARES if count % 2 == 0 else kind[j] for (j, _), count in parts.items()}
        return UNKNOWN if UNKNOWN in kinds else min(kinds)
    if code in VIEWS:
        return kind[args[0]]
    if code in (ADD, MUL, DIV):
        one, other = kind[args[0]], kind[args[1]]
        if UNKNOWN in (one, other) or (code == DIV and other == SQUARES):
            return UNKNOWN
        return max(one, other) if code == ADD else min(one, other)
    positive = code != INPUT and (tape.op(i).range == "positive" or tape.op(i).name == "size")
    return POSITIVE if positive else UNKNOWN
