"""Derivatives against what nobody in this project wrote: mpmath, complex steps, SymPy, JAX."""

from __future__ import annotations

from typing import Any

import mpmath as mp
import numpy as np
import pytest
from hypothesis import given, settings

import oracles
from edgewise.api.graph import Graph
from edgewise.graph import Tape
from strategies import KINKED, SMOOTH, tapes_with_points
from workload_graphs import workload_graph
from workloads import WORKLOADS, esin

RELATIVE, ABSOLUTE = 1e-8, 1e-10
# JAX shares the derivative of a clip at its boundary in halves and gives abs the slope 1 at 0; our conventions differ.
LIKE_JAX = tuple(name for name in KINKED if name not in ("abs", "clip"))


def agree(values: Any, exact: Any) -> bool:
    return all(oracles.close(v, mp.mpf(e), RELATIVE, ABSOLUTE) for v, e in zip(values, exact, strict=True))


def in_every_way(graph: Graph, point: list[float]) -> dict[str, tuple[float, ...]]:
    """The gradient written as a graph backwards and forwards, and run on numbers backwards and forwards."""
    at = dict(zip(graph.inputs, point, strict=True))
    output = graph.outputs[0]
    run = graph.back_propagate(at).table
    tangents = [graph.forward_accumulate(name, at).table for name in graph.inputs]
    return {
        "reverse": graph.gradient().evaluate(at).outputs,
        "forward": graph.jacobian(order="forward").evaluate(at).outputs,
        "tangents": tuple(graph.tangent(name).evaluate(at).outputs[0] for name in graph.inputs),
        "algorithm 6.2": tuple(run.get(node, 0.0) for node in graph.tape.inputs),
        "forward accumulation": tuple(table.get(output, 0.0) for table in tangents),
    }


@given(tapes_with_points(max_ops=25))
@settings(deadline=None, max_examples=80)
def test_gradients_are_those_of_mpmath_and_of_complex_steps(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    exact = oracles.mp_gradient(tape, point, tape.outputs[0])
    assert agree(oracles.complex_step(tape, point, tape.outputs[0]), exact)
    for way, values in in_every_way(Graph(tape), point).items():
        assert agree(values, exact), way


@given(tapes_with_points(max_ops=12))
@settings(deadline=None, max_examples=40)
def test_hessians_are_those_of_mpmath(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    n, output = len(point), tape.outputs[0]
    got = np.reshape(Graph(tape).hessian().evaluate(*point).outputs, (n, n))

    def f(*at: Any) -> Any:
        return oracles.mp_evaluate(tape, at)[output]

    with mp.workdps(80):
        for a in range(n):
            for b in range(n):
                exact = oracles.mp_derivative(f, point, [int(k == a) + int(k == b) for k in range(n)])
                assert oracles.close(got[a, b], exact, 1e-7, 1e-9)


@given(tapes_with_points(max_ops=6))
@settings(deadline=None, max_examples=15)
def test_gradients_are_those_of_sympy(case: tuple[Tape, list[float]]) -> None:
    tape, point = case
    output = tape.outputs[0]
    with mp.workdps(30):
        exact = oracles.sympy_gradient(tape, point, output)
    assert agree(Graph(tape).gradient().evaluate(*point).outputs, exact)


@pytest.mark.peer
@given(tapes_with_points(operations=SMOOTH + LIKE_JAX, max_ops=12))
@settings(deadline=None, max_examples=15)
def test_gradients_are_those_of_jax(case: tuple[Tape, list[float]]) -> None:
    jax = pytest.importorskip("jax", reason="jax is a peer, not a test dependency: pip install jax")
    jax.config.update("jax_enable_x64", True)
    tape, point = case
    with jax.disable_jit():
        theirs = jax.grad(oracles.jax_function(tape, tape.outputs[0]), argnums=tuple(range(len(point))))(*point)
    got = Graph(tape).gradient().evaluate(*point).outputs
    assert got == pytest.approx([float(value) for value in theirs], rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("workload", [*WORKLOADS, esin(12)], ids=lambda w: w.name)
def test_workloads_agree_with_mpmath_along_a_direction(workload: Any) -> None:
    G = workload_graph(workload)
    point, direction = workload.point(), [(-1) ** k * (1 + k % 3) / 3 for k in range(workload.size)]
    with mp.workdps(60):

        def along(t: Any) -> Any:
            at = [mp.mpf(v) + t * mp.mpf(d) for v, d in zip(point, direction, strict=True)]
            return oracles.mp_evaluate(G.tape, at)[G.outputs[0]]

        exact = oracles.mp_derivative(along, [0.0], [1])
    gradient = G.gradient().evaluate(np.array(point)).outputs
    assert oracles.close(np.dot(gradient, direction), exact, 1e-9, 1e-9)
    assert oracles.close(G.jvp().evaluate(np.array(point), np.array(direction)).outputs[0], exact, 1e-9, 1e-9)
