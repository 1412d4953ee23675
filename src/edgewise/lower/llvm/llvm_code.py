"""A program as rows for the interpreter, and the same rows as LLVM's text.

All numbers of a program stand in one array: constants, inputs, results, arguments handed to calls, and registers for
the values in between. A row computes one of them from others. Optimised code is made from these same rows, so that
it can only differ from the interpreter in speed.
"""

from __future__ import annotations

import ctypes
import struct
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.errors import LoweringError
from edgewise.lower.llvm.llvm_machine import COLUMNS, OPCODES
from edgewise.lower.llvm.llvm_rows import CALLED, POINTERS, Spelling
from edgewise.lower.program import Program, real
from edgewise.ops import N_BUILTIN, TABLE, Op

__all__ = ["Callback", "Rows", "encode", "kernel_text", "parts_text"]

WHOLE: Final = 64
"""Whole powers up to this one are products; C's `pow` computes the others."""

_CALLBACK: Final = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64)
_NAMES: Final = {code: name for name, code in OPCODES.items()}
_DIRECT: Final = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv"}
_CODE_OF: Final = np.array([OPCODES.get(op.name, -1) for op in TABLE])


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


@dataclass(frozen=True, eq=False)
class Rows:
    """A program for the machine: its rows, and where its numbers stand in the array.

    `code`: rows of `COLUMNS` integers, `end` behind them. `constants` come first, then the inputs from `first_input`,
    the results from `first_result`, and the rest up to `size`. `borders` are the rows between parts of the schedule;
    `kept[r]` says whether what row r computes is read in a later part or is a result.
    """

    code: npt.NDArray[np.int32]
    constants: npt.NDArray[np.float64]
    first_input: int
    first_result: int
    n_results: int
    size: int
    borders: tuple[int, ...]
    kept: npt.NDArray[np.bool_]
    callbacks: tuple[Callback, ...]

    def __len__(self) -> int:
        return len(self.code) - 1


class _Constants:
    """Numbers in the order in which they were first asked for, told apart by their bits; the k-th has place -2 - k."""

    def __init__(self) -> None:
        self.place: dict[bytes, int] = {}

    def __call__(self, value: float) -> int:
        return -2 - self.place.setdefault(struct.pack("<d", value), len(self.place))

    def values(self) -> npt.NDArray[np.float64]:
        return np.frombuffer(b"".join(self.place), dtype="<f8").astype(np.float64)


def encode(program: Program) -> Rows:
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
    called = map(tape.op_of_code, np.unique(tape.ops[order]).tolist())
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
    # What is not one row of the table, or not one row: powers, functions called by address, calls back.
    extra: list[list[int]] = []
    where: list[int] = []
    for r in np.flatnonzero(rows[:, 0] < 0).tolist():
        node = int(order[r])
        op, args = tape.op(node), [int(home[j]) for j in tape.arguments(node)]
        written = _special(op, tape.attrs.get(node), int(rows[r, 1]), args, registers - widest, constant, callbacks)
        extra.extend(written[:-1])
        where.extend([r] * (len(written) - 1))
        rows[r] = written[-1]
    copies = [(k, int(home[node])) for k, node in enumerate(results.tolist()) if home[node] != len(inputs) + k]
    borders = plan.cuts()
    # A value is kept where its last reader stands in a later part.
    part = np.searchsorted(borders, np.arange(len(order) + 1), side="right")
    kept = part[plan.last[order]] > part[:-1]
    kept[computed_result[order]] = True
    if extra:
        rows = np.insert(rows, where, np.array(extra), axis=0)
        kept = np.insert(kept, where, False)
        borders = borders + np.searchsorted(np.array(where), borders)
    tail = [[OPCODES["copy"], len(inputs) + k, source, 0, 0] for k, source in copies] + [[OPCODES["end"], 0, 0, 0, 0]]
    rows = np.concatenate((rows, np.array(tail, dtype=np.int64)))
    kept = np.concatenate((kept, np.ones(len(copies), dtype=bool)))
    borders[-1] += len(copies)
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
        np.ascontiguousarray(rows, dtype=np.int32), values, len(values), len(values) + len(inputs), len(results),
        size, tuple(borders.tolist()), kept, callbacks.all(),
    )  # fmt: skip


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
        return [[OPCODES["pointer"], to, args[0], constant(_as_double(_scipy_address(POINTERS[op.name]))), 0]]
    callback = callbacks(op, parameter)
    copies = [[OPCODES["copy"], calls + k, arg, 0, 0] for k, arg in enumerate(args)]
    return [*copies, [OPCODES["call"], to, constant(_as_double(callback.address)), calls, 0]]


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


