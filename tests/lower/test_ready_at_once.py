"""Compiling waits for nothing: what is optimised, when, in which order, and what costs nothing at all."""

from __future__ import annotations

import _thread
import signal
import subprocess
import sys
import threading
import time
from typing import Any

import numpy as np
import pytest
from native_tiers import interpreted

import edgewise as ew
from edgewise.lower.llvm import compiled_llvm, llvm_loop, llvm_machine
from edgewise.lower.llvm.llvm_code import PART
from edgewise.lower.llvm.llvm_gate import gate
from edgewise.lower.llvm.llvm_rows import LANES


def long_graph(n: int, seed: float = 0.0) -> ew.Graph:
    x = ew.symbols("x")
    e = x + seed
    for k in range(n):
        e = ew.sin(e) * x + ew.cos(e) * (k % 3) / 4
    return ew.graph(e)


# --- what costs nothing -----------------------------------------------------------------------------------------------


def test_outputs_that_are_constant_or_repeated_or_inputs_cost_no_row() -> None:
    x, y = ew.symbols("x y")
    e = ew.sin(x) * y
    G = ew.graph([np.array([[x, 0.0, e], [e, 2.0, 0.0]], dtype=object), e, 7.0, y, e], inputs=["x", "y"])
    f = G.compile()
    assert len(f.rows) == 2
    big = ew.graph(np.array([e if k == 3 else 0.0 for k in range(6400)], dtype=object), inputs=["x", "y"]).compile()
    assert len(big.rows) == 2
    assert len(big.source) < 2_000
    value = np.sin(0.5) * 3.0
    for g in (interpreted(G), f.wait()):
        for _ in range(2):
            array, *rest = g(0.5, 3.0)
            np.testing.assert_allclose(array, [[0.5, 0.0, value], [value, 2.0, 0.0]], rtol=1e-15)
            assert rest == pytest.approx([value, 7.0, 3.0, value], rel=1e-15)
            array[...] = -1.0  # the caller's own
        points = np.linspace(-1.0, 1.0, 21)
        array, *rest = g(points, 3.0)
        np.testing.assert_allclose(array[:, 0, 2], np.sin(points) * 3.0, rtol=1e-15)
        assert (array[:, 0, 1] == 0).all()
        assert (array[:, 1, 1] == 2).all()
        np.testing.assert_array_equal(array[:, 0, 0], points)
        np.testing.assert_array_equal(rest[0], array[:, 1, 0])
        assert (rest[1] == 7).all()
        assert (rest[2] == 3).all()
        bound = g.buffers()
        bound.inputs["x"][...], bound.inputs["y"][...] = 0.5, 3.0
        bound()
        np.testing.assert_allclose(bound.results, [0.5, 0, value, value, 2, 0, value, 7, 3, value], rtol=1e-15)
    with pytest.raises(ValueError, match="read-only"):
        bound.results[0] = 1.0
    found = big(0.5, 3.0)
    assert found[3] == pytest.approx(value)
    assert np.count_nonzero(found) == 1


def test_a_constant_among_bound_results_stands_from_the_beginning() -> None:
    x, y = ew.symbols("x y")
    bound = ew.graph([x * y, 2.5, x + y], inputs=["x", "y"]).compile().buffers()
    bound.inputs["x"][...], bound.inputs["y"][...] = 2.0, 3.0
    bound()
    assert bound.results.tolist() == [6.0, 2.5, 5.0]


# --- when and in which order ------------------------------------------------------------------------------------------


def test_code_is_optimised_when_calls_have_earned_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled_llvm, "EARNED", 20)
    small, large = ew.parse("x*sin(x)").compile(), long_graph(300).compile()
    assert not small._jobs
    assert small(0.5) == pytest.approx(0.5 * np.sin(0.5))
    assert 1 in small._jobs
    calls = 0
    while 1 not in large._jobs and calls < 30:
        large(0.5)
        calls += 1
    assert 1 < calls <= 20
    assert LANES not in large._jobs
    large(np.linspace(0.0, 1.0, 20 * LANES))
    assert LANES in large._jobs


