"""Bounds of rounding errors beside the true errors, which ball arithmetic knows."""

from __future__ import annotations

import ctypes
import math
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flint import arb
from hypothesis import HealthCheck, given, settings

import accuracy as fpbench
import edgewise as ew
import peers
import rows
import strategies
from edgewise.accuracy import Balls, with_bounds
from edgewise.errors import DifferentiationError, LoweringError, UnsupportedError
from edgewise.evaluate import forward_propagation
from edgewise.graph import Builder, Layout, Returns, Tape
from edgewise.lower.c.compiled_c import find_compiler
from edgewise.ops import CODE, Op
from lower.node import needs_node, run
from question import Options

NORMAL = np.finfo(np.float64)


def excesses(tape: Tape, results: Sequence[Returns], columns: Sequence[Any]) -> list[float]:
    """How many times the true error the bounds are, wherever the exact result is a normal number or 0.

    Fails where a bound is less. There is none where it is NaN or infinite; a result that is not finite has none.
    """
    made, returned, _ = with_bounds(tape, results, {})
    values, count = forward_propagation(made, list(columns)).values, len(columns[0])
    flat = lambda which: [np.broadcast_to(np.asarray(values[n], float), count) for r in which for n in r.nodes]
    computed, bounds = flat(returned[: len(results)]), flat(returned[len(results) :])
    nodes, balls = [node for result in results for node in result.nodes], Balls(tape)
    found = []
    for p, point in enumerate(zip(*(column.tolist() for column in columns), strict=True)):
        exact = balls.known(point, nodes, 120)
        for node, value, bound in zip(nodes, computed, bounds, strict=True):
            ball = exact[node]
            if not ball.is_finite() or not (ball.is_exact() or ball.rel_accuracy_bits() >= 60):
                continue
            size = abs(float(ball.mid()))
            if size and not NORMAL.tiny * 1.1 <= size < NORMAL.max:
                continue
            if not math.isfinite(value[p]):
                assert not math.isfinite(bound[p]), (point, node)
            elif not math.isnan(bound[p]):
                error = float(abs(ball - arb(float(value[p]))).mid())
                assert bound[p] >= error, (tape, node, point, bound[p], error)
                found += [float(bound[p]) / error] if error else []
    return found


def test_bounds_hold_on_the_formulas_of_fpbench() -> None:
    """At every point, for values and first derivatives; in the median they are at most 100 times the true error."""
    found = []
    for core in fpbench.cores(Options()):
        points = [column[:6] for column in core.points]
        for graph in (core.graph, core.graph.gradient().simplify()):
            found += excesses(graph.tape, graph.returns()[-1:], points)
    assert len(found) > 500
    assert np.median(found) <= 100


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(strategies.tapes(strategies.SMOOTH + strategies.KINKED))
def test_bounds_hold_on_random_graphs(tape: Tape) -> None:
    random = np.random.default_rng(len(tape))
    columns = [np.concatenate([random.normal(size=3), 10.0 ** random.integers(-8, 8, 3)]) for _ in tape.inputs]
    excesses(tape, tape.returns(), columns)


