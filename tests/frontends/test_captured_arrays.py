"""Arrays that a function reads from outside: large ones are arguments of what is printed, under their own names."""

from __future__ import annotations

import pickle
from functools import partial
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers

DATA = np.random.default_rng(0).normal(size=(40, 5))
target = np.random.default_rng(1).normal(size=40)


def loss(w: Any) -> Any:
    return np.sum((DATA @ w - target) ** 2) + w @ np.array([1.5, -2.0, 0.25, 3.0, 1.0])


def wanted(w: Any) -> Any:
    return 2 * DATA.T @ (DATA @ w - target) + np.array([1.5, -2.0, 0.25, 3.0, 1.0])


def test_large_arrays_are_arguments_and_small_ones_are_written() -> None:
    source = ew.trace(loss, w=ew.tensor(5)).gradient().simplify().to_python(name="f", target="numpy")
    assert "def f(w, *, DATA):" in source
    assert "DATA: array of shape (40, 5), captured in the graph" in source
    assert "array([1.5, -2.0, 0.25, 3.0, 1.0])" in source
    assert len(source) < 3000
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    w = np.linspace(-1, 1, 5)
    np.testing.assert_allclose(namespace["f"](w, DATA=DATA)[1], wanted(w), rtol=1e-13)


@pytest.mark.parametrize("backend", ["numpy", "jax", "torch"])
def test_a_compiled_function_has_them(backend: str) -> None:
    if backend != "numpy":
        peers.available(backend)
    w = np.linspace(-1, 1, 5)
    f = ew.trace(loss, w=ew.tensor(5)).gradient().simplify().compile(backend=backend)
    for run in (f, pickle.loads(pickle.dumps(f))):
        np.testing.assert_allclose(np.asarray(run(w)[1]), wanted(w), rtol=1e-12)


def test_names_come_from_closures_methods_and_partial_functions() -> None:
    def closed(scale: Any) -> Any:
        table = scale * np.arange(70.0) ** 2
        return lambda x: x @ table

    class Model:
        def __init__(self) -> None:
            self.weights = np.arange(70.0) ** 3

        def value(self, x: Any) -> Any:
            return x @ self.weights

    functions = {
        "table": closed(2.0),
        "weights": Model().value,
        "given": partial(lambda x, given: x @ given, given=np.arange(70.0) ** 4),
        "data": lambda x: x @ (np.arange(70.0) ** 5),
    }
    for name, function in functions.items():
        source = ew.trace(function, x=ew.tensor(70)).to_python(target="numpy")
        assert f"(x, *, {name}):" in source


def test_formulas_call_them_by_name() -> None:
    B = ew.trace(lambda w: np.sum((DATA @ w - target) ** 2), w=ew.tensor(5)).gradient().simplify()
    assert B.to_latex() == r"2\,\mathrm{DATA}^\top (\mathrm{DATA} w - \mathrm{target})"
