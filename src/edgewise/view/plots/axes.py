"""Matplotlib's axes: given, new, or of a figure that is only made to be turned into SVG."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import Any

from edgewise.errors import UnsupportedError
from edgewise.view.palette import ink

__all__ = ["axes_or_new", "figure_svg", "labelled", "next_ink"]


def axes_or_new(axes: Any) -> Any:
    """The given axes, or those of a new figure of pyplot. UnsupportedError where matplotlib is missing.

    Nothing is shown: a notebook draws pyplot's figures itself, and without a display they can still be saved.
    """
    if axes is not None:
        return axes
    try:
        import matplotlib.pyplot as plt
    except ImportError:
        raise UnsupportedError("drawing needs matplotlib", hint='pip install "edgewise[plot]"') from None
    return plt.subplots()[1]


def labelled(axes: Any, along: str, up: str, legend: bool) -> Any:
    """The axes with what they show, and a legend where their lines are called something."""
    axes.set_xlabel(along)
    axes.set_ylabel(up)
    if legend:
        axes.legend()
    return axes


def next_ink(axes: Any) -> str:
    """The palette's colour for one more line on axes that has a label."""
    return ink(len(axes.get_legend_handles_labels()[0]))


def figure_svg(draw: Callable[[Any], Any], width: float = 5.0, height: float = 3.2) -> str | None:
    """What `draw` puts on axes as an SVG element, None where matplotlib is missing. Pyplot does not come to know it."""
    try:
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    except ImportError:
        return None
    with rc_context({"svg.hashsalt": "edgewise", "svg.fonttype": "none"}):
        figure = Figure(figsize=(width, height), layout="constrained")
        draw(figure.subplots())
        text = StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    made = text.getvalue()
    return made[made.index("<svg") :]
