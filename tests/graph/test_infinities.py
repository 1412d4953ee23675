"""Infinite constants of masks and guards: the whole road keeps them, and no rule for finite numbers touches them."""

import importlib.util
import json
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import EdgewiseError, InputError
from edgewise.lower import BACKENDS
from peers import available

INF = np.inf
MASKED: list[tuple[Callable[[Any, Any], Any], list[tuple[tuple[float, float], float, list[float]]]]] = [
    (lambda a, b: np.where(a == -INF, b, a * b), [((-INF, 2), 2, [0, 1]), ((INF, 2), INF, [2, INF])]),
    (lambda a, b: np.where(abs(a) < INF, a * b, b), [((3, 2), 6, [2, 3]), ((INF, 2), 2, [0, 1])]),
    (lambda a, b: ew.max(a, -INF) * b, [((3, 2), 6, [2, 3])]),
    (lambda a, b: np.minimum(INF, a * b), [((3, 2), 6, [2, 3])]),
    (lambda a, b: np.clip(a, -INF, b), [((3, 2), 2, [0, 1]), ((1, 2), 1, [1, 0])]),
    (lambda a, b: np.where(a > 0, a * b, -INF), [((3, 2), 6, [2, 3]), ((-3, 2), -INF, [0, 0])]),
    (lambda a, b: np.exp(np.where(a > 0, a * b, -INF)), [((1, 0), 1, [0, 1]), ((-3, 2), 0, [0, 0])]),
    (lambda a, b: np.logaddexp(np.where(a > 0, a, -INF), b), [((0, 0), 0, [0, 1]), ((-3, 2), 2, [0, 1])]),
    (lambda a, b: np.where(a > 0, a * INF, b), [((-3, 2), 2, [0, 1])]),
    (lambda a, b: np.where(a > 0, np.sqrt(a) * -INF, b * b), [((-3, 2), 4, [0, 4]), ((0, 2), 4, [0, 4])]),
    (lambda a, b: b / (1 + np.exp(np.where(a > 0, -INF, a))), [((3, 2), 2, [0, 1])]),
]  # fmt: skip


@pytest.mark.parametrize(("write", "points"), MASKED)
def test_masks_and_guards_have_their_values_and_slopes_everywhere(write: Any, points: Any) -> None:
    G = ew.trace(write, "a", "b")
    same = [G, ew.Graph.from_json(G.to_json()), ew.Graph.from_networkx(G.to_networkx())]
    assert same[1] == G
    assert same[2] == G
    same.append(ew.parse(G.text(G.outputs[0]), inputs=["a", "b"]))
    made = [H.simplify(level) for H in same for level in ("exact", "real", "domain")]
    for H in (*same, *made, G.simplify(expand=True)):
        for at, value, slopes in points:
            assert H.evaluate(*at).outputs[0] == pytest.approx(value)
            for B in (H.gradient(), H.gradient().simplify()):
                assert B.evaluate(*at).outputs == pytest.approx(slopes)
            assert not np.isnan(H.hessian().evaluate(*at).outputs).any()


@pytest.mark.parametrize("backend", BACKENDS)
def test_every_target_spells_infinity(backend: str) -> None:
    available(backend)
    G = ew.trace(lambda a, b: [write(a, b) for write, _ in MASKED] + [-INF], "a", "b")
    f = G.compile(backend)
    for at in {at for _, points in MASKED for at, _, _ in points}:
        wanted = G.evaluate(*at).outputs
        assert [float(v) for v in f(*map(float, at))] == pytest.approx(wanted, nan_ok=True)