def test_what_is_soonest_done_comes_first() -> None:
    large, small = long_graph(6000).compile(), long_graph(4, 0.25).compile()
    large.start(1)
    assert small.wait().tier == "optimised"
    assert large.tier == "interpreter"
    job = large._jobs[1]
    assert not job.done.is_set()
    assert len(job.made) < job.total - 1
    del large, job


def test_compiling_and_calling_wait_for_no_optimisation() -> None:
    """While somebody is inside LLVM, other functions are compiled, called, bound and forgotten."""
    G, points = long_graph(3, 0.5).gradient().simplify(), np.linspace(0.0, 1.0, 100)
    long_graph(2, 0.125).compile()(points)  # what is made once in a process
    long_graph(2, 0.125).compile().wait()(points)
    kept = G.compile().wait()
    done = threading.Event()

    def work() -> None:
        f = G.compile()
        f(0.5), f(points), kept(points), f.buffers()()
        del f
        done.set()

    with gate.first():
        thread = threading.Thread(target=work)
        thread.start()
        assert done.wait(20)
    thread.join()


def test_parts_are_small_and_long_operations_are_called_in_them() -> None:
    x = ew.symbols("x")
    e = x
    for k in range(PART):
        e = ew.erfcx(e + k / 100)
    f = ew.graph(e).compile()
    assert max(np.diff(f.rows.borders)) <= 1.5 * PART
    assert f.source.count("noinline") >= 1
    assert f.wait()(0.5) == interpreted(ew.graph(e))(0.5)


# --- bad input --------------------------------------------------------------------------------------------------------


def test_a_batch_is_interrupted_between_two_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llvm_loop, "TURN", 1_000_000)
    f = interpreted(long_graph(2000))
    points = np.linspace(0.0, 1.0, 200_000)
    begin = time.perf_counter()
    timer = threading.Timer(0.05, _thread.interrupt_main)
    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background jobs ignore it
    timer.start()
    with pytest.raises(KeyboardInterrupt):
        f(points)
    timer.join()
    signal.signal(signal.SIGINT, before)
    assert time.perf_counter() - begin < 5.0
    np.testing.assert_array_equal(f(points[:9]), [f(points[k : k + 9])[0] for k in range(9)])


SCRIPT = """
import os, sys, time
import edgewise as ew
x = ew.symbols("x")
e = x
for _ in range(4000):
    e = ew.sin(e) * x
f = ew.graph(e).compile()
f.start(1)
f.start(8)
"""


def test_leaving_the_process_waits_for_a_part_only() -> None:
    code = SCRIPT + "job = f._jobs[1]\nprint(job.done.is_set())\n"
    code += "import atexit; begin = time.perf_counter()\n"
    code += "from edgewise.lower.llvm.llvm_worker import queue\n"
    code += "queue().stop(); print(time.perf_counter() - begin < 1.0)\n"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, ["False", "True"], "")


def test_spawned_processes_compile_what_was_pickled() -> None:
    import multiprocessing

    f = long_graph(20).gradient().simplify().compile().wait()
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.map(f, [0.5]) == [f(0.5)]


def test_an_older_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Code for a processor without any of this one's vectors gives the values that it gives everywhere."""

    class Old:
        def flatten(self) -> str:
            return ""

        def get(self, _name: str) -> bool:
            return False

    G = ew.parse("exp(x)*y + sqrt(x)/y + log(x)").gradient().simplify()
    points = np.linspace(0.5, 2.0, 1003)
    expected = G.compile("numpy")(points, 3.0)
    monkeypatch.setattr(llvm_machine.llvm, "get_host_cpu_name", lambda: "generic")
    monkeypatch.setattr(llvm_machine.llvm, "get_host_cpu_features", Old)
    monkeypatch.setattr(llvm_machine, "_machine", llvm_machine.Machine())
    for f in (interpreted(G), G.compile().wait()):
        got: Any = f(points, 3.0)
        np.testing.assert_allclose(got[0], expected[0], rtol=1e-14)
        for one, other in zip(got[1], expected[1], strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-13)
        assert f(0.5, 3.0)[0] == pytest.approx(expected[0][0], rel=1e-14)
