"""The functions of functions beside JAX's, on what users write: values, nesting, shapes."""

from __future__ import annotations

import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew

jax = pytest.importorskip("jax", reason="jax is a peer, not a dependency of the tests")
jnp = jax.numpy

pytestmark = pytest.mark.peer

RNG = np.random.default_rng(5)
A = RNG.normal(size=(4, 4)) + 4 * np.eye(4)
B = RNG.normal(size=4)
X = RNG.normal(size=(30, 4))
Y = np.sign(RNG.normal(size=30))
LABELS = np.array([0, 2, 1, 3])


def logistic(w: Any, x: Any, y: Any) -> Any:
    return np.mean(np.log1p(np.exp(-y * (x @ w))))


def network(p: Any, x: Any) -> Any:
    for weight, bias in p["layers"]:
        x = np.tanh(x @ weight + bias)
    return np.mean(x**2) * p["scale"]


def chain(x: Any) -> Any:
    total = 0.0
    for k in range(len(x) - 1):
        total = total + (x[k + 1] - x[k] ** 2) ** 2
    return total


def picked(w: Any) -> Any:
    z = X[:4] @ w
    return np.mean(np.log(np.sum(np.exp(z), axis=1)) - z[np.arange(4), LABELS])


def quadratic(m: Any, s: Any) -> Any:
    r = B - m
    return -0.5 * r @ np.linalg.solve(s @ s.T + np.eye(4), r) - 0.5 * np.linalg.slogdet(s @ s.T + np.eye(4))[1]


def outputs(x: Any, p: Any) -> Any:
    return {"outer": np.outer(x, x) * p["a"], "pair": (np.sum(x) * p["b"][0], x[:2])}


NETWORK = {"layers": [(RNG.normal(size=(4, 3)), RNG.normal(size=3)), (RNG.normal(size=(3, 2)), 0.5)], "scale": 2.0}

CASES: dict[str, tuple[Callable[..., Any], tuple[Any, ...], Any, tuple[str, ...]]] = {
    "two scalars": (lambda x, y: x * y**2 + np.sin(x), (2.0, 3.0), (0, 1), ("grad", "jacobian", "hessian")),
    "det": (lambda a: np.linalg.det(a), (A,), 0, ("grad", "hessian")),
    "inverse": (lambda a, b: np.sum(np.linalg.inv(a) @ b), (A, B), (0, 1), ("grad", "jacobian", "hessian")),
    "logistic": (logistic, (B, X, Y), 0, ("grad", "hessian")),
    "network": (network, (NETWORK, X), 0, ("grad", "hessian")),
    "chain": (chain, (RNG.normal(size=6),), 0, ("grad", "hessian")),
    "picked": (picked, (A,), 0, ("grad", "hessian")),
    "normal": (quadratic, (B, A), (0, 1), ("grad",)),
    "containers": (outputs, (B, {"a": 2.0, "b": [B, 1.0]}), (0, 1), ("jacobian",)),
}


def with_jax(fn: Callable[..., Any]) -> Callable[..., Any]:
    """The same code on JAX's NumPy."""
    return types.FunctionType(fn.__code__, {**fn.__globals__, "np": jnp}, fn.__name__, fn.__defaults__, fn.__closure__)


@pytest.mark.slow
@pytest.mark.parametrize(("name", "kind"), [(name, kind) for name, case in CASES.items() for kind in case[3]])
def test_values_and_nesting_are_those_of_jax(name: str, kind: str) -> None:
    fn, args, argnums, _ = CASES[name]
    with jax.enable_x64(True):
        expected = getattr(jax, kind)(with_jax(fn), argnums)(*jax.tree_util.tree_map(jnp.asarray, args))
        leaves, tree = jax.tree_util.tree_flatten(jax.tree_util.tree_map(np.asarray, expected))
    found, own = jax.tree_util.tree_flatten(getattr(ew, kind)(fn, argnums)(*args))
    assert own == tree
    for ours, theirs in zip(found, leaves, strict=True):
        assert np.shape(ours) == np.shape(theirs)
        assert ours == pytest.approx(theirs, rel=1e-9, abs=1e-11)
