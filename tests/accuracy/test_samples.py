"""Points to measure at, and what an error in bits is."""

from __future__ import annotations

import numpy as np
import pytest

import edgewise as ew
from edgewise.accuracy.arena import Arena
from edgewise.accuracy.samples import FEWEST, bits_of_error, doubles_between, ordinals, sampled
from edgewise.errors import InputError


def test_ordinals_count_doubles() -> None:
    values = np.array([-np.inf, -1.0, -5e-324, -0.0, 0.0, 5e-324, 1.0, np.nextafter(1.0, 2.0), np.inf])
    steps = np.diff(ordinals(values)).tolist()
    assert steps[2:5] == [1, 0, 1] and steps[6] == 1 and min(steps) >= 0


def test_doubles_are_drawn_by_their_order() -> None:
    random = np.random.default_rng(0)
    drawn = doubles_between(-1e300, 1e300, 4000, random)
    assert abs((drawn < 0).mean() - 0.5) < 0.05 and abs((np.abs(drawn) < 1).mean() - 0.5) < 0.05
    drawn = doubles_between(1.0, 4.0, 4000, random)
    assert drawn.min() >= 1 and drawn.max() <= 4 and abs((drawn < 2).mean() - 0.5) < 0.05


def test_errors_are_in_bits() -> None:
    exact = np.array([1.0, 1.0, 1.0, np.nan, -1.0])
    values = np.array([1.0, np.nextafter(1.0, 2.0), np.nan, 1.0, 1.0])
    bits = bits_of_error(values, exact)
    assert bits[0] == 0 and bits[1] == 1 and bits[2] == 64 and np.isnan(bits[3]) and bits[4] > 62


def test_samples_keep_to_ranges_and_conditions() -> None:
    tape = ew.parse("log(x) + y").tape
    sample = sampled(tape, tape.outputs, {"x": (0.5, 2.0)}, 50, 0, condition=ew.parse("x < y").tape)
    x, y = sample.inputs
    assert sample.points == 50 and (x >= 0.5).all() and (x <= 2).all() and (x < y).all()
    finite = np.isfinite(sample.exact[tape.outputs[0]])
    assert np.allclose(sample.exact[tape.outputs[0]][finite], (np.log(x) + y)[finite])


@pytest.mark.parametrize(
    ("ranges", "condition", "message"),
    [
        ({"x": (2.0, 1.0)}, None, "is empty"),
        ({"z": (1.0, 2.0)}, None, "'z' is not an input"),
        ({"x": (-2.0, -1.0)}, None, "no result has a value"),
        ({"x": (1.0, 2.0)}, "x > 3", "no point within the ranges meets the condition"),
    ],
)
def test_ranges_that_hold_nothing_are_told(
    ranges: dict[str, tuple[float, float]], condition: str, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        ew.parse("log(x)").simplify("accurate", ranges=ranges, where=condition)


def test_samples_and_forms_end_when_their_time_is_over() -> None:
    """Few points are drawn, and what writes forms is left off wherever it is; what there is can be written again."""
    G = ew.parse("sin(x)*exp(y)")
    late = sampled(G.tape, G.tape.outputs, {"x": (0, 1), "y": (0, 1)}, 64, 0, until=0.0)
    assert late.points == FEWEST
    arena = Arena([np.ones(3)])
    x = arena.input(0)
    there = arena.op("sin", x)
    assert arena.by(0.0, lambda: arena.op("sin", x), -1) == there
    assert arena.by(0.0, lambda: arena.op("cos", arena.op("sin", x)), -1) == -1
    assert arena.by(np.inf, lambda: arena.by(0.0, lambda: arena.op("tan", x), -1), -2) == -1
    assert arena.by(0.0, lambda: arena.by(np.inf, lambda: arena.op("tan", x), -1), -2) == -1
    assert arena.op("cos", there) > there
