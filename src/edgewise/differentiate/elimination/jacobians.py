"""Jacobians in whichever order, and products with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np

from edgewise.differentiate import accumulation
from edgewise.differentiate.derivative import Derivative
from edgewise.differentiate.elimination.edges import whole
from edgewise.differentiate.elimination.eliminate import eliminated_jacobian
from edgewise.differentiate.elimination.explicit import check_order
from edgewise.differentiate.elimination.search import search_steps
from edgewise.differentiate.ledger import Seed
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.orders import Item, count_forward, count_reverse, markowitz, path_graph
from edgewise.differentiate.sweep import count_products
from edgewise.differentiate.wrt import Wrt, with_inputs
from edgewise.errors import DifferentiationError
from edgewise.graph import Parameter, Returns, Tape

__all__ = ["ORDERS", "cheaper_sweeps", "jacobian", "jvp", "vjp", "with_at_most"]

ORDERS = ("auto", "forward", "reverse", "markowitz", "search")

SEARCHED: Final = 20_000
"""The most products of sweeps that are compared with Markowitz's order unasked."""


def jacobian(
    tape: Tape,
    wrt: Wrt,
    results: tuple[Returns, ...],
    order: str | Sequence[Item] = "auto",
    search: Mapping[str, Any] | None = None,
) -> Derivative:
    """The Jacobian, row by row ("reverse"), column by column ("forward"), or by elimination.

    Elimination takes the vertices as Markowitz's rule says, vertices and parts of them as a search finds (`search`
    holds its options), or both in an explicit order. "auto" counts the products of all rows, of all columns and of
    Markowitz's order, and takes the least; sweeps where they are no dearer.
    """
    if isinstance(order, str) and order not in ORDERS:
        raise DifferentiationError(
            f"there is no Jacobian order {order!r}",
            hint=f"use {', '.join(map(repr, ORDERS))}, or a sequence of node numbers",
        )
    if search and order != "search":
        raise DifferentiationError(
            f"the options {', '.join(search)} belong to a search and the order is {order!r:.60}",
            hint='use order="search", or leave them out',
        )
    if order in ("reverse", "forward"):
        return accumulation.jacobian_by_sweeps(tape, wrt, results, order == "reverse")
    graph = path_graph(tape, wrt.nodes)
    if order == "search":
        steps, _ = search_steps(graph, **(search or {}))
    elif not isinstance(order, str):
        steps = check_order(tape, graph, order)
    else:
        rows, columns = count_reverse(graph), count_forward(graph)
        sweeps = min(rows, columns)
        found = markowitz(graph, sweeps.multiplications if order == "auto" else None)
        if order == "auto" and (found is None or found[1] >= sweeps):
            return accumulation.jacobian_by_sweeps(tape, wrt, results, rows <= columns)
        assert found is not None
        steps = whole(found[0])
    return eliminated_jacobian(tape, wrt, results, graph, steps)


def with_at_most(tape: Tape, wrt: Wrt, results: tuple[Returns, ...], most: int) -> Derivative | None:
    """The Jacobian by Markowitz's order, if it takes at most so many products; None if not.

    Of vertices of equal degrees the first are taken or the last, as is better. None as well where so many products are
    too many for a search, and where edges are selected: their zeros are those of sweeps.
    """
    if not 0 < most <= SEARCHED or linearize(tape).selecting.any():
        return None
    graph = path_graph(tape, wrt.nodes)
    found = markowitz(graph, most)
    other = markowitz(graph, most if found is None else found[1].multiplications - 1, last=True)
    if (found := other or found) is None:
        return None
    return eliminated_jacobian(tape, wrt, results, graph, whole(found[0]))


def cheaper_sweeps(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """The Jacobian row by row or column by column, whichever writes fewer products."""
    rows = count_products(tape, [Seed(s, node) for s, node in enumerate(tape.outputs)], wrt.nodes, reverse=True)
    columns = count_products(tape, [Seed(s, node) for s, node in enumerate(wrt.nodes)], tape.outputs, reverse=False)
    return accumulation.jacobian_by_sweeps(tape, wrt, results, rows <= columns)


def jvp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """The Jacobian-vector product with new inputs `<name>_dot` shaped like the wrt parameters."""
    names = [Parameter(parameter.name + "_dot", parameter.shape) for parameter in wrt.parameters]
    extended, nodes = with_inputs(tape, names)
    return replace(accumulation.jvp(extended, wrt, results, nodes), base=tape, base_nodes=np.arange(len(tape)))


def vjp(tape: Tape, wrt: Wrt, results: tuple[Returns, ...]) -> Derivative:
    """The vector-Jacobian product with one new input for each output: `out_bar`, of the outputs' shape."""
    shape = tape.layout.shape if tape.layout.kind == "array" else (len(tape.outputs),)
    extended, nodes = with_inputs(tape, [Parameter("out_bar", shape)])
    return replace(accumulation.vjp(extended, wrt, results, nodes), base=tape, base_nodes=np.arange(len(tape)))
