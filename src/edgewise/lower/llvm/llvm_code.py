"""A program as rows for the interpreter.

All numbers of a program stand in one array: constants, inputs, results, arguments handed to calls, and registers for
the values in between. A row computes one of them from others. Optimised code (`llvm_text`) is made from these same
rows, so that it can only differ from the interpreter in speed.
"""

from __future__ import annotations

import ctypes
import struct
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.errors import LoweringError
from edgewise.graph import IntArray, Tape, distinct
from edgewise.lower.llvm.llvm_interpreter import COLUMNS, OPCODES
from edgewise.lower.llvm.llvm_rows import CALLED, DOUBLE, POINTERS, Precision
from edgewise.lower.program import Program, real
from edgewise.ops import N_BUILTIN, TABLE, Op

__all__ = ["CACHE", "FUSED", "KERNEL", "PART", "Callback", "Rows", "beside", "encode"]

CACHE: Final = "EDGEWISE_CACHE"
"""The environment variable that names a folder for optimised code: see `llvm_cache`."""

WHOLE: Final = 64
"""Whole powers up to this one are products; C's `pow` computes the others."""

FUSED_COLUMNS: Final = 64
"""Inputs and results up to which a small graph is one loop over points."""

PART: Final = 256
"""Operations in a part: LLVM takes some hundredths of a second for one, which is as long as anything waits for it."""

KERNEL: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p)
"""A function of (code, numbers): the interpreter, or the optimised code of one graph, which needs no code."""
FUSED: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
"""A loop over the points of one small graph: (table, numbers, count)."""
_CALLBACK: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
_CODE_OF: Final = np.array([OPCODES.get(op.name, -1) for op in TABLE])
_POWER: Final = [op.name for op in TABLE].index("power")


class Callback:
    """An operation's Python value as a C function of (arguments, result, how many points).

    An exception cannot pass through native code: it is kept, the result is NaN, and `reraise` raises it afterwards.
    """

    def __init__(self, op: Op, parameter: Any = None) -> None:
        self.op, self.parameter = op, parameter
        self._kept = threading.local()
        self._function = _CALLBACK(self._call)  # kept alive by this object
        self.address = int(ctypes.cast(self._function, ctypes.c_void_p).value or 0)

    def _call(self, arguments: int, result: int, points: int) -> None:
        given = (ctypes.c_double * (self.op.arity * points)).from_address(arguments)
        args = list(np.ctypeslib.as_array(given).reshape(self.op.arity, points).copy())
        out = np.ctypeslib.as_array((ctypes.c_double * points).from_address(result))
        try:
            # One point is computed as the interpreter of the graph computes it: on NumPy's floats.
            values = args if points > 1 else [arg[0] for arg in args]
            with np.errstate(all="ignore"):
                out[:] = self.op.value(*values) if not self.op.parameter else self.op.value(*values, self.parameter)
        except BaseException as error:
            out[:] = np.nan
            self._kept.error = error

    def reraise(self) -> None:
        """Raise what the last calls in this thread raised, once."""
        error = self._kept.__dict__.pop("error", None)
        if error is not None:
            raise error


@dataclass(frozen=True, eq=False, repr=False)
class Rows:
    """A program for the machine: its rows, and where its numbers stand in the array.

    `code`: rows of `COLUMNS` integers, `end` behind them. Constants come first, then the inputs from `first_input`, the
    results from `first_result`, and the rest up to `size`; `initial` are the numbers before the first call, up to the
    results. `places` says where each result stands: a constant among the results from the beginning, an input or what
    is another result too in its only place, so that none of them costs a row. `addresses` are places of constants that
    differ from process to process. `borders` are the rows between parts of the schedule; `kept[r]` says whether what
    row r computes is read in a later part or is a result.
    """

    code: npt.NDArray[np.int32]
    initial: npt.NDArray[np.float64]
    first_input: int
    first_result: int
    places: npt.NDArray[np.int64]
    addresses: frozenset[int]
    size: int
    borders: tuple[int, ...]
    kept: npt.NDArray[np.bool_]
    callbacks: tuple[Callback, ...]
    precision: Precision

    def __len__(self) -> int:
        return len(self.code) - 1

    @property
    def fusible(self) -> bool:
        """Whether the optimised code for batches has one loop over points of its own."""
        columns = self.first_result - self.first_input + len(self.places)
        return len(self.borders) == 2 and columns <= FUSED_COLUMNS and not self.callbacks

    @property
    def constants(self) -> npt.NDArray[np.float64]:
        """The numbers that the rows read."""
        return self.initial[: self.first_input]

    @property
    def inputs(self) -> npt.NDArray[np.int64]:
        """The places of the inputs."""
        return np.arange(self.first_input, self.first_result)


