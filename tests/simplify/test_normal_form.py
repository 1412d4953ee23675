"""Products planned anew from their factors: shorter than what SymPy shares, with the values, the digits, the ledger and
the domain that they had."""

from __future__ import annotations

from functools import cache
from typing import Any

import mpmath as mp
import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.graph import Tape
from strategies import tapes_with_points

PEERS = [
    # Value, gradient and Hessian, and what the best of sympy.cse and symengine.cse takes of its own derivatives.
    ("log(b/a)", 7, 8),
    ("1/sqrt(1 - v**2)", 10, 10),
    ("a/b**3", 9, 10),
    ("m/sqrt(1 - v**2/c**2)", 32, 36),
    ("q1*r/(4*pi*epsilon*r**3)", 20, 29),
    ("(t - u*x/c**2)/sqrt(1 - u**2/c**2)", 54, 72),
    ("(1 + v/c)/sqrt(1 - v**2/c**2)*omega", 41, 57),
    ("n*kb*T*log(V2/V1)", 27, 32),
    ("q*E/(m*(w0**2 - w**2))", 46, 57),
    ("1/(exp(h/(2*pi)*w/(kb*T)) - 1)", 50, 85),
    ("n_rho*mom*tanh(mom*B/(kb*T))", 51, 68),
    ("r*v/sqrt(1 - v**2/c**2)", 28, 33),
]


@cache
def hessian(text: str, expand: bool = False) -> Any:
    return ew.parse(text).hessian().simplify(expand=expand)


@pytest.mark.parametrize(("text", "ours", "peer"), PEERS)
def test_fewer_operations_than_common_subexpressions(text: str, ours: int, peer: int) -> None:
    assert hessian(text, expand=True).cost().operations <= min(ours, peer)
    assert hessian(text).cost().operations <= peer


@pytest.mark.parametrize(("text", "ours", "peer"), PEERS)
def test_values_against_sympy(text: str, ours: int, peer: int) -> None:
    G = ew.parse(text)
    names = sp.symbols(" ".join(G.inputs), seq=True)
    formula = sp.sympify(text, {name.name: name for name in names})
    point = [0.3 + 0.17 * k for k in range(len(names))]
    value, first, second = hessian(text).compile("python")(*point)
    at = dict(zip(names, point, strict=True))
    assert value == pytest.approx(float(formula.evalf(30, at)), rel=1e-13)
    wanted = [float(sp.diff(formula, x).evalf(30, at)) for x in names]
    assert np.ravel(first) == pytest.approx(wanted, rel=1e-12, abs=1e-13)
    wanted = [float(sp.diff(formula, x, y).evalf(30, at)) for y in names for x in names]
    assert np.ravel(second) == pytest.approx(wanted, rel=1e-12, abs=1e-12)


@pytest.mark.parametrize(
    "text",
    ["x*y/y", "sqrt(x)*sqrt(x)*y*y", "x/(1/y)*2", "(x - 1)*y/(x - 1)", "x**-1*x*z", "log(x)*y/log(x)", "1/(x*(1/x))"],
)
def test_what_divides_does_not_vanish(text: str) -> None:
    """Where it may be 0, and divides nowhere else, the result would be defined where the graph is not."""
    G = ew.parse(text)
    S = G.simplify()
    for x in (-1.0, 0.0, 1.0):
        point = dict.fromkeys(G.inputs, x)
        (before,), (after,) = G.evaluate(point).outputs, S.evaluate(point).outputs
        assert np.isnan(before) == np.isnan(after)


def test_what_is_positive_may_vanish() -> None:
    G = ew.parse("[exp(x)*y/exp(x)*z, y/cosh(x)*cosh(x)]")
    assert G.simplify().text() == "[y*z, y]"


def test_what_divides_elsewhere_is_cancelled() -> None:
    G = ew.trace(lambda x, y: [x * y / y, 1 / y, x / np.sqrt(x)], "x", "y").simplify()
    assert [G.text(node) for node in G.outputs] == ["x", "1/y", "sqrt(x)"]


