"""The engine writes the nodes and the ledger of the book's loop."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

import numpy as np
import pytest
from book_sweep import book_sweeps
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.differentiate import Seed
from edgewise.differentiate.ledger import Asked, Written
from edgewise.differentiate.sweep import count_products, write_sweeps
from edgewise.graph import Tape
from peers import where_loops_are_compiled
from strategies import EVERY, KINKED, tapes
from workload_graphs import workload_graph
from workloads import WORKLOADS

pytestmark = where_loops_are_compiled


class Task(NamedTuple):
    tape: Tape
    seeds: tuple[Seed, ...]
    wanted: tuple[int, ...]
    reverse: bool
    asked: Asked = None


def assert_same(one: Written, other: Written) -> None:
    assert list(one.columns) == list(other.columns)
    for name, column in one.columns.items():
        if isinstance(column, np.ndarray):
            assert column.dtype == other.columns[name].dtype
            np.testing.assert_array_equal(column, other.columns[name], name)
        else:
            assert column == other.columns[name], name
    columns = [("ledger", field.name) for field in dataclasses.fields(one.ledger)]
    for part, name in columns + [("table", name) for name in one.table._fields]:
        values = [getattr(getattr(written, part), name) for written in (one, other)]
        np.testing.assert_array_equal(*values, f"{part}.{name}")
    assert (one.zero, one.seeds) == (other.zero, other.seeds)


def both(task: Task) -> Written:
    """What the loop and the engine write."""
    tape, seeds, wanted, reverse, asked = task
    loop = book_sweeps(tape, seeds, wanted, reverse=reverse, asked=asked)
    assert_same(loop, write_sweeps(tape, seeds, wanted, reverse=reverse, asked=asked))
    assert count_products(tape, seeds, wanted, reverse=reverse, asked=asked) == len(loop.ledger)
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
    asked: Asked = None
    if draw(st.booleans()):
        pairs = [(seed.sweep, node) for seed in dict.fromkeys(seeds) for node in wanted if draw(st.booleans())]
        columns = np.array(sorted(set(pairs)), dtype=np.int64).reshape(-1, 2).T
        asked = columns[0], columns[1]
    return Task(tape, tuple(seeds), tuple(wanted), reverse, asked)


@given(tasks())
@settings(deadline=None, max_examples=300)
def test_the_engine_writes_what_the_loop_writes(task: Task) -> None:
    both(task)


@given(tapes(operations=KINKED, max_ops=15, max_outputs=3), st.booleans())
@settings(deadline=None, max_examples=100)
def test_they_select_alike_in_derivatives_of_derivatives(tape: Tape, reverse: bool) -> None:
    begin, end = (tape.outputs, tape.inputs) if reverse else (tape.inputs, tape.outputs)
    seeds = tuple(Seed(k, node) for k, node in enumerate(begin))
    first = both(Task(tape, seeds, tuple(end), reverse))
    outputs = tuple(first.table.nodes[:3].tolist())
    again = dataclasses.replace(tape, outputs=outputs, **{k: v for k, v in first.columns.items() if k != "custom"})
    seeds = tuple(Seed(k, node) for k, node in enumerate(outputs))
    both(Task(again, seeds, tape.inputs, True))


@pytest.mark.parametrize("workload", [w for w in WORKLOADS if len(workload_graph(w)) < 3000], ids=lambda w: w.name)
def test_the_engine_writes_what_the_loop_writes_for_the_workloads(workload: Any) -> None:
    tape = workload_graph(workload).tape
    seeds = tuple(Seed(k, node) for k, node in enumerate(tape.outputs[:5]))
    both(Task(tape, seeds, tape.inputs, True))
    seeds = tuple(Seed(k, node) for k, node in enumerate(tape.inputs[:5]))
    both(Task(tape, seeds, tape.outputs, False))


def test_they_write_an_operation_of_the_users_with_a_parameter() -> None:
    x, y = ew.symbols("x y")
    soft = ew.op("soft", value="log(1 + exp(x))", partials=["exp(x)/(1 + exp(x))"])
    tape = ew.graph([soft(x * y) ** 3 + ew.cbrt(x) ** 2, soft(x) * 1]).tape
    seeds = tuple(Seed(k, node) for k, node in enumerate(tape.outputs))
    both(Task(tape, seeds, tape.inputs, True))


@pytest.mark.parametrize("sweeps", [1, 61, 62, 63, pytest.param(130, marks=pytest.mark.slow)])
@pytest.mark.parametrize("reverse", [True, False])
def test_many_sweeps_of_small_cones(sweeps: int, reverse: bool) -> None:
    x = ew.symbols("x", shape=sweeps + 1)
    tape = ew.graph([ew.sin(x[k] * x[k + 1]) + x[0] for k in range(sweeps)]).tape
    begin, end = (tape.outputs, tape.inputs) if reverse else (tape.inputs, tape.outputs)
    seeds = tuple(Seed(k, node) for k, node in enumerate(begin))
    both(Task(tape, seeds, end, reverse))
    asked = np.repeat(np.arange(len(begin)), 2), np.array([end[(k * 7) % len(end)] for k in range(2 * len(begin))])
    both(Task(tape, seeds, end, reverse, asked))
