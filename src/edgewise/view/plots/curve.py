"""The curve of operations against values held at once, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

from edgewise.view.plots.axes import axes_or_new, labelled, next_ink

__all__ = ["plot_curve"]


WIDE: Final = 4.0
"""The greatest over the least number of an axis, from which on not all of its small ticks have room for a number."""


def plot_curve(points: Sequence[tuple[int, int]], axes: Any = None, label: str | None = None) -> Any:
    """Draw (operations, values held) pairs on logarithmic matplotlib axes (new ones where none are given).

    The line is a staircase: with room between two points, the one that needs less is taken. The first point, which
    stores everything, is marked. Raises UnsupportedError where matplotlib is missing.
    """
    axes = axes_or_new(axes)
    operations, held = zip(*points, strict=True)
    (line,) = axes.step(held, operations, where="pre", marker=".", label=label, color=next_ink(axes))
    axes.plot(held[:1], operations[:1], marker="o", color=line.get_color())
    axes.set_xscale("log")
    axes.set_yscale("log")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(lambda value, _: f"{value:,.0f}")
        axis.set_minor_formatter(partial(_between, axis))
    axes.grid(alpha=0.3, which="both")
    return labelled(axes, "values held at once", "operations", legend=label is not None)


def _between(axis: Any, value: float, _: int | None) -> str:
    """The number of a small tick, plain: matplotlib would write 2 × 10¹ beside 3 × 10¹, one over the other."""
    low, high = axis.get_view_interval()
    return f"{value:,.0f}" if high < WIDE * low or f"{value:e}"[0] in "235" else ""
