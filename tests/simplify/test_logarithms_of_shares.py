"""Cross entropies as they are written by hand: derivatives simplified after they were written are right far out too.

Written out, they divide by shares that have become 0. mpmath has the numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import mpmath as mp
import numpy as np
import pytest

import edgewise as ew

Y = (0.2, 0.3, 0.5)
Z = np.array([[800.0, -800.0, 3.0], [-800.0, 800.0, 800.0], [40.0, -40.0, 38.0], [0.3, -0.7, 2.0]])


FORMULAS: dict[str, Callable[[Any, Any], Any]] = {
    "shares": lambda x, z: -sum(y * x.log(x.exp(v) / sum(x.exp(w) for w in z)) for y, v in zip(Y, z, strict=True)),
    "picked entry": lambda x, z: -x.log(x.exp(z[1]) / sum(x.exp(w) for w in z)),
    "share of two": lambda x, z: x.log(x.exp(z[0]) / (x.exp(z[0]) + x.exp(z[1]))),
    "share of one and more": lambda x, z: x.log(x.exp(z[0]) / (1 + x.exp(z[0]))),
    "probabilities": lambda x, z: (
        -sum(
            y * x.log(1 / (1 + x.exp(-v))) + (1 - y) * x.log(1 - 1 / (1 + x.exp(-v))) for y, v in zip(Y, z, strict=True)
        )
    ),
}
TENSORS: dict[str, Any] = {
    "shares": lambda z: -np.sum(np.array(Y) * np.log(np.exp(z) / np.sum(np.exp(z)))),
    "picked entry": lambda z: -np.log((np.exp(z) / np.sum(np.exp(z)))[1]),
    "probabilities": lambda z: (
        -np.sum(np.array(Y) * np.log(1 / (1 + np.exp(-z))) + (1 - np.array(Y)) * np.log(1 - 1 / (1 + np.exp(-z))))
    ),
}
CASES = [(name, f, 3) for name, f in FORMULAS.items()] + [(name, f, ew.tensor(3)) for name, f in TENSORS.items()]


def right(name: str, z: Any) -> tuple[Any, Any]:
    """The gradient and the Hessian by the textbook: p·Σy - y and (diag(p) - p pᵀ)·Σy, or diag(p(1 - p))."""
    with mp.workdps(60):
        exp = np.array([mp.exp(v) for v in z.tolist()])
        if name == "probabilities":
            p = exp / (1 + exp)
            return (p - Y).astype(float), np.diag(p * (1 - p)).astype(float)
        y, among, more = {
            "shares": (Y, (1, 1, 1), 0), "picked entry": ((0, 1, 0), (1, 1, 1), 0),
            "share of two": ((-1, 0, 0), (1, 1, 0), 0), "share of one and more": ((-1, 0, 0), (1, 0, 0), 1),
        }[name]  # fmt: skip
        p = exp * among / (np.sum(exp * among) + more)
        return (p * sum(y) - y).astype(float), ((np.diag(p) - np.outer(p, p)) * sum(y)).astype(float)


@pytest.mark.parametrize(("name", "f", "kind"), CASES, ids=[f"{name}, {kind}" for name, _, kind in CASES])
def test_far_out(name: str, f: Any, kind: Any) -> None:
    made: Any = ew.trace((lambda z: f(np, z)) if kind == 3 else f, z=kind)
    gradient, hessian, forward = made.gradient().simplify(), made.hessian().simplify(), made.jacobian().simplify()
    again, along = made.gradient().jacobian().simplify(), made.hvp().simplify()
    for z in Z:
        slopes, second = right(name, z)
        with np.errstate(all="ignore"):
            np.testing.assert_allclose(np.ravel(gradient.evaluate(z).result), slopes, rtol=1e-12, atol=1e-15)
            np.testing.assert_allclose(np.ravel(forward.evaluate(z).result), slopes, rtol=1e-12, atol=1e-15)
            for whole in (hessian, again):
                np.testing.assert_allclose(
                    np.asarray(whole.evaluate(z).result, dtype=float).reshape(3, 3), second, rtol=1e-12, atol=1e-15
                )
            for v in np.eye(3):
                np.testing.assert_allclose(np.ravel(along.evaluate(z, v).result), second @ v, rtol=1e-12, atol=1e-15)


ROWS: dict[str, Callable[[Any], Any]] = {
    "keepdims": lambda z: -np.sum(np.array(Y) * np.log(np.exp(z) / np.sum(np.exp(z), axis=1, keepdims=True))),
    "an axis put in": lambda z: -np.sum(np.array(Y) * np.log(np.exp(z) / np.sum(np.exp(z), axis=1)[:, None])),
    "reshaped": lambda z: -np.sum(np.array(Y) * np.log(np.exp(z) / np.exp(z).sum(axis=1).reshape(-1, 1))),
    "picked": lambda z: -np.sum(np.log((np.exp(z) / np.exp(z).sum(axis=1, keepdims=True))[np.arange(4), [1, 1, 1, 1]])),
}


@pytest.mark.parametrize("name", ROWS)
def test_rows_of_a_matrix(name: str) -> None:
    kind = ew.tensor(4, 3) if name == "picked" else ew.tensor("n", 3)
    simplified: Any = ew.trace(ROWS[name], z=kind).gradient().simplify()
    slopes = np.array([right("picked entry" if name == "picked" else "shares", z)[0] for z in Z])
    np.testing.assert_allclose(simplified.evaluate(Z).result, slopes, rtol=1e-12, atol=1e-15)
    assert np.isfinite(simplified.compile()(Z)[0])


@pytest.mark.parametrize("kind", ["jvp", "vjp", "tangent", "coo", "sparse Hessian", "hvp", "search"])
def test_every_derivative(kind: str) -> None:
    """All are of the graph in its stable form, which is their `base`; and none at the level "exact"."""
    G = ew.parse("-y*log(sigmoid(z)) - (1 - y)*log(1 - sigmoid(z))", inputs=["z", "y"])
    made = {
        "jvp": lambda: G.jvp("z"), "vjp": lambda: G.vjp("z"), "tangent": lambda: G.tangent("z"),
        "coo": lambda: G.jacobian("z", sparse="coo"), "sparse Hessian": lambda: G.hessian("z", sparse="dense"),
        "hvp": lambda: G.hvp("z"), "search": lambda: G.jacobian("z", order="search", evaluations=10),
    }[kind]()  # fmt: skip
    simplified = made.simplify()
    assert simplified.inputs == made.inputs
    assert (simplified.returns()[-1].name, simplified.returns()[-1].layout.kind) == (
        made.returns()[-1].name, made.returns()[-1].layout.kind,
    )  # fmt: skip
    more = {"jvp": (1.0,), "vjp": (1.0,), "hvp": (1.0,)}.get(kind, ())
    found = simplified.evaluate(800.0, 0.25, *more).outputs[0]
    assert found == (0.0 if kind in ("hvp", "sparse Hessian") else 0.75)
    assert made.simplify("exact").base.tape is made.base.tape


def test_in_an_inner_node_it_is_as_written() -> None:
    G = ew.parse("log(sigmoid(x*y))")
    node = G.arguments(G.arguments(G.outputs[0])[0])[0]
    B = G.gradient(node).simplify()
    assert B.base.tape is G.tape
    assert B.evaluate(0.5, 0.25).outputs[0] == pytest.approx(1 - 1 / (1 + np.exp(-0.125)))


def softmax(z: Any, axis: int) -> Any:
    """As it is written by hand."""
    return np.exp(z) / np.sum(np.exp(z), axis=axis, keepdims=True)


VIEWS: list[Callable[[Any], Any]] = [
    lambda z: np.log(softmax(z[None], 1))[0],
    lambda z: np.log(softmax(z[:, None], 0))[:, 0],
    lambda z: np.log(softmax(z[None, :, None], 1)[0, :, 0]),
    lambda z: np.log(softmax(z.reshape(1, -1), -1).reshape(-1)),
    lambda z: np.log(np.squeeze(softmax(np.expand_dims(z, 1), 0))),
    lambda z: np.log(softmax(np.atleast_2d(z).T, 0)).T[0],
    lambda z: np.log(np.exp(z[:, None]).T / np.sum(np.exp(z[:, None]))).T[:, 0],
    lambda z: np.log(np.exp(z) / np.sum(np.exp(z[None]), axis=1)),
    lambda z: np.array([np.log(softmax(z[None], 1)[0, k]) for k in range(3)]),
    lambda z: z - np.log(np.sum(np.exp(np.atleast_2d(z)), axis=1)),
]


@pytest.mark.parametrize("f", VIEWS)
def test_a_softmax_is_seen_behind_axes_of_length_one(f: Callable[[Any], Any]) -> None:
    """However they are put in, taken out and permuted."""
    made, jacobian = ew.trace(f, z=ew.tensor(3)).simplify(), ew.trace(f, z=ew.tensor(3)).jacobian().simplify()
    for z in Z[:3]:
        with mp.workdps(800):
            total = mp.log(sum(mp.exp(v) for v in z.tolist()))
            want = [float(v - total) for v in z.tolist()]
            shares = [float(mp.exp(v - total)) for v in z.tolist()]
        np.testing.assert_allclose(made.evaluate(z).outputs[0], want, rtol=1e-13, atol=1e-30)
        np.testing.assert_allclose(jacobian.evaluate(z).outputs[0], np.eye(3) - shares, rtol=1e-13, atol=1e-15)
