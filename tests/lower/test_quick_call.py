"""Calls of small graphs with floats and arrays, compiled from end to end: what they take, return, leave alone."""

from __future__ import annotations

import gc
import sys
import threading
from typing import Any

import numpy as np
import psutil
import pytest
from native_tiers import flat, interpreted

import edgewise as ew
from edgewise.built import COMPILED
from edgewise.errors import InputError

x, y = ew.symbols("x y")
e = ew.sin(x) * y
GRAPHS = {
    "one": ew.graph(e),
    "gradient": ew.graph(e).gradient().simplify(),
    "hessian": ew.graph(e * x).hessian().simplify(),
    "list": ew.graph([e, 2.0, x, e], inputs=["x", "y"]),
    "nested": ew.graph((e, [x, (y, 1.0)], (), [e])),
    "many": ew.graph(tuple(e + k for k in range(150))),
    "too many": ew.graph(tuple(e + k for k in range(250))),
    "array": ew.graph(np.array([e, x, 0.0], dtype=object), inputs=["x", "y"]),
}


def alone(f: Any) -> Any:
    """The function without what serves all other calls."""

    def called(*_: Any) -> Any:
        raise AssertionError("not served at once")

    if COMPILED:
        f.called = called
    return f


@pytest.mark.parametrize("name", GRAPHS)
def test_results_are_those_of_the_interpreter(name: str) -> None:
    f, slow = alone(GRAPHS[name].compile().wait()), interpreted(GRAPHS[name])
    for point in ((0.5, 2.0), (-1.5, float("inf")), (float("nan"), 0.0)):
        assert str(f(*point)) == str(f(x=point[0], y=point[1])) == str(f(point[0], y=point[1])) == str(slow(*point))
        assert type(f(*point)) is type(slow(*point))
        assert str(f(np.float64(point[0]), point[1])) == str(slow(*point))


def test_arrays_in_their_shapes_are_served() -> None:
    G = ew.trace(lambda w, a, M: (M @ w) @ w * a, w=3, a=(), M=(3, 3))
    f, slow = alone(G.gradient().simplify().compile().wait()), interpreted(G.gradient().simplify())
    rng = np.random.default_rng(2)
    for _ in range(3):
        w, a, M = rng.normal(size=3), 2.5, rng.normal(size=(3, 3))
        for matrix in (M, M.T, np.asfortranarray(M), np.repeat(M, 2, axis=0)[::2]):
            np.testing.assert_array_equal(flat(f(w, a, matrix)), flat(slow(w, a, matrix)))
    kept = f(w, a, M)
    before = str(kept)
    f(-w, a, M)
    assert str(kept) == before  # results are nobody else's


@pytest.mark.skipif(not COMPILED, reason="nothing is compiled here")
def test_a_call_from_within_a_call_leaves_the_outer_results_alone() -> None:
    f = GRAPHS["gradient"].compile().wait()
    inner, outer = f(-3.0, 7.0), f(0.5, 2.0)
    numbers = f._numbers()
    found = []

    def finaliser() -> None:  # may run whenever Python makes an object
        found.append(f(-3.0, 7.0))

    value, gradient = numbers.plan
    f.bind(numbers.all, f.rows.first_input, [None, None], ("x", "y"), (finaliser, value, finaliser, gradient))
    assert f(0.5, 2.0)[1::2] == outer
    assert found == [inner, inner]


@pytest.mark.parametrize("kind", [int, bool, np.float64, np.float32, np.array])
def test_other_numbers_go_the_other_way(kind: Any) -> None:
    f = GRAPHS["gradient"].compile().wait()
    assert flat(f(kind(1.0), 2.0)) == pytest.approx(flat(f(1.0, 2.0)), rel=1e-6)
    assert f(x=1.0, y=2.0) == f(1.0, 2.0) == f(1.0, y=2.0)


def test_wrong_counts_are_said() -> None:
    f = GRAPHS["one"].compile().wait()
    with pytest.raises(InputError, match="no value was given for the input 'y'"):
        f(1.0)
    with pytest.raises(InputError, match="3 values were given for 2 inputs"):
        f(1.0, 2.0, 3.0)
    with pytest.raises(InputError, match="no value"):
        f()
    with pytest.raises(InputError, match="'z' is not an input"):
        f(1.0, z=2.0)
    with pytest.raises(InputError, match="given twice"):
        f(1.0, x=2.0)


def test_calls_leave_nothing_behind() -> None:
    process = psutil.Process()
    f, g = GRAPHS["nested"].compile().wait(), GRAPHS["many"].compile().wait()
    point = (0.5, 2.0)

    def some(count: int) -> None:
        for _ in range(count):
            f(*point), g(*point)

    some(1000)
    gc.collect()
    before, one = process.memory_info().rss, sys.getrefcount(point[0])
    some(10_000)
    gc.collect()
    assert process.memory_info().rss - before < 1_000_000
    now = sys.getrefcount(point[0])
    assert now == one


def test_threads_and_copies() -> None:
    import pickle

    f = GRAPHS["nested"].compile().wait()
    points = [(k / 100, 2.0) for k in range(300)]
    alone = [f(*point) for point in points]
    found: dict[int, Any] = {}

    def work(k: int) -> None:
        found[k] = [f(*point) for point in points]

    threads = [threading.Thread(target=work, args=(k,)) for k in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(found[k] == alone for k in range(3))
    assert pickle.loads(pickle.dumps(f))(0.5, 2.0) == f(0.5, 2.0)


def test_operations_that_are_called_back_take_the_other_way() -> None:
    double = ew.op("double_called", value=lambda x: 2 * x, partials="2")
    f = ew.trace(lambda x: double(x) + 1, "x").compile().wait()
    assert not f._quick
    assert f(3.0) == 7.0
