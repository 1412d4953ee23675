"""The record of rewrites: one unbroken road of graphs of the same values, from what was given to what came out."""

from __future__ import annotations

import pickle
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.derivative_graph import DerivativeGraph
from edgewise.api.graph import Graph
from edgewise.graph import Tape
from edgewise.simplify import LEVELS, Report
from edgewise.simplify.pipeline import MULTIPLIED
from edgewise.simplify.rulebook import NAMES
from strategies import KINKED, SMOOTH, tapes_with_points
from workload_graphs import workload_graph
from workloads import rosenbrock


def check_road(report: Report, point: list[float]) -> None:
    steps = report.rewrites
    tape, roots = report.source
    given = Graph(tape).evaluate(*point).values
    assert [step.after.operations for step in steps][:-1] == [step.before.operations for step in steps][1:]
    if steps:
        assert (steps[0].before.operations, steps[-1].after.operations) == (report.before, report.after)
    for step in steps:
        for frame in (step.before, step.after):
            found = Graph(frame.tape.check()).evaluate(*point).values
            np.testing.assert_allclose(
                [found[frame.new[i]] for i in roots], [given[i] for i in roots], rtol=1e-6, atol=1e-9
            )
            # Whatever node of the first graph is still there has its value.
            for i, j in enumerate(frame.new.tolist()):
                if j >= 0:
                    assert found[j] == pytest.approx(given[i], rel=1e-6, abs=1e-9)


@given(case=tapes_with_points(operations=(*SMOOTH, *KINKED), max_ops=12, max_outputs=2))
@settings(deadline=None, max_examples=40)
def test_every_graph_on_the_way_has_the_same_values(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    for level in LEVELS:
        check_road(Graph(tape).simplify(level).report, point)


@given(case=tapes_with_points(max_ops=8))
@settings(deadline=None, max_examples=20)
def test_derivatives_too_with_the_rules_that_the_report_counts(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    report = Graph(tape).gradient().simplify().report
    check_road(report, point)
    named = {rule for step in report.rewrites for rule in step.rules}
    assert named & set(NAMES) == set(report.rules) & set(NAMES)


def test_a_step_says_which_node_and_what_became_of_it() -> None:
    report = ew.parse("x*1 + (y + y)*(y + y)").simplify("exact").report
    one, twice, *_ = report.rewrites
    assert one.rules == ("multiply by one",)
    assert one.before.tape.op(one.before.node).name == "mul"
    assert one.after.tape.attrs[one.after.node] == "x"
    assert one.before.operations - one.after.operations == 1
    assert repr(twice).startswith("<twice") or "common subexpression" in twice.rules


def test_the_ledger_can_be_followed_through_every_step() -> None:
    B = ew.parse("log(1 + exp(x*y)) + sin(x)*x**3").gradient()
    values = B.evaluate(x=0.3, y=1.7).values
    for step in B.simplify().report.rewrites:
        frame = step.after
        C = DerivativeGraph(B.derivative.renumbered(frame.tape, frame.new), B.base)
        found = C.evaluate(x=0.3, y=1.7).values
        for entry, first in zip(C.edges, B.edges, strict=True):
            for node, old in ((entry.partial, first.partial), (entry.product, first.product)):
                assert node < 0 or found[node] == pytest.approx(values[old], rel=1e-9)
        assert [found[i] for i in C.outputs] == pytest.approx([values[i] for i in B.outputs])


def test_multiplying_out_is_a_step() -> None:
    report = ew.parse("(x + y)*(x + z) - x*(y + z)").gradient().simplify(expand=True).report
    rules = [step.rules for step in report.rewrites]
    assert (MULTIPLIED,) in rules
    check_road(report, [0.5, 1.25, -0.75])


def test_workloads_end_where_the_report_says() -> None:
    report = workload_graph(rosenbrock(12)).gradient().simplify().report
    steps = report.rewrites
    for one, other in pairwise(steps):
        assert one.after.operations == other.before.operations
    assert (steps[0].before.operations, steps[-1].after.operations) == (report.before, report.after)


def test_a_report_pickles_with_or_without_its_steps() -> None:
    report = ew.parse("x*1 + y").simplify().report
    count = len(report.rewrites)
    again = pickle.loads(pickle.dumps(report))
    assert "rewrites" not in vars(again)
    assert len(again.rewrites) == count > 0


def test_what_tells_of_simplification_travels() -> None:
    """Rewrites, with their graphs, and the page that shows them: as pickles."""
    B = ew.parse("1*x + sin(y)**2 + sin(y)**2").gradient()
    steps, page = B.simplify().report.rewrites, B.explore(x=1.0, y=2.0)  # type: ignore[union-attr]
    again, page_again = pickle.loads(pickle.dumps((steps, page)))
    assert [str(step) for step in again] == [str(step) for step in steps]
    assert page_again.html == page.html
