"""How soon is a small formula differentiated, and what does a call cost? Formulas as most people have them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from gradient import casadi_gradient
from measure import build, flat, per_call, traced
from question import Bound, Options, Question, Row, View, row
from workloads import SMALL, Workload, named


def told(workload: Workload) -> str:
    return f"{workload.name.replace('()', '')}, {len(build(workload))} nodes"


def lambdified(workload: Workload) -> tuple[Any, Any]:
    """The functions that SymPy writes for the value, and for value and gradient."""
    import sympy as sp

    x = sp.symbols(f"x0:{workload.size}")
    f = workload.build(sp, x)
    return sp.lambdify(x, f, "math", cse=True), sp.lambdify(x, [f, *(sp.diff(f, v) for v in x)], "math", cse=True)


def measure(options: Options) -> Iterator[Row]:
    series = 0.01 if options.quick else 0.4
    for workload in (named("two_terms()"), named("r3bp()")) if options.quick else SMALL:
        yield from derivatives(workload, options, series)
    for workload in (named("two_terms()"), named("r3bp()")):
        yield from calls(workload, options, series)


def derivatives(workload: Workload, options: Options, seconds: float) -> Iterator[Row]:
    """Time to the simplified gradient, by both doors, and its parts; the peers' gradients are the same at a point."""
    name, point = told(workload), workload.point()
    ways = {
        "edgewise": lambda: traced(workload).gradient().simplify(),
        "edgewise, symbols": lambda: build(workload).gradient().simplify(),
    }
    for who, run in ways.items():
        yield row("small", name, who, per_call(run, seconds, 1e-4))
    graph = traced(workload)
    written = graph.gradient()
    parts = {"trace": lambda: traced(workload), "gradient": graph.gradient, "simplify": written.simplify}
    for part, run in parts.items():
        yield row("small", name, part, per_call(run, seconds, 1e-4))
    if options.has("casadi"):
        import casadi as ca

        x, f, gradient = casadi_gradient(workload)
        function = ca.Function("f", [x], [f, gradient])
        ours = flat(written.simplify().compile("python")(point))
        np.testing.assert_allclose(ours, flat(function(point)), rtol=1e-9)
        yield row("small", name, "CasADi", per_call(lambda: casadi_gradient(workload), seconds, 1e-4))


def calls(workload: Workload, options: Options, series: float) -> Iterator[Row]:
    """What a call with numbers costs, `f(1.0, 2.0)`: of the value alone, and with the gradient."""
    import edgewise as ew

    names = [f"x{k}" for k in range(workload.size)]
    x = ew.symbols(" ".join(names))
    graph = ew.graph(workload.build(ew, x), inputs=names)
    point = workload.point()
    theirs = lambdified(workload) if options.has("sympy") else (None, None)
    for what, made, other in zip(("", " and gradient"), (graph, graph.gradient()), theirs, strict=True):
        name = f"{told(workload)}: value{what}"
        function = made.simplify().compile()
        function.wait()
        yield row("small-call", name, "edgewise", per_call(lambda f=function: f(*point), series))
        bound = function.buffers()
        for at, value in zip(names, point, strict=True):
            bound.inputs[at][...] = value
        yield row("small-call", name, "edgewise, bound", per_call(bound, series))
        if other is not None:
            np.testing.assert_allclose(flat(function(*point)), flat(other(*point)), rtol=1e-9)
            yield row("small-call", name, "SymPy", per_call(lambda f=other: f(*point), series))


QUESTION = Question(
    "small",
    "What do small formulas cost?",
    "Formulas of the size that most people have: log(1 + exp(xy)) + sin(x)x³, the price of a call option, the"
    " restricted three-body problem, rosenbrock(10), four particles, a correlation energy of density-functional theory."
    " Ours is `ew.trace` of the Python function, which keeps the user's line for each operation, `gradient()` and"
    " `simplify()`; the second way builds with `ew.symbols`. CasADi's is building SX and `gradient`, which simplifies"
    ' nothing. A call is `f(1.0, 2.0)` with its checks, of SymPy the function that `lambdify(…, "math", cse=True)`'
    " makes, which checks nothing; bound is `f.buffers()`.",
    measure,
    (
        View(
            "small",
            "Time to a simplified gradient of a small formula",
            "s",
            "edgewise",
            aside=("trace", "gradient", "simplify"),
            bounds=(Bound("CasADi"), Bound("CasADi", who="edgewise, symbols")),
        ),
        View("small-call", "A call of a small formula", "s", "edgewise", bounds=(Bound("SymPy"),)),
    ),
)
