"""Forms that are right on paper and overflow as written: on tensors they become stable, as they do on scalars."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

import mpmath
import numpy as np
import pytest

import edgewise as ew
from edgewise.simplify.rules import TENSOR_RULES

# Elementwise formulas over the rules; what tensors make of them is what scalars do.
PROBES = (
    "log(1 + exp(x))", "log(exp(x) + 1)", "log1p(exp(x))", "log(1 + exp(-x))", "log(1 + 1/exp(x))",
    "log(exp(x) + exp(y))", "log(1 + x)", "log(1 + exp(x*y))", "exp(x) - 1", "1 - exp(x)", "1 + expm1(x)",
    "1/(1 + exp(-x))", "1/(1 + exp(x))", "exp(x)/(1 + exp(x))", "exp(x)/(exp(x) + 1)", "x/(1 + exp(-x))",
    "y/(1 + exp(-x))", "exp(x)/(exp(x) + exp(y))", "log(1/(1 + exp(-x)))", "log(1 - 1/(1 + exp(-x)))",
    "1 - 1/(1 + exp(-x))", "log(exp(x))", "1/exp(x)", "sqrt(x*x + y*y)", "sqrt(x**2 + y**2)", "sqrt(x**2)",
    "x**0.5", "1/x**2", "sin(x)**2 + cos(x)**2", "1 - erf(x)",
    "abs(abs(x))", "abs(-x)", "abs(x)*abs(x)", "abs(x)*sign(x)", "sign(x)*x", "max(x, x)", "max(x, 0)", "max(0, x)",
    "min(y, y)", "where(x > 0, y, y)", "where(x > 0, where(x > 0, x, y), y)", "where(not (x > 0), x, y)",
    "cos(-x)", "sin(-x)", "tanh(-x)", "sinh(-x)", "atan(-x)", "erf(-x)", "cosh(-x)", "cbrt(x)**3", "2**x", "x*(1/y)",
    "(-x)*(-y)", "(-x)/(-y)", "x - (-y)", "x + x", "2*x + 3*x", "2*(3*x)", "(2*x)/4", "x*1 + 0", "x**2 + x*x",
)  # fmt: skip
SPECIAL = (0.0, -0.0, 1.0, -1.0, 0.5, 40.0, -40.0, 800.0, -800.0, 1e-300, -1e-300, 1e5, np.inf, -np.inf)


@pytest.mark.parametrize("text", PROBES)
def test_tensors_are_simplified_as_scalars_are(text: str) -> None:
    tensors = ew.parse(text, shapes="x: n; y: n") if "y" in text else ew.parse(text, shapes="x: n")
    scalars = ew.parse(text)
    S, T = scalars.simplify(), tensors.simplify()
    kinds = [Counter(G.tape.op(i).name for i in np.flatnonzero(G.tape.live(G.outputs)).tolist()) for G in (S, T)]
    arithmetic = ("const", "input", "contract", "add", "sub", "neg", "mul", "div", "power")
    functions = [{name: n for name, n in kind.items() if name not in arithmetic} for kind in kinds]
    assert functions[0] == functions[1]
    assert T.report.after <= S.report.after
    x, y = (grid.ravel() for grid in np.meshgrid(SPECIAL, SPECIAL))
    point = {"x": x, "y": y}
    with np.errstate(all="ignore"):
        found = T.evaluate({p.name: point[p.name] for p in T.tape.parameters}).outputs[0]
        wanted = [
            S.evaluate({name: float(point[name][k]) for name in S.tape.input_names()}).outputs[0] for k in range(len(x))
        ]
    np.testing.assert_allclose(found, wanted, rtol=1e-14)


class _Precise:
    """The functions of NumPy that the models below use, on arrays of mpmath's numbers."""

    exp, log, log1p, tanh = (
        staticmethod(np.frompyfunc(f, 1, 1)) for f in (mpmath.exp, mpmath.log, mpmath.log1p, mpmath.tanh)
    )
    sum, max, mean = staticmethod(np.sum), staticmethod(np.max), staticmethod(np.mean)


