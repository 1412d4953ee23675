"""Every row of the table against mpmath: value, first and second partials, range, definition, no gaps."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import numpy as np
import pytest

import oracles
from edgewise.errors import OperationError
from edgewise.evaluate import forward_propagation
from edgewise.frontends.text import parse
from edgewise.ops import CODE, CONST, INPUT, N_BUILTIN, OPS, TABLE, Op, op_named
from rows import ABSOLUTE, BEYOND, CASES, MESH, PARAMETERS, ROWS, partial_errors, row_tape, sample, value_errors


@pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
def test_no_row_has_a_gap(op: Op) -> None:
    assert op.doc
    assert op.args
    assert callable(op.value)
    assert len(op.partials) == op.arity
    assert op.name in oracles.MPMATH
    assert op.convention or not op.kinks or not any(op.partials)
    assert bool(op.parameter) == (op.name in PARAMETERS)
    assert op.range in ("", "positive", "nonnegative")


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=str)
def test_at_least_eight_points_are_checked(op: Op, parameter: Any) -> None:
    points = sample(op, parameter)
    assert len(points) >= 8
    assert len(set(points)) == len(points)
    # Where nothing is excluded every value of every argument is met.
    if not op.domain and not op.kinks and op.name not in BEYOND:
        met = [set(column) for column in zip(*points, strict=True)]
        assert all(values == set(MESH[op.arity]) for values in met)


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=str)
def test_values(op: Op, parameter: Any) -> None:
    assert value_errors(op, parameter) == []


LONG = ("ellipeinc", "ellipkinc")
"""mpmath takes seconds of either. `test_integral_functions.py` looks at their derivatives too, and is quick."""
DIFFERENTIATED = [
    pytest.param(*case, marks=pytest.mark.slow if case[0].name in LONG or k % 2 else ())
    for k, case in enumerate(CASES)
    if any(case[0].partials)
]


@pytest.mark.parametrize(("op", "parameter"), DIFFERENTIATED, ids=str)
def test_first_and_second_partials(op: Op, parameter: Any) -> None:
    assert partial_errors(op, parameter) == []


def test_only_rows_of_the_table_are_excused_from_relative_accuracy() -> None:
    assert set(ABSOLUTE) <= set(OPS)


@pytest.mark.parametrize("op", [op for op in ROWS if not any(op.partials)], ids=lambda op: op.name)
def test_operations_without_partials_are_steps(op: Op) -> None:
    for point in sample(op):
        with mp.workdps(80):
            for k in range(op.arity):
                order = [int(a == k) for a in range(op.arity)]
                slope = oracles.mp_derivative(lambda *a: oracles.mp_value(op.name, a), point, order)
                at_a_jump = abs(slope) > 1e10  # comparisons and logic have no kinks text: their tie is on the mesh
                assert abs(slope) < 1e-25 or at_a_jump, (op.name, point)
                assert not (at_a_jump and op.kinks), (op.name, point)


@pytest.mark.parametrize("op", [op for op in ROWS if op.definition], ids=lambda op: op.name)
def test_definitions_are_the_operation(op: Op) -> None:
    defined = parse(op.definition, inputs=list(op.args))
    for point in sample(op):
        # A definition may cancel where the operation does not: that is why there is an operation.
        scale = 1e-15 * (1 + max(map(abs, point)))
        assert forward_propagation(defined, point).outputs[0] == pytest.approx(
            forward_propagation(row_tape(op), point).outputs[0], rel=1e-12, abs=scale
        )


@pytest.mark.parametrize("op", [op for op in ROWS if op.range], ids=lambda op: op.name)
def test_ranges_hold(op: Op) -> None:
    for parameter in PARAMETERS.get(op.name, (None,)):
        for point in sample(op, parameter):
            exact = oracles.mp_value(op.name, [mp.mpf(v) for v in point], parameter)
            assert exact > 0 if op.range == "positive" else exact >= 0
            assert forward_propagation(row_tape(op, parameter), point).outputs[0] >= 0


@pytest.mark.parametrize("op", [op for op in ROWS if op.commutative], ids=lambda op: op.name)
def test_commutative_rows_are_symmetric(op: Op) -> None:
    for x, y in sample(op):
        assert op.value(x, y) == op.value(y, x)


def test_codes_are_row_numbers() -> None:
    assert [CODE[op.name] for op in TABLE] == list(range(N_BUILTIN))
    assert CODE["const"] == CONST
    assert CODE["input"] == INPUT
    assert [op_named(name) for name in OPS] == list(TABLE)
    with pytest.raises(OperationError, match="no operation named 'sinn'"):
        op_named("sinn")


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=str)
def test_values_broadcast(op: Op, parameter: Any) -> None:
    points = sample(op, parameter)
    columns = [np.array(column) for column in zip(*points, strict=True)]
    together = forward_propagation(row_tape(op, parameter), columns).outputs[0]
    apart = [forward_propagation(row_tape(op, parameter), point).outputs[0] for point in points]
    assert np.shape(together) == (len(points),)
    assert together.astype(float).tolist() == pytest.approx([float(v) for v in apart], rel=1e-14)
