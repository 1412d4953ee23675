"""The map of rounding as a layer of the explorer page: which boxes glow, and the list of what loses digits."""

from __future__ import annotations

from collections.abc import Container
from typing import TYPE_CHECKING, Any, Final

from edgewise.view.explorer.page_data import number
from edgewise.view.palette import DARK, LIGHT, glow
from edgewise.view.pictures.diagram import HEATS
from edgewise.view.pictures.picture import LEAST

if TYPE_CHECKING:
    from edgewise.accuracy import Rounding

__all__ = ["error_layer"]

LISTED: Final = 200
"""Rows of the list."""


def error_layer(known: Container[int], found: Rounding | None) -> dict[str, Any] | None:
    """What the page is told of a map of rounding: the `known` nodes that have a share, largest first."""
    if found is None:
        return None
    rows = [row for row in found.nodes if row.node in known and row.share >= LEAST]
    told = [
        {
            "node": row.node, "result": row.result, "share": row.share, "bits": number(row.bits),
            "condition": number(row.condition), "events": row.events, "repairs": row.repairs, "line": row.line,
        }
        for row in rows[:LISTED]
    ]  # fmt: skip
    return {
        "points": found.points,
        "results": [[name, number(bits), number(condition)] for name, bits, condition in found.results],
        "shares": {node: share for node, share in found.shares.items() if share >= LEAST and node in known},
        "glow": [f"light-dark({glow(k, HEATS, LIGHT)}, {glow(k, HEATS, DARK)})" for k in range(1, HEATS + 1)],
        "rows": told,
        "left_out": len(rows) - len(told),
    }
