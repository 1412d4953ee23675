"""The loop that is algorithm 6.2 and the columns engine write the same nodes and the same ledger."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.differentiate import Seed, sweep
from edgewise.differentiate.ledger import Written
from edgewise.differentiate.linearize import linearize
from edgewise.differentiate.reverse import sweep_edge_by_edge
from edgewise.differentiate.reverse_columns import sweep_in_columns
from edgewise.differentiate.task import Pairs, Task
from edgewise.graph import Tape
from strategies import EVERY, KINKED, tapes
from workload_graphs import workload_graph
from workloads import WORKLOADS


def assert_same(one: Written, other: Written) -> None:
    assert list(one.columns) == list(other.columns)
    for name, column in one.columns.items():
        if isinstance(column, np.ndarray):
            assert column.dtype == other.columns[name].dtype
            np.testing.assert_array_equal(column, other.columns[name], name)
        else:
            assert column == other.columns[name], name
    for part in ("ledger", "table"):
        for field in dataclasses.fields(getattr(one, part)):
            columns = [getattr(getattr(written, part), field.name) for written in (one, other)]
            np.testing.assert_array_equal(*columns, f"{part}.{field.name}")
    assert (one.zero, one.seeds) == (other.zero, other.seeds)


def both(task: Task) -> Written:
    """What both engines write."""
    loop, columns = sweep_edge_by_edge(task), sweep_in_columns(task)
    assert_same(loop, columns)
    return loop


@st.composite
def tasks(draw: Any) -> Task:
    """Sweeps in either direction, from seeds of 1 or of a node's value, to any nodes, perhaps to some of them each."""
    tape = draw(tapes(operations=(*EVERY, *KINKED, "mul"), max_ops=20, max_outputs=4))
    reverse = draw(st.booleans())
    begin, end = (tape.outputs, tape.inputs) if reverse else (tape.inputs, tape.outputs)
    nodes = st.integers(0, len(tape) - 1)
    starts = list(begin) if draw(st.booleans()) else draw(st.lists(nodes, min_size=1, max_size=4))
    wanted = list(end) if draw(st.booleans()) else draw(st.lists(nodes, min_size=1, max_size=3))
    weighted = draw(st.booleans())
    # Sweeps of one seed each, or one sweep that starts at all of them.
    seeds = [Seed(0, node, draw(nodes)) if weighted else Seed(k, node) for k, node in enumerate(starts)]
    asked: Pairs | None = None
    if draw(st.booleans()):
        pairs = [(seed.sweep, node) for seed in dict.fromkeys(seeds) for node in wanted if draw(st.booleans())]
        columns = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2).T
        asked = columns[0], columns[1]
    return Task(tape, linearize(tape), tuple(seeds), tuple(wanted), reverse, asked)


@given(tasks())
@settings(deadline=None, max_examples=300)
def test_the_engines_write_the_same(task: Task) -> None:
    both(task)


@given(tapes(operations=KINKED, max_ops=15, max_outputs=3), st.booleans())
@settings(deadline=None, max_examples=100)
def test_the_engines_select_alike_in_derivatives_of_derivatives(tape: Tape, reverse: bool) -> None:
    begin, end = (tape.outputs, tape.inputs) if reverse else (tape.inputs, tape.outputs)
    seeds = tuple(Seed(k, node) for k, node in enumerate(begin))
    first = both(Task(tape, linearize(tape), seeds, tuple(end), reverse, None))
    outputs = tuple(first.table.nodes[:3].tolist())
    again = dataclasses.replace(tape, outputs=outputs, **{k: v for k, v in first.columns.items() if k != "custom"})
    seeds = tuple(Seed(k, node) for k, node in enumerate(outputs))
    both(Task(again, linearize(again), seeds, tape.inputs, True, None))


@pytest.mark.parametrize("workload", [w for w in WORKLOADS if len(workload_graph(w)) < 3000], ids=lambda w: w.name)
def test_the_engines_write_the_same_for_the_workloads(workload: Any) -> None:
    tape = workload_graph(workload).tape
    seeds = tuple(Seed(k, node) for k, node in enumerate(tape.outputs[:5]))
    both(Task(tape, linearize(tape), seeds, tape.inputs, True, None))
    seeds = tuple(Seed(k, node) for k, node in enumerate(tape.inputs[:5]))
    both(Task(tape, linearize(tape), seeds, tape.outputs, False, None))


def test_the_engines_write_an_operation_of_the_users_with_a_parameter() -> None:
    x, y = ew.symbols("x y")
    soft = ew.op("soft", value="log(1 + exp(x))", partials=["exp(x)/(1 + exp(x))"])
    tape = ew.graph([soft(x * y) ** 3 + ew.cbrt(x) ** 2, soft(x) * 1]).tape
    seeds = tuple(Seed(k, node) for k, node in enumerate(tape.outputs))
    both(Task(tape, linearize(tape), seeds, tape.inputs, True, None))


@pytest.mark.parametrize(
    "make",
    [
        lambda G: G.gradient(),
        lambda G: G.tangent("x"),
        lambda G: G.jacobian(order="forward"),
        lambda G: G.hessian(),
        lambda G: G.hessian(sparse="coo"),
        lambda G: G.hvp(),
        lambda G: G.vjp(),
    ],
    ids=["gradient", "tangent", "forward", "hessian", "sparse", "hvp", "vjp"],
)
def test_the_choice_of_the_engine_changes_nothing(make: Callable[[Any], Any], monkeypatch: pytest.MonkeyPatch) -> None:
    G = ew.parse("s = x*y + 1; t = where(s < x, max(s, 0), sin(x)); t*s/(1 + y**2)")
    texts = []
    for few in (0, 10**9):
        monkeypatch.setattr(sweep, "FEW", few)
        texts.append(make(G).to_json())
    assert texts[0] == texts[1]


def test_small_graphs_are_written_by_the_loop_and_large_ones_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []
    for name in ("sweep_edge_by_edge", "sweep_in_columns"):
        engine = getattr(sweep, name)
        monkeypatch.setattr(sweep, name, lambda task, name=name, engine=engine: used.append(name) or engine(task))
    ew.parse("x*y + sin(x)").gradient()
    ew.parse(" + ".join(["sin(x)*y"] * 60)).gradient()
    assert used == ["sweep_edge_by_edge", "sweep_in_columns"]
