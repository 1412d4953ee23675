"""Programs as people who use NumPy and SciPy write them, and what judges their derivatives: JAX and differences."""

from __future__ import annotations

import dataclasses
import functools
import math
import types
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

import edgewise as ew

__all__ = ["PROGRAMS", "SIZES", "Program", "by_differences", "by_jax", "copied", "program"]

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
    wrt: str, how: Mapping[str, str] | str = "", judge: str = "jax", named: bool = True,
    **shapes: Any,
) -> Callable[..., Any]:  # fmt: skip
    """A row of the table: `program("w", "y: pos", X="n,d", w="d", y="n")`; "" is a scalar.

    `judge` is jax, or differences for what JAX cannot run: in place. `named`: its dimensions may have names.
    """
    entries = (part.split(": ") for part in how.split("; ") if part) if isinstance(how, str) else how.items()
    drawn = {key.strip(): value.strip() for key, value in entries}
    dims = {
        key: tuple(int(e) if e.strip().isdigit() else e.strip() for e in text.split(",")) if text else ()
        for key, text in shapes.items()
    }

    def add(fn: Callable[..., Any]) -> Callable[..., Any]:
        PROGRAMS.append(Program(fn, tuple(wrt.split()), dims, drawn, judge, named))
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


def by_differences(program: Program, values: Mapping[str, Any]) -> tuple[Any, list[Any]]:
    """NumPy's own value, and its derivative in each of `wrt` by small steps."""

    def along(name: str) -> Callable[[Any], Any]:
        return lambda at: program.fn(**copied({**values, name: at}))

    value = program.fn(**copied(values))
    return value, [differences(along(name), values[name], 5e-4) for name in program.wrt]


def copied(values: Mapping[str, Any]) -> dict[str, Any]:
    """Arrays that a program may write into."""
    return {key: np.array(value) if np.ndim(value) else value for key, value in values.items()}


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
    special = types.SimpleNamespace(**{"psi": js.digamma, **vars(js)})
    return {"np": jnp, "sp": special, "sl": jl, "math": types.SimpleNamespace(**of_math)}


def by_jax(program: Program, values: Mapping[str, Any]) -> tuple[Any, list[Any], Any]:
    """The value, its derivative in each of `wrt`, and of a number the second derivative in the last of them."""
    import jax

    f = program.reference(_jax_modules())
    places = tuple(list(values).index(name) for name in program.wrt)

    def call(*args: Any) -> Any:
        return f(**dict(zip(values, args, strict=True)))

    def all_of_them(*args: Any) -> Any:
        value, first = call(*args), jax.jacrev(call, places)(*args)
        curved = None if value.shape else jax.jacfwd(jax.grad(call, places[-1]), places[-1])(*args)
        return value, list(first), curved

    found: tuple[Any, list[Any], Any] = jax.jit(all_of_them)(*map(jax.numpy.asarray, values.values()))
    return found
