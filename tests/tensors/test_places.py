"""What is cut in pieces, padded and put together again: slices meet what they were cut from."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew

FORMS = [
    # Slices of slices, of pieces and of what was placed.
    ("x[1:n][2:4][0]", "x[3]"),
    ("concatenate([x, y])[:n]", "x"),
    ("concatenate([x, y])[n:2*n]", "y"),
    ("concatenate([x, y, x])[n:3*n]", "concatenate([y, x], axis=0)"),
    ("(exp(concatenate([x, y]))/n)[:n]", "exp(x)/n"),
    ("(2*concatenate([x, y]) + z)[:n]", "2*x + z"),
    ("reshape(A, (6,))[4]", "A[1, 1]"),
    ("outer(concatenate([x, y]), concatenate([x, y]))[:n, n:2*n]", "outer(x, y)"),
    ("array([3, 2, 1, 0])[1:3] + x[:2]", "array([2, 1]) + x[:2]"),
    ("reshape(A @ A.T, (4,))[1:2][0]", "(A @ A.T)[0, 1]"),
    ("sum(pad(exp(x), ((1, 2),)))", "sum(exp(x))"),
    ("sum(pad(X, ((0, 0), (0, 2))), axis=1)", "sum(X, axis=1)"),
    # Repeated by broadcasting.
    ("broadcast_to(y, (n, n))*X", "y*X"),
    ("full((n, n), z)*X", "z*X"),
    ("broadcast_to(sum(X, axis=1)[:, None], (n, n))*X", "sum(X, axis=1)[:, None]*X"),
    # Products that add nothing up.
    ("einsum('i,ij->ij', x, X)", "x[:, None]*X"),
    ("einsum(',i->i', z, x)", "z*x"),
    ("einsum(',ij,j->i', z, X, x)", "z*(X @ x)"),
]


@pytest.mark.parametrize(("text", "form"), FORMS)
def test_forms(text: str, form: str) -> None:
    G = ew.parse(text, shapes="x: n; y: n; z: ; X: n,n; A: 2,3")
    S = G.simplify()
    assert S.text() == form
    rng = np.random.default_rng(0)
    values = {p.name: rng.normal(size=tuple(5 if str(k) == "n" else k for k in p.shape)) for p in G.tape.parameters}
    np.testing.assert_allclose(S.evaluate(values).outputs[0], G.evaluate(values).outputs[0], rtol=1e-14)


def _gradient(function: Any, **inputs: Any) -> str:
    return ew.trace(function, **inputs).gradient().simplify().text()


def test_the_derivative_of_pieces_is_pieces_behind_each_other() -> None:
    def gates(z: Any) -> Any:
        i, f, g = np.split(z, 3)
        return np.sum(np.exp(i) * f + np.sin(g))

    assert _gradient(gates, z=ew.tensor(6)) == ("u4 = exp(z[:2])\nconcatenate([u4*z[2:4], u4, cos(z[4:6])], axis=0)")


def test_entries_one_by_one_give_an_array_of_entries() -> None:
    def turned(q: Any) -> Any:
        return q[0] * q[1] + np.sin(q[2]) * q[0]

    assert _gradient(turned, q=ew.tensor(3)) == (
        "u1 = q[0]\nu4 = q[2]\nconcatenate([(sin(u4) + q[1])[None], u1[None], (cos(u4)*u1)[None]], axis=0)"
    )


def test_a_matrix_in_blocks() -> None:
    def value(A: Any, M: Any, x: Any) -> Any:
        z = np.concatenate([x, x])
        return z @ np.block([[A, M], [M.T, A.T]]) @ z

    assert _gradient(value, A=ew.tensor("d", "d"), M=ew.tensor("d", "d"), x=ew.tensor("d")).splitlines()[-2:] == [
        "out0 = 2*x[:, None]*x",
        "(out0, out0, u15[:d] + u15[d:2*d])",
    ]


def test_two_that_end_where_a_third_begins() -> None:
    w = np.arange(18.0).reshape(3, 6) ** 2

    def function(x: Any) -> Any:
        placed = np.pad(x[:2], (0, 4)), np.pad(np.sin(x[1:2]), (1, 4)), np.pad(x[2:] ** 2, (2, 0))
        return w @ (placed[0] + placed[1] + placed[2])

    J, point = ew.trace(function, x=ew.tensor(6)).jacobian(), np.linspace(0.1, 0.6, 6)
    np.testing.assert_allclose(J.simplify().evaluate(point).outputs[-1], J.evaluate(point).outputs[-1], rtol=1e-13)


def test_exact_keeps_sums_in_their_order() -> None:
    G = ew.parse("(A @ B)[0]", shapes="A: 4,7; B: 7,4")
    assert G.simplify(level="exact").text() == "(A @ B)[0, :]"
    assert G.simplify().text() == "B.T @ A[0, :]"


@st.composite
def _functions(draw: Any) -> tuple[list[tuple[Any, ...]], int]:
    """Steps that cut, pad, join, turn and compute, on a stack of vectors of one length."""
    kinds = st.sampled_from(["cut", "pad", "join", "place", "add", "mul", "turn", "pick", "scale", "step"])
    numbers = st.integers(0, 5)
    steps = st.lists(st.tuples(kinds, numbers, numbers, numbers), min_size=3, max_size=14)
    return draw(steps), draw(st.integers(0, 3))


def _run(steps: list[tuple[Any, ...]], x: Any) -> Any:
    """Each step appends a vector of six entries; the last ones are added up under different weights."""
    stack = [x, np.sin(x)]
    for kind, a, b, c in steps:
        one, two = stack[a % len(stack)], stack[b % len(stack)]
        lo, hi = sorted((b, c + 1))
        if kind == "cut":
            made = np.concatenate([one[lo:hi], two[: 6 - (hi - lo)]])
        elif kind == "pad":
            made = np.pad(one[lo:hi], (lo, 6 - hi))
        elif kind == "join":
            made = np.concatenate([one[c:], one[:c]])
        elif kind == "place":
            made = np.concatenate([np.zeros(c), one[b][None], np.zeros(5 - c)])
        elif kind == "add":
            made = one - two
        elif kind == "mul":
            made = np.exp(-(one**2)) * two
        elif kind == "turn":
            made = np.reshape(np.reshape(one, (2, 3)).T, (6,))
        elif kind == "pick":
            made = np.outer(one, two)[c]
        elif kind == "scale":
            made = 3 * np.pad(one[:3], (0, 3)) + np.pad(two[3:], (3, 0)) / 2
        else:
            made = np.pad(one[::2], (1, 2)) + np.pad(two[1::2], (b % 4, 3 - b % 4))
        stack.append(made)
    return sum(np.sum(y * (k + 1)) for k, y in enumerate(stack[-4:])), np.concatenate([stack[-1][2:], stack[-2][:2]])


@pytest.mark.slow
@given(_functions())
@settings(deadline=None, max_examples=60)
def test_values_and_derivatives_are_kept(case: tuple[list[tuple[Any, ...]], int]) -> None:
    steps, _ = case
    point = np.random.default_rng(3).uniform(0.2, 0.9, 6)
    G = ew.trace(lambda x: _run(steps, x), x=ew.tensor(6))
    for graph in (G, G.jacobian()):
        wanted = graph.evaluate(point).outputs
        for got, value in zip(graph.simplify().evaluate(point).outputs, wanted, strict=True):
            np.testing.assert_allclose(got, value, rtol=1e-12, atol=1e-13)
    h = 1e-30
    step = G.jacobian().simplify().evaluate(point).outputs
    moved = _run(steps, point + 1j * h * np.eye(6)[2])
    np.testing.assert_allclose(step[-1][:, 2], moved[1].imag / h, rtol=1e-10, atol=1e-12)
