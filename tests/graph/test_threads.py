"""One set of symbols used in several threads: every thread gets the graph that it wrote."""

from __future__ import annotations

import math
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import edgewise as ew


@pytest.fixture(autouse=True)
def restless() -> Iterator[None]:
    """Threads that change as often as Python can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def in_threads(work: Callable[[int], None], count: int = 8) -> None:
    errors: list[BaseException] = []

    def guarded(k: int) -> None:
        try:
            work(k)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(k,)) for k in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@pytest.mark.parametrize("turn", range(4))
def test_expressions_of_the_same_symbols(turn: int) -> None:
    x, y = ew.symbols("x y")
    found: dict[int, Any] = {}

    def work(k: int) -> None:
        e = x
        for i in range(60):
            e = ew.sin(e * y) + (k + i) % 7 + x / (y + i) - (x + k) ** 2 * 0.01 + ew.max(x, i % 3) * ew.tanh(e) ** 3
        found[k] = ew.graph(e, inputs=["x", "y"])

    in_threads(work)
    for k, graph in found.items():
        assert graph.evaluate(0.5, 0.3).outputs[0] == pytest.approx(reference(k), rel=1e-9)


def reference(k: int) -> float:
    e = 0.5
    for i in range(60):
        e = (
            math.sin(e * 0.3) + (k + i) % 7 + 0.5 / (0.3 + i) - (0.5 + k) ** 2 * 0.01
            + max(0.5, i % 3) * math.tanh(e) ** 3
        )  # fmt: skip
    return e


@pytest.mark.parametrize("turn", range(6))
def test_expressions_that_meet_while_others_are_written(turn: int) -> None:
    x, y = ew.symbols("x"), ew.symbols("y")
    z = [ew.symbols(f"z{k}") for k in range(8)]
    found: dict[int, Any] = {}

    def work(k: int) -> None:
        e = ew.sin(z[k])
        for i in range(40):
            e = ew.cos(e + (x * k + i) ** 2 * 0.001) + z[k]
        found[k] = ew.graph(e * x + y, inputs=["x", "y", f"z{k}"])

    in_threads(work)
    for k, graph in found.items():
        e = math.sin(0.7)
        for i in range(40):
            e = math.cos(e + (0.5 * k + i) ** 2 * 0.001) + 0.7
        assert graph.evaluate(0.5, 0.3, 0.7).outputs[0] == pytest.approx(e * 0.5 + 0.3, rel=1e-12)
