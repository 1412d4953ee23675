"""The C back end: the emitted file, compiled by the machine's own compiler."""

from __future__ import annotations

import ctypes
import math
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from edgewise.errors import LoweringError
from edgewise.graph import Shape, in_single
from edgewise.lower.c.c_printer import CSource, c_source
from edgewise.lower.compiled import Compiled
from edgewise.lower.out_arrays import nested
from edgewise.lower.program import Program
from edgewise.progress import Bar

__all__ = ["CCompiled", "find_compiler"]


def find_compiler() -> list[str]:
    """The command of a C compiler: what the variable CC says, or the first of cc, gcc and clang.

    Raises LoweringError where there is none.
    """
    wished = os.environ.get("CC", "").split()
    for command in ([wished] if wished else []) + [["cc"], ["gcc"], ["clang"]]:
        if shutil.which(command[0]):
            return command
    raise LoweringError(
        "there is no C compiler: "
        + (f"CC is {' '.join(wished)!r}, and " if wished else "")
        + "cc, gcc and clang are missing",
        hint="install gcc or clang, or use the back end 'llvm', which needs none",
    )


class CCompiled(Compiled):
    """A compiled graph that runs as C. Batches broadcast as under the other back ends.

    >>> from edgewise import parse
    >>> f = parse("x*y + sin(x)").gradient().simplify().compile("c")
    >>> f(0.0, 2.0)
    (0.0, (3.0, 0.0))
    """

    def __init__(self, program: Program, name: str) -> None:
        super().__init__(program, name)
        self._program = program
        self._c = c_source(program, name)
        self._library = _loaded(self._c)
        self._many = getattr(self._library, f"{self._c.name}_many")
        self._many.restype = None

    @property
    def source(self) -> str:
        """The C file that was compiled."""
        return self._c.source

    def __reduce__(self) -> tuple[Any, ...]:
        return CCompiled, (self._program, self.name)

    def _results(self, args: tuple[Any, ...]) -> Any:
        values, shape, single = self._taken(args)
        count = math.prod(shape)
        given, steps = [], []
        for value, p in zip(values, self.parameters, strict=True):
            own = p.shape if p.shape and np.ndim(value) == len(p.shape) else shape + p.shape
            given.append(np.ascontiguousarray(np.broadcast_to(value, own), dtype=float))
            steps.append(given[-1].itemsize * p.size if own is not p.shape else 0)
        found = [np.empty((*shape, size)) for _, size in self._c.results]
        inputs, outputs = _pointers(given), _pointers(found)
        if any(step and p.shape for step, p in zip(steps, self.parameters)):
            # The loop of the file is over scalars alone: groups are the same for all of its points.
            wide = [array.itemsize * size for array, (_, size) in zip(found, self._c.results)]
            for k in range(count):
                here = [_moved(pointers, by, k) for pointers, by in ((inputs, steps), (outputs, wide))]
                self._many(ctypes.c_size_t(1), *here)
        else:
            self._many(ctypes.c_size_t(count), inputs, outputs)
        result = nested(self.layout, self._leaves(found, shape))
        return in_single(result) if single else result

    def _leaves(self, found: Sequence[Any], shape: Shape) -> Iterator[Any]:
        """The arrays of the leaves, off the flat results."""
        for result, flat in zip(self._program.results, found, strict=True):
            first = 0
            for leaf in result.layout.leaves():
                whole = flat[..., first : first + leaf.size].reshape(shape + leaf.shape)
                first += leaf.size
                yield whole.item() if whole.shape == () else whole.copy()


def _moved(pointers: Any, steps: Sequence[int], k: int) -> Any:
    """Pointers k steps on."""
    return type(pointers)(*((pointer or 0) + k * step for pointer, step in zip(pointers, steps)))


def _pointers(arrays: Sequence[Any]) -> Any:
    return (ctypes.c_void_p * max(len(arrays), 1))(*(array.ctypes.data for array in arrays))


def _run(command: Sequence[str], what: str) -> tuple[int, str]:
    """Run a command that may take minutes, with a bar: its exit code and what it said. An interrupt ends it too."""
    with (
        Bar("compilation") as bar,
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process,
    ):
        while True:
            try:
                said, _ = process.communicate(timeout=0.1)
                return process.returncode, said
            except subprocess.TimeoutExpired:
                bar.update(0, what)
            except BaseException:
                process.kill()
                raise


def _folder() -> tempfile.TemporaryDirectory[str]:
    try:
        return tempfile.TemporaryDirectory(prefix="edgewise_")
    except OSError as error:
        raise LoweringError(
            f"there is no folder for the C file: {error.strerror or error}",
            hint="let TMPDIR name one that can be written to, or use the back end 'llvm', which needs none",
        ) from None


def _loaded(source: CSource) -> ctypes.CDLL:
    """Compile and load. The files are gone afterwards, also when the compiler fails."""
    compiler = find_compiler()
    with _folder() as folder:
        file, library = Path(folder) / f"{source.name}.c", Path(folder) / f"{source.name}.so"
        try:
            file.write_text(source.source, encoding="utf-8")
        except OSError as error:
            raise LoweringError(
                f"the C file could not be written: {error.strerror or error}",
                hint="let TMPDIR name a folder with room, or use the back end 'llvm', which needs none",
            ) from None
        # Contraction to fused operations would change results from one machine to the next.
        options = ["-std=c99", "-O2", "-ffp-contract=off", "-shared", "-fPIC", "-o", str(library), str(file), "-lm"]
        code, said = _run([*compiler, *options], f"{len(source.source.splitlines()):,} lines of C")
        if code:
            reason = said.strip().splitlines()
            raise LoweringError(
                f"{' '.join(compiler)} did not compile the graph: {reason[0] if reason else 'no reason given'}",
                hint="use the back end 'llvm'",
            )
        return ctypes.CDLL(str(library))
