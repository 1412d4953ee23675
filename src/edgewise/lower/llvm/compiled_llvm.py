"""Native code: a graph as a callable that is ready at once and becomes faster while it is used.

The first calls are served by an interpreter that is compiled with the library. When they have cost a tenth of what
optimised code would, or somebody waits for it, a thread loads LLVM, turns the same rows into optimised code, part by
part, and swaps it in. Graphs of more than `LIMIT` operations stay with the interpreter: `tier` says which runs,
`wait()` waits for the optimised code.
"""

from __future__ import annotations

import os
import struct
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from edgewise.errors import LoweringError
from edgewise.graph import Shape, in_single
from edgewise.lower.compiled import Compiled
from edgewise.lower.llvm.interpreter import compiled_interpreter
from edgewise.lower.llvm.llvm_code import CACHE, FUSED, KERNEL, PART, Rows, beside, encode
from edgewise.lower.llvm.llvm_numbers import Numbers
from edgewise.lower.llvm.llvm_rows import DOUBLE, SINGLE, Precision
from edgewise.lower.llvm.llvm_worker import Counting, Job, queue
from edgewise.lower.llvm.quick_call import BoundCall, QuickCall
from edgewise.lower.program import Program
from edgewise.progress import Bar

if TYPE_CHECKING:
    from edgewise.lower.llvm.llvm_machine import Code

__all__ = ["LIMIT", "Buffers", "NativeCompiled"]

LIMIT: Final = 500_000
"""Graphs of more operations are interpreted for good: their optimised code would take many seconds to make."""

EARNED: Final = 2_000
"""Calls of the interpreter that cost a tenth of what optimised code does: 50 µs an operation against 2.5 ns a call."""

LOADED: Final = 2_500_000
"""Operations interpreted that cost a tenth of loading LLVM, which the first optimised code of a process needs."""

QUICK_CALL: Final = 16_000
"""Operations up to which Python's lock is held during a call: some microseconds; tens, until the code is optimised."""

_FLOATS: Final = frozenset({float})
_DOUBLE: Final = np.dtype(np.float64)


def interpreter(width: int, precision: Precision) -> int:
    """The address of the interpreter for one point (1) or for a vector of them."""
    if width == 1 and precision is DOUBLE and (address := compiled_interpreter()):
        return address
    from edgewise.lower.llvm.llvm_machine import machine

    return machine().interpreter(width, precision)


def _images(rows: Rows, width: int) -> Iterator[bytes]:
    """Optimised code; LLVM is loaded by the thread that asks for the first of it."""
    from edgewise.lower.llvm.llvm_images import images

    yield from images(rows, width)


