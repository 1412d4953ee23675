"""One command, one table: work × peer, in one run, as ratios.

    pip install -e ".[bench]"
    python benchmarks/run.py [--sympy-seconds 20] [--scaling] [--out benchmarks/results.md]

Every peer does the same work on the same lines of `workloads.py`. A time is the best of several runs in one process;
SymPy runs in a process of its own, because it may not end.
"""

from __future__ import annotations

import argparse
import multiprocessing as mp
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import edgewise as ew
from workloads import WORKLOADS, Workload, chain, esin

FUNCTIONS = SimpleNamespace(**{name: getattr(ew, name) for name in ("exp", "log", "sin", "tanh", "sqrt")})


def best(run: Callable[[], Any], times: int = 5) -> tuple[float, Any]:
    """The shortest of several runs in seconds, and the last result."""
    shortest, result = float("inf"), None
    for _ in range(times):
        start = time.perf_counter()
        result = run()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, result


def build(workload: Workload) -> ew.Graph:
    x = ew.symbols("x", shape=workload.size)
    return ew.graph(workload.build(FUNCTIONS, list(x)))


def edgewise_row(workload: Workload) -> dict[str, Any]:
    building, graph = best(lambda: build(workload), 15)
    differentiating, gradient = best(lambda: graph.gradient(), 15)
    simplifying, simplified = best(lambda: gradient.simplify(), 15)
    return {
        "build": building,
        "gradient": differentiating,
        "simplify": simplifying,
        "total": building + differentiating + simplifying,
        "operations": simplified.cost().operations,
    }


def casadi_row(workload: Workload) -> dict[str, Any]:
    import casadi as ca

    def work() -> tuple[Any, Any, Any]:
        x = ca.SX.sym("x", workload.size)
        f = workload.build(ca, [x[k] for k in range(workload.size)])
        return x, f, ca.gradient(f, x)

    total, (x, f, g) = best(work, 8)
    aside = {ca.OP_INPUT, ca.OP_OUTPUT, ca.OP_CONST}
    function = ca.Function("f", [x], ca.cse([f, g]))
    operations = sum(function.instruction_id(k) not in aside for k in range(function.n_instructions()))
    return {"total": total, "operations": operations}


def sympy_work(workload: Workload, pipe: Any) -> None:
    import sympy as sp

    start = time.perf_counter()
    x = sp.symbols(f"x0:{workload.size}")
    f = workload.build(sp, x)
    gradient = [sp.diff(f, v) for v in x]
    pipe.send(("total", time.perf_counter() - start))
    replacements, reduced = sp.cse([f, *gradient])
    pipe.send(("operations", sum(sp.count_ops(e) for _, e in replacements) + sum(sp.count_ops(e) for e in reduced)))


def sympy_row(workload: Workload, seconds: float) -> dict[str, Any]:
    """SymPy's `diff` and `cse`, stopped after so many seconds; a missing figure did not end."""
    here, there = mp.Pipe()
    process = mp.get_context("fork").Process(target=sympy_work, args=(workload, there))
    start = time.perf_counter()
    process.start()
    row: dict[str, Any] = {}
    while len(row) < 2 and (left := seconds - (time.perf_counter() - start)) > 0 and here.poll(left):
        key, value = here.recv()
        row[key] = value
    process.terminate()
    return row


def ratio(a: float | None, b: float, floor: float | None = None) -> str:
    if a is None:
        return f"> {floor / b:,.0f}" if floor else "–"
    return f"{a / b:,.1f}"


def warm() -> None:
    """Every workload once: what each library loads or compiles at first use is in no figure."""
    for workload in WORKLOADS:
        for _ in range(2):
            build(workload).gradient().simplify()


