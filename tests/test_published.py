"""Tasks that peers have published: right against what nobody here wrote, and no more operations than they publish."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from scipy import special
from scipy.spatial.transform import Rotation

import edgewise as ew
import published
from edgewise.api.graph import Graph

TASKS = published.fast_differentiation_tasks()


@pytest.mark.parametrize("expand", [False, True])
@pytest.mark.parametrize("retraction", ["matrix", "quaternion"])
def test_the_pose_against_rotations_of_scipy(retraction: str, expand: bool) -> None:
    rng = np.random.default_rng(5)
    turn, t, p = Rotation.random(random_state=6), rng.normal(size=3), rng.normal(size=3)
    value, jacobian = published.pose(retraction).simplify(expand=expand).compile()(*turn.as_quat(), *t, *p)

    def moved(v: Any) -> Any:
        return (turn * Rotation.from_rotvec(v[:3])).inv().apply(p - t - v[3:])

    assert value == pytest.approx(moved(np.zeros(6)), rel=1e-12)
    h = 1e-6
    columns = [(moved(h * e) - moved(-h * e)) / (2 * h) for e in np.eye(6)]
    assert jacobian == pytest.approx(np.array(columns).T, rel=1e-8, abs=1e-8)


@pytest.mark.parametrize(("retraction", "operations"), [("matrix", 55), ("quaternion", 70)])
def test_operations_of_the_pose(retraction: str, operations: int) -> None:
    assert published.pose(retraction).simplify(expand=True).cost().operations == operations <= published.POSE_BOUND


@pytest.mark.parametrize("name", published.RATIOS)
def test_operations_of_the_derivatives_over_those_of_the_function(name: str) -> None:
    derivative, function = published.derivative_ratio(*TASKS[name])
    assert derivative <= published.RATIOS[name] * function


def test_the_pollution_problem_takes_fewer_operations_than_the_jacobian_written_by_hand() -> None:
    derivative, _ = published.derivative_ratio(*TASKS["pollution ODE"])
    assert derivative <= published.HAND_WRITTEN_ODE


def test_the_pollution_problem_against_its_reactions() -> None:
    """Mass action: the rates' slopes in the species they consume, times what a reaction changes."""
    y = np.random.default_rng(0).uniform(0.5, 1.5, 20)
    change = np.zeros((20, 25))
    slope = np.zeros((25, 20))
    for r, (consumed, produced) in enumerate(published.REACTIONS):
        for species in consumed:
            change[species - 1, r] -= 1
            slope[r, species - 1] = published.RATES[r] * np.prod([y[s - 1] for s in consumed]) / y[species - 1]
        for species in produced:
            change[species - 1, r] += 1
    G, _ = TASKS["pollution ODE"]
    J = G.jacobian(sparse=True).simplify().compile()(y)[1]
    assert J.toarray() == pytest.approx(change @ slope, rel=1e-10, abs=1e-12)
    assert J.nnz == G.sparsity().nnz == np.count_nonzero(np.abs(change) @ (slope != 0))


def test_spherical_harmonics_against_scipy() -> None:
    x, y, z = 0.48, -0.6, 0.64
    n = 8
    a, b, c = ew.symbols("x y z")
    G = ew.graph(published.spherical_harmonics(n, a, b, c))
    got = np.array(G.evaluate(x, y, z).outputs)
    expected = []
    for degree in range(n):
        for m in range(-degree, degree + 1):
            value = special.sph_harm_y(degree, abs(m), np.arccos(z), np.arctan2(y, x))
            expected.append((value.imag if m < 0 else value.real) * (np.sqrt(2) if m else 1))
    assert got == pytest.approx(np.array(expected), rel=1e-10, abs=1e-12)
    J = Graph(G.jacobian(sparse="dense").tape).simplify().compile()
    h = 1e-6
    slope = (np.array(G.evaluate(x + h, y, z).outputs) - np.array(G.evaluate(x - h, y, z).outputs)) / (2 * h)
    assert J(x, y, z)[:, 0] == pytest.approx(slope, rel=1e-6, abs=1e-6)


def test_the_pendulum_against_sympy() -> None:
    import sympy as sp

    task = published.pendulum(3)
    jacobian = task.equations.jacobian(task.states)
    point = np.random.default_rng(1).uniform(0.5, 1.5, len(task.symbols))
    expected = sp.lambdify(task.symbols, jacobian, cse=True)(*point)
    J = published.our_jacobian(task)
    assert J.compile()(*point)[1] == pytest.approx(np.asarray(expected), rel=1e-9, abs=1e-11)
    assert J.cost().operations < published.sympy_operations(task.equations, jacobian)


def test_the_sparse_hessian_of_rosenbrock_is_linear_in_its_inputs() -> None:
    """Value and gradient take 13 operations for each input; a row of the Hessian has two entries of its own."""
    H = published.sparse_rosenbrock(1000)
    assert H.cost().operations <= 20 * 1000