def _as_double(address: int) -> float:
    number: float = struct.unpack("<d", struct.pack("<q", address))[0]
    return number


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


# --- the same rows as LLVM's text -----------------------------------------------------------------------------------


def parts_text(rows: Rows, parts: Iterable[int], spelling: Spelling) -> str:
    """Parts of a program as functions `@part.<k>` of the array of numbers, and the operations that they call.

    What a part computes stays in LLVM's values; what another part or the caller reads is stored where it is computed.
    """
    used: dict[str, None] = {}
    lines = [line for part in parts for line in _part(rows, part, spelling, used)]
    return "\n".join([spelling.functions(used), *lines, ""])


def _part(rows: Rows, part: int, spelling: Spelling, used: dict[str, None]) -> list[str]:
    begin, end = rows.borders[part], rows.borders[part + 1]
    kind, constants = spelling.type, rows.constants.tolist()
    value: dict[int, str] = {k: spelling.constant(number) for k, number in enumerate(constants)}
    lines: list[str] = []

    def read(place: int) -> str:
        if place not in value:
            lines.append(f"%p{place} = getelementptr {kind}, ptr %x, i64 {place}")
            lines.append(f"%x{place} = load {kind}, ptr %p{place}, align 8")
            value[place] = f"%x{place}"
        return value[place]

    stored = 0

    def store(place: int, text: str) -> None:
        nonlocal stored
        stored += 1
        lines.append(f"%s{stored} = getelementptr {kind}, ptr %x, i64 {place}")
        lines.append(f"store {kind} {text}, ptr %s{stored}, align 8")

    kept = rows.kept[begin:end].tolist()
    for r, (op, to, a, b, c) in enumerate(rows.code[begin:end].tolist()):
        name = _NAMES[op]
        if name in _DIRECT:
            lines.append(f"%v{r} = {_DIRECT[name]} {kind} {read(a)}, {read(b)}")
            value[to] = f"%v{r}"
        elif name == "copy":
            value[to] = read(a)
            if not kept[r]:  # an argument of a call, read from memory
                store(to, value[to])
        elif name == "powi":
            value[to] = _multiplied(read(a), b, f"%v{r}", kind, lines)
        elif name == "call":
            bits = struct.unpack("<q", struct.pack("<d", constants[a]))[0]
            lines.append(f"%f{r} = inttoptr i64 {bits} to ptr")
            for label, place in (("a", b), ("r", to)):
                lines.append(f"%{label}{r} = getelementptr {kind}, ptr %x, i64 {place}")
            lines.append(f"call void %f{r}(ptr %a{r}, ptr %r{r}, i64 {spelling.width})")
            lines.append(f"%v{r} = load {kind}, ptr %r{r}, align 8")
            value[to] = f"%v{r}"
            continue
        else:
            used[name] = None
            args = [read(place) for place in (a, b, c)[: len(spelling.arguments(name))]]
            lines.append(f"%v{r} = call {kind} @op.{name}({', '.join(f'{kind} {arg}' for arg in args)})")
            value[to] = f"%v{r}"
        if kept[r]:
            store(to, value[to])
    return [f"define void @part.{part}(ptr noalias %x) nounwind {{", *lines, "ret void", "}"]


def _multiplied(x: str, exponent: int, name: str, kind: str, lines: list[str]) -> str:
    """A whole power by squaring: the products of the interpreter's `powi`, in its order."""
    power, base, k = "", x, 0
    while exponent:
        if exponent & 1:
            if power:
                lines.append(f"{name}.{k} = fmul {kind} {power}, {base}")
                power, k = f"{name}.{k}", k + 1
            else:
                power = base
        exponent >>= 1
        if exponent:
            lines.append(f"{name}.{k} = fmul {kind} {base}, {base}")
            base, k = f"{name}.{k}", k + 1
    return power


def kernel_text(parts: Iterable[int], name: str) -> str:
    """The function of (code, numbers) that runs the parts one behind the other."""
    numbers = list(parts)
    return "\n".join(
        [
            *(f"declare void @part.{k}(ptr)" for k in numbers),
            f"define void @{name}(ptr %code, ptr %x) nounwind {{",
            *(f"call void @part.{k}(ptr %x)" for k in numbers),
            "ret void",
            "}",
            "",
        ]
    )
