"""The array of numbers on which a compiled graph works, and how its results are taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from edgewise.graph import Layout, Parameter
from edgewise.lower.compiled import contained
from edgewise.lower.llvm.llvm_code import Rows, beside

__all__ = ["Numbers"]


class Numbers:
    """One array of numbers that a call works on, with views of its inputs and a function that takes its results out."""

    def __init__(self, rows: Rows, parameters: tuple[Parameter, ...], layout: Layout, width: int) -> None:
        size = rows.precision.size
        room = np.zeros(rows.size * width + 64 // size, dtype=rows.precision.dtype)
        skip = (-room.ctypes.data % 64) // size  # whole vectors do not straddle cache lines
        self.all = room[skip : skip + rows.size * width]
        self.address = self.all.ctypes.data
        with np.errstate(over="ignore"):
            self.all[: len(rows.initial) * width] = np.repeat(rows.initial, width)
        if width == 1:
            self.inputs = self.all[rows.first_input : rows.first_result]
            self.groups, first = [], 0
            for parameter in parameters:
                self.groups.append(self.inputs[first : first + parameter.size].reshape(parameter.shape))
                first += parameter.size
            self.first: Any = self.groups[0] if self.groups else None
            self.memory: Any = self.all
            self.take = _taker(layout, self.all, rows.places)


def _taker(layout: Layout, numbers: Any, places: Any) -> Callable[[], Any]:
    """A function of no arguments that copies the results out, nested: built once, so that a call does no deciding."""
    if layout.kind == "array":
        if beside(places):
            first = int(places[0]) if len(places) else 0
            found = numbers[first : first + layout.size].reshape(layout.shape)
            if layout.shape:
                copy: Callable[[], Any] = found.copy
                return copy
            return found.item if numbers.dtype == float else lambda: found[()]
        places = places.reshape(layout.shape)
        return lambda: numbers.take(places)
    parts, first = [], 0
    for child in layout.children:
        parts.append(_taker(child, numbers, places[first : first + child.size]))
        first += child.size
    if layout.kind == "tuple" and len(parts) == 2:
        one, two = parts
        return lambda: (one(), two())
    return lambda: contained(layout, [part() for part in parts])
