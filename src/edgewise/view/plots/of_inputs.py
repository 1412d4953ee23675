"""Curves over one input, and contours over two."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.errors import InputError
from edgewise.view.plots.axes import axes_or_new, labelled, next_ink

__all__ = ["plot_outputs"]

LEVELS: Final = 12
"""Contours, about."""

STEEP: Final = 25.0
"""How much taller than its middle part a curve may be before the axes show the middle: near a pole it has no end."""


def plot_outputs(
    evaluate: Callable[[Mapping[str, Any]], Sequence[Any]],
    labels: Sequence[str],
    over: Mapping[str, tuple[float, float]],
    points: int,
    axes: Any = None,
) -> Any:
    """Outputs, each with its label, over one input between two ends, or one output over two inputs.

    `evaluate` gives the outputs at arrays of the inputs, which broadcast. InputError for several outputs over two.
    """
    if len(over) == 1:
        ((name, ends),) = over.items()
        along = np.linspace(*ends, points)
        values = [np.broadcast_to(found, points) for found in evaluate({name: along})]
        return _curves(name, along, list(zip(labels, values, strict=True)), axes)
    if len(labels) != 1:
        said = f"contours are of one output and the graph has {len(labels)}"
        raise InputError(said, hint="plot one of them")
    side = max(2, int(points**0.5) * 5)
    x, y = (np.linspace(*ends, side) for ends in over.values())
    first, second = over
    (found,) = evaluate({first: x[None, :], second: y[:, None]})
    return _contours((first, second), x, y, labels[0], np.broadcast_to(found, (side, side)), axes)


def _curves(name: str, along: Any, outputs: Sequence[tuple[str, Any]], axes: Any) -> Any:
    """Lines of outputs, each with its label, over the values of an input."""
    axes = axes_or_new(axes)
    outputs = [(label, np.where(np.isfinite(values), values, np.nan)) for label, values in outputs]
    seen = np.concatenate([values[np.isfinite(values)] for _, values in outputs])
    low, high = np.percentile(seen, [3, 97]) if len(seen) else (0.0, 0.0)
    steep = 0 < STEEP * (high - low) < np.ptp(seen) if len(seen) else False
    if steep:
        axes.set_ylim(low - (high - low) / 2, high + (high - low) / 2)
    for label, values in outputs:
        if steep:  # from one side of a pole to the other there is no line
            values = np.where(np.abs(np.diff(values, append=values[-1:])) > 2 * (high - low), np.nan, values)
        axes.plot(along, values, label=label, color=next_ink(axes))
    axes.grid(alpha=0.3)
    return labelled(axes, name, outputs[0][0] if len(outputs) == 1 else "", legend=len(outputs) > 1)


def _contours(names: tuple[str, str], x: Any, y: Any, label: str, values: Any, axes: Any) -> Any:
    """The contours of an output over two inputs, `values` being [y][x], with a bar that says which is which."""
    axes = axes_or_new(axes)
    shown = np.ma.masked_invalid(values)
    filled = axes.contourf(x, y, shown, LEVELS, cmap="viridis", alpha=0.85)
    axes.contour(x, y, shown, filled.levels, colors="black", linewidths=0.4)
    axes.figure.colorbar(filled, ax=axes)
    axes.set_title(label)
    return labelled(axes, names[0], names[1], legend=False)