def beside(places: npt.NDArray[np.int64]) -> bool:
    """Whether the numbers at these places stand side by side, in order."""
    return not len(places) or bool((np.diff(places) == 1).all())


class _Constants:
    """Numbers in the order in which they were first asked for, told apart by their bits; the k-th has place -2 - k."""

    def __init__(self) -> None:
        self.place: dict[bytes, int] = {}
        self.addresses: set[int] = set()

    def __call__(self, value: float) -> int:
        return -2 - self.place.setdefault(struct.pack("<d", value), len(self.place))

    def address(self, value: int) -> int:
        """The place of an address, as a double of the same bits."""
        place = self(struct.unpack("<d", struct.pack("<q", value))[0])
        self.addresses.add(-2 - place)
        return place

    def values(self) -> npt.NDArray[np.float64]:
        return np.frombuffer(b"".join(self.place), dtype="<f8").astype(np.float64)


def encode(program: Program, precision: Precision = DOUBLE) -> Rows:
    """The rows of a program, in its schedule's order.

    >>> from edgewise import parse
    >>> rows = encode(parse("x*y + sin(x)").program())
    >>> len(rows), rows.size
    (3, 5)
    """
    tape, plan = program.tape, program.schedule
    order, results = plan.order, np.array(program.result_nodes, dtype=np.int64)
    # The place of a constant is a negative number until it is known how many there are.
    constant, callbacks = _Constants(), _Callbacks()
    home = np.full(len(tape), -1, dtype=np.int64)
    for node, value in program.constants.items():
        home[node] = constant(real(value))
    inputs = np.array(tape.inputs, dtype=np.int64)
    home[inputs] = np.arange(len(inputs))
    computed = np.zeros(len(tape), dtype=bool)
    computed[order] = True
    nodes, first = np.unique(results, return_index=True)
    computed_result = np.zeros(len(tape), dtype=bool)
    computed_result[results] = True
    own = computed[nodes]
    home[nodes[own]] = len(inputs) + first[own]
    called = map(tape.op_of_code, distinct(tape.ops[order]).tolist())
    widest = max((op.arity for op in called if op.custom or op.name in CALLED), default=0)
    registers = len(inputs) + len(results) + widest
    between = plan.slot >= 0
    home[between] = registers + plan.slot[between]

    codes = tape.ops[order].astype(np.int64)
    rows = np.zeros((len(order), COLUMNS), dtype=np.int64)
    rows[:, 0] = np.append(_CODE_OF, -1)[np.minimum(codes, N_BUILTIN)]
    rows[:, 1] = home[order]
    arity = tape.start[order + 1] - tape.start[order]
    for k in range(COLUMNS - 2):
        has = arity > k
        rows[has, 2 + k] = home[tape.args[tape.start[order[has]] + k]]
    rows[_squares(tape, order, codes), 0] = OPCODES["square"]
    # What is not one row of the table, or not one row: other powers, functions called by address, calls back.
    extra: list[list[int]] = []
    where: list[int] = []
    for r in np.flatnonzero(rows[:, 0] < 0).tolist():
        node = int(order[r])
        op, args = tape.op(node), [int(home[j]) for j in tape.arguments(node)]
        if precision is not DOUBLE and op.name != "power":
            raise LoweringError(
                f"{op.name} is not computed in single precision", hint='leave dtype="float32" out: results are doubles'
            )
        written = _special(op, tape.attrs.get(node), int(rows[r, 1]), args, registers - widest, constant, callbacks)
        extra.extend(written[:-1])
        where.extend([r] * (len(written) - 1))
        rows[r] = written[-1]
    # A result that is another one too, or an input, stands where that is; a constant has a place of its own.
    own_place = len(inputs) + np.arange(len(results))
    found = home[results]
    standing = np.where(found < 0, own_place, found)
    preset = np.zeros(len(inputs) + len(results))
    for k in np.flatnonzero(found < 0).tolist():
        preset[len(inputs) + k] = real(program.constants[int(results[k])])
    borders = plan.cuts(PART)
    # A value is kept where its last reader stands in a later part.
    part = np.searchsorted(borders, np.arange(len(order) + 1), side="right")
    kept = part[plan.last[order]] > part[:-1]
    kept[computed_result[order]] = True
    if extra:
        rows = np.insert(rows, where, np.array(extra), axis=0)
        kept = np.insert(kept, where, False)
        borders = borders + np.searchsorted(np.array(where), borders)
    rows = np.concatenate((rows, np.array([[OPCODES["end"], 0, 0, 0, 0]], dtype=np.int64)))
    values = constant.values()
    places = rows[:, 1:]
    exponents = rows[:, 0] == OPCODES["powi"]
    power = rows[exponents, 3]
    places[:] = np.where(places >= 0, places + len(values), -2 - places)
    rows[exponents, 3] = power
    size = len(values) + registers + plan.slots
    if size > 2**31 - 1:
        raise LoweringError(f"the graph needs {size} numbers at once", hint="use the back end 'numpy'")
    return Rows(
        np.ascontiguousarray(rows, dtype=np.int32), np.concatenate((values, preset)), len(values),
        len(values) + len(inputs), standing + len(values), frozenset(constant.addresses), size,
        tuple(borders.tolist()), kept, callbacks.all(), precision,
    )  # fmt: skip