def _sigmoid(z: Any, m: Any) -> Any:
    return 1 / (1 + m.exp(-z))


def _softmax(x: Any, m: Any, shift: bool) -> Any:
    e = m.exp(x - m.max(x, axis=-1, keepdims=True)) if shift else m.exp(x)
    return e / m.sum(e, axis=-1, keepdims=True)


def _rows(x: Any, m: Any) -> Any:
    top = m.max(x, axis=1, keepdims=True)
    return top + m.log(m.sum(m.exp(x - top), axis=1, keepdims=True))


# Losses as they are written naively, of a vector or a matrix of logits.
MODELS: dict[str, tuple[str, Callable[[Any, Any], Any]]] = {
    "softplus": ("n", lambda x, m: m.sum(m.log(1 + m.exp(x)))),
    "mean of softplus": ("n", lambda x, m: m.mean(m.log(1 + m.exp(-x)))),
    "log1p of exp": ("n", lambda x, m: m.sum(m.log1p(m.exp(x)))),
    "smooth hinge": ("n", lambda x, m: m.sum(m.log(1 + m.exp(4 * (1 - x))) / 4)),
    "logistic": ("n", lambda x, m: m.sum(_sigmoid(x, m) ** 2)),
    "logistic, other form": ("n", lambda x, m: m.sum(m.exp(x) / (1 + m.exp(x)))),
    "swish": ("n", lambda x, m: m.sum(x / (1 + m.exp(-x)))),
    "mish": ("n", lambda x, m: m.sum(x * m.tanh(m.log(1 + m.exp(x))))),
    "log of the logistic function": ("n", lambda x, m: m.sum(m.log(_sigmoid(x, m)))),
    "binary cross-entropy": (
        "n", lambda x, m: -m.mean(0.25 * m.log(_sigmoid(x, m)) + 0.75 * m.log(1 - _sigmoid(x, m)))),
    "divergence of Bernoullis": (
        "n", lambda x, m: m.sum(_sigmoid(x, m) * (m.log(_sigmoid(x, m)) - m.log(1 - _sigmoid(x, m))))),
    "log-sum-exp": ("n", lambda x, m: m.log(m.sum(m.exp(x)))),
    "log-sum-exp, shifted": ("n", lambda x, m: m.max(x) + m.log(m.sum(m.exp(x - m.max(x))))),
    "log-sum-exp of rows": ("n,n", lambda x, m: m.sum(m.log(m.sum(m.exp(x), axis=1)))),
    "log-sum-exp of columns": ("n,n", lambda x, m: m.sum(m.log(m.sum(m.exp(x), axis=0)))),
    "log-sum-exp of rows, shifted": ("n,n", lambda x, m: m.sum(_rows(x, m))),
    "softmax": ("n", lambda x, m: m.sum(_softmax(x, m, False) ** 2)),
    "softmax of rows, shifted": ("n,n", lambda x, m: m.sum(_softmax(x, m, True) ** 2)),
    "cross-entropy": ("n", lambda x, m: -m.log(_softmax(x, m, False)[0])),
    "cross-entropy of rows": ("n,n", lambda x, m: -m.mean(m.log(_softmax(x, m, True)))),
    "cross-entropy of labels": (
        "n,n", lambda x, m: -m.mean(m.log(_softmax(x, m, True)[np.arange(3), np.array([1, 1, 0])]))),
    "cross-entropy of rows, from sums": (
        "n,n", lambda x, m: m.sum(m.log(m.sum(m.exp(x), axis=1))) - m.sum(x[:, 0])),
}  # fmt: skip


