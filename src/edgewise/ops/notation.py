"""How an operation on already written arguments is written as text, with no more parentheses than needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from edgewise.ops.op import Number, Op, SymbolicConstant

__all__ = ["ATOM", "CONDITIONAL", "INFIX", "POWER", "PRODUCT", "UNARY", "Piece", "at_least", "infix", "number_text"]

# Binding strength, as in Python's grammar.
CONDITIONAL, OR, AND, NOT, COMPARISON, SUM, PRODUCT, UNARY, POWER, ATOM = range(10)

Piece = tuple[str, int]
"""Text and the binding strength of its outermost operator."""

INFIX: Final[dict[str, tuple[str, int, int, int]]] = {
    # operation: (symbol, own strength, least strength of left operand, of right operand)
    "add": (" + ", SUM, SUM, PRODUCT),
    "sub": (" - ", SUM, SUM, PRODUCT),
    "mul": ("*", PRODUCT, PRODUCT, UNARY),
    "div": ("/", PRODUCT, PRODUCT, UNARY),
    # Python's % binds as a product; written as a sum, it is set apart in -(x % y), where -x % y is another number.
    "mod": (" % ", SUM, PRODUCT, UNARY),
    "pow": ("**", POWER, ATOM, POWER),
    "lt": (" < ", COMPARISON, SUM, SUM),
    "le": (" <= ", COMPARISON, SUM, SUM),
    "gt": (" > ", COMPARISON, SUM, SUM),
    "ge": (" >= ", COMPARISON, SUM, SUM),
    "eq": (" == ", COMPARISON, SUM, SUM),
    "ne": (" != ", COMPARISON, SUM, SUM),
    "and": (" and ", AND, AND, NOT),
    "or": (" or ", OR, OR, AND),
}


def at_least(piece: Piece, strength: int) -> str:
    """The text, in parentheses where its operator binds less than `strength`."""
    return piece[0] if piece[1] >= strength else f"({piece[0]})"


def number_text(value: Number) -> Piece:
    """A constant as the formula language writes it."""
    if isinstance(value, (bool, SymbolicConstant)):
        return repr(value), ATOM
    if isinstance(value, float):
        text = repr(value)
    elif value.denominator == 1:
        text = _digits(value.numerator)
    else:
        text = f"{_digits(value.numerator)}/{_digits(value.denominator)}"
    if "/" in text:
        return text, PRODUCT
    return text, UNARY if text.startswith("-") else ATOM


def _digits(value: int) -> str:
    """Python writes no integers of more than 4300 digits, and nobody reads them."""
    return str(value) if value.bit_length() <= 10_000 else hex(value)


def infix(op: Op, args: Sequence[Piece], parameter: Any = None) -> Piece:
    """The text of one operation in the formula language, which is also how Python spells it.

    >>> from edgewise.ops import OPS
    >>> infix(OPS["mul"], [("a + b", SUM), ("c", ATOM)])
    ('(a + b)*c', 6)
    """
    if op.name in INFIX:
        symbol, own, left, right = INFIX[op.name]
        return f"{at_least(args[0], left)}{symbol}{at_least(args[1], right)}", own
    if op.name == "neg":
        return f"-{at_least(args[0], PRODUCT)}", SUM if args[0][1] == PRODUCT else UNARY
    if op.name == "not":
        return f"not {at_least(args[0], NOT)}", NOT
    if op.name == "power":
        return f"{at_least(args[0], ATOM)}**{at_least(number_text(parameter), ATOM)}", POWER
    inside = [text for text, _ in args]
    if op.parameter:
        inside.insert(0, number_text(parameter)[0])
    return f"{op.name}({', '.join(inside)})", ATOM
