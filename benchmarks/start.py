"""How long a program takes to have the library: a whole process that imports it, and one that asks it for one thing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

from measure import best
from question import Bound, Options, Question, Row, View, row

PROGRAMS: Final[dict[str, dict[str, str | list[str]]]] = {
    "import": {
        "edgewise": "import edgewise", "NumPy": "import numpy", "CasADi": "import casadi", "SymPy": "import sympy",
        "JAX": "import jax",
    },
    "a formula": {
        "edgewise": "import edgewise as ew; x, y = ew.symbols('x y'); x*y",
        "CasADi": "import casadi as ca; x, y = ca.SX.sym('x'), ca.SX.sym('y'); x*y",
        "SymPy": "import sympy as sp; x, y = sp.symbols('x y'); x*y",
    },
    "a gradient": {
        "edgewise": "import edgewise as ew; ew.trace(lambda x, y: x*y, 'x', 'y').gradient()",
        "CasADi": "import casadi as ca; x = ca.SX.sym('x', 2); ca.gradient(x[0]*x[1], x)",
        "SymPy": "import sympy as sp; x, y = sp.symbols('x y'); (x*y).diff(x), (x*y).diff(y)",
    },
    "a derivative's value": {
        "edgewise": "import edgewise as ew; ew.grad(lambda x: x*x)(2.0)",
        "JAX": "import jax; jax.grad(lambda x: x*x)(2.0).block_until_ready()",
    },
    "the command line": {
        "edgewise": ["-m", "edgewise", "grad", "log(1 + exp(x*y)) + sin(x)*x**3"],
        "NumPy": "import numpy",
    },
}  # fmt: skip
"""What a program has to do → who → the program, or what stands behind `python`."""

KEPT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""An installed package has its byte code; a checkout gets it on the first run."""


def measure(options: Options) -> Iterator[Row]:
    for work, programs in PROGRAMS.items():
        for who, program in programs.items():
            if options.has(who.lower()):
                words = program if isinstance(program, list) else ["-c", program]
                run = lambda words=words: subprocess.run(
                    [sys.executable, *words], check=True, env=KEPT, stdout=subprocess.DEVNULL
                )
                yield row("start", work, who, best(run, 1 if options.quick else 9)[0])


QUESTION = Question(
    "start",
    "How soon is the library there?",
    "A whole process that does nothing else: Python's own start, which NumPy's figure contains too, is in each of them."
    " A gradient is built as a graph; a derivative's value is that of `grad` of a Python function at one point. The"
    " command line is `edgewise grad` of a formula, whose source it prints.",
    measure,
    (
        View(
            "start",
            "A whole process",
            "s",
            "edgewise",
            bounds=(Bound("NumPy", 1 / 2, works=("import",)), Bound("NumPy", 1 / 3, works=("the command line",))),
        ),
    ),
)
