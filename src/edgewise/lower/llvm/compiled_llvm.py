"""Native code: a graph as a callable that is ready at once and becomes faster while it is used.

The first calls are served by an interpreter (`llvm_machine`), made once in a process. Meanwhile a thread turns the same
rows into optimised code, part by part, and swaps it in. Graphs of more than `LIMIT` operations stay with the
interpreter: `tier` says which runs, `wait()` waits for the optimised code.
"""

from __future__ import annotations

import inspect
import struct
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from types import MappingProxyType
from typing import Any, Final

import numpy as np

from edgewise.errors import LoweringError
from edgewise.graph import Layout, Parameter, in_single
from edgewise.lower.compiled import Compiled, contained
from edgewise.lower.llvm.llvm_batch import run_batch
from edgewise.lower.llvm.llvm_code import Rows, encode, kernel_text, parts_text
from edgewise.lower.llvm.llvm_machine import KERNEL, Code, machine
from edgewise.lower.llvm.llvm_rows import LANES
from edgewise.lower.llvm.llvm_worker import Job, queue
from edgewise.lower.program import Program
from edgewise.progress import Bar

__all__ = ["LIMIT", "Buffers", "NativeCompiled"]

LIMIT: Final = 150_000
"""Graphs of more operations are interpreted for good: their optimised code would take a minute to make."""

VECTOR_LIMIT: Final = 20_000
"""The same for code on vectors, which the interpreter already runs at nearly full speed."""

FULL: Final = 50_000
"""Up to this many operations, all of LLVM's passes are run."""

TOGETHER: Final = 8
"""Parts that are compiled in one go: some 3000 operations, a third of a second."""

_FLOATS: Final = frozenset({float})
_DOUBLE: Final = np.dtype(np.float64)


