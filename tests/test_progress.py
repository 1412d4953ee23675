"""Long work shows how far it is where somebody looks, and Ctrl-C loses nothing."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from rich.console import Console

import edgewise as ew
from edgewise import progress
from edgewise.lower.c.compiled_c import find_compiler
from edgewise.lower.llvm import llvm_worker
from edgewise.progress import Bar
from workload_graphs import workload_graph
from workloads import rosenbrock


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[], str]:
    """What a terminal has shown since it was last asked; its reader sees a bar at once."""
    monkeypatch.setattr(Console, "is_terminal", True)
    monkeypatch.setattr(progress, "PATIENCE", 0.0)
    return lambda: capsys.readouterr().err


def test_searching_compiling_and_waiting_show_a_bar(shown: Callable[[], str]) -> None:
    G = workload_graph(rosenbrock(300))
    B = G.gradient().simplify()
    assert shown() == ""  # of such a size it takes no time
    B.compile("python")
    assert re.search(r"compilation: part (\d+) of \1 ", shown())
    f = B.compile()
    f.wait()
    assert f.tier == "optimised"
    assert f"compilation: {len(f.rows):,} operations" in shown()
    curve = workload_graph(rosenbrock(20)).gradient().pareto()
    assert f"at least {curve[-1].peak_live:,} values held" in shown()
    workload_graph(rosenbrock(20)).gradient().pareto(progress=False)
    assert shown() == ""


def test_the_c_compiler_has_a_bar_and_is_ended_by_an_interrupt(
    shown: Callable[[], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    find_compiler()
    B = workload_graph(rosenbrock(300)).gradient().simplify()
    f = B.compile("c")
    assert "lines of C" in shown()
    started: list[Any] = []
    Popen = subprocess.Popen

    class Interrupted(Popen):  # type: ignore[misc, valid-type]
        def communicate(self, *args: Any, **named: Any) -> Any:
            started.append(self)
            raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "Popen", Interrupted)
    with pytest.raises(KeyboardInterrupt):
        B.compile("c")
    assert started[0].poll() is not None
    point = np.linspace(-1.0, 1.0, 300)
    assert f(point)[0] == pytest.approx(B.base.evaluate(point).outputs[0])


def test_an_interrupt_ends_the_waiting_and_not_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    B = workload_graph(rosenbrock(300)).gradient().simplify()
    f = B.compile()
    wait = llvm_worker.Queue.wait

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(llvm_worker.Queue, "wait", interrupted)
        assert f.wait() is f
    point = np.linspace(-1.0, 1.0, 300)
    assert f(point)[0] == pytest.approx(B.base.evaluate(point).outputs[0])
    assert llvm_worker.Queue.wait is wait
    assert f.wait().tier == "optimised"


def test_a_notebook_shows_one_bar_and_keeps_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    states: list[dict[str, str]] = []

    class Handle:
        def update(self, bundle: dict[str, str], raw: bool) -> None:
            states.append(bundle)

    display = pytest.importorskip("IPython.display")
    monkeypatch.setattr(display, "display", lambda bundle, raw, display_id: states.append(bundle) or Handle())
    monkeypatch.setattr("rich.console._is_jupyter", lambda: True)
    for name in ("PATIENCE", "PAUSE"):
        monkeypatch.setattr(progress, name, 0.0)
    with Bar("work", None, 4) as bar:
        bar.update(1, "<b> first")
        bar.update(3, "third")
    shown = [state["text/html"].split(" (")[0] for state in states]
    assert shown == [
        "", '<progress value="1" max="4"></progress> work: &lt;b&gt; first',
        '<progress value="3" max="4"></progress> work: third', "",
    ]  # fmt: skip
    states.clear()
    with Bar("work", True) as bar:
        bar.update(1, "done")
    assert states[-1]["text/plain"] == "work: done (0 s)"


def test_pareto_is_searched_once() -> None:
    y = ew.symbols("x")
    for _ in range(6):
        y = ew.sin(y)
    B = ew.graph(y).gradient()
    assert B.pareto() is B.pareto()
