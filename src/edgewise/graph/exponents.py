"""Nodes of operations on nodes; a power whose exponent is a number has a row of its own, `power`."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isfinite
from typing import Any

from edgewise.graph.builder import Builder
from edgewise.graph.exact_numbers import exact_number
from edgewise.ops import CODE, CONST, Op, fold_exact

__all__ = ["add_op", "exponent_of"]


def add_op(builder: Builder, op: Op, nodes: Sequence[int], parameter: Any = None) -> int:
    """Append an operation; a constant exponent makes a `power`."""
    if op.name == "pow" and (exponent := _known_exponent(builder, nodes[1])) is not None:
        exponent = exponent_of(exponent)
        if isinstance(exponent, (int, Fraction)) or (type(exponent) is float and isfinite(exponent)):
            return builder.add(CODE["power"], nodes[:1], exponent)
    return builder.add(builder.code(op), nodes, parameter)


def exponent_of(exponent: Any) -> Any:
    """An exponent as it is written into a `power`: 2.0 as 2."""
    if (type(exponent) is float and exponent.is_integer() and abs(exponent) < 2**53) or type(exponent) is bool:
        return int(exponent)
    return exact_number(exponent) if type(exponent) is int else exponent


def _known_exponent(builder: Builder, node: int) -> Any:
    """The number that an exponent is: a constant, or a fraction as it is written, 3/2; None for any other."""
    code, *args = builder.nodes[node]
    if code == CONST:
        return builder.attrs[node]
    if code not in (CODE["div"], CODE["neg"]) or any(builder.nodes[j][0] != CONST for j in args):
        return None
    return fold_exact("neg" if len(args) == 1 else "div", [builder.attrs[j] for j in args])
