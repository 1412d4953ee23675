"""Calls of small graphs with floats go through a function of CPython's own: what it takes, returns, leaves alone."""

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


@pytest.mark.parametrize("name", GRAPHS)
def test_results_are_those_of_the_interpreter(name: str) -> None:
    f, slow = GRAPHS[name].compile().wait(), interpreted(GRAPHS[name])
    assert (f._quick is not None) == (name not in ("too many", "array"))
    for point in ((0.5, 2.0), (-1.5, float("inf")), (float("nan"), 0.0)):
        assert str(f(*point)) == str(slow(*point))
        assert type(f(*point)) is type(slow(*point))


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
    assert f._quick is not None
    none = sys.getrefcount(None)
    refused = [f._quick("a", 2.0) for _ in range(1000)]
    assert set(refused) == {None}
    del refused
    grown = sys.getrefcount(None) - none
    assert abs(grown) < 500


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
    assert f._quick is None
    assert f(3.0) == 7.0
