"""The level "accurate": digits kept in value and derivatives, at points that no form was chosen by, against mpmath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew
from edgewise.accuracy.samples import bits_of_error
from edgewise.errors import InputError, UnsupportedError

FORMULAS: Sequence[tuple[str, dict[str, tuple[float, float]], Any]] = (
    ("sqrt(x + 1) - sqrt(x)", {"x": (0.0, 1e15)}, lambda x: 1 / (mp.sqrt(x + 1) + mp.sqrt(x))),
    ("1/(x + 1) - 1/x", {"x": (1e-3, 1e12)}, lambda x: 1 / (x + 1) - 1 / x),
    ("(x - sin(x))/x**3", {"x": (-3.0, 3.0)}, lambda x: (x - mp.sin(x)) / x**3),
    ("1/x - 1/tan(x)", {"x": (-1.0, 1.0)}, lambda x: 1 / x - mp.cot(x)),
    ("(x - sin(x))/(x - tan(x))", {"x": (-1.0, 1.0)}, lambda x: (x - mp.sin(x)) / (x - mp.tan(x))),
    ("exp(x) - 2 + exp(-x)", {"x": (-5.0, 5.0)}, lambda x: mp.exp(x) - 2 + mp.exp(-x)),
    ("(x + 1)**(1/3) - x**(1/3)", {"x": (1e-3, 1e12)}, lambda x: mp.cbrt(x + 1) - mp.cbrt(x)),
    ("log(x + 1) - log(x)", {"x": (1e-3, 1e15)}, lambda x: mp.log(x + 1) - mp.log(x)),
    ("atan(x + 1) - atan(x)", {"x": (-1e9, 1e9)}, lambda x: mp.atan(x + 1) - mp.atan(x)),
)  # fmt: skip


def bits(program: Any, points: Sequence[float], exact: Sequence[Any]) -> Any:
    values = np.array([program(x) for x in points], dtype=np.float64)
    return bits_of_error(values, np.array([float(value) for value in exact]))


@pytest.mark.parametrize(
    ("text", "ranges", "function"), FORMULAS, ids=lambda value: value if isinstance(value, str) else ""
)
def test_textbook_losses_are_repaired_with_their_derivatives(text: str, ranges: Any, function: Any) -> None:
    B = ew.parse(text).gradient()
    S = B.simplify("accurate", ranges=ranges, seed=1, points=128)
    low, high = ranges["x"]
    random = np.random.default_rng(5)
    points = [*random.uniform(low, high, 20), *(max(low, 0.0) + 2.0 ** random.uniform(-20, np.log2(high), 20))]
    points = [float(x) for x in points if low <= x <= high and x != 0]
    with mp.workdps(120):
        value = [function(mp.mpf(x)) for x in points]
        slope = [mp.diff(function, mp.mpf(x), h=mp.mpf(10) ** -50) for x in points]
    plain, made = B.simplify().compile(backend="python"), S.compile(backend="python")
    for k, exact in enumerate((value, slope)):
        of = lambda run: lambda x: np.ravel(run(x)[k])[0]  # noqa: B023
        before, after = bits(of(plain), points, exact), bits(of(made), points, exact)
        assert after.mean() < 2.0, (k, after)
        assert after.max() < 12, (k, points[int(after.argmax())], after.max())
        if before.mean() > 3:
            assert after.mean() < before.mean() / 2
    if S.report.bits_before > 2:
        assert S.report.repairs and S.report.bits_after < S.report.bits_before


def test_what_loses_no_digits_stays_as_it_is() -> None:
    for text in ("x*y + sin(x)", "exp(x)*x", "sqrt(x*x + y*y)", "x/(x + y)"):
        B = ew.parse(text).gradient()
        ranges = {"x": (0.1, 10.0), "y": (0.1, 10.0)}
        named = {name: ranges[name] for name in B.inputs}
        assert B.simplify("accurate", ranges=named).to_python() == B.simplify().to_python()
        assert B.simplify("accurate", ranges=named).report.repairs == ()


def test_the_ledger_survives() -> None:
    B = ew.parse("1/x - 1/sin(x)").gradient()
    S = B.simplify("accurate", ranges={"x": (-1.0, 1.0)})
    assert [(e.consumer, e.position, e.parent) for e in S.edges] == [
        (e.consumer, e.position, e.parent) for e in B.edges
    ]
    raw, made = (graph.evaluate(x=0.75).values for graph in (B, S))
    assert S.report.repairs
    for before, after in zip(B.edges, S.edges, strict=True):
        assert made[after.product] == pytest.approx(raw[before.product], rel=1e-9)


def test_the_curve_rises_from_no_repair_to_all_and_each_point_is_a_graph() -> None:
    S = ew.parse("1/x - 1/sin(x)").gradient().simplify("accurate", ranges={"x": (-1.0, 1.0)})
    curve = S.report.pareto()
    assert [len(point.repairs) for point in curve] == list(range(len(S.report.repairs) + 1))
    assert curve[0].bits > curve[-1].bits + 10
    for point in curve:
        assert point.graph.cost().operations == point.operations
        assert point.graph.compile()(0.5)[0] == pytest.approx(-0.08582964293348818, rel=1e-9)


@pytest.mark.slow
def test_the_same_seed_gives_the_same_source() -> None:
    B = ew.parse("1/x - 1/sin(x)").gradient()
    first, second = (
        B.simplify("accurate", ranges={"x": (-1.0, 1.0)}, seed=3, seconds=60, points=64).to_python() for _ in range(2)
    )
    assert first == second


def test_second_derivatives_are_repaired_too() -> None:
    S = ew.parse("(x - sin(x))/x**3").hessian().simplify("accurate", ranges={"x": (-1.0, 1.0)})
    value, gradient, hessian = S.compile()(1e-5)
    assert float(value) == pytest.approx(1 / 6, rel=1e-11)
    assert float(np.ravel(gradient)[0]) == pytest.approx(-1e-5 / 60, rel=1e-11)
    assert float(np.ravel(hessian)[0]) == pytest.approx(-1 / 60, rel=1e-9)


@pytest.mark.parametrize(
    ("text", "limit", "slope"),
    [("(1 - cos(x))/x**2", 0.5, 0.0), ("(exp(x) - 1)/x", 1.0, 0.5), ("sin(x)/x + x", 1.0, 1.0), ("x/tan(x)", 1.0, 0.0)],
)
def test_removable_singularities_have_their_limit(text: str, limit: float, slope: float) -> None:
    S = ew.parse(text).gradient().simplify("accurate", ranges={"x": (-1.0, 1.0)})
    value, gradient = S.compile()(0.0)
    assert float(value) == limit and float(np.ravel(gradient)[0]) == slope


def test_graphs_without_a_derivative_are_repaired() -> None:
    S = ew.parse("sqrt(x + y) - sqrt(x)").simplify("accurate", ranges={"x": (0.0, 1e12), "y": (0.0, 1.0)})
    assert S.text() in ("y/(sqrt(x + y) + sqrt(x))", "y/(sqrt(x) + sqrt(x + y))")
    assert "root brought below" in S.report.rules


def test_options_belong_to_the_level() -> None:
    G = ew.parse("x + 1")
    with pytest.raises(InputError, match='ranges= belongs to the level "accurate"'):
        G.simplify(ranges={"x": (0, 1)})
    with pytest.raises(UnsupportedError, match="scalarize"):
        ew.parse("sum(x)", shapes="x: n").simplify("accurate")


def test_an_operation_without_digits_is_left_and_named() -> None:
    blur = ew.op("blurred", value=lambda x: x, partials=["1"])
    x = ew.symbols("x")
    report = ew.graph(blur(x) + (ew.sqrt(x + 1) - ew.sqrt(x))).simplify("accurate", ranges={"x": (0, 1e12)}).report
    assert report.unknown == ("blurred",)
