"""Random graphs with shared nodes at special points: simplified or not, forward or backward, by every back end."""

from __future__ import annotations

import shutil
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings

import edgewise as ew
from edgewise.simplify import LEVELS
from peers import where_loops_are_compiled
from special_judge import differing, evaluated, judged, moved_by_rounding
from strategies import special_graphs

pytestmark = where_loops_are_compiled


@pytest.mark.slow
@given(special_graphs())
@settings(max_examples=300, deadline=None, derandomize=True)
def test_simplified(case: tuple[Any, list[Any]]) -> None:
    graph, columns = case
    for written in (graph, graph.gradient()):
        values, seen = evaluated(written, columns), dict[Any, Any]()
        for level in LEVELS:
            made = evaluated(written.simplify(level), columns)
            assert judged(written, values, made, columns, seen) == []


@given(special_graphs())
@settings(max_examples=200, deadline=None, derandomize=True)
def test_forward_and_backward(case: tuple[Any, list[Any]]) -> None:
    """Where both have a number it is one number, or one of them was not right."""
    graph, columns = case
    backward = graph.gradient()
    values = evaluated(backward, columns)
    for k, name in enumerate(graph.inputs):
        tangent = evaluated(graph.tangent(name), columns)
        both = np.isfinite(values[k]) & np.isfinite(tangent[0])
        otherwise = values.copy()
        otherwise[k] = np.where(both, tangent[0], values[k])
        assert judged(backward, values, otherwise, columns, {}) == []


WITH_C = pytest.param("c", marks=pytest.mark.skipif(not shutil.which("gcc"), reason="there is no compiler"))


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["python", "numpy", "llvm", WITH_C])
def test_back_ends(backend: str) -> None:
    @given(special_graphs())
    @settings(max_examples=25 if backend == "c" else 120, deadline=None, derandomize=True)
    def same(case: tuple[Any, list[Any]]) -> None:
        graph, columns = case
        gradient = graph.gradient()
        expected = evaluated(gradient, columns)
        function = gradient.compile(backend)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rows = [np.ravel(np.array(_flat(function(*map(float, point))))) for point in zip(*columns, strict=True)]
        got = np.array(rows, dtype=float).T[-len(expected) :]
        for o, k in np.argwhere(differing(expected, got)).tolist():
            point, node = tuple(float(c[k]) for c in columns), gradient.tape.outputs[o]
            moved = [float(expected[o, k]), *moved_by_rounding(gradient.tape, node, point)]
            if len({v if np.isinf(v) else np.isnan(v) for v in moved}) > 1:
                continue  # a last digit decides
            off = abs(got[o, k] - expected[o, k])
            assert off <= 4 * (max(moved) - min(moved)) + 1e-300, (point, moved[0], got[o, k])

    same()


def _flat(values: Any) -> list[float]:
    return [v for part in values for v in _flat(part)] if isinstance(values, tuple | list) else [values]


@pytest.mark.parametrize("text", [
    "1e-200*x*(y*1e-200)", "1e-200*(1e-200*x)", "1e200*x*(y*1e200)", "(1e-200*x)**2", "(1e-110*x)**3",
    "1e200*x/(1e-200*y)", "sum(1e-200*x*(y*1e-200))", "1e200*(1e200*x)",
])  # fmt: skip
def test_numbers_whose_product_no_double_holds_stay_apart(text: str) -> None:
    """On tensors as on scalars: what is written is in range, entry by entry."""
    made = ew.parse(text, shapes="x: 2; y: 2")
    for value in (1e200, 1e-200, 1e120, 1e-120):
        given = [np.full(2, value)] * len(made.inputs)
        want, got = (G.evaluate(*given).outputs[0] for G in (made, made.simplify()))
        np.testing.assert_allclose(got, want, rtol=1e-12)


@pytest.mark.parametrize("text", [
    "sum(1e-30*x)", "sum(x*1e-200)", "sum(x/1e100)", "sum(1e-30*x*y)", "(1e-40*x) @ y", "sum(1e-30*(x + y))",
])  # fmt: skip
def test_a_tiny_number_stays_inside_a_sum(text: str) -> None:
    """In front of it the sum would overflow; larger numbers stand there, and so near to the greatest double is said."""
    made = ew.parse(text, shapes="x: n; y: n")
    given = {"x": np.full(3, 1e308), "y": np.ones(3)}
    want, got = (G.evaluate({name: given[name] for name in G.inputs}).outputs[0] for G in (made, made.simplify()))
    assert np.isfinite(want)
    np.testing.assert_allclose(got, want, rtol=1e-12)


@pytest.mark.parametrize("text", [
    "1e-200 + (1e308 - x)", "10 + (x - 1e308)", "1e-16 + (x + 1e16)", "(x + 1e16) - 7e-9 - 1e16", "3.0 - (x - 1e17)",
])  # fmt: skip
def test_constants_of_which_one_would_vanish_in_the_other_stay_apart(text: str) -> None:
    """What stands between them may take the larger one away."""
    G = ew.parse(text)
    for x in (1e308, -1e308, 1e16, -1e16, 1e17, 1e20, 1.0):
        want, got = (graph.evaluate(x).outputs[0] for graph in (G, G.simplify()))
        assert got == pytest.approx(want, rel=1e-12, abs=0)


def test_constants_of_like_size_are_gathered() -> None:
    for text, operations in {"0.1 + (x + 0.3)": 1, "(x - 1e6) + 0.25 - y": 2, "1 + (x + 10**20)": 1}.items():
        assert ew.parse(text).simplify().cost().operations == operations, text
