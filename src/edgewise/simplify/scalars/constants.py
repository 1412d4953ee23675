"""Attributes and constants as numbers in columns, and the arithmetic on them that needs Python."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.graph import IntArray
from edgewise.ops import CODE, TABLE, Number, SymbolicConstant, fold_exact, number_key
from edgewise.simplify.patterns import LITERALS, NONE, number_class
from edgewise.simplify.scalars import work_columns
from edgewise.simplify.scalars.native_arithmetic import value_number, value_numbers
from edgewise.simplify.scalars.work_columns import (
    CODES,
    DEN,
    FLOAT,
    KIND,
    LITERAL,
    NEGATIVE,
    NODE,
    NUM,
    OTHER,
    POSITIVE,
    RATIO,
    SAME_BITS,
    VALUE_CLS,
    VALUE_SIGN,
    VALUES,
    ZERO,
    zeros,
)

__all__ = ["Constants", "folded", "rounds"]

_POWER: Final = CODE["power"]
_FOLDED: Final = {CODE[name]: name for name in ("add", "sub", "mul", "div", "neg", "pow", "power")}
_MACHINE: Final = 1 << 62


class Constants:
    """Each distinct value, by type and value, has one number: a row of `columns`; None is number 0.

    `work[VALUES]` counts them, and native code adds some of its own.
    """

    def __init__(self, rules: IntArray, work: IntArray, room: int) -> None:
        self.same_bits, self._rules, self._work = bool(rules[SAME_BITS]), rules, work
        self._index: dict[Any, int] = {}
        self._others: list[Any] = [None]
        self.columns = self._empty(room)
        self.columns[0, KIND], self.columns[0, VALUE_CLS] = OTHER, NONE
        work[VALUES] = 1
        for value in LITERALS:  # the rules' literals come first, in their order
            self.number(value)

    @staticmethod
    def _empty(room: int) -> IntArray:
        rows = zeros(1 << (2 * room - 1).bit_length(), 8)
        rows[:, NODE] = rows[:, work_columns.TABLE] = -1
        return rows

    def reserve(self, more: int) -> None:
        """Make room for more values."""
        old, count = self.columns, int(self._work[VALUES])
        if 2 * (count + more) <= len(old):
            return
        self.columns = self._empty(2 * (count + more))
        self.columns[:count, : work_columns.TABLE] = old[:count, : work_columns.TABLE]
        for value in np.flatnonzero(old[:count, KIND] != OTHER).tolist():
            self._work[VALUES] = value
            value_number(self.columns, self._work, *old[value, :VALUE_CLS].tolist())
        self._work[VALUES] = count

    def number(self, value: Any) -> int:
        """The number of a value."""
        key = value if type(value) is int else number_key(value)
        found = self._index.get(key)
        if found is None:
            found = self._index[key] = self._new(value)
        return found

    def numbers(self, values: Sequence[Any]) -> IntArray:
        """The numbers of many values: doubles and machine integers all at once."""
        found = np.empty(len(values), dtype=np.int64)
        self.reserve(len(values))
        kinds = np.array([FLOAT if type(v) is float else RATIO if type(v) is int else OTHER for v in values])
        doubles, whole = np.flatnonzero(kinds == FLOAT), np.flatnonzero(kinds == RATIO)
        if len(whole) and max(abs(values[k]) for k in whole.tolist()) >= _MACHINE:
            whole = whole[:0]
        bits = np.array([values[k] for k in doubles.tolist()], dtype=float).view(np.int64)
        integers = np.array([values[k] for k in whole.tolist()], dtype=np.int64)
        for kind, rows, nums in ((FLOAT, doubles, bits), (RATIO, whole, integers)):
            numbers = np.empty(len(rows), dtype=np.int64)
            value_numbers(kind, nums, self.columns, self._rules, CODES, self._work, numbers)
            found[rows] = numbers
        rest = np.ones(len(values), dtype=bool)
        rest[doubles] = rest[whole] = False
        for k in np.flatnonzero(rest).tolist():
            found[k] = self.number(values[k])
        return found

    def values(self, count: int) -> list[Any]:
        """The values of the first `count` numbers."""
        rows = self.columns[:count]
        kinds, nums, dens = (rows[:, k].tolist() for k in (KIND, NUM, DEN))
        reals = rows[:, NUM].copy().view(float).tolist()
        return [
            real if kind == FLOAT else self._others[num] if kind == OTHER else num if den == 1 else Fraction(num, den)
            for kind, num, den, real in zip(kinds, nums, dens, reals, strict=True)
        ]

    def _new(self, value: Any) -> int:
        self.reserve(1)
        kind, num, den = OTHER, len(self._others), 0
        if type(value) is float:
            kind, num = FLOAT, int(np.float64(value).view(np.int64))
        elif (type(value) is int or (type(value) is Fraction and value.denominator > 1)) and (
            max(abs(value.numerator), value.denominator) < _MACHINE
        ):
            kind, num, den = RATIO, value.numerator, value.denominator
        rows = self.columns
        if kind == OTHER:
            new = int(self._work[VALUES])
            self._work[VALUES] = new + 1
            rows[new, KIND], rows[new, NUM] = kind, num
            self._others.append(value)
        else:
            new = int(value_number(rows, self._work, kind, num, den))
        rows[new, LITERAL], rows[new, VALUE_CLS] = -1, NONE
        if isinstance(value, (int, float, Fraction, SymbolicConstant)):
            size = float(value) if isinstance(value, SymbolicConstant) else value
            rows[new, VALUE_SIGN] = POSITIVE if size > 0 else NEGATIVE if size < 0 else ZERO
            rows[new, VALUE_CLS] = number_class(value)
            if not isinstance(value, bool):
                rows[new, LITERAL] = next((k for k, literal in enumerate(LITERALS) if value == literal), -1)
        return new

    def __getitem__(self, number: int) -> Any:
        """The value of a number."""
        kind, num, den = self.columns[number, :VALUE_CLS].tolist()
        if kind == FLOAT:
            return float(np.int64(num).view(np.float64))
        if kind == OTHER:
            return self._others[num]
        return num if den == 1 else Fraction(num, den)

    def answer(self, op: int, first: int, second: int) -> int:
        """The number of an operation's value on values, -1 where it is not computed."""
        values = [self[first], self[second]] if second >= 0 else [self[first]]
        value = folded(op, values)
        if value is None or (self.same_bits and rounds(value, values)):
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
