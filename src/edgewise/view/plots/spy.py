"""A spy plot: where a matrix of derivatives can differ from zero."""

from __future__ import annotations

from typing import Any

import numpy as np

from edgewise.graph import Pattern
from edgewise.view.plots.axes import axes_or_new, labelled

__all__ = ["spy"]

CELLS = 400
"""A matrix with more rows or columns than this is drawn as a map of how many nonzeros fall into each cell."""


def spy(pattern: Pattern, axes: Any = None, *, rows: str = "output", columns: str = "input") -> Any:
    """Draw a pattern on matplotlib axes (new ones where none are given) and return them.

    Row 0 is at the top. Raises UnsupportedError where matplotlib is missing.
    """
    axes = axes_or_new(axes)
    m, n = pattern.shape
    if max(m, n) <= CELLS:
        image = pattern.to_dense().astype(float)
    else:
        # Fewer cells than entries: a cell is as dark as the share of its entries that are nonzeros, never white.
        size = max(m, n) / CELLS
        shape = max(1, int(np.ceil(m / size))), max(1, int(np.ceil(n / size)))
        image = np.zeros(shape)
        np.add.at(image, ((pattern.rows / size).astype(np.int64), (pattern.columns / size).astype(np.int64)), 1.0)
        image = np.where(image > 0, np.maximum(image / max(1.0, image.max(initial=0.0)), 0.15), 0.0)
    extent = (-0.5, max(n, 1) - 0.5, max(m, 1) - 0.5, -0.5)
    axes.imshow(image if image.size else np.zeros((1, 1)), cmap="Greys", vmin=0, vmax=1, extent=extent,
                interpolation="nearest", aspect="equal")  # fmt: skip
    axes.set_title(f"{pattern.nnz:,} nonzeros in {m:,} × {n:,} ({pattern.density:.2%})")
    return labelled(axes, columns, rows, legend=False)
