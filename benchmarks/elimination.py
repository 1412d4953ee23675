"""Multiplications of the Jacobian by vertex elimination: forward, reverse, Markowitz, and what a search finds.

Σ in-degree × out-degree, one vertex for each elementary operation, every edge a scalar; products with 1 and -1 count.
Figures are exact; only how long the search takes depends on the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import edgewise as ew
from dominators import dominator_products
from edgewise.differentiate import (
    PathGraph,
    count_forward,
    count_reverse,
    markowitz,
    path_graph,
    search_order,
    search_steps,
)
from jacobians import JACOBIANS, PUBLISHED, layered, woven
from measure import build
from published import ode, pendulum, spherical_harmonics
from question import Bound, Options, Question, Row, View, cells, row
from report import shown
from workloads import mlp

ROE, ARM = JACOBIANS[0].name, JACOBIANS[1].name
LIMITS = {ROE: 295, ARM: 221, f"{ROE}, merged": 272, f"{ARM}, merged": 189}
"""The multiplications that a search is to reach."""

TIMES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0)
"""Seconds of the searches whose best is drawn: each is the beginning of the next, for they have the same seed."""


def graphs(count: int) -> Iterator[tuple[str, str, ew.Graph]]:
    """The first tasks as they are written, then with common subexpressions merged: work, task and graph."""
    for merged in (False, True):
        for workload in JACOBIANS[:count]:
            graph = build(workload)
            name = workload.name
            yield (f"{name}, merged", name, graph.simplify("exact")) if merged else (name, name, graph)


def tasks(options: Options) -> Iterator[tuple[str, PathGraph]]:
    """The linearised graphs, merged, on which the methods are compared."""
    small = [w for w in JACOBIANS if w.size < 12] + [mlp(3, 3, 3)]
    works = small + [layered(5, 5, k) for k in range(4)] + [woven(20 + 2 * k, k) for k in range(8)]
    for workload in works[:2] if options.quick else works:
        graph = build(workload).simplify("exact")
        yield workload.name, path_graph(graph.tape, graph.tape.inputs)
    if options.quick:
        return
    for name, outputs in (
        ("pollution ODE", ode(list(ew.symbols("y", shape=20)))),
        ("spherical harmonics(6)", spherical_harmonics(6, *ew.symbols("x y z"))),
    ):
        graph = ew.graph(outputs).simplify("exact")
        yield name, path_graph(graph.tape, graph.tape.inputs)
    for links in (2, 3) if options.has("sympy") else ():
        task = pendulum(links)
        graph = ew.graph(task.equations, inputs=[s.name for s in task.symbols]).simplify("exact")
        yield f"pendulum({links})", path_graph(graph.tape, [graph.node(s.name) for s in task.states])


def methods(name: str, graph: PathGraph, options: Options) -> Iterator[Row]:
    """What each method makes of one task; `2,000 moves` is annealing for about as long as D* takes."""
    found, seed, seconds = markowitz(graph), options.seed, options.search / 4
    assert found is not None
    counts = {
        "with parts": search_steps(graph, seed=seed, seconds=3 * seconds)[1],
        "whole vertices": search_order(graph, seed=seed, seconds=seconds)[1],
        "2,000 moves": search_order(graph, seed=seed, evaluations=2_000)[1],
        "forward": count_forward(graph),
        "reverse": count_reverse(graph),
        "Markowitz": found[1],
    }
    for who, count in counts.items():
        yield row("methods", name, who, int(count[0]))
    yield row("methods", name, "D*", dominator_products(graph))


def measure(options: Options) -> Iterator[Row]:
    build(JACOBIANS[0]).jacobian(order="search", seconds=0.1)  # loads what is compiled once
    for work, task, graph in graphs(2 if options.quick else len(JACOBIANS)):
        J = graph.jacobian(order="search", seconds=options.search, seed=options.seed)
        cost = J.cost()
        found = cost.elimination_multiplications
        simple = {name: cost.eliminations[name].multiplications for name in ("forward", "reverse", "markowitz")}
        assert found is not None and found <= min(simple.values()) and found == cost.products
        yield row("elimination", work, "search", found)
        for name, count in simple.items():
            yield row("elimination", work, name.replace("markowitz", "Markowitz"), count)
        if work in PUBLISHED:
            yield row("elimination", work, "AlphaGrad", PUBLISHED[work])
        yield row("elimination", work, "additions of the search", cost.elimination_additions)
        yield row("elimination", work, "parts in its order", sum(isinstance(item, tuple) for item in J.order))
        if task in (ROE, ARM):
            for seconds in (t for t in TIMES if t < options.search):
                early = graph.jacobian(order="search", seconds=seconds, seed=options.seed).cost()
                yield row("search", work, "search", early.elimination_multiplications, at=seconds)
            yield row("search", work, "search", found, at=options.search)
    for name, path in tasks(options):
        yield from methods(name, path, options)


def best_so_far(rows: Sequence[Row]) -> list[list[str]]:
    """A line for each work, a column for each time of a search."""
    found = cells(rows, "search")
    times = sorted({at for _, at in found if at is not None})
    lines = [["work", *(shown(at, "s") for at in times)]]
    for work in dict.fromkeys(work for work, _ in found):
        lines.append(
            [work, *(f"{found[work, at]['search']['value']:,}" if (work, at) in found else "–" for at in times)]
        )
    return lines


QUESTION = Question(
    "elimination",
    "How many multiplications does a Jacobian take?",
    "Vertex elimination of the functions in `jacobians.py`: Σ in-degree × out-degree, with one vertex for each"
    " elementary operation. The first two agree with the published counts of forward, reverse and Markowitz"
    " elimination; AlphaGrad's are those of its paper. Merged tasks have common subexpressions merged first, by the"
    " simplification of level exact. Counts are exact; how far a search comes in its time depends on the machine.",
    measure,
    (
        View(
            "elimination",
            "Multiplications of a Jacobian by vertex elimination",
            "multiplications",
            "search",
            kind="relative",
            aside=("additions of the search", "parts in its order"),
            bounds=tuple(Bound(limit=limit, works=(work,)) for work, limit in LIMITS.items()),
        ),
        View(
            "search",
            "The best order so far",
            "multiplications",
            "search",
            kind="lines",
            along="seconds of search",
            compare=False,
            table=best_so_far,
            bounds=tuple(Bound(limit=limit, works=(work,)) for work, limit in LIMITS.items()),
        ),
        View(
            "methods",
            "Whole vertices, parts of vertices, and D*",
            "multiplications",
            "with parts",
            kind="relative",
        ),
    ),
)
