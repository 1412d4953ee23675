"""A small graph pays for what it needs: passes without a candidate are not made, and nothing is computed in advance."""

from __future__ import annotations

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.built import held
from edgewise.ops import CODE
from edgewise.simplify.scalars import paired_terms, ranges
from edgewise.simplify.scalars.constants import Constants
from edgewise.simplify.scalars.observer import Observer
from edgewise.simplify.scalars.probing import drop_spoilt
from edgewise.simplify.scalars.ranges import points_of, out_of_range, probed, probed_in_parts
from edgewise.simplify.scalars.state import Plan
from edgewise.simplify.scalars.term_lists import gather, list_terms
from edgewise.simplify.scalars.work_columns import NOTHING, USES
from edgewise.simplify.scalars.working_graph import WorkingGraph

x, y, z = ew.symbols("x y z")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often passes, plans of pairs, and probes are made."""
    counts: Counter[str] = Counter()

    def counted(holder: Any, name: str) -> None:
        original = getattr(holder, name)

        def call(*args: Any, **options: Any) -> Any:
            counts[name] += 1
            return original(*args, **options)

        monkeypatch.setattr(holder, name, call)

    counted(WorkingGraph, "_written")
    counted(paired_terms, "plan_pairs")
    counted(paired_terms, "probed")
    return counts


@pytest.mark.parametrize(
    "e", [x * y + ew.sin(x), ew.exp(x) * ew.log(y) * z, ew.sqrt(x + y), x - y, ew.tanh(x * y) / z, x + y + z]
)
def test_what_has_nothing_to_simplify_is_written_once(e: Any, made: Counter[str]) -> None:
    simplified = ew.graph(e).simplify()
    assert simplified.report.rules == {}
    assert made == {"_written": 1}


def test_what_two_trees_share_is_planned_and_probed(made: Counter[str]) -> None:
    a, b = ew.sin(x), ew.cos(y)
    shared = ew.graph([a * b * z, a * ew.sin(z) * b]).simplify()
    assert "product shared between products" in shared.report.rules
    assert made["_written"] > 1 and made["plan_pairs"] >= 1 and made["probed"] >= 1


def test_a_gradient_without_shared_terms_makes_no_plan(made: Counter[str]) -> None:
    ew.graph(ew.sin(x) * ew.exp(y)).gradient().simplify()
    assert made["plan_pairs"] == made["probed"] == 0


CONSTANTS = [2, -7, 2**53, 2**53 + 1, 3**60, Fraction(1, 3), Fraction(2**60 + 1, 3), 0.1, -1e300, 5e-324, ew.pi]


@pytest.mark.parametrize("value", CONSTANTS, ids=str)
def test_probes_know_every_constant_to_the_last_bit(value: Any) -> None:
    tape = ew.graph(x * value, inputs=["x"]).tape
    working = WorkingGraph(tape, np.array(tape.outputs), _rules(), Observer())
    found = _probed(working)
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(found[tape.outputs[0]], points_of(1)[0] * float(value))


def test_probes_are_the_values_of_the_nodes(monkeypatch: pytest.MonkeyPatch) -> None:
    unread = x * y
    e = (x - y) / (ew.sin(x) * -y) + x**3 + ew.where(x < y, unread, 2.0) + ew.abs(x)
    tape = ew.graph([e, unread], inputs=["x", "y"]).tape
    working = WorkingGraph(tape, np.array(tape.outputs[:1]), _rules(), Observer())
    found = _probed(working).copy()  # the memory serves again
    points = points_of(2)
    values = ew.Graph(tape).evaluate(x=points[0], y=points[1]).values
    for node, value in enumerate(values):
        np.testing.assert_allclose(found[node], np.broadcast_to(value, found[node].shape), rtol=1e-14)
    # What is wanted of them is computed as in the whole, in parts too.
    root = next(node for node in range(len(tape)) if tape.op(node).name == "where")
    working.state.wanted = held(tape.live([root]).astype(np.int32))
    some = probed(working.state, working.constants.__getitem__)
    np.testing.assert_array_equal(some[root], found[root])
    monkeypatch.setattr(ranges, "LARGEST", 0)
    parts = [part[root].copy() for part in probed_in_parts(working.state, working.constants.__getitem__)]
    assert len(parts) > 1
    np.testing.assert_array_equal(np.concatenate(parts), found[root])


def test_a_product_that_leaves_the_range_is_told_from_one_that_does_not() -> None:
    """x·(p·x) is 0 where p is tiny and x huge, (x·x)·p overflows there: whole numbers say what is right."""
    tape = ew.graph(x * (y * x), inputs=["x", "y"]).tape
    root, inner = tape.outputs[0], tape.outputs[0] - 1
    for first, second, rest, spoilt in ((0, 0, 1, True), (0, 1, 0, False)):
        state = WorkingGraph(tape, np.array(tape.outputs), _rules(), Observer()).state
        plan = Plan(state.memory, len(tape), 2, 4)
        plan.op[0], plan.first[0], plan.second[0], plan.count = CODE["mul"], first, second, 1
        listing = list_terms(state, gather(state, CODE["mul"], -1))
        for k, factor in enumerate((len(tape), rest)):
            for column, number in enumerate((root, factor, 1, k)):
                listing.rows[k, column] = number
        listing.count = 2
        values = np.zeros((len(tape), 2))
        values[0], values[1] = (1e200, 3.0), (1e-300, 2.0)
        values[inner], values[root] = values[1] * values[0], values[0] * (values[1] * values[0])
        listing.touched[root] = 1
        assert out_of_range(state.memory, values, plan, listing) == ([root] if spoilt else [])
        listing.touched[root] = 0
        assert out_of_range(state.memory, values, plan, listing) == []


def test_targets_that_leave_the_range_are_dropped() -> None:
    tape = ew.graph([x * y, y * x, x + y, -(x * y)], inputs=["x", "y"]).tape
    working = WorkingGraph(tape, np.array(tape.outputs), _rules(), Observer())
    one, other, total, _ = tape.outputs
    n = len(tape)
    values = np.ones((n, 3))
    for given, code, left in (
        ([1.0, 2.0, 3.0], 2 * one, 1),  # the same
        ([1.0, 2.0, 3.1], 2 * one, 0),  # another product
        ([-1.0, -2.0, -3.0], 2 * one + 1, 1),  # the negative
        ([1.0, 2.0, np.inf], 2 * one, 1),  # nothing is lost where it is infinite
        ([0.0, 0.0, 0.0], 2 * n, 1),  # zero
    ):
        values[one], values[other] = [1.0, 2.0, 3.0], given
        target = np.full(n, NOTHING)
        target[other] = code
        assert drop_spoilt(working.sheet, held(values), held(target), NOTHING) == left
        assert (target[other] == code) == bool(left)
    values[one], values[total] = [1.0, np.inf, 0.0], [4.0, 5.0, 6.0]  # a sum is judged by being finite
    target = np.full(n, NOTHING)
    target[total] = 2 * one
    assert drop_spoilt(working.sheet, held(values), held(target), NOTHING) == 0


def _probed(working: WorkingGraph) -> Any:
    """The values of all nodes that are read."""
    working.state.wanted = held((working.nodes[:, USES] > 0).astype(np.int32))
    return probed(working.state, working.constants.__getitem__)


def _rules() -> Any:
    from edgewise.simplify.pipeline import rulebook

    return rulebook("real")


def test_values_of_numbers_come_back_as_they_were() -> None:
    constants = Constants(_rules(), 8)
    given = [1, 2.5, -0.0, Fraction(1, 3), 10**30, True, ew.pi, 7]
    back = [constants[constants.number(value)] for value in given]
    assert [(type(v), str(v)) for v in back] == [(type(v), str(v)) for v in given]


def test_memory_is_handed_on_without_a_trace() -> None:
    """Graphs of all sizes one after the other, and in several threads at once, come out as alone."""

    def made(k: int) -> str:
        v = ew.symbols(f"v{k}", shape=4 + 37 * (k % 5))
        e = sum(ew.sin(a * b) * a / (1 + b**2) + ew.where(a > b, a * b, 0) for a, b in itertools.pairwise(v))
        return ew.graph(e).gradient().simplify().to_json()

    alone = [made(k) for k in range(10)]
    assert [made(k) for k in reversed(range(10))] == alone[::-1]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(made, [*range(10)] * 2)) == alone * 2
