"""Bad input to tensor graphs: a typed error that names shapes, the user's line, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.errors import (
    DifferentiationError,
    EdgewiseError,
    InputError,
    OperationError,
    ParseError,
    ShapeError,
    UnsupportedError,
)

INPUTS = {"X": ew.tensor("n", "d"), "w": ew.tensor("d"), "y": ew.tensor("n"), "S": ew.tensor(3, 3)}


def assigned(X: Any) -> Any:
    X[X > 0] = np.ones(2)
    return X


def added_into(X: Any, total: Any = np.zeros(3)) -> Any:  # noqa: B008
    total += X  # an array from outside: one that the function makes takes it
    return total


REFUSED: list[tuple[Callable[..., Any], type[EdgewiseError], str]] = [
    (lambda X, w, y, S: X @ y, ShapeError, r"matmul of the shapes \(n, d\) and \(n,\): d and n differ"),
    (lambda X, w, y, S: X + y, ShapeError, r"add of the shapes \(n, d\) and \(n,\): d and n do not broadcast"),
    (lambda X, w, y, S: np.linalg.inv(X), ShapeError, r"inv of a matrix of shape \(n, d\)"),
    (lambda X, w, y, S: np.linalg.solve(S, X), ShapeError, r"solve of the shapes \(3, 3\) and \(n, d\)"),
    (lambda X, w, y, S: np.concatenate([X, S]), ShapeError, "concatenate of the shapes"),
    (lambda X, w, y, S: np.reshape(S, (2, 5)), ShapeError, "9 entries and 10"),
    (lambda X, w, y, S: np.reshape(X, (-1, 7)), ShapeError, r"7 does not divide d\*n"),
    (lambda X, w, y, S: np.einsum("ij,jk->ik", X, X), ShapeError, "the index 'j' is d and n"),
    (lambda X, w, y, S: np.einsum("ij->ik", X), ShapeError, "the output has the index 'k'"),
    (lambda X, w, y, S: np.sum(X, axis=2), ShapeError, "axis 2 of 2 axes"),
    (lambda X, w, y, S: S[5], ShapeError, "index 5 of an axis of length 3"),
    (lambda X, w, y, S: X[X > 0], UnsupportedError, "depends on the data"),
    (lambda X, w, y, S: np.where(X > 0), UnsupportedError, "depends on the data"),
    (lambda X, w, y, S: X[::-2], UnsupportedError, "every -2th entry of the named dimension n"),
    (lambda X, w, y, S: list(X), UnsupportedError, "named dimension n"),
    (lambda X, w, y, S: X if X else w, EdgewiseError, "truth"),
    (lambda X, w, y, S: assigned(X), UnsupportedError, "to entries that depend on the data"),
    (lambda X, w, y, S: added_into(w[:3]), UnsupportedError, r"y = y \+ x instead of y \+= x"),
    (lambda X, w, y, S: np.unique(X), UnsupportedError, "np.unique of a tensor has no graph"),
    (lambda X, w, y, S: np.max(X[X > 0], axis=1), UnsupportedError, "depends on the data"),
    (lambda X, w, y, S: X.astype(np.float32), UnsupportedError, "turned into float32"),
    (lambda X, w, y, S: X.sort(), UnsupportedError, "the result None"),
    (lambda X, w, y, S: w[y], UnsupportedError, "declare an input of places with dtype=int"),
    (lambda X, w, y, S: np.linalg.matrix_rank(X), UnsupportedError, "np.linalg.matrix_rank of a tensor has no graph"),
    (lambda X, w, y, S: float(np.sum(X)), UnsupportedError, "symbolic"),
    (lambda X, w, y, S: np.linalg.norm(X, 3), UnsupportedError, "norm with ord=3"),
    (lambda X, w, y, S: X.astype(int), UnsupportedError, "turned into int"),
    (lambda X, w, y, S: X * np.array(["a"]), UnsupportedError, "cannot be part"),
]


@pytest.mark.parametrize(("function", "error", "message"), REFUSED, ids=[message for _, _, message in REFUSED])
def test_tracing_refuses_at_the_users_line(
    function: Callable[..., Any], error: type[EdgewiseError], message: str
) -> None:
    with pytest.raises(error, match=message) as caught:
        ew.trace(function, **INPUTS)
    assert "test_errors.py" in caught.value.line
    assert caught.value.hint


def test_expressions_refuse_at_the_users_line() -> None:
    X, w = ew.tensor("n", "d", name="X"), ew.tensor("n", name="w")
    with pytest.raises(ShapeError, match=r"test_errors\.py"):
        X @ w
    with pytest.raises(EdgewiseError, match="is declared with shape"):
        _ = X + ew.tensor("n", name="X")


def test_a_gradient_is_of_a_scalar() -> None:
    G = ew.trace(lambda X, w: X @ w, X=ew.tensor("n", "d"), w=ew.tensor("d"))
    with pytest.raises(DifferentiationError, match=r"1 of shape \(n,\).*jacobian\(\)") as caught:
        G.gradient()
    assert "test_errors.py" in caught.value.line
    with pytest.raises(DifferentiationError, match="true or false"):
        ew.trace(lambda x: np.sum(x) > 0, x=ew.tensor("n")).gradient()
    with pytest.raises(UnsupportedError, match="scalarize"):
        G.jacobian(order="markowitz")
    with pytest.raises(InputError, match="is not an input"):
        G.jacobian("z")


def test_nothing_is_differentiated_in_whole_numbers() -> None:
    G = ew.trace(lambda x, i: np.sum(x[i]), x=ew.tensor("n"), i=ew.tensor("k", dtype=int))
    assert [p.name for p in G.gradient().derivative.wrt.parameters] == ["x"]
    with pytest.raises(DifferentiationError, match="'i' holds whole numbers"):
        G.gradient("i")


def test_declarations() -> None:
    with pytest.raises(InputError, match="cannot name a dimension"):
        ew.tensor("n d")
    with pytest.raises(InputError, match="is not a dimension"):
        ew.tensor(-1)
    with pytest.raises(InputError, match="is not a dimension"):
        ew.tensor(1.5)
    with pytest.raises(InputError, match="dtype is float or int"):
        ew.tensor(3, dtype=complex)


@pytest.mark.parametrize(
    ("text", "shapes", "error", "message"),
    [
        ("X @ y", "X: n,d; y: n", ShapeError, r"matmul of the shapes .*'X @ y'"),
        ("X @ z", "X: n,d", ParseError, "'z' has no declared shape"),
        ("invv(X)", "X: n,n", OperationError, "did you mean inv"),
        ("inv", "X: n,n", ParseError, "used without arguments"),
        ("X.__class__", "X: n,n", ParseError, "no attribute '__class__'"),
        ("X.tofile('a')", "X: n,n", ParseError, "there is no method 'tofile'"),
        ("(lambda: X)()", "X: n,n", ParseError, "a word of Python"),
        ("sum(X, axes=1)", "X: n,n", ParseError, "sum"),
        ("X = 1; X", "X: n,n", ParseError, "declared and assigned"),
        ("X", "X n", InputError, "a name, a colon"),
        ("X", "X: n; X: d", InputError, "declared twice"),
    ],
)
def test_text_refuses(text: str, shapes: str, error: type[EdgewiseError], message: str) -> None:
    with pytest.raises(error, match=message) as caught:
        ew.parse(text, shapes=shapes)
    assert "site-packages" not in str(caught.value)


def test_numbers_are_as_numpy_has_them() -> None:
    G = ew.parse("inv(A) @ b", shapes="A: n,n; b: n")
    with pytest.raises(np.linalg.LinAlgError):
        G.evaluate(A=np.zeros((2, 2)), b=np.ones(2))
    assert "invertible" in G.to_python()
    with pytest.raises(ShapeError, match="the dimension 'n' is 2 in 'A' and 3"):
        G.evaluate(A=np.zeros((2, 3)), b=np.ones(2))
    with pytest.raises(InputError, match="no value was given for the input 'b'"):
        G.evaluate(A=np.eye(2))


@pytest.mark.parametrize("call", [
    lambda G: G.sparsity(), lambda G: G.hessian_sparsity(), lambda G: G.to_sympy(),
    lambda G: G.gradient().pareto(), lambda G: G.gradient().schedule(3),
])  # fmt: skip
def test_what_is_for_scalars_says_so(call: Callable[..., Any]) -> None:
    with pytest.raises(UnsupportedError, match=r"G.scalarize\("):
        call(ew.parse("x @ x", shapes="x: n"))


def test_options_of_scalar_graphs_are_refused() -> None:
    G = ew.parse("x @ x", shapes="x: n")
    for call in (lambda: G.jacobian(sparse=True), lambda: G.hessian(sparse="coo"), lambda: G.to_python(free=True),
                 lambda: G.gradient().simplify(expand=True)):  # fmt: skip
        with pytest.raises(UnsupportedError, match=r"write G\.scalarize\(n=…\) first"):
            call()
    with pytest.raises(InputError):
        G.simplify("exactly")
    with pytest.raises(InputError, match="shapes= declares every input"):
        ew.parse("x", shapes="x: n", inputs=["x"])
