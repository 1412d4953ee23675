"""How time and memory grow with the graph: a chain, a mixture until ready, and the sparse Hessian of rosenbrock(n)."""

from __future__ import annotations

import pickle
import re
import resource
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import edgewise as ew
from measure import apart, best, build
from published import sparse_rosenbrock
from question import Bound, Options, Question, Row, View, row
from workloads import chain, gmm, rosenbrock

MILLION = 1750
"""Points of the Gaussian mixture whose gradient takes a million operations."""


def stages_of_a_chain(stage: Callable[[str, Callable[[], Any]], Any], n: int) -> None:
    """Everything that is done with a graph, once; what is compiled agrees with the reference interpreter."""
    graph = stage("build", lambda: build(chain(n)))
    written = stage("gradient", graph.gradient)
    simplified = stage("simplify", written.simplify)
    function = stage("compile", simplified.compile)
    point = np.array([0.5])
    slope = function(point)[1]  # the first call makes the room that later calls work in
    stage("call", lambda: function(point))
    value = stage("evaluate", lambda: simplified.evaluate(point).outputs[0])
    np.testing.assert_allclose(np.ravel(slope), np.ravel(value), rtol=1e-9, atol=1e-300)
    stage("pickle", lambda: pickle.loads(pickle.dumps(simplified)))
    stage("print", simplified.to_python)