@given(case=tapes_with_points(operations=("add", "sub", "mul", "div", "neg", "sqrt", "exp", "cbrt"), max_outputs=3))
@settings(deadline=None, max_examples=150)
def test_random_graphs_keep_their_values(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    G = Graph(tape)
    S = G.simplify()
    before, after = G.evaluate(*point), S.evaluate(*point)
    if all(np.isfinite(value) and abs(value) < 1e6 for value in before.values):
        assert after.outputs == pytest.approx(before.outputs, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize(
    "text", ["(x - y)*(x + y)", "x*x - y*y", "(x - y)*(x + y)/(x - y)**2", "x/y - 1/x", "x**2/y - y"]
)
def test_sums_keep_their_terms(text: str) -> None:
    """What two terms have in common is taken out; no sum is multiplied out, and nothing new cancels."""
    G = ew.parse(text, inputs=["x", "y"]).hessian()
    S = G.simplify()
    names = sp.symbols("x y")
    truth = [sp.diff(sp.sympify(text, evaluate=False), a, b) for a in names for b in names]
    for point in ((1.0, 1.0 - 2.0**-40), (1e8, 1e8 + 1), (3.0, 3.0 + 2.0**-30)):
        at = {name: sp.Rational(value) for name, value in zip(names, point, strict=True)}
        wanted = np.array([float(entry.subs(at)) for entry in truth])
        before, after = (np.array(graph.evaluate(*point).outputs, dtype=float) for graph in (G, S))
        assert (np.abs(after - wanted) <= 4 * np.abs(before - wanted) + 16 * np.spacing(np.abs(wanted))).all()


def test_accuracy_against_mpmath() -> None:
    """Rows of a textbook: planned anew, no result is farther from the truth than by some roundings more."""
    for text, *_ in PEERS:
        G = ew.parse(text)
        plain, anew = (G.gradient().simplify(level).compile("python") for level in ("exact", "real"))
        names = sp.symbols(" ".join(G.inputs), seq=True)
        formula = sp.sympify(text, {name.name: name for name in names})
        truth = sp.lambdify(names, [sp.diff(formula, x) for x in names], "mpmath")
        for k in range(5):
            point = [0.2 + ((7 * i + 3 * k) % 11) / 13 for i in range(len(names))]
            with mp.workdps(40):
                wanted = [float(v) if mp.im(v) == 0 else np.nan for v in truth(*map(mp.mpf, point))]
            if not np.isfinite(wanted).all():
                continue
            off = [np.abs(np.ravel(f(*point)[1]) - wanted) for f in (plain, anew)]
            assert (off[1] <= 8 * off[0] + 1e-14 * (1 + np.abs(wanted))).all(), (text, point)


def test_a_pair_that_ends_words_is_taken_first() -> None:
    S = ew.parse("[x*y/z, x/z, z*w/x, y*w]").simplify()
    assert S.text() == "out1 = x/z\n[y*out1, out1, w/out1, y*w]"


def test_long_products_stay_whole() -> None:
    """All pairs of many factors would be too many: the work stays linear in the factors."""
    G = ew.trace(lambda x: [np.prod(x) / x[0], np.prod(x) / x[1]], x=200)
    point = np.linspace(0.9, 1.1, 200)
    assert G.simplify().evaluate(point).outputs == pytest.approx(G.evaluate(point).outputs)


def test_powers_beyond_cubes_are_those_that_were_written() -> None:
    """x**32 counts as one operation and takes as long as five products."""
    y = ew.symbols("x")
    for _ in range(5):
        y = y * y
    assert ew.graph(y).simplify().cost().by_kind == {"mul": 5}


def test_users_operations_keep_their_own() -> None:
    """Nobody knows their values at the probes, so what reads them stays as it is written."""
    cube, half = ew.op("cube", value="x**3", partials=["3*x**2"]), ew.op("half", value="x/2", partials=["1/2"])
    G = ew.trace(lambda v, c: [cube(v), half(v / c / c * v), 1 / np.sqrt(1 - v**2 / c**2)], "v", "c")
    S = G.jacobian().simplify()
    for point in ((0.4, 2.0), (-1.5, 3.0)):
        wanted = G.jacobian().evaluate(*point).outputs
        assert S.evaluate(*point).outputs == pytest.approx(wanted, rel=1e-12)


def test_the_ledger_is_kept() -> None:
    B = ew.parse("m/sqrt(1 - v**2/c**2)").gradient()
    S = B.simplify()
    point = {"m": 1.5, "v": 0.4, "c": 2.0}
    before, after = B.evaluate(point), S.evaluate(point)
    for old, new in zip(B.edges, S.edges, strict=True):
        assert (old.consumer, old.position, old.parent) == (new.consumer, new.position, new.parent)
        assert after.values[new.partial] == pytest.approx(before.values[old.partial], rel=1e-12)
        assert after.values[new.product] == pytest.approx(before.values[old.product], rel=1e-12)
    assert any(step.rules == ("products planned anew",) for step in S.report.rewrites)


@pytest.mark.parametrize("text", ["cbrt(x**2)/x + y", "y/cbrt(x**2)*x", "sqrt(x**2*y)/(x*y)", "cbrt(x**2*y)**4/x"])
def test_roots_of_powers_come_to_an_end(text: str) -> None:
    """A cube root of x² over x is a root over x, or x over two roots: neither has fewer factors than the other."""
    G = ew.parse(text, inputs=["x", "y"])
    for x, y in ((1.3, 0.7), (0.2, 3.0)):
        assert G.simplify().evaluate(x=x, y=y).outputs == pytest.approx(G.evaluate(x=x, y=y).outputs)


def test_what_is_wanted_itself_is_not_taken_out_of_a_sum() -> None:
    """Of ve/m0 - ve/(m0 - d) the second term is the derivative in d: 1/m0 - 1/(m0 - d) times ve is longer."""
    simplified = ew.parse("ve*log(m0/(m0 - d))").gradient().simplify()
    assert simplified.text() == "u3 = m0 - d\nout2 = ve/u3\n(log(m0/u3), ve/m0 - out2, out2)"
    assert simplified.cost().operations == 7
