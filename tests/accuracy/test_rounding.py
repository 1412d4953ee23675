"""The map of rounding: what each node's rounding does to each result, against analysis by hand and the truth."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.accuracy.balls import Balls, working_bits
from edgewise.accuracy.rounding import _adjoints
from edgewise.accuracy.samples import sampled
from edgewise.errors import InputError, UnsupportedError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Builder, Layout, Tape
from edgewise.ops import CONST, INPUT
from strategies import tapes_with_points


def test_conditions_are_those_of_analysis() -> None:
    x = 1e-5
    rows = {row.text: row for row in ew.parse("(1 - cos(x))/x**2").rounding(x=x).nodes}
    assert rows["cos(x)"].condition == pytest.approx(math.cos(x) / (2 * math.sin(x / 2) ** 2), rel=1e-6)
    assert rows["1 - cos(x)"].condition == pytest.approx(1.0, rel=1e-6)
    assert rows["x**2"].condition == pytest.approx(1.0, rel=1e-6)
    assert rows["cos(x)"].share > 0.999 and rows["cos(x)"].repairs == ("one minus a cosine",)
    assert rows["1 - cos(x)"].events == {"cancellation": 1}


def test_edges_have_their_own_condition() -> None:
    edges = ew.parse("exp(x*y)").rounding(x=3.0, y=2.0).edges
    found = {(edge.consumer, edge.position): edge.condition for edge in edges}
    assert found == {(2, 0): pytest.approx(1.0), (2, 1): pytest.approx(1.0), (3, 0): pytest.approx(6.0)}


def test_of_a_derivative_the_map_is_of_its_own_nodes_too() -> None:
    B = ew.parse("1/x - 1/sin(x)").gradient().simplify()
    made = B.rounding(ranges={"x": (1e-3, 1e-2)})
    assert [name for name, _, _ in made.results] == ["out", "∂out/∂x"]
    value, slope = made.results
    assert value[1] > 10 and slope[1] > 10
    own = {row.node for row in made.nodes if row.result == 1} - set(B.derivative.base_nodes.tolist())
    assert own, "no node of the derivative's own has a share"
    assert sum(row.share for row in made.nodes if row.result == 1) == pytest.approx(1.0, abs=1e-6)


def test_where_overflow_and_nan_begin_is_said() -> None:
    made = ew.parse("exp(x)/(1 + exp(x))").rounding(x=800.0)
    events = {row.text: row.events for row in made.nodes}
    assert events["exp(x)"] == {"overflow": 1}
    assert events["exp(x)/(1 + exp(x))"] == {"NaN": 1}
    assert made.results[0][1] == 64


def test_the_user_s_line_is_there() -> None:
    def f(x: Any) -> Any:
        c = np.cos(x)
        return (1 - c) / x

    made = ew.trace(f, "x").rounding(x=1e-6)
    assert made.nodes[0].line.endswith(f"test_rounding.py:{f.__code__.co_firstlineno + 1}")
    assert "cos(x)" in repr(made) and "<table>" in made._repr_html_()


@settings(deadline=None, max_examples=40)
@given(tapes_with_points())
def test_roundings_times_adjoints_are_the_error_to_first_order(drawn: tuple[Tape, list[float]]) -> None:
    """Of random graphs with sharing: the sum over the nodes is what the result is off by."""
    tape, point = drawn
    root = tape.outputs[0]
    sample = sampled(tape, [root], {}, 1, 0, given=[np.array([value]) for value in point])
    values = [float(value) for value in forward_propagation(tape, point).values]
    adjoints, _ = _adjoints(tape, root, sample)
    known = Balls(tape).known(point, [root], 100)
    exact = known[root]
    if not exact.is_finite() or len(adjoints) < 2 or not all(map(math.isfinite, values)):
        return
    total = largest = 0.0
    for i, code, args in tape.rows():
        if code == INPUT or i not in adjoints:
            continue
        # The exact value of the operation at the doubles that it was given.
        alone = known if code == CONST else Balls(one_operation(tape, i)).known([values[j] for j in args], [], 100)
        at_doubles = alone[i if code == CONST else len(args)]
        part = float(adjoints[i][0]) * apart(values[i], at_doubles)
        total, largest = total + part, max(largest, abs(part))
    error = apart(values[root], exact)
    if math.isfinite(total) and largest < 1e-10:  # beyond that the second order counts
        assert abs(total - error) <= 1e-4 * largest + 1e-30


def apart(value: float, ball: Any) -> float:
    with working_bits(300):
        return float((value - ball).mid())


def one_operation(tape: Tape, node: int) -> Tape:
    """A graph of one operation alone."""
    builder = Builder.like(tape)
    inputs = [builder.input(f"a{k}") for k in range(len(tape.arguments(node)))]
    made = builder.add(builder.code(tape.op(node)), inputs, tape.attrs.get(node))
    return builder.whole([made], Layout())


def test_bad_input_is_told() -> None:
    with pytest.raises(UnsupportedError, match="scalarize"):
        ew.parse("sum(x)", shapes="x: n").rounding(x=[1.0, 2.0])
    with pytest.raises(InputError, match="is empty"):
        ew.parse("log(x)").rounding(ranges={"x": (2.0, 1.0)})
