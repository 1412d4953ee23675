"""Bits of error against an input, drawn: where in its range digits are lost."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from edgewise.accuracy import Floats, doubles, ordinals
from edgewise.view.plots.axes import axes_or_new, labelled, next_ink

__all__ = ["plot_errors"]

TICKS: Final = 6
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
        axes.set_xticks(
            ordinals(np.array(ticks)).astype(np.float64),
            [f"{tick:.0e}".replace("e+00", "") if tick else "0" for tick in ticks],
        )
    axes.set_ylim(0, 64)
    axes.grid(alpha=0.3)
    return labelled(axes, name, "bits of error", legend=True)


def _ticks(low: float, high: float) -> list[float]:
    """Powers of ten of both signs, and 0, at about equal distances in the order of all doubles."""
    first, last = ordinals(np.array([low, high])).astype(np.float64).tolist()
    places = np.linspace(first, last, TICKS).astype(np.int64)
    sizes = np.abs(doubles(places))
    found = [0.0 if size < 1e-290 else 10.0 ** round(float(np.log10(size))) for size in sizes]
    signed = {float(np.copysign(tick, place)) if tick else 0.0 for tick, place in zip(found, places, strict=True)}
    return sorted(tick for tick in signed if low <= tick <= high)
