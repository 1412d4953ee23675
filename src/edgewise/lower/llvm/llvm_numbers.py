"""The array of numbers on which a compiled graph works, and how its results are taken out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from edgewise.graph import Layout, Parameter
from edgewise.lower.llvm.llvm_code import Rows, beside
from edgewise.lower.out_arrays import contained

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
            self.plan = _plan(layout, self.all, rows.places)
            self.take = _maker(self.plan, self.all)


def _plan(layout: Layout, numbers: Any, places: Any) -> Any:
    """How results are taken out: the place of a number, a tuple of plans, or a function of no arguments."""
    if layout.kind == "array":
        if not layout.shape and numbers.dtype == float:
            return int(places[0])
        if beside(places):
            first = int(places[0]) if len(places) else 0
            found = numbers[first : first + layout.size].reshape(layout.shape)
            return found.copy if layout.shape else lambda: found[()]
        places = places.reshape(layout.shape)
        return lambda: numbers.take(places)
    parts, first = [], 0
    for child in layout.children:
        parts.append(_plan(child, numbers, places[first : first + child.size]))
        first += child.size
    if layout.kind == "tuple":
        return tuple(parts)
    makers = [_maker(part, numbers) for part in parts]
    return lambda: contained(layout, [make() for make in makers])


def _maker(plan: Any, numbers: Any) -> Callable[[], Any]:
    """A plan as a function of no arguments, built once, so that a call does no deciding."""
    if isinstance(plan, int):
        found: Callable[[], Any] = numbers[plan : plan + 1].item
        return found
    if isinstance(plan, tuple):
        makers = [_maker(part, numbers) for part in plan]
        if len(makers) == 2:
            one, two = makers
            return lambda: (one(), two())
        return lambda: tuple([make() for make in makers])
    made: Callable[[], Any] = plan
    return made
