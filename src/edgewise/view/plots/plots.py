"""Plots of what a graph costs: operations by kind, and how many values are held on the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from edgewise.evaluate import Cost
from edgewise.view.palette import LIGHT
from edgewise.view.plots.axes import axes_or_new, labelled, next_ink

__all__ = ["plot_kinds", "plot_live"]

KINDS: Final = 12
"""Kinds of operations with a bar of their own."""

POINTS: Final = 4000
"""The most points of a line: of more operations, the highest of each stretch is drawn."""

_HATCHES: Final = ("", "////", "....", "xxxx")


def plot_kinds(stages: Sequence[tuple[str, Mapping[str, int]]], axes: Any = None) -> Any:
    """Horizontal bars of the operations by kind, one for each stage; the legend has the sums.

    `stages` are labels with the counts by kind. Stages differ by colour and hatching.
    """
    axes = axes_or_new(axes)
    total: dict[str, int] = {}
    for _, counts in stages:
        for kind, count in counts.items():
            total[kind] = max(total.get(kind, 0), count)
    kinds = sorted(total, key=lambda kind: (-total[kind], kind))
    shown, others = kinds[:KINDS], kinds[KINDS:]
    names = [*shown, *([f"{len(others)} others"] if others else [])]
    thick = 0.8 / max(1, len(stages))
    for k, (label, counts) in enumerate(stages):
        widths = [counts.get(kind, 0) for kind in shown]
        if others:
            widths.append(sum(counts.get(kind, 0) for kind in others))
        places = np.arange(len(names)) + (k - (len(stages) - 1) / 2) * thick
        axes.barh(
            places, widths, thick, color=LIGHT.inks[k % len(LIGHT.inks)], hatch=_HATCHES[k % len(_HATCHES)],
            edgecolor=LIGHT.paper, label=f"{label}: {sum(counts.values()):,}",
        )  # fmt: skip
    axes.set_yticks(np.arange(len(names)), names)
    axes.invert_yaxis()
    return labelled(axes, "operations", "kind", legend=True)


def plot_live(cost: Cost, split: int | None, axes: Any = None, label: str | None = None) -> Any:
    """A line of the values held while the nodes are computed in the order of their numbers; the most is marked.

    `split` is the number of the first node that is ℬ's alone.
    """
    axes = axes_or_new(axes)
    held = cost.live
    width = max(1, -(-len(held) // POINTS))
    edges = np.arange(0, len(held), width)
    # Each stretch by its highest value.
    heights = np.maximum.reduceat(held, edges) if len(held) else held
    (line,) = axes.plot(edges, heights, drawstyle="steps-post", label=label, color=next_ink(axes))
    if len(held):
        peak = int(np.argmax(held))
        axes.plot([peak], [held[peak]], marker="o", color=line.get_color())
        axes.annotate(f"{int(held[peak]):,}", (peak, held[peak]), xytext=(4, 4), textcoords="offset points")
    if split is not None:
        axes.axvline(split, color=LIGHT.line, linestyle="dotted")
        top = axes.get_xaxis_transform()
        axes.text(split, 0.02, r"$\mathcal{G}$ ", ha="right", transform=top)
        axes.text(split, 0.02, r" $\mathcal{B}$", ha="left", transform=top)
    axes.set_ylim(bottom=0)
    axes.margins(y=0.12)
    return labelled(axes, "nodes computed", "values held at once", legend=label is not None)
