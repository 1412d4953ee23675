"""Emitted source under JAX or torch: its functions may be transformed by the library again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.errors import LoweringError
from edgewise.graph import Shape, batch_shape, in_single, is_single, ordinary, real_value
from edgewise.lower.out_arrays import spread
from edgewise.lower.program import Program
from edgewise.lower.python.executed import SourceCompiled
from edgewise.lower.python.libraries import in_double, library
from edgewise.lower.python.python_printer import python_source

__all__ = ["LARGEST", "LibraryCompiled"]

LARGEST: Final = 20_000
"""Operations that XLA compiles in some minutes; its time grows faster than the graph."""


class LibraryCompiled(SourceCompiled):
    """A compiled graph that runs under "jax" (jitted) or "torch". Arrays and tensors broadcast.

    `function` is the emitted function itself, for the library's own transformations: `jax.vmap(f.function)`,
    `jax.grad`, torch's autograd. Raises LoweringError where the library is missing, and for graphs that XLA would take
    very long to compile.
    """

    _takes_options = False

    def __init__(self, program: Program, name: str, target: str) -> None:
        self._library: Any = library(target)
        if target == "jax" and program.operations > LARGEST:
            raise LoweringError(
                f"a graph of {program.operations:,} operations would take XLA many minutes to compile",
                hint=f'the back end "jax" takes up to {LARGEST:,}; use "llvm", or run to_python(target="jax") unjitted',
            )
        super().__init__(program, name, target, python_source(program, name, target))
        self.function = self._executed(self._source)
        self._run = self._jitted(self.function)

    def _jitted(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """What runs a function."""
        run: Callable[..., Any] = self._library.jit(function) if self._target == "jax" else function
        return run

    @cached_property
    def _in_batches(self) -> Callable[..., Any]:
        """The function for groups with further axes in front, made when it is first needed."""
        return self._jitted(self._executed(python_source(self._program, self.name, self._target, batches=True)))

    def _results(self, args: tuple[Any, ...]) -> Any:
        values = tuple(
            a if self._owns(a) else ordinary(real_value(name, a)) for name, a in zip(self._names, args, strict=True)
        )
        shape, single = batch_shape(self.parameters, values), is_single(values)
        leads = any(p.shape and np.ndim(v) > len(p.shape) for p, v in zip(self.parameters, values, strict=True))
        with self._double(values):
            result = (self._in_batches if leads else self._run)(*values)
            if shape:
                result = spread(self.layout, result, shape, self._whole)
            return in_single(result) if single else result

    def _whole(self, value: Any, shape: Shape) -> Any:
        if self._target == "torch":
            return self._library.broadcast_to(self._library.as_tensor(value, dtype=self._library.float64), shape)
        return self._library.numpy.broadcast_to(value, shape)

    def _owns(self, value: Any) -> bool:
        """Whether a value is one of the library's arrays or tracers, which it checks itself."""
        kind = self._library.Tensor if self._target == "torch" else self._library.Array
        return isinstance(value, kind)

    def _double(self, args: tuple[Any, ...]) -> Any:
        return in_double(self._library, args) if self._target == "jax" else nullcontext()
