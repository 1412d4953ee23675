"""How soon through the door that people use, `ew.trace`: in a process that has done it before, and in a new one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from gradient import casadi_gradient
from measure import TINY, best, flat, traced
from question import Bound, Options, Question, Row, View, row
from start import KEPT
from workloads import WORKLOADS, Workload, named

PROGRAM = """
import sys, time
sys.path.insert(0, {folder!r})
from workloads import named
workload = named({name!r})
start = time.perf_counter()
import numpy as np
{lines}
seconds = time.perf_counter() - start
print(seconds, float(value), float(np.sqrt(np.sum(np.square(gradient)))))
"""

OURS = """
import edgewise as ew
f = ew.trace(lambda x: workload.build(np, x), x=workload.size).gradient().simplify().compile()
value, gradient = f(np.array(workload.point()))
"""

CASADI = """
import casadi as ca
x = ca.SX.sym("x", workload.size)
f = workload.build(ca, [x[k] for k in range(workload.size)])
f = ca.Function("f", [x], [f, ca.gradient(f, x)])
value, gradient = (part.full() for part in f(workload.point()))
value = value[0, 0]
"""


def new_process(lines: str, name: str, env: Mapping[str, str] = KEPT) -> tuple[float, list[float]]:
    """Seconds from the first import to the first result; the value and the length of the gradient."""
    program = PROGRAM.format(folder=str(Path(__file__).parent), name=name, lines=lines)
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=dict(env))
    if done.returncode:
        raise RuntimeError(f"a new process for {name} failed: {done.stderr.strip().splitlines()[-1]}")
    seconds, *results = map(float, done.stdout.split())
    return seconds, results


def cold(workload: Workload, options: Options) -> Iterator[Row]:
    """The best of a few new processes, after one that has read the files."""
    found: dict[str, list[float]] = {}
    for who, lines in (("edgewise", OURS), ("CasADi", CASADI)):
        if options.has(who.lower()):
            runs = [new_process(lines, workload.name) for _ in range(1 if options.quick else 4)]
            found[who] = runs[0][1]
            yield row("cold", workload.name, who, min(seconds for seconds, _ in runs))
    results = list(found.values())
    np.testing.assert_allclose(results[0], results[-1], rtol=1e-7)


def warm(workload: Workload, options: Options) -> Iterator[Row]:
    """In this process: to the simplified gradient, the gradient alone, and to the first call."""
    times, name, point = 2 if options.quick else 9, workload.name, np.array(workload.point())
    tracing, graph = best(lambda: traced(workload), times)
    differentiating, written = best(graph.gradient, times)
    simplifying, _ = best(written.simplify, times)
    yield row("traced", name, "edgewise", tracing + differentiating + simplifying)
    for part, seconds in (("trace", tracing), ("gradient", differentiating), ("simplify", simplifying)):
        yield row("traced", name, part, seconds)
    yield row("gradient-alone", name, "edgewise", differentiating)
    called, results = best(lambda: traced(workload).gradient().simplify().compile()(point), times)
    yield row("warm", name, "edgewise", called)
    if not options.has("casadi"):
        return
    import casadi as ca

    def first_call() -> Any:
        x, f, gradient = casadi_gradient(workload)
        return ca.Function("f", [x], [f, gradient])(point)

    called, theirs = best(first_call, times)
    np.testing.assert_allclose(flat(results), flat(theirs), rtol=1e-9, atol=1e-12)
    yield row("traced", name, "CasADi", best(lambda: casadi_gradient(workload), times)[0])
    x, f, _ = casadi_gradient(workload)
    yield row("gradient-alone", name, "CasADi", best(lambda: ca.gradient(f, x), times)[0])
    yield row("warm", name, "CasADi", called)


def installation(workload: Workload, times: int) -> Iterator[Row]:
    """The first process of a new installation and a later one: whatever is kept between processes is not there yet."""
    firsts, laters = [], []
    for _ in range(times):
        with tempfile.TemporaryDirectory() as folder:
            kept = dict.fromkeys(("XDG_CACHE_HOME", "LOCALAPPDATA", "HOME"), folder)
            env = {**os.environ, **KEPT, **kept}
            firsts.append(new_process(OURS, workload.name, env)[0])
            laters.append(new_process(OURS, workload.name, env)[0])
    yield row("first-process", workload.name, "first", min(firsts))
    yield row("first-process", workload.name, "later", min(laters))
    yield row("first-process", workload.name, "difference", max(min(firsts) - min(laters), 1e-4))


def measure(options: Options) -> Iterator[Row]:
    works = tuple(map(named, TINY)) if options.quick else WORKLOADS
    for workload in works:
        traced(workload).gradient().simplify().compile()
    for workload in works:
        yield from warm(workload, options)
    new_process(OURS, works[-1].name)
    for workload in works[:2] if options.quick else works:
        yield from cold(workload, options)
    yield from installation(works[-1], 1 if options.quick else 3)


QUESTION = Question(
    "door",
    "How soon through `ew.trace`, warm and in a new process?",
    "The workloads as plain Python functions over NumPy, through `ew.trace`, which keeps the user's line for each"
    " operation. To a simplified gradient is tracing, `gradient()` and `simplify()`, for CasADi building SX and"
    " `gradient`; then the gradient alone, of a graph that is there, which CasADi takes in C++. To the first call is"
    " from nothing to the first result of value and gradient: in a process that has done it before, and in a new one,"
    " from its first import, NumPy's among them on both sides. The first process of an installation has an empty home"
    " folder, so that nothing is kept from earlier ones; the difference is what it waits longer than later ones do.",
    measure,
    (
        View(
            "traced",
            "Time to a simplified gradient, through ew.trace",
            "s",
            "edgewise",
            aside=("trace", "gradient", "simplify"),
            bounds=(Bound("CasADi", 8),),
        ),
        View(
            "gradient-alone",
            "The gradient alone",
            "s",
            "edgewise",
            bounds=(Bound("CasADi", 0.5, works=("gmm(6,5,60)",)),),
        ),
        View("warm", "From nothing to the first call", "s", "edgewise", bounds=(Bound("CasADi", 4),)),
        View(
            "cold",
            "From the first import of a new process to the first call",
            "s",
            "edgewise",
            bounds=(Bound("CasADi"),),
        ),
        View(
            "first-process",
            "The first process of an installation",
            "s",
            "difference",
            compare=False,
            bounds=(Bound(limit=0.1),),
        ),
    ),
)
