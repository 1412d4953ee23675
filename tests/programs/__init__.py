"""Programs as people who use NumPy and SciPy write them, and what judges their derivatives: JAX, or complex steps."""

from __future__ import annotations

import dataclasses
import functools
import math
import types
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

import edgewise as ew

__all__ = ["PROGRAMS", "SIZES", "Program", "program"]

SIZES: dict[str, int] = {"n": 6, "d": 4, "k": 3, "m": 5, "T": 7}


@dataclasses.dataclass(frozen=True)
class Program:
    """A function, what is differentiated, the shapes of its arguments, and how their values are drawn.

    `how` says for an argument: pos, unit (in 0 to 1), psd, lower, rows (that sum to 1), labels:<below>, sorted, 01.
    """

    fn: Callable[..., Any]
    wrt: tuple[str, ...]
    shapes: Mapping[str, tuple[int | str, ...]]
    how: Mapping[str, str]
    judge: str
    named: bool
    scalars: bool

    @property
    def name(self) -> str:
        return self.fn.__name__

    def shape(self, argument: str) -> tuple[int, ...]:
        return tuple(SIZES[e] if isinstance(e, str) else e for e in self.shapes[argument])

    def values(self, seed: int = 0) -> dict[str, Any]:
        rng = np.random.default_rng([seed, *self.name.encode()])
        return {key: _drawn(rng, self.shape(key), self.how.get(key, "")) for key in self.shapes}

    def tensors(self, named: bool) -> dict[str, Any]:
        places = {key for key, how in self.how.items() if how.startswith("labels")}
        return {
            key: ew.tensor(*(shape if named else self.shape(key)), dtype=int if key in places else float)
            for key, shape in self.shapes.items()
        }

    def reference(self, modules: Mapping[str, Any]) -> Callable[..., Any]:
        """The function with other modules in the place of NumPy and SciPy, and so are the helpers of its file."""
        space = dict(self.fn.__globals__)
        space |= {key: value for key, value in modules.items() if key in space}
        for key, value in list(space.items()):
            if isinstance(value, types.FunctionType) and value.__globals__ is self.fn.__globals__:
                space[key] = _moved(value, space)
        return _moved(self.fn, space)


def _moved(fn: types.FunctionType | Callable[..., Any], space: dict[str, Any]) -> Any:
    assert isinstance(fn, types.FunctionType)
    made = types.FunctionType(fn.__code__, space, fn.__name__, fn.__defaults__, fn.__closure__)
    made.__kwdefaults__ = fn.__kwdefaults__
    return made


def _drawn(rng: np.random.Generator, shape: tuple[int, ...], how: str) -> Any:
    kind, _, below = how.partition(":")
    x: Any = rng.normal(size=shape)
    if kind == "labels":
        return rng.integers(int(below) if below.isdigit() else SIZES[below], size=shape)
    if kind == "01":
        return rng.integers(2, size=shape).astype(float)
    if kind == "pos":
        x = rng.uniform(0.5, 1.5, size=shape)
    elif kind == "unit":
        x = rng.uniform(0.1, 0.9, size=shape)
    elif kind == "psd":
        x = np.eye(shape[-1]) + x @ np.swapaxes(x, -1, -2) / shape[-1]
    elif kind == "lower":
        x = np.tril(x) + 2 * np.eye(shape[0])
    elif kind == "rows":
        x = rng.uniform(0.2, 1.0, size=shape)
        x = x / x.sum(axis=-1, keepdims=True)
    elif kind == "sorted":
        x = np.cumsum(rng.uniform(0.2, 1.0, size=shape))
    elif kind == "count":
        x = rng.integers(0, 6, size=shape).astype(float)
    return x if shape else float(x)


PROGRAMS: list[Program] = []


def program(
    wrt: str, how: Mapping[str, str] | str = "", judge: str = "jax", named: bool = True, scalars: bool = True,
    **shapes: Any,
) -> Callable[..., Any]:  # fmt: skip
    """A row of the table: `program("w", "y: pos", X="n,d", w="d", y="n")`; "" is a scalar.

    `judge` is jax, or complex for what JAX cannot run (in place). `named`: its dimensions may have names.
    `scalars`: it is also tried on arrays of scalars.
    """
    entries = (part.split(": ") for part in how.split("; ") if part) if isinstance(how, str) else how.items()
    drawn = {key.strip(): value.strip() for key, value in entries}
    dims = {
        key: tuple(int(e) if e.strip().isdigit() else e.strip() for e in text.split(",")) if text else ()
        for key, text in shapes.items()
    }

    def add(fn: Callable[..., Any]) -> Callable[..., Any]:
        PROGRAMS.append(Program(fn, tuple(wrt.split()), dims, drawn, judge, named, scalars))
        return fn

    return add


# --- judges ----------------------------------------------------------------------------------------------------------

_STENCIL = ((1, 0.75), (2, -0.15), (3, 1 / 60))


