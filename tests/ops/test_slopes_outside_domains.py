"""Slopes outside the domain: NaN where the value is NaN, of every order, simplified or not, in every back end."""

from __future__ import annotations

import itertools
import math
import shutil
import warnings
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.api.graph import Graph
from edgewise.ops import OPS, TABLE, Op, Refusal
from rows import CASES, holds, row_tape

INF = math.inf
WITH_C = pytest.param("c", marks=pytest.mark.skipif(not shutil.which("gcc"), reason="there is no compiler"))
POINTS = (0.3, 0.5, -0.3, 1.5, -1.5, 2.0, -2.0, -3.25, 100.0, -100.0, 1e200, -1e200, 1e308, -1e308, INF, -INF)
# Outside, 1/x is that of log(abs(x)); the rows say so. At an infinity, at (inf, -inf) and at a pole with two signs
# there is no value, but a slope.
QUOTIENTS = {op.name for op in TABLE if op.beyond}
INDEFINITE = {"add", "sub", "mul", "div", "sinc", "digamma"}


def _points(op: Op) -> Any:
    return np.array(list(itertools.product(POINTS if op.arity == 1 else POINTS[:11], repeat=op.arity)))


@pytest.mark.parametrize(("op", "parameter"), CASES, ids=lambda value: getattr(value, "name", str(value)))
def test_there_is_no_slope_where_there_is_no_value(op: Op, parameter: Any) -> None:
    taken = [name for name, partial in zip(op.args, op.partials, strict=True) if not isinstance(partial, Refusal)]
    if op.boolean or op.selects or not taken or op.name in QUOTIENTS | INDEFINITE:
        return
    graph, columns = Graph(row_tape(op, parameter)), list(_points(op).T)
    written = [graph.gradient(taken)]
    if len(taken) == op.arity:
        written.append(graph.hessian())
    with np.errstate(all="ignore"):
        outside = np.isnan(np.broadcast_to(np.asarray(graph.evaluate(*columns).outputs[0]), len(columns[0])))
        if op.domain and parameter is None:  # inside, SciPy may lack a value: betainc(1e200, 1e200, 0.5) before 1.16
            outside = outside & ~holds(op.domain, op, _points(op).tolist())
        for made in [*written, *(each.simplify("domain") for each in written)]:
            slopes = [np.broadcast_to(np.asarray(value), outside.shape) for value in made.evaluate(*columns).outputs]
            if any(op.partials):
                assert np.isnan(slopes).all(axis=0)[outside].all()


# formula, points inside with the slope, points outside
BOUNDED = [
    ("asin(x)", {0.6: 1.25, 1.0: INF}, (2.0, -2.0, 1e100, -1e155, 1e308, -INF, INF)),
    ("acos(x)", {0.6: -1.25, 1.0: -INF}, (2.0, -2.0, 1e100, -1e155, 1e308, -INF, INF)),
    ("acosh(x)", {1.25: 4 / 3, 1.0: INF}, (0.5, 0.0, -2.0, -1e308, -INF)),
    ("atanh(x)", {0.6: 1.5625, -0.6: 1.5625, 1.0: INF, -1.0: INF}, (2.0, -1.5, 1e100, -1e155, 1e308, -INF, INF)),
    ("acoth(x)", {1.25: -16 / 9, -1.25: -16 / 9, 1e100: -1e-200, 1.0: -INF, -1.0: -INF}, (0.5, -0.999, 1e-300)),
    ("asech(x)", {0.6: -1 / 0.48, 1.0: -INF}, (1.5, -0.5, -1.0, -1e-320, 1e308, -INF, INF)),
    ("logit(x)", {0.2: 6.25, 1e-160: 1e160, 0.0: INF, 1.0: INF}, (-0.5, 1.5, 1e308, -1e308, -INF, INF)),
    ("log1mexp(x)", {-1e-9: -1e9, -math.log(2): -1.0, -400.0: -math.exp(-400)}, (0.5, 1e-300, 800.0, 1e308, INF)),
    ("x**0.5", {4.0: 0.25, 0.0: INF}, (-1.0, -1e308, -INF)),
    ("gammainc(2, x)", {1.0: math.exp(-1)}, (-1.0, -1e308)),
    ("gammainc(-2, x)", {}, (-1.0, 1.0, 2.5)),
    ("betainc(2, 1, x)", {0.5: 1.0}, (-1.0, 1.5, 1e308)),
    ("betainc(-2, 1, x)", {}, (-1.0, 0.5)),
    ("hurwitz_zeta(0.5, x)", {}, (0.5, 2.0)),
]


