"""Tensor programs as callables: NumPy, JAX or torch source, executed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final

import numpy as np

from edgewise.errors import EdgewiseError, InputError, LoweringError, ShapeError
from edgewise.graph import (
    Layout,
    Parameter,
    Shape,
    apart,
    in_single,
    is_single,
    ordinary,
    real_value,
    tensor_batch,
    too_short,
)
from edgewise.lower.out_arrays import over_leaves
from edgewise.lower.python.executed import SourceCompiled
from edgewise.lower.python.libraries import in_double, library
from edgewise.lower.python.tensor_source import TensorProgram, tensor_source
from edgewise.ops import bound

__all__ = ["TensorCompiled", "compile_tensors"]


REMEMBERED: Final = 1024
"""Combinations of shapes that are known to fit."""


class TensorCompiled(SourceCompiled):
    """A compiled tensor graph: call it with arrays by position or by name. `source` is the text that runs.

    The shapes of the values are checked against the declared ones at every call; `function` is the emitted function
    itself, without checks, for loops and for the library's own transformations.
    """

    def __init__(self, program: TensorProgram, name: str, target: str) -> None:
        super().__init__(program, name, target, tensor_source(program, name, target))
        self._takes_options = target == "numpy"
        self._plans = [_plan(parameter) for parameter in program.parameters]
        self._library: Any = np if target == "numpy" else library(target)
        self.function = self._executed(self._source)
        self._long_enough: set[Any] = set()
        self._run: Callable[..., Any] = self._library.jit(self.function) if target == "jax" else self.function

    def _results(self, args: tuple[Any, ...]) -> Any:
        values, single, fits = self._checked(args)
        decided = self._check_lengths(values)
        try:
            with self._arithmetic(values):
                if fits:
                    try:
                        result = self._run(*values)
                    except ZeroDivisionError:
                        if self._target != "numpy" or all(0 not in np.shape(value) for value in values):
                            raise
                        result = self._on_no_rows()(*values)
                else:
                    shape, sizes = tensor_batch(self.parameters, values)
                    result = self._batch(values, shape, sizes) if shape else self._run(*values)
                if not decided:
                    self._check_lengths(values, result)
                if single:
                    return in_single(result)
                return apart(result, values) if self._target == "numpy" else result
        except (ArithmeticError, ValueError, IndexError, RuntimeError) as error:
            if isinstance(error, EdgewiseError) or all(0 not in np.shape(value) for value in values):
                raise
            if (short := too_short(self._program.tape, tensor_batch(self.parameters, values)[1])) is not None:
                raise short from None
            raise ShapeError(
                f"an input has an axis of length 0: {' '.join(str(error).split())[:100]}",
                hint="sums and products of nothing are 0 and 1; means and extremes of nothing do not exist",
            ) from None

    def _check_lengths(self, values: Sequence[Any], result: Any = None) -> bool:
        """Raise a ShapeError where inputs are too short for a slice: counted from the end, it would begin elsewhere.

        What is taken of nothing is nothing: where an axis has no entries, the shape of the result decides; false until
        it is there. Looked at once for each combination of shapes.
        """
        shapes = tuple(map(np.shape, values))
        if shapes in self._long_enough:
            return True
        batch, sizes = tensor_batch(self.parameters, values)
        if result is None and 0 in sizes.values():
            return False
        error = too_short(self._program.tape, sizes)

        def check(leaf: Layout, value: Any) -> None:
            if error is not None and np.shape(value) != batch + bound(leaf.shape, sizes):
                raise error

        if result is not None:
            over_leaves(self.layout, check, result)
        elif error is not None:
            raise error
        if error is None:
            if len(self._long_enough) > REMEMBERED:
                self._long_enough.clear()
            self._long_enough.add(shapes)
        return True

    def _batch_shape(self, args: Sequence[Any]) -> Shape:
        return tensor_batch(self.parameters, tuple(map(real_value, self._names, args)))[0]

    def _on_no_rows(self) -> Callable[..., Any]:
        """The function with dimensions that divide as NumPy's numbers do: Python's refuse to divide by zero."""
        shape = re.compile(r"^(    \w+(?:, \w+)*) = (\w+\.shape(?:\[\d+\])?)$", flags=re.MULTILINE)
        blocks = tuple(shape.sub(r"\1 = np.array(\2)[()]", block) for block in self._source.blocks)
        return self._executed(replace(self._source, blocks=blocks))

    def _arithmetic(self, values: Sequence[Any]) -> Any:
        """Where nothing warns; under JAX in double precision."""
        return in_double(self._library, values) if self._target == "jax" else np.errstate(all="ignore")

    def _checked(self, args: Sequence[Any]) -> tuple[tuple[Any, ...], bool, bool]:
        """The values, whether results are rounded to single precision, and whether the shapes are the declared ones.

        What is read off without arithmetic nearly always fits, else it is looked at again.
        """
        sizes: dict[str, int] = {}
        values, floating, fits = [], [], True
        for parameter, plan, value in zip(self.parameters, self._plans, args, strict=True):
            array = value if _is_array(value) else real_value(parameter.name, value)
            kind = _kind(array)
            if kind not in ("iu" if parameter.kind == "integer" else "fiub"):
                raise InputError(
                    f"the input {parameter.name!r} was given {value!r:.60} of type {type(value).__name__}",
                    hint="give whole numbers" if parameter.kind == "integer" else "give real numbers",
                )
            if parameter.kind != "integer":
                floating.append(array)
            values.append(array if self._target == "numpy" else ordinary(array))
            shape = np.shape(array)
            if plan is None or len(shape) != len(plan):
                fits = False
                continue
            for length, number in zip(plan, shape, strict=True):
                known = length if isinstance(length, int) else sizes.setdefault(length, number)
                fits = fits and known == number
        return tuple(values), is_single(floating), fits

    def _batch(self, values: Sequence[Any], shape: Shape, sizes: Mapping[str, int]) -> Any:
        """The results over the axes in front of the inputs' own, point by point; JAX vectorises."""
        library = self._library.numpy if self._target == "jax" else self._library
        double = {} if self._target == "jax" else {"dtype": library.float64}
        points = math.prod(shape)
        own = [tuple(np.shape(value)[np.ndim(value) - len(p.shape) :]) for value, p in zip(values, self.parameters)]
        columns = [
            library.broadcast_to(library.asarray(value), shape + axes).reshape((points, *axes))
            for value, axes in zip(values, own, strict=True)
        ]

        def joined(leaf: Layout, *results: Any) -> Any:
            whole = shape + bound(leaf.shape, sizes)
            if not points:
                return library.zeros(whole, **double)
            if self._target == "jax":  # all points in one array
                return results[0].reshape(whole)
            return library.stack([library.asarray(result, **double) for result in results]).reshape(whole)

        if self._target == "jax" and points:
            return over_leaves(self.layout, joined, self._vectorised(*columns))
        return over_leaves(self.layout, joined, *(self._run(*point) for point in zip(*columns)))

    @cached_property
    def _vectorised(self) -> Callable[..., Any]:
        run: Callable[..., Any] = self._library.jit(self._library.vmap(self.function))
        return run


def _is_array(value: Any) -> bool:
    """Whether a value is an array of numbers already: NumPy's or a library's."""
    return hasattr(value, "shape") and hasattr(value, "dtype") and not hasattr(value, "mask") and _kind(value) != "O"


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