def main_table(seconds: float) -> list[str]:
    warm()
    lines = [
        "| work | build + gradient + simplify | CasADi SX build + gradient | SymPy build + diff"
        " | operations | CasADi, cse | SymPy, cse |",
        "|---|---|---|---|---|---|---|",
    ]
    for workload in WORKLOADS:
        ours, casadi = edgewise_row(workload), casadi_row(workload)
        sympy = sympy_row(workload, seconds) if seconds else {}
        parts = " + ".join(f"{ours[k] * 1e3:.1f}" for k in ("build", "gradient", "simplify"))
        count = ours["operations"]
        compare = sympy.get("operations")
        lines.append(
            f"| {workload.name} | 1 ({parts} ms) | {ratio(casadi['total'], ours['total'])} × longer"
            f" | {ratio(sympy.get('total'), ours['total'], seconds)} × longer | {count:,}"
            f" | {casadi['operations']:,} ({casadi['operations'] / count:.3f} ×)"
            f" | {f'{compare:,} ({compare / count:.3f} ×)' if compare else 'did not end'} |"
        )
        print(lines[-1], flush=True)
    return lines


SCALING = """
import pickle, resource, sys, time
import edgewise as ew
n = int(sys.argv[1])
def stage(name, run, start=[time.perf_counter()]):
    begin = time.perf_counter(); result = run()
    stages.append((name, time.perf_counter() - begin)); return result
stages = []
def built():
    e = x = ew.symbols("x")
    for _ in range(n): e = ew.sin(e)
    return ew.graph(e)
G = stage("build", built)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
B = stage("gradient", G.gradient)
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
S = stage("simplify", B.simplify)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
value = stage("evaluate", lambda: S.evaluate(0.5).outputs[0])
stage("pickle", lambda: pickle.loads(pickle.dumps(S)))
source = stage("print", lambda: S.to_python())
del source
f = stage("compile", lambda: S.compile("python"))
assert abs(stage("run", lambda: f(0.5))[1] - value) <= 1e-12 * abs(value) + 1e-300
columns = sum(getattr(B.tape, c).nbytes for c in ("ops", "start", "args"))
print(n, len(B), columns / len(B), (after - before) * 1024 / len(B), *(f"{name}={t:.2f}" for name, t in stages))
"""


def scaling_table(sizes: tuple[int, ...]) -> list[str]:
    """A chain of sines: time and memory in proportion to its length, each size in a fresh process."""
    lines = [
        "| chain | nodes of ℬ | bytes a node (columns) | bytes a node (process growth) | seconds |",
        "|---|---|---|---|---|",
    ]
    for n in sizes:
        done = subprocess.run([sys.executable, "-c", SCALING, str(n)], capture_output=True, text=True, check=True)
        length, nodes, columns, grown, *stages = done.stdout.split()
        lines.append(
            f"| {int(length):,} | {int(nodes):,} | {float(columns):.0f} | {float(grown):.0f} | {', '.join(stages)} |"
        )
        print(lines[-1], flush=True)
    return lines


def esin_line() -> str:
    workload = esin(10_000)
    seconds, (graph, gradient) = best(lambda: (g := build(workload), g.gradient()), 3)
    return (
        f"esin(10 000): 𝒢 has {len(graph):,} nodes, ℬ {len(gradient):,}"
        f" ({len(gradient) / len(graph):.2f} for each node of 𝒢),"
        f" built in {seconds:.2f} s, for {gradient.cost().paths.bit_length() - 1:,} doublings of paths."
    )


def import_line() -> str:
    seconds, _ = best(lambda: subprocess.run([sys.executable, "-c", "import edgewise"], check=True), 5)
    bare, _ = best(lambda: subprocess.run([sys.executable, "-c", "import numpy"], check=True), 5)
    return f"`import edgewise`: {seconds:.2f} s as a whole process ({bare:.2f} s of it Python with NumPy)."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sympy-seconds", type=float, default=20.0, help="patience with SymPy, 0 to leave it out")
    parser.add_argument("--scaling", action="store_true", help="chains of 10^4, 10^5 and 10^6 nodes (minutes)")
    parser.add_argument("--out", type=Path, help="write the tables to this file too")
    options = parser.parse_args()
    assert len(build(chain(3))) == 4
    lines = main_table(options.sympy_seconds)
    lines += ["", esin_line(), "", import_line()]
    print("\n".join(lines[-3:]))
    if options.scaling:
        lines += ["", *scaling_table((10_000, 100_000, 1_000_000))]
    if options.out:
        head = f"Python {platform.python_version()}, {platform.machine()}, one process.\n\n"
        options.out.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
