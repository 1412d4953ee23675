"""Native functions: the same results however they run."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

import edgewise.native as module
from edgewise.native import WARM, native


def twice(x):
    return x + x


double = native(twice)


def collatz(start, found):
    """Steps until 1 for each start: a loop with a branch, and a call of another native function."""
    for i in range(len(start)):
        x, steps = start[i], 0
        while x > 1:
            x = x // 2 if x % 2 == 0 else double(x) + x + 1
            steps += 1
        found[i] = steps
    return len(start)


def run(function, count):
    start = np.arange(1, count + 1)
    found = np.zeros(count, dtype=np.int64)
    assert function(start, found) == count
    return found


def test_small_and_large_agree():
    function = native(collatz)
    small = run(function, 50)
    assert function._native is None
    large = run(function, WARM)
    assert function._native is not None, "so many elements are worth compiling for"
    assert (large[:50] == small).all()
    assert (run(function, 50) == small).all()


def test_without_numba(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(module, "_compiler", lambda: None)
    function = native(collatz)
    assert run(function, WARM)[26] == 111
    assert function._native is None


def test_it_keeps_its_name():
    assert double.__name__ == "twice" and double.__wrapped__ is twice


def test_a_small_graph_never_loads_the_compiler() -> None:
    """Numba takes a second to load: what looks up one element of a long table does not count as work on all of it."""
    code = (
        "import sys, edgewise as ew\n"
        "for text in ('exp(x*y) + sin(x)', 'log(1 + exp(x*y))*x**3/7 + 2.5'):\n"
        "    ew.parse(text).gradient().simplify().to_python()\n"
        "print('numba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("False\n", "")
