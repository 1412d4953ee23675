"""The models of machine learning: value, gradient and Hessian of tensor nodes equal those of JAX."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import edgewise as ew
from models import MODELS, Model, model

jax = pytest.importorskip("jax", reason="the models are compared with JAX")
jax.config.update("jax_enable_x64", True)

BACKENDS = ("numpy", "jax")
EVERY = pytest.mark.parametrize("entry", MODELS, ids=lambda entry: entry.name.replace(" ", "-"))
CURVED = pytest.mark.parametrize(
    "entry", [entry for entry in MODELS if entry.hessian], ids=lambda entry: entry.name.replace(" ", "-")
)


def graph(entry: Model, sizes: Any = None) -> ew.Graph:
    return ew.trace(entry.function, **entry.tensors(sizes))


def close(got: Any, expected: Any) -> None:
    """Equal to 1e-9 of the largest entry, with the same shape."""
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.shape == expected.shape
    np.testing.assert_allclose(got, expected, rtol=1e-9, atol=1e-9 * np.abs(expected).max())


def nested(entry: Model, derivative: Any) -> tuple[Any, ...]:
    """The derivative in each input, one alone being bare."""
    return (derivative,) if len(entry.wrt) == 1 else tuple(derivative)


def expected_gradient(entry: Model, inputs: dict[str, Any]) -> tuple[Any, ...]:
    found: tuple[Any, ...] = jax.grad(entry.reference, argnums=entry.argnums)(*inputs.values())
    return found


@EVERY
def test_the_function_runs_on_arrays_and_is_the_model_of_jax(entry: Model) -> None:
    inputs = entry.inputs(entry.test)
    close(entry.function(**inputs), entry.reference(**inputs))


@pytest.mark.slow
@EVERY
@pytest.mark.parametrize("backend", BACKENDS)
def test_gradient(entry: Model, backend: str) -> None:
    """One graph with named dimensions serves two sizes."""
    function = graph(entry).gradient(wrt=list(entry.wrt)).simplify().compile(backend=backend)
    larger = {dimension: size + 2 for dimension, size in entry.test.items()}
    for seed, sizes in enumerate((entry.test, larger)):
        inputs = entry.inputs(sizes, seed)
        value, gradient = function(*inputs.values())
        close(value, entry.reference(**inputs))
        for got, expected in zip(nested(entry, gradient), expected_gradient(entry, inputs), strict=True):
            close(got, expected)


@EVERY
def test_gradient_as_written(entry: Model) -> None:
    """Algorithm 6.5 before any simplification, by the reference interpreter, with dimensions that are numbers."""
    inputs = entry.inputs(entry.test)
    outputs = graph(entry, entry.test).gradient(wrt=list(entry.wrt)).evaluate(inputs).outputs
    for got, expected in zip(outputs[-len(entry.wrt) :], expected_gradient(entry, inputs), strict=True):
        close(got, expected)


@pytest.mark.slow
@CURVED
@pytest.mark.parametrize("backend", BACKENDS)
def test_hessian(entry: Model, backend: str) -> None:
    function = graph(entry).hessian(wrt=list(entry.wrt)).simplify().compile(backend=backend)
    inputs = entry.inputs(entry.test)
    value, gradient, hessian = function(*inputs.values())
    close(value, entry.reference(**inputs))
    close(gradient, expected_gradient(entry, inputs)[0])
    close(hessian, jax.hessian(entry.reference, argnums=entry.argnums[0])(*inputs.values()))


@EVERY
def test_torch(entry: Model) -> None:
    torch = pytest.importorskip("torch", reason="torch is a peer, not a test dependency: pip install torch")
    inputs = entry.inputs(entry.test)
    function = graph(entry).gradient(wrt=list(entry.wrt)).simplify().compile(backend="torch")
    value, gradient = function(*(torch.as_tensor(array) for array in inputs.values()))
    close(value, entry.reference(**inputs))
    for got, expected in zip(nested(entry, gradient), expected_gradient(entry, inputs), strict=True):
        close(got, expected)


@pytest.mark.slow
@EVERY
def test_hessian_times_direction(entry: Model) -> None:
    """Forward over reverse, for the models whose Hessian is not asked for too."""
    inputs = entry.inputs(entry.test)
    directions = {name: np.random.default_rng(k).normal(size=inputs[name].shape) for k, name in enumerate(entry.wrt)}
    product = graph(entry).hvp(wrt=list(entry.wrt)).simplify()
    outputs = product.evaluate({**inputs, **{f"{name}_dot": array for name, array in directions.items()}}).outputs
    fixed = {name: array for name, array in inputs.items() if name not in entry.wrt}
    gradient = jax.grad(lambda at: entry.reference(**{**fixed, **at}))
    _, expected = jax.jvp(gradient, ({name: inputs[name] for name in entry.wrt},), (directions,))
    for got, name in zip(outputs[-len(entry.wrt) :], entry.wrt, strict=True):
        close(got, expected[name])


@pytest.mark.slow
@pytest.mark.parametrize("entry", [entry for entry in MODELS if entry.text], ids=lambda entry: entry.name)
def test_text(entry: Model) -> None:
    """The same function as text."""
    inputs = entry.inputs(entry.test)
    derivative = ew.parse(entry.text, shapes=entry.declared).gradient(wrt=list(entry.wrt)).simplify()
    outputs = derivative.evaluate(inputs).outputs
    for got, expected in zip(outputs[-len(entry.wrt) :], expected_gradient(entry, inputs), strict=True):
        close(got, expected)


@pytest.mark.slow
@EVERY
def test_scalarised(entry: Model) -> None:
    """One node for each number: the same gradient by the rules of scalars alone."""
    inputs = entry.inputs(entry.test)
    scalars = graph(entry).scalarize(**entry.test)
    value, gradient = scalars.gradient(wrt=list(entry.wrt)).simplify().compile(backend="python")(*inputs.values())
    close(value, entry.reference(**inputs))
    for got, expected in zip(nested(entry, gradient), expected_gradient(entry, inputs), strict=True):
        close(got, expected)


def test_a_model_is_found_by_its_name() -> None:
    assert model("ridge regression").function.__name__ == "ridge"
    assert len({entry.name for entry in MODELS}) == len(MODELS)
    assert model("two-layer network").argnums == (2, 3)