@pytest.mark.parametrize("backend", ["python", "numpy", "llvm", WITH_C])
@pytest.mark.parametrize(("text", "inside", "outside"), BOUNDED)
def test_every_back_end(text: str, inside: dict[float, float], outside: tuple[float, ...], backend: str) -> None:
    if "inc(" in text and backend in ("python", "c"):  # they have none
        return
    graph = ew.parse(text, inputs=["x"])
    for made in (graph.hessian(), graph.hessian().simplify()):
        function = made.compile(backend)
        with np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for x in outside:
                assert np.isnan(np.array([np.ravel(part)[0] for part in function(x)])).all(), x
            for x, slope in inside.items():
                assert float(np.ravel(function(x)[1])[0]) == pytest.approx(slope, rel=1e-9), x


@pytest.mark.parametrize("name", ["atanh", "logit", "asin", "log1mexp"])
def test_tensors(name: str) -> None:
    at = np.array([0.25, -3.0, 2.0, -0.25])
    graph = ew.parse(f"sum(where(x > 100, 1, {name}(x)))", shapes="x: 4")
    with np.errstate(all="ignore"):
        outside = np.isnan(OPS[name].value(at))
        for made in (graph.gradient(), graph.gradient().simplify()):
            assert np.isnan(made.evaluate(x=at).outputs[0]).tolist() == outside.tolist()


def test_special_points_say_where_slopes_are_the_quotients() -> None:
    for text in ("log(x)", "log1p(x)", "log2(x)", "log10(x)", "xlogy(2, x)", "xlog1py(2, x)"):
        found = [point for point in ew.parse(text).gradient().special_points(x=-2.0) if point.kind == "domain"]
        assert "the slope the quotient as written" in found[0].convention
    assert "the slope in x stays 1" in str(ew.parse("x % y").gradient().special_points())


KEPT = ["max(x, -inf)", "max(-inf, x)", "min(x, inf)", "min(max(x, -inf), inf)", "clip(x, -inf, inf)"]


@pytest.mark.parametrize("text", KEPT)
def test_what_is_x_everywhere_has_the_slope_1_at_infinities(text: str) -> None:
    G = ew.parse(text)
    graphs = (G.gradient(), G.gradient().simplify(), G.tangent("x"), G.simplify().gradient())
    for x in (-INF, INF, 0.0):
        assert [graph.evaluate(x).outputs for graph in graphs] == [(1.0,)] * len(graphs)
        assert G.hessian().evaluate(x).outputs == (0.0,)
    T = ew.trace(lambda x: np.sum(np.minimum(np.maximum(x, -np.inf), np.inf)), x=ew.tensor("n"))
    assert T.gradient().evaluate(x=np.array([-INF, INF, 2.0])).outputs[0].tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("x", [-720.0, -744.0, -INF, 3.0, math.nan])
def test_sigmoid_is_subnormal_where_it_is(x: float) -> None:
    """SciPy's is 0 there, and so is that of NumPy's source; all others, and the interpreter, have one answer."""
    G = ew.parse("logaddexp(x, 0)").gradient()
    right = math.exp(x) if x < -100 else 1 / (1 + math.exp(-x))
    for value in (G.evaluate(x).outputs[0], G.compile("python")(x)[1], G.compile()(x)[1], OPS["sigmoid"].value(x)):
        assert float(value) == pytest.approx(right, rel=1e-12, abs=1e-323, nan_ok=True)
    assert OPS["sigmoid"].value(np.array([x, 3.0])).shape == (2,)


@pytest.mark.parametrize("backend", ["python", "numpy", "llvm", WITH_C])
def test_a_tie_of_infinities_is_a_tie(backend: str) -> None:
    """Made of finite inputs, two values may be one infinity: log-probabilities of what cannot be."""
    x, y = ew.symbols("x y")
    tie = ew.graph([ew.max(x + ew.log(y), ew.log(y) - x), ew.min(x / y, 3 * x / y), ew.max(x - np.inf, y)])
    for jacobian in (tie.jacobian("x"), tie.jacobian("x").simplify(), tie.jacobian("x", order="forward")):
        with np.errstate(all="ignore"):
            value, slopes = jacobian.compile(backend)(2.0, 0.0)
        assert [float(part) for part in np.ravel(value)] == [-INF, INF, 0.0]
        assert [float(part) for part in np.ravel(slopes)] == [0.0, INF, 0.0]
    # The edge not taken brings nothing, whatever there is behind it.
    viterbi = ew.graph(ew.max(ew.max(x + ew.log(y), ew.log(y) - x), -x)).gradient("x")
    for graph in (viterbi, viterbi.simplify()):
        with np.errstate(all="ignore"):
            assert float(np.ravel(graph.compile(backend)(2.0, 0.0)[1])[0]) == -1.0
