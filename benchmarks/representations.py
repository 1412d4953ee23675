"""How long a notebook waits until it shows a large graph, and what belongs to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

import edgewise as ew
from measure import best
from question import Bound, Options, Question, Row, View, row


def long(links: int) -> ew.Graph:
    """A traced function of two operations for each link."""

    def function(x: Any, y: Any) -> Any:
        for _ in range(links):
            x = np.sin(x) * y
        return x

    return ew.trace(function, "x", "y")


def wide(entries: int) -> ew.Graph:
    """Many outputs of two inputs, whose Jacobian is written by elimination."""
    return ew.trace(lambda x, y: [np.sin(x * y) * (k + 2) for k in range(entries)], "x", "y")


def things(nodes: int) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What is shown, each of about so many nodes, made anew for each showing where it keeps what it has counted."""
    graph, gradient = long(nodes // 2), long(nodes // 7).gradient()
    simplified = gradient.simplify()
    jacobian = wide(nodes // 8).jacobian(order="markowitz")
    found = graph.evaluate(x=0.5, y=1.0)
    diagonal = graph.hessian_sparsity().of(np.arange(nodes), np.arange(nodes), (nodes, nodes))
    yield "the graph", lambda: graph
    yield "its tape", lambda: graph.tape
    yield "its values", lambda: found
    yield "its cost", graph.cost
    yield "its program", graph.program
    yield "the derivative graph", lambda: gradient
    yield "its ledger", lambda: gradient.edges
    yield "its grad_table", lambda: gradient.grad_table
    yield "its cost, of the derivative", gradient.cost
    yield "its program, of the derivative", gradient.program
    yield "the derivative around an input", lambda: gradient.focus("x")
    yield "the derivative by lines of the source", lambda: gradient.collapse(by="line")
    yield "the derivative simplified", lambda: simplified
    yield "its report", lambda: simplified.report
    yield "a Jacobian by elimination", lambda: jacobian
    yield "a sparsity pattern", lambda: diagonal


def measure(options: Options) -> Iterator[Row]:
    nodes = 2_000 if options.quick else 1_000_000
    for name, make in things(nodes):
        yield row("representations", name, "edgewise", best(lambda make=make: make()._repr_mimebundle_(), 3)[0])


QUESTION = Question(
    "representations",
    "How long until a notebook shows it?",
    "Everything a notebook asks for when a cell ends with the graph (formula, picture, tables and text), of graphs of a"
    " million nodes: the shortest of three, so that what is loaded or compiled once is in no figure.",
    measure,
    (
        View(
            "representations",
            "The rich representation of a graph of a million nodes and of what belongs to it",
            "s",
            "edgewise",
            bounds=(Bound(limit=1.0),),
        ),
    ),
)
