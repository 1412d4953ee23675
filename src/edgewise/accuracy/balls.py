"""Values to any number of digits: a graph evaluated on balls, at a precision that rises until the digits are there.

A ball of ball arithmetic holds the exact value, so that its radius says how many digits are known; a number computed
once more with more digits does not say that: (10**300 + 1) - 10**300 is 0 at 50 digits and at 100.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

import numpy as np
from flint import arb, ctx

from edgewise.accuracy.ball_values import BALLS, ball_of
from edgewise.errors import InputError
from edgewise.evaluate import Evaluation, by_input
from edgewise.graph import Tape
from edgewise.ops import CONST, INPUT, Op, computed_template

__all__ = ["FIRST_BITS", "LAST_BITS", "Balls", "decimal_of", "evaluated", "working_bits"]

FIRST_BITS: Final = 128
LAST_BITS: Final = 16384
"""Where precision stops to rise: a value of which no digit is known then may be 0."""
NANS_SETTLED: Final = 4096
"""Bits by which sums and products of two doubles are exact: what is NaN then stays so."""
TINY: Final = arb(2) ** -1200


@contextmanager
def working_bits(bits: int) -> Iterator[None]:
    """Balls are computed with so many bits inside."""
    before = ctx.prec
    ctx.prec = bits
    try:
        yield
    finally:
        ctx.prec = before


class Balls:
    """A graph of scalars as a list of steps on balls."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        # Operations that compute with doubles alone: what is made of them is not known.
        self.without = sorted({op.name for op in self._rows.values() if _function(op) is None})

    @cached_property
    def _rows(self) -> dict[int, Op]:
        codes = {int(code) for code in self.tape.ops.tolist()} - {INPUT, CONST}
        return {code: self.tape.op_of_code(code) for code in codes}

    @cached_property
    def _steps(self) -> list[tuple[int, Callable[..., Any] | None, tuple[int, ...], Any]]:
        """Node, function, arguments and parameter, in order; constants are nodes without a function."""
        functions = {code: _function(op) or _unknown for code, op in self._rows.items()}
        return [
            (i, functions.get(code), tuple(args), self.tape.attrs.get(i))
            for i, code, args in self.tape.rows()
            if code != INPUT
        ]

    def values(self, inputs: Sequence[Any]) -> list[Any]:
        """Algorithm 6.1 on balls, at the working precision; inputs are balls or numbers."""
        values: list[Any] = [None] * len(self.tape)
        for i, value in zip(self.tape.inputs, inputs, strict=True):
            values[i] = value if isinstance(value, arb) else ball_of(value)
        for i, function, args, parameter in self._steps:
            if function is None:
                values[i] = ball_of(parameter)
            elif parameter is None:
                values[i] = function(*[values[j] for j in args])
            else:
                values[i] = function(*[values[j] for j in args], parameter)
        return values

    def known(self, inputs: Sequence[Any], nodes: Sequence[int], bits: int, last: int = LAST_BITS) -> list[Any]:
        """All values, where each of `nodes` is known to so many bits relative to itself, or to be 0 as a double.

        Precision rises from `bits` on, doubled each time; at the `last` the balls are what they are. A ball that
        cannot be told from 0 there stays one that holds 0.
        """
        precision = max(FIRST_BITS, bits + 64)
        while True:
            with working_bits(precision):
                values = self.values(inputs)
                wanting = [i for i in nodes if not settled(values[i], bits)]
            if not wanting or precision >= last or all(self._hopeless(values, i, precision) for i in wanting):
                return values
            precision *= 2

    def _hopeless(self, values: Sequence[Any], node: int, precision: int) -> bool:
        """Whether more digits will not help: a NaN of numbers that are known exactly is one at any precision."""
        while values[node].is_nan():
            args = self.tape.arguments(node)
            source = next((j for j in args if values[j].is_nan()), None)
            if source is None:
                return precision >= NANS_SETTLED or all(values[j].is_exact() for j in args)
            node = source
        return False


