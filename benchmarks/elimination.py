"""Multiplications of the Jacobian by elimination: forward, reverse, Markowitz, and what a search finds.

    python benchmarks/elimination.py [--seconds 20] [--seed 0] [--out benchmarks/elimination.md]
    python benchmarks/elimination.py --methods [--seconds 5]

The second sets whole vertices, parts of vertices (edges and faces) and D* side by side, on more tasks.
Σ in-degree × out-degree, one vertex for each elementary operation, every edge a scalar; products with 1 and -1 count.
Figures are exact; only how long the search takes depends on the machine.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

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
from published import ode, pendulum, spherical_harmonics
from workloads import Workload, mlp

FUNCTIONS = SimpleNamespace(
    **{name: getattr(ew, name) for name in ("exp", "log", "sin", "cos", "tanh", "sqrt", "abs", "erf", "atan2")}
)


def build(workload: Workload) -> ew.Graph:
    """The graph, one node for each operation that the definition writes."""
    x = ew.symbols("x", shape=workload.size)
    return ew.graph(workload.build(FUNCTIONS, list(x)))


def row(workload: Workload, *, merged: bool, seconds: float, seed: int) -> str:
    graph = build(workload)
    if merged:
        graph = graph.simplify("exact")
    J = graph.jacobian(order="search", seconds=seconds, seed=seed)
    cost = J.cost()
    simple = [cost.eliminations[name].multiplications for name in ("forward", "reverse", "markowitz")]
    found = cost.elimination_multiplications
    assert found is not None and found <= min(simple) and found == cost.products
    published = str(PUBLISHED.get(workload.name, "")) if not merged else ""
    name = workload.name + (", merged" if merged else "")
    parts = sum(isinstance(item, tuple) for item in J.order)
    ratio = f"{min(simple) / found:.2f}"
    cells = (name, *simple, published or "–", f"**{found}**", parts, cost.elimination_additions, ratio)
    return "| " + " | ".join(map(str, cells)) + " |"


def tasks() -> Iterator[tuple[str, PathGraph]]:
    """The linearised graphs on which the methods are compared."""
    small = [w for w in JACOBIANS if w.size < 12] + [mlp(3, 3, 3)]
    for workload in small + [layered(5, 5, k) for k in range(4)] + [woven(20 + 2 * k, k) for k in range(8)]:
        graph = build(workload).simplify("exact")
        yield workload.name, path_graph(graph.tape, graph.tape.inputs)
    for name, outputs in (
        ("pollution ODE", ode(list(ew.symbols("y", shape=20)))),
        ("spherical harmonics(6)", spherical_harmonics(6, *ew.symbols("x y z"))),
    ):
        graph = ew.graph(outputs).simplify("exact")
        yield name, path_graph(graph.tape, graph.tape.inputs)
    for links in (2, 3):
        task = pendulum(links)
        graph = ew.graph(task.equations, inputs=[s.name for s in task.symbols]).simplify("exact")
        yield f"pendulum({links})", path_graph(graph.tape, [graph.node(s.name) for s in task.states])


def methods(name: str, graph: PathGraph, seconds: float, seed: int) -> str:
    """What each method makes of one task; "2,000 moves" is a search over whole vertices that is cut short."""
    found = markowitz(graph)
    assert found is not None
    counts = (
        count_forward(graph),
        count_reverse(graph),
        found[1],
        (dominator_products(graph),),
        search_order(graph, seed=seed, evaluations=2_000)[1],
        search_order(graph, seed=seed, seconds=seconds)[1],
        search_steps(graph, seed=seed, seconds=3 * seconds)[1],
    )
    return "| " + " | ".join([name, *(str(count[0]) for count in counts)]) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="time of each search")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--methods", action="store_true", help="compare methods on more tasks instead")
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    options = parser.parse_args()
    if options.methods:
        print("| work, merged | forward | reverse | Markowitz | D* | 2,000 moves | whole vertices | with parts |")
        print("|---|---|---|---|---|---|---|---|")
        for name, graph in tasks():
            print(methods(name, graph, options.seconds, options.seed), flush=True)
        return
    lines = [
        "| work | forward | reverse | Markowitz | AlphaGrad | search | parts | its additions | best simple ÷ search |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    print("\n".join(lines), flush=True)
    for merged in (False, True):
        for workload in JACOBIANS:
            lines.append(row(workload, merged=merged, seconds=options.seconds, seed=options.seed))
            print(lines[-1], flush=True)
    if options.out:
        head = f"{options.seconds:g} s for each search, seed {options.seed}.\n\n"
        options.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
