"""Simplification of tensor graphs never makes more work, and what is simplified again gets no more work either.

Work is counted at several lengths of the named dimensions. A stable form may be more work, where others read what it
does without: there accuracy goes first.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from written_models import MODELS, Model, traced

import edgewise as ew
from edgewise.graph.tensors.work import work_at
from edgewise.ops import named_dimensions
from edgewise.simplify.rules import RULES, TENSOR_RULES
from tensor_strategies import NAMED, programs

LENGTHS = (3, 10, 100)
STABLE = {"log-sum-exp", *(rule.name for rule in (*RULES, *TENSOR_RULES) if rule.adds)}


def works(graph: Any) -> list[int]:
    """The work of what the graph returns."""
    tape, live = graph.tape, graph.tape.live([node for result in graph.returns() for node in result.nodes])
    names = {name for shape in set(tape.shapes.values()) for name in named_dimensions(shape)}
    sizes = [dict.fromkeys(names, length) for length in LENGTHS]
    return [sum(work for work, needed in zip(work_at(tape, each), live, strict=True) if needed) for each in sizes]


def check(graph: Any) -> None:
    simplified = graph.simplify()
    again = simplified.simplify()
    counts = [works(each) for each in (graph, simplified, again)]
    for before, after in pairwise(counts):
        if not STABLE & simplified.report.rules.keys():
            assert all(new <= old for old, new in zip(before, after, strict=True)), counts
    if counts[1] == counts[2]:
        assert again.cost().operations <= simplified.cost().operations


@settings(max_examples=40, deadline=None)
@given(programs())
def test_random_graphs_and_their_gradients(program: Callable[..., Any]) -> None:
    G = ew.trace(
        lambda X, A, w, y, c: program(np, X, A, w, y, c), **{k: ew.tensor(*shape) for k, shape in NAMED.items()}
    )
    check(G)
    check(G.gradient())


@settings(max_examples=12, deadline=None)
@given(programs(most=6))
def test_hessians_of_random_graphs(program: Callable[..., Any]) -> None:
    G = ew.trace(
        lambda X, A, w, y, c: program(np, X, A, w, y, c), **{k: ew.tensor(*shape) for k, shape in NAMED.items()}
    )
    check(G.hessian(["X", "w"]))


@pytest.mark.parametrize("row", MODELS, ids=[row.name for row in MODELS])
def test_models_and_their_gradients(row: Model) -> None:
    G = traced(row)
    check(G)
    check(G.gradient([row.wrt]))


@pytest.mark.slow
@pytest.mark.parametrize("row", [row for row in MODELS if row.smooth], ids=[row.name for row in MODELS if row.smooth])
def test_hessians_of_models(row: Model) -> None:
    check(traced(row).hessian([row.wrt]))