def chain_times(send: Callable[[str, Any], None], n: int) -> None:
    """Seconds of each stage, after a shorter chain has loaded what is loaded once."""

    def quietly(name: str, run: Callable[[], Any]) -> Any:
        return run()

    def timed(name: str, run: Callable[[], Any]) -> Any:
        seconds, result = best(run, max(1, min(20, 30_000 // n)))
        send(name, seconds)
        return result

    stages_of_a_chain(quietly, min(n, 30_000))
    stages_of_a_chain(timed, n)


def tensor_chain(x: Any, W: Any, links: int) -> Any:
    """Matrix products, functions and an input that every other link reads: a recurrent network, for one step each."""
    h = x
    for _ in range(links):
        h = np.sin(np.tanh(W @ h + x)) * x
    return np.sum(h)


def tensor_chain_times(send: Callable[[str, Any], None], nodes: int) -> None:
    """Seconds of each stage of a chain of vectors, after a shorter chain has loaded what is loaded once."""
    for links in (50, nodes // 5):
        inputs = {"x": ew.tensor("n"), "W": ew.tensor("n", "n")}
        stages: list[tuple[str, Callable[[Any], Any]]] = [
            ("build", lambda _, links=links, inputs=inputs: ew.trace(partial(tensor_chain, links=links), **inputs)),
            ("gradient", lambda graph: graph.gradient("x")),
            ("simplify", lambda graph: graph.simplify()),
            ("print", lambda graph: graph.to_python()),
        ]
        made: Any = None
        for name, run in stages:
            start = time.perf_counter()
            made = run(made)
            if links != 50:
                send(name, time.perf_counter() - start)


def peak_memory() -> int:
    """The most bytes that this process has held; `ru_maxrss` would count what its parent held when it began, too."""
    try:
        found = re.search(r"VmHWM:\s*(\d+) kB", Path("/proc/self/status").read_text(encoding="utf-8"))
    except OSError:
        found = None
    return (int(found[1]) if found else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024


def mixture(send: Callable[[str, Any], None], points: int) -> None:
    """Seconds until the gradient of a Gaussian mixture can be called, its operations, and the bytes of the process."""
    build(gmm(6, 5, 60)).gradient().simplify().compile()
    start = time.perf_counter()
    graph = build(gmm(6, 5, points))
    send("build", time.perf_counter() - start)
    marks = [time.perf_counter()]
    gradient = graph.gradient()
    marks.append(time.perf_counter())
    simplified = gradient.simplify()
    marks.append(time.perf_counter())
    function = simplified.compile()
    marks.append(time.perf_counter())
    for name, begin, end in zip(("gradient", "simplify", "compile"), marks[:-1], marks[1:], strict=True):
        send(name, end - begin)
    send("ready", marks[-1] - start)
    point = np.array(gmm(6, 5, points).point())
    send("finite", bool(np.isfinite(function(point)[1]).all()))
    send("memory", peak_memory())
    send("operations", simplified.cost().operations)


def casadi_hessian(n: int) -> tuple[float, int]:
    """Seconds from nothing to the sparse Hessian, and the instructions of value, gradient and one triangle."""
    import casadi as ca

    def work() -> tuple[Any, ...]:
        x = ca.SX.sym("x", n)
        f = rosenbrock(n).build(ca, [x[k] for k in range(n)])
        return x, f, *ca.hessian(f, x)

    seconds, (x, f, hessian, gradient) = best(work, max(1, min(3, 3000 // n)))
    aside = {ca.OP_INPUT, ca.OP_OUTPUT, ca.OP_CONST}
    function = ca.Function("f", [x], ca.cse([f, gradient, ca.triu(hessian)]))
    return seconds, sum(function.instruction_id(k) not in aside for k in range(function.n_instructions()))


def measure(options: Options) -> Iterator[Row]:
    for n in (100, 300) if options.quick else (10**3, 10**4, 10**5, 10**6):
        for stage, seconds in apart(chain_times, n).items():
            yield row("growth", "chain", stage, seconds, at=n)
    for n in (300, 600) if options.quick else (10**3, 10**4, 10**5):
        for stage, seconds in apart(tensor_chain_times, n).items():
            yield row("tensor-growth", "chain of vectors", stage, seconds, at=n)
    for points in (5,) if options.quick else (17, 175, MILLION):
        sent = dict(apart(mixture, points))
        assert sent.pop("finite")
        at = sent.pop("operations")
        yield row("memory", "gmm", "edgewise", sent.pop("memory"), at=at)
        for stage in ("ready", "build", "gradient", "simplify", "compile"):
            yield row("mixture", "gmm", stage, sent[stage], at=at)
    sparse_rosenbrock(10)
    for n in (5, 10) if options.quick else (10, 100, 1000, 10_000, 100_000):
        seconds, hessian = best(lambda n=n: sparse_rosenbrock(n), max(1, min(5, 10_000 // n)))
        yield row("hessian", "rosenbrock", "edgewise", seconds, at=n)
        yield row("hessian-operations", "rosenbrock", "edgewise", hessian.cost().operations, at=n)
        if options.has("casadi") and n <= 10_000:
            seconds, operations = casadi_hessian(n)
            yield row("hessian", "rosenbrock", "CasADi", seconds, at=n)
            yield row("hessian-operations", "rosenbrock", "CasADi", operations, at=n)


QUESTION = Question(
    "growth",
    "How do time and memory grow?",
    "A chain is sin(sin(… x)), as deep as it is large: each size in a new process, after a shorter chain has loaded"
    " what is loaded once; the chain of vectors is h = x sin(tanh(Wh + x)), five nodes a link, its gradient in x."
    " Compile makes the rows of the native tier, which serves the first calls and graphs of any"
    " size; evaluate is the reference interpreter, print the Python source. The mixture is gmm(6,5,n), n up to 1750,"
    " from nothing to a function that can be called, the memory that of the whole process. The Hessian is the sparse"
    " one of rosenbrock(n) with value and gradient, simplified; CasADi's is `hessian`, counted after `cse` with one"
    " triangle, as ours is.",
    measure,
    (
        View(
            "growth",
            "Time for each link of a chain",
            "s",
            "build",
            kind="lines",
            along="links",
            each="link",
            compare=False,
        ),
        View(
            "tensor-growth",
            "Time for each node of a chain of vectors",
            "s",
            "simplify",
            kind="lines",
            along="nodes",
            each="node",
            compare=False,
        ),
        View(
            "mixture",
            "A Gaussian mixture until ready",
            "s",
            "ready",
            kind="lines",
            along="operations of value and gradient",
            compare=False,
            bounds=(Bound(limit=30.0),),
        ),
        View(
            "memory",
            "Memory of the process, until ready",
            "B",
            "edgewise",
            kind="lines",
            along="operations of value and gradient",
            compare=False,
            bounds=(Bound(limit=2e9),),
        ),
        View(
            "hessian",
            "Time to the sparse Hessian of rosenbrock(n)",
            "s",
            "edgewise",
            kind="lines",
            along="inputs",
            bounds=(Bound("CasADi"), Bound(limit=1.0, at=1000)),
        ),
        View(
            "hessian-operations",
            "Operations of value, gradient and sparse Hessian of rosenbrock(n)",
            "operations",
            "edgewise",
            kind="lines",
            along="inputs",
            each="input",
            bounds=(Bound("CasADi"),),
        ),
    ),
)
