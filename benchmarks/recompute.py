"""Store or recompute: operations against values held at once, as the algorithm writes ℬ and simplified."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence

from measure import build
from question import Options, Question, Row, View, row
from workloads import named

WORK = ("chain(1000)", "esin(200)", "speelpenning(100)", "mlp(8,8,8)", "lennard_jones(8)", "gmm(3,3,12)")
SHARES = (0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0)


def measure(options: Options) -> Iterator[Row]:
    for name in ("chain(20)", "gmm(2,2,3)") if options.quick else WORK:
        written = build(named(name)).gradient()
        for kind, gradient in (("written", written), ("simplified", written.simplify())):
            view = "recompute" if kind == "simplified" else "recompute-written"
            start = time.perf_counter()
            curve = gradient.pareto()
            yield row("curve-seconds", f"{name}, {kind}", "edgewise", time.perf_counter() - start)
            cost = gradient.cost()
            yield row(view, name, "as it stands", cost.operations, at=cost.peak_live)
            for point in curve:
                yield row(view, name, "schedule", point.operations, at=point.peak_live)


def table(rows: Sequence[Row]) -> list[list[str]]:
    """Values held at once when so many more operations are allowed than ℬ has."""
    heads = ["work", "ℬ", "operations", "values held", "+0", *(f"+{share:.0%}" for share in SHARES[1:]), "least"]
    lines = [[*heads, "search"]]
    seconds = {entry["work"]: entry["value"] for entry in rows if entry["view"] == "curve-seconds"}
    for work in seconds:
        name, kind = work.rsplit(", ", 1)
        view = "recompute" if kind == "simplified" else "recompute-written"
        first, *curve = ((r["at"], r["value"]) for r in rows if r["view"] == view and r["work"] == name)
        held = [min(at for at, operations in curve if operations <= (1 + share) * first[1]) for share in SHARES]
        least = min(curve)
        cells = [name, kind, f"{first[1]:,}", f"{first[0]:,}", *(f"{count:,}" for count in held)]
        lines.append([*cells, f"{least[0]:,} in {least[1]:,}", f"{seconds[work]:.1f} s"])
    return lines


QUESTION = Question(
    "recompute",
    "Store or recompute?",
    "Values held at once (inputs included) when so many more operations are allowed than ℬ has, counted exactly; the"
    " last column is the time of finding the whole curve. `+0` is order alone. A chain of n steps reaches the binomial"
    " bound of Griewank and Walther at every number of states (`tests/recompute`), and falls below it where a state"
    " fits in before the derivative is there. The curves drawn are those of ℬ simplified.",
    measure,
    (
        View(
            "recompute",
            "Operations against values held at once",
            "operations",
            "schedule",
            kind="stairs",
            along="values held at once",
            table=table,
        ),
    ),
)
