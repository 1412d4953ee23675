"""Numbers as constants of a graph: integers and fractions stay exact."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError, UnsupportedError
from edgewise.graph.other_libraries import is_complex
from edgewise.ops import Number, SymbolicConstant

__all__ = ["exact_number"]


_WRITTEN: Final = 14_000
"""The longest integer, in bits, that Python writes in decimal digits."""


def exact_number(value: Any) -> Number:
    """A Python, NumPy or fractions number as one of our constants; integers and fractions stay exact.

    Infinities are constants of masks and guards; NaN and complex numbers are refused.
    """
    kind = type(value)
    if kind is bool or kind is SymbolicConstant:
        return value  # type: ignore[no-any-return]
    if kind is Fraction and value.denominator != 1:
        if max(abs(value.numerator), value.denominator) >> _WRITTEN == 0:
            return value  # type: ignore[no-any-return]
        try:
            return float(value)
        except OverflowError:
            value = value.numerator
    if isinstance(value, np.generic) or (isinstance(value, np.ndarray) and value.shape == ()):
        value = value.item()
    if isinstance(value, bool):
        return bool(value)
    if isinstance(value, (int, Fraction)):
        if value.numerator.bit_length() > _WRITTEN:
            raise InputError(
                f"a constant of {value.numerator.bit_length()} bits is far beyond the largest double, 1.8e308",
                hint="scale it, or write it as a power",
            )
        return value.numerator
    if isinstance(value, float):
        if value != value:
            raise InputError(
                "the constant nan is not a number",
                hint="NaN only comes in as a value of an input: select with np.where(mask, x, 0), or mark with inf",
            )
        return float(value)
    if is_complex(value):
        raise UnsupportedError(
            f"{value!r:.60} is complex, and a real number is expected",
            hint="write z.real, z.imag or abs(z)**2, which are real",
        )
    raise UnsupportedError(
        f"{kind.__name__} {value!r:.60} cannot be part of an expression", hint="use real numbers and expressions"
    )