def differences(f: Callable[[Any], Any], at: Any, step: float) -> Any:
    """The derivative of an array-valued function by central differences of sixth order, [output][input]."""
    at = np.asarray(at, dtype=float)
    columns = []
    for place in np.ndindex(at.shape):
        total: Any = 0.0
        for k, weight in _STENCIL:
            high, low = at.copy(), at.copy()
            high[place] += k * step
            low[place] -= k * step
            total = total + weight * (np.asarray(f(high[()])) - np.asarray(f(low[()])))
        columns.append(total / step)
    stacked = np.stack(columns, axis=-1)
    return stacked.reshape(stacked.shape[:-1] + at.shape)


class _ComplexNumPy(types.SimpleNamespace):
    """NumPy whose constructors make complex arrays, and whose kinks and comparisons look at the real part."""

    def __getattr__(self, name: str) -> Any:
        return getattr(np, name)


def _filled(name: str) -> Any:
    return lambda *args, **k: getattr(np, name)(*args, **{**k, "dtype": complex})


def _real(name: str) -> Any:
    return lambda *args, **k: getattr(np, name)(*(np.real(a) for a in args), **k)


COMPLEX = _ComplexNumPy(
    **{name: _filled(name) for name in ("zeros", "ones", "empty", "zeros_like", "ones_like", "empty_like", "full")},
    abs=lambda x: np.where(np.real(x) < 0, -x, x),
    maximum=lambda a, b: np.where(np.real(a) >= np.real(b), a, b),
    minimum=lambda a, b: np.where(np.real(a) <= np.real(b), a, b),
    linalg=types.SimpleNamespace(**vars(np.linalg) | {"norm": lambda x: np.sqrt(np.sum(x * x))}),
)


def complex_gradient(program: Program, values: dict[str, Any], name: str) -> Any:
    """By steps into the complex plane, exact to rounding for what is analytic in real operations."""
    f = program.reference({"np": COMPLEX, "math": COMPLEX})
    at = np.asarray(values[name], dtype=complex)
    found = []
    for place in np.ndindex(at.shape):
        moved = at.copy()
        moved[place] += 1e-30j
        out = f(**{**values, name: moved if moved.shape else moved[()]})
        found.append(np.imag(np.asarray(out, dtype=complex)) / 1e-30)
    stacked = np.stack(found, axis=-1)
    return stacked.reshape(stacked.shape[:-1] + at.shape)


def complex_hessian(program: Program, values: dict[str, Any], name: str) -> Any:
    """Central differences of sixth order of that."""
    at = np.asarray(values[name], dtype=float)
    columns = []
    for place in np.ndindex(at.shape):
        total: Any = 0.0
        for k, weight in ((1, 0.75), (2, -0.15), (3, 1 / 60)):
            for sign in (1, -1):
                moved = at.copy()
                moved[place] += sign * k * 2e-3
                total = total + sign * weight * complex_gradient(program, {**values, name: moved}, name)
        columns.append(total / 2e-3)
    return np.stack(columns, axis=-1).reshape(at.shape * 2)


@functools.cache
def _jax_modules() -> dict[str, Any]:
    import jax

    jax.config.update("jax_enable_x64", True)
    import jax.numpy as jnp
    import jax.scipy.linalg as jl
    import jax.scipy.special as js

    aliases = {"acos": "arccos", "asin": "arcsin", "atan": "arctan", "atan2": "arctan2", "fabs": "abs", "pow": "power"}
    of_math = {n: getattr(jnp, aliases.get(n, n)) for n in dir(math) if hasattr(jnp, aliases.get(n, n))}
    of_math |= {"lgamma": js.gammaln, "erf": js.erf, "erfc": js.erfc, "gamma": js.gamma}
    js.psi, js.j0 = js.digamma, lambda x: js.bessel_jn(x, v=0)[0]
    return {"np": jnp, "sp": js, "sl": jl, "math": types.SimpleNamespace(**of_math)}


def reference_values(program: Program, values: dict[str, Any], second: bool = False) -> tuple[Any, list[Any], Any]:
    """The value, its derivative in each of `wrt`, and the second derivative in the last of them."""
    if program.judge == "complex":
        value = program.fn(**{k: np.array(v) if np.ndim(v) else v for k, v in values.items()})
        first = [complex_gradient(program, values, name) for name in program.wrt]
        return value, first, complex_hessian(program, values, program.wrt[-1]) if second else None
    import jax

    f = program.reference(_jax_modules())
    given = {key: jax.numpy.asarray(value) for key, value in values.items()}
    places = tuple(list(values).index(name) for name in program.wrt)
    call = lambda *args: f(**dict(zip(values, args, strict=True)))  # noqa: E731
    value = call(*given.values())
    first = jax.jacrev(call, places)(*given.values())
    curved = None
    if second and np.ndim(value) == 0:
        curved = jax.jacfwd(jax.grad(call, places[-1]), places[-1])(*given.values())
    return value, list(first), curved
