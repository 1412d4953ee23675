"""Store or recompute: operations against values held at once, as the algorithm writes ℬ and simplified.

    python benchmarks/recompute.py [--plot recompute.png] [work …]

Counts are exact; the time is that of finding the whole curve, in this process.
"""

from __future__ import annotations

import argparse
import time
from types import SimpleNamespace

import edgewise as ew
from workloads import Workload, chain, esin, gmm, lennard_jones, mlp, speelpenning

FUNCTIONS = SimpleNamespace(exp=ew.exp, log=ew.log, sin=ew.sin, tanh=ew.tanh)
WORK = {w.name: w for w in (chain(1000), esin(200), speelpenning(100), mlp(8, 8, 8), lennard_jones(8), gmm(3, 3, 12))}
SHARES = (0.0, 0.01, 0.05, 0.1, 0.25, 0.5, 1.0)


def gradient(workload: Workload) -> ew.DerivativeGraph:
    return ew.graph(workload.build(FUNCTIONS, list(ew.symbols("x", shape=workload.size)))).gradient()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", nargs="*", default=list(WORK), help=", ".join(WORK))
    parser.add_argument("--plot", metavar="FILE", help="draw the curves of ℬ simplified")
    options = parser.parse_args()
    axes = None
    if options.plot:
        import matplotlib

        matplotlib.use("Agg")
        import matplotlib.pyplot as plt

        figure, axes = plt.subplots(figsize=(7, 5))
    heads = " | ".join(f"+{share:.0%}" for share in SHARES[1:])
    print(f"| work | ℬ | operations | values held | +0 | {heads} | least | search |")
    print("|---" * (len(SHARES) + 6) + "|")
    for name in options.work:
        written = gradient(WORK[name])
        for kind, B in (("written", written), ("simplified", written.simplify())):
            start = time.perf_counter()
            curve = B.pareto()
            seconds = time.perf_counter() - start
            cost = B.cost()
            held = [
                min(point.peak_live for point in curve if point.operations <= (1 + share) * cost.operations)
                for share in SHARES
            ]
            cells = " | ".join(f"{count:,}" for count in held)
            least = f"{curve[-1].peak_live:,} in {curve[-1].operations:,}"
            print(
                f"| {name} | {kind} | {cost.operations:,} | {cost.peak_live:,} | {cells} | {least} | {seconds:.1f} s |",
                flush=True,
            )
            if axes is not None and kind == "simplified":
                curve.plot(axes, label=name)
    if axes is not None:
        axes.legend()
        figure.savefig(options.plot, dpi=120, bbox_inches="tight")


if __name__ == "__main__":
    main()
