"""The graph of what a transform compiles, for arguments that are examples or declarations, in containers."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise import errors

RNG = np.random.default_rng(3)


@dataclasses.dataclass
class Layer:
    weight: Any
    shift: Any


def loss(p: dict[str, Any], X: Any, y: Any) -> Any:
    z = np.tanh(X @ p["w"] + p["b"])
    return np.mean((z - y) ** 2)


def two_layers(layers: list[Layer], x: Any) -> Any:
    for layer in layers:
        x = np.tanh(layer.weight @ x + layer.shift)
    return np.sum(x**2)


def examples(n: int, d: int) -> tuple[Any, ...]:
    return {"w": RNG.normal(size=d), "b": 0.3}, RNG.normal(size=(n, d)), RNG.normal(size=n)


DECLARED = {"w": ew.tensor("d"), "b": ew.tensor()}, ew.tensor("n", "d"), ew.tensor("n")


def test_of_declarations_it_serves_every_length() -> None:
    B = ew.grad(loss).graph(*DECLARED)
    assert B.inputs == ("p['b']", "p['w']", "X", "y")
    compiled = B.simplify().compile()
    space: dict[str, Any] = {}
    exec(B.simplify().to_python("loss_and_grad"), space)
    for n, d in ((4, 2), (7, 3)):
        p, X, y = examples(n, d)
        value, theirs = ew.value_and_grad(loss)(p, X, y)
        z = np.tanh(X @ p["w"] + p["b"])
        by_hand = X.T @ (2 * (z - y) * (1 - z**2)) / n
        np.testing.assert_allclose(theirs["w"], by_hand, rtol=1e-12)
        for found in (compiled(p["b"], p["w"], X, y), space["loss_and_grad"](p["b"], p["w"], X, y)):
            np.testing.assert_allclose(found[0], value, rtol=1e-12)
            np.testing.assert_allclose(found[1][0], theirs["b"], rtol=1e-12)
            np.testing.assert_allclose(found[1][1], by_hand, rtol=1e-12)


@pytest.mark.parametrize("make", [ew.grad, ew.value_and_grad, ew.hessian], ids=lambda make: str(make.__name__))
def test_of_examples_it_has_their_shapes(make: Callable[..., Any]) -> None:
    layers = [Layer(RNG.normal(size=(3, 2)), RNG.normal(size=3)), Layer(RNG.normal(size=(2, 3)), RNG.normal(size=2))]
    x = RNG.normal(size=2)
    made = make(two_layers).graph(layers, x)
    assert made.inputs[:2] == ("layers[0].weight", "layers[0].shift")
    results = made.simplify().compile()(*(part for layer in layers for part in (layer.weight, layer.shift)), x)
    gradient = ew.grad(two_layers)(layers, x)
    np.testing.assert_allclose(results[1][2], gradient[1].weight, rtol=1e-10)
    if make is ew.hessian:
        second = ew.hessian(two_layers)(layers, x)
        np.testing.assert_allclose(results[2][1][2], second[0].shift[1].weight, rtol=1e-10)


def test_of_numbers_it_is_a_graph_of_scalars() -> None:
    B = ew.grad(lambda x, y: np.exp(x * y) + np.sin(x), argnums=(1, 0)).graph(0.5, 2.0)
    theirs = ew.trace(lambda x, y: np.exp(x * y) + np.sin(x)).gradient(["y", "x"])
    assert B.text() == theirs.text()
    assert [entry[:3] for entry in B.edges] == [entry[:3] for entry in theirs.edges]
    second = ew.grad(ew.grad(np.sin)).graph(1.0).simplify().compile()
    np.testing.assert_allclose(second(0.7)[1], -np.sin(0.7), rtol=1e-15)


def test_of_jit_it_is_the_function() -> None:
    G = ew.jit(loss).graph(*DECLARED)
    p, X, y = examples(5, 2)
    np.testing.assert_allclose(G.compile()(p["b"], p["w"], X, y), loss(p, X, y), rtol=1e-13)
    assert ew.jit(lambda x: {"a": x, "b": [2 * x]}).graph(1.0).compile()(3.0) == [3.0, 6.0]


def test_what_comes_beside_the_value_is_no_part_of_it() -> None:
    B = ew.grad(lambda x: (x**3, np.exp(x)), has_aux=True).graph(1.0)
    assert "exp" not in [B.op(node) for node in range(len(B))]
    J = ew.jacobian(lambda x: [x**2, np.sin(x)]).graph(1.0)
    np.testing.assert_allclose(np.ravel(J.compile()(0.5)[1]), [1.0, np.cos(0.5)], rtol=1e-15)


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: ew.grad(loss)(*DECLARED), r"has no numbers; edgewise\.grad\(loss\)\.graph\(…\)"),
        (lambda: ew.jit(loss)(*DECLARED), "has no numbers"),
        (lambda: ew.vmap(loss)(*DECLARED), "has no numbers"),
        (lambda: ew.vmap(loss).graph(*DECLARED), "the function of one example"),
        (lambda: ew.grad(lambda x: x if x.sum() > 0 else 2 * x).graph(ew.tensor("n")), "test_graph_of_calls.py"),
        (lambda: ew.grad(loss).graph(), "argument"),
        (lambda: ew.trace(loss, p=DECLARED[0], X=DECLARED[1]), r"edgewise\.jit\(loss\)\.graph\(…\)"),
        (lambda: ew.trace(loss, p=[ew.tensor("d")], X=DECLARED[1]), r"declared as a list of several"),
        (lambda: ew.trace(lambda x: ew.grad(np.sin).graph(x), "x"), "ask for it outside"),
    ],
)
def test_what_has_no_graph_says_what_to_do(call: Callable[[], Any], said: str) -> None:
    with pytest.raises(errors.EdgewiseError, match=said):
        call()