def _squares(tape: Tape, order: IntArray, codes: IntArray) -> IntArray:
    """The rows that are squares: of the operations without a row of their own by far the most."""
    powers: IntArray = np.flatnonzero(codes == _POWER)
    exponents = [tape.attrs[node] for node in order[powers].tolist()]
    squares = np.fromiter((type(exponent) is int and exponent == 2 for exponent in exponents), dtype=bool)
    found: IntArray = powers[squares]
    return found


class _Callbacks:
    """Callbacks, one for each operation and parameter."""

    def __init__(self) -> None:
        self.made: dict[Any, Callback] = {}

    def __call__(self, op: Op, parameter: Any) -> Callback:
        if (op, parameter) not in self.made:
            self.made[op, parameter] = Callback(op, parameter)
        return self.made[op, parameter]

    def all(self) -> tuple[Callback, ...]:
        return tuple(self.made.values())


def _special(
    op: Op, parameter: Any, to: int, args: Sequence[int], calls: int, constant: _Constants, callbacks: _Callbacks
) -> list[list[int]]:
    """The rows of an operation that has no row of its own."""
    if op.name == "power":
        return _power(parameter, to, args[0], constant)
    if op.name in POINTERS:
        return [[OPCODES["pointer"], to, args[0], constant.address(_scipy_address(POINTERS[op.name])), 0]]
    callback = callbacks(op, parameter)
    copies = [[OPCODES["copy"], calls + k, arg, 0, 0] for k, arg in enumerate(args)]
    return [*copies, [OPCODES["call"], to, constant.address(callback.address), calls, 0]]


def _power(exponent: Any, to: int, x: int, constant: _Constants) -> list[list[int]]:
    """x to a constant power: products for small whole ones, as `numeric.power` has their signs."""
    if exponent == 0.5:
        return [[OPCODES["sqrt"], to, x, 0, 0]]
    if type(exponent) is not int or abs(exponent) >= 2**31:
        return [[OPCODES["pow"], to, x, constant(real(exponent)), 0]]
    size = abs(exponent)
    if exponent == 0:
        return [[OPCODES["copy"], to, constant(1.0), 0, 0]]
    if exponent == -1:
        return [[OPCODES["div"], to, constant(1.0), x, 0]]
    if size > WHOLE:
        return [[OPCODES["pow"], to, x, constant(float(exponent)), 0]]
    # The power of the reciprocal: the reciprocal of the power would overflow on the way to small results.
    rows = [[OPCODES["div"], to, constant(1.0), x, 0]] if exponent < 0 else []
    base = to if rows else x
    return [*rows, [OPCODES["square"], to, base, 0, 0] if size == 2 else [OPCODES["powi"], to, base, size, 0]]


@cache
def _scipy_address(name: str) -> int:
    """The address of SciPy's compiled double function of this name, from the capsules that it exports for Cython."""
    from scipy.special import cython_special

    api = ctypes.pythonapi
    api.PyCapsule_GetName.restype, api.PyCapsule_GetName.argtypes = ctypes.c_char_p, [ctypes.py_object]
    api.PyCapsule_GetPointer.restype = ctypes.c_void_p
    api.PyCapsule_GetPointer.argtypes = [ctypes.py_object, ctypes.c_char_p]
    for key in (name, f"__pyx_fuse_0{name}", f"__pyx_fuse_1{name}"):
        capsule = cython_special.__pyx_capi__.get(key)
        if capsule is not None:
            signature = api.PyCapsule_GetName(capsule)
            if signature == b"double (double, int __pyx_skip_dispatch)":
                return int(api.PyCapsule_GetPointer(capsule, signature))
    raise LoweringError(f"this SciPy has no compiled double function {name}", hint="use the back end 'numpy'")