@pytest.mark.parametrize("name", MODELS)
@pytest.mark.parametrize("size", [40.0, 800.0, 1e5])
def test_naive_losses_are_right_far_out(name: str, size: float) -> None:
    """Value and gradient against mpmath; the second derivative is finite."""
    shape, model = MODELS[name]
    if ("Bernoulli" in name or name.startswith("binary")) and size > 1e4:
        pytest.skip("1 - p needs as many digits as p has zeros")
    x = np.array([-size, 0.5, size])
    if shape == "n,n":
        x = np.stack([x, x / 2, -x])
    G = ew.trace(lambda x: model(x, np), x=ew.tensor(*shape.split(","))).simplify()
    value, gradient, hessian = G.hessian().simplify().compile()(x)
    with mpmath.workdps(1000):
        exact = np.vectorize(mpmath.mpf, otypes=[object])(x)
        wanted = model(exact, _Precise)
        assert value == pytest.approx(float(wanted), rel=1e-12, abs=1e-15)
        step = mpmath.mpf(10) ** -200
        for place in list(np.ndindex(*x.shape))[:: 1 if x.ndim == 1 else 2]:
            moved = exact.copy()
            moved[place] += step
            slope = (model(moved, _Precise) - wanted) / step
            assert gradient[place] == pytest.approx(float(slope), rel=1e-9, abs=1e-16 * size)
    assert np.isfinite(hessian).all()
    np.testing.assert_allclose(G.gradient().simplify().compile()(x)[1], gradient, rtol=1e-13, atol=1e-17 * size)


@pytest.mark.parametrize(
    "text", ["sum(log(1 + exp(X @ w)))", "sum(log(1 + exp(-X @ w)))/n", "sum(y*log(1 + exp(X @ w)))"]
)
@pytest.mark.parametrize("size", [40.0, 800.0])
def test_the_simplified_derivative_is_as_good_as_that_of_the_simplified(text: str, size: float) -> None:
    G = ew.parse(text, shapes="X: n,d; w: d; y: n")
    X = np.array([[1.0, 0.5], [-1.0, 0.25], [0.0, 1.0]])
    point = {"X": X, "w": np.array([size, 1.0]), "y": np.array([1.0, -2.0, 3.0])}
    point = {p.name: point[p.name] for p in G.tape.parameters}
    for kind in ("gradient", "hessian"):
        first, last = getattr(G.simplify(), kind)("w").simplify(), getattr(G, kind)("w").simplify()
        a, b = (graph.evaluate(**point).outputs[-1] for graph in (first, last))
        assert np.isfinite(a).all()
        np.testing.assert_allclose(a, b, rtol=1e-13)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("sum(max(x, 0) - x*y + log1p(exp(-abs(x))))", "sigmoid(x) - y"),
        ("max(x) + log(sum(exp(x - max(x))))", "softmax(x, axis=-1)"),
        ("min(x) - log(sum(exp(min(x) - x)))", "softmax(-x, axis=-1)"),
        ("sum(max(x, y) + log1p(exp(-abs(x - y))))", "sigmoid(x - y)"),
    ],
)
def test_what_keeps_exponentials_small_is_gone_from_the_derivative(text: str, form: str) -> None:
    S = ew.parse(text, shapes="x: n; y: n").gradient("x").simplify()
    assert S.text() == form


