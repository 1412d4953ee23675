"""The algorithms' steps on arrays: what each edge's node holds, and where the last one ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import edgewise as ew
from edgewise.errors import DifferentiationError, InputError, ShapeError
from edgewise.view.explanations.algorithm_steps import edge_formulas
from edgewise.view.spellings import ENTRIES
from tensor_strategies import NAMED, inputs, programs

X, W, Y = np.arange(6.0).reshape(3, 2) / 5, np.array([0.5, -0.25]), np.array([0.1, 0.2, -0.3])
REGRESSION = ew.parse("sum(tanh(X @ w - y)**2) + w @ w", shapes="X: n,d; w: d; y: n")
POINT = {"X": X, "w": W, "y": Y}


def traced(program: Callable[..., Any]) -> Any:
    return ew.trace(
        lambda X, A, w, y, c: program(np, X, A, w, y, c), **{name: ew.tensor(*shape) for name, shape in NAMED.items()}
    )


def close(found: Any, wanted: Any) -> None:
    np.testing.assert_allclose(
        found, wanted, rtol=1e-9, atol=1e-10 * max(1.0, float(np.max(np.abs(wanted), initial=0)))
    )


@settings(max_examples=20, deadline=None)
@given(programs(), st.integers(0, 5))
def test_each_edge_has_one_step_and_the_last_ones_are_the_derivative(program: Callable[..., Any], seed: int) -> None:
    G, values = traced(program), inputs(seed)
    B = G.gradient()
    for graph in (B, B.simplify(), G.jvp()):
        dots = inputs(seed + 1) if graph.derivative.kind == "jvp" else []
        steps = graph.steps(dict(zip(graph.inputs, [*values, *dots], strict=True)))
        edges = [step for step in steps if step.action == "edge"]
        ledger = [(entry.consumer, entry.position, entry.parent) for entry in graph.edges]
        assert [tuple(step.edge) for step in edges] == ledger
        assert all(step.partial is None for step in edges)
        run = graph.evaluate({}, *values, *dots)
        for step, entry in zip(edges, graph.edges, strict=True):
            np.testing.assert_array_equal(step.product, run.values[entry.product])
        last = {step.node: step.value for step in steps if step.action in ("seed", "edge")}
        ends = G.tape.outputs if graph.derivative.kind == "jvp" else [G.node(name) for name in NAMED]
        for node, wanted in zip(ends, run.outputs, strict=True):
            close(last.get(node, np.zeros(np.shape(wanted))), wanted)
        forward = [step.value for step in steps if step.algorithm == "6.1" and step.action != "constant"]
        close(forward[-1], G.evaluate({}, *values).outputs[0])


def test_the_steps_against_jax() -> None:
    jax = pytest.importorskip("jax", reason="JAX is an optional peer")
    jax.config.update("jax_enable_x64", True)
    jnp = jax.numpy

    def residual(X: Any, w: Any, y: Any) -> Any:
        return X @ w - y

    # Every entry of grad_table is the derivative in that node: cut the graph there and let JAX differentiate the rest.
    run = REGRESSION.back_propagate(POINT)
    assert [step.algorithm for step in run.steps][-1] == "6.5"
    wanted = jax.grad(lambda X, w, y: jnp.sum(jnp.tanh(residual(X, w, y)) ** 2) + w @ w, (0, 1, 2))(X, W, Y)
    for name, slope in zip("Xwy", wanted, strict=True):
        close(run.table[REGRESSION.node(name)], slope)
    inner = {step.node: step.value for step in run.steps if step.algorithm == "6.1"}
    product = REGRESSION.tape.arguments(next(i for i in inner if REGRESSION.op(i) == "sub"))[0]
    close(run.table[product], jax.grad(lambda p: jnp.sum(jnp.tanh(p - Y) ** 2))(X @ W))
    close(run.values[product], X @ W)
    up = REGRESSION.forward_accumulate("w", POINT)
    close(up.table[product], X.T)
    close(up.table[REGRESSION.outputs[0]], wanted[1])
    inner_up = REGRESSION.forward_accumulate(product, POINT)
    close(inner_up.table[REGRESSION.outputs[0]], run.table[product])
    H = REGRESSION.hessian("w")
    slope = jax.hessian(lambda w: jnp.sum(jnp.tanh(residual(X, w, Y)) ** 2) + w @ w)(W)
    for graph in (H, H.simplify()):
        close(graph.steps(POINT)[-1].value if graph is H else graph.evaluate(POINT).outputs[0], slope)


def test_jacobians_have_a_sweep_for_each_output() -> None:
    G = ew.trace(lambda A, x: (A @ x, x * x), A=ew.tensor("m", "n"), x=ew.tensor("n"))
    steps = G.jacobian("x", "reverse").steps(A=X, x=W)
    assert [step.node for step in steps if step.action == "seed"] == list(G.outputs)
    ends = [step.value for step in steps if step.action == "edge" and step.node == G.node("x")]
    close(ends[0], X)
    close(ends[-1], np.diag(2 * W))


def test_steps_print_as_formulas_in_the_nodes_names() -> None:
    lines = list(REGRESSION.gradient("w").steps(POINT).lines())
    assert lines[0].startswith("Algorithm 6.1")
    assert "Algorithm 6.5, build_grad: grad_table from the output down, one bprop for each edge" in lines
    assert lines[-1].startswith("  grad_table[w] += bprop(u3, w) = X.T @ grad_table[u3] = [")
    twice = [line for line in lines if ", w) at " in line]
    assert [line.split(") at ")[1][0] for line in twice] == ["0", "1"]
    up = REGRESSION.jvp("w").steps(POINT, w_dot=[1.0, 0.0]).lines()
    assert any("tangent[u3] ← jvp(u3, w) = X @ tangent[w] = [0, 0.4, 0.8]" in line.replace(".,", ",")
               for line in up)  # fmt: skip
    assert str(ew.parse("x*y").gradient().steps(x=2.0, y=5.0)).endswith("= 5   (∂out/∂x = 5)")


def test_formulas_of_simplified_graphs_say_what_their_nodes_hold() -> None:
    S = REGRESSION.gradient("w").simplify()
    formulas = list(edge_formulas(S.derivative))
    assert len(formulas) == len(S.edges)
    assert any("X.T @" in formula for formula in formulas)


def test_large_arrays_are_shown_by_their_shape_and_a_few_entries() -> None:
    text = str(ew.parse("sum(X)", shapes="X: n,d").gradient().steps(X=np.zeros((300, 400))))
    assert "X ← (300, 400) [[0., 0., ..., 0., 0.], [0., 0., ..., 0., 0.], ..., " in text
    assert max(map(len, text.splitlines())) < 300
    few = str(ew.parse("sum(x)", shapes="x: n").gradient().steps(x=np.arange(float(ENTRIES))))
    assert "..." not in few


def test_bad_values_are_refused() -> None:
    B = REGRESSION.gradient("w")
    with pytest.raises(InputError, match="no value was given for the input 'y'"):
        B.steps(X=X, w=W)
    with pytest.raises(ShapeError, match="the dimension 'd' is 2 in 'X' and 3 in 'w'"):
        B.explain({**POINT, "w": np.ones(3)})
    with pytest.raises(DifferentiationError, match="one scalar output"):
        ew.parse("X @ w", shapes="X: n,d; w: d").back_propagate({"X": X, "w": W})
