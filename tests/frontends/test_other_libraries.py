"""Arrays of pandas, xarray, torch and JAX, and of a library that nobody knows, beside what is traced."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import edgewise as ew
import peers
from edgewise.errors import InputError, UnsupportedError

VECTOR, MATRIX = np.array([1.0, 2.0, 3.0]), np.arange(9.0).reshape(3, 3)


class Stranger:
    """An array of a library that nobody knows: NumPy can read it, and it answers for other arrays."""

    __array_priority__ = 1000.0

    def __init__(self, values: Any) -> None:
        self.values = values

    def __array__(self, dtype: Any = None, copy: Any = None) -> Any:
        return np.asarray(self.values, dtype=dtype)

    def __radd__(self, other: Any) -> Any:
        raise TypeError("we do not know that")

    __rsub__ = __rmul__ = __rtruediv__ = __rpow__ = __rmatmul__ = __radd__


def made(library: str) -> Callable[[Any], Any]:
    if library == "stranger":
        return Stranger
    module = peers.library(library)
    if library == "torch":
        return module.tensor  # type: ignore[no-any-return]
    if library == "jax":
        return lambda values: module.numpy.asarray(np.float32(values))
    if library == "pandas":
        return lambda values: module.Series(values) if np.ndim(values) == 1 else module.DataFrame(values)
    return module.DataArray  # type: ignore[no-any-return]


FUNCTIONS: dict[str, Callable[[Any, Any, Any], Any]] = {
    **{
        f"{name} on the right": lambda v, d, _, op=op: op(np.exp(v), d)
        for name, op in (
            ("add", operator.add), ("sub", operator.sub), ("mul", operator.mul), ("truediv", operator.truediv),
            ("pow", operator.pow),
        )
    },
    "matmul on the right": lambda v, _, A: v @ A,
    "of entries": lambda v, d, _: (v[0] * v[1]) * d - d[1] if hasattr(d, "__getitem__") else (v[0] * v[1]) * d - 2.0,
    "a ufunc": lambda v, d, _: np.multiply(v, d),
    "a comparison": lambda v, d, _: np.where(v > d, v, 2 * v),
    "a mask": lambda v, d, _: np.where(np.asarray(d) > 1, v, 0.0),
    "a sum": lambda v, d, _: np.sum(v * d),
}  # fmt: skip
ON_THE_LEFT: dict[str, Callable[[Any, Any, Any], Any]] = {
    "mul on the left": lambda v, d, _: d * np.exp(v),
    "sub on the left": lambda v, d, _: d - np.exp(v),
    "matmul on the left": lambda v, _, A: A @ v,
}
LIBRARIES = ["stranger", "torch", "jax", "pandas", "xarray"]


@pytest.mark.parametrize("library", LIBRARIES)
def test_arrays_of_other_libraries_are_constants(library: str) -> None:
    make = made(library)
    vector, matrix = make(VECTOR), make(MATRIX)
    w = np.array([0.5, -1.0, 2.0])
    rows = FUNCTIONS if library in ("stranger", "xarray", "jax") else FUNCTIONS | ON_THE_LEFT
    for x, without in ((w, ()), (0.5, ("of entries", "matmul on the right", "matmul on the left"))):
        fs = {name: f for name, f in rows.items() if name not in without}
        found = ew.jacobian(lambda v: [f(v, vector, matrix) for f in fs.values()])(x)  # noqa: B023
        expected = ew.jacobian(lambda v: [f(v, VECTOR, MATRIX) for f in fs.values()])(x)  # noqa: B023
        for name, got, right in zip(fs, found, expected, strict=True):
            assert np.allclose(got, right, rtol=1e-12), name
    assert np.allclose(ew.graph(ew.symbols("x") * vector).compile()(2.0), 2 * VECTOR)
    for extent in (3, ew.tensor(3)):
        assert np.allclose(ew.trace(lambda x: np.sum(x * vector), x=extent).gradient().compile()(w)[1], VECTOR)
    assert np.allclose(ew.grad(lambda v, d: np.sum(v * d))(w, vector), VECTOR)  # as data


@pytest.mark.parametrize("library", ["pandas", "xarray"])
def test_what_they_compute_of_expressions_is_a_result(library: str) -> None:
    vector = made(library)(VECTOR)
    w = np.array([0.5, -1.0, 2.0])
    for f in (lambda v: vector * v[0], lambda v: vector - v):
        assert np.allclose(ew.jacobian(f)(w), ew.jacobian(lambda v, f=f: np.asarray(f(v)))(w))
    assert ew.grad(lambda s: (vector * s).sum())(0.5) == 6.0


def test_what_torch_differentiates_has_no_numbers() -> None:
    variable = peers.library("torch").tensor([1.0, 2.0], requires_grad=True)
    with pytest.raises(InputError, match=r"of type Tensor; give x\.detach\(\)"):
        ew.grad(lambda x: np.sum(x))(variable)
    with pytest.raises(UnsupportedError, match=r"a Tensor that torch differentiates or traces.*x\.detach\(\)"):
        ew.grad(lambda x: np.sum(x * variable))(1.0)


def test_what_jax_traces_has_no_numbers() -> None:
    jax = peers.library("jax")
    with pytest.raises(InputError, match=r"holds no number to differentiate in"):
        jax.grad(lambda x: ew.grad(np.sin)(x))(1.0)
    with pytest.raises(UnsupportedError) as caught:
        ew.grad(jax.numpy.sin)(1.0)
    assert "\n" not in str(caught.value)  # whatever JAX says, in one line


def test_unions_of_types_are_written_while_a_function_is_traced() -> None:
    def f(x: Any) -> Any:
        kinds = np.float64 | int | float  # as a module does that is first imported here
        named = str | np.ndarray
        return x * isinstance(1.0, kinds) * (isinstance(np.ones(1), named) + isinstance(np.float64(1.0), np.float64))

    assert ew.grad(f)(2.0) == 2.0
