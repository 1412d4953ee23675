"""The workloads' exact operation counts, and the linear size of large graphs."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

import edgewise as ew
from edgewise.simplify import LEVELS
from workloads import WORKLOADS, Workload, esin

FUNCTIONS = SimpleNamespace(exp=ew.exp, log=ew.log, sin=ew.sin, tanh=ew.tanh)
NUMBERS = SimpleNamespace(exp=np.exp, log=np.log, sin=np.sin, tanh=np.tanh)

# Instructions of CasADi 3.8.2 for value and gradient after its `cse`; inputs, outputs and constants not counted.
CASADI = {
    "speelpenning(1000)": 2995,
    "rosenbrock(1000)": 13985,
    "lennard_jones(20)": 6972,
    "mlp(16,16,16)": 18734,
    "gmm(6,5,60)": 47232,
}


def graph(workload: Workload) -> ew.Graph:
    return ew.graph(workload.build(FUNCTIONS, list(ew.symbols("x", shape=workload.size))))


@pytest.mark.parametrize("workload", WORKLOADS, ids=lambda w: w.name)
def test_no_more_operations_than_casadi(workload: Workload) -> None:
    B = graph(workload).gradient()
    S = B.simplify()
    assert S.cost().operations <= CASADI[workload.name]
    point = np.array(workload.point())
    expected, got = B.evaluate(point), S.evaluate(point)
    assert got.outputs == pytest.approx(expected.outputs, rel=1e-9, abs=1e-9)
    assert S.compile("python")(point)[0] == pytest.approx(float(workload.build(NUMBERS, list(point))), rel=1e-9)


def test_every_level_helps() -> None:
    B = graph(WORKLOADS[2]).gradient()
    counts = [B.simplify(level).cost().operations for level in LEVELS]
    assert B.cost().operations > counts[0] > counts[1] >= counts[2]


def test_many_paths_few_nodes() -> None:
    G = graph(esin(10_000))
    B = G.gradient()
    assert len(B) <= 8 * len(G)
    assert B.cost().paths == 2**10_000
    assert "e+3010 paths" in repr(B.cost())


def test_simplifying_twice_changes_nothing() -> None:
    S = graph(WORKLOADS[2]).gradient().simplify()
    assert S.simplify().cost().operations == S.cost().operations
