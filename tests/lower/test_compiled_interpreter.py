"""The interpreter that is compiled with the library: LLVM's bits at every point, and no LLVM in a first call."""

from __future__ import annotations

import itertools
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.lower.llvm import interpreter
from edgewise.lower.llvm.compiled_llvm import NativeCompiled
from edgewise.lower.llvm.llvm_code import KERNEL
from edgewise.lower.llvm.llvm_interpreter import COLUMNS, OPCODES
from edgewise.lower.llvm.llvm_machine import machine
from edgewise.lower.llvm.llvm_rows import CALLED
from edgewise.ops import OPS
from peers import where_loops_are_compiled

SPECIAL = (
    0.0, -0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5, 3.0, 25.0, 1e-300, -5e-324, 1e300, np.inf, -np.inf, np.nan, 710.0,
    -745.2, 1e-8, np.pi, 1e17, -1 / np.e, 1 - 2**-53, 1 + 2**-52,
)  # fmt: skip
OWN = {"copy": 1, "square": 1, "powi": 1}
"""What is not of the table, and is given numbers."""


def points(arity: int) -> Any:
    few = SPECIAL if arity < 3 else SPECIAL[::2]
    random = np.random.default_rng(7)
    drawn = random.normal(size=(300, arity)) * np.exp(3 * random.normal(size=(300, arity)))
    return np.concatenate([list(itertools.product(few, repeat=arity)), drawn])


@where_loops_are_compiled
def test_it_gives_the_bits_of_llvm_for_every_operation_and_exponent() -> None:
    ours, theirs = KERNEL(interpreter.compiled_interpreter()), KERNEL(machine().interpreter(1))
    differing = []
    for name, code in OPCODES.items():
        if name not in OPS and name not in OWN:
            continue
        arity = OWN.get(name) or OPS[name].arity
        at = points(arity)
        for exponent in range(1, 65) if name == "powi" else (0,):
            found = []
            for kernel in (ours, theirs):
                numbers = np.column_stack([np.zeros(len(at)), at])
                rows = np.zeros((2, COLUMNS), dtype=np.int32)
                rows[0, : 2 + arity] = code, *range(arity + 1)
                rows[0, 3] += exponent
                for line in range(len(at)):
                    kernel(rows.ctypes.data, numbers[line].ctypes.data)
                found.append(np.where(np.isnan(numbers[:, 0]), np.nan, numbers[:, 0]).tobytes())
            if found[0] != found[1]:
                differing.append((name, exponent))
    assert differing == []


FIRST_CALLS = """
import sys
import numpy as np
import edgewise as ew
f = ew.trace(lambda x, y: np.sin(x*y) + np.log1p(np.exp(x))/y**3 + np.hypot(x, y), "x", "y").gradient().simplify()
f = f.compile()
assert f(1.0, 2.0)[0] > 0 and f(x=1.0, y=2.0) == f(1.0, 2.0) == f(1, 2)
bound = f.buffers()
bound()
assert ew.grad(lambda x: x*x)(2.0) == 4.0
assert ew.hessian(lambda x: np.sum(x**3))(np.array([1.0, 2.0]))[1, 1] == 12.0
assert "llvmlite" not in sys.modules, "loaded too early"
loss = ew.trace(lambda w, y: np.log1p(np.exp(-y*w))/y**3 + np.log(1/(1 + np.exp(-w))) + np.hypot(w, y), "w", "y")
assert np.isfinite(loss.gradient().simplify().compile()(0.5, 1.0)[0])
early = {"optree", "scipy", "sympy", "numpy.random", "concurrent.futures", "pathlib"} & sys.modules.keys()
assert not early, f"{early} loaded too early"
assert f.tier == "interpreter"
assert f.wait().tier == "optimised" and "llvmlite" in sys.modules
assert f(np.ones(3), 2.0)[0][0] == f(1.0, 2.0)[0]
"""


@where_loops_are_compiled
def test_a_first_call_needs_no_llvm() -> None:
    done = subprocess.run([sys.executable, "-c", FIRST_CALLS], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_what_is_called_back_and_what_has_an_address_works_as_before() -> None:
    twice = ew.op("twice", value=lambda x: 2 * np.asarray(x), partials=["2"])
    x, y = ew.symbols("x y")
    wanted = ew.graph(twice(x) * ew.gamma(y) + ew.digamma(y) + ew.besselj(2, x) + x**7 + y**-3)
    f = wanted.compile()
    assert isinstance(f, NativeCompiled)
    at = 0.7, 1.9
    by_call, optimised = f(*at), f.wait()(*at)
    assert by_call == optimised == pytest.approx(wanted.evaluate(*at).result, rel=1e-14)


@where_loops_are_compiled
def test_for_other_rows_than_it_was_made_from_llvm_makes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    again = interpreter.compiled_interpreter.__wrapped__
    assert again() == interpreter.compiled_interpreter() != 0
    monkeypatch.setattr(interpreter, "OPCODES", {**OPCODES, next(iter(sorted(CALLED))): 1000})
    assert again() == 0


FORKS = """
import os
import edgewise as ew
f = ew.parse("sin(x)*x").gradient().compile()
f.start(1)  # the thread loads LLVM now
child = os.fork()
found = f.wait()(0.5) == ew.parse("sin(x)*x").gradient().compile()(0.5), f.tier
if child:  # which speaks first
    assert os.waitpid(child, 0)[1] == 0
print(*found, flush=True)
"""


@pytest.mark.skipif(not hasattr(sys, "getdlopenflags") or sys.platform == "darwin", reason="no fork")
def test_a_process_is_not_forked_in_the_middle_of_loading_llvm() -> None:
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", FORKS], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, "True optimised\n" * 2), done.stderr
