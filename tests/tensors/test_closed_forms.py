"""Derivatives in closed form, as they stand in papers and textbooks: the text itself, and its exact cost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import InputError

REGRESSION = "X: n,d; w: d; y: n"

# Formula, shapes, input, derivative, its text.
FORMS = [
    ("norm(X @ w - y)**2", REGRESSION, "w", "gradient", "2*(X.T @ (X @ w - y))"),
    ("norm(X @ w - y)**2", REGRESSION, "w", "hessian", "2*(X.T @ X)"),
    ("norm(X @ w - y)", REGRESSION, "w", "gradient", "X.T @ unit(X @ w - y)"),
    ("norm(X @ w - y)**2 / n + c * (w @ w)", REGRESSION + "; c:", "w", "hessian", "2*(c*eye(d) + X.T @ X/n)"),
    ("x @ A @ x", "x: n; A: n,n", "x", "gradient", "A.T @ x + A @ x"),
    ("x @ A @ x", "x: n; A: n,n", "x", "hessian", "A + A.T"),
    ("x @ A @ x", "x: n; A: n,n", "A", "gradient", "outer(x, x)"),
    ("a @ X @ b", "a: n; X: n,m; b: m", "X", "gradient", "outer(a, b)"),
    ("trace(A @ X @ B)", "A: k,n; X: n,m; B: m,k", "X", "gradient", "A.T @ B.T"),
    ("trace(X.T @ A @ X)", "X: n,m; A: n,n", "X", "gradient", "(X.T @ A).T + A @ X"),
    ("trace(X)", "X: n,n", "X", "gradient", "eye(n)"),
    ("sum(X)", "X: n,m", "X", "gradient", "ones((n, m))"),
    ("logdet(X)", "X: n,n", "X", "gradient", "inv(X).T"),
    ("det(X)", "X: n,n", "X", "gradient", "adjugate(X).T"),
    ("trace(inv(X) @ A)", "X: n,n; A: n,n", "X", "gradient", "-(A @ inv(X)).T @ inv(X).T"),
    ("b @ solve(A, b)", "A: n,n; b: n", "b", "gradient", "solve(A, b) + solve(A.T, b)"),
    ("sum((M - U @ V.T)**2)", "M: n,m; U: n,k; V: m,k", "U", "gradient", "-2*((M - U @ V.T) @ V)"),
    ("sum(exp(X @ w))", "X: n,d; w: d", "w", "hessian", "X.T @ (exp(X @ w)[:, None]*X)"),
    ("logsumexp(x)", "x: n", "x", "gradient", "softmax(x, axis=-1)"),
    ("sum(logsumexp(X @ W, axis=1)) - sum(Y * (X @ W))", "X: n,d; W: d,k; Y: n,k", "W", "gradient",
     "X.T @ (softmax(X @ W, axis=-1) - Y)"),
    ("-sum(Y * log(softmax(X @ W, axis=1)))", "X: n,d; W: d,k; Y: n,k", "W", "gradient",
     "X.T @ (sum(Y, axis=1)[:, None]*softmax(X @ W, axis=-1) - Y)"),
    ("logdet(X.T @ X)", "X: n,d", "X", "gradient", "2*solve(X.T @ X, X.T).T"),
    ("logdet(diag(s) + U @ U.T)", "s: d; U: d,k", "U", "gradient", "2*solve(diag(s) + U @ U.T, U)"),
    ("-(x - m) @ solve(S, x - m)/2", "x: d; m: d; S: d,d symmetric", "m", "gradient", "solve(S, x - m)"),
    ("norm(X @ w - y)**2/(2*n)", REGRESSION, "w", "hessian", "X.T @ X/n"),
    ("sum((x + 1)**2 - x**2)", "x: n", "x", "gradient", "full((n,), 2)"),
    ("sum(log(p/q)*p)", "p: n; q: n", "p", "gradient", "log(p/q) + 1"),
    ("sum(log(cosh(X @ w - y)))", REGRESSION, "w", "hessian", "X.T @ ((sech(X @ w - y)**2)[:, None]*X)"),
    ("mean((max(X, 0) @ W - Y)**2)", "X: n,d; W: d,k; Y: n,k", "W", "gradient",
     "2*(max(X, 0).T @ (max(X, 0) @ W - Y)/(k*n))"),
    ("A @ x", "A: m,n; x: n", "x", "jacobian", "A"),
    ("exp(x)", "x: n", "x", "jacobian", "diag(exp(x))"),
    ("A @ tanh(B @ x)", "A: m,k; B: k,n; x: n", "x", "jacobian", "sech(B @ x)**2*A @ B"),
    ("A.T.T @ (B.T @ A.T).T", "A: n,n; B: n,n", None, "value", "A @ A @ B"),
    ("eye(n) @ X @ eye(d)", "X: n,d", None, "value", "X"),
    ("diag(u) @ X", "X: n,d; u: n", None, "value", "u[:, None]*X"),
    ("inv(A) @ b", "A: n,n; b: n", None, "value", "solve(A, b)"),
    ("sum(x + ones(n))", "x: n", None, "value", "sum(x) + n"),
    ("(x @ y) / (y @ x)", "x: n; y: n", None, "value", "x @ y/(x @ y)"),
    ("sum(log(cosh(X @ w)))", REGRESSION, "w", "gradient", "X.T @ tanh(X @ w)"),
    ("sum(log(cosh(X @ w)))", REGRESSION, "w", "hessian", "X.T @ ((sech(X @ w)**2)[:, None]*X)"),
    ("sum(log(cos(x)))", "x: n", "x", "gradient", "-tan(x)"),
    ("sum(y*log(x/(x + r)))", "x: n; y: n; r: n", "x", "gradient", "(y/(x/(x + r)) - y)/(x + r)"),
    ("log(mean(exp(R @ w)))", "R: n,d; w: d", "w", "gradient", "R.T @ softmax(R @ w, axis=-1)"),
    ("mean(logsumexp(Z, axis=1))", "Z: n,k", "Z", "gradient", "softmax(Z, axis=-1)/n"),
    ("sum(x*(x @ y))/n + sum(x**3)/n", "x: n; y: n", "x", "hessian", "6*diag(x/n) + y/n + (y/n)[:, None]"),
    ("D = X @ S; E = v[:, None]*X; [E @ S + v[:, None]*D, E, D]", "X: n,d; S: d,d symmetric; v: n", None, "value",
     "2*(v[:, None]*X @ S)"),
    ("einsum('ir,jr,kr->ijk', A, B, C)", "A: n,r; B: m,r; C: k,r", None, "value",
     'einsum("ijk,lk->ijl", A[:, None]*B, C)'),
    ("cumsum(-x/n)", "x: n", None, "value", "cumsum(x, axis=-1)/-n"),
    ("placed(b, (n, 1), s_[:, 0])", "b: n", None, "value", "b[:, None]"),
    ("placed(B, (m, n, 1, k), s_[..., 0, :])", "B: m,n,k", None, "value", "B[:, :, None]"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "shapes", "wrt", "kind", "form"), FORMS, ids=[f"{f[3]} of {f[0]}" for f in FORMS])
def test_closed_form(text: str, shapes: str, wrt: str | None, kind: str, form: str) -> None:
    G = ew.parse(text, shapes=shapes)
    S = G.simplify() if kind == "value" else getattr(G, kind)(wrt).simplify()
    assert S.text(S.outputs[0], 500) == form


def test_costs_are_polynomials_in_the_dimensions() -> None:
    G = ew.parse("norm(X @ w - y)**2", shapes=REGRESSION)
    assert str(G.cost().work) == "2*d*n + 3*n + 1"
    B = G.gradient("w").simplify()
    assert str(B.cost().work) == "4*d*n + d + 3*n"
    assert B.cost().at(n=1000, d=10) == {"work": 43010, "memory": 13031}
    # Order of accumulation: the matrix products of a chain are made from the side of the vector.
    chain = ew.parse("A @ B @ C @ v", shapes="A: n,n; B: n,n; C: n,n; v: n")
    assert str(chain.cost().work) == "4*n**3 + 2*n**2"
    assert str(chain.simplify().cost().work) == "6*n**2"


def test_what_is_made_of_differences_of_pairs_is_symmetric() -> None:
    def weighed(kernel: Callable[[Any], Any]) -> str:
        G = ew.trace(lambda X, y: y @ kernel(X) @ y, X=ew.tensor("n", "d"), y=ew.tensor("n"))
        S = G.gradient("y").simplify()
        return S.text(S.outputs[0], 500)

    squared = "sum((X[:, None] - X)**2, axis=2)"
    assert weighed(lambda X: np.exp(-np.sum((X[:, None] - X) ** 2, axis=2))) == f"2*(exp(-{squared}) @ y)"
    # A product of differences with something else is not symmetric, nor are cubes.
    both = weighed(lambda X: np.sum((X[:, None] - X) * (X[:, None] + 2 * X), axis=2))
    assert both.count("@ y") == 2
    cubes = weighed(lambda X: np.sum((X[:, None] - X) ** 3, axis=2))
    assert cubes.count("@ y") == 2


def test_which_mode_is_cheaper_from_which_size_on() -> None:
    G = ew.parse("B @ tanh(A @ x)", shapes="B: k,m; A: m,n; x: n")
    costs = G.accumulation("x")
    assert str(costs.forward) == "2*k*m*n + 2*k*m + 2*m*n**2 + 3*m*n + 3*m"
    for k in (1, 2, 5, 9, 40):
        starts = costs.from_size("k", m=7, n=6)
        (mode,) = [mode for start, mode in starts if start <= k][-1:]
        assert mode == costs.cheaper(k=k, m=7, n=6)
    assert [mode for _, mode in starts] == ["reverse", "forward"]
    with pytest.raises(InputError, match="the dimension 'm' has no number"):
        costs.from_size("k", n=6)


def test_typical_sizes_decide_the_order_of_products() -> None:
    G = ew.parse("A @ B @ C", shapes="A: n,k; B: k,n; C: n,k")
    many, few = G.simplify(sizes={"n": 1000, "k": 10}), G.simplify(sizes={"n": 10, "k": 1000})
    assert many.text(many.outputs[0]) == "A @ (B @ C)"
    assert few.text(few.outputs[0]) == "A @ B @ C"


def test_forward_and_reverse_cost_the_same() -> None:
    G = ew.parse("tanh(A @ x) * x", shapes="A: n,n; x: n")
    forward, reverse = (G.jacobian("x", order=order).simplify() for order in ("forward", "reverse"))
    assert forward.cost().by_kind == reverse.cost().by_kind
    assert forward.cost().work == reverse.cost().work


def test_the_ledger_has_one_product_for_each_edge() -> None:
    G = ew.trace(lambda A, B: np.sum(A @ B), A=ew.tensor("n", "m"), B=ew.tensor("m", "k"))
    B = G.gradient()
    shown = {(G.text(e.parent), B.text(e.product)) for e in B.edges}
    # The book's example: C = A B gives G B' to A, and A' G to B (6.5.6).
    assert shown == {("A @ B", "ones((n, k))"), ("A", "ones((n, k)) @ B.T"), ("B", "A.T @ ones((n, k))")}
    assert B.of(2, "A").product == B.grad_table["A"]


def test_report_names_what_was_done() -> None:
    report = ew.parse("norm(X @ w - y)**2", shapes=REGRESSION).hessian("w").simplify().report
    assert report.after < report.before
    assert "identity matrix multiplied" in report.rules


def test_like_terms_are_found_through_multiples_that_are_nodes_of_their_own() -> None:
    G = ew.parse("s = 2*x; sum(exp(s) + s*y + x*y - 3*(y*x))", shapes="x: n; y: n")
    x, y = np.array([0.5, -1.0]), np.array([2.0, 3.0])
    S = G.simplify()
    assert S.report.rules["like terms"] >= 2
    np.testing.assert_allclose(S.evaluate(x=x, y=y).outputs[0], np.sum(np.exp(2 * x)), rtol=1e-15)
    P = ew.parse("p = x**2*y; sum(exp(p) + sin(p) + p - x*y*x)", shapes="x: n; y: n").simplify()
    assert P.text(P.outputs[0]) == "sum(exp(x**2*y) + sin(x**2*y))"
    T = ew.parse("s = 2*x; sum(exp(s) + s*y + x*y)", shapes="x: n; y: n").simplify()
    np.testing.assert_allclose(T.evaluate(x=x, y=y).outputs[0], np.sum(np.exp(2 * x) + 3 * x * y), rtol=1e-15)


def test_deviations_from_the_mean_add_up_to_nothing() -> None:
    def text(formula: str, shapes: str = "X: n,d; s: n; r: d") -> str:
        S = ew.parse(formula, shapes=shapes).simplify()
        return S.text(S.outputs[0], 200)

    centred = "D = X - mean(X, axis=1)[:, None]; "
    assert text(centred + "sum(exp(D)) + sum(D)") == "sum(exp(X - (sum(X, axis=1)/d)[:, None]))"
    weighed = text(centred + "sum(exp(D)) + sum(sum(s[:, None]*D, axis=1)**2)")
    assert weighed == text(centred + "sum(exp(D))")
    # Over the other axis, and with weights that vary along this one, it does not vanish.
    assert "sum(" in text(centred + "sum(exp(D)) + sum(sum(D, axis=0)**2)").replace("sum(exp", "")
    assert "@" in text(centred + "sum(exp(D)) + sum(D @ r)")
    fixed = ew.parse("D = X - mean(X, axis=0); sum(exp(D)) + sum(D)", shapes="X: 4,3").simplify()
    X = np.arange(12.0).reshape(4, 3) ** 1.5 / 20
    np.testing.assert_allclose(fixed.evaluate(X=X).outputs[0], np.exp(X - X.mean(0)).sum(), rtol=1e-13)
    assert fixed.report.rules["sum of deviations from the mean"] == 1


@pytest.mark.parametrize("text", [
    "sum(x/(0*x))", "sum(0*x/(0*y))", "sum(1/(0*x))", "sum((0*x)**-1)", "sum(x/(x - x))", "sum(x**2/(0*x*y))",
    "norm(x)/(0*norm(x))", "sum(0*x/0)", "sum(x/0)", "sum(0*x/(y - 0.5))", "sum(0*x/exp(y))",
])  # fmt: skip
def test_divisions_by_what_is_known_to_be_zero_stay(text: str) -> None:
    G = ew.parse(text, shapes="x: n; y: n")
    x, y = np.array([1.0, 2.0]), np.array([0.5, 3.0])  # no negative zero
    np.testing.assert_array_equal(G.simplify().evaluate(x=x, y=y).outputs[0], G.evaluate(x=x, y=y).outputs[0])
    G.gradient("x").simplify()
