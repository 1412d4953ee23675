"""Piecewise expressions as selections. Where none of the conditions holds they are NaN, as SymPy says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import sympy as sp
from sympy.core.relational import Relational

__all__ = ["pieces"]

NOWHERE = "sqrt(-1 - x**2)"
"""Value and derivatives of every order are NaN wherever x is a number."""


def pieces(
    item: sp.Piecewise, op: Callable[..., Any], formula: Callable[..., Any]
) -> tuple[Sequence[Any], Callable[[list[Any]], Any]]:
    """The parts of a Piecewise, and how it is written on their nodes by operations and formulas.

    What has no value there has no derivative in any of the numbers that values and conditions are made of.
    """
    pairs = [(pair.args[0], pair.args[1]) for pair in item.args]
    if pairs[-1][1] != sp.true and not _covers([condition for _, condition in pairs]):
        pairs.append((sp.nan, sp.true))
    conditions = [condition for _, condition in pairs[:-1]]  # that of the last holds where no other does
    values = [value for value, _ in pairs]
    missing = [value is sp.nan for value in values]
    parts = [value for value in values if value is not sp.nan] + conditions
    read = parts
    if any(missing):
        related = [condition.atoms(Relational) for condition in conditions]
        sides = [side for each in related for found in sorted(each, key=sp.default_sort_key) for side in found.args]
        made_of = dict.fromkeys(part for part in (*parts[: -len(conditions)], *sides) if part.free_symbols)
        read = [*parts, *(made_of or sorted(item.free_symbols, key=sp.default_sort_key))]

    def write(nodes: list[Any]) -> Any:
        given = iter(nodes)
        nowhere = None
        for node in nodes[len(parts) :]:
            gap = formula(NOWHERE, {"x": node})
            nowhere = gap if nowhere is None else op("add", nowhere, gap)
        found = [nowhere if gap else next(given) for gap in missing]
        tests = [next(given) for _ in conditions]
        node = found[-1]
        for value, test in zip(found[-2::-1], tests[::-1], strict=True):
            node = op("where", test, value, node)
        return node

    return read, write


def _covers(conditions: Sequence[Any]) -> bool:
    """Whether one of the conditions holds for all real numbers, as far as SymPy can tell."""
    real = {symbol: sp.Dummy(symbol.name, real=True) for each in conditions for symbol in each.free_symbols}
    try:
        return bool(sp.Or(*(condition.xreplace(real) for condition in conditions)).simplify() == sp.true)
    except (AttributeError, NotImplementedError, TypeError, ValueError):
        return False
