"""Tensor programs as callables: NumPy, JAX or torch source, executed."""

from __future__ import annotations

import importlib
import weakref
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np

from edgewise.errors import InputError, LoweringError, ShapeError
from edgewise.graph import Parameter
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
        self._plans = [_plan(parameter) for parameter in program.parameters]
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
        try:
            return self._called(args)
        except (ArithmeticError, ValueError, IndexError, RuntimeError) as error:
            if all(0 not in np.shape(value) for value in args):
                raise
            raise ShapeError(
                f"an input has an axis of length 0: {' '.join(str(error).split())[:100]}",
                hint="sums and products of nothing are 0 and 1; means and extremes of nothing do not exist",
            ) from None

    def _called(self, args: Sequence[Any]) -> Any:
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
        """Kinds and shapes. What is read off without arithmetic nearly always fits, else it is looked at again."""
        sizes: dict[str, int] = {}
        fits = True
        for parameter, plan, value in zip(self.parameters, self._plans, args, strict=True):
            array = value if hasattr(value, "shape") else np.asarray(value)
            wanted = "iu" if parameter.kind == "integer" else "fiub"
            if _kind(array) not in wanted:
                raise InputError(
                    f"the input {parameter.name!r} was given {value!r:.60} of type {type(value).__name__}",
                    hint="give whole numbers" if wanted == "iu" else "give real numbers",
                )
            shape = array.shape
            if plan is None or len(shape) != len(plan):
                fits = False
                continue
            for length, number in zip(plan, shape, strict=True):
                known = length if isinstance(length, int) else sizes.setdefault(length, number)
                fits = fits and known == number
        if not fits:
            shapes = [tuple(np.shape(value)) for value in args]
            solve_dimensions((p.name, p.shape, shape) for p, shape in zip(self.parameters, shapes, strict=True))


def _plan(parameter: Parameter) -> tuple[int | str, ...] | None:
    """A shape as numbers and names; None where it has polynomials."""
    if all(type(length) is int or length.is_Symbol for length in parameter.shape):
        return tuple(length if type(length) is int else length.name for length in parameter.shape)
    return None


def _kind(array: Any) -> str:
    """The kind of an array's numbers, as NumPy has it; torch's own types say only whether they are floating."""
    dtype: Any = getattr(array, "dtype", None)
    if hasattr(dtype, "kind"):
        return str(dtype.kind)
    return "f" if getattr(dtype, "is_floating_point", True) else "i"


def compile_tensors(program: TensorProgram, backend: str, name: str) -> TensorCompiled:
    """The callable of a tensor program: "numpy", "jax" or "torch"."""
    if backend not in ("numpy", "jax", "torch"):
        raise LoweringError(
            f"a tensor graph is not compiled for {backend!r}",
            hint='use "numpy", "jax" or "torch", or for small shapes "llvm", "c" or "python"',
        )
    return TensorCompiled(program, name, backend)
