"""What a call costs, and how soon one can be made: beside CasADi's Function and beside the same graph in C.

    pip install -e ".[bench]"
    python benchmarks/calls.py

"Ready" is from nothing to a callable, in a process that has done it before: build, gradient, simplify, compile
(CasADi: build, gradient, Function). A call is
the value and the gradient: CasADi's through its buffer interface, ours through bound arrays (`f.buffers()`, its
counterpart) and as `f(x)`, which checks its input and returns new arrays. C is printed from the rows that LLVM's code
is made of, cut into the same parts, and compiled by `gcc -O2 -march=native`; it is called as ours is.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from edgewise.lower.llvm import NativeCompiled
from edgewise.lower.llvm_code import Rows
from edgewise.lower.llvm_machine import KERNEL, OPCODES, machine
from edgewise.lower.llvm_rows import Spelling
from run import best, build
from workloads import WORKLOADS, Workload

INFIX = {"add": "+", "sub": "-", "mul": "*", "div": "/"}


def per_call(run: Callable[[], Any], seconds: float = 0.5) -> float:
    """Microseconds a call, the best of many short runs."""
    run()
    shortest, end = float("inf"), time.perf_counter() + seconds
    while time.perf_counter() < end:
        start = time.perf_counter()
        for _ in range(100):
            run()
        shortest = min(shortest, (time.perf_counter() - start) / 100)
    return shortest * 1e6


def c_source(rows: Rows) -> str:
    """The rows as C, a function for each part; each value a variable, stored where another part reads it."""
    names, lines = {code: name for name, code in OPCODES.items()}, ["#include <math.h>"]
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
                text = {"neg": "-({0})", "copy": "{0}"}.get(name, f"{name}({{0}})").format(*given)
            lines.append(f"  double v{r} = {text};")
            value[to] = f"v{r}"
            if rows.kept[begin + r]:
                lines.append(f"  x[{to}] = v{r};")
        lines.append("}")
    lines += ["void kernel(void *code, double *x) {"]
    lines += [f"  part{k}(x);" for k in range(len(rows.borders) - 1)] + ["}"]
    return "\n".join(lines) + "\n"


def c_call(function: NativeCompiled, point: Any) -> tuple[float, float]:
    """Seconds for gcc, microseconds for a call."""
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
        expected, tier = bound.results.copy(), function._tier
        function._tier = (kernel, 0)  # the same call in every other respect
        micro = per_call(bound)
        function._tier = tier
        np.testing.assert_allclose(bound.results, expected, rtol=1e-9)
    return seconds, micro


def casadi_call(workload: Workload, point: Any) -> tuple[float, float, Any]:
    """Seconds until ready, microseconds for a call, and the results."""
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
    micro = per_call(call)
    return seconds, micro, (value[0], gradient)


def row(workload: Workload) -> str:
    point = np.array(workload.point())
    theirs, their_call, expected = casadi_call(workload, point)
    ours, function = best(lambda: build(workload).gradient().simplify().compile(), 3)
    start = time.perf_counter()
    function.wait()
    optimised = time.perf_counter() - start
    bound = function.buffers()
    bound.inputs["x"][:] = point
    fast = per_call(bound)
    checked = per_call(lambda: function(point))
    np.testing.assert_allclose(bound.results, [expected[0], *expected[1]], rtol=1e-9)
    interpret = KERNEL(machine().interpreter(1))
    code, numbers = function.rows.code.ctypes.data, bound.address
    slow = per_call(lambda: interpret(code, numbers))
    gcc, in_c = c_call(function, point) if shutil.which("gcc") else (float("nan"), float("nan"))
    return (
        f"| {workload.name} | {ours * 1e3:.0f} ms ({theirs / ours:.1f}) | {optimised:.2f} s (gcc {gcc:.1f} s)"
        f" | {their_call:.1f} µs | {fast:.2f} µs ({their_call / fast:.1f})"
        f" | {checked:.2f} µs ({their_call / checked:.1f})"
        f" | {slow:.1f} µs ({their_call / slow:.1f}) | {in_c:.2f} µs ({in_c / fast:.2f}) |"
    )


def main() -> None:
    for workload in WORKLOADS:  # what is loaded or compiled once in a process or an installation
        build(workload).gradient().simplify().compile()
    print("| work | ready (CasADi's over it) | optimised code | CasADi's call | bound | checked | interpreted | C |")
    print("|---|---|---|---|---|---|---|---|")
    for workload in WORKLOADS:
        print(row(workload), flush=True)


if __name__ == "__main__":
    main()
