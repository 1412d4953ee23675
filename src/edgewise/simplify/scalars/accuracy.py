"""Whether a graph computes its results as accurately as another one, and stays in range where that does.

Both are computed at numbers of all sizes: in doubles, and as mantissa and exponent, where no product overflows or
underflows. A result may be lost in doubles only where it is lost in the other graph. How rounding grows is seen by
computing once more with each operation a little off, to either side at random (stochastic arithmetic; Vignes, Math. and
Computers in Simulation 35, 1993); the random numbers are fixed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from edgewise.graph import Tape
from edgewise.ops import CODE, CONST, INPUT
from edgewise.simplify.scalars.ranges import computed_by_row, points_of

__all__ = ["less_good"]

CLOSE, LEAST = 1e-9, 1e-307
"""Doubles that are farther from what they should be are lost: relatively, and in themselves."""

STEP: Final = 2.0**-30
"""How far an operation is off at most, in each of the RUNS."""
RUNS: Final = 5

NEAR: Final = 64
"""The points whose products reach the ends of the range and do not pass them. Where each number is of a size of its
own, no order of a product of three is better than another."""

WORSE: Final = 8.0
"""A result may be so many times less accurate, as far as can be seen from so few runs."""

HOPELESS: Final = 1e9
"""A result that loses so much of its digits has none to lose."""

Floats = npt.NDArray[np.float64]
Scaled = tuple[Any, Any]
"""Numbers as mantissas, between 1/2 and 1, and exponents of two."""

ADD, SUB, MUL, DIV, NEG, POWER, SQRT, EXP, LOG, WHERE = (
    CODE[name] for name in ("add", "sub", "mul", "div", "neg", "power", "sqrt", "exp", "log", "where")
)
FAR: Final = 1 << 40
"""More than any exponent, and what two differ by."""


def _split(mantissa: Floats, exponent: Any = 0) -> Scaled:
    found, shift = np.frexp(mantissa)
    return found, shift + exponent


def _joined(number: Scaled) -> Floats:
    return np.ldexp(number[0], np.clip(number[1], -3000, 3000).astype(np.int32))


def _plus(a: Scaled, b: Scaled) -> Scaled:
    top = np.maximum(np.where(a[0] == 0, -FAR, a[1]), np.where(b[0] == 0, -FAR, b[1]))
    return _split(_joined((a[0], a[1] - top)) + _joined((b[0], b[1] - top)), np.where(top == -FAR, 0, top))


def _scaled(op: int, attr: Any, args: Sequence[Scaled]) -> Scaled:
    """An operation on scaled numbers. Functions know doubles: infinity is what is larger, 0 what is smaller."""
    a = args[0]
    if op == ADD:
        return _plus(a, args[1])
    if op == SUB:
        return _plus(a, (-args[1][0], args[1][1]))
    if op == NEG:
        return -a[0], a[1]
    if op == MUL:
        return _split(a[0] * args[1][0], a[1] + args[1][1])
    if op == DIV:
        return _split(a[0] / args[1][0], a[1] - args[1][1])
    if op == POWER and isinstance(attr, int) and abs(attr) <= 64:
        return _split(a[0] ** float(attr), a[1] * attr)
    if op == SQRT:
        odd = a[1] & 1
        return _split(np.sqrt(np.ldexp(a[0], odd.astype(np.int32))), (a[1] - odd) >> 1)
    given = [_joined(number) for number in args]
    if op == EXP:
        whole = np.floor(np.clip(given[0], -1e9, 1e9) / np.log(2.0))
        return _split(np.exp(given[0] - whole * np.log(2.0)), whole.astype(np.int64))
    if op == LOG:
        return _split(np.log(a[0]) + a[1] * np.log(2.0))
    if op == WHERE:
        taken = given[0] != 0
        return np.where(taken, args[1][0], args[2][0]), np.where(taken, args[1][1], args[2][1])
    return _split(np.asarray(computed_by_row(op, attr, given), dtype=np.float64))


EXACT: Final = frozenset({NEG, WHERE})
"""Operations that do not round."""


class _Computed:
    """The roots of a graph at the points: in doubles, scaled, and scaled with operations that are off."""

    def __init__(self, tape: Tape, roots: Sequence[int], points: Floats, inputs: Mapping[Any, int]) -> None:
        self.count = points.shape[1]
        random = np.random.default_rng(1)
        wide = np.tile(points, 1 + RUNS)
        live = tape.live(roots)
        doubles: dict[int, Floats] = {}
        scaled: dict[int, Scaled] = {}
        for node, op, args in tape.rows():
            if not live[node]:
                continue
            attr: Any = tape.attrs.get(node)
            if op == INPUT:
                doubles[node], scaled[node] = points[inputs[attr]], _split(wide[inputs[attr]])
            elif op == CONST:
                number = np.array([float(attr)])
                doubles[node], scaled[node] = number, _split(number)
            else:
                doubles[node] = np.asarray(computed_by_row(op, attr, [doubles[j] for j in args]), dtype=np.float64)
                mantissa, exponent = _scaled(op, attr, [scaled[j] for j in args])
                if op not in EXACT:
                    off = random.uniform(1.0 - STEP, 1.0 + STEP, RUNS * self.count)
                    mantissa, exponent = _split(mantissa * np.concatenate((np.ones(self.count), off)), exponent)
                scaled[node] = mantissa, exponent
        self.doubles = [np.broadcast_to(doubles[root], self.count) for root in roots]
        self.scaled = [tuple(np.broadcast_to(part, wide.shape[1]) for part in scaled[root]) for root in roots]

    def run(self, root: int, number: int) -> Scaled:
        """A root without an end of the range; from run 1 on with operations that are off."""
        mantissa, exponent = self.scaled[root]
        at = slice(number * self.count, (number + 1) * self.count)
        return mantissa[at], exponent[at]

    def spread(self, root: int) -> Floats:
        """How far the runs are apart from the exact root, relatively, in steps."""
        exact = self.run(root, 0)
        apart = [_apart(self.run(root, number), exact) for number in range(1, 1 + RUNS)]
        return np.fmax.reduce(apart) / STEP


def _apart(a: Scaled, b: Scaled) -> Floats:
    """|a - b| / |b|, 0 where they are equal."""
    mantissa, exponent = _plus(a, (-b[0], b[1]))
    return np.where(mantissa == 0, 0.0, np.abs(_joined((mantissa / b[0], exponent - b[1]))))


def less_good(before: tuple[Tape, Sequence[int]], after: tuple[Tape, Sequence[int]]) -> list[int]:
    """The places, among the roots, of those that are less accurate, or out of range, where they were not before.

    A root that is known at no point, as a user's operation is not, is among them.
    """
    tape, roots = before
    live = tape.live(roots)
    names = [tape.attrs[node] for node in tape.inputs if live[node]]
    points = points_of(len(names))[:, :NEAR]
    inputs: dict[Any, int] = {name: k for k, name in enumerate(names)}
    with np.errstate(all="ignore"):
        old, new = (_Computed(*graph, points, inputs) for graph in (before, after))
        return [root for root in range(len(roots)) if _is_worse(old, new, root)]


def _is_worse(old: _Computed, new: _Computed, root: int) -> bool:
    exact, other = old.run(root, 0), new.run(root, 0)
    wanted, given, made = _joined(exact), old.doubles[root], new.doubles[root]
    seen = np.isfinite(wanted) & np.isfinite(given)
    if not seen.any():
        return True
    right, still = (np.abs(number - wanted) <= CLOSE * np.abs(wanted) + LEAST for number in (given, made))
    if (seen & right & ~still & (_apart(other, exact) <= CLOSE)).any():
        return True
    before, now = old.spread(root), new.spread(root)
    judged = seen & (before < HOPELESS)
    return bool((judged & ~(now <= WORSE * (before + 1.0))).any())
