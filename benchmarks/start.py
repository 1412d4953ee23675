"""How long a program takes to have the library: a whole process that imports it and nothing else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from measure import best
from question import Options, Question, Row, View, row

LIBRARIES = (("edgewise", "edgewise"), ("NumPy", "numpy"), ("CasADi", "casadi"), ("SymPy", "sympy"), ("JAX", "jax"))


def measure(options: Options) -> Iterator[Row]:
    for who, module in LIBRARIES:
        if options.has(module):
            command = [sys.executable, "-c", f"import {module}"]
            run = lambda command=command: subprocess.run(command, check=True)
            yield row("start", "import", who, best(run, 1 if options.quick else 7)[0])


QUESTION = Question(
    "start",
    "How soon is the library there?",
    "A whole process that imports the library: Python's own start, which NumPy's figure contains too, is in each of"
    " them.",
    measure,
    (View("start", "Python with the library imported", "s", "edgewise"),),
)
