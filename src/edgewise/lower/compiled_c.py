"""The C back end: the emitted file, compiled by the machine's own compiler."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from edgewise.errors import LoweringError
from edgewise.graph import Layout, Shape
from edgewise.lower.c import CSource, c_source
from edgewise.lower.compiled import Compiled, broadcast_shape, contained
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
    """A compiled graph that runs as C. Scalar inputs broadcast over arrays.

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
        self._results = [result.layout for result in program.results]

    @property
    def source(self) -> str:
        """The C file that was compiled."""
        return self._c.source

    def __reduce__(self) -> tuple[Any, ...]:
        return CCompiled, (self._program, self.name)

    def __call__(self, *args: Any, **named: Any) -> Any:
        if named or len(args) != len(self.parameters):
            args = self._arguments(args, named)
        args = tuple(self._value(p, a) for a, p in zip(args, self.parameters, strict=True))
        shape = broadcast_shape(args, self.parameters)
        count = int(np.prod(shape))
        given = [
            np.ascontiguousarray(np.broadcast_to(a, p.shape or shape), dtype=float)
            for a, p in zip(args, self.parameters, strict=True)
        ]
        found = [np.empty((*shape, size)) for _, size in self._c.results]
        self._many(ctypes.c_size_t(count), _pointers(given), _pointers(found))
        parts = [_nested(layout, flat, shape) for layout, flat in zip(self._results, found, strict=True)]
        return parts[0] if len(parts) == 1 else tuple(parts)


def _pointers(arrays: Sequence[Any]) -> Any:
    return (ctypes.c_void_p * max(len(arrays), 1))(*(array.ctypes.data for array in arrays))


def _nested(layout: Layout, flat: Any, shape: Shape) -> Any:
    """Flat results along the last axis, nested by their layout."""
    if layout.kind == "array":
        whole = flat[..., : layout.size].reshape(shape + layout.shape)
        return whole.item() if whole.shape == () else whole.copy()
    parts, first = [], 0
    for child in layout.children:
        parts.append(_nested(child, flat[..., first : first + child.size], shape))
        first += child.size
    return contained(layout, parts)


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


def _loaded(source: CSource) -> ctypes.CDLL:
    """Compile and load. The files are gone afterwards, also when the compiler fails."""
    compiler = find_compiler()
    try:
        temporary = tempfile.TemporaryDirectory(prefix="edgewise_")
    except OSError as error:  # there is none, or it is full or read-only
        raise LoweringError(
            f"there is no folder for temporary files: {error.strerror}", hint="set TMPDIR, or use the back end 'llvm'"
        ) from None
    with temporary as folder:
        file, library = Path(folder) / f"{source.name}.c", Path(folder) / f"{source.name}.so"
        file.write_text(source.source, encoding="utf-8")
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
