"""What a graph costs edge by edge of 𝒢, and line by line of the user's code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np

from edgewise.differentiate import Derivative, lines_served, rows_served
from edgewise.graph import IntArray, Tape
from edgewise.graph.lines import numbered_lines
from edgewise.ops import bound

__all__ = ["by_edge", "by_line"]

USUAL: Final = 100
"""The length of a named dimension at which polynomials are compared."""


def by_edge(derivative: Derivative | None, work: Mapping[int, Any]) -> dict[str, Any]:
    """The work of nodes, by the edge of 𝒢 that they serve, "parent → consumer"; the most first.

    A node that serves several edges counts for one of them, an edge of several sweeps is one, and the products of an
    elimination, which serve many, are left out.
    """
    if derivative is None:
        return {}
    rows, ledger = rows_served(derivative), derivative.ledger
    edges = list(ledger.rows("consumer position parent"))
    totals = _totals(((edges[row], part) for node, part in work.items() if (row := int(rows[node])) >= 0))
    names, tape = derivative.names.base, derivative.base
    found: dict[str, Any] = {}
    for (consumer, position, parent), total in totals.items():
        again = f" at {position}" if tape.arguments(consumer).count(parent) > 1 else ""
        found[f"{names.symbol(parent)} → {names.symbol(consumer)}{again}"] = total
    return found


def by_line(tape: Tape, derivative: Derivative | None, work: Mapping[int, Any]) -> dict[str, Any]:
    """The work of nodes, by the line of traced code that wrote them or the node whose edge they serve; the most first.

    Nothing where there are no lines.
    """
    orders: list[Derivative] = []  # a Hessian is a derivative of a gradient's graph
    while derivative is not None:
        orders.append(derivative)
        tape, derivative = derivative.base, derivative.below
    lines, names = numbered_lines(tape)
    for order in reversed(orders):
        held = order.held()
        lines = np.where(held >= 0, lines[held], lines_served(order, lines))
        _from_readers(order.tape, lines)
    return _totals((names[line], part) for node, part in work.items() if (line := int(lines[node])) >= 0)


def _from_readers(tape: Tape, lines: IntArray) -> None:
    """Give what has no line, as what simplification wrote for values, that of what reads it."""
    consumers, wanted = tape.edge_consumers(), lines[tape.args] < 0
    for j, i in zip(tape.args[wanted][::-1].tolist(), consumers[wanted][::-1].tolist(), strict=True):
        if lines[j] < 0:
            lines[j] = lines[i]


def _totals(parts: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    """The sum for each key, the largest first, where they are polynomials at usual lengths."""
    sums: dict[Any, Any] = {}
    for key, part in parts:
        sums[key] = sums.get(key, 0) + part
    size = {key: _size(total) for key, total in sums.items()}
    return dict(sorted(sums.items(), key=lambda item: -size[item[0]]))


def _size(total: Any) -> float:
    symbols = getattr(total, "free_symbols", ())
    return float(bound(total, {symbol.name: USUAL for symbol in symbols}) if symbols else total)
