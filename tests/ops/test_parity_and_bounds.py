"""The table says which operations are even or odd, and which are bounded: what is true of each row."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.ops import OPS, TABLE
from edgewise.simplify.rules import RULES

ROWS = [op for op in TABLE if op.arity == 1 and not op.parameter and not op.boolean]
POINTS = np.array([1e-300, 1e-9, 0.1, 0.3, 0.5, 0.9, 1.0, 1.3, 2.5, 7.0, 30.0, 300.0, 1e9, 1e300])
PLAIN = {"neg", "abs", "round"}
"""Their own rules say so; of rounding, halves aside, nobody asked."""


@pytest.mark.parametrize("op", ROWS, ids=lambda op: op.name)
def test_parity_is_what_the_values_say(op: Any) -> None:
    with np.errstate(all="ignore"):
        right, left = np.asarray(op.value(POINTS), float), np.asarray(op.value(-POINTS), float)
    known = ~np.isnan(right) | ~np.isnan(left)
    even = bool(known.any() and np.array_equal(left[known], right[known]))
    odd = bool(known.any() and np.array_equal(left[known], -right[known]))
    assert op.name in PLAIN or op.parity == ("even" if even else "odd" if odd else "")


@pytest.mark.parametrize("op", [op for op in TABLE if op.bounded], ids=lambda op: op.name)
def test_what_is_bounded_is_below_a_bound(op: Any) -> None:
    points = np.concatenate((POINTS, -POINTS, [0.0, np.inf, -np.inf]))
    grids = np.meshgrid(*[points] * op.arity)
    with np.errstate(all="ignore"):
        assert np.nanmax(np.abs(np.asarray(op.value(*grids), float))) <= np.pi


def test_every_parity_is_a_rule() -> None:
    said = {rule.pattern for rule in RULES}
    for op in TABLE:
        if op.parity:
            assert f"{op.name}(-x)" in said
            S = ew.parse(f"{op.name}(-x)").simplify("exact")
            assert S.cost().operations == (1 if op.parity == "even" else 2)


@pytest.mark.parametrize("name", [op.name for op in TABLE if op.parity == "even" and op.name != "abs"])
def test_an_even_function_of_a_length_is_smooth_at_its_zero(name: str) -> None:
    plain, of_length = ew.parse(f"{name}(x)").hessian(), ew.parse(f"{name}(abs(x))").hessian()
    assert of_length.evaluate(0.0).outputs[0] == pytest.approx(plain.evaluate(0.0).outputs[0], rel=1e-12)
    assert OPS[name].arity == 1
