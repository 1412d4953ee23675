"""A gradient written by hand: it agrees, or the fault and its edge are named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.errors import InputError
from strategies import tapes

rng = np.random.default_rng(0)
X, w, y = rng.normal(size=(5, 3)), rng.normal(size=3), rng.normal(size=5)
S = rng.normal(size=(3, 3))


def loss(X: Any, w: Any, y: Any) -> Any:
    r = X @ w - y
    return np.sum(r**2) / 2 + np.sum(np.exp(w))


def right(X: Any, w: Any, y: Any) -> Any:
    return X.T @ (X @ w - y) + np.exp(w)


def test_right_gradients_agree() -> None:
    assert ew.check_gradient(loss, right, X, w, y, wrt="w")
    assert ew.check_gradient(
        loss, lambda X, w, y: {"w": right(X, w, y), "y": y - X @ w, "X": np.outer(X @ w - y, w)}, X=X, w=w, y=y
    )
    report = ew.check_gradient(lambda x: np.sin(x) * x, lambda x: np.cos(x) * x + np.sin(x))
    assert report and str(report) == "the gradients agree at 3 points"


# Gradient, the fault, and the operations at the ends of the edge.
WRONG: list[tuple[Callable[..., Any], str, tuple[str, str]]] = [
    (lambda X, w, y: X.T @ (X @ w - y), "missing", ("w", "exp(w)")),
    (lambda X, w, y: right(X, w, y) + np.exp(w), "doubled", ("w", "exp(w)")),
    (lambda X, w, y: np.exp(w) - X.T @ (X @ w - y), "of the wrong sign", ("w", "X @ w")),
    (lambda X, w, y: 2 * X.T @ (X @ w - y) + np.exp(w), "doubled", ("w", "X @ w")),
    (lambda X, w, y: X.T @ (X @ w - y) / 3 + np.exp(w), "multiplied by 0.333333", ("w", "X @ w")),
]


def test_a_forgotten_square_is_missing_and_not_half_of_the_wrong_sign() -> None:
    """Each of the two edges from w to w*w, with the wrong sign, would explain it as well."""

    def decayed(w: Any) -> Any:
        return np.sum(np.sin(w)) + np.sum(w * w)

    report = ew.check_gradient(decayed, np.cos, w)
    assert report.fault == "missing" and report.graph.base.text(report.edge.consumer) == "w*w"
    assert len(report.edges) == 2
    half = ew.check_gradient(decayed, lambda w: np.cos(w) + w, w)
    assert half.fault == "missing" and half.graph.base.text(half.edge.consumer) == "w*w"
    assert len(half.edges) == 1


@pytest.mark.parametrize(("times", "fault", "edges"), [
    (-2.0, "of the wrong sign", 2), (0.0, "missing", 2), (4.0, "doubled", 2), (1.0, "missing", 1), (3.0, "doubled", 1),
    (2.5, "multiplied by 1.25", 2),
])  # fmt: skip
def test_the_edges_between_two_nodes_are_judged_together_first(times: float, fault: str, edges: int) -> None:
    """A turned sign in x*x is no edge "multiplied by -3"."""
    report = ew.check_gradient(lambda x, y: np.sin(x) * y + x * x, lambda x, y: (np.cos(x) * y + times * x, np.sin(x)))
    assert (report.fault, len(report.edges)) == (fault, edges)
    assert {(e.consumer, e.parent) for e in report.edges} == {(4, 0)}
    said = "contributions of both edges from x to x*x" if edges == 2 else "contribution of the edge from x to x*x"
    assert said in str(report) and f"{'are' if edges == 2 else 'is'} {fault}" in str(report)


def test_three_edges_between_two_nodes() -> None:
    report = ew.check_gradient(lambda x: np.clip(x, x, x) + np.exp(x), lambda x: np.exp(x) - 1.0)
    assert report.fault == "of the wrong sign" and len(report.edges) in (1, 3)


@pytest.mark.parametrize(("wrong", "fault", "ends"), WRONG, ids=[f"{f[1]} {f[2][1]}" for f in WRONG])
def test_the_edge_at_fault_is_named(wrong: Callable[..., Any], fault: str, ends: tuple[str, str]) -> None:
    report = ew.check_gradient(loss, wrong, X, w, y, wrt="w")
    assert not report and report.fault == fault and report.input == "w[0]"
    base = report.graph.base
    assert (base.text(report.edge.parent), base.text(report.edge.consumer)) == ends
    assert report.found == pytest.approx(wrong(X, w, y)[0])
    assert report.expected == pytest.approx(right(X, w, y)[0])
    assert "test_check.py" in report.message and fault in report.message


def test_a_transposed_contribution_is_named() -> None:
    A = S + 1.0

    def f(S: Any) -> Any:
        return np.sum(A * (S @ S)) + np.sum(S**3)

    def wrong(S: Any) -> Any:
        return A @ S.T + (S.T @ A).T + 3 * S**2

    assert ew.check_gradient(f, lambda S: A @ S.T + S.T @ A + 3 * S**2, S)
    report = ew.check_gradient(f, wrong, S)
    assert report.fault == "transposed"
    assert report.graph.base.text(report.edge.consumer) == "S @ S"


def test_what_no_edge_explains_says_so() -> None:
    report = ew.check_gradient(loss, lambda X, w, y: right(X, w, y) + np.array([0.0, 1.0, 0.0]), X, w, y, wrt="w")
    assert (report.input, report.edge) == ("w[1]", None)
    assert "no single edge explains" in report.message


def scaled(B: Any, run: Any, products: set[int], factor: float) -> list[Any]:
    """The values of all nodes when some products, none made of another, have another factor."""
    from edgewise.evaluate.blame import recomputed

    for node in sorted(products):
        run = recomputed(B.tape, run, node, factor * run[node], {})
    return list(run)


@given(tape=tapes(max_ops=10), data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_edge_of_a_random_graph_is_found(tape: Any, data: Any) -> None:
    G = ew.Graph(tape)
    B = G.gradient()
    if not len(B.edges):
        return
    row = data.draw(st.integers(0, len(B.edges) - 1))
    factor = data.draw(st.sampled_from([0.0, 2.0, -1.0]))
    point = data.draw(st.lists(st.sampled_from([-1.25, -0.5, 0.75, 1.5]), min_size=4, max_size=4))
    point = point[: len(G.inputs)]
    from edgewise.evaluate.blame import blamed, recomputed

    runs = [B.evaluate(*[value + shift for value in point]).values for shift in (0.0, 0.125)]
    product = B.edges[row].product
    theirs = [
        np.array([recomputed(B.tape, run, product, factor * run[product], {})[i] for i in B.outputs], dtype=float)
        for run in runs
    ]
    ours = [np.array([run[i] for i in B.outputs], dtype=float) for run in runs]
    gap = max(float(np.abs(t - o).max()) for t, o in zip(theirs, ours, strict=True))
    if gap < 1e-3 * max(1.0, max(float(np.abs(o).max()) for o in ours)):
        return  # too small a part to be seen
    found = blamed(B.derivative, runs, theirs, {}, 1e-9)
    # Another edge may explain it as well: on one road all edges do.
    assert found is not None and found.factor is not None
    again = [
        [scaled(B, run, {B.edges[k].product for k in found.rows}, found.factor)[i] for i in B.outputs] for run in runs
    ]
    np.testing.assert_allclose(again, theirs, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize(("call", "message"), [
    (lambda: ew.check_gradient(loss, lambda X, w, y: right(X, w, y), X, w, y), "1 part for the inputs X, w, y"),
    (lambda: ew.check_gradient(loss, lambda X, w, y: w[:2], X, w, y, wrt="w"), r"has shape \(2,\), and the input"),
    (lambda: ew.check_gradient(np.linalg.det, lambda a: 1.0, X[:3], points=1), r"shape \(\), and the input \(3, 3\)"),
    (lambda: ew.check_gradient(loss, right, X, w), "do not fit the function|missing"),
    (lambda: ew.check_gradient(loss, right, X, "w", y), "'w' is not real numbers"),
    (lambda: ew.check_gradient(lambda x: np.log(x), lambda x: 1 / x, -1.0), "NaN or infinite at every point"),
    (lambda: ew.check_gradient(loss, lambda X, w, y: {"w": w}, X, w, y), "no entry 'X'"),
    (lambda: ew.check_gradient(loss, lambda X, w: w, X, w, y), "the gradient cannot be called with X, w, y: too many"),
    (lambda: ew.check_gradient(lambda x, y: x * y, lambda x, y: ("a", "b")), r"the gradient returned \('a', 'b'\)"),
    (lambda: ew.check_gradient(lambda x: x, lambda x: None), "the gradient returned None"),
])  # fmt: skip
def test_bad_input(call: Callable[[], Any], message: str) -> None:
    with pytest.raises(InputError, match=message):
        call()


# --- digits ---------------------------------------------------------------------------------------------------------


def _naive(x: Any) -> Any:
    return np.sin(x) / x**2 - 2 * (1 - np.cos(x)) / x**3


def test_the_digits_are_those_that_mpmath_counts() -> None:
    """The derivative of (1 - cos(x))/x**2 as the quotient rule has it: right on paper, and with few digits."""
    report = ew.check_gradient(lambda x: (1 - np.cos(x)) / x**2, _naive, 2e-3, points=1, rtol=1e-4)
    with mp.workdps(60):
        x = mp.mpf(2e-3)
        exact = mp.sin(x) / x**2 - 2 * (1 - mp.cos(x)) / x**3
        digits = float(-mp.log10(abs(mp.mpf(_naive(2e-3)) - exact) / abs(exact)))
    assert report.agrees
    assert report.digits == pytest.approx({"x": digits}, abs=1e-3)
    assert str(report) == f"the gradients agree at 1 points, in x to {digits:.1f} digits only"


def test_digits_of_every_entry_of_arrays() -> None:
    report = ew.check_gradient(lambda w, x: np.tanh(w @ x), _of_tanh, np.array([0.3, 0.2]), np.array([0.5, -0.7]))
    assert report.agrees and list(report.digits) == ["w[0]", "w[1]", "x[0]", "x[1]"]
    assert all(15 <= digits < 16 for digits in report.digits.values())


def _of_tanh(w: Any, x: Any) -> Any:
    slope = 1 - np.tanh(w @ x) ** 2
    return slope * x, slope * w


def test_digits_of_a_wrong_gradient_and_of_what_balls_do_not_know() -> None:
    wrong = ew.check_gradient(lambda x, y: x * y, lambda x, y: (y, -x), 2.0, 3.0)
    assert not wrong and (wrong.digits["x"] > 15, wrong.digits["y"]) == (True, 0.0)
    own = ew.op("own", value=np.sin, partials=np.cos)
    assert ew.check_gradient(lambda x: own(x), np.cos, 0.3).digits["x"] > 15
