"""Values at special points, judged: what mpmath has for a graph as it was written, and how far rounding alone carries.

The judge reads a graph in arithmetic of hundreds of digits without overflow; where that has no number, and at infinite
inputs, it takes limits. What rounding may do is seen by moving every result by a last digit (Monte Carlo arithmetic:
D. S. Parker, 1997): where that moves the output by as much, a difference is no fault of a rule.
"""

from __future__ import annotations

import gc
import math
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import mpmath as mp
import numpy as np

from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT
from oracles import mp_number, mp_value

INF, NAN = math.inf, math.nan
POINTS = np.array([
    0.0, 1.0, 0.5, 2.0, 3.0, 1e-9, 1 - 1e-12, 30.0, 360.0, 400.0, 800.0, 1e-320, 1e-160, 1e16, 1e103, 1e154, 1e300,
    1e308, INF, -0.0, -1.0, -0.5, -2.0, -3.0, -1e-9, -40.0, -360.0, -400.0, -800.0, -1e-320, -1e16, -1e154, -1e308,
    -INF, NAN,
])  # fmt: skip
LARGEST = mp.mpf("1.7976931348623157e308")
LEAST = mp.mpf("1e-300")
BEYOND = mp.mpf(2) ** 4000
"""Beyond this only sums, products, powers and the like are computed: others would take as many digits."""
RATIONAL = frozenset(
    """add sub mul div neg power abs sign min max clip relu heaviside lt le gt ge eq ne and or not where sqrt cbrt log
    log1p log2 log10 asinh acosh atan atan2 hypot""".split()
)
EXACT = frozenset(
    "neg abs sign min max clip relu heaviside floor ceil round lt le gt ge eq ne and or not where mod".split()
)
"""Operations that round nothing."""


class _TooLong(Exception):
    """The judge has nothing to say."""


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    def stop(*_: Any) -> None:
        raise _TooLong

    gc.disable()  # what is raised while it calls back is lost
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.05)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        gc.enable()


def _evaluated(tape: Tape, point: Sequence[Any], output: int) -> Any:
    """An output in high precision, None where there is no real number; a branch not selected is not looked at."""
    values: list[Any] = [None] * len(tape)
    for i, value in zip(tape.inputs, point, strict=True):
        values[i] = mp.mpf(value)
    live = tape.live([output]).tolist()
    for i, code, args in tape.rows():
        if code == INPUT or not live[i]:
            continue
        if code == CONST:
            values[i] = mp_number(tape.attrs[i])
            continue
        name, given = tape.op_of_code(code).name, [values[j] for j in args]
        if name == "where":
            values[i] = None if given[0] is None else given[1] if given[0] else given[2]
            continue
        if any(v is None for v in given) or (name not in RATIONAL and any(abs(v) > BEYOND for v in given)):
            continue
        try:
            value = mp_value(name, given, tape.attrs.get(i))
        except (ValueError, ZeroDivisionError, OverflowError, TypeError, ArithmeticError, MemoryError):
            continue
        if isinstance(value, mp.mpf) and mp.isfinite(value):
            values[i] = value
    return values[output]


def _limit(values: Sequence[Any]) -> Any:
    """What three values on the way to a limit tend to: a number, ±inf, or None."""
    if any(v is None for v in values):
        return None
    a, b, c = values
    if abs(b - c) <= abs(c) * mp.mpf("1e-12") or max(abs(a), abs(b), abs(c)) < LEAST:
        return mp.mpf(0) if abs(c) < LEAST else c
    if abs(a) > abs(b) > abs(c) and abs(c) < abs(b) * mp.mpf("1e-20"):
        return mp.mpf(0)
    return mp.sign(c) * mp.inf if a * c > 0 and abs(a) < abs(b) < abs(c) else None


def truths(tape: Tape, output: int, point: Sequence[float]) -> list[Any]:
    """What the output may rightly be: one number, one-sided limits, or nothing where the judge has none."""
    if any(math.isnan(x) for x in point):
        return []
    try:
        with _time_limit(0.4), mp.workdps(700):
            if not all(map(math.isfinite, point)):
                far = [
                    _evaluated(tape, [mp.sign(x) * size if math.isinf(x) else x for x in point], output)
                    for size in map(mp.mpf, ("1e320", "1e400", "1e500"))
                ]
                found = [_limit(far)]
            else:
                found = [_evaluated(tape, point, output)]
                if found[0] is None:
                    steps = list(map(mp.mpf, ("1e-330", "1e-340", "1e-350")))
                    found = [
                        _limit([_evaluated(tape, [x + s * h * (abs(x) or 1) for x in map(mp.mpf, point)], output)
                                for h in steps])
                        for s in (1, -1)
                    ]  # fmt: skip
            return [v for v in found if v is not None]
    except (_TooLong, MemoryError, OverflowError):
        return []


