"""Bound calls: the results of all other calls, in every tier, whatever there is to gather or to say afterwards."""

from __future__ import annotations

import threading
from typing import Any

import numpy as np
import pytest
from native_tiers import flat

import edgewise as ew
from edgewise.built import COMPILED
from edgewise.lower.llvm import compiled_llvm
from edgewise.lower.llvm.compiled_llvm import Buffers, NativeCompiled

x, y = ew.symbols("x y")
GRAPHS = {
    "one": ew.graph(ew.sin(x) * y),
    "gradient": ew.graph(ew.sin(x) * y).gradient().simplify(),
    "gathered": ew.graph([x + y, 2.5, x, x + y, x * y, 0.0], inputs=["x", "y"]),
    "of a list": ew.graph([x * y, ew.exp(x)], inputs=["x", "y"]),
}


def long_graph(size: int) -> ew.Graph:
    e: Any = x
    for k in range(size):
        e = ew.sin(e) * y + k / size
    return ew.graph([e, x, e * e], inputs=["x", "y"])


GRAPHS["released"] = long_graph(40)


@pytest.fixture(autouse=True)
def _locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python's lock is held for the others and released for the largest."""
    monkeypatch.setattr(compiled_llvm, "QUICK_CALL", 60)


def called(bound: Buffers, point: tuple[float, float]) -> Any:
    bound.inputs["x"][...], bound.inputs["y"][...] = point
    assert bound() is None
    return bound.results.copy()


@pytest.mark.parametrize("dtype", ["float64", "float32"])
@pytest.mark.parametrize("name", GRAPHS)
def test_results_are_those_of_a_call_before_and_after_optimisation(name: str, dtype: str) -> None:
    f = GRAPHS[name].compile(dtype=dtype)
    bound, other = f.buffers(), f.buffers()
    points = ((0.5, 2.0), (-1.5, 0.25), (float("nan"), 1.0))
    before = [called(bound, point) for point in points]
    f.wait()  # the bound calls that are there follow
    for point, first in zip(points, before, strict=True):
        expected = flat(f(*point))
        tolerance = 1e-9 if dtype == "float64" else 1e-3
        np.testing.assert_array_equal(called(bound, point), expected)
        np.testing.assert_allclose(first, expected, rtol=tolerance)
        np.testing.assert_array_equal(called(other, point), expected)
    assert not bound.results.flags.writeable


@pytest.mark.skipif(not COMPILED, reason="plain Python calls through ctypes")
def test_a_bound_call_runs_no_python(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("not compiled from end to end")

    for name in ("gathered", "gradient", "released"):
        bound = GRAPHS[name].compile().wait().buffers()
        expected = called(bound, (0.5, 2.0))
        with monkeypatch.context() as patch:
            patch.setattr(Buffers, "run", refuse)
            patch.setattr(Buffers, "finish", refuse)
            np.testing.assert_array_equal(called(bound, (0.5, 2.0)), expected)


def test_the_kernel_may_be_any_of_these_arguments() -> None:
    """`use` is what a tier is: another kernel is called in the same way."""
    f = ew.graph(x * y).compile().wait()
    other: NativeCompiled = ew.graph(x + y, inputs=["x", "y"]).compile().wait()
    bound = f.buffers()
    assert called(bound, (2.0, 5.0)).tolist() == [10.0]
    address = other._code[1].address("kernel")
    f.use(address, 0)
    assert called(bound, (2.0, 5.0)).tolist() == [7.0]


def test_what_a_users_operation_raises_comes_out() -> None:
    def half(value: Any) -> Any:
        if np.any(np.asarray(value) < 0):
            raise ZeroDivisionError("negative")
        return value / 2

    halved = ew.op("half_bound", "x", value=half, partials="1/2")
    for wait in (False, True):
        f = ew.graph([halved(x) + y, y, halved(x) + y], inputs=["x", "y"]).compile()
        bound = (f.wait() if wait else f).buffers()
        assert called(bound, (3.0, 1.0)).tolist() == [2.5, 1.0, 2.5]
        with pytest.raises(ZeroDivisionError, match="negative"):
            called(bound, (-3.0, 1.0))
        assert called(bound, (5.0, 1.0)).tolist() == [3.5, 1.0, 3.5]


def test_threads_with_numbers_of_their_own() -> None:
    f = GRAPHS["released"].compile().wait()
    expected = {k: flat(f(0.1 * k, 0.5)) for k in range(4)}
    wrong: list[int] = []

    def work(k: int) -> None:
        bound = f.buffers()
        for _ in range(100):
            if not np.array_equal(called(bound, (0.1 * k, 0.5)), expected[k]):
                wrong.append(k)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_both_ways_of_holding_the_lock_are_tried() -> None:
    assert len(GRAPHS["gathered"].compile().rows) <= 60 < len(GRAPHS["released"].compile().rows)