def test_infinity_is_written_as_mathematics_writes_it() -> None:
    G = ew.parse("where(x == -inf, y, min(x, inf))")
    assert G.inputs == ("x", "y")
    assert "infty" in G.to_latex()
    assert "oo" in str(G.to_sympy())
    assert ew.parse("inf*x", inputs=["x", "inf"]).evaluate(2.0, 3.0).outputs == (6.0,)
    T = ew.parse("sum(where(x > 0, x, -inf))", shapes="x: n")
    assert "infty" in T.to_latex()
    assert T.evaluate(x=[1.0, 2.0]).outputs[0] == 3.0
    for graph in (G, T):
        assert json.loads(graph.to_json())
        assert ew.Graph.from_json(graph.to_json()) == graph


UNDEFINED: list[Callable[[Any, Any], Any]] = [
    lambda a, b: (a + INF) + (b - INF),
    lambda a, b: INF * a - INF * a + b,
    lambda a, b: (a - a + INF) * (b - b) + 0 * (INF + a),
    lambda a, b: (a * INF) / (a * INF) + b,
    lambda a, b: INF * (a + b - a - b),
]


@pytest.mark.parametrize("write", UNDEFINED)
@pytest.mark.filterwarnings("ignore:invalid value")
def test_rules_for_finite_numbers_leave_infinite_constants_alone(write: Any) -> None:
    G = ew.trace(write, "a", "b")
    T = ew.trace(lambda x: write(x[0], x[1]), x=ew.tensor(2))
    assert np.isnan(G.evaluate(3.0, 2.0).outputs[0])
    for level in ("exact", "real", "domain"):
        assert np.isnan(G.simplify(level).evaluate(3.0, 2.0).outputs[0])
    assert np.isnan(G.simplify(expand=True).evaluate(3.0, 2.0).outputs[0])
    assert np.isnan(T.simplify().evaluate(np.array([3.0, 2.0])).outputs[0])


def softmax(x: Any) -> Any:
    e = np.exp(x - np.max(x))
    return e / np.sum(e)


TENSORS: list[Callable[[Any, Any], Any]] = [
    lambda x, m: np.sum(softmax(np.where(m > 0, x, -INF)) * x),
    lambda x, m: np.sum(np.exp(x + np.where(m > 0, 0.0, -INF))),
    lambda x, m: np.sum(np.exp(np.where(m > 0, x, np.array([0.0, -INF, 1.0, -INF])))),
    lambda x, m: np.sum(np.maximum(x, np.full(4, -INF)) * m),
]


@pytest.mark.peer
@pytest.mark.parametrize("write", TENSORS)
def test_masks_of_tensors_and_of_groups_agree(write: Any) -> None:
    at = (np.array([0.3, -1.0, 2.0, 0.5]), np.array([1.0, 0.0, 1.0, 0.0]))
    found = []
    for shape in (4, ew.tensor(4)):
        B = ew.trace(write, x=shape, m=shape).gradient("x")
        assert ew.Graph.from_json(B.base.to_json()) == B.base
        found += [B.compile("numpy")(*at), B.simplify().compile("numpy")(*at)]
        there = [backend for backend in ("jax", "torch") if importlib.util.find_spec(backend)]
        found += [B.simplify().compile(backend)(*at) for backend in there if shape != 4]
    for value, slopes in found:
        assert float(value) == pytest.approx(float(found[0][0]))
        assert [float(slope) for slope in slopes] == pytest.approx([float(slope) for slope in found[0][1]])


def test_nan_is_refused_with_a_remedy() -> None:
    x = ew.symbols("x")
    for write in (
        lambda: x * np.nan,
        lambda: np.where(x > 0, x, np.nan),
        lambda: ew.tensor(2, name="T") + [1.0, np.nan],
    ):
        with pytest.raises(InputError, match=r"np\.where"):
            write()
    with pytest.raises(EdgewiseError, match="inf"):
        ew.parse("1e999*x")


def test_the_sign_of_an_infinity_is_folded_once() -> None:
    G = ew.parse("where(a > 0, sqrt(a)*-inf, b*b)")
    for level in ("exact", "real", "domain"):
        assert G.simplify(level).report.rules == {"constant folding": 1}
