"""Bits of error against an input, drawn: where in its range digits are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from edgewise.accuracy import Floats, ordinals
from edgewise.view.plots.axes import axes_or_new, labelled, next_ink

__all__ = ["plot_errors"]

TICKS: Final = 9
STRETCHES: Final = 40
"""A line through the means of so many stretches of the points."""


def plot_errors(lines: Sequence[tuple[str, Floats, Floats]], name: str, axes: Any = None) -> Any:
    """Points (value of the input, bits of error) and the line of their means, for each of (label, values, bits).

    The axis has all doubles at equal distances, as Herbie's reports have: each power of two is as wide as the next. A
    range of less than a factor of a thousand is drawn as it is.
    """
    axes = axes_or_new(axes)
    everything = np.concatenate([values for _, values, _ in lines]) if lines else np.zeros(0)
    if not len(everything):
        return labelled(axes, name, "bits of error", legend=False)
    low, high = float(everything.min()), float(everything.max())
    wide = low <= 0 or high > 1000 * low
    for label, values, bits in lines:
        along = ordinals(values).astype(np.float64) if wide else values
        order = np.argsort(along, kind="stable")
        color = next_ink(axes)
        axes.plot(along[order], bits[order], ".", color=color, alpha=0.25, markersize=4)
        parts = np.array_split(order, max(1, min(STRETCHES, len(order) // 4)))
        middles = [(along[part].mean(), bits[part].mean()) for part in parts if len(part)]
        axes.plot(*zip(*middles, strict=True), color=color, label=f"{label}: {bits.mean():.1f} bits")
    if wide:
        ticks = _ticks(low, high)
        axes.set_xticks(ordinals(np.array(ticks)).astype(np.float64), [f"{tick:g}" for tick in ticks])
    axes.set_ylim(0, 64)
    axes.grid(alpha=0.3)
    return labelled(axes, name, "bits of error", legend=True)


def _ticks(low: float, high: float) -> list[float]:
    """Powers of ten of both signs within a range, at about equal distances, and 0."""
    least = 1e-300 if low <= 0 <= high else min(abs(low), abs(high))
    most = max(abs(low), abs(high))
    first, last = int(np.ceil(np.log10(max(least, 1e-300)))), int(np.floor(np.log10(most)))
    step = max(1, -(-(last - first) // (TICKS // 2 if low < 0 < high else TICKS)))
    powers = [10.0**k for k in range(last, first - 1, -step)]
    found = [-power for power in powers if -power >= low] + [power for power in powers if power <= high]
    return sorted({*found, *([0.0] if low <= 0 <= high else [])})
