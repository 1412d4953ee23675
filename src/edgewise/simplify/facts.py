"""What is proved about the sign of each node, for guards. Unknown means unproved, never guessed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from edgewise.ops import CODE, CONST, N_BUILTIN, TABLE, SymbolicConstant

__all__ = ["GUARDS", "node_signs"]

# Bit sets: what a real value of the node (wherever it is defined) is known to be.
POSITIVE, NEGATIVE, ZERO = 1, 2, 4
ANY: Final = POSITIVE | NEGATIVE | ZERO

GUARDS: Final = {"> 0": POSITIVE, ">= 0": POSITIVE | ZERO, "!= 0": POSITIVE | NEGATIVE}
"""A guard holds where the possible signs are among these."""

_ADD, _SUB, _MUL, _DIV, _NEG, _POWER, _WHERE, _MAX, _MIN, _ABS = (
    CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power", "where", "max", "min", "abs")
)
_RANGE: Final = {
    code: {"positive": POSITIVE, "nonnegative": POSITIVE | ZERO}.get(op.range, ANY) for code, op in enumerate(TABLE)
}


def flip(signs: int) -> int:
    """The signs of the negative."""
    return (signs & ZERO) | (NEGATIVE if signs & POSITIVE else 0) | (POSITIVE if signs & NEGATIVE else 0)


def times(a: int, b: int) -> int:
    """The signs that a product may have."""
    found = ZERO if (a | b) & ZERO else 0
    if (a & POSITIVE and b & POSITIVE) or (a & NEGATIVE and b & NEGATIVE):
        found |= POSITIVE
    if (a & POSITIVE and b & NEGATIVE) or (a & NEGATIVE and b & POSITIVE):
        found |= NEGATIVE
    return found


def plus(a: int, b: int) -> int:
    """The signs that a sum may have."""
    if (a | b) & POSITIVE and (a | b) & NEGATIVE:
        return ANY
    found = (a | b) & (POSITIVE | NEGATIVE)
    # A sum of terms of one sign vanishes only where all of them may.
    return found | (a & b & ZERO)


def sign_of(value: Any) -> int:
    """The sign of a constant."""
    number = float(value) if isinstance(value, SymbolicConstant) else value
    return POSITIVE if number > 0 else NEGATIVE if number < 0 else ZERO


def node_signs(code: int, args: Sequence[int], attr: Any, found: Sequence[int]) -> int:
    """The possible signs of one node, from those of its arguments."""
    if code == CONST:
        return sign_of(attr)
    if code >= N_BUILTIN or not args:
        return ANY
    first, second = found[args[0]], found[args[1]] if len(args) > 1 else ANY
    if code == _ADD:
        return plus(first, second)
    if code == _SUB:
        return plus(first, flip(second))
    if code == _MUL:
        return POSITIVE | (first & ZERO) if args[0] == args[1] else times(first, second)
    if code == _DIV:
        return times(first, second & ~ZERO)
    if code == _NEG:
        return flip(first)
    if code == _POWER:
        odd = type(attr) is int and attr % 2 == 1
        return first if odd else POSITIVE | (first & ZERO)
    if code == _WHERE:
        return second | found[args[2]]
    if code in (_MAX, _MIN):
        sure = POSITIVE if code == _MAX else NEGATIVE
        return sure if sure in (first, second) else first | second
    if code == _ABS:
        return POSITIVE | (first & ZERO)
    return _RANGE[code]