class NativeCompiled(QuickCall, Compiled):
    """A compiled graph that runs as native code.

    Called with numbers it returns floats and arrays. Further axes in front of the inputs' own are a batch: scalars
    broadcast over arrays as a NumPy ufunc's do, groups over the axes in front of theirs, with `out=` (arrays nested as
    the results) and `threads=`. Calls of all but small graphs release Python's lock, and all may run side by side.

    Where the environment variable EDGEWISE_CACHE names a folder, optimised code is kept there, and the next process has
    it at once.

    >>> from edgewise import parse
    >>> f = parse("x*y + sin(x)").gradient().simplify().compile()
    >>> f(0.0, 2.0)
    (0.0, (3.0, 0.0))
    >>> f([0.0, 0.0], [1.0, 2.0])[1][0].tolist()
    [2.0, 3.0]
    >>> f.wait().tier
    'optimised'
    """

    def __init__(self, program: Program, name: str, dtype: str = "float64") -> None:
        super().__init__(program, name)
        self._program = program
        self.rows = encode(program, SINGLE if dtype == "float32" else DOUBLE)
        self._precision = self.rows.precision
        self._single = self._precision is SINGLE
        self._lanes = self._precision.lanes
        self._callbacks = self.rows.callbacks
        self._scalars = not any(p.shape for p in self.parameters)
        self._sparse = any(part.kind == "scipy" for part in self.layout.parts())
        self._count = len(self.parameters)
        self._pack = struct.Struct(f"{self._count}d").pack_into if self._scalars else None
        self._offset = 8 * self.rows.first_input
        self._free: list[Numbers] = []
        self._free_vectors: list[Numbers] = []
        self._code: dict[int, Code] = {}
        self._jobs: dict[int, Job] = {}
        self._error: Exception | None = None
        self._address = self.rows.code.ctypes.data
        self._may = len(self.rows) <= LIMIT
        size = max(1, len(self.rows))
        self._tiles_left = EARNED * max(0, size - PART) // size
        calls = self._tiles_left + (0 if "edgewise.lower.llvm.llvm_machine" in sys.modules else LOADED // size)
        self._interpreter = interpreter(1, self._precision)
        self._short = len(self.rows) <= QUICK_CALL
        self._vector_kernel = 0
        # (kernel, address of its rows), read at once by a call and replaced at once when optimised code is ready.
        self._tier: tuple[Callable[[int, int], None], int]
        if self._may:
            self._tier = Counting(self, KERNEL(self._interpreter), calls), self._address
        else:
            self.use(self._interpreter, self._address)
        self._quick = self._short and not self._callbacks and not self._single
        if self._quick:
            numbers = self._numbers()
            groups = [None if place.shape == () else place for place in numbers.groups]
            self.bind(numbers.all, self.rows.first_input, groups, self._names, numbers.plan)
            self.serve(self._interpreter, self._address, calls)
        if os.environ.get(CACHE):
            from edgewise.lower.llvm.llvm_images import is_kept

            if is_kept(self.rows):
                self.start(1)
        self.fused: tuple[Callable[[int, int, int], None], ...] = ()

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
        self.start(1)
        if self._scalars:
            self.start(self._lanes)
        jobs = list(self._jobs.values())
        with suppress(KeyboardInterrupt), Bar("compilation", progress, sum(job.total for job in jobs)) as bar:

            def looks() -> None:
                bar.update(sum(len(job.made) for job in jobs), f"{len(self.rows):,} operations")

            for job in jobs:
                looks()
                queue().wait(job, looks)
        if self._error is not None:
            raise LoweringError(
                f"LLVM did not compile the graph of {len(self.rows)} operations: {self._error}",
                hint="it is interpreted; or use the back end 'numpy'",
            ) from self._error
        return self

    def start(self, width: int) -> None:
        """Have optimised code made for numbers (1) or for batches (vectors), unless the graph is too large."""
        if self._may and width not in self._jobs:
            if width == 1:
                self.use(self._interpreter, self._address)
            parts = len(self.rows.borders) - 1
            loops = ("fused", "streamed") if width > 1 and self.rows.fusible else ()
            total = parts + (parts > 1) + len(loops)
            self._jobs[width] = queue().add(self, width, _images(self.rows, width), total, ("kernel", *loops))

    def earn(self, tiles: int) -> None:
        """Count what a batch is going to cost, and start optimising when it is worth it."""
        self._tiles_left -= tiles
        if self._tiles_left < 0:
            self.start(self._lanes)

    def swap(self, width: int, code: Code | None, error: Exception | None = None) -> None:
        """Take optimised code into use, or the reason why there is none. Called by the thread that makes it."""
        if code is None:
            self._error = error
            return
        self._code[width] = code
        if width == 1:
            kernel = code.address("kernel")
            self.use(kernel, 0)
            if self._quick:
                self.serve(kernel, 0, -1)
        else:
            if self.rows.fusible:
                self.fused = (FUSED(code.address("fused")), FUSED(code.address("streamed")))
            self._vector_kernel = code.address("kernel")

    def use(self, kernel: int, code: int) -> None:
        """Run the kernel at this address on numbers, with the rows at `code` for the interpreter, from now on."""
        self._tier = KERNEL(kernel), code
        self.run_on(kernel, code, self._short)

    @property
    def source(self) -> str:
        """What the optimised code is made from: LLVM's assembly text, a module for each part."""
        from edgewise.lower.llvm.llvm_text import whole_text

        return whole_text(self.rows)

    def __reduce__(self) -> tuple[Any, ...]:
        return NativeCompiled, (self._program, self.name, str(self._precision.dtype))

    # --- calls --------------------------------------------------------------------------------------------------

    def called(self, args: tuple[Any, ...], named: dict[str, Any]) -> Any:
        """A call that is not served at once: of a large graph, of a batch, with conversions, or wrong."""
        out, threads = (named.pop(name, None) for name in ("out", "threads"))
        if out is not None or threads is not None or self._single:
            return self._general(args, out, threads, named)
        if named or len(args) != self._count:
            args = self._arguments(args, named)
        try:
            numbers = self._free.pop()
        except IndexError:
            numbers = self._numbers()
        try:
            if self._pack is not None and _FLOATS.issuperset(map(type, args)):
                self._pack(numbers.all.data, self._offset, *args)
            elif not self._put(numbers, args):
                return self._general(args)
            kernel, code = self._tier
            kernel(code, numbers.address)
            if self._callbacks:
                self._reraise()
            return numbers.take()
        finally:
            self._free.append(numbers)

    def earned(self) -> None:
        """Optimised code pays: the calls of the interpreter have cost a tenth of what it does."""
        self.start(1)

    def _put(self, numbers: Numbers, args: tuple[Any, ...]) -> bool:
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

    def _numbers(self) -> Numbers:
        return Numbers(self.rows, self.parameters, self.layout, 1)

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
            if name not in self._options and value is not None:
                named = {**named, name: value}
                out, threads = (None, threads) if name == "out" else (out, None)
        args = self._arguments(args, named)
        if self._is_plain(args):
            return self._batch(args, args[0].shape, out, threads, False)
        values, shape, single = self._taken(args)
        if shape == () and out is None:
            numbers = self._numbers()
            with np.errstate(over="ignore"):
                for value, place in zip(values, numbers.groups, strict=True):
                    place[...] = value
            kernel, code = self._tier
            kernel(code, numbers.address)
            self._reraise()
            return in_single(numbers.take()) if single and not self._single else numbers.take()
        return self._batch(values, shape, out, threads, single or self._single)

    def _batch(self, args: Sequence[Any], shape: Shape, out: Any, threads: Any, single: bool) -> Any:
        from edgewise.lower.llvm.llvm_batch import run_batch

        return run_batch(self, args, shape, out, threads, single)

    def _is_plain(self, args: tuple[Any, ...]) -> bool:
        """Whether a batch needs no conversion and no broadcasting: arrays of doubles, side by side, of one shape."""
        if not self._scalars or self._single or not args or self._sparse:
            return False
        shape = args[0].shape if type(args[0]) is np.ndarray else ()
        return shape != () and all(
            type(array) is np.ndarray and array.dtype is _DOUBLE and array.shape == shape and array.flags.carray
            for array in args
        )

    def vectors(self) -> Numbers:
        """Numbers for a vector of points, to be given back to `release`."""
        try:
            return self._free_vectors.pop()
        except IndexError:
            return Numbers(self.rows, self.parameters, self.layout, self._lanes)

    def release(self, numbers: Numbers) -> None:
        """Keep the numbers for the next batch."""
        self._free_vectors.append(numbers)

    def vector_kernel(self) -> tuple[int, int]:
        """The addresses of the function for a vector of points and of its rows: optimised, or the interpreter's."""
        kernel = self._vector_kernel
        return (kernel, 0) if kernel else self.vector_interpreter()

    def vector_interpreter(self) -> tuple[int, int]:
        """The addresses of the interpreter for a vector of points and of the rows."""
        return interpreter(self._lanes, self._precision), self._address

    def check_callbacks(self) -> None:
        """Raise what an operation of the user's raised in this thread."""
        self._reraise()

    def buffers(self) -> Buffers:
        """Bound arrays: fill `.inputs`, call, read `.results`. No checks, no copies, one thread."""
        return Buffers(self)


class Buffers(BoundCall):
    """A compiled graph bound to arrays: the shortest way to call it many times from one thread.

    `inputs` has one array for each parameter (zero-dimensional for a scalar), by name; `results` the flat results, to
    be read only: what is constant among them is written once. The arrays stay the same from call to call; `address` is
    where all numbers of the graph begin.

    >>> from edgewise import parse
    >>> f = parse("x*y").compile().buffers()
    >>> f.inputs["x"][...], f.inputs["y"][...] = 2.0, 3.0
    >>> f()
    >>> f.results.tolist()
    [6.0]
    """

    __slots__ = ("_callbacks", "_numbers", "_of", "_places", "_results", "address", "inputs", "results")

    def __init__(self, function: NativeCompiled) -> None:
        self._of, self._numbers = function, function._numbers()
        self.address, self._callbacks = self._numbers.address, function._callbacks
        self.inputs = {p.name: view for p, view in zip(function.parameters, self._numbers.groups, strict=True)}
        places, numbers = function.rows.places, self._numbers.all
        if beside(places):
            first = int(places[0]) if len(places) else 0
            self._places, self._results = places[:0], numbers[first : first + len(places)]
        else:
            self._places, self._results = places, np.zeros(len(places), dtype=numbers.dtype)
        self.results = self._results.view()
        self.results.flags.writeable = False
        single = numbers.dtype != _DOUBLE
        gathered = self._places[:0] if single else self._places
        self.bind(function, numbers, gathered, self._results, bool(self._callbacks or (single and len(self._places))))

    def run(self) -> None:
        kernel, code = self._of._tier
        kernel(code, self.address)
        self.finish()

    def finish(self) -> None:
        if len(self._places):
            self._numbers.all.take(self._places, out=self._results, mode="wrap")
        if self._callbacks:
            self._of.check_callbacks()
