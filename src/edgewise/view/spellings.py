"""How nodes, names and numbers are written wherever a person reads them."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from edgewise.graph import Tape
from edgewise.ops import shape_text

__all__ = ["ENTRIES", "at_position", "number", "plain"]

ENTRIES: Final = 12
"""The most entries of an array that are all shown; of a larger one the first and last of each axis are."""


def at_position(tape: Tape, consumer: int, position: int, parent: int) -> str:
    """Which one an edge is of several between the same two nodes; "" where it is the only one."""
    return f" at {position}" if tape.arguments(consumer).count(parent) > 1 else ""


def number(value: Any) -> str:
    """A number, or an array on one line: its entries where they are few, otherwise its shape and some of them.

    >>> number(0.1 + 0.2), number(np.eye(2))
    ('0.3', '[[1., 0.], [0., 1.]]')
    """
    if np.ndim(value) == 0:
        return f"{value:.6g}"
    shape = f"{shape_text(np.shape(value))} " if np.size(value) > ENTRIES else ""
    shown = np.array2string(np.asarray(value), precision=6, threshold=ENTRIES, edgeitems=2, separator=", ")
    text = " ".join(shown.split())
    return shape + text.replace("[ ", "[").replace(" ]", "]").replace(" ,", ",")


def plain(name: str) -> str:
    """A name on one line of text."""
    return "".join(ch if ch.isprintable() else "�" for ch in name)
