"""Roots of sums of squares: lengths and distances, whose gradient at 0 is the subgradient of least norm, 0.

sqrt has the slope ∞ at 0, and 0 · ∞ would make the gradient of sqrt(x**2 + y**2) NaN at the origin. Where the argument
is a sum of squares by its form, its own slope is exactly 0 wherever it is 0: nothing flows along that edge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from edgewise.graph import IntArray, Tape, code_table
from edgewise.ops import CODE, CONST, INPUT, TENSOR_CODE, SymbolicConstant

__all__ = ["roots", "roots_of_squares"]

ADD, MUL, DIV, NEG, POWER = (CODE[name] for name in ("add", "mul", "div", "neg", "power"))
CONTRACT, *VIEWS = (TENSOR_CODE[name] for name in ("contract", "reshape", "index"))
ROOTS = code_table([CODE[name] for name in ("sqrt", "cbrt", "power")])
THROUGH = code_table([ADD, MUL, DIV, NEG, CONTRACT, *VIEWS]).tolist()
"""Operations that are what their arguments are."""
SIZES = tuple(CODE[name] for name in ("abs", "hypot", "relu"))
"""Sizes: nonnegative, and a power above 1 of them is flat where it is 0."""

UNKNOWN, SQUARES, POSITIVE = range(3)
MOST = 16
"""The most factors of which it is known how often they stand in a product."""


class Sign(NamedTuple):
    """What a node is by its form: plus or minus a sum of squares (flat wherever it is 0), or what is positive, times
    what stands in it an odd number of times. `factors` are all that stand in a product, how often."""

    even: int
    odd: frozenset[Any] = frozenset()
    minus: bool = False
    factors: Mapping[Any, int] = MappingProxyType({})

    @property
    def kind(self) -> int:
        """A sum of squares, positive, or nobody knows."""
        return UNKNOWN if self.odd or self.minus else self.even


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
    signs: dict[int, Sign] = {}
    todo = sorted(set(inside))
    while todo:  # what a node is made of comes before it
        i = todo[-1]
        below_it = args[start[i] : start[i + 1]].tolist()
        missing = [j for j in below_it if j not in signs] if THROUGH[ops[i]] and i not in signs else ()
        todo += missing
        if not missing:
            signs[todo.pop()] = _sign(tape, i, ops[i], below_it, signs)
    known = (SQUARES, POSITIVE) if positive else (SQUARES,)
    return np.array([i for i, j in zip(found, inside, strict=True) if signs[j].kind in known], dtype=np.int64)


def _sign(tape: Tape, i: int, code: int, args: list[int], signs: dict[int, Sign]) -> Sign:
    if code == CONST:
        value = tape.attrs[i]
        value = value.value if isinstance(value, SymbolicConstant) else value
        return Sign(SQUARES if value == 0 else POSITIVE, minus=bool(value < 0))
    if code == NEG:
        return signs[args[0]]._replace(minus=not signs[args[0]].minus)
    if code == MUL or (code == DIV and signs[args[1]].kind == POSITIVE):
        one, other = signs[args[0]], signs[args[1]]
        even = SQUARES if SQUARES in (one.even, other.even) or one.odd & other.odd else POSITIVE
        factors = {**one.factors}
        for factor, count in other.factors.items():
            factors[factor] = factors.get(factor, 0) + count
        # A power of one base is not flat by its form alone: its roots are powers (`root_powers`).
        if len(factors) <= MOST and not (len(factors) == 1 and max(factors.values()) > 2):
            return Sign(even, one.odd ^ other.odd, one.minus != other.minus, factors)
    kind = UNKNOWN if code == MUL else _kind(tape, i, code, args, signs)
    # What is alike is so if it was written twice, too.
    own = (code, *args, tape.attrs.get(i)) if args else i
    return Sign(kind) if kind else Sign(POSITIVE, frozenset([own]), factors={own: 1})


def _kind(tape: Tape, i: int, code: int, args: list[int], signs: dict[int, Sign]) -> int:
    """What a node is that is no product."""
    if code == POWER:
        exponent = tape.attrs[i]
        even = type(exponent) is int and exponent > 0 and exponent % 2 == 0
        return SQUARES if even or (exponent > 1 and tape.ops[args[0]] in SIZES) else UNKNOWN
    if code == CONTRACT:
        parts = Counter(zip(args, tape.attrs[i].inputs, strict=True))
        kinds = {SQUARES if count % 2 == 0 else signs[j].kind for (j, _), count in parts.items()}
        return UNKNOWN if UNKNOWN in kinds else min(kinds)
    if code in VIEWS:
        return signs[args[0]].kind
    if code == ADD:
        one, other = signs[args[0]].kind, signs[args[1]].kind
        return UNKNOWN if UNKNOWN in (one, other) else max(one, other)
    positive = code != INPUT and (tape.op(i).range == "positive" or tape.op(i).name == "size")
    return POSITIVE if positive else UNKNOWN