class _Numbers:
    """One array of numbers that a call works on, with views of its inputs and a function that takes its results out."""

    def __init__(self, rows: Rows, parameters: tuple[Parameter, ...], layout: Layout, width: int) -> None:
        room = np.zeros(rows.size * width + 8)
        skip = (-room.ctypes.data // 8) % 8  # whole vectors do not straddle cache lines
        self.all = room[skip : skip + rows.size * width]
        self.address = self.all.ctypes.data
        self.all[: len(rows.constants) * width] = np.repeat(rows.constants, width)
        if width == 1:
            self.inputs = self.all[rows.first_input : rows.first_result]
            self.results = self.all[rows.first_result : rows.first_result + rows.n_results]
            self.groups, first = [], 0
            for parameter in parameters:
                self.groups.append(self.inputs[first : first + parameter.size].reshape(parameter.shape))
                first += parameter.size
            self.first: Any = self.groups[0] if self.groups else None
            self.memory: Any = self.all
            self.take = _taker(layout, self.results)


def _taker(layout: Layout, results: Any) -> Callable[[], Any]:
    """A function of no arguments that copies the results out, nested: built once, so that a call does no deciding."""
    if layout.kind == "array":
        found = results[: layout.size].reshape(layout.shape)
        take: Callable[[], Any] = found.item if layout.shape == () else found.copy
        return take
    parts, first = [], 0
    for child in layout.children:
        parts.append(_taker(child, results[first : first + child.size]))
        first += child.size
    if layout.kind == "tuple" and len(parts) == 2:
        one, two = parts
        return lambda: (one(), two())
    return lambda: contained(layout, [part() for part in parts])


def images(rows: Rows, width: int) -> Iterator[bytes]:
    """The optimised code of a program, one object image at a time: between two of them, the work may be given up."""
    engine, parts = machine(), range(len(rows.borders) - 1)
    spelling = engine.spelling(width)
    # A graph that was simplified needs few passes. All of them take twice the time for a tenth of a call, by short
    # vectors; GVN merges what the formulas of a few operations have in common.
    passes = ("always_inliner", "instruction_combine", *(("new_gvn",) if len(parts) == 1 else ()))
    full = width == 1 and len(parts) > 1 and len(rows) <= FULL
    for first in range(0, len(parts), TOGETHER):
        yield engine.compile(parts_text(rows, parts[first : first + TOGETHER], spelling), passes, full)
    yield engine.compile(kernel_text(parts, "kernel"))


class NativeCompiled(Compiled):
    """A compiled graph that runs as native code.

    Called with numbers it returns floats and arrays. Further axes in front of the inputs' own are a batch: scalars
    broadcast over arrays as a NumPy ufunc's do, groups over the axes in front of theirs, with `out=` (arrays nested as
    the results) and `threads=`. Calls release Python's lock and may run side by side.

    >>> from edgewise import parse
    >>> f = parse("x*y + sin(x)").gradient().simplify().compile()
    >>> f(0.0, 2.0)
    (0.0, (3.0, 0.0))
    >>> f([0.0, 0.0], [1.0, 2.0])[1][0].tolist()
    [2.0, 3.0]
    >>> f.wait().tier
    'optimised'
    """

    def __init__(self, program: Program, name: str) -> None:
        super().__init__(program, name)
        self._program = program
        self.rows = encode(program)
        self._callbacks = self.rows.callbacks
        self._scalars = not any(p.shape for p in self.parameters)
        self._count = len(self.parameters)
        self._one = self.parameters[0].shape if self._count == 1 and not self._scalars else None
        self._kept_names = {p.name for p in self.parameters} & {"out", "threads"}
        self._pack = struct.Struct(f"{self._count}d").pack_into if self._scalars else None
        self._offset = 8 * self.rows.first_input
        self._free: list[_Numbers] = []
        self._free_vectors: list[_Numbers] = []
        self._code: dict[int, Code] = {}
        self._jobs: dict[int, Job] = {}
        self._error: Exception | None = None
        self._address = self.rows.code.ctypes.data
        # (kernel, address of its rows), read at once by a call and replaced at once when optimised code is ready.
        self._tier: tuple[Callable[[int, int], None], int] = (KERNEL(machine().interpreter(1)), self._address)
        self._vector_kernel = 0
        if len(self.rows) <= LIMIT:
            self._start(1)

    # --- tiers --------------------------------------------------------------------------------------------------

    @property
    def tier(self) -> str:
        """What a call runs now: "interpreter" or "optimised"."""
        return "optimised" if 1 in self._code else "interpreter"

    def wait(self, progress: bool | None = None) -> NativeCompiled:
        """Wait for optimised code, for numbers and (where all inputs are scalars) for batches; returns self.

        Returns at once for a graph that is too large to be optimised. Raises LoweringError if LLVM failed. A bar shows
        how much is made, on terminals and in notebooks (`progress` says otherwise); Ctrl-C ends the waiting and nothing
        else: the code is made all the same, and `tier` says when it is there.
        """
        if self._scalars and len(self.rows) <= VECTOR_LIMIT:
            self._start(LANES)
        jobs = list(self._jobs.values())
        with suppress(KeyboardInterrupt), Bar("compilation", progress, sum(job.total for job in jobs)) as bar:

            def looks() -> None:
                bar.update(sum(len(job.made) for job in jobs), f"{len(self.rows):,} operations")

            for job in jobs:
                queue().wait(job, looks)
        if self._error is not None:
            raise LoweringError(
                f"LLVM did not compile the graph of {len(self.rows)} operations: {self._error}",
                hint="it is interpreted; or use the back end 'numpy'",
            ) from self._error
        return self

    def _start(self, width: int) -> None:
        if width not in self._jobs:
            total = -(-(len(self.rows.borders) - 1) // TOGETHER) + 1
            self._jobs[width] = queue().add(self, width, images(self.rows, width), total)

    def swap(self, width: int, code: Code | None, error: Exception | None = None) -> None:
        """Take optimised code into use, or the reason why there is none. Called by the thread that makes it."""
        if code is None:
            self._error = error
            return
        if width == 1:
            self._tier = (KERNEL(code.address("kernel")), 0)
        else:
            self._vector_kernel = code.address("kernel")
        self._code[width] = code

    @property
    def source(self) -> str:
        """What the optimised code is made from: LLVM's assembly text, a module for each part."""
        spelling, parts = machine().spelling(1), range(len(self.rows.borders) - 1)
        return "\n\n".join([*(parts_text(self.rows, [k], spelling) for k in parts), kernel_text(parts, "kernel")])

    def __reduce__(self) -> tuple[Any, ...]:
        return NativeCompiled, (self._program, self.name)

    # --- calls --------------------------------------------------------------------------------------------------

    def __call__(self, /, *args: Any, out: Any = None, threads: Any = None, **named: Any) -> Any:
        """The results for the given inputs, nested as the graph's outputs are.

        `out`: arrays to write into, nested as the results are; `threads`: how many threads share a batch.
        (An input of one of these names is given by position, or by name when it is an input.)
        """
        if named or out is not None or threads is not None or len(args) != self._count:
            if out is not None or threads is not None:
                return self._general(args, out, threads, named)
            args = self._arguments(args, named)
        try:
            numbers = self._free.pop()
        except IndexError:
            numbers = self._numbers()
        try:
            # The usual cases first and in line: every check counts in microseconds.
            if self._one is not None and type(args[0]) is np.ndarray and args[0].dtype is _DOUBLE:
                if args[0].shape != self._one:
                    return self._general(args)
                numbers.first[...] = args[0]
            elif self._pack is not None and _FLOATS.issuperset(map(type, args)):
                self._pack(numbers.memory, self._offset, *args)
            elif not self._put(numbers, args):
                return self._general(args)
            kernel, code = self._tier
            kernel(code, numbers.address)
            if self._callbacks:
                self._reraise()
            return numbers.take()
        finally:
            self._free.append(numbers)

    def _put(self, numbers: _Numbers, args: tuple[Any, ...]) -> bool:
        """Inputs that need no conversion into their places; False where one does."""
        for value, place in zip(args, numbers.groups, strict=True):
            kind = type(value)
            if kind is np.ndarray:
                if value.shape != place.shape or value.dtype is not _DOUBLE or not place.shape:
                    return False
            elif kind is not float or place.shape:
                return False
            place[...] = value
        return True

    def _numbers(self) -> _Numbers:
        return _Numbers(self.rows, self.parameters, self.layout, 1)

    def _reraise(self) -> None:
        for callback in self._callbacks:
            callback.reraise()

    def _general(
        self,
        args: tuple[Any, ...],
        out: Any = None,
        threads: Any = None,
        named: Mapping[str, Any] = MappingProxyType({}),
    ) -> Any:
        """A call with conversions, `out`, or a batch."""
        for name, value in (("out", out), ("threads", threads)):
            if name in self._kept_names and value is not None:
                named = {**named, name: value}
                out, threads = (None, threads) if name == "out" else (out, None)
        values, shape, single = self._taken(self._arguments(args, named))
        if shape == () and out is None:
            numbers = self._numbers()
            for value, place in zip(values, numbers.groups, strict=True):
                place[...] = value
            kernel, code = self._tier
            kernel(code, numbers.address)
            self._reraise()
            return in_single(numbers.take()) if single else numbers.take()
        if len(self.rows) <= VECTOR_LIMIT:
            self._start(LANES)
        return run_batch(self, values, shape, out, threads)

    def _signature(self) -> inspect.Signature:
        signature = super()._signature()
        more = [name for name in ("out", "threads") if name not in signature.parameters]
        kind = inspect.Parameter.KEYWORD_ONLY
        keywords = [inspect.Parameter(name, kind, default=None) for name in more]
        return signature.replace(parameters=[*signature.parameters.values(), *keywords])

    def vectors(self) -> _Numbers:
        """Numbers for `LANES` points, to be given back to `release`."""
        try:
            return self._free_vectors.pop()
        except IndexError:
            return _Numbers(self.rows, self.parameters, self.layout, LANES)

    def release(self, numbers: _Numbers) -> None:
        """Keep the numbers for the next batch."""
        self._free_vectors.append(numbers)

    def vector_kernel(self) -> tuple[int, int]:
        """The addresses of the function for `LANES` points and of its rows: optimised, or the interpreter's."""
        kernel = self._vector_kernel
        return (kernel, 0) if kernel else (machine().interpreter(LANES), self._address)

    def check_callbacks(self) -> None:
        """Raise what an operation of the user's raised in this thread."""
        self._reraise()

    def buffers(self) -> Buffers:
        """Bound arrays: fill `.inputs`, call, read `.results`. No checks, no copies, one thread."""
        return Buffers(self)


class Buffers:
    """A compiled graph bound to arrays: the shortest way to call it many times from one thread.

    `inputs` has one array for each parameter (zero-dimensional for a scalar), by name; `results` the flat results.
    The arrays stay the same from call to call; `address` is where all numbers of the graph begin.

    >>> from edgewise import parse
    >>> f = parse("x*y").compile().buffers()
    >>> f.inputs["x"][...], f.inputs["y"][...] = 2.0, 3.0
    >>> f()
    >>> f.results.tolist()
    [6.0]
    """

    __slots__ = ("_callbacks", "_function", "_numbers", "address", "inputs", "results")

    def __init__(self, function: NativeCompiled) -> None:
        self._function, self._numbers = function, function._numbers()
        self.address, self._callbacks = self._numbers.address, function._callbacks
        self.inputs = {p.name: view for p, view in zip(function.parameters, self._numbers.groups, strict=True)}
        self.results = self._numbers.results

    def __call__(self) -> None:
        """Compute the results from the inputs."""
        kernel, code = self._function._tier
        kernel(code, self.address)
        if self._callbacks:
            self._function.check_callbacks()
