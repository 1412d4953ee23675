"""The seed of a sweep is a node of its own, whatever constants the graph has."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
from edgewise.ops import CODE, CONST, number_key

KINDS: dict[str, Callable[[Any], Any]] = {
    "gradient": lambda G: G.gradient(),
    "tangent": lambda G: G.tangent("x"),
    "reverse": lambda G: G.jacobian(order="reverse"),
    "forward": lambda G: G.jacobian(order="forward"),
    "hessian": lambda G: G.hessian(order="sweeps"),
    "sparse hessian": lambda G: G.hessian(sparse="coo", order="sweeps"),
}
TEXTS = ["x*y + 1", "x*y", "1*x*y + y**2", "(x + 1)/(1 + y**2)", "x*y + 1.0", "where(x < 1, x*y, 1)"]


def long(text: str) -> str:
    """The same with so many edges that columns are written."""
    return f"{text} + " + " + ".join(["sin(x)*y"] * 60)


def own_seeds(derivative: Any) -> list[int]:
    """The nodes of the seeds, each of which is a constant 1 that is ℬ's own."""
    tape, base = derivative.tape, derivative.base
    found = [seed.value for seed in derivative.seeds]
    assert all(node >= len(base) and tape.ops[node] == CONST for node in found)
    assert {number_key(tape.attrs[node]) for node in found} == {number_key(1)}
    assert len(set(found)) == len(found)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", [*TEXTS, *map(long, TEXTS[:2])], ids=[*TEXTS, "long with 1", "long"])
def test_every_sweep_has_a_seed_of_its_own(text: str, kind: str) -> None:
    derivative = KINDS[kind](ew.parse(text, inputs=["x", "y"])).derivative
    tape, ledger, reverse = derivative.tape, derivative.ledger, derivative.reverse
    seeds = own_seeds(derivative)
    # What leaves the node that a sweep starts from is a product with its seed, or a selection of it.
    source = ledger.consumer if reverse else ledger.parent
    for seed, node in zip(derivative.seeds, seeds, strict=True):
        rows = np.flatnonzero((ledger.sweep == seed.sweep) & (source == seed.node))
        # One sweep of a Hessian is asked for one entry of the diagonal alone, which is 0 here.
        assert len(rows) > 0 or kind == "hessian"
        assert all(node in tape.arguments(product) for product in ledger.product[rows].tolist())
        assert int(derivative.table.lookup(seed.sweep, seed.node)) == node


@pytest.mark.parametrize("text", ["x*y + 1", "sin(x) + 1.0*y"])
def test_partials_read_the_constants_of_the_graph_where_it_has_them(text: str) -> None:
    G = ew.parse(text)
    B = G.gradient()
    assert set(B.derivative.ledger.partial.tolist()).isdisjoint(own_seeds(B.derivative)) == ("+ 1" in text[-3:])
    ones = [node for node, value in B.tape.constants().items() if number_key(value) == number_key(1)]
    assert len(ones) == 1 + (text == "x*y + 1")


def test_a_sweep_that_reaches_nothing_starts_nothing() -> None:
    J = ew.parse("[x*y, floor(x), 3]", inputs=["x", "y"]).jacobian(order="reverse")
    assert [seed.value is None for seed in J.derivative.seeds] == [False, True, True]
    assert [node for node in range(len(J.base), len(J)) if J.tape.ops[node] == CONST and J.tape.attrs[node] == 1] == [
        J.derivative.seeds[0].value
    ]


def test_a_weighted_sweep_starts_from_its_inputs() -> None:
    for B in (ew.parse("[x*y, x + 1]").vjp(), ew.parse("[x*y, x + 1]").jvp()):
        assert {B.tape.op(seed.value).name for seed in B.derivative.seeds} == {"input"}


@pytest.mark.parametrize("kind", ["gradient", "reverse", "forward"])
def test_a_picture_shows_every_seed_beside_a_constant_1(kind: str) -> None:
    B = KINDS[kind](ew.parse("x*y + 1"))
    assert B.to_svg().count("ew-seed") == len(B.derivative.seeds)
    assert B.to_mermaid().count('((("') == len(B.derivative.seeds)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("text", TEXTS)
def test_simplification_merges_seeds_with_the_constants(text: str, kind: str) -> None:
    S = KINDS[kind](ew.parse(text, inputs=["x", "y"])).simplify()
    assert sum(number_key(value) == number_key(1) for value in S.tape.constants().values()) <= 1
    assert all(seed.value >= 0 for seed in S.derivative.seeds)


@pytest.mark.parametrize("text", ["x*y", "x*y + 1", "(x + y)*(x + 1)*x*y", "1*(x*y*x) + x", "(x*y)**2"])
def test_a_product_with_1_is_no_product_when_arcs_are_pushed(text: str) -> None:
    G = ew.parse(text)
    B, H = G.gradient(), G.hessian(sparse="coo", order="push")
    ones = {node for node, value in H.tape.constants().items() if number_key(value) == number_key(1)}
    assert ones >= set(own_seeds(B.derivative))
    # The 1 of a second partial, a graph of its own, is written where 𝒢 has none to read: 1*2 in that of x**2.
    products = [H.tape.arguments(node) for node in range(len(B), len(H)) if H.tape.ops[node] == CODE["mul"]]
    constants = set(H.tape.constants())
    assert [args for args in products if ones & set(args) and not set(args) <= constants] == []


# --- tensors --------------------------------------------------------------------------------------------------------


TENSOR_KINDS: dict[str, Callable[[Any], Any]] = {
    "gradient": lambda G: G.gradient(),
    "reverse": lambda G: G.jacobian(order="reverse"),
    "forward": lambda G: G.jacobian(["s"], order="forward"),
    "hessian": lambda G: G.hessian(["s"]),
}


@pytest.mark.parametrize("kind", TENSOR_KINDS)
@pytest.mark.parametrize("plus", [0, 1])
def test_every_sweep_of_a_tensor_graph_has_a_seed_of_its_own(kind: str, plus: int) -> None:
    G = ew.trace(lambda v, s: (v * v).sum() * s + s**3 + plus, v=ew.tensor("n"), s=ew.tensor())
    B = TENSOR_KINDS[kind](G)
    seeds = own_seeds(B.derivative)
    product = B.derivative.ledger.product[0]
    below = np.flatnonzero(B.tape.live([int(product)]))
    assert set(seeds) & set(below.tolist())


def test_an_identity_that_a_tensor_sweep_starts_from_is_its_own() -> None:
    G = ew.trace(lambda A, x: np.eye(3) @ (A @ x) + x, A=ew.tensor(3, 3), x=ew.tensor(3))
    for order in ("reverse", "forward"):
        derivative = G.jacobian(["x"], order=order).derivative
        assert all(seed.value >= len(derivative.base) for seed in derivative.seeds)


def test_the_gradient_of_a_tensor_graph_is_right_beside_a_constant_1() -> None:
    G = ew.trace(lambda v: (v * v).sum() + 1, v=ew.tensor("n"))
    point = np.array([0.5, -2.0, 3.0])
    for B in (G.gradient(), G.gradient().simplify()):
        value, gradient = B.compile(backend="numpy")(point)
        assert value == pytest.approx(14.25)
        np.testing.assert_allclose(gradient, 2 * point)
