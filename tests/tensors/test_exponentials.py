"""Exponentials of matrices: SciPy's function by name, and its derivatives by SciPy's own and by closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import linalg

import edgewise as ew
from edgewise.errors import ShapeError, UnsupportedError

RNG = np.random.default_rng(12)
A, V, W = RNG.normal(size=(3, 3, 3))


def test_scipys_name_and_the_text() -> None:
    G = ew.trace(lambda a: linalg.expm(a), a=ew.tensor("n", "n"))
    assert ew.trace(lambda a: ew.expm(a), a=ew.tensor("n", "n")) == G
    assert ew.parse(G.text(G.outputs[0]), shapes="a: n,n") == G
    np.testing.assert_allclose(G.evaluate(A).result, linalg.expm(A), rtol=1e-14)


@pytest.mark.parametrize("backend", ["numpy", "torch", pytest.param("jax", marks=pytest.mark.slow)])
def test_the_tangent_is_the_frechet_derivative(backend: str) -> None:
    if backend in ("jax", "torch"):
        pytest.importorskip(backend)
    G = ew.trace(lambda a: ew.expm(a), a=ew.tensor("n", "n"))
    found = np.asarray(G.jvp().simplify().compile(backend)(A, V)[-1])
    np.testing.assert_allclose(found, linalg.expm_frechet(A, V)[1], rtol=1e-11, atol=1e-12)
    back = np.asarray(G.vjp().simplify().compile(backend)(A, W)[-1])
    np.testing.assert_allclose(np.sum(back * V), np.sum(W * linalg.expm_frechet(A, V)[1]), rtol=1e-11)


def test_second_derivatives_are_those_of_the_solution_of_a_linear_equation() -> None:
    # y(t) = exp(t a) y0 with a = [[0, 1], [-w, -c]]: a damped oscillator, whose first entry is a closed formula.
    def closed(w: float, c: float) -> float:
        root = np.sqrt(w - c**2 / 4 + 0j)
        return float(np.real(np.exp(-c / 2) * (np.cos(root) + c / 2 / root * np.sin(root))))

    G = ew.trace(
        lambda w, c: ew.expm(np.block([[np.zeros((1, 1)), np.ones((1, 1))], [-w, -c]]))[0, 0],
        w=ew.tensor(1, 1), c=ew.tensor(1, 1),
    )  # fmt: skip
    at, h = (2.0, 0.3), 1e-4
    w, c = (np.full((1, 1), value) for value in at)
    np.testing.assert_allclose(G.evaluate(w, c).result, closed(*at), rtol=1e-13)
    _, (dw, dc), hessian = G.hessian().simplify().compile("numpy")(w, c)
    wanted = (closed(at[0] + h, at[1]) - 2 * closed(*at) + closed(at[0] - h, at[1])) / h**2
    np.testing.assert_allclose(np.ravel(hessian[0][0])[0], wanted, rtol=1e-6)
    np.testing.assert_allclose(dw[0, 0], (closed(at[0] + h, at[1]) - closed(at[0] - h, at[1])) / 2 / h, rtol=1e-7)
    np.testing.assert_allclose(dc[0, 0], (closed(at[0], at[1] + h) - closed(at[0], at[1] - h)) / 2 / h, rtol=1e-7)


def test_third_derivatives_and_stacks_of_matrices() -> None:
    G = ew.trace(lambda a: np.sum(np.trace(ew.expm(a), axis1=-2, axis2=-1)), a=ew.tensor("k", "n", "n"))
    stack = np.stack([A, V])
    # The derivative of tr(exp(a)) is exp(a)', and everything follows.
    np.testing.assert_allclose(
        G.gradient().evaluate(stack).outputs[0], np.swapaxes(linalg.expm(stack), -1, -2), rtol=1e-11
    )
    change = np.stack([V, W])
    found = G.hvp().jvp().evaluate(stack, change, change, np.zeros_like(change)).outputs[-1]
    step = 1e-4
    bend = [linalg.expm_frechet(s + step * c, c)[1] - linalg.expm_frechet(s - step * c, c)[1]
            for s, c in zip(stack, change, strict=True)]  # fmt: skip
    np.testing.assert_allclose(found, np.swapaxes(np.array(bend) / (2 * step), -1, -2), rtol=1e-5, atol=1e-5)


def test_what_is_refused_is_told() -> None:
    with pytest.raises(ShapeError, match=r"expm of a matrix of shape \(2, 3\)"):
        ew.trace(lambda a: ew.expm(a), a=ew.tensor(2, 3))
    with pytest.raises(UnsupportedError, match=r"expm at .*no form in scalars"):
        ew.trace(lambda a: ew.expm(a), a=ew.tensor(2, 2)).compile("llvm")
