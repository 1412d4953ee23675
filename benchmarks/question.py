"""What a benchmark is made of: a question, the rows that answer it, and the views of these rows.

A row is one figure: who did which work, seen in which view, and the value (seconds, bytes or a count). A view is a
table and a drawing of its rows: the first way in it is ours, and the other cells tell how many times as much they take.
A bound is what the project requires of a view; tables say whether it is met and drawings show it as a dashed line.
"""

from __future__ import annotations

import importlib.util
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

__all__ = ["Bound", "Cells", "Options", "Question", "Row", "View", "cells", "row"]

Row = dict[str, Any]
"""`view`, `work`, `who`, `value`; `at` where the work has a size; `least` where the true value is larger."""

Cells = dict[tuple[str, float | None], dict[str, Row]]
"""The rows of a view by (work, at), then by who."""


def row(view: str, work: str, who: str, value: float, *, at: float | None = None, least: bool = False) -> Row:
    """A row; times are kept to four digits, counts in full."""
    made: Row = {"view": view, "work": work, "who": who}
    if at is not None:
        made["at"] = at
    made["value"] = value if isinstance(value, int) else float(f"{value:.4g}")
    if least:
        made["least"] = True
    return made


def cells(rows: Iterable[Row], view: str) -> Cells:
    """The rows of one view as a table, in the order in which they were measured."""
    found: Cells = {}
    for entry in rows:
        if entry["view"] == view:
            found.setdefault((entry["work"], entry.get("at")), {})[entry["who"]] = entry
    return found


@dataclass(frozen=True)
class Options:
    """`quick` takes tiny sizes; `patience` is for a peer that may not end, `search` for a search, both in seconds.

    Peers `without` which the run is made are named by their module, or "gcc". `before` is the folder `src` of an
    earlier state of this project, which is then measured beside the present one.
    """

    quick: bool = False
    patience: float = 20.0
    search: float = 20.0
    seed: int = 0
    without: tuple[str, ...] = ()
    before: str | None = None

    def has(self, peer: str) -> bool:
        """Whether a peer is installed and wanted."""
        found = shutil.which(peer) if peer == "gcc" else importlib.util.find_spec(peer)
        return peer not in self.without and found is not None


@dataclass(frozen=True)
class Bound:
    """What is required: at most `limit`, or at most the peer's value over `factor`.

    `who` is held to it (by default the view's first way), in `works` (by default all) and at the size `at` (all).
    """

    peer: str | None = None
    factor: float = 1.0
    limit: float | None = None
    who: str | None = None
    works: tuple[str, ...] = ()
    at: float | None = None

    def level(self, key: tuple[str, float | None], ways: dict[str, Row]) -> float | None:
        """The most that is allowed in one line of the table, or None where the bound does not apply."""
        work, at = key
        if (self.works and work not in self.works) or (self.at is not None and at != self.at):
            return None
        if self.limit is not None:
            return self.limit
        return ways[self.peer]["value"] / self.factor if self.peer in ways else None


@dataclass(frozen=True)
class View:
    """One table and one drawing.

    `name` is the rows' and the drawing's; `unit` is "s", "B" or what is counted; `ours` is the first column.
    `kind`: "dots" has a line for each work, "relative" too, with figures over ours; "quotients" has ours over theirs.
    "lines" is drawn over `at`, whose meaning `along` tells; "stairs" are lines of steps. `each` divides the drawing's
    values by `at` (time for each node).
    `aside` are columns of the table that are neither compared nor drawn, `limits` ways that are drawn as a limit.
    `compare` is off where the ways are parts and not rivals; `table` replaces the table of the rows by another.
    """

    name: str
    title: str
    unit: str
    ours: str
    kind: str = "dots"
    along: str = ""
    each: str = ""
    aside: tuple[str, ...] = ()
    limits: tuple[str, ...] = ()
    compare: bool = True
    bounds: tuple[Bound, ...] = ()
    table: Callable[[Sequence[Row]], list[list[str]]] | None = None


@dataclass(frozen=True)
class Question:
    """`measure` yields the rows of all views; `about` says how it is measured, in a paragraph."""

    name: str
    title: str
    about: str
    measure: Callable[[Options], Iterator[Row]]
    views: tuple[View, ...]
