"""Right-hand sides of differential equations in the ordinary way: an array of zeros, filled by entries or slices."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew

jax = pytest.importorskip("jax", reason="jax is a peer, not a dependency of the tests")
jnp = jax.numpy
jax.config.update("jax_enable_x64", True)


def lotka_volterra(u: Any, p: Any) -> Any:
    du = np.zeros(2)
    du[0] = p[0] * u[0] - p[1] * u[0] * u[1]
    du[1] = p[2] * u[0] * u[1] - p[3] * u[1]
    return du


def lotka_volterra_by_hand(u: Any, p: Any) -> Any:
    return [p[0] * u[0] - p[1] * u[0] * u[1], p[2] * u[0] * u[1] - p[3] * u[1]]


def lorenz(u: Any, p: Any) -> Any:
    du = np.empty(3)
    x, y, z = u
    du[0] = p[0] * (y - x)
    du[1] = x * (p[1] - z) - y
    du[2] = x * y - p[2] * z
    return du


def lorenz_by_hand(u: Any, p: Any) -> Any:
    x, y, z = u
    return [p[0] * (y - x), x * (p[1] - z) - y, x * y - p[2] * z]


def heat(u: Any, p: Any) -> Any:
    du = np.zeros_like(u)
    du[1:-1] = p[0] * (u[2:] - 2 * u[1:-1] + u[:-2])
    du[0] = p[1] * (u[1] - u[0])
    du[-1] += p[1] * (u[-2] - u[-1])
    return du


def heat_by_hand(u: Any, p: Any) -> Any:
    inner = [p[0] * (u[k + 1] - 2 * u[k] + u[k - 1]) for k in range(1, len(u) - 1)]
    return [p[1] * (u[1] - u[0]), *inner, p[1] * (u[-2] - u[-1])]


def sir(u: Any, p: Any) -> Any:
    rates = {"beta": p[0], "gamma": p[1], "flows": np.zeros(2)}
    rates["flows"][0] = rates["beta"] * u[0] * u[1]
    rates["flows"][1] = rates["gamma"] * u[1]
    du = np.zeros(u.shape)
    du[0] -= rates["flows"][0]
    du[1] += rates["flows"][0] - rates["flows"][1]
    du[2] += rates["flows"][1]
    return du


def sir_by_hand(u: Any, p: Any) -> Any:
    return [-p[0] * u[0] * u[1], p[0] * u[0] * u[1] - p[1] * u[1], p[1] * u[1]]


def pendulum(u: Any, p: Any) -> Any:
    theta, omega = u[0], u[1]
    mass = np.eye(2)
    mass[1, 1] = p[0] ** 2
    force = np.array([omega, -9.81 * p[0] * np.sin(theta)], dtype=np.float64)
    return force / np.diag(mass)


def pendulum_by_hand(u: Any, p: Any) -> Any:
    return [u[1], -9.81 * jnp.sin(u[0]) / p[0]]


def two_dimensions(u: Any, p: Any) -> Any:
    grid = u.reshape(3, 3)
    out = np.zeros((3, 3))
    for i in range(3):
        for j in range(3):
            out[i, j] = p[0] * (grid[(i + 1) % 3, j] - 2 * grid[i, j] + grid[i, j - 1])
    out[1:, :] *= p[1]
    return out.ravel()


def two_dimensions_by_hand(u: Any, p: Any) -> Any:
    g = u.reshape(3, 3)
    rows = p[0] * (jnp.roll(g, -1, 0) - 2 * g + jnp.roll(g, 1, 1))
    return rows.at[1:].multiply(p[1]).reshape(-1)


MODELS = {
    "Lotka-Volterra": (lotka_volterra, lotka_volterra_by_hand, 2, 4),
    "Lorenz": (lorenz, lorenz_by_hand, 3, 3),
    "heat": (heat, heat_by_hand, 6, 2),
    "SIR": (sir, sir_by_hand, 3, 2),
    "pendulum": (pendulum, pendulum_by_hand, 2, 1),
    "two dimensions": (two_dimensions, two_dimensions_by_hand, 9, 2),
}


def _point(n: int, m: int) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(n + m)
    return rng.uniform(0.3, 1.5, n), rng.uniform(0.3, 1.5, m)


@pytest.mark.parametrize("kind", ["group", "tensor"])
@pytest.mark.parametrize("name", MODELS)
def test_values_and_jacobians(name: str, kind: str) -> None:
    f, by_hand, n, m = MODELS[name]
    u, p = _point(n, m)
    declared = {"u": n, "p": m} if kind == "group" else {"u": ew.tensor(n), "p": ew.tensor(m)}
    G = ew.trace(f, **declared)
    found = np.asarray(G.evaluate({"u": u, "p": p}).result, dtype=float)
    assert found == pytest.approx(np.asarray(by_hand(u, p), dtype=float), rel=1e-13, abs=1e-14)
    assert found == pytest.approx(np.asarray(f(u, p), dtype=float), rel=1e-13, abs=1e-14)
    expected = jax.jacobian(lambda a, b: jnp.stack(list(by_hand(a, b))), argnums=(0, 1))(jnp.array(u), jnp.array(p))
    _, slopes = G.jacobian().simplify().compile(backend="numpy")(u, p)
    for slope, exact in zip(slopes, expected, strict=True):
        assert np.asarray(slope, dtype=float) == pytest.approx(np.asarray(exact), rel=1e-12, abs=1e-13)


def test_named_length() -> None:
    u, p = _point(7, 2)
    G = ew.trace(heat, u=ew.tensor("n"), p=ew.tensor(2))
    assert np.asarray(G.evaluate({"u": u, "p": p}).result) == pytest.approx(np.asarray(heat_by_hand(u, p)), rel=1e-13)


def runge_kutta(f: Callable[..., Any], u: Any, p: Any, steps: int) -> Any:
    path = np.zeros((steps + 1, len(u)))
    path[0] = u
    for k in range(steps):
        a = f(path[k], p)
        b = f(path[k] + 0.05 * a, p)
        path[k + 1] = path[k] + 0.1 * b
    return np.sum(path[-1] ** 2) + path[1, 0]


@pytest.mark.parametrize("kind", ["group", "tensor"])
def test_a_trajectory_in_an_array(kind: str) -> None:
    u, p = _point(2, 4)
    declared = {"u": 2, "p": 4} if kind == "group" else {"u": ew.tensor(2), "p": ew.tensor(4)}
    G = ew.trace(lambda u, p: runge_kutta(lotka_volterra, u, p, 4), **declared)

    def by_hand(u: Any, p: Any) -> Any:
        path = [u]
        for _ in range(4):
            a = jnp.stack(lotka_volterra_by_hand(path[-1], p))
            path.append(path[-1] + 0.1 * jnp.stack(lotka_volterra_by_hand(path[-1] + 0.05 * a, p)))
        return jnp.sum(path[-1] ** 2) + path[1][0]

    expected = jax.grad(by_hand, argnums=(0, 1))(jnp.array(u), jnp.array(p))
    _, slopes = G.gradient().simplify().compile(backend="numpy")(u, p)
    for slope, exact in zip(slopes, expected, strict=True):
        assert np.asarray(slope, dtype=float) == pytest.approx(np.asarray(exact), rel=1e-12)
