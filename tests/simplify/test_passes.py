"""The native passes: counts of reads, room, values, and the same bits however they run."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.built import held
from edgewise.graph import Tape
from edgewise.ops import CODE
from edgewise.simplify.scalars.constants import folded
from edgewise.simplify.scalars.passes import count_reads
from edgewise.simplify.scalars.state import Sheet, State
from edgewise.simplify.scalars.work_columns import USES
from edgewise.simplify.scalars.working_graph import WorkingGraph
from strategies import KINKED, SMOOTH, tapes_with_points
from workload_graphs import workload_graph
from workloads import WORKLOADS


@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED, "div", "exp", "sqrt", "neg", "where"), max_outputs=2))
@settings(deadline=None, max_examples=100)
def test_reads_are_counted_exactly(case: tuple[Tape, list[float]]) -> None:
    """What a rule believes about who dies is what a count from nothing finds."""
    written, seen = WorkingGraph._written, []

    def checked(working: WorkingGraph, *args: object) -> bool:
        done = written(working, *args)
        s, n = working.state, working.sheet.count
        sheet = Sheet(n, s.width)
        sheet.rows[:], sheet.count = working.nodes, n
        sheet.rows[:, USES] = 0
        counting = State(s.rules, s.values, s.width)
        counting.take(sheet)
        count_reads(counting, held(working.image[np.unique(working.tape.outputs)]))
        seen.append(np.array_equal(sheet.rows[:, USES], working.nodes[:, USES]))
        return done

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WorkingGraph, "_written", checked)
        Graph(case[0]).simplify()
    assert seen
    assert all(seen)


@pytest.fixture
def cramped(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Passes begin with half the room that they need; the list says of each try whether it came to its end."""
    fresh, written, tries = WorkingGraph._fresh, WorkingGraph._written, []
    monkeypatch.setattr(WorkingGraph, "_fresh", lambda working, room: fresh(working, room // 2))

    def counted(working: WorkingGraph, *args: object) -> bool:
        tries.append(written(working, *args))
        return tries[-1]

    monkeypatch.setattr(WorkingGraph, "_written", counted)
    return tries


def test_a_pass_that_needs_more_room_begins_again(cramped: list[bool]) -> None:
    x = ew.symbols("x", shape=6000)
    S = ew.graph(sum(ew.sin(v) / (-ew.cos(v)) for v in x)).simplify()
    point = np.linspace(0.1, 1.0, 6000)
    assert S.evaluate(point).outputs[0] == pytest.approx(-np.sum(np.tan(point)), rel=1e-12)
    assert S.report.rules["sign out of a denominator"] == 6000
    assert False in cramped
    # And is recorded once.
    cramped.clear()
    assert sum("sign out of a denominator" in step.rules for step in S.report.rewrites) == 6000
    assert False in cramped


def test_thousands_of_new_constants() -> None:
    x = ew.symbols("x", shape=4000)
    c = np.linspace(1.0, 2.0, 4000)
    S = ew.graph(sum(a * (b * v) for a, b, v in zip(c.tolist(), (c + 0.3).tolist(), x, strict=True))).simplify()
    assert S.report.rules["gather constant factors"] == 3999  # the first is 1
    assert S.evaluate(np.ones(4000)).outputs[0] == pytest.approx(np.sum(c * (c + 0.3)), rel=1e-12)


def test_constants_beyond_machine_integers() -> None:
    x = ew.symbols("x")
    e = x
    for k in range(150):
        e = (k + 3) * e + (x - x)
    S = ew.graph(e).simplify()
    assert S.cost().operations == 1
    product = 1
    for k in range(150):
        product *= k + 3
    assert product in S.tape.constants().values()


def test_a_sum_of_many_terms() -> None:
    x = ew.symbols("x", shape=500)
    terms = [(k % 7 + 1) * x[k % 500] for k in range(20_000)]
    S = ew.graph(sum(terms)).simplify()
    assert S.cost().operations <= 999
    assert S.evaluate(np.ones(500)).outputs[0] == sum(k % 7 + 1 for k in range(20_000))


@pytest.mark.parametrize(
    ("op", "arguments", "value"),
    [
        ("add", [0.5, 3], 3.5),
        ("mul", [1e308, 10], None),
        ("div", [1.0, 3.0], 1 / 3),
        ("div", [1.0, 0.0], None),
        ("add", [1.0, 10**400], None),
        ("sin", [1], None),
    ],
)
def test_folding_in_python(op: str, arguments: list[float], value: float | None) -> None:
    assert folded(CODE[op], arguments) == value


def test_every_workload_keeps_its_ledger() -> None:
    B = workload_graph(WORKLOADS[2]).gradient()
    S = B.simplify()
    point = np.array(WORKLOADS[2].point())
    before, after = B.evaluate(point).values, S.evaluate(point).values
    for old, new in zip(B.edges, S.edges, strict=True):
        assert after[new.partial] == pytest.approx(before[old.partial], rel=1e-9, abs=1e-9)
        assert after[new.product] == pytest.approx(before[old.product], rel=1e-9, abs=1e-9)
