"""Which back ends there are, each loaded when a graph is first compiled for it."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from typing import Final, NoReturn

from edgewise.errors import LoweringError
from edgewise.lower.compiled import Compiled
from edgewise.lower.program import Program

__all__ = ["BACKENDS", "compile_program"]


def _loaded(module: str, kind: str, *target: str) -> Callable[[Program, str], Compiled]:
    """What makes a callable, by a class that is loaded then."""

    def make(program: Program, name: str) -> Compiled:
        made: Compiled = getattr(import_module(f"edgewise.lower.{module}"), kind)(program, name, *target)
        return made

    return make


def _llvm(program: Program, name: str, dtype: str = "float64") -> Compiled:
    if find_spec("llvmlite") is None:  # it is loaded later, when optimised code is worth it
        warnings.warn(
            "llvmlite is missing: the graph is compiled for NumPy, which is slower; pip install llvmlite",
            RuntimeWarning,
            stacklevel=5,
        )
        if dtype != "float64":
            _refuse(dtype, "numpy")
        return BACKENDS["numpy"](program, name)
    from edgewise.lower.llvm.compiled_llvm import NativeCompiled

    return NativeCompiled(program, name, dtype)


def _refuse(dtype: str, backend: str) -> NoReturn:
    raise LoweringError(
        f"the back end {backend!r} computes in doubles, not in {dtype}",
        hint='use the back end "llvm", or to_c(dtype="float")',
    )


BACKENDS: Final[Mapping[str, Callable[[Program, str], Compiled]]] = {
    "llvm": _llvm,
    "numpy": _loaded("python.compiled_python", "PythonCompiled", "numpy"),
    "python": _loaded("python.compiled_python", "PythonCompiled", "math"),
    "c": _loaded("c.compiled_c", "CCompiled"),
    "jax": _loaded("python.compiled_library", "LibraryCompiled", "jax"),
    "torch": _loaded("python.compiled_library", "LibraryCompiled", "torch"),
}
"""Back end → how it makes a callable of a program."""


def compile_program(program: Program, backend: str = "llvm", name: str = "f", dtype: str = "float64") -> Compiled:
    """Compile for a back end.

    "llvm": native code, for scalars and for arrays that broadcast; "numpy": NumPy source for the same; "python": floats
    and the math module; "c": C99, by the machine's compiler; "jax" and "torch": source that runs under these, in
    double precision. Without llvmlite, "llvm" warns and compiles for NumPy. `dtype` is that of all numbers, of which
    "llvm" also takes "float32".
    """
    if backend not in BACKENDS:
        raise LoweringError(f"there is no back end {backend!r}", hint=f"use one of {', '.join(BACKENDS)}")
    if backend == "llvm":
        return _llvm(program, name, dtype)
    if dtype != "float64":
        _refuse(dtype, backend)
    return BACKENDS[backend](program, name)
