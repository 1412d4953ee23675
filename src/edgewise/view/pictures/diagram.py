"""What a picture of 𝒢 and ℬ shows, before it is laid out: boxes with roles, arrows, and one colour for each edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from edgewise.view.pictures.label_formulas import Formula

__all__ = ["HEATS", "ROLES", "Arrow", "Box", "Diagram"]

ROLES: Final[Mapping[str, tuple[str, str]]] = {
    "input": ("ellipse", "input"),
    "value": ("rounded box", "operation of 𝒢"),
    "seed": ("ringed ellipse", "where the sweep starts"),
    "partial": ("hexagon", "local partial of an edge"),
    "product": ("box", "product of an edge"),
    "sum": ("octagon", "sum of products"),
    "helper": ("thin box", "part of a partial"),
    "copy": ("dashed ellipse", "value of 𝒢, shown again"),
    "group": ("cuboid", "several nodes"),
    "cut": ("frame", "left out"),
}
"""What a box can stand for: the words for its shape and for its role in the key below a picture."""


NOTHING: Final = Formula()
HEATS: Final = 5


@dataclass(frozen=True)
class Box:
    """One box: what it stands for, its role, and its label: a title and what it computes.

    `beside` is the node of 𝒢 whose value or derivative it holds, -1 for none; `colours` number the edges of 𝒢 that it
    serves. `more` are further lines below the formula, such as numbers. What is `marked` has heavy lines. `name` is
    what the node is called, `note` which entry of the result it is, or the shape of a tensor. `heat` is how much of an
    error begins there, in HEATS steps.
    """

    key: str
    nodes: tuple[int, ...]
    role: str
    title: Formula
    step: Formula
    derivative: bool
    beside: int = -1
    colours: tuple[int, ...] = ()
    more: tuple[str, ...] = ()
    marked: bool = False
    name: Formula = NOTHING
    note: str = ""
    heat: int = 0

    @property
    def heading(self) -> str:
        """The title as text."""
        return self.title.text

    @property
    def formula(self) -> str:
        """What it computes as text."""
        return self.step.text

    @property
    def called(self) -> str:
        """The name as text."""
        return self.name.text or self.heading

    @property
    def said(self) -> str:
        """The label on one line."""
        if self.role == "input":
            return f"{self.formula}, an input"
        return f"{self.heading}{' ' if self.formula.startswith('=') else ': '}{self.formula}".removeprefix(": ")


@dataclass(frozen=True)
class Arrow:
    """From an argument to what reads it. `colour` numbers the edge of 𝒢 that it is, or that it serves; -1 for none."""

    tail: str
    head: str
    derivative: bool
    colour: int = -1
    position: int = -1


@dataclass(frozen=True)
class Diagram:
    """The boxes and arrows of a picture. `edges` says for each colour which edge of 𝒢 it is.

    `total` is how many nodes the graph has; the boxes stand for `shown` of them. `upward` says that derivatives run the
    way of the values, as tangents do. `says` are what the two halves hold, below 𝒢 and ℬ.
    """

    title: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    edges: tuple[str, ...] = ()
    total: int = 0
    upward: bool = False
    says: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """Which shape is what, of the shapes that are there."""
        roles = {box.role for box in self.boxes}
        return "; ".join(f"{shape}: {role}" for name, (shape, role) in ROLES.items() if name in roles)

    @property
    def shown(self) -> int:
        """How many nodes the boxes stand for."""
        return len({node for box in self.boxes if box.role != "cut" for node in box.nodes})

    @property
    def part(self) -> str:
        """How many of the nodes are shown; empty where all are."""
        shown = self.shown
        return f"{shown:,} of {self.total:,} nodes" if shown < self.total else ""
