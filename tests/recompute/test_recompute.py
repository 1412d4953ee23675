"""Store or recompute: the same numbers at every point of the curve, exact counts, limits that are kept."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import tracemalloc
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from least import least_operations

import edgewise as ew
from edgewise.errors import InputError, ScheduleError, UnsupportedError
from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT
from edgewise.recompute import Task, measure, search
from strategies import EVERY, tapes, tapes_with_points
from workload_graphs import workload_graph
from workloads import Workload, chain, esin, gmm, lennard_jones, mlp, speelpenning

WORKLOADS = (esin(200), speelpenning(100), mlp(4, 4, 5), lennard_jones(5), gmm(2, 2, 4))


def roots_of(B: ew.DerivativeGraph) -> list[int]:
    return [node for result in B.returns() for node in result.nodes]


def counted(tape: Tape, roots: list[int]) -> tuple[int, int]:
    """Operations, and the most values held, by walking through the nodes with a set of what is held."""
    needed = [False] * len(tape)
    todo = list(roots)
    while todo:
        i = todo.pop()
        if not needed[i]:
            needed[i] = True
            todo += tape.arguments(i)
    depends = [False] * len(tape)
    readers: list[int] = [0] * len(tape)
    for i, code, args in tape.rows():
        depends[i] = code == INPUT or any(depends[j] for j in args)
        for j in set(args) if needed[i] else ():
            readers[j] += 1
    for i in set(roots):
        readers[i] += 1
    held: set[int] = {i for i in tape.inputs if needed[i]}
    operations, most = 0, len(held)
    for i, code, args in tape.rows():
        if not needed[i] or code in (INPUT, CONST):
            continue
        operations += 1
        assert all(j in held for j in args if depends[j])
        for j in set(args):
            readers[j] -= 1
            if readers[j] == 0:
                held.discard(j)
        if depends[i]:
            held.add(i)
        most = max(most, len(held))
    return operations, most


def check_curve(B: ew.DerivativeGraph, point: list[float], every: int = 1) -> None:
    curve = B.pareto()
    cost = B.cost()
    assert (curve[0].operations, curve[0].peak_live) == (cost.operations, cost.peak_live)
    assert curve[0].graph is B
    pairs = [(p.operations, p.peak_live) for p in curve]
    assert all(a[0] <= b[0] and a[1] > b[1] for a, b in pairwise(pairs))
    expected = B.evaluate(*point).outputs
    source = B.compile("python")(*point), B.compile("numpy")(*point)
    for p in [*curve[1::every], curve[-1]]:
        S = p.graph
        S.tape.check()
        assert counted(S.tape, roots_of(S)) == (p.operations, p.peak_live)
        assert (S.cost().operations, S.cost().peak_live) == (p.operations, p.peak_live)
        assert sum(p.recomputed.values()) == p.operations - cost.operations
        np.testing.assert_array_equal(S.evaluate(*point).outputs, expected)
        same((S.compile("python")(*point), S.compile("numpy")(*point)), source)
        assert len(S.edges) == len(B.edges)


def same(got: Any, expected: Any) -> None:
    """Equal bit for bit, nested as they are; a NaN equals a NaN."""
    if isinstance(expected, tuple):
        assert len(got) == len(expected)
        for a, b in zip(got, expected, strict=True):
            same(a, b)
    else:
        np.testing.assert_array_equal(got, expected)


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(tapes_with_points(max_ops=25, max_outputs=2))
def test_random_graphs(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    J = ew.Graph(tape).jacobian()
    check_curve(J, point)
    check_curve(J.simplify(), point)


@pytest.mark.slow
@settings(deadline=None, max_examples=15)
@given(tapes_with_points(max_ops=8))
def test_second_derivatives_and_directions(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    G = ew.Graph(tape)
    check_curve(G.hessian(), point)
    check_curve(G.tangent(0), point)
    vjp = G.vjp()
    check_curve(vjp, [*point, np.ones(len(tape.outputs))] if vjp.parameters[-1].shape else [*point, 1.0])


@settings(deadline=None, max_examples=25)
@given(tapes(operations=EVERY, max_ops=15))
def test_every_operation_is_counted(tape: Tape) -> None:
    task = Task(tape, tape.outputs)
    assert measure(task, task.order).cost == counted(tape, list(tape.outputs))
    B = ew.Graph(tape).jacobian()
    for p in B.pareto():
        assert counted(p.graph.tape, roots_of(p.graph)) == (p.operations, p.peak_live)


@settings(deadline=None, max_examples=25)
@given(tapes(max_ops=3, guarded=False))
def test_nothing_is_less_than_the_least(tape: Tape) -> None:
    B = ew.Graph(tape).jacobian().simplify()
    if len(B) > 16:
        return
    for p in B.pareto():
        least = least_operations(B.tape, roots_of(B), p.peak_live)
        settled = p.operations - len(p.nodes)
        assert least is not None
        assert least <= p.operations - settled


@pytest.mark.slow
@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda w: w.name)
def test_workloads(workload: Workload) -> None:
    B = workload_graph(workload).gradient()
    check_curve(B, [np.array(workload.point())], every=12)  # type: ignore[list-item]
    curve = B.pareto()
    for share in (0.8, 0.5):
        memory = int(curve[-1].peak_live + share * (curve[0].peak_live - curve[-1].peak_live))
        point = B.schedule(memory)
        assert point.peak_live <= memory
        assert counted(point.graph.tape, roots_of(point.graph)) == (point.operations, point.peak_live)
        assert point.operations <= min(p.operations for p in curve if p.peak_live <= memory)


# Values held at once: as the algorithm writes it, and what was reached within a tenth more operations.
REACHED = {
    "esin(200)": (402, 262),
    "speelpenning(100)": (199, 170),
    "mlp(4,4,5)": (146, 56),
    "lennard_jones(5)": (72, 38),
}


@pytest.mark.slow
@pytest.mark.parametrize("workload", WORKLOADS[:4], ids=lambda w: w.name)
def test_what_a_tenth_more_operations_buys(workload: Workload) -> None:
    B = workload_graph(workload).gradient()
    stored, fewer = REACHED[workload.name]
    assert B.cost().peak_live == stored
    assert min(p.peak_live for p in B.pareto() if p.operations <= 1.1 * B.cost().operations) <= fewer


def test_a_reading_takes_the_value_given_last() -> None:
    tape = ew.parse("s = sin(x); s*exp(s)").tape
    task = Task(tape, tape.outputs)
    assert tape.outputs == (3,)
    # sin once: sin, exp and the product. Twice: sin, exp in its place, and x is needed for a second sin.
    assert measure(task, [1, 2, 3]).cost == (3, 2)
    assert measure(task, [1, 2, 1, 3]).cost == (4, 2)
    # A step that nobody reads is no step.
    run = measure(task, [1, 1, 2, 2, 3])
    assert run.cost == (3, 2)
    assert run.nodes.tolist() == [1, 2, 3]


def test_constants_take_no_room_and_are_counted_once() -> None:
    x = ew.symbols("x")
    B = ew.graph(ew.sin(x * ew.exp(ew.sqrt(2)))).gradient()
    for p in B.pareto():
        assert counted(p.graph.tape, roots_of(p.graph)) == (p.operations, p.peak_live)


def test_a_graph_without_operations() -> None:
    B = ew.graph(ew.symbols("x")).gradient()
    curve = B.pareto()
    assert [(p.operations, p.peak_live) for p in curve] == [(0, 1)]
    assert B.schedule(1).graph is B


def test_too_little_memory_names_what_was_reached() -> None:
    B = workload_graph(chain(10)).gradient()
    least = B.pareto()[-1].peak_live
    with pytest.raises(
        ScheduleError, match=f"at most 1 values at once: the inputs .*allow {least}, the fewest"
    ) as caught:
        B.schedule(1)
    assert isinstance(pickle.loads(pickle.dumps(caught.value)), ScheduleError)
    assert B.schedule(least).peak_live == least


@pytest.mark.parametrize("memory", [2.5, "10", None, True])
def test_the_memory_is_a_whole_number(memory: Any) -> None:
    with pytest.raises(InputError, match="whole number of values"):
        workload_graph(chain(3)).gradient().schedule(memory)


def test_plenty_of_memory_stores_everything() -> None:
    B = workload_graph(chain(5)).gradient()
    assert B.schedule(10**9).graph is B
    assert dict(B.schedule(10**9).recomputed) == {}


def test_an_interrupt_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    B = workload_graph(chain(20)).gradient()
    task = Task(B.tape, roots_of(B))
    whole = search(task, B.derivative.base_nodes)

    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    monkeypatch.setattr("edgewise.recompute.pareto._changed", interrupted)
    found = search(task, B.derivative.base_nodes)
    assert found[0].cost == whole[0].cost
    assert len(found) > 5
    monkeypatch.setattr("edgewise.recompute.pareto._made", interrupted)
    assert [run.cost for run in search(task, B.derivative.base_nodes)] == [whole[0].cost]


def test_a_scheduled_graph_is_a_graph_like_any_other() -> None:
    B = workload_graph(esin(12)).gradient()
    S = B.schedule(10).graph
    again = pickle.loads(pickle.dumps(S))
    x = np.array([0.7])
    assert again.evaluate(x).outputs == B.evaluate(x).outputs
    assert S.steps(x=x)[-1].value == B.steps(x=x)[-1].value
    assert S.jacobian().evaluate(x).outputs == B.jacobian().evaluate(x).outputs
    assert S.simplify().cost().operations == B.simplify().cost().operations
    assert S.why(S.edges[0].partial) != []
    assert "of them again; at most 10 values at once" in repr(B.schedule(10))


def test_the_lines_and_labels_of_recomputed_nodes_are_kept() -> None:
    def f(x: Any) -> Any:
        for _ in range(12):
            x = np.sin(x) ** 3
        return x

    B = ew.trace(f, "x").gradient()
    S = B.schedule(B.pareto()[-1].peak_live).graph
    sines = [i for i in range(len(S)) if S.op(i) == "sin"]
    assert len(sines) > 12
    assert all("test_recompute.py" in S.tape.line(i) for i in sines)
    assert S.evaluate(0.5).outputs == B.evaluate(0.5).outputs


@pytest.mark.slow
def test_the_curve_is_the_same_in_every_process() -> None:
    code = (
        "from workload_graphs import workload_graph; from workloads import gmm\n"
        "B = workload_graph(gmm(2, 2, 3)).gradient()\n"
        "print([(p.operations, p.peak_live) for p in B.pareto()], B.pareto()[-1].nodes)"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def test_the_plot() -> None:
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    curve = workload_graph(chain(10)).gradient().pareto()
    axes = curve.plot()
    x, y = axes.lines[0].get_data()
    assert list(zip(y, x)) == [(p.operations, p.peak_live) for p in curve]
    assert curve.plot(axes) is axes
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("values held at once", "operations")
    matplotlib.pyplot.close("all")


def test_a_plot_without_matplotlib_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    with pytest.raises(UnsupportedError, match=r"edgewise\[plot\]"):
        workload_graph(chain(3)).gradient().pareto().plot()


def test_the_curve_as_text() -> None:
    text = repr(workload_graph(chain(40)).gradient().pareto())
    rows = [line.split() for line in text.splitlines()]
    assert rows[1] == ["41", "120"]
    assert len(rows) <= 15


def test_numpy_holds_no_more_arrays_than_the_schedule_says() -> None:
    y = ew.symbols("x")
    for _ in range(60):
        y = ew.sin(y)
    B = ew.graph(y).gradient()
    points = np.linspace(0.1, 1.0, 100_000)

    def peak(graph: ew.Graph) -> tuple[float, Any]:
        f = graph.compile("numpy")
        assert "del " in f.source
        assert "del " in graph.to_python(target="numpy", free=True)
        assert "del " not in graph.to_python(target="numpy")
        tracemalloc.start()
        try:
            result = f(points)
            return tracemalloc.get_traced_memory()[1] / points.nbytes, result[1]
        finally:
            tracemalloc.stop()

    (most, everything), (least, little) = peak(B), peak(B.schedule(12).graph)
    assert np.array_equal(everything, little)
    assert least <= 12 + 2  # and what NumPy needs beside them while it computes
    assert most > 50