def evaluated(
    tape: Tape, args: Sequence[Any], named: Mapping[str, Any], digits: int, *, as_balls: bool = False
) -> Evaluation:
    """Algorithm 6.1 to so many digits of every output and node: as Decimals, or as balls.

    Inputs are doubles, integers, Fractions and Decimals, which are taken as they are, balls, and groups of these. Nodes
    of which no digit can be known, for they are 0 or next to it, are 0. Raises InputError for an operation that has no
    value of many digits, and where an input is missing.
    """
    known = Balls(tape)
    if known.without:
        raise _no_value(known.without[0])
    given = by_input(tape.parameters, args, named)
    inputs: list[Any] = []
    bits = math.ceil(digits * math.log2(10)) + 4
    with working_bits(bits + 64):
        for parameter in tape.parameters:
            if parameter.name not in given:
                raise InputError(
                    f"no value was given for the input {parameter.name!r}", hint=f"give {parameter.name}=…"
                )
            value = given[parameter.name]
            entries = [value] if not parameter.shape else list(np.asarray(value, dtype=object).ravel())
            if len(entries) != parameter.size:
                raise InputError(f"{parameter.name!r} has {parameter.size} entries, and {len(entries)} were given")
            inputs += [_given(parameter.name, entry) for entry in entries]
    found = known.known(inputs, range(len(tape)) if not as_balls else list(tape.outputs), bits)
    values = tuple(found) if as_balls else tuple(decimal_of(ball, digits) for ball in found)
    return Evaluation(tape, values, whole=True)


def _given(name: str, value: Any) -> Any:
    """What is given for an input, as it is."""
    if isinstance(value, arb):
        return value
    if isinstance(value, (bool, int, np.integer)):
        return arb(int(value))
    if isinstance(value, (float, np.floating)):
        return float(value)
    try:
        if hasattr(value, "p") and hasattr(value, "q"):  # a number of SymPy's
            return Fraction(int(value.p), int(value.q))
        return Fraction(value)
    except (ValueError, TypeError, OverflowError):
        raise InputError(
            f"{value!r:.60} is no number for the input {name!r}", hint="give a number, a Fraction, a Decimal or a ball"
        ) from None


def settled(ball: Any, bits: int) -> bool:
    """Whether a ball is known to so many bits, or is 0 as a double for sure."""
    return bool(ball.is_exact() or ball.rel_accuracy_bits() >= bits or (ball.contains(0) and ball.abs_upper() < TINY))


def decimal_of(ball: Any, digits: int) -> Decimal:
    """The midpoint of a ball, rounded to so many digits."""
    if ball.is_nan():
        return Decimal("NaN")
    if not ball.is_finite():
        return Decimal("Infinity" if ball > 0 else "-Infinity" if ball < 0 else "NaN")
    if ball.contains(0):
        return Decimal(0) if ball.abs_upper() < TINY else Decimal("NaN")
    with working_bits(int(digits * 3.33) + 80):
        return Decimal(ball.mid().str(digits, radius=False))


def _function(op: Op) -> Callable[..., Any] | None:
    """A row's value on balls: by python-flint, or by the formula that the row has for every precision."""
    if op.name in BALLS and not op.custom:
        return BALLS[op.name]
    if op.formula is None and (op.custom or not op.computed):
        return None

    def call(*args: Any) -> Any:
        values, parameter = (args[:-1], args[-1]) if op.parameter else (args, None)
        template = computed_template(op, parameter)
        assert template is not None
        return template.write(values, ball_of, _apply)

    return call


def _apply(op: Op, args: Sequence[Any], parameter: Any) -> Any:
    function = _function(op) or _unknown
    return function(*args) if parameter is None else function(*args, parameter)


def _unknown(*_: Any) -> Any:
    """The value of an operation that has none of many digits."""
    return arb.nan()


def _no_value(name: str) -> InputError:
    return InputError(
        f"the operation {name!r} has no value of more digits than a double's",
        hint="give ew.op its value as a formula: a function of Python computes with doubles",
    )
