"""Derivatives that are normal numbers where what they are computed from overflows or underflows, against mpmath."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Sequence
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew
from edgewise.accuracy.arena import Arena
from edgewise.accuracy.hyperbolic import forms_of_exponentials
from edgewise.accuracy.parts import alone, parts_of
from edgewise.accuracy.rational import multiples_of, rational_forms
from edgewise.accuracy.samples import bits_of_error, doubles, ordinals
from edgewise.graph import node_text

Point = tuple[float, ...]


def root(sign: int) -> Callable[..., Any]:
    return lambda a, b, c: (-b + sign * mp.sqrt(b * b - 4 * a * c)) / (2 * a)


def ratio(a: Any, b: Any, x: Any) -> Any:
    return x * mp.expm1((a + b) * x) / (mp.expm1(a * x) * mp.expm1(b * x))


SQUARES: Sequence[Point] = (
    (3.4e-179, 1.05e209, 2.3e214), (-1.2e71, 5.3e23, 4.4e249), (-3.9e-269, -1.3e208, 1.3e-139),
    (4.6e294, 9.2e-49, -1.3e225), (2.9e-291, -1.2e73, 6.3e116), (1.0, 1e8, 1.0), (2.0, -1e160, 3.0),
)  # fmt: skip
CASES: Sequence[Any] = (
    pytest.param("(-b + sqrt(b*b - 4*(a*c)))/(2*a)", "b*b >= 4*(a*c)", root(1), SQUARES, marks=pytest.mark.slow),
    pytest.param("(-b - sqrt(b*b - 4*(a*c)))/(2*a)", "b*b >= 4*(a*c)", root(-1), SQUARES, marks=pytest.mark.slow),
    ("3*a**3*b**2 - a*b**6 + a/(2*b)", None, lambda a, b: 3 * a**3 * b**2 - a * b**6 + a / (2 * b),
     ((9.5e-243, -4.2e77), (1.5e206, 1.6e-285), (-7e-148, 1.7e61), (2.0, 3.0))),
    pytest.param(
        "x*(exp((a + b)*x) - 1)/((exp(a*x) - 1)*(exp(b*x) - 1))", None, ratio,
        ((1.7e-154, -6.2e207, -2.4e238), (4e181, 3451.6, 1e-21), (-5.1e30, -8.2e-62, -4.1e-241),
         (2.8e152, 2.6e16, 3e-84), (1.5, 0.25, 1e-9), (0.5, 3.0, 1.0)),
        marks=pytest.mark.slow,
    ),
)  # fmt: skip


@pytest.mark.parametrize(("text", "condition", "function", "points"), CASES)
def test_derivatives_are_finite_where_they_are_normal(
    text: str, condition: str | None, function: Callable[..., Any], points: Sequence[Point]
) -> None:
    S = ew.parse(text).gradient().simplify("accurate", where=condition, seconds=40)
    names = list(S.inputs)
    order = sorted(range(len(names)), key=names.__getitem__)
    run = S.compile(backend="numpy")
    for point in points:
        by_name = dict(zip(sorted(names), point, strict=True))
        with np.errstate(all="ignore"):
            found = np.ravel(run(*(by_name[name] for name in names))[1])[order]
        with mp.workdps(2000):
            exact = [float(mp.diff(function, point, tuple(int(k == j) for j in range(len(point))), h=mp.mpf(10) ** -900,
                                   relative=True)) for k in range(len(point))]  # fmt: skip
        for made, wanted in zip(found, exact, strict=True):
            if wanted == 0 or np.finfo(float).tiny <= abs(wanted) < np.inf:
                assert float(bits_of_error(np.array([made]), np.array([wanted]))[0]) < 6, (point, made, wanted)


def written(arena: Arena, tape: Any, place: Sequence[int], form: int) -> str:
    made = arena.tape(tape, [form], place)[0]
    return node_text(made, made.outputs[0], 400)


def arena_of(text: str) -> tuple[Arena, Any, list[int]]:
    tape = ew.parse(text).tape
    arena = Arena([np.ones(1)] * len(tape.inputs))
    return arena, tape, arena.read(tape)


def test_a_derivative_is_a_multiple_of_its_value() -> None:
    """Of a root x of a quadratic: -x*x/D, -x/D and -1/D."""
    graph = ew.parse("(-b + sqrt(b*b - 4*(a*c)))/(2*a)", inputs=["a", "b", "c"]).gradient().simplify()
    arena = Arena([np.ones(1)] * 3)
    place = arena.read(graph.tape)
    value, slopes = (returned.nodes for returned in graph.returns())
    x, d = "1/2*((sqrt(b**2 - 4*(a*c)) - b)/a)", "sqrt(b**2 - 4*(a*c))"
    texts = [
        {written(arena, graph.tape, place, form) for form in multiples_of(arena, place[node], place[value[0]])}
        for node in slopes
    ]
    assert texts == [{f"{x}*({x}*(-1/{d}))"}, {f"{x}*(-1/{d})"}, set()]


def test_products_meet_early_and_divisors_go_to_the_terms() -> None:
    arena, tape, place = arena_of("(3*a**3*b**3 - a*b**7 + 1)/(2*b)")
    forms = {written(arena, tape, place, form) for _, form in rational_forms(arena, place[tape.outputs[0]])}
    assert "3/2*((a*b)**2*a) + 1/(2*b) - 1/2*(a*b*b**2*b**3)" in forms


def test_exponentials_come_apart_by_their_inputs() -> None:
    arena, tape, place = arena_of("x*(exp((a + b)*x) - 1)/((exp(a*x) - 1)*(exp(b*x) - 1))")
    forms = dict(forms_of_exponentials(arena, place[tape.outputs[0]]))
    apart = forms["terms by their inputs"]
    assert sorted(written(arena, tape, place, apart).split(" + ")) == ["x*(1/(2*tanh(a*x/2)))", "x*(1/(2*tanh(b*x/2)))"]
    parts = [tuple(written(arena, tape, place, form) for form in pair) for pair in parts_of(arena, apart)]
    assert sorted(parts) == [("1/(2*tanh(a*x/2))", "a*x"), ("1/(2*tanh(b*x/2))", "b*x")]
    alike = {node_text(made := alone(arena, *pair), made.outputs[0], 100) for pair in parts_of(arena, apart)}
    assert alike == {"1/(2*tanh(u/2))"}


def test_a_report_that_has_travelled_is_whole() -> None:
    for graph in (ew.parse("sqrt(x + y) - sqrt(x)"), ew.parse("sqrt(x + y) - sqrt(x)").gradient()):
        made = graph.simplify("accurate", ranges={"x": (1.0, 1e300), "y": (0.0, 1.0)}, points=64)
        curve = made.report.pareto()
        for again in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
            assert repr(again.report) == repr(made.report)
            assert again.report.options == made.report.options and again.report.unknown == ()
            assert repr(again.report.pareto()) == repr(curve)
            for one, other in zip(again.report.pareto(), curve, strict=True):
                assert one.graph.to_python() == other.graph.to_python()


def test_the_doubles_of_numbers() -> None:
    x = np.array([0.0, 5e-324, -5e-324, 1.0, -1.0, 1e308, -np.inf, np.inf])
    assert doubles(ordinals(x)).tolist() == x.tolist()
