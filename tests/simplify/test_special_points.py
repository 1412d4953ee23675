"""Simplified, no point is wrong that is right as written: at 0, ties, huge and tiny numbers, judged by mpmath."""

from __future__ import annotations

import random
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew
from edgewise.ops import TABLE
from edgewise.simplify import LEVELS
from oracles import mp_evaluate

POINTS = np.array([
    0.0, -0.0, 1.0, -1.0, 0.5, -3.0, 1e16, -1e16, 1e154, -1e154, 1e300, -1e308, 1e-160, 30.0, 360.0, -40.0, -360.0,
    1e-9, 1 - 1e-12,
])  # fmt: skip
UNARY = [f"{op.name}(%s)" for op in TABLE if len(op.args) == 1 and not op.parameter and op.name not in ("neg", "not")]
FORMS = [
    *UNARY, "-(%s)", "(%s)**2", "(%s)**3", "1/(%s)", "(%s)**1.5", "2**(%s)", "1 + (%s)", "1 - (%s)", "x*(%s)",
    "x - (%s)", "max(%s, 1)", "min(%s, x)", "clip(%s, -1, 1)", "hypot(%s, x)", "logaddexp(%s, x)", "(%s)/x",
    "where(x > 0, %s, x)",
]  # fmt: skip


def truth(graph: Any, x: float) -> Any:
    """The first output in high precision, None where mpmath has no number for it."""
    with mp.workdps(400):
        try:
            value = mp_evaluate(graph.tape, [x])[graph.tape.outputs[0]]
        except (ValueError, ZeroDivisionError, OverflowError, TypeError, ArithmeticError):
            return None
    return value if isinstance(value, mp.mpf) and mp.isfinite(value) else None


def far(value: float, exact: Any, scale: float) -> bool:
    if not np.isfinite(value):
        return bool(abs(exact) < mp.mpf("1e308"))
    return bool(abs(mp.mpf(value) - exact) > abs(exact) * 1e-9 + mp.mpf(scale) * 1e-12 + mp.mpf("1e-300"))


def worse(graph: Any, level: str) -> list[tuple[float, float, float]]:
    """Points that are right as written and wrong simplified."""
    with np.errstate(all="ignore"):
        raw = np.broadcast_to(np.asarray(graph.evaluate(POINTS).outputs[0], float), POINTS.shape)
        made = np.broadcast_to(np.asarray(graph.simplify(level).evaluate(POINTS).outputs[0], float), POINTS.shape)
        differ = np.isfinite(raw) & ~(np.abs(raw - made) <= 1e-9 * np.abs(raw))
        found = []
        for k in np.flatnonzero(differ).tolist():
            x = float(POINTS[k])
            scale = max((abs(v) for v in graph.evaluate(x).values if np.isfinite(v)), default=0.0)
            exact = truth(graph, x) if abs(x) < 1e3 or np.isfinite(raw[k]) else None
            if exact is not None and not far(raw[k], exact, scale) and far(made[k], exact, scale):
                found.append((x, float(raw[k]), float(made[k])))
    return found


CHOSEN = random.Random(5).sample([f % (g % "x") for f in FORMS for g in FORMS], 70)


@pytest.mark.parametrize("part", range(7))
def test_pairs_of_the_table(part: int) -> None:
    for formula in CHOSEN[part::7]:
        G = ew.parse(formula, inputs=["x"])
        if G.tape.op(G.tape.outputs[0]).boolean:
            continue
        for graph in (G, G.gradient(), G.hessian()):
            assert worse(graph, "real") == [], formula


@pytest.mark.parametrize("formula", [
    "softplus(cosh(x))", "softplus(x**2)", "softplus(sinh(x))", "acosh(x)", "atanh(x)", "acosh(x**2)",
    "sinh(x)/cosh(x)", "logaddexp(1 + x, x)", "min(1 + x, x)", "max(x - 1, x)", "hypot(2 + clip(2, 1, x), x)",
])  # fmt: skip
def test_what_was_found_at_fault(formula: str) -> None:
    G = ew.parse(formula, inputs=["x"])
    for graph in (G, G.gradient(), G.hessian()):
        for level in LEVELS:
            assert worse(graph, level) == []


def test_one_sided_cancellation() -> None:
    for formula, slope in (("logaddexp(1 + x, x)", 1.0), ("min(1 + x, x)", 1.0), ("max(x, x - 3)", 1.0)):
        assert ew.parse(formula).gradient().simplify().evaluate(1e16).outputs[0] == pytest.approx(slope, rel=1e-12)


def test_constants_are_not_folded_out_of_range() -> None:
    for formula, slope in (
        ("1e-200*x*1e-200*1e300", 1e-100), ("x/1e200/1e200*1e300", 1e-100),
        ("1e-160*(1e-160*x)*1e200", 1e-120), ("3.0*(2.0*x)", 6.0),
    ):  # fmt: skip
        G = ew.parse(formula)
        for graph in (
            G.gradient(),
            G.gradient().simplify(),
            G.simplify().gradient(),
            G.simplify().gradient().simplify(),
        ):
            assert graph.evaluate(1.0).outputs[0] == pytest.approx(slope, rel=1e-12), formula


@pytest.mark.parametrize("level", LEVELS)
def test_rules_of_logic_do_not_fire_on_numbers(level: str) -> None:
    for formula in ("(x and x) + y", "(x or x) + y", "(not (not x)) + y", "where(not (not x), x, y)"):
        G = ew.parse(formula)
        for at in ((2.5, -1.3), (0.0, 2.0), (-0.5, 0.0)):
            assert G.simplify(level).evaluate(*at).outputs == G.evaluate(*at).outputs
    for formula in ("where((x < y) and (x < y), x, y)", "where(not (not (x < y)), x, y)"):
        assert ew.parse(formula).simplify(level).cost().operations == 2


def test_exact_keeps_the_bits() -> None:
    x = np.random.default_rng(0).uniform(-30, 30, 500)
    for formula in ("2**x", "2**x*x + 2**(-x)", "x**-1", "x**0.5*x"):
        G = ew.parse(formula, inputs=["x"])
        with np.errstate(all="ignore"):
            before, after = (np.asarray(graph.evaluate(x).outputs[0]) for graph in (G, G.simplify("exact")))
        assert np.array_equal(before, after, equal_nan=True)
