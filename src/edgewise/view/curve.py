"""The curve of operations against values held at once, drawn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from edgewise.errors import UnsupportedError

__all__ = ["plot_curve"]


def plot_curve(points: Sequence[tuple[int, int]], axes: Any = None, label: str | None = None) -> Any:
    """Draw (operations, values held) pairs on logarithmic matplotlib axes (new ones where none are given).

    The line is a staircase: with room between two points, the one that needs less is taken. The first point, which
    stores everything, is marked. Raises UnsupportedError where matplotlib is missing.
    """
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise UnsupportedError("drawing needs matplotlib", hint='pip install "edgewise[plot]"') from None
    if axes is None:
        _, axes = plt.subplots()
    operations, held = zip(*points, strict=True)
    (line,) = axes.step(held, operations, where="pre", marker=".", label=label)
    axes.plot(held[:1], operations[:1], marker="o", color=line.get_color())
    axes.set_xscale("log")
    axes.set_yscale("log")
    axes.set_xlabel("values held at once")
    axes.set_ylabel("operations")
    return axes
