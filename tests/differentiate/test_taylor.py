"""Taylor coefficients along a curve, judged by mpmath and SymPy; how many operations they take; what is not taken."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
import oracles
from edgewise.errors import DifferentiationError, InputError, ShapeError, UnsupportedError
from edgewise.graph import Tape
from edgewise.ops import Op, Refusal
from rows import CASES, row_tape, sample
from strategies import KINKED, SMOOTH, tapes_with_points


def exact(function: Callable[[Any], Any], order: int, digits: int = 60) -> list[Any]:
    """The coefficients from degree 1 on of a function of t at 0."""
    with mp.workdps(digits):
        return [+c for c in mp.taylor(lambda t: mp.re(function(t)), 0, order)[1:]]


def along(tape: Tape, point: Sequence[float], direction: Sequence[float], order: int) -> list[list[Any]]:
    """The coefficients of each output."""

    def value(t: Any, output: int) -> Any:
        return oracles.mp_evaluate(tape, [mp.mpf(x) + t * d for x, d in zip(point, direction, strict=True)])[output]

    return [exact(lambda t, o=output: value(t, o), order, 40) for output in tape.outputs]


def assert_close(found: Sequence[float], wanted: Sequence[Any], what: object = "") -> None:
    scale = max((abs(float(c)) for c in wanted), default=0.0)
    for got, c in zip(found, wanted, strict=True):
        assert oracles.close(got, c, 1e-9, 1e-11 * scale + 1e-14), (what, list(found), [float(w) for w in wanted])


# --- the values -----------------------------------------------------------------------------------------------------

ORDER = 6
LONG = ("bessely", "besselk", "besselke")
"""Rows that mpmath finds as limits where their order is whole, which takes seconds."""
SERIES = [
    pytest.param(
        op, parameter, id=f"{op.name}-{parameter}",
        marks=[pytest.mark.slow] * (k % 3 > 0 or (op.name in LONG and type(parameter) is int)),
    )
    for k, (op, parameter) in enumerate(CASES)
]  # fmt: skip


def inside(op: Op, parameter: Any) -> tuple[float, ...]:
    """A point well inside the domain of a row."""
    points = sample(op, parameter, 200)
    near = [p for p in points if max(map(abs, p)) <= 4 and (op.selects or min(map(abs, p)) >= 0.1)] or points
    return near[len(near) // 2]


@pytest.mark.parametrize(("op", "parameter"), SERIES)
def test_every_row_has_its_series(op: Op, parameter: Any) -> None:
    point = inside(op, parameter)
    moved = [k for k, partial in enumerate(op.partials) if not isinstance(partial, Refusal) and (k or not op.selects)]
    direction = [(1.0, 0.75, -0.5)[k] if k in moved else 0.0 for k in range(op.arity)]
    B = ew.Graph(row_tape(op, parameter)).taylor(ORDER, dict(zip(op.args, direction, strict=True)))
    wanted = exact(
        lambda t: oracles.mp_value(
            op.name, [mp.mpf(x) + t * d if d else mp.mpf(x) for x, d in zip(point, direction, strict=True)], parameter
        ),
        ORDER,
    )
    for graph in (B, B.simplify()):
        assert_close(graph.evaluate(dict(zip(op.args, point, strict=True))).outputs, wanted, point)


@given(found=tapes_with_points(operations=SMOOTH, max_ops=12, max_outputs=2), data=st.data())
@settings(max_examples=25, deadline=None)
def test_random_graphs_have_their_series(found: tuple[Tape, list[float]], data: Any) -> None:
    tape, point = found
    numbers = st.sampled_from([1, 0, -2, Fraction(1, 3), 0.5])
    direction = data.draw(st.lists(numbers, min_size=len(point), max_size=len(point)))
    B = ew.Graph(tape).taylor(4, dict(zip(tape.input_names(), direction, strict=True)))
    wanted = along(tape, point, [float(d) for d in direction], 4)
    for graph in (B, B.simplify()):
        outputs = graph.evaluate(dict(zip(tape.input_names(), point, strict=True))).outputs
        for k, coefficients in enumerate(wanted):
            assert_close(outputs[4 * k : 4 * k + 4], coefficients, point)


@given(found=tapes_with_points(operations=SMOOTH, max_ops=10))
@settings(max_examples=25, deadline=None)
def test_the_first_two_are_those_of_jvp_and_hvp(found: tuple[Tape, list[float]]) -> None:
    tape, point = found
    G, names = ew.Graph(tape), tape.input_names()
    dot = [1.0 - 0.4 * k for k in range(len(names))]
    at = dict(zip(names, point, strict=True)) | {f"{name}_dot": d for name, d in zip(names, dot, strict=True)}
    first, second = G.taylor(2).evaluate(at).outputs
    hvp = G.hvp().evaluate(at).outputs[-len(names) :]
    assert first == pytest.approx(G.jvp().evaluate(at).outputs[0], rel=1e-9, abs=1e-12)
    assert second == pytest.approx(np.dot(hvp, dot) / 2, rel=1e-8, abs=1e-10)


@pytest.mark.parametrize(
    ("formula", "at"),
    [
        ("exp(sin(x))", 0), ("log(cos(x))", 0), ("sqrt(1 + x)/(1 - x)", 0), ("x/(exp(x) + 1)", 1), ("tan(x)**3", 0),
        ("(1 + x)**(1/3)*atan(x)", 0), ("x**x", 1), ("sinh(x)*cosh(x) - x", 0), ("1/(1 + x*x)", 2), ("x/x + x*x/x", 3),
    ],
)  # fmt: skip
def test_the_series_of_sympy(formula: str, at: int) -> None:
    t = sp.Symbol("t")
    series = sp.series(sp.sympify(formula).subs("x", at + t), t, 0, 6).removeO()
    wanted = [mp.mpf(sp.N(series.coeff(t, m), 30)) for m in range(1, 6)]
    assert_close(ew.parse(formula).taylor(5, "x").evaluate(x=at).outputs, wanted)


@pytest.mark.parametrize("formula", ["sin(atan2(x, y))", "exp(x**y)/y", "tanh(logaddexp(x, y))*x", "hypot(x, y)**3"])
def test_what_moves_on_several_edges_at_once(formula: str) -> None:
    G = ew.parse(formula)
    (wanted,) = along(G.tape, (0.6, 1.2), (1.0, -0.5), 5)
    assert_close(G.taylor(5, {"x": 1, "y": -0.5}).evaluate(0.6, 1.2).outputs, wanted)


def test_along_a_line_it_is_a_polynomial_of_the_directions() -> None:
    # The coefficient of degree m is homogeneous of degree m in the direction.
    B = ew.parse("exp(x*y)/(1 + z*z)").taylor(4)
    point = {"x": 0.3, "y": -0.7, "z": 0.4}
    one = B.evaluate({**point, "x_dot": 1.0, "y_dot": -2.0, "z_dot": 0.5}).outputs
    two = B.evaluate({**point, "x_dot": 2.0, "y_dot": -4.0, "z_dot": 1.0}).outputs
    np.testing.assert_allclose(two, np.array(one) * [2, 4, 8, 16], rtol=1e-13)


# --- special points -------------------------------------------------------------------------------------------------


def test_powers_at_zero_and_what_is_removable() -> None:
    for formula, wanted in {
        "x**3": [0, 0, 1, 0, 0], "x*x*x": [0, 0, 1, 0, 0], "(x + 0*x)**4": [0, 0, 0, 1, 0], "x**1": [1, 0, 0, 0, 0],
        "sqrt(x**4)": [0, 1, 0, 0, 0], "cbrt(x)**3": [1, 0, 0, 0, 0], "x**0": [0, 0, 0, 0, 0],
        "sinc(x)": [0, -1 / 6, 0, 1 / 120, 0],
    }.items():  # fmt: skip
        G = ew.parse(formula, inputs=["x"])
        for B in (G.taylor(5, "x"), G.taylor(5, "x").simplify()):
            assert B.evaluate(x=0.0).outputs == pytest.approx(wanted, abs=1e-16), formula


@pytest.mark.parametrize(
    ("formula", "x"),
    [
        ("sqrt(max(x, 0))", -1.0), ("max(x, 0)*sqrt(x)", -1.0), ("sqrt(x)*max(x, 0)", -1.0), ("max(log(x), 0)", 0.0),
        ("relu(x)*log(relu(x))", -1.0), ("relu(x)/relu(x)", -1.0), ("log(x)*relu(x)*y", -1.0), ("sqrt(abs(x))", 0.0),
        ("where(x > 0, x, 0)*log(x)", -2.0), ("(x > 0)*log(x)", -1.0), ("x*heaviside(x)*log(x)", -1.0),
        ("exp(clip(x, 0, 1))*log(clip(x, 0, 1))", -1.0), ("where(x > 0, x**y, 0)", 0.0), ("acos(clip(x, -1, 1))", 2.0),
        ("where(x > 0, 1/x, 3)**2.5", 0.0), ("relu(-1/x)*relu(x)", 0.0), ("sqrt(relu(x)*relu(x))", -1.0),
        ("sin(sqrt(max(x, 0)))", -1.0), ("relu(log(x))*relu(log(x))", 0.0), ("min(1/x, 0)", 0.0),
        ("floor(x)*sqrt(floor(x))", 0.5),
    ],
)  # fmt: skip
def test_what_is_not_taken_adds_nothing(formula: str, x: float) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    for level in (None, "exact", "real", "domain"):
        B = G.taylor(4, "x")
        outputs = (B if level is None else B.simplify(level)).evaluate(x, 1.0).outputs
        assert outputs == (0.0, 0.0, 0.0, 0.0), level


@pytest.mark.parametrize(
    ("formula", "x"),
    [
        ("abs(sqrt(x))", 0.0), ("abs(log(x))", 1.0), ("abs(cbrt(x))", 0.0), ("max(sqrt(x), 0)", 0.0), ("x**x", 0.0),
        ("relu(cbrt(x))", 0.0), ("max(cbrt(x), 0)", 0.0), ("sqrt(x)*sign(x)", 0.0), ("1/x", 0.0), ("log(x)/x", 0.0),
        ("hypot(x, x)", 0.0), ("sqrt(x*x)", 0.0), ("xlogy(x, x)", 0.0), ("x*sqrt(x)", 0.0), ("atan2(x, x)", 0.0),
    ],
)  # fmt: skip
def test_at_special_points_the_first_is_that_of_jvp(formula: str, x: float) -> None:
    G = ew.parse(formula)
    wanted = G.jvp().evaluate(x=x, x_dot=1.0).outputs
    for order in (1, 3):
        B = G.taylor(order)
        if order == 1 or B.base is G:  # else a singularity of higher derivatives has been removed
            np.testing.assert_equal(B.evaluate(x=x, x_dot=1.0).outputs[0], wanted[0])


def test_what_is_taken_comes_through() -> None:
    G = ew.parse("max(x*y, sin(x))*min(x, y)**3 + relu(y - x)/clip(x*x, 0, 2)*abs(sin(3*x)) + where(x > y, x, exp(y))")
    direction = {"x": 1, "y": -0.5}
    for point in ((0.3, 0.7), (1.3, -0.4), (-0.8, 0.2), (-1.1, -2.0), (0.5, 0.1)):
        (wanted,) = along(G.tape, point, list(direction.values()), 5)
        for B in (G.taylor(5, direction), G.taylor(5, direction).simplify()):
            assert_close(B.evaluate(*point).outputs, wanted, point)
    B = ew.parse("where(x > 0, sqrt(x), x)*abs(x)").taylor(3, "x")
    assert_close(B.evaluate(x=4.0).outputs, exact(lambda t: mp.sqrt(4 + t) * (4 + t), 3))
    assert B.evaluate(x=-3.0).outputs == (6.0, -1.0, 0.0)
    # The terms between know nothing of what one factor selects in the other: c1 of max(x, 0) is 1/2 at the tie.
    B = ew.parse("sqrt(y)*max(x, 0)").taylor(2, {"x": 1, "y": 1})
    assert B.evaluate(x=0.0, y=4.0).outputs == B.simplify().evaluate(x=0.0, y=4.0).outputs == (1.0, 0.125)
    # A tie shares in halves, in each degree: ((x + y)/2)**2 along x.
    assert ew.parse("max(x, y)**2").taylor(3, "x").evaluate(2.0, 2.0).outputs == (2.0, 0.25, 0.0)


# --- lengths that are 0 ---------------------------------------------------------------------------------------------

LENGTHS_AT_ZERO = [
    ("cos(hypot(x, y))", lambda r, x, y: mp.cos(r)), ("exp(-hypot(x, y))", lambda r, x, y: mp.exp(-r)),
    ("hypot(x, y)", lambda r, x, y: r), ("hypot(x, y)**2*x", lambda r, x, y: r * r * x),
    ("hypot(x, y)**3 + hypot(x, y)**4", lambda r, x, y: r**3 + r**4),
    ("log(1 + sqrt(x*x + y**2))", lambda r, x, y: mp.log(1 + r)),
    ("(x*x + y*y)**(3/2)*abs(x)", lambda r, x, y: r**3 * abs(x)),
    ("tanh(abs(x)*hypot(x, y))", lambda r, x, y: mp.tanh(abs(x) * r)),
    ("sqrt((x**2 + 4*y*y)/9)*abs(y)", lambda r, x, y: mp.sqrt(x * x + 4 * y * y) / 3 * abs(y)),
    ("exp(hypot(x*y, x*x - y*y))", lambda r, x, y: mp.exp(mp.hypot(x * y, x * x - y * y))),
    ("exp(hypot(x + abs(x), y - x*y)*2)", lambda r, x, y: mp.exp(2 * mp.hypot(x + abs(x), y - x * y))),
    ("hypot(hypot(x, y), x - y)**3*hypot(sin(x), y)", lambda r, x, y: mp.hypot(r, x - y) ** 3 * mp.hypot(mp.sin(x), y)),
    ("sinh(sqrt(x**4 + y**2)) + abs(sin(x))*abs(y)",
     lambda r, x, y: mp.sinh(mp.hypot(x * x, y)) + abs(mp.sin(x)) * abs(y)),
    ("where(x >= 0, abs(x), -x)*exp(abs(x - 2*y))", lambda r, x, y: abs(x) * mp.exp(abs(x - 2 * y))),
    ("1/(1 + hypot(x, y)) + abs(x**3)", lambda r, x, y: 1 / (1 + r) + abs(x) ** 3),
    ("(1 + 5**0.5*hypot(x, y) + 5/3*hypot(x, y)**2)*exp(-5**0.5*hypot(x, y))",
     lambda r, x, y: (1 + mp.sqrt(5) * r + 5 * r * r / 3) * mp.exp(-mp.sqrt(5) * r)),
]  # fmt: skip


def one_sided(function: Callable[[Any], Any], order: int, sign: int) -> list[Any]:
    """The coefficients of a function on one side of 0, from the polynomial through 14 points near it."""
    with mp.workdps(150):
        step = sign * mp.mpf(10) ** -12
        powers = mp.matrix([[mp.mpf(k) ** j for j in range(14)] for k in range(14)])
        found = mp.lu_solve(powers, mp.matrix([function(k * step) for k in range(14)]))
        return [found[m] / step**m for m in range(1, order + 1)]


@pytest.mark.parametrize(("formula", "function"), LENGTHS_AT_ZERO, ids=[formula for formula, _ in LENGTHS_AT_ZERO])
def test_where_lengths_are_zero_the_series_are_the_means_of_both_sides(formula: str, function: Any) -> None:
    G = ew.parse(formula, inputs=["x", "y"])
    for dx, dy in ((3, 4), (1, -2), (1, 0), (2, 2)):
        B = G.taylor(4, {"x": dx, "y": dy})
        for point in ((0.0, 0.0), (0.0, 0.5), (0.5, 0.25)):

            def along_it(t: Any, at: Any = point, d: Any = (dx, dy)) -> Any:
                x, y = at[0] + d[0] * t, at[1] + d[1] * t
                return function(mp.hypot(x, y), x, y)

            sides = zip(one_sided(along_it, 4, 1), one_sided(along_it, 4, -1), strict=True)
            wanted = [(right + left) / 2 for right, left in sides]
            for graph in (B, B.simplify()):
                assert_close(graph.evaluate(*point).outputs, wanted, (formula, dx, dy, point))


def test_the_first_two_are_those_of_jvp_and_hvp_where_a_length_is_zero() -> None:
    for formula in (
        "cos(hypot(x, y))",
        "exp(-sqrt(x*x + y*y))",
        "abs(x)**3 + hypot(x, y)**2",
        "x*abs(y)",
        "exp(abs(x - y))",
    ):
        G = ew.parse(formula)
        at = {"x": 0.0, "y": 0.0, "x_dot": 1.0, "y_dot": -0.5}
        hvp = G.hvp().evaluate(at).outputs[-2:]
        for order in (2, 5):
            found = G.taylor(order).evaluate(at).outputs
            assert found[:2] == pytest.approx((G.jvp().evaluate(at).outputs[0], (hvp[0] - 0.5 * hvp[1]) / 2)), formula


def test_lengths_take_no_second_side_where_none_is_needed() -> None:
    # Of sums and products with what has one side the mean goes on; 1/r is infinite where r is 0.
    for formula, most in {"abs(x)*y + abs(y)": 20, "1/hypot(x, y)": 40, "hypot(x, 1)": 15}.items():
        B = ew.parse(formula).taylor(2)
        assert B.cost().operations <= most, (formula, B.cost().operations)
    assert ew.parse("1/sqrt(x**2 + y**2)").taylor(2).base.cost().by_kind["sqrt"] == 1
    # The ledger is that of t > 0.
    B = ew.parse("exp(abs(x))").taylor(2, "x")
    values = B.evaluate(x=0.0).values
    assert values[B.grad_table[0, 1]] == 1.0 and B.evaluate(x=0.0).outputs == (0.0, 0.5)


# --- how much is written --------------------------------------------------------------------------------------------


def chain(depth: int, order: int) -> ew.DerivativeGraph:
    """sin(sin(… sin(x)))."""
    y = x = ew.symbols("x")
    for _ in range(depth):
        y = ew.sin(y)
    return ew.graph(y).taylor(order, x)


def test_work_grows_with_the_square_of_the_order() -> None:
    counts = [chain(50, order).cost().operations for order in range(3, 10)]
    assert counts == [894, 1634, 2570, 3702, 5030, 6554, 8274]
    differences = [b - a for a, b in pairwise(counts)]
    assert {b - a for a, b in pairwise(differences)} == {196}
    assert chain(100, 8).cost().operations < 2.1 * chain(50, 8).cost().operations


def test_sin_and_cos_of_one_argument_are_one_recursion() -> None:
    kinds = chain(1, 9).cost().by_kind
    assert kinds["sin"] == kinds["cos"] == 1
    both = ew.parse("[sin(x), cos(x)]").taylor(9, "x").cost().by_kind
    assert both["sin"] == both["cos"] == 1


@pytest.mark.parametrize("formula", ["x**3", "x*x*x", "3*x - x*y + 2", "(x + y)**2*x", "-x - (x - y)"])
def test_polynomials_end(formula: str) -> None:
    G = ew.parse(formula)
    whole, longer = G.taylor(3, "x"), G.taylor(9, "x")
    assert longer.cost().operations == whole.cost().operations
    assert [longer.op(node) for node in longer.outputs[3:]] == ["const"] * 6
    assert longer.evaluate(1.5, *[2.0] * (len(G.inputs) - 1)).outputs[3:] == (0.0,) * 6
    assert G.taylor(9).cost().operations == G.taylor(3).cost().operations


def test_what_a_choice_selects_is_not_multiplied() -> None:
    for formula in ("relu(x*x - 1)", "where(x > 0, x*x, 0)", "clip(x*x, -1, 1)", "(x > 0)*(x*x)"):
        kinds = ew.parse(formula, inputs=["x"]).taylor(2, "x").cost().by_kind
        # x*x, half of its c1 and its c2; a choice for each degree besides that of 𝒢.
        assert kinds["mul"] == 3 + ("*(" in formula) and kinds["where"] == 2 + ("where" in formula), (formula, kinds)


def test_what_does_not_move_has_no_coefficients() -> None:
    G = ew.parse("exp(y)*x + tan(y)")
    assert G.taylor(5, "x").cost().operations == G.cost().operations + 1  # the product with 1
    still = G.taylor(3, {"x": 0})
    assert still.evaluate(1.0, 2.0).outputs == (0.0, 0.0, 0.0) and len(still.edges) == 0
    assert G.taylor(2, {}).evaluate(1.0, 2.0).outputs == (0.0, 0.0)


@given(found=tapes_with_points(operations=SMOOTH + KINKED + ("sqrt", "tan", "pow", "acosh", "div"), max_ops=12))
@settings(max_examples=25, deadline=None)
def test_nothing_is_written_that_nobody_needs(found: tuple[Tape, list[float]]) -> None:
    B = ew.Graph(found[0]).taylor(4)
    ledger = B.derivative.ledger
    wanted = {*ledger.partial.tolist(), *ledger.product.tolist(), *B.outputs}
    live = B.tape.live(sorted(wanted))
    loose = [node for node in range(len(B.base), len(B)) if not live[node] and B.op(node) not in ("const", "input")]
    assert [B.text(node) for node in loose] == []


# --- the ledger -----------------------------------------------------------------------------------------------------


@given(found=tapes_with_points(operations=SMOOTH + KINKED, max_ops=12, max_outputs=2))
@settings(max_examples=25, deadline=None)
def test_each_edge_on_a_path_has_one_entry_for_each_degree(found: tuple[Tape, list[float]]) -> None:
    tape, point = found
    B = ew.Graph(tape).taylor(3)
    first = B.base.jvp()  # what is removable is gone from the base
    paths = Counter((e.consumer, e.position, e.parent) for e in first.edges)
    at = dict(zip(B.inputs, [*point, *[0.5] * len(point)], strict=True))
    values = B.evaluate(at).values
    for sweep in range(3):
        rows = [e for e in B.edges if e.sweep == sweep]
        assert Counter((e.consumer, e.position, e.parent) for e in rows) == paths
        for node in {e.consumer for e in rows}:
            arriving = sum(values[e.product] for e in rows if e.consumer == node)
            assert arriving == pytest.approx(values[B.grad_table[sweep, node]], rel=1e-9, abs=1e-12)
    partials = {(e.consumer, e.position, e.parent): e.partial for e in B.edges}
    local = first.evaluate(at).values
    for entry in first.edges:
        assert values[partials[entry[:3]]] == pytest.approx(local[entry.partial], rel=1e-12, abs=1e-15)


def test_a_condition_is_on_no_path() -> None:
    # cos(x) is a partial of sin(x), so that it has coefficients; it stands on no path to the output.
    G = ew.parse("where(cos(x) > 0, sin(x), 1)")
    B = G.taylor(4, "x")
    assert len(B.edges) == 4 * len(G.jvp().edges) == 8
    assert {G.op(node) for _, node in B.grad_table} == {"input", "sin", "where"}
    assert B.cost().by_kind["cos"] == 1


def test_products_of_a_product_and_of_a_quotient() -> None:
    at = {"x": 2.0, "y": 5.0, "x_dot": 3.0, "y_dot": 7.0}
    B = ew.parse("x*y").taylor(3)
    values = B.evaluate(at).values
    assert [[values[e.product] for e in B.of(2, parent)] for parent in (0, 1)] == [[15.0, 21.0, 0.0], [14.0, 0.0, 0.0]]
    B = ew.parse("x/y").taylor(2)
    values = B.evaluate(at).values
    first = 3 / 5 - 7 * 2 / 25
    assert [values[e.product] for e in B.of(2, 0)] == pytest.approx([3 / 5, 0.0])
    assert [values[e.product] for e in B.of(2, 1)] == pytest.approx([-7 * 2 / 25, -7 * first / 5])
    assert [values[e.partial] for e in B.of(2, 0) + B.of(2, 1)] == pytest.approx([1 / 5] * 2 + [-2 / 25] * 2)


def test_the_ledger_survives_simplification() -> None:
    B = ew.parse("sin(x*y)/x + exp(y)").taylor(3)
    S = B.simplify()
    at = {"x": 0.7, "y": 1.3, "x_dot": 1.0, "y_dot": 0.5}
    before, after = B.evaluate(at), S.evaluate(at)
    assert S.cost().operations < B.cost().operations and len(S.edges) == len(B.edges)
    assert after.outputs == pytest.approx(before.outputs)
    for one, other in zip(B.edges, S.edges, strict=True):
        assert one[:3] == other[:3] and one.sweep == other.sweep
        for name in ("partial", "product"):
            node = getattr(other, name)
            if node >= 0:
                assert after.values[node] == pytest.approx(before.values[getattr(one, name)])
    assert {entry.sweep for entry in S.why(S.outputs[-1])} == {2}


# --- directions and results -----------------------------------------------------------------------------------------


def test_every_form_of_a_direction() -> None:
    x, y = ew.symbols("x y")
    G = ew.graph(ew.exp(x) * y)
    wanted = [2.0, 1.0]
    for direction in ("x", x, sp.Symbol("x"), {"x": 1}, {x: 1.0}, {sp.Symbol("x"): Fraction(1)}, {"x": np.float64(1)}):
        assert G.taylor(2, direction).evaluate(x=0.0, y=2.0).outputs == tuple(wanted)
    named = G.taylor(2)
    assert named.inputs == ("x", "y", "x_dot", "y_dot")
    assert named.evaluate(x=0.0, y=2.0, x_dot=1.0, y_dot=0.0).outputs == tuple(wanted)
    assert G.taylor(np.int64(2), {"x": Fraction(1, 3), "y": 2}).evaluate(x=0.0, y=3.0).outputs == pytest.approx(
        (3.0, 5 / 6)
    )


def test_groups_and_nested_outputs() -> None:
    G = ew.trace(lambda w, b: {"a": w * w[0] * b, "b": (w[1] ** 3, np.array([[b, w[2]]]))}, w=3, b=())
    f = G.taylor(4, {"w": [1, 2, 0], "b": 0.5}).simplify().compile()
    value, found = f(np.array([1.0, 2.0, 3.0]), 4.0)
    assert value["a"].shape == (3,) and found["a"].shape == (3, 4)
    assert found["b"][0].tolist() == [24.0, 24.0, 8.0, 0.0] and found["b"][1].shape == (1, 2, 4)
    assert found["b"][1].tolist() == [[[0.5, 0.0, 0.0, 0.0], [0.0] * 4]]
    t = np.array([1e-2])
    line = ew.trace(lambda w, b: w * w[0] * b, w=3, b=()).compile()
    moved = line(np.array([1.0, 2.0, 3.0]) + t * [1, 2, 0], 4.0 + 0.5 * t[0])
    np.testing.assert_allclose(moved, value["a"] + found["a"] @ t ** np.arange(1, 5), rtol=1e-14)
    # One entry of a group moves by its name; a new input is a group as the old one is.
    assert G.taylor(1, "w[1]").simplify().compile()(np.array([1.0, 2.0, 3.0]), 4.0)[1]["a"].tolist() == [[0], [4], [0]]
    assert [p.shape for p in G.taylor(2).parameters] == [(3,), (), (3,), ()]


def test_the_same_output_twice_an_input_and_a_constant() -> None:
    f = ew.parse("[x, x*x, x*x, 3]").taylor(3, "x").compile()
    found = f(5.0)[1]
    assert np.array(found).tolist() == [[1, 0, 0], [10, 1, 0], [10, 1, 0], [0, 0, 0]]
    assert ew.parse("3").taylor(2).compile()()[1].tolist() == [0.0, 0.0]


MISUSES: list[tuple[Callable[[ew.Graph], Any], type[Exception], str]] = [
    (lambda G: G.taylor(0), InputError, "no order 0; give a whole number from 1 on"),
    (lambda G: G.taylor(2.0), InputError, "no order 2.0"),
    (lambda G: G.taylor(True), InputError, "no order True"),
    (lambda G: G.taylor("x"), InputError, "no order 'x'"),
    (lambda G: G.taylor(2, "z"), InputError, "'z' is not an input"),
    (lambda G: G.taylor(2, ["x", "y"]), InputError, "one input along a direction and x, y was given; .* a mapping"),
    (lambda G: G.taylor(2, 4), InputError, "one input along a direction and u4 was given"),
    (lambda G: G.taylor(2, "w"), InputError, r"group 'w' of shape \(2,\) has no direction; give \{'w': …\}"),
    (lambda G: G.taylor(2, {"w": 1.0}), ShapeError, r"direction of 'w' has shape \(\), and the input has \(2,\)"),
    (lambda G: G.taylor(2, {"x": [1, 2]}), ShapeError, r"direction of 'x' has shape \(2,\)"),
    (lambda G: G.taylor(2, {"x": "1"}), InputError, "'1' is no direction of 'x'; give finite real numbers"),
    (lambda G: G.taylor(2, {"x": np.nan}), InputError, "nan is no direction"),
    (lambda G: G.taylor(2, {"x": -np.inf}), InputError, "-inf is no direction"),
    (lambda G: G.taylor(2, {"x": 1j}), InputError, "1j is no direction"),
    (lambda G: G.taylor(2, {"w": [1, 0], "w[0]": 1}), InputError, r"the direction has 'w\[0\]' twice"),
]


@pytest.mark.parametrize(("ask", "error", "said"), MISUSES)
def test_what_does_not_fit_is_said(ask: Callable[[ew.Graph], Any], error: type[Exception], said: str) -> None:
    G = ew.trace(lambda x, y, w: x * y * w[0] + w[1], "x", "y", w=2)
    with pytest.raises(error, match=said):
        ask(G)


def test_tensors_and_refused_partials() -> None:
    T = ew.parse("exp(X @ w)", shapes="X: n,d; w: d")
    with pytest.raises(UnsupportedError, match=r"taylor\(\) is for graphs of scalars, .* G.scalarize\(n=…, d=…\)"):
        T.taylor(2)
    found = T.scalarize(n=1, d=2).taylor(2, {"w": [1, 0]}).compile()([[2.0, 1.0]], [0.0, 0.0])[1]
    assert np.ravel(found).tolist() == [2.0, 2.0]
    with pytest.raises(DifferentiationError, match="the derivative of gammainc in its argument a"):
        ew.parse("gammainc(a, x)").taylor(2, "a")
    assert ew.parse("gammainc(a, x)").taylor(2, "x").evaluate(2.0, 1.0).outputs == pytest.approx((np.exp(-1.0), 0.0))


# --- as any other derivative graph ----------------------------------------------------------------------------------


def test_a_users_operation() -> None:
    twice = ew.op("twice_log", "u", value="2*log(u)", partials=["2/u"])
    wave = ew.op("wave", "u v", value="sin(u*v)", partials=["v*cos(u*v)", "u*cos(u*v)"])
    x, y = ew.symbols("x y")
    G = ew.graph(wave(x, twice(y)))
    B = G.taylor(5, {x: 1, y: 0.5})
    wanted = exact(lambda t: mp.sin((mp.mpf("0.4") + t) * 2 * mp.log(3 + t / 2)), 5)
    for graph in (B, B.simplify()):
        assert_close(graph.evaluate(x=0.4, y=3.0).outputs, wanted)
    assert_close(B.simplify().compile("python")(0.4, 3.0)[1], wanted)
    back = ew.Graph.from_json(B.to_json(), functions={"twice_log": twice, "wave": wave})
    assert back.evaluate(x=0.4, y=3.0).outputs == B.evaluate(x=0.4, y=3.0).outputs
    grow = ew.op("grow", "u", value=np.exp, partials=["out"])
    assert_close(ew.graph(grow(x)).taylor(4, x).evaluate(x=0.3).outputs, exact(lambda t: mp.exp(mp.mpf(0.3) + t), 4))


@pytest.mark.parametrize("backend", ["python", "numpy", "llvm"])
def test_back_ends(backend: str) -> None:
    B = ew.parse("exp(x*y)/y").taylor(3, {"x": 1, "y": -1}).simplify()
    value, found = B.compile(backend)(0.5, 2.0)
    assert_close(found, exact(lambda t: mp.exp((0.5 + t) * (2 - t)) / (2 - t), 3))
    assert value == pytest.approx(np.exp(1.0) / 2)
    batch = B.compile("numpy")(np.array([0.5, 1.0]), np.array([2.0, 2.0]))[1]
    assert batch.shape == (2, 3) and batch[0] == pytest.approx(found)


def test_names_say_which_coefficient() -> None:
    one = ew.parse("exp(x*y)").taylor(3, "x")
    assert all(f"c{m}_out" in one.to_python() and f"c{m}_out" in one.to_c() for m in (1, 2, 3))
    assert "Returns value, coefficients." in one.to_python() and "double coefficients[3]" in one.to_c()
    two = ew.trace(lambda x: [np.sin(x).named("s") * x, x], "x").taylor(2)
    assert all(name in two.to_python() for name in ("c1_s", "c2_s", "c1_out0", "c2_out0"))
    assert repr(one) == f"<taylor graph in x: {len(one)} nodes, 6 edges of 𝒢>"


def test_what_is_told() -> None:
    B = ew.parse("sin(x*y)").taylor(2, {"x": 1, "y": 2})
    steps = str(B.steps(x=0.5, y=0.6)).splitlines()
    assert steps[6].startswith("Taylor arithmetic") and steps[7:9] == ["  c1[x] ← 1", "  c1[y] ← 2"]
    assert steps[9] == "  c1[u2] ← c1[x] · ∂u2/∂x = 0.6   (∂u2/∂x = 0.6)"
    assert steps[-1] == "  c2[out] ← (c1[u2]*(c1[u2]*-out) + 2*c2[u2]*cos(u2))/2 = 1.53241"
    text = B.explain().text
    assert "c2[out] = (2*c2[u2]*cos(u2) - out*c1[u2]*c1[u2])/2" in text
    assert "ℬ, degree 2" in text and "The Taylor coefficients" in text
    assert r"\left[t^{2}\right] \mathrm{out}" in B.explain().latex
    assert "<msup><mi>t</mi>" in B.explain().html
    assert "c1[u2]" in B.to_mermaid() and "along ∂out/∂u2" in B.to_mermaid()
    page = B.explore(x=0.5, y=0.6).html
    assert '"kind":"taylor"' in page


def test_it_pickles_and_goes_on() -> None:
    B = ew.parse("exp(x)*y").taylor(2)
    again = pickle.loads(pickle.dumps(B))
    assert again.edges[-1] == B.edges[-1] and repr(again) == repr(B)
    back = ew.Graph.from_json(B.to_json())
    at = {"x": 0.5, "y": 2.0, "x_dot": 1.0, "y_dot": 0.25}
    assert back.evaluate(at).outputs == B.evaluate(at).outputs
    assert ew.Graph.from_networkx(B.to_networkx()).evaluate(at).outputs == B.evaluate(at).outputs
    # The slope of the second coefficient in x: (y/2 + 1/4)*exp(x), once more.
    slope = B.jacobian("x").evaluate(at).outputs[1]
    assert slope == pytest.approx((1.0 + 0.25) * np.exp(0.5))
    # A series of a gradient.
    wanted = exact(lambda t: mp.exp(mp.mpf(0.5) + t) * 2, 3)
    assert_close(ew.parse("exp(x)*y").gradient("x").taylor(3, "x").evaluate(x=0.5, y=2.0).outputs, wanted)


def test_logarithms_of_shares_are_brought_into_stable_forms() -> None:
    G = ew.parse("log(exp(x)/(exp(x) + exp(y)))")
    for B, more in ((G.taylor(2, {"x": 1, "y": Fraction(1, 4)}), ()), (G.taylor(2), (1.0, 0.25))):
        S = B.simplify()
        assert S.derivative.kind == "taylor" and S.inputs == B.inputs
        found = S.evaluate(dict(zip(S.inputs, (-800.0, 800.0, *more), strict=True))).outputs
        assert found == pytest.approx((0.75, 0.0))
