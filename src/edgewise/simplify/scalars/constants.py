"""Attributes and constants as numbers in columns, and the arithmetic on them that needs Python."""

from __future__ import annotations  # noqa: I001

from fractions import Fraction
from math import frexp
from typing import Any, Final

import numpy as np

from edgewise.ops import CODE, TABLE, Number, SymbolicConstant, fold_exact, number_key
from edgewise.simplify.scalars.arithmetic import MACHINE, absorbed, enter_values, value_number, value_of
from edgewise.simplify.scalars.state import Rules, Values
from edgewise.simplify.scalars.work_columns import (
    FLOAT, HEADROOM, MINUS_ONE, NEGATIVE, NONE, NOUGHT, NUMBER, ONE, OTHER, POSITIVE, RATIO, TWO, ZERO,
)  # fmt: skip

__all__ = ["RANGE", "Constants", "apart", "exponent", "folded", "number_class", "rounds"]

RANGE: Final = 1000
"""The exponent of two up to which constants are multiplied, and divided by one another, ahead of what they scale."""

_POWER: Final = CODE["power"]
_FOLDED: Final = {CODE[name]: name for name in ("add", "sub", "mul", "div", "neg", "pow", "power")}
KIND, NUM, DEN, CLS, SIGN, LITERAL, NODE = range(7)
"""The columns of `Values.rows`."""


def number_class(value: Number) -> int:
    """The class of a constant. Equal numbers of different types are in one class: 1 and 1.0 are both units."""
    if isinstance(value, (bool, SymbolicConstant)):
        return NUMBER
    return {0: NOUGHT, 1: ONE, -1: MINUS_ONE, 2: TWO}.get(value, NUMBER)  # type: ignore[arg-type]


class Constants:
    """Each distinct value, by type and value, has one number: a row of `columns`; None is number 0.

    The compiled passes add some of their own.
    """

    def __init__(self, rules: Rules, room: int) -> None:
        self.rules, self.columns = rules, Values(HEADROOM + room)
        self._index: dict[Any, int] = {}
        self.others: list[Any] = [None]
        if rules.numbered is None:
            self.columns.rows[0, KIND], self.columns.rows[0, CLS] = OTHER, NONE
            self.columns.count = 1
            for value in rules.literals:  # the rules' literals come first, in their order
                self.number(value)
            rules.numbered = self.columns.rows[: self.columns.count].copy(), self._index.copy(), self.others.copy()
        else:
            rows, index, others = rules.numbered
            self._index, self.others = index.copy(), others.copy()
            self.columns.rows[: len(rows)], self.columns.count = rows, len(rows)
            enter_values(self.columns)

    def reserve(self, more: int) -> None:
        """Make room for more values."""
        values, count = self.columns, self.columns.count
        if 2 * (count + more) > values.room:
            values.reserve(count + more)
            enter_values(values)

    def number(self, value: Any) -> int:
        """The number of a value."""
        key = value if type(value) is int else number_key(value)
        found = self._index.get(key)
        if found is None:
            found = self._index[key] = self._new(value)
        return found

    def _new(self, value: Any) -> int:
        self.reserve(1)
        values = self.columns
        if type(value) is float:
            new = value_number(values, FLOAT, int(np.float64(value).view(np.int64)), 0)
        elif (type(value) is int or (type(value) is Fraction and value.denominator > 1)) and (
            max(abs(value.numerator), value.denominator) < MACHINE
        ):
            new = value_number(values, RATIO, value.numerator, value.denominator)
        else:
            new, values.count = values.count, values.count + 1
            values.rows[new, [KIND, NUM, NODE]] = OTHER, len(self.others), -1
            self.others.append(value)
        row = values.rows[new]
        row[LITERAL], row[CLS] = -1, NONE
        if isinstance(value, (int, float, Fraction, SymbolicConstant)):
            size = float(value) if isinstance(value, SymbolicConstant) else value
            row[SIGN] = POSITIVE if size > 0 else NEGATIVE if size < 0 else ZERO
            row[CLS] = number_class(value)
            if not isinstance(value, bool):
                row[LITERAL] = next((k for k, literal in enumerate(self.rules.literals) if value == literal), -1)
        return int(new)

    def __getitem__(self, number: int) -> Any:
        """The value of a number."""
        return value_of(self.columns, self.others, number)

    def answer(self, op: int, first: int, second: int) -> int:
        """The number of an operation's value on values, -1 where it is not computed."""
        values = [self[first], self[second]] if second >= 0 else [self[first]]
        value = folded(op, values)
        if value is None or (self.rules.same_bits and rounds(value, values)):
            return -1
        return self.number(value)


def rounds(value: Number, values: list[Any]) -> bool:
    """Whether exact arithmetic may differ from the machine's: with fractions, and beyond 53 bits."""
    if any(type(v) is Fraction for v in values):
        return True
    return any(type(v) is int and abs(v) > 2**53 for v in (value, *values))


def folded(code: int, values: list[Any]) -> Number | None:
    """The value of arithmetic on constants: exact for integers and fractions, the IEEE result for doubles.

    >>> from edgewise.ops import CODE
    >>> folded(CODE["add"], [Fraction(1, 3), 1]), folded(CODE["mul"], [0.5, 3]), folded(CODE["div"], [0.5, 3])
    (Fraction(4, 3), 1.5, 0.16666666666666666)
    """
    name = _FOLDED.get(code)
    if name is None:
        return None
    exact = fold_exact("pow" if code == _POWER else name, values)
    if exact is not None or name in ("pow", "power") or (name == "div" and values[1] == 0):
        return exact
    if all(type(value) in (int, float) for value in values):
        try:
            with np.errstate(over="ignore"):
                value = float(TABLE[code].value(*map(float, values)))
        except OverflowError:  # an integer beyond the largest double
            return None
        return value if np.isfinite(value) or name == "neg" else None
    return None


def apart(one: Any, other: Any) -> bool:
    """Whether constants that are terms of a sum must not be added ahead of the others: digits would be lost."""
    if not all(isinstance(value, (int, float, Fraction)) for value in (one, other)) or not (
        isinstance(one, float) or isinstance(other, float)
    ):
        return False
    try:
        return bool(absorbed(float(one), float(other)))
    except OverflowError:
        return True


def exponent(value: int | Fraction | float) -> int:
    """How many doublings a number is away from 1, one way or the other, roughly."""
    if isinstance(value, float):
        return abs(frexp(value)[1])
    return abs(value.numerator.bit_length() - value.denominator.bit_length())