def distance(value: float, right: Sequence[Any]) -> Any:
    """How far a double is from the nearest of the right numbers: an infinity is right beyond all doubles."""
    best: Any = mp.inf
    for exact in right:
        if abs(exact) > LARGEST:
            if math.isinf(value) and (value > 0) == (exact > 0):
                return mp.mpf(0)
        elif math.isfinite(value):
            best = min(best, abs(mp.mpf(value) - exact))
    return best


def fits(value: float, right: Sequence[Any]) -> bool:
    """Whether a double is one of the right numbers, to a relative 1e-9."""
    size = min((abs(v) for v in right if abs(v) <= LARGEST), default=mp.mpf(0))
    return bool(distance(value, right) <= size * mp.mpf("1e-9") + LEAST)


def moved_by_rounding(tape: Tape, output: int, point: Sequence[float], times: int = 48) -> list[float]:
    """The output when the result of every operation that rounds is moved by up to a last digit."""
    random, values = np.random.default_rng(7), [np.zeros(0)] * len(tape)
    for i, x in zip(tape.inputs, point, strict=True):
        values[i] = np.full(times, float(x))
    live = tape.live([output]).tolist()
    with np.errstate(all="ignore"):
        for i, code, args in tape.rows():
            if not live[i] or code == INPUT:
                continue
            if code == CONST:
                values[i] = np.full(times, float(tape.attrs[i]))
                continue
            op, extra = tape.op_of_code(code), [tape.attrs[i]] if i in tape.attrs else []
            value = np.broadcast_to(np.asarray(op.value(*(values[j] for j in args), *extra), float), (times,))
            unit = any(abs(float(tape.attrs[j])) in (0, 1) for j in args if tape.ops[j] == CONST)
            if op.name not in EXACT and not (op.name in ("mul", "div") and unit):
                step = random.integers(-1, 2, times) * np.spacing(np.abs(value))
                value = value + np.where(np.isfinite(value), step, 0.0)
            values[i] = value
    found: list[float] = values[output].tolist()
    return found


class Fault(NamedTuple):
    """An output at a point, right as written and wrong otherwise."""

    output: int
    point: tuple[float, ...]
    written: float
    otherwise: float


def evaluated(graph: Any, columns: Sequence[Any]) -> Any:
    """All outputs at all points, a row each."""
    with np.errstate(all="ignore"):
        values = graph.evaluate(*columns).values
    shape = columns[0].shape
    return np.array([np.broadcast_to(np.asarray(values[o], float), shape) for o in graph.tape.outputs])


def differing(a: Any, b: Any, relative: float = 1e-9) -> Any:
    """Where two results are neither equal, nor NaN both, nor near."""
    with np.errstate(all="ignore"):
        same = (a == b) | (np.isnan(a) & np.isnan(b)) | (np.isfinite(a) & (np.abs(a - b) <= relative * np.abs(a)))
        return ~same & ~(np.isfinite(a) & np.isfinite(b) & (np.abs(a - b) < float(LEAST)))


def judged(graph: Any, written: Any, otherwise: Any, columns: Sequence[Any], seen: dict[Any, Any]) -> list[Fault]:
    """The points at which what is written is right and what is computed otherwise is wrong by more than rounding.

    Where what is written is NaN, nothing is right; where mpmath has no number nothing is said. `seen` keeps verdicts.
    """
    found = []
    for o, k in np.argwhere(differing(written, otherwise) & ~np.isnan(written)).tolist():
        point = tuple(float(c[k]) for c in columns)
        fault = Fault(o, point, float(written[o, k]), float(otherwise[o, k]))
        if repr(fault) not in seen:
            seen[repr(fault)] = _is_fault(graph, fault, seen)
        if seen[repr(fault)]:
            found.append(fault)
    return found


def _is_fault(graph: Any, fault: Fault, seen: dict[Any, Any]) -> bool:
    node, key = graph.tape.outputs[fault.output], (fault.output, repr(fault.point))
    if key not in seen:
        seen[key] = truths(graph.tape, node, fault.point)
    right = seen[key]
    if not right or not fits(fault.written, right) or fits(fault.otherwise, right):
        return False
    moved = [fault.written, *moved_by_rounding(graph.tape, node, fault.point)]
    if math.isfinite(fault.written) and not all(map(math.isfinite, moved)):
        return False
    spread = max(distance(value, right) for value in moved)
    return bool(distance(fault.otherwise, right) > 4 * spread + LEAST)
