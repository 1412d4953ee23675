"""Multiplications of the Jacobian by vertex elimination: forward, reverse, Markowitz, and what a search finds.

Σ in-degree × out-degree, one vertex for each elementary operation, every edge a scalar; products with 1 and -1 count.
Figures are exact; only how long the search takes depends on the machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import edgewise as ew
from jacobians import JACOBIANS, PUBLISHED
from measure import build
from question import Bound, Options, Question, Row, View, cells, row
from report import shown

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


def measure(options: Options) -> Iterator[Row]:
    build(JACOBIANS[0]).jacobian(order="search", seconds=0.1)  # loads what is compiled once
    for work, task, graph in graphs(2 if options.quick else len(JACOBIANS)):
        cost = graph.jacobian(order="search", seconds=options.search, seed=options.seed).cost()
        found = cost.elimination_multiplications
        simple = {name: cost.eliminations[name].multiplications for name in ("forward", "reverse", "markowitz")}
        assert found is not None and found <= min(simple.values()) and found == cost.products
        yield row("elimination", work, "search", found)
        for name, count in simple.items():
            yield row("elimination", work, name.replace("markowitz", "Markowitz"), count)
        if work in PUBLISHED:
            yield row("elimination", work, "AlphaGrad", PUBLISHED[work])
        yield row("elimination", work, "additions of the search", cost.elimination_additions)
        if task in (ROE, ARM):
            for seconds in (t for t in TIMES if t < options.search):
                early = graph.jacobian(order="search", seconds=seconds, seed=options.seed).cost()
                yield row("search", work, "search", early.elimination_multiplications, at=seconds)
            yield row("search", work, "search", found, at=options.search)


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
            aside=("additions of the search",),
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
    ),
)