@pytest.mark.parametrize(("op", "parameter"), rows.CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_every_row_has_a_bound(op: Op, parameter: Any) -> None:
    """Of arguments that were rounded themselves; rows that refuse a partial refuse the bound."""
    builder = Builder()
    three, inputs = builder.constant(3), [builder.input(name) for name in op.args]
    args = [builder.add(CODE["div"], [x, three]) for x in inputs]
    tape, _ = builder.freeze([builder.add(builder.code(op), args, parameter)], Layout(), list(op.args))
    columns = [np.array(column) * 3 for column in zip(*rows.sample(op, parameter, 12), strict=True)]
    if op.name in rows.REFUSED:
        with pytest.raises(DifferentiationError, match=f"the bound of {op.name} needs its derivative in"):
            with_bounds(tape, tape.returns(), {})
    else:
        excesses(tape, tape.returns(), columns)


@pytest.mark.parametrize(
    ("formula", "points"),
    [
        ("where(x + 1 - x == 1, x, -x)", [1e-17, 0.3, 1e16]),  # rounding turns the condition
        ("floor(x/3*3)", [0.1, 3.0, 7.0]),
        ("sign(1/3 - x)", [1 / 3, 0.3]),
        ("where(x/3*3 < x and x > 0, 1, x**2)", [0.1, 0.3, 0.7]),
        ("exp(x)/exp(x)", [800.0, 1.0]),  # infinite on the way: no bound
        ("x*x/x", [1e-200, 1e-160, 3e-155]),  # too small on the way
        ("sqrt(x*x)", [1e-170, 0.0]),
        ("x**(1/3)", [1e300, 7.0]),  # no double is the exponent
        ("(x + 1) - x", [1e15, 1e16, 1e300]),
        ("log(x/(1 + x))", [1e17, 0.5]),
        ("cos(x/3*1e17)", [0.1 + k / 1000 for k in range(200)]),  # off by a good part of a wave
    ],
)
def test_bounds_hold_where_more_is_lost_than_digits(formula: str, points: list[float]) -> None:
    graph = ew.parse(formula)
    excesses(graph.tape, graph.returns(), [np.array(points)])


def test_what_rounds_nothing_has_the_bound_0() -> None:
    f = _python(ew.parse("where(x > y, -x, max(abs(x), y))", inputs=["x", "y"]).to_python(error_bound=True))
    assert f(0.1, 0.2) == (0.2, 0.0)


GRADIENT = ew.parse("log(1 + exp(x*y))/3 + sqrt(x)").gradient().simplify()


def _python(source: str) -> Any:
    names: dict[str, Any] = {}
    exec(source, names)
    return names["f"]


def _flat(result: Any) -> list[float]:
    nested = isinstance(result, (tuple, list)) or np.ndim(result)
    return [number for part in result for number in _flat(part)] if nested else [float(result)]


EXPECTED = _flat(_python(GRADIENT.to_python(error_bound=True))(1.5, -2.5))


@pytest.mark.parametrize("target", ["numpy", "jax", "torch"])
def test_every_python_prints_the_same_bounds(target: str) -> None:
    peers.available(target)
    if target == "jax":
        peers.library("jax").config.update("jax_enable_x64", True)
    f = _python(GRADIENT.to_python(target=target, error_bound=True))
    np.testing.assert_allclose(_flat(f(1.5, -2.5)), EXPECTED, rtol=1e-12)


def test_c_has_the_same_bounds(tmp_path: Path) -> None:
    peers.available("c")
    (tmp_path / "f.c").write_text(GRADIENT.to_c(error_bound=True), encoding="utf-8")
    library = tmp_path / "f.so"
    subprocess.run([*find_compiler(), "-shared", "-fPIC", "-o", library, tmp_path / "f.c", "-lm"], check=True)
    found = [(ctypes.c_double * size)() for size in (1, 2, 1, 2)]
    ctypes.CDLL(str(library)).f(ctypes.c_double(1.5), ctypes.c_double(-2.5), *found)
    np.testing.assert_allclose([number for array in found for number in array], EXPECTED, rtol=1e-12)


@needs_node
def test_javascript_has_the_same_bounds(tmp_path: Path) -> None:
    ((result,),) = run(tmp_path, [(GRADIENT.to_js(error_bound=True), "f", [(1.5, -2.5)])])
    np.testing.assert_allclose(_flat(result), EXPECTED, rtol=1e-12)


def test_only_what_is_chosen_has_a_bound() -> None:
    f = _python(GRADIENT.to_python(only="gradient", error_bound=True))
    assert _flat(f(1.5, -2.5)) == EXPECTED[1:3] + EXPECTED[4:]


def test_small_tensors_are_bounded_as_scalars_and_others_refused() -> None:
    graph = ew.parse("sum(x)/3", shapes="x: n")
    value, bound = _python(graph.to_python(target="math", error_bound=True, n=3))([0.1, 0.2, 0.4])
    assert 0 < bound < 1e-15 and value == pytest.approx(0.7 / 3)
    with pytest.raises(UnsupportedError, match=r"error_bound=True is for graphs of scalars.*write G.scalarize\(n=…\)"):
        graph.to_python(error_bound=True)


def test_bounds_are_of_doubles() -> None:
    with pytest.raises(
        LoweringError, match=r'error_bound=True is for doubles, and dtype is .float.; use dtype="double"'
    ):
        GRADIENT.to_c(dtype="float", error_bound=True)


def test_the_users_formula_is_bounded_by_what_it_is_made_of() -> None:
    wave = ew.op("wave", value="sin(x)**2/3", partials="2*sin(x)*cos(x)/3")
    graph = ew.graph(wave(ew.symbols("x") / 7))
    assert excesses(graph.tape, graph.returns(), [np.array([0.1, 0.7, 12.0])])