# A graph that each rule about sums of exponentials fires on, and what it becomes.
FORMS = [
    ("log(sum(exp(x)))", "logsumexp(x, axis=-1)"),
    ("log(sum(exp(A), axis=0))", "logsumexp(A, axis=-2)"),
    ("exp(x)/sum(exp(x))", "softmax(x, axis=-1)"),
    ("exp(A)/sum(exp(A), axis=1)[:, None]", "softmax(A, axis=-1)"),
    ("exp(A)/sum(exp(A), axis=0)", "softmax(A, axis=-2)"),
    ("log(1 + sum(exp(x)))", "softplus(logsumexp(x, axis=-1))"),
    ("log(sum(exp(x)) + 5)", "logaddexp(logsumexp(x, axis=-1), log(5))"),
    ("exp(y[1])/sum(exp(x))", "exp(y[1] - logsumexp(x, axis=-1))"),
    ("y[0]*exp(y[1])/sum(exp(x))", "exp(y[1] - logsumexp(x, axis=-1))*y[0]"),
    ("exp(x)*(1/sum(exp(x)))", "softmax(x, axis=-1)"),
    ("exp(x)*(max(y)/sum(exp(x)))", "max(y)*softmax(x, axis=-1)"),
    ("exp(x - logsumexp(x))", "softmax(x, axis=-1)"),
    ("exp(x - max(x))/sum(exp(x - max(x)))", "softmax(x, axis=-1)"),
    ("softmax(x + max(y))", "softmax(x, axis=-1)"),
    ("max(x) + log(sum(exp(x - max(x))))", "logsumexp(x, axis=-1)"),
    ("log(softmax(x))", "x - logsumexp(x, axis=-1)"),
    ("log(softmax(x)[0])", "x[0] - logsumexp(x, axis=-1)"),
    ("log(mean(exp(x)))", "logsumexp(x, axis=-1) - log(n)"),
    ("max(x) + log(mean(exp(x - max(x))))", "logsumexp(x, axis=-1) - log(n)"),
    ("softmax(max(y) - x)", "softmax(-x, axis=-1)"),
    ("min(x) - log(sum(exp(min(x) - x)))", "-logsumexp(-x, axis=-1)"),
    ("max(x, 0) + log1p(exp(-abs(x)))", "softplus(x)"),
    ("log1p(exp(-abs(x))) - min(x, 0)", "softplus(-x)"),
    ("max(-x, 0) + log1p(exp(-abs(x)))", "softplus(-x)"),
    ("max(x, y) + log1p(exp(-abs(x - y)))", "logaddexp(x, y)"),
    ("sum(softmax(x))*y", "y"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_sums_of_exponentials(text: str, form: str) -> None:
    S = ew.parse(text, shapes="x: n; y: n; A: m,n").simplify()
    assert S.text(S.outputs[0]) == form


@pytest.mark.parametrize(
    "text",
    [
        "log(sum(exp(A), axis=1)) + sum(exp(A), axis=1)",  # the sum is needed all the same
        "exp(A)/sum(exp(A), axis=0)[:, None]",  # along another axis
        "exp(A)/sum(exp(2*A), axis=0)",
        "log(sum(exp(A)*A, axis=0))",
        "softmax(A[:, 0][:, None] - broadcast_to(A[0][:, None], (n, n)))",
        "logsumexp(A[0] - broadcast_to(A[1], (n, n)), axis=0) + A[1]",
        "max(A, axis=0) + log(sum(exp(A - max(A, axis=1)), axis=1))",
    ],
)
def test_other_sums_of_exponentials_keep_their_values(text: str) -> None:
    G = ew.parse(text, shapes="A: n,n")
    A = np.random.default_rng(0).normal(size=(3, 3)) + 4
    np.testing.assert_allclose(G.simplify().evaluate(A).outputs[0], G.evaluate(A).outputs[0], rtol=1e-12)


def test_every_rule_about_tensors_is_tried_here() -> None:
    fired = set()
    for text, _ in FORMS:
        fired |= set(ew.parse(text, shapes="x: n; y: n; A: m,n").simplify().report.rules)
    numbers = ew.parse("[3*(x*A), -(x*A)]", shapes="x: n; A: m,n").simplify()
    fired |= set(numbers.report.rules)
    assert {rule.name for rule in TENSOR_RULES} <= fired


def test_the_ledger_is_kept() -> None:
    point = {"X": np.array([[0.3, -1.0], [2.0, 0.7], [0.1, 0.2]]), "w": np.array([0.5, -0.25])}
    for text in ("sum(log(1 + exp(X @ w)))", "log(sum(exp(X @ w)))", "sum(exp(X)/sum(exp(X), axis=1)[:, None])"):
        B = ew.parse(text, shapes="X: n,d; w: d" if "w" in text else "X: n,d").gradient()
        given = {p.name: point[p.name] for p in B.tape.parameters}
        S = B.simplify()
        if S.base.tape is not B.base.tape:  # brought into a stable form first: the ledger is of that form's edges
            B = S.base.gradient()
        before, after = B.evaluate(**given).values, S.evaluate(**given).values
        assert len(S.edges) == len(B.edges)
        for old, new in zip(B.edges, S.edges, strict=True):
            assert new.product >= 0
            assert np.shape(after[new.product]) == np.shape(before[old.product])
            np.testing.assert_allclose(after[new.product], before[old.product], rtol=1e-12, atol=1e-15)
