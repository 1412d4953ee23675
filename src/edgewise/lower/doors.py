"""The door of the room: which program a graph becomes, one of scalars or one of tensors, and what prints and runs it.

NumPy, JAX and torch are written for tensors of any size. Every other target is for scalars: of a graph of tensors it
gets the small graph of the entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.errors import InputError, LoweringError, did_you_mean
from edgewise.graph import Returns, Tape, for_scalars
from edgewise.graph.tensors.work import work_of
from edgewise.lower import backends, program
from edgewise.lower.backends import BACKENDS
from edgewise.lower.compiled import Compiled
from edgewise.lower.program import Program
from edgewise.ops import CONST, INPUT, TensorOp

if TYPE_CHECKING:
    from edgewise.lower.python.python_printer import Source

__all__ = ["better_in_scalars", "compile_program", "lower", "python_source", "takes"]

SMALL: Final = 1_000
"""Scalar operations up to which a graph of tensors is compiled entry by entry, to native code."""

SINGLE: Final = 200_000
"""The same for a graph of which most operations are on single entries."""


def takes(tape: Tape, target: str | None, sizes: Mapping[str, int]) -> bool:
    """Whether a target takes the graph as it is: one of tensors only where it prints them, for any sizes.

    None stands for the target that suits the graph, and a target that there is not is refused later. An InputError for
    `sizes` that nothing needs.
    """
    if tape.has_tensors:
        from edgewise.lower.python.python_targets import TARGETS
        from edgewise.lower.python.tensor_styles import STYLES

        if target in {*TARGETS, *BACKENDS, "js"} - STYLES.keys():
            return False
    if sizes:
        why = f"{target or 'numpy'!r} takes any size" if tape.has_tensors else "a graph of scalars has none"
        name = next(iter(sizes))
        near = did_you_mean(name, ("backend", "name", "dtype", "target", "free", "module")).strip()
        raise InputError(f"{name}= fixes a dimension, and {why}", hint=near or "leave it out")
    return True


def lower(
    tape: Tape, results: Sequence[Returns], *, roles: Mapping[int, str] | None = None, base: Tape | None = None
) -> Program:
    """The program of what the results need. `roles` are the wished names of nodes.

    `base` is 𝒢, whose formula the source of tensors shows.
    """
    if tape.has_tensors:
        from edgewise.lower.python.tensor_source import lower_tensors

        return lower_tensors(tape, results, roles=roles, base=base)
    return program.lower(tape, results, roles=roles)


def python_source(
    made: Program, name: str = "f", target: str | None = None, *, free: bool = False, dtype: str = "float64"
) -> Source:
    """The Python of a program: "math", "numpy", "jax" or "torch"; of tensors "numpy", "jax" or "torch".

    By default scalars are for "math", or where that lacks an operation (Bessel functions) for "numpy". With the dtype
    "complex128" they are for NumPy and complex numbers.
    """
    if type(made) is Program:  # that of tensors is a class of its own
        from edgewise.lower.python import python_printer as python

        if dtype == "complex128":
            from edgewise.lower.python.python_targets import COMPLEX

            return python.python_source(made, name, COMPLEX, free=free)
        try:
            return python.python_source(made, name, target or "math", free=free)
        except LoweringError:
            if target:
                raise
            return python.python_source(made, name, "numpy", free=free)
    if free:
        for_scalars(made.tape, "free=True")
    from edgewise.lower.python.tensor_source import TensorProgram, tensor_source

    assert isinstance(made, TensorProgram)
    return tensor_source(made, name, target or "numpy")


def _precision(dtype: Any) -> str:
    """The name of a type of numbers, given as NumPy takes it: "float32", np.float32, np.dtype("f4")."""
    try:
        name = str(np.dtype(dtype).name)
    except TypeError:
        name = ""
    if name not in ("float64", "float32"):
        raise LoweringError(f"there is no precision {dtype!r:.40}", hint='use "float64" or "float32"')
    return name


def compile_program(made: Program, backend: str | None = None, name: str = "f", dtype: Any = "float64") -> Compiled:
    """Compile for a back end, by default native code, of tensors NumPy: see `backends.compile_program`."""
    dtype = _precision(dtype)
    if type(made) is not Program:
        from edgewise.lower.python.compiled_tensors import compile_tensors
        from edgewise.lower.python.tensor_source import TensorProgram

        assert isinstance(made, TensorProgram)
        if dtype != "float64":
            raise LoweringError(
                f"dtype={dtype!r:.40} is for graphs of scalars; tensors are computed in doubles",
                hint='use the back end "llvm", which takes tensors of small shapes',
            )
        return compile_tensors(made, backend or "numpy", name)
    return backends.compile_program(made, backend or "llvm", name, dtype)


def better_in_scalars(tape: Tape, columns: int) -> bool:
    """Whether a graph of tensors runs faster entry by entry: where it is small, or its entries are used one by one.

    `columns` is how often its arithmetic is done over. Matrices are factored as wholes, with exchanges of rows,
    whatever their size.
    """
    if not tape.has_tensors:
        return False
    total, single, many = 0, 0, 0
    for node in np.flatnonzero(tape.live(tape.outputs)).tolist():
        code = int(tape.ops[node])
        if code in (INPUT, CONST):
            continue
        op = tape.op(node)
        if isinstance(op, TensorOp) and op.wholes:
            return False
        total += int(work_of(tape, node))
        if not tape.shape(node):
            single += 1
        elif any(length != 1 for length in tape.shape(node)):  # an entry that is put into an array is neither
            many += 1
    return total * columns <= (SINGLE if single > 4 * many else SMALL)
