"""Properties of random tensor graphs with sharing."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from tensor_strategies import NAMED, inputs, programs

NAMES = tuple(NAMED)


def traced(program: Callable[..., Any]) -> Any:
    return ew.trace(
        lambda X, A, w, y, c: program(np, X, A, w, y, c), **{name: ew.tensor(*shape) for name, shape in NAMED.items()}
    )


def close(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(found, wanted, rtol=1e-7, atol=1e-8 * max(1.0, float(np.max(np.abs(wanted), initial=0))))


@settings(max_examples=30, deadline=None)
@given(programs(), st.integers(0, 5))
def test_gradient_jvp_and_simplified_forms_agree_with_the_scalar_graph(program: Callable[..., Any], seed: int) -> None:
    values, G = inputs(seed), traced(program)
    S = G.scalarize(n=3, d=2)
    B = G.gradient()
    wanted = S.gradient().evaluate({}, *values).outputs
    for graph in (B, B.simplify()):
        close(np.concatenate([np.ravel(out) for out in graph.evaluate({}, *values).outputs]), wanted)
    forward = G.jacobian(order="forward").simplify().evaluate({}, *values).outputs
    close(np.concatenate([np.ravel(out) for out in forward]), wanted)
    dots = inputs(seed + 1)
    along = G.jvp().simplify().evaluate({}, *values, *dots).outputs[0]
    close(along, np.dot(wanted, np.concatenate([np.ravel(dot) for dot in dots])))


@settings(max_examples=12, deadline=None)
@given(programs(most=6), st.integers(0, 5))
def test_second_derivatives_agree_with_the_scalar_graph(program: Callable[..., Any], seed: int) -> None:
    values, G = inputs(seed), traced(program)
    H = G.hessian(["X", "w"]).simplify()
    X, w = G.scalarize(n=3, d=2), ("X", "w")
    wanted = X.hessian(list(w)).evaluate({}, *values).result
    for row, (a, b) in zip(wanted, H.evaluate({}, *values).result, strict=True):
        close(a, row[0])
        close(b, row[1])
    v = G.hvp("w").simplify().evaluate({}, *values, np.ones(2)).outputs[0]
    close(v, wanted[1][1] @ np.ones(2))


@settings(max_examples=20, deadline=None)
@given(programs(), st.integers(0, 5))
def test_simplification_keeps_every_value_the_ledger_names(program: Callable[..., Any], seed: int) -> None:
    values = inputs(seed)
    B = traced(program).gradient()
    S = B.simplify()
    S.tape.check()
    before, after = B.evaluate({}, *values).values, S.evaluate({}, *values).values
    for old, new in zip(B.edges, S.edges, strict=True):
        assert (old.consumer, old.position, old.parent) == (new.consumer, new.position, new.parent)
        close(after[new.product], before[old.product])
    for node in B.grad_table:
        close(after[S.grad_table[node]], before[B.grad_table[node]])


@settings(max_examples=20, deadline=None)
@given(programs())
def test_a_graph_is_deterministic_pickles_and_prints(program: Callable[..., Any]) -> None:
    G = traced(program)
    one, two = G.gradient().simplify(), traced(program).gradient().simplify()
    assert one.to_python() == two.to_python()
    assert pickle.loads(pickle.dumps(one)).to_python() == one.to_python()
    compile(one.to_python(target="jax"), "source", "exec")
    assert one.to_latex().count("{") == one.to_latex().count("}")


@settings(max_examples=20, deadline=None)
@given(programs(), st.integers(0, 5))
def test_one_product_for_each_edge_on_a_path(program: Callable[..., Any], seed: int) -> None:
    G = traced(program)
    B = G.gradient()
    depends, needed = G.tape.depends_on(G.tape.inputs), G.tape.live(G.tape.outputs)
    flows = [
        edge for edge in G.tape.edges()
        if depends[edge.parent] and needed[edge.consumer] and edge.consumer in B.grad_table
    ]  # fmt: skip
    listed = {(entry.consumer, entry.position, entry.parent) for entry in B.edges}
    assert len(listed) == len(B.edges)
    # Comparisons carry nothing, nor does what is multiplied by a constant 0; all else has exactly one product.
    constants = G.tape.constants()
    absent = {
        edge for edge in flows
        if G.tape.op(edge.consumer).boolean
        or (G.op(edge.consumer) == "mul" and 0 in [constants.get(j) for j in G.arguments(edge.consumer)])
    }  # fmt: skip
    assert listed == {tuple(edge) for edge in flows if edge not in absent}
    run = B.evaluate({}, *inputs(seed))
    for node, made in B.grad_table.items():
        arrived = [run.values[entry.product] for entry in B.edges if entry.parent == node]
        if arrived:
            close(run.values[made], sum(arrived))


@pytest.mark.slow
def test_time_is_linear_in_the_nodes() -> None:
    """Counted, not timed: every pass writes a number of nodes in proportion."""

    def chain(length: int) -> Any:
        def program(A: Any, x: Any) -> Any:
            for _ in range(length):
                x = np.tanh(A @ x) + x
            return x @ x

        return ew.trace(program, A=ew.tensor("n", "n"), x=ew.tensor("n"))

    short, long = chain(50), chain(500)
    for build in (lambda G: G.gradient(), lambda G: G.gradient().simplify()):
        ratio = len(build(long)) / len(build(short))
        assert ratio == pytest.approx(10, rel=0.05)


@pytest.mark.slow
def test_third_derivatives() -> None:
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp

    G = ew.trace(lambda x, A: np.sum(np.exp(A @ x)) * (x @ x), x=ew.tensor("n"), A=ew.tensor("n", "n"))
    third = G.hessian("x").simplify().jacobian("x").simplify()
    x, A = np.array([0.3, -0.2]), np.array([[0.5, 1.0], [-1.0, 0.2]])
    f = lambda x: jnp.sum(jnp.exp(A @ x)) * (x @ x)
    close(third.evaluate(x=x, A=A).outputs[-1], jax.jacobian(jax.hessian(f))(x))


def test_names_survive_simplification() -> None:
    shapes = "X: n,d; W1: d,h; W2: h,k"
    B = ew.parse("U1 = X @ W1; H = relu(U1); U2 = H @ W2; sum(U2**2)", shapes=shapes).gradient(["W1", "W2"])
    S = B.simplify()
    assert sorted(S.tape.labels.values()) == ["H", "U1", "U2"]
    numbers = {"X": np.eye(3) - 0.5, "W1": np.ones((3, 2)), "W2": np.ones((2, 2)) / 3}
    before, after = B.base.evaluate(numbers).values, S.evaluate(numbers).values
    for node, name in S.tape.labels.items():
        np.testing.assert_allclose(after[node], before[B.base.node(name)])
    assert "    H = np.maximum(U1, 0.0)\n" in S.to_python()
