"""Tensor programs as callables: NumPy, JAX or torch source, executed."""

from __future__ import annotations

import importlib
import weakref
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np

from edgewise.errors import InputError, LoweringError
from edgewise.lower.compiled import Compiled
from edgewise.lower.compiled_python import executed, forget
from edgewise.lower.tensor_source import TensorProgram, tensor_source
from edgewise.ops import solve_dimensions

__all__ = ["TensorCompiled", "compile_tensors"]


class TensorCompiled(Compiled):
    """A compiled tensor graph: call it with arrays by position or by name. `source` is the text that runs.

    The shapes of the values are checked against the declared ones at every call; `function` is the emitted function
    itself, without checks, for loops and for the library's own transformations.
    """

    def __init__(self, program: TensorProgram, name: str, target: str) -> None:
        super().__init__(program, name)
        self._program, self._target = program, target
        self._library: Any = None
        if target != "numpy":
            try:
                self._library = importlib.import_module(target)
            except ImportError:
                raise LoweringError(f"{target} is not installed", hint=f'pip install "edgewise[{target}]"') from None
        self._source = tensor_source(program, name, target)
        self.function, files = executed(self._source)
        weakref.finalize(self, forget, files)
        self._run: Callable[..., Any] = self._library.jit(self.function) if target == "jax" else self.function

    @property
    def source(self) -> str:
        """The Python module that runs."""
        return self._source.text

    def __reduce__(self) -> tuple[Any, ...]:
        return TensorCompiled, (self._program, self.name, self._target)

    def __call__(self, *args: Any, **named: Any) -> Any:
        """The results for the given arrays, nested as the graph's outputs are."""
        if named or len(args) != len(self.parameters):
            args = self._arguments(args, named)
        self._check(args)
        if self._target != "jax":
            with np.errstate(all="ignore"):
                return self._run(*args)
        traced = any(isinstance(a, self._library.core.Tracer) for a in args)
        enable = getattr(self._library, "enable_x64", None)
        if enable is None:
            enable = importlib.import_module("jax.experimental").enable_x64
        with nullcontext() if traced else enable(True):
            return self._run(*args)

    def _check(self, args: Sequence[Any]) -> None:
        shapes = []
        for parameter, value in zip(self.parameters, args, strict=True):
            array = value if hasattr(value, "shape") else np.asarray(value)
            kind = getattr(getattr(array, "dtype", None), "kind", "f")
            wanted = "iu" if parameter.kind == "integer" else "fiub"
            if kind not in wanted:
                raise InputError(
                    f"the input {parameter.name!r} was given {value!r:.60} of type {type(value).__name__}",
                    hint="give whole numbers" if wanted == "iu" else "give real numbers",
                )
            shapes.append((parameter.name, parameter.shape, tuple(array.shape)))
        solve_dimensions(shapes)


def compile_tensors(program: TensorProgram, backend: str, name: str) -> TensorCompiled:
    """The callable of a tensor program: "numpy", "jax" or "torch"."""
    if backend not in ("numpy", "jax", "torch"):
        raise LoweringError(
            f"a tensor graph is not compiled for {backend!r}",
            hint='use "numpy", "jax" or "torch", or G.scalarize(n=…) for fixed small shapes',
        )
    return TensorCompiled(program, name, backend)
