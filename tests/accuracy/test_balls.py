"""Values to many digits: every row on balls against mpmath, and what graphs make of it."""

from __future__ import annotations

import itertools
import random
from decimal import Decimal
from fractions import Fraction
from typing import Any

import mpmath as mp
import pytest
from flint import arb

import edgewise as ew
from edgewise.accuracy.balls import Balls
from edgewise.errors import InputError, UnsupportedError
from edgewise.ops import Op
from oracles import mp_value
from rows import CASES, MESH, OWN_MESH, row_tape

OUTSIDE = {
    "gammainc": lambda a, x: a <= 0 or x < 0,
    "gammaincc": lambda a, x: a <= 0 or x < 0,
    "gammapdf": lambda a, x: a <= 0 or x <= 0,
    "betainc": lambda a, b, x: a <= 0 or b <= 0 or not 0 <= x <= 1,
    "betapdf": lambda a, b, x: a <= 0 or b <= 0 or not 0 < x < 1,
    "hurwitz_zeta": lambda s, q: s <= 1 or q <= 0,
    "expint": lambda x: x < 0,
}
"""Where rows have no value, and mpmath goes on or takes long."""


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_rows_on_balls_are_those_of_mpmath(op: Op, parameter: Any) -> None:
    """A formula of doubles in a row's `computed` would show here: it is right to 17 digits, and no further."""
    points = list(itertools.product(OWN_MESH.get(op.name, MESH[op.arity]), repeat=op.arity))
    random.Random(0).shuffle(points)
    balls = Balls(row_tape(op, parameter))
    compared = 0
    for point in [p for p in points if not OUTSIDE.get(op.name, lambda *_: False)(*p)][:6]:
        with mp.workdps(90):
            try:
                exact = mp_value(op.name, [mp.mpf(x) for x in point], parameter)
            except (ValueError, ZeroDivisionError, mp.libmp.NoConvergence):
                continue
            ball = balls.known(point, [len(balls.tape) - 1], 150, last=2000)[-1]
            if isinstance(exact, mp.mpc) or not mp.isfinite(exact):
                assert ball.is_nan() or not ball.is_finite(), (point, ball)
                continue
            compared += 1
            value = mp.mpf(ball.mid().str(45, radius=False))
            assert abs(value - exact) <= mp.mpf(10) ** -38 * max(abs(exact), mp.mpf(10) ** -38), (point, ball, exact)
    assert compared or op.name in ("betainc", "betapdf")


def test_digits_come_however_much_cancels() -> None:
    G = ew.parse("(1e300 + x) - 1e300")
    assert G.evaluate(x=0.1, digits=30).outputs == (Decimal("0.100000000000000005551115123126"),)
    assert ew.parse("sin(x)**2 + cos(x)**2 - 1").evaluate(x=0.5, digits=20).outputs == (Decimal(0),)
    assert ew.parse("exp(-x)").evaluate(x=1e4, digits=5).outputs == (Decimal("1.1355E-4343"),)
    third = ew.parse("x").evaluate(x=Fraction(1, 3), digits=8).outputs
    assert third == (Decimal("0.33333333"),)


def test_digits_of_derivatives_are_those_of_mpmath() -> None:
    B = ew.parse("gamma(x)*atan2(y, x) + besselj(2, x*y)").gradient()
    with mp.workdps(40):
        f = lambda x, y: mp.gamma(x) * mp.atan2(y, x) + mp.besselj(2, x * y)
        exact = [mp.diff(f, (mp.mpf("1.5"), mp.mpf("0.25")), order) for order in ((1, 0), (0, 1))]
        found = [mp.mpf(str(value)) for value in B.evaluate(x=1.5, y=0.25, digits=30).outputs]
        assert all(abs(a - b) <= abs(b) * mp.mpf(10) ** -28 for a, b in zip(found, exact, strict=True))


def test_balls_hold_the_exact_value_over_a_range() -> None:
    ball = ew.parse("x*(1 - x)").evaluate({"x": arb(0.5, 0.1)}, arithmetic="ball").outputs[0]
    assert ball.contains(arb("0.24")) and ball.contains(arb("0.25")) and not ball.contains(1)


def test_selections_take_both_sides_where_it_cannot_be_told() -> None:
    G = ew.parse("where(x < 1, 2, 5)")
    both = G.evaluate({"x": arb(1, 0.1)}, arithmetic="ball").outputs[0]
    assert both.contains(2) and both.contains(5)
    assert G.evaluate(x=0, digits=3).outputs == (Decimal(2),)


def test_bad_input_is_told() -> None:
    G = ew.parse("x + y")
    with pytest.raises(InputError, match="no value was given for the input 'y'"):
        G.evaluate(x=1, digits=5)
    with pytest.raises(InputError, match="digits=0"):
        G.evaluate(x=1, y=2, digits=0)
    with pytest.raises(InputError, match="no arithmetic 'interval'"):
        G.evaluate(x=1, y=2, arithmetic="interval")
    with pytest.raises(InputError, match="is no number for the input 'y'"):
        G.evaluate(x=1, y="two", digits=5)
    half = ew.op("half_of", value=lambda x: x / 2, partials=["1/2"])
    with pytest.raises(InputError, match="'half_of' has no value of more digits"):
        ew.graph(half(ew.symbols("x"))).evaluate(x=1, digits=5)
    with pytest.raises(UnsupportedError, match="scalarize"):
        ew.parse("X @ w", shapes="X: n,d; w: d").evaluate({}, digits=5)


def test_whole_powers_of_what_may_be_zero() -> None:
    for power in (2, 3, 4, 7):
        G = ew.parse(f"1 + (sin(x) - sin(x))**{power}")
        assert G.evaluate(x=1, digits=20).outputs == (1,)
