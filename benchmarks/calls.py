"""What a call costs, and how soon one can be made: beside CasADi's Function, the same graph in C, and JAX."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from edgewise.lower.llvm.compiled_llvm import NativeCompiled, interpreter
from edgewise.lower.llvm.llvm_code import KERNEL, Rows
from edgewise.lower.llvm.llvm_interpreter import OPCODES
from edgewise.lower.llvm.llvm_rows import DOUBLE, Spelling
from measure import TINY, apart, best, build, per_call
from question import Bound, Options, Question, Row, View, row
from workloads import WORKLOADS, Workload, named

INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/"}


HELPERS = """static double sech(double x) { const double e = exp(-fabs(x)); return 2.0*e/(1.0 + e*e); }
static double logaddexp(double x, double y) { return fmax(x, y) + log1p(exp(-fabs(x - y))); }"""
"""What C has no function for."""


def c_source(rows: Rows) -> str:
    """The rows as C, a function for each part; each value a variable, stored where another part reads it."""
    names, lines = {code: name for name, code in OPCODES.items()}, ["#include <math.h>", HELPERS]
    constants = {k: float(value).hex() for k, value in enumerate(rows.constants.tolist())}
    for part, (begin, end) in enumerate(zip(rows.borders[:-1], rows.borders[1:], strict=True)):
        value = dict(constants)
        lines.append(f"static void part{part}(double *restrict x) {{")
        for r, (op, to, *args) in enumerate(rows.code[begin:end].tolist()):
            name = names[op]
            count = 1 if name in ("copy", "powi") else len(Spelling.arguments(name))
            given = [value.get(place, f"x[{place}]") for place in args[:count]]
            if name in INFIX:
                text = f"{given[0]} {INFIX[name]} {given[1]}"
            elif name in ("square", "powi"):
                text = "*".join(given * (2 if name == "square" else args[1]))
            else:
                text = {"neg": "-({0})", "copy": "{0}"}.get(name, f"{name}({', '.join(given)})").format(*given)
            lines.append(f"  double v{r} = {text};")
            value[to] = f"v{r}"
            if rows.kept[begin + r]:
                lines.append(f"  x[{to}] = v{r};")
        lines.append("}")
    lines += ["void kernel(void *code, double *x) {"]
    lines += [f"  part{k}(x);" for k in range(len(rows.borders) - 1)] + ["}"]
    return "\n".join(lines) + "\n"


def c_call(function: NativeCompiled, point: Any, series: float) -> tuple[float, float]:
    """Seconds for gcc, and for a call."""
    rows = function.rows
    with tempfile.TemporaryDirectory() as folder:
        source, library = Path(folder) / "f.c", Path(folder) / "f.so"
        source.write_text(c_source(rows))
        start = time.perf_counter()
        flags = ["-O2", "-march=native", "-ffp-contract=off", "-shared", "-fPIC"]
        subprocess.run(["gcc", *flags, str(source), "-o", str(library), "-lm"], check=True)
        seconds = time.perf_counter() - start
        kernel = ctypes.CDLL(str(library)).kernel
        kernel.argtypes, kernel.restype = [ctypes.c_void_p, ctypes.c_void_p], None
        bound = function.buffers()
        bound.inputs["x"][:] = point
        bound()
        expected = bound.results.copy()
        function.use(ctypes.cast(kernel, ctypes.c_void_p).value or 0, 0)  # the same call in every other respect
        a_call = per_call(bound, series)
        np.testing.assert_allclose(bound.results, expected, rtol=1e-9)
    return seconds, a_call


def casadi_call(workload: Workload, point: Any, series: float) -> tuple[float, float, Any]:
    """Seconds until ready, and for a call, and the results."""
    import casadi as ca

    def ready() -> Any:
        x = ca.SX.sym("x", workload.size)
        f = workload.build(ca, [x[k] for k in range(workload.size)])
        return ca.Function("f", [x], [f, ca.gradient(f, x)])

    seconds, function = best(ready, 3)
    buffer, call = function.buffer()
    value, gradient = np.zeros(1), np.zeros(workload.size)
    for k, array in enumerate((value, gradient)):
        buffer.set_res(k, memoryview(array))
    buffer.set_arg(0, memoryview(point))
    a_call = per_call(call, series)
    return seconds, a_call, [value[0], *gradient]


def jax_call(send: Callable[[str, Any], None], name: str, series: float) -> None:
    """Seconds until ready (trace, differentiate, compile), the results, and seconds for a call."""
    import jax
    import jax.numpy as jnp

    jax.config.update("jax_enable_x64", True)
    workload = named(name)
    point = jnp.asarray(workload.point())
    start = time.perf_counter()
    derived = jax.value_and_grad(lambda x: workload.build(jnp, [x[k] for k in range(workload.size)]))
    function = jax.jit(derived).lower(point).compile()
    send("ready", time.perf_counter() - start)
    value, gradient = function(point)
    send("results", [float(value), *np.asarray(gradient).tolist()])
    send("call", per_call(lambda: jax.block_until_ready(function(point)), series))


def measure(options: Options) -> Iterator[Row]:
    works = tuple(map(named, TINY)) if options.quick else WORKLOADS
    for workload in works:  # what is loaded or compiled once in a process or an installation
        build(workload).gradient().simplify().compile()
    for workload in works:
        yield from calls_of(workload, options)


def calls_of(workload: Workload, options: Options) -> Iterator[Row]:
    times, series = (2, 0.01) if options.quick else (5, 0.5)
    name, point = workload.name, np.array(workload.point())
    ready, function = best(lambda: build(workload).gradient().simplify().compile(), times)
    yield row("ready", name, "edgewise", ready)
    start = time.perf_counter()
    function.wait()
    yield row("ready", name, "all passes", time.perf_counter() - start)
    bound = function.buffers()
    bound.inputs["x"][:] = point
    yield row("call", name, "edgewise, bound", per_call(bound, series))
    yield row("call", name, "edgewise, checked", per_call(lambda: function(point), series))
    results = bound.results.copy()
    interpret = KERNEL(interpreter(1, DOUBLE))
    code, numbers = function.rows.code.ctypes.data, bound.address
    yield row("call", name, "edgewise, interpreted", per_call(lambda: interpret(code, numbers), series))
    if options.has("casadi"):
        seconds, a_call, expected = casadi_call(workload, point, series)
        np.testing.assert_allclose(results, expected, rtol=1e-9)
        yield row("ready", name, "CasADi", seconds)
        yield row("call", name, "CasADi", a_call)
    if options.has("gcc"):
        seconds, a_call = c_call(function, point, series)
        yield row("ready", name, "gcc -O2", seconds)
        yield row("call", name, "gcc -O2", a_call)
    if options.has("jax"):
        theirs = apart(jax_call, name, series, patience=options.patience)
        yield row("ready", name, "JAX", theirs.get("ready", options.patience), least="ready" not in theirs)
        if "call" in theirs:
            np.testing.assert_allclose(results, theirs["results"], rtol=1e-9)
            yield row("call", name, "JAX", theirs["call"])


QUESTION = Question(
    "calls",
    "What does a call cost, and how soon can one be made?",
    "A call is the value and the gradient. Bound is `f.buffers()`, the counterpart of CasADi's buffer interface,"
    " which is beside it; checked is `f(x)` with its checks and new arrays; interpreted is the tier that serves the"
    " first calls. C is the same rows in the same parts through `gcc -O2 -march=native`, called in the same way. JAX"
    " is `jit` of `value_and_grad`, compiled ahead of time. Ready is from nothing to a callable, in a process that has"
    " done it before: build, gradient, simplify, compile (CasADi: build, gradient, Function; JAX: trace, gradient,"
    " compile, as far as patience goes; gcc: its own run alone). All passes is the optimised code, which a thread"
    " makes afterwards.",
    measure,
    (
        View(
            "call",
            "A call of value and gradient",
            "s",
            "edgewise, bound",
            bounds=(Bound("CasADi", 5), Bound("CasADi", 4, who="edgewise, checked"), Bound("gcc -O2")),
        ),
        View(
            "ready",
            "From nothing to the first call",
            "s",
            "edgewise",
            bounds=(Bound("CasADi"), Bound(limit=5.0, who="all passes", works=("gmm(6,5,60)",))),
        ),
    ),
)
