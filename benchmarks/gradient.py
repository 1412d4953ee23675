"""How soon a gradient is there, and how many operations it takes: beside CasADi and SymPy."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from measure import TINY, apart, best, build, warm
from question import Bound, Options, Question, Row, View, row
from workloads import WORKLOADS, Workload, named


def casadi_gradient(workload: Workload) -> tuple[Any, Any, Any]:
    """The inputs, the value and the gradient as CasADi's SX."""
    import casadi as ca

    x = ca.SX.sym("x", workload.size)
    f = workload.build(ca, [x[k] for k in range(workload.size)])
    return x, f, ca.gradient(f, x)


def casadi_times(workload: Workload, times: int) -> tuple[float, int]:
    """Seconds from nothing to the gradient, and the instructions of both after `cse`."""
    import casadi as ca

    seconds, (x, f, g) = best(lambda: casadi_gradient(workload), times)
    aside = {ca.OP_INPUT, ca.OP_OUTPUT, ca.OP_CONST}
    function = ca.Function("f", [x], ca.cse([f, g]))
    return seconds, sum(function.instruction_id(k) not in aside for k in range(function.n_instructions()))


def sympy_gradient(send: Callable[[str, Any], None], name: str) -> None:
    """Seconds to build and `diff`, then the operations after `cse`."""
    import sympy as sp

    workload = named(name)
    start = time.perf_counter()
    x = sp.symbols(f"x0:{workload.size}")
    f = workload.build(sp, x)
    gradient = [sp.diff(f, v) for v in x]
    send("seconds", time.perf_counter() - start)
    shared, reduced = sp.cse([f, *gradient])
    send("operations", int(sum(sp.count_ops(e) for _, e in shared) + sum(sp.count_ops(e) for e in reduced)))


def measure(options: Options) -> Iterator[Row]:
    works = tuple(map(named, TINY)) if options.quick else WORKLOADS
    times = 3 if options.quick else 15
    warm(works)
    for workload in works:
        name = workload.name
        building, graph = best(lambda workload=workload: build(workload), times)
        differentiating, gradient = best(lambda graph=graph: graph.gradient(), times)
        simplifying, simplified = best(lambda gradient=gradient: gradient.simplify(), times)
        yield row("gradient", name, "edgewise", building + differentiating + simplifying)
        for part, seconds in (("build", building), ("gradient", differentiating), ("simplify", simplifying)):
            yield row("gradient", name, part, seconds)
        yield row("operations", name, "edgewise", simplified.cost().operations)
        if options.has("casadi"):
            seconds, operations = casadi_times(workload, times)
            yield row("gradient", name, "CasADi", seconds)
            yield row("operations", name, "CasADi", operations)
        if not options.has("sympy"):
            continue
        theirs = apart(sympy_gradient, name, patience=options.patience)
        ended = "seconds" in theirs
        yield row("gradient", name, "SymPy", theirs.get("seconds", options.patience), least=not ended)
        if "operations" in theirs:
            yield row("operations", name, "SymPy", theirs["operations"])


QUESTION = Question(
    "gradient",
    "How soon is a gradient there, and how much work is it?",
    "Ours is building the graph from Python, `G.gradient()` and `.simplify()`; CasADi's is building SX from Python"
    " and `gradient`, SymPy's is building and `diff`. Operations are those of value and gradient together; inputs,"
    " outputs and constants are counted on no side, and both peers have their `cse` before they are counted. SymPy is"
    " stopped when patience with it is over: a figure with > had not ended by then.",
    measure,
    (
        View(
            "gradient",
            "Time to a simplified gradient",
            "s",
            "edgewise",
            aside=("build", "gradient", "simplify"),
            bounds=(Bound("CasADi", 5), Bound("SymPy", 100)),
        ),
        View(
            "operations",
            "Operations of value and gradient",
            "operations",
            "edgewise",
            bounds=(Bound("CasADi"), Bound("SymPy")),
        ),
    ),
)
