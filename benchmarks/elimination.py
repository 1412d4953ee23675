"""Multiplications of the Jacobian by vertex elimination: forward, reverse, Markowitz, and what a search finds.

    python benchmarks/elimination.py [--seconds 20] [--seed 0] [--out benchmarks/elimination.md]

Σ in-degree × out-degree, one vertex for each elementary operation, every edge a scalar; products with 1 and -1 count.
Figures are exact; only how long the search takes depends on the machine.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from types import SimpleNamespace

import edgewise as ew
from jacobians import JACOBIANS, PUBLISHED
from workloads import Workload

FUNCTIONS = SimpleNamespace(
    **{name: getattr(ew, name) for name in ("exp", "log", "sin", "cos", "sqrt", "abs", "erf", "atan2")}
)


def build(workload: Workload) -> ew.Graph:
    """The graph, one node for each operation that the definition writes."""
    x = ew.symbols("x", shape=workload.size)
    return ew.graph(workload.build(FUNCTIONS, list(x)))


def row(workload: Workload, *, merged: bool, seconds: float, seed: int) -> str:
    graph = build(workload)
    if merged:
        graph = graph.simplify("exact")
    cost = graph.jacobian(order="search", seconds=seconds, seed=seed).cost()
    simple = [cost.eliminations[name].multiplications for name in ("forward", "reverse", "markowitz")]
    found = cost.elimination_multiplications
    assert found is not None and found <= min(simple) and found == cost.products
    published = str(PUBLISHED.get(workload.name, "")) if not merged else ""
    name = workload.name + (", merged" if merged else "")
    cells = (name, *simple, published or "–", f"**{found}**", cost.elimination_additions, f"{min(simple) / found:.2f}")
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0, help="time of each search")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", type=Path, help="write the table to this file too")
    options = parser.parse_args()
    lines = [
        "| work | forward | reverse | Markowitz | AlphaGrad | search | its additions | best simple ÷ search |",
        "|---|---|---|---|---|---|---|---|",
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
